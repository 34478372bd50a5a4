--- index.segments: postings are written once, a segment a batch. When there are many segments of
--- one size they are written together as one, without the documents that are gone; so a name is
--- looked up in few places, and every posting is written anew only a few times however large the
--- index.
local pack = require 'entente.index.pack'

local M = {}

local MANY, GROWTH = 12, 6 -- segments of one size; how much larger the next size is

local number = pack.number

-- Where the document that starts at a byte ends; its number less the one before, and its content.
local function document(blob, at)
  local step, n, content
  step, at = pack.read(blob, at)
  content = at
  n, at = pack.read(blob, at)
  for _ = 1, n do
    while blob:byte(at) >= 128 do
      at = at + 1
    end
    at = at + 1
    while blob:byte(at) >= 128 do
      at = at + 1
    end
    at = at + 2
  end
  return step, blob:sub(content, at - 1), at
end

-- Postings of one name from several segments as one, in the order of documents.
local function together(blobs, alive)
  local docs = {}
  for _, blob in ipairs(blobs) do
    local at, doc = 1, 0
    while at <= #blob do
      local step, content, after = document(blob, at)
      at, doc = after, doc + step
      if alive(doc) then
        docs[#docs + 1] = { doc, content }
      end
    end
  end
  table.sort(docs, function(a, b)
    return a[1] < b[1]
  end)
  local out, last = {}, 0
  for i, d in ipairs(docs) do
    out[i], last = number(d[1] - last) .. d[2], d[1]
  end
  return table.concat(out)
end

-- Whether a document is still there; asked once each.
local function living(w)
  local known = {}
  return function(doc)
    if known[doc] == nil then
      known[doc] = w:sql('SELECT 1 FROM doc WHERE id = ?'):row(doc) ~= nil
    end
    return known[doc]
  end
end

local function write(w, ids)
  local list, target = table.concat(ids, ','), w:sql('SELECT max(id) + 1 FROM segment'):row()
  local alive, name, blobs = living(w), nil, {}
  local function flush()
    local blob = name and together(blobs, alive) or ''
    if blob ~= '' then
      w:run('INSERT INTO posting VALUES (?, ?, CAST(? AS BLOB))', target, name, blob)
    end
  end
  -- one statement for each segment, read side by side in the order of names
  local heads = {}
  for i, id in ipairs(ids) do
    local s = w.db:prepare 'SELECT name, docs FROM posting WHERE segment = ? ORDER BY name'
    s:bind(id)
    local n, docs = s:step()
    heads[i] = { s = s, name = n, docs = docs }
  end
  while true do
    local least
    for _, h in ipairs(heads) do
      if h.name and (not least or h.name < least) then
        least = h.name
      end
    end
    flush()
    if not least then
      break
    end
    name, blobs = least, {}
    for _, h in ipairs(heads) do
      if h.name == least then
        blobs[#blobs + 1] = h.docs
        h.name, h.docs = h.s:step()
      end
    end
  end
  for _, h in ipairs(heads) do
    h.s:close()
  end
  w:run('INSERT INTO segment SELECT ?, sum(docs) FROM segment WHERE id IN (' .. list .. ')', target)
  w:exec('DELETE FROM posting WHERE segment IN (' .. list .. ')')
  w:exec('DELETE FROM segment WHERE id IN (' .. list .. ')')
end

--- Writes segments together where there are many of one size; part of the batch in work.
---@param w EntenteWriter
function M.merge(w)
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
end

return M
