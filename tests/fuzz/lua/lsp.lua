-- The language server as its peer sees it: any messages in any order. No error leaves it, every
-- request is answered once, answers can be written as JSON, and the text it holds is the client's.
local server = require 'entente.lsp.server'
local bytes = require 'bytes'
local ok, cjson = pcall(require, 'cjson')
if not ok then
  return { skip = 'lua-cjson is not installed' }
end
local json = require('entente.lsp.wire').new(cjson)

local methods = {}
for _, set in ipairs { server.requests, server.notifications } do
  for name in pairs(set) do
    methods[#methods + 1] = name
  end
end
methods[#methods + 1] = 'no/such'
table.sort(methods)

local pieces = { 'Angela Merkel ', 'Vladimir Putin ', 'Moscow ', 'said ', 'rejected ', 'the plan ',
  'he ', '. ', '\n', '\r\n', '“', '”', '\xF0\x9F\x98\x80', '\xFF', 'NATO ', 'a ceasefire ', '' }
local uris = { 'file:///tmp/a.txt', 'file:///tmp/b.md', 'untitled:1', '' }
local encodings = { 'utf-8', 'utf-16', 'utf-32', 'utf-7' }

-- Values no one expects where something else belongs.
local function odd(number)
  local n = number(10)
  if n == 0 then
    return {}
  elseif n == 1 then
    return -1
  elseif n == 2 then
    return 1e300
  elseif n == 3 then
    return 'x'
  elseif n == 4 then
    return true
  elseif n == 5 then
    return 0.5
  elseif n == 6 then
    return { { {} } }
  elseif n == 7 then
    return json.null
  end
  return nil
end

local function position(number)
  return { line = number(6), character = (number(64) or 0) }
end

local function text(number)
  local out = {}
  for i = 1, number(12) or 0 do
    out[i] = pieces[(number(#pieces) or 0) + 1]
  end
  return table.concat(out)
end

local function params(number)
  local uri = uris[(number(#uris) or 0) + 1]
  local p = {
    textDocument = { uri = uri, version = number(9), languageId = 'text', text = text(number) },
    position = position(number), range = { start = position(number), ['end'] = position(number) },
    contentChanges = { { range = { start = position(number), ['end'] = position(number) },
      text = text(number) } },
    newName = pieces[(number(#pieces) or 0) + 1], query = 'e', context = { diagnostics = {} },
    positions = { position(number) }, item = { uri = uri, data = { id = number(9), uri = uri } },
    command = server.Server and '' or 'entente.mark', arguments = { { uri = uri } },
    capabilities = { general = { positionEncodings = { encodings[(number(4) or 0) + 1] } } },
    settings = { entente = {} }, data = { uri = uri, id = number(9) }, id = number(9),
    previousResultId = tostring(number(5)),
  }
  if (number(4) or 0) == 0 then
    p.contentChanges[1].range = nil
  end
  for _ = 1, (number(8) or 9) == 0 and 2 or 0 do
    local keys = {}
    for k in pairs(p) do
      keys[#keys + 1] = k
    end
    table.sort(keys)
    local key = keys[(number(#keys) or 0) + 1]
    if key and number(2) == 0 and type(p[key]) == 'table' then
      local inner = {}
      for k in pairs(p[key]) do
        inner[#inner + 1] = k
      end
      table.sort(inner, function(a, b)
        return tostring(a) < tostring(b)
      end)
      if inner[1] ~= nil then
        p[key][inner[(number(#inner) or 0) + 1]] = odd(number)
      end
    elseif key then
      p[key] = odd(number)
    end
  end
  return p
end

local function run(input)
  local number = bytes.reader(input)
  local asked, told = {}, {}
  local s
  s = server.new {
    null = json.null,
    send = function(message)
      if message.method == nil and message.id ~= nil and message.id ~= json.null then
        told[message.id] = (told[message.id] or 0) + 1
      elseif message.method and message.id then
        s:receive { jsonrpc = '2.0', id = message.id, result = odd(number) }
      end
      json.encode(message)
    end,
  }
  s:receive { jsonrpc = '2.0', id = 'first', method = 'initialize', params = { capabilities = {
    general = { positionEncodings = { encodings[(number(4) or 0) + 1] } } } } }
  asked.first = true
  s:receive { jsonrpc = '2.0', method = 'textDocument/didOpen', params = { textDocument = {
    uri = uris[1], languageId = 'text', version = 1, text = text(number) .. text(number) } } }
  for id = 1, 60 do
    local what = number(256)
    if not what then
      break
    end
    local method = methods[what % #methods + 1]
    local message = { jsonrpc = '2.0', method = method, params = params(number) }
    if server.requests[method] and method ~= 'initialize' and method ~= 'shutdown' then
      message.id = id
      asked[id] = true
    elseif method == 'exit' or method == 'shutdown' then
      message = odd(number)
    end
    s:receive(message)
    for _ = 1, number(3) or 1 do
      s:step()
    end
    if number(4) == 0 then
      s:idle()
    end
  end
  while s:step() do end -- luacheck: ignore
  for _ = 1, 50 do
    s:idle()
  end
  for id in pairs(asked) do
    assert(told[id] == 1, ('request %s was answered %s times'):format(id, told[id] or 0))
  end
  for _, t in pairs(s.texts) do
    local all = t.doc:text()
    local _, lines = all:gsub('\n', '\n')
    assert(t.lines:count() == lines + 1, 'lines are not those of the text')
    assert(t:byte(t:position(#all)) == #all, 'positions are not those of the text')
  end
end

local seeds = {}
for i = 1, 12 do
  local s = {}
  for k = 1, 40 * i do
    s[k] = string.char((k * 37 * i + i * i) % 256)
  end
  seeds[i] = table.concat(s)
end

return { run = run, seeds = seeds, words = {}, most = 3000 }
