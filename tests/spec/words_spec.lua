-- The user's own proposal nouns and cues, from a line of .entente/lexicon.tsv to the stances found.
local core = require 'entente.core'
local entente = require 'entente'
local lexicon = require 'entente.lexicon'

local function stances(text, lines)
  local model = assert(entente.model())
  local doc = core.open(model, text)
  if lines then
    local lex = lexicon.parse(lines)
    assert.same({}, lex.errors)
    doc:correct(assert(core.rules(model, lex:rules())))
  end
  local out = {}
  for i, s in ipairs(doc:stances()) do
    out[i] = ('%s %s %s'):format(doc:entity(s.actor).name, core.labels[s.label + 1],
      s.proposal and doc:entity(s.proposal).name or '-')
  end
  return out
end

describe('words of the user', function()
  it('a cue in all its forms', function()
    local line = 'cue\tmothball\tstance=opposes\tframes=oi\n'
    for _, form in ipairs { 'mothballed', 'mothballs', 'will mothball', 'is mothballing' } do
      local text = 'Russia ' .. form .. ' the peace plan.'
      assert.same({ 'Russia opposes peace plan' }, stances(text, line))
    end
    assert.same({ 'Russia opposes peace plan' },
      stances('The peace plan was mothballed by Russia.', line))
  end)

  it('a cue of several words', function()
    local line = 'cue\tcall time on\tstance=opposes\tframes=o\n'
    assert.same({ 'France opposes peace plan' },
      stances('France called time on the peace plan.', line))
  end)

  it('a noun', function()
    assert.same({ 'Japan supports moonbase' },
      stances('Japan welcomed the moonbase.', 'noun\tmoonbase\n'))
  end)

  it('are refused with a reason when they are wrong', function()
    local lex = lexicon.parse 'cue\tnix\tstance=hates\ncue\tnix\n'
    assert.equal(2, #lex.errors)
    assert.truthy(lex.errors[1].message:find('no stance', 1, true))
  end)
end)

describe('names', function()
  it('of which each is the fuller one of the other end nothing', function()
    local doc = assert(require('entente').open(
      'Prem Nath Sahni (P. N. Sahni, 1916-1990) was an Indian administrator. Sahni was born in '
      .. 'Lahore. P. N. sahni left. P. N. Sahni won.\n'))
    assert.equal(doc:find 'Prem Nath Sahni', doc:find 'P. N. Sahni')
  end)
end)
