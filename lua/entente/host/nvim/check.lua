--- check: doubtful names and reports as diagnostics; quick fixes.
local attach = require 'entente.host.nvim.attach'
local options = require 'entente.host.nvim.options'
local perform = require 'entente.host.nvim.perform'
local api = vim.api

local M = {}

local ns = api.nvim_create_namespace 'entente.check'
local PAUSE_MS = 400

local severity = {
  spelling = vim.diagnostic.severity.WARN,
  ambiguous = vim.diagnostic.severity.INFO,
  unattributed = vim.diagnostic.severity.HINT,
}

local function diagnostic(buf, finding)
  local row, col = attach.position(buf, finding.from)
  local end_row, end_col = attach.position(buf, finding.to)
  return {
    lnum = row,
    col = col,
    end_lnum = end_row,
    end_col = end_col,
    severity = severity[finding.code],
    source = 'entente',
    code = finding.code,
    message = finding.message,
  }
end

--- Findings of a buffer, kept for a revision.
---@param b entente.Buffer
---@return entente.Doubt[]
function M.findings(b)
  local revision = b.doc:revision()
  if not b.findings or b.findings.revision ~= revision then
    b.findings = { revision = revision, list = require('entente.lint').check(b.doc) }
  end
  return b.findings.list
end

local function publish(b)
  local out = {}
  for i, finding in ipairs(M.findings(b)) do
    out[i] = diagnostic(b.buf, finding)
  end
  vim.diagnostic.set(ns, b.buf, out)
end

--- The text changed: the diagnostics follow when typing pauses.
---@param b entente.Buffer
function M.changed(b, how)
  if not b.values.diagnostics or how ~= 'done' then
    return
  end
  b.check_due = (b.check_due or 0) + 1
  local mine = b.check_due
  vim.defer_fn(function()
    if b.check_due == mine and not b.gone and b.done then
      publish(b)
    end
  end, PAUSE_MS)
end

--- Diagnostics on and off.
function M.toggle()
  local q, message = perform.question(0)
  if not q then
    return perform.message(message)
  end
  local on = not options.get(q.buf).diagnostics
  options.set('diagnostics', on)
  if on then
    publish(attach.state(q.buf))
    local n = #M.findings(attach.state(q.buf))
    perform.message(('%d doubtful place%s'):format(n, n == 1 and '' or 's'), 'info')
  else
    vim.diagnostic.reset(ns)
    perform.message('diagnostics are off', 'info')
  end
end

--- Replaces a span of the text.
---@param buf integer
---@param at integer
---@param to integer
---@param text string
function M.replace(buf, at, to, text)
  local row, col = attach.position(buf, at)
  local end_row, end_col = attach.position(buf, to)
  api.nvim_buf_set_text(buf, row, col, end_row, end_col, vim.split(text, '\n'))
end

--- Offers the quick fixes for what is under the cursor.
function M.fix()
  local q, message = perform.question(0)
  if not q then
    return perform.message(message)
  end
  for _, doubt in ipairs(M.findings(attach.state(q.buf))) do
    local fixes = doubt.choices or { doubt.replace }
    if q.at >= doubt.from and q.at < doubt.to and fixes[1] then
      return vim.ui.select(fixes, { prompt = doubt.message .. '. Write:' }, function(text)
        if text then
          M.replace(q.buf, doubt.from, doubt.to, text)
        end
      end)
    end
  end
  perform.message 'nothing to fix under the cursor'
end

return M
