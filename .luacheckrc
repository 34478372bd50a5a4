std = 'min' -- what Lua 5.1 to 5.4 and LuaJIT have in common
max_line_length = false -- tests/style.sh counts them
ignore = { '212/self' } -- methods that need no self
read_globals = { 'unpack' } -- gone in 5.2: asked for as `table.unpack or unpack`

files['lua/entente/host/nvim'] = { globals = { 'vim' } }
files['lua/entente/nvim.lua'] = { globals = { 'vim' } }
files['lua/entente/health.lua'] = { read_globals = { 'vim' } }
files['lua/entente/vis.lua'] = { read_globals = { 'vis' } }
files['lua/entente/host/vim.lua'] = { globals = { 'vim' } }
files['lua/entente/host/vis.lua'] = { read_globals = { 'vis' } }
files['plugin'] = { globals = { 'vim' } }
files['build.lua'] = { read_globals = { 'vim' } }
files['tools'] = { std = 'lua54' }
files['tests/run.lua'] = { std = 'lua54' }
files['tests/lsp'] = { std = 'lua54' }
files['tests/clients'] = { std = 'luajit', globals = { 'vim' } }
files['tests/spec'] = { std = 'lua54+busted' }
files['tests/hard'] = { std = 'lua54' }
files['tests/hard/torture_nvim.lua'] = { globals = { 'vim' } }
files['tests/nvim'] = { std = 'luajit', globals = { 'vim' } }
files['tests/vis'] = { globals = { 'vis' } }
files['bench'] = { std = 'lua54', globals = { 'vim' } }
