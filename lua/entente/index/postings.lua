--- index.postings: the documents in which names are mentioned, or take part in stances, in order.
--- Parts of postings (index/segments.lua) are read as they are needed.
local core = require 'entente.core'
local pack = require 'entente.index.pack'

local M = {}

local floor = math.floor

--- The places at a byte of a posting: { start, stop, form, score, ... }, appended to marks.
---@param blob string
---@param at integer
---@param length integer bytes of the name
---@param marks any[]
---@return integer at where they end
function M.places_at(blob, at, length, marks)
  local n, start
  n, at = pack.read(blob, at)
  start = 0
  for _ = 1, n do
    local delta, bits
    delta, at = pack.read(blob, at)
    bits = blob:byte(at)
    at, start = at + 1, start + delta
    if bits >= 128 then
      length, at = pack.read(blob, at)
    end
    local last = #marks
    marks[last + 1], marks[last + 2] = start, start + length
    marks[last + 3], marks[last + 4] = bits % 4, floor(bits % 128 / 4) / 31
  end
  return at
end

-- A cursor on one name in one segment: { doc, blob, at (of its places), ... }, moved by advance.
local function advance(self, c)
  while true do
    if c.next <= #c.blob then
      local step
      if c.stances then
        step, c.next = pack.read(c.blob, c.next)
        step, c.acts = floor(step / 2), step % 2 == 1
      else
        c.next, c.at, step = core.packed_document(c.blob, c.next)
      end
      c.doc = c.doc + step
      return true
    elseif not c.segment then
      return false
    end
    local part, blob = self:sql(c.stances
      and [[SELECT part, stances FROM posting WHERE segment = ? AND name = ? AND part > ?
        AND stances IS NOT NULL ORDER BY part LIMIT 1]]
      or [[SELECT part, docs FROM posting WHERE segment = ? AND name = ? AND part > ?
        ORDER BY part LIMIT 1]]):row(c.segment, c.name, c.part)
    if not part then
      return false
    end
    c.part, c.blob, c.next, c.doc = part, blob, 1, 0
  end
end

-- Keeps cursors in the order of their documents.
local function insert(list, c)
  local i = #list + 1
  while i > 1 and list[i - 1].doc < c.doc do -- the smallest last
    list[i] = list[i - 1]
    i = i - 1
  end
  list[i] = c
end

local FIRST = [[SELECT s.id, p.%s FROM segment s CROSS JOIN posting p
  WHERE p.segment = s.id AND p.name = ? AND p.part = 0]]

-- Whether a name holds all its places itself: as many documents as it has, none of them gone.
local function holds_all(held, docs, gone)
  local at, n = 1, 0
  while not gone and at <= #held do
    at, n = core.packed_document(held, at), n + 1
  end
  return n >= docs
end

-- Cursors on the first document of each name in each segment.
local function cursors(self, names, stances)
  local list = {}
  local function add(c)
    c.next, c.doc, c.stances = 1, 0, stances
    if advance(self, c) then
      insert(list, c)
    end
  end
  local first = FIRST:format(stances and 'stances' or 'docs')
  local gone = self:sql("SELECT 1 FROM meta WHERE key = 'gone'"):row() ~= nil
  for _, name in ipairs(names) do
    local length, held, docs =
      self:sql('SELECT length(CAST(text AS BLOB)), places, docs FROM name WHERE id = ?'):row(name)
    if held then
      local c = { length = length, blob = held, next = 1, doc = 0, acts = true } -- it may
      if advance(self, c) then
        insert(list, c)
      end
    end
    if not (held and holds_all(held, docs, gone)) then
      local found, s = {}, self:sql(first)
      s:bind(name)
      for segment, blob in s.step, s do
        found[#found + 1] =
          { name = name, length = length, segment = segment, part = 0, blob = blob or '' }
      end
      for _, c in ipairs(found) do
        add(c)
      end
    end
  end
  return list
end

--- The documents that mention names, with the places: documents in the order of their ids.
---@param self EntenteIndex
---@param names integer[]
---@return fun(): integer|nil, any[] doc, marks { start, stop, form, score, ... }
function M.places(self, names)
  local list = cursors(self, names, false)
  return function()
    local c = list[#list]
    if not c then
      return nil
    end
    local doc, marks = c.doc, {}
    while c and c.doc == doc do
      M.places_at(c.blob, c.at, c.length, marks)
      list[#list] = nil
      if advance(self, c) then
        insert(list, c)
      end
      c = list[#list]
    end
    return doc, marks
  end
end

--- The documents in which names may take part in stances, each once, in the order of their ids.
---@param self EntenteIndex
---@param names integer[]
---@param acting? boolean only those in which they may take one themselves
---@return fun(): integer|nil
function M.stances(self, names, acting)
  local list = cursors(self, names, true)
  return function()
    local c = list[#list]
    while c do
      local doc, acts = c.doc, false
      while c and c.doc == doc do
        acts = acts or c.acts
        list[#list] = nil
        if advance(self, c) then
          insert(list, c)
        end
        c = list[#list]
      end
      if acts or not acting then
        return doc
      end
    end
  end
end

return M
