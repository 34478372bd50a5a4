--- lsp.settings: the client's settings, its folders, files that change outside of it.
local diagnostics = require 'entente.lsp.diagnostics'

local M = {}

-- Takes settings; every text hears of it, as do views the client draws by itself.
local function take(self, own)
  if type(own) ~= 'table' then
    return
  end
  local tokens = self.options.semanticTokens -- chosen for good when the client came
  self.options = own
  own.semanticTokens = own.semanticTokens or tokens
  for _, text in pairs(self.texts) do
    diagnostics.due(self, text)
  end
  self:refresh()
end

-- Asks for the settings where the client wants to be asked.
local function pull(self)
  if self.can.configuration then
    self:request('workspace/configuration', { items = self.list { { section = 'entente' } } },
      function(result)
        take(self, type(result) == 'table' and result[1] or nil)
      end)
  end
end

-- Registers for what only works so.
local function register(self)
  local out = {}
  if self.can.register_settings then
    out[#out + 1] = { id = 'entente-settings', method = 'workspace/didChangeConfiguration',
      registerOptions = { section = 'entente' } }
  end
  if self.can.register_files then
    out[#out + 1] = { id = 'entente-files', method = 'workspace/didChangeWatchedFiles',
      registerOptions = {
        watchers = self.list { { globPattern = '**/.entente/lexicon.tsv' } } } }
  end
  if out[1] then
    self:request('client/registerCapability', { registrations = self.list(out) })
  end
end

--- Folders of the workspace: initialize has them in one of three ways.
function M.folders(self, params)
  self.folders = {}
  local list = type(params.workspaceFolders) == 'table' and params.workspaceFolders or {}
  local root = params.rootUri or params.rootPath and ('file://' .. params.rootPath)
  if not list[1] and type(root) == 'string' then
    list = { { uri = root } }
  end
  for _, folder in ipairs(list) do
    self.folders[folder.uri] = true
  end
end

function M.install(server)
  local on = server.notifications
  on.initialized = function(self)
    register(self)
    pull(self)
  end
  on['workspace/didChangeConfiguration'] = function(self, params)
    local own = type(params.settings) == 'table' and params.settings.entente
    if own then
      take(self, own)
    else
      pull(self)
    end
  end
  on['workspace/didChangeWorkspaceFolders'] = function(self, params)
    local event = type(params.event) == 'table' and params.event or {}
    for _, folder in ipairs(event.removed or {}) do
      self.folders[folder.uri] = nil
    end
    for _, folder in ipairs(event.added or {}) do
      self.folders[folder.uri] = true
    end
  end
  on['workspace/didChangeWatchedFiles'] = function(self)
    require('entente.lsp.corrections').reload(self)
  end
end

return M
