--- tables: rows and columns of what the text holds (actors, proposals, stances, timeline), laid
--- out as lines.
---
--- A table: { title =, columns = { { name =, right = }, ... }, rows = { ... } }. A row: { cells,
--- at =, to = (its place in the text), key = (what it is, to find it again after an edit),
--- groups = { [column] = highlight group } }. Knows no editor.
local board = require 'entente.board'
local commands = require 'entente.commands'
local dates = require 'entente.dates'
local view = require 'entente.view'

local M = {}

local PROPOSAL = 5

-- For each entity: how many stances it takes, or are taken on it, by label.
local function sums(q)
  local of = {}
  local function count(id, label)
    if id then
      of[id] = of[id] or {}
      of[id][label] = (of[id][label] or 0) + 1
    end
  end
  for _, s in ipairs(commands.stances_of(q)) do
    count(s.actor, s.label + 1)
    if s.proposal ~= s.actor then
      count(s.proposal, s.label + 1)
    end
  end
  return of
end

local function sum_text(q, of)
  local out = {}
  for i, label in ipairs(q.ent.labels) do
    if of and of[i] then
      out[#out + 1] = label .. ' ' .. of[i]
    end
  end
  return table.concat(out, ', ')
end

-- "proposed by": who takes a stance of this label on a proposal.
local function who(q, id, label)
  local out, seen = {}, {}
  for _, s in ipairs(commands.stances_of(q, id)) do
    if s.proposal == id and s.actor and q.ent.labels[s.label + 1] == label and not s.negated then
      local e = not seen[s.actor] and q.doc:entity(s.actor)
      seen[s.actor] = true
      out[#out + 1] = e and e.name or nil
    end
  end
  return table.concat(out, ', ')
end

local function row(e, cells, groups)
  return {
    cells = cells,
    at = e.first[1],
    to = e.first[2],
    id = e.id,
    key = e.kind .. e.name,
    groups = groups,
  }
end

--- Everyone and every body that acts, and places.
function M.actors(q)
  local rows, of = {}, sums(q)
  for id = 0, q.doc:count() - 1 do
    local e = q.doc:entity(id)
    if e.kind ~= PROPOSAL and (not q.kind or q.ent.kinds[e.kind + 1] == q.kind) then
      local cells = { e.name, q.ent.kinds[e.kind + 1], e.mentions, q.line(e.first[1]) }
      cells[5] = sum_text(q, of[id])
      rows[#rows + 1] = row(e, cells, { view.kind_groups[e.kind + 1] })
    end
  end
  local columns = {
    { name = 'actor' },
    { name = 'kind' },
    { name = 'mentions', right = true },
    { name = 'line', right = true },
    { name = 'stances' },
  }
  return { title = 'Actors', columns = columns, rows = rows }
end

--- Every proposal with who is for and against it.
function M.proposals(q)
  local rows, of = {}, sums(q)
  for id = 0, q.doc:count() - 1 do
    local e = q.doc:entity(id)
    if e.kind == PROPOSAL then
      local n = of[id] or {}
      rows[#rows + 1] = row(e, {
        e.name,
        e.mentions,
        q.line(e.first[1]),
        who(q, id, 'proposes'),
        (n[3] or 0) + (n[4] or 0),
        (n[5] or 0),
        who(q, id, 'demands'),
      }, { 'EntenteProposal' })
    end
  end
  local columns = {
    { name = 'proposal' },
    { name = 'mentions', right = true },
    { name = 'line', right = true },
    { name = 'proposed by' },
    { name = 'for', right = true },
    { name = 'against', right = true },
    { name = 'demanded by' },
  }
  return { title = 'Proposals', columns = columns, rows = rows }
end

local function name_of(q, id)
  local e = id and q.doc:entity(id)
  return e and e.name or ''
end

--- Every stance with the sentence that proves it.
function M.stances(q)
  local rows, id = {}, q.name and q.name ~= '' and q.doc:find(q.name) or nil
  for _, s in ipairs(commands.stances_of(q, id)) do
    local label = (s.negated and 'not ' or '') .. q.ent.labels[s.label + 1]
    local cue = s.cues[1]
    local cells = {
      q.line(cue[1]),
      name_of(q, s.actor),
      label .. (s.hedged and ' (maybe)' or ''),
      name_of(q, s.proposal),
      name_of(q, s.target),
      name_of(q, s.by),
      commands.sentence(q.doc, cue[1]),
    }
    rows[#rows + 1] = {
      cells = cells,
      at = cue[1],
      to = cue[2],
      id = s.actor,
      key = cells[2] .. '\0' .. label .. '\0' .. cells[4],
      groups = { [3] = view.stance_groups[s.label + 1], [4] = 'EntenteProposal' },
    }
  end
  local columns = {
    { name = 'line', right = true },
    { name = 'actor' },
    { name = 'stance' },
    { name = 'proposal' },
    { name = 'to' },
    { name = 'says' },
    { name = 'sentence' },
  }
  local title = id and 'Stances of ' .. name_of(q, id) or 'Stances'
  return { title = title, columns = columns, rows = rows }
end

--- Stances in sentences that give a date, in the order of the dates.
function M.timeline(q)
  local rows = {}
  for _, s in ipairs(commands.stances_of(q)) do
    local text = commands.sentence(q.doc, s.cues[1][1])
    local date = dates.find(text)
    if date then
      local cells = { date, commands.phrase(q, s), q.line(s.cues[1][1]), text }
      rows[#rows + 1] = {
        cells = cells,
        at = s.cues[1][1],
        to = s.cues[1][2],
        id = s.actor,
        key = date .. cells[2],
        groups = { [2] = view.stance_groups[s.label + 1] },
      }
    end
  end
  table.sort(rows, function(a, b)
    if a.cells[1] ~= b.cells[1] then
      return a.cells[1] < b.cells[1]
    end
    return a.at < b.at
  end)
  local columns = { { name = 'date' }, { name = 'stance' }, { name = 'line', right = true } }
  columns[4] = { name = 'sentence' }
  return { title = 'Timeline', columns = columns, rows = rows }
end

local function group_of_label(q, label)
  for i, name in ipairs(q.ent.labels) do
    if name == label then
      return view.stance_groups[i]
    end
  end
end

local HEAD = 24 -- characters of a proposal's name that head its column

local function short(name)
  local n, at = 0, 1
  while at <= #name and n < HEAD do
    at = at + #(name:match('^[%z\1-\127\194-\244][\128-\191]*', at) or ' ')
    n = n + 1
  end
  return at > #name and name or name:sub(1, at - 1) .. '…'
end

--- Actors × proposals: what each actor's position on each proposal is. A row's `places` has the
--- sentence behind each cell.
function M.board(q)
  local data = board.of(q.doc, q.min_score)
  local columns, rows = { { name = 'actor' } }, {}
  for c, column in ipairs(data.columns) do
    columns[c + 1] = { name = short((column.name:gsub('%s+', ' '))) }
  end
  for i, actor in ipairs(data.rows) do
    local e = q.doc:entity(actor.id)
    local r = row(e, { e.name }, { view.kind_groups[e.kind + 1] })
    r.places = {}
    for c = 1, #data.columns do
      local cell = actor.cells[c]
      r.cells[c + 1] = cell and table.concat(cell.marks, ', ') or ''
      r.places[c + 1] = cell and cell.evidence[1].cue
      r.groups[c + 1] = cell and group_of_label(q, cell.label)
    end
    rows[i] = r
  end
  return { title = 'Board', columns = columns, rows = rows }
end

-- ---- layout -----------------------------------------------------------------------------------

local function plain_width(s)
  local _, n = s:gsub('[^\128-\191]', '')
  return n
end

-- Does any cell hold the words, case aside?
local function holds(r, words)
  for _, cell in ipairs(r.cells) do
    if tostring(cell):lower():find(words:lower(), 1, true) then
      return true
    end
  end
  return false
end

local function ordered(rows, column, down)
  local place = {}
  for i, r in ipairs(rows) do
    place[r] = i
  end
  table.sort(rows, function(a, b)
    local x, y = a.cells[column], b.cells[column]
    if type(x) ~= type(y) or x == nil then
      x, y = tostring(x), tostring(y)
    end
    if type(x) == 'string' then
      x, y = x:lower(), y:lower()
    end
    if x == y then
      return place[a] < place[b]
    elseif down then
      return x > y
    end
    return x < y
  end)
end

--- Rows that pass the filter, sorted.
---@param t table a table
---@param how {filter?: string, column?: integer, down?: boolean}
---@return table[] rows
function M.select(t, how)
  local rows = {}
  for _, r in ipairs(t.rows) do
    if not how.filter or how.filter == '' or holds(r, how.filter) then
      rows[#rows + 1] = r
    end
  end
  if how.column then
    ordered(rows, how.column, how.down)
  end
  return rows
end

local function widths(t, rows, width)
  local out = {}
  for c, column in ipairs(t.columns) do
    out[c] = width(column.name)
    for _, r in ipairs(rows) do
      out[c] = math.max(out[c], width(tostring(r.cells[c] or '')))
    end
  end
  return out
end

-- One line and the columns' places in it: { from, to } each.
local function line_of(t, cells, wide, width)
  local out, at, places = {}, 0, {}
  for c, column in ipairs(t.columns) do
    local cell = tostring(cells[c] == nil and '' or cells[c])
    local pad = (' '):rep(wide[c] - width(cell))
    local last = c == #t.columns
    local piece = column.right and pad .. cell or cell .. (last and '' or pad)
    places[c] = { at, at + #piece }
    out[c] = piece
    at = at + #piece + 2
  end
  return (table.concat(out, '  '):gsub('%s+$', '')), places
end

--- Lays a table out: a line of headings, a line a row.
---@param t table
---@param how {filter?: string, column?: integer, down?: boolean, width?: fun(s: string): integer}
---@return string[] lines, table[] rows, table[] spans { line from 0, from, to, group }
function M.render(t, how)
  local width = how.width or plain_width
  local rows = M.select(t, how)
  local wide = widths(t, rows, width)
  local names = {}
  for c, column in ipairs(t.columns) do
    names[c] = column.name
  end
  local lines, spans = { (line_of(t, names, wide, width)) }, {}
  spans[1] = { 0, 0, #lines[1], 'EntenteTitle' }
  for i, r in ipairs(rows) do
    local line, places = line_of(t, r.cells, wide, width)
    lines[i + 1] = line
    for c, group in pairs(r.groups or {}) do
      spans[#spans + 1] = { i, places[c][1], math.min(places[c][2], #line), group }
    end
  end
  return lines, rows, spans
end

--- The column of a display column, by the line of headings that M.render made.
---@param t table
---@param rows table[]
---@param at integer display column from 0
---@param width fun(s: string): integer
---@return integer
function M.column(t, rows, at, width)
  local left = 0
  for c, wide in ipairs(widths(t, rows, width)) do
    left = left + wide + 2
    if at < left then
      return c
    end
  end
  return #t.columns
end

-- A field of CSV (RFC 4180); what a spreadsheet would take for a formula gets an apostrophe.
local function csv_field(value)
  local text = tostring(value == nil and '' or value)
  if type(value) == 'string' and text:find '^[=+@\t\r-]' then
    text = "'" .. text
  end
  return text:find '[",\r\n]' and '"' .. text:gsub('"', '""') .. '"' or text
end

local function md_field(value)
  return (tostring(value == nil and '' or value):gsub('|', '\\|'):gsub('%s+', ' '))
end

--- A table as CSV or as a Markdown table.
---@param t table
---@param how table sort and filter
---@param format 'csv'|'md'
---@return string
function M.export(t, how, format)
  local field = format == 'md' and md_field or csv_field
  local out = {}
  local function line(cells)
    local fields = {}
    for c = 1, #t.columns do
      fields[c] = field(cells[c])
    end
    out[#out + 1] = format == 'md' and '| ' .. table.concat(fields, ' | ') .. ' |'
      or table.concat(fields, ',')
  end
  local names, rule = {}, {}
  for c, column in ipairs(t.columns) do
    names[c], rule[c] = column.name, column.right and '--:' or '---'
  end
  line(names)
  if format == 'md' then
    line(rule)
  end
  for _, r in ipairs(M.select(t, how)) do
    line(r.cells)
  end
  return table.concat(out, '\n') .. '\n'
end

M.names = commands.names

return M
