-- What may be deleted, and what another version of the program left.
package.path = 'tests/spec/?.lua;' .. package.path
local run = require 'run'
local core = require 'entente.core'
local has_luv = os.execute "lua5.4 -e 'require \"luv\"' 2>/dev/null"

local function read(path)
  local f = assert(io.open(path, 'rb'))
  local s = f:read 'a'
  f:close()
  return s
end

local function write(path, s)
  local f = assert(io.open(path, 'wb'))
  f:write(s)
  f:close()
end

local function project()
  local dir = run.file('x', 'outside'):match '^(.*)/' .. '/r'
  os.execute(('rm -rf %s && mkdir -p %s/p/.entente'):format(dir, dir))
  write(dir .. '/p/a.txt', 'Russia rejected the peace plan. Vladimir Putin left.\n')
  local here = assert(io.popen('pwd'):read 'l')
  return dir, function(args)
    return run.shell(('cd %s/p && XDG_CACHE_HOME=%s/c %s/ENTENTE %s'):format(dir, dir, here, args))
  end
end

describe('recovery', function()
  it('lines of a newer version stay in a project', function()
    local dir, entente = project()
    local path = dir .. '/p/.entente/lexicon.tsv'
    local newer = '# made by 9.0\nfrobnicate\tFoo\tcolour=red\n'
    write(path, newer)
    assert.are.equal(0, entente('mark person Bar').status)
    assert.are.equal(newer .. 'mark\tBar\tkind=person\n', read(path))
    local r = entente 'tag a.txt'
    assert.are.equal(0, r.status)
    assert.is_truthy(r.err:find('lexicon.tsv:2:', 1, true))
    assert.are.equal(0, entente('undo').status)
    assert.are.equal(newer, read(path):sub(1, #newer))
  end)

  it('the cache and the index may go at any time', function()
    if not (has_luv and core.sqlite(':memory:', 'w')) then
      pending 'luv or SQLite is missing'
      return
    end
    local dir, entente = project()
    assert.are.equal(0, entente('index').status)
    local wanted = entente('stances --project .').out
    assert.is_truthy(wanted:find 'Russia')
    local file = entente('index --where').out:gsub('\n', '')
    local parts = { file, file .. '-wal', file .. '-shm', file:match '^(.*)/', dir .. '/c' }
    for _, what in ipairs(parts) do
      os.execute('rm -rf ' .. what)
      local r = entente 'stances --project .'
      assert.is_true(r.status == 2 and r.err:find 'entente index' ~= nil or r.out == wanted)
      assert.are.equal(0, entente('index').status)
      assert.are.equal(wanted, entente('stances --project .').out)
    end
  end)
end)
