--- index.write: the one that changes an index. Documents are gathered into a batch; a batch is one
--- transaction and one segment: whatever happens, a batch is in the index whole or not at all.
--- The lock that makes it the only one is the host's (core.lock).
local core = require 'entente.core'
local fold = require 'entente.index.fold'
local join = require 'entente.index.join'
local pack = require 'entente.index.pack'
local path = require 'entente.index.path'
local schema = require 'entente.index.schema'
local segments = require 'entente.index.segments'

---@class EntenteWriter
---@field db userdata
---@field cache table<string, integer> ids of names
local M = {}
M.__index = M

local CACHE = 150000 -- names remembered: memory stays bounded however large the corpus
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
  local self = setmetatable({ db = db, file = file, prepared = {} }, M)
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
  self.next_name, self.next_alias = next_id(self, 'name'), next_id(self, 'alias')
  self.next_doc = meta(self, 'next_doc')
  self.batch = nil
end

-- The batch in work; begins one.
function M:begin()
  if not self.batch then
    self:exec 'BEGIN IMMEDIATE'
    self.batch = {
      docs = 0, bytes = 0, new = {}, new_alias = {},
      names = {}, mentions = {}, aliases = {}, -- how many more documents and mentions each has
      posting = {}, last = {}, -- places by name: a string, or a list of strings; the last document
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

-- The id of a name, made when it is new. `key` is its kind, code, text and description with tabs.
local function name_id(self, key, hash, short)
  local batch = self.batch
  local id = self.cache[key] or batch.new[key]
  if id then
    return id
  end
  local kind, iso, text, about = key:match '^(%d+)\t(%a*)\t([^\t]*)\t(.*)$'
  hash, kind = tonumber(hash), tonumber(kind)
  id = self:sql([[SELECT id FROM name WHERE hash = ? AND kind = ? AND text = ?
    AND coalesce(iso, '') = ? AND coalesce(about, '') = ?]]):row(hash, kind, text, iso, about)
  if id then
    if self.cached >= CACHE then
      self.cache, self.cached = {}, 0
    end
    self.cache[key], self.cached = id, self.cached + 1
    return id
  end
  id = self.next_name
  self.next_name = id + 1
  batch.new[key] = id
  batch.new[id] = { kind, text, hash, iso, about, tonumber(short) }
  return id
end

local function alias_id(self, name, text)
  local key = name .. '\t' .. text
  local id = self.batch.new_alias[key]
  if id then
    return id
  end
  if not self.batch.new[name] then
    id = self:sql('SELECT id FROM alias WHERE name = ? AND text = ?'):row(name, text)
  end
  if not id then
    id = self.next_alias
    self.next_alias = id + 1
    self.batch.new_alias[id] = { name, text }
  end
  self.batch.new_alias[key] = id
  return id
end

-- A document's names as they are kept with it: for each its id less that of the one before, eight
-- times its mentions plus the number of other names, and their ids.
local function packed_names(list)
  table.sort(list, function(a, b)
    return a[1] < b[1]
  end)
  local out, last = {}, 0
  for i, n in ipairs(list) do
    local part = number(n[1] - last) .. number(n[2] * 8 + #n - 2)
    for k = 3, #n do
      part = part .. number(n[k])
    end
    out[i], last = part, n[1]
  end
  return table.concat(out)
end

local ENTITY = '^(%d+)\t(%d+)\t(%d+)\t(%d*)\t([^\t]*)\t([^\n]*)\n()'
local HEAD = '^(%d+)\t([^\t]*)\t(%d+)\t(%d+)\t(%d+)\t(%d+)\t(%d+)\t([^\n]*)\n()'

-- Two entities of a document that are one name here: their places in one list, in order.
local function merge(a, b)
  local all = {}
  for _, blob in ipairs { a, b } do
    local at, start = 1, 0
    while at <= #blob do
      local step, length
      step, at = pack.read(blob, at)
      length, at = pack.read(blob, at)
      start = start + step
      all[#all + 1] = { start, length, blob:sub(at, at) }
      at = at + 1
    end
  end
  table.sort(all, function(x, y)
    return x[1] < y[1] or x[1] == y[1] and x[2] < y[2]
  end)
  local out, last = {}, 0
  for i, m in ipairs(all) do
    out[i] = number(m[1] - last) .. number(m[2]) .. m[3]
    last = m[1]
  end
  return table.concat(out)
end

-- Reads the entities of a document: ids by number, and what is kept of each name.
local function read_entities(self, rows, at, n, places)
  local ids, by_id, list = {}, {}, {}
  for i = 0, n - 1 do
    local mentions, bytes, hash, short, others, key
    mentions, bytes, hash, short, others, key, at = rows:match(ENTITY, at)
    local id = name_id(self, key, hash, short)
    local blob = rows:sub(places, places + bytes - 1)
    places, mentions, ids[i] = places + bytes, tonumber(mentions), id
    local known = by_id[id]
    if known then
      known.blob, known[2] = merge(known.blob, blob), known[2] + mentions
    else
      known = { id, mentions, blob = blob } -- and ids of other names
      by_id[id], list[#list + 1] = known, known
    end
    for alias in others:gmatch '[^\31]+' do -- mostly none
      local a = #known < 9 and alias_id(self, id, alias)
      for k = 3, #known do
        a = a ~= known[k] and a
      end
      known[#known + 1] = a or nil
    end
  end
  return ids, list, at
end

local STANCE = '^(%d+) (%d+) (%S+) (%S+) (%S+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+)\n()'

local function add_stances(self, rows, at, n, doc, ids)
  for i = 1, n do
    local actor, label, proposal, target, source, flags, cue, length, sentence, slength, score
    actor, label, proposal, target, source, flags, cue, length, sentence, slength, score, at =
      rows:match(STANCE, at)
    self:run('INSERT INTO stance VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', doc, i,
      ids[tonumber(actor)], tonumber(label), ids[tonumber(proposal)], ids[tonumber(target)],
      ids[tonumber(source)], tonumber(flags), tonumber(cue), tonumber(length), tonumber(sentence),
      tonumber(slength), tonumber(score))
  end
end

-- Adds the document at a byte of packed rows; returns where the next one starts.
local function add_doc(self, file, rows, at)
  local part, date, size, mentions, entities, stances, bytes, name
  part, date, size, mentions, entities, stances, bytes, name, at = rows:match(HEAD, at)
  local b, id = self.batch, self.next_doc
  self.next_doc = id + 1
  -- the places lie behind as many lines
  local places = at
  for _ = 1, entities + stances do
    places = rows:find('\n', places, true) + 1
  end
  local ids, list
  ids, list, at = read_entities(self, rows, at, tonumber(entities), places)
  for _, n in ipairs(list) do
    local key, text = n[1], number(id - (b.last[n[1]] or 0)) .. number(n[2]) .. n.blob
    b.names[key] = (b.names[key] or 0) + 1
    b.mentions[key] = (b.mentions[key] or 0) + n[2]
    for k = 3, #n do
      b.aliases[n[k]] = (b.aliases[n[k]] or 0) + 1
    end
    local p = b.posting[key]
    if not p then
      b.posting[key] = text
    elseif type(p) == 'string' then
      b.posting[key] = { p, text }
    else
      p[#p + 1] = text
    end
    b.last[key] = id
  end
  add_stances(self, rows, at, tonumber(stances), id, ids)
  self:run('INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS BLOB))', id, file,
    tonumber(part), name ~= '' and name or nil, date ~= '' and date or nil, tonumber(size),
    tonumber(mentions),    packed_names(list))
  b.docs, b.bytes = b.docs + 1, b.bytes + size
  return places + bytes
end

--- Enters a file with the documents that index.rows made of it, in place of those it had.
---@param f EntenteIndexFile
---@param rows string
function M:add(f, rows)
  self:file_seen(f)
  self:remove_docs(f.id)
  local at = 1
  while at <= #rows do
    at = add_doc(self, f.id, rows, at)
  end
end

-- ---- the end of a batch -----------------------------------------------------------------------

local function sorted(list)
  local ids = {}
  for id in pairs(list) do
    ids[#ids + 1] = id
  end
  table.sort(ids)
  return ids
end

local function posting(b, id)
  local p = b.posting[id]
  return type(p) == 'table' and table.concat(p) or p
end

-- New names hold their first places themselves: most names are in one document alone.
local function flush_names(self, b)
  local dirty = self.dirty
  for _, id in ipairs(sorted(b.names)) do
    local docs, mentions, new = b.names[id], b.mentions[id], b.new[id]
    if new then
      self:run('INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, CAST(? AS BLOB))', id,
        new[1], new[2], new[3], new[4] ~= '' and new[4] or nil, new[5] ~= '' and new[5] or nil,
        new[6], docs, mentions, posting(b, id))
    elseif docs ~= 0 or mentions ~= 0 then
      self:run('UPDATE name SET docs = docs + ?, mentions = mentions + ? WHERE id = ?', docs,
        mentions, id)
    end
    if dirty and (new or docs ~= 0) then
      dirty[#dirty + 1] = id
    end
  end
  for _, id in ipairs(sorted(b.aliases)) do
    local docs, new = b.aliases[id], b.new_alias[id]
    if new then
      self:run('INSERT INTO alias VALUES (?, ?, ?, ?, ?)', id, new[1], new[2],
        fold.hash(fold.name(new[2])), docs)
    elseif docs ~= 0 then
      self:run('UPDATE alias SET docs = docs + ? WHERE id = ?', docs, id)
    end
  end
end

local function flush_postings(self, b)
  local segment
  for _, name in ipairs(sorted(b.posting)) do
    if not b.new[name] then
      segment = segment or next_id(self, 'segment')
      self:run('INSERT INTO posting VALUES (?, ?, CAST(? AS BLOB))', segment, name,
        posting(b, name))
    end
  end
  if segment then
    self:run('INSERT INTO segment VALUES (?, ?)', segment, b.docs)
  end
end

-- Names and aliases that no document has any more.
local function sweep(self, b)
  for id, docs in pairs(b.aliases) do
    if docs < 0 then
      self:run('DELETE FROM alias WHERE id = ? AND docs <= 0', id)
    end
  end
  for id, docs in pairs(b.names) do
    if docs < 0 then
      self:run('DELETE FROM name WHERE id = ? AND docs <= 0', id)
    end
  end
  self.cache, self.cached = {}, 0
end

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
  flush_names(self, b)
  flush_postings(self, b)
  local dirty = self.dirty
  if b.docs > 0 or b.removed then
    if not due and (not last or #dirty > MANY) then
      set_meta(self, 'join_due', 1)
      due = true
    end
    segments.merge(self)
  end
  if last and due then
    join.all(self)
    set_meta(self, 'join_due', 0)
  elseif last then
    join.some(self, dirty)
  end
  if b.removed then
    sweep(self, b)
  end
  set_meta(self, 'next_doc', self.next_doc)
  self:exec 'COMMIT'
  for key, value in pairs(b.new) do
    if type(value) == 'number' and self.cached < CACHE then
      self.cache[key], self.cached = value, self.cached + 1
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
