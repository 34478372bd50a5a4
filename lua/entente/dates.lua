--- dates: the first calendar date a sentence gives, as YYYY-MM-DD (or YYYY-MM, YYYY, --MM-DD).
--- Knows no editor.
local M = {}

local months = {}
for i, name in ipairs {
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
} do
  months[name], months[name:sub(1, 3)] = i, i
end
months.sept = 9

local function iso(year, month, day)
  local y = year and ('%04d'):format(tonumber(year)) or '-'
  if day and (tonumber(day) < 1 or tonumber(day) > 31) then
    return nil
  end
  return day and ('%s-%02d-%02d'):format(y, month, tonumber(day)) or ('%s-%02d'):format(y, month)
end

-- "19 August 2025", "19 August"; "August 19, 2025", "Aug. 19"; "August 2025". A month's name must
-- start with a capital, so that "may 5" is no date.
local function worded(text)
  for at, word, after in text:gmatch '()%f[%a](%u%a+)%.?()' do
    local month = months[word:lower()]
    if month then
      local day = text:sub(1, at - 1):match '%f[%d](%d%d?)%a?%a? +$'
      local rest = text:sub(after)
      if day then
        return iso(rest:match '^,? +(%d%d%d%d)%f[%D]', month, day)
      end
      local d, tail = rest:match '^ +(%d%d?)%f[^%d]%a?%a?(.*)'
      if d then
        return iso(tail:match '^,? +(%d%d%d%d)%f[%D]', month, d)
      end
      local year = rest:match '^,? +(%d%d%d%d)%f[%D]'
      if year then
        return iso(year, month)
      end
    end
  end
end

--- The date a text gives, or nil.
---@param text string
---@return string|nil
function M.find(text)
  local y, m, d = text:match '%f[%d](%d%d%d%d)%-(%d%d)%-(%d%d)%f[%D]'
  if y and tonumber(m) >= 1 and tonumber(m) <= 12 then
    return iso(y, tonumber(m), d)
  end
  return worded(text) or text:match '%f[%w][Ii]n (%d%d%d%d)%f[%D]'
end

return M
