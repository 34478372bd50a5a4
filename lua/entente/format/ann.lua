--- format.ann: the text with inline marks, as a person would annotate it (NAME.ann).
---
---     [[c:russia|Russian]] President [[p:putin|Vladimir Putin]] {{s1|has demanded}} ...
---     ----
---     = c:russia Russia
---     s1 p:putin demands x:control
---
--- Without the marks it is the text again, byte by byte; a text that holds such marks itself cannot
--- be written so.
local core = require 'entente.core'
local lists = require 'entente.lists'
local marks = require 'entente.marks'

local M = { shapes = { tag = true }, single = true }

local prefix = { person = 'p', country = 'c', organisation = 'o', group = 'g', place = 'l',
  proposal = 'x' }
local suffix = { name = '', nominal = '~n', pronoun = '~pr', verbal = '~v' }

-- Gives each entity an id of its own: p:putin, p:putin-2.
local function slugs(doc)
  local out, taken = {}, {}
  for id = 0, doc:count() - 1 do
    local e = doc:entity(id)
    local kind = core.kinds[e.kind + 1]
    local words = e.name:lower():gsub('[^a-z0-9]+', '-'):gsub('^%-+', ''):gsub('%-+$', '')
    local slug = prefix[kind] .. ':' .. (words ~= '' and words:sub(1, 40) or 'e' .. id)
    local unique, n = slug, 1
    while taken[unique] do
      n = n + 1
      unique = slug .. '-' .. n
    end
    taken[unique] = true
    out[id] = { slug = unique, kind = kind, name = lists.one_line(e.name) }
  end
  return out
end

local function unwritable(text)
  for _, mark in ipairs { '[[', ']]', '{{', '}}', '\n----\n' } do
    if text:find(mark, 1, true) then
      return mark == '\n----\n' and 'a line ----' or mark
    end
  end
end

-- What a mark may refer to: an entity with a mark in the text. Stances of which an end has none,
-- and those the format has no line for (no proposal, "criticises"), are left out with their cues.
local function keep(list, entities)
  local marked = {}
  for _, mark in ipairs(list) do
    if mark.entity then
      marked[mark.entity] = true
    end
  end
  local function there(id)
    return id == nil or marked[id]
  end
  local function fits(s)
    return s.proposal and marked[s.actor] and marked[s.proposal] and there(s.target) and there(s.by)
      and entities[s.actor].kind ~= 'proposal' and entities[s.proposal].kind == 'proposal'
      and core.labels[s.label + 1] ~= 'criticises'
  end
  local out = {}
  for _, mark in ipairs(list) do
    if mark.stances then
      local stances = {}
      for _, s in ipairs(mark.stances) do
        stances[#stances + 1] = fits(s) and s or nil
      end
      mark.stances = stances
    end
    if mark.entity or mark.stances and #mark.stances > 0 then
      out[#out + 1] = mark
    end
  end
  return out, marked
end

-- Numbers the cues of a list; a cue of two parts has one number.
local function number(list)
  local ids, n = {}, 0
  for _, mark in ipairs(list) do
    local first = mark.stances and mark.stances[1]
    if first then
      local key = first.cues[1][1] .. ' ' .. first.cues[1][2]
      if not ids[key] then
        n = n + 1
        ids[key] = 's' .. n
        mark.first = true
      end
      mark.id = ids[key]
    end
  end
end

local function stance_line(id, s, entities)
  local out = { id, entities[s.actor].slug, core.labels[s.label + 1], entities[s.proposal].slug }
  if s.target then
    out[#out + 1] = '-> ' .. entities[s.target].slug
  end
  if s.negated then
    out[#out + 1] = 'not'
  end
  if s.hedged then
    out[#out + 1] = 'maybe'
  end
  if s.by then
    out[#out + 1] = 'by=' .. entities[s.by].slug
  end
  return table.concat(out, ' ')
end

function M.tag(doc, text, name, opts, write)
  local mark = unwritable(text)
  if mark then
    return nil, ('%s holds %s, which the format ann cannot; use --format jsonl'):format(name, mark)
  end
  local show = opts.terminal and core.printable or tostring
  local entities = slugs(doc)
  local list, marked = keep(marks.all(doc), entities)
  number(list)
  marks.walk(text, list, {
    text = function(s)
      write(show(s))
    end,
    open = function(m)
      if m.entity then
        write('[[', entities[m.entity].slug, suffix[m.form], '|')
      else
        write('{{', m.id, '|')
      end
    end,
    close = function(m)
      write(m.entity and ']]' or '}}')
    end,
  })
  write '\n----\n'
  for id = 0, doc:count() - 1 do
    if marked[id] then
      write('= ', entities[id].slug, ' ', show(entities[id].name), '\n')
    end
  end
  for _, m in ipairs(list) do
    for _, s in ipairs(m.first and m.stances or {}) do
      write(stance_line(m.id, s, entities), '\n')
    end
  end
  return #list
end

return M
