--- format.md: Markdown tables of actors, proposals and stances, and who stands where on what.
local board = require 'entente.board'
local core = require 'entente.core'
local lists = require 'entente.lists'

local M = { shapes = { tag = true } }

local function cell(s)
  return (core.printable(lists.one_line(s or '')):gsub('[|\\<>&`*_%[%]]', '\\%0'))
end

local function rows_of(list, write)
  for _, r in ipairs(list) do
    write('| ', cell(r.name), ' | ', r.kind, ' | ', r.mentions, ' | ',
      lists.count_words(r.stances), ' |\n')
  end
end

function M.tag(doc, text, name, _, write)
  local actors, proposals = lists.actors(doc, text), lists.proposals(doc, text)
  write('## ', cell(name), '\n\n| name | kind | mentions | stances |\n|---|---|---|---|\n')
  rows_of(actors, write)
  rows_of(proposals, write)
  local stances = lists.stances(doc, text)
  if #stances > 0 then
    write '\n| stance | line | sentence |\n|---|---|---|\n'
    for _, s in ipairs(stances) do
      write('| ', cell(lists.stance_words(s)), ' | ', s.line, ' | ',
        cell(text:sub(s.sentence[1] + 1, s.sentence[2])), ' |\n')
    end
  end
  local b = board.of(doc)
  if #b.rows > 0 then
    write('\n', board.md(b))
  end
  write '\n'
  return #actors + #proposals
end

return M
