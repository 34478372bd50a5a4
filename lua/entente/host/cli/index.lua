--- cli.index: the commands that make the index of a project.
local args = require 'entente.host.cli.args'
local core = require 'entente.core'
local ent = require 'entente'
local out = require 'entente.host.cli.output'
local place = require 'entente.host.cli.place'

local M = {}

local function read(path)
  local f = path and io.open(path, 'rb')
  local text = f and f:read '*a' or ''
  if f then
    f:close()
  end
  return text
end

-- What the content of an index depends on besides the texts.
local function made_by(lexicon)
  local model = ent.model()
  local date = model:info 'version' or model:info 'date' or ''
  return ('%s %s %d %d'):format(core.version, date, core.hash(read(ent.model_path())),
    core.hash(read(lexicon)))
end

--- Options of an update from those of the command line.
---@param root string
---@param opts table<string, any>
---@return table
function M.settings(root, opts)
  local model, message = ent.model()
  if not model then
    args.fail('%s; run "make" in %s, or set ENTENTE_MODEL', message, core.root)
  end
  local lexicon = require('entente.host.cli.project').use(root)
  return {
    root = root, jobs = opts.jobs or 1, most = (opts['max-size'] or 512) * 1048576,
    folder = select(2, place.of(root)), lexicon = lexicon, made_by = made_by(lexicon),
    said = out.complain, tick = function() end,
  }
end

-- Shows progress on a terminal: files, speed, time left. `total`: bytes of all files.
local function progress(total)
  local uv = out.uv
  local start, last, files, bytes = uv.hrtime(), 0, 0, 0
  return function(b, f)
    if not b then
      io.stderr:write '\r\27[K'
      return
    end
    files, bytes = files + f, bytes + b
    local now = uv.hrtime()
    if now - last > 2e8 and now - start > 5e8 then
      last = now
      local speed = bytes / ((now - start) / 1e9)
      local left = math.ceil((total - bytes) / speed)
      io.stderr:write(('\r\27[K%d files, %.1f of %.1f MB, %.1f MB/s%s'):format(files, bytes / 1e6,
        total / 1e6, speed / 1e6, left > 0
          and (', %d:%02d left'):format(math.floor(left / 60), left % 60) or ''))
      io.stderr:flush()
    end
  end
end

-- A function to tell of files and bytes done; on a terminal only is there something to see.
local function ticker(root, files)
  if #files > 0 or not out.is_terminal(2) then
    return function() end
  end
  local total = 0
  require('entente.host.cli.scan').walk(root, { file = function(f)
    total = total + f.size
  end })
  return progress(total)
end

-- The project's folder, and the files named, if any.
local function arguments(opts, rest)
  local files = {}
  local root
  for _, path in ipairs(rest) do
    local stat = place.root() and place.uv.fs_stat(path)
    if stat and stat.type == 'directory' then
      if root or #files > 0 then
        args.fail 'index takes one folder, or files of one project'
      end
      root = place.root(path)
    else
      files[#files + 1] = path
    end
  end
  if root and #files > 0 then
    args.fail 'index takes one folder, or files of one project'
  end
  root = root or place.root(opts.project)
  for i, path in ipairs(files) do
    local folder, name = path:match '^(.*)/([^/]*)$'
    folder, name = folder == '' and '/' or folder or '.', name or path
    local real = place.root(folder) .. '/' .. name
    if real:sub(1, #root + 1) ~= root .. '/' then
      args.fail('%s is not below %s: name its project by --project', path, root)
    end
    files[i] = real
  end
  return root, files
end

local function told(n, what)
  return ('%d %s%s'):format(n, what, n == 1 and '' or 's')
end

-- One line about what was done; after a whole run also with what there is now.
local function summary(writer, seen, seconds, brief)
  local index = setmetatable({ db = writer.db, file = writer.file, prepared = {} },
    require 'entente.index.read')
  local c = brief and { documents = index:sql('SELECT 1 FROM doc LIMIT 1'):row() or 0 }
    or index:counts()
  local parts = { ('%s read (%.1f MB, %.1f MB/s)'):format(told(seen.read, 'file'),
    seen.bytes / 1e6, seen.bytes / 1e6 / math.max(seconds, 1e-3)) }
  for _, item in ipairs { { 'same', 'unchanged' }, { 'renamed', 'renamed' },
    { 'removed', 'removed' }, { 'problems', 'not readable' } } do
    if seen[item[1]] > 0 then
      parts[#parts + 1] = seen[item[1]] .. ' ' .. item[2]
    end
  end
  if brief then
    out.write(table.concat(parts, ', ') .. '\n')
    return c
  end
  out.write(('%s: %s, %s, %s, %s\n'):format(table.concat(parts, ', '),
    told(c.documents, 'document'), told(c.actors, 'actor'), told(c.proposals, 'proposal'),
    told(c.stances, 'stance')))
  return c
end

--- Runs what writes; whatever goes wrong, the batch in work is given up and the lock goes.
---@param writer EntenteWriter
---@param lock userdata
---@param work fun(): any
function M.guarded(writer, lock, work)
  local fine, result = xpcall(work, function(problem)
    if type(problem) == 'table' then
      return problem
    end
    return { entente = tostring(problem), trace = debug.traceback() }
  end)
  if fine then
    writer.db:exec 'PRAGMA wal_checkpoint(TRUNCATE)'
  else
    pcall(writer.rollback, writer)
  end
  writer:close()
  lock:close()
  if not fine then
    if os.getenv 'ENTENTE_DEBUG' and result.trace then
      io.stderr:write(result.trace, '\n')
    end
    if result.code == 'EDAMAGED' then
      result.entente = result.entente .. ': run "entente index --rebuild"'
    elseif result.code == 'ENOSPC' then
      result.entente = result.entente .. ': what was finished before is kept'
    end
    error(result, 0)
  end
  return result
end

-- entente index --from-jsonl FILE...: the folder is that of --project, else the current one.
local function import(opts, files)
  local root = place.root(opts.project)
  local writer, lock = place.write(root, { said = out.complain, rebuild = opts.rebuild })
  local start = place.uv.hrtime()
  local c = M.guarded(writer, lock, function()
    local seen = require('entente.host.cli.import').run(writer, #files > 0 and files or { '-' })
    return summary(writer, seen, (place.uv.hrtime() - start) / 1e9)
  end)
  return c.documents > 0 and 0 or 1
end

--- entente index [DIR | FILE...]
---@param opts table<string, any>
---@param rest string[]
---@return integer status
function M.run(opts, rest)
  if opts['from-jsonl'] then
    return import(opts, rest)
  end
  local root, files = arguments(opts, rest)
  if opts.where then
    out.write(place.of(root) .. '\n')
    return 0
  end
  local update = require 'entente.host.cli.update'
  local settings = M.settings(root, opts)
  local writer, lock = place.write(root, { said = out.complain, rebuild = opts.rebuild })
  local start = place.uv.hrtime()
  settings.tick = ticker(root, files)
  local c = M.guarded(writer, lock, function()
    local u = update.new(writer, settings)
    local fine, seen = pcall(function()
      if #files > 0 then
        for _, path in ipairs(files) do
          u:one(path)
        end
      else
        u:all()
      end
      return u:finish()
    end)
    u.crew.dismiss()
    settings.tick()
    if not fine then
      error(seen, 0)
    end
    return summary(writer, seen, (place.uv.hrtime() - start) / 1e9, #files > 0)
  end)
  return c.documents > 0 and 0 or 1
end

return M
