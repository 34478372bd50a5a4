--- cli.input: the documents of a run, one after the other: files, standard input, lines of JSON.
local json = require 'entente.json'

local M = {}

local CHUNK = 1048576

-- All of an open file, up to `most` bytes: a device without end is no reason to read for ever.
local function read_all(f, most)
  local parts, size = {}, 0
  while true do
    local piece, message = f:read(CHUNK)
    if not piece then
      if message then
        return nil, message
      end
      return table.concat(parts)
    end
    size = size + #piece
    if size > most then
      return nil, ('is larger than %d MB: split it, or see --max-size'):format(most / CHUNK)
    end
    parts[#parts + 1] = piece
  end
end

local reasons = {
  ['Is a directory'] = 'is a directory: name the files in it',
  ['No such file or directory'] = 'no such file',
  ['Permission denied'] = 'cannot be read: permission denied',
}

-- An error of the system in words that say what to do.
local function reason(path, message)
  message = tostring(message):gsub('^.*: ', '')
  return ('%s: %s'):format(path, reasons[message] or message)
end

local function open(path)
  if path == '-' then
    return io.stdin
  end
  return io.open(path, 'rb')
end

--- One file's content; "-" is standard input.
---@param path string
---@param most integer bytes
---@return string|nil text, string|nil message
function M.read(path, most)
  local f, message = open(path)
  if not f then
    return nil, reason(path, message)
  end
  local text
  text, message = read_all(f, most)
  if f ~= io.stdin then
    f:close()
  end
  if not text then
    return nil, reason(path, message)
  end
  return text
end

-- Each file is one document.
local function whole_files(paths, most)
  local i = 0
  return function()
    i = i + 1
    local path = paths[i]
    if path then
      local text, message = M.read(path, most)
      return path, text, message
    end
  end
end

-- One line of JSON as a document; an empty line is none.
local function of_line(line, path, n, most)
  local where = ('%s:%d'):format(path, n)
  if #line > most * 2 then
    return where, nil, ('%s is larger than %d MB'):format(where, most / CHUNK)
  end
  local o, message = json.decode(line)
  if type(o) ~= 'table' then
    return where, nil, ('%s is no JSON object (%s)'):format(where, message or 'another value')
  end
  local name = o.doc or o.id
  name = (type(name) == 'string' or type(name) == 'number') and tostring(name) or where
  if type(o.text) ~= 'string' then
    return name, nil, ('%s has no "text"'):format(where)
  end
  return name, o.text
end

-- Each line of each file is one document.
local function json_lines(paths, most)
  local i, f, n = 0, nil, 0
  local function next_line()
    while true do
      local line, message = f:read '*l'
      n = n + 1
      if not line or line:find '%S' then
        return line, message
      end
    end
  end
  return function()
    while true do
      if f then
        local line, message = next_line()
        if line then
          return of_line(line, paths[i], n, most)
        end
        if f ~= io.stdin then
          f:close()
        end
        f = nil
        if message then
          return paths[i], nil, reason(paths[i], message)
        end
      end
      i, n = i + 1, 0
      if not paths[i] then
        return nil
      end
      local message
      f, message = open(paths[i])
      if not f then
        return paths[i], nil, reason(paths[i], message)
      end
    end
  end
end

-- Files below a folder, in order, as the index takes them.
local function walk(uv, folder, found)
  local root = uv.fs_realpath(folder)
  require('entente.host.cli.scan').walk(root, { file = function(f)
    found[#found + 1] = folder:gsub('/+$', '') .. f.path:sub(#root + 1)
  end })
end

--- Paths with the files of each folder in its place.
---@param paths string[]
---@return string[]
function M.expand(paths)
  local uv, found = require('entente.host.cli.output').uv, {}
  for _, path in ipairs(paths) do
    local stat = uv and uv.fs_stat(path)
    if stat and stat.type == 'directory' then
      walk(uv, path, found)
    else
      found[#found + 1] = path
    end
  end
  return found
end

--- Goes through the documents: name, text; or name, nil, why not.
---@param paths string[]
---@param opts {input: string, most: integer}
---@return fun(): string|nil, string|nil, string|nil
function M.documents(paths, opts)
  if #paths == 0 then
    paths = { '-' }
  end
  return (opts.input == 'jsonl' and json_lines or whole_files)(paths, opts.most)
end

return M
