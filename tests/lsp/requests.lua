-- Every request the server announces, through its real pipe: what it means on an actor, a proposal
-- and the words of a stance. Run by run.sh WORD: only tests whose name holds it.
package.path = 'lua/?.lua;lua/?/init.lua;tests/lsp/?.lua;' .. package.path
local uv = require 'luv'
local client = require 'client'
local check = require 'check'
local test, same = check.test, check.same

local URI = 'file:///tmp/entente-requests.txt'
local doc = { uri = URI }
local TEXT = [[
Russian President Vladimir Putin rejected the peace plan of German Chancellor Friedrich Merz.
Merz demanded that Russia withdraw its troops. He also supports the peace plan.
European leaders, among them Merz and Emmanuel Macron, met Ukrainian officials in Berlin.
"We accept the peace plan if Russia agrees to a ceasefire," Macron said.
The Coalition of the Willing offered security guarantees to Ukraine.
]]

-- The place of some words; `skip` characters into them.
local function place(words, skip)
  local line = 0
  for s in TEXT:gmatch '([^\n]*)\n' do
    local from = s:find(words, 1, true)
    if from then
      return { line = line, character = from - 1 + (skip or 1) }
    end
    line = line + 1
  end
  error('not in the text: ' .. words)
end

local function at(words, skip)
  return { textDocument = doc, position = place(words, skip) }
end

-- The words of a range.
local function words(range)
  local a, b = client.byte(TEXT, range.start, 'utf-16'), client.byte(TEXT, range['end'], 'utf-16')
  return TEXT:sub(a + 1, b)
end

-- What an answer points at, in words.
local function told(answer)
  if answer == nil or answer == client.wire.null then
    return 'nothing'
  end
  local out = {}
  for i, r in ipairs(answer.range and { answer } or answer) do
    out[i] = words(r.range)
  end
  return table.concat(out, ', ')
end

local c = client.start()
local init = c:ask('initialize', { capabilities = { experimental = { entente = {} } },
  processId = uv.os_getpid(), clientInfo = { name = 'test' } })
c:note('initialized', {})
c:open(URI, TEXT)

-- Words, request, what it answers.
local places = {
  { 'Merz demanded', 'definition', 'Friedrich Merz' },
  { 'peace plan.', 'definition', 'peace plan' },
  { 'rejected', 'definition', 'peace plan' },
  { 'He also', 'definition', 'Friedrich Merz' },
  { 'peace plan', 'declaration', 'peace plan' },
  { 'Merz demanded', 'typeDefinition', 'German' },
  { 'Ukrainian officials', 'typeDefinition', 'nothing' },
  { 'officials', 'typeDefinition', 'Ukrainian' },
  { 'rejected', 'typeDefinition', 'Vladimir Putin' },
  { 'Merz demanded', 'implementation', 'withdraw its troops' },
  { 'Coalition', 'implementation', 'security guarantees' },
  { 'peace plan', 'implementation', 'rejected, supports, accept' },
  { 'rejected', 'implementation', 'peace plan' },
  { 'Merz demanded', 'references', 'Friedrich Merz, Merz, He, Merz' },
  { 'peace plan', 'references', 'peace plan, peace plan, peace plan' },
  { 'demanded', 'references', 'demanded, supports' },
  { 'peace plan', 'documentHighlight', 'peace plan, peace plan, peace plan' },
  { 'demanded', 'documentHighlight', 'demanded, supports' },
  { 'of German', 'definition', 'nothing' },
}

for _, case in ipairs(places) do
  test(('%s on "%s"'):format(case[2], case[1]), function()
    same(case[3], told(c:ask('textDocument/' .. case[2], at(case[1]))))
  end)
end

test('highlights: the first mention is written, others are read, pronouns are text', function()
  local kinds = {}
  for i, h in ipairs(c:ask('textDocument/documentHighlight', at 'Merz demanded')) do
    kinds[i] = math.tointeger(h.kind)
  end
  same('3 2 1 2', table.concat(kinds, ' '))
end)

test('declaration is the row of the lexicon where the project has no line of its own', function()
  local where = c:ask('textDocument/declaration', at 'Vladimir')
  assert(where.uri:find '/lexicon/people.tsv$', where.uri)
  local line, n = nil, 0
  for s in io.lines(where.uri:match '^file://(.*)$') do
    line = n == where.range.start.line and s or line
    n = n + 1
  end
  same('Vladimir Putin', line:match '^[^\t]*')
end)

test('hover: a card of an actor and a proposal, the sentence of a stance', function()
  local function card(s)
    return c:ask('textDocument/hover', at(s)).contents.value
  end
  assert(card('Merz demanded'):find('**Friedrich Merz** — person', 1, true))
  assert(card('Merz demanded'):find('4 mentions · demands 1 · supports 1', 1, true))
  assert(card('peace plan'):find('3 mentions · 2 for · 1 against', 1, true), card 'peace plan')
  same('Vladimir Putin opposes peace plan', card 'rejected')
end)

-- Words, request of a hierarchy, names of its answer in order.
local hierarchies = {
  { 'Merz demanded', 'callHierarchy/outgoingCalls', 'withdraw its troops, peace plan' },
  { 'peace plan', 'callHierarchy/incomingCalls',
    'Vladimir Putin, Friedrich Merz, Emmanuel Macron' },
  { 'peace plan', 'callHierarchy/outgoingCalls', 'if Russia agrees to a ceasefire' },
  { 'security', 'callHierarchy/outgoingCalls', 'Ukraine' },
  { 'Russia withdraw', 'callHierarchy/incomingCalls', 'Friedrich Merz, Emmanuel Macron' },
  { 'European leaders', 'typeHierarchy/subtypes', 'European leaders' },
  { 'leaders', 'typeHierarchy/subtypes', 'Friedrich Merz, Emmanuel Macron' },
  { 'leaders', 'typeHierarchy/supertypes', 'European' },
  { 'Merz demanded', 'typeHierarchy/supertypes', 'European leaders, Germany' },
  { 'Ukrainian', 'typeHierarchy/subtypes', 'Ukrainian officials' },
}

for _, case in ipairs(hierarchies) do
  test(('%s on "%s"'):format(case[2], case[1]), function()
    local kind = case[2]:match '^type' and 'prepareTypeHierarchy' or 'prepareCallHierarchy'
    local item = c:ask('textDocument/' .. kind, at(case[1]))[1]
    local names = {}
    for i, r in ipairs(c:ask(case[2], { item = item })) do
      names[i] = (r.to or r.from or r).name
    end
    same(case[3], table.concat(names, ', '))
  end)
end

local whole = { start = { line = 0, character = 0 }, ['end'] = { line = 9, character = 0 } }

test('code lenses count, and their command lists', function()
  local by = {}
  for _, lens in ipairs(c:ask('textDocument/codeLens', { textDocument = doc })) do
    by[#by + 1] = lens.command.title
    if lens.command.title:find '^Friedrich' then
      same(4, #c:ask('workspace/executeCommand', lens.command))
    end
  end
  by = table.concat(by, '\n')
  assert(by:find('peace plan: 3 mentions · 2 for · 1 against', 1, true), by)
  assert(by:find('Friedrich Merz: 4 mentions · demands 1 · supports 1', 1, true), by)
end)

test('inlay hints: whom a pronoun means', function()
  local hints = c:ask('textDocument/inlayHint', { textDocument = doc, range = whole })
  local out = {}
  for i, h in ipairs(hints) do
    out[i] = h.label
  end
  out = table.concat(out, ',')
  assert(out:find('^ Russia, Friedrich Merz,'), out)
end)

test('the outline: actors, proposals, stances', function()
  local names = {}
  for i, folder in ipairs(c:ask('textDocument/documentSymbol', { textDocument = doc })) do
    names[i] = folder.name
    assert(#folder.children > 0)
  end
  same('Actors, Proposals, Stances', table.concat(names, ', '))
end)

test('workspace symbols: by part of a name, by alias, by query', function()
  for query, name in pairs { macr = 'Emmanuel Macron', ukrainian = 'Ukraine',
    ['actor:putin stance:opposes'] = 'Vladimir Putin opposes peace plan' } do
    local found = false
    for _, symbol in ipairs(c:ask('workspace/symbol', { query = query })) do
      found = found or symbol.name == name
    end
    assert(found, query)
  end
end)

test('completion offers known names and resolves to their card', function()
  local list = c:ask('textDocument/completion', at('Merz demanded', 3))
  same('Friedrich Merz', list.items[1].label)
  local item = c:ask('completionItem/resolve', list.items[1])
  assert(item.documentation.value:find 'demands')
end)

test('rename: what is renamed, and all forms of it', function()
  local p = at 'Merz demanded'
  same('Merz', c:ask('textDocument/prepareRename', p).placeholder)
  same(client.wire.null, c:ask('textDocument/prepareRename', at 'He also') or client.wire.null)
  p.newName = 'Scholz'
  local new = {}
  for i, e in ipairs(c:ask('textDocument/rename', p).documentChanges[1].edits) do
    new[i] = words(e.range) .. ' > ' .. e.newText
  end
  same('Friedrich Merz > Friedrich Scholz, Merz > Scholz, Merz > Scholz', table.concat(new, ', '))
  p.newName = ' '
  local _, err = c:ask('textDocument/rename', p)
  same(-32602, err.code)
end)

test('selection grows from name to sentence to text; paragraphs fold', function()
  local p = { textDocument = doc, positions = { place 'Merz demanded' } }
  local s = c:ask('textDocument/selectionRange', p)[1]
  same('Merz', words(s.range))
  same('Merz demanded that Russia withdraw its troops.', words(s.parent.range))
  same(TEXT, words(s.parent.parent.range))
  local fold = c:ask('textDocument/foldingRange', { textDocument = doc })[1]
  same(0, math.tointeger(fold.startLine))
  same(4, math.tointeger(fold.endLine))
end)

test('semantic tokens: whole, difference, range', function()
  local full = c:ask('textDocument/semanticTokens/full', { textDocument = doc })
  local part = c:ask('textDocument/semanticTokens/range', { textDocument = doc, range = {
    start = { line = 4, character = 0 }, ['end'] = { line = 5, character = 0 } } })
  same(4, math.tointeger(part.data[1]), 'first line')
  assert(#part.data < #full.data)
  local delta = c:ask('textDocument/semanticTokens/full/delta',
    { textDocument = doc, previousResultId = full.resultId })
  same(0, #delta.edits)
  delta = c:ask('textDocument/semanticTokens/full/delta',
    { textDocument = doc, previousResultId = 'unknown' })
  same(#full.data, #delta.data)
end)

-- ---- requests of our own ----------------------------------------------------------------------

test('entente/spans: all, and those of a range', function()
  local all = c:ask('entente/spans', { textDocument = doc })
  local part = c:ask('entente/spans', { textDocument = doc,
    range = { start = place 'Merz demanded', ['end'] = place('Merz demanded', 3) } })
  assert(#all > 20)
  same(1, #part)
  same('person name', part[1].kind .. ' ' .. part[1].form)
  assert(part[1].score > 0 and part[1].score <= 1)
end)

test('entente/entities: of a kind, of all open texts', function()
  local names = {}
  for i, e in ipairs(c:ask('entente/entities', { textDocument = doc, kind = 'person' })) do
    names[i] = e.name
  end
  table.sort(names)
  same('Emmanuel Macron, Friedrich Merz, Vladimir Putin', table.concat(names, ', '))
  local all = c:ask('entente/entities', { scope = 'project', name = 'Merz' })
  same(1, #all)
  same(nil, all[1].id)
end)

test('entente/mentions: by position, by id, with their form', function()
  local r = c:ask('entente/mentions', at 'Merz demanded')
  same('Friedrich Merz, Merz, He, Merz', told(r))
  same('pronoun', r[3].form)
  local id = c:ask('entente/entities', { textDocument = doc, kind = 'proposal' })[1].id
  assert(#c:ask('entente/mentions', { textDocument = doc, id = id }) > 0)
end)

test('entente/stances: of an actor, a proposal, a verb, of all texts', function()
  local function count(p)
    return #c:ask('entente/stances', p)
  end
  same(2, count { textDocument = doc, actor = 'Merz' })
  same(3, count { textDocument = doc, proposal = 'peace plan' })
  same(1, count { textDocument = doc, verb = 'opposes' })
  same(0, count { textDocument = doc, actor = 'Nobody' })
  same(1, count { verb = 'opposes' })
  local s = c:ask('entente/stances', { textDocument = doc, verb = 'opposes' })[1]
  same('Vladimir Putin opposes peace plan', ('%s %s %s'):format(s.actor, s.stance, s.proposal))
  assert(s.sentence:find 'rejected')
end)

test('entente/explain and entente/status', function()
  assert(c:ask('entente/explain', at 'Vladimir')[1]:find 'person')
  local status = c:ask 'entente/status'
  same('1 0', ('%d %d'):format(status.texts, status.pending))
end)

test('entente/didUpdate tells what was touched', function()
  local seen = #c.log
  c:change(URI, 2, { { text = '', range = { start = { line = 1, character = 0 },
    ['end'] = { line = 1, character = 0 } } } })
  local p = c:heard('entente/didUpdate', seen)
  same(2, math.tointeger(p.version))
  same('1 2', ('%d %d'):format(p.ranges[1].start.line, p.ranges[1]['end'].line))
end)

-- ---- commands ---------------------------------------------------------------------------------

test('every command that is announced exists, and each correction can be undone', function()
  local folder = os.tmpname()
  os.remove(folder)
  assert(uv.fs_mkdir(folder, 448) and uv.fs_mkdir(folder .. '/.entente', 448))
  local uri = 'file://' .. folder .. '/a.txt'
  c:open(uri, TEXT)
  local corrections = {
    { 'mark', { name = 'troops', kind = 'group' } },
    { 'ignore', { name = 'Berlin' } },
    { 'alias', { name = 'the Kremlin boss', of = 'Vladimir Putin' } },
    { 'merge', { name = 'Emmanuel Macron', into = 'Friedrich Merz' } },
    { 'split', { name = 'Merz' } },
    { 'rename', { name = 'Friedrich Merz', as = 'Merz of Germany' } },
    { 'stance', { name = 'met', stance = 'discusses' } },
  }
  local names, covered = {}, { undo = true, redo = true, index = true, report = true }
  for i, name in ipairs(init.capabilities.executeCommandProvider.commands) do
    names[i] = name:match '^entente%.(.*)$'
  end
  local function run(name, a)
    a.uri = uri
    return c:ask('workspace/executeCommand', { command = 'entente.' .. name, arguments = { a } })
  end
  for _, case in ipairs(corrections) do
    covered[case[1]] = true
    same(true, run(case[1], case[2]), case[1])
    same(true, run('undo', {}), 'undo of ' .. case[1])
  end
  same(true, run('redo', {}), 'redo')
  covered.refs, covered.export = true, true
  same(3, #run('refs', { position = place 'peace plan' }))
  assert(run('export', {}):find '"schema":1')
  for _, name in ipairs(names) do
    assert(covered[name], 'not tried: ' .. name)
  end
  local _, err = c:ask('workspace/executeCommand', { command = 'no.such' })
  same(-32602, err.code)
  os.execute(("rm -rf '%s'"):format(folder))
end)

test('it announces what it does, and nothing else', function()
  local names = {}
  for name in pairs(init.capabilities) do
    names[#names + 1] = name:match '^(.*)Provider$'
  end
  table.sort(names)
  same('callHierarchy codeAction codeLens completion declaration definition documentHighlight '
    .. 'documentLink documentSymbol executeCommand foldingRange hover implementation inlayHint '
    .. 'references rename selectionRange semanticTokens typeDefinition typeHierarchy '
    .. 'workspaceSymbol', table.concat(names, ' '))
  same(0, (c:leave()), 'exit status')
end)

os.exit(check.failed == 0 and 0 or 1)
