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

-- Is `part` the tail of `whole` in words? ("Putin" of "Vladimir Putin")
local function is_tail(part, whole)
  for i = 0, #part - 1 do
    if part[#part - i] ~= whole[#whole - i] then
      return false
    end
  end
  return #part < #whole
end

--- Edits that rename an entity: where its full name stands the new full name, where the surname or
--- another tail of it stands the last word of the new one. Other forms (acronyms, adjectives,
--- nominals, pronouns) stay, since what they should become cannot be known.
---@param doc userdata
---@param id integer the entity
---@param from integer span of the mention under the cursor
---@param to integer
---@param new string its new text
---@return {from: integer, to: integer, text: string}[] edits in text order, never overlapping
function M.edits(doc, id, from, to, new)
  new = new:gsub('%s+', ' '):gsub('^ ', ''):gsub(' $', '')
  local old, fresh = words(doc:text(from, to)), words(new)
  local flat, out, last = doc:refs(id), {}, 0
  for i = 1, #flat, MARK do
    local a, b = flat[i], flat[i + 1]
    if flat[i + 3] == NAME and a >= last then
      local here = words(doc:text(a, b))
      local text
      if table.concat(here, ' ') == table.concat(old, ' ') then
        text = new
      elseif is_tail(here, old) then
        text = fresh[#fresh]
      elseif is_tail(old, here) and #fresh > 0 then
        text = table.concat(here, ' ', 1, #here - #old) .. ' ' .. new
      end
      if text and #fresh > 0 then
        out[#out + 1] = { from = a, to = b, text = text }
        last = b
      end
    end
  end
  return out
end

return M
