-- The help page and what there is, compared both ways in a running editor; help.lua looks at the
-- page itself.
local tests = {}

local function page()
  return table.concat(vim.fn.readfile 'doc/entente.txt', '\n')
end

-- A numbered section of the page.
local function section(n)
  local text = '\n' .. page() .. '\n' .. ('='):rep(78)
  return assert(text:match('\n' .. n .. '%. %u[^\n]*%*entente%-.-\n' .. ('='):rep(78)))
end

local function found(text, pattern)
  local out = {}
  for word in text:gmatch(pattern) do
    out[word] = true
  end
  return out
end

local function set(list)
  local out = {}
  for _, word in ipairs(list) do
    out[word] = true
  end
  return out
end

-- Fails with the names that only one side knows.
local function same(T, there, documented, what)
  local problems = {}
  for name in pairs(there) do
    if not documented[name] then
      problems[#problems + 1] = what .. ' is not in the help: ' .. name
    end
  end
  for name in pairs(documented) do
    if not there[name] then
      problems[#problems + 1] = what .. ' is only in the help: ' .. name
    end
  end
  T.eq(problems, {})
  T.ok(next(there), 'no ' .. what .. ' found')
end

local function test(what, work)
  tests[#tests + 1] = {
    what,
    function(T)
      local c = T.Child.start()
      c:open({ 'Vladimir Putin met Angela Merkel.' }, 'text')
      local ok, problem = pcall(work, c, T)
      c:stop()
      if not ok then
        error(problem, 0)
      end
    end,
  }
end

test('sub-commands', function(c, T)
  local there = set(c:eval "getcompletion('Entente ', 'cmdline')")
  same(T, there, found(page(), '%*:Entente%-(%l+)%*'), 'sub-command')
  local described = found(page(), ':Entente (%l+)')
  for name in pairs(described) do
    T.ok(there[name], 'the help speaks of :Entente ' .. name)
  end
  for name in pairs(there) do
    T.ok(described[name], 'no usage of :Entente ' .. name)
  end
end)

test('<Plug> maps', function(c, T)
  local there = set(c:lua [[
    local out = {}
    for _, mode in ipairs { 'n', 'x', 'o' } do
      for _, map in ipairs(vim.api.nvim_get_keymap(mode)) do
        out[#out + 1] = map.lhs:match '^<Plug>%(entente%-(.+)%)$'
      end
    end
    return out]])
  same(T, there, found(section(3), '\n<Plug>%(entente%-([%l-]+)%)'), '<Plug> map')
end)

test('highlight groups', function(c, T)
  local there = set(c:eval "getcompletion('Entente', 'highlight')")
  local documented = found(section(9), '\n(Entente%a+)%f[ \n]')
  local first, last = section(9):match '\nEntenteActor(%d+) … (%d+)'
  for i = first, last do
    documented['EntenteActor' .. i] = true
  end
  same(T, there, documented, 'highlight group')
  for name in pairs(found(page(), '%*hl%-(Entente%a+)%*')) do
    T.ok(there[name], 'a tag of no group: ' .. name)
  end
end)

test('events', function(_, T)
  local there = {}
  for _, file in ipairs(vim.fn.glob('lua/entente/host/nvim/*.lua', false, true)) do
    local source = table.concat(vim.fn.readfile(file), '\n')
    for name in source:gmatch "event%('(Entente%a+)'" do
      there[name] = true
    end
  end
  same(T, there, found(section(8), '\n(Entente%a+)   '), 'event')
  same(T, there, found(section(8), '%*(Entente%a+)%*'), 'event')
end)

test('options', function(c, T)
  local there = set(c:lua [[
    return vim.tbl_map(function(o) return o.name end, require('entente.config').options)]])
  same(T, there, found(section(6), '%*entente%.([%l_]+)%*'), 'option')
  for name in pairs(found(page(), '|entente%.([%l_]+)|')) do
    T.ok(there[name], 'a link to no option: ' .. name)
  end
end)

test('keys of list windows', function(c, T)
  local there = set(c:lua [[
    return vim.tbl_map(function(k) return k[1] end, require('entente.host.nvim.keys').keys)]])
  there['g?'] = true
  local documented = {}
  for line in section(4):match('Keys in them:\n(.*)'):gmatch '[^\n]+' do
    documented[line:match '^(%S+)  ' or ''] = true
    documented[line:match '  (%a)       %a' or ''] = true
  end
  documented[''] = nil
  same(T, there, documented, 'key')
end)

test('functions of the editor module', function(c, T)
  local there = set(c:lua "return vim.tbl_keys(require 'entente.nvim')")
  -- what plugin/entente.lua and options call
  for _, name in ipairs { 'command', 'complete', 'plug', 'filetype', 'engine' } do
    T.ok(there[name], name)
    there[name] = nil
  end
  local text = section(7):match '\nsetup.-for the options of those names'
  local documented = found('\n' .. text, '\n(%l+)%(')
  for name in text:match('\n([%l, ]+)\n +for the options'):gmatch '%l+' do
    documented[name] = true
  end
  same(T, there, documented, 'function')
end)

return tests
