--- rename: a new name for an actor or proposal in all its forms, as edits for a host to make.
--- Knows no editor. Positions are bytes, 0-based, half-open.
local M = {}

local NAME, MARK = 0, 6

local function words(s)
  local out = {}
  for w in s:gmatch '%S+' do
    out[#out + 1] = w
  end
  return out
end

local particles = {}
for word in ('van von der den de da di du del la le al bin ibn ben abu st'):gmatch '%S+' do
  particles[word] = true
end

-- First names, and surname with its particles.
local function parts(list)
  local at = #list
  while at > 2 and particles[list[at - 1]:lower()] do
    at = at - 1
  end
  return table.concat(list, ' ', 1, at - 1), table.concat(list, ' ', at, #list)
end

-- Puts the blanks of the old text between the words of the new, so that lines break where they did.
local function with_blanks(new, old)
  local blanks, list = {}, words(new)
  for blank in old:gmatch '%s+' do
    blanks[#blanks + 1] = blank
  end
  if #list - 1 ~= #blanks then
    return new
  end
  local out = list[1]
  for i = 2, #list do
    out = out .. blanks[i - 1] .. list[i]
  end
  return out
end

-- What a form of the old name becomes: the full name, the surname, the first names, the full name
-- with more before it, capitals throughout; nil when it is none of these.
local function form_of(here, old, new)
  local text, full, fresh = table.concat(here, ' '), table.concat(old, ' '), table.concat(new, ' ')
  local first, last = parts(old)
  local new_first, new_last = parts(new)
  if text == full then
    return fresh
  elseif text == last then
    return new_last
  elseif text == first then
    return new_first ~= '' and new_first or fresh
  elseif text == full:upper() then
    return fresh:upper()
  elseif #here > #old and table.concat(here, ' ', #here - #old + 1) == full then
    return table.concat(here, ' ', 1, #here - #old) .. ' ' .. fresh
  end
end

--- Edits that rename an entity in every form of its name that can be known: possessives keep their
--- 's, other forms (acronyms, adjectives, nominals, pronouns) stay and are listed apart.
---@param doc userdata
---@param id integer the entity
---@param from integer span of the mention that shows its old full name
---@param to integer
---@param new string its new name
---@return {from: integer, to: integer, text: string}[] edits in text order, never overlapping
---@return {from: integer, to: integer}[] left names that stay as they are
function M.edits(doc, id, from, to, new)
  local old, fresh = words(doc:text(from, to)), words(new)
  local flat, out, left, last = doc:refs(id), {}, {}, 0
  for i = 1, #fresh > 0 and #flat or 0, MARK do
    local a, b = flat[i], flat[i + 1]
    if flat[i + 3] == NAME and a >= last then
      local text = form_of(words(doc:text(a, b)), old, fresh)
      if text then
        out[#out + 1] = { from = a, to = b, text = with_blanks(text, doc:text(a, b)) }
        last = b
      else
        left[#left + 1] = { from = a, to = b }
      end
    end
  end
  return out, left
end

return M
