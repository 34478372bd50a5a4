--- json: reads JSON. What is written as JSON is made in C (see jsonl.lua).
--- Deep nesting is refused, a lone surrogate becomes U+FFFD, null becomes nil.
local M = {}

local MAX_DEPTH = 200

local escapes = {
  ['"'] = '"', ['\\'] = '\\', ['/'] = '/',
  b = '\b', f = '\f', n = '\n', r = '\r', t = '\t',
}

--- A code point as UTF-8.
---@param cp integer
---@return string
function M.utf8(cp)
  local floor, char = math.floor, string.char
  if cp < 0x80 then
    return char(cp)
  elseif cp < 0x800 then
    return char(0xC0 + floor(cp / 64), 0x80 + cp % 64)
  elseif cp < 0x10000 then
    return char(0xE0 + floor(cp / 4096), 0x80 + floor(cp / 64) % 64, 0x80 + cp % 64)
  end
  return char(0xF0 + floor(cp / 262144), 0x80 + floor(cp / 4096) % 64, 0x80 + floor(cp / 64) % 64,
    0x80 + cp % 64)
end

local function bad(at, what)
  error({ json = ('%s at byte %d'):format(what, at) }, 0)
end

-- The character of a \u escape at `at` (its u), and where the text goes on.
local function unicode(s, at)
  local hex = s:match('^%x%x%x%x', at + 1)
  if not hex then
    bad(at, 'bad \\u escape')
  end
  local cp, after = tonumber(hex, 16), at + 5
  if cp >= 0xD800 and cp < 0xDC00 then
    local low = s:match('^\\u([dD][c-fC-F]%x%x)', after)
    if low then
      cp = 0x10000 + (cp - 0xD800) * 1024 + tonumber(low, 16) - 0xDC00
      after = after + 6
    end
  end
  if cp >= 0xD800 and cp < 0xE000 then
    cp = 0xFFFD
  end
  return M.utf8(cp), after
end

-- The string whose opening quote is at `at`, and where the text goes on.
local function string_at(s, at)
  local from = at + 1
  local stop = s:find('["\\]', from)
  if stop and s:byte(stop) == 34 then
    return s:sub(from, stop - 1), stop + 1
  end
  local parts, n = {}, 0
  while stop do
    n = n + 1
    parts[n] = s:sub(from, stop - 1)
    if s:byte(stop) == 34 then
      return table.concat(parts), stop + 1
    end
    local c = s:sub(stop + 1, stop + 1)
    n = n + 1
    if c == 'u' then
      parts[n], from = unicode(s, stop + 1)
    else
      parts[n], from = escapes[c], stop + 2
      if not parts[n] then
        bad(stop, 'bad escape')
      end
    end
    stop = s:find('["\\]', from)
  end
  bad(at, 'string without end')
end

local function skip(s, at)
  return s:find('[^ \t\r\n]', at) or #s + 1
end

local value

local function array(s, at, depth)
  local out, n = {}, 0
  at = skip(s, at + 1)
  if s:byte(at) == 93 then
    return out, at + 1
  end
  while true do
    n = n + 1
    out[n], at = value(s, at, depth)
    at = skip(s, at)
    local c = s:byte(at)
    if c == 93 then
      return out, at + 1
    elseif c ~= 44 then
      bad(at, 'expected , or ]')
    end
    at = skip(s, at + 1)
  end
end

local function object(s, at, depth)
  local out = {}
  at = skip(s, at + 1)
  if s:byte(at) == 125 then
    return out, at + 1
  end
  while true do
    if s:byte(at) ~= 34 then
      bad(at, 'expected a key')
    end
    local key
    key, at = string_at(s, at)
    at = skip(s, at)
    if s:byte(at) ~= 58 then
      bad(at, 'expected :')
    end
    out[key], at = value(s, skip(s, at + 1), depth)
    at = skip(s, at)
    local c = s:byte(at)
    if c == 125 then
      return out, at + 1
    elseif c ~= 44 then
      bad(at, 'expected , or }')
    end
    at = skip(s, at + 1)
  end
end

local words = { ['true'] = true, ['false'] = false }

function value(s, at, depth)
  local c = s:byte(at)
  if c == 34 then
    return string_at(s, at)
  elseif c == 123 or c == 91 then
    if depth >= MAX_DEPTH then
      bad(at, 'nested too deeply')
    end
    return (c == 123 and object or array)(s, at, depth + 1)
  end
  local word = s:match('^%-?[%w.+-]+', at)
  if not word then
    bad(at, 'expected a value')
  elseif word == 'null' then
    return nil, at + 4
  elseif words[word] ~= nil then
    return words[word], at + #word
  end
  local number = word:find '^%-?%d' and not word:find '[xXpP]' and tonumber(word)
  if not number then
    bad(at, 'unknown word')
  end
  return number, at + #word
end

--- Reads one JSON value.
---@param s string
---@return any value, string|nil message
function M.decode(s)
  local ok, v, at = pcall(function()
    local v, at = value(s, skip(s, 1), 0)
    return v, skip(s, at)
  end)
  if not ok then
    if type(v) ~= 'table' then
      error(v, 0)
    end
    return nil, v.json
  elseif at <= #s then
    return nil, ('more after the value at byte %d'):format(at)
  end
  return v
end

return M
