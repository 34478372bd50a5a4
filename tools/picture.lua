-- picture.lua <ANSI >SVG: draws a captured terminal screen.
local WIDTH, HEIGHT, SIZE = 8.43, 18, 14 -- of a character cell, of the letters
local FOREGROUND, BACKGROUND = '#d4d4d4', '#1e1e1e'

local base = { [0] = '#000000', '#cd3131', '#0dbc79', '#e5e510', '#2472c8', '#bc3fbc',
  '#11a8cd', '#e5e5e5', '#666666', '#f14c4c', '#23d18b', '#f5f543', '#3b8eea', '#d670d6',
  '#29b8db', '#ffffff' }

-- One of the 256 colours of a terminal.
local function indexed(n)
  if n < 16 then
    return base[n]
  elseif n >= 232 then
    local v = 8 + (n - 232) * 10
    return ('#%02x%02x%02x'):format(v, v, v)
  end
  n = n - 16
  local function level(v)
    return v == 0 and 0 or 55 + 40 * v
  end
  return ('#%02x%02x%02x'):format(level(n // 36), level(n // 6 % 6), level(n % 6))
end

-- Takes the numbers of one SGR sequence into the style.
local function apply(style, codes)
  local list = {}
  for n in (codes == '' and '0' or codes):gmatch '%d+' do
    list[#list + 1] = tonumber(n)
  end
  local i = 1
  while i <= #list do
    local n = list[i]
    if n == 0 then
      for k in pairs(style) do
        style[k] = nil
      end
    elseif n == 1 then
      style.bold = true
    elseif n == 3 then
      style.italic = true
    elseif n == 4 then
      style.underline = true
    elseif n == 7 then
      style.reverse = true
    elseif n == 22 or n == 23 or n == 24 or n == 27 then
      style[({ [22] = 'bold', [23] = 'italic', [24] = 'underline', [27] = 'reverse' })[n]] = nil
    elseif n == 38 or n == 48 then
      local key = n == 38 and 'fg' or 'bg'
      if list[i + 1] == 5 then
        style[key] = indexed(list[i + 2])
        i = i + 2
      elseif list[i + 1] == 2 then
        style[key] = ('#%02x%02x%02x'):format(list[i + 2], list[i + 3], list[i + 4])
        i = i + 4
      end
    elseif n == 39 or n == 49 then
      style[n == 39 and 'fg' or 'bg'] = nil
    elseif n >= 30 and n <= 37 or n >= 90 and n <= 97 then
      style.fg = base[n < 90 and n - 30 or n - 82]
    elseif n >= 40 and n <= 47 or n >= 100 and n <= 107 then
      style.bg = base[n < 100 and n - 40 or n - 92]
    end
    i = i + 1
  end
end

local function escape(s)
  return (s:gsub('[&<>]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;' }))
end

local out, row, widest = {}, 0, 0

-- One run of characters of one style.
local function draw(text, column, style)
  local n = utf8.len(text)
  local fg, bg = style.fg or FOREGROUND, style.bg
  if style.reverse then
    fg, bg = bg or BACKGROUND, style.fg or FOREGROUND
  end
  local x, y = column * WIDTH, row * HEIGHT
  if bg then
    out[#out + 1] = ('<rect x="%.2f" y="%d" width="%.2f" height="%d" fill="%s"/>'):format(x, y,
      n * WIDTH, HEIGHT, bg)
  end
  if text:find '%S' then
    out[#out + 1] = ('<text x="%.2f" y="%d" textLength="%.2f" fill="%s"%s%s%s>%s</text>'):format(x,
      y + 13, n * WIDTH, fg, style.bold and ' font-weight="bold"' or '',
      style.italic and ' font-style="italic"' or '',
      style.underline and ' text-decoration="underline"' or '', escape(text))
  end
  return column + n
end

local style = {} -- goes on from line to line
for line in io.lines() do
  local column, at = 0, 1
  while at <= #line do
    local codes, after = line:match('^\27%[([%d;:]*)m()', at)
    if codes then
      apply(style, codes)
      at = after
    else
      local text, stop = line:match('^([^\27]+)()', at)
      if text then
        column, at = draw(text, column, style), stop
      else
        at = line:match('^\27[^m]*m?()', at)
      end
    end
  end
  widest, row = math.max(widest, column), row + 1
end

print(('<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 %.0f %.0f" font-size="%d" '
  .. 'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" xml:space="preserve">')
  :format(widest * WIDTH + 16, row * HEIGHT + 16, SIZE))
print(('<rect x="-8" y="-8" width="100%%" height="100%%" fill="%s" rx="6"/>'):format(BACKGROUND))
print(table.concat(out, '\n'))
print '</svg>'
