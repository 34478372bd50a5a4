-- The project's file of corrections: any bytes are read, what is wrong is told by line, what is
-- right is kept word for word, taken in by the core, undone and redone.
local lexicon = require 'entente.lexicon'
local core = require 'entente.core'
local ent = require 'entente'

local function same(a, b)
  assert(#a == #b, 'other corrections')
  for i, e in ipairs(a) do
    for k, v in pairs(e) do
      assert(b[i][k] == v, 'another ' .. k)
    end
  end
end

local TEXT = 'Plan Group met Vova Putin in the Euro zone. Operation Sea Lion began. Merkel left.'

local function run(input)
  local l = lexicon.parse(input)
  local text = l:text()
  local plain = (input:find '[^\n]$' and input .. '\n' or input):gsub('\r\n', '\n')
  assert(text == plain, 'the text is not kept')
  local again = lexicon.parse(text)
  text = text:gsub('\r\n', '\n') -- left of \r\r\n
  assert(again:text() == text, 'another text the second time')
  l = again
  assert(#l.errors <= #l.lines)
  for _, e in ipairs(l:entries()) do
    assert(#lexicon.describe(e) > 0)
  end
  local rules, message, number = core.rules(assert(ent.model()), l:rules())
  assert(rules or (type(message) == 'string' and number), 'neither rules nor a reason')
  if rules then
    local doc = assert(ent.open(TEXT))
    assert(doc:correct(rules))
    assert(doc:count() >= 0 and doc:marks())
    doc:correct()
    doc:close()
  end
  -- each taken back and made again; a line taken back that stands before others is made by hand
  local n = #l:entries()
  for _ = 1, math.min(n, 20) do
    assert(l:undo())
  end
  for _ = 1, math.min(n, 20) do
    assert(l:redo())
  end
  assert(l:text() == text or input:find '#~', 'undo and redo change the text')
  -- corrections written anew are read as they were
  local own = lexicon.parse ''
  for _, e in ipairs(l:entries()) do
    assert(own:add(e))
  end
  local entries = l:entries()
  same(entries, lexicon.parse(own:text()):entries())
end

return {
  run = run,
  seeds = {
    '', '# a comment\n\nmark\tPlan Group\tkind=organisation\tas=The Planners\n',
    'ignore\tEuro\twhere=in the _ zone\nalias\tthe Donald\tof=Donald Trump\n',
    'merge\tVova Putin\tinto=Vladimir Putin\nsplit\tMerkel\nrename\tU.S.\tas=America\n',
    'pattern\t"Operation" Cap+\tkind=organisation\n#~ split\tMerkel\nnoun\tmoon base\n',
    'cue\tcall time on\tstance=opposes\tframes=o\r\nmark\ta\\tb\\\\\tkind=person\n',
    'pattern\t"Resolution" Num / ("the" Word?) Acro+\tkind=group',
  },
  words = { 'mark\t', 'ignore\t', 'alias\t', 'merge\t', 'split\t', 'rename\t', 'pattern\t',
    'noun\t', 'cue\t', '\tkind=', 'person', 'place', '\tas=', '\tof=', '\tinto=', '\twhere=',
    '\tstance=',
    '\tframes=', '_', '#~ ', '\\t', '\\n', '\\\\', '\\x', 'Word', 'Cap+', 'Num', 'Acro', '"a"', '(',
    ')', '/', '?', '+', 'opposes', 'supports', 'Putin', 'Merkel', 'Plan Group', '\r', '\n' },
}
