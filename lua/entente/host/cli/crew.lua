--- cli.crew: threads that read files for the index, each with a Lua state of its own and the one
--- mapped model; or, for one worker, no thread at all. Answers come in any order.
---
--- A thread reads jobs from one pipe and writes answers to another (as in cli.jobs); a frame is a
--- number, a length, a line break and as many bytes.
local ent = require 'entente'
local settings = require 'entente.settings'

local M = {}

-- Runs in a thread: it has nothing but its arguments, all of them strings or numbers.
local function work(path, cpath, token, written, from, to)
  local input = assert(io.open(('/dev/fd/%d'):format(from), 'rb'))
  local output = assert(io.open(('/dev/fd/%d'):format(to), 'wb'))
  package.path, package.cpath = path, cpath
  require('entente').use_model(token)
  local reader, opts = require 'entente.host.cli.reader', require('entente.settings').read(written)
  while true do
    local i, size = input:read('*n', '*n')
    if not size then
      break
    end
    input:read(1)
    local answer = reader.run(opts, input:read(size))
    output:write(('%d %d\n'):format(i, #answer), answer)
    output:flush()
  end
  input:close()
  output:write '0 0\n' -- the last frame
  output:flush()
end

-- Takes apart what a thread sends.
local function receiver(got)
  local parts, size, head, need = {}, 0, nil, nil
  return function(chunk)
    parts[#parts + 1], size = chunk, size + #chunk
    while true do
      if not need then
        local all = table.concat(parts)
        parts = { all }
        local i, n, after = all:match '^(%d+) (%d+)\n()'
        if not i then
          return
        end
        head, need = { tonumber(i), after }, after - 1 + n
      end
      if size < need then
        return
      end
      local all = table.concat(parts)
      local rest, answer = all:sub(need + 1), all:sub(head[2], need)
      parts, size, need = { rest }, #rest, nil
      got(head[1], answer)
    end
  end
end

local AHEAD = 2 -- jobs a thread has before it, so that it never waits

local function start(uv, args, got)
  local worker = { jobs = 0 }
  local down, up = assert(uv.pipe()), assert(uv.pipe())
  worker.thread = assert(uv.new_thread(work, args[1], args[2], args[3], args[4], down.read,
    up.write))
  worker.out, worker.input = uv.new_pipe(false), uv.new_pipe(false)
  assert(worker.out:open(down.write))
  assert(worker.input:open(up.read))
  local receive = receiver(function(i, answer)
    worker.jobs = worker.jobs - 1
    if i > 0 then
      got(i, answer)
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

---@class EntenteCrew
---@field give fun(job: string, done: fun(answer: string)) waits until somebody is free
---@field finish fun() waits until all is done
---@field dismiss fun() ends the threads

local function alone(opts)
  local reader = require 'entente.host.cli.reader'
  return {
    give = function(job, done)
      done(reader.run(opts, job))
    end,
    finish = function() end,
    dismiss = function() end,
  }
end

--- Starts so many workers.
---@param uv table luv
---@param n integer
---@param opts table for cli.reader
---@return EntenteCrew
function M.new(uv, n, opts)
  if n <= 1 then
    return alone(opts)
  end
  local args = { package.path, package.cpath, assert(ent.model()):share(), settings.write(opts) }
  local workers, waiting, answers, last, crew = {}, {}, {}, 0, {}
  for i = 1, n do
    workers[i] = start(uv, args, function(number, answer)
      answers[#answers + 1] = { waiting[number], answer }
      waiting[number] = nil
    end)
  end
  -- Answers are worked off outside the callbacks of luv, where an error would be lost.
  local function work_off()
    local list = answers
    answers = {}
    for _, a in ipairs(list) do
      a[1](a[2])
    end
  end
  local function least()
    local best = workers[1]
    for _, w in ipairs(workers) do
      best = w.jobs < best.jobs and w or best
    end
    return best
  end
  function crew.give(job, done)
    uv.run 'nowait'
    while least().jobs >= AHEAD do
      work_off()
      if least().jobs >= AHEAD then
        uv.run 'once'
      end
    end
    work_off()
    last = last + 1
    waiting[last] = done
    local w = least()
    w.jobs = w.jobs + 1
    w.out:write { ('%d %d\n'):format(last, #job), job }
    uv.run 'nowait'
  end
  function crew.finish()
    while next(waiting) or #answers > 0 do
      work_off()
      if next(waiting) then
        uv.run 'once'
      end
    end
  end
  -- As in cli.jobs: each says that it ends; none is joined, no pipe closed.
  function crew.dismiss()
    for _, w in ipairs(workers) do
      w.jobs = w.jobs + 1
      w.out:write '-\n'
    end
    for _, w in ipairs(workers) do
      while w.jobs > 0 do
        uv.run 'once'
      end
    end
  end
  return crew
end

return M
