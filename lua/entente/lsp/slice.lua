--- lsp.slice: long work in slices. A request is answered by a coroutine that gives way when its
--- slice is over, so that messages which came meanwhile are read: typing never waits for an
--- outline.
---
---     local co = coroutine.create(work)
---     slice.run(co, ...)      runs it until it ends or its slice is over
---     slice.breathe()         within the work: gives way when the slice is over
local M = {}

M.LENGTH = 0.004 -- seconds of processor time

local stop -- when the slice at work is over; nil outside of one

--- As coroutine.resume.
---@param co thread
---@return boolean ok, any result
function M.run(co, ...)
  stop = os.clock() + M.LENGTH
  local ok, result = coroutine.resume(co, ...)
  stop = nil
  return ok, result
end

function M.breathe()
  if stop and os.clock() > stop then
    coroutine.yield()
  end
end

return M
