-- Lines of JSON as input: never an error raised, and what is read equals what another reader reads.
local json = require 'entente.json'
local documents = require('entente.host.cli.input').documents
local found, other = pcall(require, 'dkjson')

local function same(a, b, depth)
  if type(a) ~= 'table' or type(b) ~= 'table' then
    return a == b or (a ~= a and b ~= b)
  end
  for k, v in pairs(a) do
    if not same(v, b[k], depth + 1) then
      return false
    end
  end
  for k in pairs(b) do
    if a[k] == nil then
      return false
    end
  end
  return true
end

local path = os.tmpname()

local function run(input)
  local value, message = json.decode(input)
  assert(value == nil or message == nil)
  if value ~= nil and found then
    local fine, theirs, _, problem = pcall(other.decode, input)
    -- the other reader is laxer with some numbers and keeps lone surrogates
    if fine and not problem and not input:find '\\u[dD]' and not input:find '[%d][%w.+-]' then
      assert(same(value, theirs, 0), 'read otherwise')
    end
  end
  assert(json.decode(require('entente.jsonl').string(input)), 'a string written is not read')
  local f = assert(io.open(path, 'wb'))
  f:write(input)
  f:close()
  local lines, n = 0, 0
  for _ in (input .. '\n'):gmatch '[^\n]*\n' do
    lines = lines + 1
  end
  for name, text, why in documents({ path }, { input = 'jsonl', most = 4000 }) do
    assert(type(name) == 'string' and (type(text) == 'string' or type(why) == 'string'))
    n = n + 1
  end
  assert(n <= lines, 'more documents than lines')
end

return {
  run = run,
  most = 1500,
  seeds = { '{"doc":"a","text":"Merkel met Putin."}\n{"id":3,"text":"\\u00e9\\ud83d\\ude00\\n"}\n',
    '[1,-2.5e3,true,false,null,"x",{"a":{"b":[]}}]', '"\\ud83d"', '{"text":1}\n\n{"text":"a"}',
    ('['):rep(300), ('{"a":'):rep(300) },
  words = { '{"', '":', '",', '"text":"', '"doc":"', '"id":', '\\u', 'd83d', '\\ude00', '\\"',
    'null', 'true', 'false', '1e9', '-0', '0x1', '1.', '[]', '{}', '[[', '\n', '\r\n' },
}
