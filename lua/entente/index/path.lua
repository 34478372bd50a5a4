--- index.path: file names as the index holds them: text that every program can read. "%" and bytes
--- that are no UTF-8 or would move a terminal's cursor are written %25, %FF ...
local core = require 'entente.core'

local M = {}

local function escape(byte)
  return ('%%%02X'):format(byte:byte())
end

--- A file's name as it is stored.
---@param name string
---@return string
function M.encode(name)
  if not name:find '[%%%c\127-\255]' then
    return name
  end
  name = name:gsub('[%%%c\127]', escape)
  if core.kind_of(name) > 0 then
    name = name:gsub('[\128-\255]', escape)
  end
  return name
end

--- The file's own name.
---@param stored string
---@return string
function M.decode(stored)
  return (stored:gsub('%%(%x%x)', function(hex)
    return string.char(tonumber(hex, 16))
  end))
end

--- A folder and a name in it as one path.
---@param dir string
---@param name string
---@return string
function M.join(dir, name)
  return dir == '' and name or dir .. '/' .. name
end

return M
