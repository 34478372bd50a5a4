--- format.dot: a graph for Graphviz: who takes which stance on what.
local board = require 'entente.board'

local M = { shapes = { tag = true }, single = true }

function M.tag(doc, _, _, _, write)
  local b = board.of(doc)
  write(board.dot(b))
  return #b.rows
end

return M
