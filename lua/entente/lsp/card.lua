--- lsp.card: what is known of one actor, proposal or stance, as Markdown or in a few words.
local core = require 'entente.core'

local M = {}

local function plural(n, word)
  return ('%d %s%s'):format(n, word, n == 1 and '' or 's')
end

-- Markdown in names and sentences is shown, not obeyed.
local function plain(s)
  return (s:gsub('[\\`*_%[%]<>#|~]', '\\%0'))
end

-- Class, Namespace, Interface, Enum, Namespace, Event; Property
local symbol_kinds = { person = 5, country = 3, organisation = 11, group = 10, place = 3,
  proposal = 24, stance = 7 }

--- The protocol's kind of symbol for a kind of entity, or for a stance.
---@param kind string
---@return integer
function M.symbol_kind(kind)
  return symbol_kinds[kind]
end

local function name_of(text, id)
  local e = id and text.doc:entity(id)
  return e and e.name:gsub('%s+', ' ') or nil
end
M.name_of = name_of

--- "Russia demands full control (from Ukraine), maybe, says Merz"
---@param text EntenteLspText
---@param s table a stance
---@return string
function M.stance(text, s)
  local out = { name_of(text, s.actor) or '?' }
  out[#out + 1] = (s.negated and 'not ' or '') .. core.labels[s.label + 1]
  out[#out + 1] = name_of(text, s.proposal)
  if s.target then
    out[#out + 1] = ('(to %s)'):format(name_of(text, s.target) or '?')
  end
  if s.hedged then
    out[#out + 1] = '- maybe'
  end
  if s.by then
    out[#out + 1] = ('- says %s'):format(name_of(text, s.by) or '?')
  end
  return table.concat(out, ' ')
end

--- Stances an entity takes, or that are taken on it.
function M.stances_of(text, id)
  return text:stances_by(id)
end

-- Whom a stance counts for: who wants what is on the table, who does not; what is not wanted any
-- more, or not opposed, counts for nobody.
local sides = { proposes = 'for', demands = 'for', supports = 'for', accepts = 'for',
  opposes = 'against', criticises = 'against' }

local function side_of(label, negated)
  local side = sides[label]
  return negated and (side == 'for' and 'against' or nil) or not negated and side or nil
end

local function tally(n, what)
  n[what or ''] = (n[what or ''] or 0) + 1
end

--- "3 mentions · 2 files · supports 2 · opposes 1", of a proposal "3 mentions · 2 for · 1 against"
---@param text EntenteLspText
---@param id integer
---@param files? integer of the project that name it; left out below 2
---@return string
function M.counts(text, id, files)
  local e = text.doc:entity(id)
  local out, n = { plural(e.mentions, 'mention') }, {}
  local takes, taken = M.stances_of(text, id)
  if files and files > 1 then
    out[2] = plural(files, 'file')
  end
  if core.kinds[e.kind + 1] == 'proposal' then
    for _, s in ipairs(taken) do
      tally(n, side_of(core.labels[s.label + 1], s.negated))
    end
    for _, side in ipairs { 'for', 'against' } do
      out[#out + 1] = n[side] and ('%d %s'):format(n[side], side)
    end
    return table.concat(out, ' · ')
  end
  for _, s in ipairs(takes) do
    tally(n, (s.negated and 'not ' or '') .. core.labels[s.label + 1])
  end
  for _, label in ipairs(core.labels) do
    for _, how in ipairs { label, 'not ' .. label } do
      out[#out + 1] = n[how] and how .. ' ' .. n[how]
    end
  end
  return table.concat(out, ' · ')
end

local function lines_of(text, list, out)
  for i = 1, math.min(#list, 8) do
    local s = list[i]
    out[#out + 1] = ('- %s  \n  _%s_'):format(plain(M.stance(text, s)),
      plain(text:sentence(s.cues[1][1])))
  end
  if #list > 8 then
    out[#out + 1] = ('- … %d more'):format(#list - 8)
  end
end

--- The card of an entity.
---@return string markdown
function M.entity(text, id)
  local e = text.doc:entity(id)
  local out = { ('**%s** — %s%s'):format(plain(name_of(text, id)), core.kinds[e.kind + 1],
    e.iso and (' (' .. e.iso .. ')') or '') }
  if #e.aliases > 0 then
    out[#out + 1] = '\nalso: ' .. plain(table.concat(e.aliases, ', '):gsub('%s+', ' '))
  end
  out[#out + 1] = '\n' .. M.counts(text, id) .. '\n'
  local takes, taken = M.stances_of(text, id)
  lines_of(text, takes, out)
  lines_of(text, taken, out)
  return table.concat(out, '\n')
end

return M
