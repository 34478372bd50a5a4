--- lsp.extensions: requests of our own, for clients that want more than the protocol has. A client
--- whose capabilities.experimental.entente is there hears entente/didUpdate { uri, version, lines }
--- after each change: ranges are those that were touched, by whole lines; left out: all.
---
---     entente/spans    { textDocument, range? }   -> { { range, kind, form, entity, score }, ... }
---     entente/entities { textDocument, kind? }    -> { { id, kind, name, aliases, iso, mentions,
---                                                  location, summary }, ... }
---     entente/entities { scope = 'project', kind?, name? } -> those of all open texts and of the
---                                                  index, without id
---     entente/mentions { textDocument, id | position } -> { { uri, range, form? }, ... }
---     entente/stances  { textDocument?, actor?, proposal?, verb? } -> stances with their sentence;
---                                                  without a text: of the whole project
---     entente/explain  { textDocument, position } -> sentences
---     entente/status   {} -> { version, texts, pending }
local core = require 'entente.core'
local card = require 'entente.lsp.card'
local features = require 'entente.lsp.features'
local slice = require 'entente.lsp.slice'

local M = {}

local function spans(text, params)
  local from, to
  if type(params.range) == 'table' then
    from, to = text:span(params.range)
  end
  local flat, out = text.doc:marks(from, to), {}
  for i = 1, #flat, 6 do
    slice.breathe()
    out[#out + 1] = { range = text:range(flat[i], flat[i + 1]), kind = core.kinds[flat[i + 2] + 1],
      form = core.forms[flat[i + 3] + 1], entity = flat[i + 4] >= 0 and flat[i + 4] or nil,
      score = flat[i + 5] / 1000 }
  end
  return out
end

local function entities(server, text, params)
  local out = {}
  for id = 0, text.doc:count() - 1 do
    slice.breathe()
    local e = text.doc:entity(id)
    local kind = core.kinds[e.kind + 1]
    if not params.kind or params.kind == kind then
      out[#out + 1] = { id = id, kind = kind, name = card.name_of(text, id),
        aliases = server.list(e.aliases), iso = e.iso, mentions = e.mentions,
        location = text:location(e.first[1], e.first[2]), summary = card.counts(text, id) }
    end
  end
  return out
end

local function mentions(text, params)
  local m = params.position and text:mention(text:byte(params.position))
  if params.position and not m then -- the words of a stance
    return features.references(text, params)
  end
  local flat, out = text.doc:refs(m and m.entity or params.id), {}
  for i = 1, #flat, 6 do
    slice.breathe()
    local place = text:location(flat[i], flat[i + 1])
    place.form = core.forms[flat[i + 3] + 1]
    out[#out + 1] = place
  end
  return out
end

-- The entity a client means by a name; -1 for a name that is none.
local function meant(text, name)
  return name and (text:find(tostring(name)) or -1)
end

local function stances(text, params)
  local out = {}
  local actor, proposal = meant(text, params.actor), meant(text, params.proposal)
  for _, s in ipairs(text:stances()) do
    local label = core.labels[s.label + 1]
    if (not params.verb or params.verb == label) and (not actor or s.actor == actor)
      and (not proposal or s.proposal == proposal) then
      slice.breathe()
      out[#out + 1] = { actor = card.name_of(text, s.actor), stance = label,
        proposal = card.name_of(text, s.proposal), target = card.name_of(text, s.target),
        by = card.name_of(text, s.by), negated = s.negated, hedged = s.hedged, score = s.score,
        location = text:location(s.cues[1][1], s.cues[1][2]),
        sentence = text:sentence(s.cues[1][1]) }
    end
  end
  return out
end

-- A request that may be about one text or, without one, about all of the project.
local function anywhere(server, method, all)
  local one = server.requests[method]
  server.requests[method] = function(self, params)
    if params.textDocument and params.scope ~= 'project' then
      return one(self, params)
    end
    local out = {}
    self:works_on(true)
    for _, text in pairs(self.texts) do
      all(self, text, params, out)
    end
    require('entente.lsp.project')[method:match '[^/]*$'](self, params, out)
    return server.list(out)
  end
end

function M.install(server, about)
  about('entente/spans', spans, { list = true, fresh = true })
  about('entente/entities', function(text, params)
    return entities(server, text, params)
  end, { list = true, fresh = true })
  about('entente/mentions', mentions, { list = true })
  about('entente/stances', stances, { list = true })
  about('entente/explain', function(text, params)
    return text.doc:explain(text:byte(params.position))
  end, { list = true })
  anywhere(server, 'entente/entities', function(_, text, params, out)
    for _, e in ipairs(entities(server, text, params)) do
      if not params.name or meant(text, params.name) == e.id then
        e.id = nil
        out[#out + 1] = e
      end
    end
  end)
  anywhere(server, 'entente/stances', function(_, text, params, out)
    for _, s in ipairs(stances(text, params)) do
      out[#out + 1] = s
    end
  end)
  server.requests['entente/status'] = function(self)
    local n, pending = 0, 0
    for _, text in pairs(self.texts) do
      n = n + 1
      pending = pending + (text.pending and 1 or 0)
    end
    return { version = self.ent.version, texts = n, pending = pending }
  end
end

return M
