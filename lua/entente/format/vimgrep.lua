--- format.vimgrep: FILE:LINE:COLUMN:TEXT, for quickfix lists and anything that reads grep's output.
local core = require 'entente.core'
local lists = require 'entente.lists'
local pos = require 'entente.pos'

local M = { shapes = { tag = true, rows = true, stances = true, refs = true } }

local function entry(write, name, row, text)
  write(core.printable(lists.one_line(name)), ':', row.line, ':', row.column, ':',
    core.printable(text), '\n')
end

function M.tag(doc, text, name, _, write)
  local where, m = pos.lines(text), doc:marks()
  for i = 1, #m, 6 do
    local line, column = where(m[i])
    entry(write, name, { line = line + 1, column = column + 1 },
      core.kinds[m[i + 2] + 1] .. ': ' .. lists.one_line(text:sub(m[i] + 1, m[i + 1])))
  end
  return #m
end

function M.rows(rows, name, _, write)
  for _, r in ipairs(rows) do
    entry(write, name, r, ('%s (%s, %d)'):format(r.name, r.kind, r.mentions))
  end
end

function M.stances(rows, name, _, write)
  for _, s in ipairs(rows) do
    entry(write, name, s, lists.stance_words(s))
  end
end

function M.refs(rows, name, _, write)
  for _, r in ipairs(rows) do
    entry(write, name, r, r.sentence)
  end
end

return M
