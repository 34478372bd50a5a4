--- format.kak: range specifications for Kakoune's `ranges` highlighter, one a line:
--- LINE.COLUMN,LINE.COLUMN|FACE, columns in bytes from 1, the last one included.
local pos = require 'entente.pos'
local view = require 'entente.view'

local M = { shapes = { tag = true }, single = true }

-- Marks and cues as spans with the name of a face.
local function spans(doc)
  local out, m, c = {}, doc:marks(), doc:cues()
  for i = 1, #m, 6 do
    out[#out + 1] = { m[i], m[i + 1], view.kind_groups[m[i + 2] + 1], #out }
  end
  for i = 1, #c, 5 do
    out[#out + 1] = { c[i], c[i + 1], view.stance_groups[c[i + 2] + 1], #out }
  end
  table.sort(out, function(a, b)
    return a[1] < b[1] or (a[1] == b[1] and a[4] < b[4])
  end)
  return out
end

function M.tag(doc, text, _, _, write)
  local from, to, list = pos.lines(text), pos.lines(text), spans(doc)
  for _, s in ipairs(list) do
    local line, column = from(s[1])
    local last, last_column = to(s[2] - 1)
    write(('%d.%d,%d.%d|%s\n'):format(line + 1, column + 1, last + 1, last_column + 1, s[3]))
  end
  return #list
end

return M
