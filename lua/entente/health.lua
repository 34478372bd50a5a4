--- health: :checkhealth entente. Only Neovim asks for this file.
return {
  check = function()
    require('entente.host.nvim.health').check()
  end,
}
