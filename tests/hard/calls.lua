-- The system calls of the index and of files, each failing in turn, or killing the program there:
-- nothing crashes, what went wrong is said in a line, and the next run finds all in order. strace
-- makes the calls fail. Prints TAP lines.
--   lua5.4 tests/hard/calls.lua [SECONDS]
local seconds = tonumber(arg[1]) or 60
local here = assert(io.popen('pwd'):read 'l')
local base = assert(io.popen('mktemp -d'):read 'l')
local project, cache = base .. '/p', base .. '/c'
local bad = 0

local function ok(good, what, more)
  print((good and 'ok - ' or 'not ok - ') .. what)
  if not good then
    bad = bad + 1
    print('# ' .. tostring(more):sub(1, 600):gsub('\n', '\n# '))
  end
end

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

-- Runs a command line in the project: what it printed, its status (128 + n when a signal ended it).
local function run(command)
  local pipe = io.popen(('cd %s && export XDG_CACHE_HOME=%s; { timeout 60 %s; } 2>&1; echo "=$?"')
    :format(project, cache, command))
  local text = pipe:read 'a'
  pipe:close()
  local out, status = text:match '^(.*)=(%d+)\n$'
  return out, tonumber(status)
end

local program = here .. '/bin/entente '

os.execute('mkdir -p ' .. project .. '/.entente')
write(project .. '/a.txt', 'Russia rejected the peace plan. Vladimir Putin met Angela Merkel.\n')
write(project .. '/b.txt', ('Germany backed the peace plan on 15 August 2024. '):rep(40) .. '\n')

-- How often a program makes a call, on its main thread.
local function count(call, command)
  local log = base .. '/log'
  run(('strace -o %s -e trace=%s %s%s'):format(log, call, program, command))
  local n = 0
  for _ in io.lines(log) do
    n = n + 1
  end
  return n
end

local started, tries = os.time(), 0
local function enough()
  return os.time() - started > seconds
end

-- Each of the last `most` uses of a call fails as told; `after` looks whether all is in order.
local function inject(command, call, how, most, before, after)
  before()
  local n = count(call, command)
  for i = math.max(1, n - most + 1), n do
    if enough() then
      return
    end
    before()
    local out, status = run(('strace -o /dev/null -e trace=%s -e inject=%s:%s:when=%d %s%s'):format(
      call, call, how, i, program, command))
    tries = tries + 1
    local killed = how:find 'KILL' and status == 137
    local quiet = not out:find 'attempt to' and not out:find 'traceback'
    local problem = not (killed or status <= 2 and quiet) and ('status %d: %s'):format(status, out)
      or after(out, status)
    if problem then
      return ('%s of %s, %s, number %d: %s'):format(call, command, how, i, problem)
    end
  end
end

-- ---- the index --------------------------------------------------------------------------------

local question = 'stances --project . ; ' .. program .. 'actors --project .'
run(program .. 'index')

-- The answers, line by line in an order of their own: documents come as they were read.
local function answers()
  local lines = {}
  for line in run(program .. question):gmatch '[^\n]+' do
    lines[#lines + 1] = line
  end
  table.sort(lines)
  return table.concat(lines, '\n')
end
local wanted = answers()
ok(wanted:find 'Russia' and wanted:find 'Germany', 'the index answers', wanted)

local function without()
  os.execute('rm -rf ' .. cache)
end
local function again()
  local out, status = run(program .. 'index')
  if status ~= 0 then
    return 'the next run ends with ' .. status .. ': ' .. out
  end
  local now = answers()
  if now == wanted then
    return
  end
  local at = 1
  while now:byte(at) == wanted:byte(at) do
    at = at + 1
  end
  return ('the next run finds %q, not %q'):format(now:sub(at, at + 200), wanted:sub(at, at + 200))
end

local problem
for _, one in ipairs { { 'pwrite64', 'error=ENOSPC', 30 }, { 'pwrite64', 'signal=KILL', 12 },
  { 'fdatasync', 'error=EIO', 9 }, { 'openat', 'error=EMFILE', 14 }, { 'pread64', 'error=EIO', 9 },
  { 'mmap', 'error=ENOMEM', 6 }, { 'fcntl', 'error=ENOLCK', 9 }, { 'ftruncate', 'error=EIO', 3 },
  { 'mkdir', 'error=EACCES', 4 }, { 'unlink', 'error=EIO', 2 }, { 'getdents64', 'error=EIO', 2 },
  { 'read', 'error=EIO', 6 }, { 'close', 'error=EIO', 6 } } do
  problem = problem or inject('index', one[1], one[2], one[3], without, again)
end
ok(not problem, 'system calls of the index fail or kill', problem)

-- ---- files ------------------------------------------------------------------------------------

local lexicon = project .. '/.entente/lexicon.tsv'
local old, new

local function fresh()
  os.execute('rm -rf ' .. project .. '/.entente')
  run(program .. 'mark person Foo')
  old = read(lexicon)
end
fresh()
run(program .. 'mark person Bar')
new = read(lexicon)

local function whole()
  local now = read(lexicon)
  if now ~= old and now ~= new then
    return 'the file is neither the old nor the new one: ' .. tostring(now)
  end
  os.execute(('touch -c -d 2000-01-01 %s.lock'):format(lexicon)) -- as if some time had passed
  local out, status = run(program .. 'mark person Bar')
  local good = status == 0 and read(lexicon):find 'Foo' and read(lexicon):find 'Bar'
  return not good and 'the next change: ' .. out or nil
end
problem = nil
for _, one in ipairs { { 'write', 'error=ENOSPC', 4 }, { 'write', 'signal=KILL', 4 },
  { 'write', 'retval=1', 2 }, { 'fsync', 'error=EIO', 2 }, { 'fsync', 'signal=KILL', 2 },
  { 'rename', 'error=EACCES', 2 }, { 'rename', 'signal=KILL', 2 }, { 'openat', 'error=EIO', 4 },
  { 'unlink', 'error=EACCES', 2 }, { 'unlink', 'signal=KILL', 2 }, { 'close', 'error=EIO', 3 } } do
  problem = problem or inject('mark person Bar', one[1], one[2], one[3], fresh, whole)
end
ok(not problem, 'system calls of a change to a file fail or kill', problem)

-- Writes that are truly cut short: no file may grow beyond so many blocks.
problem = nil
for blocks = 0, 12, 3 do
  without()
  local out, status =
    run(('sh -c "trap \'\' XFSZ; ulimit -f %d; exec %sindex"'):format(blocks, program))
  tries = tries + 1
  problem = problem or (status > 2 or out:find 'attempt to') and out or again()
end
ok(not problem, 'writes of the index are cut short', problem)

print(('# %d failures in %d s%s'):format(tries, os.time() - started,
  enough() and ', more were left out' or ''))
os.execute('rm -rf ' .. base)
os.exit(bad == 0 and 0 or 1)
