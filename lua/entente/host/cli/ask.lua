--- cli.ask: questions over all files of a project, answered from its index.
local args = require 'entente.host.cli.args'
local core = require 'entente.core'
local ent = require 'entente'
local formats = require 'entente.format'
local index = require 'entente.index'
local lists = require 'entente.lists'
local out = require 'entente.host.cli.output'
local place = require 'entente.host.cli.place'
local query = require 'entente.query'
local sources = require 'entente.host.cli.source'

local M = {}

--- Opens the index that answers for a folder.
---@param folder? string
---@return EntenteIndex index, string prefix what comes before the paths of its files
function M.open(folder)
  local file, root = place.find(folder)
  if not file then
    args.fail('%s has no index yet: run "entente index%s"', root, folder and ' ' .. folder or '')
  end
  local ix, message = index.open(file)
  if not ix then
    args.fail('%s', message)
  end
  folder = folder or '.'
  local prefix = place.root(folder) == root and (folder == '.' and '' or folder:gsub('/*$', '/'))
    or root .. '/'
  return ix, prefix
end

-- What is asked with: options, the index, where its texts are.
local function question(command, opts)
  local ix, prefix = M.open(opts.project)
  local format = formats.get(opts.format)
  local shape = formats.shapes[command]
  if not (shape and format.shapes[shape]) then
    args.fail('%s over a project cannot be printed as %s', command, opts.format)
  end
  local q = {
    ix = ix, prefix = prefix, format = format, shape = shape, source = sources.new(ix),
    opts = { format = opts.format, unit = opts.unit or 'byte', command = command,
      colour = opts.format == 'text' and out.colours(opts.color), many = true },
  }
  out.write(format.head and format.head(shape) or '')
  return q
end

local function write(...)
  for i = 1, select('#', ...) do
    out.write((select(i, ...)))
  end
end

-- What stands for a document in answers: its path, and its name where one file holds several.
local function shown(q, d)
  local path = q.prefix .. d.shown
  return d.part > 0 and d.name ~= d.shown and q.opts.format ~= 'vimgrep'
    and path .. '#' .. d.name or path
end

local answer = {}

-- Mentions of one document as rows of a format.
local function refs_of(q, id, kind, hit)
  local t, rows = q.source:get(id), {}
  local marks = hit.marks
  for i = 1, #marks, 4 do
    local line, column = q.source:place(id, marks[i])
    rows[#rows + 1] = {
      span = { marks[i], marks[i + 1] }, kind = kind, form = core.forms[marks[i + 2] + 1],
      score = math.floor(marks[i + 3] * 100 + 0.5) / 100, line = line, column = column,
      sentence = q.source:around(id, marks[i], ent.open),
      text = t.text and t.text:sub(marks[i] + 1, marks[i + 1]) or '',
    }
  end
  return rows, t
end

function answer.refs(q, rest)
  local found = 0
  for _, id in ipairs(q.ix:find(rest)) do
    local e = q.ix:entity(id)
    for hit in q.ix:places(id) do
      local rows, t = refs_of(q, hit.document.id, e.kind, hit)
      q.format.refs(rows, shown(q, hit.document), q.opts, write, t.text or '')
      found = found + #rows
    end
  end
  return found
end

-- Fills in what a format wants to know of a stance.
local function stance_row(q, s)
  s.line, s.column = q.source:place(s.document, s.cue[1])
  s.count = 1
  return s
end

local function print_stances(q, next_stance)
  local found = 0
  for s in next_stance do
    found = found + 1
    local t = q.source:get(s.document)
    local name = shown(q, t.document or q.ix:document(s.document))
    q.format.stances({ stance_row(q, s) }, name, q.opts, write, t.text or '')
    if q.opts.format == 'text' then
      write('    ', s.date and s.date .. '  ' or '',
        core.printable(q.source:sentence(s.document, s.sentence)), '\n')
    end
  end
  return found
end

local function parsed(text)
  local q, message = query.parse(text)
  if not q then
    args.fail('%s', message)
  end
  return q
end

function answer.stances(q, rest)
  return print_stances(q, query.search(q.ix, parsed(rest)))
end

-- Where an entity is first mentioned.
local function first_place(q, e)
  local hit = q.ix:places(e.id)()
  return hit and hit.document, hit and hit.marks
end

-- Counts of stances an entity takes, or that are taken on it.
local function tally(q, e)
  local counts = {}
  local key = e.kind == 'proposal' and 'proposal' or 'actor'
  local column = table.concat(q.ix:members(e.id), ',')
  local s = q.ix.db:prepare(('SELECT label, count(*) FROM stance WHERE %s IN (%s) GROUP BY label')
    :format(key, column))
  s:bind()
  for label, n in s.step, s do
    counts[core.labels[label + 1]] = n
  end
  return counts
end

local function entity_rows(q, list)
  for _, e in ipairs(list) do
    local card = q.ix:entity(e.id)
    local d, marks = first_place(q, e)
    local id = d and d.id
    local line, column = 1, 1
    if d then
      line, column = q.source:place(id, marks[1])
    end
    q.format.rows({ {
      id = e.id, kind = e.kind, name = e.name, aliases = card.aliases, mentions = card.mentions,
      iso = e.iso, first = { marks and marks[1] or 0, marks and marks[2] or 0 }, line = line,
      column = column, stances = tally(q, e), documents = card.documents,
    } }, d and shown(q, d) or '-', q.opts, write, d and q.source:get(id).text or '')
  end
  return #list
end

function answer.actors(q, rest)
  local asked = parsed(rest)
  local list = query.names(q.ix, asked)
  local kept = {}
  for _, e in ipairs(list) do
    if e.kind ~= 'proposal' and (not q.kinds or q.kinds[e.kind]) then
      kept[#kept + 1] = e
    end
  end
  return entity_rows(q, kept)
end

function answer.proposals(q, rest)
  local asked = parsed(rest)
  local kept = {}
  for _, e in ipairs(query.names(q.ix, asked)) do
    if e.kind == 'proposal' then
      kept[#kept + 1] = e
    end
  end
  return entity_rows(q, kept)
end

local CARD = 20 -- stances on a card

-- The stances an entity takes, and those taken on it or towards it.
local function card_stances(q, id)
  local takes, taken = {}, {}
  for _, key in ipairs { 'actor', 'proposal', 'target' } do
    local list = key == 'actor' and takes or taken
    for s in q.ix:stances { [key] = id, limit = CARD } do
      list[#list + 1] = stance_row(q, s)
    end
  end
  return takes, taken
end

-- A card for people: stances and mentions of all documents, each with its place.
local function text_card(q, e, takes, taken, refs, first)
  local function at(d, row)
    return core.printable(('%s:%d:%d'):format(shown(q, d), row.line, row.column))
  end
  write(core.printable(e.name), '  ', e.kind, e.iso and ' ' .. e.iso or '',
    ('  %d mentions in %d documents\n'):format(e.mentions, e.documents))
  if #e.aliases > 0 then
    write('  also: ', lists.one_line(core.printable(table.concat(e.aliases, ', '))), '\n')
  end
  for _, list in ipairs { takes, taken } do
    for _, s in ipairs(list) do
      write('  ', s.date and s.date .. '  ' or '', core.printable(lists.stance_words(s)), '  ',
        at(q.ix:document(s.document), s), '\n')
    end
  end
  for i = 1, math.min(3, #refs) do
    write('  ', at(first, refs[i]), ': ', core.printable(refs[i].sentence), '\n')
  end
end

function answer.show(q, rest)
  local ids = q.ix:find(rest)
  for _, id in ipairs(ids) do
    local e = q.ix:entity(id)
    local takes, taken = card_stances(q, id)
    local hit = q.ix:places(id)()
    local refs = hit and refs_of(q, hit.document.id, e.kind, hit) or {}
    if q.opts.format == 'text' then
      text_card(q, e, takes, taken, refs, hit and hit.document)
    else
      q.format.card({
        id = id, kind = e.kind, name = e.name, aliases = e.aliases, iso = e.iso,
        mentions = e.mentions, first = refs[1] and refs[1].span or { 0, 0 }, takes = takes,
        taken = taken, refs = refs,
      }, hit and shown(q, hit.document) or '-', q.opts, write,
        hit and q.source:get(hit.document.id).text or '')
    end
  end
  return #ids
end

-- Whether a value of several words is a whole query: another key is in it.
local function is_query(value)
  for _, key in ipairs(query.keys) do
    if value:find('[ \t]%-?' .. key.name .. ':') then
      return true
    end
  end
  return false
end

-- The words of the command line as one query: the shell has taken the quotes away.
local function joined(words)
  local list = {}
  for i, word in ipairs(words) do
    local key, value = word:match '^(%-?%l+:)([^"]*[ \t][^"]*)$'
    list[i] = key and not is_query(value) and key .. '"' .. value .. '"' or word
  end
  return table.concat(list, ' ')
end

--- Answers one.
---@param command string
---@param opts table
---@param rest string[]
---@return integer status
function M.run(command, opts, rest)
  local text, what = joined(rest), command
  if command == 'search' then
    local asked = parsed(text)
    what = query.is_for_names(asked) and 'actors' or 'stances'
    if what == 'actors' then
      local q = question('actors', opts)
      local found = entity_rows(q, query.names(q.ix, asked))
      return found > 0 and 0 or 1
    end
  elseif command == 'names' then
    local ix = M.open(opts.project)
    local list = ix:complete(text, 200)
    for _, name in ipairs(list) do
      out.write(core.printable(lists.one_line(name)) .. '\n')
    end
    return #list > 0 and 0 or 1
  end
  local q = question(what, opts)
  q.kinds = opts.kind
  local found = answer[what](q, text)
  out.write(q.format.foot and q.format.foot() or '')
  return found > 0 and 0 or 1
end

return M
