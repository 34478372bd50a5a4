-- help: doc/entente.txt, its section on options made from the option table.
--
--   lua5.4 tests/nvim/help.lua          checks it
--   lua5.4 tests/nvim/help.lua --write  writes that section anew
package.path = './lua/?.lua;' .. package.path
local config = require 'entente.config'

local path = 'doc/entente.txt'
local file = assert(io.open(path, 'rb'))
local text = file:read '*a'
file:close()

local first = select(2, text:find('left\nout and named by `:checkhealth entente`.\n\n', 1, true))
local last = text:find(('='):rep(78) .. '\n7. Lua', 1, true)
local want = text:sub(1, first) .. config.help() .. text:sub(last)

if arg[1] == '--write' then
  local out = assert(io.open(path, 'wb'))
  out:write(want)
  out:close()
  return
end

local failed = false
local function report(what, problems)
  print((#problems == 0 and 'ok - ' or 'not ok - ') .. 'help: ' .. what)
  for _, problem in ipairs(problems) do
    failed = true
    print('  ' .. problem)
  end
end

report('options are those of the option table',
  want == text and {} or { 'run: lua5.4 tests/nvim/help.lua --write' })

local long, tags, twice = {}, {}, {}
for line in text:gmatch '[^\n]*' do
  local _, n = line:gsub('[^\128-\191]', '')
  if n > 80 then
    long[#long + 1] = line
  end
end
for tag in text:gmatch '%*([^%s*|]+)%*' do
  if tags[tag] then
    twice[#twice + 1] = tag
  end
  tags[tag] = true
end
report('lines fit 80 columns', long)
report('no tag stands twice', twice)

local missing = {}
for link in text:gmatch '|([^%s|]+)|' do
  if link:find '^:?[Ee]ntente' and not tags[link] then
    missing[#missing + 1] = link
  end
end
report('links lead somewhere', missing)

local function lines_of(path_, pattern)
  local out = {}
  for line in io.lines(path_) do
    out[#out + 1] = line:match(pattern)
  end
  return out
end

local absent = {}
for _, name in ipairs(lines_of('lua/entente/host/nvim/command.lua', "^  %[?'?(%l+)'?%]? = { ")) do
  if not tags[':Entente-' .. name] then
    absent[#absent + 1] = 'command ' .. name
  end
end
for _, name in ipairs(lines_of('lua/entente/host/nvim/groups.lua', "^  { '(Entente%a+)'")) do
  if not text:find('\n' .. name .. '[ \n]') then
    absent[#absent + 1] = 'group ' .. name
  end
end
for _, name in ipairs(lines_of('lua/entente/host/nvim/keys.lua', "^  { '([^']+)', '")) do
  local at_start, beside = '\n' .. name .. ' ', '        ' .. name .. '  '
  if not text:find(at_start, 1, true) and not text:find(beside, 1, true) then
    absent[#absent + 1] = 'key ' .. name
  end
end
report('every command, group and key is described', absent)
os.exit(failed and 1 or 0)
