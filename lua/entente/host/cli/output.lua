--- cli.output: standard output and error, with what a terminal wants: colour, a line of progress.
local core = require 'entente.core'

local M = {}

local ok, uv = pcall(require, 'luv')
M.uv = ok and uv or nil

--- Whether a file descriptor is a terminal.
---@param fd integer
---@return boolean
function M.is_terminal(fd)
  if M.uv then
    return M.uv.guess_handle(fd) == 'tty'
  end
  local status = os.execute('test -t ' .. fd)
  return status == true or status == 0
end

--- Whether to colour what goes to standard output.
---@param when? 'auto'|'always'|'never'
---@return boolean
function M.colours(when)
  if when == 'always' then
    return true
  elseif when == 'never' or (os.getenv 'NO_COLOR' or '') ~= '' or os.getenv 'TERM' == 'dumb' then
    return false
  end
  return M.is_terminal(1)
end

-- Ends the run: quietly when nobody reads any more, as a program stopped by SIGPIPE does.
local function broken(message, code)
  if code == 32 or tostring(message):find 'Broken pipe' then
    error({ entente_pipe = true }, 0)
  end
  error({ entente = 'cannot write the output: ' .. tostring(message) }, 0)
end

local to = io.stdout

--- From now on `write` writes to a file; "-" is standard output.
---@param path string|nil
function M.redirect(path)
  if path and path ~= '-' then
    local f, message = io.open(path, 'wb')
    if not f then
      error({ entente = 'cannot write ' .. tostring(message) }, 0)
    end
    to = f
  end
end

--- Writes to standard output, or where it was redirected.
---@param s string|number
function M.write(s)
  local done, message, code = to:write(s)
  if not done then
    broken(message, code)
  end
end

--- All that was written is out; a full disk shows here.
function M.flush()
  local done, message, code = to:flush()
  if not done then
    broken(message, code)
  end
end

local shown = false

local function clear()
  if shown then
    io.stderr:write '\r\27[K'
    shown = false
  end
end

--- One line on standard error, with nothing in it that a terminal would obey.
---@param message string
function M.complain(message)
  clear()
  io.stderr:write('entente: ', core.printable((message:gsub('%s+', ' '))), '\n')
end

local function seconds()
  return M.uv and M.uv.hrtime() / 1e9 or os.time()
end

--- Makes a function to call when some bytes are done, and whether with them a document: on a
--- terminal it shows how far the run is, once that takes longer than a second. Called without
--- arguments it clears the line.
---@param total? integer documents, when known
---@return fun(bytes?: integer, document?: boolean)
function M.progress(total)
  if not M.is_terminal(2) then
    return function() end
  end
  local start, last, docs, bytes = seconds(), 0, 0, 0
  return function(n, document)
    if not n then
      return clear()
    end
    docs, bytes = docs + (document and 1 or 0), bytes + n
    local now = seconds()
    if now - start > 1 and now - last > 0.2 then
      last = now
      io.stderr:write(('\r\27[K%d%s documents, %.1f MB, %.1f MB/s'):format(docs,
        total and ' of ' .. total or '', bytes / 1e6, bytes / 1e6 / (now - start)))
      io.stderr:flush()
      shown = true
    end
  end
end

return M
