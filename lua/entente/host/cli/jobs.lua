--- cli.jobs: the documents of a run answered in turn, or several at a time by threads of luv, each
--- with a Lua state of its own and the one mapped model. Output keeps the order of the input.
local ent = require 'entente'
local render = require 'entente.render'
local settings = require 'entente.settings'

local M = {}

---@class EntenteDone
---@field name string
---@field output string
---@field found integer
---@field bytes integer
---@field message? string
---@field invalid? integer

-- Runs in a thread: it has nothing but its arguments, all of them strings or numbers.
local function work(i, path, cpath, token, settings, name, text)
  local fine, output, found, message, invalid = pcall(function()
    package.path, package.cpath = path, cpath
    require('entente').use_model(token)
    return require('entente.render').run(require('entente.settings').read(settings), name, text)
  end)
  if not fine then
    return i, '', 0, name .. ': ' .. tostring(output)
  end
  return i, output, found, message, invalid
end

local function failed(opts, name, message)
  return { name = name, output = render.failure(opts, name, message), found = 0, bytes = 0,
    message = message }
end

--- Answers one document after the other; long output goes out as it comes.
---@param documents fun(): string|nil, string|nil, string|nil
---@param opts EntenteOptions
---@param done fun(d: EntenteDone)
function M.in_turn(documents, opts, done)
  for name, text, message in documents do
    if text then
      local output, found, why, invalid = render.run(opts, name, text)
      done { name = name, output = output, found = found, bytes = #text, message = why,
        invalid = invalid }
    else
      done(failed(opts, name, message))
    end
  end
end

--- Answers up to `jobs` documents at a time.
---@param uv table luv
---@param jobs integer
---@param documents fun(): string|nil, string|nil, string|nil
---@param opts EntenteOptions
---@param done fun(d: EntenteDone)
function M.parallel(uv, jobs, documents, opts, done)
  uv.os_setenv('UV_THREADPOOL_SIZE', tostring(jobs)) -- read when the first work is queued
  local token = assert(ent.model()):share()
  local written = settings.write(opts)
  local results, next_in, next_out, running = {}, 1, 1, 0
  local sizes, names = {}, {}
  local context = uv.new_work(work, function(i, output, found, why, invalid)
    running = running - 1
    results[i] = { name = names[i], output = output, found = found, bytes = sizes[i],
      message = why, invalid = invalid }
    sizes[i], names[i] = nil, nil
  end)
  local function drain()
    while results[next_out] do
      local d = results[next_out]
      results[next_out] = nil
      next_out = next_out + 1
      done(d)
    end
  end
  for name, text, message in documents do
    local i = next_in
    next_in = i + 1
    if not text then
      results[i] = failed(opts, name, message)
    else
      sizes[i], names[i] = #text, name
      running = running + 1
      context:queue(i, package.path, package.cpath, token, written, name, text)
    end
    -- twice the jobs may wait, so that a slow document holds up no thread and memory stays bounded
    while running >= jobs * 2 or (next_in - next_out >= jobs * 8 and running > 0) do
      uv.run 'once'
      drain()
    end
    drain()
  end
  while running > 0 do
    uv.run 'once'
    drain()
  end
  drain()
end

return M
