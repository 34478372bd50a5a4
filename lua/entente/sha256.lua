--- sha256: the digest of FIPS 180-4, for pages that name their own scripts
--- (Content-Security-Policy). Operators on bits differ from one Lua to the next: those of this one
--- are taken.
local M = {}

-- and, xor, right rotation, right shift of 32-bit numbers.
local function by_operators()
  local compile = load
  return compile [[
    local function rotate(x, n) return ((x >> n) | (x << (32 - n))) & 0xffffffff end
    return function(a, b) return a & b end, function(a, b) return a ~ b end, rotate,
      function(x, n) return x >> n end]] ()
end

local function by_library()
  local bit = rawget(_G, 'bit32')
  if not bit then
    local ok, found = pcall(require, 'bit')
    bit = ok and found or nil
  end
  return bit and bit.band, bit and bit.bxor, bit and (bit.rrotate or bit.ror), bit and bit.rshift
end

-- Lua 5.1 has none: arithmetic on pieces of 4 bits.
local function by_arithmetic()
  local floor, AND, XOR = math.floor, {}, {}
  for a = 0, 15 do
    for b = 0, 15 do
      local x, y, both, one = a, b, 0, 0
      for i = 0, 3 do
        local p, q = x % 2, y % 2
        both, one = both + p * q * 2 ^ i, one + (p + q) % 2 * 2 ^ i
        x, y = floor(x / 2), floor(y / 2)
      end
      AND[a * 16 + b], XOR[a * 16 + b] = both, one
    end
  end
  local function with(t)
    return function(a, b)
      local out, unit = 0, 1
      for _ = 1, 8 do
        local x, y = a % 16, b % 16
        out, unit = out + t[x * 16 + y] * unit, unit * 16
        a, b = (a - x) / 16, (b - y) / 16
      end
      return out
    end
  end
  local function shift(x, n)
    return floor(x / 2 ^ n)
  end
  return with(AND), with(XOR), function(x, n)
    return shift(x, n) + x % 2 ^ n * 2 ^ (32 - n)
  end, shift
end

local band, bxor, rotate, shift
if rawget(math, 'type') then -- 5.3 and later
  band, bxor, rotate, shift = by_operators()
else
  band, bxor, rotate, shift = by_library()
  if not band then
    band, bxor, rotate, shift = by_arithmetic()
  end
end

-- The first 32 bits of the fractions of roots of the first primes.
local function constants(n, root)
  local out, p = {}, 2
  while #out < n do
    local prime = true
    for d = 2, math.floor(math.sqrt(p)) do
      prime = prime and p % d ~= 0
    end
    if prime then
      local r = p ^ (1 / root)
      out[#out + 1] = math.floor(r % 1 * 4294967296)
    end
    p = p + 1
  end
  return out
end

local K, H = constants(64, 3), constants(8, 2)
local TWO32 = 4294967296

local function schedule(block, at)
  local w = {}
  for i = 1, 16 do
    local a, b, c, d = block:byte(at + i * 4 - 4, at + i * 4 - 1)
    w[i] = ((a * 256 + b) * 256 + c) * 256 + d
  end
  for i = 17, 64 do
    local x, y = w[i - 15], w[i - 2]
    local s0 = bxor(bxor(rotate(x, 7), rotate(x, 18)), shift(x, 3)) % TWO32
    local s1 = bxor(bxor(rotate(y, 17), rotate(y, 19)), shift(y, 10)) % TWO32
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) % TWO32
  end
  return w
end

local function round_of(h, w)
  local a, b, c, d, e, f, g, z = h[1], h[2], h[3], h[4], h[5], h[6], h[7], h[8]
  for i = 1, 64 do
    local s1 = bxor(bxor(rotate(e, 6), rotate(e, 11)), rotate(e, 25)) % TWO32
    local choice = bxor(g, band(e, bxor(f, g))) % TWO32
    local t1 = z + s1 + choice + K[i] + w[i]
    local s0 = bxor(bxor(rotate(a, 2), rotate(a, 13)), rotate(a, 22)) % TWO32
    local majority = bxor(bxor(band(a, b), band(a, c)), band(b, c)) % TWO32
    z, g, f, e, d, c, b, a = g, f, e, (d + t1) % TWO32, c, b, a, (t1 + s0 + majority) % TWO32
  end
  local v = { a, b, c, d, e, f, g, z }
  for i = 1, 8 do
    h[i] = (h[i] + v[i]) % TWO32
  end
end

-- A number as n bytes, the highest first.
local function bytes(x, n)
  local out = {}
  for i = n, 1, -1 do
    out[i] = string.char(x % 256)
    x = (x - x % 256) / 256
  end
  return table.concat(out)
end

--- The digest as 32 bytes.
---@param s string
---@return string
function M.digest(s)
  local padded = s .. '\128' .. ('\0'):rep((55 - #s) % 64) .. bytes(#s * 8, 8)
  local h = {}
  for i = 1, 8 do
    h[i] = H[i]
  end
  for at = 1, #padded, 64 do
    round_of(h, schedule(padded, at))
  end
  for i = 1, 8 do
    h[i] = bytes(h[i], 4)
  end
  return table.concat(h)
end

local ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

--- Bytes in base 64 (RFC 4648).
---@param s string
---@return string
function M.base64(s)
  return (s:gsub('..?.?', function(three)
    local a, b, c = three:byte(1, 3)
    local n = (a * 256 + (b or 0)) * 256 + (c or 0)
    local out = {}
    for i = 4, 1, -1 do
      local digit = n % 64
      out[i] = ALPHABET:sub(digit + 1, digit + 1)
      n = (n - digit) / 64
    end
    return table.concat(out):sub(1, #three + 1) .. ('='):rep(3 - #three)
  end))
end

return M
