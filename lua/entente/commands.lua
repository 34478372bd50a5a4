--- commands: a question about the text becomes an action as data; the host performs it.
---
--- A question is a table: { ent =, doc =, at = byte under the cursor, name = what was asked for,
--- pronouns =, min_score =, count =, wrap =, line = function(byte) -> line number from 1 }.
--- An action is a table with `act`:
---     jump     at, to, text            go there
---     list     title, items            { at =, to =, text =, kind = } each
---     card     title, lines, groups    show beside the cursor
---     message  text, level             'info' or 'warn'
--- Knows no editor. Positions are bytes, 0-based, half-open.
local M = {}

local MARK = 6
local NAME, PRONOUN, PROPOSAL = 0, 2, 5

local function message(text, level)
  return { act = 'message', text = text, level = level or 'warn' }
end

--- Text of a span with runs of blanks as one blank.
---@param doc userdata
---@param from integer
---@param to integer
---@return string
function M.flat(doc, from, to)
  local text = doc:text(from, to):gsub('[%s%c]+', ' ')
  return (text:gsub('^ ', ''):gsub(' $', ''))
end

--- The sentence around a byte, on one line.
---@param doc userdata
---@param at integer
---@return string
function M.sentence(doc, at)
  local from, to = doc:sentence(at)
  return from and M.flat(doc, from, to) or ''
end

local kept = setmetatable({}, { __mode = 'k' })

--- All stances, asked for once a revision.
---@param doc userdata
---@return table[]
function M.stances(doc)
  local revision, memo = doc:revision(), kept[doc]
  if not memo or memo.revision ~= revision then
    memo = { revision = revision, stances = doc:stances() or {} }
    kept[doc] = memo
  end
  return memo.stances
end

--- Forgets what M.stances remembers (after a correction, which is no edit).
---@param doc userdata
function M.forget(doc)
  kept[doc] = nil
end

--- Names and aliases that start with a text, case aside; failing that, those that hold it.
---@param doc userdata
---@param lead string
---@return string[]
function M.names(doc, lead)
  lead = lead:lower()
  local first, others, seen = {}, {}, {}
  local function offer(name)
    local at = name:lower():find(lead, 1, true)
    if at and not seen[name] then
      seen[name] = true
      local into = at == 1 and first or others
      into[#into + 1] = name
    end
  end
  for id = 0, doc:count() - 1 do
    local e = doc:entity(id)
    offer(e.name)
    for _, alias in ipairs(e.aliases) do
      offer(alias)
    end
  end
  return #first > 0 and first or others
end

-- What the words of a stance under the cursor are about: the proposal, else whom they blame.
local function told_at(q)
  for _, s in ipairs(M.stances(q.doc)) do
    for _, cue in ipairs(s.cues) do
      if cue[1] <= q.at and q.at < cue[2] then
        return s.proposal or s.target
      end
    end
  end
end

--- The entity a question is about: by name (or part of one), else the one under the cursor, or the
--- proposal that the words of a stance there are about.
---@return integer|nil id, table|nil action a message when there is none
function M.entity(q)
  if q.name and q.name ~= '' then
    local id = q.doc:find(q.name) or q.doc:find(M.names(q.doc, q.name)[1] or '')
    if id then
      return id
    end
    return nil, message(('nothing here is called "%s"'):format(q.name))
  end
  local _, _, _, _, id = q.doc:at(q.at)
  id = id and id >= 0 and id or told_at(q)
  if id then
    return id
  end
  return nil, message 'no actor or proposal under the cursor: give a name'
end

--- Mentions of an entity as list items; pronouns only when asked for.
---@return table[] items
function M.mentions(q, id)
  local marks, items = q.doc:refs(id), {}
  for i = 1, #marks, MARK do
    local form, score = marks[i + 3], marks[i + 5]
    if (form ~= PRONOUN or q.pronouns) and score >= (q.min_score or 0) * 1000 then
      items[#items + 1] = {
        at = marks[i],
        to = marks[i + 1],
        form = form,
        text = M.sentence(q.doc, marks[i]),
      }
    end
  end
  return items
end

-- Where an entity is mentioned within [from, to).
local function places(doc, id, from, to)
  local marks, out = doc:refs(id), {}
  for i = 1, #marks, MARK do
    if marks[i] >= from and marks[i + 1] <= to then
      out[#out + 1] = { marks[i], marks[i + 1] }
    end
  end
  return out
end

local articles = { the = true, a = true, an = true, its = true, his = true, her = true,
  their = true, this = true, that = true }

--- How the sentence at `q.at` tells that an actor takes a stance on a proposal: the words between
--- them as a pattern for the corrections; nil when the words are no two names, '' when the sentence
--- has no such words.
---@param words string[] the actor's name, then the proposal's, of one word or more each
---@return string|nil pattern
function M.telling(q, words)
  local from, to = q.doc:sentence(q.at)
  for k = 1, #words - 1 do
    local actor = q.doc:find(table.concat(words, ' ', 1, k))
    local proposal = actor and q.doc:find(table.concat(words, ' ', k + 1))
    if proposal then
      for _, a in ipairs(places(q.doc, actor, from, to)) do
        for _, p in ipairs(places(q.doc, proposal, a[2], to)) do
          local cue = M.flat(q.doc, a[2], p[1]):match '^%s*(.-)%s*$'
          local rest, last = cue:match '^(.-)%s*(%a*)$'
          cue = articles[last:lower()] and rest or cue
          if cue:find '%a' and not cue:find '["\\,;:()]' then
            return ('Actor "%s" Proposal'):format(cue)
          end
        end
      end
      return ''
    end
  end
end

--- Every mention of an actor or proposal.
function M.refs(q)
  local id, sorry = M.entity(q)
  if not id then
    return sorry
  end
  local e = q.doc:entity(id)
  return { act = 'list', title = 'Mentions of ' .. e.name, items = M.mentions(q, id), at = q.at }
end

--- To the first full mention.
function M.go(q)
  local id, sorry = M.entity(q)
  if not id then
    return sorry
  end
  local e = q.doc:entity(id)
  return { act = 'jump', at = e.first[1], to = e.first[2], tag = e.name }
end

-- Sentence of a stance in words: "Putin demands full control, says Merz (maybe)".
local function phrase(q, s)
  local function name(id)
    local e = id and q.doc:entity(id)
    return e and e.name
  end
  local out = { name(s.actor) or '?' }
  out[#out + 1] = (s.negated and 'not ' or '') .. q.ent.labels[s.label + 1]
  out[#out + 1] = name(s.proposal)
  if s.target then
    out[#out + 1] = '-> ' .. (name(s.target) or '?')
  end
  if s.hedged then
    out[#out + 1] = '(maybe)'
  end
  if s.by then
    out[#out + 1] = '(by ' .. (name(s.by) or '?') .. ')'
  end
  return table.concat(out, ' ')
end
M.phrase = phrase

--- Stances of an actor, or on a proposal; of everyone without a name and nothing at the cursor.
---@return table[] stances
function M.stances_of(q, id)
  local out = {}
  for _, s in ipairs(M.stances(q.doc)) do
    local about = not id or s.actor == id or s.proposal == id or s.target == id or s.by == id
    local label = not q.verb or q.ent.labels[s.label + 1] == q.verb
    if about and label and s.score >= (q.min_score or 0) then
      out[#out + 1] = s
    end
  end
  return out
end

--- Stances as a list with the sentences that prove them.
function M.positions(q)
  local id
  if q.here or (q.name and q.name ~= '') then
    local sorry
    id, sorry = M.entity(q)
    if not id then
      return sorry
    end
  end
  local items = {}
  for i, s in ipairs(M.stances_of(q, id)) do
    local cue = s.cues[1]
    local text = phrase(q, s) .. ': ' .. M.sentence(q.doc, cue[1])
    items[i] = { at = cue[1], to = cue[2], text = text }
  end
  local about = id and q.doc:entity(id).name or 'everyone'
  return { act = 'list', title = 'Stances of ' .. about, items = items }
end

--- Entities of the kinds wanted, as a list: actors (no proposals), or proposals.
function M.entities(q, want)
  local items = {}
  for id = 0, q.doc:count() - 1 do
    local e = q.doc:entity(id)
    if want(e) then
      local text = ('%s · %s · %d'):format(e.name, q.ent.kinds[e.kind + 1], e.mentions)
      items[#items + 1] = { at = e.first[1], to = e.first[2], text = text, id = id }
    end
  end
  return items
end

--- Actors (of one kind when `kind` is given) as a list.
function M.actors(q, kind)
  local function want(e)
    local name = q.ent.kinds[e.kind + 1]
    return e.kind ~= PROPOSAL and (not kind or kind == name)
  end
  return { act = 'list', title = kind or 'Actors', items = M.entities(q, want) }
end

--- Proposals as a list.
function M.proposals(q)
  local function want(e)
    return e.kind == PROPOSAL
  end
  return { act = 'list', title = 'Proposals', items = M.entities(q, want) }
end

local function counts(q, id)
  local by = {}
  for _, s in ipairs(M.stances_of(q, id)) do
    if s.actor == id or s.proposal == id then
      local label = q.ent.labels[s.label + 1]
      by[label] = (by[label] or 0) + 1
    end
  end
  local out = {}
  for _, label in ipairs(q.ent.labels) do
    if by[label] then
      out[#out + 1] = label .. ' ' .. by[label]
    end
  end
  return table.concat(out, ' · ')
end
M.counts = counts

--- The card of an actor or proposal.
function M.show(q)
  local id, sorry = M.entity(q)
  if not id then
    return sorry
  end
  local e = q.doc:entity(id)
  local lines = { e.name .. ' · ' .. q.ent.kinds[e.kind + 1] .. (e.iso and ' · ' .. e.iso or '') }
  if #e.aliases > 0 then
    lines[#lines + 1] = 'also ' .. table.concat(e.aliases, ', ')
  end
  local plural = e.mentions == 1 and '' or 's'
  local mentions = ('%d mention%s, %d by name'):format(e.mentions, plural, e.names)
  lines[#lines + 1] = mentions .. ', first in line ' .. q.line(e.first[1])
  local sum = counts(q, id)
  if sum ~= '' then
    lines[#lines + 1] = sum
  end
  local stances = M.stances_of(q, id)
  for i = math.max(1, #stances - 4), #stances do
    local s = stances[i]
    lines[#lines + 1] = ('line %d: %s'):format(q.line(s.cues[1][1]), phrase(q, s))
  end
  return { act = 'card', title = e.name, lines = lines, kind = e.kind }
end

--- Who is speaking at a byte: the source of what is said there.
---@param doc userdata
---@param at integer
---@return string|nil
function M.speaker(doc, at)
  for _, a in ipairs(doc:attributions() or {}) do
    for _, part in ipairs(a.content) do
      if at >= part[1] and at < part[2] then
        local e = a.entity and doc:entity(a.entity)
        return e and e.name or a.source[1] and M.flat(doc, a.source[1][1], a.source[1][2])
      end
    end
  end
end

--- Why the span under the cursor is what it is.
function M.explain(q)
  local s, e, kind, form, id, score = q.doc:at(q.at)
  if not s then
    return message 'no actor or proposal under the cursor'
  end
  local entity = id and id >= 0 and q.doc:entity(id)
  local lines = {
    M.flat(q.doc, s, e),
    ('%s, by %s, %d %% sure'):format(
      q.ent.kinds[kind + 1],
      q.ent.forms[form + 1],
      math.floor(score * 100 + 0.5)
    ),
    entity and ('one of %d mentions of %s'):format(entity.mentions, entity.name) or 'not linked',
  }
  local reasons = q.doc.explain and q.doc:explain(q.at)
  for _, reason in ipairs(type(reasons) == 'table' and reasons or { reasons }) do
    lines[#lines + 1] = tostring(reason)
  end
  return { act = 'card', title = lines[1], lines = lines, kind = kind }
end

-- ---- stepping ---------------------------------------------------------------------------------

local CHUNK = 4096

-- Starts (and ends) of mentions in [from, to) that are wanted, in order, one for each start.
local function starts(doc, from, to, want)
  local marks, out = doc:marks(from, to), {}
  for i = 1, #marks, MARK do
    local s = marks[i]
    if s >= from and s < to and want(marks[i + 2], marks[i + 3]) then
      if not out[1] or out[#out][1] ~= s then
        out[#out + 1] = { s, marks[i + 1] }
      end
    end
  end
  return out
end

-- Reads the text in growing stretches forward (or back) from a byte until `count` are found.
local function scan(doc, at, direction, count, want)
  local size, length, found = CHUNK, doc:length(), {}
  local edge = direction > 0 and at + 1 or at
  while #found < count and (direction > 0 and edge < length or direction < 0 and edge > 0) do
    local from = direction > 0 and edge or math.max(0, edge - size)
    local to = direction > 0 and math.min(length, edge + size) or edge
    local part = starts(doc, from, to, want)
    for i = 1, #part do
      found[#found + 1] = direction > 0 and part[i] or part[#part + 1 - i]
    end
    edge = direction > 0 and to or from
    size = size * 4
  end
  return found[count], #found
end

-- Steps along spans that are all known.
local function along(spans, at, direction, count)
  local n = 0
  for i = direction > 0 and 1 or #spans, direction > 0 and #spans or 1, direction do
    local s = spans[i]
    if direction > 0 and s[1] > at or direction < 0 and s[1] < at then
      n = n + 1
      if n == count then
        return s, n
      end
    end
  end
  return nil, n
end

local function known(q, what)
  local spans = {}
  if what == 'same' then
    local id, sorry = M.entity { doc = q.doc, at = q.at }
    if not id then
      return nil, sorry
    end
    for _, item in ipairs(M.mentions({ doc = q.doc, pronouns = true }, id)) do
      spans[#spans + 1] = { item.at, item.to }
    end
  else
    for _, s in ipairs(M.stances_of(q)) do
      spans[#spans + 1] = s.cues[1]
    end
    table.sort(spans, function(a, b)
      return a[1] < b[1]
    end)
  end
  return spans
end

-- A function (at, n) that finds the n-th span after (before) a byte.
local function walker(q, direction, what)
  if what == 'same' or what == 'stance' then
    local spans, sorry = known(q, what)
    return spans and function(at, n)
      return along(spans, at, direction, n)
    end, sorry
  end
  local function want(kind, form)
    return form ~= PRONOUN and (what == 'any' or kind == PROPOSAL)
  end
  return function(at, n)
    return scan(q.doc, at, direction, n, want)
  end
end

--- To the next (direction 1) or previous (-1) mention, `count` times.
---@param what 'any'|'same'|'proposal'|'stance'
function M.step(q, direction, what)
  local count = q.count or 1
  local walk, sorry = walker(q, direction, what)
  if not walk then
    return sorry
  end
  local hit, passed = walk(q.at, count)
  local wrapped = false
  if not hit and q.wrap then
    wrapped = true
    hit = walk(direction > 0 and -1 or q.doc:length() + 1, count - passed)
  end
  if not hit then
    return message(what == 'any' and 'no further mention' or 'no further ' .. what)
  end
  return { act = 'jump', at = hit[1], to = hit[2], wrapped = wrapped }
end

--- The span of the mention under the cursor, of the proposal, or of the sentence.
---@param what 'mention'|'proposal'|'sentence'
---@return integer|nil from, integer|nil to
function M.object(q, what)
  if what == 'sentence' then
    return q.doc:sentence(q.at)
  end
  local marks = q.doc:marks(q.at, q.at + 1)
  for i = #marks - MARK + 1, 1, -MARK do
    if what == 'mention' or marks[i + 2] == PROPOSAL then
      return marks[i], marks[i + 1]
    end
  end
end

--- Questions by the name of their subcommand, for hosts that need no more than these.
M.subcommands = {
  actors = M.actors, proposals = M.proposals, stances = M.positions, refs = M.refs,
  show = M.show, ['goto'] = M.go, explain = M.explain,
  next = function(q)
    return M.step(q, 1, q.name or 'any')
  end,
  prev = function(q)
    return M.step(q, -1, q.name or 'any')
  end,
}

M.NAME, M.PROPOSAL = NAME, PROPOSAL

return M
