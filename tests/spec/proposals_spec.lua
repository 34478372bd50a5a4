-- Proposals as objects: the same in other words joined, different ones kept apart, "this demand"
-- led back to what was demanded, quotations that go on. Texts are our own.
package.path = 'tests/spec/?.lua;' .. package.path

local stances = require 'stances'

local cases = {
  ['a demand is what was demanded'] = {
    'Peru demanded that Chile release the fishermen. Chile refused this demand. Bolivia supported '
      .. 'it.',
    { 'Peru demands release the fishermen', 'Chile opposes release the fishermen',
      'Bolivia supports release the fishermen' },
  },
  ['a guarantee of a type is the guarantee'] = {
    'France proposed a security guarantee. An Article 5-type guarantee would bind all. Russia '
      .. 'rejected the guarantee.',
    { 'France proposes Article 5-type guarantee', 'Russia opposes Article 5-type guarantee' },
  },
  ['the US plan is the plan of the United States'] = {
    'The United States proposed a peace plan. Ukraine rejected the US plan.',
    { 'United States proposes peace plan', 'Ukraine opposes peace plan',
      'United States proposes peace plan' }, -- once more by "the US plan"
  },
  ['a noun that tells what it is means nothing else'] = {
    'Jane Foster tabled a motion on parking. Robert Ellis opposed the closure.',
    { 'Jane Foster proposes motion', 'Robert Ellis opposes closure' },
  },
  ['two things on the table stay two'] = {
    'The EU approved new sanctions. Turkey proposed a summit. Russia condemned the sanctions and '
      .. 'welcomed the summit.',
    { 'EU accepts new sanctions', 'Turkey proposes summit', 'Russia opposes new sanctions',
      'Russia supports summit' },
  },
  ['a quotation goes on'] = {
    '"We reject this plan," said Angela Merkel. "We will never sign it. We demand a ceasefire."',
    { 'Angela Merkel opposes plan', 'Angela Merkel not accepts plan',
      'Angela Merkel demands ceasefire' },
  },
}

describe('proposals:', function()
  for name, case in pairs(cases) do
    it(name, function()
      assert.same(case[2], stances(case[1]))
    end)
  end
end)
