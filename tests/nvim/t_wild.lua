-- Everything is taken away in the middle of work: windows, buffers, the document, the editor; and
-- callbacks of the user's raise.
local tests = {}

local function test(what, work)
  tests[#tests + 1] = {
    what,
    function(T)
      local c = T.Child.start()
      local ok, problem = pcall(work, c, T)
      pcall(c.stop, c)
      if not ok then
        error(problem, 0)
      end
    end,
  }
end

local function long()
  local out = {}
  for i = 1, 6000 do
    out[i] = ('Vladimir Putin rejected plan %d. Angela Merkel met Ada Berg%d.'):format(i, i)
  end
  return out
end

-- The document's text is the buffer's.
local same = [[
  local b = require('entente.host.nvim.attach').state(0)
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n'
  return b ~= nil and b.doc:text(0, b.doc:length()) == text]]

-- Neovim itself shows each error of a callback and waits for a key: one that presses it.
local presses = [[
  vim.o.more = false
  local timer = vim.loop.new_timer()
  timer:start(10, 10, function()
    local mode = vim.api.nvim_get_mode()
    if mode.blocking and mode.mode:find '^r' then
      vim.api.nvim_input '<CR>'
    end
  end)]]

test('errors in callbacks of the user stop nothing', function(c, T)
  c:lua(presses)
  for _, name in ipairs { 'Attach', 'Update', 'Detach' } do
    c:cmd(("autocmd User Entente%s let g:told%s = 1 | lua error('mine')"):format(name, name))
  end
  pcall(c.open, c, long(), 'text') -- the user's error may reach whoever changed the text
  pcall(c.type, c, 'ggdd')
  pcall(c.type, c, 'GoAngela Merkel left.<Esc>')
  T.ok(c:lua(same), 'the document follows')
  c:done()
  pcall(c.cmd, c, 'bwipeout!')
  c:settle()
  for _, name in ipairs { 'Attach', 'Update', 'Detach' } do
    T.eq(c:eval(("get(g:, 'told%s')"):format(name)), 1, name .. ' was told')
  end
  c:cmd 'autocmd! User'
  c:open({ 'Vladimir Putin met Angela Merkel.' }, 'text')
  c:done()
  T.ok(c:lua(same), 'another buffer is followed')
  T.ok(#c:marks() > 0, 'and marked')
end)

test('windows and tab pages are closed in the middle of work', function(c, T)
  c:open(long(), 'text')
  c:cmd 'split | vsplit | tab split'
  c:cmd 'Entente actors'
  c:cmd 'tabonly! | only!'
  c:cmd 'enew!'
  c:settle()
  T.eq(#c:ask 'nvim_list_tabpages', 1)
  c:open({ 'Vladimir Putin met Angela Merkel.' }, 'text')
  c:done()
  T.ok(c:lua(same), 'another buffer is followed')
end)

test('a document that is closed under the editor is told once and stops nothing', function(c, T)
  c:open(long(), 'text')
  c:lua "require('entente.host.nvim.attach').state(0).doc:close()"
  pcall(c.type, c, 'ggdd')
  pcall(c.cmd, c, 'redraw!')
  pcall(c.cmd, c, 'silent! Entente actors')
  c:type '<Esc>'
  T.eq(c:eval '1 + 1', 2)
  c:cmd 'silent! bwipeout!'
  c:open({ 'Vladimir Putin met Angela Merkel.' }, 'text')
  c:done()
  T.ok(c:lua(same), 'another buffer is followed')
end)

test('memory that is collected in the middle of slices', function(c, T)
  c:open(long(), 'text')
  for _ = 1, 30 do
    c:lua 'collectgarbage() collectgarbage()'
    c:type 'ggjdd'
  end
  T.ok(c:lua(same), 'the document follows')
end)

test('the editor is closed in the middle of work', function(c, T)
  c:open(long(), 'text')
  c:cmd 'Entente actors'
  pcall(c.cmd, c, 'qa!')
  local status = vim.fn.jobwait({ c.job }, 20000)[1]
  T.eq(status, 0, 'its status')
end)

return tests
