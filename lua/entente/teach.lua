--- teach: corrections in a command's words ("mark person", "merge A into B", "undo") change the
--- project's file and are laid over documents. For hosts that know of a text where its file lies.
--- Knows no editor. Positions are bytes, 0-based, half-open.
local commands = require 'entente.commands'
local core = require 'entente.core'
local ent = require 'entente'

local M = {}

local exists = require('entente.files').exists

--- Where the corrections of a file's project lie (they need not be there): in the nearest folder
--- above with .entente, else with .git, else beside the file.
---@param file string its whole path
---@return string path
function M.path(file)
  local folder = file:match '^(.*)/[^/]*$' or '.'
  for _, mark in ipairs { '/.entente', '/.git' } do
    local at = folder
    while at do
      if exists(at .. mark) then
        return at .. '/.entente/lexicon.tsv'
      end
      at = at:match '^(.*)/[^/]*$'
    end
  end
  return folder .. '/.entente/lexicon.tsv'
end

local function open(path)
  local ok, lexicon = pcall(require, 'entente.lexicon')
  if not ok then
    return nil, 'corrections need LPeg for this Lua (Debian: lua-lpeg)'
  end
  return lexicon.open(path, require('entente.files').new()), lexicon
end

--- Lays the corrections of a file, as they are now, over a document.
---@param doc userdata
---@param path string from M.path
function M.lay(doc, path)
  local store = exists(path) and open(path)
  doc:correct(store and store:rules(core, (ent.model())) or nil)
  commands.forget(doc)
end

-- Span of the word at a byte.
local function word(doc, at)
  local base = math.max(0, at - 200)
  local text = doc:text(base, math.min(doc:length(), at + 200))
  local first = text:sub(1, at - base):match "()[%w\128-\255'-]*$"
  local stop = text:match("^[%w\128-\255'-]*()", at - base + 1)
  if stop > first then
    return base + first - 1, base + stop - 1
  end
end

-- The words a correction is about: those given, the selection, the mention at the cursor, the word.
local function named(q, words)
  if words ~= '' then
    return words
  end
  local from, to = q.from, q.to
  if not from then
    from, to = commands.object(q, 'mention')
  end
  if not from then
    from, to = word(q.doc, q.at)
  end
  local name = from and commands.flat(q.doc, from, to) or ''
  if name == '' then
    return nil, 'no words under the cursor: give a name'
  end
  return name
end

-- Name of the entity that is meant: found by its name, else the one at the cursor.
local function entity(q, name)
  local id, sorry = commands.entity { doc = q.doc, at = q.at, name = name }
  return id and q.doc:entity(id).name, sorry and sorry.text
end

-- What each command's words ask for: a correction, or nil and what is wrong.
local forms = {}

function forms.mark(q, words)
  local kind, rest = words:match '^(%l+)%s*(.*)$'
  if not kind then
    return nil, 'mark ' .. table.concat(core.kinds, '|') .. ' [NAME | as NAME]'
  end
  local as = rest:match '^as (.+)$'
  local name, sorry = named(q, as and '' or rest)
  return name and { name = name, kind = kind, as = as }, sorry
end

function forms.ignore(q, words)
  local name, sorry = named(q, words)
  return name and { name = name }, sorry
end
forms.split = forms.ignore

function forms.merge(q, words)
  local name, into = words:match '^(.-) into (.+)$'
  into = into or words:gsub('^into ', '')
  if into == '' then
    return nil, 'merge A into B'
  end
  local known, sorry = entity(q, name)
  local target = q.doc:find(into)
  into = target and q.doc:entity(target).name or into
  return known and { name = name or known, into = into }, sorry
end

function forms.rename(q, words)
  if words == '' then
    return nil, 'rename NEW: what lists and cards call this one'
  end
  local name, sorry = entity(q)
  return name and { name = name, as = words }, sorry
end

--- Is this the name of a command that corrects?
---@param verb string
---@return boolean
function M.knows(verb)
  return forms[verb] ~= nil or verb == 'undo' or verb == 'redo'
end

--- Corrects the project's file.
---@param q table a question as in commands.lua, with from and to where something is selected
---@param verb string
---@param words string what follows it
---@param path string from M.path
---@return table action a message; `changed` when the file is another now
function M.run(q, verb, words, path)
  local entry, message
  if forms[verb] then
    entry, message = forms[verb](q, words)
  end
  local store, lexicon
  if entry or not forms[verb] then
    store, lexicon = open(path)
    message = not store and lexicon
  end
  if not store then
    return { act = 'message', text = message, level = 'warn' }
  end
  store[verb](store, entry)
  if store.message or not store.last then
    local none = 'no correction to ' .. verb
    return { act = 'message', text = store.message or none, level = 'warn' }
  end
  local told = entry or store.last
  told.verb = told.verb or verb
  local text = (entry and '' or verb .. ': ') .. lexicon.describe(told)
  return { act = 'message', text = text, level = 'info', changed = true }
end

return M
