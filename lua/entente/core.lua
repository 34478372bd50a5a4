--- core: finds the C library built for this Lua and loads it.
--- There is one library per Lua ABI; one built for another Lua is refused, never run.
local abi = _VERSION:match '%d%.%d'

-- The checkout, or the folder the files were installed to: links lead from share/lua/5.4/entente
-- to lib/entente.
local source = debug.getinfo(1, 'S').source:gsub('^@', '')
local here = source:match '^(.*)[/\\][^/\\]*$' or '.'

local function find_root()
  local prefix = source:match '^(.*)/share/lua/%d%.%d/entente/[^/]*$'
  if prefix then
    return prefix .. '/lib/entente'
  end
  return source:match '^(.*)[/\\]lua[/\\]entente[/\\][^/\\]*$'
    or source:match '^lua[/\\]entente[/\\][^/\\]*$' and '.'
    or here .. '/../..'
end

local root = find_root()

-- Files that may be the library: our own folder, then where this Lua looks for its libraries, but
-- never the current folder, which may be anybody's.
local function candidates()
  local list = { root .. '/lib/' .. abi .. '/entente_core.so' }
  for pattern in package.cpath:gmatch '[^;]+' do
    if pattern:find '^/' and pattern:find('?', 1, true) then
      list[#list + 1] = (pattern:gsub('%?', 'entente_core'))
    end
  end
  return list
end

local function exists(path)
  local f = io.open(path, 'rb')
  return f and f:close()
end

local function load_library()
  local tried = candidates()
  for _, path in ipairs(tried) do
    if exists(path) then
      local open, message = package.loadlib(path, 'luaopen_entente_core')
      if open then
        local ok, core = pcall(open)
        if ok then
          return core
        end
        message = core
      end
      error(
        ('entente: %s cannot be used by Lua %s (%s); run "make clean all" in %s'):format(
          path, abi, message, root), 0)
    end
  end
  error(
    ('entente: no C library for Lua %s in %s/lib/%s; run "make" in %s'):format(
      abi, root, abi, root)
      .. ' (it needs cc and Lua headers, Debian: liblua5.4-dev libluajit-5.1-dev)', 0)
end

local core = load_library()
core.root = root
core.here = here
core.abi = abi
return core
