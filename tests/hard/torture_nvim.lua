-- Neovim on the torture text: goes about in it, edits, asks, and ends.
local function run()
  vim.cmd 'runtime plugin/entente.lua'
  vim.cmd 'filetype on'
  vim.cmd 'set filetype=text'
  local buf = vim.api.nvim_get_current_buf()
  assert(require('entente.host.nvim.attach').attach(buf))
  local last = vim.api.nvim_buf_line_count(0)
  for i = 0, 20 do
    vim.api.nvim_win_set_cursor(0, { math.max(1, math.floor(last * i / 20)), 0 })
    vim.cmd 'redraw!'
    vim.wait(20)
    if i % 5 == 0 then
      vim.cmd 'normal! OAngela Merkel rejected the plan.'
      vim.cmd 'normal! dd'
    end
  end
  for _, command in ipairs { 'Entente actors', 'Entente stances' } do
    pcall(vim.cmd, 'silent ' .. command)
  end
  local b = assert(require('entente.host.nvim.attach').state(buf), 'the buffer is not attached')
  local text = table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, false), '\n') .. '\n'
  assert(b.doc:length() == #text, 'the document is not the text')
  return ('%d lines, the document is the text'):format(last)
end
local fine, message = pcall(run)
io.stdout:write('\n', tostring(message), '\n')
vim.cmd(fine and 'qa!' or 'cquit')
