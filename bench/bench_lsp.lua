-- bench_lsp: the language server through its real pipe, on a text of 1 MB.
-- usage: lua5.4 bench/bench_lsp.lua [FILE]   prints milliseconds
local uv, json = require 'luv', require 'cjson'
package.path = 'lua/?.lua;lua/?/init.lua;' .. package.path
local frame = require 'entente.lsp.frame'

local function article()
  local f = io.open(arg[1] or 'doc/try.txt', 'rb')
  local text = f:read '*a'
  f:close()
  return text:rep(math.ceil(1048576 / #text)):sub(1, 1048576)
end

local function rss(pid)
  local f = io.open('/proc/' .. pid .. '/status')
  local kb = f and f:read('*a'):match 'VmRSS:%s*(%d+)'
  return tonumber(kb or 0) / 1024
end

local input, output = uv.new_pipe(false), uv.new_pipe(false)
local start = uv.hrtime()
local handle, pid = uv.spawn('bin/entente', { args = { 'lsp' }, stdio = { input, output, 2 } })
local waiting, answer
local frames = frame.new { broken = error, message = function(body)
  local m = json.decode(body)
  if m.id and m.id == waiting then
    waiting = nil
    answer = m
    uv.stop()
  end
end }
output:read_start(function(_, bytes)
  if bytes then
    frames:feed(bytes)
  end
end)

local id = 0
local function send(m)
  local body = json.encode(m)
  input:write(('Content-Length: %d\r\n\r\n%s'):format(#body, body))
end
local function note(method, params)
  send { jsonrpc = '2.0', method = method, params = params }
end
local function ask(method, params)
  id = id + 1
  waiting = id
  send { jsonrpc = '2.0', id = id, method = method, params = params }
  uv.run()
  return answer.result
end

ask('initialize', { capabilities = {} })
print(('start to first answer      %8.2f ms'):format((uv.hrtime() - start) / 1e6))
local doc = { uri = 'file:///bench.txt' }
local t = uv.hrtime()
note('textDocument/didOpen',
  { textDocument = { uri = doc.uri, languageId = 'text', version = 1, text = article() } })
local full = ask('textDocument/semanticTokens/full', { textDocument = doc })
print(('open 1 MB to all tokens    %8.2f ms  (%d tokens)'):format((uv.hrtime() - t) / 1e6,
  #full.data / 5))

math.randomseed(7)
local _, lines = article():gsub('\n', '')
local result, times = full.resultId, {}
for i = 1, 300 do
  local line = math.random(0, lines - 1)
  local pos = { line = line, character = math.random(0, 40) }
  t = uv.hrtime()
  note('textDocument/didChange', { textDocument = { uri = doc.uri, version = i + 1 },
    contentChanges = { { range = { start = pos, ['end'] = pos }, text = 'x' } } })
  result = ask('textDocument/semanticTokens/full/delta',
    { textDocument = doc, previousResultId = result }).resultId
  times[i] = (uv.hrtime() - t) / 1e6
end
table.sort(times)
print(('edit to tokens, median     %8.2f ms'):format(times[150]))
print(('edit to tokens, p99        %8.2f ms'):format(times[297]))
print(('resident memory            %8.1f MB'):format(rss(pid)))
ask('shutdown', {})
note 'exit'
handle:close()
uv.run 'once'
