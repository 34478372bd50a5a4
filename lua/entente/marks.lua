--- marks: a text cut up by the spans found in it, properly nested, for formats that write marks
--- into the text. Spans that cross one laid earlier are left out.
local core = require 'entente.core'

local M = {}

---@class EntenteMark
---@field from integer
---@field to integer
---@field kind? string of a mention
---@field form? string
---@field entity? integer
---@field score? number
---@field label? string of a stance's cue
---@field stances? table[] that this cue expresses

local function mentions(doc, out, least)
  local m = doc:marks()
  for i = 1, #m, 6 do
    if m[i + 5] / 1000 >= least then
      out[#out + 1] = {
        from = m[i], to = m[i + 1], kind = core.kinds[m[i + 2] + 1],
        form = core.forms[m[i + 3] + 1], entity = m[i + 4] >= 0 and m[i + 4] or nil,
        score = m[i + 5] / 1000,
      }
    end
  end
end

-- One mark for a cue, however many stances it expresses.
local function cues(doc, out, least)
  local known = {}
  for _, s in ipairs(doc:stances()) do
    local sure = least <= 0 or s.score >= least
    for _, cue in ipairs(s.actor and sure and s.cues or {}) do
      local key = cue[1] .. ' ' .. cue[2]
      local mark = known[key]
      if not mark then
        mark = { from = cue[1], to = cue[2], label = core.labels[s.label + 1], stances = {} }
        known[key] = mark
        out[#out + 1] = mark
      end
      mark.stances[#mark.stances + 1] = s
    end
  end
end

local function before(a, b)
  if a.from ~= b.from then
    return a.from < b.from
  elseif a.to ~= b.to then
    return a.to > b.to
  end
  return a.order < b.order
end

-- Keeps what nests, in order. Of two that cross, a cue goes before a mention, else the later one.
local function nested(list)
  for i, mark in ipairs(list) do
    mark.order = i
  end
  table.sort(list, before)
  local open = {}
  for _, mark in ipairs(list) do
    while #open > 0 and open[#open].to <= mark.from do
      open[#open] = nil
    end
    while mark.kind and #open > 0 and open[#open].label and open[#open].to < mark.to do
      open[#open].crossed = true
      open[#open] = nil
    end
    if mark.to > mark.from and (#open == 0 or mark.to <= open[#open].to) then
      open[#open + 1] = mark
    else
      mark.crossed = true
    end
  end
  local out = {}
  for _, mark in ipairs(list) do
    if not mark.crossed then
      out[#out + 1] = mark
    end
  end
  return out
end

--- Mentions, and cues of stances, that nest.
---@param doc userdata
---@param least? integer percent: what is less sure is left out
---@return EntenteMark[]
function M.all(doc, least)
  local out = {}
  mentions(doc, out, (least or 0) / 100)
  cues(doc, out, (least or 0) / 100)
  return nested(out)
end

--- Walks through a text: `on.text(piece)`, `on.open(mark)`, `on.close(mark)` in order.
---@param text string
---@param marks EntenteMark[]
---@param on {text: fun(s: string), open: fun(m: EntenteMark), close: fun(m: EntenteMark)}
function M.walk(text, marks, on)
  local at, open = 0, {}
  local function upto(to)
    if to > at then
      on.text(text:sub(at + 1, to))
      at = to
    end
  end
  local function close(limit)
    while #open > 0 and open[#open].to <= limit do
      upto(open[#open].to)
      on.close(open[#open])
      open[#open] = nil
    end
  end
  for _, mark in ipairs(marks) do
    close(mark.from)
    upto(mark.from)
    on.open(mark)
    open[#open + 1] = mark
  end
  close(#text)
  upto(#text)
end

return M
