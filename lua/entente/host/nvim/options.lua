--- options: vim.g.entente, setup() and b:entente laid over the defaults.
local config = require 'entente.config'

local M = {}

local given -- what setup() got
local cache -- values for buffers without options of their own
local version = 0

-- vim.g.entente: a table, or a function that returns one.
local function global()
  local value = vim.g.entente
  if type(value) == 'function' then
    local ok, result = pcall(value)
    value = ok and result or nil
  end
  return type(value) == 'table' and value or nil
end

--- Merges options; takes effect at once.
---@param opts table<string, any>|nil
function M.setup(opts)
  given = vim.tbl_extend('force', given or {}, opts or {})
  M.reset()
  if package.loaded['entente.host.nvim.attach'] then
    require('entente.host.nvim.attach').refresh_all()
  end
end

--- Forgets what was read, so that changes of vim.g.entente count.
function M.reset()
  cache = nil
  version = version + 1
end

--- Grows when options may have changed.
---@return integer
function M.version()
  return version
end

local function own(buf)
  local ok, value = pcall(vim.api.nvim_buf_get_var, buf, 'entente')
  return ok and type(value) == 'table' and value or nil
end

--- Option values for a buffer.
---@param buf integer|nil
---@return table<string, any> values, string[] problems
function M.get(buf)
  local mine = buf and own(buf)
  if mine then
    return config.resolve(global(), given, mine)
  end
  if not cache then
    cache = { config.resolve(global(), given) }
  end
  return cache[1], cache[2]
end

--- Changes one option for this session ("toggle").
---@param name string
---@param value any
function M.set(name, value)
  M.setup { [name] = value }
end

--- May this buffer be attached by its file type?
---@param buf integer
---@param filetype string
---@return boolean
function M.wants(buf, filetype)
  local values = M.get(buf)
  local ok, off = pcall(vim.api.nvim_buf_get_var, buf, 'entente_enabled')
  if ok and (off == false or off == 0) then
    return false
  end
  return values.enabled and vim.tbl_contains(values.filetypes, filetype)
end

return M
