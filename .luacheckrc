std = 'min' -- what Lua 5.1 to 5.4 and LuaJIT have in common
max_line_length = false -- tests/style.sh counts them
files['lua/entente/host/nvim'] = { read_globals = { 'vim' }, globals = { 'vim.b', 'vim.w', 'vim.g', 'vim.bo', 'vim.o', 'vim.wo', 'vim.opt' } }
files['lua/entente/nvim.lua'] = { read_globals = { 'vim' } }
files['lua/entente/health.lua'] = { read_globals = { 'vim' } }
files['lua/entente/host/vis.lua'] = { read_globals = { 'vis' } }
files['plugin'] = { globals = { 'vim' } }
files['build.lua'] = { globals = { 'vim' } }
files['tools'] = { std = 'lua54' }
files['tests/run.lua'] = { std = 'lua54' }
files['tests/spec'] = { std = 'lua54+busted' }
files['tests/nvim'] = { std = 'luajit', globals = { 'vim' } }
files["bench"] = { std = "lua54", globals = { "vim" } }
