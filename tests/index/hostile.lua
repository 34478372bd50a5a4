-- An index in the hands of the world; prints TAP lines.
--
--   lua5.4 tests/index/hostile.lua [KILLS]
package.path = 'lua/?.lua;lua/?/init.lua;' .. package.path
local core = require 'entente.core'
local index = require 'entente.index'
local uv = require 'luv'

local kills = tonumber(arg[1]) or 20
local seed = tonumber(os.getenv 'ENTENTE_SEED') or os.time()
math.randomseed(seed)
print('# ENTENTE_SEED=' .. seed)

local here = assert(uv.cwd())
local base = assert(io.popen('mktemp -d'):read 'l')
local project, cache = base .. '/project', base .. '/cache'
uv.fs_mkdir(project, 493)

local bad = 0
local function ok(good, what, more)
  if not good then
    bad = bad + 1
  end
  print((good and 'ok - ' or 'not ok - ') .. 'index: ' .. what)
  if not good and more then
    print('# ' .. tostring(more):gsub('\n', '\n# '))
  end
end

local function skip(what, why)
  print(('ok - index: %s # SKIP %s'):format(what, why))
end

local function write(name, text)
  local f = assert(io.open(project .. '/' .. name, 'wb'))
  f:write(text)
  f:close()
end

local function quote(s)
  return "'" .. s:gsub("'", "'\\''") .. "'"
end

-- Runs the program in the project; what it printed, its status.
local function entente(args, settings)
  local pipe = io.popen(('cd %s && XDG_CACHE_HOME=%s ENTENTE_INDEX_BATCH=20000 %s timeout 100 '
    .. '%s/bin/entente %s 2>&1'):format(quote(project), quote(cache), settings or '', here, args))
  local text = pipe:read 'a'
  local _, _, status = pipe:close()
  return text, status or 0
end

local function place()
  return (entente('index --where'):gsub('\n', ''))
end

local people = { 'Vladimir Putin', 'Angela Merkel', 'Emmanuel Macron', 'Joe Biden', 'Xi Jinping' }
local states = { 'Russia', 'Germany', 'France', 'Ukraine', 'China', 'Israel', 'Egypt' }
local verbs = { 'rejected', 'backed', 'accepted', 'proposed', 'demanded' }
local things = { 'the peace plan', 'a ceasefire', 'further sanctions', 'security guarantees' }

local function any(list)
  return list[math.random(#list)]
end

local function article()
  local out = {}
  for i = 1, math.random(5, 40) do
    out[i] = ('%s %s %s on Monday. %s met the leaders of %s.'):format(any(states), any(verbs),
      any(things), any(people), any(states))
  end
  return table.concat(out, '\n') .. '\n'
end

local function fill(n)
  for i = 1, n do
    write(('%03d.txt'):format(i), article())
  end
end

-- All that an index holds, without numbers that depend on the order of reading.
local function content(file)
  local ix = assert(index.open(file))
  local out = {}
  for row in ix:rows [[SELECT n.kind || n.text || coalesce(n.about, '') || ' ' || n.docs || ' '
      || n.mentions || ' = ' || e.text FROM name n JOIN name e ON e.id = coalesce(n.entity, n.id)
      UNION ALL SELECT n.text || ' also ' || a.text || ' ' || a.docs FROM alias a
      JOIN name n ON n.id = a.name]] do
    out[#out + 1] = row
  end
  for _, e in ipairs(ix:entities()) do
    for hit in ix:places(e.id) do
      out[#out + 1] = ('%s %s in %s %s %s'):format(e.kind, e.name, hit.document.shown,
        hit.document.date, table.concat(hit.marks, ' '))
    end
  end
  local acting = 0
  for _, e in ipairs(ix:actors()) do
    for s in ix:stances { actor = e.id } do
      acting = acting + 1
      out[#out + 1] = e.name .. s.stance .. s.cue[1]
    end
  end
  out[#out + 1] = 'stances found by actor: ' .. acting - ix:counts().stances
  assert(acting == ix:counts().stances, 'stances are lost when they are asked for by actor')
  for s in ix:stances() do
    out[#out + 1] = table.concat({ ix:document(s.document).shown, s.actor_name, s.stance,
      s.proposal_name or '-', s.cue[1], s.sentence[1] }, ' ')
  end
  ix:close()
  table.sort(out)
  return table.concat(out, '\n')
end

-- Whether the index as it is equals one made anew.
local function as_new(what)
  local text, status = entente 'index'
  ok(status == 0, what .. ': the next run ends well', text)
  local now = content(place())
  entente 'index --rebuild'
  ok(now == content(place()) and #now > 100, what .. ': all is as in an index made anew')
end

-- The first words of SQLite on a file. One whose making was cut off is put right by the next
-- writer, which a reader cannot do.
local function check(file)
  local verdict, message
  for _, mode in ipairs { 'r', 'w' } do
    local db = core.sqlite(file, mode)
    local s = db and db:prepare 'PRAGMA quick_check(1)'
    if s then
      verdict, message = s:row()
    end
    if db then
      db:close()
    end
    if verdict then
      break
    end
  end
  return verdict or message
end

-- ---- kills ------------------------------------------------------------------------------------

local function start(args)
  local done
  local process, pid = uv.spawn(here .. '/bin/entente', {
    args = args, cwd = project, stdio = { nil, nil, nil },
    env = { 'XDG_CACHE_HOME=' .. cache, 'PATH=' .. os.getenv 'PATH', 'HOME=' .. base,
      'ENTENTE_INDEX_BATCH=20000' },
  }, function(code, signal)
    done = { code, signal }
  end)
  assert(process, pid)
  return process, function()
    return done
  end
end

fill(150)
entente 'index'
local began = uv.hrtime()
entente 'index --rebuild'
local whole = (uv.hrtime() - began) / 1e6
local file, broken, killed = place(), nil, 0
for i = 1, kills do
  for _ = 1, 30 do
    write(('%03d.txt'):format(math.random(150)), article())
  end
  if i % 3 == 0 then
    os.remove(project .. ('/%03d.txt'):format(math.random(150)))
  end
  local args = i % 10 == 0 and { 'index', '--rebuild' }
    or { 'index', '--jobs', tostring(i % 3 + 1) }
  local process, done = start(args)
  uv.sleep(math.random(0, math.ceil(whole)))
  if process:kill 'sigkill' then
    killed = killed + 1
  end
  while not done() do
    uv.run 'once'
  end
  if uv.fs_stat(file) and uv.fs_stat(file).size > 0 then
    local verdict = check(file)
    if verdict ~= 'ok' then
      broken = ('after kill %d: %s'):format(i, tostring(verdict))
      break
    end
  end
end
ok(not broken, ('%d kills while indexing leave a whole file'):format(killed), broken)
as_new 'after the kills'

-- ---- what a kill loses ------------------------------------------------------------------------

-- Which files were read tells their time of access, where the file system keeps it.
do
  local old = { sec = 1000000000, nsec = 0 }
  local function read_since(i)
    return uv.fs_stat(project .. ('/%03d.txt'):format(i)).atime.sec ~= old.sec
  end
  local function age()
    for i = 1, 150 do
      local name = project .. ('/%03d.txt'):format(i)
      uv.fs_utime(name, old.sec, 1100000000)
    end
  end
  fill(150)
  uv.sleep(2100) -- a file that has just changed is read again, whatever is known of it
  age()
  local f = io.open(project .. '/001.txt')
  f:read 'a'
  f:close()
  if not read_since(1) then
    skip('a kill loses the files in work alone', 'no times of access here')
  else
    local most, lost, kept = 0, nil, 0
    for i = 1, math.max(5, math.floor(kills / 4)) do
      age()
      local jobs = i % 3 + 1
      local process, done = start { 'index', '--rebuild', '--jobs', tostring(jobs) }
      uv.sleep(math.random(math.ceil(whole / 4), math.ceil(whole)))
      local alive = process:kill 'sigkill'
      while not done() do
        uv.run 'once'
      end
      local opened = 0
      for n = 1, 150 do
        opened = opened + (read_since(n) and 1 or 0)
      end
      local text = entente 'index'
      local again = tonumber(text:match '(%d+) files? read')
      if alive and again then
        local gone = again - (150 - opened)
        most, kept = math.max(most, gone), kept + opened - math.max(0, gone)
        lost = gone > jobs and ('%d of %d files with %d jobs'):format(gone, opened, jobs) or lost
      end
    end
    ok(not lost, ('a kill loses the files in work alone (at most %d; %d kept)'):format(most, kept),
      lost)
    as_new 'after such kills'
  end
end

-- ---- several at once --------------------------------------------------------------------------

fill(150)
do
  local running = {}
  for i = 1, 2 do
    running[#running + 1] = { start { 'index', '--jobs', tostring(i) } }
  end
  for i = 1, 3 do
    running[#running + 1] = { start { ({ 'actors', 'stances', 'refs' })[i],
      i == 3 and 'Putin' or '--project', i == 3 and '--project' or '.' } }
  end
  local rounds, wrong = 0, nil
  while #running > 0 do
    uv.run 'once'
    for i = #running, 1, -1 do
      local done = running[i][2]()
      if done then
        if done[1] > 1 or done[2] ~= 0 then
          wrong = ('status %d, signal %d'):format(done[1], done[2])
        end
        table.remove(running, i)
        rounds = rounds + 1
        if i > 2 and rounds < 12 then
          running[#running + 1] = { start { 'stances', '--project', '.' } }
        end
      end
    end
  end
  ok(not wrong, 'two indexers and three readers at once', wrong)
  as_new 'after two indexers'
end

-- ---- files ------------------------------------------------------------------------------------

-- A clock that goes backwards: times in the future, then the same size and an older time.
write('clock.txt', 'Russia rejected the peace plan.\n')
os.execute(('touch -d 2040-01-01 %s/clock.txt'):format(project))
entente 'index'
write('clock.txt', 'France rejected the peace plan.\n')
os.execute(('touch -d 1999-01-01 %s/clock.txt'):format(project))
entente 'index'
ok(entente('search actor:france in:clock'):find 'France', 'a clock that goes backwards')

-- Links, pipes, names.
os.execute(('cd %s && ln -s . loop && ln -s 001.txt link.txt && mkfifo pipe.txt'):format(project))
write('odd\255name\n%.txt', 'Norway rejected the peace plan.\n')
local text, status = entente 'index'
ok(status == 0, 'links in a circle, a pipe, a name that is no UTF-8', text)
text = entente 'search actor:norway'
ok(text:find('odd%FFname%0A%25.txt:1:8', 1, true), 'such a name is told of', text)
ok(not entente('search actor:germany'):find 'loop', 'links are not followed')

-- Files that cannot be read.
write('secret.txt', 'Spain rejected the peace plan.\n')
write('binary.txt', ('\0\1\2\3'):rep(1000))
os.execute(('chmod 0 %s/secret.txt'):format(project))
text, status = entente 'index'
ok(status == 0 and text:find 'binary.txt: is not text', 'a file that is no text is named', text)
if io.open(project .. '/secret.txt') then
  skip('a file that may not be read', 'root reads every file')
else
  ok(text:find 'secret.txt: ', 'a file that may not be read is named', text)
end
os.execute(('chmod 644 %s/secret.txt'):format(project))

-- Files that change, come and go while they are read.
do
  local process, done = start { 'index', '--rebuild', '--jobs', '2' }
  while not done() do
    uv.run 'nowait'
    local name = ('%03d.txt'):format(math.random(150))
    if math.random(4) == 1 then
      os.remove(project .. '/' .. name)
    elseif math.random(3) == 1 then
      os.rename(project .. '/' .. name, project .. '/moved' .. name)
    else
      write(name, article())
    end
  end
  process:close()
  ok(done()[1] == 0, 'files that change, move and go while they are read')
  uv.sleep(100)
  as_new 'after that'
end

-- ---- watching ---------------------------------------------------------------------------------

do
  os.execute('rm -f ' .. project .. '/*.txt')
  write('first.txt', 'Norway rejected the peace plan.\n')
  local out, lines = uv.new_pipe(), ''
  local process = assert(uv.spawn(here .. '/bin/entente', {
    args = { 'watch', project }, stdio = { nil, out, nil },
    env = { 'XDG_CACHE_HOME=' .. cache, 'PATH=' .. os.getenv 'PATH', 'HOME=' .. base },
  }, function() end))
  out:read_start(function(_, chunk)
    lines = lines .. (chunk or '')
  end)
  local function until_true(test, seconds)
    local stop = uv.hrtime() + seconds * 1e9
    while not test() and uv.hrtime() < stop do
      uv.run 'nowait'
      uv.sleep(2)
    end
    return test()
  end
  until_true(function()
    return lines:find 'watching'
  end, 60)
  local where = place()
  local function holds(name)
    local ix = index.open(where)
    local found = ix and #ix:find(name) > 0
    if ix then
      ix:close()
    end
    return found
  end
  local best, all = math.huge, true
  for i, state in ipairs { 'Sweden', 'Finland', 'Denmark', 'Portugal', 'Greece' } do
    local since = uv.hrtime()
    write(('saved%d.txt'):format(i % 2), state .. ' rejected the peace plan.\n')
    all = until_true(function()
      return holds(state)
    end, 20) and all
    best = math.min(best, (uv.hrtime() - since) / 1e6)
  end
  ok(all, ('a saved file is in the index of `watch` (the fastest of five: %.0f ms)'):format(best),
    lines)
  os.rename(project .. '/saved1.txt', project .. '/moved.txt')
  os.remove(project .. '/saved0.txt')
  ok(until_true(function()
    return not holds 'Portugal' and holds 'Greece'
  end, 20), 'so are a file that moved and one that went', lines)
  process:kill 'sigterm'
  out:close()
  as_new 'after watching'
end

-- ---- a full disk ------------------------------------------------------------------------------

do
  local small = base .. '/small'
  uv.fs_mkdir(small, 448)
  if os.execute(('mount -t tmpfs -o size=400k none %s 2>/dev/null'):format(small)) then
    fill(600)
    local own = cache
    cache = small
    text, status = entente 'index'
    ok(status == 2 and text:find 'entente: ', 'a full disk is told of in one line', text)
    local where = place()
    local there = uv.fs_stat(where)
    local verdict = there and check(where)
    ok(not there or verdict == 'ok' or verdict == nil, 'a full disk leaves a whole file', verdict)
    os.execute(('mount -o remount,size=60m %s'):format(small))
    as_new 'with room again'
    cache = own
    collectgarbage() -- statements of closed databases
    collectgarbage()
    os.execute('umount -l ' .. small)
  else
    skip('a full disk', 'no file system may be mounted here')
  end
end

os.execute('rm -rf ' .. base)
os.exit(bad == 0 and 0 or 1)
