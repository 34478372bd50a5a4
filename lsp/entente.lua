--- The language server for vim.lsp.enable 'entente' (Neovim 0.11 and later).
--- The plugin paints by itself, so semantic tokens stay off here.
local root = debug.getinfo(1, 'S').source:gsub('^@', ''):match '^(.*)/lsp/[^/]*$'

return {
  cmd = { root .. '/bin/entente', 'lsp' },
  filetypes = { 'text', 'markdown', 'mail', 'tex', 'rst', 'asciidoc', 'org' },
  root_markers = { '.entente', '.git' },
  init_options = { semanticTokens = 'off' },
}
