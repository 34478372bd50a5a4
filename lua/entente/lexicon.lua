--- lexicon: the user's corrections, kept in a file of the project (.entente/lexicon.tsv).
---
--- One correction a line, what is done first, then the name, then fields, tabs between:
---
---     mark     Plan Group     kind=organisation   as=The Planners
---     ignore   Euro           where=in the _ zone
---     alias    the Donald     of=Donald Trump
---     merge    Vova Putin     into=Vladimir Putin
---     split    Merkel
---     rename   U.S.           as=America
---     pattern  "Operation" Cap+                   kind=organisation
---     noun     moon base
---     cue      call time on   stance=opposes      frames=o
---     pattern  Actor "gave" Word+ "nod to" Proposal   stance=accepts
---
--- `noun` names proposals ("a moon base"), in both numbers; `cue` is a verb in its base form with
--- the words that belong to it, its stance, and what follows it: o the object is the proposal, i to
--- + verb, g verb + -ing, c that-clause, t an actor, then
--- to + verb (lexicon/claim_cues.tsv has all). A pattern with a stance in place of a kind tells it
--- wherever it fits: Actor, Proposal (or Target, whom it is about) and the words between them.
---
--- Later lines win over earlier ones of the same name. `where` holds the words around a name, which
--- is written _ there; nothing holds a place in a text. A line "#~ ..." is a correction taken back;
--- other lines that begin with # and empty ones are kept as they are. The file is data: nothing in
--- it is run. In names \t, \n and \\ stand for tab, line break and backslash.
---
--- This module has no effects: files are read and written by the functions given to M.open.
local lpeg = require 'lpeg'
local P, R, S, C, Ct, Cp = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Ct, lpeg.Cp

local M = {}

local HEAD = '# Corrections to names, one a line; :help entente-lexicon explains them.\n'
local MAX_NAME, MAX_ITEMS, MAX_SEQUENCES, MAX_DEPTH = 200, 12, 32, 16

local KINDS = { person = true, country = true, organisation = true, group = true, place = true,
  proposal = true }

--- What each correction needs and may have, and the rule it gives.
local VERBS = {
  mark = {
    needs = { 'kind' }, may = { kind = true, as = true, where = true }, op = 'mark', to = 'as',
  },
  ignore = { needs = {}, may = { where = true }, op = 'ignore' },
  alias = { needs = { 'of' }, may = { of = true, kind = true }, op = 'alias', to = 'of' },
  merge = { needs = { 'into' }, may = { into = true }, op = 'alias', to = 'into' },
  split = { needs = {}, may = { where = true }, op = 'split' },
  rename = { needs = { 'as' }, may = { as = true }, op = 'rename', to = 'as' },
  pattern = { needs = {}, may = { kind = true, stance = true }, op = 'pattern', to = 'stance' },
  noun = { needs = {}, may = {}, op = 'noun' },
  cue = { needs = { 'stance' }, may = { stance = true, frames = true }, op = 'cue' },
}
local FIELDS = { 'kind', 'as', 'of', 'into', 'where', 'stance', 'frames' }
local STANCES = { proposes = true, demands = true, supports = true, accepts = true, opposes = true,
  discusses = true, threatens = true, criticises = true }

local IS_FIELD = {}
for _, key in ipairs(FIELDS) do
  IS_FIELD[key] = true
end

---@class EntenteCorrection
---@field verb string
---@field name string
---@field kind? string
---@field as? string
---@field of? string
---@field into? string
---@field where? string
---@field stance? string
---@field frames? string

-- ---- patterns ---------------------------------------------------------------------------------

local CLASS = { Word = 'A', Cap = 'C', Num = 'N', Acro = 'U', Actor = 'a', Proposal = 'p',
  Target = 't' }

local space = S ' ' ^ 0
local word = (R('az', 'AZ', '09') + R '\128\255') ^ 1
local function quoted(q)
  return P(q) * space * Ct((C(word) * space) ^ 1) * P(q)
end
local string_item = (quoted '"' + quoted "'") / function(words)
  local seq = {}
  for i, w in ipairs(words) do
    seq[i] = '=' .. w
  end
  return { seq }
end

-- A parsed pattern is a list of sequences of items, all alternatives written out; growing beyond
-- the bounds gives nil, so that no pattern costs more than the bounds say.
local function join(a, b)
  local out = {}
  for _, x in ipairs(a) do
    for _, y in ipairs(b) do
      local seq = {}
      for _, item in ipairs(x) do
        seq[#seq + 1] = item
      end
      for _, item in ipairs(y) do
        seq[#seq + 1] = item
      end
      if #seq > MAX_ITEMS or #out == MAX_SEQUENCES then
        return nil
      end
      out[#out + 1] = seq
    end
  end
  return out
end

local function all_of(...)
  local out = { {} }
  for _, part in ipairs { ... } do
    out = out and part and join(out, part)
  end
  return out or false
end

local function any_of(...)
  local out = {}
  for _, part in ipairs { ... } do
    for _, seq in ipairs(part or {}) do
      out[#out + 1] = seq
    end
    if not part or #out > MAX_SEQUENCES then
      return false
    end
  end
  return out
end

local class_item = C(R('AZ', 'az') ^ 1) * C(P '+' ^ -1) / function(name, many)
  return CLASS[name] and { { CLASS[name] .. many } } or false
end

local V = lpeg.V
local pattern_grammar = P {
  space * V 'any' * -1,
  any = V 'all' * (P '/' * space * V 'all') ^ 0 / any_of,
  all = (V 'item' * space) ^ 1 / all_of,
  item = (string_item + class_item + P '(' * space * V 'any' * P ')')
    * C(P '?' ^ -1) / function(part, optional)
      return part and optional == '?' and any_of(part, { {} }) or part
    end,
}

-- What is wrong with a sequence of a pattern that tells a stance, or of one that tells a kind.
local function wrong_places(seq, stance)
  local n, many = {}, 0
  for _, item in ipairs(seq) do
    local c = item:sub(1, 1)
    n[c] = (n[c] or 0) + 1
    many = many + (c ~= '=' and item:sub(-1) == '+' and 1 or 0)
    if item:find '^[apt]%+' then
      return 'Actor, Proposal and Target take no +'
    end
  end
  local a, p, t = n.a or 0, n.p or 0, n.t or 0
  if not stance then
    return a + p + t > 0 and 'Actor, Proposal and Target belong into a pattern with stance=' or nil
  elseif a ~= 1 or p > 1 or t > 1 or p + t == 0 then
    return 'the pattern of a stance has one Actor, and one Proposal or Target'
  elseif not n['='] then
    return 'the pattern of a stance has a word in quotes'
  end
  return many > 2 and 'the pattern of a stance has at most two +' or nil
end

--- Sequences of items as the core takes them ("=Operation C+"), or nil and what is wrong.
---@param text string such as '"Operation" Cap+ / "Resolution" Num'
---@param stance? string that it tells: 'Actor "gave the nod to" Proposal'
---@return string[]|nil sequences, string|nil message
function M.pattern(text, stance)
  local _, depth = text:gsub('%(', '')
  local found
  if #text <= MAX_NAME and depth <= MAX_DEPTH then
    found = pattern_grammar:match(text)
  end
  if not found then
    return nil, found == false and 'the pattern names an unknown class or has too many cases'
      or 'the pattern is not one: words in quotes, Word, Cap, Num, Acro, Actor, Proposal, Target, '
        .. '+, ?, ( / )'
  end
  local out = {}
  for _, seq in ipairs(found) do
    if #seq == 0 then
      return nil, 'the pattern fits nothing at all: not every part may be optional'
    end
    local message = wrong_places(seq, stance)
    if message then
      return nil, message
    end
    out[#out + 1] = table.concat(seq, ' ')
  end
  return out
end

-- ---- lines ------------------------------------------------------------------------------------

local ESCAPE = { ['\t'] = '\\t', ['\n'] = '\\n', ['\\'] = '\\\\' }
local UNESCAPE = { t = '\t', n = '\n', ['\\'] = '\\' }

local function escape(s)
  return (s:gsub('[\t\n\\]', ESCAPE))
end

local escaped = P '\\' * C(S 'tn\\') / UNESCAPE
local value = lpeg.Cs((escaped + (1 - S '\t\\')) ^ 1)
local field = P '\t' ^ 1 * Ct(C(R 'az' ^ 1) * '=' * value)
local correction = Ct(C(R 'az' ^ 1) * P '\t' ^ 1 * value * Ct(field ^ 0)) * P '\t' ^ 0 * Cp()

local function one_line(e)
  local out = { e.verb, escape(e.name) }
  for _, key in ipairs(FIELDS) do
    if e[key] then
      out[#out + 1] = key .. '=' .. escape(e[key])
    end
  end
  return table.concat(out, '\t')
end

local function check_text(what, s)
  if type(s) ~= 'string' or not s:find '%S' then
    return ('%s is empty'):format(what)
  elseif #s > MAX_NAME then
    return ('%s is longer than %d bytes'):format(what, MAX_NAME)
  elseif s:find '[%z\1-\8\11-\31\127]' then
    return ('%s holds a control character'):format(what)
  end
end

--- nil when a correction is well formed, else what is wrong with it.
---@param e EntenteCorrection
---@return string|nil
local function wrong(e)
  local verb = VERBS[e.verb]
  if not verb then
    return ('"%s" is none of mark, ignore, alias, merge, split, rename, pattern, noun, cue')
      :format(e.verb)
  end
  for _, key in ipairs(verb.needs) do
    if not e[key] then
      return ('%s needs %s='):format(e.verb, key)
    end
  end
  for _, key in ipairs(FIELDS) do
    if e[key] and not verb.may[key] then
      return ('%s takes no %s='):format(e.verb, key)
    end
    local message = e[key] and check_text(key, e[key])
    if message then
      return message
    end
  end
  if e.kind and not KINDS[e.kind] then
    return ('"%s" is none of person, country, organisation, group, place, proposal'):format(e.kind)
  end
  if e.where and not (' ' .. e.where .. ' '):find ' _ ' then
    return 'where= holds no _ in the place of the name'
  end
  if e.stance and not STANCES[e.stance] then
    return ('"%s" is no stance such as supports or opposes'):format(e.stance)
  end
  if e.frames and not e.frames:find '^[opigcvtnamdqAws]+$' then
    return ('frames "%s": letters such as o, i, g, c, t'):format(e.frames)
  end
  if e.verb == 'pattern' then
    if (e.kind and true or false) == (e.stance and true or false) then
      return 'pattern needs kind= or stance='
    end
    local _, message = M.pattern(e.name, e.stance)
    return message
  end
  return check_text('the name', e.name)
end

-- A line's correction, or nil and what is wrong.
local function read_line(line)
  local found, stop = correction:match(line)
  if not found then
    return nil, 'not a correction: what, name and fields with tabs between them'
  elseif stop <= #line then
    return nil, ('what begins at byte %d is no field such as kind=person'):format(stop)
  end
  local e = { verb = found[1], name = found[2] }
  for _, f in ipairs(found[3]) do
    if not IS_FIELD[f[1]] then
      return nil, ('field "%s" is none of %s'):format(f[1], table.concat(FIELDS, ', '))
    elseif e[f[1]] then
      return nil, ('field "%s" stands twice'):format(f[1])
    end
    e[f[1]] = f[2]
  end
  local message = wrong(e)
  if message then
    return nil, message
  end
  return e
end

-- ---- the file ---------------------------------------------------------------------------------

---@class EntenteLexicon
---@field lines table[] each { text =, entry =, undone = }
---@field errors { line: integer, message: string }[]
local Lexicon = {}
Lexicon.__index = Lexicon

local line_grammar = Ct((C((1 - P '\n') ^ 0) * P '\n') ^ 0) -- every line ends in a line break

--- Reads a file's text. Lines that are wrong are listed in `errors`, left out, kept in the
--- file.
---@param text string
---@return EntenteLexicon
function M.parse(text)
  local self = setmetatable({ lines = {}, errors = {} }, Lexicon)
  if text ~= '' and text:sub(-1) ~= '\n' then
    text = text .. '\n'
  end
  text = text:gsub('\r\n', '\n')
  for number, line in ipairs(line_grammar:match(text)) do
    local kept, body = { text = line }, line:match '^#~ (.*)$'
    if body then
      kept.undone = read_line(body)
    elseif line:find '%S' and line:sub(1, 1) ~= '#' then
      local message
      kept.entry, message = read_line(line)
      if message then
        self.errors[#self.errors + 1] = { line = number, message = message }
      end
    end
    self.lines[number] = kept
  end
  return self
end

--- The file's text again.
---@return string
function Lexicon:text()
  local out = {}
  for i, l in ipairs(self.lines) do
    out[i] = l.text .. '\n'
  end
  return table.concat(out)
end

-- Number of the last line in force, 0 when there is none.
local function last_entry(self)
  for i = #self.lines, 1, -1 do
    if self.lines[i].entry then
      return i
    end
  end
  return 0
end

--- Adds a correction; what was taken back can then no longer be redone.
---@param e EntenteCorrection
---@return boolean|nil ok, string|nil message
function Lexicon:add(e)
  local message = wrong(e)
  if message then
    return nil, message
  end
  if #self.lines == 0 then
    self.lines[1] = { text = HEAD:sub(1, -2) }
  end
  for i = #self.lines, last_entry(self) + 1, -1 do
    if self.lines[i].undone then
      table.remove(self.lines, i)
    end
  end
  local copy = { verb = e.verb, name = e.name }
  for _, key in ipairs(FIELDS) do
    copy[key] = e[key]
  end
  self.lines[#self.lines + 1] = { text = one_line(copy), entry = copy }
  return true
end

--- Takes the last correction back.
---@return EntenteCorrection|nil what was taken back
function Lexicon:undo()
  local i = last_entry(self)
  local l = self.lines[i]
  if not l then
    return nil
  end
  self.lines[i] = { text = '#~ ' .. l.text, undone = l.entry }
  return l.entry
end

--- Does again what was taken back last.
---@return EntenteCorrection|nil
function Lexicon:redo()
  for i = last_entry(self) + 1, #self.lines do
    local l = self.lines[i]
    if l.undone then
      self.lines[i] = { text = l.text:sub(4), entry = l.undone }
      return l.undone
    end
  end
  return nil
end

--- Corrections in force, in order.
---@return EntenteCorrection[]
function Lexicon:entries()
  local out = {}
  for _, l in ipairs(self.lines) do
    out[#out + 1] = l.entry
  end
  return out
end

-- ---- forms of a noun or verb --------------------------------------------------------------------

local function plural(n)
  if n:find '[^aeiou]y$' then
    return n:sub(1, -2) .. 'ies'
  end
  return n .. ((n:find '[sxz]$' or n:find '[cs]h$') and 'es' or 's')
end

-- Forms by the rules of spelling; an irregular verb's own forms can be given as lines of their own.
local function forms(verb)
  local stem = verb:gsub('e$', '')
  local past = verb:find '[^aeiou]y$' and verb:sub(1, -2) .. 'ied' or stem .. 'ed'
  return {
    { verb, 'base' }, { plural(verb), 's' }, { past, 'past' }, { past, 'participle' },
    { (verb:find 'ee$' and verb or stem) .. 'ing', 'ing' },
  }
end

-- Rules of a noun or cue, one for each form of its word.
local function word_rules(e, out)
  if e.verb == 'noun' then
    for _, name in ipairs { e.name, plural(e.name) } do
      out[#out + 1] = { op = 'noun', name = name }
    end
    return
  end
  local first, rest = e.name:match '^(%S+)(.*)$'
  if not first then -- nothing but white space that the file's grammar takes for a letter
    return
  end
  for _, f in ipairs(forms(first:lower())) do
    out[#out + 1] = { op = 'cue', name = f[1] .. rest,
      to = ('%s %s %s'):format(e.stance, e.frames or 'o', f[2]) }
  end
end

--- What core.rules takes.
---@return table[]
function Lexicon:rules()
  local out = {}
  for _, e in ipairs(self:entries()) do
    local verb = VERBS[e.verb]
    local names = { e.name }
    if e.verb == 'noun' or e.verb == 'cue' then
      word_rules(e, out)
      names = {}
    elseif e.verb == 'pattern' then
      names = M.pattern(e.name, e.stance)
    end
    for _, name in ipairs(names) do
      out[#out + 1] = { op = verb.op, kind = e.kind, name = name, to = verb.to and e[verb.to],
        context = e.where }
    end
  end
  return out
end

--- A sentence that says what a correction does, for messages.
---@param e EntenteCorrection
---@return string
function M.describe(e)
  local s = { mark = '%s is a %s', ignore = '%s is ignored', alias = '%s is another name of %s',
    merge = '%s is joined with %s', split = '%s stands for itself', rename = '%s is called %s',
    pattern = '%s is a %s', noun = '%s names a proposal', cue = '%s tells that somebody %s' }
  local other = e.of or e.into or (e.verb == 'rename' and e.as) or e.stance or e.kind
  local form = e.verb == 'pattern' and e.stance and s.cue or s[e.verb]
  local told = form:format(e.name, other):gsub(' is a ([aeiou])', ' is an %1')
  return told .. (e.where and (' in "%s"'):format(e.where) or '')
end

--- Words around a span, for `where`: up to `count` on each side, in the same sentence.
---@param doc userdata
---@param from integer
---@param to integer
---@param count? integer 2 when left out
---@return string
function M.context(doc, from, to, count)
  count = count or 2
  local first, last = doc:sentence(from)
  local before, after = {}, {}
  for w in doc:text(first, from):gmatch '[%w\128-\255]+' do
    before[#before + 1] = w
  end
  for w in doc:text(to, last):gmatch '[%w\128-\255]+' do
    after[#after + 1] = w
  end
  local out = {}
  for i = math.max(1, #before - count + 1), #before do
    out[#out + 1] = before[i]
  end
  out[#out + 1] = '_'
  for i = 1, math.min(count, #after) do
    out[#out + 1] = after[i]
  end
  return table.concat(out, ' ')
end

-- ---- a project's corrections ------------------------------------------------------------------

---@class EntenteCorrections
---@field path string
---@field lexicon EntenteLexicon
---@field message? string why the last change failed
local Store = {}
Store.__index = Store

--- Corrections kept in a file. `files` has read(path) -> text or nil, and update(path, change),
--- which calls change(text) -> new text under a lock and writes what it returns
--- (lua/entente/files.lua).
---@param path string
---@param files table
---@return EntenteCorrections
function M.open(path, files)
  local lexicon = M.parse(files.read(path) or '')
  return setmetatable({ path = path, files = files, lexicon = lexicon }, Store)
end

--- Reads the file again.
---@return EntenteLexicon
function Store:reload()
  self.lexicon = M.parse(self.files.read(self.path) or '')
  return self.lexicon
end

-- Does something to the newest state of the file, under its lock.
local function change(self, act)
  local result, message
  local ok, failure = self.files.update(self.path, function(text)
    self.lexicon = M.parse(text or '')
    result, message = act(self.lexicon)
    return result and self.lexicon:text() or nil
  end)
  self.message = message or (not ok and failure) or nil
  self.last = result
  return self
end

for verb in pairs(VERBS) do
  Store[verb] = function(self, e)
    local copy = { verb = verb }
    for k, v in pairs(e) do
      copy[k] = v
    end
    return change(self, function(lexicon)
      return lexicon:add(copy)
    end)
  end
end

--- Takes the last correction of the file back; `last` then holds it, or nil.
function Store:undo()
  return change(self, function(lexicon)
    return lexicon:undo()
  end)
end

function Store:redo()
  return change(self, function(lexicon)
    return lexicon:redo()
  end)
end

--- Rules of the corrections in force, for a model; nil, message when there are none.
---@param core table
---@param model userdata
---@return userdata|nil rules, string|nil message
function Store:rules(core, model)
  return core.rules(model, self.lexicon:rules())
end

return M
