--- index.segments: postings are written once, a segment a batch. When there are many segments of
--- one size they are written together as one, without the documents that are gone; so a name is
--- looked up in few places, and every posting is written anew only a few times however large the
--- index.
---
--- A posting is cut into parts that fit into a page of the database: the first documents of a name
--- in very many are found without reading the others.
local core = require 'entente.core'
local pack = require 'entente.index.pack'

local M = {}

local MANY, GROWTH = 12, 6 -- segments of one size; how much larger the next size is
local PART = 900           -- bytes of a part, of its documents

local number = pack.number

--- Documents in a list (number, content, anything, number ...) packed as one.
---@param list any[]
---@return string
function M.pack(list)
  local out, last = {}, 0
  for i = 1, #list, 3 do
    out[#out + 1], out[#out + 2], last = number(list[i] - last), list[i + 1], list[i]
  end
  return table.concat(out)
end

--- Documents in a list (number, content, the name's part in stances: false, 1, or 2 when it takes
--- one itself; number ...) as packed parts: calls put(part, stances or nil, docs) for each.
---@param list any[]
---@param put fun(part: integer, stances: string|nil, docs: string)
function M.parts(list, put)
  local part, size, docs, stances, last, stance = 0, 0, {}, {}, 0, 0
  for i = 1, #list, 3 do
    local doc, content = list[i], list[i + 1]
    if size > 0 and size + #content > PART then
      put(part, stances[1] and table.concat(stances), table.concat(docs))
      part, size, docs, stances, last, stance = part + 1, 0, {}, {}, 0, 0
    end
    docs[#docs + 1], docs[#docs + 2] = number(doc - last), content
    size, last = size + #content + 2, doc
    if list[i + 2] then
      stances[#stances + 1], stance = number((doc - stance) * 2 + list[i + 2] - 1), doc
    end
  end
  put(part, stances[1] and table.concat(stances), table.concat(docs))
end

--- Writes what a segment knows of a name.
---@param w EntenteWriter
---@param segment integer
---@param name integer
---@param list any[] as `parts` takes it
function M.put(w, segment, name, list)
  M.parts(list, function(part, stances, docs)
    w:run('INSERT INTO posting VALUES (?, ?, ?, CAST(? AS BLOB), CAST(? AS BLOB))', segment, name,
      part, stances, docs)
  end)
end

--- Adds the documents of one part to a list as `parts` takes it.
---@param list any[]
---@param stances string|nil
---@param docs string
---@param alive fun(doc: integer): boolean
function M.unpack(list, stances, docs, alive)
  local at, doc, with, stance, part = 1, 0, 1, 0, nil
  local function advance()
    local step
    step, with = pack.read(stances or '', with)
    stance, part = step and stance + math.floor(step / 2), step and step % 2 + 1
  end
  advance()
  while at <= #docs do
    local after, content, step = core.packed_document(docs, at)
    doc = doc + step
    if alive(doc) then
      list[#list + 1], list[#list + 2] = doc, docs:sub(content, after - 1)
      list[#list + 1] = stance == doc and part
    end
    if stance == doc then
      advance()
    end
    at = after
  end
end

-- The documents of a list in order.
local function in_order(list)
  local order, out = {}, {}
  for i = 1, #list, 3 do
    order[#order + 1] = i
  end
  table.sort(order, function(a, b)
    return list[a] < list[b]
  end)
  for _, i in ipairs(order) do
    out[#out + 1], out[#out + 2], out[#out + 3] = list[i], list[i + 1], list[i + 2]
  end
  return out
end

-- Whether a document is still there; while none ever went, all are.
local function living(w)
  if not w:sql("SELECT 1 FROM meta WHERE key = 'gone'"):row() then
    return function()
      return true
    end
  end
  return function(doc)
    return w:sql('SELECT 1 FROM doc WHERE id = ?'):row(doc) ~= nil
  end
end

-- Segments read side by side: calls got(name, list) for each name in order.
local function side_by_side(w, ids, got)
  local heads, alive = {}, living(w)
  local function advance(h)
    h.name, h.stances, h.docs = h.s:step()
    return h.name
  end
  for i, id in ipairs(ids) do
    local s =
      w.db:prepare 'SELECT name, stances, docs FROM posting WHERE segment = ? ORDER BY name, part'
    s:bind(id)
    heads[i] = { s = s }
    advance(heads[i])
  end
  while true do
    local least
    for _, h in ipairs(heads) do
      if h.name and (not least or h.name < least) then
        least = h.name
      end
    end
    if not least then
      break
    end
    local list, from = {}, 0
    for _, h in ipairs(heads) do
      from = from + (h.name == least and 1 or 0)
      while h.name == least do
        M.unpack(list, h.stances, h.docs, alive)
        advance(h)
      end
    end
    got(least, from > 1 and in_order(list) or list)
  end
  for _, h in ipairs(heads) do
    h.s:close()
  end
end

local function write(w, ids)
  local list, target = table.concat(ids, ','), w:sql('SELECT max(id) + 1 FROM segment'):row()
  side_by_side(w, ids, function(name, docs)
    if #docs > 0 then
      M.put(w, target, name, docs)
    end
  end)
  w:run('INSERT INTO segment SELECT ?, sum(docs) FROM segment WHERE id IN (' .. list .. ')', target)
  w:exec('DELETE FROM posting WHERE segment IN (' .. list .. ')')
  w:exec('DELETE FROM segment WHERE id IN (' .. list .. ')')
end

-- Segments with less than a share of all documents, as one: after a long run.
local function tidy(w)
  local small, s = {}, w:sql [[SELECT id FROM segment
    WHERE docs < (SELECT sum(docs) FROM segment) / 8.0]]
  s:bind()
  for id in s.step, s do
    small[#small + 1] = id
  end
  if #small > 2 then
    write(w, small)
  end
end

--- Writes segments together where there are many of one size; part of the batch in work.
---@param w EntenteWriter
---@param thorough? boolean so that few are left
function M.merge(w, thorough)
  local by_size, s = {}, w:sql 'SELECT id, docs FROM segment ORDER BY id'
  s:bind()
  for id, docs in s.step, s do
    local size = math.floor(math.log(math.max(1, docs)) / math.log(GROWTH))
    by_size[size] = by_size[size] or {}
    table.insert(by_size[size], id)
  end
  for _, ids in pairs(by_size) do
    if #ids >= MANY then
      write(w, ids)
    end
  end
  if thorough then
    tidy(w)
  end
end

return M
