--- export: the text's findings, or a table, into a file or a new buffer.
local mirror = require 'entente.host.nvim.mirror'
local perform = require 'entente.host.nvim.perform'
local tables = require 'entente.tables'
local api = vim.api

local M = {}

local whole = { jsonl = 'json', conll = '', ann = '', html = 'html', csv = 'csv' }

-- Into a file, or into a new buffer when no file is named. Never over a file without !.
local function put(text, file, filetype, force)
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
  vim.cmd 'new'
  local buf = api.nvim_get_current_buf()
  api.nvim_buf_set_option(buf, 'buftype', 'nofile')
  api.nvim_buf_set_option(buf, 'bufhidden', 'wipe')
  api.nvim_buf_set_lines(buf, 0, -1, false, vim.split((text:gsub('\n$', '')), '\n'))
  api.nvim_buf_set_option(buf, 'filetype', filetype or '')
end

-- All findings in one of the engine's formats.
local function findings(q, format)
  local ok, writer = pcall(require, 'entente.format.' .. format)
  if not ok then
    return nil
  end
  local out = { writer.head and writer.head 'tag' or '' }
  local function write(...)
    for i = 1, select('#', ...) do
      out[#out + 1] = select(i, ...)
    end
  end
  local name = vim.fn.fnamemodify(api.nvim_buf_get_name(q.buf), ':t')
  writer.tag(q.doc, mirror.text(q.buf), name ~= '' and name or '-', { unit = 'byte' }, write)
  return table.concat(out)
end

-- Names for a spell checker's word list: each word of each name once.
local function spell(q)
  local words, seen = {}, {}
  for _, name in ipairs(tables.names(q.doc, '')) do
    for word in name:gmatch "[%w\128-\255'’-]+" do
      if not seen[word] and word:find '%u' then
        seen[word] = true
        words[#words + 1] = word
      end
    end
  end
  table.sort(words)
  return table.concat(words, '\n') .. '\n'
end

local function board(q, format)
  local ok, b = pcall(require, 'entente.board')
  return ok and b[format] and b[format](q) or nil
end

--- `:Entente export FORMAT [FILE]`; csv, md and dot are the board, `spell` a word list.
function M.run(call)
  local format, file = call.words[1], call.words[2]
  local q, message = perform.question(0)
  if not q then
    return perform.message(message)
  end
  local text
  if format == 'spell' then
    text = spell(q)
    if not file and call.bang then
      return M.spellfile(text)
    end
  elseif format == 'md' or format == 'dot' then
    text = board(q, format)
  elseif format and whole[format] then
    text = findings(q, format)
  end
  if not text then
    return perform.message 'export csv, jsonl, conll, ann, md, dot or spell [FILE]'
  end
  put(text, file, whole[format], call.bang)
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
    vim.ui.input({ prompt = 'File (empty: a new buffer): ', completion = 'file' }, function(file)
      if file then
        put(tables.export(t, how, format), file, format == 'md' and 'markdown' or 'csv')
      end
    end)
  end)
end

return M
