--- report: the page of who stands where, of this text or of the project; a browser shows it.
local perform = require 'entente.host.nvim.perform'
local api = vim.api

local M = {}

-- Programs that open a page, in the order in which they are tried before Neovim 0.10.
local openers = { 'xdg-open', 'open', 'wslview', 'explorer.exe' }

-- Hands the page to the system.
local function open(file)
  if vim.ui.open then
    local ok, job = pcall(vim.ui.open, file)
    return ok and job ~= nil
  end
  for _, program in ipairs(openers) do
    if vim.fn.executable(program) == 1 then
      return vim.fn.jobstart({ program, file }, { detach = true }) > 0
    end
  end
  return false
end

-- The page is there: shown when no file was asked for.
local function ready(file, show)
  local shown = show and open(file)
  local where = vim.fn.fnamemodify(file, ':~:.')
  perform.message(('%s %s'):format(shown and 'opened' or 'wrote', where), 'info')
end

-- A place of our own for a page nobody named.
local function nameless(name)
  local folder = vim.fn.stdpath 'cache' .. '/entente'
  vim.fn.mkdir(folder, 'p')
  return folder .. '/' .. (name:gsub('[^%w%-_.]', '_')) .. '.html'
end

-- The page of one document.
local function page(q, name)
  local parts, message = require('entente.report.parts').read()
  if not parts then
    return nil, message
  end
  local text = q.doc:text(0, q.doc:length())
  local collector = require('entente.report.collect').new()
  collector:document(name, require('entente.report.when').of(name, text), text, q.doc)
  return require('entente.report.page').render(collector:finish(), name, parts)
end

local function of_text(file, show)
  local q, message = perform.question(0)
  if not q then
    return perform.message(message)
  end
  local name = vim.fn.fnamemodify(api.nvim_buf_get_name(q.buf), ':t')
  name = name ~= '' and name or 'unnamed'
  local html, sorry = page(q, name)
  if not html then
    return perform.message(sorry)
  end
  file = file or nameless(name)
  local f, why = io.open(file, 'wb')
  if not f then
    return perform.message('cannot write ' .. tostring(why))
  end
  f:write(html)
  f:close()
  ready(file, show)
end

local function of_project(file, show)
  local index = require 'entente.host.nvim.index'
  local folder = index.root()
  file = file or nameless(vim.fn.fnamemodify(folder, ':t'))
  index.run({ 'report', '--project', folder, '-o', file }, function(code, _, complaint)
    if code > 1 then
      return perform.message(complaint)
    end
    ready(file, show)
  end)
end

--- `:Entente report [FILE] [-project]`: the page of this text as it is now, or of the project's
--- index. Without a file it is shown in a browser. Never over a file without !.
---@param call entente.Call
function M.run(call)
  local file = call.name ~= '' and vim.fn.fnamemodify(vim.fn.expand(call.name), ':p') or nil
  if file and vim.fn.filereadable(file) == 1 and not call.bang then
    return perform.message(('%s is there already (add ! to write over it)'):format(call.name))
  end
  local make = call.flags.project and of_project or of_text
  make(file, file == nil)
end

return M
