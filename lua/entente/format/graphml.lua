--- format.graphml: a graph for Gephi, yEd, NetworkX: who takes which stance on what.
local M = { shapes = { tag = true }, single = true }

function M.tag(doc, text, name, _, write)
  local c = require('entente.report.collect').new()
  c:document(name, nil, text, doc)
  local graph, n = require('entente.report.graph').graphml(c:finish())
  write(graph)
  return n
end

return M
