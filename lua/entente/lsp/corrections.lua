--- lsp.corrections: a project's corrections (.entente/lexicon.tsv) in the language server. They are
--- laid over every text that is opened, offered as code actions, made by commands, taken back.
local core = require 'entente.core'

local M = {}

local NAME, NOMINAL = 0, 1

local function rules(server, text)
  return #text.store.lexicon:entries() > 0 and text.store:rules(core, (server.ent.model())) or nil
end

-- After a change every text of the project follows, and the client is asked to draw anew.
local function changed(server, store)
  local sync = require 'entente.lsp.sync'
  for _, text in pairs(server.texts) do
    if text.store == store then
      text.doc:correct(rules(server, text))
      text:forget()
      sync.changed(server, text)
      sync.tell(server, text)
    end
  end
  server:refresh()
end

-- Follows the file when it changes elsewhere: in another editor, by the command line.
local function follow(server, store)
  server.watched = server.watched or {}
  if server.watch and not server.watched[store] then
    server.watched[store] = true
    server.watch(store.path, function()
      M.reload(server, store)
    end)
  end
end

--- Reads corrections again: of one project, or of all; texts follow where they differ.
function M.reload(server, only)
  local seen = {}
  for _, text in pairs(server.texts) do
    local store = text.store
    if store and not seen[store] and (not only or only == store) then
      seen[store] = true
      local before = store.lexicon:text()
      if store:reload():text() ~= before then
        changed(server, store)
      end
    end
  end
end

--- Lays a project's corrections over a text; `server.store_of(uri)` is the host's (nil: none).
function M.lay(server, text)
  local store = server.store_of and server.store_of(text.uri)
  text.store = store
  if store then
    follow(server, store)
    if #store.lexicon:entries() > 0 then
      text.doc:correct(rules(server, text))
    end
  end
end

-- Runs one verb of the store; what fails there is told in one line.
local function change(server, text, verb, entry)
  local store = text.store
  if not store then
    server.fail(server.errors.failed,
      'this text belongs to no folder in which corrections could be kept')
  end
  store[verb](store, entry)
  if store.message then
    server.fail(server.errors.failed, store.message)
  end
  changed(server, store)
  return store.last and true or false
end

local function name_at(server, text, a)
  local m = a.position and text:mention(text:byte(a.position))
  local name = a.name or m and text:flat(m.from, m.to)
  if not name then
    server.fail(server.errors.invalid_params, 'give a name, or the position of one')
  end
  return name, m
end

--- Code actions on the mention a range begins in.
function M.actions(_, text, range, out)
  local m = text.store and text:mention(text:byte(range.start))
  local name = m and text:flat(m.from, m.to)
  if not m or not (m.form == NAME or m.form == NOMINAL and name:match '^%u') then
    return -- a noun or pronoun; a state's adjective can be corrected as names can
  end
  local function offer(title, command, more)
    local a = { uri = text.uri, name = name }
    for k, v in pairs(more or {}) do
      a[k] = v
    end
    out[#out + 1] = { title = title, kind = 'quickfix',
      command = { title = title, command = command, arguments = { a } } }
  end
  offer(('“%s” is not an actor or proposal'):format(name), 'entente.ignore')
  for i, kind in ipairs(core.kinds) do
    if i - 1 ~= m.kind then
      offer(('“%s” is %s %s'):format(name, kind:find '^o' and 'an' or 'a', kind), 'entente.mark',
        { kind = kind })
    end
  end
end

--- Adds the commands to a table of them; `target(self, server, arguments)` finds the text.
function M.install(server, commands, target)
  local function on(command, verb, fields)
    commands[command] = function(self, arguments)
      local text, a = target(self, server, arguments)
      local entry = { name = name_at(self, text, a) }
      for _, key in ipairs(fields) do
        entry[key] = a[key]
      end
      return change(self, text, verb, entry)
    end
  end
  on('entente.mark', 'mark', { 'kind', 'as', 'where' })
  on('entente.ignore', 'ignore', { 'where' })
  on('entente.merge', 'merge', { 'into' })
  on('entente.alias', 'alias', { 'of', 'kind' })
  on('entente.stance', 'cue', { 'stance', 'frames' })
  on('entente.split', 'split', { 'where' })
  on('entente.rename', 'rename', { 'as' })
  for _, verb in ipairs { 'undo', 'redo' } do
    commands['entente.' .. verb] = function(self, arguments)
      return change(self, (target(self, server, arguments)), verb)
    end
  end
end

return M
