--- lsp.server: the language server's state and rules, without a transport and without an editor.
---
---     local server = require('entente.lsp.server').new { send = function(message) end }
---     server:receive(message)   queues a message; cancellations act on what is queued or at work
---     server:step()             handles the next one, or works on for a slice at what takes long;
---                               false when there is nothing to do
---     server:idle()             a slice of work nobody asked for yet; false when all is done
---     server.exit               exit status once the client said so
---
--- Messages are tables as JSON decodes to. Lists that may be empty are marked by server.list, so
--- that an encoder can tell [] from {}; server.raw holds what is JSON already (lsp.wire writes
--- both).
local capabilities = require 'entente.lsp.capabilities'
local slice = require 'entente.lsp.slice'
local wire = require 'entente.lsp.wire'

local M = {}

local Server = {}
Server.__index = Server

M.errors = {
  parse = -32700, invalid_request = -32600, no_method = -32601, invalid_params = -32602,
  internal = -32603, not_initialized = -32002, cancelled = -32800, modified = -32801,
  failed = -32803,
}
local E = M.errors

--- Marks a table as a list.
function M.list(t)
  return t and setmetatable(t, wire.list)
end
M.raw = wire.as_is

-- A failure that is answered as an error of the protocol.
local function fail(code, message)
  error({ code = code, message = message }, 0)
end
M.fail = fail

---@class EntenteServerOptions
---@field send fun(message: table) takes what goes to the client
---@field null? any null in results
---@field ent? table the module, for hosts with documents of their own
---@field settle? fun(result: any, breathe: fun()): any makes ready to be sent what may be large
---@field paint? boolean false: no semantic tokens
---@field store_of? fun(uri: string): table? corrections of a text's project (entente.lexicon)
---@field watch? fun(path: string, changed: fun()) tells of changes of a file
---@field index_of? fun(folder: string|nil): table? the index that answers for a folder
---@field lexicon? string folder of the lists of names, where there is one
---@field run? fun(args: string[], done: fun(code: integer, message: string)) the command line

---@param o EntenteServerOptions
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
    jobs = {},
    requests = {},
    options = {},
    can = {},
    refreshes = {},
    folders = {},
    next_id = 1,
    paint = o.paint ~= false,
    settle = o.settle,
    store_of = o.store_of,
    watch = o.watch,
    index_of = o.index_of,
    lexicon = o.lexicon,
    run = o.run,
    fail = M.fail,
    errors = M.errors,
    list = M.list,
    progress = require 'entente.lsp.progress',
  }, Server)
end

local requests, notifications = {}, {}
M.requests, M.notifications = requests, notifications

function requests.initialize(self, params)
  if self.state then
    fail(E.invalid_request, 'already initialized')
  end
  capabilities.read(self, params)
  require('entente.lsp.settings').folders(self, params)
  self.client_process = params.processId
  self.state = 'running'
  return {
    capabilities = capabilities.of(self, M.list),
    serverInfo = { name = 'entente', version = self.ent.version },
  }
end

function requests.shutdown(self)
  self.state = 'shutdown'
  return self.null
end

function notifications.exit(self)
  self.exit = self.state == 'shutdown' and 0 or 1
end

notifications['$/setTrace'] = function() end

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

-- Reads the whole text, by slices. What is asked meanwhile is answered meanwhile.
local function ready(self, text)
  self:works_on(text)
  while not text:advance(self) do
    slice.breathe()
  end
end
M.ready = ready

--- Adds a request about one open text; answer(text, params, server) is called once all of it is
--- read, and may take slices.
---@param method string
---@param answer fun(text: EntenteLspText, params: table, server: table): any
---@param o? {fresh?: boolean, list?: boolean} fresh: refused when the text has moved on already;
--- list: the result is a list
local function about(method, answer, o)
  o = o or {}
  requests[method] = function(self, params)
    local text = text_of(self, params)
    if o.fresh and outdated(self, text) then
      fail(E.modified, 'the text has changed since')
    end
    ready(self, text)
    local result = answer(text, params, self)
    result = o.list and M.list(result) or result
    return self.settle and self.settle(result, slice.breathe) or result
  end
end

--- The job at work is about a text (true: about all texts): when that changes, it is given up.
function Server:works_on(text)
  if self.job then
    self.job.text = text
  end
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

--- Asks the client to draw anew what it asked for before.
function Server:refresh()
  for _, method in ipairs(self.refreshes) do
    self:request(method)
  end
end

--- Commands of workspace/executeCommand; more are added by lsp.actions.
function Server.commands()
  return require('entente.lsp.actions').names()
end

-- Is this an id of the protocol, or none?
local function is_id(id)
  return id == nil or type(id) == 'string' or type(id) == 'number' and id - id == 0
end

--- Queues a message as it arrives.
function Server:receive(message)
  if type(message) ~= 'table' or (message.method == nil and message.id == nil)
    or not is_id(message.id) then
    return self.send { jsonrpc = '2.0', id = self.null,
      error = { code = E.invalid_request, message = 'not a message of the protocol' } }
  end
  if message.method == '$/cancelRequest' and type(message.params) == 'table' then
    local id = message.params.id
    local waiting = id ~= nil and self.waiting[id]
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
  if not message.id then -- work of the server's own
    return
  end
  self.waiting[message.id] = nil
  if err then
    self.send { jsonrpc = '2.0', id = message.id, error = err }
  elseif result == nil then
    self.send { jsonrpc = '2.0', id = message.id, result = self.null }
  else
    self.send { jsonrpc = '2.0', id = message.id, result = result }
  end
end

-- What went wrong in a handler, as an error of the protocol.
local function error_of(problem)
  if type(problem) == 'table' and problem.code then
    return problem
  end
  problem = type(problem) == 'table' and problem.entente or problem -- the index cannot be read
  local what = tostring(problem):gsub('^[^\n]-:%d+: ', ''):match '^[^\n]*'
  local code = what:find 'attempt to' and E.invalid_params or E.internal
  return { code = code, message = what }
end

local function params_of(message)
  local params = message.params
  if params ~= nil and type(params) ~= 'table' then
    return nil, { code = E.invalid_params, message = 'params must be an object' }
  end
  return params or {}
end

local cancelled = { code = E.cancelled, message = 'cancelled' }

--- Tells the client's log of what went wrong.
---@param what string
---@param problem any as it was raised
function Server:log(what, problem)
  self:notify('window/logMessage',
    { type = 1, message = ('entente: %s: %s'):format(what, error_of(problem).message) })
end

--- Calls what nobody waits for; what fails there is told in the client's log.
---@param what string
---@return boolean ok, any result
function Server:try(what, f, ...)
  local ok, result = pcall(f, ...)
  if not ok then
    self:log(what, result)
  end
  return ok, result
end

-- Runs a job for a slice; true when it has ended.
local function work(self, job, ...)
  self.job = job
  local ok, result = slice.run(job.thread, ...)
  self.job = nil
  if coroutine.status(job.thread) ~= 'dead' then
    return false
  end
  local err = not ok and error_of(result) or nil
  if err and not job.message.id then
    self:log(job.message.method, err)
  end
  answer(self, job.message, result, err)
  return true
end

local function begin(self, message, handler, params)
  local job = { message = message, thread = coroutine.create(handler) }
  if not work(self, job, self, params) then
    self.jobs[#self.jobs + 1] = job
  end
end

--- Does work of the server's own, by slices; what fails is told in the client's log.
---@param what string
---@param handler fun(server: table)
function Server:work(what, handler)
  begin(self, { method = what }, handler)
end

local function handle_request(self, message)
  if message.cancelled then
    return answer(self, message, nil, cancelled)
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
  local params, err = params_of(message)
  if err then
    return answer(self, message, nil, err)
  end
  begin(self, message, handler, params)
end

local function handle_notification(self, message)
  local handler = notifications[message.method]
  if not handler or not (self.state or message.method == 'exit') then
    return
  end
  local params, err = params_of(message)
  local ok, problem = pcall(handler, self, params)
  err = err or not ok and error_of(problem)
  if err then
    self:log(message.method, err)
  end
end

local function handle_response(self, message)
  local done = self.requests[message.id]
  self.requests[message.id] = nil
  if done then
    self:try('an answer', done, message.result, message.error)
  end
end

--- Gives up requests about a text that is no longer what it was.
---@param text EntenteLspText
function Server:drop(text)
  for i = #self.jobs, 1, -1 do
    local job = self.jobs[i]
    if job.text == text or job.text == true then
      table.remove(self.jobs, i)
      answer(self, job.message, nil,
        { code = E.modified, message = 'the text has changed since' })
    end
  end
end

-- A slice of the requests at work, in turn.
local function work_on(self)
  local job = table.remove(self.jobs, 1)
  if job.message.cancelled then
    answer(self, job.message, nil, cancelled)
  elseif not work(self, job) then
    self.jobs[#self.jobs + 1] = job
  end
end

--- Handles the next message, or works on.
---@return boolean did false when there is nothing to do
function Server:step()
  if self.head > self.tail then
    if not self.jobs[1] then
      return false
    end
    work_on(self)
    return true
  end
  local message = self.queue[self.head]
  self.queue[self.head] = nil
  self.head = self.head + 1
  if message.method == nil then
    handle_response(self, message)
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
      text.pending = false -- what cannot be read is not tried for ever
      self:try('reading ' .. text.uri, text.advance, text, self)
      return true
    elseif text.lint then
      text.lint = false
      self:work('diagnostics', function()
        self:works_on(text)
        require('entente.lsp.diagnostics').push(self, text)
      end)
      return true
    end
  end
  return false
end

for _, name in ipairs { 'sync', 'settings', 'features', 'semantic', 'diagnostics', 'actions',
  'hierarchy', 'structure', 'extensions' } do
  require('entente.lsp.' .. name).install(M, about)
end

return M
