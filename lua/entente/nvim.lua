--- The door for Neovim: `require 'entente.nvim'`. Each part loads on first use.
local M = {}

local function part(name)
  return require('entente.host.nvim.' .. name)
end

--- The host-free module, or nil and one line that says what to do.
---@return table|nil ent, string|nil message
function M.engine()
  return part('attach').engine()
end

--- Merges options over vim.g.entente. Not needed for defaults.
---@param opts table<string, any>
function M.setup(opts)
  part('options').setup(opts)
end

--- Looks at a buffer from now on.
---@param buf integer|nil 0 or nil: the current one
---@return boolean|nil ok, string|nil message
function M.attach(buf)
  return part('attach').attach(buf)
end

--- Forgets a buffer: marks, document and windows on it.
---@param buf integer|nil
function M.detach(buf)
  part('attach').detach(buf)
end

--- What a FileType event asks: attach if the options say so. Never an error.
---@param buf integer
---@param filetype string
function M.filetype(buf, filetype)
  part('attach').filetype(buf, filetype)
end

--- A word for the status line: '', 'off', 'reading 40 %' or '12 actors 3 proposals'.
---@param buf integer|nil
---@return string
function M.status(buf)
  return part('status').text(buf)
end

--- The document of an attached buffer, up to date with it; see :help entente-lua.
---@param buf integer|nil
---@return userdata|nil doc, string|nil message
function M.doc(buf)
  return part('attach').doc(buf)
end

--- All mentions of an actor or proposal as a quickfix list. See :help :Entente-refs.
---@param opts {name?: string, pronouns?: boolean}|nil
function M.refs(opts)
  opts = opts or {}
  part('command').run { 'refs', opts.name, bang = opts.pronouns }
end

--- Goes to the next mention.
---@param opts {what?: 'any'|'same'|'proposal'|'stance', count?: integer}|nil
function M.next(opts)
  opts = opts or {}
  part('motion').step(1, opts.what or 'any', opts.count or 1)
end

--- Goes to the previous mention.
---@param opts {what?: 'any'|'same'|'proposal'|'stance', count?: integer}|nil
function M.prev(opts)
  opts = opts or {}
  part('motion').step(-1, opts.what or 'any', opts.count or 1)
end

--- The :Entente command.
---@param o table what nvim_create_user_command gives
function M.command(o)
  part('command').user(o)
end

--- Completion of the :Entente command line.
function M.complete(lead, line, at)
  return part('command').complete(lead, line, at)
end

--- What the <Plug> maps run.
---@param name string 'next-same', 'refs', …
function M.plug(name)
  part('motion').plug(name)
end

--- For 'omnifunc' and 'completefunc'.
function M.omnifunc(findstart, base)
  return part('complete').omnifunc(findstart, base)
end

--- For 'tagfunc'.
function M.tagfunc(pattern, flags)
  return part('complete').tagfunc(pattern, flags)
end

--- For 'foldexpr'.
function M.foldexpr(lnum)
  return part('reading').foldexpr(lnum)
end

--- For 'winbar': who is speaking at the cursor.
function M.crumb()
  return part('reading').crumb()
end

--- For 'operatorfunc': teaching with an operator.
function M.operator(kind)
  part('teach').operator(kind)
end

return M
