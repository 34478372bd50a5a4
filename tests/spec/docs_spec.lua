-- What the pages say is what the program does.
local args = require 'entente.host.cli.args'
local core = require 'entente.core'
require 'entente'

local function read(path)
  local f = assert(io.open(path, 'rb'))
  local s = f:read 'a'
  f:close()
  return s
end

describe('the manual page', function()
  local page = read('doc/entente.1'):gsub('\\%-', '-')

  it('names every command and option', function()
    for _, c in ipairs(args.commands) do
      if not c.later then
        assert.is_truthy(page:find('%f[%w]' .. c.name .. '%f[%W]'), c.name)
      end
    end
    for _, o in ipairs(args.options) do
      assert.is_truthy(page:find('--' .. o.name, 1, true), o.name)
    end
  end)

  it('names no option that is not there', function()
    for name in page:gmatch '%-%-([%a-]+)' do
      local there = false
      for _, o in ipairs(args.options) do
        there = there or o.name == name
      end
      assert.is_true(there, name)
    end
  end)

  it('names every format', function()
    for _, name in ipairs(require('entente.format').names) do
      assert.is_truthy(page:find('%f[%w]' .. name .. '%f[%W]'), name)
    end
  end)
end)

describe('doc/lua.md', function()
  local page = read 'doc/lua.md'

  it('describes every method of a document', function()
    local hidden = { all_stances = true, reasons = true, cues = true }
    for name, fn in pairs(core.doc) do
      if type(fn) == 'function' and not name:find '^__' and not hidden[name] then
        assert.is_truthy(page:find('doc:' .. name .. '(', 1, true), name)
      end
    end
  end)

  it('has an example that runs', function()
    local code = page:match '\n(    local doc = .-)\n\n'
    code = code:gsub("io%.read '%*a'", '...')
    local head = 'local ent = require "entente"\nlocal print = function() end\n'
    local chunk = assert(load(head .. code))
    chunk 'Russia demanded a ceasefire. Ukraine rejected the plan.'
  end)
end)

describe('doc/architecture.md', function()
  it('names every stage and every folder', function()
    local page = read 'doc/architecture.md'
    for stage in read('tests/layers.sh'):match 'stages="([^"]*)"':gmatch '%S+' do
      assert.is_truthy(page:find('%f[%w]' .. stage .. '%f[%W]'), stage)
    end
    for name in io.popen('ls -d */'):lines() do
      if not (name == 'build/' or name == 'lib/') then
        assert.is_truthy(page:find(name, 1, true), name)
      end
    end
  end)
end)

describe('README.md', function()
  local page = read 'README.md'

  it('is short', function()
    local _, n = page:gsub('\n', '')
    assert.is_true(n < 200)
  end)

  it('names only files that are there', function()
    for path in page:gmatch '%f[%w]([%w_]+/[%w_./-]+)' do
      path = path:gsub('[.:]+$', '')
      local folder = path:match '^[^/]*'
      if folder == 'doc' or folder == 'tools' or folder == 'bench' or folder == 'rockspec' then
        local f = io.open(path)
        assert.is_truthy(f, path)
        f:close()
      end
    end
  end)
end)
