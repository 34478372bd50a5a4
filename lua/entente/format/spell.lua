--- format.spell: the words of all names, one a line, for a spell checker's word list.
local core = require 'entente.core'

local M = { shapes = { tag = true } }

function M.tag(doc, text, _, _, write)
  local seen, words, m = {}, {}, doc:marks()
  for i = 1, #m, 6 do
    if core.forms[m[i + 3] + 1] == 'name' and core.kinds[m[i + 2] + 1] ~= 'proposal' then
      for word in text:sub(m[i] + 1, m[i + 1]):gmatch "[%a\128-\255][%w\128-\255'-]*" do
        if word:find '^[%u\128-\255]' and not seen[word] then
          seen[word] = true
          words[#words + 1] = word
        end
      end
    end
  end
  table.sort(words)
  for _, word in ipairs(words) do
    write(core.printable(word), '\n')
  end
  return #words
end

return M
