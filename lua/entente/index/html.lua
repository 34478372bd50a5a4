--- index.html: what a reader sees of a page: no tags, scripts or comments, entities as characters;
--- a line break where a block ends. Linear in the page, however broken it is.
local utf8_of = require('entente.json').utf8

local M = {}

local hidden = { script = true, style = true, template = true, noscript = true, svg = true,
  iframe = true, object = true, select = true, textarea = true }

local block = {}
for word in ([[address article aside blockquote body br caption center dd details div dl dt fieldset
  figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre
  section summary table tbody td tfoot th thead title tr ul]]):gmatch '%S+' do
  block[word] = true
end

local named = {
  amp = '&', lt = '<', gt = '>', quot = '"', apos = "'", nbsp = ' ', ndash = '–', mdash = '—',
  lsquo = '‘', rsquo = '’', ldquo = '“', rdquo = '”', hellip = '…', laquo = '«', raquo = '»',
  eacute = 'é', egrave = 'è', agrave = 'à', aacute = 'á', iacute = 'í', oacute = 'ó', uacute = 'ú',
  ntilde = 'ñ', ccedil = 'ç', auml = 'ä', ouml = 'ö', uuml = 'ü', Auml = 'Ä', Ouml = 'Ö',
  Uuml = 'Ü', szlig = 'ß', oslash = 'ø', aring = 'å', ecirc = 'ê', ocirc = 'ô', acirc = 'â',
  icirc = 'î', euml = 'ë', iuml = 'ï', pound = '£', euro = '€', copy = '©', reg = '®', deg = '°',
  middot = '·', bull = '•', shy = '', thinsp = ' ', ensp = ' ', emsp = ' ', sect = '§',
}

local function entity(body)
  local code = body:match '^#[xX](%x+)$'
  local n = code and tonumber(code, 16) or tonumber(body:match '^#(%d+)$')
  if n then
    local fine = n > 31 and n < 0x110000 and not (n >= 0xD800 and n < 0xE000)
    return fine and utf8_of(n) or ' '
  end
  return named[body]
end

-- Where hidden content that starts at a byte ends: behind its closing tag.
local function behind(low, name, at)
  local stop = low:find('</' .. name, at, true)
  return stop and (low:find('>', stop, true) or #low) + 1 or #low + 1
end

-- The end of the tag at a byte: a ">" that stands in no quotes; `last` is the last one there is, so
-- that a page of open tags is not searched to its end for each.
local function tag_end(s, at, last)
  while true do
    local p = at <= last and s:find('[>"\']', at)
    if not p then
      return nil
    end
    local c = s:sub(p, p)
    if c == '>' then
      return p
    end
    at = s:find(c, p + 1, true)
    if not at then
      return s:find('>', p, true)
    end
    at = at + 1
  end
end

--- The visible text, and a function from its bytes (from 0) to those of the page.
---@param s string
---@return string text, fun(at: integer): integer source
function M.text(s)
  local low, out, n, size, at = s:lower(), {}, 0, 0, 1
  local last = s:match '^.*()>' or 0
  local from, to = {}, {} -- where pieces begin, in the text and in the page
  local function put(piece, source)
    if piece ~= '' then
      n = n + 1
      out[n], from[n], to[n] = piece, size, source - 1
      size = size + #piece
    end
  end
  while at <= #s do
    local p = s:find('[<&]', at) or #s + 1
    put(s:sub(at, p - 1), at)
    if p > #s then
      break
    end
    at = p + 1
    if s:sub(p, p) == '&' then
      local body, after = s:match('^([#%w]+);?()', p + 1)
      local char = body and #body < 12 and entity(body)
      put(char or '&', p)
      at = char and after or p + 1
    elseif s:find('^!%-%-', at) then
      at = (select(2, s:find('-->', at + 3, true)) or #s) + 1
    else
      local name = low:match('^/?(%a[%w]*)', at)
      local stop = name and tag_end(s, at, last)
        or not name and at <= last and s:find('^[!?/]', at) and s:find('>', at)
      if not stop then
        put('<', p)
      else
        if name and block[name] then
          put('\n', p)
        end
        at = stop + 1
        if name and hidden[name] and low:sub(p + 1, p + 1) ~= '/'
          and s:sub(stop - 1, stop - 1) ~= '/' then
          at = behind(low, name, at)
        end
      end
    end
  end
  return table.concat(out), function(byte)
    local a, b = 1, n
    while a < b do
      local mid = math.floor((a + b + 1) / 2)
      if from[mid] <= byte then
        a = mid
      else
        b = mid - 1
      end
    end
    return n == 0 and 0 or to[a] + math.min(byte - from[a], #out[a])
  end
end

return M
