--- lists: what a document holds, as rows a host can print: actors, proposals, stances, references.
--- Host-free; positions are bytes, lines and columns count from 1.
local core = require 'entente.core'
local pos = require 'entente.pos'

local M = {}

local KIND = {}
for i, name in ipairs(core.kinds) do
  KIND[name] = i - 1
end
M.KIND = KIND

--- One space for any white space: what is printed on one line.
---@param s string
---@return string
function M.one_line(s)
  return (s:gsub('%s+', ' '):gsub('^ ', ''):gsub(' $', ''))
end

---@class EntenteRow
---@field id integer
---@field kind string
---@field name string
---@field aliases string[]
---@field mentions integer
---@field first integer[] span of the first mention
---@field line integer
---@field column integer
---@field stances table<string, integer> how many of each label it takes, or are taken on it
---@field iso? string

-- Counts stances by label for each entity under a key.
local function tally(doc, key)
  local out = {}
  for _, s in ipairs(doc:stances()) do
    local id = s.actor and s[key]
    if id then
      out[id] = out[id] or {}
      local label = core.labels[s.label + 1]
      out[id][label] = (out[id][label] or 0) + 1
    end
  end
  return out
end

-- Entities that pass, in order of first mention.
local function rows(doc, text, key, passes)
  local out, where, counts = {}, pos.lines(text), tally(doc, key)
  for id = 0, doc:count() - 1 do
    local e = doc:entity(id)
    if passes(e) then
      local line, column = where(e.first[1])
      out[#out + 1] = {
        id = id, kind = core.kinds[e.kind + 1], name = M.one_line(e.name), aliases = e.aliases,
        mentions = e.mentions, first = e.first, iso = e.iso,
        line = line + 1, column = column + 1, stances = counts[id] or {},
      }
    end
  end
  return out
end

--- Who acts, and the places; only those of the kinds given.
---@param doc userdata
---@param text string
---@param kinds? table<string, boolean>
---@return EntenteRow[]
function M.actors(doc, text, kinds)
  return rows(doc, text, 'actor', function(e)
    local kind = core.kinds[e.kind + 1]
    return kind ~= 'proposal' and (not kinds or kinds[kind])
  end)
end

--- What is on the table.
---@param doc userdata
---@param text string
---@return EntenteRow[]
function M.proposals(doc, text)
  return rows(doc, text, 'proposal', function(e)
    return e.kind == KIND.proposal
  end)
end

--- Who stands where: one row for each actor, label, proposal and addressee, with how often.
---@param doc userdata
---@param text string
---@return table[]
function M.stances(doc, text)
  local out, known, where = {}, {}, pos.lines(text)
  local function name(id)
    local e = id and doc:entity(id)
    return e and M.one_line(e.name)
  end
  for _, s in ipairs(doc:stances()) do
    if s.actor then
      local key = table.concat({ s.actor, s.label, s.proposal or -1, s.target or -1, s.by or -1,
        tostring(s.negated), tostring(s.hedged) }, ' ')
      local row = known[key]
      if row then
        row.count = row.count + 1
        row.score = math.max(row.score, s.score)
      else
        local line, column = where(s.cues[1][1])
        row = {
          actor = s.actor, proposal = s.proposal, target = s.target, by = s.by,
          stance = core.labels[s.label + 1], negated = s.negated, hedged = s.hedged,
          actor_name = name(s.actor), proposal_name = name(s.proposal),
          target_name = name(s.target), by_name = name(s.by),
          cue = s.cues[1], sentence = s.sentence, score = s.score,
          line = line + 1, column = column + 1, count = 1,
        }
        known[key] = row
        out[#out + 1] = row
      end
    end
  end
  return out
end

--- Of the rows of `stances` those about an entity (as actor, proposal, addressee or source) and
--- with one of these labels, at least so sure.
---@param list table[]
---@param id? integer
---@param labels? table<string, boolean>
---@param least? integer percent
---@return table[]
function M.about(list, id, labels, least)
  local out = {}
  for _, s in ipairs(list) do
    local who = not id or s.actor == id or s.proposal == id or s.target == id or s.by == id
    if who and (not labels or labels[s.stance]) and s.score * 100 >= (least or 0) then
      out[#out + 1] = s
    end
  end
  return out
end

--- Every mention of one entity, with the sentence it stands in.
---@param doc userdata
---@param text string
---@param id integer
---@return table[]
function M.refs(doc, text, id)
  local out, where, m = {}, pos.lines(text), doc:refs(id)
  for i = 1, #m, 6 do
    local from, to = doc:sentence(m[i])
    local line, column = where(m[i])
    out[#out + 1] = {
      span = { m[i], m[i + 1] }, kind = core.kinds[m[i + 2] + 1], form = core.forms[m[i + 3] + 1],
      score = m[i + 5] / 1000, line = line + 1, column = column + 1,
      sentence = M.one_line(text:sub(from + 1, to)), text = text:sub(m[i] + 1, m[i + 1]),
    }
  end
  return out
end

--- The card of one actor or proposal: its row, its stances or those taken on it, its references.
---@param doc userdata
---@param text string
---@param id integer
---@return table
function M.card(doc, text, id)
  local e = doc:entity(id)
  local takes, taken = {}, {}
  for _, s in ipairs(M.stances(doc, text)) do
    if s.actor == id then
      takes[#takes + 1] = s
    end
    if s.proposal == id or s.target == id then
      taken[#taken + 1] = s
    end
  end
  return {
    id = id, kind = core.kinds[e.kind + 1], name = M.one_line(e.name), aliases = e.aliases,
    iso = e.iso, mentions = e.mentions, first = e.first, takes = takes, taken = taken,
    refs = M.refs(doc, text, id),
  }
end

--- A stance in words: "Russia demands full control of Donetsk (not, maybe; says Merz)".
---@param s table
---@return string
function M.stance_words(s)
  local out = s.actor_name .. ' ' .. s.stance
  if s.proposal_name then
    out = out .. ' ' .. s.proposal_name
  end
  if s.target_name then
    out = out .. ' -> ' .. s.target_name
  end
  local notes = {}
  if s.negated then
    notes[#notes + 1] = 'not'
  end
  if s.hedged then
    notes[#notes + 1] = 'maybe'
  end
  if s.by_name then
    notes[#notes + 1] = 'says ' .. s.by_name
  end
  return #notes == 0 and out or out .. ' (' .. table.concat(notes, ', ') .. ')'
end

--- Counts of labels in words: "demands 2, opposes 1".
---@param counts table<string, integer>
---@return string
function M.count_words(counts)
  local out = {}
  for _, label in ipairs(core.labels) do
    if counts[label] then
      out[#out + 1] = label .. ' ' .. counts[label]
    end
  end
  return table.concat(out, ', ')
end

return M
