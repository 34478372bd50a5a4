--- project: the corrections of the project a buffer belongs to (.entente/lexicon.tsv), laid over
--- the documents of its buffers.
local attach = require 'entente.host.nvim.attach'
local uv = vim.uv or vim.loop
local api = vim.api

local M = {}

local stores = {} -- path → { store =, stamp = }

-- LPeg reads the file; Neovim has it built in from 0.10 on, Debian's 0.7 finds lua-lpeg.
local function lexicon()
  if vim.lpeg and not package.loaded.lpeg then
    package.loaded.lpeg = vim.lpeg
  end
  local ok, result = pcall(require, 'entente.lexicon')
  if ok then
    return result
  end
  return nil, 'corrections need LPeg for Lua 5.1: install lua-lpeg, or Neovim 0.10'
end

--- Where the corrections of a buffer's project lie (the file need not be there): in the nearest
--- folder above with .entente, else with .git, else beside the file.
---@param buf integer
---@return string
function M.path(buf)
  local name = api.nvim_buf_get_name(buf)
  local folder = name ~= '' and vim.fn.fnamemodify(name, ':p:h') or vim.fn.getcwd()
  for _, mark in ipairs { '.entente', '.git' } do
    local at = folder
    while true do
      if uv.fs_stat(at .. '/' .. mark) then
        return at .. '/.entente/lexicon.tsv'
      end
      local up = vim.fn.fnamemodify(at, ':h')
      if up == at then
        break
      end
      at = up
    end
  end
  return folder .. '/.entente/lexicon.tsv'
end

local function stamp(path)
  local stat = uv.fs_stat(path)
  return stat and ('%d.%d:%d'):format(stat.mtime.sec, stat.mtime.nsec, stat.size) or ''
end

--- The corrections kept in a file, as the file is now.
---@param path string
---@return table|nil store, string|nil message
function M.store(path)
  local known, now = stores[path], stamp(path)
  if known and known.stamp == now then
    return known.store
  end
  local module, message = lexicon()
  if not module then
    return nil, message
  end
  local store = module.open(path, require('entente.files').new(uv))
  stores[path] = { store = store, stamp = now }
  return store
end

local function apply(b, store)
  local core = require 'entente.core'
  local ent = attach.engine()
  local rules = store and store:rules(core, (ent.model()))
  b.doc:correct(rules)
  b.stamp = stores[b.lexicon] and stores[b.lexicon].stamp or ''
  require('entente.commands').forget(b.doc)
  b.findings, b.status, b.fold_memo = nil, nil, nil
  b.epoch = b.epoch + 1
  if b.served then
    require('entente.host.nvim.server').corrected(b)
  end
end

--- Lays the project's corrections over a newly attached buffer.
---@param b entente.Buffer
function M.attached(b)
  b.lexicon, b.stamp = M.path(b.buf), ''
  if uv.fs_stat(b.lexicon) then
    local store = M.store(b.lexicon)
    if store then
      apply(b, store)
    end
  end
end

--- The file changed: every buffer of the project follows at once.
---@param path string
function M.changed(path)
  local store = M.store(path)
  for buf, b in pairs(attach.all()) do
    if store and b.lexicon == path then
      apply(b, store)
      require('entente.host.nvim.paint').visible(buf)
      require('entente.host.nvim.follow').updated(b)
    end
  end
end

--- Looks whether files were changed by others (on FocusGained, and when one is written here).
function M.look()
  local changed = {}
  for _, b in pairs(attach.all()) do
    changed[b.lexicon] = changed[b.lexicon] or b.stamp ~= stamp(b.lexicon)
  end
  for path, differs in pairs(changed) do
    if differs then
      M.changed(path)
    end
  end
end

return M
