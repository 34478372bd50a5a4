--- board: actors × proposals as data. Host-free: a function of the stances of a document.
---
--- A board: { rows = { { id, name, kind, cells } }, columns = { { id, name, kind } } }, both in
--- the order of the first stance; what is said of an actor and no proposal (criticism, a meeting)
--- has a column of that actor, behind the proposals. `cells[c]` is what the row's actor
--- does to the proposal of column c:
--- { marks = { "demands", "not accepts", "supports?" } each once, in text order; label = of the
--- first, evidence = { { cue, sentence, stance, by, score } } one for each place }.
local core = require 'entente.core'

local M = {}

-- One mark for each stance that tells them apart without colour; "!" negated, "?" hedged.
local SIGN = {
  proposes = '^', demands = '>', supports = '+', accepts = '=', opposes = '-', discusses = '~',
  threatens = '*', criticises = '#',
}
M.signs = SIGN

--- The words of one stance: "not accepts", "supports?".
---@param s table a stance as doc:stances() gives it
---@return string
function M.mark(s)
  return (s.negated and 'not ' or '') .. core.labels[s.label + 1] .. (s.hedged and '?' or '')
end

local function add_once(list, item)
  for _, v in ipairs(list) do
    if v == item then
      return
    end
  end
  list[#list + 1] = item
end

-- The number of a row or column, made when it is new.
local function place(list, index, id, entity)
  if not index[id] then
    local e = entity(id) or { name = '?', kind = 0 }
    list[#list + 1] = {
      id = id, name = e.name, kind = core.kinds[e.kind + 1], first = e.first, cells = {},
    }
    index[id] = #list
  end
  return index[id]
end

--- The board of a document.
---@param doc userdata
---@param least? number stances with a lower score are left out
---@return table
function M.of(doc, least)
  local board, row_of, column_of = { rows = {}, columns = {} }, {}, {}
  local function entity(id)
    return doc:entity(id)
  end
  local function add(s, about)
    local row = board.rows[place(board.rows, row_of, s.actor, entity)]
    local c = place(board.columns, column_of, about, entity)
    local cell = row.cells[c] or { marks = {}, label = core.labels[s.label + 1], evidence = {} }
    add_once(cell.marks, M.mark(s))
    cell.evidence[#cell.evidence + 1] = {
      cue = s.cues[1], sentence = s.sentence, stance = M.mark(s), by = s.by, score = s.score,
    }
    row.cells[c] = cell
  end
  local between = {}
  for _, s in ipairs(doc:stances() or {}) do
    if s.actor and s.score >= (least or 0) then
      if s.proposal then
        add(s, s.proposal)
      elseif s.target then
        between[#between + 1] = s
      end
    end
  end
  for _, s in ipairs(between) do
    add(s, s.target)
  end
  return board
end

-- ---- the same as text ---------------------------------------------------------------------------

local function one_line(s)
  return (s:gsub('%s+', ' '))
end

-- Calls `write_row(cells)` for the head, then for each actor.
local function each_row(board, write_row)
  local head = { 'actor' }
  for c, column in ipairs(board.columns) do
    head[c + 1] = one_line(column.name)
  end
  write_row(head)
  for _, row in ipairs(board.rows) do
    local cells = { one_line(row.name) }
    for c = 1, #board.columns do
      cells[c + 1] = row.cells[c] and table.concat(row.cells[c].marks, '; ') or ''
    end
    write_row(cells)
  end
end

local function csv_cell(s)
  s = core.printable(s)
  if s:find '^[=+@-]' then
    s = "'" .. s -- no formula for a spreadsheet
  end
  return s:find '[",\n\r]' and '"' .. s:gsub('"', '""') .. '"' or s
end

--- The board as comma-separated values (RFC 4180).
---@param board table
---@param name? string of the document, for a first column
---@return string
function M.csv(board, name)
  local out = {}
  each_row(board, function(cells)
    if name then
      table.insert(cells, 1, #out == 0 and 'doc' or name)
    end
    for i, s in ipairs(cells) do
      cells[i] = csv_cell(s)
    end
    out[#out + 1] = table.concat(cells, ',') .. '\n'
  end)
  return table.concat(out)
end

--- The board as a Markdown table.
---@param board table
---@return string
function M.md(board)
  local out = {}
  each_row(board, function(cells)
    for i, s in ipairs(cells) do
      cells[i] = core.printable(s):gsub('[|\\<>&`*_%[%]]', '\\%0')
    end
    out[#out + 1] = '| ' .. table.concat(cells, ' | ') .. ' |\n'
    if #out == 1 then
      out[2] = '|' .. ('---|'):rep(#cells) .. '\n'
    end
  end)
  return table.concat(out)
end

local function quoted(s)
  return '"' .. core.printable(one_line(s)):gsub('[\\"]', '\\%0') .. '"'
end

local COLOUR = {
  supports = 'green4', accepts = 'green4', proposes = 'blue4', demands = 'orange3',
  opposes = 'red3', threatens = 'red3', criticises = 'red3', discusses = 'gray40',
}

--- The board as a graph for Graphviz: an edge for each cell, coloured by its first stance, dashed
--- when all are uncertain.
---@param board table
---@return string
function M.dot(board)
  local out = { 'digraph entente {\n  rankdir=LR; node [shape=ellipse];\n' }
  for _, column in ipairs(board.columns) do
    if column.kind == 'proposal' then
      out[#out + 1] = ('  %s [shape=box];\n'):format(quoted(column.name))
    end
  end
  for _, row in ipairs(board.rows) do
    for c, column in ipairs(board.columns) do
      local cell = row.cells[c]
      if cell then
        local marks = table.concat(cell.marks, ', ')
        out[#out + 1] = ('  %s -> %s [label=%s, color=%s%s];\n'):format(quoted(row.name),
          quoted(column.name), quoted(marks), COLOUR[cell.label],
          select(2, marks:gsub('%?', '')) == #cell.marks and ', style=dashed' or '')
      end
    end
  end
  out[#out + 1] = '}\n'
  return table.concat(out)
end

return M
