--- cli.jobs: the documents of a run answered in turn, or several at a time by threads of luv, each
--- with a Lua state of its own and the one mapped model. Output keeps the order of the input.
---
--- A thread reads documents from one pipe and writes answers to another. (luv's work queue would be
--- shorter, but crashes in the version that Debian 12 has.) Both ways a frame is a line of numbers
--- and then as many bytes as they say:
---
---     to a thread      number, bytes of name, bytes of text
---     from a thread    number, found, invalid bytes or -1, bytes of output, bytes of message or -1
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

-- Takes apart what a thread sends; calls `got` for each whole frame.
local function receiver(got)
  local parts, size, need, head = {}, 0, nil, nil
  return function(chunk)
    parts[#parts + 1], size = chunk, size + #chunk
    while true do
      if not need then
        local all = table.concat(parts)
        parts = { all }
        local line, after = all:match '^([^\n]*)\n()'
        if not line then
          return
        end
        head = {}
        for n in line:gmatch '%-?%d+' do
          head[#head + 1] = tonumber(n)
        end
        need = after - 1 + head[4] + math.max(0, head[5])
        head.after = after
      end
      if size < need then
        return
      end
      local all = table.concat(parts)
      local out_end = head.after - 1 + head[4]
      local rest = all:sub(need + 1)
      parts, size, need = { rest }, #rest, nil
      got(head[1], { found = head[2], invalid = head[3] >= 0 and head[3] or nil,
        output = all:sub(head.after, out_end),
        message = head[5] >= 0 and all:sub(out_end + 1, out_end + head[5]) or nil })
    end
  end
end

-- Starts a thread that answers; `idle` tells whether it may have the next document.
local function start(uv, args, got)
  local worker = { idle = true }
  local down, up = assert(uv.pipe()), assert(uv.pipe())
  worker.thread = assert(uv.new_thread(work, args[1], args[2], args[3], args[4], down.read,
    up.write))
  worker.out, worker.input = uv.new_pipe(false), uv.new_pipe(false)
  assert(worker.out:open(down.write))
  assert(worker.input:open(up.read))
  local receive = receiver(function(i, d)
    worker.idle = true
    if i > 0 then
      got(i, d)
    end
  end)
  worker.input:read_start(function(err, chunk)
    assert(not err, err)
    if chunk then
      receive(chunk)
    end
  end)
  return worker
end

local function idle(workers)
  for _, worker in ipairs(workers) do
    if worker.idle then
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
  local args = { package.path, package.cpath, assert(ent.model()):share(), settings.write(opts) }
  local results, waiting, next_in, next_out, workers = {}, {}, 1, 1, {}
  local function got(i, d)
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
    workers[n] = start(uv, args, got)
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
        local worker = idle(workers)
        worker.idle = false
        worker.out:write { ('%d %d %d\n'):format(i, #name, #text), name, text }
      end
      drain()
    end
    while next_out < next_in do
      uv.run 'once'
      drain()
    end
  end
  local fine, problem = pcall(work_off)
  -- Each thread is told to end and says that it does: a thread blocked in reading would hold up the
  -- end of the process. It is not joined (an error in luv 1.50 when it is done), nor are pipes
  -- closed (a crash in luv 1.44).
  for _, worker in ipairs(workers) do
    worker.idle = false
    worker.out:write '-\n'
  end
  for _, worker in ipairs(workers) do
    while not worker.idle do
      uv.run 'once'
    end
  end
  if not fine then
    error(problem, 0)
  end
end

return M
