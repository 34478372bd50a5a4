--- jsonl: one analysed document as one line of JSON, schema 1. The line itself is made in C.
local core = require 'entente.core'

local M = {}

--- A JSON string: control characters are escaped, bytes that are no UTF-8 become U+FFFD.
---@type fun(s: string): string
M.string = core.quote

--- The line for one document, without the line break.
---@param name string
---@param doc userdata
---@param unit? 'byte'|'codepoint'|'utf16'
---@param invalid? integer bytes of the text that are no UTF-8
---@param sink? fun(piece: string) takes the line piece by piece instead
---@return string|boolean|nil line, string|nil message, string|nil code
function M.line(name, doc, unit, invalid, sink)
  return doc:json(name, unit or 'byte', invalid or 0, sink)
end

--- The line for a document that cannot be read.
---@param name string
---@param message string
---@return string
function M.error(name, message)
  return ('{"schema":1,"doc":%s,"error":%s}'):format(M.string(name), M.string(message))
end

return M
