-- bench_lsp: the language server through its real pipe, on a text of 1 MB: one letter typed until
-- the difference of its semantic tokens is answered. Beside it Harper's, on the same edits: typed
-- until it has told what it finds in the text as it is now.
--
--   lua5.4 bench/bench_lsp.lua [FILE]
--
-- Times of edits are those of the best of five sessions, as others use this machine, too; the
-- server's own are what it had of the processor. On a busy machine, chrt -r 1 before the command
-- tells what an idle one would.
--
-- Harper is harper-ls where that is installed, or in build/harper/bin (cargo install harper-ls
-- --root build/harper); else npm's harper.js behind a pipe (harper.mjs), fetched to build/harper
-- where npm can; else it is left out, and why is said.
package.path = 'lua/?.lua;lua/?/init.lua;tests/lsp/?.lua;' .. package.path
local uv = require 'luv'
local client = require 'client'

client.PATIENCE = 600
local URI = 'file:///tmp/bench.txt'
local SESSIONS, EDITS = 5, 1000
local SLOW = 3 -- edits of a server that takes seconds for each

local function article()
  local f = assert(io.open(arg[1] or 'doc/try.txt', 'rb'))
  local text = f:read 'a'
  f:close()
  text = text:rep(math.ceil(1048576 / #text)):sub(1, 1048576)
  return (text:gsub('[\128-\255]+$', ''))
end

local function now()
  return uv.hrtime() / 1e6
end

-- Edits of one character, anywhere: the same for all.
local function edits(text, n)
  math.randomseed(7)
  local _, lines = text:gsub('\n', '')
  local out = {}
  for i = 1, n do
    local p = { line = math.random(0, lines - 1), character = math.random(0, 40) }
    out[i] = { range = { start = p, ['end'] = p }, text = 'x' }
  end
  return out
end

local function quantile(times, q)
  table.sort(times)
  return times[math.max(1, math.ceil(#times * q))]
end

local function verdict(good)
  return good and 'met' or 'NOT MET'
end

-- Processor time a process has had, in ms: tells what is its own on a busy machine; nil where the
-- system does not say.
local function processor(pid)
  local f = io.open('/proc/' .. pid .. '/schedstat')
  local ns = f and f:read 'n'
  if f then
    f:close()
  end
  return ns and ns / 1e6
end

-- One session: times until the first answer, until all tokens, and for each edit.
local function session(text)
  local start = now()
  local c = client.start()
  c:initialize()
  local r = { first = now() - start }
  start = now()
  c:open(URI, text)
  local doc = { uri = URI }
  local full = c:ask('textDocument/semanticTokens/full', { textDocument = doc })
  local id, times, work = full.resultId, {}, {}
  r.opened, r.tokens = now() - start, #full.data // 5
  for i, edit in ipairs(edits(text, EDITS)) do
    local t, p = now(), processor(c.pid)
    c:change(URI, i + 1, { edit })
    id = c:ask('textDocument/semanticTokens/full/delta',
      { textDocument = doc, previousResultId = id }).resultId
    times[i] = now() - t
    work[i] = (processor(c.pid) or 0) - (p or 0)
  end
  r.peak = c:peak()
  c:leave()
  r.median, r.p99 = quantile(times, 0.5), quantile(times, 0.99)
  r.own, r.own99 = quantile(work, 0.5), quantile(work, 0.99)
  return r
end

local function ours(text)
  local best, worst99, peak = session(text), 0, 0
  for _ = 2, SESSIONS do
    local r = session(text)
    worst99, peak = math.max(worst99, r.p99, best.p99), math.max(peak, r.peak, best.peak)
    for key, value in pairs(r) do
      best[key] = math.min(best[key], value)
    end
  end
  print(('entente lsp, a text of %.2f MB, %d tokens'):format(#text / 1e6, best.tokens))
  print(('start to first answer      %8.1f ms  asked 60: %s'):format(best.first,
    verdict(best.first <= 60)))
  print(('open to all tokens         %8.1f ms'):format(best.opened))
  print(('edit to tokens, median     %8.2f ms  asked 2: %s'):format(best.median,
    verdict(best.median <= 2)))
  print(('edit to tokens, p99        %8.2f ms  asked 10: %s'):format(best.p99,
    verdict(best.p99 <= 10)))
  print(('of it the server\'s own     %8.2f ms, p99 %.2f ms'):format(best.own, best.own99))
  print(('p99 of the worst session   %8.2f ms'):format(worst99))
  print(('memory, greatest           %8.1f MB  asked 64: %s'):format(peak, verdict(peak <= 64)))
end

-- How Harper is started: command, arguments, its name; nil and why not.
local function harper()
  local built = uv.cwd() .. '/build/harper/bin/harper-ls'
  if os.execute 'command -v harper-ls >/dev/null' then
    return 'harper-ls', { '--stdio' }, 'harper-ls'
  elseif uv.fs_stat(built) then
    return built, { '--stdio' }, 'harper-ls'
  elseif not os.execute 'command -v node >/dev/null' then
    return nil, nil, 'neither harper-ls nor node is installed'
  end
  local folder = uv.cwd() .. '/build/harper'
  if not uv.fs_stat(folder .. '/node_modules/harper.js')
    and not os.execute('npm install --no-audit --no-fund --prefix ' .. folder
      .. ' harper.js >/dev/null 2>&1') then
    return nil, nil, 'npm could not fetch harper.js'
  end
  return 'node', { 'bench/harper.mjs', folder }, 'harper.js'
end

-- Does a server want the whole text at each edit?
local function whole(capabilities)
  local sync = capabilities.textDocumentSync
  return (type(sync) == 'table' and sync.change or sync) == 1
end

-- Times until its findings on each edit are there, and how many it finds at last.
local function typed(c, text, entire)
  local _, seen = c:heard 'textDocument/publishDiagnostics'
  local times, found = {}, nil
  for i, edit in ipairs(edits(text, SLOW)) do
    text = entire and client.applied(text, edit, 'utf-16') or text
    local t = now()
    c:change(URI, i + 1, { entire and { text = text } or edit })
    found, seen = c:heard('textDocument/publishDiagnostics', seen)
    times[i] = now() - t
  end
  return times, #found.diagnostics
end

local function theirs(text)
  local command, args, name = harper()
  if not command then
    print('Harper                     left out: ' .. name)
    return
  end
  local start = now()
  local c = client.start { command = command, args = args }
  c.replies['workspace/configuration'] = function()
    return { { ['harper-ls'] = { maxFileLength = 2 * #text } } }
  end
  local entire = whole(c:initialize().capabilities)
  local first = now() - start
  start = now()
  c:open(URI, text, 'plaintext')
  c:heard 'textDocument/publishDiagnostics'
  local opened = now() - start
  local times, found = typed(c, text, entire)
  local median = quantile(times, 0.5)
  print(('%s beside it, %d findings'):format(name, found))
  print(('start to first answer      %8.1f ms'):format(first))
  print(('open to all findings       %8.1f ms'):format(opened))
  print(('edit to findings, median   %8.1f ms  (%d edits)'):format(median, SLOW))
  print(('memory, greatest           %8.1f MB'):format(c:peak()))
  c.handle:kill 'sigkill'
  c:ended()
end

local text = article()
ours(text)
theirs(text)
os.exit(0)
