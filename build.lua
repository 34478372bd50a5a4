-- lazy.nvim runs this after it has installed or updated the plugin.
local dir = debug.getinfo(1, 'S').source:match '^@(.*)[/\\][^/\\]*$' or '.'
local output = vim.fn.system { 'make', '-C', dir }
if vim.v.shell_error ~= 0 then
  error('entente: "make" failed in ' .. dir .. ':\n' .. output, 0)
end
