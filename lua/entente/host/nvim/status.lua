--- status: one word for the status line, cheap enough to be asked at every redraw.
local attach = require 'entente.host.nvim.attach'
local uv = vim.uv or vim.loop

local M = {}

local REST_MS = 300 -- counting again sooner shows nothing a reader could follow
local PROPOSAL = 5

local function plural(n, word)
  return n .. ' ' .. word .. (n == 1 and '' or 's')
end

local function count(b)
  local actors, proposals = 0, 0
  for id = 0, b.doc:count() - 1 do
    local e = b.doc:entity(id)
    if e.kind == PROPOSAL then
      proposals = proposals + 1
    else
      actors = actors + 1
    end
  end
  return plural(actors, 'actor') .. (proposals > 0 and ' ' .. plural(proposals, 'proposal') or '')
end

--- '' where nothing is attached, 'off', 'reading', or '12 actors 3 proposals'.
---@param buf integer|nil
---@return string
function M.text(buf)
  local b = attach.state(buf)
  if not b then
    return ''
  elseif b.hidden then
    return 'off'
  end
  local memo, now = b.status, uv.now()
  if memo and (memo.epoch == b.epoch or now - memo.at < REST_MS) then
    return memo.text
  end
  if not b.done then
    return memo and memo.text or 'reading'
  end
  b.status = { epoch = b.epoch, at = now, text = count(b) }
  return b.status.text
end

return M
