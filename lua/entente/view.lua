--- view: what to paint. Spans of the document become names of highlight groups; the host paints.
--- Knows no editor. Positions are bytes, 0-based, half-open.
local board = require 'entente.board'
local core = require 'entente.core'
local palette = require 'entente.palette'

local M = {}

--- Group of each kind and each stance label, by the engine's number + 1.
M.kind_groups = {
  'EntentePerson',
  'EntenteCountry',
  'EntenteOrganisation',
  'EntenteGroup',
  'EntentePlace',
  'EntenteProposal',
}
M.stance_groups = {
  'EntenteProposes',
  'EntenteDemands',
  'EntenteSupports',
  'EntenteAccepts',
  'EntenteOpposes',
  'EntenteDiscusses',
  'EntenteThreatens',
  'EntenteCriticises',
}

--- One sign a stance label, as in the board.
M.stance_signs = {}
for i, label in ipairs(core.labels) do
  M.stance_signs[i] = board.signs[label]
end

--- Which mark lies over which: later ones over earlier ones.
M.priority = { mention = 150, uncertain = 155, cue = 160, current = 170, dim = 180 }

local PRONOUN, PROPOSAL = 2, 5
local MARK, CUE = 6, 5

---@class entente.Look
---@field kinds table<string, boolean> kinds to paint
---@field pronouns boolean
---@field colour 'kind'|'actor'
---@field stances boolean
---@field min_score number
---@field uncertain number
---@field current integer|nil entity under the cursor
---@field focus table<integer, boolean>|nil entities to keep while the rest is dimmed
---@field taken table colours given out so far

--- The look that a set of option values asks for.
---@param values table<string, any> from config.resolve
---@return entente.Look
function M.look(values)
  local kinds = {}
  for _, kind in ipairs(values.kinds) do
    kinds[kind] = true
  end
  return {
    kinds = kinds,
    pronouns = values.pronouns,
    colour = values.colour,
    stances = values.stances,
    min_score = values.min_score,
    uncertain = values.uncertain,
    taken = {},
  }
end

--- The same look while it is not known yet who is who.
---@param look entente.Look
---@return entente.Look
function M.unlinked(look)
  local plain = {}
  for key, value in pairs(look) do
    plain[key] = value
  end
  plain.current, plain.focus = nil, nil
  return plain
end

local function add(out, from, to, group, priority)
  local n = #out
  out[n + 1], out[n + 2], out[n + 3], out[n + 4] = from, to, group, priority
end

-- Group of a mention. Proposals keep theirs: a colour is for who acts.
local function group_of(doc, look, kind, entity)
  if look.colour == 'actor' and kind ~= PROPOSAL and entity >= 0 then
    local e = doc:entity(entity)
    if e then
      return 'EntenteActor' .. palette.slot(look.taken, e.name)
    end
  end
  return M.kind_groups[kind + 1]
end

local function mentions(ent, doc, from, to, look, out)
  local marks = doc:marks(from, to)
  local wanted = {}
  for i, name in ipairs(ent.kinds) do
    wanted[i - 1] = look.kinds[name]
  end
  local low, doubtful = look.min_score * 1000, look.uncertain * 1000
  local outer_end = -1
  for i = 1, #marks, MARK do
    local s, e, kind, form = marks[i], marks[i + 1], marks[i + 2], marks[i + 3]
    local entity, score = marks[i + 4], marks[i + 5]
    local is_current = look.current and entity == look.current
    local shown = score >= low and wanted[kind]
    if shown and (form ~= PRONOUN or look.pronouns) then
      local nested = s < outer_end and 1 or 0
      add(out, s, e, group_of(doc, look, kind, entity), M.priority.mention + nested)
      if score < doubtful then
        add(out, s, e, 'EntenteUncertain', M.priority.uncertain)
      end
      outer_end = math.max(outer_end, e)
    end
    if is_current and score >= low then
      add(out, s, e, 'EntenteCurrent', M.priority.current)
    end
  end
  return marks
end

-- Sentences without any of the entities in focus are dimmed.
local function dim(doc, from, to, marks, look, out)
  local at = from
  while at < to do
    local s, e = doc:sentence(at)
    if not s or e <= at then
      return
    end
    local keep = false
    for i = 1, #marks, MARK do
      if marks[i] >= s and marks[i] < e and look.focus[marks[i + 4]] then
        keep = true
        break
      end
    end
    if not keep then
      add(out, math.max(s, from), math.min(e, to), 'EntenteDim', M.priority.dim)
    end
    at = e
  end
end

--- What to paint in [from, to): a flat list of start, end, group, priority.
---@param ent table the module
---@param doc userdata
---@param from integer
---@param to integer
---@param look entente.Look
---@return table spans
function M.spans(ent, doc, from, to, look)
  local out = {}
  local marks = mentions(ent, doc, from, to, look, out)
  if look.stances and doc.cues then
    local cues = doc:cues(from, to)
    for i = 1, #cues, CUE do
      if cues[i + 4] >= look.min_score * 1000 then
        add(out, cues[i], cues[i + 1], M.stance_groups[cues[i + 2] + 1], M.priority.cue)
      end
    end
  end
  if look.focus then
    dim(doc, from, to, marks, look, out)
  end
  return out
end

--- The signs of the stances in [from, to): a flat list of byte, letter, group.
---@param doc userdata
---@param from integer
---@param to integer
---@param look entente.Look
---@return table
function M.signs(doc, from, to, look)
  local out = {}
  local cues = doc.cues and doc:cues(from, to) or {}
  for i = 1, #cues, CUE do
    if cues[i + 4] >= look.min_score * 1000 then
      local n = #out
      local label = cues[i + 2] + 1
      out[n + 1], out[n + 2], out[n + 3] = cues[i], M.stance_signs[label], M.stance_groups[label]
    end
  end
  return out
end

--- "12×" for entities whose first mention lies in [from, to): { at =, text = } each.
---@param doc userdata
---@param from integer
---@param to integer
---@return table[]
function M.counts(doc, from, to)
  local out, marks = {}, doc:marks(from, to)
  for i = 1, #marks, MARK do
    local e = marks[i + 4] >= 0 and doc:entity(marks[i + 4])
    if e and e.first[1] == marks[i] and e.mentions > 1 then
      out[#out + 1] = { at = marks[i], text = ('%s %d×'):format(e.name, e.mentions) }
    end
  end
  return out
end

return M
