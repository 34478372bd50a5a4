--- lsp.project: what the index of a project adds to what is known of the open texts: actors and
--- stances of all its files, mentions in files that are not open. Without an index nothing is
--- added; `entente.index` makes one. Files are read for the places of what is found in them; those
--- that have changed since, or whose text is not the file's own (HTML, mail), are left out.
local card = require 'entente.lsp.card'
local core = require 'entente.core'
local query = require 'entente.query'
local slice = require 'entente.lsp.slice'
local uri = require 'entente.lsp.uri'

local M = {}

local SYMBOLS, FILES = 100, 300 -- no answer has more symbols, or mentions from more files
local MOST = 4 * 1024 * 1024 -- bytes: larger files are not read for a place

-- The indexes of the folders of the workspace, and of the open texts' folders: each once.
local function indexes(server)
  local out, seen = {}, {}
  local function add(folder)
    local ix = server.index_of and server.index_of(folder)
    if ix and not seen[ix] then
      seen[ix] = true
      out[#out + 1] = ix
    end
  end
  for folder in pairs(server.folders) do
    add(uri.path(folder))
  end
  for text_uri in pairs(server.texts) do
    add((uri.path(text_uri) or ''):match '^(.*)/[^/]*$')
  end
  return out
end

-- A file as its index knows it: { uri, range = function(from, to) }, or nil.
local function file_of(server, ix, document)
  local kind = document.part == 0 and require('entente.index.extract').kind(document.path)
  local path = ix.root .. '/' .. document.path
  local f = kind == 'text' and io.open(path, 'rb')
  local content = f and f:read(MOST + 1)
  if f then
    f:close()
  end
  local hash = content and #content <= MOST
    and ix:sql('SELECT file.hash FROM doc JOIN file ON file.id = doc.file WHERE doc.id = ?')
      :row(document.id)
  if not hash or hash ~= core.hash(content) then
    return nil
  end
  local lines = core.lines(content)
  local function position(byte)
    local line = lines:of(byte)
    local from = lines:start(line)
    return { line = line,
      character = core.count(content:sub(from + 1, byte), server.unit, 0, byte - from) }
  end
  return { uri = uri.of(path), location = function(from, to)
    return { uri = uri.of(path), range = { start = position(from), ['end'] = position(to) } }
  end }
end

-- Files that are not open, each read once.
local function reader(server, ix)
  local known, open, n = {}, {}, 0
  for text_uri in pairs(server.texts) do
    open[uri.path(text_uri) or ''] = true
  end
  return function(document)
    local id = document.id
    if known[id] == nil and n < FILES then
      slice.breathe()
      n = n + 1
      local closed = not open[ix.root .. '/' .. document.path]
      known[id] = closed and file_of(server, ix, document) or false
    end
    return known[id]
  end
end

-- The first mention of an entity in a file that is not open.
local function first_place(ix, id, file)
  for hit in ix:places(id) do
    local f = file(hit.document)
    if f then
      return f.location(hit.marks[1], hit.marks[2])
    end
  end
end

local function names(server, ix, q, seen, out)
  local file = reader(server, ix)
  for _, e in ipairs(query.names(ix, q, SYMBOLS)) do
    local key = e.kind .. ' ' .. e.name
    local place = not seen[key] and #out < SYMBOLS and first_place(ix, e.id, file)
    if place then
      seen[key] = true
      out[#out + 1] = { name = e.name, kind = card.symbol_kind(e.kind), location = place,
        containerName = ('%s · %d files'):format(e.kind, e.documents) }
    end
  end
end

-- Calls found(stance, file) for stances of files that are not open. Those found first are taken
-- before a file is read: the index may be asked by others meanwhile.
local function each_stance(server, ix, q, found)
  local file, list = reader(server, ix), {}
  for s in query.search(ix, q) do
    list[#list + 1] = s
    if #list == 4 * SYMBOLS then
      break
    end
  end
  for _, s in ipairs(list) do
    local document = ix:document(s.document)
    local f = document and file(document)
    if f and not found(s, f) then
      break
    end
  end
end

local function stances(server, ix, q, out)
  each_stance(server, ix, q, function(s, f)
    out[#out + 1] = { kind = card.symbol_kind 'stance', containerName = s.date,
      name = ('%s %s%s %s'):format(s.actor_name or '?', s.negated and 'not ' or '', s.stance,
        s.proposal_name or s.target_name or ''), location = f.location(s.cue[1], s.cue[2]) }
    return #out < SYMBOLS
  end)
end

--- Adds stances of files that are not open, for entente/stances.
---@param server table
---@param params {actor?: string, proposal?: string, verb?: string}
---@param out table[] grows
function M.stances(server, params, out)
  local words = {}
  for key, value in pairs { actor = params.actor, proposal = params.proposal,
    stance = params.verb } do
    words[#words + 1] = ('%s:"%s"'):format(key, tostring(value):gsub('"', ''))
  end
  local q = query.parse(table.concat(words, ' '))
  for _, ix in ipairs(q and indexes(server) or {}) do
    each_stance(server, ix, q, function(s, f)
      out[#out + 1] = { actor = s.actor_name, stance = s.stance, proposal = s.proposal_name,
        target = s.target_name, negated = s.negated, hedged = s.hedged, score = s.score,
        date = s.date, location = f.location(s.cue[1], s.cue[2]) }
      return #out < FILES
    end)
  end
end

--- Adds entities of the index that no open text has, for entente/entities.
---@param server table
---@param params {kind?: string, name?: string}
---@param out table[] grows
function M.entities(server, params, out)
  local seen = {}
  for _, e in ipairs(out) do
    seen[e.kind .. ' ' .. e.name] = true
  end
  local q = query.parse(params.name and ('"%s"'):format(tostring(params.name):gsub('"', '')) or '')
  for _, ix in ipairs(indexes(server)) do
    for _, e in ipairs(q and query.names(ix, q) or {}) do
      slice.breathe()
      if (not params.kind or e.kind == params.kind) and not seen[e.kind .. ' ' .. e.name] then
        out[#out + 1] = { kind = e.kind, name = e.name, iso = e.iso, mentions = e.mentions,
          files = e.documents, aliases = server.list(e.aliases or {}) }
      end
    end
  end
end

-- Stances of the open texts that a query asks for.
local function open_stances(server, q, out)
  for _, text in pairs(server.texts) do
    for _, s in ipairs(query.stances_of(text.doc, q)) do
      out[#out + 1] = { name = card.stance(text, s), kind = card.symbol_kind 'stance',
        location = text:location(s.cues[1][1], s.cues[1][2]) }
    end
  end
end

--- Adds to the symbols of the open texts what the query asks for in the whole project: names, or,
--- where it is one of lua/entente/query.lua such as actor:russia stance:opposes, stances.
---@param server table
---@param text string the query
---@param out table[] symbols; grows
function M.symbols(server, text, out)
  local q = text:find '%S' and query.parse(text)
  if not q then
    return
  end
  local for_names = query.is_for_names(q)
  if not for_names then
    open_stances(server, q, out)
  end
  local seen = {}
  for _, s in ipairs(out) do
    seen[(s.containerName or '') .. ' ' .. s.name] = true
  end
  for _, ix in ipairs(indexes(server)) do
    if for_names then
      names(server, ix, q, seen, out)
    else
      stances(server, ix, q, out)
    end
  end
end

--- Adds mentions of an entity of an open text in files of the project that are not open.
---@param server table
---@param text EntenteLspText
---@param id integer
---@param out table[] locations; grows
function M.references(server, text, id, out)
  local folder = (uri.path(text.uri) or ''):match '^(.*)/[^/]*$'
  local ix = folder and server.index_of and server.index_of(folder)
  local e = text.doc:entity(id)
  for _, other in ipairs(ix and ix:find(e.name, core.kinds[e.kind + 1]) or {}) do
    local file = reader(server, ix)
    for hit in ix:places(other) do
      local f = file(hit.document)
      for i = 1, f and #hit.marks or 0, 4 do
        out[#out + 1] = f.location(hit.marks[i], hit.marks[i + 1])
      end
    end
  end
end

--- In how many files of the project an entity is named; nil where there is no index.
---@param server table
---@param text EntenteLspText
---@return fun(e: table): integer|nil
function M.files(server, text)
  local folder = (uri.path(text.uri) or ''):match '^(.*)/[^/]*$'
  local ix = folder and server.index_of and server.index_of(folder)
  return function(e)
    local id = ix and ix:find(e.name, core.kinds[e.kind + 1])[1]
    return id and ix:entity(id).documents or nil
  end
end

-- Runs the command on the folder of a text, with progress; its answer says how it ended.
local function run(what, arguments)
  return function(server, folder)
    if not server.run then
      server.fail(server.errors.failed, 'this host runs no commands')
    end
    local owner = {}
    server.progress.report(server, owner, what, 0)
    server.run(arguments(folder), function(code, message)
      server.progress.done(server, owner)
      local good = code == 0 or code == 1
      server:notify('window/showMessage', { type = good and 3 or 1,
        message = 'entente: ' .. (good and what .. ' of ' .. folder .. ' is done' or message) })
    end)
    return true
  end
end

local jobs = {
  ['entente.index'] = run('Index', function(folder)
    return { 'index', folder }
  end),
  ['entente.report'] = run('Report', function(folder)
    return { 'report', folder, '-o', folder .. '/report.html' }
  end),
}

-- The folder a command means: that of its argument, or the workspace's only one.
local function folder_of(server, arguments)
  local a = type(arguments) == 'table' and arguments[1]
  local named = type(a) == 'table' and uri.path(a.folder) or nil
  local path = named or type(a) == 'table' and (uri.path(a.uri) or ''):match '^(.*)/[^/]*$'
  if path and path ~= '' then
    return path
  end
  return uri.path((next(server.folders)))
end

--- Adds the commands to a table of them.
function M.install(server, commands)
  for name, job in pairs(jobs) do
    commands[name] = function(self, arguments)
      local folder = folder_of(self, arguments)
      if not folder then
        server.fail(server.errors.invalid_params, 'give a folder, or the uri of a file in it')
      end
      return job(self, folder)
    end
  end
end

return M
