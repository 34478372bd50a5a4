-- The module under each Lua: lua5.1 to lua5.4 and LuaJIT read the same source.
--   LUA tests/lua/portable.lua [ROOT]
local root = arg[1] or (arg[0]:match '^(.*)/[^/]*$' or '.') .. '/../..'
package.path = root .. '/lua/?.lua;' .. root .. '/lua/?/init.lua;' .. package.path

local failed = false
local function ok(what, good, detail)
  print((good and 'ok - ' or 'not ok - ') .. what .. (good and '' or ': ' .. tostring(detail)))
  failed = failed or not good
end

local ent = require 'entente'
local TEXT = 'Angela Merkel met Vladimir Putin in Paris. “Putin left,” said Mrs. Merkel.'

ok('the version is told', ent.version:find '^%d+%.%d+%.%d+$', ent.version)
ok('the library is that of this Lua', ent.abi == _VERSION:match '%d%.%d', ent.abi)

local doc = assert(ent.open(TEXT))
local spans = doc:spans()
ok('spans come five numbers each', #spans > 0 and #spans % 5 == 0, #spans)
ok('a span is that of a name', TEXT:sub(spans[1] + 1, spans[2]):find 'Merkel', spans[1])
local actors = doc:actors()
ok('actors have names and kinds', #actors > 0 and actors[1].name ~= '' and actors[1].kind)
ok('the kinds can be chosen', #doc:actors { 'person' } <= #actors)
ok('an unknown kind raises', not pcall(doc.actors, doc, { 'planet' }))
local mentions = doc:mentions()
ok('mentions are tables', mentions[1].start == spans[1] and mentions[1].form == 'name')
ok('those of one actor', #doc:mentions(actors[1].id) == actors[1].mentions, actors[1].mentions)
local from, to, _, _, id = doc:at(spans[1])
ok('what is at a place', from == spans[1] and to == spans[2] and id >= 0, from)
ok('nothing is between names', doc:at(TEXT:find 'met' - 1) == nil)
ok('stances and attributions are lists', type(doc:stances()) == 'table'
  and type(doc:attributions()) == 'table')
ok('an unknown stance raises', not pcall(doc.stances, doc, { verb = 'likes' }))

local before = doc:revision()
doc:edit(0, 6, 'Olaf')
ok('an edit is heeded', doc:text(0, 11) == 'Olaf Merkel' and doc:revision() > before,
  doc:text(0, 11))
doc:edit(0, 4, 'Angela')
local line = doc:json('a', 'byte')
ok('undone, it is the text again', line == assert(ent.open(TEXT)):json('a', 'byte'), line)
ok('an edit outside the text raises', not pcall(doc.edit, doc, 1000, 0, 'x'))

for _, format in ipairs(require('entente.format').names) do
  local out, message = doc:export(format)
  ok('export as ' .. format, out and #out > 0, message)
end
doc:close()
ok('a closed document raises', not pcall(doc.marks, doc))

local pos = require 'entente.pos'
local u = pos.converter('aé€😀b', 'utf16')
ok('units are converted', u(11) == 6 and u(3) == 2, u(11))
local lines = pos.lines 'a\nbc\n'
local l, c = lines(3)
ok('lines are counted', l == 1 and c == 1, l)
local json = require 'entente.json'
ok('JSON is read', json.decode '{"a":[1,"\\ud83d\\ude00"]}'.a[2] == '😀')
local settings = require 'entente.settings'
local back = settings.read(settings.write { who = 'a=b\nc,%', n = 3, yes = true, k = { x = true } })
ok('settings survive', back.who == 'a=b\nc,%' and back.n == 3 and back.yes and back.k.x)

if failed then
  os.exit(1)
end
