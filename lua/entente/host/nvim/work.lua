--- work: background analysis in slices, one timer for all buffers. The timer exists only while
--- something is to do.
local uv = vim.uv or vim.loop

local M = {}

local queue = {} -- buffers with something to do
local timer
local budget = 16384 -- bytes a slice; follows the measured time
M.longest = 0 -- longest slice so far, in milliseconds (for :checkhealth)

local PAUSE_MS = 8
local SOON = 16384 -- bytes; the engine answers for a window with so much changed elsewhere

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
  if b.unseen > SOON then
    b.doc:count() -- links, outside any redraw
    b.epoch = b.epoch + 1
    require('entente.host.nvim.paint').visible(b.buf)
  end
  if not b.served then
    b.served = true
    require('entente.host.nvim.server').start(b)
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
  local aim = b.values.slice_ms * 0.7
  local factor = math.min(2, math.max(0.25, aim / math.max(ms, 0.01)))
  budget = math.floor(math.min(4e6, math.max(2048, budget * factor)))
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

--- Is there background work?
---@return boolean
function M.busy()
  return next(queue) ~= nil
end

return M
