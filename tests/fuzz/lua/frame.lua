-- Framing of the language server's stream: however the bytes are cut into pieces, the same messages
-- come out, and a stream that cannot be followed is given up once.
local frame = require 'entente.lsp.frame'

local function through(input, size)
  local out, broken = {}, 0
  local f = frame.new {
    message = function(body)
      assert(broken == 0, 'a message after the end')
      out[#out + 1] = body
    end,
    broken = function(why)
      assert(type(why) == 'string')
      broken = broken + 1
    end,
  }
  for at = 1, #input, size do
    f:feed(input:sub(at, at + size - 1))
  end
  assert(broken <= 1, 'given up twice')
  return out, broken, f:unfinished()
end

local function run(input)
  local whole, broken, open = through(input, math.max(1, #input))
  for _, size in ipairs { 1, 7, 64 } do
    local parts, b, o = through(input, size)
    assert(#parts == #whole, 'another number of messages')
    for i, body in ipairs(parts) do
      assert(body == whole[i], 'another message')
    end
    assert(b == broken and o == open, 'ended otherwise')
  end
end

local function framed(body)
  return ('Content-Length: %d\r\n\r\n%s'):format(#body, body)
end

return {
  run = run,
  most = 1500,
  seeds = { framed '{}', framed '{"a":1}' .. framed '' .. framed(('x'):rep(200)),
    'Content-Type: a\r\ncontent-length:  3 \r\n\r\nabcd', 'Content-Length: 99999999999\r\n\r\n',
    ('x'):rep(5000), 'Content-Length: 2\n\nab' },
  words = { 'Content-Length: ', 'content-length:', '\r\n', '\r\n\r\n', '0', '1', '99', '268435457',
    '-1', ':', framed 'x' },
}
