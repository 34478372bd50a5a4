-- Texts made to cost too much, through the whole of it: four times the text may cost eight times
-- the processor time at most, in analysis and in every format. Prints TAP lines.
package.path = 'lua/?.lua;lua/?/init.lua;' .. package.path
local ent = require 'entente'
local format = require 'entente.format'

local BYTES, TIMES, DEARER, NOISE = 100000, 4, 10, 0.3

local function counted(unit)
  return function(n)
    local out, size, i = {}, 0, 0
    while size < n do
      i = i + 1
      out[i] = unit(i)
      size = size + #out[i]
    end
    return table.concat(out)
  end
end

local function name(i)
  local s = ''
  repeat
    s, i = s .. string.char(97 + i % 26), math.floor(i / 26)
  until i == 0
  return 'B' .. s
end

local function repeated(s)
  return counted(function()
    return s
  end)
end

local texts = {
  ['brackets that never close'] = repeated '(',
  ['quotes that never close'] = repeated '“',
  ['quotes in quotes in brackets'] = repeated '(“He said "',
  ['nests that close'] = function(n)
    local half = math.floor(n / 12)
    return ('(“Putin '):rep(half) .. ('”)'):rep(half)
  end,
  ['aliases of one actor'] = counted(function(i)
    return name(i) .. ' Smith met us. '
  end),
  ['aliases in brackets'] = counted(function(i)
    return 'The World Trade Board (' .. name(i):upper() .. ') met. '
  end),
  ['nothing but pronouns'] = repeated 'He and she and they and it told him. ',
  ['nothing but headings'] = counted(function(i)
    return '# ' .. name(i) .. ' Smith rejected the plan\n\n'
  end),
  ['every word a cue'] = repeated 'demands rejects opposes backs accepts proposes threatens ',
  ['every word a cue, of actors'] = repeated 'Russia demands, rejects, opposes, backs the plan. ',
  ['the plan of the plan of'] = repeated 'the plan of ',
  ['the plan of, in sentences'] = counted(function(i)
    return 'Russia rejects ' .. ('the plan of '):rep(i % 40) .. 'the plan. '
  end),
  ['conditions in conditions'] = repeated 'Russia says Ukraine says that if it withdraws unless ',
  ['one long word'] = repeated 'A',
  ['one long line of names'] = counted(function(i)
    return name(i) .. ' ' .. name(i * 7) .. ', '
  end),
}

local bad = 0
local function timed(work)
  collectgarbage()
  local from = os.clock()
  work()
  return os.clock() - from
end

local function check(what, work, small, large)
  local few = timed(function()
    work(small)
  end)
  local many = 1 / 0
  for _ = 1, 3 do -- noise only adds: the best of three counts
    many = math.min(many, timed(function()
      work(large)
    end))
    if many <= few * DEARER + NOISE then
      return
    end
  end
  bad = bad + 1
  print(('not ok - %s: %.2f s for %d times the text of %.2f s'):format(what, many, TIMES, few))
end

local names = {}
for what in pairs(texts) do
  names[#names + 1] = what
end
table.sort(names)
for _, what in ipairs(names) do
  local before = bad
  local small, large = texts[what](BYTES), texts[what](BYTES * TIMES)
  check(what .. ', analysis', function(text)
    assert(ent.open(text)):stances()
  end, small, large)
  small, large = assert(ent.open(small)), assert(ent.open(large))
  small:stances()
  large:stances()
  for _, f in ipairs(format.names) do
    check(what .. ', ' .. f, function(doc)
      doc:export(f)
    end, small, large)
  end
  check(what .. ', lists', function(doc)
    doc:actors()
    doc:mentions()
    doc:find 'Smith'
    doc:complete('B', 20)
  end, small, large)
  if bad == before then
    print(('ok - linear in every format: %s'):format(what))
  end
  small:close()
  large:close()
end
os.exit(bad == 0 and 0 or 1)
