-- Fuzzes the parts written in Lua: inputs are changed at random, those that reach new lines are
-- kept and changed further. An input whose run raises is written to build/fuzz and ends the run.
--
--   lua5.4 tests/fuzz/fuzz.lua TARGET|all [-s SECONDS] [-n COUNT] [-seed N] [-root DIR] [FILE...]
--
-- With FILEs those are replayed and nothing else is done. A target is tests/fuzz/lua/TARGET.lua: it
-- returns { seeds = {...}, words = {...}, run = function(input) ... raises when wrong }.
local options = { s = 5, n = math.huge, seed = os.time(), root = '.' }
local names, files = nil, {}
do
  local i = 1
  while arg[i] do
    local key = arg[i]:match '^%-(%a+)$'
    if key then
      options[key] = key == 'root' and arg[i + 1] or tonumber(arg[i + 1])
      i = i + 1
    elseif not names then
      names = arg[i]
    else
      files[#files + 1] = arg[i]
    end
    i = i + 1
  end
end
package.path = options.root .. '/lua/?.lua;' .. options.root .. '/lua/?/init.lua;'
  .. 'tests/fuzz/lua/?.lua;' .. package.path

local function list(command)
  local out = {}
  for line in io.popen(command):lines() do
    out[#out + 1] = line
  end
  return out
end

local function read(path)
  local f = assert(io.open(path, 'rb'))
  local s = f:read 'a'
  f:close()
  return s
end

local function write(path, s)
  os.execute 'mkdir -p build/fuzz'
  local f = assert(io.open(path, 'wb'))
  f:write(s)
  f:close()
end

-- ---- lines reached ----------------------------------------------------------------------------

local seen, fresh, reached = {}, 0, 0

local function hook(_, line)
  local source = debug.getinfo(2, 'S').source
  local lines = seen[source]
  if lines == nil then
    lines = source:find('lua/entente/', 1, true) and {} or false
    seen[source] = lines
  end
  if lines and not lines[line] then
    lines[line] = true
    fresh, reached = fresh + 1, reached + 1
  end
end

-- ---- changes ----------------------------------------------------------------------------------

local odd = { '\0', '\1', ' ', '\t', '\n', '\r\n', '"', "'", '\\', '%', '-', '0', '9', '~', '\127',
  '\128', '\194', '\226\128\156', '\255', '{', '}', '[', ']', '(', ')' }

local function any(t)
  return t[math.random(#t)]
end

local function change(s, target, kept)
  local at, len = math.random(0, #s), math.random(0, math.random(0, 24))
  local before, cut, after = s:sub(1, at), s:sub(at + 1, at + len), s:sub(at + len + 1)
  local how = math.random(8)
  if how == 1 then
    return before .. any(odd) .. s:sub(at + 2)
  elseif how == 2 then
    return before .. after
  elseif how == 3 then
    return before .. cut .. cut .. after
  elseif how == 4 and #target.words > 0 then
    return before .. any(target.words) .. s:sub(at + 1)
  elseif how == 5 and #target.words > 0 then
    return before .. any(target.words) .. after
  elseif how == 6 then
    local other = any(kept)
    local from = math.random(0, #other)
    return before .. other:sub(from + 1, from + math.random(0, 80)) .. s:sub(at + 1)
  elseif how == 7 then
    return before .. string.char(math.random(0, 255)) .. s:sub(at + 2)
  end
  return before .. cut:rep(math.random(1, math.random(1, 40))) .. after
end

-- ---- a run ------------------------------------------------------------------------------------

local function attempt(name, target, input)
  local from = os.clock()
  debug.sethook(hook, 'l')
  local fine, message = xpcall(target.run, debug.traceback, input)
  debug.sethook()
  local took = os.clock() - from
  if fine and took > 10 then
    fine, message = false, ('took %.1f s of processor time'):format(took)
  end
  if not fine then
    local path = ('build/fuzz/%s-%d'):format(name, options.seed)
    write(path, input)
    print(('not ok - %s: %s\n  input kept as %s'):format(name, tostring(message), path))
    os.exit(1)
  end
end

-- Lines of code of the modules reached, to say which part of them was.
local function share()
  local all = 0
  for source, lines in pairs(seen) do
    if lines and next(lines) then
      for line in io.lines(source:gsub('^@', ''), 'l') do
        if line:find '%S' and not line:find '^%s*%-%-' and not line:find '^%s*end[,)]*$'
          and not line:find '^%s*}[,)]*$' and not line:find '^%s*else$' then
          all = all + 1
        end
      end
    end
  end
  return all
end

local function fuzz(name)
  local target = require(name)
  if target.skip then
    print(('ok - %s # SKIP %s'):format(name, target.skip))
    return
  end
  seen, reached = {}, 0
  local kept, runs = {}, 0
  for _, s in ipairs(target.seeds) do
    kept[#kept + 1] = s
    attempt(name, target, s)
  end
  for _, path in ipairs(list('ls -d tests/fuzz/regress/' .. name .. '/* 2>/dev/null')) do
    attempt(name, target, read(path))
    runs = runs + 1
  end
  local started = os.time()
  while runs < options.n and os.difftime(os.time(), started) < options.s do
    local s = any(kept)
    for _ = 1, math.random(4) do
      s = change(s, target, kept)
    end
    s = s:sub(1, target.most or 8192)
    fresh = 0
    attempt(name, target, s)
    runs = runs + 1
    if fresh > 0 then
      kept[#kept + 1] = s
    end
  end
  print(('ok - fuzz %s: %d inputs in %d s, %d kept, %d of about %d lines'):format(name, runs,
    os.difftime(os.time(), started), #kept, reached, share()))
end

math.randomseed(options.seed)
print('# seed ' .. options.seed)
if #files > 0 then
  local target = require(names)
  for _, path in ipairs(files) do
    attempt(names, target, read(path))
    print('ok - ' .. path)
  end
elseif names and names ~= 'all' then
  fuzz(names)
else
  for _, path in ipairs(list 'ls tests/fuzz/lua/*.lua') do
    local name = path:match '([^/]*)%.lua$'
    if name ~= 'bytes' then
      fuzz(name)
    end
  end
end
