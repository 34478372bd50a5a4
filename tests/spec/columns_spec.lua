-- Columns of long lines: what blocks count adds up to what counting from the start gives.
local columns = require 'entente.lsp.columns'
local core = require 'entente.core'

-- A text that is edited and read as a document would be; `read` counts the bytes it gave.
local function text_of(s)
  local t = { s = s, given = 0 }
  function t.read(from, to)
    t.given = t.given + math.max(0, to - from)
    return t.s:sub(from + 1, to)
  end
  return t
end

local pieces = { 'Angela Merkel ', 'é', '😀', '\n', 'x', '', '\xC3', '\xA9', '\x80\x80\x80\x80',
  '\xF0\x9F', ('€'):rep(40), '\xE2\x82' }

describe('columns', function()
  local block = columns.BLOCK
  after_each(function()
    columns.BLOCK = block
  end)
  for _, unit in ipairs { 'codepoint', 'utf16' } do
    it('are those counted from the start after any edit, in ' .. unit, function()
      columns.BLOCK = 16
      local seed = os.time()
      math.randomseed(seed)
      local t = text_of(('Angela Merkel 😀 é '):rep(30))
      local c = columns.new(unit, #t.s, t.read)
      for round = 1, 400 do
        local at = math.random(0, #t.s)
        local removed = math.random(0, math.min(round % 40 == 0 and 200 or 6, #t.s - at))
        local piece = pieces[math.random(#pieces)]
        t.s = t.s:sub(1, at) .. piece .. t.s:sub(at + removed + 1)
        c:edit(at, removed, #piece)
        for _ = 1, 5 do
          local byte = math.random(0, #t.s)
          while byte > 0 and t.s:find('^[\128-\191]', byte + 1) do
            byte = byte - 1
          end
          local units = core.count(t.s, unit, 0, byte)
          local where = ('seed %d round %d'):format(seed, round)
          assert.equal(units, c:before(byte), where)
          assert.equal(core.seek(t.s, unit, 0, units), c:seek(units), where)
        end
        assert.equal(core.count(t.s, unit, 0, #t.s), c:before(#t.s))
      end
    end)
  end
  it('of a text without a byte are none', function()
    local t = text_of ''
    local c = columns.new('utf16', 0, t.read)
    assert.equal(0, c:before(0))
    assert.equal(0, c:seek(9))
    t.s = 'é'
    c:edit(0, 0, 2)
    assert.equal(1, c:before(2))
  end)
  it('of a line of 50 MB cost a block each, in any order, while it is edited', function()
    local t = text_of(('Angela Merkel met é 😀 '):rep(2000000))
    local c = columns.new('utf16', #t.s, t.read)
    assert.is_true(t.given < #t.s * 1.01)
    t.given = 0
    for i = 1000, 1, -1 do
      local byte = math.floor(#t.s / 1000) * i
      c:seek(c:before(byte))
    end
    assert.is_true(t.given < 1000 * 4 * columns.BLOCK, t.given)
    t.given = 0
    for i = 1, 3 do
      t.s = t.s:sub(1, 25000000) .. 'x' .. t.s:sub(25000001)
      c:edit(25000000, 0, 1)
      assert.equal(i, c:before(25000000 + i) - c:before(25000000))
    end
    assert.is_true(t.given < 100 * columns.BLOCK, t.given)
  end)
end)
