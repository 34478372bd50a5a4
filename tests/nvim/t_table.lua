-- The tables of commands and maps, walked line by line: every sub-command with its words, bang,
-- range, modifiers and flags does what the help page says; none is left out.
local article = {
  'Russian President Vladimir Putin met Donald Trump in Alaska. Trump said that the United States',
  'is prepared to offer security guarantees to Ukraine.',
  '',
  'Germany rejected the peace plan. Emmanuel Macron backed the peace plan on 19 August 2025.',
  'Russia opposes the security guarantees. He spoke.',
}

-- { sub-command, what is done, what must be true afterwards (Lua in the child) or an error pattern
-- on the last line of the screen }; `at`: where the cursor is first.
local last_line = "(function() vim.cmd 'redraw' local t = {} for i = 1, vim.o.columns do "
  .. 't[i] = vim.fn.screenstring(vim.o.lines, i) end return table.concat(t) end)()'
local function says(text)
  return ('%s:find(%q, 1, true) ~= nil'):format(last_line, text)
end
local marked = '#vim.api.nvim_buf_get_extmarks(0, vim.api.nvim_get_namespaces().entente, 0, -1, {})'
local function first_lines(text)
  return ('table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\\n"):find(%q, 1, true)')
    :format(text)
end
local function corrected(line)
  return ('table.concat(vim.fn.readfile(vim.env.ENTENTE_FOLDER .. "/.entente/lexicon.tsv"), "\\n")'
    .. ':find(%q, 1, true) ~= nil'):format(line)
end
local tall = 'vim.api.nvim_win_get_height(0) > vim.o.lines - 6'

local rows = {
  { 'on', 'Entente off | Entente on', marked .. ' > 5' },
  { 'off', 'Entente off', marked .. ' == 0' },
  { 'off', 'Entente! off', 'require("entente.nvim").status() == "off"' },
  { 'on', 'Entente! off | Entente! on', marked .. ' > 5' },
  { 'toggle', 'Entente toggle', marked .. ' == 0' },
  { 'toggle', 'Entente toggle! | Entente toggle!', marked .. ' > 5' },
  { 'actors', 'Entente actors', first_lines 'Vladimir Putin' },
  { 'actors', 'Entente actors person', 'not ' .. first_lines 'Germany' },
  { 'actors', 'Entente! actors', '#vim.fn.getqflist() > 5' },
  { 'actors', 'Entente actors -loc', '#vim.fn.getloclist(0) > 5' },
  { 'actors', 'vertical Entente actors', tall },
  { 'actors', 'tab Entente actors', 'vim.fn.tabpagenr "$" == 2' },
  { 'actors', 'topleft Entente actors', 'vim.fn.winnr() == 1' },
  { 'proposals', 'Entente proposals', first_lines 'against' },
  { 'proposals', 'Entente proposals -qf', '#vim.fn.getqflist() == 2' },
  { 'stances', 'Entente stances', first_lines 'Russia' },
  { 'stances', 'Entente stances Germany', 'not ' .. first_lines 'Russia' },
  { 'stances', 'Entente stances -verb=supports', 'not ' .. first_lines 'Germany' },
  { 'stances', 'Entente! stances -verb=supports', '#vim.fn.getqflist() == 1' },
  { 'stances', 'Entente stances -verb=likes', says 'supports|accepts' },
  { 'board', 'Entente board', first_lines 'peace plan' },
  { 'timeline', 'Entente timeline', first_lines '2025-08-19' },
  { 'refs', 'Entente refs Russia', '#vim.fn.getqflist() == 2' },
  { 'refs', 'Entente! refs Russia', '#vim.fn.getqflist() >= 2' },
  { 'refs', 'Entente refs! Vladimir Putin', 'vim.bo.buftype == "quickfix"' },
  { 'refs', 'vertical Entente refs Russia', tall },
  { 'refs', 'Entente refs Russia -loc', '#vim.fn.getloclist(0) == 2' },
  { 'refs', 'Entente refs Russia -foo', says 'no such flag: -foo' },
  { 'refs', 'Entente refs Russia | Entente next', 'vim.bo.buftype == "quickfix"' },
  { 'next', 'Entente next', 'vim.fn.col "." == 19', at = { 1, 0 } },
  { 'next', 'Entente next any 2', 'vim.fn.col "." == 38', at = { 1, 0 } },
  { 'next', 'Entente next same', 'vim.fn.line "." == 5', at = { 1, 0 } },
  { 'next', 'Entente next proposal', 'vim.fn.col "." == 22', at = { 4, 0 } },
  { 'next', 'Entente next stance', 'vim.fn.col "." == 9', at = { 4, 0 } },
  { 'prev', 'Entente prev', 'vim.fn.col "." == 1', at = { 1, 18 } },
  { 'prev', 'Entente prev same', 'vim.fn.line "." == 1', at = { 5, 0 } },
  { 'goto', 'Entente goto Macron', 'vim.fn.line "." == 4 and vim.fn.col "." == 34' },
  { 'goto', 'Entente goto', 'vim.fn.line "." == 1', at = { 5, 0 } },
  { 'show', 'Entente show Putin', '#vim.api.nvim_list_wins() == 2' },
  { 'show', 'Entente show', '#vim.api.nvim_list_wins() == 2', at = { 4, 0 } },
  { 'show', 'Entente show Nobody', says 'nothing here is called "Nobody"' },
  { 'explain', 'Entente explain', '#vim.api.nvim_list_wins() == 2', at = { 4, 0 } },
  { 'explain', 'Entente explain', says 'no actor or proposal under the cursor', at = { 3, 0 } },
  { 'focus', 'Entente focus Putin', says 'focus on Vladimir Putin' },
  { 'focus', 'Entente focus Putin | Entente focus!', 'require("entente.host.nvim.attach")'
    .. '.state(0).focus == nil' },
  { 'fold', 'Entente fold Putin', 'vim.fn.foldclosed(4) == 2' },
  { 'fold', 'Entente fold Putin | Entente fold!', 'vim.fn.foldclosed(4) == -1' },
  { 'colour', 'Entente colour actor', 'require("entente.host.nvim.options").get(0).colour'
    .. ' == "actor"' },
  { 'counts', 'Entente counts', 'require("entente.host.nvim.options").get(0).counts' },
  { 'winbar', 'Entente winbar', 'vim.fn.has "nvim-0.8" == 0 or vim.wo.winbar ~= ""' },
  { 'mark', 'Entente mark person', corrected 'mark\tAlaska', at = { 1, 54 } },
  { 'mark', 'Entente mark group as Envoys', corrected 'as=Envoys', at = { 1, 54 } },
  { 'mark', 'Entente mark person -here', corrected 'where=', at = { 1, 54 } },
  { 'mark', '3Entente mark group', says 'nothing under the cursor to mark' },
  { 'mark', 'Entente mark', corrected 'mark\tAlaska\tkind=person', at = { 1, 54 } },
  { 'ignore', 'Entente ignore Alaska', corrected 'ignore\tAlaska' },
  { 'ignore', 'Entente ignore', corrected 'ignore\tGermany', at = { 4, 0 } },
  { 'ignore', 'Entente ignore Alaska -project', corrected 'ignore\tAlaska' },
  { 'ignore', 'Entente ignore -here', corrected 'where=', at = { 4, 0 } },
  { 'merge', 'Entente merge Donald Trump into United States', corrected 'merge\tDonald Trump' },
  { 'merge', 'Entente merge Macron', corrected 'merge\tGermany', at = { 4, 0 } },
  { 'split', 'Entente split Trump', corrected 'split\tTrump' },
  { 'alias', 'Entente alias The Boss=Putin', corrected 'alias\tThe Boss' },
  { 'alias', 'Entente alias Boss', says 'alias NICKNAME=NAME' },
  { 'rename', 'Entente rename The Tsar', corrected 'rename\tVladimir Putin', at = { 1, 20 } },
  { 'rename', 'Entente! rename Xi Jinping', first_lines 'Rename Vladimir Putin', at = { 1, 20 } },
  { 'rename', 'vertical Entente! rename Xi Jinping', tall, at = { 1, 20 } },
  { 'stance', 'Entente stance opposes fleer at', corrected 'stance=opposes' },
  { 'stance', 'Entente stance likes', says 'proposes|demands' },
  { 'undo', 'Entente ignore Alaska | Entente undo', 'not ' .. corrected '\nignore\tAlaska' },
  { 'undo', 'Entente undo', says 'no correction to take back' },
  { 'redo', 'Entente ignore Alaska | Entente undo | Entente redo', corrected 'ignore\tAlaska' },
  { 'lexicon', 'Entente lexicon', 'vim.fn.expand "%:t" == "lexicon.tsv"' },
  { 'lexicon', 'vertical Entente lexicon', tall },
  { 'review', 'Entente review -max=0', says 'nothing less sure than 0' },
  { 'check', 'Entente check', says 'doubtful' },
  { 'fix', 'Entente fix', 'true' },
  { 'export', 'Entente export csv', 'vim.bo.filetype == "csv"' },
  { 'export', 'vertical Entente export md', tall },
  { 'export', 'Entente export nothing', says 'export ' },
  { 'export', 'Entente! export spell', says 'good for spell checking' },
  { 'report', 'exe "Entente report" $ENTENTE_FOLDER . "/p.html"', says 'wrote' },
  { 'status', 'Entente status', says 'actor' },
  { 'log', 'Entente log', says 'longest slice' },
  { 'help', 'Entente help', 'vim.bo.buftype == "help"' },
  { 'help', 'vertical Entente help', tall },
  { 'help', 'Entente help maps', 'vim.fn.expand("<cWORD>"):find "entente" ~= nil' },
  { 'doctor', 'Entente doctor', 'true' },
  { 'tutor', 'Entente tutor', 'vim.fn.tabpagenr "$" == 2' },
}

-- Walked elsewhere: what runs programs in the background.
local elsewhere = { build = true, index = true }

local tests = {}

local function child(T, work)
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder .. '/.entente', 'p')
  vim.fn.writefile(article, folder .. '/a.txt')
  local c = T.Child.start { lines = 30, columns = 100 }
  c:lua 'vim.ui.select = function(items, _, done) done(items[1]) end'
  c:cmd('let $ENTENTE_FOLDER = "' .. folder .. '"')
  local ok, problem = pcall(work, c, folder)
  local said = c:messages()
  c:stop()
  vim.fn.delete(folder, 'rf')
  if not ok then
    error(problem, 0)
  end
  T.ok(not said:find 'E%d+:' and not said:find 'stack traceback', said)
  return problem
end

-- One row, in a fresh window on the article without corrections.
local function walk(c, T, folder, row)
  c:cmd 'silent! tabonly! | silent! only! | silent! %bwipeout! | silent! cclose'
  c:lua [[
    vim.fn.setqflist({})
    require('entente.host.nvim.options').setup {
      counts = false, colour = 'kind', enabled = true, diagnostics = false,
    }]]
  vim.fn.delete(folder .. '/.entente/lexicon.tsv')
  c:cmd 'doautocmd FocusGained'
  c:cmd('edit ' .. folder .. '/a.txt')
  c:done()
  c:cursor(unpack(row.at or { 1, 18 }))
  c:cmd 'redraw'
  c:cmd(row[2])
  local ok, value = pcall(c.lua, c, 'return ' .. row[3])
  T.ok(ok and value, (':%s: not true afterwards: %s%s'):format(row[2], row[3],
    ok and '' or '\n' .. tostring(value)))
end

tests[#tests + 1] = { 'every line of the table of commands', function(T)
  return child(T, function(c, folder)
    if not c:lua "return vim.lpeg ~= nil or (pcall(require, 'lpeg'))" then
      return 'no LPeg for this Neovim'
    end
    local walked = {}
    for _, row in ipairs(rows) do
      walked[row[1]] = true
      walk(c, T, folder, row)
    end
    for _, name in ipairs(c:lua 'return require("entente.host.nvim.command").names()') do
      T.ok(walked[name] or elsewhere[name], 'no line of the table walks ' .. name)
    end
  end)
end }

tests[#tests + 1] = { 'completion of every sub-command', function(T)
  return child(T, function(c, folder)
    c:cmd('edit ' .. folder .. '/a.txt')
    c:done()
    local function complete(line)
      return c:eval(("getcompletion('%s', 'cmdline')"):format(line))
    end
    local wanted = {
      actors = 'person', alias = 'Emmanuel\\ Macron', colour = 'actor', export = 'jsonl',
      focus = 'Germany', fold = 'Germany', ['goto'] = 'Germany', ignore = 'Germany',
      mark = 'organisation', merge = 'Germany', next = 'same', prev = 'stance', refs = 'Germany',
      rename = 'Germany', show = 'Germany', split = 'Germany', stance = 'opposes',
      stances = 'Germany', report = 'plugin/',
    }
    for _, name in ipairs(c:lua 'return require("entente.host.nvim.command").names()') do
      local words = complete('Entente ' .. name .. ' ')
      if wanted[name] then
        T.ok(vim.tbl_contains(words, wanted[name]), name .. ': ' .. vim.inspect(words))
      else
        T.eq(words, {}, name)
      end
      T.ok(vim.tbl_contains(complete('Entente ' .. name:sub(1, 2)), name), name)
      T.ok(vim.tbl_contains(complete('Entente ' .. name .. ' -'), '-project'), name)
    end
    T.eq(complete 'Entente refs Vladimir\\ Pu', { 'Vladimir\\ Putin' })
    T.eq(complete 'Entente alias Tsar=Vlad', { 'Tsar=Vladimir\\ Putin' })
    T.eq(complete 'Entente mark person as Germ', { 'Germany' })
    T.eq(complete 'Entente stances -verb=opp', { '-verb=opposes' })
    T.eq(complete 'Entente refs ~~~', {})
  end)
end }

tests[#tests + 1] = { 'marks of lines and of selections', function(T)
  return child(T, function(c, folder)
    if not c:lua "return vim.lpeg ~= nil or (pcall(require, 'lpeg'))" then
      return 'no LPeg for this Neovim'
    end
    c:cmd('edit ' .. folder .. '/a.txt')
    c:type 'GoBlue Lotus<Esc>oGreen Orchid left.<Esc>'
    c:done()
    c:cmd '6Entente mark organisation'
    c:cursor(7, 0)
    c:type 'vee:Entente mark group<CR>'
    local text = table.concat(vim.fn.readfile(folder .. '/.entente/lexicon.tsv'), '\n')
    T.ok(text:find('mark\tBlue Lotus\tkind=organisation', 1, true), text)
    T.ok(text:find('mark\tGreen Orchid\tkind=group', 1, true), text)
  end)
end }

-- Keys typed with every map bound, the text (or register, or cursor) they lead to.
local steps = {
  { 'next', { 1, 0 }, ' n', cursor = { 1, 18 } },
  { 'next', { 1, 0 }, '2 n', cursor = { 1, 37 } },
  { 'prev', { 1, 37 }, '2 p', cursor = { 1, 0 } },
  { 'next-same', { 1, 0 }, ' s', cursor = { 5, 0 } },
  { 'prev-same', { 5, 0 }, ' S', cursor = { 1, 0 } },
  { 'next-proposal', { 4, 0 }, ' o', cursor = { 4, 21 } },
  { 'prev-proposal', { 4, 40 }, ' O', cursor = { 4, 21 } },
  { 'next-stance', { 4, 0 }, ' t', cursor = { 4, 8 } },
  { 'prev-stance', { 4, 30 }, ' T', cursor = { 4, 8 } },
  { 'next', { 4, 0 }, 'd n', line = 'peace plan. Emmanuel Macron backed the peace' },
  { 'next', { 4, 0 }, 'd2 n', line = 'Emmanuel Macron backed the peace plan' },
  { 'next', { 4, 0 }, '2d n', line = 'Emmanuel Macron backed the peace plan' },
  { 'next', { 4, 0 }, 'd n.', line = 'Emmanuel Macron backed the peace plan' },
  { 'next-stance', { 4, 0 }, 'c tX<Esc>', line = 'Xrejected the peace plan.' },
  { 'prev', { 4, 33 }, 'd p', line = 'Germany rejected the Emmanuel Macron' },
  { 'next', { 4, 0 }, 'v ny', register = 'Germany rejected the p' },
  { 'prev-proposal', { 4, 40 }, 'v Oy', register = 'peace plan. Emmanuel' },
  { 'i-mention', { 1, 25 }, 'yim', register = 'Vladimir Putin' },
  { 'a-mention', { 1, 25 }, 'yam', register = 'Vladimir Putin ' },
  { 'i-mention', { 1, 25 }, 'vimy', register = 'Vladimir Putin' },
  { 'i-proposal', { 4, 24 }, 'yip', register = 'peace plan' },
  { 'a-sentence', { 4, 24 }, 'yis', register = 'Germany rejected the peace plan.' },
  { 'a-sentence', { 5, 3 }, 'dis', line = ' He spoke.', row = 5 },
  { 'i-mention', { 4, 0 }, 'cimPoland<Esc>', line = 'Poland rejected' },
  { 'i-mention', { 4, 0 }, 'gUim', line = 'GERMANY rejected' },
  { 'i-proposal', { 3, 0 }, 'yip', register = '' },
  { 'refs', { 5, 0 }, ' r', lua = '#vim.fn.getqflist() == 2' },
  { 'goto', { 5, 0 }, ' g', cursor = { 1, 0 } },
  { 'show', { 5, 0 }, ' k', lua = '#vim.api.nvim_list_wins() == 2' },
  { 'stances', { 5, 0 }, ' w', lua = 'vim.bo.filetype == "entente"' },
  { 'actors', { 5, 0 }, ' a', lua = 'vim.bo.filetype == "entente"' },
  { 'proposals', { 5, 0 }, ' q', lua = 'vim.bo.filetype == "entente"' },
  { 'board', { 5, 0 }, ' b', lua = 'vim.bo.filetype == "entente"' },
  { 'timeline', { 5, 0 }, ' l', lua = 'vim.bo.filetype == "entente"' },
  { 'toggle', { 5, 0 }, ' x', lua = 'require("entente.nvim").status() == "off"' },
  { 'focus', { 5, 0 }, ' f', lua = 'require("entente.host.nvim.attach").state(0).focus ~= nil' },
}

-- Asked for with a question, or writing corrections: tests of their own in t_teach.
local asked = { mark = true, ignore = true, review = true, rename = true, undo = true }

tests[#tests + 1] = { 'every map: counts, operators, visual mode, dots', function(T)
  return child(T, function(c, folder)
    c:lua [[
      local keys = { next = 'n', prev = 'p', ['next-same'] = 's', ['prev-same'] = 'S',
        ['next-proposal'] = 'o', ['prev-proposal'] = 'O', ['next-stance'] = 't',
        ['prev-stance'] = 'T', refs = 'r', ['goto'] = 'g', show = 'k', stances = 'w', actors = 'a',
        proposals = 'q', board = 'b', timeline = 'l', toggle = 'x', focus = 'f' }
      for name, key in pairs(keys) do
        vim.keymap.set('', '<Space>' .. key, '<Plug>(entente-' .. name .. ')')
      end
      for name, key in pairs { ['i-mention'] = 'im', ['a-mention'] = 'am', ['i-proposal'] = 'ip',
        ['a-sentence'] = 'is' } do
        vim.keymap.set({ 'x', 'o' }, key, '<Plug>(entente-' .. name .. ')')
      end]]
    c:cmd('edit ' .. folder .. '/a.txt')
    c:done()
    local walked = {}
    for _, s in ipairs(steps) do
      walked[s[1]] = true
      c:cmd 'silent! only! | silent! cclose'
      c:cmd('edit! ' .. folder .. '/a.txt')
      c:lua 'vim.fn.setqflist({}) vim.fn.setreg(\'"\', "") require("entente.nvim").attach(0)'
      c:done()
      c:cursor(unpack(s[2]))
      c:type((s[3]:gsub(' ', '<Space>')))
      local what = s[3] .. ' (' .. s[1] .. ')'
      if s.cursor then
        T.eq(c:cursor(), s.cursor, what)
      elseif s.line then
        local line = c:lines()[s.row or 4]
        T.eq(line:sub(1, #s.line), s.line, what)
      elseif s.register then
        T.eq(c:eval '@"', s.register, what)
      else
        T.ok(c:lua('return ' .. s.lua), what)
      end
    end
    for _, map in ipairs(c:lua [[
      local out = {}
      for _, mode in ipairs { 'n', 'o' } do
        for _, map in ipairs(vim.api.nvim_get_keymap(mode)) do
          out[#out + 1] = map.lhs:match '^<Plug>%(entente%-(.*)%)$'
        end
      end
      return out]]) do
      T.ok(walked[map] or asked[map], 'no step walks ' .. map)
    end
  end)
end }

return tests
