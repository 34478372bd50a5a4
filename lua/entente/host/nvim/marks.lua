--- marks: the extmarks of some rows, made to be those wanted with as few changes as can be.
local api = vim.api

local M = {}

local ns = api.nvim_create_namespace 'entente'

M.namespace = ns

-- While links are being made, marks stay as they are unless the cursor touches them or what is
-- known now lies across them: nothing goes out only to come back.
local function stays(m, wanted, cursor)
  local row, from, to = m[2], m[3], m[4].end_col or -1
  if to <= from or row == cursor[1] - 1 and from <= cursor[2] and to >= cursor[2] then
    return false
  end
  for key, w in pairs(wanted) do
    if w[1] == row and w[2] == from and w[3] == to then
      wanted[key] = nil -- its kind may change with the links, not before
    elseif w[1] == row and w[2] < to and w[3] > from then
      if w[2] < from and w[3] < to or w[2] > from and w[3] > to then
        return false
      end
    end
  end
  return true
end

--- Takes away marks that are wrong, adds those that are missing.
---@param buf integer
---@param top integer first row
---@param bot integer last row
---@param wanted table<string, table> by what they are: { row, from, to, group, priority }
---@param cursor integer[]|false|nil while links are being made
function M.change(buf, top, bot, wanted, cursor)
  local there = api.nvim_buf_get_extmarks(buf, ns, { top, 0 }, { bot, -1 }, { details = true })
  for _, m in ipairs(there) do
    local d = m[4]
    local key = m[2] .. ':' .. m[3] .. ':' .. (d.end_col or -1) .. ':' .. (d.hl_group or '')
    if wanted[key] and d.end_row == m[2] then
      wanted[key] = nil
    elseif not cursor or d.end_row ~= m[2] or not stays(m, wanted, cursor) then
      api.nvim_buf_del_extmark(buf, ns, m[1])
    end
  end
  for _, w in pairs(wanted) do
    api.nvim_buf_set_extmark(buf, ns, w[1], w[2], {
      end_row = w[1],
      end_col = w[3],
      hl_group = w[4],
      priority = w[5],
    })
  end
end

return M
