--- index.mail: a message (RFC 5322, MIME) as text: subject and the part that is to be read.
local html = require 'entente.index.html'
local utf8_of = require('entente.json').utf8

local M = {}

local DEEPEST = 10 -- parts in parts

local function latin1(s)
  return (s:gsub('[\128-\255]', function(c)
    return utf8_of(c:byte())
  end))
end

local function quoted_printable(s)
  return (s:gsub('=[ \t]*\r?\n', ''):gsub('=(%x%x)', function(hex)
    return string.char(tonumber(hex, 16))
  end))
end

local digit = {}
do
  local letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  for i = 1, 64 do
    digit[letters:byte(i)] = i - 1
  end
end

local function base64(s)
  s = s:gsub('[^%w+/]', '')
  local out = {}
  for i = 1, #s, 4 do
    local a, b, c, d = s:byte(i, i + 3)
    if not b then
      break
    end
    local n = digit[a] * 262144 + digit[b] * 4096 + (digit[c] or 0) * 64 + (digit[d] or 0)
    local x = string.char(math.floor(n / 65536), math.floor(n / 256) % 256, n % 256)
    out[#out + 1] = x:sub(1, d and 3 or c and 2 or 1)
  end
  return table.concat(out)
end

-- Encoded words of a head (RFC 2047).
local function decoded(s)
  s = s:gsub('%?=%s+=%?', '?==?')
  return (s:gsub('=%?([%w_-]+)%*?[%w-]*%?([bBqQ])%?([^?]*)%?=', function(charset, how, word)
    word = how:lower() == 'b' and base64(word) or quoted_printable((word:gsub('_', ' ')))
    return charset:lower():find 'utf' and word or latin1(word)
  end))
end

-- Heads by name in small letters, and the body.
local function split(s)
  local head, body = s:match '^(.-\r?\n)\r?\n(.*)$'
  if not head then
    head, body = s, ''
  end
  local fields = {}
  head = ('\n' .. head):gsub('\r?\n[ \t]+', ' ')
  for name, value in head:gmatch '\n([%w-]+):[ \t]*([^\r\n]*)' do
    fields[name:lower()] = fields[name:lower()] or value
  end
  return fields, body
end

-- The parts between boundary lines.
local function parts_of(body, boundary)
  local out, mark = {}, '\n--' .. boundary
  body = '\n' .. body
  local at = body:find(mark, 1, true)
  while at do
    local start = at + #mark
    local stop = body:find(mark, start, true)
    if body:sub(start, start + 1) == '--' then
      break
    end
    out[#out + 1] = body:sub(start, (stop or #body + 1) - 1):gsub('^[^\n]*\n', '')
    at = stop
  end
  return out
end

local function readable(fields, body, depth)
  local kind = (fields['content-type'] or 'text/plain'):lower()
  local boundary = (fields['content-type'] or ''):match '[bB]oundary="([^"]+)"'
    or (fields['content-type'] or ''):match '[bB]oundary=([^%s;]+)'
  if kind:find '^multipart/' and boundary and depth < DEEPEST then
    local second
    for _, part in ipairs(parts_of(body, boundary)) do
      local inner, content = split(part)
      local text, plain = readable(inner, content, depth + 1)
      if plain then
        return text, true
      end
      second = second or text
    end
    return second
  elseif not kind:find '^text/' then
    return nil
  end
  local how = (fields['content-transfer-encoding'] or ''):lower()
  body = how:find 'quoted' and quoted_printable(body) or how:find 'base64' and base64(body) or body
  if kind:find 'iso%-8859' or kind:find 'windows%-125' then
    body = latin1(body)
  end
  if kind:find '^text/html' then
    return html.text(body), false
  end
  return body, true
end

local months = { Jan = 1, Feb = 2, Mar = 3, Apr = 4, May = 5, Jun = 6, Jul = 7, Aug = 8, Sep = 9,
  Oct = 10, Nov = 11, Dec = 12 }

--- The text of a message and its date.
---@param s string
---@return string text, string|nil date
function M.text(s)
  local fields, body = split(s)
  local text = readable(fields, body, 0) or ''
  local subject = decoded(fields.subject or '')
  local day, month, year = (fields.date or ''):match '(%d+) (%a%a%a)%a* (%d%d%d%d)'
  local date = months[month] and ('%s-%02d-%02d'):format(year, months[month], tonumber(day))
  return (subject ~= '' and subject .. '\n\n' or '') .. text:gsub('\r\n', '\n'), date
end

--- Whether a text begins as a message does.
---@param s string
---@return boolean
function M.is(s)
  return s:find '^[%w-]+: [^\n]*\n' ~= nil
    and ('\n' .. s:sub(1, 4000)):find '\n[Ff]rom: ' ~= nil
    and ('\n' .. s:sub(1, 4000)):find '\n[Dd]ate: ' ~= nil
end

return M
