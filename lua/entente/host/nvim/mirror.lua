--- mirror: the text of a buffer as bytes, and a document kept equal to it.
---
--- Two witnesses must agree about how many bytes an edit took: Neovim's count and the buffer's own
--- size. When they do not, the whole text is compared again, so a wrong report heals at once.
local api = vim.api

local M = {}

-- Byte offset of a line that is there. A buffer that was never filled has no index of its lines in
-- some versions, which then say -1.
local function line_offset(buf, row)
  row = math.max(row, 0) -- a window not drawn yet may have its cursor in line 0
  local at = api.nvim_buf_get_offset(buf, row)
  if at < 0 then
    local before = api.nvim_buf_get_lines(buf, 0, row, false)
    at = #table.concat(before) + #before
  end
  return at
end

--- Byte offset of a row; every line counts its line break, the last one too.
---@param buf integer
---@param row integer
---@return integer
function M.offset(buf, row)
  local count = api.nvim_buf_line_count(buf)
  if row < count then
    return line_offset(buf, row)
  end
  local last = api.nvim_buf_get_lines(buf, count - 1, count, false)[1] or ''
  return line_offset(buf, count - 1) + #last + 1
end

--- Row and column of a byte.
---@param buf integer
---@param byte integer
---@return integer row, integer col
function M.position(buf, byte)
  local low, high = 0, api.nvim_buf_line_count(buf) - 1
  while low < high do
    local middle = math.ceil((low + high) / 2)
    if line_offset(buf, middle) <= byte then
      low = middle
    else
      high = middle - 1
    end
  end
  return low, byte - line_offset(buf, low)
end

--- The whole text; the last line has its line break too.
---@param buf integer
---@return string
function M.text(buf)
  return table.concat(api.nvim_buf_get_lines(buf, 0, -1, false), '\n') .. '\n'
end

--- Hands over the whole text; the document compares it with its own.
---@param doc userdata
---@param buf integer
function M.resync(doc, buf)
  assert(doc:edit(0, doc:length(), M.text(buf)))
end

--- Tells the document that lines changed. False when the reports do not agree: resync then.
---@param doc userdata
---@param buf integer
---@param first integer first changed row
---@param newlast integer row after the last changed one, as they are now
---@param gone integer bytes that the old lines had
---@return boolean exact, integer bytes how much was replaced
function M.lines(doc, buf, first, newlast, gone)
  local lines = api.nvim_buf_get_lines(buf, first, newlast, false)
  local new = #lines > 0 and table.concat(lines, '\n') .. '\n' or ''
  local at = M.offset(buf, first)
  local size = M.offset(buf, api.nvim_buf_line_count(buf))
  local fits = doc:length() - gone + #new == size and at + gone <= doc:length()
  if fits then
    assert(doc:edit(at, gone, new))
  end
  return fits, gone + #new
end

return M
