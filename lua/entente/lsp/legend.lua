--- lsp.legend: names of semantic tokens, by what the client can paint.
local M = {}

-- In the engine's order of kinds: person, country, organisation, group, place, proposal; then cue.
local standard = { 'class', 'namespace', 'interface', 'enum', 'namespace', 'event', 'keyword' }
local custom = {
  'actor.person', 'actor.country', 'actor.organisation', 'actor.group', 'actor.place', 'proposal',
  'stance',
}

local function custom_clients(name)
  name = (name or ''):lower()
  return name:find('neovim', 1, true) or name:find('visual studio code', 1, true)
    or name:find('vscode', 1, true)
end

--- The legend for a client.
---@param wish 'auto'|'custom'|'standard'|'off'|nil from initializationOptions.semanticTokens
---@param client string|nil clientInfo.name
---@return {names: string[], types: integer[], cue: integer, modifiers: string[]}|nil nil: off
function M.choose(wish, client)
  if wish == 'off' then
    return nil
  end
  local own = wish == 'custom' or (wish ~= 'standard' and custom_clients(client))
  local list, names, index, types = own and custom or standard, {}, {}, {}
  for i, name in ipairs(list) do
    if not index[name] then
      names[#names + 1] = name
      index[name] = #names - 1
    end
    types[i] = index[name]
  end
  return { names = names, types = types, cue = types[7], modifiers = { 'declaration' } }
end

return M
