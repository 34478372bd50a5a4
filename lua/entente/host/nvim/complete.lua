--- complete: names as the text knows them, for 'omnifunc' and 'completefunc'; 'tagfunc'.
local attach = require 'entente.host.nvim.attach'
local tables = require 'entente.tables'
local api = vim.api

local M = {}

local WORDS = 4 -- longest name before the cursor that is looked for, in words

-- Where the last 1, 2, … words before the cursor begin.
local function word_starts(before)
  local out, at = {}, #before
  for _ = 1, WORDS do
    local from = before:sub(1, at):match "()[^%s%(%)\"“”,;:]+$"
    if not from then
      break
    end
    table.insert(out, 1, from)
    at = before:sub(1, from - 1):match '()[ \t]+$'
    if not at then
      break
    end
    at = at - 1
  end
  return out
end

local function begin()
  local doc = attach.doc(0)
  if not doc then
    return -3
  end
  local col = api.nvim_win_get_cursor(0)[2]
  local before = api.nvim_get_current_line():sub(1, col)
  local starts = word_starts(before)
  for _, from in ipairs(starts) do
    local lead = before:sub(from):lower()
    for _, name in ipairs(tables.names(doc, lead)) do
      if name:lower():sub(1, #lead) == lead then
        return from - 1
      end
    end
  end
  return starts[#starts] and starts[#starts] - 1 or col
end

-- One entry of the menu.
local function entry(doc, name)
  local id = doc:find(name)
  local e = id and doc:entity(id)
  local ent = attach.engine()
  return {
    word = name,
    menu = e and ent.kinds[e.kind + 1] or '',
    info = e and ('%s, %d mentions'):format(e.name, e.mentions) or '',
    icase = 1,
    dup = 0,
  }
end

--- See :help complete-functions.
---@param findstart integer|string
---@param base string
function M.omnifunc(findstart, base)
  if tonumber(findstart) == 1 then
    return begin()
  end
  local doc = attach.doc(0)
  local out = {}
  for _, name in ipairs(doc and tables.names(doc, base) or {}) do
    -- the text being typed is a name of the text too, but no answer
    if name:lower() ~= base:lower() then
      out[#out + 1] = entry(doc, name)
    end
  end
  return out
end

local function tag(buf, doc, id)
  local e = doc:entity(id)
  local row, col = attach.position(buf, e.first[1])
  return {
    name = e.name,
    filename = api.nvim_buf_get_name(buf),
    cmd = ('call cursor(%d, %d)|'):format(row + 1, col + 1),
    kind = attach.engine().kinds[e.kind + 1]:sub(1, 1),
    user_data = 'entente',
  }
end

local function named(doc, pattern)
  local plain = pattern:gsub('\\[<>]', ''):gsub('^%^', ''):gsub('%$$', ''):gsub('\\V', '')
  local id = doc:find(plain)
  if id then
    return { id }
  end
  local ids = {}
  for _, name in ipairs(tables.names(doc, plain)) do
    ids[#ids + 1] = doc:find(name)
  end
  return ids
end

--- See :help tag-function. Where the text has no answer, tags files are asked.
---@param pattern string
---@param flags string
function M.tagfunc(pattern, flags)
  local buf = api.nvim_get_current_buf()
  local b = attach.state(buf)
  if not b or api.nvim_buf_get_name(buf) == '' then
    return vim.NIL
  end
  local ids
  if flags:find 'c' then
    local at = require('entente.host.nvim.perform').cursor()
    local _, _, _, _, id = b.doc:at(at)
    ids = { id and id >= 0 and id or nil }
  else
    ids = named(b.doc, pattern)
  end
  local out = {}
  for _, id in ipairs(ids) do
    out[#out + 1] = tag(buf, b.doc, id)
  end
  return #out > 0 and out or vim.NIL
end

return M
