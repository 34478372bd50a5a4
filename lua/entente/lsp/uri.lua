--- lsp.uri: paths of files as URIs and back.
local M = {}

--- The file of a uri; nil for others.
---@param uri any
---@return string|nil path
function M.path(uri)
  local path = type(uri) == 'string' and uri:match '^file://[^/]*(/.*)$'
  return path and (path:gsub('%%(%x%x)', function(hex)
    return string.char(tonumber(hex, 16))
  end)) or nil
end

--- The uri of an absolute path.
---@param path string
---@return string
function M.of(path)
  return 'file://' .. (path:gsub("[^%w/._~!$&'()*+,;=:@-]", function(c)
    return ('%%%02X'):format(c:byte())
  end))
end

return M
