--- bytes: an input as a source of choices, for targets that make more than a string of it.
local M = {}

--- Gives two functions: one gives a number from 0 to n - 1, nil at the input's end; the other takes
--- up to n bytes as they are.
function M.reader(s)
  local at = 1
  local function next_number(n)
    local b = s:byte(at)
    at = at + 1
    return b and b % n
  end
  local function take(n)
    local piece = s:sub(at, at + n - 1)
    at = at + n
    return piece
  end
  return next_number, take
end

return M
