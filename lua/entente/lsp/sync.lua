--- lsp.sync: texts as the client opens, changes and closes them.
local texts = require 'entente.lsp.text'
local corrections = require 'entente.lsp.corrections'
local diagnostics = require 'entente.lsp.diagnostics'

local M = {}

-- Range of today's text that a change touched, by whole lines, for entente/didUpdate.
local function touched(text, change)
  local from, to = 0, text.lines:count()
  if change.range then
    local _, breaks = tostring(change.text):gsub('\n', '')
    from = change.range.start.line
    to = from + breaks + 1
  end
  return { start = { line = from, character = 0 }, ['end'] = { line = to, character = 0 } }
end

local function tell(self, text, ranges)
  if self.can.updates then
    self:notify('entente/didUpdate',
      { uri = text.uri, version = text.version, ranges = ranges and self.list(ranges) or nil })
  end
end
M.tell = tell

-- What is known of a text has to be found again.
local function changed(self, text)
  text.pending = true
  self:drop(text)
  diagnostics.due(self, text)
end
M.changed = changed

function M.install(server)
  local on = server.notifications
  on['textDocument/didOpen'] = function(self, params)
    local item = params.textDocument
    local text, message = texts.open(self.ent, item, self.unit)
    if not text then
      return self:notify('window/showMessage', { type = 1, message = 'entente: ' .. message })
    end
    if self.texts[item.uri] then -- opened twice: the newer one counts
      on['textDocument/didClose'](self, params)
    end
    self.texts[item.uri] = text
    corrections.lay(self, text)
    changed(self, text)
    tell(self, text)
  end
  on['textDocument/didChange'] = function(self, params)
    local text = self.texts[params.textDocument.uri]
    if not text then
      return
    end
    local ranges = {}
    self:drop(text)
    for i, change in ipairs(params.contentChanges) do
      text:change(change)
      ranges[i] = touched(text, change)
    end
    text.version = params.textDocument.version
    changed(self, text)
    tell(self, text, ranges)
  end
  on['textDocument/didClose'] = function(self, params)
    local text = self.texts[params.textDocument.uri]
    if text then
      self:drop(text)
      diagnostics.forget(self, text)
      self.progress.done(self, text)
      self.texts[text.uri] = nil
      text.doc:close()
    end
  end
  on['textDocument/didSave'] = function() end
end

return M
