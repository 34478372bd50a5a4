--- query: a small language to ask who stands where on what:
---
---     actor:russia stance:opposes proposal:"peace plan" after:2025-08
---
--- Words without a key name an actor or proposal. Values in double quotes may hold blanks; several
--- with commas between them are alternatives; a "-" before a key turns it round. Host-free; the
--- same in the command line, in `:Entente` and in the language server.
local core = require 'entente.core'
local lpeg = require 'lpeg'

local M = {}

--- What may stand before the ":", and what it means.
M.keys = {
  { name = 'actor', help = 'who takes the stance' },
  { name = 'stance', values = core.labels, help = 'the label' },
  { name = 'proposal', help = 'what it is about' },
  { name = 'target', help = 'whom it is addressed to' },
  { name = 'by', help = 'whose words say so' },
  { name = 'kind', values = core.kinds, help = 'of the actor or proposal' },
  { name = 'is', values = { 'negated', 'hedged', 'plain' }, help = '"not", "maybe", neither' },
  { name = 'after', date = true, help = 'from that date on: 2025, 2025-08, 2025-08-19' },
  { name = 'before', date = true, help = 'before that date' },
  { name = 'score', number = true, help = 'at least so sure: 0.6' },
  { name = 'in', help = 'part of the path of the file' },
}

local by_name = {}
for _, key in ipairs(M.keys) do
  by_name[key.name] = key
end

local P, S, C, Ct, Cp, Cc = lpeg.P, lpeg.S, lpeg.C, lpeg.Ct, lpeg.Cp, lpeg.Cc

local blank = S ' \t\r\n' ^ 0
local quoted = P '"' * C((1 - P '"') ^ 0) * P '"'
local bare = C((1 - S ' \t\r\n,"') ^ 1)
local values = Ct((quoted + bare) * (P ',' * (quoted + bare)) ^ 0)
local key = C(lpeg.R 'az' ^ 1) * P ':'
local one = Ct(Cp() * (P '-' * #key * Cc(true) + Cc(false)) * (key * values + Cc(false) * values))
local grammar = Ct(blank * (one * blank) ^ 0) * Cp()
lpeg.match(grammar, '') -- compiles it, before memory can be short: LPeg would keep half a program

local function one_of(list)
  return table.concat(list, ', ', 1, #list - 1) .. ' or ' .. list[#list]
end

-- A value as it is used; nil, why not. Words may be shortened as far as they are clear.
local function check(k, value)
  if k.date then
    return value:find '^%d%d%d%d$' and value or value:find '^%d%d%d%d%-%d%d$' and value
      or value:find '^%d%d%d%d%-%d%d%-%d%d$' and value,
      ('%s: takes a date like 2025-08-19, not "%s"'):format(k.name, value)
  elseif k.number then
    local n = tonumber(value)
    return n and n >= 0 and n <= 1 and n or nil,
      ('%s: takes a number from 0 to 1, not "%s"'):format(k.name, value)
  elseif k.values then
    local low, found = value:lower(), nil
    for _, v in ipairs(k.values) do
      if v == low then
        return v
      elseif v:sub(1, #low) == low then
        found = found and false or found == nil and v
      end
    end
    return found or nil, ('%s: takes %s, not "%s"'):format(k.name, one_of(k.values), value)
  end
  return value
end

---@class EntenteQueryItem
---@field key string|false
---@field negated boolean
---@field values any[]
---@field at integer byte, from 0

---@class EntenteQuery
---@field items EntenteQueryItem[]
---@field name? string the words without a key

--- Reads a query.
---@param text string
---@return EntenteQuery|nil query, string|nil message, integer|nil at
function M.parse(text)
  local list, stop = lpeg.match(grammar, text)
  if stop <= #text then
    local what = text:sub(stop, stop) == '"' and 'a quotation without end' or 'not understood'
    return nil, ('%s at character %d of the query'):format(what, stop), stop - 1
  end
  local query, words = { items = {} }, {}
  for _, raw in ipairs(list) do
    local at, negated, name, vals = raw[1], raw[2], raw[3], raw[4]
    if not name then
      words[#words + 1] = table.concat(vals, ',')
    else
      local k = by_name[name]
      if not k then
        return nil, ('there is no "%s:"; there are actor: stance: proposal: target: by: kind: is: '
          .. 'after: before: score: in:'):format(name), at - 1
      end
      for i, v in ipairs(vals) do
        local good, message = check(k, v)
        if not good then
          return nil, message, at - 1
        end
        vals[i] = good
      end
      query.items[#query.items + 1] = { key = name, negated = negated, values = vals, at = at - 1 }
    end
  end
  query.name = #words > 0 and table.concat(words, ' ') or nil
  return query
end

--- Whether a query asks for actors and proposals, not for stances.
---@param query EntenteQuery
---@return boolean
function M.is_for_names(query)
  for _, i in ipairs(query.items) do
    if i.key ~= 'kind' then
      return false
    end
  end
  return true
end

-- ---- stances ----------------------------------------------------------------------------------

---@class EntenteQuerySource
---@field ids fun(name: string): table<integer, boolean> entities a name stands for
---@field kind fun(id: integer): string
---@field path? fun(stance: table): string

local function any(list, test)
  for _, v in ipairs(list) do
    if test(v) then
      return true
    end
  end
  return false
end

local match = {}

for field, name in pairs { actor = 'actor', proposal = 'proposal', target = 'target', by = 'by' } do
  match[name] = function(item, s, source)
    return any(item.values, function(v)
      return s[field] ~= nil and source.ids(v)[s[field]] == true
    end)
  end
end

function match.stance(item, s)
  return any(item.values, function(v)
    return v == s.stance
  end)
end

function match.kind(item, s, source)
  return any(item.values, function(v)
    return source.kind(s.actor) == v or s.proposal ~= nil and source.kind(s.proposal) == v
  end)
end

function match.is(item, s)
  return any(item.values, function(v)
    return v == 'negated' and s.negated or v == 'hedged' and s.hedged
      or v == 'plain' and not (s.negated or s.hedged)
  end)
end

function match.after(item, s)
  return any(item.values, function(v)
    return s.date ~= nil and s.date >= v
  end)
end

function match.before(item, s)
  return any(item.values, function(v)
    return s.date ~= nil and s.date < v
  end)
end

function match.score(item, s)
  return any(item.values, function(v)
    return s.score >= v
  end)
end

match['in'] = function(item, s, source)
  return any(item.values, function(v)
    return source.path ~= nil and source.path(s):find(v, 1, true) ~= nil
  end)
end

--- Whether a stance { actor, proposal, target, by, stance, negated, hedged, date, score } passes.
---@param query EntenteQuery
---@param s table
---@param source EntenteQuerySource
---@return boolean
function M.passes(query, s, source)
  for _, item in ipairs(query.items) do
    if match[item.key](item, s, source) == item.negated then
      return false
    end
  end
  if query.name then
    local ids = source.ids(query.name)
    return ids[s.actor] or s.proposal and ids[s.proposal] or s.target and ids[s.target] or false
  end
  return true
end

-- ---- a document -------------------------------------------------------------------------------

--- Where a document's names are looked up: whole names and other names, else parts of them.
---@param doc userdata
---@return EntenteQuerySource
function M.in_document(doc)
  local known = {}
  local function ids(name)
    if not known[name] then
      local whole, parts, low = {}, {}, core.fold(name)
      for id = 0, doc:count() - 1 do
        local e = doc:entity(id)
        for i = 0, #e.aliases do
          local folded = core.fold(i == 0 and e.name or e.aliases[i])
          if folded == low then
            whole[id] = true
          elseif (' ' .. folded):find(' ' .. low, 1, true) then
            parts[id] = true
          end
        end
      end
      known[name] = next(whole) and whole or parts
    end
    return known[name]
  end
  return {
    ids = ids,
    kind = function(id)
      return core.kinds[doc:entity(id).kind + 1]
    end,
  }
end

--- The stances of a document that pass, as doc:stances() gives them.
---@param doc userdata
---@param query EntenteQuery
---@return table[]
function M.stances_of(doc, query)
  local out, source = {}, M.in_document(doc)
  for _, s in ipairs(doc:stances() or {}) do
    s.stance = core.labels[s.label + 1]
    if s.actor and M.passes(query, s, source) then
      out[#out + 1] = s
    end
  end
  return out
end

-- ---- an index ---------------------------------------------------------------------------------

--- Where the names of an index are looked up: whole names, else names that start so.
---@param ix EntenteIndex
---@return EntenteQuerySource
function M.in_index(ix)
  local known, paths = {}, {}
  return {
    ids = function(name)
      if not known[name] then
        local set, list = {}, ix:find(name)
        if #list == 0 then
          for _, longer in ipairs(ix:complete(name, 20)) do
            local lead = core.fold(name) .. ' '
            local whole = core.fold(longer):sub(1, #lead) == lead
            for _, id in ipairs(whole and ix:find(longer) or {}) do
              list[#list + 1] = id
            end
          end
        end
        for _, id in ipairs(list) do
          set[id] = true
        end
        known[name] = set
      end
      return known[name]
    end,
    kind = function(id)
      return ix:entity(id).kind
    end,
    path = function(s)
      if not paths[s.document] then
        paths = { [s.document] = ix:document(s.document).shown }
      end
      return paths[s.document]
    end,
  }
end

local function list_of(set)
  local out = {}
  for id in pairs(set) do
    out[#out + 1] = id
  end
  table.sort(out)
  return out
end

-- What of a query the index can look up by itself; the rest is looked at stance by stance.
local function filter_of(query, source)
  local filter = {}
  for _, item in ipairs(query.items) do
    local k = not item.negated and item.key
    if k == 'actor' or k == 'proposal' or k == 'target' or k == 'by' then
      local all = {}
      for _, v in ipairs(item.values) do
        for id in pairs(source.ids(v)) do
          all[id] = true
        end
      end
      filter[k] = list_of(all)
    elseif #item.values == 1
      and (k == 'stance' or k == 'after' or k == 'before' or k == 'score') then
      filter[k] = item.values[1]
    end
  end
  if query.name and not (filter.actor or filter.proposal) then
    filter.any = list_of(source.ids(query.name))
  end
  return filter
end

--- Goes through the stances of an index that pass, as ix:stances() gives them.
---@param ix EntenteIndex
---@param query EntenteQuery
---@return fun(): table|nil
function M.search(ix, query)
  local source = M.in_index(ix)
  local next_stance = ix:stances(filter_of(query, source))
  return function()
    for s in next_stance do
      if M.passes(query, s, source) then
        return s
      end
    end
  end
end

--- The actors and proposals of an index a query asks for: of its kinds, called so.
---@param ix EntenteIndex
---@param query EntenteQuery
---@param limit? integer
---@return EntenteIndexEntity[]
function M.names(ix, query, limit)
  local wanted = {}
  for _, item in ipairs(query.items) do
    for _, v in ipairs(item.values) do
      wanted[v] = not item.negated
    end
  end
  local function passes(kind)
    for _, yes in pairs(wanted) do
      if yes then
        return wanted[kind] == true
      end
    end
    return wanted[kind] ~= false
  end
  local out, list = {}, {}
  if query.name then
    for _, id in ipairs(list_of(M.in_index(ix).ids(query.name))) do
      list[#list + 1] = ix:entity(id)
    end
    table.sort(list, function(a, b)
      return a.documents > b.documents or a.documents == b.documents and a.id < b.id
    end)
  else
    list = ix:entities()
  end
  for _, e in ipairs(list) do
    if passes(e.kind) and #out < (limit or math.huge) then
      out[#out + 1] = e
    end
  end
  return out
end

-- ---- completion -------------------------------------------------------------------------------

--- What may follow at the end of an unfinished query: whole last words.
---@param lead string the query up to the cursor
---@param names fun(lead: string): string[]
---@return string[]
function M.complete(lead, names)
  local word = lead:match '[^ \t]*$'
  local quote = lead:match '([%a-]*:?"[^"]*)$'
  if quote and select(2, lead:gsub('"', '')) % 2 == 1 then
    word = quote
  end
  local name, value = word:match '^(%-?%a+:)"?(.*)$'
  local out = {}
  local k = name and by_name[name:gsub('[-:]', '')]
  if not name then
    for _, other in ipairs(M.keys) do
      if other.name:sub(1, #word) == word then
        out[#out + 1] = other.name .. ':'
      end
    end
    return out
  end
  for _, v in ipairs(k and k.values or k and not (k.date or k.number) and names(value) or {}) do
    if v:lower():sub(1, #value) == value:lower() or not k.values then
      out[#out + 1] = name .. (v:find '[ ,]' and '"' .. v .. '"' or v)
    end
  end
  return out
end

return M
