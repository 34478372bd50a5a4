--- cli.project: the corrections of a project (.entente/lexicon.tsv): found, told of, changed.
local args = require 'entente.host.cli.args'
local out = require 'entente.host.cli.output'

local M = {}

local exists = require('entente.files').exists

local function cwd()
  return out.uv and out.uv.cwd() or os.getenv 'PWD' or '.'
end

--- The file of corrections: in the folder that was named, else in the nearest one above the
--- current folder that has one; nil when there is none.
---@param folder string|nil from --project
---@return string|nil path
function M.find(folder)
  if folder then
    return folder .. '/.entente/lexicon.tsv'
  end
  local at = cwd()
  while at do
    local path = at .. '/.entente/lexicon.tsv'
    if exists(path) then
      return path
    end
    at = at ~= '' and at:match '^(.*)/[^/]*$' or nil
  end
end

local function open(path)
  local ok, lexicon = pcall(require, 'entente.lexicon')
  if not ok then
    args.fail('corrections need LPeg for this Lua (Debian: apt-get install lua-lpeg)')
  end
  return lexicon.open(path, require('entente.files').new(out.uv)), lexicon
end

--- The file to lay over documents, its wrong lines told one by one; nil when there is nothing.
---@param folder string|nil from --project
---@return string|nil path
function M.use(folder)
  local path = M.find(folder)
  if not path or not exists(path) then
    return nil
  end
  local store = open(path)
  for _, e in ipairs(store.lexicon.errors) do
    out.complain(('%s:%d: %s'):format(path, e.line, e.message))
  end
  return #store.lexicon:entries() > 0 and path or nil
end

-- Two names, with or without the word between them: "merge A into B", "merge A B". More or fewer
-- are none: names of several words want quotes.
local function two(field)
  return function(rest)
    if #rest == 3 and rest[2] == field then
      table.remove(rest, 2)
    end
    return #rest == 2 and { name = rest[1], [field] = rest[2] } or {}
  end
end

local function one(rest)
  return { name = table.concat(rest, ' ') }
end

local forms = {
  mark = { 'KIND NAME', function(rest)
    return { kind = table.remove(rest, 1), name = table.concat(rest, ' ') }
  end },
  ignore = { 'NAME', one },
  split = { 'NAME', one },
  merge = { 'NAME INTO', two 'into' },
  alias = { 'NAME OF', two 'of' },
  rename = { 'NAME AS', two 'as' },
  undo = { '' },
  redo = { '' },
}

--- Makes a correction, or takes the last one back.
---@param verb string
---@param folder string|nil
---@param rest string[]
---@return integer status
function M.change(verb, folder, rest)
  local form = forms[verb]
  local entry = form[2] and form[2](rest)
  if entry and not (entry.name and entry.name:find '%S') then
    args.fail('%s takes %s', verb, form[1])
  end
  local store, lexicon = open(M.find(folder) or cwd() .. '/.entente/lexicon.tsv')
  store[verb](store, entry)
  if store.message then
    args.fail('%s: %s', store.path, store.message)
  elseif not store.last then
    return 1
  end
  local told = entry or store.last
  told.verb = told.verb or verb
  out.write((entry and '' or verb .. ': ') .. lexicon.describe(told) .. '\n')
  return 0
end

return M
