--- health: what is there, what is missing, and what to run next.
local options = require 'entente.host.nvim.options'

local M = {}

-- 0.7 to 0.9 name these functions otherwise.
local function reporter()
  local h = vim.health or require 'health'
  return {
    start = h.start or h.report_start,
    ok = h.ok or h.report_ok,
    warn = h.warn or h.report_warn,
    error = h.error or h.report_error,
    info = h.info or h.report_info,
  }
end

local function library(r)
  r.start 'entente: library'
  local root = require('entente.host.nvim.admin').root()
  local ent, message = require('entente.host.nvim.attach').engine()
  if not ent then
    r.error(message, { 'run :Entente build', 'or run make in ' .. root })
    return nil
  end
  r.ok(('version %s for Lua %s, in %s'):format(ent.version, ent.abi, root))
  return ent
end

local function model(r, ent)
  r.start 'entente: model'
  local m, message = ent.model()
  if not m then
    r.error(message, { 'run make in ' .. require('entente.host.nvim.admin').root() })
    return
  end
  local date = m:info 'date'
  r.ok(ent.model_path() .. (date and ', made ' .. date or ''))
end

local function settings(r)
  r.start 'entente: options'
  options.reset()
  local _, problems = options.get()
  if #problems == 0 then
    r.ok 'all options are known and well formed'
  end
  for _, problem in ipairs(problems) do
    r.warn(problem, { 'see :help entente-options' })
  end
end

local function buffers(r)
  r.start 'entente: this session'
  local n = 0
  for buf, b in pairs(require('entente.host.nvim.attach').all()) do
    n = n + 1
    local state = b.done and 'analysed' or 'being read'
    r.info(('buffer %d: %d bytes, %s'):format(buf, b.doc:length(), state))
  end
  if n == 0 then
    r.info 'no buffer is attached: open a text, or :Entente on'
  end
  local work = package.loaded['entente.host.nvim.work']
  if work and work.longest > 0 then
    r.info(('longest slice of background work: %.1f ms'):format(work.longest))
  end
end

local function neighbours(r)
  r.start 'entente: neighbours'
  local odd = false
  if package.loaded['illuminate'] then
    odd = true
    r.info 'vim-illuminate also marks the word under the cursor: turn one off in text files'
  end
  if vim.fn.has 'nvim-0.7.2' == 0 then
    odd = true
    r.warn 'Neovim 0.7.2 is the oldest version that is tested'
  end
  if not odd then
    r.ok 'nothing that disturbs'
  end
end

--- What :checkhealth entente runs.
function M.check()
  local r = reporter()
  local ent = library(r)
  if ent then
    model(r, ent)
  end
  settings(r)
  buffers(r)
  neighbours(r)
end

return M
