-- Memory ends at every allocation in turn, in each call of the Lua interface, and stays away until
-- the call is over: the call raises or gives nil and a message, the document is as before or as it
-- should be after, and what was found is found again. Prints TAP lines. See shim.c.
--   LD_PRELOAD=shim.so LUA_CPATH=... lua5.4 tests/hard/memory.lua [ROOT]
local root = arg[1] or '.'
package.path = root .. '/lua/?.lua;' .. root .. '/lua/?/init.lua;' .. package.path
local shim = require 'shim'
local ent = require 'entente'
local core = require 'entente.core'
local format = require 'entente.format'
local query = pcall(require, 'lpeg') and require 'entente.query'

local TEXT = 'Russian President Vladimir Putin rejected the U.S. plan to send NATO troops. Angela '
  .. 'Merkel, the chancellor, said Moscow had demanded security guarantees. “He will not go,” '
  .. 'Putin told reporters. The European Union backed a ceasefire.\n'
local RULES = { { op = 'alias', name = 'Moscow', to = 'Vladimir Putin' },
  { op = 'pattern', kind = 'group', name = '=the C+' }, { op = 'noun', name = 'chancellor' } }

local model = assert(ent.model())

-- Each makes what the call needs, with memory, and gives the call.
local calls = {
  open = function()
    return function()
      local doc, message = ent.open(TEXT)
      assert(doc, message)
      doc:marks()
    end
  end,
  edit = function(doc)
    doc:marks()
    return function()
      doc:edit(8, 9, 'leader')
      doc:marks()
      doc:edit(8, 6, 'President')
    end
  end,
  correct = function(doc)
    return function()
      local rules, message = core.rules(model, RULES)
      assert(rules, message)
      doc:correct(rules)
      doc:actors()
      doc:correct(nil)
    end
  end,
  advance = function(doc)
    return function()
      repeat until doc:advance(40)
    end
  end,
  query = query and function(doc)
    return function()
      query.stances_of(doc, assert(query.parse 'actor:russia stance:opposes'))
    end
  end,
  sqlite = function()
    return function()
      local db, message = core.sqlite(':memory:', 'w')
      assert(db, message)
      assert(db:exec 'CREATE TABLE t (a)')
      local s = assert(db:prepare 'INSERT INTO t VALUES (?)')
      for i = 1, 20 do
        s:bind(('x'):rep(i * 100))
        s:step()
      end
      db:close()
    end
  end,
}
for _, name in ipairs { 'spans', 'marks', 'actors', 'proposals', 'mentions', 'stances', 'cues',
  'attributions', 'count', 'json' } do
  calls[name] = function(doc)
    return function()
      doc[name](doc)
    end
  end
end
for _, name in ipairs { 'at', 'explain', 'why', 'sentence', 'entity', 'refs' } do
  calls[name] = function(doc)
    return function()
      doc[name](doc, name == 'entity' and 0 or name == 'refs' and 0 or 20)
    end
  end
end
calls.find = function(doc)
  return function()
    doc:find 'merkel'
    doc:complete('Pu', 5)
  end
end
for _, name in ipairs(format.names) do
  calls['export ' .. name] = function(doc)
    return function()
      local out, message = doc:export(name)
      assert(out, message)
    end
  end
end

local function state_of(doc)
  return doc:json('a', 'byte')
end

local wanted = state_of(assert(ent.open(TEXT)))
local names = {}
for name in pairs(calls) do
  names[#names + 1] = name
end
table.sort(names)
local bad, refusals = 0, 0
for _, name in ipairs(names) do
  local n, step, problem = 0, 1, nil
  while true do
    local doc = assert(ent.open(TEXT))
    local call = calls[name](doc)
    shim.arm(n)
    local fine, message = pcall(call)
    local failed = shim.rest()
    message = type(message) == 'table' and (message.entente or message.message) or message
    if not failed then
      problem = not fine and ('without want of memory: ' .. tostring(message)) or nil
      break
    end
    refusals = refusals + 1
    if not fine and type(message) ~= 'string' then
      problem = 'an error that is no text'
    elseif not fine and message:find 'attempt to' then
      problem = message
    end
    doc:correct(nil)
    if doc:text() == TEXT and state_of(doc) ~= wanted then
      problem = 'the document answers something else'
    end
    doc:close()
    if problem then
      break
    end
    n = n + step
    step = n > 1500 and 7 or 1 -- the long ones: every seventh from there on
  end
  if problem then
    bad = bad + 1
    print(('not ok - memory ends in %s at allocation %d: %s'):format(name, n, problem))
  end
end
if bad == 0 then
  print(('ok - memory ends at every allocation of %d calls (%d times)'):format(#names, refusals))
end
os.exit(bad == 0 and 0 or 1)
