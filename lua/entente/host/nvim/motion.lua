--- motion: <Plug> maps: steps with counts and operators, text objects, one-key questions.
local commands = require 'entente.commands'
local attach = require 'entente.host.nvim.attach'
local perform = require 'entente.host.nvim.perform'
local api = vim.api

local M = {}

--- Goes to the next (1) or previous (-1) mention.
---@param direction 1|-1
---@param what 'any'|'same'|'proposal'|'stance'
---@param count integer
function M.step(direction, what, count)
  local q, message = perform.question(0, { count = count })
  if not q then
    return perform.message(message)
  end
  perform.perform(q.buf, commands.step(q, direction, what))
end

-- Selects [from, to) so that a pending operator, or visual mode, takes it.
local function select(buf, from, to)
  local row, col = attach.position(buf, from)
  local last_row, last_col = attach.position(buf, to - 1)
  if api.nvim_get_mode().mode:find '^[vV\22]' then
    vim.cmd 'normal! \27'
  end
  api.nvim_win_set_cursor(0, { row + 1, col })
  vim.cmd 'normal! v'
  local line = api.nvim_buf_get_lines(buf, last_row, last_row + 1, false)[1]
  api.nvim_win_set_cursor(0, { last_row + 1, math.max(0, math.min(last_col, #line - 1)) })
end

-- "a" mention takes the blanks after it as well, or before it at the end of a line (:help aw).
local function around(doc, from, to)
  local after = doc:text(to, math.min(doc:length(), to + 64)):match '^[ \t]+'
  if after then
    return from, to + #after
  end
  local before = doc:text(math.max(0, from - 64), from):match '[ \t]+$'
  return from - (before and #before or 0), to
end

-- The sentence without its trailing blanks.
local function trimmed(doc, from, to)
  local tail = doc:text(from, to):match '%s*$'
  return from, math.max(from + 1, to - #tail)
end

--- Selects a text object: 'i-mention', 'a-mention', 'i-proposal', 'a-sentence'.
---@param name string
function M.object(name)
  local q, message = perform.question(0)
  if not q then
    return perform.message(message)
  end
  local inner, what = name:match '^(%a)%-(%a+)$'
  local from, to = commands.object(q, what)
  if not from or from >= to then
    return perform.message('no ' .. what .. ' under the cursor')
  end
  if what == 'sentence' then
    from, to = trimmed(q.doc, from, to)
  elseif inner == 'a' then
    from, to = around(q.doc, from, to)
  end
  select(q.buf, from, to)
end

--- What a <Plug> map does.
---@param name string
function M.plug(name)
  local direction, what = name:match '^(%a+)%-?(%a*)$'
  if direction == 'next' or direction == 'prev' then
    return M.step(direction == 'next' and 1 or -1, what == '' and 'any' or what, vim.v.count1)
  end
  if name:find '^[ia]%-' then
    return M.object(name)
  end
  if name == 'mark' or name == 'ignore' then
    return require('entente.host.nvim.teach').map(name)
  end
  require('entente.host.nvim.command').run { name }
end

return M
