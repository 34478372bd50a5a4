--- keys: what the keys of list windows do.
local perform = require 'entente.host.nvim.perform'
local tables = require 'entente.tables'
local window = require 'entente.host.nvim.window'
local api = vim.api

local M = {}

-- Column of the table under the cursor.
local function column_at(v)
  local before = api.nvim_get_current_line():sub(1, api.nvim_win_get_cursor(0)[2])
  local width = vim.fn.strdisplaywidth
  return tables.column(v.table, v.rows, width(before), width)
end

-- Goes to a row's place in the text. `stay`: only shows it.
local function jump(v, row, stay)
  if not row then
    return
  end
  local place = row.places and row.places[column_at(v)] or { row.at, row.to }
  local here = api.nvim_get_current_win()
  local win = window.showing(v.source)
  if win then
    api.nvim_set_current_win(win)
  else
    vim.cmd('aboveleft sbuffer ' .. v.source)
  end
  perform.perform(v.source, { act = 'jump', at = place[1], to = place[2] })
  if stay then
    vim.cmd 'normal! zv'
    api.nvim_set_current_win(here)
  end
end

local function sort(v)
  local column = column_at(v)
  v.how.down = v.how.column == column and not v.how.down or false
  v.how.column = column
  window.update(v)
end

local function filter(v)
  vim.ui.input({ prompt = 'Show rows that hold: ', default = v.how.filter }, function(words)
    if words then
      v.how.filter = words
      window.update(v)
    end
  end)
end

local function to_quickfix(v)
  local items = {}
  for i, r in ipairs(v.rows) do
    items[i] = { at = r.at, to = r.to, text = table.concat(vim.tbl_map(tostring, r.cells), ' · ') }
  end
  perform.perform(v.source, { act = 'list', title = v.table.title, items = items })
end

local function about(v, row, question)
  local q = row and perform.question(v.source, { at = row.at, name = '' })
  if q then
    local e = row.id and q.doc:entity(row.id)
    q.name = e and e.name or ''
    perform.perform(v.source, require('entente.commands')[question](q))
  end
end

--- Keys of a list window: what they do, in the order of the help line.
M.keys = {
  { '<CR>', 'go there', jump },
  { 'p', 'show there', function(v, row) jump(v, row, true) end },
  { 'K', 'card', function(v, row) about(v, row, 'show') end },
  { 'r', 'mentions', function(v, row) about(v, row, 'refs') end },
  { 's', 'sort', sort },
  { 'f', 'filter', filter },
  { 'F', 'all rows', function(v) v.how.filter = nil window.update(v) end },
  { 'Q', 'quickfix', to_quickfix },
  { 'x', 'export', function(v) require('entente.host.nvim.export').ask(v.table, v.how) end },
  { 'R', 'read again', window.update },
  { 'q', 'close', function() vim.cmd 'close' end },
}

local ON_A_LINE = 3

-- The keys in a card, a few on a line: on the message line they would be cut.
local function show_keys()
  local lines = { 'Keys' }
  for i, key in ipairs(M.keys) do
    local what = key[1] .. ' ' .. key[2]
    if i % ON_A_LINE == 1 then
      lines[#lines + 1] = what
    else
      lines[#lines] = lines[#lines] .. ' · ' .. what
    end
  end
  require('entente.host.nvim.card').show { title = lines[1], lines = lines }
end

--- Sets the keys of a list window.
---@param v entente.View
function M.set(v)
  for _, key in ipairs(M.keys) do
    vim.keymap.set('n', key[1], function()
      key[3](v, window.row_at(v, 0))
    end, { buffer = v.buf, nowait = true, desc = 'Entente: ' .. key[2] })
  end
  vim.keymap.set('n', 'g?', show_keys, { buffer = v.buf, desc = 'Entente: keys' })
end

return M
