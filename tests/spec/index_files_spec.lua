-- The index in the hands of scripts, and of files that other programs read.
local core = require 'entente.core'
local ent = require 'entente'
local run = require 'tests.spec.run'

local there, message = core.sqlite(':memory:', 'w')
if not (os.execute "lua5.4 -e 'require \"luv\"' 2>/dev/null" and there) then
  pending('the index: ' .. (message or 'luv is missing'))
  return
end

local folder, cache = os.tmpname(), os.tmpname()
for _, name in ipairs { folder, cache } do
  os.remove(name)
  os.execute('mkdir -p ' .. name)
end
folder = core.real_path(folder)

local function write(name, text)
  local f = assert(io.open(folder .. '/' .. name, 'wb'))
  f:write(text)
  f:close()
end

local function entente(args, settings)
  return run.shell(('cd %s && XDG_CACHE_HOME=%s %s %s/ENTENTE %s'):format(folder, cache,
    settings or '', assert(io.popen('pwd'):read 'l'), args))
end

local function all(iterator)
  local out = {}
  for item in iterator do
    out[#out + 1] = item
  end
  return out
end

describe('ent.index', function()
  local ix = assert(ent.index { root = folder, cache = cache })

  it('says when there is no index', function()
    local hits, why, code = ix:refs 'Russia'
    assert.is_nil(hits)
    assert.is_truthy(why:find 'entente index')
    assert.are.equal('ENOENT', code)
    assert.is_nil((ent.index { root = folder .. '/none' }))
  end)

  it('takes texts in and tells of them', function()
    write('a.txt', 'Russia rejected the peace plan. Angela Merkel met Russian leaders.\n')
    assert.is_true(ix:add 'a.txt')
    assert.is_true(ix:add(folder .. '/b.md', 'Germany backed the peace plan.'))
    local refs = all(ix:refs 'russia')
    assert.are.same({ 'a.txt', 0, 6, 'name' },
      { refs[1].path, refs[1].start, refs[1].stop, refs[1].form })
    assert.are.equal(50, refs[2].start)
    assert.are.equal(#refs, #all(ix:refs(ix:find('Russia')[1])))
    local stances = all(ix:search 'stance:opposes')
    assert.are.same({ 1, 'Russia', 'peace plan' },
      { #stances, stances[1].actor_name, stances[1].proposal_name })
    assert.are.equal('Angela Merkel', all(ix:search 'merkel')[1].name)
    assert.are.equal(2, #all(ix:stances { proposal = 'peace plan' }))
    assert.are.equal(1, #all(ix:stances { actor = 'Germany', stance = 'supports' }))
    assert.are.equal(0, #all(ix:stances { actor = 'Nobody' }))
    assert.are.equal(2, ix:counts().documents)
  end)

  it('takes a text in again in place of what it was', function()
    assert.is_true(ix:add('b.md', 'France rejected the peace plan.'))
    assert.are.same({}, ix:find 'Germany')
    assert.are.equal(2, ix:counts().documents)
  end)

  it('says what it cannot do', function()
    assert.are.equal('ENOENT', (select(3, ix:add 'none.txt')))
    assert.are.equal('EKIND', (select(3, ix:add('x.pdf', 'x'))))
    assert.is_nil((ix:search 'foo:bar'))
    local lock = assert(core.lock(ix.folder .. '/lock'))
    assert.are.equal('EBUSY', (select(3, ix:add 'a.txt')))
    lock:close()
  end)

  it('is the index of the command line', function()
    local r = entente 'index'
    assert.is_truthy(r.out:find('1 file read', 1, true) or r.out:find 'unchanged', r.out)
    assert.is_truthy(r.out:find '1 removed', r.out) -- b.md was never there
    assert.are.equal(1, ix:counts().documents)
    ix:close()
  end)
end)

describe('lines of other machines', function()
  local function names()
    local reader = assert(ent.index { root = folder, cache = cache })
    local out = all(reader:rows [[SELECT kind || text || '/' || coalesce(about, '') || docs || ' '
      || coalesce(entity, 0) FROM name ORDER BY kind, text, about]])
    for s in reader:stances() do
      out[#out + 1] = ('%s %s %s'):format(s.actor_name, s.stance, s.proposal_name or '-')
    end
    reader:close()
    return out
  end

  it('make the index that the texts make, where these are to be had', function()
    write('a.txt', 'Russian President Vladimir Putin rejected the peace plan.\n')
    write('c.txt', 'Footballer John Smith scored. British prime minister Jack Jones met him.\n')
    write('d.txt', 'Canadian minister John Smith backed the plan.\n')
    entente 'index --rebuild'
    local before = names()
    assert.is_truthy(table.concat(before, '\n'):find('John Smith/sport:', 1, true))
    entente 'tag -f jsonl --input text a.txt c.txt d.txt >.lines'
    assert.are.equal(0, entente('index --rebuild --from-jsonl .lines').status)
    local after = names()
    table.sort(before)
    table.sort(after)
    for _, list in ipairs { before, after } do
      for i, line in ipairs(list) do
        list[i] = line:gsub(' %d+$', '')
      end
    end
    assert.are.same(before, after)
    os.execute(('cd %s && rm -f .lines *.txt'):format(folder))
    entente 'index'
  end)
end)

-- A page with one line of text.
local function pdf(text)
  local stream = ('BT /F1 12 Tf 40 700 Td (%s) Tj ET'):format(text)
  local out, places = { '%PDF-1.4\n' }, {}
  local at = #out[1]
  for i, body in ipairs {
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R '
      .. '/Resources << /Font << /F1 5 0 R >> >> >>',
    ('<< /Length %d >>\nstream\n%s\nendstream'):format(#stream, stream),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  } do
    places[i] = at
    out[#out + 1] = ('%d 0 obj\n%s\nendobj\n'):format(i, body)
    at = at + #out[#out]
  end
  out[#out + 1] = 'xref\n0 6\n0000000000 65535 f \n'
  for _, place in ipairs(places) do
    out[#out + 1] = ('%010d 00000 n \n'):format(place)
  end
  out[#out + 1] = ('trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n'):format(at)
  return table.concat(out)
end

local function have(program)
  return os.execute('command -v ' .. program .. ' >/dev/null 2>&1')
end

describe('files of other programs', function()
  it('PDF, by pdftotext', function()
    if not have 'pdftotext' then
      pending 'pdftotext is not installed (Debian: poppler-utils)'
      return
    end
    write('report.pdf', pdf 'Norway rejected the peace plan.')
    assert.are.equal(0, entente('index').status)
    local r = entente 'search actor:norway'
    assert.is_truthy(r.out:find('report.pdf:1:8', 1, true), r.out)
    assert.is_truthy(r.out:find('Norway rejected the peace plan.', 1, true), r.out)
    write('broken.pdf', 'no PDF at all')
    assert.is_truthy(entente('index').err:find('broken.pdf: pdftotext cannot read it', 1, true))
    os.remove(folder .. '/broken.pdf')
  end)

  for ending in pairs { docx = true, odt = true } do
    it(ending .. ', by pandoc', function()
      if not have 'pandoc' then
        pending 'pandoc is not installed'
        return
      end
      assert(os.execute(("echo 'Spain backed the **peace plan**.' | pandoc -f markdown -o %s/x.%s")
        :format(folder, ending)))
      assert.are.equal(0, entente('index').status)
      local r = entente 'search actor:spain'
      assert.is_truthy(r.out:find('x.' .. ending .. ':1:7', 1, true), r.out)
      os.remove(folder .. '/x.' .. ending)
    end)
  end

  it('are named when the program is missing, with what to install', function()
    write('report.pdf', pdf 'Norway accepted the peace plan.')
    write('x.docx', 'x')
    local bin = folder .. '/.bin'
    os.execute(('mkdir -p %s; for p in sh lua5.4 readlink; do ln -sf $(command -v $p) %s/; done')
      :format(bin, bin))
    local r = entente('index', 'PATH=' .. bin)
    assert.is_truthy(r.err:find('report.pdf: needs pdftotext (Debian: apt-get install '
      .. 'poppler-utils)', 1, true), r.err)
    assert.is_truthy(r.err:find('x.docx: needs pandoc', 1, true), r.err)
    if have 'pdftotext' then -- installed by then
      os.remove(folder .. '/x.docx')
      entente 'index'
      assert.is_truthy(entente('search stance:accepts').out:find('report.pdf:1:8', 1, true))
    end
  end)
end)
