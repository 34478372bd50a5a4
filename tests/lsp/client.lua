-- A client of the language server at the other end of a real pipe.
--
--     local c = client.start()            spawns bin/entente lsp
--     c:initialize(encoding)              and says what it counts in
--     c:ask(method, params)               -> result, error       waits for the answer
--     c:post(method, params)              -> id                  does not
--     c:await(id)                         -> result, error
--     c:heard(method)                     waits for a notification or request of the server
--     c:ended()                           waits for its end -> exit status, signal
--
-- Nothing waits for a fixed time; what does not come within PATIENCE seconds fails the test.
local uv = require 'luv'
local frame = require 'entente.lsp.frame'
local wire = require('entente.lsp.wire').new(require 'cjson')

local M = { PATIENCE = 60, wire = wire }

local deaf = uv.new_signal() -- a server that is gone is an error of a write
deaf:start 'sigpipe'
deaf:unref()

local Client = {}
Client.__index = Client

--- Runs the loop until something holds.
function M.wait(what, holds)
  local late, timer, start = false, uv.new_timer(), uv.hrtime()
  timer:start(100, 100, function() -- the loop turns though nothing happens
    late = uv.hrtime() - start > M.PATIENCE * 1e9
  end)
  while not holds() do
    if late then
      timer:close()
      error('waited in vain: ' .. what, 0)
    end
    uv.run 'once'
  end
  timer:close()
end

local function dispatch(self, m)
  self.log[#self.log + 1] = m
  if m.method and m.id ~= nil then -- a request of the server: answered as a simple client would
    local reply = self.replies[m.method]
    self:send { jsonrpc = '2.0', id = m.id, result = reply and reply(m.params) or wire.null }
  elseif m.id ~= nil and m.id ~= wire.null then
    self.answers[m.id] = m
  end
end

---@param o? {args?: string[], command?: string, quiet?: boolean}
function M.start(o)
  o = o or {}
  local input, output, errors = uv.new_pipe(false), uv.new_pipe(false), uv.new_pipe(false)
  local self = setmetatable({ answers = {}, log = {}, replies = {}, id = 0, input = input,
    output = output, complaints = '' }, Client)
  self.handle, self.pid = uv.spawn(o.command or 'bin/entente',
    { args = o.args or { 'lsp' }, stdio = { input, output, errors } }, function(code, signal)
      self.code, self.signal = code, signal
    end)
  assert(self.handle, 'bin/entente does not start')
  local frames = frame.new { broken = error, message = function(body)
    dispatch(self, assert(wire.decode(body)))
  end }
  if not o.quiet then
    output:read_start(function(_, bytes)
      if bytes then
        frames:feed(bytes)
      end
    end)
  end
  errors:read_start(function(_, bytes)
    self.complaints = self.complaints .. (bytes or '')
    self.silent = self.silent or not bytes
  end)
  return self
end

function M.framed(message)
  local body = wire.encode(message)
  return ('Content-Length: %d\r\n\r\n%s'):format(#body, body)
end

--- Bytes as they are.
function Client:write(bytes, done)
  self.input:write(bytes, done)
end

function Client:send(message)
  self:write(M.framed(message))
end

function Client:note(method, params)
  self:send { jsonrpc = '2.0', method = method, params = params }
end

function Client:post(method, params)
  self.id = self.id + 1
  self:send { jsonrpc = '2.0', id = self.id, method = method, params = params }
  return self.id
end

function Client:await(id)
  M.wait('answer ' .. tostring(id), function()
    return self.answers[id] or self.code
  end)
  local m = assert(self.answers[id], 'the server ended: ' .. self.complaints)
  return m.result, m.error
end

function Client:ask(method, params)
  return self:await(self:post(method, params))
end

function Client:heard(method, after)
  local found
  M.wait(method, function()
    for i = (after or 0) + 1, #self.log do
      if self.log[i].method == method then
        found = self.log[i]
        return true
      end
    end
  end)
  return found.params, #self.log
end

function Client:initialize(encoding, more)
  local capabilities = more or {}
  capabilities.general = encoding and { positionEncodings = { encoding } }
  local result = self:ask('initialize', { capabilities = capabilities })
  self:note('initialized', {})
  return result
end

function Client:open(uri, text, language)
  self:note('textDocument/didOpen', { textDocument = {
    uri = uri, languageId = language or 'plaintext', version = 1, text = text } })
end

function Client:change(uri, version, changes)
  self:note('textDocument/didChange',
    { textDocument = { uri = uri, version = version }, contentChanges = changes })
end

--- Waits for the end of the process.
function Client:ended()
  M.wait('the end of the server', function()
    return self.code and self.silent
  end)
  return self.code, self.signal
end

--- Leaves as a client should.
function Client:leave()
  self:ask('shutdown')
  self:note 'exit'
  return self:ended()
end

--- Greatest memory the server had, in MB; 0 where the system does not say.
function Client:peak()
  local f = io.open('/proc/' .. self.pid .. '/status')
  local kb = f and f:read('a'):match 'VmHWM:%s*(%d+)'
  if f then
    f:close()
  end
  return tonumber(kb or 0) / 1024
end

-- ---- a text as the client has it ---------------------------------------------------------------

-- Units a character counts in an encoding.
local function units(encoding, char)
  if encoding == 'utf-8' then
    return #char
  end
  return encoding == 'utf-16' and #char == 4 and 2 or 1
end

--- Byte of a position, from 0: counted by hand, as the server's own way is what is tested.
function M.byte(text, position, encoding)
  local at = 1
  for _ = 1, position.line do
    local stop = text:find('\n', at, true)
    if not stop then
      return #text
    end
    at = stop + 1
  end
  local left = position.character
  while left > 0 do
    local char = text:match('^' .. utf8.charpattern, at)
    if not char or char == '' or char == '\n' or char == '\r' and text:find('^\r\n', at) then
      break
    end
    left = left - units(encoding, char)
    if left < 0 then
      break
    end
    at = at + #char
  end
  return at - 1
end

--- The text after a change of didChange.
function M.applied(text, change, encoding)
  if not change.range then
    return change.text
  end
  local a = M.byte(text, change.range.start, encoding)
  local b = M.byte(text, change.range['end'], encoding)
  a, b = math.min(a, b), math.max(a, b)
  return text:sub(1, a) .. change.text .. text:sub(b + 1)
end

return M
