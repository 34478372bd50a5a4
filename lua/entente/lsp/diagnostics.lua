--- lsp.diagnostics: questions about a text, pushed or pulled; off until switched on.
local lint = require 'entente.lint'

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
  for _, d in ipairs(lint.check(text.doc)) do
    if not only or only[d.code] then
      out[#out + 1] = { range = text:range(d.from, d.to), severity = HINT, source = 'entente',
        code = d.code, message = d.message, data = d.replace and { replace = d.replace } or nil }
    end
  end
  return out
end

local list

--- Publishes them.
function M.push(server, text)
  server:notify('textDocument/publishDiagnostics',
    { uri = text.uri, version = text.version, diagnostics = list(M.of(text, server.options)) })
end

function M.install(server, about)
  list = server.list
  about('textDocument/diagnostic', function(text, _, self)
    local items = M.wanted(self.options) and M.of(text, self.options) or {}
    return { kind = 'full', items = server.list(items) }
  end, true)
end

return M
