--- format: the ways to print an answer. Each is a module of its own under format/, which says what
--- shapes of answers it has words for:
---
---     shapes              { tag, board, rows, stances, refs, card } it can print
---     single              true when it holds one document only
---     head(shape), foot() what comes before the first document and after the last
---     tag(doc, text, name, opts, write)        -> how much was found; nil, message
---     rows(rows, name, opts, write, text)      actors and proposals
---     board(doc, ...)                          actors × proposals, of export
---     stances(rows, ...), refs(rows, ...), card(card, ...)
local M = {}

M.names = {
  'text', 'jsonl', 'csv', 'vimgrep', 'conll', 'ann', 'html', 'dot', 'graphml', 'md', 'spell', 'kak',
}

-- The shape of each command's answer.
M.shapes = {
  tag = 'tag', export = 'tag', actors = 'rows', proposals = 'rows', stances = 'stances',
  refs = 'refs', show = 'card',
}

--- The shape of a command's answer in a format: `export` of a table is the board of who stands
--- where.
---@param command string
---@param format string
---@return string
function M.shape(command, format)
  return command == 'export' and M.get(format).shapes.board and 'board' or M.shapes[command]
end

--- The module of a format.
---@param name string one of M.names
---@return table
function M.get(name)
  return require('entente.format.' .. name)
end

return M
