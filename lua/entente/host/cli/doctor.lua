--- cli.doctor: says what of the installation is there and works, and what to do about the rest.
local M = {}

local function exists(path)
  local f = io.open(path, 'rb')
  return f and f:close() and true or false
end

local function output_of(command)
  local pipe = io.popen(command .. ' 2>/dev/null')
  local line = pipe and pipe:read '*l'
  if pipe then
    pipe:close()
  end
  return line
end

---@param write fun(s: string)
---@return integer status 0 when all that is needed works, else 2
function M.run(write)
  local bad = 0
  local function say(state, what, hint)
    bad = bad + (state == 'FAIL' and 1 or 0)
    write(('%-5s %s%s\n'):format(state, what, hint and ': ' .. hint or ''))
  end
  local jit_version = type(rawget(_G, 'jit')) == 'table' and rawget(_G, 'jit').version
  say('ok', _VERSION .. (jit_version and ' (' .. jit_version .. ')' or ''))

  local fine, core = pcall(require, 'entente.core')
  if fine then
    say('ok', 'library ' .. core.version .. ' for Lua ' .. core.abi .. ' in ' .. core.root)
    for _, abi in ipairs { '5.1', '5.2', '5.3', '5.4' } do
      if exists(core.root .. '/lib/' .. abi .. '/entente_core.so') then
        say('ok', 'built for Lua ' .. abi .. (abi == '5.1' and ' (Neovim, LuaJIT)' or ''))
      elseif abi == '5.1' then
        say('note', 'not built for Neovim', 'install Lua 5.1 or LuaJIT headers and run "make"')
      end
    end
    local ent = require 'entente'
    local model, message = ent.model()
    if model then
      local date = model:info 'date'
      say('ok', 'model ' .. ent.model_path() .. (date and ', ' .. date or '') .. ', checksum right')
      local doc = ent.open 'Angela Merkel met Vladimir Putin.'
      local n = doc and doc:count() or 0
      say(n > 0 and 'ok' or 'FAIL', ('finds %d names in a sentence that holds 2'):format(n))
    else
      say('FAIL', 'model', message .. '; run "make" in ' .. core.root)
    end
  else
    say('FAIL', 'library', (tostring(core):gsub('^entente: ', '')))
  end

  local has_luv, luv = pcall(require, 'luv')
  if has_luv then
    say('ok', 'luv ' .. luv.version_string())
  else
    say('note', 'luv is missing',
      '--jobs, watching and "entente lsp" need it (Debian: apt-get install lua-luv)')
  end
  local has_cjson, cjson = pcall(require, 'cjson')
  say(has_cjson and 'ok' or 'note',
    has_cjson and 'lua-cjson ' .. tostring(cjson._VERSION) or 'lua-cjson is missing',
    not has_cjson and '"entente lsp" needs it (Debian: apt-get install lua-cjson)' or nil)
  if fine then
    local db, message = core.sqlite(':memory:', 'r')
    say(db and 'ok' or 'note', db and 'SQLite' or 'no index of projects', not db and message or nil)
  end
  local nvim = output_of 'nvim --version'
  say(nvim and 'ok' or 'note', nvim or 'Neovim is not installed')
  local locale = os.getenv 'LC_ALL' or os.getenv 'LC_CTYPE' or os.getenv 'LANG' or ''
  if not locale:lower():find 'utf%-?8' then
    say('note', 'the locale "' .. locale .. '" is not UTF-8', 'names may look odd on this terminal')
  end
  return bad == 0 and 0 or 2
end

return M
