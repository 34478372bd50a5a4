--- index.where: the file in which the index of a folder lies: in the user's cache folder, named by
--- the folder. Host-free: what there is on the disk is asked of the host.
local core = require 'entente.core'

local M = {}

-- $XDG_CACHE_HOME, or ~/.cache; nil when neither is known.
local function cache()
  local dir, home = os.getenv 'XDG_CACHE_HOME', os.getenv 'HOME'
  if dir and dir:sub(1, 1) == '/' then
    return dir
  end
  return home and home ~= '' and home .. '/.cache' or nil
end

--- The file of a folder's index.
---@param root string a real path
---@param dir? string in place of the user's cache folder
---@return string|nil file, string|nil folder nil when there is no place for caches
function M.of(root, dir)
  dir = dir or cache()
  if not dir then
    return nil
  end
  local name = (root:match '[^/]*$'):gsub('[^%w.-]', '_'):sub(1, 40)
  local folder = ('%s/entente/%s-%013x'):format(dir, name, core.hash(root))
  return folder .. '/index.sqlite', folder
end

--- The index that answers for a folder: its own, else that of the nearest folder above.
---@param root string a real path
---@param exists fun(path: string): any
---@return string|nil file, string|nil root
function M.find(root, exists)
  local at = root
  while at do
    local file = M.of(at)
    if file and exists(file) then
      return file, at
    end
    at = at ~= '' and at ~= '/' and at:match '^(.*)/[^/]*$' or nil
  end
end

return M
