--- report.indexed: the picture of a project from its index: which documents are shown, and who is
--- one across them, is the index's word; the sentences are read from the texts.
local collect = require 'entente.report.collect'

local M = {}

-- Documents with stances, those with the surest first, until there are enough stances.
local DOCUMENTS = [[SELECT doc, count(*), max(score) AS best FROM stance GROUP BY doc
  ORDER BY best DESC, doc]]

local function chosen(ix, most)
  local list, n = {}, 0
  for doc, stances in ix:rows(DOCUMENTS) do
    if n >= most then
      break
    end
    list[#list + 1], n = doc, n + stances
  end
  table.sort(list)
  return list
end

-- Makes a function that says what the index knows of an entity of the document in work.
local function resolver(ix)
  local found, cards, here = {}, {}, {}
  local function resolve(kind, e)
    for _, name in ipairs { e.name, e.aliases[1] } do
      local key = kind .. '\0' .. name
      found[key] = found[key] or ix:find(name, kind)
      for _, id in ipairs(found[key]) do
        if here[id] then
          cards[id] = cards[id] or ix:entity(id)
          return cards[id]
        end
      end
    end
  end
  return resolve, function(document)
    here = {}
    for _, id in ipairs(ix:entities_of(document)) do
      here[id] = true
    end
  end
end

--- The picture.
---@param ix EntenteIndex
---@param source table gives texts and lines: get(id), place(id, byte)
---@param open fun(text: string): EntenteDoc|nil, string|nil
---@param told fun(message: string) of documents that cannot be shown
---@return EntentePicture
function M.picture(ix, source, open, told)
  local resolve, enter = resolver(ix)
  local c = collect.new(nil, resolve)
  for _, id in ipairs(chosen(ix, c.most.stances)) do
    local t = source:get(id)
    local doc, message
    if t.text then
      doc, message = open(t.text)
    end
    if doc then
      enter(id)
      local d = t.document
      c:document(d.part > 0 and d.shown .. '#' .. d.name or d.shown, d.date, t.text, doc,
        function(byte)
          return (source:place(id, byte)) - 1
        end)
      doc:close()
    else
      told(('%s %s'):format(t.document and t.document.shown or 'a document', message or t.problem))
    end
  end
  local n = ix:counts()
  return c:finish { documents = n.documents, actors = n.actors, proposals = n.proposals,
    stances = n.stances, mentions = n.mentions }
end

return M
