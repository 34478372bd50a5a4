-- Screens of the main views, compared with files a person can read: the text, and below it the
-- looks, one letter for each.
local article = {
  'Russian President Vladimir Putin met Donald Trump in Alaska. Trump left on Friday.',
  'Germany rejected the peace plan of the European Union. President Emmanuel',
  'Macron backed the peace plan.',
  '',
  'The delegations spoke for two hours.',
}

local tests = {}

local function snapshot(what, file, work)
  tests[#tests + 1] = {
    what,
    function(T)
      local c = T.Child.start { columns = 92, lines = 20 }
      local ok, problem = pcall(function()
        c:cmd 'set fillchars=eob:~ statusline=%f%m'
        c:open(article, 'text')
        c:cmd 'file article.txt'
        c:done()
        work(c)
        local screen = c:screen()
        local lines = {}
        for row, text in ipairs(screen.text) do
          lines[#lines + 1] = text
          if screen.looks[row] ~= '' then
            lines[#lines + 1] = screen.looks[row]
          end
        end
        T.golden(('%s-%s.txt'):format(file, T.name:match '^%d+%.%d+'), lines)
      end)
      c:stop()
      if not ok then
        error(problem, 0)
      end
    end,
  }
end

-- The cursor is there, and what it is on is emphasised.
local function at(c, row, col)
  c:cursor(row, col)
  c:cmd 'doautocmd CursorMoved | redraw'
end

snapshot('an article', 'article', function(c)
  at(c, 4, 0)
end)

snapshot('the current actor', 'current', function(c)
  at(c, 1, 62)
end)

snapshot('the actors', 'actors', function(c)
  at(c, 4, 0)
  c:cmd 'Entente actors'
end)

snapshot('the stances', 'stances', function(c)
  at(c, 4, 0)
  c:cmd 'Entente stances'
end)

snapshot('the board', 'board', function(c)
  at(c, 4, 0)
  c:cmd 'Entente board'
end)

snapshot('mentions', 'refs', function(c)
  c:cmd 'Entente refs Trump'
end)

snapshot('focus', 'focus', function(c)
  at(c, 4, 0)
  c:cmd 'Entente focus Germany | redraw'
end)

snapshot('the preview of a rename', 'rename', function(c)
  at(c, 1, 20)
  c:cmd 'Entente! rename Xi Jinping'
end)

return tests
