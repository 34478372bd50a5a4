-- Writes a mixed text made to be hard: prose, brackets and quotes that never close, headings,
-- lists, tables, code, names by the thousand, chains of nouns, a long line, bytes of no UTF-8.
-- The same every time. Usage: lua5.4 tests/torture.lua MEGABYTES > FILE
local size = (tonumber(arg[1]) or 24) * 1000000
local state, written = 7, 0

local function below(n)
  state = (state * 1103515245 + 12345) % 2147483648
  return math.floor(state / 65536) % n
end

local function pick(...)
  return (select(below(select('#', ...)) + 1, ...))
end

local function name()
  return pick('Ada', 'Boris', 'Chen', 'Dina', 'Egon') .. ' '
    .. pick('Al', 'Ber', 'Cor', 'Dan') .. pick('sen', 'ova', 'ini', 'berg') .. pick('', 'a', 's')
end

local function times(n, make)
  local out = {}
  for i = 1, n do
    out[i] = make(i)
  end
  return table.concat(out)
end

local kinds = {
  function() -- prose
    return times(30, function()
      return name() .. pick(' said ', ' rejected ', ' demanded ', ' proposed ') .. 'that '
        .. pick('the plan', 'a ceasefire', 'security guarantees') .. ' would hold. '
        .. pick('He', 'They', 'The president', 'Moscow') .. ' told reporters so.\n'
    end)
  end,
  function() -- never closed
    return (pick('(', '“', '"', '[', '{', '<a ', '*', '`', '![')):rep(2000) .. '\n\n'
  end,
  function()
    return ('the plan of '):rep(800) .. 'the plan. '
  end,
  function()
    return ('he '):rep(1000) .. 'they ' .. ('said demanded rejected '):rep(400) .. '\n'
  end,
  function() -- headings, lists, tables
    return times(80, function()
      return pick('# ', '- ', '> ', '1. ', '| a | ') .. name() .. pick(' |\n', '\n', '\n\n')
    end)
  end,
  function()
    return '```\n' .. ('x = "Merkel"\n'):rep(100) .. pick('```\n', '\n')
  end,
  function() -- names no one has
    return times(400, function()
      return string.char(65 + below(26)) .. ('%x'):format(below(1048576)):gsub('%d', 'q') .. ' '
    end) .. '\n'
  end,
  function() -- bytes
    return times(300, function()
      return string.char(below(256))
    end)
  end,
  function()
    return ('A'):rep(9000) .. pick(' ', '\n', '\r\n') .. ('U.S. '):rep(300)
  end,
}

while written < size do
  local s = kinds[below(#kinds) + 1]()
  if written > size / 2 and written < size * 3 / 4 then
    s = s:gsub('[\r\n]', ' ') -- a quarter of it is one line
  end
  io.write(s)
  written = written + #s
end
