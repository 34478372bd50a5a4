--- lsp.legend: names of semantic tokens, by what the client can paint.
local M = {}

-- In the engine's order of kinds: person, country, organisation, group, place, proposal; then cue.
local standard = { 'class', 'namespace', 'interface', 'enum', 'namespace', 'event', 'keyword' }
local custom = {
  'actor.person', 'actor.country', 'actor.organisation', 'actor.group', 'actor.place', 'proposal',
  'stance',
}

-- As the manifest of our extension declares them: names with dots are none there.
local declared = {}
for i, name in ipairs(custom) do
  declared[i] = name:gsub('%.', '-')
end

local lists = { standard = standard, custom = custom, vscode = declared }

-- A first mention; a cue that opposes or is negated; what somebody is said to have said. Their bits
-- in lsp.semantic are 1, 2, 4.
local modifiers = { 'declaration', 'deprecated', 'readonly' }

--- The legend for a client. Clients paint standard types; Neovim any; Visual Studio Code those that
--- an extension declares, and ours asks for them.
---@param wish 'auto'|'custom'|'standard'|'vscode'|'off'|nil from
--- initializationOptions.semanticTokens
---@param client string|nil clientInfo.name
---@return {names: string[], types: integer[], cue: integer, modifiers: string[]}|nil nil: off
function M.choose(wish, client)
  if wish == 'off' then
    return nil
  end
  local neovim = tostring(client):lower():find('neovim', 1, true)
  local list = lists[wish] or (neovim and custom or standard)
  local names, index, types = {}, {}, {}
  for i, name in ipairs(list) do
    if not index[name] then
      names[#names + 1] = name
      index[name] = #names - 1
    end
    types[i] = index[name]
  end
  return { names = names, types = types, cue = types[7], modifiers = modifiers }
end

return M
