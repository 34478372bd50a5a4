--- cli.jobs: the documents of a run answered in turn, or several at a time by threads of luv, each
--- with a Lua state of its own and the one mapped model. Output keeps the order of the input.
---
--- The frames of cli.threads:
---
---     to a thread      number, bytes of name, bytes of text
---     from a thread    number, found, invalid bytes or -1, bytes of output, bytes of message or -1
local render = require 'entente.render'
local threads = require 'entente.host.cli.threads'

local M = {}

---@class EntenteDone
---@field name string
---@field output string
---@field found integer
---@field bytes integer
---@field message? string
---@field invalid? integer

-- Runs in a thread: it has nothing but its arguments, all of them strings or numbers.
local function work(path, cpath, token, written, from, to)
  local input = assert(io.open(('/dev/fd/%d'):format(from), 'rb'))
  local output = assert(io.open(('/dev/fd/%d'):format(to), 'wb'))
  package.path, package.cpath = path, cpath
  local function answer(name, text)
    require('entente').use_model(token)
    return require('entente.render').run(require('entente.settings').read(written), name, text)
  end
  while true do
    local i, name_len, text_len = input:read('*n', '*n', '*n')
    if not text_len then
      break
    end
    input:read(1)
    local name, text = input:read(name_len) or '', input:read(text_len) or ''
    local fine, out, found, message, invalid = pcall(answer, name, text)
    if not fine then
      out, found, message = '', 0, name .. ': ' .. tostring(out)
    end
    output:write(('%d %d %d %d %d\n'):format(i, found, invalid or -1, #out,
      message and #message or -1), out, message or '')
    output:flush()
  end
  input:close()
  output:write '0 0 -1 0 -1\n' -- the last frame
  output:flush()
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

local function length(head)
  return head[4] + math.max(0, head[5])
end

local function answer_of(head, bytes)
  return { found = head[2], invalid = head[3] >= 0 and head[3] or nil,
    output = bytes:sub(1, head[4]), message = head[5] >= 0 and bytes:sub(head[4] + 1) or nil }
end

local function idle(workers)
  for _, worker in ipairs(workers) do
    if worker.jobs == 0 then
      return worker
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
  local args = threads.arguments(opts)
  local results, waiting, next_in, next_out, workers = {}, {}, 1, 1, {}
  local function got(head, bytes)
    local i, d = head[1], answer_of(head, bytes)
    d.name, d.bytes = waiting[i][1], waiting[i][2]
    results[i], waiting[i] = d, nil
  end
  local function drain()
    while results[next_out] do
      local d = results[next_out]
      results[next_out] = nil
      next_out = next_out + 1
      done(d)
    end
  end
  for n = 1, jobs do
    workers[n] = threads.start(uv, work, args, length, got)
  end
  local function work_off()
    for name, text, message in documents do
      local i = next_in
      next_in = i + 1
      if not text then
        results[i] = failed(opts, name, message)
      else
        -- answers that wait for a slow one before them are bounded, too
        while not idle(workers) or next_in - next_out > jobs * 16 do
          uv.run 'once'
          drain()
        end
        waiting[i] = { name, #text }
        threads.give(idle(workers), { ('%d %d %d\n'):format(i, #name, #text), name, text })
      end
      drain()
    end
    while next_out < next_in do
      uv.run 'once'
      drain()
    end
  end
  local fine, problem = pcall(work_off)
  threads.dismiss(uv, workers)
  if not fine then
    error(problem, 0)
  end
end

return M
