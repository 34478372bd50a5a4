--- lsp.structure: how a text is built: what folds, what a selection grows to, what is a link.
local dossier = require 'entente.lsp.dossier'
local slice = require 'entente.lsp.slice'

local M = {}

-- Mention, sentence, whole text.
local function selection_ranges(text, params)
  local out = {}
  for i, p in ipairs(params.positions) do
    local byte = text:byte(p)
    local range = { range = text:range(0, text.doc:length()) }
    if text.doc:length() > 0 then
      local from, to = text.doc:sentence(math.min(byte, text.doc:length() - 1))
      local trimmed = text.doc:text(from, to):match '^(.-)%s*$'
      range = { range = text:range(from, from + #trimmed), parent = range }
    end
    local m = text:mention(byte)
    if m then
      range = { range = text:range(m.from, m.to), parent = range }
    end
    out[i] = range
  end
  return out
end

-- Level of a Markdown heading; nil for other lines.
local function level_of(line)
  local marks = line:match '^(#+)%s'
  return marks and #marks <= 6 and #marks or nil
end

local function fold(out, from, to, kind)
  if to > from then
    out[#out + 1] = { startLine = from, endLine = to, kind = kind }
  end
end

-- Closes the sections that a heading of this level ends; blank lines at their end stay outside.
local function close_sections(out, open, level, last)
  while open[1] and open[#open].level >= level do
    fold(out, table.remove(open).line, last, 'region')
  end
end

--- Paragraphs of more than one line, and what stands under a heading.
local function folding_ranges(text)
  local out, open, paragraph, last = {}, {}, nil, 0
  for line = 0, text.lines:count() - 1 do
    slice.breathe()
    local from = text.lines:start(line)
    local s = text.doc:text(from, math.min(text.lines:start(line + 1), from + 16))
    local level, blank = level_of(s), not s:find '%S'
    if blank or level then
      fold(out, paragraph or line, paragraph and last or line)
      paragraph = nil
    end
    if level then
      close_sections(out, open, level, last)
      open[#open + 1] = { level = level, line = line }
    elseif not blank then
      paragraph = paragraph or line
    end
    last = blank and last or line
  end
  fold(out, paragraph or last, last)
  close_sections(out, open, 0, last)
  return out
end

-- Names of which the project's corrections speak lead to their line there.
local function links(text)
  local out, seen = {}, {}
  for _, entry in ipairs(dossier.entries(text)) do
    local flat = text.doc:refs(entry.entity)
    for i = 1, #flat, 6 do
      slice.breathe()
      if flat[i + 3] == 0 and not seen[flat[i]] then
        seen[flat[i]] = true
        out[#out + 1] = { range = text:range(flat[i], flat[i + 1]), target = entry.target,
          tooltip = entry.tooltip }
      end
    end
  end
  return out
end

function M.install(_, about)
  about('textDocument/selectionRange', selection_ranges, { list = true })
  about('textDocument/foldingRange', folding_ranges, { list = true, fresh = true })
  about('textDocument/documentLink', links, { list = true, fresh = true })
end

return M
