--- paint: marks on the lines that are seen.
---
--- Stored extmarks, brought up to date inside the redraw that shows the edit: a decoration
--- provider's on_start asks for the new answer before the first window is drawn, on_win for lines
--- that came into view. Only marks that differ are touched, so nothing flickers. Ephemeral marks
--- are cheaper (0.19 against 0.40 ms a redraw in 0.7.2, 0.36 against 0.46 in 0.10.4), but Neovim
--- redraws changed lines alone: in 4 of 30 edits the other half of a wrapped name, or the same
--- actor further down, kept an old colour; stored marks were right in all (bench/nvim/paint.lua).
local groups = require 'entente.host.nvim.groups'
local marks = require 'entente.host.nvim.marks'
local follow = require 'entente.host.nvim.follow'
local attach = require 'entente.host.nvim.attach'
local work = require 'entente.host.nvim.work'
local view = require 'entente.view'
local api = vim.api

local M = {}

local ns = marks.namespace
local LONG = 8192 -- bytes; of longer lines only a window is looked at
local running = false

M.namespace = ns

-- The stretch of a long line that can be seen, generously.
local function window_of(win, row, length)
  local area = api.nvim_win_get_width(win) * api.nvim_win_get_height(win)
  local cursor = api.nvim_win_get_cursor(win)
  local middle = cursor[1] - 1 == row and cursor[2] or 0
  local from = math.max(0, math.floor(middle / area) * area - area)
  return from, math.min(length, from + area * 4)
end

-- Rows [top, bot] as stretches of text: { row, from, to, text of the stretch }.
local function stretches(b, win, top, bot)
  local out = {}
  local at = attach.offset(b.buf, top)
  for row = top, bot do
    local after = attach.offset(b.buf, row + 1)
    local length = after - at - 1
    local from, to = 0, length
    if length > LONG then
      from, to = window_of(win, row, length)
    end
    out[#out + 1] = { row = row, start = at, from = at + from, to = at + to }
    at = after
  end
  return out
end

-- Where the words of a line begin: indentation and quote marks are not painted.
local function words_from(doc, line, s, e)
  if s > line.start and s > line.from then
    return s
  end
  local lead = doc:text(s, math.min(e, s + 64)):match '^[%s>]*'
  return s + #lead
end

-- Adds one span to the marks wanted, a piece for each line it touches.
local function pieces(doc, lines, first, s, e, group, priority, wanted)
  local i = first
  while i <= #lines and lines[i].from < e do
    local line = lines[i]
    local from, to = math.max(s, line.from), math.min(e, line.to)
    if from < to and (from ~= s or from == line.from) then
      from = words_from(doc, line, from, to)
    end
    if from < to then
      local col = from - line.start
      local key = line.row .. ':' .. col .. ':' .. (to - line.start) .. ':' .. group
      wanted[key] = { line.row, col, to - line.start, group, priority }
    end
    i = i + 1
  end
end

-- First line that ends after a byte.
local function line_at(lines, byte)
  local low, high = 1, #lines
  while low < high do
    local middle = math.floor((low + high) / 2)
    if lines[middle].to > byte then
      high = middle
    else
      low = middle + 1
    end
  end
  return low
end

local function collect(b, lines, from, to, wanted)
  local ent = attach.engine()
  local look = b.provisional and view.unlinked(b.look) or b.look
  local spans = view.spans(ent, b.doc, from, to, look)
  for i = 1, #spans, 4 do
    local first = line_at(lines, spans[i])
    pieces(b.doc, lines, first, spans[i], spans[i + 1], spans[i + 2], spans[i + 3], wanted)
  end
end

-- All marks that rows [top, bot] should have.
local function wanted_marks(b, win, top, bot)
  local wanted, lines = {}, stretches(b, win, top, bot)
  local first = 1
  while first <= #lines do
    local last = first
    while last < #lines and lines[last + 1].from - lines[last].to <= 1 do
      last = last + 1
    end
    collect(b, lines, lines[first].from, lines[last].to, wanted)
    first = last + 1
  end
  return wanted
end

-- Marks far from every window of the buffer are dropped: they would grow stale unseen.
local function drop_unseen(b)
  local top, bot = math.huge, -1
  for win, p in pairs(b.painted) do
    if api.nvim_win_is_valid(win) and api.nvim_win_get_buf(win) == b.buf then
      top, bot = math.min(top, p.top), math.max(bot, p.bot)
    else
      b.painted[win] = nil
    end
  end
  if top > 0 and bot >= 0 then
    api.nvim_buf_clear_namespace(b.buf, ns, 0, top) -- (0, 0) would clear all of 0.7's
  end
  if bot >= 0 then
    api.nvim_buf_clear_namespace(b.buf, ns, bot + 1, -1)
  end
end

-- With a long line, the cursor decides what of it is seen.
local function place(b, win)
  local row = api.nvim_win_get_cursor(win)[1] - 1
  if attach.offset(b.buf, row + 1) - attach.offset(b.buf, row) <= LONG then
    return 0
  end
  local area = api.nvim_win_get_width(win) * api.nvim_win_get_height(win)
  return row + math.floor(api.nvim_win_get_cursor(win)[2] / area) / 1e6
end

-- Row after the closed fold that a row of this window is in, or the next row.
local function after_fold(win, row)
  local last = win == api.nvim_get_current_win() and vim.fn.foldclosedend(row + 1) or -1
  return math.max(last, row + 1)
end

-- The last row that a window can show when `top` is its first. Neovim itself does not know before
-- it has drawn: lines are at least as high as their text is wide.
local function last_row(b, win, top)
  local height, width = api.nvim_win_get_height(win), api.nvim_win_get_width(win)
  local wrap, count = api.nvim_win_get_option(win, 'wrap'), api.nvim_buf_line_count(b.buf)
  local next_row = top
  while height > 0 and next_row < count do
    local row = next_row
    next_row = after_fold(win, row)
    local length = wrap and attach.offset(b.buf, row + 1) - attach.offset(b.buf, row) or 0
    if length > LONG then
      height = height - math.ceil(length / 4 / width)
    elseif length > width and next_row == row + 1 then
      local line = api.nvim_buf_get_lines(b.buf, row, row + 1, false)[1]
      height = height - math.ceil(vim.fn.strdisplaywidth(line) / width)
    else
      height = height - 1
    end
  end
  return next_row - 1
end

-- The rows of [top, bot] that are not painted yet, when what was painted still stands.
local function missing(p, epoch, here, top, bot)
  if not p or p.epoch ~= epoch or p.place ~= here or bot < p.top or top > p.bot then
    return top, bot, top, bot
  elseif top >= p.top then
    return math.max(top, p.bot + 1), bot, p.top, math.max(bot, p.bot)
  elseif bot <= p.bot then
    return top, p.top - 1, top, p.bot
  end
  return top, bot, top, bot
end

--- Brings rows [top, bot] of a window up to date. Cheap when they are.
---@param b entente.Buffer
---@param win integer
---@param top integer
---@param bot integer
function M.rows(b, win, top, bot)
  if b.hidden then
    return
  end
  local here, before = place(b, win), b.painted[win]
  local from, to, all_top, all_bot = missing(before, b.epoch, here, top, bot)
  if from > to then
    return
  end
  if b.doc:length() ~= attach.offset(b.buf, api.nvim_buf_line_count(b.buf)) then
    attach.resync(b)
  end
  local cursor = b.provisional and api.nvim_win_get_cursor(win)
  marks.change(b.buf, from, to, wanted_marks(b, win, from, to), cursor)
  if not b.provisional and (b.values.counts or b.values.signs or b.beside) then
    b.beside = b.values.counts or b.values.signs
    require('entente.host.nvim.reading').beside(b, from, to)
  end
  b.painted[win] = { epoch = b.epoch, place = here, top = all_top, bot = all_bot }
  if not before or before.top ~= all_top then
    drop_unseen(b)
  end
end

-- A fault in painting must not break the redraw: the buffer is given up, with one line.
local function safely(b, win, top)
  local start = os.clock()
  local ok, message = pcall(function()
    follow.refresh(b)
    M.rows(b, win, top, last_row(b, win, top))
  end)
  work.learn(b, (os.clock() - start) * 1e3)
  if not ok then
    vim.schedule(function()
      attach.detach(b.buf)
      require('entente.host.nvim.perform').message('entente stopped here: ' .. tostring(message))
    end)
  end
end

--- Paints what is seen of a buffer (nil: of all).
---@param buf integer|nil
function M.visible(buf)
  for _, win in ipairs(api.nvim_tabpage_list_wins(0)) do
    local b = attach.state(api.nvim_win_get_buf(win))
    if b and (not buf or b.buf == buf) then
      safely(b, win, vim.fn.getwininfo(win)[1].topline - 1)
    end
  end
end

--- Takes all marks of a buffer away.
---@param buf integer
function M.clear(buf)
  api.nvim_buf_clear_namespace(buf, ns, 0, -1)
  local b = attach.state(buf)
  if b then
    b.painted = {}
  end
end

local function on_win(_, win, buf, top)
  local b = attach.state(buf)
  if b then
    safely(b, win, top)
  end
  return false
end

--- Starts painting in redraws.
function M.start()
  if running then
    return
  end
  running = true
  groups.start()
  follow.start()
  api.nvim_set_decoration_provider(ns, {
    on_start = function()
      M.visible()
    end,
    on_win = on_win,
  })
end

--- Stops when no buffer is left.
function M.stop()
  running = false
  follow.stop()
  api.nvim_set_decoration_provider(ns, {})
end

return M
