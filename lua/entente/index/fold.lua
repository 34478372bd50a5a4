--- index.fold: the form of a name by which it is compared (src/lua_rows.c): small letters, no
--- accents, no points, no "the"; of a person no initials between the first and the last name and no
--- Jr. "Recep Tayyip Erdoğan" and "recep tayyip erdogan" are one.
local core = require 'entente.core'

local M = {}

--- A name as it is compared.
---@param text string
---@return string
function M.name(text)
  return core.fold(text)
end

--- A person's name as it is compared.
---@param text string
---@return string
function M.person(text)
  return core.fold(text, true)
end

--- The folded name for a kind.
---@param kind string
---@param text string
---@return string
function M.of(kind, text)
  return core.fold(text, kind == 'person')
end

--- A name of a kind, by its number, as it is compared; of a person its last word, when it has
--- several, by which it is looked up, too.
---@param kind integer
---@param text string
---@return string folded, string|nil last
function M.parts(kind, text)
  local person = core.kinds[kind + 1] == 'person'
  local folded = core.fold(text, person)
  return folded, person and folded:match ' (%S+)$' or nil
end

--- The number by which a folded name is looked up.
---@type fun(folded: string): integer
M.hash = core.name_hash

return M
