--- The door for vis: in visrc.lua, after its own require('vis'),
---
---     package.path = '/path/to/entente/lua/?.lua;/path/to/entente/lua/?/init.lua;' .. package.path
---     require('entente.vis').setup()
return require 'entente.host.vis'
