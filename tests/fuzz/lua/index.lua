-- An index no writer made: bytes of a good one changed at random, or any bytes. It is opened and
-- asked; what is wrong is told in words, and asking always ends.
local make_reader = require('bytes').reader
local core = require 'entente.core'
local index = require 'entente.index'

local base = os.tmpname()
os.remove(base)
local file = base .. '/x.db'
local there, message = core.sqlite(':memory:', 'w')

local function read(path)
  local f = io.open(path, 'rb')
  local s = f and f:read 'a'
  if f then
    f:close()
  end
  return s
end

local function write(path, s)
  local f = assert(io.open(path, 'wb'))
  f:write(s)
  f:close()
end

-- A small index, made by the program itself; nil when it cannot be made here.
local function good_one()
  os.execute('mkdir -p ' .. base .. '/p/notes')
  write(base .. '/p/a.txt', 'Russia rejected the peace plan. Vladimir Putin met Angela Merkel.\n')
  write(base .. '/p/notes/b.txt', ('Germany backed the peace plan on 15 August 2024. '):rep(20))
  write(base .. '/p/c.md', '---\ndate: 2025-08-19\n---\n\nEmmanuel Macron demanded a ceasefire.\n')
  local run = ('cd %s/p && XDG_CACHE_HOME=%s LD_PRELOAD= %s/bin/entente index'):format(base, base,
    assert(io.popen('pwd'):read 'l'))
  os.execute(run .. ' >/dev/null 2>&1')
  local path = io.popen(run .. ' --where 2>/dev/null'):read 'l'
  return path and read(path)
end

local good

-- The first byte says whether the rest is the file, or changes to the good one: place, how many
-- bytes, the bytes.
local function made_of(input)
  if input:byte() == 0 or not good then
    return input:sub(2)
  end
  local number, take = make_reader(input:sub(2))
  local pieces, s = 0, good
  while pieces < 12 do
    local high, low = number(256), number(256)
    local n = number(256)
    if not n then
      break
    end
    local place = (high * 256 + low) * math.max(1, math.floor(#good / 65536)) % #good
    local bytes = take(n % 16 + 1)
    s = s:sub(1, place) .. bytes .. s:sub(place + #bytes + 1)
    pieces = pieces + 1
  end
  return s
end

-- Takes at most so many rows: a broken order of pages may lead in a circle of answers.
local function walk(iterate)
  local n = 0
  for _ in iterate do
    n = n + 1
    if n > 2000 then
      return
    end
  end
end

local function ask(ix)
  walk(ix:documents())
  ix:counts()
  for _, filter in ipairs { {}, { kind = 'person' } } do
    for i, e in ipairs(ix:actors(filter)) do
      if i > 20 then
        break
      end
      ix:entity(e.id)
      ix:members(e.id)
      walk(ix:places(e.id))
    end
  end
  ix:proposals()
  ix:find 'Russia'
  ix:complete('Pu', 10)
  walk(ix:stances {})
end

local function run(input)
  write(file, made_of(input))
  for _, ending in ipairs { '-wal', '-shm', '-journal' } do
    os.remove(file .. ending)
  end
  local ix, why, code = index.open(file)
  if not ix then
    assert(type(why) == 'string' and type(code) == 'string', why)
    return
  end
  local fine, wrong = pcall(ask, ix)
  ix:close()
  local text = tostring(type(wrong) == 'table' and (wrong.message or wrong.entente) or wrong)
  -- the reader raises where a row makes no sense; hosts then say that the index is damaged
  assert(fine or type(wrong) == 'table' or text:find('entente/index/', 1, true), text)
end

if there then
  good = good_one()
end

return {
  skip = not there and message or nil,
  run = run,
  most = 300,
  seeds = { '\0SQLite format 3\0', '\1', '\1\0\0\40\15\0', '\1\4\0\7\1\2\3\4\5\6\7\8\9',
    '\1\10\1\200\255\255\255\255\255\255\255\255\255', '\0' },
  words = { '\0\0\0\0', '\255\255', '\13', '\5', '\10', 'entente', '\0\1', '\127\255\255\255' },
}
