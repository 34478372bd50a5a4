--- lsp.actions: code actions, commands and renaming.
local corrections = require 'entente.lsp.corrections'
local features = require 'entente.lsp.features'
local rename = require 'entente.rename'

local M = {}

local commands = {}

--- Names of the commands the server runs.
---@return string[]
function M.names()
  local out = {}
  for name in pairs(commands) do
    out[#out + 1] = name
  end
  table.sort(out)
  return out
end

-- The text a command's first argument is about.
local function target(self, server, arguments)
  local a = arguments and arguments[1]
  local text = type(a) == 'table' and self.texts[a.uri]
  if not text then
    server.fail(server.errors.invalid_params, 'the first argument needs the uri of an open text')
  end
  return text, a
end

local function edits_of(text, edits)
  local out = {}
  for i, e in ipairs(edits) do
    out[i] = { range = text:range(e.from, e.to), newText = e.text }
  end
  return out
end

-- A change of one text, the versioned way.
local function workspace_edit(server, text, edits)
  return { documentChanges = server.list { {
    textDocument = { uri = text.uri, version = text.version },
    edits = server.list(edits_of(text, edits)),
  } } }
end

local function rename_request(server)
  return function(text, params)
    local m = text:mention(text:byte(params.position))
    local new = params.newName
    if not m or m.form ~= 0 then
      server.fail(server.errors.invalid_params, 'no name of an actor or proposal here')
    elseif type(new) ~= 'string' or not new:match '%S' then
      server.fail(server.errors.invalid_params, 'the new name is empty')
    end
    local from, to = m.from, m.to
    if new:find '%S%s+%S' and not text.doc:text(from, to):find '%s' then -- a full name at a surname
      local first = text.doc:entity(m.entity).first
      from, to = first[1], first[2]
    end
    return workspace_edit(server, text, (rename.edits(text.doc, m.entity, from, to, new)))
  end
end

local function overlaps(text, range, from, to)
  local a, b = text:span(range)
  return a <= to and b >= from
end

-- One spelling everywhere, for each name that is spelt two ways here; what to write is worked out
-- when the client chooses it.
local function spelling_fixes(text, range, out)
  for _, d in ipairs(text:doubts()) do
    if d.replace and overlaps(text, range, d.from, d.to) then
      out[#out + 1] = { title = ('Spell it "%s"'):format(d.replace), kind = 'quickfix',
        data = { uri = text.uri, revision = text.doc:revision(), from = d.from, to = d.to,
          replace = d.replace } }
    end
  end
end

-- The edit of an action the client has chosen; of one about an older text it takes none.
local function resolve(server)
  return function(self, action)
    local data = type(action.data) == 'table' and action.data or {}
    local text = self.texts[data.uri]
    if text and text.doc:revision() == data.revision then
      action.edit = workspace_edit(server, text,
        { { from = data.from, to = data.to, text = data.replace } })
    elseif data.uri then
      server.fail(server.errors.modified, 'the text has changed since')
    end
    return action
  end
end

local function code_actions(server)
  return function(text, params, self)
    local out = {}
    if require('entente.lsp.diagnostics').wanted(self.options) then
      spelling_fixes(text, params.range, out)
    end
    if not self.can.resolve_action then
      for _, action in ipairs(out) do
        resolve(server)(self, action)
      end
    end
    corrections.actions(self, text, params.range, out)
    return server.list(out)
  end
end

function M.install(server, about)
  about('textDocument/rename', rename_request(server), { fresh = true })
  about('textDocument/codeAction', code_actions(server), { fresh = true })
  server.requests['codeAction/resolve'] = resolve(server)
  commands['entente.refs'] = function(self, arguments)
    local text, a = target(self, server, arguments)
    return server.list(features.references(text, a))
  end
  commands['entente.export'] = function(self, arguments)
    local text, a = target(self, server, arguments)
    return text.doc:json(a.uri, text.unit == 'codepoint' and 'codepoint' or text.unit)
  end
  corrections.install(server, commands, target)
  require('entente.lsp.project').install(server, commands)
  server.requests['workspace/executeCommand'] = function(self, params)
    local run = commands[params.command]
    if not run then
      server.fail(server.errors.invalid_params, 'no such command: ' .. tostring(params.command))
    end
    return run(self, params.arguments)
  end
end

return M
