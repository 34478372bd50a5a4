local pos = require 'entente.pos'

describe('pos', function()
  it('counts code points and UTF-16 units', function()
    local text = 'aé€😀b'
    local cp, u16 = pos.converter(text, 'codepoint'), pos.converter(text, 'utf16')
    assert.are.same({ 0, 1, 2, 3, 4, 5 }, { cp(0), cp(1), cp(3), cp(6), cp(10), cp(11) })
    assert.are.same({ 0, 1, 2, 3, 5, 6 }, { u16(0), u16(1), u16(3), u16(6), u16(10), u16(11) })
  end)
end)
