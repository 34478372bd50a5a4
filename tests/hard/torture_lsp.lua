-- The language server on the torture text: opened, asked, changed, asked again, left.
--   lua5.4 tests/hard/torture_lsp.lua FILE
package.path = 'lua/?.lua;lua/?/init.lua;tests/lsp/?.lua;' .. package.path
local client = require 'client'
client.PATIENCE = 240
local f = assert(io.open(arg[1], 'rb'))
-- what is no UTF-8 cannot stand in JSON: an editor has replaced it
local text = f:read('a'):gsub('[\128-\255]+', function(s)
  return utf8.len(s) and s or ('?'):rep(#s)
end)
f:close()
local URI = 'file:///tmp/entente-torture.txt'
local doc = { uri = URI }
local c = client.start()
c:initialize 'utf-16'
c:open(URI, text)
local function range(first, last)
  return { start = { line = first, character = 0 }, ['end'] = { line = last, character = 0 } }
end
for version = 2, 9 do
  local line = version * 1000
  local tokens = c:ask('textDocument/semanticTokens/range',
    { textDocument = doc, range = range(line, line + 60) })
  assert(tokens.data and #tokens.data % 5 == 0)
  c:change(URI, version,
    { { range = range(line, line + 1), text = 'Merkel rejected the plan.\n' } })
end
local symbols = c:ask('textDocument/documentSymbol', { textDocument = doc })
assert(#symbols > 0)
local hover = { textDocument = doc, position = { line = 2000, character = 2 } }
local _, wrong = c:ask('textDocument/hover', hover)
assert(not wrong)
local peak = c:peak()
assert(c:leave() == 0)
print(('%.0f MB of memory at most'):format(peak))
os.exit(0) -- closing the Lua state crashes in luv 1.50
