-- What the language server's tests share: one line a test, in TAP's words.
local M = { failed = 0 }

local only = arg[1]

--- Runs a test whose name holds the word that was asked for.
function M.test(name, body)
  if only and not name:find(only, 1, true) then
    return
  end
  local ok, message = xpcall(body, function(e)
    return type(e) == 'string' and e or debug.traceback(tostring(e))
  end)
  print((ok and 'ok - ' or 'not ok - ') .. name)
  if not ok then
    M.failed = M.failed + 1
    print('  ' .. tostring(message):gsub('\n', '\n  '))
  end
  io.stdout:flush()
end

function M.same(want, got, what)
  if want ~= got then
    error(('%s: wanted %s, got %s'):format(what or '', tostring(want), tostring(got)), 2)
  end
end

return M
