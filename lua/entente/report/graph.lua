--- report.graph: a picture (report.collect) as a graph of who stands where: for Graphviz, and as
--- GraphML for Gephi, yEd, NetworkX and the like. An edge goes from an actor to a proposal, or to
--- the one addressed where there is no proposal; equal ones are one, with their number.
local core = require 'entente.core'
local lists = require 'entente.lists'

local M = {}

---@class EntenteEdge
---@field from integer entity
---@field to integer entity
---@field stance string
---@field negated boolean
---@field hedged boolean
---@field count integer
---@field score number the highest
---@field first? string date
---@field last? string date
---@field sentence string of the highest score

--- The edges, in the order of their first stance, and the entities they join, in order.
---@param picture EntentePicture
---@return EntenteEdge[] edges, integer[] nodes
function M.edges(picture)
  local edges, known, met, nodes = {}, {}, {}, {}
  local function meet(n)
    if not met[n] then
      met[n] = true
      nodes[#nodes + 1] = n
    end
  end
  for _, s in ipairs(picture.stances) do
    local to = s.proposal or s.target
    if to then
      meet(s.actor)
      meet(to)
      local key = ('%d %d %s %s %s'):format(s.actor, to, s.label, tostring(s.negated),
        tostring(s.hedged))
      local e = known[key]
      if not e then
        e = { from = s.actor, to = to, stance = s.label, negated = s.negated or false,
          hedged = s.hedged or false, count = 0, score = -1 }
        known[key] = e
        edges[#edges + 1] = e
      end
      e.count = e.count + 1
      if s.date then
        e.first = (not e.first or s.date < e.first) and s.date or e.first
        e.last = (not e.last or s.date > e.last) and s.date or e.last
      end
      if s.score > e.score then
        e.score, e.sentence = s.score, picture.sentences[s.sentence].text
      end
    end
  end
  table.sort(nodes)
  return edges, nodes
end

local one_line = lists.one_line

-- ---- Graphviz ---------------------------------------------------------------------------------

local function quoted(s)
  return '"' .. core.printable(one_line(s)):gsub('[\\"]', '\\%0') .. '"'
end

local colour = { supports = 'green4', accepts = 'green4', proposes = 'blue4', demands = 'orange3',
  opposes = 'red3', threatens = 'red3', criticises = 'red3', discusses = 'gray40' }

--- For Graphviz.
---@param picture EntentePicture
---@return string text, integer edges
function M.dot(picture)
  local edges, nodes = M.edges(picture)
  local out = { 'digraph entente {\n  rankdir=LR; node [shape=ellipse];\n' }
  for _, n in ipairs(nodes) do
    local e = picture.entities[n]
    out[#out + 1] = ('  n%d [label=%s%s];\n'):format(n, quoted(e.name),
      e.kind == 'proposal' and ', shape=box' or '')
  end
  for _, e in ipairs(edges) do
    out[#out + 1] = ('  n%d -> n%d [label=%s, color=%s%s%s];\n'):format(e.from, e.to,
      quoted((e.negated and 'not ' or '') .. e.stance .. (e.count > 1 and ' ' .. e.count or '')),
      colour[e.stance], e.hedged and ', style=dashed' or '',
      e.count > 1 and (', penwidth=%.1f'):format(1 + math.min(4, math.log(e.count))) or '')
  end
  out[#out + 1] = '}\n'
  return table.concat(out), #edges
end

-- ---- GraphML ----------------------------------------------------------------------------------

local entity_of = { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }

-- Text for XML 1.0, which has no room for control characters and two others.
local function xml(s)
  s = core.printable(one_line(s)):gsub('[&<>"]', entity_of)
  return (s:gsub('\239\191[\190\191]', '\239\191\189'))
end

local keys = {
  { 'node', 'name', 'string' }, { 'node', 'kind', 'string' }, { 'node', 'iso', 'string' },
  { 'node', 'aliases', 'string' }, { 'node', 'mentions', 'int' }, { 'node', 'documents', 'int' },
  { 'edge', 'stance', 'string' }, { 'edge', 'negated', 'boolean' }, { 'edge', 'hedged', 'boolean' },
  { 'edge', 'count', 'int' }, { 'edge', 'score', 'double' }, { 'edge', 'first', 'string' },
  { 'edge', 'last', 'string' }, { 'edge', 'sentence', 'string' },
}

-- The data of a node or an edge: what `of` has for each key.
local function data(out, domain, of)
  for _, key in ipairs(keys) do
    local v = of[key[2]]
    if key[1] == domain and v ~= nil and v ~= '' then
      if key[3] == 'double' then
        v = ('%.3g'):format(v)
      elseif key[3] == 'int' then
        v = ('%d'):format(v)
      end
      out[#out + 1] = ('<data key="%s">%s</data>'):format(key[2], xml(tostring(v)))
    end
  end
end

--- As GraphML.
---@param picture EntentePicture
---@return string text, integer edges
function M.graphml(picture)
  local edges, nodes = M.edges(picture)
  local out = { '<?xml version="1.0" encoding="UTF-8"?>\n'
    .. '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n' }
  for _, key in ipairs(keys) do
    out[#out + 1] = ('<key id="%s" for="%s" attr.name="%s" attr.type="%s"/>\n')
      :format(key[2], key[1], key[2], key[3])
  end
  out[#out + 1] = '<graph edgedefault="directed">\n'
  for _, n in ipairs(nodes) do
    local e = picture.entities[n]
    out[#out + 1] = ('<node id="n%d">'):format(n)
    data(out, 'node', { name = e.name, kind = e.kind, iso = e.iso, mentions = e.mentions,
      aliases = table.concat(e.aliases, '; '), documents = e.docs })
    out[#out + 1] = '</node>\n'
  end
  for _, e in ipairs(edges) do
    out[#out + 1] = ('<edge source="n%d" target="n%d">'):format(e.from, e.to)
    data(out, 'edge', e)
    out[#out + 1] = '</edge>\n'
  end
  out[#out + 1] = '</graph>\n</graphml>\n'
  return table.concat(out), #edges
end

-- ---- a table of stances -----------------------------------------------------------------------

--- The stances of a picture as comma-separated values, a line each, with the sentence.
---@param picture EntentePicture
---@return string text, integer stances
function M.csv(picture)
  local csv = require 'entente.format.csv'
  local out = { 'doc,line,date,actor,actor_kind,stance,proposal,target,by,negated,hedged,score,'
    .. 'sentence\n' }
  local function name(n)
    return n and picture.entities[n].name
  end
  for _, s in ipairs(picture.stances) do
    local at = picture.sentences[s.sentence]
    out[#out + 1] = csv.line(13, picture.docs[at.doc].name, at.line, s.date, name(s.actor),
      picture.entities[s.actor].kind, s.label, name(s.proposal), name(s.target), name(s.by),
      s.negated or false, s.hedged or false, ('%.3g'):format(s.score), one_line(at.text))
  end
  return table.concat(out), #picture.stances
end

return M
