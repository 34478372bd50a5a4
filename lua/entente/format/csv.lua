--- format.csv: tables for spreadsheets (RFC 4180). A field a spreadsheet would take for a formula
--- gets an apostrophe before it.
local board = require 'entente.board'
local core = require 'entente.core'
local lists = require 'entente.lists'
local pos = require 'entente.pos'

local M = { shapes = { tag = true, rows = true, stances = true, refs = true, board = true } }

local function field(v)
  if v == nil then
    return ''
  elseif type(v) ~= 'string' then
    return tostring(v)
  end
  v = core.printable(v)
  if v:find '^[=+%-@\t\r]' then
    v = "'" .. v
  end
  return v:find '[",\r\n]' and '"' .. v:gsub('"', '""') .. '"' or v
end

local columns = {
  tag = 'doc,start,end,line,column,kind,form,entity,name,text,score',
  rows = 'doc,id,kind,name,aliases,iso,mentions,start,end,line,column,stances',
  stances = 'doc,line,column,actor,stance,proposal,target,by,negated,hedged,count,score,sentence',
  refs = 'doc,start,end,line,column,kind,form,text,score,sentence',
}

--- The first line.
function M.head(shape)
  return columns[shape] and columns[shape] .. '\n' or ''
end

--- One record. Fields are counted, as some are nil.
---@param n integer
---@return string
function M.line(n, ...)
  local out = {}
  for i = 1, n do
    out[i] = field((select(i, ...)))
  end
  return table.concat(out, ',') .. '\n'
end

local function record(write, n, ...)
  write(M.line(n, ...))
end

function M.tag(doc, text, name, opts, write)
  local conv, where, m = pos.converter(text, opts.unit), pos.lines(text), doc:marks()
  local names = {}
  for i = 1, #m, 6 do
    local id = m[i + 4]
    if id >= 0 and not names[id] then
      names[id] = lists.one_line(doc:entity(id).name)
    end
    local line, column = where(m[i])
    record(write, 11, name, conv(m[i]), conv(m[i + 1]), line + 1, column + 1,
      core.kinds[m[i + 2] + 1], core.forms[m[i + 3] + 1], id >= 0 and id or nil, names[id],
      lists.one_line(text:sub(m[i] + 1, m[i + 1])), m[i + 5] / 1000)
  end
  return #m
end

--- Actors × proposals; of several documents one table after the other.
function M.board(doc, _, name, opts, write)
  local b = board.of(doc)
  if #b.rows > 0 then
    write(board.csv(b, opts.many and name or nil))
  end
  return #b.rows
end

function M.rows(rows, name, opts, write, text)
  local conv = pos.converter(text, opts.unit)
  for _, r in ipairs(rows) do
    record(write, 12, name, r.id, r.kind, r.name, lists.one_line(table.concat(r.aliases, '; ')),
      r.iso, r.mentions, conv(r.first[1]), conv(r.first[2]), r.line, r.column,
      lists.count_words(r.stances))
  end
end

function M.stances(rows, name, _, write, text)
  for _, s in ipairs(rows) do
    record(write, 13, name, s.line, s.column, s.actor_name, s.stance, s.proposal_name,
      s.target_name, s.by_name, s.negated, s.hedged, s.count, ('%.3g'):format(s.score),
      lists.one_line(text:sub(s.sentence[1] + 1, s.sentence[2])))
  end
end

function M.refs(rows, name, opts, write, text)
  local conv = pos.converter(text, opts.unit)
  for _, r in ipairs(rows) do
    record(write, 10, name, conv(r.span[1]), conv(r.span[2]), r.line, r.column, r.kind, r.form,
      lists.one_line(r.text), r.score, r.sentence)
  end
end

return M
