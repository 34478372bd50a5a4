-- The language server without a pipe: messages in, messages out.
local ent = require 'entente'
local core = require 'entente.core'
local frame = require 'entente.lsp.frame'
local json = require 'entente.json'
local lsp = require 'entente.lsp.server'

local URI = 'file:///a.txt'
local TEXT = 'Vladimir Putin met Angela Merkel in Moscow.\n'
  .. 'Putin rejected the “peace plan” 😀 of Germany.\n'

-- A client that remembers what the server sent.
local function client(params)
  local c = { sent = {}, id = 0 }
  c.server = lsp.new { null = 'NULL', send = function(m)
    c.sent[#c.sent + 1] = m
  end }
  function c.drain()
    while c.server:step() do end
    while c.server:idle() do end
  end
  function c.notify(method, p)
    c.server:receive { jsonrpc = '2.0', method = method, params = p }
  end
  function c.ask(method, p)
    c.id = c.id + 1
    c.server:receive { jsonrpc = '2.0', id = c.id, method = method, params = p }
    return c.id
  end
  function c.answer(id)
    for _, m in ipairs(c.sent) do
      if m.id == id and not m.method then
        return m.result, m.error
      end
    end
  end
  function c.request(method, p)
    local id = c.ask(method, p)
    c.drain()
    return c.answer(id)
  end
  function c.open(text)
    local item = { uri = URI, languageId = 'text', version = 1, text = text }
    c.notify('textDocument/didOpen', { textDocument = item })
  end
  function c.change(changes, version)
    c.notify('textDocument/didChange',
      { textDocument = { uri = URI, version = version }, contentChanges = changes })
  end
  c.init = c.request('initialize', params or { capabilities = {} })
  return c
end

local function with(encoding)
  return { capabilities = { general = { positionEncodings = { encoding } } } }
end

local doc = { uri = URI }
local function at(line, character)
  return { textDocument = doc, position = { line = line, character = character } }
end

describe('the start', function()
  it('chooses the first encoding it knows, UTF-16 by default', function()
    assert.equal('utf-16', client().init.capabilities.positionEncoding)
    assert.equal('utf-32', client(with 'utf-32').init.capabilities.positionEncoding)
    local offers = { 'x', 'utf-8', 'utf-16' }
    local c = client { capabilities = { general = { positionEncodings = offers } } }
    assert.equal('utf-8', c.init.capabilities.positionEncoding)
  end)
  it('counts code points for vim-lsp', function()
    local c = client { clientInfo = { name = 'vim-lsp' }, capabilities = {} }
    assert.equal('codepoint', c.server.unit)
  end)
  it('refuses requests before initialize and after shutdown', function()
    local sent = {}
    local s = lsp.new { null = 'NULL', send = function(m) sent[#sent + 1] = m end }
    s:receive { id = 1, method = 'textDocument/hover', params = {} }
    s:step()
    assert.equal(-32002, sent[1].error.code)
    local c = client()
    assert.equal('NULL', (c.request 'shutdown'))
    local _, err = c.request('textDocument/hover', at(0, 0))
    assert.equal(-32600, err.code)
    c.notify 'exit'
    c.drain()
    assert.equal(0, c.server.exit)
  end)
  it('names standard token types to unknown clients, its own to Neovim, none when off', function()
    local function types(p)
      local provider = client(p).init.capabilities.semanticTokensProvider
      return provider and provider.legend.tokenTypes[1]
    end
    assert.equal('class', types())
    assert.equal('actor.person', types { capabilities = {}, clientInfo = { name = 'Neovim' } })
    assert.is_nil(types { capabilities = {}, initializationOptions = { semanticTokens = 'off' } })
  end)
end)

describe('positions', function()
  for name, column in pairs { ['utf-8'] = 44, ['utf-16'] = 38, ['utf-32'] = 37 } do
    it('count in ' .. name, function()
      local c = client(with(name))
      c.open(TEXT)
      local list = c.request('textDocument/references', at(1, column + 2))
      assert.equal(1, #list)
      assert.equal(column, list[1].range.start.character)
    end)
  end
  it('on a line of 250,000 characters are right everywhere, at the cost of a block each', function()
    local c = client()
    local line = ('É 😀 “Angela Merkel” met Olaf Scholz in Berlin. '):rep(5300)
    c.open(line .. '\nx\n')
    c.drain()
    local text = c.server.texts[URI]
    local piece = line:sub(1, #line // 5300)
    local units = core.count(piece, 'utf16', 0, #piece)
    local start = os.clock()
    for i = 5299, 0, -1 do
      local byte = i * #piece + 8 -- where the quotation begins
      assert.equal(i * units + 5, text:position(byte).character)
      assert.equal(byte, text:byte { line = 0, character = i * units + 5 })
    end
    assert.equal(#line, text:byte { line = 0, character = 1e9 })
    assert.is_true(os.clock() - start < 5)
    local refs = c.request('textDocument/references', at(0, units * 5000 + 8))
    assert.equal(5300, #refs)
    c.change({ { range = { start = { line = 0, character = units * 5000 },
      ['end'] = { line = 0, character = units * 5000 + 6 } }, text = '😀 ' } }, 2)
    assert.equal(units * 5000 + 3, c.request('textDocument/references',
      at(0, units * 5000 + 8))[5001].range.start.character)
  end)
  it('past the end of a line or of the text mean that end', function()
    local c = client()
    c.open(TEXT)
    c.drain()
    assert.is_nil((c.request('textDocument/hover', at(999, 0))) ~= 'NULL' or nil)
    assert.equal(43, c.server.texts[URI]:byte { line = 0, character = 10000 })
  end)
end)

describe('answers', function()
  local c
  before_each(function()
    c = client()
    c.open(TEXT)
  end)
  it('lists references, first one declared', function()
    assert.equal(2, #c.request('textDocument/references', at(1, 2)))
    local p = at(1, 2)
    p.context = { includeDeclaration = false }
    assert.equal(1, #c.request('textDocument/references', p))
  end)
  it('goes to the first full mention', function()
    local loc = c.request('textDocument/definition', at(1, 2))
    assert.same({ line = 0, character = 0 }, loc.range.start)
  end)
  it('shows a card that does not obey Markdown in names', function()
    local value = c.request('textDocument/hover', at(1, 2)).contents.value
    assert.truthy(value:find('Vladimir Putin', 1, true))
  end)
  it('highlights the first mention as written, others as read', function()
    local list = c.request('textDocument/documentHighlight', at(1, 2))
    assert.same({ 3, 2 }, { list[1].kind, list[2].kind })
  end)
  it('renames full name and surname', function()
    local p = at(0, 3)
    p.newName = 'Dmitry Peskov'
    local edits = c.request('textDocument/rename', p).documentChanges[1].edits
    assert.same({ 'Dmitry Peskov', 'Peskov' }, { edits[1].newText, edits[2].newText })
  end)
  it('given a full name at a surname keeps full and short apart', function()
    local p = at(1, 2)
    p.newName = 'Dmitry Peskov'
    local edits = c.request('textDocument/rename', p).documentChanges[1].edits
    assert.same({ 'Dmitry Peskov', 'Peskov' }, { edits[1].newText, edits[2].newText })
    p.newName = 'Peskov'
    edits = c.request('textDocument/rename', p).documentChanges[1].edits
    assert.same({ 'Vladimir Peskov', 'Peskov' }, { edits[1].newText, edits[2].newText })
  end)
  it('finds symbols by part of a name', function()
    local list = c.request('workspace/symbol', { query = 'merk' })
    assert.equal('Angela Merkel', list[1].name)
  end)
  it('outlines actors', function()
    local list = c.request('textDocument/documentSymbol', { textDocument = doc })
    assert.equal('Actors', list[1].name)
  end)
  it('refuses unknown methods, closed texts and bad parameters by the protocol', function()
    local _, err = c.request('no/such', {})
    assert.equal(-32601, err.code)
    local closed = { textDocument = { uri = 'file:///b' }, position = {} }
    _, err = c.request('textDocument/hover', closed)
    assert.equal(-32602, err.code)
    local bad = { 1, 'x', { textDocument = 5 }, { textDocument = doc, position = 7 } }
    for _, params in ipairs(bad) do
      _, err = c.request('textDocument/hover', params)
      assert.equal(-32602, err.code)
    end
  end)
end)

describe('whom one acts for', function()
  it('is the state or body before the office, the state in a group\'s name', function()
    local c = client()
    c.open 'German Chancellor Friedrich Merz met Ukrainian officials. Merz left. Bob Smith came.\n'
    local loc = c.request('textDocument/typeDefinition', at(0, 60))
    assert.same({ line = 0, character = 0 }, loc.range.start)
    loc = c.request('textDocument/typeDefinition', at(0, 49))
    assert.same({ line = 0, character = 37 }, loc.range.start)
    assert.equal('NULL', (c.request('textDocument/typeDefinition', at(0, 71))))
  end)
end)

describe('diagnostics', function()
  local text = 'Mr Zelensky left. Mr Zelensky and Mr Zelenskyy met in Kyiv.\n'
  local whole = { start = { line = 0, character = 0 }, ['end'] = { line = 1, character = 0 } }
  local pulling = { textDocument = { diagnostic = {},
    codeAction = { resolveSupport = { properties = { 'edit' } } } } }
  it('are not there until asked for', function()
    local c = client { capabilities = pulling }
    c.open(text)
    assert.equal(0, #c.request('textDocument/diagnostic', { textDocument = doc }).items)
  end)
  it('are pulled, unchanged when they are; what to write is worked out when chosen', function()
    local c = client { capabilities = pulling, initializationOptions = { diagnostics = true } }
    c.open(text)
    local first = c.request('textDocument/diagnostic', { textDocument = doc })
    assert.equal('spelling', first.items[1].code)
    local again = { textDocument = doc, previousResultId = first.resultId }
    assert.equal('unchanged', c.request('textDocument/diagnostic', again).kind)
    local ask = { textDocument = doc, range = whole, context = { diagnostics = {} } }
    local action = c.request('textDocument/codeAction', ask)[1]
    assert.equal('Spell it "Zelensky"', action.title)
    assert.is_nil(action.edit)
    local edit = c.request('codeAction/resolve', action).edit.documentChanges[1].edits[1]
    assert.equal('Zelensky', edit.newText)
    c.change({ { text = 'Nothing.' } }, 2)
    local _, err = c.request('codeAction/resolve', action)
    assert.equal(-32801, err.code)
    assert.equal('full', c.request('textDocument/diagnostic', again).kind)
  end)
  it('are pushed to others and taken back when switched off or closed', function()
    local c = client { capabilities = {}, initializationOptions = { diagnostics = { 'spelling' } } }
    local function last()
      for i = #c.sent, 1, -1 do
        if c.sent[i].method == 'textDocument/publishDiagnostics' then
          return #c.sent[i].params.diagnostics
        end
      end
    end
    c.open(text)
    c.drain()
    assert.equal(1, last())
    c.notify('workspace/didChangeConfiguration', { settings = { entente = {} } })
    c.drain()
    assert.equal(0, last())
    local on = { entente = { diagnostics = true } }
    c.notify('workspace/didChangeConfiguration', { settings = on })
    c.drain()
    assert.equal(1, last())
    c.notify('textDocument/didClose', { textDocument = doc })
    c.drain()
    assert.equal(0, last())
  end)
end)

describe('corrections', function()
  local kept = {}
  local files = {
    read = function()
      return kept.text
    end,
    update = function(_, change)
      kept.text = change(kept.text) or kept.text
      return true
    end,
  }
  local c
  before_each(function()
    kept.text = nil
    local store = require('entente.lexicon').open('lexicon.tsv', files)
    c = client()
    c.server.store_of = function()
      return store
    end
    c.open(TEXT)
  end)
  local function command(name, a)
    a.uri = URI
    return c.request('workspace/executeCommand', { command = name, arguments = { a } })
  end
  it('are offered, made and taken back', function()
    local p = { textDocument = doc, range = { start = { line = 0, character = 3 } } }
    p.range['end'] = p.range.start
    local titles = {}
    for _, a in ipairs(c.request('textDocument/codeAction', p)) do
      titles[#titles + 1] = a.title
    end
    assert.truthy(table.concat(titles, '\n'):find('“Vladimir Putin” is not an actor', 1, true))
    assert.is_true(command('entente.ignore', { name = 'Vladimir Putin' }))
    assert.truthy(kept.text:find('Vladimir Putin', 1, true))
    assert.equal('NULL', (c.request('textDocument/hover', at(0, 3))))
    assert.is_true(command('entente.undo', {}))
    assert.truthy(c.request('textDocument/hover', at(0, 3)).contents)
  end)
  it('change a kind everywhere, also in a text opened later', function()
    command('entente.mark', { name = 'Moscow', kind = 'organisation' })
    local seen = c.request('entente/entities', { textDocument = doc, kind = 'organisation' })
    assert.equal('Moscow', seen[1].name)
    c.notify('textDocument/didClose', { textDocument = doc })
    c.open(TEXT)
    seen = c.request('entente/entities', { textDocument = doc, kind = 'organisation' })
    assert.equal('Moscow', seen[1].name)
  end)
  it('that are no corrections are refused', function()
    local _, err = command('entente.mark', { name = 'Moscow', kind = 'wizard' })
    assert.truthy(err.message)
    _, err = command('entente.mark', {})
    assert.equal(-32602, err.code)
  end)
end)

describe('order', function()
  it('answers cancelled requests as cancelled', function()
    local c = client()
    c.open(TEXT)
    local id = c.ask('textDocument/documentSymbol', { textDocument = doc })
    c.notify('$/cancelRequest', { id = id })
    c.drain()
    local _, err = c.answer(id)
    assert.equal(-32800, err.code)
  end)
  it('refuses to answer for a text that has moved on', function()
    local c = client()
    c.open(TEXT)
    local id = c.ask('textDocument/semanticTokens/full', { textDocument = doc })
    c.change({ { text = 'Nothing.' } }, 2)
    c.drain()
    local _, err = c.answer(id)
    assert.equal(-32801, err.code)
  end)
  it('survives messages that are none', function()
    local c = client()
    local none = { {}, { id = 9 }, { method = 5, id = 3 }, { method = {} }, { method = '$/x' } }
    for _, m in ipairs(none) do
      c.server:receive(m)
    end
    c.server:receive(7)
    c.drain()
    c.open(TEXT)
    assert.truthy(c.request('textDocument/hover', at(0, 2)).contents)
  end)
end)

-- What a client makes of edits: they are told from the numbers it had.
local function patched(old, edits)
  local out, from = {}, 1
  for _, e in ipairs(edits) do
    table.move(old, from, e.start, #out + 1, out)
    table.move(e.data, 1, #e.data, #out + 1, out)
    from = e.start + e.deleteCount + 1
  end
  return table.move(old, from, #old, #out + 1, out)
end

describe('edits', function()
  local pieces = { 'Angela Merkel ', 'é', '😀', '\n', '\r\n', 'Russia rejected the deal. ', ' ',
    '\n\n', 'x', '"' }
  local texts, columns = require 'entente.lsp.text', require 'entente.lsp.columns'
  local long, block = texts.LONG, columns.BLOCK
  after_each(function()
    texts.LONG, columns.BLOCK = long, block
  end)
  for _, encoding in ipairs { 'utf-8', 'utf-16', 'utf-32' } do
    it('at random leave what a fresh analysis finds, ' .. encoding, function()
      local seed = os.time()
      math.randomseed(seed)
      texts.LONG, columns.BLOCK = 8, 16 -- every line is a long one
      local c = client(with(encoding))
      c.open(TEXT)
      c.drain()
      local text = c.server.texts[URI]
      local tokens = c.request('textDocument/semanticTokens/full', { textDocument = doc })
      local known, id = json.decode(tokens.data.json), tokens.resultId
      for round = 1, 150 do
        local lines = text.lines:count()
        local a = { line = math.random(0, lines - 1), character = math.random(0, 60) }
        local b = { line = math.min(lines - 1, a.line + math.random(0, 1)) }
        b.character = math.random(0, 60)
        local piece = math.random(4) > 1 and pieces[math.random(#pieces)] or ''
        local whole = round % 10 == 0
        local part = { range = { start = a, ['end'] = b }, text = piece }
        c.change({ whole and { text = text.doc:text() .. piece } or part }, round)
        local delta = c.request('textDocument/semanticTokens/full/delta',
          { textDocument = doc, previousResultId = id })
        known, id = patched(known, json.decode(delta.edits.json)), delta.resultId
        local fresh = client(with(encoding))
        texts.LONG = long
        fresh.open(text.doc:text())
        local full = fresh.request('textDocument/semanticTokens/full', { textDocument = doc })
        texts.LONG = 8
        assert.same(json.decode(full.data.json), known, 'seed ' .. seed .. ' round ' .. round)
        assert.equal(core.lines(text.doc:text()):count(), text.lines:count())
      end
    end)
  end
end)

describe('frames', function()
  local stream = 'Content-Length: 2\r\n\r\n{}Content-Type: x\r\nContent-Length: 7\r\n\r\n{"a":1}'
  it('may be split at every byte', function()
    for cut = 1, #stream - 1 do
      local got = {}
      local f = frame.new { message = function(b) got[#got + 1] = b end, broken = error }
      f:feed(stream:sub(1, cut))
      f:feed(stream:sub(cut + 1))
      assert.same({ '{}', '{"a":1}' }, got)
    end
  end)
  it('without a length, too long, or garbage end the stream with a reason', function()
    for _, bad in ipairs { 'X: 1\r\n\r\n', 'Content-Length: 99999999999\r\n\r\n',
      'Content-Length: -1\r\n\r\n',
      ('garbage'):rep(1000) } do
      local why
      local f = frame.new { message = error, broken = function(w) why = w end }
      f:feed(bad)
      f:feed(stream)
      assert.truthy(why, bad:sub(1, 30))
    end
  end)
  it('cost linear time on 20 MB of garbage', function()
    local n = 0
    local f = frame.new { message = error, broken = function() n = n + 1 end }
    local chunk = ('\0'):rep(65536)
    for _ = 1, 320 do
      f:feed(chunk)
    end
    assert.equal(1, n)
  end)
end)

it('has a version', function()
  assert.equal(ent.version, client().init.serverInfo.version)
end)
