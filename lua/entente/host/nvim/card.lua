--- card: a float beside the cursor; a second call goes into it, moving away closes it.
local view = require 'entente.view'
local api = vim.api

local M = {}

local open = {} -- win, buf

local function width_of(lines)
  local width = 1
  for _, line in ipairs(lines) do
    width = math.max(width, vim.fn.strdisplaywidth(line))
  end
  return math.min(width, math.max(20, vim.o.columns - 4))
end

local function height_of(lines, width)
  local height = 0
  for _, line in ipairs(lines) do
    height = height + math.max(1, math.ceil(vim.fn.strdisplaywidth(line) / width))
  end
  return math.min(height, math.max(1, math.floor(vim.o.lines / 2)))
end

--- Closes the card, if there is one.
function M.close()
  if open.win and api.nvim_win_is_valid(open.win) then
    api.nvim_win_close(open.win, true)
  end
  open = {}
end

local function fill(action)
  local buf = api.nvim_create_buf(false, true)
  local lines = {}
  for i, line in ipairs(action.lines) do
    lines[i] = line:gsub('%s+', ' ') -- a name may go over a line break of the text
  end
  api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  api.nvim_buf_set_option(buf, 'modifiable', false)
  api.nvim_buf_set_option(buf, 'bufhidden', 'wipe')
  local ns = api.nvim_create_namespace 'entente.card'
  local group = action.kind and view.kind_groups[action.kind + 1] or 'EntenteTitle'
  api.nvim_buf_set_extmark(buf, ns, 0, 0, { end_col = #action.title, hl_group = group })
  vim.keymap.set('n', 'q', M.close, { buffer = buf, nowait = true })
  return buf
end

local function close_on_move(win)
  local source, at = api.nvim_get_current_buf(), vim.fn.getpos '.'
  local function moved()
    return api.nvim_get_current_win() ~= win and not vim.deep_equal(at, vim.fn.getpos '.')
  end
  local group = api.nvim_create_augroup('entente.card', {})
  api.nvim_create_autocmd({ 'CursorMoved', 'CursorMovedI', 'InsertEnter', 'BufLeave' }, {
    group = group,
    buffer = source,
    callback = function(ev)
      vim.schedule(function()
        if open.win == win and (moved() or ev.event == 'InsertEnter') then
          M.close()
        end
      end)
      return open.win ~= win
    end,
  })
end

--- Shows a card; goes into it when it is shown already.
---@param action table
function M.show(action)
  if open.win and api.nvim_win_is_valid(open.win) and open.title == action.title then
    api.nvim_set_current_win(open.win)
    return
  end
  M.close()
  local width = width_of(action.lines)
  local buf = fill(action)
  local win = api.nvim_open_win(buf, false, {
    relative = 'cursor',
    row = 1,
    col = 0,
    width = width,
    height = height_of(action.lines, width),
    style = 'minimal',
    border = 'rounded',
    noautocmd = true,
  })
  api.nvim_win_set_option(win, 'wrap', true)
  api.nvim_win_set_option(win, 'winhighlight', 'NormalFloat:NormalFloat')
  open = { win = win, buf = buf, title = action.title }
  close_on_move(win)
end

return M
