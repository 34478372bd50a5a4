--- lint: what a careful editor would ask about a text. Off by default in every host.
--- Knows no editor. Positions are bytes, 0-based, half-open.
local core = require 'entente.core'

local M = {}

local PERSON, PROPOSAL, NAME, MARK = 0, 5, 0, 6

-- Edit distance of two strings, or more than `limit` as soon as that is sure. Wagner and Fischer
-- (1974), a row at a time.
local function distance(a, b, limit)
  if math.abs(#a - #b) > limit then
    return limit + 1
  end
  local row = {}
  for j = 0, #b do
    row[j] = j
  end
  for i = 1, #a do
    local diagonal, least = row[0], i
    row[0] = i
    for j = 1, #b do
      local same = a:byte(i) == b:byte(j)
      local cost = math.min(row[j] + 1, row[j - 1] + 1, diagonal + (same and 0 or 1))
      diagonal, row[j] = row[j], cost
      least = math.min(least, cost)
    end
    if least > limit then
      return limit + 1
    end
  end
  return row[#b]
end
local function words(name)
  local out = {}
  for word in name:gmatch '%S+' do
    out[#out + 1] = word
  end
  return out
end

-- What makes another word of the same name: Russia, Russian, Russians.
local endings = { n = true, s = true, an = true, ns = true, es = true }

-- Do two names look like one, misspelt? Same number of words, all equal but one long word, that
-- differs in a letter or two and not at its start.
local function alike(a, b)
  local x, y = words(a), words(b)
  if #x ~= #y or a == b then
    return false
  end
  local odd
  for i = 1, #x do
    if x[i] ~= y[i] then
      if odd then
        return false
      end
      odd = i
    end
  end
  local p, q = x[odd], y[odd]
  local short = math.min(#p, #q)
  local same = p:sub(1, short) == q:sub(1, short)
  if same and endings[(#p > #q and p or q):sub(short + 1)] then
    return false
  end
  if short < 6 or p:sub(1, 2) ~= q:sub(1, 2) or p:find '%d' then
    return false
  end
  return distance(p, q, 2) <= (short < 8 and 1 or 2)
end

-- How often each spelling of a name stands in the text: { [text] = { n, at, to, kind } }.
local function spellings(doc, breathe)
  local out, marks = {}, doc:marks()
  for i = 1, #marks, MARK do
    breathe()
    if marks[i + 3] == NAME and marks[i + 2] ~= PROPOSAL then
      local text = doc:text(marks[i], marks[i + 1]):gsub('%s+', ' ')
      local s = out[text] or { text = text, places = {}, kind = marks[i + 2] }
      s.places[#s.places + 1] = { marks[i], marks[i + 1] }
      out[text] = s
    end
  end
  return out
end

-- Spellings by the first two letters of each word: only those can be alike.
local function buckets(all)
  local out = {}
  for _, s in pairs(all) do
    local key = s.kind .. ':' .. #words(s.text) .. ':' .. s.text:sub(1, 2)
    out[key] = out[key] or {}
    table.insert(out[key], s)
  end
  return out
end

local function report_spelling(out, rare, usual)
  for _, place in ipairs(rare.places) do
    out[#out + 1] = { from = place[1], to = place[2], code = 'spelling', replace = usual.text,
      message = ('also spelt "%s" in this text'):format(usual.text) }
  end
end

local function check_spelling(doc, out, breathe)
  for _, bucket in pairs(buckets(spellings(doc, breathe))) do
    table.sort(bucket, function(a, b)
      if #a.places ~= #b.places then
        return #a.places > #b.places
      end
      return a.places[1][1] < b.places[1][1]
    end)
    for i = 2, #bucket do
      breathe()
      for k = 1, i - 1 do
        if alike(bucket[i].text, bucket[k].text) then
          report_spelling(out, bucket[i], bucket[k])
          break
        end
      end
    end
  end
end

-- People by their last word.
local function bearers_of(doc, breathe)
  local out = {}
  for id = 0, doc:count() - 1 do
    breathe()
    local e = doc:entity(id)
    local last = e.kind == PERSON and e.name:match ' (%S+)$'
    if last then
      out[last] = out[last] or {}
      table.insert(out[last], e.name)
    end
  end
  return out
end

-- A surname alone that two people of the text bear.
local function surnames(doc, out, breathe)
  local bearers, marks = bearers_of(doc, breathe), doc:marks()
  for i = 1, #marks, MARK do
    breathe()
    local a, b = marks[i], marks[i + 1]
    local names = marks[i + 2] == PERSON and marks[i + 3] == NAME and bearers[doc:text(a, b)]
    if names and #names > 1 then
      out[#out + 1] = { from = a, to = b, code = 'ambiguous', choices = names,
        message = ('may be %s'):format(table.concat(names, ' or ')) }
    end
  end
end

-- Hedged claims that nobody is said to have made.
local function unattributed(stances, out)
  for _, s in ipairs(stances) do
    if s.hedged and not s.by then
      local c, label = s.cues[1], core.labels[s.label + 1]
      out[#out + 1] = { from = c[1], to = c[2], code = 'unattributed',
        message = ('who says so? "%s" is reported without a source'):format(label) }
    end
  end
end

---@class entente.Doubt
---@field from integer
---@field to integer
---@field code 'spelling'|'ambiguous'|'unattributed'
---@field message string
---@field replace string|nil what to write instead
---@field choices string[]|nil what could be written instead, when there is more than one answer

--- Everything worth a question, in text order.
---@param doc userdata
---@param breathe? fun() called again and again: a host that may not be held up can give way there
---@return entente.Doubt[]
function M.check(doc, breathe)
  local out = {}
  breathe = breathe or function() end
  check_spelling(doc, out, breathe)
  surnames(doc, out, breathe)
  unattributed(doc:stances() or {}, out)
  table.sort(out, function(a, b)
    return a.from < b.from or (a.from == b.from and a.code < b.code)
  end)
  return out
end

return M
