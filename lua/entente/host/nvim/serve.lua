--- serve: starts the language server inside Neovim for a buffer, a part at a time, and ends it.
local attach = require 'entente.host.nvim.attach'
local api = vim.api

local M = {}

local NAME = 'entente'
local PAUSE_MS = 8 -- between the parts of a start: together they would be felt

-- The clients of ours (and others of that name) that serve a buffer.
local function clients(buf)
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  return get { bufnr = buf, name = NAME }
end

local function begin(b)
  vim.lsp.start({
    name = NAME,
    cmd = require('entente.host.nvim.server').cmd,
    root_dir = b.lexicon and vim.fn.fnamemodify(b.lexicon, ':h:h') or nil,
    init_options = { semanticTokens = 'off' },
  }, { bufnr = b.buf })
end

--- Starts serving a buffer, when the options say so and nothing of that name does yet.
---@param b entente.Buffer
function M.start(b)
  if not b.values.lsp or vim.fn.has 'nvim-0.10' == 0 or api.nvim_buf_get_name(b.buf) == '' then
    return
  end
  local parts = {
    function() return vim.lsp.start end,
    function() require 'entente.lsp.server' end,
    function() return clients(b.buf)[1] or begin(b) end,
  }
  local function next_part(i)
    vim.defer_fn(function()
      if parts[i] and not b.gone and api.nvim_buf_is_loaded(b.buf) then
        parts[i]()
        next_part(i + 1)
      end
    end, PAUSE_MS)
  end
  next_part(1)
end

--- Stops serving a buffer that is no longer attached. Safe in any callback.
---@param buf integer
function M.stop(buf)
  local server = package.loaded['entente.host.nvim.server']
  if not server then
    return
  elseif api.nvim_buf_is_valid(buf) then
    server.give_back(buf)
  end
  vim.schedule(function()
    if api.nvim_buf_is_valid(buf) and not attach.state(buf) then
      for _, client in ipairs(clients(buf)) do
        vim.lsp.buf_detach_client(buf, client.id)
      end
    end
  end)
end

return M
