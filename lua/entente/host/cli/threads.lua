--- cli.threads: threads of luv that answer jobs over pipes, for cli.jobs and cli.crew. (luv's work
--- queue would be shorter, but crashes in the version that Debian 12 has.)
---
--- Both ways a frame is a line of numbers, the job's first, and then as many bytes as they say. A
--- thread that is told to end (a line without a number) answers with a frame numbered 0.
local ent = require 'entente'
local settings = require 'entente.settings'

local M = {}

---@class EntenteThread
---@field jobs integer what it was given and has not answered
---@field out table luv's pipe to it

-- Takes apart what a thread sends; calls `got(numbers, bytes)` for each whole frame.
local function receiver(length, got)
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
        need = after - 1 + length(head)
        head.after = after
      end
      if size < need then
        return
      end
      local all = table.concat(parts)
      local bytes, rest = all:sub(head.after, need), all:sub(need + 1)
      parts, size, need = { rest }, #rest, nil
      got(head, bytes)
    end
  end
end

--- What every thread needs to work with this one's model and options.
---@param opts table
---@return string[] path, cpath, token of the model, options; followed by two numbers of pipes
function M.arguments(opts)
  return { package.path, package.cpath, assert(ent.model()):share(), settings.write(opts) }
end

--- Starts a thread that runs `work`, a function of nothing but its arguments.
---@param uv table luv
---@param work function gets what `arguments` gives, then the descriptors to read and to write
---@param args string[]
---@param length fun(head: integer[]): integer how many bytes follow a line of an answer
---@param got fun(head: integer[], bytes: string)
---@return EntenteThread
function M.start(uv, work, args, length, got)
  local worker = { jobs = 0 }
  local down, up = assert(uv.pipe()), assert(uv.pipe())
  worker.thread = assert(uv.new_thread(work, args[1], args[2], args[3], args[4], down.read,
    up.write))
  worker.out, worker.input = uv.new_pipe(false), uv.new_pipe(false)
  assert(worker.out:open(down.write))
  assert(worker.input:open(up.read))
  local receive = receiver(length, function(head, bytes)
    worker.jobs = worker.jobs - 1
    if head[1] > 0 then
      got(head, bytes)
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

--- Gives a thread a frame.
---@param worker EntenteThread
---@param frame string[]
function M.give(worker, frame)
  worker.jobs = worker.jobs + 1
  worker.out:write(frame)
end

--- Tells each thread to end and waits until it says that it does: a thread blocked in reading would
--- hold up the end of the process. It is not joined (an error in luv 1.50 when it is done), nor are
--- pipes closed (a crash in luv 1.44).
---@param uv table luv
---@param workers EntenteThread[]
function M.dismiss(uv, workers)
  for _, worker in ipairs(workers) do
    M.give(worker, { '-\n' })
  end
  for _, worker in ipairs(workers) do
    while worker.jobs > 0 do
      uv.run 'once'
    end
  end
end

return M
