-- Actors joined across documents: lua5.4 tools/crossdoc.lua GOLD.jsonl > SYSTEM.jsonl
--
-- Each line of GOLD is a topic: the texts of several documents, one after the other, and where each
-- lies ("docs", code points). They are indexed as a project, and what the index holds to be one is
-- written as clusters for score_coref.py.
package.path = 'lua/?.lua;lua/?/init.lua;' .. package.path
local core = require 'entente.core'
local ent = require 'entente'
local json = require 'entente.json'
local rows = require 'entente.index.rows'
local write = require 'entente.index.write'

for line in io.lines(arg[1]) do
  local topic = json.decode(line)
  local db = assert(core.sqlite(':memory:', 'w'))
  local w = write.new(db, ':memory:', '/')
  local starts = {}
  for i, d in ipairs(topic.docs) do
    local from = core.seek(topic.text, 'codepoint', 0, d[2])
    local text = topic.text:sub(from + 1, core.seek(topic.text, 'codepoint', 0, d[3]))
    local doc = assert(ent.open(text))
    w:add({ dir = '', name = tostring(i), stamp = 1, size = #text, hash = i },
      rows.of(doc, { part = 0, text = text }))
    starts[i] = { d[2], text }
  end
  w:commit(true)
  local ix = setmetatable({ db = db, file = ':memory:', prepared = {}, root = '/' },
    require 'entente.index.read')
  local clusters = {}
  for _, e in ipairs(ix:actors()) do
    local spans = {}
    for hit in ix:places(e.id) do
      local at = starts[tonumber(hit.document.shown)]
      for k = 1, #hit.marks, 4 do
        local first = at[1] + core.count(at[2], 'codepoint', 0, hit.marks[k])
        local last = at[1] + core.count(at[2], 'codepoint', 0, hit.marks[k + 1])
        spans[#spans + 1] = ('[%d,%d]'):format(first, last)
      end
    end
    if #spans > 1 then
      clusters[#clusters + 1] = '[' .. table.concat(spans, ',') .. ']'
    end
  end
  print(('{"doc":%s,"clusters":[%s]}'):format(core.quote(topic.doc), table.concat(clusters, ',')))
end
