-- Measures the index of a project: make bench-index [DOCUMENTS=100000]
--
-- The corpus is made from ../shared/data/text under build/. Beside each figure stands the one asked
-- for. SQLite's full-text index (FTS5) of the same files, in the same run, is the limit: it only
-- cuts words.
package.path = 'lua/?.lua;lua/?/init.lua;' .. package.path
local core = require 'entente.core'
local index = require 'entente.index'
local query = require 'entente.query'
local uv = require 'luv'

local documents = tonumber(arg[1]) or 100000
local data = arg[2] or '../shared/data'
local corpus = ('build/corpus-%d'):format(documents)
local here = assert(uv.cwd())
local cache = here .. '/build/bench-cache'
local lines = {}

local function say(...)
  local line = string.format(...)
  lines[#lines + 1] = line
  print(line)
  io.stdout:flush()
end

local function read(path)
  local f = io.open(path, 'rb')
  local text = f and f:read 'a'
  if f then
    f:close()
  end
  return text
end

-- Seconds of the processor a thread has used.
local function used(pid, thread)
  local stat = read(('/proc/%d/task/%s/stat'):format(pid, thread)) or ''
  local user, system = stat:match(
    '%) %S+ %S+ %S+ %S+ %S+ %S+ %S+ %S+ %S+ %S+ %S+ (%d+) (%d+)')
  return user and (user + system) / 100 or 0
end

-- Follows a process: its threads' seconds, and how many the first one used after the others had
-- none to do.
local function follower(pid)
  local seconds, others, at_work = {}, 0, 0
  return function()
    local sum, handle = 0, uv.fs_scandir(('/proc/%d/task'):format(pid))
    while handle do
      local thread = uv.fs_scandir_next(handle)
      if not thread then
        break
      end
      seconds[thread] = math.max(seconds[thread] or 0, used(pid, thread))
    end
    local first = seconds[tostring(pid)] or 0
    for thread, s in pairs(seconds) do
      sum = sum + (thread ~= tostring(pid) and s or 0)
    end
    if sum > others then
      others, at_work = sum, first
    end
    return first + others, first, others > 0 and first - at_work or 0
  end
end

-- Runs a program; seconds it took, megabytes of memory it had at most, what it printed, seconds of
-- the processor: of all threads, of the first, of that one alone at the end.
local function run(args)
  local out, done, peak, text = uv.new_pipe(), false, 0, {}
  local start = uv.hrtime()
  local process, pid = uv.spawn(args[1], {
    args = { select(2, table.unpack(args)) }, stdio = { nil, out, 2 },
    env = { 'XDG_CACHE_HOME=' .. cache, 'PATH=' .. os.getenv 'PATH', 'HOME=' .. os.getenv 'HOME' },
  }, function(code)
    done = uv.hrtime()
    assert(code == 0, table.concat(args, ' ') .. ' failed')
  end)
  assert(process, pid)
  out:read_start(function(_, chunk)
    text[#text + 1] = chunk
  end)
  local timer, follow = uv.new_timer(), follower(pid)
  local total, first, alone = 0, 0, 0
  timer:start(20, 20, function()
    local kb = (read(('/proc/%d/status'):format(pid)) or ''):match 'VmHWM:%s*(%d+)'
    peak = math.max(peak, tonumber(kb or 0))
    if not done then
      total, first, alone = follow()
    end
  end)
  while not done do
    uv.run 'once'
  end
  timer:close()
  out:close()
  process:close()
  uv.run 'nowait'
  return (done - start) / 1e9, peak / 1024, table.concat(text), { total, first, alone }
end

if not read(corpus .. '.done') then
  print('making ' .. corpus)
  assert(os.execute(('python3 bench/index_corpus.py %s %s %d'):format(data, corpus, documents)))
end
local count, size = read(corpus .. '.done'):match '(%d+) (%d+)'
local mb = size / 1e6
say('index: %d documents, %.0f MB; %s', count, mb,
  (read '/proc/cpuinfo' or ''):match 'model name%s*: ([^\n]*)' or 'this machine')

local entente = here .. '/bin/entente'
local seconds, cpu = {}, {}
for jobs = 1, 2 do
  local peak, text
  seconds[jobs], peak, text, cpu[jobs] =
    run { entente, 'index', corpus, '--rebuild', '--jobs', tostring(jobs) }
  say('%d worker%s: %.1f s, %.2f MB/s, %.0f MB of memory; %.1f s of the processor', jobs,
    jobs == 1 and '' or 's', seconds[jobs], mb / seconds[jobs], peak, cpu[jobs][1])
  if jobs == 2 then
    io.write('  ', text)
  end
end
say('two workers against one: %.2f times (asked: 1.8)', seconds[1] / seconds[2])
local all, _, alone = table.unpack(cpu[2])
say('... on two processors of its own: %.2f times (%.1f s of the processor, %.1f s of them at the '
  .. 'end by one thread)', all / ((all - alone) / 2 + alone), all, alone)

local file = select(3, run { entente, 'index', corpus, '--where' }):gsub('\n', '')
local bytes = uv.fs_stat(file).size
say('size: %.1f MB, %.1f %% of the text (asked: 40)', bytes / 1e6, 100 * bytes / size)

local function both(n, fn)
  local wall, processor = math.huge, math.huge
  for _ = 1, n do
    local took, _, _, of_processor = fn()
    wall, processor = math.min(wall, took), math.min(processor, of_processor[1])
  end
  return wall, processor
end

say('again, nothing changed: %.2f s, %.2f of them of the processor (asked: 2)', both(3, function()
  return run { entente, 'index', corpus }
end))
local one = io.popen(('find %s/ -name "*.txt" | sed -n 1000p'):format(corpus)):read 'l'
local text = read(one)
local wall, processor = both(5, function()
  local f = assert(io.open(one, 'ab'))
  f:write ' The Netherlands rejected the plan.\n'
  f:close()
  return run { entente, 'index', one, '--project', corpus }
end)
say('one file changed: %.0f ms, %.0f of them of the processor (asked: 100)', wall * 1e3,
  processor * 1e3)
local f = assert(io.open(one, 'wb'))
f:write(text)
f:close()
run { entente, 'index', one, '--project', corpus }

-- Questions, in one process as an editor's server asks them.
local ix = assert(index.open(file))
local names = {}
for name in ix:rows [[SELECT text FROM name WHERE docs > 1 AND kind < 4
  ORDER BY id * 7919 % 1000003 LIMIT 2000]] do
  names[#names + 1] = name
end
-- Times of the processor: what else the machine does is not counted.
local function times(list, fn)
  local out = {}
  for i, name in ipairs(list) do
    local start = os.clock()
    fn(name)
    out[i] = (os.clock() - start) * 1e3
  end
  table.sort(out)
  return out[math.ceil(#out / 2)], out[math.ceil(#out * 0.99)]
end
local function first(n, next_item)
  for _ = 1, n do
    if not next_item() then
      break
    end
  end
end
local function report(what, fn)
  local mid, most = times(names, fn)
  say('%s of a name: %.3f ms, one in a hundred %.2f ms (asked: 1)', what, mid, most)
end
report('card', function(name)
  ix:entity(ix:find(name)[1])
end)
report('first 50 documents with mentions', function(name)
  first(50, ix:places(ix:find(name)[1]))
end)
report('first 50 stances', function(name)
  first(50, query.search(ix, assert(query.parse('actor:"' .. name:gsub('"', '') .. '"'))))
end)
report('completion after three letters', function(name)
  ix:complete(name:sub(1, 3), 50)
end)
local top = ix:actors({ limit = 1 })[1]
local mid = times({ 1, 2, 3 }, function()
  first(50, ix:places(top.id))
end)
say('the same of %s, in %d documents: %.1f ms', top.name, top.documents, mid)
ix:close()

-- The limit: words alone.
local fts = cache .. '/fts.sqlite'
os.remove(fts)
local db = assert(core.sqlite(fts, 'w'))
assert(db:exec [[PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;
  CREATE VIRTUAL TABLE t USING fts5 (text, content = '')]])
local insert = assert(db:prepare 'INSERT INTO t (rowid, text) VALUES (?, ?)')
local start, n = uv.hrtime(), 0
db:exec 'BEGIN'
for path in io.popen(('find %s -name "*.txt"'):format(corpus)):lines() do
  n = n + 1
  insert:run(n, read(path))
  if n % 5000 == 0 then
    db:exec 'COMMIT; BEGIN'
  end
end
db:exec 'COMMIT'
db:exec 'PRAGMA wal_checkpoint(TRUNCATE)'
local took = (uv.hrtime() - start) / 1e9
say('FTS5 of the same files, one thread: %.1f s, %.1f MB/s, %.1f %% of the text', took, mb / took,
  100 * uv.fs_stat(fts).size / size)
db:close()
os.remove(fts)

if documents >= 100000 then
  local out = assert(io.open(os.date 'bench/results/%Y-%m-%d-index.txt', 'w'))
  out:write(table.concat(lines, '\n'), '\n')
  out:close()
end
