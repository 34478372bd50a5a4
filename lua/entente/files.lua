--- files: small project files that several programs may write at once. A change is made under a
--- lock, written beside the file, flushed to disk and renamed over it, so that readers see the old
--- or the new state and writers lose nothing of each other's.
---
---     local files = require('entente.files').new(uv)   -- uv: luv, or nil for io and os alone
---     files.update(path, function(text) return text .. line end)
local M = {}

local WAIT, STALE = 5, 10 -- seconds: for a lock; after which a forgotten one is taken away

local NOT_THERE = 2 -- ENOENT

-- The text of a file; nil when there is none; nil and why when it cannot be read.
local function read(path)
  local f, message, code = io.open(path, 'rb')
  if not f then
    return nil, code ~= NOT_THERE and message or nil
  end
  local text, why = f:read '*a'
  f:close()
  return text, not text and (why or 'cannot be read') or nil
end

--- Whether there is a file that can be read.
---@param path string
---@return boolean
function M.exists(path)
  local f = io.open(path, 'rb')
  if f then
    f:close()
  end
  return f ~= nil
end

local function quote(path)
  return "'" .. path:gsub("'", "'\\''") .. "'"
end

local function run(command)
  local a, _, c = os.execute(command .. ' 2>/dev/null')
  return a == true or a == 0 or (a == nil and c == 0)
end

local function folder_of(path)
  return path:match '^(.*)/[^/]*$' or '.'
end

-- ---- by luv -----------------------------------------------------------------------------------

local function uv_make_folder(uv, folder)
  if folder == '' or uv.fs_stat(folder) then
    return
  end
  uv_make_folder(uv, folder_of(folder))
  uv.fs_mkdir(folder, 493) -- 0755
end

local function by_uv(uv)
  local ops = {}
  function ops.folder(folder)
    uv_make_folder(uv, folder)
  end
  function ops.real(path)
    return uv.fs_realpath(path) or path
  end
  function ops.lock(lock)
    local fd = uv.fs_open(lock, 'wx', 420)
    if fd then
      uv.fs_write(fd, tostring(uv.os_getpid()) .. '\n', -1)
      uv.fs_close(fd)
      return true
    end
    local stat = uv.fs_stat(lock)
    if stat and os.time() - stat.mtime.sec > STALE then
      local aside = ('%s.%d'):format(lock, uv.os_getpid())
      if uv.fs_rename(lock, aside) then -- one of several wins
        uv.fs_unlink(aside)
      end
    end
  end
  function ops.unlock(lock)
    uv.fs_unlink(lock)
  end
  function ops.sleep()
    uv.sleep(5)
  end
  function ops.write(path, text)
    local stat = uv.fs_stat(path)
    local aside = ('%s.%d.new'):format(path, uv.os_getpid())
    uv.fs_unlink(aside) -- left by a crash, or a link laid for us: 'wx' follows none
    local fd, message = uv.fs_open(aside, 'wx', stat and stat.mode % 4096 or 420)
    if not fd then
      return nil, message
    end
    local n, err = uv.fs_write(fd, text, -1)
    local synced, err2 = uv.fs_fsync(fd)
    uv.fs_close(fd)
    if n ~= #text or not synced then
      uv.fs_unlink(aside)
      return nil, err or err2 or 'not all could be written'
    end
    local done, err3 = uv.fs_rename(aside, path)
    if not done then
      uv.fs_unlink(aside)
    end
    return done, err3
  end
  return ops
end

-- ---- by io and os -----------------------------------------------------------------------------

local function by_os()
  local ops, mine = {}, tostring {}:match '0x(%x+)' or tostring(os.time())
  function ops.folder(folder)
    if folder ~= '' then
      run('mkdir -p ' .. quote(folder))
    end
  end
  function ops.real(path)
    local pipe = io.popen('readlink -f ' .. quote(path) .. ' 2>/dev/null')
    local found = pipe and pipe:read '*l'
    if pipe then
      pipe:close()
    end
    return found or path
  end
  function ops.lock(lock)
    if run('mkdir ' .. quote(lock)) then -- atomic where opening a file by io is not
      return true
    end
    run(('find %s -maxdepth 0 -mmin +1 -exec rmdir {} \\;'):format(quote(lock)))
  end
  function ops.unlock(lock)
    run('rmdir ' .. quote(lock))
  end
  function ops.sleep()
    run 'sleep 0.02'
  end
  function ops.write(path, text)
    local aside = path .. '.' .. mine .. '.new'
    os.remove(aside) -- a link laid there is not followed
    local f, message = io.open(aside, 'wb')
    if not f then
      return nil, message
    end
    local ok = f:write(text) and f:close()
    run('sync ' .. quote(aside))
    if not ok then
      os.remove(aside)
      return nil, 'not all could be written'
    end
    return os.rename(aside, path)
  end
  return ops
end

-- ---- together ---------------------------------------------------------------------------------

-- The file a path means, links followed, or nil when links lead out of the folder that holds the
-- path's own folder (the project of DIR/.entente/FILE): what a project's archive brought along must
-- not make us write elsewhere.
local function inside(ops, path)
  local folder = folder_of(path)
  local home, real = ops.real(folder_of(folder)), ops.real(path)
  if real == path then -- not there yet, or no link
    real = ops.real(folder) .. '/' .. path:match '[^/]*$'
  end
  return (home == '/' or real:sub(1, #home + 1) == home .. '/') and real or nil
end

---@alias EntenteChange fun(text: string|nil): string|nil

---@class EntenteFiles
---@field read fun(path: string): string|nil
---@field update fun(path: string, change: EntenteChange): boolean|nil, string|nil

--- File functions by luv, or by io and os when it is not there.
---@param uv? table
---@return EntenteFiles
function M.new(uv)
  local ops = uv and by_uv(uv) or by_os()
  local files = { read = read }

  --- Gives the file's text (nil when there is none) to `change` and writes what that returns;
  --- nothing when it returns nil.
  function files.update(path, change)
    ops.folder(folder_of(path))
    local real = inside(ops, path)
    if not real then
      return nil, ('%s is a link out of its project: nothing is written there'):format(path)
    end
    path = real
    local lock, started = path .. '.lock', os.time()
    while not ops.lock(lock) do
      if os.time() - started > WAIT then
        return nil, ('%s is locked by another program: remove %s if none runs'):format(path, lock)
      end
      ops.sleep()
    end
    local ok, result, message = pcall(function()
      local text, why = read(path)
      if why then -- not to be taken for a file that is not there, and written over
        return nil, why
      end
      text = change(text)
      if text == nil then
        return true
      end
      return ops.write(path, text)
    end)
    ops.unlock(lock)
    if not ok then
      return nil, tostring(result)
    end
    return result and true or nil, message
  end

  return files
end

return M
