-- paint: two ways to highlight, compared on the same edits: stored marks brought up to date at the
-- start of a redraw (what the plugin does), and ephemeral marks from a decoration provider.
--
-- After each edit the screen is compared with what `:redraw!` then shows: a cell that differs was
-- wrong until something else redrew it. Times are processor time of a redraw with its painting.
--
--   bench/nvim/run.sh --paint
package.path = 'tests/nvim/?.lua;' .. package.path
local Child = require 'child'

local ephemeral = [[
  local attach = require 'entente.host.nvim.attach'
  local view = require 'entente.view'
  local paint = require 'entente.host.nvim.paint'
  paint.stop()
  paint.clear(0)
  vim.api.nvim_create_augroup('entente.follow', {})
  local ns = vim.api.nvim_create_namespace 'ephemeral'
  local rows
  vim.api.nvim_set_decoration_provider(ns, {
    on_win = function(_, _, buf, top, bot)
      local b = attach.state(buf)
      if not b then return false end
      rows = {}
      local from = attach.offset(buf, top)
      local lines = vim.api.nvim_buf_get_lines(buf, top, bot + 1, false)
      local starts, at = {}, from
      for i, line in ipairs(lines) do
        starts[i] = at
        at = at + #line + 1
      end
      local spans = view.spans(attach.engine(), b.doc, from, at, b.look)
      for i = 1, #spans, 4 do
        for k, line in ipairs(lines) do
          local s = math.max(spans[i], starts[k]) - starts[k]
          local e = math.min(spans[i + 1], starts[k] + #line) - starts[k]
          if s < e then
            local row = top + k - 1
            rows[row] = rows[row] or {}
            table.insert(rows[row], { s, e, spans[i + 2], spans[i + 3] })
          end
        end
      end
    end,
    on_line = function(_, _, buf, row)
      for _, m in ipairs(rows[row] or {}) do
        vim.api.nvim_buf_set_extmark(buf, ns, row, m[1], { end_row = row, end_col = m[2],
          hl_group = m[3], priority = m[4], ephemeral = true })
      end
    end,
  })]]

local screen = [[
  local out = {}
  for row = 1, vim.o.lines - 2 do
    for col = 1, vim.o.columns do
      out[#out + 1] = vim.fn.screenattr(row, col)
    end
  end
  return out]]

local article = {}
for i = 1, 12 do
  vim.list_extend(article, {
    'Russian President Vladimir Putin met Donald Trump in Alaska on Friday and said that the new',
    'plan of Emmanuel Macron and Angela Merkel for a ceasefire had been rejected by Olaf',
    'Scholz, the Chancellor of Germany, who told the European Union that NATO would oppose it '
      .. i .. '.',
    '',
  })
end

-- Edits whose effect reaches lines that did not change.
local edits = {
  'ggwwcwVladimirs<Esc>', 'u', '2GA Max<Esc>', 'u', '3G0cwWeber<Esc>', 'u', '2G$daw', 'u',
  'ggdap', 'u',
  '3Gdd', 'u', '6GAWeimar<Esc>', 'u', '2GJ', 'u', '6GO<Esc>', 'u', 'ggdw', 'u',
  '10GccHe left.<Esc>', 'u',
  ':%s/Putin/Xi/<CR>', 'u', '2Gf r<CR>', 'u', '7G0DAOslo<Esc>', 'u',
  'gg/Macron<CR>cgnTusk<Esc>', 'u',
}

local function run(what, setup)
  local c = Child.start { lines = 40, columns = 100 }
  c:open(article, 'text')
  c:done()
  c:lua [[require('entente.nvim').setup { current = false }]]
  if setup then
    c:lua(setup)
  end
  c:cmd 'redraw!'
  local wrong, cells, n = 0, 0, 0
  for _, keys in ipairs(edits) do
    c:type(keys)
    c:done()
    c:settle()
    local now = c:lua(screen)
    c:cmd 'redraw!'
    local fresh = c:lua(screen)
    local differ = 0
    for i = 1, #now do
      differ = differ + (now[i] ~= fresh[i] and 1 or 0)
    end
    n, wrong, cells = n + 1, wrong + (differ > 0 and 1 or 0), cells + differ
  end
  local ms = c:lua [[
    local start = os.clock()
    for i = 1, 300 do
      vim.api.nvim_buf_set_text(0, 0, 3, 0, 3, { i % 2 == 0 and 'a' or ' ' })
      vim.cmd 'redraw'
    end
    return (os.clock() - start) * 1000 / 300]]
  c:stop()
  local line = '%-34s %2d of %d screens wrong (%d cells), %.2f ms a redraw after an edit\n'
  io.stdout:write(line:format(
    what, wrong, n, cells, ms))
end

io.stdout:write('# Neovim ' .. (os.getenv 'NVIM_NAME' or '') .. '\n')
run 'stored marks, at start of redraw'
run('ephemeral marks', ephemeral)
