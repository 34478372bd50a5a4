--- cli.crew: threads that read files for the index, each with a Lua state of its own and the one
--- mapped model; or, for one worker, no thread at all. Answers come in any order.
---
--- A frame (cli.threads) is a number, a length, a line break and as many bytes.
local threads = require 'entente.host.cli.threads'

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
    local answer = reader.run(opts, input:read(size), i)
    output:write(('%d %d\n'):format(i, #answer), answer)
    output:flush()
  end
  input:close()
  output:write '0 0\n' -- the last frame
  output:flush()
end

local AHEAD = 2 -- jobs a thread has before it, so that it never waits

local function length(head)
  return head[2]
end

---@class EntenteCrew
---@field give fun(job: string, done: fun(answer: string, number: integer)) waits until somebody is
---   free
---@field finish fun() waits until all is done
---@field dismiss fun() ends the threads

local function alone(opts)
  local reader, last = require 'entente.host.cli.reader', 0
  return {
    give = function(job, done)
      last = last + 1
      done(reader.run(opts, job, last), last)
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
  local args = threads.arguments(opts)
  local workers, waiting, answers, last, crew = {}, {}, {}, 0, {}
  for i = 1, n do
    workers[i] = threads.start(uv, work, args, length, function(head, answer)
      answers[#answers + 1] = { waiting[head[1]], answer, head[1] }
      waiting[head[1]] = nil
    end)
  end
  -- Answers are worked off outside the callbacks of luv, where an error would be lost.
  local function work_off()
    local list = answers
    answers = {}
    for _, a in ipairs(list) do
      a[1](a[2], a[3])
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
    threads.give(least(), { ('%d %d\n'):format(last, #job), job })
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
  function crew.dismiss()
    threads.dismiss(uv, workers)
  end
  return crew
end

return M
