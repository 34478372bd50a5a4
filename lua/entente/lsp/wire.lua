--- lsp.wire: messages as JSON and back, by lua-cjson.
---
---     local wire = require('entente.lsp.wire').new(require 'cjson')
---     wire.encode(message)    lists that server.list marks become [] when empty; what server.raw
---                             holds is JSON already
---     wire.decode(body)       -> message, or nil and what is wrong; a null is left out
---     wire.settle(result, breathe)    does the most of encode beforehand, and can give way
---     wire.null               null where the protocol wants one
local M = {}

--- Metatables of lists and of JSON that is made elsewhere.
M.list, M.raw = { __jsontype = 'array' }, { __jsontype = 'raw' }

M.DEPTH = 500 -- of messages that come; the library writes twice that

--- A value that is JSON already.
---@param json string
---@return table
function M.as_is(json)
  return setmetatable({ json = json }, M.raw)
end

-- Strings that stand for what the library cannot write; no text holds them, as nobody knows them.
local function placeholders()
  local seed = tostring {}:gsub('%W', '') .. tostring(os.time())
  return '<' .. seed .. ':', ':>'
end

function M.new(cjson)
  local json = cjson.new()
  json.encode_sparse_array(true)
  json.decode_invalid_numbers(false)
  json.encode_invalid_numbers 'null' -- 1e999 is a number of JSON and none of ours
  json.decode_max_depth(M.DEPTH)
  local open, close = placeholders()

  -- Puts placeholders in a message; what they stand for is added to `raws`.
  local function prepare(t, raws)
    for k, v in pairs(t) do
      if type(v) == 'table' then
        local mt = getmetatable(v)
        if mt == M.raw or (mt == M.list and next(v) == nil) then
          raws[#raws + 1] = mt == M.raw and v.json or '[]'
          t[k] = open .. #raws .. close
        else
          prepare(v, raws)
        end
      end
    end
  end

  local function strip(t)
    for k, v in pairs(t) do
      if v == json.null then
        t[k] = nil
      elseif type(v) == 'table' then
        strip(v)
      end
    end
    return t
  end

  local self = { null = json.null }

  --- A message's bytes. The message is used up: it must not be sent again.
  ---@param message table
  ---@return string
  function self.encode(message)
    local raws = {}
    prepare(message, raws)
    local body = json.encode(message)
    if raws[1] then
      body = body:gsub('"' .. open .. '(%d+)' .. close .. '"', function(n)
        return raws[tonumber(n)]
      end)
    end
    return body
  end

  --- A result in which long lists are JSON already, made item by item.
  ---@param value any used up, as by encode
  ---@param breathe fun()
  ---@return any
  function self.settle(value, breathe)
    if type(value) ~= 'table' or getmetatable(value) == M.raw then
      return value
    elseif #value > 32 then
      for i, item in ipairs(value) do
        value[i] = type(item) == 'table' and self.encode(self.settle(item, breathe))
          or json.encode(item)
        breathe()
      end
      return M.as_is('[' .. table.concat(value, ',') .. ']')
    end
    for k, v in pairs(value) do
      if type(v) == 'table' then
        value[k] = self.settle(v, breathe)
      end
    end
    return value
  end

  ---@param body string
  ---@return any message, string|nil problem
  function self.decode(body)
    local ok, message = pcall(json.decode, body)
    if not ok then
      local found
      if body:find '\\u[dD][89a-fA-F]' then -- half a character: texts of editors may hold one
        found = require('entente.json').decode(body)
      end
      return found, not found and (tostring(message):gsub('^[^\n]-:%d+: ', '')) or nil
    end
    return type(message) == 'table' and strip(message) or message
  end

  return self
end

return M
