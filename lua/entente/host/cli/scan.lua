--- cli.scan: the files of a project: goes through folders as `rg` does: no symbolic links, no
--- hidden files, nothing that a .gitignore names; only what cli.reader can read.
local extract = require 'entente.index.extract'
local ignore = require 'entente.index.ignore'
local stored = require 'entente.index.path'
local uv = require 'luv'

local M = {}

local unpack = rawget(table, 'unpack') or rawget(_G, 'unpack')

local function read(path)
  local f = io.open(path, 'rb')
  local text = f and f:read(1048576)
  if f then
    f:close()
  end
  return text
end

-- The rules of a folder's .gitignore, on top of those above it: { base, rules, above }.
local function rules_of(folder, above)
  local text = read(folder .. '/.gitignore')
  return text and { base = folder, rules = ignore.read(text), above = above } or above
end

-- The rules that hold above the root: up to the top of the checkout.
local function rules_above(root)
  local chain, at = {}, root
  while at and at ~= '' do
    chain[#chain + 1] = at
    if uv.fs_lstat(at .. '/.git') then
      local text = read(at .. '/.git/info/exclude')
      local rules = text and { base = at, rules = ignore.read(text) }
      for i = #chain, 2, -1 do
        rules = rules_of(chain[i], rules)
      end
      return rules
    end
    at = at:match '^(.*)/[^/]*$'
  end
end

local function ignored(rules, path, is_folder)
  while rules do
    local verdict = ignore.ignored(rules.rules, path:sub(#rules.base + 2), is_folder)
    if verdict ~= nil then
      return verdict
    end
    rules = rules.above
  end
  return false
end

--- One number for what tells that a file has changed: size, times, place on the disk.
---@param stat table
---@return integer
function M.stamp(stat)
  local m, c = stat.mtime, stat.ctime
  local a = (m.sec * 1000003 + m.nsec) % 9007199254740881
  local b = (c.sec * 7919 + c.nsec * 31 + stat.ino * 104729 + stat.size * 613) % 9007199254740881
  return (a + b) % 9007199254740881
end

---@class EntenteScanned
---@field dir string below the root, as stored
---@field name string as stored
---@field path string
---@field size integer
---@field stamp integer
---@field changed number when it last changed, in seconds

--- A file as it is now, if it is one for the index.
---@return EntenteScanned|nil
function M.file(root, folder, dir, name)
  local path = folder .. '/' .. name
  local stat = uv.fs_lstat(path)
  if stat and stat.type == 'file' then
    return {
      root = root, dir = dir, name = stored.encode(name), path = path, size = stat.size,
      stamp = M.stamp(stat),
      changed = math.max(stat.mtime.sec + stat.mtime.nsec / 1e9,
        stat.ctime.sec + stat.ctime.nsec / 1e9),
    }
  end
end

-- Entries of a folder in order, so that runs are alike.
local function entries(folder)
  local handle, message = uv.fs_scandir(folder)
  if not handle then
    return nil, message
  end
  local out = {}
  while true do
    local name, kind = uv.fs_scandir_next(handle)
    if not name then
      break
    end
    out[#out + 1] = { name, kind }
  end
  table.sort(out, function(a, b)
    return a[1] < b[1]
  end)
  return out
end

--- Whether the index is for a name: not hidden, of a known kind.
---@param name string
---@return boolean
function M.wanted(name)
  return name:sub(1, 1) ~= '.' and extract.kind(name) ~= nil
end

--- Goes through a project: calls file(scanned) for each file, folder(path, dir) for each folder.
---@param root string
---@param visit {file: fun(f: EntenteScanned), folder?: fun(path: string, dir: string),
---   problem?: fun(path: string, message: string)}
function M.walk(root, visit)
  local stack = { { root, '', rules_of(root, rules_above(root)) } }
  while #stack > 0 do
    local folder, dir, rules = unpack(table.remove(stack))
    local list, message = entries(folder)
    if not list then
      if visit.problem then
        visit.problem(folder, message)
      end
      list = {}
    elseif visit.folder then
      visit.folder(folder, dir)
    end
    local below = {}
    for _, entry in ipairs(list) do
      local name, kind = entry[1], entry[2]
      local path = folder .. '/' .. name
      if kind == 'unknown' or not kind then
        local stat = uv.fs_lstat(path)
        kind = stat and (stat.type == 'directory' and 'directory' or stat.type)
      end
      if kind == 'directory' and name:sub(1, 1) ~= '.' and not ignored(rules, path, true) then
        below[#below + 1] = { path, stored.join(dir, stored.encode(name)), rules_of(path, rules) }
      elseif kind == 'file' and M.wanted(name) and not ignored(rules, path, false) then
        local f = M.file(root, folder, dir, name)
        if f then
          visit.file(f)
        end
      end
    end
    for i = #below, 1, -1 do
      stack[#stack + 1] = below[i]
    end
  end
end

--- Whether a path below the root is one the walk would come by.
---@param root string
---@param path string
---@return boolean
function M.reaches(root, path)
  local rules, at = rules_of(root, rules_above(root)), root
  local below = path:sub(#root + 2)
  for part in below:gmatch '[^/]+' do
    local here = at .. '/' .. part
    local last = here == path
    if part:sub(1, 1) == '.' or ignored(rules, here, not last) then
      return false
    end
    at = here
    rules = last and rules or rules_of(here, rules)
  end
  return M.wanted(path:match '[^/]*$')
end

return M
