-- The language server through its real pipe: sessions, random edits, bad manners, bad bytes,
-- clients that die. Run by run.sh WORD: only tests whose name holds it; SEED runs one again.
package.path = 'lua/?.lua;lua/?/init.lua;tests/lsp/?.lua;' .. package.path
local uv = require 'luv'
local client = require 'client'

local check = require 'check'
local test, same = check.test, check.same

local URI = 'file:///tmp/entente-lsp-a.txt'
local doc = { uri = URI }
local TEXT = 'President Vladimir Putin met Angela Merkel in Moscow. 😀\n'
  .. '😀 Putin rejected the “peace plan” of Germany.\n'
  .. 'He said Germany must withdraw it.\n'

local function at(line, character, uri)
  return { textDocument = { uri = uri or URI }, position = { line = line, character = character } }
end

local function started(encoding, more)
  local c = client.start()
  c.init = c:initialize(encoding, more)
  return c
end

-- ---- sessions ---------------------------------------------------------------------------------

for encoding, column in pairs { ['utf-8'] = 5, ['utf-16'] = 3, ['utf-32'] = 2 } do
  test('a session in ' .. encoding, function()
    local c = started(encoding)
    same(encoding, c.init.capabilities.positionEncoding, 'encoding')
    c:open(URI, TEXT)
    local p = at(1, column + 1)
    local refs = c:ask('textDocument/references', p)
    same(3, #refs, 'references')
    same(column, refs[2].range.start.character, 'column')
    same(0, c:ask('textDocument/definition', p).range.start.line, 'definition')
    assert(c:ask('textDocument/hover', p).contents.value:find 'Vladimir Putin')
    same('Actors', c:ask('textDocument/documentSymbol', { textDocument = doc })[1].name)
    same(3, #c:ask('textDocument/documentHighlight', p), 'highlights')
    assert(c:ask('textDocument/prepareRename', p).placeholder == 'Putin')
    p.newName = 'Dmitry Peskov'
    local edits = c:ask('textDocument/rename', p).documentChanges[1].edits
    same(column, edits[2].range.start.character, 'renamed column')
    same(column + 5, edits[2].range['end'].character, 'its end')
    same('Angela Merkel', c:ask('workspace/symbol', { query = 'merk' })[1].name)
    local whole = { start = { line = 0, character = 0 }, ['end'] = { line = 9, character = 0 } }
    local hints = c:ask('textDocument/inlayHint', { textDocument = doc, range = whole })
    same(2, hints[1].position.line, 'hint')
    assert(#c:ask('textDocument/codeLens', { textDocument = doc }) > 2)
    local cue = at(1, column + 8)
    assert(c:ask('textDocument/hover', cue).contents.value:find 'opposes')
    local item = c:ask('textDocument/prepareCallHierarchy', p)[1]
    same('Vladimir Putin', item.name)
    local to = {}
    for i, call in ipairs(c:ask('callHierarchy/outgoingCalls', { item = item })) do
      to[i] = call.to.name
    end
    assert(table.concat(to, '\n'):find 'peace plan', 'outgoing calls')
    same(0, c:leave(), 'exit status')
  end)
end

test('the outline of structure: folding, links, selection', function()
  local c = started()
  c:open(URI, '# Talks\n\nAngela Merkel spoke\nin Berlin.\n\n## Later\n\nShe left.\n')
  local folds = c:ask('textDocument/foldingRange', { textDocument = doc })
  same(3, #folds, 'folds')
  same(0, #c:ask('textDocument/documentLink', { textDocument = doc }), 'links')
  local p = { textDocument = doc, positions = { { line = 2, character = 3 } } }
  local s = c:ask('textDocument/selectionRange', p)[1]
  same(13, s.range['end'].character, 'a name')
  same(3, s.parent.range['end'].line, 'its sentence')
  same(0, c:leave(), 'exit status')
end)

test('settings are asked for, corrections follow their file, links lead there', function()
  local folder = os.tmpname()
  os.remove(folder)
  assert(uv.fs_mkdir(folder, 448) and uv.fs_mkdir(folder .. '/.entente', 448))
  local file = folder .. '/.entente/lexicon.tsv'
  local uri = 'file://' .. folder .. '/a%20b.txt'
  local c = client.start()
  c.replies['workspace/configuration'] = function()
    return { { diagnostics = true } }
  end
  c:initialize(nil, { workspace = { configuration = true,
    semanticTokens = { refreshSupport = true },
    didChangeWatchedFiles = { dynamicRegistration = true } } })
  c:heard 'workspace/configuration'
  local watchers = c:heard('client/registerCapability').registrations[1].registerOptions.watchers
  assert(watchers[1].globPattern:find 'lexicon')
  c:open(uri, 'Mr Zelensky left. Mr Zelensky and Mr Zelenskyy met in Kyiv. The blue house shut.\n')
  same('spelling', c:heard('textDocument/publishDiagnostics').diagnostics[1].code)
  same(nil, c:ask('textDocument/hover', at(0, 68, uri)), 'before')
  local seen = #c.log
  local f = assert(io.open(file .. '.new', 'w'))
  f:write('mark\tblue house\tkind=organisation\n')
  f:close()
  os.rename(file .. '.new', file)
  c:heard('workspace/semanticTokens/refresh', seen)
  assert(c:ask('textDocument/hover', at(0, 68, uri)).contents.value:find 'organisation')
  local links = c:ask('textDocument/documentLink', { textDocument = { uri = uri } })
  same('file://' .. file .. '#L1', links[1].target, 'link')
  same(0, c:ask('textDocument/declaration', at(0, 68, uri)).range.start.line, 'declaration')
  c:note('textDocument/didClose', { textDocument = { uri = uri } })
  same(0, c:leave(), 'exit status')
  os.remove(file)
  uv.fs_rmdir(folder .. '/.entente')
  uv.fs_rmdir(folder)
end)

local has_sqlite = require('entente.core').sqlite(':memory:', 'w')
if not has_sqlite then
  print 'ok - the index of a project # SKIP there is no SQLite'
end

local test_index = has_sqlite and test or function() end
test_index('the index of a project: made by command, asked by names and queries', function()
  local folder = os.tmpname()
  os.remove(folder)
  assert(uv.fs_mkdir(folder, 448))
  folder = uv.fs_realpath(folder)
  uv.os_setenv('XDG_CACHE_HOME', folder .. '/.cache')
  for name, text in pairs { a = 'Angela Merkel spoke.\n',
    b = 'é\n\nAngela Merkel rejected the peace plan of Russia.\n',
    ['c d'] = 'Olaf Scholz left.\n' } do
    local f = assert(io.open(('%s/%s.txt'):format(folder, name), 'w'))
    f:write(text)
    f:close()
  end
  local c, uri = client.start(), 'file://' .. folder .. '/a.txt'
  c:ask('initialize', { capabilities = {}, rootUri = 'file://' .. folder })
  c:open(uri, 'Angela Merkel spoke.\n')
  same(0, #c:ask('workspace/symbol', { query = 'scholz' }), 'before')
  same(true, c:ask('workspace/executeCommand',
    { command = 'entente.index', arguments = { { uri = uri } } }))
  same(3, c:heard('window/showMessage').type, 'the index is made')
  local symbols = c:ask('workspace/symbol', { query = 'scholz' })
  same('Olaf Scholz', symbols[1] and symbols[1].name)
  same('file://' .. folder .. '/c%20d.txt', symbols[1].location.uri)
  symbols = c:ask('workspace/symbol', { query = 'actor:merkel stance:opposes' })
  assert(symbols[1].name:find 'Angela Merkel opposes', symbols[1].name)
  same(2, symbols[1].location.range.start.line)
  local refs = c:ask('textDocument/references', at(0, 2, uri))
  same(2, #refs, 'references')
  same('file://' .. folder .. '/b.txt', refs[2].uri)
  same(2, refs[2].range.start.line, 'line')
  same(13, refs[2].range['end'].character, 'column')
  local lens = c:ask('textDocument/codeLens', { textDocument = { uri = uri } })[1]
  assert(lens.command.title:find('1 mention · 2 files', 1, true), lens.command.title)
  local scholz = c:ask('entente/entities', { scope = 'project', name = 'Scholz' })
  same('Olaf Scholz', scholz[1] and scholz[1].name)
  local stance = c:ask('entente/stances', { actor = 'Merkel', verb = 'opposes' })[1]
  same('file://' .. folder .. '/b.txt', stance and stance.location.uri)
  same(0, c:leave(), 'exit status')
  os.execute(("rm -rf '%s'"):format(folder))
end)

-- ---- random edits -----------------------------------------------------------------------------

local pieces = { 'Angela Merkel ', 'é', '😀', '\n', '\r\n', 'Russia rejected the deal. ', ' ',
  '\n\n', 'x', '"', 'He said ', '\u{FEFF}', '\\', '\t' }

local function random_change(text)
  local _, lines = text:gsub('\n', '')
  local function place()
    return { line = math.random(0, lines), character = math.random(0, 60) }
  end
  local a = place()
  local b = math.random(3) > 1 and a or { line = a.line, character = math.random(0, 60) }
  if a.character > b.character then
    a, b = b, a
  end
  local piece = math.random(4) > 1 and pieces[math.random(#pieces)] or ''
  if math.random(12) == 1 then
    return { text = text .. piece }
  end
  return { range = { start = a, ['end'] = b }, text = piece }
end

-- What a client makes of edits: they are told from the numbers it had, in order.
local function patched(known, edits)
  local out, from = {}, 1
  for _, e in ipairs(edits) do
    assert(e.start + 1 >= from, 'edits are not in order')
    table.move(known, from, e.start, #out + 1, out)
    table.move(e.data, 1, #e.data, #out + 1, out)
    from = e.start + e.deleteCount + 1
  end
  return table.move(known, from, #known, #out + 1, out)
end

-- What both texts say, with the uri of one.
local function all_of(c, uri)
  local out = {}
  for _, method in ipairs { 'documentSymbol', 'codeLens', 'foldingRange' } do
    local r = c:ask('textDocument/' .. method, { textDocument = { uri = uri } })
    out[#out + 1] = client.wire.encode { r = r }
  end
  return (table.concat(out, '\n'):gsub('entente%-lsp%-b', 'entente-lsp-a'))
end

for _, encoding in ipairs { 'utf-8', 'utf-16', 'utf-32' } do
  test('random edits leave what a fresh analysis finds, ' .. encoding, function()
    local seed = tonumber(os.getenv 'SEED') or os.time()
    math.randomseed(seed)
    local c, other = started(encoding), 'file:///tmp/entente-lsp-b.txt'
    local text = TEXT
    c:open(URI, text)
    local full = c:ask('textDocument/semanticTokens/full', { textDocument = doc })
    local known, id = full.data, full.resultId
    for round = 1, 80 do
      local changes = {}
      for i = 1, math.random(1, 3) do
        changes[i] = random_change(text)
        text = client.applied(text, changes[i], encoding)
      end
      c:change(URI, round + 1, changes)
      if round % 2 == 0 then
        local where = ('seed %d round %d'):format(seed, round)
        local delta = c:ask('textDocument/semanticTokens/full/delta',
          { textDocument = doc, previousResultId = id })
        known, id = patched(known, delta.edits), delta.resultId
        c:open(other, text)
        local fresh = c:ask('textDocument/semanticTokens/full', { textDocument = { uri = other } })
        same(table.concat(fresh.data, ','), table.concat(known, ','), where .. ', tokens')
        same(all_of(c, other), all_of(c, URI), where)
        c:note('textDocument/didClose', { textDocument = { uri = other } })
      end
    end
    same(0, c:leave(), 'exit status')
  end)
end

-- ---- order ------------------------------------------------------------------------------------

local function large()
  local f = assert(io.open('doc/try.txt', 'rb'))
  local text = f:read 'a'
  f:close()
  return text:rep(math.ceil(1048576 / #text))
end

test('a long request does not stop the others; cancelled and stale ones say so', function()
  local c, big = started(nil, { window = { workDoneProgress = true } }), 'file:///tmp/big.txt'
  c:open(URI, TEXT)
  c:open(big, large())
  local outline = c:post('textDocument/documentSymbol', { textDocument = { uri = big } })
  local lenses = c:post('textDocument/codeLens', { textDocument = { uri = big } })
  local hover = c:post('textDocument/hover', at(0, 12))
  c:note('$/cancelRequest', { id = lenses })
  assert(c:await(hover).contents)
  assert(not c.answers[outline], 'a small question waited for a large one')
  local _, err = c:await(lenses)
  same(-32800, err.code, 'cancelled')
  c:change(big, 2, { { range = { start = { line = 0, character = 0 },
    ['end'] = { line = 0, character = 0 } }, text = 'x' } })
  _, err = c:await(outline)
  same(-32801, err.code, 'stale')
  assert(#c:ask('textDocument/documentSymbol', { textDocument = { uri = big } }) > 0)
  local kinds = {}
  c:heard '$/progress'
  client.wait('the end of progress', function()
    for _, m in ipairs(c.log) do
      if m.method == '$/progress' then
        kinds[m.params.value.kind] = true
      end
    end
    return kinds['end']
  end)
  assert(kinds.begin)
  same(0, c:leave(), 'exit status')
end)

test('messages nobody expects are answered by the protocol and lose nothing', function()
  local c = client.start()
  local _, err = c:ask('textDocument/hover', at(0, 0))
  same(-32002, err.code, 'before initialize')
  c:open(URI, 'dropped, as nothing is initialized')
  c:initialize()
  _, err = c:ask('initialize', { capabilities = {} })
  same(-32600, err.code, 'twice')
  c:open(URI, TEXT)
  c:change('file:///not/open', 1, { { text = '' } })
  c:note('no/such', {})
  c:note('$/no/such', {})
  c:send { jsonrpc = '2.0', id = 'never-asked', result = 7 }
  c:send { jsonrpc = '2.0', id = 'entente-1', result = { 1 } }
  c:write 'Content-Length: 4\r\n\r\nnull'
  c:write 'Content-Length: 2\r\n\r\n[]'
  c:write 'Content-Length: 9\r\n\r\n{"id":1,,'
  c:write 'Content-Type: x\r\ncontent-length: 2\r\n\r\n{}'
  _, err = c:ask('no/such', {})
  same(-32601, err.code, 'unknown')
  _, err = c:ask('textDocument/hover', { textDocument = 7, position = 'x' })
  same(-32602, err.code, 'parameters')
  for _, odd in ipairs { {}, { textDocument = doc }, { textDocument = doc, contentChanges = { 7 } },
    { textDocument = doc, contentChanges = { { range = {} } } } } do
    c:note('textDocument/didChange', odd)
  end
  same(3, #c:ask('textDocument/references', at(0, 12)), 'the text is as it was')
  same(client.wire.null, (c:ask 'shutdown') or client.wire.null)
  _, err = c:ask('textDocument/hover', at(0, 12))
  same(-32600, err.code, 'after shutdown')
  c:note 'exit'
  same(0, (c:ended()), 'exit status')
end)

-- What a message is answered by: the code of an error; 0: a result; nothing: false.
local odd = {
  { 'arrays 200,000 deep', ('['):rep(200000) .. (']'):rep(200000), -32700 },
  { 'objects 5,000 deep', ('{"a":'):rep(5000) .. '1' .. ('}'):rep(5000), -32700 },
  { 'arrays that are not closed', ('['):rep(1000000), -32700 },
  { 'the same beside half a character', '{"x":"\\ud800","id":1,"y":' .. ('['):rep(200000)
    .. (']'):rep(200000) .. '}', -32700 },
  { 'nothing', '', -32700 },
  { 'a NUL', '{"id":5,"method":"x\0y"}', -32700 },
  { 'a byte order mark', '\xEF\xBB\xBF{"id":5,"method":"x"}', -32700 },
  { 'no number', '{"id":NaN,"method":"x"}', -32700 },
  { 'a number too large', '{"id":1e999,"method":"x"}', -32600 },
  { 'a list as id', '{"id":[],"method":"x"}', -32600 },
  { 'an object as id', '{"id":{"a":1},"method":"x"}', -32600 },
  { 'a batch', '[{"id":5,"method":"shutdown"}]', -32600 },
  { 'a string', '"x"', -32600 },
  { 'no UTF-8', '{"id":"\xFF\xFE","method":"x"}', -32601 },
  { 'a method that is a number', '{"id":5,"method":5}', -32601 },
  { 'an answer too large', '{"id":1e999,"result":1}', -32600 },
  { 'a deep item, sent back', '{"id":77,"method":"completionItem/resolve","params":{"a":'
    .. ('['):rep(490) .. (']'):rep(490) .. '}}', 0 },
  { 'a number too large, sent back', '{"id":78,"method":"completionItem/resolve",'
    .. '"params":{"a":1e999,"b":[null,null,1]}}', 0 },
  { 'a text that is none', '{"method":"textDocument/didOpen","params":{"textDocument":'
    .. '{"text":"Angela Merkel"}}}', false },
  { 'folders that are none', '{"method":"workspace/didChangeWorkspaceFolders","params":{"event":'
    .. '{"added":[5,{"uri":[]}],"removed":[{}]}}}', false },
  { 'cancelling nothing', '{"method":"$/cancelRequest","params":{}}', false },
}

test('odd messages are answered by the protocol, and the next one is, too', function()
  local c = started()
  c:open(URI, TEXT)
  for _, case in ipairs(odd) do
    local what, body, code = case[1], case[2], case[3]
    local n = #c.log
    c:write(('Content-Length: %d\r\n\r\n%s'):format(#body, body))
    same(3, #c:ask('textDocument/references', at(0, 12)), what)
    local got = false
    for i = n + 1, #c.log do
      local m = c.log[i]
      got = m.error and m.error.code or not m.method and m.id ~= c.id and 0 or got
    end
    same(code, got and math.tointeger(got), what)
  end
  same(0, c:leave(), 'exit status')
end)

test('half a character of UTF-16 stays one unit', function()
  local c = started()
  local stream = client.framed { jsonrpc = '2.0', method = 'textDocument/didOpen', params = {
    textDocument = { uri = URI, languageId = 'text', version = 1,
      text = '@@@@@@ Angela Merkel' } } }
  c:write((stream:gsub('@@@@@@', '\\ud800')))
  local refs = c:ask('textDocument/references', at(0, 4))
  same(2, refs[1].range.start.character, 'column')
  same(0, c:leave(), 'exit status')
end)

test('messages that come a byte at a time, or all at once', function()
  local c = client.start()
  local stream = table.concat {
    client.framed { jsonrpc = '2.0', id = 1, method = 'initialize',
      params = { capabilities = {} } },
    client.framed { jsonrpc = '2.0', method = 'textDocument/didOpen', params = { textDocument = {
      uri = URI, languageId = 'text', version = 1, text = TEXT } } },
    client.framed { jsonrpc = '2.0', id = 2, method = 'textDocument/references',
      params = at(0, 12) },
  }
  for i = 1, #stream do
    c:write(stream:sub(i, i))
    uv.run 'nowait'
  end
  c.id = 2
  same(3, #c:await(2), 'references')
  same(0, c:leave(), 'exit status')
  c = client.start()
  c:write(stream)
  c.id = 2
  same(3, #c:await(2), 'references')
  same(0, c:leave(), 'exit status')
end)

-- ---- bad bytes --------------------------------------------------------------------------------

test('headers that are none end the session with a reason', function()
  for _, bad in ipairs { 'X: 1\r\n\r\n', 'Content-Length: -1\r\n\r\n',
    'Content-Length: 9e9\r\n\r\n',
    'Content-Length: 99999999999\r\n\r\n', 'Content-Length: 999999999999999\r\n\r\n',
    'Content-Length:\r\n\r\n', ('a'):rep(5000), '\r\n\r\n', ('x: y\r\n'):rep(2000) .. '\r\n' } do
    local c = client.start()
    c:write(bad)
    same(1, (c:ended()), ('exit status after %q'):format(bad:sub(1, 40)))
    assert(c.complaints:find 'stopped', 'no reason is given')
  end
end)

local function random_bytes(n)
  local out = {}
  for i = 1, n / 8 do
    out[i] = string.pack('I8', math.random(0))
  end
  return table.concat(out)
end

-- Writes a block over and over, never more than a few at once; stops when nobody reads.
local function pour(c, block, times)
  local gone
  for _ = 1, times do
    client.wait('the pipe to drain', function()
      return gone or c.code or c.input:get_write_queue_size() < 4 * #block
    end)
    if gone or c.code then
      break
    end
    c:write(block, function(err)
      gone = gone or err
    end)
  end
end

local MB = tonumber(os.getenv 'GARBAGE') or 100

test(('%d MB of garbage: it ends, in bounded memory'):format(MB), function()
  local c = started()
  pour(c, random_bytes(1048576), MB)
  same(1, (c:ended()), 'exit status')
end)

test(('%d MB of garbage in good frames: each is refused, in bounded memory'):format(MB), function()
  local c = started()
  c:open(URI, TEXT)
  local body = random_bytes(65536)
  pour(c, ('Content-Length: %d\r\n\r\n%s'):format(#body, body), MB * 16)
  same(3, #c:ask('textDocument/references', at(0, 12)), 'the text is as it was')
  local refused = 0
  for _, m in ipairs(c.log) do
    refused = refused + (m.error and m.error.code == -32700 and 1 or 0)
  end
  same(MB * 16, refused, 'refused')
  local peak = c:peak()
  assert(peak < 64, ('%.1f MB'):format(peak))
  same(0, c:leave(), 'exit status')
end)

test('a client that asks and never reads does not fill the memory', function()
  local c = client.start { quiet = true }
  local ask = { client.framed { jsonrpc = '2.0', id = 1, method = 'initialize',
    params = { capabilities = {} } } }
  c:write(ask[1])
  c:open(URI, TEXT:rep(200))
  local block = {}
  for i = 1, 500 do
    block[i] = client.framed { jsonrpc = '2.0', id = i + 1,
      method = 'textDocument/semanticTokens/full', params = { textDocument = doc } }
  end
  block = table.concat(block)
  for _ = 1, 40 do -- some 400 MB of answers
    c:write(block)
  end
  local before = -1
  client.wait('the server to stop reading', function() -- the queue here stands still
    local now = c.input:get_write_queue_size()
    local still = now == before and now > 0
    before = now
    uv.sleep(300)
    return still
  end)
  assert(c:peak() < 128, ('%.1f MB'):format(c:peak()))
  c.handle:kill 'sigkill'
  c:ended()
end)

test('without the libraries it needs, one line says so', function()
  local c = client.start { command = 'sh', args = { '-c',
    "LUA_PATH_5_4='lua/?.lua;lua/?/init.lua' LUA_CPATH_5_4=' ' exec lua5.4 -e "
    .. "'os.exit(require(\"entente.host.lsp\").main())'" } }
  same(2, (c:ended()), 'exit status')
  same('entente lsp: needs luv and lua-cjson for its Lua (Debian: apt-get install lua-luv '
    .. 'lua-cjson)\n', c.complaints)
end)

-- ---- ends -------------------------------------------------------------------------------------

test('it ends with its client', function()
  local c = started()
  c:note 'exit'
  same(1, (c:ended()), 'exit without shutdown')
  c = started()
  c.input:close()
  same(1, (c:ended()), 'the pipe closed')
  c = started()
  c:open(URI, TEXT)
  c:post('textDocument/documentSymbol', { textDocument = doc })
  c.output:close()
  c:post('textDocument/documentSymbol', { textDocument = doc })
  same(1, (c:ended()), 'nobody reads')
  c = started()
  c:ask 'shutdown'
  c.input:close()
  same(0, (c:ended()), 'the pipe closed after shutdown')
end)

test('it ends with its client though another process holds the pipe', function()
  local parent = uv.spawn('sleep', { args = { '600' } }, function() end)
  local c = client.start()
  c:ask('initialize', { processId = parent:get_pid(), capabilities = {} })
  assert(not c.code)
  parent:kill 'sigkill'
  same(1, (c:ended()), 'exit status')
end)

os.exit(check.failed == 0 and 0 or 1)
