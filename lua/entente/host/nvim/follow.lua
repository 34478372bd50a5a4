--- follow: what happens beside painting when text or cursor move: the current entity, list windows.
local attach = require 'entente.host.nvim.attach'
local work = require 'entente.host.nvim.work'
local api = vim.api

local M = {}

local group = 'entente.follow'

-- The entity under the cursor of the current window, when it shows this buffer.
local function under_cursor(b)
  local row_col = api.nvim_win_get_cursor(0)
  local at = attach.offset(b.buf, row_col[1] - 1) + row_col[2]
  if b.cursor == at and b.cursor_epoch == b.epoch then
    return b.look.current
  end
  b.cursor, b.cursor_epoch = at, b.epoch
  if at >= b.doc:length() then
    return nil
  end
  local _, _, _, _, id = b.doc:at(at)
  return id and id >= 0 and id or nil
end

-- Names in focus as ids of the moment.
local function focus(b)
  if not b.focus then
    return nil
  end
  local ids = {}
  for _, name in ipairs(b.focus) do
    local id = b.doc:find(name)
    if id then
      ids[id] = true
    end
  end
  return ids
end

--- Before painting: ids change with the text, so what depends on them is looked up again, unless
--- links are still being made.
---@param b entente.Buffer
function M.refresh(b)
  if work.provisional(b) then
    return
  end
  if b.focus_epoch ~= b.epoch then
    b.focus_epoch = b.epoch
    b.look.focus = focus(b)
  end
  if not b.values.current or api.nvim_get_current_buf() ~= b.buf then
    return
  end
  local id = under_cursor(b)
  if id ~= b.look.current then
    b.look.current = id
    b.epoch = b.epoch + 1
    b.cursor_epoch, b.focus_epoch = b.epoch, b.epoch
  end
end

local function loaded(name)
  return package.loaded['entente.host.nvim.' .. name]
end

-- The parts that are in use, or that options ask for, hear of a change of the text.
local function tell(b, how)
  if b.values.diagnostics then
    require 'entente.host.nvim.check'
  end
  for _, name in ipairs { 'window', 'check', 'reading' } do
    local part = loaded(name)
    if part then
      part.changed(b, how)
    end
  end
end

--- Background work of a buffer came to its end.
---@param b entente.Buffer
function M.updated(b)
  tell(b, 'done')
end

local function on_text(ev)
  local b = attach.state(ev.buf)
  if b then
    tell(b, 'text')
  end
end

local function on_cursor(ev)
  local b = attach.state(ev.buf)
  if b and not b.hidden then
    require('entente.host.nvim.paint').visible(ev.buf)
    if loaded 'window' and ev.event == 'CursorMoved' then
      loaded('window').cursor(b)
    end
    if b.values.winbar then
      require('entente.host.nvim.reading').cursor(b)
    end
  end
end

--- Starts following (with the first buffer).
function M.start()
  local id = api.nvim_create_augroup(group, {})
  local function on(events, desc, callback)
    api.nvim_create_autocmd(events, { group = id, desc = desc, callback = callback })
  end
  on({ 'TextChanged', 'TextChangedI', 'TextChangedP' }, 'Entente: follow the text', on_text)
  on({ 'FocusGained', 'BufWritePost' }, 'Entente: follow the corrections', function(ev)
    if ev.event == 'FocusGained' or ev.match:find '%.entente/lexicon%.tsv$' then
      require('entente.host.nvim.project').look()
    end
  end)
  on({ 'CursorMoved', 'CursorMovedI' }, 'Entente: follow the cursor', on_cursor)
end

--- Stops (with the last buffer).
function M.stop()
  api.nvim_create_augroup(group, {})
end

return M
