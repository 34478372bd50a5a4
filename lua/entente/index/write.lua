--- index.write: the one that changes an index. Documents are gathered into a batch; a batch is one
--- transaction and one segment: whatever happens, a batch is in the index whole or not at all.
--- The lock that makes it the only one is the host's (core.lock).
local core = require 'entente.core'
local flush = require 'entente.index.flush'
local join = require 'entente.index.join'
local lookup = require 'entente.index.lookup'
local pack = require 'entente.index.pack'
local path = require 'entente.index.path'
local postings = require 'entente.index.postings'
local rows = require 'entente.index.rows'
local schema = require 'entente.index.schema'
local segments = require 'entente.index.segments'

---@class EntenteWriter
---@field db userdata
---@field cache table<string, integer> ids of names
---@field tidy? boolean whether the last batch leaves few segments
local M = {}
M.__index = M

local CACHE = 150000 -- names remembered: memory stays bounded however large the corpus
local MOST = flush.MOST
local number = pack.number

local function raise(self, message, code)
  error({ entente = ('the index %s: %s'):format(self.file, tostring(message)), code = code }, 0)
end

function M:sql(text)
  local s = self.prepared[text]
  if not s then
    local message, code
    s, message, code = self.db:prepare(text)
    if not s then
      raise(self, message, code)
    end
    self.prepared[text] = s
  end
  return s
end

function M:run(text, ...)
  local changed, id, code = self:sql(text):run(...)
  if not changed then
    raise(self, id, code)
  end
  return changed, id
end

function M:exec(text)
  local ok, message, code = self.db:exec(text)
  if not ok then
    raise(self, message, code)
  end
end

local function next_id(self, tbl)
  return (self:sql(('SELECT coalesce(max(id), 0) + 1 FROM %s'):format(tbl)):row())
end

local function meta(self, key)
  return (self:sql('SELECT value FROM meta WHERE key = ?'):row(key))
end

local function set_meta(self, key, value)
  self:run('INSERT OR REPLACE INTO meta VALUES (?, ?)', key, value)
end

--- Takes over an open database, empty or an index of this version.
---@param db userdata
---@param file string
---@param root string the folder whose files it holds
---@return EntenteWriter
function M.new(db, file, root)
  local self = setmetatable({ db = db, file = file, root = root, prepared = {} }, M)
  self:exec 'PRAGMA journal_mode = WAL'
  self:exec [[PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;
    PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 33554432]]
  if self:sql("SELECT count(*) FROM sqlite_master WHERE name = 'meta'"):row() == 0 then
    self:exec('BEGIN IMMEDIATE;' .. schema.create(core))
    set_meta(self, 'root', root)
    set_meta(self, 'next_doc', 1)
    self:exec 'COMMIT'
  end
  self.cache, self.cached, self.dirs = {}, 0, {}
  self:reset()
  return self
end

-- Nothing is in work.
function M:reset()
  self.prepared = {}
  self.next_name = next_id(self, 'name')
  self.next_doc = meta(self, 'next_doc')
  self.batch = nil
end

-- The batch in work; begins one.
function M:begin()
  if not self.batch then
    self:exec 'BEGIN IMMEDIATE'
    self.batch = {
      docs = 0, bytes = 0, new = {}, new_alias = {}, last_alias = {},
      names = {}, mentions = {}, aliases = {}, -- how many more documents and mentions each has
      posting = {}, -- by name: number of a document, its places, whether it has stances ...
    }
  end
  return self.batch
end

-- ---- files ------------------------------------------------------------------------------------

local function dir_id(self, dir)
  local id = self.dirs[dir]
  if not id then
    id = self:sql('SELECT id FROM dir WHERE path = ?'):row(dir)
    if not id then
      id = select(2, self:run('INSERT INTO dir (path) VALUES (?)', dir))
    end
    self.dirs[dir] = id
  end
  return id
end

---@class EntenteIndexFile
---@field id? integer
---@field dir string below the root, as stored; "" is the root
---@field name string as stored
---@field stamp? integer
---@field size? integer
---@field hash? integer

--- Enters a file, or what is known of it now.
---@param f EntenteIndexFile
---@param problem? string why it cannot be read
---@return integer id
function M:file_seen(f, problem)
  self:begin()
  local dir = dir_id(self, f.dir)
  f.id = f.id or (self:sql('SELECT id FROM file WHERE dir = ? AND name = ?'):row(dir, f.name))
  if f.id then
    self:run('UPDATE file SET dir = ?, name = ?, stamp = ?, size = ?, hash = ?, problem = ? '
      .. 'WHERE id = ?', dir, f.name, f.stamp, f.size, f.hash, problem, f.id)
  else
    f.id = select(2, self:run(
      'INSERT INTO file (dir, name, stamp, size, hash, problem) VALUES (?, ?, ?, ?, ?, ?)', dir,
      f.name, f.stamp, f.size, f.hash, problem))
  end
  return f.id
end

-- Takes what one document brought to its names away from them.
local function forget(self, id, blob)
  local b, at, name = self.batch, 1, 0
  while at <= #blob do
    local step, value
    step, at = pack.read(blob, at)
    value, at = pack.read(blob, at)
    name = name + step
    b.names[name] = (b.names[name] or 0) - 1
    b.mentions[name] = (b.mentions[name] or 0) - math.floor(value / 8)
    for _ = 1, value % 8 do
      local alias
      alias, at = pack.read(blob, at)
      alias = name * MOST + alias
      b.aliases[alias] = (b.aliases[alias] or 0) - 1
    end
  end
  self:run('DELETE FROM stance WHERE doc = ?', id)
  self:run('DELETE FROM doc WHERE id = ?', id)
  b.removed = true
end

--- Takes the documents of a file out.
---@param file integer
function M:remove_docs(file)
  self:begin()
  local docs, s = {}, self:sql 'SELECT id, names FROM doc WHERE file = ?'
  s:bind(file)
  for id, blob in s.step, s do
    docs[#docs + 1] = { id, blob or '' }
  end
  for _, d in ipairs(docs) do
    forget(self, d[1], d[2])
  end
end

--- Takes a file out, and its documents.
---@param file integer
function M:remove(file)
  self:remove_docs(file)
  self:run('DELETE FROM file WHERE id = ?', file)
end

-- ---- documents --------------------------------------------------------------------------------

local function remember(self, key, id)
  if self.cached >= CACHE then
    self.cache, self.cached = {}, 0
  end
  self.cache[key], self.cached = id, self.cached + 1
end

-- The id of a name, made when it is new. `key` is its kind, code, text and description with tabs.
local function name_id(self, key, hash)
  local batch = self.batch
  local id = self.cache[key] or batch.new[key]
  if id then
    return id
  end
  local kind, iso, text, about = key:match '^(%d+)\t(%a*)\t([^\t]*)\t(.*)$'
  kind, about = tonumber(kind), iso ~= '' and iso or about
  for _, known in ipairs(lookup.find(self, hash, lookup.WORDS, lookup.WORD)) do
    local k, t, a = self:sql('SELECT kind, text, about FROM name WHERE id = ?'):row(known)
    if k == kind and t == text and (a or '') == about then
      remember(self, key, known)
      return known
    end
  end
  id = self.next_name
  self.next_name = id + 1
  batch.new[key] = id
  batch.new[id] = { kind, text, about }
  return id
end

-- What a name is called besides, as a number: that of the name times MOST, and which it is; nil
-- when there are too many.
local function alias_id(self, name, text)
  local key, b = name .. '\t' .. text, self.batch
  local id = self.cache[key] or b.new_alias[key]
  if id then
    return id
  end
  local last = b.last_alias[name]
  if not b.new[name] then
    local n = self:sql('SELECT n FROM alias WHERE name = ? AND text = ?'):row(name, text)
    if n then
      remember(self, key, name * MOST + n)
      return name * MOST + n
    end
    last = last or self:sql('SELECT max(n) FROM alias WHERE name = ?'):row(name)
  end
  last = (last or -1) + 1
  if last < MOST then
    id = name * MOST + last
    b.last_alias[name], b.new_alias[key], b.new_alias[id] = last, id, text
  end
  return id
end

local HEAD = '^(%d+)\t([^\t]*)\t(%d+)\t(%d+)\t(%d+)\t(%d+)\t(%d+)\t([^\n]*)\n()'

-- Two entities of a document that are one name here: their places in one list, in order.
local function merge(length, a, b)
  local all = {}
  for _, content in ipairs { a, b } do
    local marks = {}
    postings.places_at(content, 1, length, marks)
    for i = 1, #marks, 4 do
      all[#all + 1] = { marks[i], marks[i + 1] - marks[i], marks[i + 2], marks[i + 3] }
    end
  end
  table.sort(all, function(x, y)
    return x[1] < y[1] or x[1] == y[1] and x[2] < y[2]
  end)
  local out, last = { number(#all) }, 0
  for i, m in ipairs(all) do
    out[i + 1], last, length = rows.place(m[1] - last, m[2], length, m[3], m[4]), m[1], m[2]
  end
  return table.concat(out)
end

---@class EntenteDocNames
---@field ids table<integer, integer> of names, by the number of the entity from 0
---@field list integer[] each name once, in order
---@field mentions table<integer, integer>
---@field places table<integer, string>
---@field others table<integer, integer[]> other names of a name

-- A few other names of a name, as the document has them.
local function read_others(self, id, others, list)
  for alias in others:gmatch '[^\31]+' do
    local a = #list < 7 and alias_id(self, id, alias)
    for _, known in ipairs(list) do
      a = a ~= known and a
    end
    list[#list + 1] = a or nil
  end
  return list
end

-- Reads the entities of a document.
local function read_entities(self, packed, at, n, places)
  local ids, list, mentions_of, places_of, others_of = {}, {}, {}, {}, {}
  for i = 0, n - 1 do
    local key, content, mentions, hash, _, others
    at, places, key, content, mentions, hash, _, others =
      core.packed_entity(packed, at, places)
    local id = name_id(self, key, hash)
    local known = places_of[id]
    if known then
      content = merge(#key:match '^%d+\t%a*\t([^\t]*)', known, content)
      mentions = mentions_of[id] + mentions
    else
      list[#list + 1] = id
    end
    ids[i], mentions_of[id], places_of[id] = id, mentions, content
    if others then
      others_of[id] = read_others(self, id, others, others_of[id] or {})
    end
  end
  table.sort(list)
  return { ids = ids, list = list, mentions = mentions_of, places = places_of, others = others_of },
    at
end

-- A document's names as they are kept with it: for each its id less that of the one before, eight
-- times its mentions plus the number of other names, and which those are.
local function packed_names(names)
  local out, last = {}, 0
  for _, id in ipairs(names.list) do
    local others = names.others[id]
    local n = #out
    out[n + 1], out[n + 2] = id - last, names.mentions[id] * 8 + (others and #others or 0)
    for i, other in ipairs(others or {}) do
      out[n + 2 + i] = other % MOST
    end
    last = id
  end
  return core.pack(out)
end

-- Enters the stances of a document; the names that take part in them: 2 when they take one, else 1.
local function add_stances(self, packed, at, n, doc, ids)
  local part = {}
  for i = 1, n do
    local actor, label, proposal, target, source, flags, cue, length, sentence, slength, score
    at, actor, label, proposal, target, source, flags, cue, length, sentence, slength, score =
      core.packed_numbers(packed, at)
    actor, proposal, target, source = ids[actor], ids[proposal], ids[target], ids[source]
    self:run('INSERT INTO stance VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', doc, i, actor,
      label, proposal, target, source, flags, cue, length, sentence, slength, score)
    part[actor] = 2
    for _, other in pairs { proposal, target, source } do
      part[other] = part[other] or 1
    end
  end
  return part
end

-- Adds what a document has of its names to what the batch has.
local function gather(b, doc, names, part)
  for _, id in ipairs(names.list) do
    b.names[id] = (b.names[id] or 0) + 1
    b.mentions[id] = (b.mentions[id] or 0) + names.mentions[id]
    local p = b.posting[id]
    if not p then
      b.posting[id] = { doc, names.places[id], part[id] or false }
    else
      local n = #p
      p[n + 1], p[n + 2], p[n + 3] = doc, names.places[id], part[id] or false
    end
  end
  for _, others in pairs(names.others) do
    for _, other in ipairs(others) do
      b.aliases[other] = (b.aliases[other] or 0) + 1
    end
  end
end

-- Adds the document at a byte of packed rows; returns where the next one starts.
local function add_doc(self, file, packed, at)
  local part, date, size, mentions, entities, stances, bytes, name
  part, date, size, mentions, entities, stances, bytes, name, at = packed:match(HEAD, at)
  local b, id = self.batch, self.next_doc
  self.next_doc = id + 1
  -- the places lie behind as many lines
  local places = at
  for _ = 1, entities + stances do
    places = packed:find('\n', places, true) + 1
  end
  local names
  names, at = read_entities(self, packed, at, tonumber(entities), places)
  gather(b, id, names, add_stances(self, packed, at, tonumber(stances), id, names.ids))
  self:run('INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS BLOB))', id, file,
    tonumber(part), name ~= '' and name or nil, date ~= '' and date or nil, tonumber(size),
    tonumber(mentions), packed_names(names))
  b.docs, b.bytes = b.docs + 1, b.bytes + size
  return places + bytes
end

--- Enters a file with the documents that index.rows made of it, in place of those it had.
---@param f EntenteIndexFile
---@param packed string
function M:add(f, packed)
  self:file_seen(f)
  self:remove_docs(f.id)
  local at = 1
  while at <= #packed do
    at = add_doc(self, f.id, packed, at)
  end
end

-- ---- the end of a batch -----------------------------------------------------------------------

-- From so many changed names on, all are joined anew at the end of the run.
local MANY = 5000

--- Makes what is in work last; `last`: it was the last batch of the run, so names are joined, too.
---@param last? boolean
function M:commit(last)
  local due = meta(self, 'join_due') == 1
  if not self.batch and not (last and due) then
    return
  end
  local b = self:begin()
  self.dirty = not due and {} or nil
  flush.batch(self, b)
  if b.removed then
    set_meta(self, 'gone', 1) -- from now on documents are missing
  end
  local dirty = self.dirty
  if b.docs > 0 or b.removed then
    if not due and (not last or #dirty > MANY) then
      set_meta(self, 'join_due', 1)
      due = true
    end
    segments.merge(self, last and self.tidy)
  end
  if last and due then
    join.all(self)
    set_meta(self, 'join_due', 0)
  elseif last then
    join.some(self, dirty)
  end
  if b.removed then
    flush.sweep(self, b)
    self.cache, self.cached = {}, 0
  end
  set_meta(self, 'next_doc', self.next_doc)
  self:exec 'COMMIT'
  for _, new in ipairs { b.new, b.new_alias } do
    for key, value in pairs(new) do
      if type(value) == 'number' and self.cached < CACHE then
        self.cache[key], self.cached = value, self.cached + 1
      end
    end
  end
  self.batch = nil
end

--- Gives up what is in work: the index stays as it was.
function M:rollback()
  self.db:exec 'ROLLBACK'
  self.cache, self.cached, self.dirs = {}, 0, {}
  self:reset()
end

--- All files as they are known: goes through id, folder, name, stamp, size, hash, problem.
---@return fun(): integer|nil, string, string, integer|nil, integer|nil, integer|nil, string|nil
function M:files()
  local s = self.db:prepare [[SELECT file.id, dir.path, file.name, stamp, size, hash, problem
    FROM file JOIN dir ON dir.id = file.dir]]
  s:bind()
  return function()
    return s:step()
  end
end

function M:close()
  self.prepared = {}
  self.db:close()
end

M.join_path = path.join

return M
