-- The language server inside Neovim: what pickers, outlines and LSP keys ask, answered from the
-- documents that the highlights come from.
local article = {
  'Russian President Vladimir Putin met Donald Trump in Alaska. Trump said that the United States',
  'is prepared to offer security guarantees to Ukraine.',
  '',
  'Germany rejected the peace plan. Emmanuel Macron backed the peace plan on 19 August 2025.',
  'Russia opposes the security guarantees. Putin spoke.',
}

local tests = {}

local ask = [[
  local method, params = ...
  local full = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, 'utf-16'), params or {})
  local out = vim.lsp.buf_request_sync(0, method, full, 20000)
  local client = vim.lsp.get_clients({ name = 'entente' })[1]
  local answer = out and out[client.id] or { error = 'no answer' }
  return { result = answer.result or answer.err or answer.error }]]

local function test(what, work)
  tests[#tests + 1] = {
    what,
    function(T)
      local c = T.Child.start()
      if not T.at_least(0, 10) then
        c:open(article, 'text')
        c:cmd('silent file ' .. vim.fn.tempname() .. '.txt')
        c:done()
        local n = c:lua 'return #vim.lsp.get_active_clients()'
        c:stop()
        T.eq(n, 0)
        return 'Neovim before 0.10 takes no server inside of it'
      end
      local folder = vim.fn.tempname()
      vim.fn.mkdir(folder .. '/.entente', 'p')
      vim.fn.writefile(article, folder .. '/a.txt')
      c:cmd('edit ' .. folder .. '/a.txt')
      c:done()
      c:wait 'return #vim.lsp.get_clients({ name = "entente", bufnr = 0 }) == 1'
      local ok, problem = pcall(work, c, T, function(method, params)
        return c:lua(ask, method, params).result
      end, folder)
      return T.ended(c, ok, problem, folder)
    end,
  }
end

test('references, definition, hover, outline, highlights', function(c, T, lsp)
  c:cursor(5, 42)
  T.eq(#lsp('textDocument/references', { context = { includeDeclaration = true } }), 2)
  T.ok(vim.inspect(lsp 'textDocument/hover'):find('Vladimir Putin', 1, true))
  local place = lsp 'textDocument/definition'
  place = place[1] or place
  T.eq((place.range or place.targetSelectionRange).start, { line = 0, character = 18 })
  T.ok(vim.inspect(lsp 'textDocument/documentSymbol'):find('Emmanuel Macron', 1, true))
  T.eq(#lsp 'textDocument/documentHighlight', 2)
  c:lua 'vim.lsp.buf.references()'
  c:wait 'return #vim.fn.getqflist() == 2'
end)

test('keys of Neovim: K, CTRL-], and completion stay as they should', function(c, T)
  c:cursor(5, 42)
  c:type 'K'
  c:wait [[
    for _, win in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(win).relative ~= '' then return true end
    end]]
  c:cmd 'only!'
  T.ok(c:eval('&tagfunc'):find('entente.nvim', 1, true))
  T.ok(c:eval('&omnifunc'):find('entente.nvim', 1, true))
end)

test('nothing is painted or reported twice', function(c, T)
  local caps = c:lua [[
    local caps = vim.lsp.get_clients({ name = 'entente' })[1].server_capabilities
    return { caps.semanticTokensProvider ~= nil, caps.diagnosticProvider ~= nil }]]
  T.eq(caps, { false, false })
end)

test('answers follow the text at once', function(c, T, lsp)
  c:type 'ggOPutin “😀” told Putin no.<Esc>'
  c:cursor(6, 42)
  local refs = lsp('textDocument/references', { context = { includeDeclaration = true } })
  T.eq(#refs, 4, vim.inspect({ c:lines(), refs }))
  T.eq(refs[2].range.start, { line = 0, character = 16 })
  c:type 'u'
  T.eq(#lsp('textDocument/references', { context = { includeDeclaration = true } }), 2)
  c:cmd '%d'
  T.eq(#lsp 'textDocument/documentSymbol', 0)
  c:cmd 'undo'
  T.ok(#lsp 'textDocument/documentSymbol' > 2)
end)

test('rename and code actions', function(c, T, lsp, folder)
  c:cursor(5, 42)
  c:lua 'vim.lsp.buf.rename("Poutine")'
  c:wait 'return vim.fn.getline(5):find("Poutine", 1, true) ~= nil'
  T.ok(c:lines()[1]:find('Poutine', 1, true), c:lines()[1])
  c:cmd 'undo'
  c:cursor(5, 42)
  local actions = lsp('textDocument/codeAction', {
    range = { start = { line = 4, character = 42 }, ['end'] = { line = 4, character = 42 } },
    context = { diagnostics = {} },
  })
  local ignore
  for _, action in ipairs(actions) do
    if action.command.command == 'entente.ignore' then
      ignore = action.command
    end
  end
  c:lua([[local o = ...
    vim.lsp.buf_request_sync(0, 'workspace/executeCommand', o, 20000)]], ignore)
  local text = table.concat(vim.fn.readfile(folder .. '/.entente/lexicon.tsv'), '\n')
  T.ok(text:find('ignore\tPutin', 1, true), text)
  c:cmd 'redraw'
  T.ok(not vim.tbl_contains(c:marks(), '4:40-45 EntentePerson'), vim.inspect(c:marks()))
  c:cmd 'Entente undo | redraw'
  T.ok(vim.tbl_contains(c:marks(), '4:40-45 EntentePerson'), vim.inspect(c:marks()))
end)

test('the option turns it off; detaching ends it', function(c, T)
  c:cmd 'Entente off'
  c:lua 'require("entente.nvim").detach(0)'
  c:wait 'return #vim.lsp.get_clients({ bufnr = 0 }) == 0'
  c:lua 'require("entente.nvim").setup { lsp = false }'
  c:lua 'require("entente.nvim").attach(0)'
  c:done()
  T.eq(c:lua 'return #vim.lsp.get_clients({ bufnr = 0 })', 0)
end)

-- A start of the server waits between its parts, so a cycle takes 30 ms or more.
local cycles = tonumber(os.getenv 'ENTENTE_CYCLES') or 200

test(cycles .. ' times attached, served and detached: nothing is left', function(c, T)
  c:lua [[
    local timers, new = setmetatable({}, { __mode = 'k' }), vim.uv.new_timer
    vim.uv.new_timer = function()
      local timer = new()
      timers[timer] = true
      return timer
    end
    function _G.cycle(n)
      local e = require 'entente.nvim'
      for i = 1, n do
        e.attach(0)
        assert(vim.wait(20000, function()
          return #vim.lsp.get_clients { name = 'entente', bufnr = 0 } == 1
        end, 1), 'not served, time ' .. i)
        vim.api.nvim_buf_set_lines(0, 0, 1, false, { 'Vladimir Putin ' .. i })
        local params = { textDocument = vim.lsp.util.make_text_document_params() }
        assert(vim.lsp.buf_request_sync(0, 'textDocument/documentSymbol', params, 20000))
        e.detach(0)
        assert(vim.wait(20000, function()
          return #vim.lsp.get_clients { bufnr = 0 } == 0
        end, 1), 'still served, time ' .. i)
      end
    end
    function _G.count()
      vim.wait(100)
      collectgarbage() collectgarbage()
      local open, marks = 0, 0
      for timer in pairs(timers) do
        open = open + (timer:is_closing() and 0 or 1)
      end
      for _, ns in pairs(vim.api.nvim_get_namespaces()) do
        marks = marks + #vim.api.nvim_buf_get_extmarks(0, ns, 0, -1, {})
      end
      return { timers = open, autocommands = #vim.api.nvim_get_autocmds {}, marks = marks,
        clients = #vim.lsp.get_clients(), memory = collectgarbage 'count' }
    end]]
  c:lua 'require("entente.nvim").detach(0) vim.wait(100)'
  for _ = 1, math.max(100, cycles / 4), 20 do
    c:lua '_G.cycle(20)' -- until LuaJIT has compiled what it will
  end
  local before = c:lua 'return _G.count()'
  for _ = 1, cycles, 20 do
    c:lua '_G.cycle(20)'
  end
  local after = c:lua 'return _G.count()'
  T.eq(after.marks, 0, 'extmarks')
  T.ok(after.memory < before.memory + 600,
    ('Lua memory: %d to %d KB'):format(before.memory, after.memory))
  for _, what in ipairs { 'timers', 'autocommands', 'clients' } do
    T.ok(after[what] <= before[what], ('%s: %d to %d'):format(what, before[what], after[what]))
  end
end)

test('a buffer that goes away, a session that ends', function(c, T)
  c:lua [[
    local params = { textDocument = vim.lsp.util.make_text_document_params() }
    vim.lsp.buf_request(0, 'textDocument/documentSymbol', params, function() end)]]
  c:cmd 'bwipeout!'
  c:settle()
  T.eq(c:lua 'return next(require("entente.host.nvim.attach").all()) == nil', true)
  c:lua 'vim.lsp.stop_client(vim.lsp.get_clients())'
  c:wait 'return #vim.lsp.get_clients() == 0'
end)

return tests
