--- Reads the lexicon's files: lines of columns separated by tabs, `#` starts a comment line, lists
--- inside a column are separated by `;`. The grammar is LPeg's; every complaint names file and
--- line and says what to do.
local lpeg = require "lpeg"
local P, S, C, Ct, Cp = lpeg.P, lpeg.S, lpeg.C, lpeg.Ct, lpeg.Cp

local M = {}

local eol = P "\n"
local comment = P "#" * (1 - eol) ^ 0
local cell = C((1 - S "\t\n") ^ 0)
local record = Ct(Cp() * cell * (P "\t" * cell) ^ 0)
local line = comment + #(eol + P(-1)) + record
local file = Ct(line * (eol * line) ^ 0) * -1

local space = P " " ^ 0
local item = space * C((1 - (space * (P ";" + -1))) ^ 1) * space
local list = Ct((item * (P ";" * item) ^ 0) ^ -1) * -1

--- An error meant for the person who edits the lexicon; caught at the top of the compiler.
---@class LexiconError
---@field message string

---@param path string
---@param number integer line, 0 for the file as a whole
---@param message string what is wrong and what to do
function M.fail(path, number, message)
  error(setmetatable({ message = ("%s:%d: %s"):format(path, number, message) }, M), 0)
end

-- Number of the line at a byte, for messages: lines are counted only when something is wrong.
local function line_at(text, pos)
  local n = 1
  for _ in text:sub(1, pos - 1):gmatch "\n" do n = n + 1 end
  return n
end

-- What no line may hold, checked before anything is read.
local function check_text(path, text)
  local ok, bad = utf8.len(text)
  if not ok then
    M.fail(path, line_at(text, bad), "bytes that are not UTF-8: save the file as UTF-8")
  end
  local cr = text:find("\r", 1, true)
  if cr then
    M.fail(path, line_at(text, cr), "carriage return: save the file with Unix line ends")
  end
  local blank = text:find("[ \t]\n") or text:find("[ \t]$")
  if blank then
    M.fail(path, line_at(text, blank), "white space at the end of the line: remove it")
  end
end

---@class LexiconRow
---@field file string
---@field line integer
---@field [integer] string its columns

--- Rows of a text; `columns` are the names of its columns, the first `needed` must not be empty.
---@param path string for messages
---@param text string
---@param columns string[]
---@param needed integer
---@return LexiconRow[]
function M.parse(path, text, columns, needed)
  check_text(path, text)
  local rows, number, seen = {}, 1, 1
  for _, r in ipairs(file:match(text)) do
    local pos = table.remove(r, 1)
    for at in text:sub(seen, pos - 1):gmatch "\n" do number = number + #at end
    seen = pos
    r.file, r.line = path, number
    if #r > #columns then
      M.fail(path, number, ("%d columns, at most %d are known (%s): check the tabs"):format(
        #r, #columns, table.concat(columns, ", ")))
    end
    for i = 1, #columns do
      r[i] = r[i] or ""
      if i <= needed and r[i] == "" then
        M.fail(path, number, ("column %d (%s) is empty: fill it in; columns are separated by tabs")
          :format(i, columns[i]))
      end
    end
    rows[#rows + 1] = r
  end
  return rows
end

--- The items of a column that holds a list.
---@param row LexiconRow
---@param index integer
---@return string[]
function M.list(row, index)
  if row[index] == "" then return {} end
  local items = list:match(row[index])
  if not items then
    M.fail(row.file, row.line, ("list with an empty item: write \"a;b;c\", not %q"):format(
      row[index]))
  end
  return items
end

return M
