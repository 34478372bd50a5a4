--- lsp.hierarchy: stances as a call hierarchy (who acts on whom and what), membership as a type
--- hierarchy (European leaders: their members; a deal: its parts).
local core = require 'entente.core'
local card = require 'entente.lsp.card'
local members = require 'entente.lsp.members'

local M = {}

local symbol_kinds = { 5, 3, 11, 10, 3, 24 }

-- An entity as an item; `data` finds it again by name, since numbers change with edits.
local function item(text, id)
  local e = text.doc:entity(id)
  local range = text:range(e.first[1], e.first[2])
  return { name = card.name_of(text, id), kind = symbol_kinds[e.kind + 1],
    detail = core.kinds[e.kind + 1], uri = text.uri, range = range, selectionRange = range,
    data = { name = e.name } }
end

--- The entity an item stands for in the text as it is now.
local function id_of(text, it)
  local data = type(it.data) == 'table' and it.data or {}
  return text:find(tostring(data.name or it.name))
end

function M.prepare(text, params)
  local byte = text:byte(params.position)
  local m = text:mention(byte)
  if m then
    return { item(text, m.entity) }
  end
  local s = text:cue(byte)
  return s and s.actor and { item(text, s.actor) } or nil
end

-- Stances grouped by the entity at the other end.
local function grouped(text, list, key)
  local order, ranges = {}, {}
  for _, s in ipairs(list) do
    local other = key(s)
    if other then
      if not ranges[other] then
        ranges[other] = {}
        order[#order + 1] = other
      end
      table.insert(ranges[other], text:range(s.cues[1][1], s.cues[1][2]))
    end
  end
  return order, ranges
end

--- Who supports, opposes, demands this; who talks to or about this actor.
function M.incoming(text, params)
  local id = id_of(text, params.item)
  if not id then
    return nil
  end
  local _, taken = card.stances_of(text, id)
  local order, ranges = grouped(text, taken, function(s)
    return s.actor
  end)
  local out = {}
  for i, other in ipairs(order) do
    out[i] = { from = item(text, other), fromRanges = ranges[other] }
  end
  return out
end

-- The words of a condition under which a proposal is taken up; they lead nowhere further.
local function condition(text, s)
  local range = text:range(s.condition[1], s.condition[2])
  return { to = { name = text:flat(s.condition[1], s.condition[2]), kind = 13, detail = 'condition',
    uri = text.uri, range = range, selectionRange = range, data = { name = '' } },
  fromRanges = { text:range(s.cues[1][1], s.cues[1][2]) } }
end

-- Whom a proposal is for, and under which conditions.
local function of_proposal(text, id)
  local _, taken = card.stances_of(text, id)
  local order, ranges = grouped(text, taken, function(s)
    return s.proposal == id and s.target or nil
  end)
  local out = {}
  for i, other in ipairs(order) do
    out[i] = { to = item(text, other), fromRanges = ranges[other] }
  end
  for _, s in ipairs(taken) do
    if s.condition and s.proposal == id then
      out[#out + 1] = condition(text, s)
    end
  end
  return out
end

--- What an actor supports, opposes, demands, offers; of a proposal whom it is for, and its
--- conditions.
function M.outgoing(text, params)
  local id = id_of(text, params.item)
  if not id then
    return nil
  elseif core.kinds[text.doc:entity(id).kind + 1] == 'proposal' then
    return of_proposal(text, id)
  end
  local order, ranges = grouped(text, (card.stances_of(text, id)), function(s)
    return s.proposal or s.target
  end)
  local out = {}
  for i, other in ipairs(order) do
    out[i] = { to = item(text, other), fromRanges = ranges[other] }
  end
  return out
end

local function items(text, ids)
  local out = {}
  for i, id in ipairs(ids) do
    out[i] = item(text, id)
  end
  return out
end

--- What an actor belongs to, what a proposal is part of.
function M.supertypes(text, params)
  local id = id_of(text, params.item)
  return id and items(text, members.groups(text, id))
end

--- Members of a group, parts of a proposal.
function M.subtypes(text, params)
  local id = id_of(text, params.item)
  return id and items(text, members.of(text, id))
end

function M.install(server, about)
  about('textDocument/prepareCallHierarchy', M.prepare, { list = true })
  about('textDocument/prepareTypeHierarchy', M.prepare, { list = true })
  for method, answer in pairs {
    ['callHierarchy/incomingCalls'] = M.incoming,
    ['callHierarchy/outgoingCalls'] = M.outgoing,
    ['typeHierarchy/supertypes'] = M.supertypes,
    ['typeHierarchy/subtypes'] = M.subtypes,
  } do
    server.requests[method] = function(self, params)
      local it = params.item
      local text = type(it) == 'table' and self.texts[it.uri]
      if not text then
        server.fail(server.errors.invalid_params, 'the text of this item is not open')
      end
      server.ready(self, text)
      return server.list(answer(text, params))
    end
  end
end

return M
