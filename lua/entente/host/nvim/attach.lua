--- attach: keeps a document in step with each attached buffer, and analyses it in slices.
---
--- The buffer reports changed lines (on_lines); mirror.lua tells the document what differs.
local mirror = require 'entente.host.nvim.mirror'
local options = require 'entente.host.nvim.options'
local api = vim.api

local M = {}

M.offset, M.position = mirror.offset, mirror.position

---@class entente.Buffer
---@field buf integer
---@field doc userdata
---@field done boolean everything is analysed
---@field epoch integer grows with what is painted: edits, finished analysis, options
---@field look entente.Look
---@field values table<string, any> options
---@field painted table<integer, table> what each window shows
---@field hidden boolean|nil highlighting is switched off
---@field slow boolean|nil a redraw had to wait for links
---@field provisional boolean|nil what is painted is without links: they follow in slices

---@type table<integer, entente.Buffer>
local states = {}
local listening = {} -- buffers whose changes are reported to us
local complained -- the message about a missing library was shown

--- The host-free module, or nil and one line.
---@return table|nil ent, string|nil message
function M.engine()
  local ok, ent = pcall(require, 'entente')
  if not ok then
    local line = tostring(ent):match '[^\n]*'
    return nil, (line:gsub(' %(.*', ''))
  end
  return ent
end

local function complain(message)
  if not complained then
    complained = true
    vim.notify(message, vim.log.levels.WARN)
  end
end

--- Brings the document of a buffer in step from scratch.
---@param b entente.Buffer
function M.resync(b)
  mirror.resync(b.doc, b.buf)
  M.touched(b)
end

--- Marks a buffer's analysis as out of date and takes up background work. After small edits to a
--- text that was analysed, what is painted is final: the engine does the rest while it paints.
---@param b entente.Buffer
---@param bytes integer|nil how much was changed; nil: much
function M.touched(b, bytes)
  b.unseen = (b.done and 0 or b.unseen or math.huge) + (bytes or math.huge)
  b.done = false
  b.epoch = b.epoch + 1
  require('entente.host.nvim.work').add(b)
end

local function on_lines(_, buf, _, first, _, newlast, gone)
  local b = states[buf]
  if not b then
    listening[buf] = nil
    return true
  end
  local ok, exact, bytes = pcall(mirror.lines, b.doc, buf, first, newlast, gone)
  if ok and exact then
    M.touched(b, bytes)
  elseif not pcall(M.resync, b) then
    vim.schedule(function()
      M.detach(buf)
    end)
  end
end

local function listen(buf)
  if listening[buf] then
    return true
  end
  listening[buf] = api.nvim_buf_attach(buf, false, {
    preview = true,
    on_lines = on_lines,
    on_reload = function(_, b)
      if states[b] then
        pcall(M.resync, states[b])
      end
    end,
    on_detach = function(_, b)
      listening[b] = nil
      M.forget(b)
    end,
  }) or nil
  return listening[buf]
end

local function set_functions(b)
  for _, name in ipairs { 'omnifunc', 'completefunc', 'tagfunc' } do
    if b.values[name] and api.nvim_buf_get_option(b.buf, name) == '' then
      local fn = name == 'tagfunc' and 'tagfunc' or 'omnifunc'
      api.nvim_buf_set_option(b.buf, name, "v:lua.require'entente.nvim'." .. fn)
    end
  end
end

--- The state of an attached buffer.
---@param buf integer|nil
---@return entente.Buffer|nil
function M.state(buf)
  return states[(not buf or buf == 0) and api.nvim_get_current_buf() or buf]
end

--- All attached buffers.
---@return table<integer, entente.Buffer>
function M.all()
  return states
end

--- Tells the world (User autocommands). 0.7 knows no data= yet: vim.g.entente_event has it.
---@param name string
---@param data table
function M.event(name, data)
  if vim.fn.exists '#User' == 0 then -- asked by name, one for "Entente*" would be missed
    return
  end
  data.name = name
  vim.g.entente_event = data
  local opts = { pattern = name, modeline = false }
  if vim.fn.has 'nvim-0.8' == 1 then
    opts.data = data
  end
  pcall(api.nvim_exec_autocmds, 'User', opts)
end

local function open(buf)
  local ent, message = M.engine()
  if not ent then
    return nil, message
  end
  local doc
  doc, message = ent.open(mirror.text(buf))
  return doc, message
end

--- Starts following a buffer.
---@param buf integer|nil
---@return boolean|nil ok, string|nil message
function M.attach(buf)
  buf = (not buf or buf == 0) and api.nvim_get_current_buf() or buf
  if states[buf] then
    return true
  end
  if not api.nvim_buf_is_loaded(buf) then
    return nil, 'entente: the buffer is not loaded'
  end
  local doc, message = open(buf)
  if not doc then
    complain(message)
    return nil, message
  end
  local values = options.get(buf)
  local look = require('entente.view').look(values)
  local b = { buf = buf, doc = doc, epoch = 1, look = look, values = values, painted = {} }
  states[buf] = b
  if not listen(buf) then
    states[buf] = nil
    return nil, 'entente: the buffer reports no changes'
  end
  set_functions(b)
  require('entente.host.nvim.project').attached(b)
  require('entente.host.nvim.paint').start()
  M.touched(b)
  M.event('EntenteAttach', { buf = buf })
  return true
end

--- Drops all that is known of a buffer. Safe in any callback.
---@param buf integer
function M.forget(buf)
  local b = states[buf]
  if not b then
    return
  end
  states[buf] = nil
  b.gone = true
  if b.served then
    require('entente.host.nvim.serve').stop(buf)
  end
  b.doc:close()
  require('entente.host.nvim.work').remove(b)
  if next(states) == nil then
    require('entente.host.nvim.paint').stop()
  end
  vim.schedule(function()
    M.event('EntenteDetach', { buf = buf })
  end)
end

--- Stops following a buffer and takes its marks away.
---@param buf integer|nil
function M.detach(buf)
  buf = (not buf or buf == 0) and api.nvim_get_current_buf() or buf
  local b = states[buf]
  if not b then
    return
  end
  M.forget(buf)
  if api.nvim_buf_is_valid(buf) then
    require('entente.host.nvim.paint').clear(buf)
    for _, name in ipairs { 'omnifunc', 'completefunc', 'tagfunc' } do
      if api.nvim_buf_get_option(buf, name):find("entente.nvim'", 1, true) then
        api.nvim_buf_set_option(buf, name, '')
      end
    end
  end
end

--- The document of a buffer, attaching it when it is not.
---@param buf integer|nil
---@return userdata|nil doc, string|nil message
function M.doc(buf)
  local ok, message = M.attach(buf)
  if not ok then
    return nil, message
  end
  return M.state(buf).doc
end

--- Reads the options anew and paints anew, everywhere.
function M.refresh_all()
  for buf, b in pairs(states) do
    local taken = b.look.taken
    b.values = options.get(buf)
    b.look = require('entente.view').look(b.values)
    b.look.taken = taken
    b.epoch = b.epoch + 1
  end
  require('entente.host.nvim.paint').visible()
end

--- On FileType. Special buffers are left alone.
---@param buf integer
---@param filetype string
function M.filetype(buf, filetype)
  if not api.nvim_buf_is_loaded(buf) or api.nvim_buf_get_option(buf, 'buftype') ~= '' then
    return
  end
  if options.wants(buf, filetype) then
    M.attach(buf)
  elseif states[buf] then
    M.detach(buf)
  end
end

return M
