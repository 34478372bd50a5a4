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

--- Byte of a position; positions past a line's or the text's end mean that end.
---@param p {line: integer, character: integer}
---@return integer
function Text:byte(p)
  local line = math.max(0, math.floor(p.line))
  if line >= self.lines:count() then
    return self.doc:length()
  end
  local from, to = self.lines:start(line), self:line_end(line)
  return from + core.seek(self.doc:text(from, to), self.unit, 0, math.max(0, p.character))
end

--- Position of a byte.
---@param byte integer
---@return {line: integer, character: integer}
function Text:position(byte)
  local line = self.lines:of(byte)
  local from = self.lines:start(line)
  local character = core.count(self.doc:text(from, byte), self.unit, 0, byte - from)
  return { line = line, character = character }
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

--- Stances, asked for once a revision.
function Text:stances()
  local revision = self.doc:revision()
  if self.stances_of ~= revision then
    self.stances_of, self.stances_list = revision, self.doc:stances() or {}
  end
  return self.stances_list
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
