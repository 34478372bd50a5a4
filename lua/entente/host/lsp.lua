--- lsp: the language server on standard input and output, by libuv. Messages are read while a long
--- answer waits its turn: one is handled, or one slice of work done, a turn of the loop.
local has_luv, uv = pcall(require, 'luv')
local frame = require 'entente.lsp.frame'
local uri = require 'entente.lsp.uri'

local M = {}

-- A client that does not read its answers is not read, either, until fewer of them wait.
local FULL, LOW = 16 * 1024 * 1024, 1024 * 1024

local function complain(message)
  io.stderr:write('entente lsp: ', message, '\n')
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
  return function(text_uri)
    local file = uri.path(text_uri)
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

-- The index that answers for a folder, opened once, and again when it was made anew.
local function indexes()
  local known = {}
  return function(folder)
    local root = folder and uv.fs_realpath(folder)
    local file = root and require('entente.index.where').find(root, uv.fs_stat)
    if not file then
      return nil
    end
    local stat = uv.fs_stat(file)
    local k = known[file]
    if not k or k.ino ~= stat.ino then
      known[file] = { ino = stat.ino, ix = require('entente.index').open(file) }
    end
    return known[file].ix
  end
end

-- Runs the command line; what it complains of last is its message.
local function run(args, done)
  local errors, said, handle = uv.new_pipe(false), {}, nil
  handle = uv.spawn(arg[0], { args = args, stdio = { nil, nil, errors } }, function(code)
    handle:close()
    errors:close()
    done(code, (table.concat(said):match '([^\n]*)\n*$'))
  end)
  if not handle then
    return done(2, 'the command does not start')
  end
  errors:read_start(function(_, bytes)
    said[#said + 1] = bytes
  end)
end

-- Tells of changes of a file, also of one that is not there yet: its folder is watched, or, as long
-- as there is none, looked for now and then. Changes are told once all of a burst are in.
local function watch(path, changed)
  local folder, name = path:match '^(.*)/([^/]*)$'
  local timer, event = uv.new_timer(), uv.new_fs_event()
  local begin
  local function settled()
    timer:start(50, 0, function()
      changed()
      if not uv.fs_stat(folder) then
        event:stop()
        begin()
      end
    end)
  end
  function begin()
    local ok = event:start(folder, {}, function(_, file)
      if not file or file == name then
        settled()
      end
    end)
    if not ok then
      timer:start(2000, 0, function()
        if begin() then
          settled()
        end
      end)
    end
    return ok
  end
  begin()
end

-- Calls `gone` when the client's process is no more, though the pipe may be held open by another.
local function follow_client(pid, gone)
  if type(pid) ~= 'number' or uv.kill(math.floor(pid), 0) ~= 0 then
    return
  end
  local timer = uv.new_timer()
  timer:start(3000, 3000, function()
    local _, _, name = uv.kill(math.floor(pid), 0)
    if name == 'ESRCH' then
      gone()
    end
  end)
  timer:unref()
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
  local has_cjson, cjson = pcall(require, 'cjson')
  if not has_luv or not has_cjson then
    complain 'needs luv and lua-cjson for its Lua (Debian: apt-get install lua-luv lua-cjson)'
    return 2
  end
  local input, output = stream(0), stream(1)
  if not input or not output then
    complain 'needs a pipe or a terminal on standard input and output'
    return 2
  end
  return M.serve(input, output, require('entente.lsp.wire').new(cjson))
end

--- Serves the client at the other end of two streams.
---@return integer exit status
function M.serve(input, output, wire)
  local status, frames, server
  local work = uv.new_idle()
  local running, full, read = false, false, nil

  local function stop(code)
    if status then
      return
    end
    status = code
    work:stop()
    input:read_stop()
    output:shutdown(function()
      uv.stop()
    end)
  end

  local function send(message)
    local body = wire.encode(message)
    output:write({ ('Content-Length: %d\r\n\r\n'):format(#body), body }, function(err)
      if err then
        return stop(1)
      elseif full and output:get_write_queue_size() < LOW then
        full = false
        read()
      end
    end)
    if not full and output:get_write_queue_size() > FULL then
      full = true
      input:read_stop()
    end
  end

  local function turn()
    local ok, more = server:try('the server', server.step, server)
    more = more or not ok
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

  server = require('entente.lsp.server').new {
    send = send, null = wire.null, settle = wire.settle, store_of = stores(),
    index_of = indexes(),
    lexicon = uv.fs_realpath(require('entente.core').root .. '/lexicon'),
    run = function(args, done)
      run(args, function(...)
        server:try('the command', done, ...)
      end)
    end,
    watch = function(path, changed)
      watch(path, function()
        server:try(path, changed)
        wake()
      end)
    end,
  }
  frames = frame.new {
    message = function(body)
      local message, problem = wire.decode(body)
      if problem then
        send { jsonrpc = '2.0', id = wire.null, error = { code = -32700, message = problem } }
        return
      end
      server:receive(message)
      wake()
      if type(message) == 'table' and message.method == 'initialize' then
        follow_client(type(message.params) == 'table' and message.params.processId, function()
          stop(1)
        end)
      end
    end,
    broken = function(why)
      send { jsonrpc = '2.0', id = wire.null, error = { code = -32700, message = why } }
      complain(why .. ': stopped')
      stop(1)
    end,
  }
  function read()
    input:read_start(function(err, bytes)
      if err or not bytes then
        return stop(server.state == 'shutdown' and 0 or 1)
      end
      frames:feed(bytes)
    end)
  end
  local pipe_signal = uv.new_signal() -- a client that is gone is an error of a write, no death
  pipe_signal:start 'sigpipe'
  pipe_signal:unref()
  read()
  uv.run()
  return status or 0
end

return M
