-- "actor label proposal" of all stances of a text, for the specs.
local ent = require 'entente'

return function(text)
  local doc = ent.open(text)
  local out = {}
  for i, s in ipairs(doc:stances()) do
    local about = s.proposal or s.target
    out[i] = ('%s %s%s %s'):format(doc:entity(s.actor).name, s.negated and 'not ' or '',
      ent.labels[s.label + 1], about and doc:entity(about).name or '-')
  end
  return out
end
