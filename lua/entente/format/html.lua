--- format.html: a page of its own, without script, network or style from elsewhere.
local core = require 'entente.core'
local lists = require 'entente.lists'
local marks = require 'entente.marks'

local M = { shapes = { tag = true } }

local entity_of = { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;',
  ["'"] = '&#39;' }

-- Text for a page: markup escaped, control characters made visible.
local function safe(s)
  return (core.printable(s):gsub('[&<>"\']', entity_of))
end

local head = [[
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>Entente</title>
<style>
body{max-width:46em;margin:2em auto;padding:0 1em;font:16px/1.6 serif;color:#111;background:#fff}
pre{white-space:pre-wrap;font:inherit} table{border-collapse:collapse} td{padding:0 1em 0 0}
mark{color:inherit;background:none;border-bottom:2px solid} h1{font-size:1.2em}
.person{border-color:#0a7d8c;background:#e2f5f7} .country{border-color:#a06a00;background:#fbf1d9}
.organisation{border-color:#8a2f8a;background:#f6e6f6}
.group{border-color:#2e7d32;background:#e5f3e6}
.place{border-color:#1f4fb0;background:#e4ecfa} .proposal{border-bottom:3px double #333}
.cue{font-weight:bold;border-bottom:2px dotted #b00020}
</style></head><body>
]]

function M.head()
  return head
end

function M.foot()
  return '</body></html>\n'
end

local function title(mark, names)
  if mark.label then
    return mark.label
  end
  return mark.kind .. (mark.form ~= 'name' and ', ' .. mark.form or '')
    .. (mark.entity and ': ' .. names[mark.entity] or '')
end

local function table_of(doc, text, write)
  write '<table>\n'
  for _, list in ipairs { lists.actors(doc, text), lists.proposals(doc, text) } do
    for _, r in ipairs(list) do
      write(('<tr><td><mark class="%s">%s</mark></td><td>%s</td><td>%d</td><td>%s</td></tr>\n')
        :format(r.kind, safe(r.name), r.kind, r.mentions, lists.count_words(r.stances)))
    end
  end
  write '</table>\n'
end

function M.tag(doc, text, name, opts, write)
  local list, names = marks.all(doc, opts.least), {}
  for id = 0, doc:count() - 1 do
    names[id] = lists.one_line(doc:entity(id).name)
  end
  write('<h1>', safe(name), '</h1>\n<pre>')
  marks.walk(text, list, {
    text = function(s)
      write(safe(s))
    end,
    open = function(mark)
      write(('<mark class="%s" title="%s">'):format(mark.kind or 'cue', safe(title(mark, names))))
    end,
    close = function()
      write '</mark>'
    end,
  })
  write '</pre>\n'
  table_of(doc, text, write)
  return #list
end

return M
