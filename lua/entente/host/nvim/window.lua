--- window: tables of the text in a window of their own, kept up to date while the text changes.
local attach = require 'entente.host.nvim.attach'
local tables = require 'entente.tables'
local options = require 'entente.host.nvim.options'
local perform = require 'entente.host.nvim.perform'
local api = vim.api

local M = {}

local ns = api.nvim_create_namespace 'entente.window'
local SLOW = 0.004 -- a table that takes more seconds of the processor waits for a pause in typing
local PAUSE_MS = 150

---@class entente.View
---@field buf integer its own buffer
---@field source integer the text's buffer
---@field what string
---@field how table sort and filter
---@field rows table[]
---@field cost number seconds the last update took the processor

---@type table<integer, entente.View>
local views = {}

--- The window of this tab page that shows a buffer.
---@param buf integer
---@return integer|nil
local function window_showing(buf)
  for _, win in ipairs(api.nvim_tabpage_list_wins(0)) do
    if api.nvim_win_get_buf(win) == buf then
      return win
    end
  end
end

M.showing = window_showing

local function table_of(v)
  local q = perform.question(v.source, { name = v.name, kind = v.kind, verb = v.verb })
  if not q then
    return nil
  end
  return tables[v.what](q)
end

-- The row the cursor is on.
local function row_at(v, win)
  return v.rows and v.rows[api.nvim_win_get_cursor(win)[1] - 1]
end

M.row_at = row_at

local function find_row(v, wanted)
  for i, r in ipairs(v.rows) do
    if wanted and r.key == wanted.key then
      return i
    end
  end
end

local function write(v, lines, spans)
  api.nvim_buf_set_option(v.buf, 'modifiable', true)
  api.nvim_buf_set_lines(v.buf, 0, -1, false, lines)
  api.nvim_buf_set_option(v.buf, 'modifiable', false)
  api.nvim_buf_clear_namespace(v.buf, ns, 0, -1)
  for _, s in ipairs(spans) do
    if s[3] > s[2] then
      local opts = { end_row = s[1], end_col = s[3], hl_group = s[4] }
      api.nvim_buf_set_extmark(v.buf, ns, s[1], s[2], opts)
    end
  end
end

local function update(v)
  local start = os.clock()
  local t = table_of(v)
  if not t or not api.nvim_buf_is_valid(v.buf) then
    return
  end
  local win = window_showing(v.buf)
  local before = win and row_at(v, win)
  local lines, rows, spans = tables.render(t, vim.tbl_extend('force', v.how, {
    width = vim.fn.strdisplaywidth,
  }))
  for i, line in ipairs(lines) do
    lines[i] = line:gsub('[\n\r]', ' ')
  end
  v.rows, v.table = rows, t
  local old = api.nvim_buf_get_lines(v.buf, 0, -1, false)
  if table.concat(old, '\n') ~= table.concat(lines, '\n') then
    local at = win and api.nvim_win_get_cursor(win)
    write(v, lines, spans)
    if at then
      local line = before and find_row(v, before)
      line = line and line + 1 or math.min(at[1], #lines)
      pcall(api.nvim_win_set_cursor, win, { line, math.min(at[2], #lines[line]) })
    end
  end
  v.cost = os.clock() - start
end

M.update = update

-- Later, when typing pauses.
local function postpone(v)
  v.due = (v.due or 0) + 1
  local mine = v.due
  vim.defer_fn(function()
    if v.due == mine and views[v.buf] == v then
      update(v)
    end
  end, math.max(PAUSE_MS, math.min(2000, v.cost * 5000)))
end

--- The text of a buffer changed, or its analysis is complete.
---@param b entente.Buffer
function M.changed(b)
  for _, v in pairs(views) do
    if v.source == b.buf and not b.provisional and window_showing(v.buf) then
      if v.cost > SLOW then
        postpone(v)
      else
        update(v)
      end
    end
  end
end

--- The cursor moved in the text: the windows show the row of what is under it.
---@param b entente.Buffer
function M.cursor(b)
  local id = b.look.current
  for _, v in pairs(views) do
    local win = id and v.source == b.buf and window_showing(v.buf)
    local now = win and row_at(v, win)
    if win and v.rows and not (now and now.id == id) then
      for i, r in ipairs(v.rows) do
        if r.id == id then
          pcall(api.nvim_win_set_cursor, win, { i + 1, 0 })
          break
        end
      end
    end
  end
end

local function create(source, what)
  local buf = api.nvim_create_buf(false, true)
  api.nvim_buf_set_option(buf, 'bufhidden', 'wipe')
  pcall(api.nvim_buf_set_name, buf, ('entente://%s/%d'):format(what, source))
  local v = { buf = buf, source = source, what = what, how = {}, rows = {}, cost = 0 }
  views[buf] = v
  api.nvim_create_autocmd('BufWipeout', {
    buffer = buf,
    callback = function()
      views[buf] = nil
    end,
  })
  require('entente.host.nvim.keys').set(v)
  return v
end

local function existing(source, what)
  for _, v in pairs(views) do
    if v.source == source and v.what == what and window_showing(v.buf) then
      return v
    end
  end
end

local function show(v, mods, height)
  vim.cmd((mods ~= '' and mods or 'botright') .. ' ' .. height .. 'split')
  api.nvim_win_set_buf(0, v.buf)
  for name, value in pairs { wrap = false, cursorline = true, number = false, list = false,
    relativenumber = false, winfixheight = true, spell = false, foldenable = false } do
    api.nvim_win_set_option(0, name, value)
  end
  api.nvim_buf_set_option(v.buf, 'filetype', 'entente')
  api.nvim_buf_set_option(v.buf, 'modifiable', false)
end

--- Opens (or goes to) a list window on the current buffer.
---@param what 'actors'|'proposals'|'stances'|'board'|'timeline'
---@param call entente.Call
function M.open(what, call)
  local own = views[api.nvim_get_current_buf()]
  local source = own and own.source or api.nvim_get_current_buf()
  local b, message = attach.doc(source)
  if not b then
    return perform.message(message)
  end
  local name = call.name ~= '' and what ~= 'actors' and call.name or nil
  if call.flags.here then
    local q = perform.question(source)
    local id, sorry = require('entente.commands').entity(q)
    if not id then
      return perform.perform(source, sorry)
    end
    name = q.doc:entity(id).name
  end
  local v = existing(source, what)
  if v then
    api.nvim_set_current_win(window_showing(v.buf))
  else
    v = create(source, what)
    show(v, call.mods, options.get(source).height)
  end
  v.name = name
  v.kind = what == 'actors' and call.words[1] or nil
  v.verb = what == 'stances' and call.flags.verb or nil
  update(v)
  api.nvim_win_set_cursor(0, { math.min(2, api.nvim_buf_line_count(v.buf)), 0 })
  local state = attach.state(source)
  if state then
    M.cursor(state)
  end
  perform.message(('%s: %d  (g? for keys)'):format(v.table.title, #v.rows), 'info')
end

return M
