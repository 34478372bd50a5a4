--- index.lookup: from the hash of a folded name to the names that may be it. The names of 256
--- hashes share a row, a pair each: a byte (what the name is looked up as, and six bits of the
--- hash), and its id, packed. That takes a third of what an index of SQLite would.
local core = require 'entente.core'
local pack = require 'entente.index.pack'

local M = {}

--- What a name may be looked up as: a name of several words, of one word; the last name of a
--- person; what else documents call it.
M.WORDS, M.WORD, M.LAST, M.ALIAS = 0, 64, 128, 192

local char, floor = string.char, math.floor

--- The row of a hash.
---@param hash integer
---@return integer
function M.row(hash)
  return floor(hash / 256)
end

--- One pair.
---@param as integer
---@param hash integer
---@param id integer
---@return string
function M.pair(as, hash, id)
  return char(as + hash % 64) .. pack.number(id)
end

local ROW = 'SELECT names FROM lookup WHERE id = ?'

--- Ids that may be those of a hash, looked up as one thing or another.
---@param db EntenteIndex|EntenteWriter
---@param hash integer
---@param as integer
---@param other? integer
---@return integer[]
function M.find(db, hash, as, other)
  local blob, check = db:sql(ROW):row(floor(hash / 256)), hash % 64
  if not blob then
    return {}
  end
  return { core.packed_with(blob, as + check, other and other + check) }
end

--- Takes a pair out of a row; the row as it is then.
---@param blob string
---@param pair string
---@return string
function M.without(blob, pair)
  local at = 1
  while at <= #blob do
    local after = select(2, pack.read(blob, at + 1))
    if blob:sub(at, after - 1) == pair then
      return blob:sub(1, at - 1) .. blob:sub(after)
    end
    at = after
  end
  return blob
end

--- Goes through the names that may be one with another: for each row a list of ids, 0 behind those
--- looked up alike.
---@param db EntenteWriter
---@return fun(): integer[]|nil
function M.groups(db)
  local s = db.db:prepare 'SELECT names FROM lookup'
  s:bind()
  return function()
    local blob = s:step()
    if blob then
      return core.packed_groups(blob)
    end
    s:close()
  end
end

return M
