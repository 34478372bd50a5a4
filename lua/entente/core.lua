-- core: finds the C library built for this Lua, beside this file, and loads it.
-- One folder per Lua ABI under lib/; a library of another Lua is never loaded.

local function here()
  local source = debug.getinfo(1, 'S').source:gsub('^@', '')
  return source:match('^(.*)[/\\]lua[/\\]entente[/\\][^/\\]*$') or '.'
end

local abi = _VERSION:match '%d%.%d'
local root = here()
local path = root .. '/lib/' .. abi .. '/entente_core.so'

local open, message = package.loadlib(path, 'luaopen_entente_core')
if not open then
  open = package.loadlib((package.searchpath and package.searchpath('entente_core', package.cpath) or ''),
    'luaopen_entente_core')
end
if not open then
  error(('entente: no C library for Lua %s: run "make" in %s (%s)'):format(abi, root, message), 0)
end

local core = open()
core.root = root
core.abi = abi
return core
