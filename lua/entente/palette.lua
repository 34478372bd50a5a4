--- palette: one colour per actor, readable on light and dark grounds and told apart by
--- colour-blind readers. Knows no editor. tests/spec/palette_spec.lua computes contrasts and
--- distances as seen with each kind of colour blindness.
local M = {}

--- On dark grounds the colours of Okabe and Ito (2008), moved in lightness; on light grounds found
--- by a search for eight that are farthest apart with every kind of sight. Each has a contrast of
--- at least 4.5 to 1 (WCAG 2) on its grounds.
M.dark = { '#e69f00', '#56b4e9', '#00b386', '#f0e442', '#6f9ceb', '#f08050', '#d98cb8', '#c8c8c8' }
M.light = { '#3f5a00', '#0006ff', '#00715f', '#d51524', '#6e15a3', '#a63493', '#3c0fcb', '#2e5fe8' }
M.size = #M.dark

-- Same name, same number, in every session: a plain polynomial hash that stays within 2^31.
local function hash(name)
  local h = 7
  for i = 1, #name do
    h = (h * 31 + name:byte(i)) % 2147483647
  end
  return h
end

--- The slot (from 1) of a name. `taken` remembers what was given out, so that a name keeps its
--- colour while the text changes and two names share one only when all are in use.
---@param taken table<string|integer, any>
---@param name string
---@return integer
function M.slot(taken, name)
  if taken[name] then
    return taken[name]
  end
  local first = hash(name) % M.size
  local best
  for k = 0, M.size - 1 do
    local slot = (first + k) % M.size + 1
    if not best or (taken[slot] or 0) < (taken[best] or 0) then
      best = slot
    end
  end
  taken[best] = (taken[best] or 0) + 1
  taken[name] = best
  return best
end

return M
