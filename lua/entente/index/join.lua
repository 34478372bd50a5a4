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
local lookup = require 'entente.index.lookup'

local M = {}

local PERSON, PROPOSAL
for i, name in ipairs(core.kinds) do
  PERSON = name == 'person' and i - 1 or PERSON
  PROPOSAL = name == 'proposal' and i - 1 or PROPOSAL
end

local AGREE = 0.75 -- of the documents
local KNOWN = 50000 -- names remembered
local RARE = 0.02  -- less than this share of another description counts as a slip

-- A name by its id, with the hash of its folded form and of a person's last name; nil when no
-- document has it.
local function read(w, id)
  local kind, text, said, entity, docs =
    w:sql('SELECT kind, text, about, entity, docs FROM name WHERE id = ?'):row(id)
  if not kind or docs <= 0 then
    return nil
  end
  local form, last = fold.parts(kind, text)
  return {
    id = id, kind = kind, text = text, form = form, hash = fold.hash(form), about = said or '',
    short = last and fold.hash(last), last = last, entity = entity or id, docs = docs,
  }
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
  local out = {}
  for _, id in ipairs(lookup.find(w, hash, lookup.WORDS, lookup.WORD)) do
    local n = read(w, id)
    if n and n.hash == hash then
      out[#out + 1] = n
    end
  end
  return out
end

-- Calls found(docs) for each of a name's other names that is equal when folded.
local function also(w, id, form, found)
  local s = w:sql 'SELECT text, docs FROM alias WHERE name = ? AND docs > 0'
  s:bind(id)
  for text, docs in s.step, s do
    if fold.name(text) == form then
      found(docs)
    end
  end
end

-- The long name a single word belongs to, or nil: { docs for each } must agree.
local function owner(w, form, kind, hash, root)
  local weight, total, seen = {}, 0, {}
  local function vote(id, docs)
    local r = root(id)
    weight[r] = (weight[r] or 0) + docs
    total = total + docs
  end
  for _, id in ipairs(lookup.find(w, hash, lookup.ALIAS)) do
    local n = not seen[id] and read(w, id)
    if n and n.kind == kind and n.form:find ' ' then
      also(w, id, form, function(docs)
        seen[id] = true
        vote(id, docs)
      end)
    end
  end
  for _, id in ipairs(kind == PERSON and lookup.find(w, hash, lookup.LAST) or {}) do
    local n = not seen[id] and read(w, id)
    if n and n.kind == kind and n.last == form then
      vote(id, n.docs)
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
  local known, n_known = {}, 0
  return function(id)
    if not known[id] then
      if n_known > KNOWN then
        known, n_known = {}, 0
      end
      local n = read(w, id)
      local forms, order = by_form(n and of_hash(w, n.hash) or {})
      for _, key in ipairs(order) do
        for _, g in ipairs(groups(forms[key])) do
          for _, member in ipairs(g) do
            known[member.id], n_known = g[1].id, n_known + 1
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
    local kind, text = w:sql('SELECT kind, text FROM name WHERE id = ?'):row(id)
    local form, last = fold.parts(kind, text)
    add(fold.hash(form))
    add(last and fold.hash(last))
  end
  -- single words that these, or those equal to them, are called
  for i = 1, #order do
    for _, n in ipairs(of_hash(w, order[i])) do
      add(n.short)
      local s = w:sql 'SELECT text FROM alias WHERE name = ?'
      s:bind(n.id)
      for text in s.step, s do
        add(fold.hash(fold.name(text)))
      end
    end
  end
  local root = root_finder(w)
  for _, hash in ipairs(order) do
    settle(w, of_hash(w, hash), root)
  end
end

-- Hashes of the names that were joined before, so that those that are no more part.
local function joined(w)
  local out, s = {}, w:sql 'SELECT kind, text FROM name WHERE entity IS NOT NULL'
  s:bind()
  for kind, text in s.step, s do
    out[fold.hash((fold.parts(kind, text)))] = true
  end
  return out
end

--- Joins all names: those looked up alike, and those of a single word by which others are known.
---@param w EntenteWriter
function M.all(w)
  local root, before_now = root_finder(w), joined(w)
  local function settle_all(ids)
    local by_hash = {}
    for _, id in ipairs(ids) do
      local n = read(w, id)
      if n then
        by_hash[n.hash] = by_hash[n.hash] or {}
        table.insert(by_hash[n.hash], n)
      end
    end
    for hash, names in pairs(by_hash) do
      before_now[hash] = nil
      settle(w, names, root)
    end
  end
  for row in lookup.groups(w) do
    local ids = {}
    for _, id in ipairs(row) do
      if id ~= 0 then
        ids[#ids + 1] = id
      else
        settle_all(ids)
        ids = {}
      end
    end
  end
  for hash in pairs(before_now) do
    settle(w, of_hash(w, hash), root)
  end
end

return M
