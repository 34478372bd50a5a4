--- perform: does what an action of commands.lua says: jumps, lists, cards, messages.
local attach = require 'entente.host.nvim.attach'
local options = require 'entente.host.nvim.options'
local api = vim.api

local M = {}

--- One line for the user, never more.
---@param text string
---@param level 'info'|'warn'|nil
function M.message(text, level)
  local room = math.max(20, vim.o.columns - 12)
  local line = text:gsub('%s+', ' ')
  if vim.fn.strdisplaywidth(line) > room then
    line = vim.fn.strcharpart(line, 0, room - 1) .. '…'
  end
  api.nvim_echo({ { line, level == 'info' and 'None' or 'WarningMsg' } }, false, {})
end

--- Byte under the cursor of a window.
---@param win integer|nil
---@return integer
function M.cursor(win)
  win = win or api.nvim_get_current_win()
  local buf = api.nvim_win_get_buf(win)
  local cursor = api.nvim_win_get_cursor(win)
  return attach.offset(buf, cursor[1] - 1) + cursor[2]
end

--- A question about a buffer, ready for commands.lua; nil and a message when there is no engine.
---@param buf integer|nil
---@param more table|nil fields to add
---@return table|nil q, string|nil message
function M.question(buf, more)
  buf = (not buf or buf == 0) and api.nvim_get_current_buf() or buf
  local doc, message = attach.doc(buf)
  if not doc then
    return nil, message
  end
  local values = options.get(buf)
  local q = {
    ent = attach.engine(),
    doc = doc,
    buf = buf,
    at = buf == api.nvim_get_current_buf() and M.cursor() or 0,
    pronouns = values.pronouns,
    min_score = values.min_score,
    wrap = vim.o.wrapscan,
    line = function(byte)
      return (attach.position(buf, byte)) + 1
    end,
  }
  return vim.tbl_extend('force', q, more or {})
end

-- Where the tag stack should lead back to.
local function push_tag(name, from)
  local item = { bufnr = from[1], from = from, tagname = name }
  pcall(vim.fn.settagstack, vim.fn.win_getid(), { items = { item } }, 't')
end

local function jump(buf, action)
  local mode = api.nvim_get_mode().mode
  local from = vim.fn.getpos '.'
  from[1] = buf
  if not mode:find '^no' then
    vim.cmd "normal! m'"
  end
  if action.tag then
    push_tag(action.tag, from)
  end
  local row, col = attach.position(buf, action.at)
  api.nvim_win_set_cursor(0, { row + 1, col })
  if mode == 'n' and vim.o.foldopen:find 'search' then
    vim.cmd 'normal! zv'
  end
  if action.wrapped then
    M.message('search went round the end of the text', 'info')
  end
end

--- Items of an action as quickfix entries.
---@param buf integer
---@param items table[]
---@return table[]
function M.entries(buf, items)
  local out = {}
  for i, item in ipairs(items) do
    local row, col = attach.position(buf, item.at)
    local end_row, end_col = attach.position(buf, item.to)
    out[i] = {
      bufnr = buf,
      lnum = row + 1,
      col = col + 1,
      end_lnum = end_row + 1,
      end_col = end_col + 1,
      text = item.text,
    }
  end
  return out
end

-- A quickfix (or location) list with a title; the entry at the cursor becomes the current one.
local function list(buf, action, how)
  if #action.items == 0 then
    return M.message(action.title .. ': none')
  end
  local what = { title = action.title, items = M.entries(buf, action.items), context = 'entente' }
  for i, item in ipairs(action.items) do
    if action.at and item.at <= action.at then
      what.idx = i
    end
  end
  if how.loc then
    vim.fn.setloclist(0, {}, ' ', what)
  else
    vim.fn.setqflist({}, ' ', what)
  end
  if how.open ~= false then
    local height = math.min(#action.items, options.get(buf).height)
    vim.cmd((how.mods or '') .. (how.loc and ' lopen ' or ' copen ') .. height)
  end
  M.message(('%s: %d'):format(action.title, #action.items), 'info')
end

--- Performs an action for a buffer.
---@param buf integer
---@param action table|nil
---@param how {loc?: boolean, open?: boolean, mods?: string}|nil
function M.perform(buf, action, how)
  if not action then
    return
  end
  if action.act == 'jump' then
    jump(buf, action)
  elseif action.act == 'list' then
    list(buf, action, how or {})
  elseif action.act == 'card' then
    require('entente.host.nvim.card').show(action)
  else
    M.message(action.text, action.level)
  end
end

return M
