--- lsp.server: the language server's state and rules, without a transport and without an editor.
---
---     local server = require('entente.lsp.server').new { send = function(message) end }
---     server:receive(message)   queues a message; cancellations act on what is queued
---     server:step()             handles the next one; false when there is nothing to do
---     server:idle()             a slice of background analysis; false when all is done
---     server.exit               exit status once the client said so
---
--- Messages are tables as JSON decodes to. Lists that may be empty are marked by server.list, so
--- that an encoder can tell [] from {}.
local legend = require 'entente.lsp.legend'
local features = require 'entente.lsp.features'
local hierarchy = require 'entente.lsp.hierarchy'
local texts = require 'entente.lsp.text'

local M = {}

local Server = {}
Server.__index = Server

M.errors = {
  parse = -32700, invalid_request = -32600, no_method = -32601, invalid_params = -32602,
  internal = -32603, not_initialized = -32002, cancelled = -32800, modified = -32801,
}
local E = M.errors

local list_mt = { __jsontype = 'array' }

--- Marks a table as a list.
function M.list(t)
  return t and setmetatable(t, list_mt)
end

-- A failure that is answered as an error of the protocol.
local function fail(code, message)
  error({ code = code, message = message }, 0)
end
M.fail = fail

--- `store_of(uri)` gives the corrections (lua/entente/lexicon.lua) of a text's project, or nil.
---@param o {send: fun(message: table), null: any, ent: table|nil, store_of: function|nil}
function M.new(o)
  return setmetatable({
    send = o.send,
    null = o.null,
    ent = o.ent or require 'entente',
    texts = {},
    queue = {},
    head = 1,
    tail = 0,
    waiting = {},
    requests = {},
    options = {},
    next_id = 1,
    paint = o.paint ~= false,
    store_of = o.store_of,
    fail = M.fail,
  }, Server)
end

local encodings = { ['utf-8'] = 'byte', ['utf-16'] = 'utf16', ['utf-32'] = 'codepoint' }

-- The client's first offer that we know; clients without one mean UTF-16, but for vim-lsp, which
-- counts code points whatever it says.
local function encoding(params)
  local client = params.clientInfo and params.clientInfo.name
  if client == 'vim-lsp' then
    return 'utf-16', 'codepoint'
  end
  local general = (params.capabilities or {}).general
  for _, name in ipairs(type(general) == 'table' and general.positionEncodings or {}) do
    if encodings[name] then
      return name, encodings[name]
    end
  end
  return 'utf-16', 'utf16'
end

local function capabilities(self)
  local c = {
    positionEncoding = self.encoding,
    textDocumentSync = { openClose = true, change = 2, save = { includeText = false } },
    hoverProvider = true, definitionProvider = true, declarationProvider = true,
    typeDefinitionProvider = true, implementationProvider = true, referencesProvider = true,
    documentHighlightProvider = true, documentSymbolProvider = true, workspaceSymbolProvider = true,
    renameProvider = { prepareProvider = true },
    codeActionProvider = { codeActionKinds = M.list { 'quickfix', 'refactor' } },
    completionProvider = { resolveProvider = true },
    inlayHintProvider = true, codeLensProvider = { resolveProvider = false },
    selectionRangeProvider = true, callHierarchyProvider = true, typeHierarchyProvider = true,
    executeCommandProvider = { commands = M.list(self.commands()) },
    workspace = { workspaceFolders = { supported = true, changeNotifications = true } },
    experimental = { entente = { spans = true, entities = true, mentions = true, stances = true,
      explain = true, status = true } },
  }
  if self.legend then
    c.semanticTokensProvider = {
      legend = {
        tokenTypes = M.list(self.legend.names),
        tokenModifiers = M.list(self.legend.modifiers),
      },
      full = { delta = true }, range = true,
    }
  end
  if self.pull then
    c.diagnosticProvider = { interFileDependencies = false, workspaceDiagnostics = false }
  end
  return c
end

local requests, notifications = {}, {}
M.requests, M.notifications = requests, notifications

function requests.initialize(self, params)
  if self.state then
    fail(E.invalid_request, 'already initialized')
  end
  self.encoding, self.unit = encoding(params)
  local own = type(params.initializationOptions) == 'table' and params.initializationOptions or {}
  self.options = own
  local client = params.clientInfo and params.clientInfo.name
  self.legend = self.paint and legend.choose(own.semanticTokens, client) or nil
  local td = (params.capabilities or {}).textDocument or {}
  self.pull = type(td.diagnostic) == 'table'
  self.folders = params.workspaceFolders
  local window = (params.capabilities or {}).window or {}
  self.progress = window.workDoneProgress == true
  local tokens = ((params.capabilities or {}).workspace or {}).semanticTokens
  self.refresh = type(tokens) == 'table' and tokens.refreshSupport == true and self.legend ~= nil
  self.state = 'running'
  return {
    capabilities = capabilities(self),
    serverInfo = { name = 'entente', version = self.ent.version },
  }
end

notifications.initialized = function() end

function requests.shutdown(self)
  self.state = 'shutdown'
  return self.null
end

function notifications.exit(self)
  self.exit = self.state == 'shutdown' and 0 or 1
end

notifications['$/setTrace'] = function() end
notifications['$/cancelRequest'] = function() end -- handled on arrival

notifications['textDocument/didOpen'] = function(self, params)
  local item = params.textDocument
  local text, message = texts.open(self.ent, item, self.unit)
  if not text then
    self:notify('window/showMessage', { type = 1, message = 'entente: ' .. message })
    return
  end
  self.texts[item.uri] = text
  require('entente.lsp.corrections').lay(self, text)
  self:changed(text)
end

notifications['textDocument/didChange'] = function(self, params)
  local text = self.texts[params.textDocument.uri]
  if not text then
    return
  end
  for _, change in ipairs(params.contentChanges) do
    text:change(change)
  end
  text.version = params.textDocument.version
  self:changed(text)
end

notifications['textDocument/didClose'] = function(self, params)
  local text = self.texts[params.textDocument.uri]
  self.texts[params.textDocument.uri] = nil
  if text then
    text.doc:close()
  end
end
notifications['textDocument/didSave'] = function() end
notifications['workspace/didChangeWatchedFiles'] = function() end

notifications['workspace/didChangeWorkspaceFolders'] = function(self, params)
  self.folders = params.event and params.event.added or self.folders
end

notifications['workspace/didChangeConfiguration'] = function(self, params)
  local own = type(params.settings) == 'table' and params.settings.entente
  if type(own) == 'table' then
    self.options = own
    for _, text in pairs(self.texts) do
      self:changed(text)
    end
  end
end

-- The text a request is about.
local function text_of(self, params)
  local td = params.textDocument
  local text = type(td) == 'table' and self.texts[td.uri]
  if not text then
    fail(E.invalid_params, 'the text is not open: send textDocument/didOpen first')
  end
  return text
end

-- Is there a change of the same text behind the request being handled?
local function outdated(self, text)
  for i = self.head, self.tail do
    local m = self.queue[i]
    local p = type(m.params) == 'table' and m.params
    local td = m.method == 'textDocument/didChange' and p and p.textDocument
    if type(td) == 'table' and td.uri == text.uri then
      return true
    end
  end
end

-- A request about one text; `fresh` ones are refused when the text has moved on already.
local function about(method, answer, fresh, mark)
  requests[method] = function(self, params)
    local text = text_of(self, params)
    if fresh and outdated(self, text) then
      fail(E.modified, 'the text has changed since')
    end
    local result = answer(text, params, self)
    return mark and M.list(result) or result
  end
end

about('textDocument/hover', features.hover)
about('textDocument/definition', features.definition)
about('textDocument/declaration', features.declaration)
about('textDocument/typeDefinition', features.type_definition)
about('textDocument/implementation', features.implementation, false, true)
about('textDocument/references', features.references, false, true)
about('textDocument/documentHighlight', features.highlight, false, true)
about('textDocument/documentSymbol', features.symbols, true, true)
about('textDocument/prepareRename', features.prepare_rename)
about('textDocument/completion', function(text, params)
  local result = features.completion(text, params)
  M.list(result.items)
  return result
end)
about('textDocument/inlayHint', features.inlay_hints, true, true)
about('textDocument/codeLens', features.code_lenses, true, true)
about('textDocument/selectionRange', features.selection_ranges, false, true)
about('textDocument/prepareCallHierarchy', hierarchy.prepare, false, true)
about('textDocument/prepareTypeHierarchy', hierarchy.prepare, false, true)

for method, answer in pairs {
  ['callHierarchy/incomingCalls'] = hierarchy.incoming,
  ['callHierarchy/outgoingCalls'] = hierarchy.outgoing,
  ['typeHierarchy/supertypes'] = hierarchy.supertypes,
  ['typeHierarchy/subtypes'] = hierarchy.subtypes,
} do
  requests[method] = function(self, params)
    local it = params.item
    local text = type(it) == 'table' and self.texts[it.uri]
    if not text then
      fail(E.invalid_params, 'the text of this item is not open')
    end
    return M.list(answer(text, params))
  end
end

requests['workspace/symbol'] = function(self, params)
  local out = {}
  for _, text in pairs(self.texts) do
    features.workspace_symbols(text, tostring(params.query or ''), out)
  end
  return M.list(out)
end

requests['completionItem/resolve'] = function(self, item)
  local data = type(item.data) == 'table' and item.data or {}
  local text = self.texts[data.uri]
  if text and text.doc:entity(data.id or -1) then
    local card = require 'entente.lsp.card'
    item.documentation = { kind = 'markdown', value = card.entity(text, data.id) }
  end
  return item
end

--- Sends a notification.
function Server:notify(method, params)
  self.send { jsonrpc = '2.0', method = method, params = params }
end

--- Sends a request; `done(result, error)` gets the answer.
function Server:request(method, params, done)
  local id = 'entente-' .. self.next_id
  self.next_id = self.next_id + 1
  self.requests[id] = done or function() end
  self.send { jsonrpc = '2.0', id = id, method = method, params = params }
end

--- After each change of a text: what clients without requests of their own want to hear.
function Server:changed(text)
  text.pending = true
  local diagnostics = require 'entente.lsp.diagnostics'
  if not self.pull and diagnostics.wanted(self.options) then
    text.lint = true
  end
  self:notify('entente/didUpdate', { uri = text.uri, version = text.version })
end

--- Commands of workspace/executeCommand; more are added by lsp.actions.
function Server.commands()
  return require('entente.lsp.actions').names()
end

--- Queues a message as it arrives.
function Server:receive(message)
  if type(message) ~= 'table' or (message.method == nil and message.id == nil) then
    return self.send { jsonrpc = '2.0', id = self.null,
      error = { code = E.invalid_request, message = 'not a message of the protocol' } }
  end
  if message.method == '$/cancelRequest' and type(message.params) == 'table' then
    local waiting = self.waiting[message.params.id]
    if waiting then
      waiting.cancelled = true
    end
    return
  end
  self.tail = self.tail + 1
  self.queue[self.tail] = message
  if message.method and message.id ~= nil then
    self.waiting[message.id] = message
  end
end

local function answer(self, message, result, err)
  self.waiting[message.id] = nil
  if err then
    self.send { jsonrpc = '2.0', id = message.id, error = err }
  else
    self.send { jsonrpc = '2.0', id = message.id, result = result == nil and self.null or result }
  end
end

-- Runs a handler; its errors become errors of the protocol.
local function run(self, handler, message)
  local params = message.params
  if params == nil then
    params = {}
  elseif type(params) ~= 'table' then
    return nil, { code = E.invalid_params, message = 'params must be an object' }
  end
  local ok, result = pcall(handler, self, params)
  if ok then
    return result
  elseif type(result) == 'table' and result.code then
    return nil, result
  end
  local what = tostring(result):gsub('^[^\n]-:%d+: ', ''):match '^[^\n]*'
  local code = what:find 'attempt to' and E.invalid_params or E.internal
  return nil, { code = code, message = what }
end

local function handle_request(self, message)
  if message.cancelled then
    return answer(self, message, nil, { code = E.cancelled, message = 'cancelled' })
  elseif not self.state and message.method ~= 'initialize' then
    return answer(self, message, nil,
      { code = E.not_initialized, message = 'send initialize first' })
  elseif self.state == 'shutdown' then
    return answer(self, message, nil,
      { code = E.invalid_request, message = 'the server is shut down' })
  end
  local handler = requests[message.method]
  if not handler then
    return answer(self, message, nil,
      { code = E.no_method, message = 'no such method: ' .. tostring(message.method) })
  end
  local result, err = run(self, handler, message)
  answer(self, message, result, err)
end

local function handle_notification(self, message)
  local handler = notifications[message.method]
  if handler and (self.state or message.method == 'exit') then
    local _, err = run(self, handler, message)
    if err then
      self:notify('window/logMessage',
        { type = 1, message = ('entente: %s: %s'):format(message.method, err.message) })
    end
  end
end

--- Handles the next message.
---@return boolean did false when none is queued
function Server:step()
  if self.head > self.tail then
    return false
  end
  local message = self.queue[self.head]
  self.queue[self.head] = nil
  self.head = self.head + 1
  if message.method == nil then
    local done = self.requests[message.id]
    self.requests[message.id] = nil
    if done then
      done(message.result, message.error)
    end
  elseif message.id ~= nil then
    handle_request(self, message)
  else
    handle_notification(self, message)
  end
  return true
end

--- A slice of work nobody asked for yet: analysis, then diagnostics.
---@return boolean more
function Server:idle()
  for _, text in pairs(self.texts) do
    if text.pending then
      text.pending = not text.doc:advance(16384)
      return true
    elseif text.lint then
      text.lint = false
      require('entente.lsp.diagnostics').push(self, text)
      return true
    end
  end
  return false
end

require('entente.lsp.semantic').install(M, about)
require('entente.lsp.diagnostics').install(M, about)
require('entente.lsp.actions').install(M, about)
require('entente.lsp.extensions').install(M, about)

return M
