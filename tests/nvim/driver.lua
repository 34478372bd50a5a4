-- driver: runs every t_*.lua beside it against one Neovim; TAP lines on standard output.
local here = 'tests/nvim/'
package.path = here .. '?.lua;' .. package.path
local Child = require 'child'

local only, name = os.getenv 'ENTENTE_ONLY' or '', os.getenv 'NVIM_NAME' or '?'
local failed = 0

local function say(line)
  io.stdout:write(line, '\n')
  io.stdout:flush()
end

local T = { name = name, Child = Child, new = vim.version and name }

--- Fails with both values when they differ.
function T.eq(got, want, what)
  if not vim.deep_equal(got, want) then
    local text = ('%s\n  got  %s\n  want %s'):format(
      what or 'values differ',
      vim.inspect(got),
      vim.inspect(want)
    )
    error(text, 2)
  end
end

function T.ok(value, what)
  if not value then
    error(what or 'not true', 2)
  end
end

--- Compares with a file in golden/; only `run.sh --golden` writes one.
function T.golden(file, lines)
  local path = here .. 'golden/' .. file
  local text = table.concat(lines, '\n') .. '\n'
  if os.getenv 'ENTENTE_GOLDEN' == 'write' then
    local f = assert(io.open(path, 'wb'))
    f:write(text)
    f:close()
    return
  end
  local f = io.open(path, 'rb')
  T.ok(f, 'no ' .. path .. ': make it with tests/nvim/run.sh --golden')
  local want = f:read '*a'
  f:close()
  local got, wanted = vim.split(text, '\n'), vim.split(want, '\n')
  for i = 1, math.max(#got, #wanted) do
    T.eq(got[i], wanted[i], ('%s, line %d (made anew by run.sh --golden)'):format(path, i))
  end
end

--- Ends a test's child: nothing it said may be an error; what the test said (why it was skipped) is
--- passed on, what went wrong raised.
---@param folder string|nil taken away
function T.ended(c, ok, problem, folder)
  local said = c:messages()
  c:stop()
  if folder then
    vim.fn.delete(folder, 'rf')
  end
  if not ok then
    error(problem, 0)
  end
  T.ok(not said:find 'E%d+:' and not said:find 'stack traceback', said)
  return problem
end

--- Is the child at least this version?
function T.at_least(major, minor)
  local a, b = name:match '^(%d+)%.(%d+)'
  return tonumber(a) > major or tonumber(a) == major and tonumber(b) >= minor
end

local function run(file, what, test)
  local label = ('%s %s: %s'):format(name, file, what)
  if only ~= '' and not label:find(only, 1, true) then
    return
  end
  local ok, problem = xpcall(function()
    return test(T)
  end, function(message)
    return tostring(message) .. '\n' .. debug.traceback('', 2)
  end)
  if ok and type(problem) == 'string' then
    say(('ok - %s # SKIP %s'):format(label, problem))
  elseif ok then
    say('ok - ' .. label)
  else
    failed = failed + 1
    say('not ok - ' .. label)
    say('  ' .. problem:gsub('\n', '\n  '))
  end
end

local files = vim.fn.glob(here .. 't_*.lua', false, true)
table.sort(files)
for _, file in ipairs(files) do
  local short = file:match 't_(.*)%.lua$'
  for _, t in ipairs(dofile(file)) do
    run(short, t[1], t[2])
  end
end
if failed > 0 then
  vim.cmd 'cquit 1'
end
