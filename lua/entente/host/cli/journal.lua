--- cli.journal: what workers found, file by file, before it is in the index. A worker writes it as
--- soon as a file is read; when the batch it belongs to is written, it goes. So a run that is
--- killed loses the files in work and no others: the next run enters what the journals hold.
---
--- A journal is a file of one job, `work-NUMBER` beside the index: a line that tells what made it
--- (program, model, corrections), then for each file its length and fingerprint, a line break and
---
---     stamp or - TAB size TAB hash TAB problem TAB bytes of path NL path rows
local core = require 'entente.core'

local M = {}

local function name(folder, number)
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
  local f = io.open(name(folder, number), 'wb')
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
  os.remove(name(folder, number))
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

--- Calls enter(entry) for all that a run before left, and done() after each journal, which then
--- goes; without `enter` they go unread.
---@param uv table luv
---@param folder string
---@param made_by string
---@param enter? fun(entry: table)
---@param done? fun()
function M.replay(uv, folder, made_by, enter, done)
  local handle, found = uv.fs_scandir(folder), {}
  while handle do
    local file = uv.fs_scandir_next(handle)
    if not file then
      break
    end
    found[#found + 1] = file:match '^work%-%d+$'
  end
  table.sort(found)
  for _, file in ipairs(found) do
    local path = folder .. '/' .. file
    local f = enter and io.open(path, 'rb')
    local text = f and f:read '*a' or ''
    if f then
      f:close()
    end
    for entry in entries(text, made_by) do
      enter(entry)
    end
    if done then
      done()
    end
    uv.fs_unlink(path)
  end
end

return M
