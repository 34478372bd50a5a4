local marks = require 'entente.marks'

-- A document with these mentions and cues.
local function doc(mentions, cues)
  local flat, stances = {}, {}
  for _, m in ipairs(mentions) do
    for _, v in ipairs { m[1], m[2], 0, 0, 0, 900 } do
      flat[#flat + 1] = v
    end
  end
  for _, c in ipairs(cues) do
    stances[#stances + 1] = { actor = 0, label = 1, cues = { c } }
  end
  return {
    marks = function()
      return flat
    end,
    stances = function()
      return stances
    end,
  }
end

-- What a walk gives: ( ) around mentions, < > around cues.
local function walked(text, mentions, cues)
  local out = {}
  marks.walk(text, marks.all(doc(mentions, cues or {})), {
    text = function(s)
      out[#out + 1] = s
    end,
    open = function(m)
      out[#out + 1] = m.kind and '(' or '<'
    end,
    close = function(m)
      out[#out + 1] = m.kind and ')' or '>'
    end,
  })
  return table.concat(out)
end

describe('marks', function()
  it('nest', function()
    assert.are.equal('a((b)c)d', walked('abcd', { { 1, 3 }, { 1, 2 } }))
    assert.are.equal('(a(b))(c)', walked('abc', { { 0, 2 }, { 1, 2 }, { 2, 3 } }))
    assert.are.equal('a<b>c', walked('abc', {}, { { 1, 2 } }))
    assert.are.equal('', walked('', {}))
  end)

  it('leave out a cue that crosses a mention, whichever comes first', function()
    assert.are.equal('ab(cd)e', walked('abcde', { { 2, 4 } }, { { 1, 3 } }))
    assert.are.equal('a(bc)de', walked('abcde', { { 1, 3 } }, { { 2, 4 } }))
  end)

  it('leave out the later of two mentions that cross', function()
    assert.are.equal('a(bc)de', walked('abcde', { { 1, 3 }, { 2, 4 } }))
  end)

  it('stay within the text', function()
    assert.are.equal('(abc)', walked('abc', { { 0, 3 } }))
  end)
end)
