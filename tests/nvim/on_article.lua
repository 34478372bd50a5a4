-- Tests with one article open, and what the quickfix list holds then; loaded anew by each file.
local article = {
  'Russian President Vladimir Putin met Donald Trump in Alaska. Trump said that the United States',
  'is prepared to offer security guarantees to Ukraine.',
  '',
  'Germany rejected the peace plan. Emmanuel Macron backed the peace plan on 19 August 2025.',
  'Russia opposes the security guarantees. Putin spoke.',
}

local tests = {}

-- A test with the article open; every message so far must be free of errors.
local function test(what, work, opts)
  tests[#tests + 1] = {
    what,
    function(T)
      local c = T.Child.start(opts)
      c:open(article, 'text')
      c:cmd 'file /tmp/entente-article.txt'
      c:done()
      local ok, problem = pcall(work, c, T)
      return T.ended(c, ok, problem)
    end,
  }
end

local function qf(c)
  return c:eval 'map(getqflist(), {_, i -> [i.lnum, i.col, i.text]})'
end

return { article = article, tests = tests, test = test, qf = qf }
