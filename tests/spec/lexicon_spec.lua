local lexicon = require 'entente.lexicon'
local files = require 'entente.files'

local SAMPLE = table.concat({
  '# ours',
  '',
  'mark\tPlan Group\tkind=organisation\tas=The Planners',
  'ignore\tEuro\twhere=in the _ zone',
  'alias\tthe Donald\tof=Donald Trump',
  'merge\tVova Putin\tinto=Vladimir Putin',
  'split\tMerkel',
  'rename\tU.S.\tas=America',
  'pattern\t"Operation" Cap+\tkind=organisation',
  '',
}, '\n')

describe('the lexicon file', function()
  it('reads and writes itself back, byte for byte', function()
    local lex = lexicon.parse(SAMPLE)
    assert.same({}, lex.errors)
    assert.equal(SAMPLE, lex:text())
    assert.equal(7, #lex:entries())
    assert.equal('', lexicon.parse(''):text())
    assert.equal('# a\n\n\n', lexicon.parse('# a\n\n\n'):text())
  end)

  it('gives rules in order, patterns written out', function()
    local rules = lexicon.parse(SAMPLE):rules()
    assert.same({ op = 'mark', kind = 'organisation', name = 'Plan Group', to = 'The Planners' },
      rules[1])
    assert.same({ op = 'ignore', name = 'Euro', context = 'in the _ zone' }, rules[2])
    assert.same({ op = 'alias', name = 'Vova Putin', to = 'Vladimir Putin' }, rules[4])
    assert.same({ op = 'pattern', kind = 'organisation', name = '=Operation C+' }, rules[7])
  end)

  it('says what is wrong, and in which line, and keeps it', function()
    local bad = {
      { 'marks\tX', 'none of mark' },
      { 'mark\tX', 'needs kind=' },
      { 'mark\tX\tkind=thing', 'none of person' },
      { 'mark\tX\tkind=person\tkind=group', 'twice' },
      { 'mark\tX\tkind=person\tsize=3', 'none of kind' },
      { 'ignore\tX\tkind=person', 'takes no kind=' },
      { 'ignore\tX\twhere=here', 'holds no _' },
      { 'alias X of=Y', 'tabs between' },
      { 'split\tX\tgarbage', 'no field' },
      { 'pattern\t"a\tkind=person', 'not one' },
      { 'pattern\tFoo+\tkind=person', 'unknown class' },
      { 'pattern\tCap?\tkind=person', 'optional' },
      { 'mark\t\\x\tkind=person', 'tabs between' },
      { 'pattern\tCap', 'kind= or stance=' },
      { 'pattern\tCap\tkind=person\tstance=accepts', 'kind= or stance=' },
      { 'pattern\tActor "likes"\tstance=accepts', 'one Actor, and one' },
      { 'pattern\tActor "likes" Actor\tstance=accepts', 'one Actor, and one' },
      { 'pattern\tActor+ "likes" Proposal\tstance=accepts', 'take no +' },
      { 'pattern\tActor Word Proposal\tstance=accepts', 'a word in quotes' },
      { 'pattern\tActor Word+ "a" Word+ Cap+ Proposal\tstance=accepts', 'at most two +' },
      { 'pattern\tActor "of"\tkind=person', 'stance=' },
    }
    for _, case in ipairs(bad) do
      local text = '# one\n' .. case[1] .. '\nsplit\tY\n'
      local lex = lexicon.parse(text)
      assert.equal(1, #lex.errors, case[1])
      assert.equal(2, lex.errors[1].line)
      assert.truthy(lex.errors[1].message:find(case[2], 1, true), lex.errors[1].message)
      assert.equal(text, lex:text())
      assert.equal(1, #lex:entries())
    end
  end)

  it('keeps tabs and line breaks of names apart from those of the file', function()
    local lex = lexicon.parse ''
    assert.truthy(lex:add { verb = 'mark', name = 'A\\B', kind = 'person', as = 'A\tB' })
    local again = lexicon.parse(lex:text())
    assert.same({}, again.errors)
    assert.equal('A\\B', again:entries()[1].name)
    assert.equal('A\tB', again:entries()[1].as)
  end)

  it('bounds patterns', function()
    assert.same({ '=Plan A', '=Plan N' }, lexicon.pattern '"Plan" (Word / Num)')
    assert.same({ '=UN =Resolution N', '=Resolution N' }, lexicon.pattern '"UN"? "Resolution" Num')
    local many = ('(Cap / Num) '):rep(6)
    assert.falsy(lexicon.pattern(many))
    assert.falsy(lexicon.pattern(('"a" '):rep(13)))
    assert.falsy(lexicon.pattern(('('):rep(150)))
  end)

  it('tells stances by patterns', function()
    local ent = require 'entente'
    local doc = ent.open [[
France ran its flag up for the pipeline. Peru read Chile the riot act. The pipeline met
with a cold shoulder from Hungary. Mali did not run any flag up for the dam.
]]
    local lex = lexicon.parse(table.concat({
      'pattern\tActor ("ran" / "run") Word+ "up for" Proposal\tstance=accepts',
      'pattern\tActor "read" Target "the riot act"\tstance=criticises',
      'pattern\tProposal "met with a cold shoulder from" Actor\tstance=opposes',
    }, '\n'))
    assert.same({}, lex.errors)
    doc:correct(assert(require('entente.core').rules(assert(ent.model()), lex:rules())))
    local got = {}
    for i, s in ipairs(doc:stances()) do
      got[i] = table.concat({ doc:entity(s.actor).name, s.negated and 'not' or 'yes',
        ent.labels[s.label + 1], doc:entity(s.proposal or s.target).name, s.cues[1][1] }, ' ')
    end
    assert.same({ 'France yes accepts pipeline 7', 'Peru yes criticises Chile 46',
      'Hungary yes opposes pipeline 84', 'Mali not accepts dam 136' }, got)
  end)

  it('takes back and does again', function()
    local lex = lexicon.parse(SAMPLE)
    assert.equal('pattern', lex:undo().verb)
    assert.equal('rename', lex:undo().verb)
    assert.equal(5, #lex:entries())
    lex = lexicon.parse(lex:text()) -- also after the file was read again
    assert.equal('rename', lex:redo().verb)
    assert.equal('pattern', lex:redo().verb)
    assert.equal(nil, lex:redo())
    assert.equal(SAMPLE, lex:text())
    lex:undo()
    assert.truthy(lex:add { verb = 'split', name = 'Z' })
    assert.equal(nil, lex:redo())
    assert.equal('Z', lex:undo().name)
  end)

  it('refuses what would not be read back', function()
    local lex = lexicon.parse ''
    assert.falsy(lex:add { verb = 'mark', name = '', kind = 'person' })
    assert.falsy(lex:add { verb = 'mark', name = 'a\0b', kind = 'person' })
    assert.falsy(lex:add { verb = 'mark', name = ('x'):rep(300), kind = 'person' })
    assert.falsy(lex:add { verb = 'shout', name = 'x' })
    assert.equal('', lex:text())
  end)
end)

local function uv()
  local ok, luv = pcall(require, 'luv')
  return ok and luv or nil
end

describe('a project\'s corrections', function()
  local folder

  before_each(function()
    folder = os.tmpname()
    os.remove(folder)
  end)
  after_each(function()
    os.execute("rm -rf '" .. folder .. "'")
  end)

  for _, way in ipairs { 'luv', 'os' } do
    it('are kept in a file, by ' .. way, function()
      local f = files.new(way == 'luv' and uv() or nil)
      local path = folder .. '/.entente/lexicon.tsv'
      local store = lexicon.open(path, f)
      store:mark({ name = 'Foo', kind = 'person' }):ignore({ name = 'Bar' }):undo()
      assert.equal(nil, store.message)
      assert.equal('Bar', store.last.name)
      local other = lexicon.open(path, f)
      assert.equal(1, #other.lexicon:entries())
      other:redo()
      assert.equal(2, #store:reload():entries())
      store:mark { name = 'Foo' }
      assert.equal('mark needs kind=', store.message)
      assert.equal(2, #store:reload():entries())
    end)

    it('lose nothing when several programs write, by ' .. way, function()
      local path = folder .. '/lexicon.tsv'
      os.execute("mkdir -p '" .. folder .. "'")
      local script = ([[
package.path = '%s'
local ok, luv = pcall(require, 'luv')
local store = require('entente.lexicon').open('%s',
  require('entente.files').new(%s and ok and luv or nil))
for i = 1, 15 do
  store:mark { name = 'Writer ' .. arg[1] .. ' ' .. i, kind = 'person' }
  assert(not store.message, store.message)
end]]):format(package.path, path, way == 'luv' and 'true' or 'false')
      local f = assert(io.open(folder .. '/writer.lua', 'w'))
      f:write(script)
      f:close()
      local one = ("lua5.4 '%s/writer.lua' %%d"):format(folder)
      os.execute('(' .. one:format(1) .. ' & ' .. one:format(2) .. ' & wait)')
      local lex = lexicon.open(path, files.new()).lexicon
      assert.same({}, lex.errors)
      assert.equal(30, #lex:entries())
      assert.equal(nil, files.new().read(path .. '.lock'))
    end)
  end
end)
