--- index.read: the index of a project as it is asked. Host-free; each method is short work on a few
--- rows but those that list everything. Ids of entities are those of the names that stand for them
--- and hold until the next run of the indexer.
local core = require 'entente.core'
local fold = require 'entente.index.fold'
local lookup = require 'entente.index.lookup'
local pack = require 'entente.index.pack'
local path = require 'entente.index.path'
local postings = require 'entente.index.postings'
local schema = require 'entente.index.schema'

---@class EntenteIndex
---@field db userdata
---@field root string the folder its files lie in
---@field file string
local M = {}
M.__index = M

local unpack = rawget(table, 'unpack') or rawget(_G, 'unpack')

local KIND, LABEL = {}, {}
for i, name in ipairs(core.kinds) do
  KIND[name] = i - 1
end
for i, name in ipairs(core.labels) do
  LABEL[name] = i - 1
end
M.KIND, M.LABEL = KIND, LABEL

-- A prepared statement, made once.
function M:sql(text)
  local s = self.prepared[text]
  if not s then
    local message
    s, message = self.db:prepare(text)
    if not s then
      error({ entente = ('the index %s: %s'):format(self.file, message) }, 0)
    end
    self.prepared[text] = s
  end
  return s
end

-- Goes through the rows of a statement of its own, so that questions may be asked in between.
local function rows(self, text, ...)
  local s, message = self.db:prepare(text)
  if not s then
    error({ entente = ('the index %s: %s'):format(self.file, message) }, 0)
  end
  s:bind(...)
  return function()
    return s:step()
  end
end
M.rows = rows

--- How much there is: files, documents, bytes, mentions, entities, actors, proposals, stances.
---@return table<string, integer>
function M:counts()
  local out = {}
  out.files = self:sql('SELECT count(*) FROM file'):row()
  out.documents, out.bytes, out.mentions =
    self:sql('SELECT count(*), coalesce(sum(size), 0), coalesce(sum(mentions), 0) FROM doc'):row()
  out.stances = self:sql('SELECT count(*) FROM stance'):row()
  out.entities, out.proposals = self:sql([[SELECT count(*), coalesce(sum(kind = ?), 0) FROM name
    WHERE entity IS NULL AND docs > 0]]):row(KIND.proposal)
  out.actors = out.entities - out.proposals
  return out
end

-- ---- names and entities -----------------------------------------------------------------------

local NAME = 'SELECT coalesce(entity, id), kind, docs, text FROM name WHERE id = ?'

-- Calls offer(entity, kind, docs) for each name that is equal when folded, or is called so.
local function equal_names(self, folded, offer)
  local hash, seen = fold.hash(folded), {}
  for _, id in ipairs(lookup.find(self, hash, lookup.WORDS, lookup.WORD)) do
    local entity, kind, docs, text = self:sql(NAME):row(id)
    if entity and fold.parts(kind, text) == folded then
      offer(entity, kind, docs)
    end
  end
  for _, id in ipairs(lookup.find(self, hash, lookup.ALIAS)) do
    local entity, kind = self:sql(NAME):row(id)
    local s = not seen[id] and entity and self:sql 'SELECT text, docs FROM alias WHERE name = ?'
    seen[id] = true
    if s then
      s:bind(id)
      for text, docs in s.step, s do
        if fold.name(text) == folded then
          offer(entity, kind, docs)
        end
      end
    end
  end
end

-- ... for each person of that last name.
local function last_names(self, folded, offer)
  for _, id in ipairs(lookup.find(self, fold.hash(folded), lookup.LAST)) do
    local entity, kind, docs, text = self:sql(NAME):row(id)
    if entity and select(2, fold.parts(kind, text)) == folded then
      offer(entity, kind, docs)
    end
  end
end

--- The entities a name stands for, the one in most documents first: by any of its names, case,
--- accents and "the" aside; if there is none, people of that last name.
---@param name string
---@param kind? string
---@return integer[] ids
function M:find(name, kind)
  local weight, ids = {}, {}
  local function offer(id, k, docs)
    if (not kind or KIND[kind] == k) and docs > 0 then
      if not weight[id] then
        weight[id] = 0
        ids[#ids + 1] = id
      end
      weight[id] = weight[id] + docs
    end
  end
  local plain, person = fold.name(name), fold.person(name)
  equal_names(self, plain, offer)
  if person ~= plain then
    equal_names(self, person, offer)
  end
  if #ids == 0 then
    last_names(self, plain, offer)
  end
  table.sort(ids, function(a, b)
    return weight[a] > weight[b] or weight[a] == weight[b] and a < b
  end)
  return ids
end

--- Ids of the names that are one entity, itself first.
---@param id integer
---@return integer[]
function M:members(id)
  local out = { id }
  local s = self:sql 'SELECT id FROM name WHERE entity = ? ORDER BY id'
  s:bind(id)
  for member in s.step, s do
    out[#out + 1] = member
  end
  return out
end

---@class EntenteIndexEntity
---@field id integer
---@field kind string
---@field name string
---@field iso? string
---@field about? string what it was told by from others of the same name
---@field documents integer
---@field mentions integer

local COUNTRY = schema.country(core)

local function entity_row(id, kind, text, about, docs, mentions)
  local country = kind == COUNTRY
  return id and {
    id = id, kind = core.kinds[kind + 1], name = text, iso = country and about or nil,
    about = not country and about or nil, documents = docs, mentions = mentions,
  }
end

--- One entity with all its names; nil when there is none of that id.
---@param id integer
---@return table|nil
function M:entity(id)
  local e = entity_row(self:sql([[SELECT id, kind, text, about, docs, mentions FROM name
    WHERE id = ?]]):row(id))
  if not e then
    return nil
  end
  local seen = { [e.name] = true }
  e.aliases, e.documents, e.mentions = {}, 0, 0
  local function add(text)
    if not seen[text] then
      seen[text] = true
      e.aliases[#e.aliases + 1] = text
    end
  end
  for _, member in ipairs(self:members(id)) do
    local text, docs, mentions =
      self:sql('SELECT text, docs, mentions FROM name WHERE id = ?'):row(member)
    e.documents, e.mentions = e.documents + docs, e.mentions + mentions
    add(text)
    local s = self:sql 'SELECT text FROM alias WHERE name = ? ORDER BY docs DESC, text'
    s:bind(member)
    for alias in s.step, s do
      add(alias)
    end
  end
  return e
end

local function entities(self, where, filter)
  local out = {}
  local sql = ([[SELECT e.id, e.kind, e.text, e.about,
      e.docs + coalesce((SELECT sum(docs) FROM name m WHERE m.entity = e.id), 0) AS d,
      e.mentions + coalesce((SELECT sum(mentions) FROM name m WHERE m.entity = e.id), 0)
    FROM name e WHERE e.entity IS NULL AND e.docs > 0 AND %s
    ORDER BY d DESC, e.text, e.id LIMIT %d]]):format(where, filter.limit or -1)
  for id, kind, text, about, docs, mentions in rows(self, sql) do
    if docs >= (filter.documents or 0) then
      out[#out + 1] = entity_row(id, kind, text, about, docs, mentions)
    end
  end
  return out
end

---@class EntenteIndexFilter
---@field kind? string
---@field limit? integer
---@field documents? integer in at least so many

--- Who acts, and the places, those in most documents first.
---@param filter? EntenteIndexFilter
---@return EntenteIndexEntity[]
function M:actors(filter)
  filter = filter or {}
  local kind = filter.kind and KIND[filter.kind]
  return entities(self, kind and 'e.kind = ' .. kind or 'e.kind <> ' .. KIND.proposal, filter)
end

--- Actors and proposals.
---@param filter? EntenteIndexFilter
---@return EntenteIndexEntity[]
function M:entities(filter)
  return entities(self, '1', filter or {})
end

--- What is on the table.
---@param filter? EntenteIndexFilter
---@return EntenteIndexEntity[]
function M:proposals(filter)
  return entities(self, 'e.kind = ' .. KIND.proposal, filter or {})
end

local LOOK = 100000 -- names that are looked through where no index helps

--- Names that start with a text, case aside, those in most documents first. In an index of very
--- many names only those of several documents.
---@param lead string
---@param limit? integer
---@return string[]
function M:complete(lead, limit)
  limit = limit or 50
  local from = lead:gsub('[%z]', '')
  local pattern, out = from:gsub('[%%_\\]', '\\%0') .. '%', {}
  -- the first two have an index each, the last has none; one that fills the list is enough
  for _, where in ipairs { 'docs > 8', 'docs > 1', 'docs = 1' } do
    if where == 'docs = 1' and (#out > 0
      or (self:sql('SELECT max(id) FROM name'):row() or 0) > LOOK) then
      break
    end
    local seen, s = {}, self:sql(([[SELECT text FROM name WHERE %s AND text >= ?1 COLLATE NOCASE
      AND text < ?1 || char(1114111) COLLATE NOCASE AND text LIKE ?2 ESCAPE '\'
      ORDER BY docs DESC, text LIMIT ?3]]):format(where))
    s:bind(from, pattern, limit * 2) -- names of several kinds come several times
    out = {}
    for text in s.step, s do
      if not seen[text] and #out < limit then
        seen[text] = true
        out[#out + 1] = text
      end
    end
    if #out == limit then
      break
    end
  end
  return out
end

-- ---- documents --------------------------------------------------------------------------------

local DOCUMENT = [[SELECT doc.id, dir.path, file.name, doc.part, doc.name, doc.date, doc.size,
  doc.mentions FROM doc JOIN file ON file.id = doc.file JOIN dir ON dir.id = file.dir ]]

local function document_row(id, dir, file, part, name, date, size, mentions)
  if id then
    local stored = path.join(dir, file)
    return {
      id = id, path = path.decode(stored), shown = stored, part = part, name = name or stored,
      date = date, size = size, mentions = mentions,
    }
  end
end

--- One document: id, path below the root, part (the line of a file of JSON lines, else 0), name,
--- date, size in bytes, mentions; nil when it is gone.
---@param id integer
---@return table|nil
function M:document(id)
  local d = document_row(self:sql(DOCUMENT .. 'WHERE doc.id = ?'):row(id))
  return d
end

--- Goes through all documents.
---@return fun(): table|nil
function M:documents()
  local next_row = rows(self, DOCUMENT .. 'ORDER BY dir.path, file.name, doc.part')
  return function()
    return document_row(next_row())
  end
end

--- Ids of the entities in a document.
---@param id integer
---@return integer[]
function M:entities_of(id)
  local blob = self:sql('SELECT names FROM doc WHERE id = ?'):row(id)
  local out, seen, at, name = {}, {}, 1, 0
  while blob and at <= #blob do
    local step, value
    step, at = pack.read(blob, at)
    value, at = pack.read(blob, at)
    name = name + step
    for _ = 1, value % 8 do
      at = select(2, pack.read(blob, at))
    end
    local e = self:sql('SELECT coalesce(entity, id) FROM name WHERE id = ?'):row(name)
    if e and not seen[e] then
      seen[e] = true
      out[#out + 1] = e
    end
  end
  return out
end

-- ---- references -------------------------------------------------------------------------------

--- Every mention of an entity: goes through { document =, marks = { start, stop, form, score } }
--- for each document with some, documents in the order of their ids. Forms are numbers, as in
--- core.forms from 0; bytes count from 0 in the document's text.
---@param id integer
---@return fun(): table|nil
function M:places(id)
  local next_places = postings.places(self, self:members(id))
  return function()
    for doc, marks in next_places do
      local d = self:document(doc)
      if d then
        return { document = d, marks = marks }
      end
    end
  end
end

-- ---- stances ----------------------------------------------------------------------------------

---@class EntenteStanceFilter
---@field actor? integer|integer[] ids of entities
---@field proposal? integer|integer[]
---@field target? integer|integer[]
---@field by? integer|integer[]
---@field any? integer|integer[] actor, proposal or target
---@field stance? string a label
---@field negated? boolean
---@field hedged? boolean
---@field after? string documents of that date or later: 2025, 2025-08, 2025-08-19
---@field before? string ... before that date
---@field score? number at least
---@field limit? integer

local STANCE = [[SELECT s.doc, s.n, s.actor, s.label, s.proposal, s.target, s.source, s.flags,
  s.cue, s.cue_length, s.sentence, s.sentence_length, s.score, doc.date
  FROM stance s JOIN doc ON doc.id = s.doc ]]

-- The names of entities as a list for SQL.
local function all_names(self, ids)
  local all = {}
  for _, id in ipairs(type(ids) == 'table' and ids or { ids }) do
    for _, name in ipairs(self:members(id)) do
      all[#all + 1] = name
    end
  end
  return table.concat(all, ',')
end

local COLUMN = { actor = 'actor', proposal = 'proposal', target = 'target', by = 'source' }

-- The conditions of a filter, and what is bound to them.
local function conditions(self, filter)
  local where, values = {}, {}
  for key, column in pairs(COLUMN) do
    if filter[key] then
      where[#where + 1] = ('s.%s IN (%s)'):format(column, all_names(self, filter[key]))
    end
  end
  if filter.any then
    local names = all_names(self, filter.any)
    where[#where + 1] = ('(s.actor IN (%s) OR s.proposal IN (%s) OR s.target IN (%s))'):format(
      names, names, names)
  end
  local function add(sql, value)
    if value ~= nil then
      where[#where + 1] = sql
      values[#values + 1] = value
    end
  end
  add('s.label = ?', filter.stance and (LABEL[filter.stance] or -1))
  add('s.flags & 1 = ?', filter.negated ~= nil and (filter.negated and 1 or 0) or nil)
  add('s.flags >> 1 & 1 = ?', filter.hedged ~= nil and (filter.hedged and 1 or 0) or nil)
  add('doc.date >= ?', filter.after)
  add('doc.date < ?', filter.before)
  add('s.score >= ?', filter.score and filter.score * 100)
  return where, values
end

-- How many documents entities are in.
local function spread(self, ids)
  local n = 0
  for _, id in ipairs(type(ids) == 'table' and ids or { ids }) do
    for _, name in ipairs(self:members(id)) do
      n = n + (self:sql('SELECT docs FROM name WHERE id = ?'):row(name) or 0)
    end
  end
  return n
end

-- Stances need no index of their own: postings tell the documents in which a name has some.
-- Goes through those of the rarest entities of a filter; nil without any.
local function documents_of(self, filter)
  local rarest, least, role
  for _, key in ipairs { 'actor', 'proposal', 'target', 'by', 'any' } do
    local n = filter[key] and spread(self, filter[key])
    if n and (not least or n < least) then
      rarest, least, role = filter[key], n, key
    end
  end
  if not rarest then
    return nil
  end
  local names = {}
  for _, id in ipairs(type(rarest) == 'table' and rarest or { rarest }) do
    for _, name in ipairs(self:members(id)) do
      names[#names + 1] = name
    end
  end
  return postings.stances(self, names, role == 'actor')
end

--- The entity a name belongs to, and what it is called.
---@param name integer|nil
---@return integer|nil id, string|nil text, integer|nil kind
function M:entity_of(name)
  if name then
    return self:sql([[SELECT e.id, e.text, e.kind FROM name n
      JOIN name e ON e.id = coalesce(n.entity, n.id) WHERE n.id = ?]]):row(name)
  end
end

--- Goes through the stances that pass a filter: { document = id, date =, actor = id, actor_name =,
--- stance =, proposal =, proposal_name =, target =, target_name =, by =, by_name =, negated =,
--- hedged =, cue = { start, stop }, sentence = { start, stop }, score = }.
---@param filter? EntenteStanceFilter
---@return fun(): table|nil
function M:stances(filter)
  filter = filter or {}
  local where, values = conditions(self, filter)
  local next_document, bound = documents_of(self, filter), #values
  if next_document then
    where[#where + 1] = 's.doc = ?'
  end
  local sql = STANCE .. (#where > 0 and 'WHERE ' .. table.concat(where, ' AND ') or '')
    .. ' ORDER BY s.doc, s.n'
  local statement, message = self.db:prepare(sql)
  if not statement then
    error({ entente = ('the index %s: %s'):format(self.file, message) }, 0)
  end
  local left, open = filter.limit or math.huge, not next_document
  if open then
    statement:bind(unpack(values))
  end
  -- The next row, of the next document when this one has no more.
  local function next_row(...)
    if open and ... then
      return ...
    end
    open = false
    local doc = next_document and next_document()
    if not doc then
      return nil
    end
    values[bound + 1] = doc
    statement:bind(unpack(values))
    open = true
    return next_row(statement:step())
  end
  local function row()
    if open then
      return next_row(statement:step())
    end
    return next_row()
  end
  local ids, texts, seen = {}, {}, 0 -- of the last names met
  local function entity(name)
    if name and not ids[name] then
      if seen == 1000 then
        ids, texts, seen = {}, {}, 0
      end
      ids[name], texts[name] = self:entity_of(name)
      seen = seen + 1
    end
    return ids[name or 0], texts[name or 0]
  end
  return function()
    if left <= 0 then
      return nil
    end
    local doc, n, actor, label, proposal, target, source, flags, cue, cue_length, sentence, length,
      score, date = row()
    if doc then
      left = left - 1
      local s = {
        document = doc, n = n, date = date, stance = core.labels[label + 1],
        negated = flags % 2 == 1, hedged = math.floor(flags / 2) % 2 == 1,
        cue = { cue, cue + cue_length }, sentence = { sentence, sentence + length },
        score = score / 100,
      }
      s.actor, s.actor_name = entity(actor)
      s.proposal, s.proposal_name = entity(proposal)
      s.target, s.target_name = entity(target)
      s.by, s.by_name = entity(source)
      return s
    end
  end
end

function M:close()
  self.prepared = {}
  self.db:close()
end

return M
