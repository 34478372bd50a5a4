--- admin: building, checking, explaining, help, the tutor.
local attach = require 'entente.host.nvim.attach'
local perform = require 'entente.host.nvim.perform'
local status = require 'entente.host.nvim.status'
local api = vim.api

local M = {}

--- The folder this plugin lies in.
---@return string
function M.root()
  return (debug.getinfo(1, 'S').source:gsub('^@', ''):gsub('/lua/entente/host/nvim/[^/]*$', ''))
end

--- Runs make in the plugin's folder, in the background.
function M.build()
  local root = M.root()
  perform.message('running make in ' .. root, 'info')
  local job = vim.fn.jobstart({ 'make' }, {
    cwd = root,
    on_exit = function(_, code)
      if code == 0 then
        perform.message('built: restart Neovim, or :Entente on', 'info')
      else
        perform.message(('make failed (%d): run it in %s to see why'):format(code, root))
      end
    end,
  })
  if job <= 0 then
    perform.message('cannot run make: install make and a C compiler, then run make in ' .. root)
  end
end

--- :checkhealth entente
function M.doctor()
  vim.cmd 'checkhealth entente'
end

--- :help entente; a fresh clone has no tags yet.
function M.help(call)
  if vim.fn.filereadable(M.root() .. '/doc/tags') == 0 then
    pcall(vim.cmd, 'silent helptags ' .. vim.fn.fnameescape(M.root() .. '/doc'))
  end
  local tag = call.name ~= '' and 'entente-' .. call.name or 'entente'
  local help = call.mods .. ' help '
  if not pcall(vim.cmd, help .. tag) and not pcall(vim.cmd, help .. 'entente') then
    perform.message 'run :helptags ALL once, then :help entente'
  end
end

--- One line about this buffer.
function M.status()
  local text = status.text(0)
  perform.message(text == '' and 'not attached: :Entente on' or text, 'info')
end

--- Why the span under the cursor is what it is.
function M.explain()
  local q, message = perform.question(0)
  if not q then
    return perform.message(message)
  end
  local action = require('entente.commands').explain(q)
  perform.perform(q.buf, action)
end

--- The longest slice of background work and what is loaded.
function M.log()
  local work = require 'entente.host.nvim.work'
  local n = vim.tbl_count(attach.all())
  perform.message(('%d buffers, longest slice %.1f ms'):format(n, work.longest), 'info')
end

--- A practice text in a buffer of its own, as vimtutor does.
function M.tutor()
  local file = M.root() .. '/doc/entente-tutor.txt'
  local ok, lines = pcall(vim.fn.readfile, file)
  if not ok or #lines == 0 then
    return perform.message('the practice text is not at ' .. file)
  end
  vim.cmd 'tabnew'
  local buf = api.nvim_get_current_buf()
  api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  api.nvim_buf_set_option(buf, 'bufhidden', 'wipe')
  api.nvim_buf_set_option(buf, 'swapfile', false)
  api.nvim_buf_set_option(buf, 'filetype', 'text')
  api.nvim_buf_set_option(buf, 'modified', false)
  api.nvim_win_set_cursor(0, { 1, 0 })
  attach.attach(buf)
end

return M
