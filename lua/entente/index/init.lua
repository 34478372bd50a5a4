--- index: who stands where over all files of a project: one SQLite file, one writer, many readers.
---
---     local index = require 'entente.index'
---     local ix = assert(index.open(file))            -- nil, message, code when it cannot be read
---     for s in ix:stances { actor = ix:find('Russia')[1], stance = 'opposes' } do ... end
---
--- doc/index.md tells what is in it. Host-free: the files are found and read by a host.
local core = require 'entente.core'
local schema = require 'entente.index.schema'

local M = { version = schema.version }

local exists = require('entente.files').exists

-- What an SQLite file starts with, so that a foreign file is never written to.
local function magic(file)
  local f = io.open(file, 'rb')
  local head = f and f:read(16)
  if f then
    f:close()
  end
  return head
end

-- Why a database is not an index of this version, or nil.
local function strange(db)
  local version, message, code = db:prepare 'PRAGMA user_version'
  local application = version and db:prepare 'PRAGMA application_id'
  if not application then
    return message or 'damaged', code or 'EDAMAGED'
  end
  version, message, code = version:row()
  if not version then
    return message, code
  end
  if application:row() ~= schema.application or version ~= schema.version then
    return 'of another version', 'EVERSION'
  end
end

--- Opens an index to ask it. Codes: ENOENT there is none, EVERSION it is another version's,
--- EDAMAGED, ELIBRARY there is no SQLite.
---@param file string
---@return EntenteIndex|nil index, string|nil message, string|nil code
function M.open(file)
  if not exists(file) then
    return nil, 'there is no index of this project: run "entente index"', 'ENOENT'
  end
  local head = magic(file)
  if head ~= 'SQLite format 3\0' then
    return nil, file .. ' is damaged: run "entente index"', 'EDAMAGED'
  end
  local db, message, code = core.sqlite(file, 'r')
  if not db then
    return nil, ('%s: %s'):format(file, message), code
  end
  message, code = strange(db)
  if message then
    db:close()
    return nil, ('the index %s is %s: run "entente index"'):format(file, message), code
  end
  local self = setmetatable({ db = db, file = file, prepared = {} }, require 'entente.index.read')
  db:exec 'PRAGMA mmap_size = 268435456; PRAGMA cache_size = -16000; PRAGMA query_only = 1'
  local fine, root = pcall(function()
    return self:sql("SELECT value FROM meta WHERE key = 'root'"):row()
  end)
  if not fine or type(root) ~= 'string' then
    self:close()
    return nil, file .. ' is damaged: run "entente index"', 'EDAMAGED'
  end
  self.root = root
  return self
end

M.strange = strange

return M
