--- settings: options as one string and back, to hand them to a thread, which shares no table.
local M = {}

local function quote(s)
  return (s:gsub('[%c%%=,]', function(c)
    return ('%%%02x'):format(c:byte())
  end))
end

local function unquote(s)
  return (s:gsub('%%(%x%x)', function(hex)
    return string.char(tonumber(hex, 16))
  end))
end

--- Writes strings, numbers, booleans and sets of strings.
---@param opts table<string, any>
---@return string
function M.write(opts)
  local out = {}
  for key, value in pairs(opts) do
    local kind = type(value)
    if kind == 'table' then
      local names = {}
      for name in pairs(value) do
        names[#names + 1] = quote(name)
      end
      value = table.concat(names, ',')
    elseif kind ~= 'function' then
      value = quote(tostring(value))
    end
    if kind ~= 'function' then
      out[#out + 1] = ('%s=%s=%s\n'):format(quote(key), kind, value)
    end
  end
  return table.concat(out)
end

local read = {
  string = unquote,
  number = tonumber,
  boolean = function(s)
    return s == 'true'
  end,
  table = function(s)
    local set = {}
    for name in s:gmatch '[^,]+' do
      set[unquote(name)] = true
    end
    return set
  end,
}

--- Reads what `write` wrote.
---@param s string
---@return table<string, any>
function M.read(s)
  local opts = {}
  for key, kind, value in s:gmatch '([^\n=]*)=(%a+)=([^\n]*)\n' do
    opts[unquote(key)] = read[kind](value)
  end
  return opts
end

return M
