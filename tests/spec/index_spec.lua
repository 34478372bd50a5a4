-- The index of a project: what is read, what is asked, what stays of it.
local index = require 'entente.index'
local run = require 'tests.spec.run'

local folder, cache = os.tmpname(), os.tmpname()
for _, name in ipairs { folder, cache } do
  os.remove(name)
  os.execute('mkdir -p ' .. name)
end

local function write(name, text)
  os.execute(('mkdir -p "%s"'):format((folder .. '/' .. name):match '^(.*)/'))
  local f = assert(io.open(folder .. '/' .. name, 'wb'))
  f:write(text)
  f:close()
end

local function entente(args)
  return run.shell(('cd %s && XDG_CACHE_HOME=%s %s/ENTENTE %s'):format(folder, cache,
    assert(io.popen('pwd'):read 'l'), args))
end

local has_luv = os.execute "lua5.4 -e 'require \"luv\"' 2>/dev/null"
local there, message = require('entente.core').sqlite(':memory:', 'w')

if not (has_luv and there) then
  pending('the index: ' .. (message or 'luv is missing'))
  return
end

local function open()
  return assert(index.open((entente('index --where').out:gsub('\n', ''))))
end

-- What is in an index, without numbers that depend on the order of reading.
local function content(ix)
  local out = {}
  for e in ix:rows [[SELECT n.kind || n.text || coalesce(n.about, '') || n.docs || ' ' || n.mentions
      || ' = ' || e.text FROM name n JOIN name e ON e.id = coalesce(n.entity, n.id)]] do
    out[#out + 1] = e
  end
  for d in ix:documents() do
    out[#out + 1] = ('%s %s %s %d'):format(d.shown, d.name, d.date or '-', d.mentions)
    for s in ix:rows([[SELECT n || ' ' || label || ' ' || a.text || ' ' || coalesce(p.text, '-')
        || cue FROM stance s JOIN name a ON a.id = s.actor LEFT JOIN name p ON p.id = s.proposal
        WHERE doc = ?]], d.id) do
      out[#out + 1] = d.shown .. ' ' .. s
    end
  end
  for _, e in ipairs(ix:entities()) do
    for hit in ix:places(e.id) do
      out[#out + 1] = ('%s in %s at %s'):format(e.name, hit.document.shown,
        table.concat(hit.marks, ' '))
    end
  end
  table.sort(out)
  return out
end

write('a.md', '---\ndate: 2025-08-19\n---\n\nRussia rejected the peace plan. '
  .. 'Russian President Vladimir Putin met Angela Merkel. Merkel left.\n')
write('notes/b.txt', 'Germany backed the peace plan on 15 August 2024. Putin said nothing.\n')
write('notes/c.html', '<html><head><title>x</title><script>var Obama = 1</script></head><body>\n'
  .. '<p>France &amp; Italy rejected <b>the</b> peace plan.</p></body></html>\n')
write('mail.eml', 'From: a@b.c\nDate: Tue, 19 Aug 2025 10:00:00 +0200\nSubject: Talks\n\n'
  .. 'Emmanuel Macron demanded a ceasefire.\n')
write('more.jsonl', '{"doc":"one","text":"Ukraine accepted the ceasefire."}\n\n'
  .. '{"doc":"two","text":"Spain opposed the ceasefire.","date":"2023-01-02"}\n')
write('.gitignore', 'build/\n*.log.txt\n!keep.log.txt\n')
write('build/x.txt', 'Canada rejected the plan.\n')
write('run.log.txt', 'Canada rejected the plan.\n')
write('keep.log.txt', 'Norway rejected the plan.\n')
write('.hidden.txt', 'Canada rejected the plan.\n')
write('code.lua', '-- Canada rejected the plan.\n')

describe('an index', function()
  it('holds the texts of a project and nothing else', function()
    local r = entente 'index'
    assert.are.equal('', r.err)
    assert.are.equal(0, r.status)
    assert.is_truthy(r.out:find '6 files read')
    local ix = open()
    local paths = {}
    for d in ix:documents() do
      paths[#paths + 1] = d.shown .. (d.part > 0 and '#' .. d.part or '')
    end
    assert.are.same({ 'a.md', 'keep.log.txt', 'mail.eml', 'more.jsonl#1', 'more.jsonl#3',
      'notes/b.txt', 'notes/c.html' }, paths)
    assert.are.same({}, ix:find 'Canada')
    assert.are.same({}, ix:find 'Obama')
  end)

  it('joins names of several documents', function()
    local ix = open()
    local putin = ix:find 'putin'
    assert.are.equal(1, #putin)
    local e = ix:entity(putin[1])
    assert.are.equal('Vladimir Putin', e.name)
    assert.are.equal(2, e.documents)
    assert.are.same(putin, ix:find 'Vladimir PUTIN')
    assert.are.equal(1, #ix:find 'peace plan')
    assert.are.equal('RU', ix:entity(ix:find('Russia')[1]).iso)
  end)

  it('knows dates: of a head, a line, a mail, a row', function()
    local date = {}
    for d in open():documents() do
      date[d.name] = d.date
    end
    assert.are.equal('2025-08-19', date['a.md'])
    assert.are.equal('2024-08-15', date['notes/b.txt'])
    assert.are.equal('2025-08-19', date['mail.eml'])
    assert.are.equal('2023-01-02', date.two)
  end)

  it('is asked by commands', function()
    local r = entente 'refs Merkel --project'
    assert.are.equal('a.md:5:70: Russian President Vladimir Putin met Angela Merkel.\n'
      .. 'a.md:5:85: Merkel left.\n', r.out)
    r = entente 'search stance:opposes proposal:"peace plan"'
    assert.is_truthy(r.out:find('a.md:5:8 Russia opposes peace plan', 1, true))
    assert.is_truthy(r.out:find('notes/c.html:2:23 Italy opposes peace plan', 1, true), r.out)
    assert.is_nil(r.out:find('supports', 1, true))
    for _, q in ipairs { "search 'stance:opposes proposal:\"peace plan\"'",
      "search stance:opposes 'proposal:peace plan'",
      "stances 'stance:opposes proposal:\"peace plan\"' --project" } do
      assert.are.equal(r.out, entente(q).out, q)
    end
    r = entente 'search stance:opp after:2025-08 --format vimgrep'
    assert.is_truthy(r.out:find('a.md:5:8:Russia opposes peace plan', 1, true))
    assert.is_nil(r.out:find('Spain', 1, true))
    assert.are.equal('Emmanuel Macron\n', entente('names emm').out)
    assert.are.equal(1, entente('refs Nobody --project').status)
    assert.are.equal(2, entente('search nonsense:x').status)
    assert.is_truthy(entente('show Putin --project').out:find '2 documents')
    assert.is_truthy(entente('proposals --project --format jsonl').out:find '"name":"peace plan"')
  end)

  it('follows what happens to files', function()
    assert.is_truthy(entente('index').out:find '0 files read')
    write('notes/b.txt', 'Italy backed the peace plan on 15 August 2024.\n')
    os.rename(folder .. '/a.md', folder .. '/notes/renamed.md')
    os.remove(folder .. '/mail.eml')
    local r = entente 'index'
    assert.is_truthy(r.out:find '1 file read')
    assert.is_truthy(r.out:find '1 renamed')
    assert.is_truthy(r.out:find '1 removed')
    local ix = open()
    assert.are.same({}, ix:find 'Macron')
    assert.are.same({}, ix:find 'Germany')
    assert.are.equal('notes/renamed.md', ix:places(ix:find('Merkel')[1])().document.shown)
    local now = content(ix)
    entente 'index --rebuild'
    assert.are.same(content(open()), now)
  end)

  it('is the same with threads', function()
    local before = content(open())
    assert.are.equal(0, entente('index --rebuild --jobs 3').status)
    assert.are.same(before, content(open()))
  end)

  it('is made anew when damaged or old, and says so', function()
    local file = entente('index --where').out:gsub('\n', '')
    local before = content(open())
    local f = assert(io.open(file, 'r+b'))
    f:write 'no SQLite at all'
    f:close()
    assert.is_truthy(entente('refs Putin --project').err:find 'damaged')
    local r = entente 'index'
    assert.is_truthy(r.err:find 'damaged')
    assert.are.same(before, content(open()))
    local db = assert(require('entente.core').sqlite(file, 'w'))
    db:exec 'PRAGMA user_version = 999'
    db:close()
    assert.is_truthy(entente('refs Putin --project').err:find 'another version')
    assert.is_truthy(entente('index').err:find 'another version')
    assert.are.same(before, content(open()))
  end)

  it('refuses links in its place', function()
    local file = entente('index --where').out:gsub('\n', '')
    local place = file:match '^(.*)/'
    os.execute(('rm -rf %s && ln -s /tmp %s'):format(place, place))
    local r = entente 'index'
    assert.are.equal(2, r.status)
    assert.is_truthy(r.err:find 'link')
    os.execute(('rm %s && mkdir %s && ln -s /etc/hostname %s/index.sqlite'):format(place, place,
      place))
    assert.are.equal(2, entente('index').status)
    os.execute(('rm %s/index.sqlite && ln -s %s/stolen %s/lock'):format(place, folder, place))
    assert.are.equal(2, entente('index').status)
    os.execute(('rm -f %s/lock'):format(place))
    assert.are.equal(0, entente('index').status)
    local mode = io.popen(('stat -c %%a%%a %s %s'):format(place, file)):read 'a'
    assert.are.equal('700700\n600600\n', mode)
  end)
end)

describe('a query', function()
  local query = require 'entente.query'

  it('is taken apart', function()
    local q = assert(query.parse 'actor:russia,"South Korea" -is:negated stance:dem old words')
    assert.are.same({ 'russia', 'South Korea' }, q.items[1].values)
    assert.is_true(q.items[2].negated)
    assert.are.same({ 'demands' }, q.items[3].values)
    assert.are.equal('old words', q.name)
  end)

  for text, word in pairs {
    ['foo:bar'] = 'there is no "foo:"', ['stance:x'] = 'takes proposes', ['after:soon'] = 'a date',
    ['actor:"x'] = 'without end', ['score:2'] = '0 to 1', ['stance:d'] = 'takes proposes',
  } do
    it('tells what is wrong: ' .. text, function()
      local q, problem = query.parse(text)
      assert.is_nil(q)
      assert.is_truthy(problem:find(word, 1, true), problem)
    end)
  end

  it('asks a document, too', function()
    local text = 'Russia rejected the peace plan. France backed the peace plan.'
    local doc = assert(require('entente').open(text))
    assert.are.equal(1, #query.stances_of(doc, assert(query.parse 'actor:russia stance:opposes')))
    assert.are.equal(0, #query.stances_of(doc, assert(query.parse 'actor:russia -stance:opposes')))
    assert.are.equal(2, #query.stances_of(doc, assert(query.parse 'peace plan')))
  end)

  it('is completed', function()
    local function names()
      return { 'Russia', 'South Korea' }
    end
    assert.are.same({ 'actor:', 'after:' }, query.complete('a', names))
    assert.are.same({ 'stance:opposes' }, query.complete('actor:x stance:o', names))
    assert.are.same({ 'actor:Russia', 'actor:"South Korea"' }, query.complete('actor:', names))
  end)
end)

describe('texts in files', function()
  it('html: what a reader sees, with places in the page', function()
    local html = require 'entente.index.html'
    local page = '<p title="a>b">One&nbsp;&lt;two&#x2014;<!-- no --><style>p{}</style>three</p>'
    local text, source = html.text(page)
    assert.are.equal('\nOne <two—three\n', text)
    assert.are.equal(page:find 'three' - 1, source(text:find 'three' - 1))
    local start = os.clock()
    html.text(('<a'):rep(200000))
    html.text(('<!--'):rep(200000))
    html.text(('<a "'):rep(200000))
    assert.is_true(os.clock() - start < 5)
  end)

  it('mail: the part to be read, decoded', function()
    local text, date = require('entente.index.mail').text(
      'Subject: =?utf-8?Q?Caf=C3=A9?=\r\nDate: 1 Feb 2024 10:00\r\n'
      .. 'Content-Type: multipart/alternative; boundary="xx"\r\n\r\n--xx\r\n'
      .. 'Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8=\r\n'
      .. '--xx\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n--xx--\r\n')
    assert.are.equal('Café\n\nHello', text)
    assert.are.equal('2024-02-01', date)
  end)

  it('what git ignores', function()
    local ignore = require 'entente.index.ignore'
    local rules = ignore.read '# x\n*.o\n/top\nsub/dir/\n**/deep/*.txt\n!a.o\nfoo/**\nx[0-9].md\n'
    for path, want in pairs {
      ['b.o'] = true, ['s/b.o'] = true, ['a.o'] = false, top = true, ['deep/a.txt'] = true,
      ['p/q/deep/a.txt'] = true, ['foo/bar/x'] = true, ['x3.md'] = true,
    } do
      assert.are.equal(want, ignore.ignored(rules, path, false), path)
    end
    assert.is_nil(ignore.ignored(rules, 's/top', false))
    assert.is_nil(ignore.ignored(rules, 'sub/dir', false))
    assert.is_true(ignore.ignored(rules, 'sub/dir', true))
  end)
end)

describe('names', function()
  local core = require 'entente.core'
  for text, want in pairs {
    ['The U.S.'] = 'us', ['Recep Tayyip ERDOĞAN'] = 'recep tayyip erdogan',
    ['O’Brien’s'] = 'obrien',
    ['Путин'] = 'путин', ['Jean-Marc  Ayrault'] = 'jean marc ayrault', ['The'] = 'the',
  } do
    it('are folded: ' .. text, function()
      assert.are.equal(want, core.fold(text))
    end)
  end
  it('of people lose what is between', function()
    assert.are.equal('john kennedy', core.fold('John F. Kennedy Jr.', true))
    assert.are.equal('j smith', core.fold('J. Smith', true))
    assert.are.equal('jr', core.fold('Jr', true))
  end)
end)

teardown(function()
  os.execute(('rm -rf %s %s'):format(folder, cache))
end)
