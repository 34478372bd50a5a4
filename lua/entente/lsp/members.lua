--- lsp.members: who belongs to what, as the text says: members that are listed behind a group
--- ("European leaders, among them Merz and Macron"), the state in a group's name, whom a person
--- acts for, a proposal named within another.
local core = require 'entente.core'
local dossier = require 'entente.lsp.dossier'
local slice = require 'entente.lsp.slice'

local M = {}

local MARK, PRONOUN = 6, 2
local KIND = {}
for i, name in ipairs(core.kinds) do
  KIND[name] = i - 1
end
local AHEAD = 400 -- bytes: no list of members is followed further

-- Words that begin a list of members, or of what belongs to a proposal.
local openings = { 'including', 'such as', 'among them', 'like', 'namely', 'notably',
  'consisting of', 'made up of' }

-- Do these bytes between a group and a name begin a list of its members?
local function opens(between)
  local words = between:lower():gsub('%s+', ' '):match '^ ?,? ?(.-) ?$'
  words = words:gsub(' ?the$', ''):gsub(' ?%($', '')
  if words == '' then
    return between:find '[:(]' ~= nil or between:find '^%s*[—–]' ~= nil
  end
  for _, opening in ipairs(openings) do
    if words == opening or words == opening .. ':' then
      return true
    end
  end
  return words == ':' or words == '—' or words == '–'
end

local joints = { ['and'] = true, ['or'] = true, the = true, of = true, ['as'] = true, well = true,
  ['its'] = true, ['their'] = true, former = true }

-- Do they go on with it? "A, B and the President of C"
local function goes_on(between)
  local plain, joined = between:gsub(',', ' '), between:find ',' ~= nil
  for word in plain:gmatch '%S+' do
    joined = joined or word == 'and' or word == 'or'
    if not (joints[word] or dossier.titles[word:lower()] or word:find '^%u[%a-]*$') then
      return false
    end
  end
  return joined
end

-- Calls found(member) for each name of the list behind [_, to), if there is one.
local function listed(text, group, to, found)
  local stop = math.min(text.doc:length(), to + AHEAD)
  local marks, at, open = text.doc:marks(to, stop), to, false
  for i = 1, #marks, MARK do
    local from, till, id = marks[i], marks[i + 1], marks[i + 4]
    if from >= at and id >= 0 and id ~= group and marks[i + 3] ~= PRONOUN then
      local between = text.doc:text(at, from)
      if not (open and goes_on(between) or not open and opens(between)) then
        return
      end
      open, at = true, till
      found(id)
    end
  end
end

local function add(to, id, other)
  local list = to[id] or {}
  to[id] = list
  for _, known in ipairs(list) do
    if known == other then
      return
    end
  end
  list[#list + 1] = other
end

-- What stands inside of what: parts of a proposal, the state in a group's name.
local function nested(outer, m, belongs)
  if m.kind == KIND.proposal and outer.kind == KIND.proposal then
    belongs(m.id, outer.id)
  elseif outer.kind == KIND.group and m.kind ~= KIND.person then
    belongs(outer.id, m.id)
  end
end

local holds = { [KIND.group] = true, [KIND.organisation] = true, [KIND.proposal] = true }

-- What is listed behind a mention.
local function behind(text, m, belongs)
  if holds[m.kind] and m.form ~= PRONOUN then
    listed(text, m.id, m.to, function(other)
      local kind = text.doc:entity(other).kind
      if (kind == KIND.proposal) == (m.kind == KIND.proposal) and kind ~= KIND.place then
        belongs(other, m.id)
      end
    end)
  end
end

local function find(text)
  local members, groups = {}, {}
  local function belongs(member, group)
    if member ~= group then
      add(members, group, member)
      add(groups, member, group)
    end
  end
  local marks, open = text.doc:marks(), {}
  for i = 1, #marks, MARK do
    slice.breathe()
    local m = { from = marks[i], to = marks[i + 1], kind = marks[i + 2], form = marks[i + 3],
      id = marks[i + 4] }
    while open[1] and open[#open].to <= m.from do
      table.remove(open)
    end
    if m.id >= 0 then
      if open[1] then
        nested(open[#open], m, belongs)
      end
      open[#open + 1] = m
      behind(text, m, belongs)
    end
  end
  for id = 0, text.doc:count() - 1 do
    slice.breathe()
    local parent = dossier.parent(text, id)
    if parent then
      belongs(id, parent)
    end
  end
  return { members = members, groups = groups }
end

-- Found once a revision.
local function known(text)
  local revision = text.doc:revision()
  if text.members_of ~= revision then
    text.members_of, text.members_known = revision, find(text)
  end
  return text.members_known
end

--- Members of a group, parts of a proposal.
---@param text EntenteLspText
---@param id integer
---@return integer[]
function M.of(text, id)
  return known(text).members[id] or {}
end

--- What an actor belongs to, what a proposal is part of.
---@param text EntenteLspText
---@param id integer
---@return integer[]
function M.groups(text, id)
  return known(text).groups[id] or {}
end

return M
