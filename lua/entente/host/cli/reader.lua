--- cli.reader: reads files and makes of each what the index keeps. Runs in any thread with a Lua
--- state of its own; all that crosses is strings.
---
---     a job      for each file: number TAB hash or - TAB stamp or - TAB size TAB size of path NL
---                path
---     its answer for each file: number TAB hash TAB problem TAB size of rows NL rows
---                hash "same": the content has not changed; rows as index.rows makes them
local core = require 'entente.core'
local ent = require 'entente'
local extract = require 'entente.index.extract'
local files = require 'entente.files'
local journal = require 'entente.host.cli.journal'
local rows = require 'entente.index.rows'
local uv = require 'luv'

local M = {}

-- No symbolic link, no waiting for a pipe's writer (the numbers of Linux where luv has no names).
local constants = uv.constants or {}
local FLAGS = (constants.O_RDONLY or 0) + (constants.O_NOFOLLOW or 131072)
  + (constants.O_NONBLOCK or 2048)

--- The content of a regular file; nil, why not.
---@param path string
---@param most integer bytes
---@return string|nil content, string|nil message, integer|nil time when it was last changed
function M.content(path, most)
  local fd, message, code = uv.fs_open(path, FLAGS, 0)
  if not fd then
    return nil, code == 'ELOOP' and 'is a symbolic link' or message:gsub(': /.*', '')
  end
  local stat = uv.fs_fstat(fd)
  local parts, size, why = {}, 0, nil
  if not stat or stat.type ~= 'file' then
    why = 'is no regular file'
  end
  while not why do
    local piece, err = uv.fs_read(fd, 1048576, -1)
    if not piece then
      why = err
    elseif piece == '' then
      break
    else
      parts[#parts + 1], size = piece, size + #piece
      why = size > most and ('is larger than %d MB: see --max-size'):format(most / 1048576) or nil
    end
  end
  uv.fs_close(fd)
  if why then
    return nil, why
  end
  return table.concat(parts), nil, stat.mtime.sec
end

local function quote(path)
  return "'" .. path:gsub("'", "'\\''") .. "'"
end

local tools = {
  pdf = { 'pdftotext -q -enc UTF-8 %s -', 'pdftotext', 'poppler-utils' },
  office = { 'pandoc --sandbox -t plain --wrap=none %s', 'pandoc', 'pandoc' },
}

local there = {}

local function have(program)
  if there[program] == nil then
    there[program] = os.execute('command -v ' .. program .. ' >/dev/null 2>&1') and true or false
  end
  return there[program]
end

-- The text another program finds in a file.
local function convert(kind, path)
  local tool = tools[kind]
  if not have(tool[2]) then
    return nil, ('needs %s (Debian: apt-get install %s)'):format(tool[2], tool[3])
  end
  local pipe = io.popen(tool[1]:format(quote(path)) .. ' 2>/dev/null </dev/null')
  local text = pipe and pipe:read '*a'
  local good = pipe and pipe:close()
  if not good or not text then
    return nil, tool[2] .. ' cannot read it'
  end
  return (text:gsub('\f', '\n'))
end

M.convert = convert

local NOT_TEXT = 0.1

-- Why a text is none, or nil.
local function strange(text)
  local invalid, _, nul, control = core.kind_of(text)
  if invalid + nul + control > #text * NOT_TEXT then
    return 'is not text in UTF-8'
  end
end

local rules = {}

local function corrections(path)
  if rules[path] == nil then
    local store = require('entente.lexicon').open(path, files.new())
    rules[path] = store:rules(core, (ent.model())) or false
  end
  return rules[path] or nil
end

local function analyse(opts, part)
  local why = strange(part.text)
  if why then
    return nil, why
  end
  local doc, message = ent.open(part.text)
  if not doc then
    return nil, message
  end
  if opts.lexicon then
    doc:correct(corrections(opts.lexicon))
  end
  local out = rows.of(doc, part)
  doc:close()
  return out
end

--- The documents of a file; nil, why there are none.
---@param path string
---@param content string
---@param below string the path that may hold a date
---@return table[]|nil parts, string|nil message
function M.parts(path, content, below)
  local kind = extract.kind(path) or 'text'
  local message
  if tools[kind] then
    content, message = convert(kind, path)
    if not content then
      return nil, message
    end
    kind = 'converted'
  end
  return extract.documents(kind, content, below)
end

-- What the index keeps of one file: hash, rows, problem.
local function file(opts, path, known)
  local content, message, time = M.content(path, opts.most)
  if not content then
    return 0, '', message
  end
  local hash = core.hash(content)
  if known and hash == known then
    return 'same', ''
  end
  local parts
  parts, message = M.parts(path, content, path:sub(#opts.root + 2))
  if not parts then
    -- what needs a program that is missing is tried again
    return message:find '^needs ' and 0 or hash, '', message
  end
  local out, problem = {}, nil
  for _, part in ipairs(parts) do
    if part.part == 0 then
      part.date = part.date or os.date('!%Y-%m-%d', time)
    end
    local packed, why = analyse(opts, part)
    if not packed and not problem then
      problem = (part.part > 0 and 'line ' .. part.part .. ' ' or '') .. why
    end
    out[#out + 1] = packed
  end
  return hash, table.concat(out), problem
end

--- Does a job. With `opts.journal`, a folder, it writes down what it finds, unless it is the first
--- and of one file: often the only one.
---@param opts {root: string, most: integer, lexicon?: string, journal?: string, made_by?: string}
---@param job string
---@param number integer
---@return string answer
function M.run(opts, job, number)
  local out, at = {}, 1
  local note, close
  while at <= #job do
    local i, known, stamp, bytes, size, after =
      job:match('^(%d+)\t(%S+)\t(%S+)\t(%d+)\t(%d+)\n()', at)
    local path = job:sub(after, after + size - 1)
    at = after + size
    if opts.journal and not note and (at <= #job or number > 1) then
      note, close = journal.new(opts.journal, number, opts.made_by)
    end
    local ok, hash, packed, problem = pcall(file, opts, path, tonumber(known))
    if not ok then
      hash, packed, problem = 0, '', tostring(hash)
    end
    problem = problem and problem:gsub('[%c]+', ' ') or ''
    out[#out + 1] = ('%d\t%s\t%s\t%d\n'):format(i, hash, problem, #packed)
    out[#out + 1] = packed
    if note and hash ~= 'same' then
      note { path = path:sub(#opts.root + 2), stamp = stamp, size = bytes, hash = hash,
        problem = problem, rows = packed }
    end
  end
  if close then
    close()
  end
  return table.concat(out)
end

return M
