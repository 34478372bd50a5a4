-- Corrections: taught by command and map, kept in the project's file, taken back, reviewed.
local article = {
  'Vladimir Putin met Sam Rainsy in Hanoi. Blue Lotus was read out.',
  'The Friends of Hanoi rejected it. Rainsy spoke to the Friends of Hanoi.',
}

local tests = {}

local function test(what, work)
  tests[#tests + 1] = {
    what,
    function(T)
      local folder = vim.fn.tempname()
      vim.fn.mkdir(folder .. '/.entente', 'p')
      vim.fn.writefile(article, folder .. '/a.txt')
      local c = T.Child.start()
      local ok, problem = pcall(function()
        if not c:lua "return vim.lpeg ~= nil or (pcall(require, 'lpeg'))" then
          return 'no LPeg for this Neovim'
        end
        c:cmd('edit ' .. folder .. '/a.txt')
        c:done()
        return work(c, T, folder)
      end)
      return T.ended(c, ok, problem, folder)
    end,
  }
end

local function has(c, mark)
  c:cmd 'redraw'
  return vim.tbl_contains(c:marks(), mark)
end

local function lexicon(folder)
  local ok, lines = pcall(vim.fn.readfile, folder .. '/.entente/lexicon.tsv')
  return ok and table.concat(lines, '\n') or ''
end

test('mark a selection, all like it follow; undo, redo', function(c, T, folder)
  c:cursor(1, 40)
  c:type 've'
  c:type 'e:'
  c:type 'Entente mark group<CR>'
  T.ok(lexicon(folder):find('mark\tBlue Lotus\tkind=group', 1, true), lexicon(folder))
  T.ok(has(c, '0:40-50 EntenteGroup'), vim.inspect(c:marks()))
  c:cmd 'Entente undo'
  T.ok(not has(c, '0:40-50 EntenteGroup'))
  c:cmd 'Entente redo'
  T.ok(has(c, '0:40-50 EntenteGroup'))
end)

test('ignore by map, with a dot again', function(c, T, folder)
  c:cmd 'nmap gi <Plug>(entente-ignore)'
  T.ok(has(c, '0:0-14 EntentePerson'))
  c:cursor(1, 3)
  c:type 'gi'
  c:settle()
  T.ok(lexicon(folder):find('ignore\tVladimir Putin', 1, true), lexicon(folder))
  T.ok(not has(c, '0:0-14 EntentePerson'), vim.inspect(c:marks()))
  c:cursor(1, 22)
  c:type '.'
  c:settle()
  T.ok(lexicon(folder):find('ignore\tSam Rainsy', 1, true), lexicon(folder))
end)

test('mark by map asks for the kind', function(c, T, folder)
  c:lua 'vim.ui.select = function(items, _, done) done("group") end'
  c:cmd 'xmap gm <Plug>(entente-mark)|nmap gm <Plug>(entente-mark)'
  c:cursor(2, 4)
  c:type 'v3e'
  c:type 'gm'
  c:settle()
  T.ok(lexicon(folder):find('mark\tFriends of Hanoi\tkind=group', 1, true), lexicon(folder))
  T.ok(has(c, '1:4-20 EntenteGroup'), vim.inspect(c:marks()))
  T.ok(has(c, '1:54-70 EntenteGroup'), vim.inspect(c:marks()))
end)

test('merge, alias, split, rename', function(c, T, folder)
  c:cmd 'Entente merge Sam Rainsy into Vladimir Putin'
  T.eq(c:lua [[local d = require('entente.nvim').doc()
    return d:find 'Rainsy' == d:find 'Vladimir Putin']], true)
  c:cmd 'Entente undo'
  T.eq(c:lua [[local d = require('entente.nvim').doc()
    return d:find 'Sam Rainsy' == d:find 'Vladimir Putin']], false)
  c:cmd 'Entente alias Rainsy=Vladimir Putin'
  T.ok(lexicon(folder):find('alias\tRainsy\tof=Vladimir Putin', 1, true), lexicon(folder))
  c:cmd 'Entente undo'
  c:cmd 'Entente split Rainsy'
  T.ok(lexicon(folder):find('split\tRainsy', 1, true), lexicon(folder))
  c:cmd 'Entente undo'
  c:cursor(1, 3)
  c:cmd 'Entente rename The Kremlin chief'
  T.eq(c:lua [[local d = require('entente.nvim').doc()
    return d:entity(d:find 'Vladimir Putin').name]], 'The Kremlin chief')
  T.eq(c:lines(), article, 'the text stays')
end)

test('what stands between an actor and a proposal tells of a stance', function(c, T, folder)
  c:set { 'Hungary gave its blessing to the peace plan.', 'Poland gave its blessing to sanctions.' }
  c:done()
  c:cursor(1, 0)
  c:cmd 'Entente stance accepts Poland peace plan'
  T.eq(lexicon(folder), '')
  c:cmd 'Entente stance accepts Hungary peace plan'
  T.ok(lexicon(folder):find('pattern\tActor "gave its blessing to" Proposal\tstance=accepts', 1,
    true), lexicon(folder))
  T.eq(c:lua [[
    local out = {}
    for _, s in ipairs(require('entente.host.nvim.attach').state(0).doc:stances()) do
      out[#out + 1] = s.label
    end
    return #out]], 2)
end)

test('a verb tells of a stance', function(c, T, folder)
  c:cmd 'Entente stance opposes fleer at'
  T.ok(lexicon(folder):find('cue\tfleer at\tstance=opposes', 1, true), lexicon(folder))
  c:cmd 'Entente undo'
  c:lua 'vim.ui.input = function(how, done) _G.default = how.default done(how.default) end'
  c:cursor(1, 16)
  c:cmd 'Entente stance'
  c:cursor(2, 22)
  c:cmd 'Entente stance supports'
  T.eq(c:lua 'return _G.default', 'reject')
  T.ok(lexicon(folder):find('cue\treject\tstance=supports', 1, true), lexicon(folder))
end)

test('the whole project is asked through its index', function(c, T, folder)
  if vim.fn.executable 'lua5.4' == 0 then
    return 'no Lua 5.4 for the command line'
  end
  vim.fn.writefile({ 'Rainsy spoke again.' }, folder .. '/b.txt')
  c:cmd('let $XDG_CACHE_HOME = "' .. folder .. '/cache"')
  c:lua [[vim.api.nvim_create_autocmd('User', { pattern = 'EntenteIndexed',
    callback = function() _G.indexed = true end })]]
  c:cmd 'Entente index'
  c:wait 'return _G.indexed == true'
  c:cmd 'Entente refs Sam Rainsy -project'
  c:wait 'return #vim.fn.getqflist() > 0'
  local files = c:lua [[
    local out = {}
    for i, item in ipairs(vim.fn.getqflist()) do
      out[i] = vim.fn.fnamemodify(vim.fn.bufname(item.bufnr), ':t') .. ':' .. item.lnum
    end
    return out]]
  T.ok(vim.tbl_contains(files, 'b.txt:1') and vim.tbl_contains(files, 'a.txt:1'),
    vim.inspect(files))
  c:cmd('cclose | Entente report ' .. folder .. '/page.html -project')
  c:wait(('return vim.fn.getfsize(%q) > 10000'):format(folder .. '/page.html'))
end)

test('other programs may change the file', function(c, T, folder)
  c:cmd 'Entente ignore Hanoi'
  T.ok(not has(c, '0:33-38 EntentePlace'))
  vim.fn.writefile({ 'ignore\tVladimir Putin' }, folder .. '/.entente/lexicon.tsv')
  c:cmd 'doautocmd FocusGained'
  T.ok(not has(c, '0:0-14 EntentePerson'))
  c:cmd 'Entente lexicon'
  T.eq(c:lines(), { 'ignore\tVladimir Putin' })
  c:type 'dd'
  c:cmd 'silent write | close'
  T.ok(has(c, '0:0-14 EntentePerson'), vim.inspect(c:marks()))
end)

test('corrections are there when the file is opened again', function(c, T, folder)
  c:cmd 'Entente ignore Vladimir Putin'
  c:cmd('bwipeout! | edit ' .. folder .. '/a.txt')
  c:done()
  T.ok(not has(c, '0:0-14 EntentePerson'))
end)

-- Every name of the text: what the engine is sure of is no matter here.
test('review asks about each name, and takes answers back', function(c, T, folder)
  c:ask('nvim_input', ':Entente review -max=1<CR>')
  c:shows '1/%d+ Vladimir Putin: person%? yes/no/kind/merge/skip/undo/quit'
  c:ask('nvim_input', 'n')
  c:shows '2/%d+ Sam Rainsy:'
  c:ask('nvim_input', 'y')
  c:shows '3/%d+ Hanoi:'
  c:ask('nvim_input', 'u')
  c:shows '2/%d+ Sam Rainsy:'
  c:ask('nvim_input', 'q')
  c:shows 'review ended'
  local text = lexicon(folder)
  T.ok(text:find('ignore\tVladimir Putin', 1, true), text)
  T.ok(text:find('#~ mark\t', 1, true), text)
end)

test('live windows follow a correction', function(c, T)
  c:cmd 'Entente actors | wincmd p'
  T.ok(table.concat(c:lines(), '\n'):find('Vladimir Putin', 1, true))
  c:cmd 'Entente ignore Vladimir Putin | wincmd p'
  c:wait [[
    local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
    return not table.concat(lines, '\n'):find('Vladimir Putin', 1, true)]]
end)

return tests
