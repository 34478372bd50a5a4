--- report.when: the date of a document: in its name, its head (front matter, mail), its dateline.
local dates = require 'entente.dates'

local M = {}

local function day(y, m, d)
  if y and tonumber(m) >= 1 and tonumber(m) <= 12 and tonumber(d) >= 1 and tonumber(d) <= 31 then
    return ('%s-%s-%s'):format(y, m, d)
  end
end

-- "2025-08-19-talks.txt", "20250819.txt"; the last part that has one counts.
local function in_name(name)
  local found
  for y, m, d in name:gmatch '%f[%d]([12]%d%d%d)[-_./]?(%d%d)[-_./]?(%d%d)%f[%D]' do
    found = day(y, m, d) or found
  end
  return found
end

-- A line "date: ..." among the first ones, as in front matter and mail.
local function in_head(head)
  local line = ('\n' .. head):match '\n[Dd][Aa][Tt][Ee]:[ \t]*([^\n]*)'
  local date = line and dates.find(line)
  return date and #date == 10 and date or nil
end

--- The date, as YYYY-MM-DD, or nil.
---@param name string
---@param text string
---@return string|nil
function M.of(name, text)
  local date = in_name(name) or in_head(text:sub(1, 2000))
  if not date then
    local first = dates.find(text:sub(1, 300))
    date = first and first:find '^%d%d%d%d%-%d%d%-%d%d$' and first or nil
  end
  return date
end

return M
