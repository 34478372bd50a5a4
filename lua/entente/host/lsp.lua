--- lsp: the language server on standard input and output, by libuv.
--- Messages are read while a long answer waits its turn: one is handled a turn of the loop.
local uv = require 'luv'
local json = require 'dkjson'
local frame = require 'entente.lsp.frame'

local M = {}

local function complain(message)
  io.stderr:write('entente lsp: ', message, '\n')
end

-- The file of a uri; nil for others.
local function path_of(uri)
  local path = tostring(uri):match '^file://[^/]*(/.*)$'
  return path and (path:gsub('%%(%x%x)', function(hex)
    return string.char(tonumber(hex, 16))
  end))
end

-- Where the corrections of a file's project lie: in the nearest folder above with .entente, else
-- with .git, else beside the file.
local function lexicon_path(file)
  local folder = file:match '^(.*)/[^/]*$'
  for _, mark in ipairs { '.entente', '.git' } do
    local at = folder
    while at do
      if uv.fs_stat(at .. '/' .. mark) then
        return at .. '/.entente/lexicon.tsv'
      end
      at = at ~= '' and at:match '^(.*)/[^/]*$' or nil
    end
  end
  return folder .. '/.entente/lexicon.tsv'
end

-- The corrections of a text's project, one store a file.
local function stores()
  local known = {}
  return function(uri)
    local file = path_of(uri)
    if not file then
      return nil
    end
    local path = lexicon_path(file)
    if not known[path] then
      known[path] = require('entente.lexicon').open(path, require('entente.files').new(uv))
    end
    return known[path]
  end
end

-- Writes a message; keeps memory bounded by the pipe's own queue.
local function sender(out)
  return function(message)
    local body = json.encode(message)
    out:write(('Content-Length: %d\r\n\r\n%s'):format(#body, body))
  end
end

-- Standard input or output as a libuv stream, whatever it is connected to.
local function stream(fd)
  local kind = uv.guess_handle(fd)
  if kind == 'tty' then
    return uv.new_tty(fd, fd == 0)
  end
  local pipe = uv.new_pipe(false)
  return pipe:open(fd) and pipe or nil
end

--- Serves one client until it leaves.
---@return integer exit status
function M.main()
  local status
  local input, output = stream(0), stream(1)
  if not input or not output then
    complain 'needs a pipe or a terminal on standard input and output'
    return 2
  end
  local send = sender(output)
  local server = require('entente.lsp.server').new {
    send = send, null = json.null, store_of = stores(),
  }
  local work = uv.new_idle()
  local running = false

  local function stop(code)
    status = status or code
    work:stop()
    input:read_stop()
    output:shutdown(function()
      uv.stop()
    end)
  end

  local function turn()
    local more = server:step()
    if server.exit then
      return stop(server.exit)
    end
    more = more or server:idle()
    if not more then
      running = false
      work:stop()
    end
  end

  local function wake()
    if not running and not status then
      running = true
      work:start(turn)
    end
  end

  local frames = frame.new {
    message = function(body)
      local message, _, problem = json.decode(body, 1, nil)
      if problem then
        send { jsonrpc = '2.0', id = json.null, error = { code = -32700, message = problem } }
      else
        server:receive(message)
        wake()
      end
    end,
    broken = function(why)
      send { jsonrpc = '2.0', id = json.null, error = { code = -32700, message = why } }
      complain(why .. ': stopped')
      stop(1)
    end,
  }
  input:read_start(function(err, bytes)
    if err or not bytes then
      return stop(server.state == 'shutdown' and 0 or 1)
    end
    frames:feed(bytes)
  end)
  uv.run()
  return status or 0
end

return M
