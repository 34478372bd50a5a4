--- cli.journal: what workers found, file by file, before it is in the index. A worker writes it as
--- soon as a file is read; when the batch it belongs to is written, it goes. So a run that is
--- killed loses the files in work and no others: the next run enters what the journals hold.
---
--- A journal is a file of one job, `work-NUMBER` beside the index: a line that tells what made it
--- (program, model, corrections), then for each file its length and fingerprint, a line break and
---
---     stamp or - TAB size TAB hash TAB problem TAB bytes of path NL path rows
local core = require 'entente.core'
local stored = require 'entente.index.path'

local M = {}

local function place(folder, number)
  return ('%s/work-%d'):format(folder, number)
end

--- Begins the journal of a job: a function that adds a file to it. What cannot be written is left
--- out: a journal is for bad days only.
---@param folder string
---@param number integer
---@param made_by string
---@return fun(f: {path: string, stamp: string, size: string, hash: string|integer, rows: string,
---   problem: string}) add, fun() close
function M.new(folder, number, made_by)
  local f = io.open(place(folder, number), 'wb')
  local good = f and f:write(made_by, '\n')
  return function(e)
    if good then
      local text = ('%s\t%s\t%s\t%s\t%d\n'):format(e.stamp, e.size, e.hash, e.problem, #e.path)
        .. e.path .. e.rows
      good = f:write(('%d %d\n'):format(#text, core.hash(text)), text) and f:flush()
    end
  end, function()
    if f then
      f:close()
    end
  end
end

--- Takes the journal of a job away.
---@param folder string
---@param number integer
function M.remove(folder, number)
  os.remove(place(folder, number))
end

-- Goes through what is whole in a journal.
local function entries(text, made_by)
  local at = #made_by + 2
  if text:sub(1, at - 1) ~= made_by .. '\n' then
    return function() end
  end
  return function()
    local size, print, after = text:match('^(%d+) (%d+)\n()', at)
    local entry = size and text:sub(after, after + size - 1)
    if not entry or #entry < tonumber(size) or core.hash(entry) ~= tonumber(print) then
      return nil
    end
    at = after + size
    local stamp, bytes, hash, problem, length, from =
      entry:match '^(%S+)\t(%d+)\t(%w+)\t([^\t]*)\t(%d+)\n()'
    return {
      path = entry:sub(from, from + length - 1), rows = entry:sub(from + length),
      stamp = tonumber(stamp), size = tonumber(bytes), hash = hash, problem = problem,
    }
  end
end

--- Enters what was found in a file.
---@param writer EntenteWriter
---@param entry EntenteIndexFile
---@param problem string
---@param rows string
function M.enter(writer, entry, problem, rows)
  if rows == '' then
    writer:file_seen(entry, problem ~= '' and problem or nil)
    writer:remove_docs(entry.id)
  else
    writer:add(entry, rows)
  end
end

local KNOWN = [[SELECT stamp, hash FROM file JOIN dir ON dir.id = file.dir
  WHERE dir.path = ? AND file.name = ?]]

-- Enters one file of a journal, unless the index knows it as it was.
local function enter(writer, e)
  local dir, name = e.path:match '^(.*)/([^/]*)$'
  dir, name = stored.encode(dir or ''), stored.encode(name or e.path)
  local stamp, hash = writer:sql(KNOWN):row(dir, name)
  if stamp == nil or stamp ~= e.stamp or hash ~= tonumber(e.hash) then
    M.enter(writer, { dir = dir, name = name, stamp = e.stamp, size = e.size,
      hash = tonumber(e.hash) }, e.problem, e.rows)
  end
end

-- Names of the journals in a folder.
local function journals(uv, folder)
  local handle, found = uv.fs_scandir(folder), {}
  while handle do
    local file = uv.fs_scandir_next(handle)
    if not file then
      break
    end
    found[#found + 1] = file:match '^work%-%d+$'
  end
  table.sort(found)
  return found
end

--- Enters what a run before had found when it was killed; the journals go. Those of another
--- program, model or corrections go unread.
---@param uv table luv
---@param writer EntenteWriter
---@param folder string
---@param made_by string
---@param same boolean whether the index is of that, too
function M.resume(uv, writer, folder, made_by, same)
  for _, file in ipairs(journals(uv, folder)) do
    local path = folder .. '/' .. file
    local f = same and io.open(path, 'rb')
    local text = f and f:read '*a' or ''
    if f then
      f:close()
    end
    for entry in entries(text, made_by) do
      enter(writer, entry)
    end
    writer:commit()
    uv.fs_unlink(path)
  end
end

return M
