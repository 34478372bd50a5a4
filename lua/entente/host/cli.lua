--- cli: the command line host.
local ent = require 'entente'
local jsonl = require 'entente.jsonl'

local M = {}

local function tag(name, text, unit)
  local doc, message = ent.open(text)
  if not doc then
    return jsonl.error(name, message)
  end
  return jsonl.line(name, doc, unit)
end

function M.main(argv)
  local unit, input = 'byte', 'text'
  for i = 1, #argv do
    if argv[i] == '--unit' then
      unit = argv[i + 1]
    elseif argv[i] == '--input' then
      input = argv[i + 1]
    end
  end
  if input == 'jsonl' then
    local cjson = require 'cjson'
    for line in io.lines() do
      local o = cjson.decode(line)
      io.write(tag(o.doc or o.id, o.text, unit), '\n')
    end
  else
    io.write(tag('-', io.read '*a', unit), '\n')
  end
  return 0
end

return M
