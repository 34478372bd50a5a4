--- export: the text's findings, or a table, into a file or a new buffer.
local perform = require 'entente.host.nvim.perform'
local tables = require 'entente.tables'
local api = vim.api

local M = {}

local filetypes = { jsonl = 'json', csv = 'csv', md = 'markdown', html = 'html', dot = 'dot' }

-- Into a file, or into a new buffer when no file is named. Never over a file without !.
local function put(text, file, filetype, force, mods)
  if file and file ~= '' then
    file = vim.fn.expand(file)
    if vim.fn.filereadable(file) == 1 and not force then
      return perform.message(('%s is there already (add ! to write over it)'):format(file))
    end
    local f, message = io.open(file, 'wb')
    if not f then
      return perform.message('cannot write ' .. tostring(message))
    end
    f:write(text)
    f:close()
    return perform.message('wrote ' .. vim.fn.fnamemodify(file, ':~:.'), 'info')
  end
  vim.cmd((mods or '') .. ' new')
  local buf = api.nvim_get_current_buf()
  api.nvim_buf_set_option(buf, 'buftype', 'nofile')
  api.nvim_buf_set_option(buf, 'bufhidden', 'wipe')
  api.nvim_buf_set_lines(buf, 0, -1, false, vim.split((text:gsub('\n$', '')), '\n'))
  api.nvim_buf_set_option(buf, 'filetype', filetype or '')
end

--- `:Entente export FORMAT [FILE]`: any format of the command line; `! spell`: for this session.
function M.run(call)
  local format, file = call.words[1], call.words[2]
  local q, message = perform.question(0)
  if not q then
    return perform.message(message)
  end
  local names = require('entente.format').names
  if not format or not vim.tbl_contains(names, format) then
    return perform.message('export ' .. table.concat(names, ', ') .. ' [FILE]')
  end
  local name = vim.fn.fnamemodify(api.nvim_buf_get_name(q.buf), ':t')
  local text, sorry = q.doc:export(format, { name = name ~= '' and name or '-' })
  if not text then
    return perform.message(sorry or 'nothing to export')
  elseif format == 'spell' and call.bang and not file then
    return M.spellfile(text)
  end
  put(text, file, filetypes[format], call.bang, call.mods)
end

--- `:Entente! export spell`: the names become good words of this Neovim's spell checking.
---@param text string
function M.spellfile(text)
  local n = 0
  for word in text:gmatch '[^\n]+' do
    pcall(vim.cmd, 'silent spellgood! ' .. word)
    n = n + 1
  end
  perform.message(n .. ' words are good for spell checking in this session', 'info')
end

--- Asks for a format and a file, then exports a table as shown (the x key of list windows).
---@param t table
---@param how table
function M.ask(t, how)
  vim.ui.select({ 'csv', 'md' }, { prompt = 'Export as' }, function(format)
    if not format then
      return
    end
    local ask = { prompt = 'File (-: a new buffer): ', default = '-', completion = 'file' }
    vim.ui.input(ask, function(file)
      if file then
        put(tables.export(t, how, format), file ~= '-' and file or nil, filetypes[format])
      end
    end)
  end)
end

return M
