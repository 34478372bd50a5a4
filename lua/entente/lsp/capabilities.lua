--- lsp.capabilities: what the client can do, and what the server says it can. Where a client is
--- known to say one thing and do another, this file knows.
local legend = require 'entente.lsp.legend'

local M = {}

local encodings = { ['utf-8'] = 'byte', ['utf-16'] = 'utf16', ['utf-32'] = 'codepoint' }

-- The client's first offer that we know; clients without one mean UTF-16, but for vim-lsp, which
-- counts code points whatever it says.
local function encoding(client, capabilities)
  if client == 'vim-lsp' then
    return 'utf-16', 'codepoint'
  end
  local general = capabilities.general
  for _, name in ipairs(type(general) == 'table' and general.positionEncodings or {}) do
    if encodings[name] then
      return name, encodings[name]
    end
  end
  return 'utf-16', 'utf16'
end

-- capabilities.a.b.c, or nil where there is none on the way.
local function at(t, ...)
  for i = 1, select('#', ...) do
    if type(t) ~= 'table' then
      return nil
    end
    t = t[(select(i, ...))]
  end
  return t
end

--- Reads the parameters of initialize into the server.
---@param self table the server
---@param params table
function M.read(self, params)
  local c = type(params.capabilities) == 'table' and params.capabilities or {}
  local client = at(params, 'clientInfo', 'name')
  self.encoding, self.unit = encoding(client, c)
  local own = params.initializationOptions
  self.options = type(own) == 'table' and own or {}
  self.legend = self.paint and legend.choose(self.options.semanticTokens, client) or nil
  local lazy = at(c, 'textDocument', 'codeAction', 'resolveSupport', 'properties')
  self.can = {
    resolve_action = type(lazy) == 'table' and table.concat(lazy, ' '):find('edit', 1, true) ~= nil,
    pull = type(at(c, 'textDocument', 'diagnostic')) == 'table',
    progress = at(c, 'window', 'workDoneProgress') == true,
    configuration = at(c, 'workspace', 'configuration') == true,
    register_settings = at(c, 'workspace', 'didChangeConfiguration', 'dynamicRegistration') == true,
    register_files = at(c, 'workspace', 'didChangeWatchedFiles', 'dynamicRegistration') == true,
    updates = at(c, 'experimental', 'entente') ~= nil,
  }
  self.refreshes = {}
  for _, what in ipairs { 'semanticTokens', 'inlayHint', 'codeLens', 'diagnostics' } do
    local known = at(c, 'workspace', what, 'refreshSupport') == true
    if known and (what ~= 'semanticTokens' or self.legend) then
      local method = what == 'diagnostics' and 'diagnostic' or what
      table.insert(self.refreshes, 'workspace/' .. method .. '/refresh')
    end
  end
end

local function actions(list)
  return { codeActionKinds = list { 'quickfix', 'refactor' }, resolveProvider = true }
end

--- What the server can do for this client.
---@param self table the server
---@param list fun(t: table): table
function M.of(self, list)
  local c = {
    positionEncoding = self.encoding,
    textDocumentSync = { openClose = true, change = 2, save = { includeText = false } },
    hoverProvider = true, definitionProvider = true, declarationProvider = true,
    typeDefinitionProvider = true, implementationProvider = true, referencesProvider = true,
    documentHighlightProvider = true, documentSymbolProvider = true, workspaceSymbolProvider = true,
    renameProvider = { prepareProvider = true }, codeActionProvider = actions(list),
    completionProvider = { resolveProvider = true }, inlayHintProvider = true,
    codeLensProvider = { resolveProvider = false }, selectionRangeProvider = true,
    foldingRangeProvider = true, documentLinkProvider = { resolveProvider = false },
    callHierarchyProvider = true, typeHierarchyProvider = true,
    executeCommandProvider = { commands = list(self.commands()) },
    workspace = { workspaceFolders = { supported = true, changeNotifications = true } },
    experimental = { entente = { spans = true, entities = true, mentions = true, stances = true,
      explain = true, status = true, didUpdate = true } },
  }
  if self.legend then
    c.semanticTokensProvider = {
      legend = {
        tokenTypes = list(self.legend.names),
        tokenModifiers = list(self.legend.modifiers),
      },
      full = { delta = true }, range = true,
    }
  end
  if self.can.pull then
    c.diagnosticProvider = { interFileDependencies = false, workspaceDiagnostics = false }
  end
  return c
end

return M
