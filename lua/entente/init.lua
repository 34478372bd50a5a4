--- Entente: who acts and what is on the table. The same module in every host.
--- Positions are bytes, 0-based, half-open, as in C.
local core = require 'entente.core'
require 'entente.doc'

local M = { version = core.version, abi = core.abi }

local function exists(path)
  local f = io.open(path, 'rb')
  if f then
    f:close()
    return true
  end
end

--- Where the packed model lies: $ENTENTE_MODEL, beside the Lua files, or in model/.
---@return string
function M.model_path()
  local own = os.getenv 'ENTENTE_MODEL'
  if own and own ~= '' then
    return own
  end
  local beside = core.here .. '/entente.model'
  return exists(beside) and beside or core.root .. '/model/entente.model'
end

local model

--- The shared model, mapped on first use.
---@return userdata|nil model, string|nil message, string|nil code
function M.model()
  if model then
    return model
  end
  local m, message, code = core.model(M.model_path())
  if not m then
    return nil, message, code
  end
  model = m
  return model
end

--- Takes the model another Lua state of this process holds (see model:share()).
---@param token string
function M.use_model(token)
  model = model or core.adopt(token)
end

--- Opens a document on a text. Nothing is analysed until asked.
---@param text string
---@return EntenteDoc|nil doc, string|nil message, string|nil code
function M.open(text)
  local m, message, code = M.model()
  if not m then
    return nil, message, code
  end
  return core.open(m, text)
end

--- The index of a project, for scripts: asked, and added to file by file.
---
---     local ix = assert(ent.index { root = 'notes' })
---     for hit in ix:refs 'Merkel' do print(hit.path, hit.start, hit.stop) end
---
---@param opts? {root?: string, cache?: string} the project's folder, by default the current one;
---   the folder in which the index lies, by default the user's cache folder
---@return EntenteProject|nil index, string|nil message, string|nil code
function M.index(opts)
  return require('entente.index.project').new(opts or {}, M)
end

M.kinds, M.forms, M.labels = core.kinds, core.forms, core.labels

--- What this build can do, for scripts that must run with older ones.
M.capabilities = {
  tag = true, link = true, claims = true, jsonl = true, formats = true, index = true,
}

return M
