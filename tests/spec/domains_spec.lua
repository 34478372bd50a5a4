-- The shipped lexicon in other domains than diplomacy: talks about pay, mergers, a town council,
-- contracts of players. Texts are our own; what must be found, in any order.
package.path = 'tests/spec/?.lua;' .. package.path

local stances = require 'stances'

local function has(list, want)
  for _, s in ipairs(list) do
    if s:sub(1, #want) == want then
      return true
    end
  end
  return false
end

local cases = {
  ['talks about pay'] = {
    text = [[
The dockers' union rejected the port authority's pay offer on Tuesday. Managers had offered a raise
of four percent. The union is demanding seven percent and threatened to strike. "We will not accept
a pay freeze," said Karin Holm, the union's chief negotiator. The mediator, Tom Berg, proposed a
one-year contract. Holm welcomed the proposal, but the employers refused to discuss it.
The teachers' federation pledged to support the strike. Nurses voted overwhelmingly to reject the
offer. "This offer is an insult," said Petra Lindqvist.
]],
    want = { 'union opposes pay offer', 'union threatens strike',
      'Tom Berg proposes one-year contract', 'employers opposes discuss it',
      'federation supports strike', 'Nurses opposes ', 'Petra Lindqvist opposes ' },
  },
  ['a merger'] = {
    text = [[
Norvik Bank has agreed to buy its rival Sundal for two billion dollars. Sundal's board unanimously
approved the takeover. The Competition Authority opposed the merger and called for the sale of forty
branches. Norvik Bank offered to sell thirty. The European Commission is reviewing the deal.
A third, Kestrel Partners, said it would not sell its shares. Kestrel Partners threatened legal
action. Shareholders approved the acquisition; Orion Capital did not.
]],
    want = { 'Norvik Bank accepts buy its rival Sundal', 'Competition Authority opposes merger',
      'Competition Authority demands sale', 'European Commission discusses deal',
      'Kestrel Partners opposes sell its shares', 'Kestrel Partners threatens legal action',
      'Shareholders accepts acquisition', 'Orion Capital not accepts acquisition' },
  },
  ['a town council'] = {
    text = [[
The council voted down the plan for a new stadium on Monday. Mayor Anna Lind backed the project and
urged councillors to reconsider the vote. The Green Party proposed a referendum. Residents object to
a bypass along the river, while the Chamber of Commerce supports a tram. The council agreed by 14
votes to 9 to cut the grant to the theatre. Traders submitted a petition calling for the library to
stay open. Lind described the closure as regrettable but necessary.
]],
    want = { 'council opposes plan', 'Anna Lind supports ',
      'Anna Lind demands reconsider the vote', 'Green Party proposes referendum',
      'Residents opposes bypass', 'Chamber of Commerce supports tram',
      'council accepts cut the grant', 'Traders demands stay open' },
    never = { 'Anna Lind opposes', 'Traders demands petition' },
  },
  ['contracts of players'] = {
    text = [[
Marco Silva turned down a new contract with Benfica. Benfica offered Silva a three-year deal. Ajax
rejected a bid from Chelsea. The players' association demanded a salary cap, and the league agreed
to negotiate the cap. Pedro Alves agreed to a pay cut on Friday.
]],
    want = { 'Marco Silva opposes new contract', 'Ajax opposes bid',
      'association demands salary cap', 'Pedro Alves accepts pay cut' },
  },
}

describe('other domains:', function()
  for name, case in pairs(cases) do
    it(name, function()
      local got = stances(case.text)
      for _, want in ipairs(case.want) do
        assert(has(got, want), want .. ' is not in:\n' .. table.concat(got, '\n'))
      end
      for _, no in ipairs(case.never or {}) do
        assert(not has(got, no), no .. ' is in:\n' .. table.concat(got, '\n'))
      end
    end)
  end
end)
