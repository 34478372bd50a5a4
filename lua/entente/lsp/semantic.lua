--- lsp.semantic: semantic tokens, whole, by difference, and for a range.
local M = {}

local FIRST = 1 -- bit of the modifier "declaration"

local function make(text, server)
  local l = server.legend
  return text.doc:tokens(text.lines, text.unit, l.types, FIRST, l.cue)
end

-- A list of numbers that is JSON already.
local function raw(json)
  return setmetatable({}, { __tojson = function()
    return json
  end, __jsontype = 'array' })
end

local function remember(text, tokens)
  text.token_id = (text.token_id or 0) + 1
  text.tokens = tokens
  return tostring(text.token_id)
end

-- Only what lies in the lines of a range: the first token's place becomes absolute again.
local function within(data, from, to)
  local out, line, col, last_line, last_col = {}, 0, 0, 0, 0
  for i = 1, #data, 5 do
    col = data[i] == 0 and col + data[i + 1] or data[i + 1]
    line = line + data[i]
    if line >= from and line <= to then
      out[#out + 1] = line - last_line
      out[#out + 1] = line == last_line and col - last_col or col
      for k = 2, 4 do
        out[#out + 1] = data[i + k]
      end
      last_line, last_col = line, col
    end
  end
  return out
end

local function numbers(json)
  local out = {}
  for n in json:gmatch '%d+' do
    out[#out + 1] = math.floor(tonumber(n))
  end
  return out
end

function M.install(server, about)
  local function on(method, answer)
    about(method, function(text, params, self)
      if not self.legend then
        server.fail(server.errors.no_method, 'semantic tokens are switched off')
      end
      return answer(text, params, self)
    end, true)
  end
  on('textDocument/semanticTokens/full', function(text, _, self)
    local tokens = make(text, self)
    return { resultId = remember(text, tokens), data = raw(tokens:json()) }
  end)
  on('textDocument/semanticTokens/full/delta', function(text, params, self)
    local tokens, old = make(text, self), text.tokens
    if not old or params.previousResultId ~= tostring(text.token_id) then
      return { resultId = remember(text, tokens), data = raw(tokens:json()) }
    end
    local from, removed, added = tokens:differ(old)
    local id, edits = remember(text, tokens), server.list {}
    if removed > 0 or added > 0 then
      edits[1] = { start = from, deleteCount = removed, data = raw(tokens:json(from, added)) }
    end
    return { resultId = id, edits = edits }
  end)
  on('textDocument/semanticTokens/range', function(text, params, self)
    local data = numbers(make(text, self):json())
    return { data = server.list(within(data, params.range.start.line, params.range['end'].line)) }
  end)
end

return M
