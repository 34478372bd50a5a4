-- What a project's folder brings along neither runs nor leads out of the project.
package.path = 'tests/spec/?.lua;' .. package.path
local run = require 'run'
local files = require 'entente.files'
local found, luv = pcall(require, 'luv')

local function read(path)
  local f = io.open(path, 'rb')
  local s = f and f:read 'a'
  if f then
    f:close()
  end
  return s
end

local function write(path, s)
  local f = assert(io.open(path, 'wb'))
  f:write(s)
  f:close()
end

-- A project and a file outside it.
local function project()
  local dir = run.file('x', 'outside'):match '^(.*)/'
  os.execute(('mkdir -p %s/p/.entente'):format(dir))
  return dir, dir .. '/p/.entente/lexicon.tsv'
end

local function add(text)
  return (text or '') .. 'new\n'
end

for name, uv in pairs { ['by luv'] = found and luv or nil, ['by io'] = false } do
  describe('files ' .. name, function()
    local f = files.new(uv or nil)

    it('are written with no right for others to write', function()
      local _, path = project()
      assert.is_true(f.update(path, add))
      assert.are.equal('new\n', read(path))
      local mode = io.popen('stat -c %a ' .. path):read 'l'
      if uv then
        assert.is_truthy(mode:match '^6[04][04]$', mode)
      else -- without luv modes are those of the umask
        local mask = tonumber(io.popen('umask'):read 'l', 8)
        assert.are.equal(('%o'):format(438 & ~mask), mode) -- 0666
      end
    end)

    it('are not written through a link out of the project', function()
      local dir, path = project()
      os.execute(('ln -s %s/outside %s'):format(dir, path))
      local ok, message = f.update(path, add)
      assert.is_nil(ok)
      assert.is_truthy(message:find 'out of its project')
      assert.are.equal('x', read(dir .. '/outside'))
    end)

    it('nor in a folder that is such a link', function()
      local dir, path = project()
      os.execute(('rmdir %s/p/.entente; mkdir %s/other; ln -s %s/other %s/p/.entente'):format(dir,
        dir, dir, dir))
      assert.is_nil((f.update(path, add)))
      assert.is_nil(read(dir .. '/other/lexicon.tsv'))
    end)

    it('a link that leads nowhere is replaced', function()
      local dir, path = project()
      os.execute(('ln -s %s/nowhere %s'):format(dir, path))
      f.update(path, add)
      assert.is_nil(read(dir .. '/nowhere'))
    end)

    it('a link inside the project is followed', function()
      local dir, path = project()
      write(dir .. '/p/own.tsv', 'a\n')
      os.execute(('ln -s ../own.tsv %s'):format(path))
      assert.is_true(f.update(path, add))
      assert.are.equal('a\nnew\n', read(dir .. '/p/own.tsv'))
    end)

    it('an error in the change leaves the file and no lock', function()
      local _, path = project()
      write(path, 'a\n')
      assert.is_nil((f.update(path, function()
        error 'broken'
      end)))
      assert.are.equal('a\n', read(path))
      assert.is_true(f.update(path, add))
    end)
  end)
end

describe('luv files', function()
  it('a link laid where the new file is written is not followed', function()
    if not found then
      pending 'no luv'
    end
    local dir, path = project()
    os.execute(('ln -s %s/outside %s.%d.new'):format(dir, path, luv.os_getpid()))
    assert.is_true(files.new(luv).update(path, add))
    assert.are.equal('x', read(dir .. '/outside'))
  end)
end)

describe('formats', function()
  it('a formula in a table is no formula, a tag no tag', function()
    local dir = project()
    write(dir .. '/a.tsv', '')
    local text = ('=cmd Corp. said <script>alert(1)</script> Angela Merkel met Vladimir Putin. ')
      :rep(2)
    for line in run.cli('actors -f csv', text).out:gmatch '[^\n]+' do
      assert.is_nil((line .. ','):find ',"?[=+@-][^%d,]')
    end
    assert.is_nil(run.cli('tag -f html', text).out:find('<script>alert', 1, true))
  end)
end)

-- What the page's policy says of a kind of source.
local function directive(policy, name)
  return (';' .. policy):match('[; ]' .. name .. ' ([^;]*)')
end

-- The hash of an element's text as a policy gives it, by other means than Entente's.
local function hash(text)
  local path = run.file(text)
  local hex = io.popen('sha256sum <' .. path):read('l'):match '^%x+'
  local bytes = hex:gsub('%x%x', function(x)
    return string.char(tonumber(x, 16))
  end)
  write(path, bytes)
  return ("'sha256-%s'"):format(io.popen('base64 <' .. path):read 'l')
end

describe('pages', function()
  local text = ('Angela Merkel <script>alert(1)</script> rejected the peace plan. '):rep(3)

  for _, command in ipairs { 'tag -f html', 'report' } do
    it(command .. ': a policy that loads nothing comes before all that could be loaded', function()
      local page = run.cli(command, text).out
      local named = '<meta http%-equiv="Content%-Security%-Policy" '
      local at, to, policy = page:find(named .. 'content="([^"]*)">')
      assert.is_truthy(at, page:sub(1, 400))
      assert.are.equal("'none'", directive(policy, 'default%-src'))
      local before = page:sub(1, at - 1)
      assert.is_nil(before:find '<s[ct][ry]')
      assert.is_nil(before:find '<link')
      assert.is_nil(page:find('Content-Security-Policy', to, true))
      assert.is_nil(policy:find '[*]')
      assert.is_nil(policy:find 'unsafe%-eval')
      assert.is_nil((directive(policy, 'script%-src') or ''):find 'unsafe')
    end)

    it(command .. ': runs no script but those the policy names by their hash', function()
      local page = run.cli(command, text).out
      local policy = page:match 'Content%-Security%-Policy" content="([^"]*)"'
      local scripts = directive(policy, 'script%-src') or ''
      for attributes, script in page:gmatch '<script([^>]*)>(.-)</script>' do
        if not attributes:find 'type="application/json"' then
          assert.are.equal('', attributes)
          assert.is_truthy(scripts:find(hash(script), 1, true), 'a script without its hash')
        end
      end
      assert.is_nil(page:find('<script>alert', 1, true))
      assert.is_nil(page:find '<[^>]* on%l+=')
      assert.is_nil(page:find 'javascript:')
    end)
  end
end)
