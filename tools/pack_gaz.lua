--- Compiles the gazetteer, section GAZ_ of the model, from the name and word files of lexicon/.
--- The layout is drawn in src/gaz.c; the files are explained in lexicon/README.md.
local fp = require "fingerprint"
local tsv = require "tsv"

local M = { section = "GAZ_", version = 2 }

-- Bits of ent_gaz_entry.kinds and .flags (src/gaz.h).
local KIND = {
  country = 1, demonym = 2, people = 4, seat = 8, place = 16, org = 32, person = 64, given = 128,
  family = 256, title = 512, groupnoun = 1024, orgnoun = 2048, placenoun = 4096, orgword = 8192,
}
local FLAG = { word = 1, other = 2, case = 4, male = 8, female = 16, region = 32 }
local CLASS = {}
for i, name in ipairs { "det", "def", "poss", "quant", "num", "prep", "loc", "conj", "sub", "aux",
  "neg", "adv", "compass", "wh", "pron", "thing", "plural", "first", "second", "month", "day",
  "time", "political", "speech", "verb", "vnoun", "modifier", "event",
  "visit", "folk", "name" } do
  CLASS[name] = 1 << (i - 1)
end
local PREFIX = 0x8000   -- of a slot: a longer phrase goes on from here
local MAX_WORDS = 12    -- longest phrase kept
-- Kinds that are one thing under several names; a word of two classes is flagged "other".
local CLASSES = {
  KIND.country | KIND.demonym | KIND.people | KIND.seat, KIND.place, KIND.org,
  KIND.person | KIND.given | KIND.family,
}

---@class GazBuild
---@field entries table<integer, table> by fingerprint
---@field prefixes table<integer, boolean>
---@field countries table[]
---@field orgs string[]
local Build = {}
Build.__index = Build

-- Marks of a row: words such as "male", "case", or a weight from 0 to 255.
local function marks(row, text)
  local flags, weight = 0, nil
  for m in text:gmatch "%S+" do
    if m:find "^%d+$" and tonumber(m) < 256 then
      weight = tonumber(m)
    elseif FLAG[m] and m ~= "other" then
      flags = flags | FLAG[m]
    else
      tsv.fail(row.file, row.line, ("mark %q is not known: use word, case, male, female, region or "
        .. "a weight from 0 to 255"):format(m))
    end
  end
  return flags, weight
end

-- Fingerprint of a phrase from its words; notes the prefixes that lead to it.
function Build:key(words)
  local h = 0
  for i, w in ipairs(words) do
    h = fp.join(h, fp.hash(w))
    if i < #words then self.prefixes[h] = true end
  end
  return h
end

-- One fingerprint, one entry: kinds and flags add up, the first country and organisation stay.
function Build:put(words, new)
  local h = self:key(words)
  local name = table.concat(words, " ")
  local e = self.entries[h]
  if not e then
    self.entries[h] = { name = name, kinds = new.kinds, flags = new.flags, weight = new.weight,
      country = new.country or 0, id = new.id or 0, classes = new.classes or 0 }
    return
  end
  if e.name ~= name then return end -- two phrases, one fingerprint: the first is kept
  if e.country == 0 then e.country = new.country or 0 end
  if e.id == 0 then e.id = new.id or 0 end
  e.kinds, e.flags = e.kinds | new.kinds, e.flags | new.flags
  e.classes = e.classes | (new.classes or 0)
  e.weight = math.max(e.weight, new.weight)
end

-- Puts a phrase, and its form without marks on the letters.
function Build:add(row, phrase, new)
  local words = fp.words(phrase)
  if #words == 0 then
    tsv.fail(row.file, row.line, ("%q holds no word: remove it"):format(phrase))
  end
  if #words > MAX_WORDS then
    tsv.fail(row.file, row.line, ("%q has %d words, at most %d are kept: shorten it"):format(
      phrase, #words, MAX_WORDS))
  end
  self:put(words, new)
  local plain, differs = {}, false
  for i, w in ipairs(words) do
    plain[i] = fp.plain(w)
    differs = differs or plain[i] ~= w
  end
  if differs and table.concat(plain) ~= "" then self:put(plain, new) end
end

-- countries.tsv: one state a line; country numbers are the order of the file.
function Build:read_countries(lexicon)
  local columns = { "iso", "name", "names", "adjectives", "peoples", "seats" }
  local kinds = { false, KIND.country, KIND.country, KIND.demonym, KIND.people, KIND.seat }
  for _, row in ipairs(lexicon:rows("countries.tsv", columns, 2)) do
    if not row[1]:find "^%u%u$" and row[1] ~= "-" then
      lexicon:fail(row, ("%q is no ISO 3166 code: two capitals, or - where there is none"):format(
        row[1]))
    end
    self.countries[#self.countries + 1] = { iso = row[1] == "-" and "" or row[1],
      name = row[2]:gsub("%s*%[.*%]$", "") }
    self.by_iso[row[1]] = self.by_iso[row[1]] or #self.countries
    for c = 2, 6 do
      for _, item in ipairs(c == 2 and { row[2] } or tsv.list(row, c)) do
        local name, mark = item:match "^(.-)%s*%[(.*)%]$"
        local flags, weight = marks(row, mark or "")
        if item:find "^[%u.]+$" then flags = flags | FLAG.case end -- "U.S." is as good as "US"
        self:add(row, name or item, { kinds = kinds[c], flags = flags, weight = weight or 200,
          country = #self.countries })
      end
    end
  end
end

-- Number of a country by its code; rows may leave it empty.
function Build:country(lexicon, row, code)
  if code == "" then return 0 end
  local n = self.by_iso[code]
  if not n then
    lexicon:fail(row, ("country %q is not in countries.tsv: correct the code or leave it empty")
      :format(code))
  end
  return n
end

-- orgs.tsv: canonical name, aliases, country, marks, seats. All names of a line share a number.
function Build:read_orgs(lexicon)
  local columns = { "name", "aliases", "country", "marks", "seats" }
  for _, row in ipairs(lexicon:rows("orgs.tsv", columns, 1)) do
    local flags, weight = marks(row, row[4])
    local new = { kinds = KIND.org, flags = flags, weight = weight or 100,
      country = self:country(lexicon, row, row[3]) }
    local aliases = tsv.list(row, 2)
    if #aliases > 0 then
      self.orgs[#self.orgs + 1] = row[1]
      new.id = #self.orgs
    end
    self:add(row, row[1], new)
    for _, a in ipairs(aliases) do
      local caps = a:find "^[%u%d.&-]+$" and #a <= 5
      self:add(row, a, { kinds = new.kinds, flags = flags | (caps and FLAG.case or 0),
        weight = new.weight, country = new.country, id = new.id })
    end
    for _, seat in ipairs(tsv.list(row, 5)) do
      self:add(row, seat, { kinds = KIND.seat, flags = 0, weight = new.weight, id = new.id })
    end
  end
end

-- Plain lists: name, country (places and people), marks.
local LISTS = {
  { "places.tsv", "place", 80, true }, { "people.tsv", "person", 120, true },
  { "given.tsv", "given", 100 }, { "family.tsv", "family", 80 }, { "titles.tsv", "title", 150 },
  { "groupnouns.tsv", "groupnoun", 150 }, { "orgnouns.tsv", "orgnoun", 150 },
  { "placenouns.tsv", "placenoun", 150 }, { "orgwords.tsv", "orgword", 150 },
}

function Build:read_list(lexicon, file, kind, default, has_country)
  local columns = has_country and { "name", "country", "marks" } or { "name", "marks" }
  for _, row in ipairs(lexicon:rows(file, columns, 1)) do
    local flags, weight = marks(row, row[#columns])
    self:add(row, row[1], { kinds = KIND[kind], flags = flags, weight = weight or default,
      country = has_country and self:country(lexicon, row, row[2]) or 0 })
  end
end

-- words.tsv and what is learnt beside it: classes of single words.
function Build:read_words(lexicon, file, default)
  for _, row in ipairs(lexicon:rows(file, { "word", "classes" }, default and 1 or 2)) do
    local classes, flags = default or 0, 0
    for c in row[2]:gmatch "%S+" do
      if c == "male" or c == "female" then
        flags = flags | FLAG[c]
      elseif CLASS[c] then
        classes = classes | CLASS[c]
      else
        lexicon:fail(row, ("class %q is not known: lexicon/words.tsv names them at its top")
          :format(c))
      end
    end
    self:add(row, row[1], { kinds = 0, flags = flags, weight = 0, classes = classes })
  end
end

-- Flags that follow from the whole: names of two classes.
function Build:finish()
  for _, e in pairs(self.entries) do
    local n = 0
    for _, class in ipairs(CLASSES) do
      if e.kinds & class ~= 0 then n = n + 1 end
    end
    if n > 1 then e.flags = e.flags | FLAG.other end
    if e.flags & FLAG.male ~= 0 and e.flags & FLAG.female ~= 0 then
      e.flags = e.flags & ~(FLAG.male | FLAG.female)
    end
  end
end

-- Open addressing with linear probing; keys go in by size, so the same input gives the same table.
local function slots_of(build)
  local keys = {}
  for h in pairs(build.entries) do keys[#keys + 1] = h end
  for h in pairs(build.prefixes) do
    if not build.entries[h] then keys[#keys + 1] = h end
  end
  table.sort(keys)
  local slots = 16
  while slots * 7 < #keys * 10 do slots = slots * 2 end
  local payloads, number = { string.pack("<I2BBI2I2I4", 0, 0, 0, 0, 0, 0) }, {}
  local prints, values = {}, {}
  for i = 1, slots do prints[i], values[i] = 0, 0 end
  for _, h in ipairs(keys) do
    local e, value = build.entries[h], 0
    if e then
      local p = string.pack("<I2BBI2I2I4", e.kinds, e.flags, e.weight, e.country, e.id, e.classes)
      if not number[p] then
        payloads[#payloads + 1] = p
        number[p] = #payloads - 1
      end
      value = number[p]
    end
    if build.prefixes[h] then value = value | PREFIX end
    local at = h & (slots - 1)
    while prints[at + 1] ~= 0 do at = (at + 1) & (slots - 1) end
    prints[at + 1], values[at + 1] = h, value
  end
  if #payloads > PREFIX then
    tsv.fail("lexicon", 0, "more than 32768 different entries: use fewer different weights")
  end
  return slots, prints, values, payloads, #keys
end

local function pack_all(format, list)
  local out = {}
  for i = 1, #list, 128 do
    local last = math.min(i + 127, #list)
    out[#out + 1] = string.pack("<" .. format:rep(last - i + 1), table.unpack(list, i, last))
  end
  return table.concat(out)
end

-- Names kept as text: countries (offset, length, ISO code), then organisations (offset, length).
local function names_of(build)
  local text, at, rows = {}, 0, {}
  local function keep(s)
    text[#text + 1] = s
    at = at + #s
    return at - #s
  end
  for _, c in ipairs(build.countries) do
    rows[#rows + 1] = string.pack("<I4I2c2", keep(c.name), #c.name, c.iso)
  end
  for _, name in ipairs(build.orgs) do
    rows[#rows + 1] = string.pack("<I4I4", keep(name), #name)
  end
  return table.concat(rows), table.concat(text)
end

---@param lexicon Lexicon
---@return string? section nil when there is no lexicon
---@return string[] card
function M.build(lexicon)
  local build = setmetatable({ entries = {}, prefixes = {}, countries = {}, orgs = {},
    by_iso = {} }, Build)
  build:read_countries(lexicon)
  build:read_orgs(lexicon)
  for _, l in ipairs(LISTS) do build:read_list(lexicon, l[1], l[2], l[3], l[4]) end
  build:read_words(lexicon, "words.tsv")
  build:read_words(lexicon, "verbs.tsv")
  build:read_words(lexicon, "modifiers.tsv", CLASS.modifier)
  if not next(build.entries) then return nil, {} end
  build:finish()
  local slots, prints, values, payloads, keys = slots_of(build)
  local rows, text = names_of(build)
  local head = string.pack("<I4I4I4I4I4I4I4I4", slots, keys, #payloads, #build.countries,
    #build.orgs, #text, MAX_WORDS, 0)
  local bytes = head .. pack_all("I4", prints) .. pack_all("I2", values) .. table.concat(payloads)
    .. rows .. text
  return bytes, { ("gazetteer.entries=%d"):format(keys),
    ("gazetteer.countries=%d"):format(#build.countries),
    ("gazetteer.organisations=%d"):format(#build.orgs) }
end

return M
