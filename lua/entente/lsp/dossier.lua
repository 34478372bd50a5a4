--- lsp.dossier: what is known of an actor beside its mentions: its lines in the project's
--- corrections, and whom a person acts for.
local core = require 'entente.core'
local uri = require 'entente.lsp.uri'

local M = {}

local MARK, NAME = 6, 0
local KIND = {}
for i, name in ipairs(core.kinds) do
  KIND[name] = i - 1
end

--- Corrections in force that speak of an entity of this text, the last first.
---@param text EntenteLspText
---@return {entity: integer, line: integer, target: string, tooltip: string}[]
function M.entries(text)
  local out = {}
  local lines = text.store and text.store.lexicon.lines or {}
  local file = text.store and uri.of(text.store.path)
  for i = #lines, 1, -1 do
    local e = lines[i].entry
    local id = e and (text.doc:find(e.name) or e.as and text.doc:find(e.as))
    if id then
      out[#out + 1] = { entity = id, line = i - 1, target = ('%s#L%d'):format(file, i),
        tooltip = require('entente.lexicon').describe(e) }
    end
  end
  return out
end

--- Where the corrections speak of an entity.
---@param text EntenteLspText
---@param id integer
---@return table|nil location
function M.entry(text, id)
  for _, e in ipairs(M.entries(text)) do
    if e.entity == id then
      local place = { line = e.line, character = 0 }
      return { uri = uri.of(text.store.path), range = { start = place, ['end'] = place } }
    end
  end
end

-- Where the lexicon lists an entity of each kind; there is one in a clone.
local files = { person = 'people', country = 'countries', organisation = 'orgs', place = 'places' }

-- Is a name one of those of a line: a field of it, or one of several with ; between?
local function names(line, name)
  local at = 1
  while true do
    local from, to = line:find(name, at, true)
    if not from then
      return false
    end
    local before, behind = line:sub(from - 1, from - 1), line:sub(to + 1, to + 1)
    if (from == 1 or before:find '[\t;]') and (behind == '' or behind:find '[\t; ]') then
      return true
    end
    at = to + 1
  end
end

--- The row of the lexicon that lists an entity by the name it has in the text.
---@param text EntenteLspText
---@param id integer
---@param folder string|nil of the lexicon
---@return table|nil location
function M.row(text, id, folder)
  local e = text.doc:entity(id)
  local name = folder and files[core.kinds[e.kind + 1]]
  local path = name and ('%s/%s.tsv'):format(folder, name)
  local f = path and io.open(path, 'rb')
  if not f then
    return nil
  end
  local line, flat, found = 0, e.name:gsub('%s+', ' '), nil
  for s in f:lines() do
    if not found and s:sub(1, 1) ~= '#' and names(s, flat) then
      local place = { line = line, character = 0 }
      found = { uri = uri.of(path), range = { start = place, ['end'] = place } }
    end
    line = line + 1
  end
  f:close()
  return found
end

--- Words of offices.
local titles = {}
M.titles = titles
for title in ([[president minister chancellor premier secretary leader envoy ambassador spokesman
  spokeswoman spokesperson general king queen prince princess senator chief director commissioner
  governor mayor diplomat official chairman chairwoman chair negotiator head commander]]
):gmatch '%S+' do
  titles[title] = true
end

-- Do these words between a state or body and a name say that the person acts for it?
local function is_title(between)
  if #between > 60 or between:find '[^%w%s\128-\255-]' then
    return false
  end
  local last = between:lower():match '(%S+)%s*$'
  return last ~= nil and titles[last] == true
end

-- Whom the mention at [from, to) is said to act for: "German Chancellor Friedrich Merz".
local function before(text, from)
  local marks, best = text.doc:marks(math.max(0, from - 80), from), nil
  for i = 1, #marks, MARK do
    local kind = marks[i + 2]
    local body = kind == KIND.country or kind == KIND.organisation
    if body and marks[i + 1] <= from and marks[i + 4] >= 0
      and is_title(text.doc:text(marks[i + 1], from)) then
      best = marks[i + 4]
    end
  end
  return best
end

-- The country in the name of a group: "Ukrainian officials".
local function inside(text, id, from, to)
  local marks = text.doc:marks(from, to)
  for i = 1, #marks, MARK do
    if marks[i + 2] == KIND.country and marks[i + 4] ~= id and marks[i] >= from
      and marks[i + 1] <= to then
      return marks[i + 4]
    end
  end
end

--- The state or body an actor belongs to, as the text says.
---@param text EntenteLspText
---@param id integer
---@return integer|nil entity
function M.parent(text, id)
  local e = text.doc:entity(id)
  if e.kind == KIND.group or e.kind == KIND.organisation then
    return inside(text, id, e.first[1], e.first[2])
  elseif e.kind ~= KIND.person then
    return nil
  end
  local flat = text.doc:refs(id)
  for i = 1, #flat, MARK do
    local parent = flat[i + 3] == NAME and before(text, flat[i])
    if parent then
      return parent
    end
  end
end

return M
