--- groups: highlight groups, all `default`, set again when the colour scheme changes.
local palette = require 'entente.palette'
local api = vim.api

local M = {}

local dotted = vim.fn.has 'nvim-0.8' == 1 and 'underdotted' or 'underdot'
local double = vim.fn.has 'nvim-0.8' == 1 and 'underdouble' or 'underlineline'

--- Group, the group its colour comes from, attributes that tell it apart without colour.
local list = {
  { 'EntentePerson', 'Identifier' },
  { 'EntenteCountry', 'Type' },
  { 'EntenteOrganisation', 'Structure' },
  { 'EntenteGroup', 'Constant' },
  { 'EntentePlace', 'Directory' },
  { 'EntenteProposal', 'Special', { 'underline' } },
  { 'EntenteProposes', 'DiagnosticInfo', { 'bold' } },
  { 'EntenteDemands', 'DiagnosticWarn', { 'bold', 'underline' } },
  { 'EntenteSupports', 'DiagnosticHint', { 'italic' } },
  { 'EntenteAccepts', 'DiagnosticHint', { 'bold', 'italic' } },
  { 'EntenteOpposes', 'DiagnosticError', { 'bold', 'undercurl' } },
  { 'EntenteDiscusses', 'DiagnosticInfo', { 'italic', 'underline' } },
  { 'EntenteThreatens', 'DiagnosticError', { 'bold', double } },
  { 'EntenteCriticises', 'DiagnosticWarn', { 'italic', 'undercurl' } },
  { 'EntenteUncertain', nil, { dotted } },
  { 'EntenteCurrent', nil, { 'bold', 'underline' } },
  { 'EntenteDim', 'Comment' },
  { 'EntenteTitle', 'Title' },
  { 'EntenteCount', 'Comment' },
}

-- Foreground colours of a group, following links.
local function colours(name)
  local ok, gui = pcall(api.nvim_get_hl_by_name, name, true)
  local ok2, term = pcall(api.nvim_get_hl_by_name, name, false)
  return ok and gui.foreground or nil, ok2 and term.foreground or nil
end

local function define(name, from, attributes)
  local opts = { default = true }
  if from and not attributes then
    opts.link = from
  else
    if from then
      opts.fg, opts.ctermfg = colours(from)
    end
    for _, attribute in ipairs(attributes or {}) do
      opts[attribute] = true
    end
    opts.cterm = nil
  end
  api.nvim_set_hl(0, name, opts)
end

--- Sets all groups that the user has not set.
function M.apply()
  for _, g in ipairs(list) do
    define(g[1], g[2], g[3])
  end
  local ground = vim.o.background == 'light' and palette.light or palette.dark
  for i, colour in ipairs(ground) do
    api.nvim_set_hl(0, 'EntenteActor' .. i, { default = true, fg = colour, bold = i % 2 == 0 })
  end
end

--- Sets the groups now and after each change of colour scheme.
function M.start()
  M.apply()
  api.nvim_create_autocmd('ColorScheme', {
    group = api.nvim_create_augroup('entente.groups', {}),
    desc = 'Entente: highlight groups',
    callback = M.apply,
  })
end

--- Names of all groups, for the help check.
---@return string[]
function M.names()
  local out = {}
  for i, g in ipairs(list) do
    out[i] = g[1]
  end
  return out
end

return M
