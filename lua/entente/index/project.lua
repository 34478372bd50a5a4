--- index.project: the index of a project in the hands of a script: `ent.index { root = '.' }`.
--- It is the one of `entente index`, which reads all of a folder; here single texts are added.
local core = require 'entente.core'
local extract = require 'entente.index.extract'
local index = require 'entente.index'
local query = require 'entente.query'
local rows = require 'entente.index.rows'
local stored = require 'entente.index.path'
local where = require 'entente.index.where'

---@class EntenteProject: EntenteIndex
---@field root string
---@field file string the SQLite file
local M = {}

-- A method of index.read on the index as it is now: opened when it is first asked.
local function of_reader(name)
  return function(self, ...)
    local ix = rawget(self, 'reader')
    if not ix then
      local message, code
      ix, message, code = index.open(self.file)
      if not ix then
        return nil, message, code
      end
      rawset(self, 'reader', ix)
    end
    return ix[name](ix, ...)
  end
end

local meta = {
  __index = function(_, key)
    local own = M[key]
    if own ~= nil then
      return own
    end
    return require('entente.index.read')[key] and of_reader(key) or nil
  end,
}

--- The index of a folder.
---@param opts {root?: string, cache?: string}
---@param ent table the module of Entente, which opens documents
---@return EntenteProject|nil index, string|nil message, string|nil code
function M.new(opts, ent)
  local root, message, code = core.real_path(opts.root or '.')
  if not root then
    return nil, message, code
  end
  local file, folder = where.of(root, opts.cache)
  if not file then
    return nil, 'HOME is not set: name a folder for the index by cache', 'ENOENT'
  end
  return setmetatable({ root = root, file = file, folder = folder, ent = ent }, meta)
end

-- Ids of what a name stands for; of an id, itself.
local function ids_of(self, who)
  if type(who) == 'number' then
    return { who }
  end
  return self:find(who)
end

local function nothing() end

--- Every mention of an actor, a place or a proposal: goes through { path =, document =, start =,
--- stop =, form =, score = }, bytes from 0 in the document's text.
---@param who string|integer a name, or an id
---@return (fun(): table|nil)|nil next_hit, string|nil message, string|nil code
function M:refs(who)
  local ids, message, code = ids_of(self, who)
  if not ids then
    return nil, message, code
  end
  local at, i, hit, next_place = 0, 1, nil, nothing
  return function()
    while not (hit and hit.marks[i]) do
      hit, i = next_place(), 1
      if not hit then
        at = at + 1
        if not ids[at] then
          return nil
        end
        next_place = self:places(ids[at])
      end
    end
    local m = hit.marks
    i = i + 4
    return {
      path = hit.document.path, document = hit.document.id, start = m[i - 4], stop = m[i - 3],
      form = core.forms[m[i - 2] + 1], score = m[i - 1],
    }
  end
end

--- What a query asks for (lua/entente/query.lua): stances; entities when it is nothing but a name
--- and kinds.
---@param text string
---@return (fun(): table|nil)|nil next_one, string|nil message, string|integer|nil code
function M:search(text)
  local asked, message, at = query.parse(text)
  if not asked then
    return nil, message, at
  end
  local known, why, code = self:find ''
  if not known then
    return nil, why, code
  elseif not query.is_for_names(asked) then
    return query.search(self, asked)
  end
  local list, i = query.names(self, asked), 0
  return function()
    i = i + 1
    return list[i]
  end
end

local reading = of_reader 'stances'

--- The stances that pass a filter, as those of an index (doc/index.md); actors, proposals, targets
--- and sources may be named.
---@param filter? table
---@return (fun(): table|nil)|nil next_stance, string|nil message, string|nil code
function M:stances(filter)
  local f = {}
  for key, value in pairs(filter or {}) do
    f[key] = value
    if type(value) == 'string'
      and (key == 'actor' or key == 'proposal' or key == 'target' or key == 'by') then
      local ids, message, code = ids_of(self, value)
      if not ids then
        return nil, message, code
      elseif #ids == 0 then
        return nothing
      end
      f[key] = ids
    end
  end
  return reading(self, f)
end

-- ---- adding -----------------------------------------------------------------------------------

-- The index to write, and the lock that keeps others from it.
local function writer_of(self)
  local made = ''
  for part in self.folder:gmatch '/?[^/]+' do
    made = made .. part
    local exists = core.real_path(made)
    if not exists or made == self.folder then
      local ok, message, code = core.make_folder(made)
      if not ok then
        return nil, message, code
      end
    end
  end
  local lock, message, code = core.lock(self.folder .. '/lock')
  if not lock then
    return nil, code == 'EBUSY' and 'another program is at work on this index' or message, code
  end
  local f = io.open(self.file, 'rb')
  local there = f and f:seek 'end' > 0
  if f then
    f:close()
  end
  local db
  db, message, code = core.sqlite(self.file, 'w')
  if db and there then
    message, code = index.strange(db)
    message = message and ('the index %s is %s: run "entente index"'):format(self.file, message)
  end
  if not db or message then
    lock:close()
    return nil, message, code
  end
  return require('entente.index.write').new(db, self.file, self.root), lock
end

-- The rows of a file's content; nil, why there are none.
local function rows_of(self, name, content)
  local kind = extract.kind(name)
  if not kind or kind == 'pdf' or kind == 'office' then
    return nil, name .. ' is of no kind that is read here: run "entente index"', 'EKIND'
  end
  local out = {}
  for i, part in ipairs(extract.documents(kind, content, name)) do
    local doc, message, code = self.ent.open(part.text)
    if not doc then
      return nil, message, code
    end
    out[i] = rows.of(doc, part)
    doc:close()
  end
  return table.concat(out)
end

--- Reads a file below the root into the index, in place of what was known of it. It holds until
--- `entente index` comes by, which reads the file again. Codes: ENOENT, EKIND, EBUSY, and those of
--- `index.open`.
---@param path string below the root, or a path to there
---@param text? string in place of the file's content
---@return boolean|nil done, string|nil message, string|nil code
function M:add(path, text)
  local below = path:sub(1, #self.root + 1) == self.root .. '/' and path:sub(#self.root + 2)
    or path
  if not text then
    local f, message = io.open(self.root .. '/' .. below, 'rb')
    text = f and f:read '*a'
    if f then
      f:close()
    end
    if not text then
      return nil, message or below .. ' cannot be read', 'ENOENT'
    end
  end
  local packed, why, code = rows_of(self, below, text)
  if not packed then
    return nil, why, code
  end
  local writer, lock, failed = writer_of(self)
  if not writer then
    return nil, lock, failed
  end
  local dir, name = stored.encode(below):match '^(.-)/?([^/]*)$'
  local ok, problem = pcall(function()
    writer:add({ dir = dir, name = name, size = #text }, packed)
    writer:commit(true)
  end)
  writer:close()
  lock:close()
  self:close()
  if not ok then
    return nil, type(problem) == 'table' and problem.entente or tostring(problem),
      type(problem) == 'table' and problem.code or 'EINDEX'
  end
  return true
end

--- Gives back what it holds; it is opened again when it is asked again.
function M:close()
  local ix = rawget(self, 'reader')
  if ix then
    ix:close()
    rawset(self, 'reader', nil)
  end
end

return M
