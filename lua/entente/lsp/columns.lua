--- lsp.columns: units before any byte of a text, kept through edits. They are counted once for each
--- block of some KB; a place then costs the counting of one block, however long its line is.
---
---     local columns = require('entente.lsp.columns').new(unit, size, read)
---     columns:before(byte)             -> units before a byte
---     columns:seek(units)              -> the byte behind so many units
---     columns:edit(at, removed, added)    as doc:edit, but added is a number of bytes
---
--- `read(from, to)` gives the bytes of the text as it is now. No block begins within a character,
--- so what the blocks count adds up.
local core = require 'entente.core'

local M = {}

M.BLOCK = 2048 -- bytes
local REACH = 3 -- bytes of a character behind its first

local Columns = {}
Columns.__index = Columns

-- A border at a byte or shortly before, where a character begins.
local function border(self, byte)
  local s = self.read(byte - REACH, math.min(byte + 1, self.size))
  for i = #s, 1, -1 do
    if not s:find('^[\128-\191]', i) then
      return byte - REACH + i - 1
    end
  end
  return byte -- so many bytes in a row belong to no character
end

-- Cuts [from, to) into blocks, put at place i of the list.
local function cut(self, i, from, to)
  local sizes, units = {}, {}
  while from < to do
    local stop = to - from > 2 * M.BLOCK and border(self, from + M.BLOCK) or to
    sizes[#sizes + 1] = stop - from
    units[#units + 1] = core.count(self.read(from, stop), self.unit, 0, stop - from)
    from = stop
  end
  for k = 1, #sizes do
    table.insert(self.sizes, i + k - 1, sizes[k])
    table.insert(self.units, i + k - 1, units[k])
  end
end

---@param unit string
---@param size integer bytes of the text
---@param read fun(from: integer, to: integer): string
function M.new(unit, size, read)
  local self = setmetatable({ unit = unit, size = size, read = read, sizes = {}, units = {},
    at = { 0 }, sums = { 0 }, known = 1 }, Columns)
  cut(self, 1, 0, size)
  return self
end

-- Where each block begins and the units before it, at last those of the whole: summed up from where
-- it is not known any more.
local function add_up(self)
  local at, sums = self.at, self.sums
  for i = self.known, #self.sizes do
    at[i + 1] = at[i] + self.sizes[i]
    sums[i + 1] = sums[i] + self.units[i]
  end
  self.known = #self.sizes + 1
end

-- The last of the first n numbers of a list that is at most v.
local function last_at_most(list, n, v)
  local low, high = 1, n
  while low < high do
    local middle = math.floor((low + high + 1) / 2)
    if list[middle] <= v then
      low = middle
    else
      high = middle - 1
    end
  end
  return low
end

---@param byte integer
---@return integer units
function Columns:before(byte)
  add_up(self)
  local i = last_at_most(self.at, #self.sizes + 1, byte)
  local from = self.at[i]
  return self.sums[i] + core.count(self.read(from, byte), self.unit, 0, byte - from)
end

---@param units integer
---@return integer byte a place inside a character is its start
function Columns:seek(units)
  add_up(self)
  local i = last_at_most(self.sums, #self.sizes + 1, units)
  local from = self.at[i]
  return from + core.seek(self.read(from, self.at[i + 1] or from), self.unit, 0,
    units - self.sums[i])
end

--- The text has changed already. Blocks that an edit touches, or may join characters with, are cut
--- anew.
---@param at integer
---@param removed integer
---@param added integer
function Columns:edit(at, removed, added)
  add_up(self)
  local n = #self.sizes
  local first = math.min(last_at_most(self.at, n + 1, math.max(0, at - REACH - 1)), n)
  local last = math.min(last_at_most(self.at, n + 1, at + removed + REACH + 1), n)
  first = math.max(first, 1)
  local from, to = self.at[first], self.at[math.max(last, first - 1) + 1] + added - removed
  for _ = first, last do
    table.remove(self.sizes, first)
    table.remove(self.units, first)
  end
  self.size = self.size + added - removed
  self.known = first
  cut(self, first, from, to)
end

return M
