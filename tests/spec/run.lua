--- run: calls bin/entente as a shell would; for the specs of the command line.
local M = {}

M.dir = os.getenv 'TMPDIR' or '/tmp'

local function read(path)
  local f = assert(io.open(path, 'rb'))
  local s = f:read 'a'
  f:close()
  return s
end

function M.quote(s)
  return "'" .. s:gsub("'", "'\\''") .. "'"
end

--- Writes a file in a temporary place; gives its path.
function M.file(content, name)
  local path = os.tmpname()
  if name then
    os.remove(path)
    os.execute('mkdir -p ' .. path)
    path = path .. '/' .. name
  end
  local f = assert(io.open(path, 'wb'))
  f:write(content)
  f:close()
  return path
end

--- Runs a shell command line in which ENTENTE stands for the program.
---@return {out: string, err: string, status: integer}
function M.shell(line, input)
  local out, err, inp = os.tmpname(), os.tmpname(), os.tmpname()
  local f = assert(io.open(inp, 'wb'))
  f:write(input or '')
  f:close()
  line = line:gsub('%f[%w_]ENTENTE%f[^%w_]', (os.getenv 'ENTENTE' or 'bin/entente'))
  local _, _, status = os.execute(('timeout 300 sh -c %s >%s 2>%s <%s'):format(M.quote(line), out,
    err, inp))
  local r = { out = read(out), err = read(err), status = status }
  for _, path in ipairs { out, err, inp } do
    os.remove(path)
  end
  return r
end

--- Runs the program with arguments given as one string.
function M.cli(args, input)
  return M.shell('ENTENTE ' .. args, input)
end

return M
