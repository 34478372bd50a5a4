package.path = 'tests/spec/?.lua;' .. package.path
local json = require 'entente.json'
local run = require 'run'
local cli, shell, file = run.cli, run.shell, run.file

local TEXT = 'Angela Merkel met Vladimir Putin in Paris.\nMerkel thanked France.\n'

local function lines(s)
  local out = {}
  for line in s:gmatch '[^\n]*\n' do
    out[#out + 1] = line:sub(1, -2)
  end
  return out
end

describe('tag', function()
  it('prints one object a document as the contract says', function()
    local r = cli('tag --format jsonl', TEXT)
    assert.are.equal(0, r.status)
    local o = json.decode(r.out)
    assert.are.equal(1, o.schema)
    assert.are.equal('-', o.doc)
    assert.are.equal('byte', o.unit)
    assert.are.equal('Angela Merkel', TEXT:sub(o.mentions[1].start + 1, o.mentions[1]['end']))
    assert.are.equal('person', o.mentions[1].kind)
    assert.are.equal('name', o.mentions[1].form)
    local ids = {}
    for _, e in ipairs(o.entities) do
      ids[e.id] = e
      assert.is_string(e.name)
    end
    for i, m in ipairs(o.mentions) do
      assert.is_table(ids[m.entity])
      assert.is_true(m.score >= 0 and m.score <= 1)
      assert.is_true(i == 1 or m.start >= o.mentions[i - 1].start)
    end
    assert.is_table(o.stances)
    assert.is_table(o.attributions)
    assert.is_nil(r.out:find 'null')
  end)

  it('counts in the unit asked for', function()
    local text = 'Ünlü sözler 😀: Angela Merkel met Vladimir Putin.'
    local start = {}
    for _, unit in ipairs { 'byte', 'codepoint', 'utf16' } do
      local o = json.decode(cli('tag -f jsonl --unit ' .. unit, text).out)
      assert.are.equal(unit, o.unit)
      for _, m in ipairs(o.mentions) do
        if m['end'] - m.start == #'Angela Merkel' then
          start[unit] = start[unit] or m.start
        end
      end
    end
    assert.are.same({ byte = 21, codepoint = 15, utf16 = 16 }, start)
  end)

  it('names a document by its file, and keeps the order', function()
    local a, b = file(TEXT), file 'Nothing here.'
    local r = cli(('tag -f jsonl %s - %s'):format(b, a), TEXT)
    local docs = {}
    for i, line in ipairs(lines(r.out)) do
      docs[i] = json.decode(line).doc
    end
    assert.are.same({ b, '-', a }, docs)
    assert.are.equal(0, r.status)
  end)

  it('marks the text, in colour only when asked or on a terminal', function()
    local r = cli('tag', TEXT)
    assert.is_truthy(r.out:find('[Angela Merkel|person]', 1, true))
    assert.is_nil(r.out:find '\27')
    r = cli('tag --color always', TEXT)
    assert.is_truthy(r.out:find('\27%[36mAngela Merkel\27%[0m'))
    assert.are.equal(TEXT, (r.out:gsub('\27%[[%d;]*m', '')))
  end)

  it('colours on a terminal, but not with NO_COLOR', function()
    local path = file(TEXT)
    local tty = "script -qec 'ENTENTE tag " .. path .. "' /dev/null </dev/null"
    assert.is_truthy(shell(tty).out:find '\27%[36m')
    assert.is_nil(shell('NO_COLOR=1 ' .. tty).out:find '\27%[36m')
  end)

  it('says by its status what was found', function()
    assert.are.equal(0, cli('tag', TEXT).status)
    assert.are.equal(1, cli('tag', 'nothing to see here\n').status)
    assert.are.equal(1, cli('tag', '').status)
    assert.are.equal(2, cli 'tag /no/such/file'.status)
  end)
end)

describe('jsonl input', function()
  it('makes a document of each line', function()
    local r = cli('tag --input jsonl -f jsonl',
      '{"doc":"a","text":"Angela Merkel spoke."}\n\n{"id":7,"text":""}\r\n{"text":"x"}')
    local o = lines(r.out)
    assert.are.equal('a', json.decode(o[1]).doc)
    assert.are.equal('7', json.decode(o[2]).doc)
    assert.are.equal('-:4', json.decode(o[3]).doc)
    assert.are.equal(0, r.status)
  end)

  it('goes on after a bad line and ends with status 2', function()
    local r = cli('tag --input jsonl -f jsonl', '{"doc":"a"}\nnonsense\n[1]\n'
      .. '{"doc":"d","text":"Angela Merkel."}\n')
    local o = lines(r.out)
    assert.are.equal(4, #o)
    assert.is_string(json.decode(o[1]).error)
    assert.are.equal('-:2', json.decode(o[2]).doc)
    assert.is_string(json.decode(o[2]).error)
    assert.is_string(json.decode(o[3]).error)
    assert.is_nil(json.decode(o[4]).error)
    assert.are.equal(2, r.status)
    assert.are.equal(3, #lines(r.err))
  end)

  it('gives the same from many threads, in order', function()
    local parts = {}
    for i = 1, 300 do
      parts[i] = ('{"doc":"d%d","text":"%sAngela Merkel met Vladimir Putin %d times."}\n'):format(i,
        ('Word. '):rep(i % 7 * 40), i)
    end
    parts[150] = 'broken\n'
    local input = table.concat(parts)
    local one = cli('tag --input jsonl -f jsonl', input)
    for _, jobs in ipairs { 2, 7 } do
      local many = cli('tag --input jsonl -f jsonl --jobs ' .. jobs, input)
      assert.is_true(one.out == many.out)
      assert.are.equal(one.status, many.status)
    end
    local refs = cli('refs --input jsonl "angela merkel"', input)
    assert.are.equal(299, #lines(refs.out))
    assert.is_true(refs.out == cli('refs --jobs 3 --input jsonl "angela merkel"', input).out)
  end)
end)

describe('lists', function()
  it('call a state by its name, the adjective it came first by is another one', function()
    local r = cli('actors', 'The French president spoke. France agreed; so did Paris.\n')
    assert.is_truthy(r.out:find('France%s+country%s+%d+%s+%-:1:5%s+also French'), r.out)
    assert.is_nil(r.out:find('also[^;\n]*France'))
    r = cli('actors', 'Envoys of the United\nKingdom left. The United Kingdom will answer.\n')
    assert.is_nil(r.out:find 'also', r.out)
  end)

  it('show one of two readings of a word', function()
    local o = json.decode(cli('tag --format jsonl', 'They sold it to Meridian Sports Group. '
      .. 'Meridian, whose owner is the investor Paul Lindqvist, left.\n').out)
    local seen = {}
    for _, m in ipairs(o.mentions) do
      assert.is_nil(seen[m.start .. m.kind])
      seen[m.start .. m.kind] = true
    end
  end)

  it('count actors and say where they are first', function()
    local r = cli('actors', TEXT)
    local first = lines(r.out)[1]
    assert.is_truthy(first:find '^Angela Merkel +person +%d+ +%-:1:1')
    assert.is_nil(cli('actors --kind country,place', TEXT).out:find 'Merkel')
  end)

  it('find every mention by name', function()
    local path = file(TEXT)
    local r = cli(('refs "angela merkel" %s'):format(path))
    assert.are.equal(path .. ':1:1: Angela Merkel met Vladimir Putin in Paris.', lines(r.out)[1])
    assert.are.equal(1, cli('refs Nobody', TEXT).status)
    local plan = 'Russia rejected the security guarantees. A guarantee matters.\n'
    for _, name in ipairs { 'security guarantees', 'Security guarantee', 'guarantees' } do
      assert.are.equal(0, cli(('refs "%s"'):format(name), plan).status, name)
    end
    assert.are.equal(2, cli('refs', TEXT).status)
  end)

  it('tell stances with their sentence, of one actor, of some kinds', function()
    local path = file 'Germany rejected the peace plan. France and Germany backed the ceasefire.\n'
    local r = lines(cli('stances ' .. path).out)
    assert.are.equal(3, #r)
    assert.are.equal(path .. ':1:9 Germany opposes peace plan: Germany rejected the peace plan.',
      r[1])
    assert.are.equal(1, #lines(cli('stances France ' .. path).out))
    assert.are.equal(1, #lines(cli('stances --stance opposes Germany ' .. path).out))
    assert.are.equal(2, #lines(cli('stances --stance supports ' .. path .. ' --jobs 2').out))
    assert.are.equal(1, cli('stances Nobody ' .. path).status)
    assert.are.equal(1, cli('stances --min-score 100 ' .. path).status)
    assert.are.equal(#r, #lines(cli('stances --min-score 1 ' .. path).out))
    assert.are.equal(2, cli('actors --min-score 1 ' .. path).status)
    assert.is_truthy(cli('tag --min-score 1 ' .. path).out:find('[Germany|country]', 1, true))
    assert.is_nil(cli('tag --min-score 100 ' .. path).out:find('|country]', 1, true))
    assert.are.equal(2, cli('tag -f jsonl --min-score 1 ' .. path).status)
    assert.are.equal(2, cli('stances nosuch.txt').status)
  end)

  it('show a card', function()
    local r = cli('show "Vladimir Putin"', TEXT)
    assert.are.equal(0, r.status)
    assert.is_truthy(r.out:find '^Vladimir Putin  person')
    local o = json.decode(cli('show -f jsonl "Vladimir Putin"', TEXT).out)
    assert.are.equal('Vladimir Putin', o.refs[1].text)
  end)

  it('explain a place', function()
    local path = file(TEXT)
    local r = cli('explain ' .. path .. ':2:1')
    assert.are.equal(0, r.status)
    assert.is_truthy(r.out:find 'mention +Merkel +person, name')
    -- The probability and its runner-up, what weighed, the lists' line, the link.
    assert.is_truthy(r.out:find 'because +person 0%.%d%d, next likely: %a+')
    assert.is_truthy(r.out:find 'because +%+0%.%d%d  [%a, ]+ %(at "Merkel"%)')
    assert.is_truthy(r.out:find 'because +listed: "Merkel", family name')
    assert.is_truthy(r.out:find 'because +linked to Angela Merkel')
    assert.is_truthy(cli('explain ' .. path .. ':0').out:find 'Angela Merkel')
    assert.are.equal(1, cli('explain ' .. path .. ':2:9').status)
    assert.are.equal(2, cli('explain ' .. path .. ':99:1').status)
    assert.are.equal(2, cli('explain ' .. path).status)
  end)
end)

describe('wrong use', function()
  for args, word in pairs {
    [''] = 'say what to do', ['dance'] = 'unknown command', ['tag --colour'] = 'unknown option',
    ['tag --format xml'] = '--format takes', ['tag --unit word'] = '--unit takes',
    ['tag --jobs 0'] = '--jobs takes', ['tag --jobs x'] = '--jobs takes',
    ['tag --format'] = 'takes a value', ['refs'] = 'takes a name',
    ['actors --format ann'] = 'goes with tag', ['actors --kind planet'] = '--kind takes',
    ['tag --kind person'] = '--kind goes with actors', ['tag --help=x'] = 'takes no value',
    ['tag --format ann a b'] = 'one document',
  } do
    it(('"%s" is one line and status 2'):format(args), function()
      local r = cli(args)
      assert.are.equal(2, r.status)
      assert.are.equal('', r.out)
      assert.are.equal(1, #lines(r.err))
      assert.is_truthy(r.err:find(word, 1, true))
      assert.is_nil(r.err:find 'stack traceback')
    end)
  end

  it('help and version go to standard output', function()
    assert.is_truthy(cli '--help'.out:find 'usage: entente')
    assert.are.equal(0, cli 'tag -h'.status)
    local version = 'entente ' .. require('entente').version
    assert.is_truthy(cli 'version'.out:find(version, 1, true))
    assert.is_truthy(cli '--version'.out:find(version, 1, true))
  end)

  it('doctor says that all is well', function()
    local r = cli 'doctor'
    assert.are.equal(0, r.status)
    assert.is_truthy(r.out:find 'checksum right')
  end)
end)
