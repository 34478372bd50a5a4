--- lsp.frame: cuts a byte stream into the protocol's messages, however it arrives.
---
---     local frames = require('entente.lsp.frame').new { message = f, broken = f }
---     frames:feed(bytes)
---
--- `message` gets each body; `broken` a sentence when the stream cannot be followed any more: then
--- nothing later is read.
local M = {}

-- A header block or a body larger than this is an attack or a mistake.
M.MAX_HEADER = 4096
M.MAX_BODY = 256 * 1024 * 1024

local Frames = {}
Frames.__index = Frames

function M.new(o)
  return setmetatable({ parts = {}, size = 0, message = o.message, broken = o.broken }, Frames)
end

-- Joins what has come so far; cost stays linear since it is called when enough is there.
local function joined(self)
  if #self.parts > 1 then
    self.parts = { table.concat(self.parts) }
  end
  return self.parts[1] or ''
end

local function give_up(self, why)
  self.dead = true
  self.parts, self.size = {}, 0
  self.broken(why)
end

-- Reads the header block; true when a body's length is known.
local function header(self)
  local data = joined(self)
  local from, to = data:find('\r\n\r\n', 1, true)
  if not from then
    if #data > M.MAX_HEADER then
      give_up(self, 'no header of the protocol in the first bytes')
    end
    return false
  end
  local length = data:sub(1, from + 1):match '[Cc]ontent%-[Ll]ength: *(%d+) *\r\n'
  length = length and #length < 12 and tonumber(length)
  if not length or from > M.MAX_HEADER then
    give_up(self, 'a header without Content-Length')
    return false
  elseif length > M.MAX_BODY then
    give_up(self, 'a message of more than 256 MB')
    return false
  end
  self.need = length
  self.parts = { data:sub(to + 1) }
  self.size = #self.parts[1]
  return true
end

--- Takes bytes as they come.
---@param bytes string
function Frames:feed(bytes)
  if self.dead then
    return
  end
  self.parts[#self.parts + 1] = bytes
  self.size = self.size + #bytes
  while not self.dead do
    if not self.need and (self.size == 0 or not header(self)) then
      return
    end
    if self.size < self.need then
      return
    end
    local data = joined(self)
    local body = data:sub(1, self.need)
    self.parts = { data:sub(self.need + 1) }
    self.size = #self.parts[1]
    self.need = nil
    self.message(body)
  end
end

--- Did the stream end inside a message?
function Frames:unfinished()
  return not self.dead and (self.need ~= nil or self.size > 0)
end

return M
