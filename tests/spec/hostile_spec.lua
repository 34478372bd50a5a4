-- What no one would send on purpose: each gives a right result or one clear line, in bounded time.
package.path = 'tests/spec/?.lua;' .. package.path
local json = require 'entente.json'
local run = require 'run'
local cli, shell, file = run.cli, run.shell, run.file

-- Under sanitizers the large ones are a tenth as large.
local SCALE = os.getenv 'ENTENTE_SMALL' and 10 or 1

local NAMES = 'Angela Merkel met Vladimir Putin in Paris. '
local FORMATS = { 'text', 'jsonl', 'csv', 'vimgrep', 'conll', 'ann', 'html', 'dot', 'md', 'spell' }

local function one_line(r)
  assert.is_truthy(r.err:find '^entente: [^\n]*\n$', r.err)
  assert.is_nil(r.err:find 'traceback')
  assert.is_nil(r.err:find 'internal error')
end

-- Mentions of the first document, with their words.
local function words(r, text)
  local out = {}
  for _, m in ipairs(json.decode(r.out).mentions) do
    out[text:sub(m.start + 1, m['end'])] = true
  end
  return out
end

describe('hostile input', function()
  it('nothing at all', function()
    for _, format in ipairs(FORMATS) do
      local r = cli('tag -f ' .. format, '')
      assert.are.equal(1, r.status)
      assert.are.equal('', r.err)
    end
    assert.are.equal(0, #json.decode(cli('tag -f jsonl', '').out).mentions)
  end)

  it('no line break at the end', function()
    for _, format in ipairs(FORMATS) do
      local r = cli('export -f ' .. format, NAMES .. 'Merkel accepted a plan')
      assert.is_true(r.status == 0 or r.status == 1 and format == 'dot')
      assert.are.equal('\n', r.out:sub(-1))
    end
  end)

  it('lines that end in CR LF', function()
    local text = NAMES:gsub('met ', 'met\r\n') .. '\r\nMerkel left.\r\n'
    assert.is_true(words(cli('tag -f jsonl', text), text)['Angela Merkel'])
    assert.are.equal(text, (cli('tag --color always', text).out:gsub('\27%[[%d;]*m', '')))
  end)

  it('NUL bytes in a text', function()
    local text = NAMES .. '\0 and \0 ' .. NAMES
    local r = cli('tag -f jsonl', text)
    assert.are.equal(0, r.status)
    assert.is_true(words(r, text)['Vladimir Putin'])
    assert.is_nil(cli('tag', text).out:find '\0')
  end)

  it('bytes that are no UTF-8', function()
    local text = 'Caf\233 \255\254 ' .. NAMES:rep(4) .. '\xC3'
    local r = cli('tag -f jsonl', text)
    assert.are.equal(0, r.status)
    assert.is_true(words(r, text)['Vladimir Putin'])
    assert.are.equal(4, json.decode(r.out).invalid_bytes)
    r = cli('tag', text)
    assert.is_truthy(r.err:find '4 bytes are no UTF%-8')
    assert.is_nil(r.out:find '\255')
    for _, format in ipairs(FORMATS) do
      assert.is_true(cli('tag -f ' .. format, text).status < 2)
    end
  end)

  it('a byte that is no UTF-8 counts as one', function()
    local text = '\255\255é ' .. NAMES:rep(4)
    local o = json.decode(cli('tag -f jsonl --unit codepoint', text).out)
    assert.are.equal(4, o.mentions[1].start)
  end)

  it('a binary file', function()
    for _, path in ipairs { '/bin/sh', file('\255\254' .. NAMES:gsub('.', '%0\0')) } do
      local r = cli('tag -f jsonl ' .. path)
      assert.are.equal(2, r.status)
      one_line(r)
      assert.is_string(json.decode(r.out).error)
      assert.are.equal('', cli('tag ' .. path).out)
    end
  end)

  it('a directory, a missing file, one that may not be read, among good ones', function()
    local good = file(NAMES)
    for _, path in ipairs { '/tmp', '/no/such/file', good .. '/x' } do
      for _, format in ipairs { 'text', 'jsonl', 'csv' } do
        local r = cli(('tag -f %s %s %s'):format(format, path, good))
        assert.are.equal(2, r.status)
        one_line(r)
        assert.is_truthy(r.out:find 'Merkel')
      end
    end
    local r = cli(('tag -f jsonl /no/such/file %s'):format(good))
    assert.is_string(json.decode(r.out:match '[^\n]*').error)
    r = cli '-f jsonl tag - < /tmp'
    assert.are.equal(2, r.status)
    one_line(r)
  end)

  it('a file that may not be read', function()
    if io.popen('id -u'):read 'n' == 0 then
      pending 'root may read everything'
    end
    local path = file(NAMES)
    os.execute('chmod 000 ' .. path)
    local r = cli('tag ' .. path)
    assert.are.equal(2, r.status)
    one_line(r)
    assert.is_truthy(r.err:find 'permission denied')
  end)

  it('a device without end', function()
    local r = cli 'tag --max-size 4 /dev/zero'
    assert.are.equal(2, r.status)
    one_line(r)
  end)

  it('an unreadable, a damaged, a cut and an empty model', function()
    local f = assert(io.open('model/entente.model', 'rb'))
    local model = f:read 'a'
    f:close()
    local middle = #model // 2
    local broken = { '', 'x', model:sub(1, 1000), model:sub(1, -2), model .. 'x',
      model:sub(1, middle) .. string.char(model:byte(middle + 1) ~ 1) .. model:sub(middle + 2),
      'ENTMODEL' .. ('\255'):rep(5000) }
    local paths = { '/no/such/model', '/tmp' }
    for _, content in ipairs(broken) do
      paths[#paths + 1] = file(content)
    end
    for _, path in ipairs(paths) do
      local r = shell(('ENTENTE_MODEL=%s ENTENTE tag'):format(path), NAMES)
      assert.are.equal(2, r.status)
      one_line(r)
    end
    assert.are.equal(2, shell(('ENTENTE_MODEL=%s ENTENTE doctor'):format(paths[4])).status)
  end)

  it('escape sequences never reach the terminal', function()
    local text = '\27]0;owned\7\27[31m\155' .. NAMES .. '\194\155 \r' .. NAMES .. '\127\8'
    local name = file(text:rep(3), 'a\27[31mb')
    for _, command in ipairs { 'tag', 'actors', 'stances', 'refs "Vladimir Putin"',
      'show "Vladimir Putin"', 'tag -f vimgrep', 'tag -f csv', 'tag -f html', 'tag -f conll',
      'tag -f jsonl', 'tag -f md', 'tag -f spell', 'tag -f kak', 'export -f dot',
      'export -f graphml', 'report' } do
      local r = cli(command .. " '" .. name .. "'")
      local seen = r.out .. r.err
      assert.is_nil(seen:find '[%z\1-\8\11-\31\127]', command)
      assert.is_nil(seen:find '\194[\128-\159]', command)
    end
    local r = cli("tag '/no/such/\27[31mfile'")
    assert.is_nil(r.err:find '\27')
    one_line(r)
    assert.is_nil(cli("'\27[31m'").err:find '\27')
  end)

  it('a closed pipe ends the run quietly', function()
    local path = file(NAMES:rep(20000))
    local lines = file(('{"text":"' .. NAMES .. '"}\n'):rep(3000))
    for _, command in ipairs { 'tag ' .. path, 'tag -f jsonl ' .. path, 'tag -f csv ' .. path,
      'tag --input jsonl -f jsonl ' .. lines, 'tag --input jsonl -f jsonl -j 2 ' .. lines } do
      local r = shell('ENTENTE ' .. command .. ' | head -c 100')
      assert.are.equal('', r.err)
      assert.are.equal(100, #r.out)
    end
  end)

  it('a full disk is told', function()
    if not io.open('/dev/full', 'w') then
      pending 'no /dev/full'
    end
    local r = shell('ENTENTE tag > /dev/full', NAMES)
    assert.are.equal(2, r.status)
    one_line(r)
  end)

  it('one line of 50 MB', function()
    local path = file(NAMES:rep(50000000 // SCALE // #NAMES))
    local r = shell('ENTENTE tag -f jsonl ' .. path .. ' | tail -c 300')
    assert.are.equal('', r.err)
    assert.is_truthy(r.out:find '"attributions":%[.*%]}\n$')
    r = shell('ENTENTE refs "Vladimir Putin" ' .. path .. ' | tail -n 1')
    assert.is_truthy(r.out:find 'Putin')
    os.remove(path)
  end)

  it('200 MB', function()
    local path = file('')
    local f = assert(io.open(path, 'wb'))
    local block = (NAMES .. '\n' .. ('The weather was fine that day, and nothing moved. '):rep(8)
      .. '\n\n'):rep(2000)
    for _ = 1, 200000000 // SCALE // #block + 1 do
      f:write(block)
    end
    f:close()
    local r = shell('ENTENTE tag -f jsonl ' .. path .. ' | tail -c 300')
    assert.are.equal('', r.err)
    assert.is_truthy(r.out:find '"attributions":%[.*%]}\n$')
    r = cli('tag --max-size ' .. 100 // SCALE .. ' ' .. path)
    assert.are.equal(2, r.status)
    one_line(r)
    os.remove(path)
  end)

  it('a library of the folder one is in is not loaded', function()
    local dir = file('error "loaded"', 'luv.lua'):match '^(.*)/'
    os.execute(('cd %s && for f in lpeg cjson; do echo "error(1)" > $f.lua; done'):format(dir))
    local here = io.popen('pwd'):read 'l'
    local r = shell(('cd %s && %s/bin/entente tag --jobs 2'):format(dir, here), NAMES)
    assert.are.equal(0, r.status)
    assert.are.equal('', r.err)
  end)
end)

describe('a long run on a terminal', function()
  local function seen(args, path)
    return shell(("script -qec 'ENTENTE %s %s | tail -c 1 >/dev/null' /dev/null </dev/null")
      :format(args, path)).out
  end

  it('tells how far it is, and takes that away', function()
    local path = file(NAMES:rep(20000000 // SCALE // #NAMES))
    local screen = seen('tag -f jsonl', path)
    if screen == '' then
      pending 'this machine is done within a second'
    end
    assert.is_truthy(screen:find '0 of 1 documents, %d+%.%d MB, %d+%.%d MB/s')
    assert.is_truthy(screen:find '\r\27%[K$')
    os.remove(path)
  end)

  it('says nothing when it is short', function()
    assert.are.equal('', seen('tag -f jsonl', file(NAMES)))
  end)

  it('ends at once when interrupted', function()
    local path = file(NAMES:rep(20000000 // SCALE // #NAMES))
    local r = shell('timeout -s INT 0.5 ENTENTE tag -f jsonl ' .. path .. ' >/dev/null; echo $?')
    assert.are.equal('', r.err)
    os.remove(path)
  end)
end)
