--- index: questions to the whole project, put to the command line in the background; the answers
--- become a quickfix list.
local attach = require 'entente.host.nvim.attach'
local commands = require 'entente.commands'
local perform = require 'entente.host.nvim.perform'
local project = require 'entente.host.nvim.project'
local api = vim.api

local M = {}

--- Commands that can be put to a project, and whether they need a name.
M.asked = { actors = false, proposals = false, stances = false, refs = true }

--- The folder of the current buffer's project.
---@return string
function M.root()
  return vim.fn.fnamemodify(project.path(api.nvim_get_current_buf()), ':h:h')
end

--- Runs the command line; `done(code, lines, complaint)` gets what it printed.
---@param arguments string[]
---@param done fun(code: integer, lines: string[], complaint: string)
function M.run(arguments, done)
  local out, err = {}, {}
  local bin = require('entente.host.nvim.admin').root() .. '/bin/entente'
  if vim.fn.executable(bin) == 0 then
    bin = 'entente'
  end
  local ok, job = pcall(vim.fn.jobstart, vim.list_extend({ bin }, arguments), {
    cwd = M.root(),
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = function(_, lines)
      out = lines
    end,
    on_stderr = function(_, lines)
      err = lines
    end,
    on_exit = function(_, code)
      done(code, out, table.concat(err, ' '))
    end,
  })
  if not ok or job <= 0 then
    perform.message('cannot run ' .. bin .. ': :checkhealth entente')
  end
end

local function entries(folder, lines)
  local out = {}
  for _, line in ipairs(lines) do
    local file, row, col, text = line:match '^(.-):(%d+):(%d+):%s?(.*)$'
    if file then
      local path = file:sub(1, 1) == '/' and file or folder .. '/' .. file
      out[#out + 1] = { filename = path, lnum = tonumber(row), col = tonumber(col), text = text }
    end
  end
  return out
end

-- The name a question is about: what was typed, else the actor under the cursor.
local function name_of(call)
  if call.name ~= '' then
    return call.name
  end
  local q, message = perform.question(0)
  local id, sorry
  if q then
    id, sorry = commands.entity(q)
  end
  return id and q.doc:entity(id).name, message or sorry and sorry.text
end

--- `:Entente refs NAME -project` and the like.
---@param what string
---@param call entente.Call
function M.ask(what, call)
  local arguments, folder, name = { what }, M.root(), nil
  if M.asked[what] then
    local message
    name, message = name_of(call)
    if not name then
      return perform.message(message)
    end
    arguments[2] = name
  elseif M.asked[what] == false and call.name ~= '' then
    arguments[2] = call.name -- a name or a query
  end
  vim.list_extend(arguments, { '--project', folder, '--format', 'vimgrep' })
  M.run(arguments, function(code, lines, complaint)
    local items = entries(folder, lines)
    if code > 1 or #items == 0 then
      return perform.message(complaint ~= '' and complaint or 'nothing found in ' .. folder)
    end
    local title = ('%s%s in the project'):format(what, name and ' ' .. name or '')
    vim.fn.setqflist({}, ' ', { title = title, items = items, context = 'entente' })
    local height = math.min(#items, attach.state(0) and attach.state(0).values.height or 12)
    vim.cmd(call.mods .. ' copen ' .. height)
    perform.message(('%s: %d'):format(title, #items), 'info')
  end)
end

--- `:Entente index[!] [PATHS]`: reads the project into its index; questions take -project then.
--- With ! from the beginning.
---@param call entente.Call
function M.index(call)
  local folder = M.root()
  local arguments = call.bang and { 'index', '--rebuild' } or { 'index' }
  for _, path in ipairs(call.words[1] and call.words or { folder }) do
    arguments[#arguments + 1] = vim.fn.fnamemodify(vim.fn.expand(path), ':p')
  end
  perform.message('reading ' .. folder, 'info')
  M.run(arguments, function(code, lines, complaint)
    if code > 1 then
      return perform.message(complaint)
    end
    local said = table.concat(lines, ' ')
    perform.message(said ~= '' and said or complaint, 'info')
    attach.event('EntenteIndexed', { root = folder })
  end)
end

return M
