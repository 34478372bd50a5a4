-- Long sessions: random edits, editing sessions as people have them, big and odd buffers, leaks.
local tests = {}

local function test(what, work)
  tests[#tests + 1] = {
    what,
    function(T)
      local c
      local function start(opts)
        c = T.Child.start(opts)
        return c
      end
      local ok, problem = pcall(work, T, start)
      local said = c and c:messages() or ''
      if c then
        c:stop()
      end
      if not ok then
        error(problem, 0)
      end
      T.ok(not said:find 'E%d+:' and not said:find 'stack traceback', said)
      return problem
    end,
  }
end

local sentences = {
  'Russian President Vladimir Putin met Donald Trump in Alaska.',
  'Angela Merkel rejected the peace plan of the European Union.',
  'Ukrainian officials have not accepted the ceasefire.',
  'Łukasz Żółć told Le Monde that “France” would veto it.',
  'Emmanuel Macron and Olaf',
  'Scholz backed the security guarantees.',
  '> NATO said it would send 200 troops to Poland.',
  '* Zelenskyy: no deal without us',
  '',
  'Mr. Lavrov, the Foreign Minister, spoke in Minsk. He left.',
}

local function text_of(n, random)
  local lines = {}
  for i = 1, n do
    lines[i] = sentences[random(#sentences)]
  end
  return lines
end

-- A generator of our own, so that a seed gives the same session everywhere.
local function generator(seed)
  local state = seed
  return function(n)
    state = (state * 1103515245 + 12345) % 2147483648
    return math.floor(state / 65536) % n + 1
  end
end

local keys = {
  'x', 'dw', 'dd', 'J', 'p', 'P', 'yyp', 'u', 'u', '<C-r>', '>>', '~', 'gUU', 'D', 'dap', 'yap}p',
  'iMerkel <Esc>', 'aand Vladimir Putin<Esc>', 'oXi Jinping met Joe<CR>Biden.<Esc>', 'O<Esc>',
  'cwZelenskyy<Esc>', 'i“é😀” <Esc>', 'ddkP', '3J', 'gqap', 'r.',
  'R said no <Esc>', '5x', 'ggdG', 'u',
  ':%s/Putin/Trump/e<CR>', ':%s/the /the<C-v><CR>/e<CR>', ':g/Merkel/d<CR>', ':g/NATO/m0<CR>',
  ':%j<CR>', 'u', ':sort<CR>', ':g/^$/d<CR>', ':earlier 3<CR>', ':later 2<CR>', ':%norm A.<CR>',
  '<C-v>jjIab <Esc>', 'qqAz<Esc>jq@q', ':m$<CR>', ':t0<CR>', 'gg=G', '.',
}

local state_equal = [[
  local b = require('entente.host.nvim.attach').state(0)
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n'
  if b.doc:text(0, b.doc:length()) ~= text then
    return 'document and buffer differ'
  end
  local fresh = require('entente').open(text)
  fresh:count() -- links all of it
  vim.cmd 'redraw'
  local view = require 'entente.view'
  local top, bot = vim.fn.line 'w0' - 1, vim.fn.line 'w$' - 1
  local look = vim.tbl_extend('force', {}, b.look)
  if look.current then
    local row, col = unpack(vim.api.nvim_win_get_cursor(0))
    local _, _, _, _, id = fresh:at(math.max(0, vim.api.nvim_buf_get_offset(0, row - 1)) + col)
    look.current = id
  end
  local ns = vim.api.nvim_get_namespaces().entente
  local cells = {}
  local first, last = { top, 0 }, { bot, -1 }
  for _, m in ipairs(vim.api.nvim_buf_get_extmarks(0, ns, first, last, { details = true })) do
    for col = m[3], m[4].end_col - 1 do
      cells[m[2] .. ':' .. col .. m[4].hl_group] = true
    end
  end
  local from = math.max(0, vim.api.nvim_buf_get_offset(0, top))
  local lines = vim.api.nvim_buf_get_lines(0, top, bot + 1, false)
  local to = from + #table.concat(lines, '\n') + 1
  local spans = view.spans(require 'entente', fresh, from, to, look)
  local starts, at = {}, from
  for i, line in ipairs(lines) do
    starts[i] = at
    at = at + #line + 1
  end
  local wanted = 0
  for i = 1, #spans, 4 do
    for row, line in ipairs(lines) do
      local indent = #line:match '^[%s>]*'
      for col = 0, #line - 1 do
        local byte = starts[row] + col
        if byte >= spans[i] and byte < spans[i + 1] and (col >= indent or spans[i] == byte) then
          local key = (top + row - 1) .. ':' .. col .. spans[i + 2]
          if col >= indent and not cells[key] then
            return 'missing ' .. key .. ' of ' .. table.concat({ spans[i], spans[i + 1] }, '-')
          end
          wanted = wanted + 1
        end
      end
    end
  end
  return 'equal']]

for round = 1, tonumber(os.getenv 'ENTENTE_ROUNDS' or 3) do
  test('random edits, undo, :%s, :g, macros: highlights are those of a fresh document ' .. round,
    function(T, start)
      local seed = tonumber(os.getenv 'SEED') or 20240 + round
      local random = generator(seed)
      local c = start { lines = 30 }
      c:open(text_of(20, random), 'text')
      c:done()
      c:cmd 'set textwidth=60 shortmess+=s'
      local log = {}
      for step = 1, 60 do
        local key = keys[random(#keys)]
        log[step] = key
        c:cursor(random(#c:lines()), 0)
        c:type(key)
        c:type '<Esc>'
        local verdict = c:lua(state_equal)
        T.eq(verdict, 'equal', ('seed %d, after %s'):format(seed, table.concat(log, ' | ')))
      end
      c:cmd 'messages clear' -- "E486: Pattern not found" and the like are the edits' own
    end)
end

test('an editing session: insert, rename, delete, undo all', function(T, start)
  local c = start { lines = 40 }
  local lines = { 'Vladimir Putin met Emmanuel Macron. Putin left early.', '', 'Macron stayed.' }
  c:open(lines, 'text')
  c:done()
  c:cmd 'set undolevels=1000'
  local function refs(name)
    c:cmd('Entente refs ' .. name)
    local n = c:eval 'len(getqflist())'
    c:cmd 'cclose'
    return n
  end
  T.eq(refs 'Putin', 2)
  c:type 'Go<CR>Later Putin called Macron.<CR>Macron told Putin no.<Esc>'
  T.eq(refs 'Putin', 4)
  T.eq(refs 'Macron', 4)
  T.eq(c:lua(state_equal), 'equal')
  c:type ':%s/Macron/Scholz/g<CR>'
  T.eq(refs 'Scholz', 4)
  T.eq(c:lua(state_equal), 'equal')
  c:type 'gg2dd'
  T.eq(refs 'Putin', 2)
  T.eq(c:lua(state_equal), 'equal')
  c:type 'uuu'
  T.eq(c:lines(), lines)
  T.eq(refs 'Putin', 2)
  T.eq(refs 'Macron', 2)
  T.eq(c:lua(state_equal), 'equal')
  c:cursor(1, 2)
  c:cmd 'Entente next same'
  T.eq(c:cursor(), { 1, 36 })
end)

test('a 2 MB article: right at once at both ends, in slices between', function(T, start)
  local c = start()
  local random = generator(5)
  local lines = text_of(40000, random)
  c:open(lines, 'text')
  c:cmd 'redraw'
  T.ok(#c:marks() > 5, 'the first page is painted before the rest is read')
  c:type 'G'
  c:cmd 'redraw'
  T.ok(#c:marks() > 5, 'so is the last')
  c:done()
  c:type 'ggOVladimir Putin left.<Esc>'
  c:cmd 'redraw'
  T.ok(vim.tbl_contains(c:marks(), '0:0-14 EntentePerson'))
  c:type ':%s/Putin/Trump/g<CR>'
  c:cmd 'redraw'
  T.ok(#c:marks() > 5)
  c:done()
  c:type 'u'
  c:done()
  local size = c:lua [[
    local b = require('entente.host.nvim.attach').state(0)
    return b.doc:length() == vim.api.nvim_buf_get_offset(0, vim.api.nvim_buf_line_count(0))]]
  T.eq(size, true)
end)

test('links that take long follow the redraw: nothing goes out meanwhile', function(T, start)
  local c = start()
  c:open(text_of(20000, generator(6)), 'text')
  c:done()
  c:type 'ggOVladimir Putin and Donald Trump spoke. The president left.<Esc>'
  c:done()
  c:cursor(3, 0)
  c:cmd 'Entente focus Putin | redraw'
  local before = c:marks()
  -- what a redraw that waited too long leaves behind, and no background work for a moment
  c:lua [[
    local work = require 'entente.host.nvim.work'
    require('entente.host.nvim.attach').state(0).slow = true
    work.remove, work.add = function() end, function() end]]
  c:type 'ggA Olaf Scholz.<Esc>'
  c:cmd 'redraw'
  T.eq(c:lua 'return require("entente.host.nvim.attach").state(0).provisional', true)
  local now = {}
  for _, m in ipairs(c:marks(true)) do
    now[m] = true
  end
  T.ok(now['0:59-70 EntentePerson'], 'the new name is painted: ' .. vim.inspect(vim.tbl_keys(now)))
  for _, m in ipairs(before) do
    T.ok(now[m] or m:find '^0:%d+%-%d+ EntenteDim' or m:find 'Current', 'kept: ' .. m)
  end
  c:lua [[
    local work = require 'entente.host.nvim.work'
    package.loaded['entente.host.nvim.work'] = nil
    local fresh = require 'entente.host.nvim.work'
    work.add, work.remove = fresh.add, fresh.remove
    work.add(require('entente.host.nvim.attach').state(0))]]
  c:done()
  T.eq(c:lua 'return require("entente.host.nvim.attach").state(0).provisional == nil', true)
  T.eq(c:lua(state_equal), 'equal')
end)

test('lines of 250,000 characters', function(T, start)
  local c = start()
  local long = ('Then Vladimir Putin met Angela Merkel in Minsk. '):rep(5300)
  c:open({ long, 'Olaf Scholz left.' }, 'text')
  c:done()
  c:cmd 'redraw'
  T.ok(vim.tbl_contains(c:marks(), '0:5-19 EntentePerson'))
  c:type '$'
  c:cmd 'redraw'
  local marks = c:marks()
  local far = false
  for _, m in ipairs(marks) do
    far = far or tonumber(m:match ':(%d+)') > 253000
  end
  T.ok(far, 'the end of the line is painted when the cursor is there')
  T.ok(#marks < 5000, #marks .. ' marks')
  c:type 'aEmmanuel Macron<Esc>'
  c:cmd 'set nowrap'
  c:type '0'
  c:cmd 'redraw'
  T.ok(vim.tbl_contains(c:marks(), '0:5-19 EntentePerson'))
end)

test('several windows, hidden buffers, diff mode, tab pages', function(T, start)
  local c = start { lines = 40 }
  local lines = text_of(300, generator(7))
  c:open(lines, 'text')
  c:cmd 'split'
  c:type 'G'
  c:cmd 'redraw'
  T.ok(#c:marks() > 3)
  c:type 'oVladimir Putin left.<Esc>'
  c:cmd 'wincmd w'
  c:type 'ggOVladimir Putin left.<Esc>'
  c:cmd 'redraw'
  T.ok(vim.tbl_contains(c:marks(), '0:0-14 EntentePerson'))
  c:cmd 'wincmd w'
  c:cmd 'redraw'
  T.eq(c:lua(state_equal), 'equal')
  c:cmd 'only | diffthis | vnew | set filetype=text | diffthis | wincmd p | diffoff!'
  c:cmd 'wincmd p'
  c:cmd 'only | tabnew | tabprevious'
  c:cmd 'redraw'
  T.eq(c:lua 'return vim.tbl_count(require("entente.host.nvim.attach").all())', 2)
  c:cmd 'bufdo set nomodified | bdelete'
  c:cmd '%bwipeout!'
  T.eq(c:lua 'return vim.tbl_count(require("entente.host.nvim.attach").all())', 0)
end)

test('a buffer is edited while hidden, unloaded, and loaded again', function(T, start)
  local c = start()
  local file = vim.fn.tempname() .. '.txt'
  vim.fn.writefile(text_of(200, generator(13)), file)
  c:cmd('edit ' .. file)
  local buf = c:eval 'bufnr()'
  c:done()
  c:cmd 'enew'
  c:ask('nvim_buf_set_lines', buf, 0, 1, false, { 'Emmanuel Macron left.', 'Olaf Scholz stayed.' })
  c:ask('nvim_buf_set_lines', buf, 150, -1, false, {})
  c:wait(('return require("entente.host.nvim.attach").state(%d).done == true'):format(buf))
  c:cmd('buffer ' .. buf)
  T.eq(c:lua(state_equal), 'equal')
  c:cmd 'redraw'
  T.ok(vim.tbl_contains(c:marks(), '0:0-15 EntentePerson'), vim.inspect(c:marks()))
  c:cmd('silent write | enew | bunload ' .. buf)
  c:settle()
  T.eq(c:lua(('return require("entente.host.nvim.attach").state(%d) == nil'):format(buf)), true)
  T.eq(c:eval(('bufloaded(%d)'):format(buf)), 0, 'nothing loads it again')
  c:cmd('buffer ' .. buf)
  c:done()
  T.eq(c:lua(state_equal), 'equal')
  os.remove(file)
end)

test('thousands of lines are pasted, put, taken back', function(T, start)
  local c = start()
  c:open(text_of(30, generator(14)), 'text')
  c:done()
  -- painted at once; when all is read, as in a fresh document
  local function complete(what)
    c:cmd 'redraw'
    T.ok(#c:marks(true) > 5, what)
    c:done()
    c:cmd 'redraw'
    T.eq(c:lua(state_equal), 'equal', what)
  end
  local pasted = text_of(6000, generator(15))
  pasted[#pasted + 1] = 'Xi Jinping left.'
  c:cursor(10, 0)
  c:ask('nvim_paste', table.concat(pasted, '\n'), true, -1)
  T.eq(c:lua 'return vim.api.nvim_buf_line_count(0)', 6030)
  complete 'pasted'
  c:type 'u'
  complete 'taken back'
  -- in pieces, as a terminal sends it, each followed by a redraw
  c:cursor(5, 0)
  local text = table.concat(pasted, '\n')
  local step = 40000
  for at = 1, #text, step do
    local phase = at == 1 and 1 or at + step > #text and 3 or 2
    c:ask('nvim_paste', text:sub(at, at + step - 1), true, phase)
    c:cmd 'redraw'
  end
  complete 'pasted in pieces'
  c:type ':2,4000yank<CR>G3p'
  complete 'put'
  c:type 'uu'
  T.eq(c:lua 'return vim.api.nvim_buf_line_count(0)', 30)
  complete 'all taken back'
end)

test('a session killed while typing is recovered from its swap file', function(T, start)
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, 'p')
  local file = folder .. '/a.txt'
  vim.fn.writefile({ 'Vladimir Putin left.' }, file)
  local before = ('set directory=%s updatecount=1'):format(folder)
  local c = T.Child.start { before = before }
  c:cmd 'set swapfile'
  c:cmd('edit ' .. file)
  c:done()
  c:type 'oAngela Merkel stayed.<Esc>'
  c:cmd 'preserve'
  vim.loop.kill(vim.fn.jobpid(c.job), 'sigkill')
  vim.fn.jobwait({ c.job }, 5000)
  pcall(c.stop, c)
  c = start { before = before }
  c:cmd('silent recover ' .. file)
  c:cmd 'setfiletype text'
  c:done()
  T.eq(c:lines(), { 'Vladimir Putin left.', 'Angela Merkel stayed.' })
  T.eq(c:lua(state_equal), 'equal')
  c:cmd 'redraw'
  T.ok(vim.tbl_contains(c:marks(), '1:0-13 EntentePerson'), vim.inspect(c:marks()))
  vim.fn.delete(folder, 'rf')
end)

test('read-only files, terminals and prompts are no trouble', function(T, start)
  local c = start()
  local file = vim.fn.tempname() .. '.txt'
  vim.fn.writefile(text_of(10, generator(9)), file)
  c:cmd('view ' .. file)
  c:cmd 'redraw'
  T.ok(#c:marks() > 3)
  c:cmd 'enew | setlocal buftype=prompt'
  c:cmd 'setfiletype text'
  T.eq(c:lua 'return require("entente.nvim").status()', '')
  c:cmd 'stopinsert | enew! | terminal'
  T.eq(c:lua 'return require("entente.nvim").status()', '')
  c:cmd 'bwipeout!'
  os.remove(file)
end)

test('odd bytes: NUL, invalid UTF-8, CRLF, no last line break, nothing at all', function(T, start)
  local c = start()
  local file = vim.fn.tempname() .. '.txt'
  for _, bytes in ipairs { '', 'Putin\0 met \255\254 Merkel', 'Putin left.\r\nMerkel stayed.\r\n',
    '\n\n', 'Vladimir Putin' } do
    local f = assert(io.open(file, 'wb'))
    f:write(bytes)
    f:close()
    c:cmd('edit! ' .. file)
    c:done()
    T.eq(c:lua(state_equal), 'equal', vim.inspect(bytes))
    c:type 'ggOEmmanuel Macron<Esc>Gdd'
    T.eq(c:lua(state_equal), 'equal', vim.inspect(bytes))
  end
  os.remove(file)
end)

test('1,000 times attached and detached: nothing is left', function(T, start)
  local c = start()
  c:open(text_of(30, generator(3)), 'text')
  c:cmd 'Entente actors | wincmd p'
  c:done()
  local count = [[
    collectgarbage() collectgarbage()
    local handles = 0
    for timer in pairs(_G.timers) do
      handles = handles + (timer:is_closing() and 0 or 1)
    end
    local marks = 0
    for _, ns in pairs(vim.api.nvim_get_namespaces()) do
      marks = marks + #vim.api.nvim_buf_get_extmarks(0, ns, 0, -1, {})
    end
    return { handles, #vim.api.nvim_get_autocmds {}, marks, collectgarbage 'count' }]]
  local cycle = [[
    local e = require 'entente.nvim'
    for i = 1, ... do
      e.attach(0)
      vim.cmd 'redraw'
      if i % 7 == 0 then vim.api.nvim_buf_set_lines(0, 0, 1, false, { 'Vladimir Putin ' .. i }) end
      e.detach(0)
    end]]
  c:lua [[
    _G.timers = {}
    local uv = vim.uv or vim.loop
    local new = uv.new_timer
    uv.new_timer = function()
      local timer = new()
      _G.timers[timer] = true
      return timer
    end]]
  c:lua(cycle, 10)
  local before = c:lua(count)
  c:lua(cycle, 1000)
  c:settle()
  local after = c:lua(count)
  T.eq(after[1], before[1], 'timers')
  -- fewer when those of Neovim's own start, waiting for the terminal's answers, have gone meanwhile
  T.ok(after[2] <= before[2], ('autocommands: %d to %d'):format(before[2], after[2]))
  T.eq(after[3], 0, 'extmarks')
  T.ok(after[4] < before[4] + 600, ('Lua memory: %d to %d KB'):format(before[4], after[4]))
end)

test('the buffer goes away in the middle of everything', function(_, start)
  local c = start()
  c:open(text_of(20000, generator(11)), 'text')
  c:cmd 'Entente actors | wincmd p'
  c:cmd 'bwipeout!'
  vim.wait(100)
  c:settle()
  c:open(text_of(10, generator(12)), 'text')
  c:lua [[
    vim.schedule(function() vim.cmd 'silent! bwipeout!' end)
    require('entente.nvim').attach(0)]]
  vim.wait(50)
  c:settle()
end)

test('start-up: the plugin file takes less than 1 ms', function(T, start)
  start()
  local file = vim.fn.tempname()
  local best = math.huge
  for _ = 1, 40 do -- the best of several starts: a busy machine is not the file's fault
    if best < 1 then
      break
    end
    os.remove(file)
    vim.fn.system { os.getenv 'NVIM_CHILD', '--headless', '-u', 'NONE', '-i', 'NONE',
      '--startuptime', file, '--cmd', 'set rtp^=' .. vim.fn.getcwd(),
      '-c', 'runtime plugin/entente.lua', '-c', 'qa!' }
    for _, line in ipairs(vim.fn.readfile(file)) do
      local ms = line:match '%d+%.%d+%s+%d+%.%d+%s+(%d+%.%d+): sourcing .*plugin/entente%.lua'
        or line:match '^%d+%.%d+%s+(%d+%.%d+)%s+%d+%.%d+: sourcing .*plugin/entente%.lua'
      best = math.min(best, tonumber(ms) or math.huge)
    end
  end
  T.ok(best < 1, best .. ' ms')
end)

return tests
