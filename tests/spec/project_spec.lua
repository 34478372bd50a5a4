-- Corrections by the command line: made, laid over texts, taken back.
local root = os.getenv 'PWD'

local function run(folder, command)
  local file = os.tmpname()
  local ok, _, code = os.execute(('cd %s && %s/bin/entente %s >%s 2>&1'):format(folder, root,
    command, file))
  local f = assert(io.open(file))
  local text = f:read '*a'
  f:close()
  os.remove(file)
  return ok and 0 or code, text
end

describe('a project', function()
  local folder
  before_each(function()
    local pipe = io.popen 'mktemp -d'
    folder = pipe:read '*l'
    pipe:close()
    local f = assert(io.open(folder .. '/a.txt', 'w'))
    f:write 'Angela Merkel met the Foo Group in Moscow. The Foo Group rejected the plan.\n'
    f:close()
  end)
  after_each(function()
    os.execute('rm -rf ' .. folder)
  end)
  it('keeps what it is taught', function()
    assert.equal(0, (run(folder, 'ignore Moscow')))
    assert.equal(0, (run(folder, 'mark organisation Foo Group')))
    local _, text = run(folder, 'actors a.txt')
    assert.falsy(text:find 'Moscow')
    assert.truthy(text:find 'Foo Group +organisation')
    assert.equal(0, (run(folder, 'undo')))
    assert.equal(0, (run(folder, 'undo')))
    _, text = run(folder, 'actors a.txt')
    assert.truthy(text:find 'Moscow')
    assert.equal(1, (run(folder, 'undo')))
  end)
  it('joins, takes apart and renames', function()
    local function actors()
      return select(2, run(folder, 'actors a.txt'))
    end
    assert.equal(0, (run(folder, "merge 'Foo Group' into 'Angela Merkel'")))
    assert.truthy(actors():find 'Angela Merkel[^\n]* 3 ')
    assert.equal(0, (run(folder, "split 'Foo Group'")))
    assert.truthy(actors():find 'Foo Group')
    assert.equal(0, (run(folder, 'undo')))
    assert.falsy(actors():find '\nFoo Group')
    assert.equal(0, (run(folder, "rename 'Angela Merkel' as 'Mutti'")))
    assert.truthy(actors():find 'Mutti')
    assert.equal(0, (run(folder, 'undo')))
    assert.equal(0, (run(folder, 'undo')))
    assert.equal(0, (run(folder, "alias Moscow of 'Foo Group'")))
    assert.falsy(actors():find 'Moscow +place')
  end)
  it('is found above the current folder, or named', function()
    run(folder, 'ignore Moscow')
    os.execute('mkdir ' .. folder .. '/notes')
    local _, text = run(folder .. '/notes', 'actors ../a.txt')
    assert.falsy(text:find 'Moscow')
    _, text = run('/', ('actors --project %s %s/a.txt'):format(folder, folder))
    assert.falsy(text:find 'Moscow')
  end)
  it('tells wrong lines by number and goes on', function()
    run(folder, 'ignore Moscow')
    os.execute(("printf 'no correction\\n' >>%s/.entente/lexicon.tsv"):format(folder))
    local code, text = run(folder, 'actors a.txt')
    assert.equal(0, code)
    assert.truthy(text:find('lexicon.tsv:3:', 1, true))
    assert.falsy(text:find 'Moscow')
  end)
  it('refuses what is no correction', function()
    for _, bad in ipairs { 'mark wizard X', 'mark', 'ignore', 'merge A', 'merge A and B', 'split',
      'rename A', 'alias A B C' } do
      assert.equal(2, (run(folder, bad)), bad)
    end
  end)
end)
