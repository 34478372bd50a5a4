-- Options handed to a thread as a string: read back they are what they were.
local settings = require 'entente.settings'
local bytes = require 'bytes'

local function run(input)
  local number, take = bytes.reader(input)
  local opts = {}
  while true do
    local how = number(4)
    if not how then
      break
    end
    local key = take(number(8) or 0)
    if how == 0 then
      opts[key] = take(number(32) or 0)
    elseif how == 1 then
      opts[key] = (number(256) or 0) / 4
    elseif how == 2 then
      opts[key] = number(2) == 1
    else
      opts[key] = { [take(3) .. 'x'] = true }
    end
  end
  local back = settings.read(settings.write(opts))
  for k, v in pairs(opts) do
    if type(v) == 'table' then
      assert(back[k][next(v)], 'a set is lost')
    else
      assert(back[k] == v, 'a value is lost')
    end
  end
end

return { run = run, seeds = { 'a', ('\0\3abc\5hello\1\2ok\8\3\1xabc'):rep(3) }, words = { '%', '=',
  '%3d', ',', '\n' } }
