--- index.rows: what the index keeps of one analysed document, as a string that crosses threads.
---
---     part TAB date TAB size TAB mentions TAB entities TAB stances TAB bytes of places TAB name
---     for each entity: mentions TAB bytes of places TAB hash TAB hash of a short name or nothing
---     TAB aliases (with \31 between) TAB, then what tells a name: kind TAB code TAB text TAB about
---     for each stance: eleven numbers with blanks between, - for none; a line break ends each
---     the places of all entities, as in a posting
local about = require 'entente.index.about'
local core = require 'entente.core'

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

return M
