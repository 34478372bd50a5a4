-- entente: who acts and what is on the table, in the text you are writing. See :help entente.
-- Start-up: one command, the <Plug> maps, one autocommand. Nothing is required until used.
if vim.g.loaded_entente then
  return
end
vim.g.loaded_entente = 1

local filetypes = ' text markdown mail tex plaintex rst asciidoc asciidoctor org '

vim.api.nvim_create_user_command('Entente', function(o)
  require('entente.nvim').command(o)
end, {
  nargs = '*',
  bang = true,
  bar = true,
  range = true,
  desc = 'Actors, proposals and stances in the text',
  complete = function(...)
    return require('entente.nvim').complete(...)
  end,
})

local function plug(modes, name)
  local rhs = '<Cmd>lua require("entente.nvim").plug("' .. name .. '")<CR>'
  vim.keymap.set(modes, '<Plug>(entente-' .. name .. ')', rhs, { desc = 'Entente: ' .. name })
end

for _, step in ipairs { 'next', 'prev' } do
  for _, what in ipairs { '', '-same', '-proposal', '-stance' } do
    plug({ 'n', 'x', 'o' }, step .. what)
  end
end
for _, name in ipairs {
  'refs',
  'goto',
  'show',
  'stances',
  'actors',
  'proposals',
  'board',
  'timeline',
  'ignore',
  'toggle',
  'focus',
  'review',
  'rename',
  'undo',
} do
  plug('n', name)
end
plug({ 'n', 'x' }, 'mark')
for _, name in ipairs { 'i-mention', 'a-mention', 'i-proposal', 'a-sentence' } do
  plug({ 'x', 'o' }, name)
end

vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('entente', {}),
  desc = 'Entente: attach to prose',
  callback = function(ev)
    if vim.g.entente or filetypes:find(' ' .. ev.match .. ' ', 1, true) then
      require('entente.nvim').filetype(ev.buf, ev.match)
    end
  end,
})
