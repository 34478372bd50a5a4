--- cli.place: where the index of a project lies, and that it is ours alone: in the user's cache
--- folder, in folders that are no symbolic links and that nobody else may enter.
local core = require 'entente.core'
local index = require 'entente.index'
local schema = require 'entente.index.schema'
local where = require 'entente.index.where'

local M = {}

local ok, uv = pcall(require, 'luv')
M.uv = ok and uv or nil

local function fail(...)
  error({ entente = string.format(...) }, 0)
end
M.fail = fail

--- The folder's real path.
---@param folder? string
---@return string
function M.root(folder)
  if not M.uv then
    fail 'the index needs luv (Debian: apt-get install lua-luv)'
  end
  local real, message = M.uv.fs_realpath(folder or '.')
  if not real then
    fail('%s: %s', folder or '.', (message:gsub('^%u+: ', ''):gsub(': .*', '')))
  end
  return real
end

--- The file of a project's index.
---@param root string a real path
---@return string file, string folder
function M.of(root)
  local file, folder = where.of(root)
  if not file then
    fail 'HOME is not set: set XDG_CACHE_HOME to a folder for the index'
  end
  return file, folder
end

--- The index that answers for a folder: its own, else that of the nearest folder above.
---@param folder? string
---@return string|nil file, string root
function M.find(folder)
  local root = M.root(folder)
  M.of(root)
  local file, found = where.find(root, M.uv.fs_stat)
  return file, found or root
end

-- Makes a folder that is ours; a link, or somebody else's, is refused.
local function private(folder)
  uv.fs_mkdir(folder, 448) -- 0700
  local stat, message = uv.fs_lstat(folder)
  if not stat then
    fail('%s', message)
  elseif stat.type ~= 'directory' then
    fail('%s is a %s, not a folder: take it away', folder, stat.type)
  elseif uv.getuid and stat.uid ~= uv.getuid() then
    fail('%s belongs to another user', folder)
  elseif stat.mode % 64 ~= 0 then
    uv.fs_chmod(folder, 448)
  end
end

local function make_above(folder)
  local above = folder:match '^(.+)/[^/]*$'
  if above and not uv.fs_stat(above) then
    make_above(above)
    uv.fs_mkdir(above, 448)
  end
end

local function remove(file)
  for _, ending in ipairs { '', '-wal', '-shm', '-journal' } do
    uv.fs_unlink(file .. ending)
  end
end

-- No part of the database may be a link to another file.
local function check_files(file)
  for _, ending in ipairs { '', '-wal', '-shm' } do
    local stat = uv.fs_lstat(file .. ending)
    if stat and stat.type ~= 'file' then
      fail('%s is a %s: take it away', file .. ending, stat.type)
    end
  end
end

-- Opens the database to write; nil, why, when what is there cannot be used.
local function try(file, check)
  local stat = uv.fs_stat(file)
  local db, message, code = core.sqlite(file, 'w')
  if not db then
    return nil, message, code
  end
  if stat and stat.size > 0 then
    message, code = index.strange(db)
    if not message and check(db) then
      local s = db:prepare 'PRAGMA quick_check(1)'
      local verdict
      verdict, message = s:row()
      s:close()
      message = verdict ~= 'ok' and (verdict or message) or nil
      code = message and 'EDAMAGED'
    end
    if message then
      db:close()
      return nil, message, code
    end
  end
  return db
end

-- After a run that did not end by itself the whole file is looked through.
local function unfinished(db)
  local s = db:prepare "SELECT value FROM meta WHERE key = 'at_work'"
  local at_work = s and s:row()
  if s then
    s:close()
  end
  return at_work ~= 0
end

--- Opens a project's index to write it, made anew when it is damaged or of another version: then
--- `said` is told. Waits for another writer unless `patience` (seconds) is over.
---@param root string
---@param opts {said: fun(message: string), patience?: number, rebuild?: boolean}
---@return EntenteWriter|nil writer, userdata|string lock
function M.write(root, opts)
  local file, folder = M.of(root)
  make_above(folder)
  private(folder:match '^(.*)/[^/]*$')
  private(folder)
  check_files(file)
  local lock, message, code
  local stop, told = uv.hrtime() + (opts.patience or 1e9) * 1e9, false
  while true do
    lock, message, code = core.lock(folder .. '/lock')
    if lock then
      break
    elseif code ~= 'EBUSY' then
      fail('%s', message)
    elseif uv.hrtime() > stop then
      return nil, 'EBUSY'
    elseif not told then
      told = true
      opts.said 'another program is at work on this index: waiting for it'
    end
    uv.sleep(20)
  end
  local function anew(why)
    if why then
      opts.said(('the index is %s: it is made anew'):format(why))
    end
    remove(file)
    return core.sqlite(file, 'w')
  end
  local db
  if opts.rebuild then
    db, message = anew()
  else
    db, message, code = try(file, unfinished)
    if not db and code == 'EVERSION' then
      db, message = anew('of another version')
    elseif not db and (code == 'EDAMAGED' or code == 'ESQL') then
      db, message = anew(('damaged (%s)'):format(message))
    end
  end
  if not db then
    fail('%s: %s', file, message)
  end
  uv.fs_chmod(file, 384) -- 0600
  local writer = require('entente.index.write').new(db, file, root)
  return writer, lock
end

M.schema = schema.version

return M
