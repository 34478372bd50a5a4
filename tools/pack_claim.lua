--- Compiles what stances are told by, section CLAI of the model, from lexicon/claim_*.tsv: small
--- words, verbs with their forms, cues, nouns that name proposals. The layout is drawn in
--- src/clex.h; what the columns mean stands at the top of each file.
local fp = require "fingerprint"
local tsv = require "tsv"

local M = { section = "CLAI", version = 1 }

-- Bits of ent_cword.tags, in the order of src/clex.h.
local TAGS = {}
for i, name in ipairs {
  "det", "def", "dem", "poss", "pron", "subj", "rel", "wh", "prep", "part", "conj", "sub", "cond",
  "will", "would", "can", "may", "must", "be", "have", "do", "to", "neg", "adv", "hedge", "num",
  "quant", "time", "that", "last", "deg", "adj",
} do
  TAGS[name] = 1 << (i - 1)
end
TAGS.modal = 0
local FORM = { vb = 1, vbz = 2, vbd = 4, vbn = 8, vbg = 16, ved = 8 }
local STANCE = {
  proposes = 0, demands = 1, supports = 2, accepts = 3, opposes = 4, discusses = 5, threatens = 6,
  criticises = 7,
}
local CLASS = { A = 1, B = 2, C = 3, S = 4, D = 5, T = 6 }
local VALUE = 7 -- class of a word that judges
local VERB_CLASS = { aspect = 1, hedge = 2, through = 4, light = 8, harm = 16, naming = 32,
  state = 64, linking = 128 }
local SAY = { s = 1, k = 2, q = 3 }
local REPORT, ADJECTIVE = 16, 1 -- label of a reporting cue, flag of an adjective's

local function bits(letters)
  local out = {}
  for i = 1, #letters do out[letters:sub(i, i)] = 1 << (i - 1) end
  return out
end
local FRAMES, NOUN_FRAMES = bits "opigcvtnamdqAwsz", bits "icfotanxherk"

local function frames_of(row, text, known)
  local all = 0
  for c in text:gmatch "." do
    if not known[c] then
      tsv.fail(row.file, row.line,
        ("frame %q is not known: the top of the file lists them"):format(c))
    end
    all = all | known[c]
  end
  return all
end

local function pick(row, word, known, what)
  local v = known[word]
  if not v then
    tsv.fail(row.file, row.line,
      ("%s %q is not known: the top of the file lists them"):format(what, word))
  end
  return v
end

local function sureness(row, text)
  local n = tonumber(text)
  if not n or n < 0 or n > 9 then
    tsv.fail(row.file, row.line, ("sureness %q: write a figure from 0 to 9"):format(text))
  end
  return math.floor(n)
end

-- ---- spelling -----------------------------------------------------------------------------------

local function third(v)
  if v:find "[sxzo]$" or v:find "[cs]h$" then return v .. "es" end
  if v:find "[^aeiou]y$" then return v:sub(1, -2) .. "ies" end
  return v .. "s"
end

local function doubles(v)
  return v:find "^[^aeiou]*[aeiou][bdfgklmnprtz]$" or v:find "[^aeiou][aeiou][bdgmnprt]$"
end

local function past(v)
  if v:find "e$" then return { v .. "d" } end
  if v:find "[^aeiou]y$" then return { v:sub(1, -2) .. "ied" } end
  return doubles(v) and { v .. "ed", v .. v:sub(-1) .. "ed" } or { v .. "ed" }
end

local function present(v)
  if v:find "ie$" then return { v:sub(1, -3) .. "ying" } end
  if v:find "e$" and not v:find "[eoy]e$" then return { v:sub(1, -2) .. "ing" } end
  return doubles(v) and { v .. "ing", v .. v:sub(-1) .. "ing" } or { v .. "ing" }
end

local function alternatives(text, otherwise)
  if text == "" then return otherwise end
  local out = {}
  for w in text:gmatch "[^/]+" do out[#out + 1] = w end
  return out
end

-- ---- the tables ---------------------------------------------------------------------------------

---@class ClaimBuild
---@field words table<integer, table> by fingerprint
---@field lemmas table<string, integer>
---@field cues table<string, table[]> by the first word's lemma
---@field adjectives table<string, table[]> by the first word
local Build = {}
Build.__index = Build

local function print_of(word)
  return fp.hash(fp.lower(word))
end

function Build:word(word)
  local h = print_of(word)
  local w = self.words[h]
  if not w then
    w = { text = word, tags = 0, forms = 0, share = 0, class = 0, stance = 0, frames = 0,
      vclass = 0, say = 0, lemma = 0 }
    self.words[h] = w
  end
  return w
end

local function lemma_of(self, verb)
  if not self.lemmas[verb] then
    self.n_lemmas = self.n_lemmas + 1
    self.lemmas[verb] = self.n_lemmas
  end
  return self.lemmas[verb]
end

function Build:form(word, form, verb, share)
  local w = self:word(word)
  w.forms = w.forms | FORM[form]
  w.share = math.max(w.share, share)
  if w.lemma == 0 or form ~= "vb" then
    w.lemma, w.verb = lemma_of(self, verb), verb
  end
end

function Build:verb(verb, share, was, been, doing)
  self:form(verb, "vb", verb, share)
  self:form(third(verb), "vbz", verb, share)
  for _, f in ipairs(was) do self:form(f, "vbd", verb, share) end
  for _, f in ipairs(been) do self:form(f, "vbn", verb, share) end
  for _, f in ipairs(doing) do self:form(f, "vbg", verb, share) end
  self.known[verb] = true
end

function Build:verbs(lexicon)
  local columns = { "verb", "share", "past", "participle", "ing" }
  for _, r in ipairs(lexicon:rows("claim_verbs.tsv", columns, 2)) do
    local was = alternatives(r[3], past(r[1]))
    self:verb(r[1], sureness(r, r[2]), was, alternatives(r[4], was),
      alternatives(r[5], present(r[1])))
  end
end

function Build:small(lexicon)
  for _, r in ipairs(lexicon:rows("claim_words.tsv", { "word", "classes" }, 2)) do
    local w = self:word(r[1])
    for _, class in ipairs(tsv.list(r, 2)) do
      if FORM[class] then
        w.forms = w.forms | FORM[class]
      else
        w.tags = w.tags | pick(r, class, TAGS, "class")
      end
    end
  end
end

function Build:adjective_words(lexicon)
  for _, r in ipairs(lexicon:rows("claim_adjective_words.tsv", { "word" }, 1)) do
    local w = self:word(r[1])
    w.tags = w.tags | TAGS.adj
  end
end

-- A cue's words after the first, and where its gap is.
local function rest_of(words)
  local rest, gap = {}, 0
  for i = 2, #words do
    if words[i] == "~" then gap = #rest + 1 else rest[#rest + 1] = print_of(words[i]) end
  end
  return rest, gap
end

local function split(phrase)
  local out = {}
  for w in phrase:gmatch "%S+" do
    for part in w:gmatch "[^-]+" do
      if #out > 0 and w:find "-" and part ~= w:match "^[^-]+" then out[#out + 1] = "-" end
      out[#out + 1] = part
    end
  end
  return out
end

function Build:cue(list, row, label, frames, sure, adjective)
  local words = split(row[1])
  local rest, gap = rest_of(words)
  local first = words[1]
  if adjective then self:word(first) end
  list[first] = list[first] or {}
  table.insert(list[first], { label = label, frames = frames, sure = sure, rest = rest, gap = gap,
    adjective = adjective })
  if not adjective and not self.known[first] then
    self:verb(first, 7, past(first), past(first), present(first))
  end
end

function Build:all_cues(lexicon)
  local columns = { "cue", "stance", "frames", "sureness" }
  for _, r in ipairs(lexicon:rows("claim_cues.tsv", columns, 4)) do
    self:cue(self.cues, r, pick(r, r[2], STANCE, "stance"), frames_of(r, r[3], FRAMES),
      sureness(r, r[4]))
  end
  for _, r in ipairs(lexicon:rows("claim_adjectives.tsv", columns, 4)) do
    self:cue(self.adjectives, r, pick(r, r[2], STANCE, "stance"), frames_of(r, r[3], FRAMES),
      sureness(r, r[4]), true)
  end
  for _, r in ipairs(lexicon:rows("claim_reporting.tsv", { "cue", "kind", "sureness" }, 3)) do
    self:cue(self.cues, r, REPORT + pick(r, r[2], SAY, "kind"), 0, sureness(r, r[3]))
  end
end

function Build:verb_classes(lexicon)
  for _, r in ipairs(lexicon:rows("claim_verb_classes.tsv", { "verb", "class" }, 2)) do
    local first = r[1]:match "^%S+"
    local bit = pick(r, r[2], VERB_CLASS, "class")
    self.classes[first] = (self.classes[first] or 0) | bit
    if not self.known[first] then self:word(first).vclass = bit end
  end
end

local function plural(n)
  if n:find "[^aeiou]y$" then return n:sub(1, -2) .. "ies" end
  if n:find "[sxz]$" or n:find "[cs]h$" then return n .. "es" end
  return n .. "s"
end

function Build:values(lexicon)
  for _, r in ipairs(lexicon:rows("claim_values.tsv", { "word", "stance" }, 2)) do
    local w = self:word(r[1])
    if w.class == 0 and w.stance == 0 then
      w.class, w.stance = VALUE, pick(r, r[2], STANCE, "stance") + 1
    end
  end
end

function Build:nouns(lexicon)
  for _, r in ipairs(lexicon:rows("claim_nouns.tsv", { "noun", "class", "stance", "frames" }, 2)) do
    local noun, only = r[1]:gsub("!$", "")
    local class = pick(r, r[2], CLASS, "class")
    local stance = r[3] == "" and 0 or pick(r, r[3], STANCE, "stance") + 1
    local frames = frames_of(r, r[4], NOUN_FRAMES)
    local parts = split(noun)
    noun = parts[#parts]
    local known = #parts > 1 and self.words[print_of(noun)]
    for i, form in ipairs(known and {} or only == 1 and { noun } or { noun, plural(noun) }) do
      local w = self:word(form)
      if w.class == 0 or class < w.class & 7 then w.class = class | (i > 1 and 128 or 0) end
      if stance > 0 and w.stance == 0 then w.stance = stance end
      w.frames = w.frames | frames
    end
  end
end

-- ---- bytes --------------------------------------------------------------------------------------

local function emit_cues(list, out)
  local from, firsts = {}, {}
  for first in pairs(list) do firsts[#firsts + 1] = first end
  table.sort(firsts)
  for _, first in ipairs(firsts) do
    local cues = list[first]
    for i, c in ipairs(cues) do c.order = i end
    table.sort(cues, function(a, b) -- longest first
      if #a.rest ~= #b.rest then return #a.rest > #b.rest end
      return a.order < b.order
    end)
    from[first] = { #out.cues, #cues }
    for _, c in ipairs(cues) do
      out.cues[#out.cues + 1] = ("<BBI2BBBBI2I2"):pack(c.label, c.sure, c.frames, #c.rest, c.gap,
        c.adjective and ADJECTIVE or 0, 0, #out.rest, 0)
      for _, h in ipairs(c.rest) do out.rest[#out.rest + 1] = ("<I4"):pack(h) end
    end
  end
  return from
end

function Build:bytes()
  local out = { cues = {}, rest = {} }
  local verbs, adjectives = emit_cues(self.cues, out), emit_cues(self.adjectives, out)
  local prints = {}
  for h in pairs(self.words) do prints[#prints + 1] = h end
  table.sort(prints)
  local slots = 1
  while slots < 2 * #prints + 2 do slots = slots * 2 end
  local table_of, entries = {}, {}
  for i, h in ipairs(prints) do
    local w = self.words[h]
    local v, a = verbs[w.verb] or { 0, 0 }, adjectives[w.text] or { 0, 0 }
    entries[i] = ("<I4I2BBBBI2BBI2BBI2"):pack(w.tags, w.lemma, w.forms, w.share, w.class, w.stance,
      w.frames, (self.classes[w.verb] or 0) | w.vclass, 0, v[1], v[2], a[2], a[1])
    local at = h & (slots - 1)
    while table_of[at] do at = (at + 1) & (slots - 1) end
    table_of[at] = ("<I4I2"):pack(h, i - 1)
  end
  for i = 0, slots - 1 do table_of[i] = table_of[i] or ("<I4I2"):pack(0, 0) end
  return ("<I4I4I4I4"):pack(slots, #entries, #out.cues, #out.rest)
    .. table.concat(table_of, "", 0, slots - 1) .. table.concat(entries)
    .. table.concat(out.cues) .. table.concat(out.rest)
end

--- Bytes of the section and lines for the model's card; nil when the lexicon has no cues.
function M.build(lexicon)
  if #lexicon:files "^claim_cues%.tsv$" == 0 then return nil end
  local b = setmetatable({ words = {}, lemmas = {}, n_lemmas = 0, cues = {}, adjectives = {},
    classes = {}, known = {} }, Build)
  b:verbs(lexicon)
  b:small(lexicon)
  b:adjective_words(lexicon)
  b:all_cues(lexicon)
  b:verb_classes(lexicon)
  b:nouns(lexicon)
  b:values(lexicon)
  local n = 0
  for _ in pairs(b.words) do n = n + 1 end
  return b:bytes(), { ("claims.words=%d"):format(n) }
end

return M
