--- command: the :Entente command: words to a question, completion of words and names.
local commands = require 'entente.commands'
local attach = require 'entente.host.nvim.attach'
local perform = require 'entente.host.nvim.perform'

local M = {}

---@class entente.Call
---@field words string[] after the sub-command, without flags
---@field name string the words joined
---@field flags table<string, string|boolean>
---@field bang boolean
---@field mods string
---@field range integer[]|nil first and last line

local function part(name)
  return require('entente.host.nvim.' .. name)
end

-- Asks commands.lua and performs the answer.
local function ask(question, ...)
  local extra = { ... }
  return function(call)
    local q, message = perform.question(0, {
      name = call.name,
      verb = call.flags.verb,
      here = call.flags.here,
      pronouns = call.bang or nil,
    })
    if not q then
      return perform.message(message)
    end
    local action = question(q, unpack(extra))
    perform.perform(q.buf, action, { loc = call.flags.loc, mods = call.mods })
  end
end

-- A live window, or with ! or -qf a quickfix list.
local function window(what, as_list)
  return function(call)
    if (call.bang or call.flags.qf or call.flags.loc) and as_list then
      return ask(as_list, call.words[1])(call)
    end
    part('window').open(what, call)
  end
end

local function step(direction)
  return function(call)
    part('motion').step(direction, call.words[1] or 'any', tonumber(call.words[2]) or 1)
  end
end

local function later(module, name)
  return function(call)
    return part(module)[name](call)
  end
end

local whats = { 'any', 'same', 'proposal', 'stance' }
local kinds = { 'person', 'country', 'organisation', 'group', 'place', 'proposal' }
local actor_kinds = { 'person', 'country', 'organisation', 'group', 'place' }

--- Sub-commands: what they do, what completes their words ('names' for names in the text).
M.subs = {
  actors = { window('actors', commands.actors), actor_kinds },
  alias = { later('teach', 'alias'), 'names' },
  board = { window 'board' },
  build = { later('admin', 'build') },
  check = { later('check', 'toggle') },
  colour = { later('reading', 'colour'), { 'kind', 'actor' } },
  counts = { later('reading', 'counts') },
  doctor = { later('admin', 'doctor') },
  explain = { later('admin', 'explain') },
  export = { later('export', 'run'), 'formats' },
  fix = { later('check', 'fix') },
  focus = { later('reading', 'focus'), 'names' },
  fold = { later('reading', 'fold'), 'names' },
  ['goto'] = { ask(commands.go), 'names' },
  help = { later('admin', 'help') },
  index = { later('index', 'index') },
  ignore = { later('teach', 'ignore'), 'names' },
  lexicon = { later('teach', 'lexicon') },
  log = { later('admin', 'log') },
  mark = { later('teach', 'mark'), kinds },
  merge = { later('teach', 'merge'), 'names' },
  next = { step(1), whats },
  off = { later('reading', 'off') },
  on = { later('reading', 'on') },
  prev = { step(-1), whats },
  proposals = { window('proposals', commands.proposals) },
  redo = { later('teach', 'redo') },
  refs = { ask(commands.refs), 'names' },
  rename = { later('rename', 'run'), 'names' },
  report = { later('report', 'run'), 'files' },
  review = { later('review', 'start') },
  show = { ask(commands.show), 'names' },
  split = { later('teach', 'split'), 'names' },
  stance = { later('teach', 'stance'), 'labels' },
  stances = { window('stances', commands.positions), 'names' },
  status = { later('admin', 'status') },
  timeline = { window 'timeline' },
  toggle = { later('reading', 'toggle') },
  tutor = { later('admin', 'tutor') },
  undo = { later('teach', 'undo') },
  winbar = { later('reading', 'winbar') },
}

local flags = { project = true, loc = true, qf = true, buf = true, here = true, max = true,
  verb = true }
local flag_help = '-project, -loc, -qf, -here, -max=, -verb='

--- Names of all sub-commands, sorted.
---@return string[]
function M.names()
  local out = vim.tbl_keys(M.subs)
  table.sort(out)
  return out
end

local function parse(words, bang)
  local call = { words = {}, flags = {}, bang = bang, mods = '' }
  for i = 2, #words do
    local flag, value = words[i]:match '^%-%-?(%a+)=?(.*)$'
    if flag then
      call.flags[flag] = value ~= '' and value or true
    else
      call.words[#call.words + 1] = words[i]
    end
  end
  call.name = table.concat(call.words, ' ')
  return call
end

-- Without a sub-command: pick one. CTRL-C in the list is an error there, here a no.
local function pick()
  local picked
  local ok, problem = pcall(vim.ui.select, M.names(), { prompt = 'Entente' }, function(choice)
    picked = true
    if choice then
      M.run { choice }
    end
  end)
  if not ok and (picked or not tostring(problem):find 'Keyboard interrupt') then
    error(problem, 0)
  end
end

--- Runs a sub-command: { 'refs', 'Putin', bang =, mods =, range = }.
---@param words table
function M.run(words)
  if not words[1] then
    return pick()
  end
  local name, bang = words[1]:match '^(%a+)(!?)$'
  local sub = name and M.subs[name]
  if not sub then
    return perform.message(('no such command: :Entente %s'):format(words[1]))
  end
  local call = parse(words, words.bang or bang == '!' or false)
  call.mods, call.range = words.mods or '', words.range
  for flag in pairs(call.flags) do
    if not flags[flag] then
      return perform.message(('no such flag: -%s  (%s)'):format(flag, flag_help))
    end
  end
  local verb = call.flags.verb
  if verb and not vim.tbl_contains(require('entente.core').labels, verb) then
    return perform.message('-verb=' .. table.concat(require('entente.core').labels, '|'))
  end
  local action = sub[1]
  if call.flags.project and part('index').asked[name] ~= nil then
    action = function()
      part('index').ask(name, call)
    end
  end
  local ok, message = pcall(action, call)
  if not ok then
    perform.message('entente: ' .. tostring(message))
  end
end

--- What the user command calls.
---@param o table
function M.user(o)
  local words = vim.deepcopy(o.fargs)
  words.bang, words.mods = o.bang, o.mods
  words.range = o.range > 0 and { o.line1, o.line2 } or nil
  M.run(words)
end

-- Names and aliases in the text that start with (or hold, failing that) what was typed.
local function names(lead)
  local doc = attach.doc(0)
  if not doc then
    return {}
  end
  local found = require('entente.tables').names(doc, lead:gsub('\\ ', ' '))
  for i, name in ipairs(found) do
    found[i] = name:gsub('[\\ |]', '\\%0')
  end
  return found
end

local function starting(list, lead)
  return vim.tbl_filter(function(word)
    return word:sub(1, #lead) == lead
  end, list)
end

-- What a word that begins with a dash may be.
local function flag_words(lead)
  local out = { '-project', '-loc', '-qf', '-here', '-max=' }
  for _, label in ipairs(require('entente.core').labels) do
    out[#out + 1] = '-verb=' .. label
  end
  return starting(out, lead)
end

-- What may stand in a place: a list, or the name of one.
local word_lists = {
  names = names,
  files = function(lead)
    return vim.fn.getcompletion(lead, 'file')
  end,
  formats = function(lead)
    return starting(require('entente.format').names, lead)
  end,
  labels = function(lead)
    return starting(require('entente.core').labels, lead)
  end,
}

--- Completion of the command line.
---@param lead string
---@param line string
---@param at integer
---@return string[]
function M.complete(lead, line, at)
  local before = line:sub(1, at):gsub('^.-Entente!?%s*', '')
  local sub = before:match '^(%a+)!?%s'
  if not sub then
    return starting(M.names(), lead)
  elseif lead:sub(1, 1) == '-' then
    return flag_words(lead)
  end
  local words = M.subs[sub] and M.subs[sub][2] or {}
  if sub == 'mark' and before:find '%sas%s' then
    words = 'names'
  elseif sub == 'alias' and lead:find '=' then
    local nickname, name = lead:match '^(.-=)(.*)$'
    return vim.tbl_map(function(found)
      return nickname .. found
    end, names(name))
  end
  if type(words) == 'string' then
    return word_lists[words](lead)
  end
  return starting(words, lead)
end

return M
