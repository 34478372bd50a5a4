--- lsp.text: an open text of a client: the document, its lines, positions in the client's encoding.
local core = require 'entente.core'

local M = {}

---@class EntenteLspText
---@field uri string
---@field version integer|nil
---@field doc userdata
---@field lines userdata
---@field unit 'byte'|'codepoint'|'utf16'
local Text = {}
Text.__index = Text

--- Opens a text.
---@param ent table the module
---@param item table textDocument of didOpen
---@param unit string
---@return EntenteLspText|nil, string|nil
function M.open(ent, item, unit)
  local doc, message = ent.open(item.text)
  if not doc then
    return nil, message
  end
  return setmetatable({
    uri = item.uri,
    language = item.languageId,
    version = item.version,
    doc = doc,
    lines = core.lines(item.text),
    unit = unit,
  }, Text)
end

-- End of a line without its line break.
function Text:line_end(line)
  local from, to = self.lines:start(line), self.lines:start(line + 1)
  if line + 1 < self.lines:count() then
    to = to - 1
    if to > from and self.doc:text(to - 1, to) == '\r' then
      to = to - 1
    end
  end
  return to
end

-- Columns of lines longer than this are not counted from their start.
M.LONG = 1024 -- bytes

-- The count of units that makes long lines cheap, from the first of them on.
local function columns(self)
  if not self.columns then
    self.columns = require('entente.lsp.columns').new(self.unit, self.doc:length(),
      function(from, to)
        return self.doc:text(from, to)
      end)
  end
  return self.columns
end

-- Units in [from, to), which lies on one line.
local function width(self, from, to)
  if self.unit == 'byte' then
    return to - from
  elseif to - from <= M.LONG then
    return core.count(self.doc:text(from, to), self.unit, 0, to - from)
  end
  return columns(self):before(to) - columns(self):before(from)
end

-- The byte so many units behind `from`, at most `to`, where the line ends.
local function advance(self, from, to, units)
  if self.unit == 'byte' then
    local at = math.min(from + units, to)
    while at > from and at < to and self.doc:text(at, at + 1):find '[\128-\191]' do
      at = at - 1 -- inside a character: before it
    end
    return at
  elseif to - from <= M.LONG then
    return from + core.seek(self.doc:text(from, to), self.unit, 0, units)
  end
  return math.min(to, columns(self):seek(columns(self):before(from) + units))
end

--- Byte of a position; positions past a line's or the text's end mean that end.
---@param p {line: integer, character: integer}
---@return integer
function Text:byte(p)
  local line = math.max(0, math.floor(p.line))
  if line >= self.lines:count() then
    return self.doc:length()
  end
  local units = math.max(0, math.floor(p.character))
  return advance(self, self.lines:start(line), self:line_end(line), units)
end

--- Position of a byte.
---@param byte integer
---@return {line: integer, character: integer}
function Text:position(byte)
  local line = self.lines:of(byte)
  return { line = line, character = width(self, self.lines:start(line), byte) }
end

--- Range of the protocol for the bytes [from, to).
function Text:range(from, to)
  return { start = self:position(from), ['end'] = self:position(to) }
end

--- Location of the protocol.
function Text:location(from, to)
  return { uri = self.uri, range = self:range(from, to) }
end

--- Bytes of a range of the protocol, in order.
function Text:span(range)
  local a, b = self:byte(range.start), self:byte(range['end'])
  return math.min(a, b), math.max(a, b)
end

local function apply(self, at, removed, added)
  self.doc:edit(at, removed, added)
  self.lines:edit(at, removed, added)
  if self.columns then
    self.columns:edit(at, removed, #added)
  end
end

--- One change of didChange: a range, or the whole text, of which only what differs is an edit.
function Text:change(change)
  if change.range then
    local from, to = self:span(change.range)
    return apply(self, from, to - from, change.text)
  end
  local at, removed, added = core.differ(self.doc:text(), change.text)
  if removed > 0 or #added > 0 then
    apply(self, at, removed, added)
  end
end

--- Text of a span on one line.
function Text:flat(from, to)
  local text = self.doc:text(from, to):gsub('%s+', ' ')
  return (text:gsub('^ ', ''):gsub(' $', ''))
end

--- The sentence around a byte, on one line.
function Text:sentence(byte)
  local from, to = self.doc:sentence(byte)
  return self:flat(from, to)
end

--- What is at a position: a mention, or nil.
---@return {from: integer, to: integer, kind: integer, form: integer, entity: integer}|nil
function Text:mention(byte)
  local from, to, kind, form, entity = self.doc:at(byte)
  if not from and byte > 0 then -- a cursor just behind a word
    from, to, kind, form, entity = self.doc:at(byte - 1)
  end
  if from and entity >= 0 then
    return { from = from, to = to, kind = kind, form = form, entity = entity }
  end
end

--- The entity of a name: as it is shown to the client, or any that the engine knows it by.
---@param name string
---@return integer|nil
function Text:find(name)
  local id = self.doc:find(name)
  for i = 0, id and -1 or self.doc:count() - 1 do
    if self.doc:entity(i).name == name then
      return i
    end
  end
  return id
end

--- Stances, asked for once a revision.
function Text:stances()
  local revision = self.doc:revision()
  if self.stances_of ~= revision then
    self.stances_of, self.stances_list = revision, self.doc:stances() or {}
  end
  return self.stances_list
end

--- Stances an entity takes, and those taken on it or on what it is addressed by.
---@param id integer
---@return table[] takes, table[] taken
function Text:stances_by(id)
  local list = self:stances()
  if self.by_of ~= list then
    local takes, taken = {}, {}
    local function add(to, who, s)
      if who and not (to[who] and to[who][#to[who]] == s) then
        to[who] = to[who] or {}
        table.insert(to[who], s)
      end
    end
    for _, s in ipairs(list) do
      add(takes, s.actor, s)
      add(taken, s.proposal, s)
      add(taken, s.target, s)
    end
    self.by_of, self.takes, self.taken = list, takes, taken
  end
  return self.takes[id] or {}, self.taken[id] or {}
end

--- What is worth a question in the text, asked for once a revision (entente.lint).
---@return entente.Doubt[]
function Text:doubts()
  local revision = self.doc:revision()
  if self.doubts_of ~= revision then
    local list = require('entente.lint').check(self.doc, require('entente.lsp.slice').breathe)
    self.doubts_of, self.doubts_list = revision, list
  end
  return self.doubts_list
end

--- Forgets what is remembered of the text as analysed: corrections change it without an edit.
function Text:forget()
  self.stances_of, self.by_of, self.doubts_of, self.members_of = nil, nil, nil, nil
end

--- Reads on for a slice; tells the client how much of a large text is read.
---@param server table
---@return boolean done
function Text:advance(server)
  local done, size = self.doc:advance(16384), self.doc:length()
  self.pending = not done
  if done then
    server.progress.done(server, self)
  elseif size >= server.progress.LARGE then
    self.read = (self.read or 0) + 16384
    server.progress.report(server, self, 'Reading', math.min(0.99, self.read / size))
  end
  return done
end

--- The stance whose cue holds a byte, or nil.
function Text:cue(byte)
  for _, s in ipairs(self:stances()) do
    for _, c in ipairs(s.cues) do
      if byte >= c[1] and byte <= c[2] then
        return s
      end
    end
  end
end

return M
