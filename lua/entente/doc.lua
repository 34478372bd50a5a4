--- doc: the methods of a document that are written in Lua, added to those of the C library.
--- Positions are bytes, 0-based, half-open.
local core = require 'entente.core'

---@class EntenteDoc
---@field edit fun(self, at: integer, removed: integer, added: string): boolean
---@field advance fun(self, budget?: integer): boolean analyses about so many bytes; true: all done
---@field marks fun(self, from?: integer, to?: integer): integer[] start, end, kind, form, entity,
--- score * 1000, ... of all mentions that meet [from, to); numbers index core's tables from 0
---@field refs fun(self, id: integer): integer[] the same for one entity
---@field at fun(self, byte: integer): integer?, integer?, integer?, integer?, integer?, number?
---@field cues fun(self, from?: integer, to?: integer): integer[] start, end, label, negated + 2 *
--- hedged, score * 1000, ... of the stances of all sentences that meet [from, to)
---@field sentence fun(self, byte: integer): integer, integer
---@field count fun(self): integer how many entities
---@field entity fun(self, id: integer): table?
---@field find fun(self, name: string): integer?
---@field attributions fun(self): table[]
---@field text fun(self, from?: integer, to?: integer): string
---@field length fun(self): integer
---@field revision fun(self): integer
---@field correct fun(self, rules?: userdata): boolean lays the user's corrections over it
---@field reasons fun(self, byte: integer): string[]? why the name there is one, lines of text
---@field why fun(self, byte: integer): table? why the mention there refers to what it refers to
---@field close fun(self)
local M = core.doc

local KIND, LABEL = {}, {}
for i, name in ipairs(core.kinds) do
  KIND[name] = i - 1
end
for i, name in ipairs(core.labels) do
  LABEL[name] = i - 1
end

-- A set of numbers from a list of names; raises at a name that is none.
local function set_of(names, numbers)
  if not names then
    return nil
  end
  local set = {}
  for _, name in ipairs(names) do
    set[numbers[name] or error(('"%s" is no kind'):format(tostring(name)), 3)] = true
  end
  return set
end

--- Mentions that meet [first, last) as one flat array: start, end, kind, entity, score * 1000, ...
--- Kinds are numbers: core.kinds[kind + 1] names them; the entity is -1 where there is none.
---@param first? integer
---@param last? integer
---@param kinds? string[] only of these kinds
---@return integer[]
function M:spans(first, last, kinds)
  local m, out, n = self:marks(first, last), {}, 0
  local wanted = set_of(kinds, KIND)
  for i = 1, #m, 6 do
    if not wanted or wanted[m[i + 2]] then
      out[n + 1], out[n + 2], out[n + 3], out[n + 4], out[n + 5] = m[i], m[i + 1], m[i + 2],
        m[i + 4], m[i + 5]
      n = n + 5
    end
  end
  return out
end

-- Entities that pass, as tables with the kind's name.
local function entities(doc, passes)
  local out = {}
  for id = 0, doc:count() - 1 do
    local e = doc:entity(id)
    if passes(e.kind) then
      e.kind = core.kinds[e.kind + 1]
      out[#out + 1] = e
    end
  end
  return out
end

--- Why the mention at a byte is one and refers to what it refers to, in sentences: the tagger's
--- probability and its runner-up, the features that weighed most, the lists' lines, the link.
---@param byte integer
---@return string[]
function M:explain(byte)
  local out = self:reasons(byte) or {}
  local w = self:why(byte)
  if not w then
    return out
  end
  local name = w.entity and self:entity(w.entity).name
  out[#out + 1] = name and ('linked to %s: %s (%d %% sure)'):format(name, w.reason,
    math.floor(w.score * 100 + 0.5)) or ('not linked: %s'):format(w.reason)
  for _, c in ipairs(w.candidates) do
    out[#out + 1] = ('considered %s: %.1f'):format(self:entity(c.entity).name, c.score)
  end
  return out
end

---@class EntenteEntity
---@field id integer
---@field kind string
---@field name string
---@field aliases string[]
---@field iso? string
---@field mentions integer
---@field names integer how many of the mentions are names
---@field first integer[] span of the first full mention

--- Who acts, and the places, in order of first mention.
---@param kinds? string[] only of these kinds
---@return EntenteEntity[]
function M:actors(kinds)
  local wanted = set_of(kinds, KIND)
  return entities(self, function(kind)
    return kind ~= KIND.proposal and (not wanted or wanted[kind])
  end)
end

--- What is on the table, in order of first mention.
---@return EntenteEntity[]
function M:proposals()
  return entities(self, function(kind)
    return kind == KIND.proposal
  end)
end

---@class EntenteMention
---@field start integer
---@field end integer
---@field kind string
---@field form string
---@field entity? integer
---@field score number

--- All mentions of an entity, or of all.
---@param id? integer
---@return EntenteMention[]
function M:mentions(id)
  local m, out = id and self:refs(id) or self:marks(), {}
  for i = 1, #m, 6 do
    out[#out + 1] = {
      start = m[i], ['end'] = m[i + 1], kind = core.kinds[m[i + 2] + 1],
      form = core.forms[m[i + 3] + 1], entity = m[i + 4] >= 0 and m[i + 4] or nil,
      score = m[i + 5] / 1000,
    }
  end
  return out
end

local all_stances = M.all_stances or M.stances
M.all_stances = all_stances

-- An entity's number from a number or one of its names.
local function id_of(doc, who)
  if type(who) == 'string' then
    return doc:find(who) or -1
  end
  return who
end

--- Stances in text order. Those of an actor, on a proposal, of a label, when asked: actor and
--- proposal are entities' numbers or names.
---@param filter? {actor?: integer|string, proposal?: integer|string, verb?: string}
---@return table[]
function M:stances(filter)
  local list = all_stances(self)
  if not filter then
    return list
  end
  local actor, proposal = id_of(self, filter.actor), id_of(self, filter.proposal)
  local label = filter.verb
    and (LABEL[filter.verb] or error(('"%s" is no stance'):format(tostring(filter.verb)), 2))
  local out = {}
  for _, s in ipairs(list) do
    if (not actor or s.actor == actor) and (not proposal or s.proposal == proposal)
      and (not label or s.label == label) then
      out[#out + 1] = s
    end
  end
  return out
end

--- The document in one of the formats of the command line.
---@param format string
---@param opts? {name?: string, unit?: string}
---@return string|nil output, string|nil message
function M:export(format, opts)
  opts = opts or {}
  local formats = require 'entente.format'
  local module = formats.get(format)
  local out = { module.head and module.head 'tag' or '' }
  local found, message = module.tag(self, self:text(), opts.name or '-',
    { unit = opts.unit or 'byte' }, function(...)
      for i = 1, select('#', ...) do
        out[#out + 1] = (select(i, ...))
      end
    end)
  if not found then
    return nil, message
  end
  out[#out + 1] = module.foot and module.foot() or ''
  return table.concat(out)
end

return M
