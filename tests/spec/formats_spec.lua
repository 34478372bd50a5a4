package.path = 'tests/spec/?.lua;' .. package.path
local json = require 'entente.json'
local run = require 'run'
local cli, file, shell = run.cli, run.file, run.shell

local TEXT = 'German Chancellor Angela Merkel met Vladimir Putin in Paris.\n'
  .. '“We will not accept it,” Merkel said – twice.\n'

local function marks_of(r)
  return json.decode(r.out).mentions
end

describe('csv', function()
  -- Reads RFC 4180; an independent reader of a few lines.
  local function rows_of(s)
    local rows, row, at = {}, {}, 1
    while at <= #s do
      local field
      if s:sub(at, at) == '"' then
        local stop = at
        repeat
          stop = s:find('"', stop + 1, true)
          local double = s:sub(stop + 1, stop + 1) == '"'
          stop = double and stop + 1 or stop
        until not double
        field, at = s:sub(at + 1, stop - 1):gsub('""', '"'), stop + 1
      else
        field = s:match('^[^,\n]*', at)
        at = at + #field
      end
      row[#row + 1] = field
      if s:sub(at, at) == '\n' then
        rows[#rows + 1], row = row, {}
      end
      at = at + 1
    end
    return rows
  end

  it('is a table with a head', function()
    local rows = rows_of(cli('tag -f csv', TEXT).out)
    assert.are.equal('doc', rows[1][1])
    for i = 2, #rows do
      assert.are.equal(#rows[1], #rows[i])
      assert.are.equal(rows[i][10], (TEXT:sub(rows[i][2] + 1, rows[i][3]):gsub('%s+', ' ')))
    end
  end)

  it('has one head for many files', function()
    local a = file(TEXT)
    local out = cli(('actors -f csv %s %s'):format(a, a)).out
    local _, heads = out:gsub('doc,id,kind', '')
    assert.are.equal(1, heads)
  end)

  it('guards against formulas', function()
    local rows = rows_of(cli("actors -f csv '" .. file(TEXT, '=cmd()|x,"y') .. "'").out)
    assert.is_truthy(rows[2][1]:find '^/')
    rows = rows_of(cli('tag --input jsonl -f csv', '{"doc":"=1+1","text":"Angela Merkel"}\n'
      .. '{"doc":"@x","text":"Angela Merkel"}\n{"doc":"-2","text":"Angela Merkel"}\n').out)
    assert.are.equal("'=1+1", rows[2][1])
    assert.are.equal("'@x", rows[3][1])
    assert.are.equal("'-2", rows[4][1])
  end)
end)

describe('vimgrep', function()
  it('gives file, line, column from one, in bytes', function()
    local path = file('é Angela Merkel spoke.\n\n  Vladimir Putin did not.\n')
    local out = cli('tag -f vimgrep ' .. path).out
    assert.is_truthy(out:find(path .. ':1:4:person: Angela Merkel\n', 1, true))
    assert.is_truthy(out:find(path .. ':3:3:person: Vladimir Putin\n', 1, true))
  end)
end)

describe('conll', function()
  it('has a token a line, its label, and empty lines between sentences', function()
    local out = cli('tag -f conll', TEXT).out
    assert.is_truthy(out:find('^# doc = %-\n'))
    assert.is_truthy(out:find('Angela\tB%-PER\nMerkel\tI%-PER\nmet\tO\n'))
    assert.is_truthy(out:find('%.\tO\n\n“\tO\nWe\t'))
    local joined = {}
    for token in out:gmatch '([^\t\n]+)\t' do
      joined[#joined + 1] = token
    end
    assert.are.equal((TEXT:gsub('%s', '')), table.concat(joined))
  end)
end)

describe('ann', function()
  local function without_marks(s)
    local body = s:match '^(.*)\n%-%-%-%-\n'
    return (body:gsub('%[%[%w+:[^|]*|', ''):gsub('{{s%d+|', ''):gsub('%]%]', ''):gsub('}}', ''))
  end

  it('is the text again without its marks', function()
    for _, text in ipairs { TEXT, 'no names', 'Angela Merkel', '\n\nVladimir Putin\n\n' } do
      assert.are.equal(text, without_marks(cli('tag -f ann', text).out))
    end
  end)

  it('refuses a text with such marks', function()
    for _, text in ipairs { 'a [[b]] Angela Merkel', 'x {{s1|y', 'a\n----\nb' } do
      local r = cli('tag -f ann', text)
      assert.are.equal(2, r.status)
      assert.are.equal('', r.out)
      assert.is_truthy(r.err:find 'jsonl')
    end
  end)

  it('is read by the annotation reader with the same mentions', function()
    if not io.open '../shared/score/ann.py' then
      pending 'no ../shared/score'
    end
    local path = file(TEXT, 'doc.txt')
    local ann = path:gsub('txt$', 'ann')
    assert.are.equal(0, shell('ENTENTE export -f ann ' .. path .. ' > ' .. ann).status)
    local r = shell(('python3 ../shared/score/ann.py %s --check %s'):format(ann,
      path:match '^(.*)/'))
    assert.are.equal('', r.err)
    local gold, ours = marks_of(r), marks_of(cli('tag -f jsonl --unit codepoint ' .. path))
    assert.are.equal(#ours, #gold)
    for i, m in ipairs(ours) do
      local g = gold[i]
      assert.are.same({ m.start, m['end'], m.form }, { g.start, g['end'], g.form })
    end
  end)
end)

describe('html', function()
  it('escapes the text and asks for nothing from elsewhere', function()
    local out = cli('tag -f html', '<script>alert("x")</script> Angela Merkel & co\27]0;x\7').out
    assert.is_nil(out:find '<script')
    assert.is_truthy(out:find('&lt;script&gt;', 1, true))
    assert.is_truthy(out:find("default%-src 'none'"))
    assert.is_nil(out:find '\27')
    assert.is_nil(out:find 'https?://')
    assert.is_truthy(out:find '</body></html>\n$')
    local _, opened = out:gsub('<mark', '')
    local _, closed = out:gsub('</mark>', '')
    assert.are.equal(opened, closed)
  end)
end)

describe('other exports', function()
  it('make a word list', function()
    assert.is_truthy(('\n' .. cli('export -f spell', TEXT).out):find '\nMerkel\n')
  end)
  it('make a table in Markdown', function()
    assert.is_truthy(cli('export -f md', TEXT).out:find '| Angela Merkel | person |')
  end)
  it('make a graph', function()
    assert.is_truthy(cli('export -f dot', TEXT).out:find '^digraph entente {')
  end)
  it('make the board of who stands where', function()
    local text = 'Germany rejected the peace plan. Kenya accused Somalia.'
    assert.are.equal('actor,peace plan,Somalia\nGermany,opposes,\nKenya,,criticises\n',
      cli('export -f csv', text).out)
    assert.is_truthy(cli('tag -f dot', text).out:find '"Kenya" %-> "Somalia"')
    assert.is_truthy(cli('export -f md', text).out:find '| Germany | opposes |  |')
    assert.are.equal(1, cli('export -f csv', 'It rained.').status)
  end)
  it('are JSON lines when nothing is said', function()
    assert.are.equal(cli('tag -f jsonl', TEXT).out, cli('export', TEXT).out)
  end)
end)
