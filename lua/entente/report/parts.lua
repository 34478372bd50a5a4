--- report.parts: the files that the page of a report is made of.
local core = require 'entente.core'

local M = {}

local function read(path)
  local f = io.open(path, 'rb')
  local text = f and f:read '*a'
  if f then
    f:close()
  end
  return text
end

--- Reads them; the charts are nil where no bundle was built.
---@return EntentePageParts|nil parts, string|nil message
function M.read()
  local folder, got = core.here .. '/report/', {}
  for _, name in ipairs { 'page.html', 'page.css', 'base.js', 'views.js', 'start.js' } do
    got[name] = read(folder .. name)
    if not got[name] then
      return nil, ('%s%s is missing: install entente anew'):format(folder, name)
    end
  end
  local js = got['base.js'] .. got['views.js'] .. got['start.js']
  return {
    html = got['page.html'],
    css = got['page.css'],
    charts = read(folder .. 'charts.js'),
    js = "(function () {\n'use strict';\n" .. js .. '})();\n',
  }
end

return M
