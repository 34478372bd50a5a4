--- report.page: a picture (report.collect) as one self-contained page. Nothing is loaded from
--- elsewhere and only the scripts named by their digests run; what comes from the documents is data
--- to them, never markup.
local core = require 'entente.core'
local board = require 'entente.board'
local sha256 = require 'entente.sha256'

local M = {}

local str = core.quote

-- One JSON value: a list, an object whose keys are in `order`, a string, a number, a truth.
local function json(v, order, out)
  local kind = type(v)
  if kind == 'string' then
    out[#out + 1] = str(v)
  elseif kind == 'number' then
    out[#out + 1] = v % 1 == 0 and ('%d'):format(v) or ('%.3g'):format(v)
  elseif kind ~= 'table' then
    out[#out + 1] = tostring(v)
  elseif order and #v == 0 and next(v) ~= nil then
    local before = '{'
    for _, key in ipairs(order) do
      if v[key] ~= nil then
        out[#out + 1] = before .. '"' .. key .. '":'
        json(v[key], order, out)
        before = ','
      end
    end
    out[#out + 1] = before == '{' and '{}' or '}'
  else
    out[#out + 1] = '['
    for i, x in ipairs(v) do
      out[#out + 1] = i > 1 and ',' or ''
      json(x, order, out)
    end
    out[#out + 1] = ']'
  end
end

local keys = {
  'title', 'version', 'labels', 'signs', 'total', 'documents', 'proposals', 'docs', 'entities',
  'sentences', 'name', 'date', 'kind', 'iso', 'aliases', 'mentions', 'seen', 'doc', 'line', 'text',
  'marks', 'actors', 'stances', 'actor', 'label', 'proposal', 'target', 'by', 'negated', 'hedged',
  'score', 'sentence', 'cue', 'unnamed',
}

-- The data as it stands in the page: no "<" that could end the script or begin a comment.
local function data_of(picture, title)
  local signs = {}
  for i, label in ipairs(core.labels) do
    signs[i] = board.signs[label]
  end
  local out = {}
  json({
    title = title, version = core.version, labels = core.labels, signs = signs,
    total = picture.total, docs = picture.docs, entities = picture.entities,
    sentences = picture.sentences, stances = picture.stances,
  }, keys, out)
  return (table.concat(out):gsub('<', '\\u003c'))
end

local entity_of = { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;',
  ["'"] = '&#39;' }

local function safe(s)
  return (core.printable(s):gsub('[&<>"\']', entity_of))
end

local function digest(s)
  return "'sha256-" .. sha256.base64(sha256.digest(s)) .. "'"
end

---@class EntentePageParts
---@field html string the frame, with {{places}} to fill
---@field css string
---@field js string
---@field charts? string the bundle that draws the network and the timeline

--- The page.
---@param picture EntentePicture
---@param title string
---@param parts EntentePageParts
---@return string
function M.render(picture, title, parts)
  local scripts, hashes = {}, {}
  for _, script in ipairs { parts.charts or '', parts.js } do
    if script ~= '' then
      assert(not script:lower():find '</script', 'a script of the page would end early')
      scripts[#scripts + 1] = '<script>' .. script .. '</script>'
      hashes[#hashes + 1] = digest(script)
    end
  end
  local fill = {
    policy = ("default-src 'none'; script-src %s; style-src %s; base-uri 'none'; "
      .. "form-action 'none'"):format(table.concat(hashes, ' '), digest(parts.css)),
    version = core.version, title = safe(title), style = parts.css, data = data_of(picture, title),
    scripts = table.concat(scripts, '\n'),
  }
  return (parts.html:gsub('{{(%l+)}}', fill))
end

return M
