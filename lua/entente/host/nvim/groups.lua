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

-- Colours for kinds that the colour scheme shows like plain text or like another kind: slots of the
-- palette, and the nearest of the terminal's 256.
local own = {
  EntentePerson = 2,
  EntenteCountry = 1,
  EntenteOrganisation = 3,
  EntenteGroup = 7,
  EntentePlace = 5,
  EntenteProposal = 6,
}
local terminal = {
  dark = { 214, 75, 36, 227, 111, 209, 176, 251 },
  light = { 58, 21, 23, 160, 54, 126, 56, 26 },
}

-- Foreground colours of a group, following links.
local function colours(name)
  local ok, gui = pcall(api.nvim_get_hl_by_name, name, true)
  local ok2, term = pcall(api.nvim_get_hl_by_name, name, false)
  return ok and gui.foreground or nil, ok2 and term.foreground or nil
end

local function target(name)
  return vim.fn.synIDattr(vim.fn.synIDtrans(vim.fn.hlID(name)), 'name')
end

local function definition(name)
  local ok, gui = pcall(api.nvim_get_hl_by_name, name, true)
  gui = ok and gui or {}
  gui[true] = nil -- what a cleared group has
  return vim.inspect(gui)
end

local ours = {} -- group → how we left it

-- Has the user (or the colour scheme) defined a group since we did?
local function theirs(name)
  local left, now = ours[name], definition(name)
  if not left or now == vim.inspect {} then
    return false
  elseif left.link then
    return target(name) ~= target(left.link)
  end
  return now ~= left.definition and target(name) == name
end

-- Foreground for a kind: the scheme's, unless that is no colour or another kind's.
local function foreground(name, from, used)
  local gui, term = colours(from)
  local plain_gui, plain_term = colours 'Normal'
  local shown = vim.o.termguicolors and gui or not vim.o.termguicolors and term
  local plain = vim.o.termguicolors and plain_gui or not vim.o.termguicolors and plain_term
  local slot = own[name]
  if slot and (not shown or shown == plain or used[shown]) then
    local ground = vim.o.background == 'light' and 'light' or 'dark'
    return palette[ground][slot], terminal[ground][slot], false
  end
  used[shown or 0] = true
  return gui, term, true
end

local function define(g, used)
  local name, from, attributes = g[1], g[2], g[3]
  if theirs(name) then
    return
  end
  local opts = { default = ours[name] == nil }
  local gui, term, linked
  if from then
    gui, term, linked = foreground(name, from, used)
  end
  if linked and not attributes then
    opts.link = from
  else
    opts.fg, opts.ctermfg = gui, term
    for _, attribute in ipairs(attributes or {}) do
      opts[attribute] = true
    end
  end
  api.nvim_set_hl(0, name, opts)
  ours[name] = { link = opts.link, definition = definition(name) }
end

--- Sets all groups that the user has not set.
function M.apply()
  local used = {}
  for _, g in ipairs(list) do
    define(g, own[g[1]] and used or {})
  end
  local ground = vim.o.background == 'light' and palette.light or palette.dark
  for i, colour in ipairs(ground) do
    local name = 'EntenteActor' .. i
    if not theirs(name) then
      api.nvim_set_hl(0, name, { default = ours[name] == nil, fg = colour, bold = i % 2 == 0 })
      ours[name] = { definition = definition(name) }
    end
  end
end

--- Sets the groups now and after each change of colour scheme.
function M.start()
  M.apply()
  api.nvim_create_autocmd({ 'ColorScheme', 'OptionSet' }, {
    group = api.nvim_create_augroup('entente.groups', {}),
    desc = 'Entente: highlight groups',
    callback = function(ev)
      if ev.event == 'ColorScheme' or ev.match == 'background' or ev.match == 'termguicolors' then
        M.apply()
      end
    end,
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
