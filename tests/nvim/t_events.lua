-- User events: when they come, and what they carry.
local tests = {}

-- Both ways to the payload: the event's data (from 0.8 on) and g:entente_event.
local watch = [[
  _G.seen = {}
  vim.api.nvim_create_autocmd('User', {
    pattern = 'Entente*',
    callback = function(ev)
      local event = vim.g.entente_event
      event.same = vim.fn.has 'nvim-0.8' == 0 or vim.deep_equal(ev.data, vim.g.entente_event)
      event.match = ev.match
      table.insert(_G.seen, event)
    end,
  })]]

local function test(what, work)
  tests[#tests + 1] = {
    what,
    function(T)
      local c = T.Child.start()
      local folder = vim.fn.tempname()
      vim.fn.mkdir(folder .. '/.entente', 'p')
      vim.fn.writefile({ 'Vladimir Putin left.' }, folder .. '/a.txt')
      c:lua(watch)
      local ok, problem = pcall(work, c, T, folder)
      return T.ended(c, ok, problem, folder)
    end,
  }
end

-- All events of a name so far, at least one, without what is the same in all.
local function events(c, T, name)
  c:wait(([[
    for _, e in ipairs(_G.seen) do
      if e.name == %q then return true end
    end]]):format(name))
  local out = {}
  for _, e in ipairs(c:lua 'return _G.seen') do
    if e.name == name then
      T.eq({ e.same, e.match }, { true, name })
      e.same, e.match, e.name = nil, nil, nil
      out[#out + 1] = e
    end
  end
  return out
end

test('EntenteAttach: buf', function(c, T, folder)
  c:cmd('edit ' .. folder .. '/a.txt')
  local buf = c:eval 'bufnr()'
  T.eq(events(c, T, 'EntenteAttach'), { { buf = buf } })
  c:lua 'require("entente.nvim").attach(0)'
  T.eq(#events(c, T, 'EntenteAttach'), 1, 'attached already')
end)

test('EntenteUpdate: buf, revision', function(c, T, folder)
  c:cmd('edit ' .. folder .. '/a.txt')
  c:done()
  local buf = c:eval 'bufnr()'
  local first = events(c, T, 'EntenteUpdate')
  T.eq(first[#first].buf, buf)
  c:type 'ggOAngela Merkel stayed.<Esc>'
  c:done()
  c:wait [[return _G.seen[#_G.seen].revision == require('entente.nvim').doc():revision()]]
  local all = events(c, T, 'EntenteUpdate')
  local last = all[#all]
  T.eq(vim.tbl_count(last), 2)
  T.eq(last.buf, buf)
  T.ok(last.revision > first[#first].revision, vim.inspect(all))
end)

test('EntenteDetach: buf', function(c, T, folder)
  c:cmd('edit ' .. folder .. '/a.txt')
  local buf = c:eval 'bufnr()'
  c:lua 'require("entente.nvim").detach(0)'
  T.eq(events(c, T, 'EntenteDetach'), { { buf = buf } })
  c:lua 'require("entente.nvim").attach(0)'
  c:cmd 'bwipeout!'
  c:wait 'return _G.seen[#_G.seen].name == "EntenteDetach"'
  T.eq(events(c, T, 'EntenteDetach'), { { buf = buf }, { buf = buf } })
end)

test('EntenteIndexed: root', function(c, T, folder)
  if vim.fn.executable 'lua5.4' == 0 then
    return 'no Lua 5.4 for the command line'
  end
  c:cmd('let $XDG_CACHE_HOME = "' .. folder .. '/cache"')
  c:cmd('edit ' .. folder .. '/a.txt')
  c:cmd 'Entente index'
  local event = events(c, T, 'EntenteIndexed')[1]
  T.eq(vim.tbl_keys(event), { 'root' })
  T.eq(vim.loop.fs_realpath(event.root), vim.loop.fs_realpath(folder))
end)

return tests
