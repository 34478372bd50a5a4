--- pos: the only Lua file that changes units of positions (bytes, code points, UTF-16 units).
--- An invalid byte counts as one of any unit.
local core = require 'entente.core'

local M = {}

---@alias EntenteUnit 'byte'|'codepoint'|'utf16'

--- Makes a function from byte offsets to offsets in another unit. Offsets that do not decrease
--- from call to call cost linear time in all.
---@param text string
---@param unit EntenteUnit
---@return fun(byte: integer): integer
function M.converter(text, unit)
  if unit == 'byte' then
    return function(b)
      return b
    end
  end
  local at, count = 0, 0
  return function(b)
    if b < at then
      at, count = 0, 0
    end
    count = count + core.count(text, unit, at, b)
    at = b
    return count
  end
end

--- Units in the bytes [from, to) of a text.
---@param text string
---@param unit EntenteUnit
---@param from integer
---@param to integer
---@return integer
function M.count(text, unit, from, to)
  return core.count(text, unit, from, to)
end

--- The byte `units` units after byte `from`; the end of the text when there are fewer.
---@param text string
---@param unit EntenteUnit
---@param from integer
---@param units integer
---@return integer
function M.byte(text, unit, from, units)
  return core.seek(text, unit, from, units)
end

--- Makes a function from byte offsets to line and column, both from 0, the column in bytes.
--- Offsets that do not decrease from call to call cost linear time in all.
---@param text string
---@return fun(byte: integer): integer, integer
function M.lines(text)
  -- the line that holds the last byte asked for begins at `start`, the next one at `stop`
  local line, start, stop = 0, 0, nil
  return function(b)
    if b < start then
      line, start, stop = 0, 0, nil
    end
    while true do
      stop = stop or text:find('\n', start + 1, true) or math.huge
      if b < stop then
        return line, b - start
      end
      line, start, stop = line + 1, stop, nil
    end
  end
end

return M
