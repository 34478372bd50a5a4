-- A document of the torture text: asked, edited at many places, asked again; as when made afresh.
--   LUA tests/hard/torture.lua FILE
package.path = 'lua/?.lua;lua/?/init.lua;' .. package.path
local ent = require 'entente'
local f = assert(io.open(arg[1], 'rb'))
local text = f:read '*a'
f:close()

local began = os.clock()
local doc = assert(ent.open(text))
local slices = 0
while not doc:advance(1000000) do
  slices = slices + 1
end
local seed = 7
local function below(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end
for i = 1, 60 do
  local at = below(doc:length() - 100)
  local added = i % 3 == 0 and 'Angela Merkel rejected the plan. ' or i % 3 == 1 and '\226\128\156('
    or ''
  doc:edit(at, below(40), added)
  assert(#doc:marks(at, at + 4000) % 6 == 0)
  assert(#doc:cues(at, at + 4000) % 5 == 0)
end
local count = doc:count()
local fresh = assert(ent.open(doc:text(0, doc:length())))
assert(fresh:count() == count, 'edited and fresh differ')
assert(#fresh:marks() == #doc:marks(), 'edited and fresh differ in marks')
print(('%d entities, %d stances, %.1f s'):format(count, #doc:stances(), os.clock() - began))
