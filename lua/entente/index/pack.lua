--- index.pack: whole numbers as bytes, seven bits each, the lowest first (as in Protocol Buffers).
local M = {}

local char, floor = string.char, math.floor

local one = {}
for i = 0, 127 do
  one[i] = char(i)
end

--- A whole number from 0 on.
---@param n integer
---@return string
function M.number(n)
  if n < 128 then
    return one[n]
  elseif n < 16384 then
    return char(n % 128 + 128, floor(n / 128))
  end
  local out = ''
  while n >= 128 do
    out = out .. char(n % 128 + 128)
    n = floor(n / 128)
  end
  return out .. one[n]
end

--- The number at a byte of a string, and where the next one starts; nil when there is none.
---@param s string
---@param at integer
---@return integer|nil n, integer at
function M.read(s, at)
  local a, b = s:byte(at, at + 1)
  if not a then
    return nil, at
  elseif a < 128 then
    return a, at + 1
  elseif b and b < 128 then
    return a - 128 + b * 128, at + 2
  end
  local n, scale = 0, 1
  while a and a >= 128 do
    n, scale, at = n + (a - 128) * scale, scale * 128, at + 1
    a = s:byte(at)
  end
  return a and n + a * scale, at + 1
end

return M
