-- Runs every test and ends with one line: N passed, N failed, N skipped.
--
--   lua5.4 tests/run.lua [--quick|--hard|--all] [WORD]    only suites whose name holds WORD
--
-- A suite is a program that prints a line a test, in TAP's words: "ok - what", "not ok - what",
-- "ok - what # SKIP why". Other lines are shown when the suite fails. They are found by place:
--
--   build/tests/test_*       C programs, built from tests/c/
--   tests/spec/*_spec.lua    busted, under Lua 5.4
--   tests/lua/*.lua          plain Lua, under every Lua that has a library
--   tests/*.sh               one check each (but roots.sh, which takes long: make test-roots)
--   tests/*/run.sh           the suites of an editor or a tool
--   tests/hard/*.sh          what is hard, with --hard (and nothing else) or --all (at the end)
--
-- --quick leaves out what is slow: the last three but the layer check, hostile input, the docs.

local quick, hard, soft, word = false, false, true, nil
for _, a in ipairs(arg) do
  if a == '--quick' then
    quick = true
  elseif a == '--hard' then
    hard, soft = true, false
  elseif a == '--all' then
    hard = true
  else
    word = a
  end
end

local function lines_of(command)
  local pipe = assert(io.popen(command))
  local out = {}
  for line in pipe:lines() do
    out[#out + 1] = line
  end
  pipe:close()
  return out
end

local function files(pattern)
  return lines_of('ls -d ' .. pattern .. ' 2>/dev/null')
end

local suites = {}
local function suite(name, command)
  local is_hard = name:find '^tests/hard/' or name:find '^tests/sanitize'
    or name:find '^tests/network'
  if (soft or is_hard) and (not word or name:find(word, 1, true)) then
    suites[#suites + 1] = { name = name, command = command }
  end
end

for _, f in ipairs(files 'build/tests/test_*') do
  if not f:find '%.d$' then
    suite(f:match '[^/]*$', f)
  end
end
local busted = lines_of('command -v busted')[1]
local path = "env LUA_PATH='lua/?.lua;lua/?/init.lua;;' LUA_PATH_5_4='lua/?.lua;lua/?/init.lua;;' "
for _, f in ipairs(files 'tests/spec/*_spec.lua') do
  local slow = f:find 'hostile' or f:find 'docs_'
  if not (quick and slow) then
    suite(f, busted and path .. 'lua5.4 ' .. busted .. ' -o TAP ' .. f
      or "echo 'ok - " .. f .. " # SKIP busted is not installed'")
  end
end
for _, f in ipairs(files 'tests/lua/*.lua') do
  for _, lua in ipairs { 'lua5.1', 'lua5.2', 'lua5.3', 'lua5.4', 'luajit' } do
    local abi = lua == 'luajit' and '5.1' or lua:sub(4)
    local there =
      os.execute(('command -v %s >/dev/null && [ -f lib/%s/entente_core.so ]'):format(lua, abi))
    suite(f .. ' ' .. lua, there and lua .. ' ' .. f
      or ("echo 'ok - %s # SKIP no %s, or no headers to build for it'"):format(f, lua))
  end
end
for _, f in ipairs(files 'tests/*.sh') do
  if not f:find 'roots%.sh$' and (not quick or f:find 'layers%.sh$') then
    suite(f, 'sh ' .. f)
  end
end
if not quick then
  for _, f in ipairs(files 'tests/*/run.sh') do
    suite(f, 'sh ' .. f)
  end
end

if hard then
  for _, f in ipairs(files 'tests/hard/*.sh') do
    suite(f, 'sh ' .. f)
  end
end

local passed, failed, skipped = 0, 0, 0
local broken = {} -- what failed, said again at the end

-- Runs one suite, counts its lines; what it printed is shown when it failed.
local function run(s)
  local start, out, bad, n = os.time(), {}, 0, 0
  local pipe = assert(io.popen('timeout 1200 ' .. s.command .. ' 2>&1 </dev/null'))
  for line in pipe:lines() do
    out[#out + 1] = line
    if line:find '^not ok' then
      bad, n = bad + 1, n + 1
      broken[#broken + 1] = s.name .. ': ' .. line:gsub('^not ok%s*%d*%s*%-?%s*', '')
    elseif line:find '^ok' then
      n = n + 1
      if line:find '# [Ss][Kk][Ii][Pp]' then
        skipped = skipped + 1
        print('  skipped ' .. line:gsub('^ok%s*%d*%s*%-?%s*', ''))
      else
        passed = passed + 1
      end
    end
  end
  local good, how, code = pipe:close()
  if bad == 0 and not good then
    bad = 1
    broken[#broken + 1] = ('%s ended by %s %s'):format(s.name, how, tostring(code))
    out[#out + 1] = 'not ok - ' .. broken[#broken]
  elseif n == 0 then
    bad = 1
    broken[#broken + 1] = s.name .. ' printed no test'
    out[#out + 1] = 'not ok - ' .. broken[#broken]
  end
  failed = failed + bad
  local state, took = bad > 0 and 'FAILED' or 'ok', os.difftime(os.time(), start)
  print(('%-6s %3d  %s  (%d s)'):format(state, n, s.name, took))
  if bad > 0 then
    for i = math.max(1, #out - 80), #out do
      if not out[i]:find '^ok' then
        print('    ' .. out[i])
      end
    end
  end
  io.stdout:flush()
end

for _, s in ipairs(suites) do
  run(s)
end
for i = 1, math.min(#broken, 12) do
  print('FAILED ' .. broken[i])
end
if #broken > 12 then
  print(('FAILED %d more'):format(#broken - 12))
end
print(('%d passed, %d failed, %d skipped'):format(passed, failed, skipped))
os.exit(failed == 0 and 0 or 1)
