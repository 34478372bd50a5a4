-- Measures what the product promises about speed; prints it and keeps it under bench/results/.
--
--   lua5.4 bench/run.lua [FILE]
--
-- Each figure stands beside the one asked for. Times are the best of five (others use this machine,
-- too), on one core. FILE is plain news text; without it ../shared's news is taken, or the sample
-- article over and over.
package.path = 'lua/?.lua;lua/?/init.lua;' .. package.path
local core = require 'entente.core'
local ent = require 'entente'
local json = require 'entente.json'
local uv = require 'luv'

local SIZE = 10000000
local lines = {}

local function say(...)
  local line = string.format(...)
  lines[#lines + 1] = line
  print(line)
end

local function output_of(command)
  local pipe = assert(io.popen(command .. ' 2>/dev/null'))
  local s = pipe:read 'a'
  pipe:close()
  return (s:gsub('%s+$', ''))
end

local function write(path, text)
  local f = assert(io.open(path, 'wb'))
  f:write(text)
  f:close()
end

local function read(path)
  local f = io.open(path, 'rb')
  local text = f and f:read 'a'
  if f then
    f:close()
  end
  return text
end

-- About so many bytes of texts in ../shared; nil when they are not there.
local function texts(name, size)
  local pipe = io.popen('xz -dc ../shared/data/text/' .. name .. '.jsonl.xz 2>/dev/null')
  local parts, n = {}, 0
  for line in pipe:lines() do
    local o = json.decode(line)
    parts[#parts + 1] = o.text
    n = n + #o.text + 2
    if n > size then
      break
    end
  end
  pipe:close()
  return n > 0 and table.concat(parts, '\n\n') or nil
end

-- About ten million bytes of news.
local function news()
  local found = texts('current_events', SIZE)
  if found then
    return found, 'world news in short (current_events)'
  end
  local text = assert(read 'doc/try.txt')
  return text:rep(SIZE // #text), 'the sample article, repeated'
end

-- Best of some runs, in seconds.
local function best(times, fn)
  local least = math.huge
  for _ = 1, times do
    local start = uv.hrtime()
    fn()
    least = math.min(least, (uv.hrtime() - start) / 1e9)
  end
  return least
end

local function verdict(good)
  return good and 'met' or 'NOT MET'
end

local text, what
if arg[1] then
  text, what = assert(read(arg[1])), arg[1]
else
  text, what = news()
end
os.execute 'mkdir -p build/bench bench/results'
local path = 'build/bench/news.txt'
write(path, text)
local mb = #text / 1e6

say('date     %s', os.date '!%Y-%m-%d %H:%M UTC')
say('commit   %s%s', output_of 'git rev-parse --short HEAD',
  output_of 'git status --porcelain --untracked-files=no' ~= '' and ' with changes' or '')
say('machine  %s, %s cores, load %s',
  output_of "sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1", output_of 'nproc',
  output_of "cut -d ' ' -f 1 /proc/loadavg")
say('text     %.1f MB, %s words: %s', mb, output_of("wc -w <" .. path), what)
say ''

local wc = best(5, function()
  os.execute('wc -w <' .. path .. ' >/dev/null')
end)
say('wc -w                                %7.3f s  %7.1f MB/s', wc, mb / wc)

-- The lexicon's names as a dictionary, for a matcher that looks for nothing else.
local function dictionary(to)
  local out, n = assert(io.open(to, 'wb')), 0
  for _, file in ipairs { 'countries', 'places', 'orgs', 'people' } do
    for line in io.lines('lexicon/' .. file .. '.tsv') do
      local name = line:match(file == 'countries' and '^%u%u\t([^\t]+)' or '^([^#\t][^\t]+)')
      if name then
        out:write(name, '\n')
        n = n + 1
      end
    end
  end
  out:close()
  return n
end
local names = dictionary 'build/bench/names.txt'
if output_of 'rg --version' ~= '' then
  local rg = best(5, function()
    os.execute('rg -j1 -F -o -f build/bench/names.txt ' .. path .. ' >/dev/null')
  end)
  say('rg -F -o, the %5d names alone       %7.3f s  %7.1f MB/s', names, rg, mb / rg)
else
  say 'rg -F with the names: skipped, ripgrep is not installed'
end

local tag = best(5, function()
  os.execute('bin/entente tag --format jsonl ' .. path .. ' >/dev/null')
end)
say('entente tag --format jsonl           %7.3f s  %7.1f MB/s  asked 10: %s', tag, mb / tag,
  verdict(mb / tag >= 10))

local docs = {}
for paragraph in (text .. '\n\n'):gmatch '(.-)\n\n' do
  docs[#docs + 1] = '{"doc":"' .. #docs .. '","text":' .. core.quote(paragraph) .. '}\n'
end
write('build/bench/news.jsonl', table.concat(docs))
for _, jobs in ipairs { 1, 2 } do
  local t = best(3, function()
    os.execute('bin/entente tag --input jsonl --format jsonl --jobs ' .. jobs
      .. ' build/bench/news.jsonl >/dev/null')
  end)
  say('the same, %6d documents, --jobs %d  %7.3f s  %7.1f MB/s', #docs, jobs, t, mb / t)
end

local start = best(20, function()
  os.execute 'printf "" | bin/entente tag --format jsonl >/dev/null'
end)
say('start and end of the command         %7.1f ms', start * 1000)

local map = best(20, function()
  assert(core.model(ent.model_path()))
end)
say('model opened (%.1f MB, checked)       %7.2f ms                asked 5: %s',
  #read(ent.model_path()) / 1e6, map * 1000, verdict(map <= 0.005))

local doc = assert(ent.open(text:sub(1, 1000000)))
local first = best(1, function()
  doc:advance(0)
  doc:count()
end)
say('a document of 1 MB, analysed whole   %7.1f ms', first * 1000)
local n = #doc:marks(0, 5000) // 6
local marks = best(100, function()
  doc:marks(0, 5000)
end)
say('marks of a view (%d) into Lua        %7.3f ms', n, marks * 1000)

for _, program in ipairs { 'bench_tokens %s', 'bench_tag model/entente.model %s',
  'bench_linear model/entente.model %s', 'bench_edit model/entente.model %s' } do
  say('')
  say('%s', output_of('build/bench/' .. program:format(path)))
end

-- The same document with some 20,000 mentions in a megabyte, for which figures were asked.
local speeches = texts('un_general_debate', 1100000)
if speeches then
  write('build/bench/speeches.txt', speeches)
  say('')
  say 'speeches (un_general_debate); asked: memory 3 times the text, linked at once 20 ms, all'
  say 'mentions of the most frequent 50 us, edits median 100 us, p99 1000 us'
  say('%s', output_of 'build/bench/bench_edit model/entente.model build/bench/speeches.txt')
end

say('')
say('%s', output_of 'lua5.4 bench/bench_lsp.lua')
say('%s', output_of 'sh bench/nvim/run.sh')

write(('bench/results/%s.txt'):format(os.date '!%Y-%m-%d'), table.concat(lines, '\n') .. '\n')
