--- lsp.features: answers to requests about one text. Each takes the text and the request's
--- parameters and returns a result of the protocol, or nil. Knows no transport.
local core = require 'entente.core'
local card = require 'entente.lsp.card'
local slice = require 'entente.lsp.slice'
local dossier = require 'entente.lsp.dossier'
local members = require 'entente.lsp.members'

local M = {}

local NAME, PRONOUN, PROPOSAL = 0, 2, 5
local MARK = 6
local LONGEST_WORD = 100 -- bytes before the cursor that completion looks at
local symbol_kinds = { 5, 3, 11, 10, 3, 24 } -- Class, Namespace, Interface, Enum, Namespace, Event

-- Mention or cue under the request's position.
local function here(text, params)
  local byte = text:byte(params.position)
  local m = text:mention(byte)
  return m, m and nil or text:cue(byte), byte
end

-- The flat list of an entity's mentions as { from, to, form }.
local function mentions(text, id)
  local flat, out = text.doc:refs(id), {}
  for i = 1, #flat, MARK do
    out[#out + 1] = { from = flat[i], to = flat[i + 1], form = flat[i + 3] }
  end
  return out
end

local function first_of(text, id)
  local e = id and text.doc:entity(id)
  return e and text:location(e.first[1], e.first[2]) or nil
end

function M.definition(text, params)
  local m, cue = here(text, params)
  return first_of(text, m and m.entity or cue and (cue.proposal or cue.target))
end

--- The line of the project's corrections or of the lexicon that names it, or else its definition.
function M.declaration(text, params, server)
  local m = here(text, params)
  return m and (dossier.entry(text, m.entity) or dossier.row(text, m.entity, server.lexicon))
    or M.definition(text, params)
end

local function cue_locations(text, list)
  local out = {}
  for _, s in ipairs(list) do
    out[#out + 1] = text:location(s.cues[1][1], s.cues[1][2])
  end
  return out
end

--- On a proposal all stances taken on it, on an actor the proposals it made.
function M.implementation(text, params)
  local m, cue = here(text, params)
  if cue then
    return first_of(text, cue.proposal)
  elseif not m then
    return nil
  end
  local takes, taken = card.stances_of(text, m.entity)
  if m.kind == PROPOSAL then
    return cue_locations(text, taken)
  end
  local out, seen = {}, {}
  for _, s in ipairs(takes) do
    local made = core.labels[s.label + 1] == 'proposes' or core.labels[s.label + 1] == 'demands'
    if made and s.proposal and not seen[s.proposal] then
      seen[s.proposal] = true
      out[#out + 1] = first_of(text, s.proposal)
    end
  end
  return out
end

--- The state or body a person acts for, the country in a group's name, the deal that a proposal is
--- part of; who takes a stance.
function M.type_definition(text, params)
  local m, cue = here(text, params)
  local parent = m and (dossier.parent(text, m.entity) or members.groups(text, m.entity)[1])
  return first_of(text, parent or cue and cue.actor)
end

function M.references(text, params, server)
  local m, cue = here(text, params)
  if cue then
    return cue_locations(text, (card.stances_of(text, cue.actor)))
  elseif not m then
    return nil
  end
  return M.mentions_of(text, m.entity, params, server)
end

--- Mentions of an entity here and, by the project's index, in files that are not open.
function M.mentions_of(text, id, params, server)
  local e, out = text.doc:entity(id), {}
  local declared = not params.context or params.context.includeDeclaration ~= false
  for _, r in ipairs(mentions(text, id)) do
    slice.breathe()
    if declared or r.from ~= e.first[1] then
      out[#out + 1] = text:location(r.from, r.to)
    end
  end
  if server and server.index_of then
    require('entente.lsp.project').references(server, text, id, out)
  end
  return out
end

--- First mention: written; names: read; pronouns: text.
function M.highlight(text, params)
  local m, cue = here(text, params)
  local out = {}
  if cue then
    for _, s in ipairs((card.stances_of(text, cue.actor))) do
      out[#out + 1] = { range = text:range(s.cues[1][1], s.cues[1][2]), kind = 2 }
    end
    return out
  elseif not m then
    return nil
  end
  local e = text.doc:entity(m.entity)
  for _, r in ipairs(mentions(text, m.entity)) do
    slice.breathe()
    local kind = r.from == e.first[1] and 3 or r.form == PRONOUN and 1 or 2
    out[#out + 1] = { range = text:range(r.from, r.to), kind = kind }
  end
  return out
end

function M.hover(text, params)
  local m, cue = here(text, params)
  if m then
    return {
      contents = { kind = 'markdown', value = card.entity(text, m.entity) },
      range = text:range(m.from, m.to),
    }
  elseif cue then
    local c = cue.cues[1]
    return {
      contents = { kind = 'markdown', value = card.stance(text, cue) },
      range = text:range(c[1], c[2]),
    }
  end
end

local function symbol(text, name, detail, kind, from, to)
  local range = text:range(from, to)
  return { name = name ~= '' and name or '?', detail = detail, kind = kind, range = range,
    selectionRange = range }
end

-- A folder of the outline; it spans its children.
local function folder(text, name, children)
  if #children == 0 then
    return nil
  end
  local all = text:range(0, text.doc:length())
  return { name = name, kind = 2, range = all, selectionRange = children[1].selectionRange,
    children = children }
end

function M.symbols(text)
  local actors, proposals, stances, out = {}, {}, {}, {}
  for id = 0, text.doc:count() - 1 do
    slice.breathe()
    local e = text.doc:entity(id)
    local list = e.kind == PROPOSAL and proposals or actors
    list[#list + 1] = symbol(text, card.name_of(text, id), card.counts(text, id),
      symbol_kinds[e.kind + 1], e.first[1], e.first[2])
  end
  for _, s in ipairs(text:stances()) do
    slice.breathe()
    stances[#stances + 1] = symbol(text, card.stance(text, s), nil, 9, s.cues[1][1], s.cues[1][2])
  end
  out[1] = folder(text, 'Actors', actors)
  out[#out + 1] = folder(text, 'Proposals', proposals)
  out[#out + 1] = folder(text, 'Stances', stances)
  return out
end

--- Entities whose name or alias holds the query, as symbols of the workspace.
function M.workspace_symbols(text, query, out)
  query = query:lower()
  for id = 0, text.doc:count() - 1 do
    slice.breathe()
    local e = text.doc:entity(id)
    local names = { e.name }
    for _, a in ipairs(e.aliases) do
      names[#names + 1] = a
    end
    for _, name in ipairs(names) do
      if name:lower():find(query, 1, true) then
        out[#out + 1] = { name = card.name_of(text, id), kind = symbol_kinds[e.kind + 1],
          location = text:location(e.first[1], e.first[2]),
          containerName = core.kinds[e.kind + 1] }
        break
      end
    end
  end
  return out
end

function M.prepare_rename(text, params)
  local m = here(text, params)
  if m and m.form == NAME then
    return { range = text:range(m.from, m.to), placeholder = text:flat(m.from, m.to) }
  end
end

--- Names known to the document that begin with the word before the cursor.
function M.completion(text, params)
  local byte = text:byte(params.position)
  local line = text.lines:start(text.lines:of(byte))
  local before = text.doc:text(math.max(line, byte - LONGEST_WORD), byte)
  local word = before:match '[%w\128-\255][%w\128-\255\'’.-]*$' or ''
  if #word < 2 then
    return { isIncomplete = true, items = {} }
  end
  local items, range = {}, text:range(byte - #word, byte)
  for id = 0, text.doc:count() - 1 do
    slice.breathe()
    local e = text.doc:entity(id)
    local names = { e.name:gsub('%s+', ' ') .. '' }
    for _, a in ipairs(e.aliases) do
      names[#names + 1] = (a:gsub('%s+', ' '))
    end
    for _, name in ipairs(names) do
      local inner = name:lower():find(word:lower(), 1, true)
      local starts = inner and (inner == 1 or name:sub(inner - 1, inner - 1) == ' ')
      if starts and name ~= word then
        items[#items + 1] = {
          label = name, kind = symbol_kinds[e.kind + 1] == 5 and 7 or 9,
          detail = core.kinds[e.kind + 1], filterText = name:sub(inner),
          textEdit = { range = range, newText = name }, data = { uri = text.uri, id = id },
        }
      end
    end
  end
  return { isIncomplete = false, items = items }
end

--- Antecedents behind pronouns.
function M.inlay_hints(text, params)
  local from, to = text:span(params.range)
  local marks, out = text.doc:marks(from, to), {}
  for i = 1, #marks, MARK do
    slice.breathe()
    if marks[i + 3] == PRONOUN and marks[i + 4] >= 0 then
      out[#out + 1] = { position = text:position(marks[i + 1]),
        label = ' ' .. card.name_of(text, marks[i + 4]), paddingLeft = true }
    end
  end
  return out
end

--- Counts above the first mention of each actor and proposal.
function M.code_lenses(text, _, server)
  local out = {}
  local files = require('entente.lsp.project').files(server, text)
  for id = 0, text.doc:count() - 1 do
    slice.breathe()
    local e = text.doc:entity(id)
    local range = text:range(e.first[1], e.first[2])
    out[#out + 1] = { range = range, command = {
      title = card.name_of(text, id) .. ': ' .. card.counts(text, id, files(e)),
      command = 'entente.refs', arguments = { { uri = text.uri, position = range.start } } } }
  end
  return out
end

--- Entities of all open texts whose name or alias holds the query.
local function workspace_symbols(self, params)
  local out = {}
  self:works_on(true)
  for _, text in pairs(self.texts) do
    M.workspace_symbols(text, tostring(params.query or ''), out)
  end
  require('entente.lsp.project').symbols(self, tostring(params.query or ''), out)
  return self.list(out)
end

local function resolve_completion(self, item)
  local data = type(item.data) == 'table' and item.data or {}
  local text = self.texts[data.uri]
  if text and text.doc:entity(data.id or -1) then
    item.documentation = { kind = 'markdown', value = card.entity(text, data.id) }
  end
  return item
end

function M.install(server, about)
  local list, both = { list = true }, { list = true, fresh = true }
  about('textDocument/hover', M.hover)
  about('textDocument/definition', M.definition)
  about('textDocument/declaration', M.declaration)
  about('textDocument/typeDefinition', M.type_definition)
  about('textDocument/implementation', M.implementation, list)
  about('textDocument/references', M.references, list)
  about('textDocument/documentHighlight', M.highlight, list)
  about('textDocument/documentSymbol', M.symbols, both)
  about('textDocument/prepareRename', M.prepare_rename)
  about('textDocument/completion', function(text, params)
    local result = M.completion(text, params)
    server.list(result.items)
    return result
  end)
  about('textDocument/inlayHint', M.inlay_hints, both)
  about('textDocument/codeLens', M.code_lenses, both)
  server.requests['workspace/symbol'] = workspace_symbols
  server.requests['completionItem/resolve'] = resolve_completion
end

return M
