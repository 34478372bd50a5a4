-- A query: refused with a place, or asked of a document and completed; what is read is bounded.
local ent = require 'entente'
local ok, query = pcall(require, 'entente.query')

local doc

local function text()
  return 'Russia rejected the peace plan. Angela Merkel backed a ceasefire on 15 August 2024, '
    .. 'and Ukraine demanded security guarantees from the United States. Putin said no.\n'
end

local function run(input)
  doc = doc or assert(ent.open(text()))
  local q, message, at = query.parse(input)
  query.complete(input, function()
    return { 'Russia', 'Angela Merkel' }
  end)
  if not q then
    assert(type(message) == 'string' and #message < #input + 400, message)
    assert(not at or (at >= 0 and at <= #input), at)
    return
  end
  assert(type(query.is_for_names(q)) == 'boolean')
  for _, s in ipairs(query.stances_of(doc, q)) do
    assert(s.sentence)
  end
end

return {
  skip = not ok and 'LPeg is not installed' or nil,
  run = run,
  most = 600,
  seeds = { 'actor:russia stance:opposes', 'putin -is:negated after:2024-01-01 before:2025',
    'proposal:"peace plan",ceasefire score:0.5 in:notes/', 'kind:person', 'by:merkel target:us' },
  words = { 'actor:', 'stance:', 'proposal:', 'target:', 'by:', 'kind:', 'is:', 'after:', 'before:',
    'score:', 'in:', '"', ',', '-', '!', 'opposes', 'negated', 'hedged', 'person', '2024-02-30',
    '0.5', '1e999', '%', '*', 'russia' },
}
