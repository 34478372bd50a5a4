--- format.dot: a graph for Graphviz: who takes which stance on what.
local core = require 'entente.core'
local lists = require 'entente.lists'

local M = { shapes = { tag = true }, single = true }

local function quoted(s)
  return '"' .. core.printable(lists.one_line(s)):gsub('[\\"]', '\\%0') .. '"'
end

local colour = { supports = 'green4', accepts = 'green4', proposes = 'blue4', demands = 'orange3',
  opposes = 'red3', threatens = 'red3', criticises = 'red3', discusses = 'gray40' }

function M.tag(doc, text, _, _, write)
  write 'digraph entente {\n  rankdir=LR; node [shape=ellipse];\n'
  local rows = lists.stances(doc, text)
  local drawn = {}
  for _, s in ipairs(rows) do
    if s.proposal and not drawn[s.proposal] then
      drawn[s.proposal] = true
      write('  ', quoted(s.proposal_name), ' [shape=box];\n')
    end
  end
  for _, s in ipairs(rows) do
    local to = s.proposal_name or s.target_name
    if to then
      write(('  %s -> %s [label=%s, color=%s%s];\n'):format(quoted(s.actor_name), quoted(to),
        quoted((s.negated and 'not ' or '') .. s.stance), colour[s.stance],
        s.hedged and ', style=dashed' or ''))
    end
  end
  write '}\n'
  return #rows
end

return M
