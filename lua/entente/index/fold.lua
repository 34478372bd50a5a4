--- index.fold: the form of a name by which it is compared: small letters, no accents, no points, no
--- "the". "Recep Tayyip Erdoğan" and "recep tayyip erdogan" are one.
local M = {}

-- Latin letters with a mark, and the plain one each stands for.
local plain = {}
for base, marked in pairs {
  a = 'àáâãäåāăąǎÀÁÂÃÄÅĀĂĄǍ', c = 'çćĉċčÇĆĈĊČ', d = 'ďđðĎĐÐ', e = 'èéêëēĕėęěÈÉÊËĒĔĖĘĚ',
  g = 'ĝğġģǧĜĞĠĢǦ', h = 'ĥħĤĦ', i = 'ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ', j = 'ĵĴ', k = 'ķĶ', l = 'ĺļľŀłĹĻĽĿŁ',
  n = 'ñńņňÑŃŅŇ', o = 'òóôõöøōŏőÒÓÔÕÖØŌŎŐ', r = 'ŕŗřŔŖŘ', s = 'śŝşšșŚŜŞŠȘ', t = 'ţťŧțŢŤŦȚ',
  u = 'ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ', w = 'ŵŴ', y = 'ýÿŷÝŶŸ', z = 'źżžŹŻŽ', ae = 'æÆ', oe = 'œŒ', ss = 'ß',
  th = 'þÞ', ["'"] = '’‘ʼ', ['-'] = '‐‑–—',
} do
  for letter in marked:gmatch '[%z\1-\127\194-\244][\128-\191]*' do
    plain[letter] = base
  end
end
-- Capitals of the other alphabets that have a small one 32 or 80 places later.
for cp = 0x391, 0x3A9 do
  plain[require('entente.json').utf8(cp)] = require('entente.json').utf8(cp + 32)
end
for cp = 0x410, 0x42F do
  plain[require('entente.json').utf8(cp)] = require('entente.json').utf8(cp + 32)
end

--- A name as it is compared.
---@param text string
---@return string
function M.name(text)
  if text:find '[\128-\255]' then
    text = text:gsub('[\194-\244][\128-\191]*', plain)
  end
  text = text:lower():gsub("'s%f[^%w']", ''):gsub('%.', ''):gsub('[%s%c",;:()_-]+', ' ')
  text = text:gsub('^ +', ''):gsub(' +$', '')
  return (text:gsub('^the ', ''))
end

local suffix = { jr = true, sr = true, ii = true, iii = true, iv = true }

--- A person's name as it is compared: no initials between the first and the last name, no Jr.
---@param text string
---@return string
function M.person(text)
  local words = {}
  for word in M.name(text):gmatch '%S+' do
    words[#words + 1] = word
  end
  if #words > 2 and suffix[words[#words]] then
    words[#words] = nil
  end
  for i = #words - 1, 2, -1 do
    if #words[i] == 1 then
      table.remove(words, i)
    end
  end
  return table.concat(words, ' ')
end

--- The number by which a folded name is looked up: 31 bits of its fingerprint.
---@param core table
---@param folded string
---@return integer
function M.hash(core, folded)
  return core.hash(folded) % 2147483648
end

--- The folded name for a kind.
---@param kind string
---@param text string
---@return string
function M.of(kind, text)
  return kind == 'person' and M.person(text) or M.name(text)
end

return M
