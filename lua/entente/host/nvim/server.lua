--- server: the language server inside Neovim (0.10 and later), for what asks by that protocol:
--- `grr`, `gO`, `grn`, `gra`, `K`, pickers, outlines, completion plugins.
---
--- It answers from the documents that the highlights come from, so nothing is read twice. A message
--- holds for the text as it was when it was sent; when the buffer has moved on before its turn, the
--- answer is "modified", as the protocol has it. Semantic tokens and diagnostics are not offered:
--- the plugin paints and reports by itself.
local attach = require 'entente.host.nvim.attach'
local core = require 'entente.core'
local project = require 'entente.host.nvim.project'
local api = vim.api

local M = {}

local MODIFIED = { code = -32801, message = 'the text has changed since' }
local sessions = {} -- client's rpc object → what it serves, while it is open

local function state_of(uri)
  local ok, buf = pcall(vim.uri_to_bufnr, uri)
  return ok and attach.state(buf) or nil
end

local function tick(uri)
  local b = state_of(uri)
  return b and api.nvim_buf_get_changedtick(b.buf)
end

-- The text a message is about.
local function uri_of(message)
  local params = message.params or {}
  local td = params.textDocument
  return td and td.uri
end

-- The document follows the buffer by itself; where its lines begin is looked up when asked for.
local function adopt(text, b)
  function text:change()
    self.last = nil
  end
  text.store = b.lexicon and project.store(b.lexicon) or nil
end

-- Brings a text's lines up to date with its document.
local function refresh(text)
  local revision = text.doc:revision()
  if text.seen ~= revision then
    text.seen, text.last = revision, nil
    text.lines = core.lines(text.doc:text())
  end
end

-- Hands the server a message, and sees it begun: the client's answers may stand before it.
local function begin(server, message)
  server:receive(message)
  while server.head <= server.tail do
    server:step()
  end
end

-- Opens the buffer's own document for the server.
local function borrow(session, message)
  local uri = message.params.textDocument.uri
  local b = state_of(uri)
  session.lent = b and b.doc
  begin(session.server, message)
  local text = b and session.server.texts[uri]
  if text then
    adopt(text, b)
  end
end

-- Takes a text from the server; its document lives on.
local function give_back(session, uri)
  local text = session.server.texts[uri]
  if text then
    session.server:drop(text)
    session.server.texts[uri] = nil
  end
end

-- Hands the server one message.
local function handle(session, message, then_tick)
  if message.method == 'textDocument/didOpen' then
    return borrow(session, message)
  elseif message.method == 'textDocument/didClose' then
    return give_back(session, uri_of(message))
  end
  local uri = uri_of(message)
  local text = uri and session.server.texts[uri]
  if uri and message.id and (not text or tick(uri) ~= then_tick) then
    return session.answer { id = message.id, error = text and MODIFIED or nil }
  end
  for _, t in pairs(session.server.texts) do
    refresh(t)
  end
  begin(session.server, message)
end

-- Requests that take several slices hold for the text as it was.
local function drop_outdated(session)
  for _, text in pairs(session.server.texts) do
    local now = tick(text.uri)
    if now ~= text.tick then
      session.server:drop(text)
      text.tick = now
    end
  end
end

local function pump(session)
  session.running = false
  local item = table.remove(session.queue, 1)
  if item then
    handle(session, item[1], item[2])
  else
    drop_outdated(session)
  end
  if session.server.exit and not session.closed then
    session.closed = true
    sessions[session.rpc] = nil
    session.dispatchers.on_exit(session.server.exit, 0)
  elseif session.queue[1] or session.server:step() then
    session.wake()
  end
end

local function wake(session)
  if not session.running and not session.closed then
    session.running = true
    vim.schedule(function()
      local ok, problem = pcall(pump, session)
      if not ok then
        require('entente.host.nvim.perform').message('entente: ' .. tostring(problem))
      end
    end)
  end
end

local function enqueue(session, message)
  local uri = uri_of(message)
  session.queue[#session.queue + 1] = { message, uri and tick(uri) }
  session.wake()
end

-- What the server sends: answers, notifications, questions.
local function sender(session)
  return function(message)
    if message.method and message.id then
      local result, problem = session.dispatchers.server_request(message.method, message.params)
      session.server:receive { id = message.id, result = result, error = problem }
    elseif message.method then
      session.dispatchers.notification(message.method, message.params)
    else
      session.answer(message)
    end
  end
end

-- Neither is wanted here: highlights and diagnostics are the plugin's own.
local function fewer(result)
  if type(result) == 'table' and result.capabilities then
    result.capabilities.diagnosticProvider = nil
    result.capabilities.semanticTokensProvider = nil
  end
  return result
end

-- An answer goes to who asked; corrections made by a command are laid over the buffers.
local function answerer(session)
  return function(message)
    local asked = session.asked[message.id]
    session.asked[message.id] = nil
    if not asked then
      return
    elseif asked.method == 'workspace/executeCommand' then
      project.look()
    end
    if asked.sent then
      asked.sent(message.id)
    end
    asked.callback(message.error, fewer(message.result))
  end
end

local function rpc_of(session)
  local next_id = 0
  return {
    request = function(method, params, callback, sent)
      next_id = next_id + 1
      session.asked[next_id] = { method = method, callback = callback, sent = sent }
      enqueue(session, { id = next_id, method = method, params = params })
      return true, next_id
    end,
    notify = function(method, params)
      if method == '$/cancelRequest' then
        session.server:receive { method = method, params = params }
      else
        enqueue(session, { method = method, params = params })
      end
      return true
    end,
    is_closing = function()
      return session.closed == true
    end,
    terminate = function()
      session.server.exit = session.server.exit or 0
      session.wake()
    end,
  }
end

--- For `cmd` of vim.lsp.start.
---@param dispatchers table
---@return table
function M.cmd(dispatchers)
  local ent = attach.engine()
  local session = { dispatchers = dispatchers, queue = {}, asked = {} }
  session.wake = function()
    wake(session)
  end
  session.answer = answerer(session)
  session.server = require('entente.lsp.server').new {
    send = sender(session),
    paint = false,
    ent = setmetatable({
      open = function()
        return session.lent, 'the buffer is not attached'
      end,
    }, { __index = ent }),
  }
  session.rpc = rpc_of(session)
  sessions[session.rpc] = session
  return session.rpc
end

--- Takes a buffer from the servers. Safe in any callback.
---@param buf integer
function M.give_back(buf)
  local uri = vim.uri_from_bufnr(buf)
  for _, session in pairs(sessions) do
    give_back(session, uri)
  end
end

--- Corrections were laid over a buffer: what the server remembers of it is out of date.
---@param b entente.Buffer
function M.corrected(b)
  for _, session in pairs(sessions) do
    for uri, text in pairs(session.server.texts) do
      if state_of(uri) == b then
        session.server:drop(text)
        text:forget()
        text.store = project.store(b.lexicon)
      end
    end
  end
end

return M
