--- report.collect: what many documents say, joined into one picture: actors, proposals, who stands
--- where on what, the sentences behind it. Host-free.
---
---     local c = collect.new()
---     c:document(name, date, text, doc)         -- for each document
---     local picture = c:finish()
---
--- A picture is data alone: the page, the tables and the graphs are made from it, whoever filled
--- it.
--- Numbers that refer to something count from 1; positions in a sentence are UTF-16 units from 0.
---
---     docs       { { name, date } }             date: YYYY-MM-DD, or nil
---     entities   { { name, kind, iso, aliases = {}, mentions, docs, unnamed, seen = {...} } }
---                unnamed: true where no document gives a name ("the President")
---     sentences  { { doc, line, text, marks = { from, to, entity, ... } } }
---     stances    { { actor, label, proposal, target, by, negated, hedged, score, date, sentence,
---                    cue = { from, to } } }     proposal, target, by: or nil
---     total      { documents, actors, proposals, stances, mentions } before anything was left out
local core = require 'entente.core'
local dates = require 'entente.dates'
local lists = require 'entente.lists'
local pos = require 'entente.pos'

local M = {}

---@class EntentePicture
---@field docs table[]
---@field entities table[]
---@field sentences table[]
---@field stances table[]
---@field total table<string, integer>

local Collect = {}
Collect.__index = Collect

--- How much of a large project a picture holds; the rest is counted, not shown.
M.most = { actors = 1500, proposals = 3000, stances = 6000, seen = 12, sentence = 1500 }

---@alias EntenteResolve fun(kind: string, e: table): table|nil

---@param most? table<string, integer> in place of M.most
---@param resolve? EntenteResolve what an index knows of a document's entity: { id, kind, name, iso,
--- aliases, mentions, documents }
function M.new(most, resolve)
  return setmetatable({
    most = setmetatable(most or {}, { __index = M.most }),
    docs = {}, entities = {}, sentences = {}, stances = {}, index = {}, mentions = 0,
    resolve = resolve,
  }, Collect)
end

local PRONOUN = 2
local named = { person = true, country = true, organisation = true }

-- Entities of one kind and name, or of one country, are one across documents; those of whom a
-- document gives no name ("the President") stay its own, and of mere pronouns nothing is made.
local function key_of(self, doc, kind, e)
  local own = ''
  if e.names == 0 and named[kind] then
    local m, only = doc:refs(e.id), true
    for i = 4, #m, 6 do
      only = only and m[i] == PRONOUN
    end
    if only then
      return nil
    end
    own = '\0' .. #self.docs
  end
  return kind .. '\0' .. (e.iso or lists.one_line(e.name):lower()) .. own
end

-- An entity whose names and numbers the index knows.
local function of_index(known)
  local e = { name = lists.one_line(known.name), kind = known.kind, iso = known.iso, aliases = {},
    mentions = known.mentions, docs = known.documents, seen = {}, stances = 0 }
  for i = 1, math.min(40, #known.aliases) do
    e.aliases[i] = lists.one_line(known.aliases[i])
  end
  return e
end

-- Adds what one more document has of an entity.
local function count(all, e)
  all.mentions, all.docs = all.mentions + e.mentions, all.docs + 1
  for _, alias in ipairs(e.aliases) do
    alias = lists.one_line(alias)
    if alias ~= all.name and not all.known[alias] and #all.aliases < 40 then
      all.known[alias] = true
      all.aliases[#all.aliases + 1] = alias
    end
  end
end

-- The number of a document's entity among those of all; made when it is new.
local function entity(self, doc, id, mine)
  if not id or id < 0 or mine[id] == false then
    return nil
  elseif mine[id] then
    return mine[id]
  end
  local e = doc:entity(id)
  local kind = core.kinds[e.kind + 1]
  local key, known = key_of(self, doc, kind, e), nil
  if not key then
    mine[id] = false
    return nil
  elseif self.resolve then
    known = self.resolve(kind, e)
    key = known and known.id or key
  end
  local n = self.index[key]
  if not n then
    n = #self.entities + 1
    self.index[key] = n
    self.entities[n] = known and of_index(known) or {
      name = lists.one_line(e.name), kind = kind, iso = e.iso, aliases = {}, known = {},
      mentions = 0, docs = 0, seen = {}, stances = 0, unnamed = e.names == 0 and named[kind] or nil,
    }
  end
  if not known then
    count(self.entities[n], e)
  end
  mine[id] = n
  return n
end

-- The first byte at or before `at` that begins a character.
local function boundary(text, at)
  while at > 0 and at < #text and text:byte(at + 1) >= 128 and text:byte(at + 1) < 192 do
    at = at - 1
  end
  return at
end

-- The part of a sentence that is shown, around a byte: all of it unless it is without end.
local function window(text, from, to, around, most)
  if to - from <= most then
    return from, to
  end
  from = boundary(text, math.max(from, around - math.floor(most / 2)))
  return from, boundary(text, math.min(to, from + most))
end

-- The number of the sentence around a byte; made when it is new.
local function sentence(self, d, byte)
  local from, to = d.doc:sentence(byte)
  local known = d.sentences[from]
  if known and byte < known.to then
    return known.n, known
  end
  local start, stop = window(d.text, from, to, byte, self.most.sentence)
  local text = d.text:sub(start + 1, stop)
  local convert, marks, m = pos.converter(text, 'utf16'), {}, d.doc:marks(start, stop)
  for i = 1, #m, 6 do
    local e = m[i] >= start and m[i + 1] <= stop and entity(self, d.doc, m[i + 4], d.mine)
    if e then
      local a = convert(m[i] - start)
      marks[#marks + 1], marks[#marks + 2] = a, a + pos.count(text, 'utf16', m[i] - start,
        m[i + 1] - start)
      marks[#marks + 1] = e
    end
  end
  local n = #self.sentences + 1
  self.sentences[n] = { doc = d.n, line = d.line(start) + 1, text = text, marks = marks }
  known = { n = n, start = start, to = stop, text = text }
  d.sentences[from] = known
  return n, known
end

--- The date of a stance: a full one in the sentence, else the document's, else what there is.
---@param text string
---@param of_document string|nil
---@return string|nil
function M.date(text, of_document)
  local date = dates.find(text)
  if date and date:find '^%-%-' then
    date = of_document and of_document:sub(1, 4) .. date:sub(2)
  end
  if date and #date < 10 and of_document then
    return of_document
  end
  return date or of_document
end

-- The first sentences that name each entity.
local function see(self, d)
  local m = d.doc:marks()
  self.mentions = self.mentions + #m / 6
  for i = 1, #m, 6 do
    local e = entity(self, d.doc, m[i + 4], d.mine)
    local seen = e and self.entities[e].seen
    if seen and #seen < self.most.seen then
      local n = sentence(self, d, m[i])
      if seen[#seen] ~= n then
        seen[#seen + 1] = n
      end
    end
  end
end

local function stance(self, d, s)
  if not entity(self, d.doc, s.actor, d.mine) then
    return
  end
  local n, around = sentence(self, d, s.cues[1][1])
  local from, to = s.cues[1][1] - around.start, s.cues[1][2] - around.start
  local function who(id)
    local e = entity(self, d.doc, id, d.mine)
    if e then
      self.entities[e].stances = self.entities[e].stances + 1
    end
    return e
  end
  self.stances[#self.stances + 1] = {
    actor = who(s.actor), label = core.labels[s.label + 1], proposal = who(s.proposal),
    target = who(s.target), by = who(s.by), negated = s.negated or nil, hedged = s.hedged or nil,
    score = s.score, date = M.date(around.text, self.docs[d.n].date), sentence = n,
    cue = { pos.count(around.text, 'utf16', 0, from), pos.count(around.text, 'utf16', 0, to) },
  }
end

--- Takes in one document.
---@param name string
---@param date string|nil YYYY-MM-DD
---@param text string
---@param doc EntenteDoc
---@param line? fun(byte: integer): integer the line, from 0, where it is not that of the text
function Collect:document(name, date, text, doc, line)
  self.docs[#self.docs + 1] = { name = name, date = date }
  local d = { n = #self.docs, doc = doc, text = text, mine = {}, sentences = {},
    line = line or pos.lines(text) }
  for _, s in ipairs(doc:stances()) do
    if s.actor then
      stance(self, d, s)
    end
  end
  see(self, d)
end

-- Entities in the order of their weight, no more than allowed of each sort; old number -> new.
local function choose(self)
  local order, chosen, new = {}, {}, {}
  local total, kept = { actors = 0, proposals = 0 }, { actors = 0, proposals = 0 }
  for n, e in ipairs(self.entities) do
    order[n] = n
    e.first = n
  end
  table.sort(order, function(a, b)
    local x, y = self.entities[a], self.entities[b]
    if x.unnamed ~= y.unnamed then
      return not x.unnamed
    elseif x.stances ~= y.stances then
      return x.stances > y.stances
    elseif x.mentions ~= y.mentions then
      return x.mentions > y.mentions
    end
    return a < b
  end)
  for _, n in ipairs(order) do
    local e = self.entities[n]
    local sort = e.kind == 'proposal' and 'proposals' or 'actors'
    total[sort] = total[sort] + 1
    if kept[sort] < self.most[sort] then
      kept[sort] = kept[sort] + 1
      chosen[#chosen + 1] = e
      new[n] = #chosen
    end
  end
  return chosen, new, total
end

-- Sentences that something refers to, in order of the text; old number -> new.
local function used(self, chosen, stances, new)
  local needed, out, number = {}, {}, {}
  for _, s in ipairs(stances) do
    needed[s.sentence] = true
  end
  for _, e in ipairs(chosen) do
    for _, n in ipairs(e.seen) do
      needed[n] = true
    end
  end
  for n, s in ipairs(self.sentences) do
    if needed[n] then
      local marks = {}
      for i = 1, #s.marks, 3 do
        local e = new[s.marks[i + 2]]
        if e then
          marks[#marks + 1], marks[#marks + 2], marks[#marks + 3] = s.marks[i], s.marks[i + 1], e
        end
      end
      out[#out + 1] = { doc = s.doc, line = s.line, text = s.text, marks = marks }
      number[n] = #out
    end
  end
  return out, number
end

-- Stances whose ends are shown; of too many the surest.
local function keep(self, new)
  local out = {}
  for i, s in ipairs(self.stances) do
    if new[s.actor] and (not s.proposal or new[s.proposal]) then
      s.place = i
      out[#out + 1] = s
    end
  end
  if #out > self.most.stances then
    table.sort(out, function(a, b)
      return a.score > b.score or a.score == b.score and a.place < b.place
    end)
    for i = #out, self.most.stances + 1, -1 do
      out[i] = nil
    end
    table.sort(out, function(a, b)
      return a.place < b.place
    end)
  end
  return out
end

--- The picture. The collector is spent.
---@param known? table<string, integer> totals of more than was collected
---@return EntentePicture
function Collect:finish(known)
  local chosen, new, total = choose(self)
  local stances = keep(self, new)
  local sentences, number = used(self, chosen, stances, new)
  for _, e in ipairs(chosen) do
    for i, n in ipairs(e.seen) do
      e.seen[i] = number[n]
    end
  end
  for _, s in ipairs(stances) do
    s.actor, s.sentence = new[s.actor], number[s.sentence]
    s.proposal, s.target, s.by = new[s.proposal], new[s.target], new[s.by]
  end
  total.documents, total.stances, total.mentions = #self.docs, #self.stances, self.mentions
  for key, n in pairs(known or {}) do
    total[key] = n
  end
  return { docs = self.docs, entities = chosen, sentences = sentences, stances = stances,
    total = total }
end

return M
