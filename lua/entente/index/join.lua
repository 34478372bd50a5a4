--- index.join: which names of an index stand for the same actor, place or proposal. A function of
--- the names, the documents they are in and what those call them: not of the order in which they
--- came. So the names that changed and those beside them are joined anew, or all at once, with the
--- same result.
---
--- 1. Names of one kind that are equal when folded are one, unless what is said of them differs.
--- 2. A single word ("Merkel", "ECB") belongs to the name of several words that documents use it
---    for: as one of its names, or as a person's last name; if three of four documents agree.
local about = require 'entente.index.about'
local core = require 'entente.core'
local fold = require 'entente.index.fold'

local M = {}

local PERSON, PROPOSAL
for i, name in ipairs(core.kinds) do
  PERSON = name == 'person' and i - 1 or PERSON
  PROPOSAL = name == 'proposal' and i - 1 or PROPOSAL
end

local AGREE = 0.75 -- of the documents
local RARE = 0.02  -- less than this share of another description counts as a slip

local COLUMNS = 'id, kind, text, hash, about, short, entity, docs'

local function read(s)
  local out = {}
  for id, kind, text, hash, described, short, entity, docs in s.step, s do
    out[#out + 1] = {
      id = id, kind = kind, text = text, hash = hash, about = described or '', short = short,
      entity = entity or id, docs = docs,
    }
  end
  return out
end

-- In the order in which names stand for others: in most documents, then by text, so that ids, which
-- depend on the order of reading, decide nothing.
local function before(a, b)
  if a.docs ~= b.docs then
    return a.docs > b.docs
  elseif a.text ~= b.text then
    return a.text < b.text
  end
  return a.about < b.about
end

-- Groups of names that are one, of names equal when folded and of one kind.
local function groups(names)
  table.sort(names, before)
  local out = {}
  for _, n in ipairs(names) do
    local home
    for _, g in ipairs(out) do
      local same = n.kind == PERSON and (about.agree(n.about, g.about) or n.docs < g[1].docs * RARE)
      if same or n.kind ~= PERSON and n.about == g.about then
        home = g
        break
      end
    end
    if not home then
      home = { about = n.about }
      out[#out + 1] = home
    elseif home.about == '' or #n.about > #home.about and n.docs * 2 > home[1].docs then
      home.about = n.about
    end
    home[#home + 1] = n
  end
  return out
end

-- Names with one hash, by kind and folded form.
local function by_form(names)
  local out, order = {}, {}
  for _, n in ipairs(names) do
    n.form = n.form or fold.of(core.kinds[n.kind + 1], n.text)
    local key = n.kind .. n.form
    if not out[key] then
      out[key] = {}
      order[#order + 1] = key
    end
    table.insert(out[key], n)
  end
  table.sort(order)
  return out, order
end

-- The names of a hash.
local function of_hash(w, hash)
  local s = w:sql('SELECT ' .. COLUMNS .. ' FROM name WHERE hash = ? AND docs > 0')
  s:bind(hash)
  return read(s)
end

-- The long name a single word belongs to, or nil: { docs for each } must agree.
local function owner(w, form, kind, hash, root)
  local weight, total = {}, 0
  local function vote(id, docs)
    local r = root(id)
    weight[r] = (weight[r] or 0) + docs
    total = total + docs
  end
  local seen = {}
  local s = w:sql [[SELECT n.id, n.text, a.text, a.docs FROM alias a JOIN name n ON n.id = a.name
    WHERE a.hash = ? AND n.kind = ? AND n.docs > 0 AND a.docs > 0]]
  s:bind(hash, kind)
  for id, text, alias, docs in s.step, s do
    if fold.name(alias) == form and fold.of(core.kinds[kind + 1], text):find ' ' then
      seen[id] = true
      vote(id, docs)
    end
  end
  if kind == PERSON then
    s = w:sql 'SELECT id, text, docs FROM name WHERE short = ? AND kind = ? AND docs > 0'
    s:bind(hash, kind)
    for id, text, docs in s.step, s do
      if not seen[id] and fold.person(text):match ' (%S+)$' == form then
        vote(id, docs)
      end
    end
  end
  for id, docs in pairs(weight) do
    if docs >= total * AGREE then
      return id
    end
  end
end

local function set(w, n, entity)
  if n.entity ~= entity then
    w:run('UPDATE name SET entity = ? WHERE id = ?', entity ~= n.id and entity or nil, n.id)
    n.entity = entity
  end
end

-- Joins the names of one hash: rule 1 for all, rule 2 for single words. `root` tells the name that
-- stands for a long one by rule 1.
local function settle(w, names, root)
  local forms, order = by_form(names)
  for _, key in ipairs(order) do
    local list = forms[key]
    local form, kind = list[1].form, list[1].kind
    local single = not form:find ' '
    local long = single and kind ~= PROPOSAL and owner(w, form, kind, list[1].hash, root)
    for _, g in ipairs(groups(list)) do
      for _, n in ipairs(g) do
        set(w, n, long or g[1].id)
      end
    end
  end
end

-- Rule 1 alone: the name that stands for a name of several words.
local function root_finder(w)
  local known = {}
  return function(id)
    if not known[id] then
      local hash = w:sql('SELECT hash FROM name WHERE id = ?'):row(id)
      local forms, order = by_form(of_hash(w, hash))
      for _, key in ipairs(order) do
        for _, g in ipairs(groups(forms[key])) do
          for _, n in ipairs(g) do
            known[n.id] = g[1].id
          end
        end
      end
    end
    return known[id] or id
  end
end

--- Joins the names that changed, and those whose place depends on them.
---@param w EntenteWriter
---@param ids integer[]
function M.some(w, ids)
  local hashes, order = {}, {}
  local function add(hash)
    if hash and not hashes[hash] then
      hashes[hash] = true
      order[#order + 1] = hash
    end
  end
  for _, id in ipairs(ids) do
    local hash, short = w:sql('SELECT hash, short FROM name WHERE id = ?'):row(id)
    add(hash)
    add(short)
  end
  -- single words that these, or those equal to them, are called
  for i = 1, #order do
    for _, n in ipairs(of_hash(w, order[i])) do
      add(n.short)
      local s = w:sql 'SELECT hash FROM alias WHERE name = ?'
      s:bind(n.id)
      for hash in s.step, s do
        add(hash)
      end
    end
  end
  local root = root_finder(w)
  for _, hash in ipairs(order) do
    settle(w, of_hash(w, hash), root)
  end
end

--- Joins all names.
---@param w EntenteWriter
function M.all(w)
  local root = root_finder(w)
  local s = w.db:prepare('SELECT ' .. COLUMNS .. ' FROM name WHERE docs > 0 ORDER BY hash')
  s:bind()
  local same, changes = {}, {}
  -- only hashes that can need it: several names, a single word, or a name that was joined before
  local function flush()
    local n = same[1]
    if n and (#same > 1 or n.entity ~= n.id or not n.text:find ' ') then
      changes[#changes + 1] = n.hash
    end
  end
  for id, kind, text, hash, _, _, entity in s.step, s do
    if same[1] and same[1].hash ~= hash then
      flush()
      same = {}
    end
    same[#same + 1] = { id = id, kind = kind, text = text, hash = hash, entity = entity or id }
  end
  flush()
  s:close()
  for _, hash in ipairs(changes) do
    settle(w, of_hash(w, hash), root)
  end
end

return M
