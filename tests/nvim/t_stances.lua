-- Who stands where: from words to proposals and back, lists, the board, while the text changes.
local on = dofile(debug.getinfo(1, 'S').source:match '^@(.*/)' .. 'on_article.lua')
local tests, test, qf = on.tests, on.test, on.qf

test('rejected → welcomed: highlight, list and board in the same redraw', function(c, T)
  c:cmd 'set lines=40'
  c:cmd 'Entente stances | wincmd p | Entente board | wincmd p | 1wincmd w'
  local function all()
    return table.concat(c:screen().text, '\n')
  end
  T.ok(all():find('Germany +opposes +peace plan'), all())
  T.ok(vim.tbl_contains(c:marks(), '3:8-16 EntenteOpposes'), vim.inspect(c:marks()))
  c:cursor(4, 8)
  c:type 'ciwwelcomed'
  T.ok(all():find('Germany +supports +peace plan'), all())
  T.ok(not all():find('Germany +opposes'), all())
  T.ok(vim.tbl_contains(c:marks(), '3:8-16 EntenteSupports'), vim.inspect(c:marks()))
  c:type '<Esc>u'
  T.ok(all():find('Germany +opposes +peace plan'), all())
end)

test('who opposes what: from the list to the evidence', function(c, T)
  c:cmd 'Entente stances Germany'
  T.eq(#c:lines(), 2)
  c:type '<CR>'
  T.eq(c:cursor(), { 4, 8 })
  c:cmd 'Entente! stances peace plan'
  T.eq(#qf(c), 2)
end)

test('the board jumps to the sentence of a cell', function(c, T)
  c:cmd 'Entente board'
  c:type '/^Emmanuel<CR>/supports<CR><CR>'
  T.eq(c:cursor()[1], 4)
end)

test('from the words of a stance to the proposal, and to all stances on it', function(c, T)
  c:cursor(5, 8)
  c:cmd 'Entente goto'
  T.eq(c:cursor(), { 2, 21 })
  c:type '<C-t>'
  c:cmd 'Entente! stances -here'
  T.eq(vim.tbl_map(function(item)
    return item[1]
  end, qf(c)), { 2, 5 })
  c:cmd 'cclose'
  c:cursor(4, 0)
  c:cmd 'Entente stances -here'
  T.ok(#c:lines() == 2 and c:lines()[2]:find 'Germany +opposes +peace plan', c:lines()[2])
end)

test('the sample: who opposes what, the evidence, and what an edit changes', function(c, T)
  -- lines of the windows of one kind that hold a name
  local function rows(kind, name)
    return c:lua(([[
      for _, win in ipairs(vim.api.nvim_list_wins()) do
        local buf = vim.api.nvim_win_get_buf(win)
        if vim.api.nvim_buf_get_name(buf):find('entente://%s/', 1, true) then
          local found = {}
          for _, line in ipairs(vim.api.nvim_buf_get_lines(buf, 0, -1, false)) do
            if line:find('%s', 1, true) then
              found[#found + 1] = line
            end
          end
          return table.concat(found, '\n')
        end
      end]]):format(kind, name))
  end
  c:cmd 'set lines=50'
  c:cmd 'edit! doc/try.txt'
  c:done()
  c:cmd 'Entente board | wincmd p | Entente stances -verb=opposes'
  T.ok(rows('stances', 'Ukrainian officials'):find 'new condition')
  T.ok(rows('board', 'Ukrainian officials'):find 'opposes')
  c:cmd "call search('Ukrainian officials')"
  c:type '<CR>'
  T.eq(c:cursor(), { 17, 10 })
  T.ok(vim.tbl_contains(c:marks(), '16:10-18 EntenteOpposes'), vim.inspect(c:marks()))
  c:type 'ciwwelcomed'
  T.ok(vim.tbl_contains(c:marks(), '16:10-18 EntenteSupports'), vim.inspect(c:marks()))
  T.eq(rows('stances', 'Ukrainian officials'), '')
  T.ok(rows('board', 'Ukrainian officials'):find 'supports', rows('board', 'Ukrainian officials'))
  T.ok(not rows('board', 'Ukrainian officials'):find 'opposes')
  c:type '<Esc>u'
  T.ok(rows('stances', 'Ukrainian officials'):find 'new condition')
  c:cmd 'edit!'
end)

return tests
