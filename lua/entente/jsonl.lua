--- jsonl: one analysed document as one line of JSON, schema 1.
local pos = require 'entente.pos'

local M = {}

local escapes = { ['"'] = '\\"', ['\\'] = '\\\\', ['\n'] = '\\n', ['\r'] = '\\r', ['\t'] = '\\t' }

local function escape(c)
  return escapes[c] or ('\\u%04x'):format(c:byte())
end

--- A JSON string.
---@param s string
---@return string
function M.string(s)
  return '"' .. s:gsub('[%c"\\]', escape) .. '"'
end

local function num(x)
  return ('%.3g'):format(x)
end

local function span(s, conv)
  return ('[%d,%d]'):format(conv(s[1]), conv(s[2]))
end

local function spans(list, conv)
  local out = {}
  for i, s in ipairs(list) do
    out[i] = span(s, conv)
  end
  return '[' .. table.concat(out, ',') .. ']'
end

-- Appends `,"key":value` for a value that is there.
local function add(out, key, value)
  if value ~= nil then
    out[#out + 1] = ',"' .. key .. '":' .. tostring(value)
  end
end

local function mentions(ent, doc, conv)
  local m, out = doc:marks(), {}
  for i = 1, #m, 6 do
    out[#out + 1] = ('{"start":%d,"end":%d,"kind":"%s","form":"%s"%s,"score":%s}'):format(
      conv(m[i]),
      conv(m[i + 1]),
      ent.kinds[m[i + 2] + 1],
      ent.forms[m[i + 3] + 1],
      m[i + 4] >= 0 and ',"entity":' .. m[i + 4] or '',
      num(m[i + 5] / 1000)
    )
  end
  return out
end

local function entities(ent, doc)
  local out = {}
  for id = 0, doc:count() - 1 do
    local e = doc:entity(id)
    local o = { ('{"id":%d,"kind":"%s","name":%s'):format(id, ent.kinds[e.kind + 1], M.string(e.name)) }
    if #e.aliases > 0 then
      local names = {}
      for i, a in ipairs(e.aliases) do
        names[i] = M.string(a)
      end
      add(o, 'aliases', '[' .. table.concat(names, ',') .. ']')
    end
    add(o, 'iso', e.iso and M.string(e.iso))
    out[#out + 1] = table.concat(o) .. '}'
  end
  return out
end

local function stances(ent, doc, conv)
  local out = {}
  for i, s in ipairs(doc:stances()) do
    local o = { ('{"actor":%s,"stance":"%s"'):format(s.actor or -1, ent.labels[s.label + 1]) }
    add(o, 'proposal', s.proposal)
    add(o, 'target', s.target)
    add(o, 'by', s.by)
    add(o, 'negated', s.negated)
    add(o, 'hedged', s.hedged)
    add(o, 'condition', s.condition and span(s.condition, conv))
    add(o, 'cue_spans', spans(s.cues, conv))
    add(o, 'score', num(s.score))
    out[i] = table.concat(o) .. '}'
  end
  return out
end

local function attributions(doc, conv)
  local out = {}
  for i, a in ipairs(doc:attributions()) do
    out[i] = ('{%s"source":%s,"cue":%s,"content":%s,"score":%s}'):format(
      a.entity and ('"entity":%d,'):format(a.entity) or '',
      spans(a.source, conv),
      spans(a.cue, conv),
      spans(a.content, conv),
      num(a.score)
    )
  end
  return out
end

local function list(items)
  return '[' .. table.concat(items, ',') .. ']'
end

--- The line for one document, without the line break.
---@param ent table the module
---@param name string
---@param text string the document's text
---@param doc userdata
---@param unit 'byte'|'codepoint'|'utf16'
---@return string
function M.line(ent, name, text, doc, unit)
  local function conv()
    return pos.converter(text, unit)
  end
  return ('{"schema":1,"doc":%s,"unit":"%s","mentions":%s,"entities":%s,"stances":%s,"attributions":%s}'):format(
    M.string(name),
    unit,
    list(mentions(ent, doc, conv())),
    list(entities(ent, doc)),
    list(stances(ent, doc, conv())),
    list(attributions(doc, conv()))
  )
end

--- The line for a document that cannot be read.
function M.error(name, message)
  return ('{"schema":1,"doc":%s,"error":%s}'):format(M.string(name), M.string(message))
end

return M
