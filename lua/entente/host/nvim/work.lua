--- work: background analysis in slices, one timer for all buffers. The timer exists only while
--- something is to do.
local uv = vim.uv or vim.loop

local M = {}

local queue = {} -- buffers with something to do
local timer
local budget = 16384 -- bytes a slice; follows the measured time
M.longest = 0 -- longest slice so far, in milliseconds (for :checkhealth)

local PAUSE_MS = 8
local GROWTH = 1.05 -- of the budget, a slice; it falls at once
local MOST = 20480 -- bytes; reading text that was seen before is cheap, linking it is not
local SOON = 16384 -- bytes; the engine answers for a window with so much changed elsewhere
local TRY = 4096 -- budget of the first slice, in the redraw itself: under a millisecond
local SLOW_MS = 4.5 -- a redraw that took the processor longer waited for links: those of this text
-- wait no more

local function stop()
  if timer then
    timer:stop()
    timer:close()
    timer = nil
  end
end

local function finished(b)
  b.done = true
  queue[b] = nil
  if b.unseen > SOON or b.provisional then
    b.provisional = nil
    b.epoch = b.epoch + 1
    require('entente.host.nvim.paint').visible(b.buf)
  end
  if not b.served then
    b.served = true
    require('entente.host.nvim.serve').start(b)
  end
  local attach = require 'entente.host.nvim.attach'
  attach.event('EntenteUpdate', { buf = b.buf, revision = b.doc:revision() })
  require('entente.host.nvim.follow').updated(b)
end

-- Analyses a little of one document; learns how much fits the time allowed.
local function slice(b)
  local start = os.clock() -- of the processor: what other programs take is no reason to do less
  local ok, done = pcall(b.doc.advance, b.doc, budget)
  local ms = (os.clock() - start) * 1e3
  M.longest = math.max(M.longest, ms)
  local factor = b.values.slice_ms * 0.7 / math.max(ms, 0.01)
  if factor < 1 or not done then -- a last slice says little, a cheap one not that the next is cheap
    factor = math.max(0.25, math.min(GROWTH, factor))
    budget = math.floor(math.min(MOST, math.max(2048, budget * factor)))
  end
  if not ok then
    queue[b] = nil
  elseif done then
    finished(b)
  end
end

local tick

local function arm()
  if not timer then
    timer = uv.new_timer()
  end
  timer:start(PAUSE_MS, 0, vim.schedule_wrap(tick))
end

tick = function()
  local b = next(queue)
  if b and not b.gone then
    slice(b)
  elseif b then
    queue[b] = nil
  end
  if next(queue) then
    arm()
  else
    stop()
  end
end

--- Puts a buffer on the list of work.
---@param b entente.Buffer
function M.add(b)
  local idle = next(queue) == nil
  queue[b] = true
  if idle then
    arm()
  end
end

--- Takes a buffer off the list.
---@param b entente.Buffer
function M.remove(b)
  queue[b] = nil
  if next(queue) == nil then
    stop()
  end
end

--- Before a redraw: in a text whose links take long, they are left to slices and the redraw shows
--- what is known without them. True while that is so.
---@param b entente.Buffer
---@return boolean
function M.provisional(b)
  if not b.done and b.slow and b.tried ~= b.epoch then
    b.tried = b.epoch
    local ok, done = pcall(b.doc.advance, b.doc, TRY)
    b.provisional = ok and not done or nil
  end
  return b.provisional == true
end

--- After a redraw with a small edit: learns from what it took (milliseconds of the processor).
---@param b entente.Buffer
---@param ms number
function M.learn(b, ms)
  if not b.done and b.unseen <= SOON and not b.provisional and ms > SLOW_MS then
    b.slow = true
  end
end

--- Is there background work?
---@return boolean
function M.busy()
  return next(queue) ~= nil
end

return M
