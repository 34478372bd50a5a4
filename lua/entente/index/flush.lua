--- index.flush: the end of a batch: what it gathered of names is written, each name once.
local fold = require 'entente.index.fold'
local lookup = require 'entente.index.lookup'
local segments = require 'entente.index.segments'

local M = {}

local HELD = 4 -- documents whose places a name holds itself

--- Other names of one name: in a batch they are numbered by that of the name times so many.
M.MOST = 65536
local MOST = M.MOST

local function sorted(list)
  local ids = {}
  for id in pairs(list) do
    ids[#ids + 1] = id
  end
  table.sort(ids)
  return ids
end

-- What rows of the lookup gain: { row = pairs }.
local function found_by(rows, as, hash, id)
  local row = lookup.row(hash)
  rows[row] = (rows[row] or '') .. lookup.pair(as, hash, id)
end

-- Calls each(as, hash) for what a name is found by.
local function keys(kind, text, each)
  local folded, last = fold.parts(kind, text)
  each(folded:find(' ', 1, true) and lookup.WORDS or lookup.WORD, fold.hash(folded))
  if last then
    each(lookup.LAST, fold.hash(last))
  end
end

-- New names of few documents hold their places themselves: most names are in one document alone.
local function flush_names(w, b, rows)
  local dirty, id = w.dirty, nil
  local function found(as, hash)
    found_by(rows, as, hash, id)
  end
  for _, each in ipairs(sorted(b.names)) do
    id = each
    local docs, mentions, new = b.names[id], b.mentions[id], b.new[id]
    if new then
      local held
      if docs <= HELD then
        held = segments.pack(b.posting[id])
        b.posting[id] = nil
      end
      w:run('INSERT INTO name VALUES (?, ?, ?, ?, NULL, ?, ?, CAST(? AS BLOB))', id, new[1],
        new[2], new[3] ~= '' and new[3] or nil, docs, mentions, held)
      keys(new[1], new[2], found)
    elseif docs ~= 0 or mentions ~= 0 then
      w:run('UPDATE name SET docs = docs + ?, mentions = mentions + ? WHERE id = ?', docs,
        mentions, id)
    end
    if dirty and (new or docs ~= 0) then
      dirty[#dirty + 1] = id
    end
  end
end

local function flush_aliases(w, b, rows)
  for _, id in ipairs(sorted(b.aliases)) do
    local docs, text, name = b.aliases[id], b.new_alias[id], math.floor(id / MOST)
    if text then
      w:run('INSERT INTO alias VALUES (?, ?, ?, ?)', name, id % MOST, text, docs)
      found_by(rows, lookup.ALIAS, fold.hash(fold.name(text)), name)
    elseif docs ~= 0 then
      w:run('UPDATE alias SET docs = docs + ? WHERE name = ? AND n = ?', docs, name, id % MOST)
    end
  end
end

local function flush_lookup(w, rows)
  for _, row in ipairs(sorted(rows)) do
    local changed = w:run('UPDATE lookup SET names = CAST(names || ? AS BLOB) WHERE id = ?',
      rows[row], row)
    if changed == 0 then
      w:run('INSERT INTO lookup VALUES (?, CAST(? AS BLOB))', row, rows[row])
    end
  end
end

local function flush_postings(w, b)
  local segment
  for _, name in ipairs(sorted(b.posting)) do
    segment = segment or (w:sql('SELECT coalesce(max(id), 0) + 1 FROM segment'):row())
    segments.put(w, segment, name, b.posting[name])
  end
  if segment then
    w:run('INSERT INTO segment VALUES (?, ?)', segment, b.docs)
  end
end

--- Writes what a batch gathered.
---@param w EntenteWriter
---@param b table
function M.batch(w, b)
  local rows = {} -- of the lookup: what they gain
  flush_names(w, b, rows)
  flush_aliases(w, b, rows)
  flush_lookup(w, rows)
  flush_postings(w, b)
end

-- ---- what goes --------------------------------------------------------------------------------

local function lose(w, as, hash, id)
  local row = lookup.row(hash)
  local blob = w:sql('SELECT names FROM lookup WHERE id = ?'):row(row) or ''
  w:run('UPDATE lookup SET names = CAST(? AS BLOB) WHERE id = ?',
    lookup.without(blob, lookup.pair(as, hash, id)), row)
end

local function sweep_alias(w, id)
  local name, n = math.floor(id / MOST), id % MOST
  local text, docs = w:sql('SELECT text, docs FROM alias WHERE name = ? AND n = ?'):row(name, n)
  if text and docs <= 0 then
    lose(w, lookup.ALIAS, fold.hash(fold.name(text)), name)
    w:run('DELETE FROM alias WHERE name = ? AND n = ?', name, n)
  end
end

local function sweep_name(w, id)
  local kind, text, docs = w:sql('SELECT kind, text, docs FROM name WHERE id = ?'):row(id)
  if kind and docs <= 0 then
    keys(kind, text, function(as, hash)
      lose(w, as, hash, id)
    end)
    w:run('DELETE FROM name WHERE id = ?', id)
  end
end

--- Takes out the names and other names that no document has any more.
---@param w EntenteWriter
---@param b table
function M.sweep(w, b)
  for id, docs in pairs(b.aliases) do
    if docs < 0 then
      sweep_alias(w, id)
    end
  end
  for id, docs in pairs(b.names) do
    if docs < 0 then
      sweep_name(w, id)
    end
  end
end

return M
