--- cli.args: commands and options of the command line: one table, from which the parser and the
--- help are made (the manual page is compared with it).
local formats = require 'entente.format'

local M = {}

---@class EntenteCommand
---@field name string
---@field args string
---@field help string
---@field who? boolean its first argument is a name
---@field may? boolean ... may be one, if no file is called so
---@field later? boolean not in this version

---@type EntenteCommand[]
M.commands = {
  { name = 'tag', args = '[FILE...]', help = 'the text with actors, proposals and stances marked' },
  { name = 'actors', args = '[FILE...]', help = 'who acts: counts and where first found' },
  { name = 'proposals', args = '[FILE...]', help = 'what is on the table' },
  { name = 'stances', args = '[NAME] [FILE...]', may = true, help = 'who stands where on what' },
  { name = 'refs', args = 'NAME [FILE...]', who = true,
    help = 'every mention of an actor or proposal' },
  { name = 'show', args = 'NAME [FILE...]', who = true, help = 'the card of an actor or proposal' },
  { name = 'export', args = '[FILE...]', help = 'all that was found (jsonl unless --format)' },
  { name = 'report', args = 'DIR|FILE...', help = 'a page of who stands where on what (HTML)' },
  { name = 'explain', args = 'FILE:LINE:COLUMN', help = 'what is found at a place, and why' },
  { name = 'mark', args = 'KIND NAME', help = 'from now on, in this project, NAME is a KIND' },
  { name = 'ignore', args = 'NAME', help = '... NAME is no actor or proposal' },
  { name = 'merge', args = 'NAME INTO', help = '... NAME and INTO are one' },
  { name = 'alias', args = 'NAME OF', help = '... NAME is another name of OF' },
  { name = 'split', args = 'NAME', help = '... NAME stands for itself' },
  { name = 'rename', args = 'NAME AS', help = '... who is NAME is called AS' },
  { name = 'undo', args = '', help = 'take the last correction back' },
  { name = 'redo', args = '', help = 'make it again' },
  { name = 'index', args = '[DIR | FILE...]',
    help = 'reads a project, for questions with --project' },
  { name = 'watch', args = '[DIR]', help = 'keeps the index up to date while files change' },
  { name = 'search', args = 'QUERY',
    help = 'asks the index: actor:russia stance:opposes after:2025' },
  { name = 'names', args = '[LEAD]', help = 'names in the index that start so' },
  { name = 'lsp', args = '', help = 'a language server on standard input and output' },
  { name = 'doctor', args = '', help = 'checks the installation' },
  { name = 'version', args = '', help = 'versions of program and model' },
}

---@class EntenteOption
---@field name string
---@field short? string
---@field arg? string
---@field values? string[]
---@field otherwise? string when it is the last word
---@field list? boolean several values, with commas
---@field number? integer[] least and most
---@field help string

---@type EntenteOption[]
M.options = {
  { name = 'format', short = 'f', arg = 'FORMAT', values = formats.names,
    help = 'how to print: ' .. table.concat(formats.names, ', ') },
  { name = 'input', arg = 'text|jsonl', values = { 'text', 'jsonl' },
    help = 'jsonl: each line an object with doc and text' },
  { name = 'output', short = 'o', arg = 'FILE', help = 'where report and export write' },
  { name = 'unit', arg = 'UNIT', values = { 'byte', 'codepoint', 'utf16' },
    help = 'unit of offsets: byte, codepoint or utf16' },
  { name = 'jobs', short = 'j', arg = 'N', number = { 1, 256 },
    help = 'documents tagged at a time' },
  { name = 'kind', arg = 'KIND,...', list = true,
    values = { 'person', 'country', 'organisation', 'group', 'place' },
    help = 'actors of these kinds only' },
  { name = 'stance', arg = 'STANCE,...', list = true,
    values = { 'proposes', 'demands', 'supports', 'accepts', 'opposes', 'discusses', 'threatens',
      'criticises' },
    help = 'stances: of these kinds only' },
  { name = 'min-score', arg = 'PERCENT', number = { 0, 100 },
    help = 'stances, tag: at least this sure' },
  { name = 'color', arg = 'WHEN', values = { 'auto', 'always', 'never' },
    help = 'auto, always or never; NO_COLOR is heeded' },
  { name = 'project', arg = 'DIR', otherwise = '.',
    help = 'with files: whose corrections; without: asks its index' },
  { name = 'from-jsonl', help = 'index: the files are lines of tag --format jsonl' },
  { name = 'rebuild', help = 'index: begin anew' },
  { name = 'where', help = 'index: print its place' },
  { name = 'max-size', arg = 'MB', number = { 1, 1024 },
    help = 'refuse documents larger than this (512)' },
  { name = 'help', short = 'h', help = 'this page' },
  { name = 'version', help = 'the version' },
}

--- Ends the run with one line on standard error and status 2.
function M.fail(...)
  error({ entente = string.format(...) }, 0)
end

local function find(list, field, word)
  for _, item in ipairs(list) do
    if item[field] == word then
      return item
    end
  end
end

local function one_of(values)
  return table.concat(values, ', ', 1, #values - 1) .. ' or ' .. values[#values]
end

local function contains(values, v)
  for _, x in ipairs(values) do
    if x == v then
      return true
    end
  end
end

-- The value of an option as it is used.
local function check(option, v)
  if option.number then
    local n = v:find '^%d+$' and tonumber(v)
    if not n or n < option.number[1] or n > option.number[2] then
      M.fail('--%s takes a number from %d to %d, not "%s"', option.name, option.number[1],
        option.number[2], v)
    end
    return n
  elseif option.list then
    local set = {}
    for word in (v .. ','):gmatch '([^,]*),' do
      if not contains(option.values, word) then
        M.fail('--%s takes %s, not "%s"', option.name, one_of(option.values), word)
      end
      set[word] = true
    end
    return set
  elseif option.values and not contains(option.values, v) then
    M.fail('--%s takes %s, not "%s"', option.name, one_of(option.values), v)
  end
  return v
end

-- Takes apart one argument that starts with "-": the option, its value when written with it.
local function split(word)
  local name, v = word:match '^%-%-([^=]+)=(.*)$'
  if name then
    return find(M.options, 'name', name), v
  elseif word:find '^%-%-' then
    return find(M.options, 'name', word:sub(3))
  end
  v = word:sub(3)
  return find(M.options, 'short', word:sub(2, 2)), v ~= '' and v or nil
end

--- Options by name, and the other arguments in order.
---@param argv string[]
---@return table<string, any> options, string[] args
function M.parse(argv)
  local opts, args, i = {}, {}, 1
  while argv[i] do
    local word = argv[i]
    if word == '--' then
      for k = i + 1, #argv do
        args[#args + 1] = argv[k]
      end
      break
    elseif word:find '^%-.' then
      local option, v = split(word)
      if not option then
        M.fail('unknown option %s; see entente --help', word)
      elseif not option.arg then
        if v then
          M.fail('--%s takes no value', option.name)
        end
        v = true
      else
        if not v then
          i = i + 1
          if option.otherwise and (not argv[i] or argv[i]:find '^%-.') then
            v, i = option.otherwise, i - 1
          end
          v = v or argv[i] or M.fail('%s takes a value: %s', word, option.arg)
        end
        v = check(option, v)
      end
      opts[option.name] = v
    else
      args[#args + 1] = word
    end
    i = i + 1
  end
  return opts, args
end

---@param name string
---@return EntenteCommand
function M.command(name)
  local command = find(M.commands, 'name', name)
  if not command then
    M.fail('unknown command "%s"; see entente --help', name)
  elseif command.later then
    M.fail('"%s" is not in this version', name)
  end
  return command
end

local asked = { actors = true, proposals = true, stances = true, refs = 1, show = 1 }

--- Whether an argument names somebody: no file is called so, and it does not look like one.
---@param word string|nil
---@return boolean
function M.is_name(word)
  if not word or word == '-' or word:find '/' or word:find '%.%w+$' then
    return false
  end
  return not require('entente.files').exists(word)
end

-- Whether a word is a name or part of a query, not a file.
local function is_asked(word)
  return word:find '^%-?%l+:' ~= nil or M.is_name(word)
end

--- Whether a command is a question to the index of a project: one by nature, or one with --project
--- and no files: some words of a query, or a name.
---@param command string
---@param opts table<string, any>
---@param rest string[]
---@return boolean
function M.asks_index(command, opts, rest)
  if command == 'search' or command == 'names' then
    return true
  elseif opts.project == nil or opts.input ~= nil or not asked[command] then
    return false
  elseif asked[command] ~= true then
    return asked[command] == #rest
  end
  for _, word in ipairs(rest) do
    if not is_asked(word) then
      return false
    end
  end
  return true
end

--- The help page.
---@return string
function M.help()
  local out = { 'usage: entente COMMAND [OPTIONS] [FILE...]    no FILE, or -: standard input\n\n' }
  for _, c in ipairs(M.commands) do
    if not c.later then
      out[#out + 1] = ('  %-10s %-18s %s\n'):format(c.name, c.args, c.help)
    end
  end
  out[#out + 1] = '\n'
  for _, o in ipairs(M.options) do
    local left = (o.short and '-' .. o.short .. ', ' or '    ') .. '--' .. o.name
      .. (o.arg and ' ' .. o.arg or '')
    out[#out + 1] = ('  %-28s %s\n'):format(left, o.help)
  end
  out[#out + 1] = '\nExit status: 0 something found, 1 nothing found, 2 an error.\n'
  return table.concat(out)
end

return M
