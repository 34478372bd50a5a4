--- lsp.diagnostics: questions about a text, pushed or pulled; off until switched on.
local slice = require 'entente.lsp.slice'

local M = {}

local HINT = 4

--- Are diagnostics wanted? Option "diagnostics": true, or a list of codes.
function M.wanted(options)
  return options.diagnostics == true or type(options.diagnostics) == 'table'
end

local function codes(options)
  if type(options.diagnostics) ~= 'table' then
    return nil
  end
  local out = {}
  for _, code in ipairs(options.diagnostics) do
    out[code] = true
  end
  return out
end

--- Diagnostics of a text as the protocol has them.
function M.of(text, options)
  local out, only = {}, codes(options)
  for _, d in ipairs(text:doubts()) do
    slice.breathe()
    if not only or only[d.code] then
      out[#out + 1] = { range = text:range(d.from, d.to), severity = HINT, source = 'entente',
        code = d.code, message = d.message, data = d.replace and { replace = d.replace } or nil }
    end
  end
  return out
end

--- Called when a text or the settings have changed: they are pushed when there is time.
function M.due(server, text)
  text.lint = not server.can.pull and (M.wanted(server.options) or text.told == true)
  text.result_id = (text.result_id or 0) + 1
end

--- Publishes them; an empty list takes back what was published before.
function M.push(server, text)
  local items = M.wanted(server.options) and M.of(text, server.options) or {}
  text.told = #items > 0
  server:notify('textDocument/publishDiagnostics',
    { uri = text.uri, version = text.version, diagnostics = server.list(items) })
end

--- A closed text has none.
function M.forget(server, text)
  if text.told then
    server:notify('textDocument/publishDiagnostics',
      { uri = text.uri, diagnostics = server.list {} })
  end
end

function M.install(server, about)
  about('textDocument/diagnostic', function(text, params, self)
    local id = tostring(text.result_id)
    if params.previousResultId == id then
      return { kind = 'unchanged', resultId = id }
    end
    local items = M.wanted(self.options) and M.of(text, self.options) or {}
    return { kind = 'full', resultId = id, items = server.list(items) }
  end, { fresh = true })
end

return M
