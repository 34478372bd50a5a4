local json = require 'entente.json'

describe('json', function()
  it('reads what it should', function()
    assert.are.same({ a = { 1, -2.5, true, false, 'x' }, b = {} },
      json.decode ' {"a" : [1, -2.5e0, true, false, "x"], "b": {}} ')
    assert.are.equal('"\\/\b\f\n\r\t', json.decode [["\"\\\/\b\f\n\r\t"]])
    assert.are.equal('é€😀', json.decode [["\u00e9\u20AC\ud83d\uDE00"]])
    assert.are.equal('', json.decode '""')
    assert.is_nil((json.decode 'null'))
  end)

  it('replaces lone surrogates', function()
    assert.are.equal('\u{FFFD}x', json.decode [["\ud800x"]])
    assert.are.equal('\u{FFFD}\u{FFFD}', json.decode [["\udc00\ud800"]])
  end)

  for name, text in pairs {
    ['an open string'] = '"abc', ['an open object'] = '{"a":1', ['an open array'] = '[1,2',
    ['a word'] = 'nul', ['hexadecimal'] = '0x10', ['two values'] = '1 2', ['nothing'] = '',
    ['a bad escape'] = '"\\x"', ['a short escape'] = '"\\u12"', ['a comma too many'] = '[1,]',
    ['a key without quotes'] = '{a:1}', ['no colon'] = '{"a" 1}',
  } do
    it('refuses ' .. name, function()
      local v, message = json.decode(text)
      assert.is_nil(v)
      assert.is_string(message)
    end)
  end

  it('refuses deep nesting, quickly', function()
    local v, message = json.decode(('['):rep(1000000))
    assert.is_nil(v)
    assert.is_truthy(message:find 'deep')
  end)

  it('takes a long string in linear time', function()
    local s = ('a\\n'):rep(1000000)
    local start = os.clock()
    assert.are.equal(2000000, #json.decode('"' .. s .. '"'))
    assert.is_true(os.clock() - start < 5)
  end)
end)
