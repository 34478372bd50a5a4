--- lsp.semantic: semantic tokens, whole, by difference, and for a range. They are kept in C from
--- one question to the next; no list of numbers is ever a Lua table.
local core = require 'entente.core'

local M = {}

-- The tokens of a text as it is now.
local function tokens_of(text, server)
  local l = server.legend
  text.tokens = text.tokens or core.tokens(text.unit, l.types, l.cue, 1, 2, 4)
  return text.doc:tokens(text.tokens, text.lines)
end

-- All tokens, as the next difference will be told from.
local function whole(text, server, tokens)
  tokens:take()
  text.token_id = (text.token_id or 0) + 1
  return { resultId = tostring(text.token_id), data = server.raw(tokens:json()) }
end

function M.install(server, about)
  local function on(method, answer)
    about(method, function(text, params, self)
      if not self.legend then
        server.fail(server.errors.no_method, 'semantic tokens are switched off')
      end
      return answer(text, params, self)
    end, { fresh = true })
  end
  on('textDocument/semanticTokens/full', function(text, _, self)
    return whole(text, server, tokens_of(text, self))
  end)
  on('textDocument/semanticTokens/full/delta', function(text, params, self)
    local tokens = tokens_of(text, self)
    if not text.token_id or params.previousResultId ~= tostring(text.token_id) then
      return whole(text, server, tokens)
    end
    local edits, count = tokens:edits()
    text.token_id = text.token_id + (count > 0 and 1 or 0)
    return { resultId = tostring(text.token_id), edits = server.raw(edits) }
  end)
  on('textDocument/semanticTokens/range', function(text, params, self)
    local from, to = params.range.start.line, params.range['end'].line
    return { data = server.raw(tokens_of(text, self):within(math.max(0, from), math.max(0, to))) }
  end)
end

return M
