--- Fingerprints of words and phrases, the same as src/token.c computes them (ent_hash,
--- ent_hash_lower, ent_hash_join), and the cutting of lexicon phrases into the words the tokeniser
--- would give. tests/c/test_fingerprint.c holds both sides to the same answers.
local M = {}

local byte, char = string.byte, utf8.char

-- Finaliser of MurmurHash3 (Austin Appleby, public domain): spreads every bit over all bits.
local function mix(h)
  h = ((h ~ (h >> 16)) * 0x85ebca6b) & 0xffffffff
  h = ((h ~ (h >> 13)) * 0xc2b2ae35) & 0xffffffff
  h = h ~ (h >> 16)
  return h == 0 and 1 or h
end

--- Fingerprint of bytes: FNV-1a, then the finaliser; never 0.
---@param s string
---@return integer
function M.hash(s)
  local h = 2166136261
  for i = 1, #s do h = ((h ~ byte(s, i)) * 16777619) & 0xffffffff end
  return mix(h)
end

--- Joins the fingerprints of words into that of a phrase: h = 0 at first.
---@param h integer
---@param word integer
---@return integer
function M.join(h, word)
  return mix((h * 31 + word + 0x9e3779b9) & 0xffffffff)
end

-- Lower-case partners: {first, last, distance, step}; pairs that alternate have distance 1, step 2.
local RANGES = {
  { 0xC0, 0xD6, 32, 1 }, { 0xD8, 0xDE, 32, 1 }, { 0x100, 0x12E, 1, 2 }, { 0x132, 0x136, 1, 2 },
  { 0x139, 0x147, 1, 2 }, { 0x14A, 0x176, 1, 2 }, { 0x179, 0x17D, 1, 2 }, { 0x1CD, 0x1DB, 1, 2 },
  { 0x1DE, 0x1EE, 1, 2 }, { 0x1F8, 0x21E, 1, 2 }, { 0x222, 0x232, 1, 2 }, { 0x391, 0x3A1, 32, 1 },
  { 0x3A3, 0x3AB, 32, 1 }, { 0x400, 0x40F, 80, 1 }, { 0x410, 0x42F, 32, 1 }, { 0x460, 0x480, 1, 2 },
  { 0x48A, 0x4BE, 1, 2 }, { 0x4D0, 0x52E, 1, 2 }, { 0x1E00, 0x1E94, 1, 2 },
  { 0x1EA0, 0x1EFE, 1, 2 }, { 0x1A0, 0x1A4, 1, 2 }, { 0x1B3, 0x1B5, 1, 2 }, { 0x246, 0x24E, 1, 2 },
  { 0x370, 0x372, 1, 2 }, { 0x3D8, 0x3EE, 1, 2 }, { 0x4C1, 0x4CD, 1, 2 },
}
-- The rest of Unicode's simple mapping for these alphabets: from, to.
local SINGLE = [[
  181 253, 182 183, 184 185, 186 254, 187 188, 189 256, 18A 257, 18B 18C, 18E 1DD,
  190 25B, 191 192, 193 260, 194 263, 196 269, 197 268, 198 199, 19C 26F, 19D 272,
  19F 275, 1A6 280, 1A7 1A8, 1A9 283, 1AC 1AD, 1AE 288, 1AF 1B0, 1B1 28A, 1B2 28B,
  1B7 292, 1B8 1B9, 1BC 1BD, 1C4 1C6, 1C5 1C6, 1C7 1C9, 1C8 1C9, 1CA 1CC, 1CB 1CC,
  1F1 1F3, 1F2 1F3, 1F4 1F5, 1F6 195, 1F7 1BF, 220 19E, 23A 2C65, 23B 23C, 23D 19A,
  23E 2C66, 241 242, 243 180, 244 289, 245 28C, 376 377, 37F 3F3, 3CF 3D7, 3F4 3B8,
  3F7 3F8, 3F9 3F2, 3FA 3FB, 3FD 37B, 3FE 37C, 3FF 37D, 4C0 4CF]]
local LOWER = {
  [0x130] = 0x69, [0x178] = 0xFF, [0x18F] = 0x259, [0x386] = 0x3AC, [0x388] = 0x3AD,
  [0x389] = 0x3AE, [0x38A] = 0x3AF, [0x38C] = 0x3CC, [0x38E] = 0x3CD, [0x38F] = 0x3CE,
  [0x1E9E] = 0xDF,
  -- Marks that word processors vary are made ASCII, invisible ones (0) are left out.
  [0x2018] = 0x27, [0x2019] = 0x27, [0x201B] = 0x27, [0x2BC] = 0x27, [0x2032] = 0x27,
  [0x201C] = 0x22, [0x201D] = 0x22, [0x201E] = 0x22, [0x201F] = 0x22, [0xAB] = 0x22, [0xBB] = 0x22,
  [0x2010] = 0x2D, [0x2011] = 0x2D, [0x2012] = 0x2D, [0x2013] = 0x2D, [0x2014] = 0x2D,
  [0x2015] = 0x2D, [0x2212] = 0x2D, [0xAD] = 0, [0x200C] = 0, [0x200D] = 0, [0x2060] = 0,
}
for _, r in ipairs(RANGES) do
  for c = r[1], r[2], r[4] do LOWER[c] = c + r[3] end
end
for from, to in SINGLE:gmatch "(%x+) (%x+)" do LOWER[tonumber(from, 16)] = tonumber(to, 16) end

--- Lower-cases a word; quotes and dashes become ASCII.
---@param s string valid UTF-8
---@return string
function M.lower(s)
  if not s:find("[\128-\255]") then return s:lower() end
  return (s:gsub(utf8.charpattern, function(c)
    if #c == 1 then return c:lower() end
    local low = LOWER[utf8.codepoint(c)]
    return low == 0 and "" or low and char(low) or c
  end))
end

-- Letters with marks and the plain letters that people type instead.
local PLAIN = {}
do
  local rows = {
    a = "àáâãäåāăąǎạảấầẩẫậắằẳẵặ",
    c = "çćĉċč", d = "ďđḑḍ",
    e = "èéêëēĕėęěẹẻẽếềểễệə", g = "ĝğġģ", h = "ĥħḩḥ",
    i = "ìíîïĩīĭįıǐỉị", j = "ĵ", k = "ķ", l = "ĺļľłḷ", n = "ñńņňṇ",
    o = "òóôõöøōŏőǒọỏốồổỗộớờởỡợơ",
    r = "ŕŗřṛ", s = "śŝşšșṣ",
    u = "ùúûüũūŭůűųǔụủứừửữựư", t = "ţťțṭ", w = "ŵ",
    y = "ýÿŷỳỵỷỹ", z = "źżžẓ", ss = "ß", ae = "æ", oe = "œ", th = "þ",
    [""] = "ʻʿʾ",
  }
  for plain, marked in pairs(rows) do
    for _, c in utf8.codes(marked) do PLAIN[char(c)] = plain end
  end
  PLAIN["ð"] = "d"
end

--- The lower-cased word without marks on its letters ("são" gives "sao").
---@param s string lower-cased
---@return string
function M.plain(s)
  if not s:find("[\128-\255]") then return s end
  return (s:gsub(utf8.charpattern, PLAIN))
end

--- Cuts a phrase into lower-cased words as the gazetteer looks them up: hyphens separate, points
--- are dropped ("U.S." is "us"), the possessive 's is a word, marks of punctuation are words.
---@param phrase string
---@return string[]
function M.words(phrase)
  local out = {}
  local s = M.lower(phrase):gsub("[%-/]", " "):gsub("([,&()+])", " %1 ")
  for w in s:gmatch("%S+") do
    local stem = w:gsub("%.", "")
    local head, tail = stem:match("^(.+)('s)$")
    if not head then head, tail = stem:match("^(.+s)(')$") end
    if head then
      out[#out + 1], out[#out + 2] = head, tail
    elseif stem ~= "" then
      out[#out + 1] = stem
    end
  end
  return out
end

return M
