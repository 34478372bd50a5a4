--- pos: the only file that changes units of positions (bytes, code points, UTF-16 units).
local M = {}

--- Makes a function from byte offsets to offsets in another unit. Offsets must not decrease from
--- call to call for linear cost.
---@param text string
---@param unit 'byte'|'codepoint'|'utf16'
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
    while at < b do
      local c = text:byte(at + 1)
      local n = (c < 0x80 and 1) or (c < 0xE0 and 2) or (c < 0xF0 and 3) or 4
      at = at + n
      count = count + ((unit == 'utf16' and n == 4) and 2 or 1)
    end
    return count
  end
end

return M
