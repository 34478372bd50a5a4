--- cli.source: the texts behind an index: sentences and places of what it tells. A file is read
--- when it is asked for, the last one kept; one that has changed since then has no places.
local core = require 'entente.core'
local lists = require 'entente.lists'
local pos = require 'entente.pos'
local reader = require 'entente.host.cli.reader'

local M = {}
M.__index = M

---@class EntenteSource
---@field ix EntenteIndex

--- The texts behind an index.
---@param ix EntenteIndex
---@return EntenteSource
function M.new(ix)
  return setmetatable({ ix = ix }, M)
end

local function read(ix, id)
  local d = ix:document(id)
  if not d then
    return { problem = 'is no longer in the index' }
  end
  local path = ix.root .. '/' .. d.path
  local content, message = reader.content(path, 1073741824)
  if not content then
    return { document = d, problem = message }
  end
  local hash = ix:sql('SELECT file.hash FROM doc JOIN file ON file.id = doc.file WHERE doc.id = ?')
    :row(id)
  if hash and hash ~= core.hash(content) then
    return { document = d, problem = 'has changed since it was indexed' }
  end
  local parts
  parts, message = reader.parts(path, content, d.path)
  for _, part in ipairs(parts or {}) do
    if part.part == d.part then
      local shown = part.source and content or part.text
      return { document = d, text = part.text, part = part, where = pos.lines(shown) }
    end
  end
  return { document = d, problem = message or 'has no such part' }
end

--- A document with its text: { document =, text =, problem = why there is no text }.
---@param id integer
---@return table
function M:get(id)
  if not self.last or self.id ~= id then
    self.last, self.id = read(self.ix, id), id
  end
  return self.last
end

--- Line and column, from 1, of a byte of a document; 1, 1 when the text is not to be had. In a file
--- of JSON lines, the line of the document.
---@param id integer
---@param byte integer
---@return integer line, integer column
function M:place(id, byte)
  local t = self:get(id)
  if not t.text then
    return 1, 1
  elseif t.document.part > 0 then
    return t.document.part, 1
  end
  local line, column = t.where(t.part.source and t.part.source(byte) or byte)
  return line + 1, column + 1
end

--- The sentence of a span, on one line; what is wrong, in brackets, when it is not to be had.
---@param id integer
---@param span integer[]
---@return string
function M:sentence(id, span)
  local t = self:get(id)
  return t.text and lists.one_line(t.text:sub(span[1] + 1, span[2])) or '(' .. t.problem .. ')'
end

--- The line of text around a byte: a stand-in for its sentence, at most 300 bytes of it.
---@param id integer
---@param byte integer
---@param model fun(text: string): userdata|nil opens a document, to find sentences
---@return string
function M:around(id, byte, model)
  local t = self:get(id)
  if not t.text then
    return '(' .. t.problem .. ')'
  end
  t.doc = t.doc or model(t.text)
  local from, to = t.doc:sentence(byte)
  return lists.one_line(t.text:sub((from or byte) + 1, to or byte))
end

return M
