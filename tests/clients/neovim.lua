-- A session of Neovim's own client with the language server, told in lines for run.sh.
local function out(...)
  io.write(string.format(...), '\n')
end
dofile '/entente-test/start.lua' -- the line of doc/editors.md

local function wait(what, holds)
  if not vim.wait(60000, holds, 20) then
    out('waited in vain: %s', what)
  end
end

local buf = vim.api.nvim_get_current_buf()
wait('the client', function()
  local client = vim.lsp.get_clients({ bufnr = buf })[1]
  return client and client.initialized
end)

local function ask(method, more)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(), more or {})
  local answer = (vim.lsp.buf_request_sync(buf, method, params, 60000) or {})[1]
  return answer and answer.result
end

local groups = {}
wait('semantic tokens', function()
  for _, t in ipairs(vim.lsp.semantic_tokens.get_at_pos(buf, 0, 12) or {}) do
    groups[#groups + 1] = t.type
  end
  return groups[1]
end)
out('tokens %s', table.concat(groups, ' '))
vim.api.nvim_win_set_cursor(0, { 2, 2 })
out('references %d', #ask('textDocument/references', { context = { includeDeclaration = true } }))
out('hover %s', ask('textDocument/hover').contents.value)
out('outline %s', ask('textDocument/documentSymbol')[1].name)
out('tagfunc %s', vim.bo.tagfunc)
vim.cmd 'normal! gg'
vim.api.nvim_win_set_cursor(0, { 2, 2 })
vim.cmd 'tag Putin'
out('tag %d', vim.fn.line '.')
vim.api.nvim_win_set_cursor(0, { 2, 2 })
vim.lsp.buf.rename 'Dmitry Peskov'
wait('the renamed text', function()
  return vim.api.nvim_buf_get_lines(buf, 0, 1, false)[1]:find 'Peskov'
end)
out('%s', table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, false), '\n'))
vim.cmd 'qa!'
