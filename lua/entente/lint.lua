--- lint: what a careful editor would ask about a text. Off by default in every host.
--- Knows no editor. Positions are bytes, 0-based, half-open.
local core = require 'entente.core'

local M = {}

local PERSON, MARK = 0, 6

-- Edit distance of two short words, at most `limit` (then limit + 1).
local function distance(a, b, limit)
  if math.abs(#a - #b) > limit then
    return limit + 1
  end
  local row = {}
  for j = 0, #b do
    row[j] = j
  end
  for i = 1, #a do
    local diagonal, best = row[0], i
    row[0] = i
    for j = 1, #b do
      local cost = a:byte(i) == b:byte(j) and 0 or 1
      local v = math.min(row[j] + 1, row[j - 1] + 1, diagonal + cost)
      diagonal, row[j] = row[j], v
      best = math.min(best, v)
    end
    if best > limit then
      return limit + 1
    end
  end
  return row[#b]
end

-- Spellings of an entity's names with how often each stands in the text.
local function spellings(doc, id)
  local flat, out, order = doc:refs(id), {}, {}
  for i = 1, #flat, MARK do
    if flat[i + 3] == 0 then
      local s = doc:text(flat[i], flat[i + 1]):gsub('%s+', ' ')
      if not out[s] then
        out[s] = { n = 0, at = {} }
        order[#order + 1] = s
      end
      out[s].n = out[s].n + 1
      out[s].at[#out[s].at + 1] = { flat[i], flat[i + 1] }
    end
  end
  return out, order
end

-- One name spelt two ways: the rarer spelling is reported.
local function variants(doc, id, out)
  local seen, order = spellings(doc, id)
  for i = 1, #order do
    for j = i + 1, #order do
      local a, b = order[i], order[j]
      local d = #a > 4 and #b > 4 and distance(a:lower(), b:lower(), 2) or 3
      local rare, usual = a, b
      if seen[a].n >= seen[b].n then
        rare, usual = b, a
      end
      if d > 0 and d <= 2 and a:sub(1, 1) == b:sub(1, 1) then
        for _, at in ipairs(seen[rare].at) do
          out[#out + 1] = { from = at[1], to = at[2], code = 'spelling', replace = usual,
            message = ('also spelt "%s" in this text'):format(usual) }
        end
      end
    end
  end
end

-- A surname alone that two people of the text bear.
local function surnames(doc, people, out)
  local bearers = {}
  for _, id in ipairs(people) do
    local last = doc:entity(id).name:match '(%S+)$'
    bearers[last] = bearers[last] or {}
    table.insert(bearers[last], id)
  end
  for last, ids in pairs(bearers) do
    if #ids > 1 then
      for _, id in ipairs(ids) do
        local seen = spellings(doc, id)
        for _, at in ipairs(seen[last] and seen[last].at or {}) do
          out[#out + 1] = { from = at[1], to = at[2], code = 'ambiguous',
            message = ('"%s" could be %d people of this text'):format(last, #ids) }
        end
      end
    end
  end
end

-- Hedged claims that nobody is said to have made.
local function unattributed(stances, out)
  for _, s in ipairs(stances) do
    if s.hedged and not s.by then
      local c = s.cues[1]
      out[#out + 1] = { from = c[1], to = c[2], code = 'unattributed',
        message = ('who says so? %s is reported without a source'):format(core.labels[s.label + 1]) }
    end
  end
end

--- Everything worth a question, in text order.
---@param doc userdata
---@return {from: integer, to: integer, code: string, message: string, replace: string|nil}[]
function M.check(doc)
  local out, people = {}, {}
  for id = 0, doc:count() - 1 do
    local e = doc:entity(id)
    if e.kind ~= 5 and #e.aliases > 0 then
      variants(doc, id, out)
    end
    if e.kind == PERSON then
      people[#people + 1] = id
    end
  end
  surnames(doc, people, out)
  unattributed(doc:stances() or {}, out)
  table.sort(out, function(a, b)
    return a.from < b.from or (a.from == b.from and a.code < b.code)
  end)
  return out
end

return M
