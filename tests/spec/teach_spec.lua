-- Corrections in the words of a command, for hosts without libuv: tests/spec/teach_spec.lua.
local ent = require 'entente'
local teach = require 'entente.teach'

local text = 'Angela Merkel met Olaf Scholz. Germany and France rejected the peace plan on '
  .. 'Monday.\n'

-- A document with its project in a folder of its own.
local function project(run)
  local folder = os.tmpname()
  os.remove(folder)
  local path = teach.path(folder .. '/notes/a.txt')
  assert.are.equal(folder .. '/notes/.entente/lexicon.tsv', path)
  local doc = assert(ent.open(text))
  local function correct(verb, words, from, to)
    local q = { doc = doc, at = from or 0, from = to and from, to = to }
    local action = teach.run(q, verb, words or '', path)
    if action.changed then
      teach.lay(doc, path)
    end
    return action.text, action.changed
  end
  local ok, message = pcall(run, doc, correct, path)
  os.execute("rm -rf '" .. folder .. "'")
  assert(ok, message)
end

local function kind(doc, name)
  local id = doc:find(name)
  return id and ent.kinds[doc:entity(id).kind + 1]
end

describe('corrections', function()
  it('mark what is named, selected or under the cursor, and are taken back', function()
    project(function(doc, correct)
      assert.are.equal('Monday is an organisation', (correct('mark', 'organisation Monday')))
      assert.are.equal('organisation', kind(doc, 'Monday'))
      local at = text:find 'rejected' - 1
      assert.are.equal('rejected is a group', (correct('mark', 'group', at, at + 8)))
      assert.are.equal('Angela Merkel is a country', (correct('mark', 'country', 3)))
      assert.are.equal('met is a place', (correct('mark', 'place', (text:find 'met'))))
      assert.are.equal('undo: met is a place', (correct 'undo'))
      assert.are.equal('redo: met is a place', (correct 'redo'))
      for _ = 1, 4 do
        correct 'undo'
      end
      assert.is_nil(kind(doc, 'Monday'))
      assert.are.equal('no correction to undo', (correct 'undo'))
    end)
  end)

  it('ignore, join, part and rename', function()
    project(function(doc, correct)
      correct('merge', 'Olaf Scholz into Angela Merkel')
      assert.are.equal(doc:find 'Angela Merkel', doc:find 'Olaf Scholz')
      correct 'undo'
      assert.are_not.equal(doc:find 'Angela Merkel', doc:find 'Olaf Scholz')
      correct('ignore', 'Germany')
      assert.is_nil(doc:find 'Germany')
      correct('rename', 'The Chancellor', 3)
      assert.are.equal('The Chancellor', doc:entity((select(5, doc:at(3)))).name)
      assert.are.equal('Olaf Scholz stands for itself', (correct('split', 'Olaf Scholz')))
    end)
  end)

  it('that say nothing change nothing', function()
    project(function(_, correct, path)
      for _, words in ipairs { { 'mark', '' }, { 'mark', 'planet X' }, { 'merge', '' },
        { 'merge', 'Nobody Here into France' }, { 'rename', '' } } do
        local told, changed = correct(words[1], words[2])
        assert.is_string(told)
        assert.is_nil(changed)
      end
      local f = io.open(path)
      assert.is_nil(f)
    end)
  end)

  it('lie in the nearest project', function()
    local folder = os.tmpname()
    os.remove(folder)
    os.execute(("mkdir -p '%s/.git' '%s/a/.entente' '%s/a/b/c' '%s/d'"):format(folder, folder,
      folder, folder))
    assert.are.equal(folder .. '/a/.entente/lexicon.tsv', teach.path(folder .. '/a/b/c/x.txt'))
    assert.are.equal(folder .. '/.entente/lexicon.tsv', teach.path(folder .. '/d/x.txt'))
    os.execute("rm -rf '" .. folder .. "'")
  end)
end)
