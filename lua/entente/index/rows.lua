--- index.rows: what the index keeps of one analysed document, as a string that crosses threads.
---
---     part TAB date TAB size TAB mentions TAB entities TAB stances TAB bytes of places TAB name
---     for each entity: mentions TAB bytes of places TAB hash TAB hash of a short name or nothing
---     TAB aliases (with \31 between) TAB, then what tells a name: kind TAB code TAB text TAB about
---     for each stance: eleven numbers with blanks between, - for none; a line break ends each
---     the places of all entities, as in a posting
local about = require 'entente.index.about'
local core = require 'entente.core'
local pack = require 'entente.index.pack'

local M = {}

local COUNTRY, PERSON
for i, name in ipairs(core.kinds) do
  COUNTRY = name == 'country' and i - 1 or COUNTRY
  PERSON = name == 'person' and i - 1 or PERSON
end

-- Where countries are named, and who is named with several words.
local function look(doc, stop)
  local countries, people, marks, seen = {}, {}, doc:marks(0, stop), {}
  for i = 3, #marks, 6 do
    local kind, id = marks[i], marks[i + 2]
    if id >= 0 and kind == COUNTRY then
      countries[#countries + 1] = { marks[i - 2], marks[i - 1], id }
    elseif id >= 0 and kind == PERSON and not seen[id] then
      seen[id] = true
      people[#people + 1] = id
    end
  end
  return countries, people
end

-- Countries that may stand in a description at a byte, with their codes.
local function near(doc, countries, at)
  local low, high = 1, #countries + 1
  while low < high do
    local mid = math.floor((low + high) / 2)
    if countries[mid][1] < at - 100 then
      low = mid + 1
    else
      high = mid
    end
  end
  local out = {}
  for i = low, #countries do
    local c = countries[i]
    if c[1] > at + 200 then
      break
    end
    out[#out + 1] = { c[1], c[2], doc:entity(c[3]).iso }
  end
  return out
end

---@class EntentePart
---@field part integer
---@field text string
---@field name? string
---@field date? string

--- What is kept of an analysed document.
---@param doc userdata
---@param part EntentePart
---@return string|nil rows, string|nil message
function M.of(doc, part)
  local text, abouts = part.text, {}
  local countries, people = look(doc, #text)
  for _, id in ipairs(people) do
    local e = doc:entity(id)
    if e.kind == PERSON and e.name:find ' ' then
      abouts[id] = about.person(text, e.first[1], e.first[2], near(doc, countries, e.first[1]))
    end
  end
  local name = (part.name or ''):gsub('%c', ' ')
  return doc:rows(('%d\t%s\t\31\t%s\n'):format(part.part, part.date or '', name), abouts)
end

-- ---- the same from JSON ----------------------------------------------------------------------

local number_of = {}
for what, list in pairs { kind = core.kinds, form = core.forms, stance = core.labels } do
  number_of[what] = {}
  for i, name in ipairs(list) do
    number_of[what][name] = i - 1
  end
end

local LONGEST = 120 -- bytes of a name, as in C

local function tidy(s)
  s = tostring(s):gsub('[%s%c]+', ' ')
  return #s > LONGEST and s:sub(1, LONGEST):gsub('[\192-\255][\128-\191]*$', '') or s
end

--- One place, packed: its first byte less that of the one before, a byte with form and score,
--- its length unless it is that of the one before (of the name at first).
---@param step integer
---@param length integer
---@param before integer
---@param form integer
---@param score number
---@return string
function M.place(step, length, before, form, score)
  local bits = form + math.floor(score * 31 + 0.5) * 4
  if length == before then
    return pack.number(step) .. string.char(bits)
  end
  return pack.number(step) .. string.char(bits + 128) .. pack.number(length)
end

-- Places of each entity, packed, and how many.
local function places_in(mentions, names)
  local blobs, counts, last = {}, {}, {}
  for _, m in ipairs(mentions or {}) do
    local id = m.entity
    local before = last[id]
    if id and not (before and before.start == m.start and before['end'] == m['end']) then
      local list = blobs[id] or {}
      blobs[id] = list
      list[#list + 1] = M.place(m.start - (before and before.start or 0), m['end'] - m.start,
        before and before['end'] - before.start or #(names[id] or ''),
        number_of.form[m.form] or 0, m.score or 1)
      counts[id], last[id] = (counts[id] or 0) + 1, m
    end
  end
  return blobs, counts
end

-- By what a proposal of one common word is told: who takes the first stance on it.
local function first_actor(o, e, by_id)
  if e.kind ~= 'proposal' or e.name:find '[%u%d ]' then
    return ''
  end
  for _, s in ipairs(o.stances or {}) do
    local actor = s.proposal == e.id and by_id[s.actor]
    if actor then
      return actor.iso or core.fold(actor.name, actor.kind == 'person')
    end
  end
  return ''
end

-- What the text says of each person of several words, by id: at the first mention, as in `of`.
-- Nothing where the text is not the one that was read.
local function abouts_in(o, by_id, text)
  local out, countries, people, seen = {}, {}, {}, {}
  for _, m in ipairs(text and o.mentions or {}) do
    local e = by_id[m.entity]
    if e and e.kind == 'country' then
      countries[#countries + 1] = { m.start, m['end'], e.iso }
    elseif e and e.kind == 'person' and not seen[e] and e.name:find ' ' then
      seen[e] = true
      people[#people + 1] = { e, m }
    end
  end
  for _, p in ipairs(people) do
    local e, m, said = p[1], p[2], nil
    local found = tidy(text:sub(m.start + 1, m['end']))
    for i = 0, #(e.aliases or {}) do
      said = said or found == tidy(i == 0 and e.name or e.aliases[i])
    end
    if not said and m.form == 'name' then
      return {}
    end
    local close = {}
    for _, c in ipairs(countries) do
      if c[1] >= m.start - 100 and c[1] <= m.start + 200 then
        close[#close + 1] = c
      end
    end
    out[e.id] = about.person(text, m.start, m['end'], close)
  end
  return out
end

local function entity_line(o, e, by_id, blob, count, said)
  local name, person, others = tidy(e.name), e.kind == 'person', {}
  local folded = core.fold(name, person)
  local short = person and folded:match ' (%S+)$'
  for i, alias in ipairs(e.aliases or {}) do
    others[#others + 1] = i <= 7 and tidy(alias) or nil
  end
  return ('%d\t%d\t%d\t%s\t%s\t%d\t%s\t%s\t%s\n'):format(count, #blob, core.name_hash(folded),
    short and core.name_hash(short) or '', table.concat(others, '\31'),
    number_of.kind[e.kind] or 0, e.iso or '', name, said or first_actor(o, e, by_id))
end

--- What is kept of a document as `tag --format jsonl` tells of it, offsets in bytes.
---@param o table
---@param date? string
---@param text? string the document's text, where it is to be had: it tells people apart
---@return string
function M.of_json(o, date, text)
  local lines, places, by_id, index, names = { '' }, {}, {}, {}, {}
  for _, e in ipairs(o.entities or {}) do
    by_id[e.id], names[e.id] = e, tidy(e.name)
  end
  local blobs, counts = places_in(o.mentions, names)
  local said, sum = abouts_in(o, by_id, text), 0
  -- one that no words name ("met": a meeting) is for readers of the line alone
  for _, e in ipairs(o.entities or {}) do
    local count = counts[e.id]
    if count then
      local blob = pack.number(count) .. table.concat(blobs[e.id])
      index[e.id], sum = #places, sum + count
      places[#places + 1] = blob
      lines[#lines + 1] = entity_line(o, e, by_id, blob, count, said[e.id])
    end
  end
  local kept = 0
  for _, s in ipairs(o.stances or {}) do
    local cue = s.cue_spans and s.cue_spans[1] or { 0, 0 }
    local sentence = s.sentence or cue
    if index[s.actor] and number_of.stance[s.stance] then
      kept = kept + 1
      lines[#lines + 1] = ('%d %d %s %s %s %d %d %d %d %d %d\n'):format(index[s.actor],
        number_of.stance[s.stance], index[s.proposal] or '-', index[s.target] or '-',
        index[s.by] or '-', (s.negated and 1 or 0) + (s.hedged and 2 or 0), cue[1],
        cue[2] - cue[1], sentence[1], sentence[2] - sentence[1],
        math.floor((s.score or 1) * 100 + 0.5))
    end
  end
  local blob = table.concat(places)
  lines[1] = ('0\t%s\t%d\t%d\t%d\t%d\t%d\t\n'):format(date or '', #(text or ''), sum, #places, kept,
    #blob)
  return table.concat(lines) .. blob
end

return M
