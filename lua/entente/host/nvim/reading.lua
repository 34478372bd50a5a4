--- reading: aids for the reader: on and off, colours, focus, folds, counts and signs beside lines,
--- who is speaking.
local attach = require 'entente.host.nvim.attach'
local commands = require 'entente.commands'
local options = require 'entente.host.nvim.options'
local paint = require 'entente.host.nvim.paint'
local perform = require 'entente.host.nvim.perform'
local view = require 'entente.view'
local api = vim.api

local M = {}

local ns = api.nvim_create_namespace 'entente.beside'

-- The buffers a command is for: with ! all that are attached.
local function chosen(call)
  if call.bang then
    return vim.tbl_keys(attach.all())
  end
  return { api.nvim_get_current_buf() }
end

--- Shows highlights. With ! everywhere.
function M.on(call)
  if call.bang then
    options.set('enabled', true)
    for _, buf in ipairs(api.nvim_list_bufs()) do
      attach.filetype(buf, api.nvim_buf_get_option(buf, 'filetype'))
    end
  else
    local ok, message = attach.attach(0)
    if not ok then
      return perform.message(message)
    end
  end
  for _, buf in ipairs(chosen(call)) do
    local b = attach.state(buf)
    b.hidden = nil
    b.epoch = b.epoch + 1
    paint.visible(buf)
  end
end

--- Hides highlights; lists and motions go on working. With ! everywhere, for new buffers too.
function M.off(call)
  if call.bang then
    options.set('enabled', false)
  end
  for _, buf in ipairs(chosen(call)) do
    local b = attach.state(buf)
    if b then
      b.hidden = true
      paint.clear(buf)
      api.nvim_buf_clear_namespace(buf, ns, 0, -1)
    end
  end
end

--- On when off, off when on.
function M.toggle(call)
  local b = attach.state(0)
  if b and not b.hidden then
    M.off(call)
  else
    M.on(call)
  end
end

--- Colour by kind or by actor: `:Entente colour actor`; without a word the other one.
function M.colour(call)
  local now = options.get(0).colour
  options.set('colour', call.words[1] or (now == 'kind' and 'actor' or 'kind'))
end

--- Counts beside the first names, on and off.
function M.counts()
  options.set('counts', not options.get(0).counts)
end

-- ---- focus ------------------------------------------------------------------------------------

--- Dims sentences without these names (or the one under the cursor); `focus!` ends it.
function M.focus(call)
  local q, message = perform.question(0, { name = call.name })
  if not q then
    return perform.message(message)
  end
  local b = attach.state(0)
  if call.bang or (call.name == '' and b.focus) then
    b.focus = nil
  else
    local id, sorry = commands.entity(q)
    if not id then
      return perform.perform(q.buf, sorry)
    end
    b.focus = { q.doc:entity(id).name }
    perform.message('focus on ' .. b.focus[1] .. '  (:Entente focus! ends it)', 'info')
  end
  b.epoch = b.epoch + 1
  paint.visible(b.buf)
end

-- ---- folds ------------------------------------------------------------------------------------

-- Rows that hold part of a sentence with the entity, asked once a revision.
local function rows_with(b, name)
  local revision = b.doc:revision()
  local memo = b.fold_memo
  if memo and memo.revision == revision and memo.name == name then
    return memo.rows
  end
  local rows, id = {}, b.doc:find(name)
  local marks = id and b.doc:refs(id) or {}
  for i = 1, #marks, 6 do
    local s, e = b.doc:sentence(marks[i])
    local last = attach.position(b.buf, e - 1)
    for row = attach.position(b.buf, s), last do
      rows[row] = true
    end
  end
  b.fold_memo = { revision = revision, name = name, rows = rows }
  return rows
end

--- For 'foldexpr': lines without the actor chosen are folded.
---@param lnum integer
---@return string
function M.foldexpr(lnum)
  local b = attach.state(0)
  local name = vim.w.entente_fold
  if not b or not name then
    return '0'
  end
  return rows_with(b, name)[lnum - 1] and '0' or '1'
end

local fold_options = { 'foldmethod', 'foldexpr', 'foldenable', 'foldlevel', 'foldminlines' }

local function unfold()
  local saved = vim.w.entente_fold_saved or {}
  for name, value in pairs(saved) do
    api.nvim_win_set_option(0, name, value)
  end
  if saved.foldmethod == 'manual' then
    vim.cmd 'normal! zE' -- the folds made from the expression would stay
  end
  vim.w.entente_fold, vim.w.entente_fold_saved = nil, nil
end

--- Folds all but the sentences of one actor; `fold!` (or again) gives the window's folds back.
function M.fold(call)
  local q, message = perform.question(0, { name = call.name })
  if not q then
    return perform.message(message)
  end
  if vim.w.entente_fold and (call.bang or call.name == '') then
    return unfold()
  end
  local id, sorry = commands.entity(q)
  if not id then
    return perform.perform(q.buf, sorry)
  end
  if not vim.w.entente_fold_saved then
    local saved = {}
    for _, name in ipairs(fold_options) do
      saved[name] = api.nvim_win_get_option(0, name)
    end
    vim.w.entente_fold_saved = saved
  end
  vim.w.entente_fold = q.doc:entity(id).name
  api.nvim_win_set_option(0, 'foldexpr', "v:lua.require'entente.nvim'.foldexpr(v:lnum)")
  api.nvim_win_set_option(0, 'foldmethod', 'expr')
  api.nvim_win_set_option(0, 'foldlevel', 0)
  api.nvim_win_set_option(0, 'foldminlines', 0)
  api.nvim_win_set_option(0, 'foldenable', true)
end

-- ---- beside the lines -------------------------------------------------------------------------

-- What stands beside rows [top, bot]: { [row] = { text, group, sign = } }.
local function beside(b, top, bot)
  local from, to = attach.offset(b.buf, top), attach.offset(b.buf, bot + 1)
  local out = {}
  if b.values.counts then
    for _, c in ipairs(view.counts(b.doc, from, to)) do
      local row = attach.position(b.buf, c.at)
      out[row] = out[row] or { text = '' }
      out[row].text = out[row].text .. '  ' .. c.text
    end
  end
  if b.values.signs then
    local signs = view.signs(b.doc, from, to, b.look)
    for i = 1, #signs, 3 do
      local row = attach.position(b.buf, signs[i])
      out[row] = out[row] or { text = '' }
      out[row].sign, out[row].group = signs[i + 1], signs[i + 2]
    end
  end
  return out
end

--- Counts and signs of rows [top, bot]; only marks that differ are touched.
---@param b entente.Buffer
function M.beside(b, top, bot)
  local wanted = beside(b, top, bot)
  local there = api.nvim_buf_get_extmarks(b.buf, ns, { top, 0 }, { bot, -1 }, { details = true })
  for _, m in ipairs(there) do
    local w, d = wanted[m[2]], m[4]
    local text = d.virt_text and d.virt_text[1][1] or ''
    if w and w.text == text and vim.trim(d.sign_text or '') == (w.sign or '') then
      wanted[m[2]] = nil
    else
      api.nvim_buf_del_extmark(b.buf, ns, m[1])
    end
  end
  for row, w in pairs(wanted) do
    api.nvim_buf_set_extmark(b.buf, ns, row, 0, {
      virt_text = w.text ~= '' and { { w.text, 'EntenteCount' } } or nil,
      sign_text = w.sign,
      sign_hl_group = w.sign and w.group or nil,
      hl_mode = 'combine',
      priority = 20,
    })
  end
end

-- ---- who is speaking --------------------------------------------------------------------------

--- For 'winbar': who is speaking at the cursor of the window being drawn.
---@return string
function M.crumb()
  local win = vim.g.statusline_winid or api.nvim_get_current_win()
  local b = attach.state(api.nvim_win_get_buf(win))
  if not b or not b.done then
    return ''
  end
  local ok, who = pcall(commands.speaker, b.doc, perform.cursor(win))
  return ok and who and (who:gsub('%%', '%%%%') .. ' ›') or ''
end

--- The window bar with who is speaking, on and off (Neovim 0.8 and later).
function M.winbar()
  if vim.fn.has 'nvim-0.8' == 0 then
    return perform.message 'a window bar needs Neovim 0.8'
  end
  local mine = "%{%v:lua.require'entente.nvim'.crumb()%}"
  vim.wo.winbar = vim.wo.winbar == mine and '' or mine
end

function M.changed() end

function M.cursor(b)
  if vim.fn.has 'nvim-0.8' == 1 and b.values.winbar and vim.wo.winbar == '' then
    M.winbar()
  end
end

return M
