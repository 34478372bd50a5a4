-- Attaching, following the text, letting go.
local text = {
  'Following a summit with Russian President Vladimir Putin in Alaska, U.S. President',
  'Donald Trump has said that the United States is prepared to offer help to Ukraine.',
  '',
  'Angela Merkel met Vladimir',
  'Putin in Moscow. European leaders welcomed it.',
}

-- The document's text is the buffer's.
local same = [[
  local b = require('entente.host.nvim.attach').state(0)
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n'
  return b.doc:text(0, b.doc:length()) == text]]

local function with(T, lines, work, opts)
  local c = T.Child.start(opts)
  c:open(lines, 'text')
  local ok, problem = pcall(work, c)
  c:stop()
  if not ok then
    error(problem, 0)
  end
end

local operations = {
  { 'insert', 'gg0iMerkel and <Esc>' },
  { 'undo', 'ggdwu' },
  { 'redo', 'ggdwu<C-r>' },
  { 'delete a line', 'ggjdd' },
  { 'delete all and undo', ':%d<CR>u' },
  { 'delete all', ':%d<CR>' },
  { 'join', 'ggJJJ' },
  { 'join and undo', 'ggJJu' },
  { 'substitute', ':%s/Putin/Trump/g<CR>' },
  { 'substitute and undo', ':%s/Putin/Macron/g<CR>u' },
  { 'substitute into two lines', [[:%s/Trump/Olaf\rScholz/g<CR>]] },
  { 'global delete', ':g/Merkel/d<CR>' },
  { 'global move', ':g/./m0<CR>' },
  { 'global move and undo', ':g/./m0<CR>u' },
  { 'put above', 'ggyyGPp' },
  { 'put many', 'ggyG50P' },
  { 'open lines', 'ggOMerkel met<CR>Emmanuel Macron.<Esc>oEnd<Esc>' },
  { 'filter', ':%!sort<CR>' },
  { 'sort and undo', ':sort<CR>u' },
  { 'normal on every line', ':%norm AEU<CR>' },
  { 'indent', 'gg>G' },
  { 'case', 'gggUG' },
  { 'replace mode', 'ggRMerkel<Esc>' },
  { 'macro', 'qqIx<Esc>jq3@q' },
  { 'block insert', 'gg<C-v>GIMr. <Esc>' },
  { 'read a file', ':r plugin/entente.lua<CR>' },
  { 'earlier', 'ddddx:earlier 3<CR>:later 1<CR>' },
  { 'multibyte', 'ggOŁódź “Zelenskyy” 😀 met 習近平<Esc>xhrü' },
  { 'format', ':set tw=30<CR>gggqG' },
  { 'copy', ':1,3t$<CR>' },
  { 'move', ':3m0<CR>' },
  { 'dos format', ':set ff=dos<CR>ggdd' },
  { 'noeol', ':set noeol nofixeol binary<CR>Gdd' },
}

local tests = {}
for _, op in ipairs(operations) do
  tests[#tests + 1] = {
    'the document follows: ' .. op[1],
    function(T)
      with(T, text, function(c)
        c:type(op[2])
        T.eq(c:lua(same), true, 'document and buffer differ')
        local shown = c:marks()
        c:lua [[
          local b = require('entente.host.nvim.attach').state(0)
          require('entente.nvim').detach(0)
          require('entente.nvim').attach(0)]]
        c:cmd 'redraw!'
        T.eq(shown, c:marks(), 'highlights are not those of a fresh document')
        T.ok(not c:messages():find 'E%d+:', c:messages())
      end)
    end,
  }
end

local function test(what, work)
  tests[#tests + 1] = { what, work }
end

test('attaches to prose and nothing else', function(T)
  local c = T.Child.start()
  for _, ft in ipairs { 'text', 'markdown', 'mail', 'tex', 'rst', 'asciidoc', 'org' } do
    c:open(text, ft)
    T.eq(c:lua 'return require("entente.nvim").status() ~= ""', true, ft)
  end
  for _, ft in ipairs { 'lua', 'c', 'gitcommit', 'help' } do
    c:open(text, ft)
    T.eq(c:lua 'return require("entente.nvim").status()', '', ft)
  end
  c:cmd 'enew | setlocal buftype=nofile | setfiletype text'
  T.eq(c:lua 'return require("entente.nvim").status()', '')
  c:cmd 'enew | let b:entente_enabled = v:false | setfiletype text'
  T.eq(c:lua 'return require("entente.nvim").status()', '')
  c:stop()
end)

test('highlights stand right after opening', function(T)
  with(T, text, function(c)
    c:cmd 'redraw'
    local marks = table.concat(c:marks(), '\n')
    T.ok(marks:find('0:42-56 EntentePerson', 1, true), marks)
    T.ok(marks:find('1:0-12 EntentePerson', 1, true), marks)
    T.ok(marks:find('3:18-26 EntentePerson', 1, true), 'first half of a wrapped name\n' .. marks)
    T.ok(marks:find('4:0-5 EntentePerson', 1, true), 'second half of a wrapped name\n' .. marks)
  end)
end)

test('reload by :edit! and from outside', function(T)
  local c = T.Child.start()
  local file = vim.fn.tempname() .. '.txt'
  vim.fn.writefile(text, file)
  c:cmd('edit ' .. file)
  T.eq(c:lua(same), true)
  c:type 'ggdd'
  c:cmd 'edit!'
  T.eq(c:lua(same), true)
  vim.fn.writefile({ 'Emmanuel Macron met Olaf Scholz in Berlin.', 'x' }, file)
  c:cmd 'set autoread | checktime'
  c:settle()
  T.eq(c:lines()[1], 'Emmanuel Macron met Olaf Scholz in Berlin.')
  T.eq(c:lua(same), true)
  c:cmd 'redraw'
  T.ok(vim.tbl_contains(c:marks(), '0:0-15 EntentePerson'), vim.inspect(c:marks()))
  c:cmd 'bdelete!'
  T.eq(c:lua 'return next(require("entente.host.nvim.attach").all()) == nil', true)
  c:stop()
  os.remove(file)
end)

test('a preview of :s is followed and taken back', function(T)
  with(T, text, function(c)
    c:cmd 'set inccommand=nosplit | redraw'
    local before = c:marks()
    c:type ':%s/Putin/Xi Jinping and others'
    c:type '<Esc>'
    T.eq(c:lua(same), true)
    c:cmd 'redraw!'
    T.eq(c:marks(), before)
  end)
end)

test('no library: one line, no traceback', function(T)
  local c = T.Child.start()
  c:lua [[package.loaded['entente.core'] = nil
    package.preload['entente.core'] = function()
      error('entente: no C library for Lua 5.1: run "make" in /x (why)', 0)
    end]]
  c:open(text, 'text')
  c:settle()
  local said = c:messages()
  T.ok(said:find('run "make" in', 1, true), said)
  T.ok(not said:find('stack traceback', 1, true) and not said:find 'E%d+', said)
  c:cmd 'Entente refs'
  T.ok(not c:messages():find('stack traceback', 1, true))
  c:stop()
end)

return tests
