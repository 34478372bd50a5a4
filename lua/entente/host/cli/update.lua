--- cli.update: brings an index up to date with the files of its project. A file whose stamp is the
--- same is not read; one whose content is the same is not analysed; one that was renamed keeps what
--- is known of it.
local core = require 'entente.core'
local extract = require 'entente.index.extract'
local journal = require 'entente.host.cli.journal'
local crews = require 'entente.host.cli.crew'
local place = require 'entente.host.cli.place'
local reader = require 'entente.host.cli.reader'
local scan = require 'entente.host.cli.scan'
local stored = require 'entente.index.path'

local M = {}

local uv = place.uv
local JOB_FILES = 64
-- A batch ends at so many bytes or documents (the tests of kills want many), or after two seconds.
local BATCH_BYTES = tonumber(os.getenv 'ENTENTE_INDEX_BATCH' or '') or 8 * 1048576
local JOB_BYTES = math.min(262144, BATCH_BYTES)
local BATCH_DOCS, BATCH_TIME = 6000, 10e9
local FRESH = 2 -- seconds: a file may change again without its times telling

---@class EntenteUpdate
---@field writer EntenteWriter
---@field crew EntenteCrew
---@field opts table
---@field seen table counts of what was done

-- Makes the batch in work last; the journals of its jobs are no longer needed.
local function commit(self, last)
  self.writer:commit(last)
  self.committed = uv.hrtime()
  for _, number in ipairs(self.journals) do
    journal.remove(self.opts.folder, number)
  end
  self.journals = {}
end

--- Begins an update.
---@param writer EntenteWriter
---@param opts {root: string, jobs: integer, most: integer, lexicon?: string, made_by: string,
---   folder: string, said: fun(message: string), tick: fun(bytes: integer, files: integer)}
---@return EntenteUpdate
function M.new(writer, opts)
  local self = setmetatable({ writer = writer, opts = opts }, { __index = M })
  self.crew = opts.crew or crews.new(uv, opts.jobs,
    { root = opts.root, most = opts.most, lexicon = opts.lexicon, journal = opts.folder,
      made_by = opts.made_by })
  self.seen = { read = 0, same = 0, bytes = 0, removed = 0, renamed = 0, problems = 0 }
  self.committed = uv.hrtime()
  self.job, self.gone, self.new, self.journals = { bytes = 0 }, {}, {}, {}
  writer:exec 'BEGIN IMMEDIATE'
  writer:run "INSERT OR REPLACE INTO meta VALUES ('at_work', 1)"
  self.had = writer:sql('SELECT 1 FROM file LIMIT 1'):row() ~= nil
  -- another version of the program, the model or the corrections: all is read anew
  local before = writer:sql("SELECT value FROM meta WHERE key = 'made_by'"):row()
  self.stale = before ~= nil and before ~= opts.made_by
  if self.stale then
    opts.said 'the model or the corrections have changed: every file is read anew'
    writer:run 'UPDATE file SET stamp = NULL, hash = NULL WHERE stamp IS NOT -1'
  end
  writer:run("INSERT OR REPLACE INTO meta VALUES ('made_by', ?)", opts.made_by)
  writer:exec 'COMMIT'
  journal.resume(uv, writer, opts.folder, opts.made_by, before == opts.made_by)
  return self
end

-- Enters what a worker found in one file.
local function enter(self, f, hash, problem, rows)
  local seen = self.seen
  local stamp = f.stamp
  local lasts = problem:find 'is larger than' or problem:find 'permission'
  if os.time() - f.changed < FRESH or problem:find '^needs ' or hash == '0' and not lasts then
    stamp = nil -- it is read again next time
  end
  local entry = { id = f.id, dir = f.dir, name = f.name, stamp = stamp, size = f.size }
  seen.bytes = seen.bytes + f.size
  if problem ~= '' then
    seen.problems = seen.problems + 1
    self.opts.said(('%s: %s'):format(stored.join(f.dir, f.name), problem))
  end
  if hash == 'same' then
    entry.hash = f.hash
    seen.same = seen.same + 1
    self.writer:file_seen(entry, f.problem)
  else
    entry.hash = tonumber(hash)
    seen.read = seen.read + 1
    journal.enter(self.writer, entry, problem, rows)
  end
  self.opts.tick(f.size, 1)
end

-- Works off a worker's answer; ends the batch when it is large.
local function answered(self, files, answer, number)
  local at = 1
  self.journals[#self.journals + 1] = (#files > 1 or number > 1) and number or nil
  while at <= #answer do
    local i, hash, problem, size, after = answer:match('^(%d+)\t(%w+)\t([^\n\t]*)\t(%d+)\n()', at)
    enter(self, files[tonumber(i)], hash, problem, answer:sub(after, after + size - 1))
    at = after + size
  end
  local b = self.writer.batch
  if b and (b.bytes > BATCH_BYTES or b.docs > BATCH_DOCS
    or uv.hrtime() - self.committed > BATCH_TIME) then
    commit(self)
  end
end

-- Hands the files gathered to a worker.
local function send(self)
  local files = self.job
  if #files == 0 then
    return
  end
  local parts = {}
  for i, f in ipairs(files) do
    local stamp = os.time() - f.changed >= FRESH and ('%d'):format(f.stamp) or '-'
    parts[i] = ('%d\t%s\t%s\t%d\t%d\n%s'):format(i, f.hash or '-', stamp, f.size, #f.path,
      f.path)
  end
  self.job = { bytes = 0 }
  self.crew.give(table.concat(parts), function(answer, number)
    answered(self, files, answer, number)
  end)
end

-- New files whose content is that of one that is gone were renamed; the others are read.
local function settle_new(self)
  local by_size = {}
  for id in pairs(self.gone) do
    local dir, name, size, hash, problem = self.writer:sql([[SELECT dir.path, file.name, size, hash,
      problem FROM file JOIN dir ON dir.id = file.dir WHERE file.id = ?]]):row(id)
    if hash and not problem and size > 0 then
      by_size[size] = by_size[size] or {}
      table.insert(by_size[size], { id = id, name = stored.join(dir, name), hash = hash })
    end
  end
  for _, f in ipairs(self.new) do
    local old
    for i, o in ipairs(by_size[f.size] or {}) do
      local path = stored.join(f.dir, f.name)
      if extract.date_of_path(o.name) == extract.date_of_path(path)
        and extract.kind(o.name) == extract.kind(path) then
        f.content = f.content or reader.content(f.path, self.opts.most)
        if f.content and core.hash(f.content) == o.hash then
          old = table.remove(by_size[f.size], i)
          break
        end
      end
    end
    f.content = nil
    if old then
      self.gone[old.id] = nil
      self.writer:file_seen { id = old.id, dir = f.dir, name = f.name, stamp = f.stamp,
        size = f.size, hash = old.hash }
      self.seen.renamed = self.seen.renamed + 1
    else
      self:read(f)
    end
  end
  self.new = {}
end

--- A file that is there: read if it is new or has changed. `known`: its row, when it has one.
---@param f EntenteScanned
---@param known? {id: integer, stamp: integer, hash: integer, problem: string}
function M:file(f, known)
  if known then
    if known.stamp == f.stamp then
      self.seen.same = self.seen.same + 1
      self.opts.tick(f.size, 1)
      return
    end
    f.id, f.hash, f.problem = known.id, known.hash, known.problem
  elseif self.had then
    self.new[#self.new + 1] = f -- it may be an old one: see settle_new
    return
  end
  self:read(f)
end

--- Gathers files until they are worth a worker's while.
---@param f EntenteScanned
function M:read(f)
  local job = self.job
  job[#job + 1] = f
  job.bytes = job.bytes + f.size
  if job.bytes >= JOB_BYTES or #job >= JOB_FILES then
    send(self)
  end
end

-- Files that are known in a folder, by name.
local function known_in(self, dir)
  local out, s = {}, self.writer:sql [[SELECT file.id, name, stamp, hash, problem FROM file
    JOIN dir ON dir.id = file.dir WHERE dir.path = ?]]
  s:bind(dir)
  for id, name, stamp, hash, problem in s.step, s do
    out[name] = { id = id, stamp = stamp, hash = hash, problem = problem }
  end
  return out
end

--- A file by its path: read, or taken out when it is gone.
---@param path string
function M:one(path)
  local root = self.opts.root
  local folder, name = path:match '^(.*)/([^/]*)$'
  local dir = stored.encode(folder:sub(#root + 2))
  local known = known_in(self, dir)[stored.encode(name)]
  local f = scan.file(root, folder, dir, name)
  if f then
    self:file(f, known)
  elseif known and known.stamp ~= -1 then
    self.gone[known.id] = true
  end
end

--- All files of the project.
---@param watch? fun(path: string) called for each folder
function M:all(watch)
  local known, visited = {}, {}
  local function leave()
    for _, k in pairs(known) do
      if k.stamp ~= -1 then
        self.gone[k.id] = true
      end
    end
  end
  scan.walk(self.opts.root, {
    folder = function(path, dir)
      leave()
      visited[dir], known = true, known_in(self, dir)
      if watch then
        watch(path)
      end
    end,
    file = function(f)
      local k = known[f.name]
      known[f.name] = nil
      self:file(f, k)
    end,
    problem = function(path, message)
      visited[stored.encode(path:sub(#self.opts.root + 2))] = true
      self.opts.said(('%s: %s'):format(path, message))
    end,
  })
  leave()
  local s = self.writer:sql 'SELECT id, path FROM dir'
  s:bind()
  local lost = {}
  for id, dir in s.step, s do
    if not visited[dir] then
      lost[#lost + 1] = id
    end
  end
  for _, id in ipairs(lost) do
    local files = self.writer:sql 'SELECT id FROM file WHERE dir = ? AND stamp IS NOT -1'
    files:bind(id)
    for file in files.step, files do
      self.gone[file] = true
    end
  end
end

--- Waits for the workers, takes out what is gone, makes it last.
---@return table seen
function M:finish()
  settle_new(self)
  send(self)
  self.crew.finish()
  for id in pairs(self.gone) do
    self.writer:remove(id)
    self.seen.removed = self.seen.removed + 1
  end
  self.gone = {}
  self.writer:begin()
  self.writer:run "INSERT OR REPLACE INTO meta VALUES ('at_work', 0)"
  self.writer.tidy = self.seen.read > 500
  commit(self, true)
  if not self.had and self.seen.read > 100 then
    -- what was filled in no order is packed; without room it stays
    self.writer.db:exec 'PRAGMA temp_store = FILE; VACUUM'
  end
  return self.seen
end

return M
