--- cli.watch: keeps the index of a project up to date while its files change. Folders are watched
--- by libuv; what changes within a moment is taken together. The index is locked only while it is
--- written, so `entente index` may run beside it.
local args = require 'entente.host.cli.args'
local indexing = require 'entente.host.cli.index'
local out = require 'entente.host.cli.output'
local place = require 'entente.host.cli.place'
local scan = require 'entente.host.cli.scan'
local update = require 'entente.host.cli.update'

local M = {}

local uv = place.uv
local QUIET, LATEST = 20, 200 -- milliseconds: without a change; after the first one at the latest

-- Runs one update and says what it did.
local function refresh(self, work)
  local writer, lock = place.write(self.root, { said = out.complain })
  local start = uv.hrtime()
  local seen = indexing.guarded(writer, lock, function()
    local u = update.new(writer, self.settings)
    local fine, result = pcall(function()
      work(u)
      return u:finish()
    end)
    u.crew.dismiss()
    return fine and result or error(result, 0)
  end)
  local n = seen.read + seen.removed + seen.renamed
  if n > 0 then
    out.write(('%d read, %d renamed, %d removed (%.0f ms)\n'):format(seen.read, seen.renamed,
      seen.removed, (uv.hrtime() - start) / 1e6))
    out.flush()
  end
end

local add

-- Works off the paths that changed. A folder that is new is walked through and watched.
local function work_off(self)
  local paths, rescan = self.changed, self.rescan
  self.changed, self.rescan, self.first = {}, false, nil
  refresh(self, function(u)
    if rescan then
      u:all(function(folder)
        add(self, folder)
      end)
      return
    end
    for path in pairs(paths) do
      if scan.wanted(path:match '[^/]*$') and scan.reaches(self.root, path) then
        u:one(path)
      end
    end
  end)
end

-- Something happened to a name in a folder.
local function note(self, folder, name)
  local path = name and folder .. '/' .. name or folder
  local stat = uv.fs_lstat(path)
  local file = path:match '[^/]*$'
  if not name or stat and stat.type == 'directory' or file == '.gitignore'
    or not stat and self.watched[path] then
    self.rescan = self.rescan or file:sub(1, 1) ~= '.' or file == '.gitignore'
  elseif not scan.wanted(file) then
    return
  end
  self.changed[path] = true
  self.first = self.first or uv.now()
  local left = math.max(0, math.min(QUIET, self.first + LATEST - uv.now()))
  self.timer:start(left, 0, function()
    self.due = true
  end)
end

function add(self, folder)
  if self.watched[folder] then
    return
  end
  local handle = uv.new_fs_event()
  local ok, message = handle:start(folder, {}, function(err, name)
    if err or not uv.fs_lstat(folder) then
      handle:stop()
      self.watched[folder] = nil
    end
    note(self, folder, not err and name or nil)
  end)
  if not ok then
    handle:close()
    args.fail('cannot watch %s: %s (fs.inotify.max_user_watches?)', folder, tostring(message))
  end
  self.watched[folder] = handle
end

--- entente watch [DIR]
---@param opts table<string, any>
---@param rest string[]
---@return integer status
function M.run(opts, rest)
  if #rest > 1 then
    args.fail 'watch takes one folder'
  end
  local root = place.root(rest[1] or opts.project)
  local settings = indexing.settings(root, opts)
  local self = {
    root = root, settings = settings, watched = {}, changed = {}, timer = uv.new_timer(),
  }
  refresh(self, function(u)
    u:all(function(folder)
      add(self, folder)
    end)
  end)
  -- after the first run single files are read without threads
  settings.jobs = 1
  out.write(('watching %s\n'):format(root))
  out.flush()
  while true do
    uv.run 'once'
    if self.due then
      self.due = false
      work_off(self)
    end
  end
end

return M
