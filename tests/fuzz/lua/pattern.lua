-- A user's pattern: refused, or taken by the core; either way at once.
local lexicon = require 'entente.lexicon'
local core = require 'entente.core'
local ent = require 'entente'

local function run(input)
  local found, message = lexicon.pattern(input)
  if not found then
    assert(type(message) == 'string')
    return
  end
  assert(#found >= 1 and #found <= 33, #found)
  local rules = {}
  for i, sequence in ipairs(found) do
    assert(#sequence > 0)
    rules[i] = { op = 'pattern', kind = 'group', name = sequence }
  end
  local made, why = core.rules(assert(ent.model()), rules)
  assert(made, why)
  local doc = assert(ent.open(('Operation Sea Lion 7 of NATO and the UN. '):rep(20)))
  doc:correct(made)
  assert(#doc:marks() % 6 == 0)
  doc:close()
end

return {
  run = run,
  most = 400,
  seeds = { '"Operation" Cap+', '"Resolution" Num / "the" Word?', '("a" / "b") (Cap? Num)? Acro+',
    "'two words' Word+" },
  words = { 'Word', 'Cap', 'Num', 'Acro', '+', '?', '/', '(', ')', '"', "'", '"a b"', ' ' },
}
