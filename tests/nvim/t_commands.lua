-- Every :Entente command, <Plug> map, text object, window, list and event.
local on = dofile(debug.getinfo(1, 'S').source:match '^@(.*/)' .. 'on_article.lua')
local article, tests, test, qf = on.article, on.tests, on.test, on.qf

test('refs fills a quickfix list with a title', function(c, T)
  c:cmd 'Entente refs Putin'
  local list = qf(c)
  T.eq(#list, 2)
  T.eq({ list[1][1], list[1][2] }, { 1, 19 })
  T.eq({ list[2][1], list[2][2] }, { 5, 41 })
  T.eq(list[2][3], 'Putin spoke.')
  T.eq(c:eval 'getqflist({"title": 0}).title', 'Mentions of Vladimir Putin')
  T.eq(c:eval '&buftype', 'quickfix')
end)

test('refs of what is under the cursor, into the location list', function(c, T)
  c:cursor(5, 42)
  c:cmd 'Entente refs -loc'
  T.eq(c:eval 'getloclist(0, {"size": 0}).size', 2)
  T.eq(c:eval 'len(getqflist())', 0)
  T.eq(c:eval 'getloclist(0, {"idx": 0}).idx', 2, 'the entry at the cursor is the current one')
end)

test('refs of an unknown name says so', function(c, T)
  c:cmd 'Entente refs Nobody Anywhere'
  T.ok(c:screen().text[24]:find('nothing here is called "Nobody Anywhere"', 1, true))
end)

test('goto keeps jumplist and tag stack', function(c, T)
  c:cursor(5, 42)
  c:cmd 'Entente goto'
  T.eq(c:cursor(), { 1, 18 })
  c:type '<C-o>'
  T.eq(c:cursor(), { 5, 42 })
  T.eq(c:eval 'gettagstack().items[0].tagname', 'Vladimir Putin')
  c:cmd 'Entente goto'
  c:type '<C-t>'
  T.eq(c:cursor(), { 5, 42 })
end)

test('goto by name', function(c, T)
  c:cmd [[Entente goto Emmanuel\ Macron]]
  T.eq(c:cursor(), { 4, 33 })
  c:cmd 'Entente goto vladimir putin'
  T.eq(c:cursor(), { 1, 18 })
end)

test('next and prev step, take counts, wrap, keep the jumplist', function(c, T)
  c:cmd 'nmap ]e <Plug>(entente-next)|nmap [e <Plug>(entente-prev)'
  c:cursor(1, 0)
  c:type ']e'
  T.eq(c:cursor(), { 1, 18 })
  c:type '2]e'
  T.eq(c:cursor(), { 1, 53 })
  c:type '2[e'
  T.eq(c:cursor(), { 1, 18 })
  c:type '``'
  T.eq(c:cursor(), { 1, 53 })
  c:cursor(5, 45)
  c:type ']e'
  T.eq(c:cursor(), { 1, 0 })
  c:cmd 'set nowrapscan'
  c:cursor(5, 45)
  c:type ']e'
  T.eq(c:cursor(), { 5, 45 })
end)

test('next same, proposal and stance', function(c, T)
  c:cursor(1, 20)
  c:cmd 'Entente next same'
  T.eq(c:cursor(), { 5, 40 })
  c:cmd 'Entente prev same'
  T.eq(c:cursor(), { 1, 18 })
  c:cursor(4, 0)
  c:cmd 'Entente next proposal'
  T.eq(c:cursor(), { 4, 21 })
  c:cursor(4, 0)
  c:cmd 'Entente next stance'
  T.eq(c:cursor(), { 4, 8 })
  c:cmd 'Entente prev stance'
  T.ok(c:cursor()[1] == 2, 'the cue in line 2')
end)

test('motions work with operators and in visual mode, and repeat', function(c, T)
  c:cmd 'map ]e <Plug>(entente-next)'
  c:cursor(4, 0)
  c:type 'd]e'
  T.eq(c:lines()[4]:sub(1, 10), 'peace plan')
  c:type '.'
  T.eq(c:lines()[4]:sub(1, 15), 'Emmanuel Macron')
  c:type 'uu'
  T.eq(c:lines(), article)
  c:cursor(4, 0)
  c:type 'v]ey'
  T.eq(c:eval '@"', 'Germany rejected the p')
end)

test('text objects', function(c, T)
  c:cmd 'omap im <Plug>(entente-i-mention)|xmap im <Plug>(entente-i-mention)'
  c:cmd 'omap am <Plug>(entente-a-mention)|omap ip <Plug>(entente-i-proposal)'
  c:cmd 'omap as <Plug>(entente-a-sentence)'
  c:cursor(1, 25)
  c:type 'yim'
  T.eq(c:eval '@"', 'Vladimir Putin')
  c:type 'vimy'
  T.eq(c:eval '@"', 'Vladimir Putin')
  c:type 'yam'
  T.eq(c:eval '@"', 'Vladimir Putin ')
  c:cursor(4, 24)
  c:type 'yip'
  T.eq(c:eval '@"', 'peace plan')
  c:type 'yas'
  T.eq(c:eval '@"', 'Germany rejected the peace plan.')
  c:cursor(1, 20)
  c:type 'cimXi Jinping<Esc>'
  T.ok(c:lines()[1]:find('President Xi Jinping met', 1, true))
  c:cursor(1, 38)
  c:type 'dim'
  T.ok(not c:lines()[1]:find('Donald', 1, true))
end)

test('an object repeats with a dot', function(c, T)
  c:cmd 'omap im <Plug>(entente-i-mention)'
  c:cursor(4, 0)
  c:type 'cimPoland<Esc>'
  c:cursor(4, 34)
  c:type '.'
  T.ok(c:lines()[4]:find('Poland rejected the peace plan. Poland backed', 1, true), c:lines()[4])
end)

test('show opens a card, a second goes into it, moving closes it', function(c, T)
  c:cursor(1, 20)
  c:cmd 'Entente show'
  local text = c:float()
  T.ok(text:find('Vladimir Putin · person', 1, true), text)
  T.ok(text:find('2 mentions, 2 by name, first in line 1', 1, true), text)
  T.eq(c:eval 'winnr("$")', 2)
  c:type 'j'
  vim.wait(50)
  T.eq(c:eval 'winnr("$")', 1)
  c:cursor(1, 20)
  c:cmd 'Entente show'
  c:cmd 'Entente show'
  T.ok(c:eval 'nvim_win_get_config(0).relative' ~= '', 'the cursor is in the float')
  c:type 'q'
  T.eq(c:eval 'winnr("$")', 1)
end)

test('show says what an actor stands for', function(c, T)
  c:cmd 'Entente show Germany'
  local text = c:float()
  T.ok(text:find('Germany opposes peace plan', 1, true), text)
end)

test('the actors window jumps, sorts, filters, closes', function(c, T)
  c:cmd 'Entente actors'
  local lines = c:lines()
  T.ok(lines[1]:find '^actor +kind +mentions +line +stances', lines[1])
  T.ok(table.concat(lines, '\n'):find('Vladimir Putin +person +2 +1'), table.concat(lines, '\n'))
  c:type '/Macron<CR><CR>'
  T.eq(c:cursor(), { 4, 33 })
  c:cmd 'wincmd p'
  c:cursor(1, 0)
  c:type 's'
  local sorted = c:lines()
  table.remove(sorted, 1)
  local again = vim.deepcopy(sorted)
  table.sort(again, function(a, b) return a:lower() < b:lower() end)
  T.eq(sorted, again)
  c:type 'fputin<CR>'
  T.eq(#c:lines(), 2)
  c:type 'F'
  T.ok(#c:lines() > 3)
  c:type 'q'
  T.eq(c:eval 'winnr("$")', 1)
end)

test('actors of one kind, and as a quickfix list', function(c, T)
  c:cmd 'Entente actors person'
  T.eq(#c:lines(), 4)
  c:type 'q'
  c:cmd 'Entente! actors'
  T.ok(#qf(c) > 4)
  T.eq(c:eval 'getqflist({"title": 0}).title', 'Actors')
end)

test('windows follow the text and keep the cursor', function(c, T)
  c:cursor(3, 0)
  c:cmd 'Entente actors'
  c:type '/Macron<CR>'
  local row = c:cursor()[1]
  c:cmd 'wincmd p'
  c:type 'OOlaf Scholz and Boris Johnson agreed.<Esc>'
  c:cmd 'wincmd p'
  c:wait [[
    local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
    return table.concat(lines, '\n'):find('Olaf Scholz', 1, true) ~= nil]]
  T.eq(c:cursor()[1], row + 2)
  T.ok(c:eval('getline(".")'):find '^Emmanuel Macron')
end)

test('the cursor in the text moves the list', function(c, T)
  c:cmd 'Entente actors | wincmd p'
  c:cursor(4, 34)
  c:settle()
  c:cmd 'doautocmd CursorMoved'
  c:cmd 'wincmd p'
  T.ok(c:eval('getline(".")'):find '^Emmanuel Macron')
end)

test('proposals and timeline windows', function(c, T)
  c:cmd 'Entente proposals'
  T.ok(table.concat(c:lines(), '\n'):find('security guarantees', 1, true))
  c:type 'q'
  c:cmd 'Entente timeline'
  T.ok(c:lines()[2]:find('2025-08-19', 1, true), c:lines()[2])
  c:type '<CR>'
  T.eq(c:cursor()[1], 4)
end)

test('a window exports what it shows', function(c, T)
  c:lua [[
    vim.ui.select = function(_, _, done) done('csv') end
    vim.ui.input = function(_, done) done('-') end]]
  c:cmd 'Entente actors person'
  c:type 'x'
  T.eq(c:lines()[1], 'actor,kind,mentions,line,stances')
  T.eq(#c:lines(), 4)
end)

test('export into a file, not over one', function(c, T)
  local file = vim.fn.tempname()
  for _, format in ipairs { 'csv', 'jsonl', 'md', 'conll', 'ann', 'dot', 'spell' } do
    c:cmd('Entente! export ' .. format .. ' ' .. file)
    T.ok(vim.fn.getfsize(file) > 10, format)
  end
  c:cmd('Entente export csv ' .. file)
  T.ok(c:screen().text[24]:find('is there already', 1, true))
  os.remove(file)
end)

test('report: a page of this text, opened or written', function(c, T)
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder .. '/bin', 'p')
  vim.fn.writefile({ '#!/bin/sh', 'echo "$1" >' .. folder .. '/opened' }, folder .. '/bin/xdg-open')
  vim.fn.setfperm(folder .. '/bin/xdg-open', 'rwxr-xr-x')
  c:cmd('let $XDG_CACHE_HOME = "' .. folder .. '/cache"')
  c:cmd('let $PATH = "' .. folder .. '/bin:" . $PATH')
  c:cmd 'Entente report'
  local asked = vim.wait(10000, function()
    return vim.fn.getfsize(folder .. '/opened') > 0
  end, 20)
  T.ok(asked, 'no browser was asked: ' .. c:screen().text[24])
  local page = table.concat(vim.fn.readfile(vim.fn.readfile(folder .. '/opened')[1]), '\n')
  T.ok(page:find('Emmanuel Macron', 1, true) and page:find('</html>', 1, true))
  local file = folder .. '/page.html'
  c:cmd('Entente report ' .. file)
  T.ok(vim.fn.getfsize(file) > 10000)
  c:cmd('Entente report ' .. file)
  T.ok(c:screen().text[24]:find('is there already', 1, true))
  c:cmd('Entente! report ' .. file)
  T.ok(c:screen().text[24]:find 'wrote')
  vim.fn.delete(folder, 'rf')
end)

test('on, off, toggle', function(c, T)
  T.ok(#c:marks() > 5)
  c:cmd 'Entente off'
  T.eq(c:marks(), {})
  T.eq(c:lua 'return require("entente.nvim").status()', 'off')
  c:type 'ggOx<Esc>'
  T.eq(c:marks(), {})
  c:cmd 'Entente toggle'
  T.ok(#c:marks() > 5)
  c:cmd 'Entente toggle!'
  T.eq(c:marks(), {})
  c:open(article, 'text')
  T.eq(c:lua 'return require("entente.nvim").status()', '')
  c:cmd 'Entente toggle!'
  c:cmd 'redraw'
  T.ok(#c:marks() > 5)
end)

test('the current actor is emphasised everywhere', function(c, T)
  c:cursor(5, 42)
  c:cmd 'doautocmd CursorMoved | redraw'
  T.ok(vim.tbl_contains(c:marks(), '0:18-32 EntenteCurrent'), vim.inspect(c:marks()))
  c:cursor(3, 0)
  c:cmd 'doautocmd CursorMoved | redraw'
  T.ok(not table.concat(c:marks()):find 'EntenteCurrent')
end)

test('focus dims the rest and ends', function(c, T)
  c:cmd 'Entente focus Germany | redraw'
  local marks = table.concat(c:marks(), '\n')
  T.ok(marks:find('0:0%-%d+ EntenteDim'), marks)
  T.ok(not marks:find('3:0%-%d+ EntenteDim'), marks)
  c:cmd 'Entente focus! | redraw'
  T.ok(not table.concat(c:marks()):find 'EntenteDim')
end)

test('colour by actor gives one actor one colour', function(c, T)
  c:cmd 'Entente colour actor | redraw'
  local by = {}
  for _, m in ipairs(c:marks()) do
    local place, group = m:match '^(%S+) (EntenteActor%d+)$'
    if place then
      by[place] = group
    end
  end
  T.ok(by['0:18-32'] and by['0:18-32'] == by['4:40-45'], vim.inspect(by))
  T.ok(by['0:18-32'] ~= by['0:37-49'], 'two actors, two colours')
end)

test('counts and signs beside the lines', function(c, T)
  c:cmd 'Entente counts | redraw'
  T.ok(table.concat(c:screen().text, '\n'):find('Vladimir Putin 2×', 1, true))
  c:lua 'require("entente.nvim").setup { signs = true }'
  c:cmd 'redraw'
  local text = table.concat(c:screen().text, '\n')
  T.ok(text:find '\n%- *Germany' or text:find '\n%+ *Germany', text)
end)

test('fold to the sentences of one actor and back', function(c, T)
  c:cmd 'Entente fold Emmanuel Macron'
  T.eq(c:eval 'foldclosed(1)', 1)
  T.eq(c:eval 'foldclosed(4)', -1)
  c:cmd 'Entente fold!'
  T.eq(c:eval 'foldclosed(1)', -1)
  T.eq(c:eval '&foldmethod', 'manual')
end)

test('omnifunc completes names the text knows', function(c, T)
  T.eq(c:eval '&omnifunc', "v:lua.require'entente.nvim'.omnifunc")
  c:type 'GoEmm<C-x><C-o>'
  T.eq(c:lines()[6], 'Emmanuel Macron')
  c:type ' met Vladimir Pu<C-x><C-o><Esc>'
  T.eq(c:lines()[6], 'Emmanuel Macron met Vladimir Putin')
end)

test('CTRL-] goes to the first full mention by tagfunc', function(c, T)
  c:cmd 'set nomodified | w! /tmp/entente-article.txt'
  c:cursor(5, 42)
  c:type '<C-]>'
  T.eq(c:cursor(), { 1, 18 })
  c:type '<C-t>'
  T.eq(c:cursor(), { 5, 42 })
  c:cmd 'tag Emmanuel\\ Macron'
  T.eq(c:cursor(), { 4, 33 })
end)

test('rename in the text with a preview, one undo', function(c, T)
  c:cursor(1, 20)
  c:cmd 'Entente! rename Xi Jinping'
  T.eq(c:lines()[1], 'Rename Vladimir Putin to Xi Jinping')
  c:type '<CR>'
  T.ok(c:lines()[1]:find('President Xi Jinping met', 1, true))
  T.ok(c:lines()[5]:find('Jinping spoke', 1, true))
  c:type 'u'
  T.eq(c:lines(), article)
end)

test('check, diagnostics, fix', function(c, T)
  c:type 'GoMacron met Emmanuel Makron. Emmanuel Macron left.<Esc>'
  c:done()
  c:cmd 'Entente check'
  local list = c:lua 'return vim.diagnostic.get(0)'
  T.eq(#list, 1)
  T.eq({ list[1].lnum, list[1].col }, { 5, 11 })
  c:lua 'vim.ui.select = function(items, _, done) done(items[1]) end'
  c:cursor(6, 12)
  c:cmd 'Entente fix'
  T.eq(c:lines()[6], 'Macron met Emmanuel Macron. Emmanuel Macron left.')
  c:cmd 'Entente check'
  T.eq(c:lua 'return #vim.diagnostic.get(0)', 0)
end)

test('completion of commands, names and words', function(c, T)
  local function complete(line)
    return c:eval(('getcompletion(%q, "cmdline")'):format(line))
  end
  T.ok(vim.tbl_contains(complete 'Entente re', 'refs'))
  T.eq(complete 'Entente refs Vlad', { [[Vladimir\ Putin]] })
  T.ok(vim.tbl_contains(complete 'Entente next ', 'proposal'))
  T.ok(vim.tbl_contains(complete 'Entente export ', 'jsonl'))
  T.ok(vim.tbl_contains(complete 'Entente mark ', 'person'))
end)

test('without a word a sub-command is picked', function(c, T)
  c:lua [[vim.ui.select = function(items, opts, done)
    _G.picked = { #items, opts.prompt }
    done('status')
  end]]
  c:cmd 'Entente'
  T.eq(c:lua 'return _G.picked[2]', 'Entente')
  T.ok(c:screen().text[24]:find 'actors', c:screen().text[24])
  c:lua [[vim.ui.select = function() error('Keyboard interrupt', 0) end]] -- as CTRL-C is told
  c:cmd 'Entente'
  c:cmd 'Entente nonsense'
  T.ok(c:screen().text[24]:find('no such command', 1, true))
end)

test('the keys of a list are told in full', function(c, T)
  c:cmd 'Entente actors'
  c:type 'g?'
  local text = c:float()
  for _, key in ipairs { '<CR> go there', 'K card', 'f filter', 'x export', 'q close' } do
    T.ok(text:find(key, 1, true), text)
  end
  c:type 'j'
  T.eq(c:float(), '')
end)

test('explain and status', function(c, T)
  c:cursor(1, 20)
  c:cmd 'Entente explain'
  local text = c:float()
  T.ok(text:find('person, by name', 1, true), text)
  T.ok(c:lua('return require("entente.nvim").status()'):find '^%d+ actors %d+ proposals?$')
end)

test('the Lua API', function(c, T)
  T.eq(c:lua [[
    local e = require 'entente.nvim'
    local doc = e.doc()
    return doc:entity(doc:find('Putin')).name]], 'Vladimir Putin')
  c:lua [[require('entente.nvim').next { what = 'any', count = 2 }]]
  T.eq(c:cursor(), { 1, 37 })
  c:lua [[require('entente.nvim').refs { name = 'Putin' }]]
  T.eq(#qf(c), 2)
  c:lua [[require('entente.nvim').detach()]]
end)

test('options: wrong ones are reported, not obeyed', function(c, T)
  c:lua [[require('entente.nvim').setup { colour = 'rainbow', nonsense = 1, counts = true }]]
  local problems = c:lua [[return select(2, require('entente.host.nvim.options').get())]]
  T.eq(#problems, 2)
  T.eq(c:lua [[return require('entente.host.nvim.options').get().colour]], 'kind')
  T.eq(c:lua [[return require('entente.host.nvim.options').get().counts]], true)
end)

test('kinds are told apart by colour in any scheme, and your own settings win', function(c, T)
  local kinds = { 'Person', 'Country', 'Organisation', 'Group', 'Place', 'Proposal' }
  local function check(scheme)
    local seen = {}
    for _, kind in ipairs(kinds) do
      local hl = c:ask('nvim_get_hl_by_name', 'Entente' .. kind, true)
      local normal = c:ask('nvim_get_hl_by_name', 'Normal', true)
      T.ok(hl.foreground and hl.foreground ~= normal.foreground, scheme .. ' ' .. kind)
      local other = seen[hl.foreground]
      T.ok(not other, scheme .. ' ' .. kind .. ' looks like ' .. (other or ''))
      seen[hl.foreground] = kind
    end
  end
  check 'default'
  for _, scheme in ipairs { 'desert', 'morning', 'blue', 'slate', 'default' } do
    c:cmd('colorscheme ' .. scheme)
    check(scheme)
  end
  c:cmd 'set background=light'
  check 'light'
  c:cmd 'highlight EntentePerson guifg=#123456'
  c:cmd 'doautocmd ColorScheme'
  T.eq(c:ask('nvim_get_hl_by_name', 'EntentePerson', true).foreground, 0x123456)
end)

test('checkhealth', function(c, T)
  c:cmd 'checkhealth entente'
  local text = table.concat(c:lines(), '\n')
  T.ok(text:find('entente: library', 1, true), text)
  T.ok(text:find('entente.model', 1, true), text)
  T.ok(text:find('all options are known', 1, true), text)
  T.ok(not text:find 'ERROR', text)
end)

test('the tutor opens its text', function(c, T)
  c:cmd 'Entente tutor'
  T.ok(#c:lines() > 30)
  T.ok(c:lua 'return require("entente.nvim").status() ~= ""')
end)

test('the winbar says who is speaking', function(c, T)
  if not T.at_least(0, 8) then
    return 'needs Neovim 0.8'
  end
  c:cmd 'Entente winbar'
  c:cursor(1, 75)
  c:cmd 'redraw'
  T.ok(c:screen().text[1]:find('Donald Trump ›', 1, true), c:screen().text[1])
end)

test('options alone switch on diagnostics and the window bar', function(c, T)
  c:lua "require('entente.nvim').setup { diagnostics = true, winbar = true }"
  c:type 'GoMacron met Emmanuel Makron. Emmanuel Macron left.<Esc>'
  c:done()
  c:wait 'return #vim.diagnostic.get(0) > 0'
  if T.at_least(0, 8) then
    T.ok(c:eval('&winbar'):find 'crumb', c:eval '&winbar')
  end
end)

test('every <Plug> map is there and none is bound', function(c, T)
  local wanted = { 'next', 'prev', 'next-same', 'prev-same', 'next-proposal', 'prev-proposal',
    'next-stance', 'prev-stance', 'refs', 'goto', 'show', 'stances', 'actors', 'proposals', 'mark',
    'ignore', 'toggle', 'focus' }
  for _, name in ipairs(wanted) do
    T.ok(c:eval(('maparg("<Plug>(entente-%s)", "n")'):format(name)) ~= '', name)
  end
  for _, name in ipairs { 'i-mention', 'a-mention', 'i-proposal', 'a-sentence' } do
    T.ok(c:eval(('maparg("<Plug>(entente-%s)", "o")'):format(name)) ~= '', name)
  end
  local bound = c:lua [[
    local out = {}
    for _, mode in ipairs { 'n', 'x', 'o', 'i' } do
      for _, m in ipairs(vim.api.nvim_get_keymap(mode)) do
        if (m.rhs or ''):find 'entente' and not m.lhs:find '<Plug>' then out[#out + 1] = m.lhs end
      end
    end
    return out]]
  T.eq(bound, {})
end)

return tests
