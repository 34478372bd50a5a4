-- What the report is made of: digests, dates of documents, the picture of several documents.
local collect = require 'entente.report.collect'
local ent = require 'entente'
local graph = require 'entente.report.graph'
local page = require 'entente.report.page'
local sha256 = require 'entente.sha256'
local when = require 'entente.report.when'

local function hex(s)
  return (s:gsub('.', function(c)
    return ('%02x'):format(c:byte())
  end))
end

describe('sha256', function()
  -- FIPS 180-2, appendix B, and lengths around a block's end.
  it('gives the digests of the standard', function()
    assert.are.equal('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      hex(sha256.digest ''))
    assert.are.equal('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      hex(sha256.digest 'abc'))
    assert.are.equal('248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
      hex(sha256.digest 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))
    assert.are.equal('9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318',
      hex(sha256.digest(('a'):rep(55))))
    assert.are.equal('ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb',
      hex(sha256.digest(('a'):rep(64))))
  end)

  it('writes base 64', function()
    for plain, coded in pairs { [''] = '', f = 'Zg==', fo = 'Zm8=', foo = 'Zm9v', foob = 'Zm9vYg==',
      ['\255\254\0'] = '//4A' } do
      assert.are.equal(coded, sha256.base64(plain))
    end
  end)
end)

describe('the date of a document', function()
  it('is found in its name, its head, its first line', function()
    assert.are.equal('2025-08-19', when.of('a/2025-08-19-talks.txt', ''))
    assert.are.equal('2025-08-19', when.of('20250819.md', ''))
    assert.are.equal('2025-08-19', when.of('2025/08/19/x.txt', ''))
    assert.is_nil(when.of('2025-18-40.txt', ''))
    assert.is_nil(when.of('120250819000.txt', ''))
    assert.are.equal('2025-08-19', when.of('x', '---\ntitle: y\ndate: 2025-08-19\n---\nText.'))
    assert.are.equal('2025-08-19', when.of('x', 'From: y\nDate: Tue, 19 Aug 2025 10:00:00 +0000\n'))
    assert.are.equal('2025-08-19', when.of('x', 'BERLIN, August 19, 2025 - Merz said.'))
    assert.is_nil(when.of('x', 'In 2014 all was well.'))
  end)

  it('gives way to a full date in the sentence', function()
    assert.are.equal('2025-08-16', collect.date('On 16 August 2025 it did.', '2025-08-19'))
    assert.are.equal('2025-08-16', collect.date('On 16 August it did.', '2025-08-19'))
    assert.are.equal('2025-08-19', collect.date('In 2014 it did.', '2025-08-19'))
    assert.are.equal('2014', collect.date('In 2014 it did.', nil))
  end)
end)

describe('a picture', function()
  local function picture(texts, most)
    local c = collect.new(most)
    for i, text in ipairs(texts) do
      c:document('d' .. i, nil, text, assert(ent.open(text)))
    end
    return c:finish()
  end

  local function find(p, name)
    for i, e in ipairs(p.entities) do
      if e.name == name then
        return i, e
      end
    end
  end

  it('joins what documents say', function()
    local p = picture { 'Germany backed the peace plan.', 'Germany rejected the peace plan.' }
    local n, germany = find(p, 'Germany')
    assert.are.equal(2, germany.docs)
    local _, plan = find(p, 'peace plan')
    assert.are.equal(2, plan.docs)
    local labels = {}
    for _, s in ipairs(p.stances) do
      if s.actor == n then
        labels[#labels + 1] = s.label
      end
    end
    assert.are.equal('supports', labels[1])
    assert.are.equal('opposes', labels[2])
  end)

  it('places marks by UTF-16 units', function()
    local p = picture { 'Well, “😀” indeed: Hungary opposed the peace plan.' }
    local s = p.stances[1]
    local text = p.sentences[s.sentence].text
    -- the emoji is two units, the quotes one each; in bytes they are four and three
    local cut = text:gsub('“', "'"):gsub('”', "'"):gsub('😀', 'xx')
    assert.are.equal('opposed', cut:sub(s.cue[1] + 1, s.cue[2]))
    local marks = p.sentences[s.sentence].marks
    assert.are.equal('Hungary', cut:sub(marks[1] + 1, marks[2]))
    assert.are.equal(s.actor, marks[3])
  end)

  it('keeps the names of one document apart from mere nouns of another', function()
    local p = picture { 'The president rejected the peace plan.',
      'The president backed the peace plan.' }
    local n = 0
    for _, e in ipairs(p.entities) do
      n = n + (e.name:lower() == 'president' and 1 or 0)
    end
    assert.are.equal(2, n)
  end)

  it('counts what it leaves out', function()
    local texts = {}
    for i, name in ipairs { 'Germany', 'France', 'Spain', 'Italy', 'Poland', 'Hungary' } do
      texts[i] = name .. ' backed the peace plan. ' .. name .. ' rejected the ceasefire.'
    end
    local p = picture(texts, { actors = 3, stances = 4 })
    assert.are.equal(6, p.total.actors)
    assert.are.equal(12, p.total.stances)
    assert.are.equal(4, #p.stances)
    for _, s in ipairs(p.stances) do
      assert.is_truthy(p.entities[s.actor] and p.sentences[s.sentence])
    end
  end)

  it('shows a part of a sentence without end', function()
    local long = ('Germany and “friends” met and '):rep(2000) .. 'Hungary opposed the peace plan.'
    for _, s in ipairs(picture({ long }).sentences) do
      assert.is_true(#s.text <= collect.most.sentence)
      assert.is_truthy(s.text:find '^[%z\1-\127\194-\244]')
    end
  end)

  it('becomes a page whose data cannot end its script', function()
    local p = picture { 'Germany backed the peace plan, </script><!--<script> and more.' }
    local html = page.render(p, '<b>&"', { html = '{{title}}|{{policy}}|{{data}}|{{scripts}}',
      css = 'a{}', js = 'x()' })
    assert.is_truthy(html:find('&lt;b&gt;&amp;&quot;|', 1, true))
    local data = html:match '|({.*})|<script>'
    assert.is_nil(data:find '<')
    assert.is_truthy(data:find('\\u003c/script>\\u003c!--', 1, true))
    assert.is_truthy(html:find("script-src 'sha256-", 1, true))
    assert.has_error(function()
      page.render(p, 'x', { html = '', css = '', js = '"</script>"' })
    end)
  end)
end)

describe('exports', function()
  local function picture(...)
    local c = collect.new()
    for i, text in ipairs { ... } do
      c:document(('2025-08-1%d.txt'):format(i), ('2025-08-1%d'):format(i), text,
        assert(ent.open(text)))
    end
    return c:finish()
  end

  it('count equal edges and keep their first and last date', function()
    local p = picture('Germany backed the peace plan.', 'Germany backed the peace plan.')
    local edges = graph.edges(p)
    assert.are.equal(1, #edges)
    assert.are.equal(2, edges[1].count)
    assert.are.equal('2025-08-11', edges[1].first)
    assert.are.equal('2025-08-12', edges[1].last)
    local dot, n = graph.dot(p)
    assert.are.equal(1, n)
    assert.is_truthy(dot:find('label="supports 2"', 1, true))
  end)

  it('write what every reader of XML takes', function()
    local p = picture 'Germany backed the peace plan & <b>, "it" \27[31m said \0 Angela Merkel.'
    local xml = graph.graphml(p)
    assert.is_truthy(xml:find('&amp; &lt;b&gt;, &quot;it&quot;', 1, true))
    assert.is_nil(xml:find '[%z\1-\8\27]')
    assert.are.equal(1, select(2, xml:gsub('<edge ', '')))
  end)

  it('guard tables against formulas', function()
    local p = picture 'Germany backed the peace plan.'
    p.docs[1].name, p.sentences[1].text = '=1+1', '@SUM(A1) "x", y'
    local csv, n = graph.csv(p)
    assert.are.equal(1, n)
    assert.is_truthy(csv:find("\n'=1+1,1,2025-08-11,Germany,country,supports,peace plan,,,false,"
      .. 'false,', 1, true))
    assert.is_truthy(csv:find([["'@SUM(A1) ""x"", y"]], 1, true))
  end)
end)
