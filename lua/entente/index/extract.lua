--- index.extract: the texts in a file's content: what kind of file it is, its documents, their
--- dates.
local dates = require 'entente.dates'
local html = require 'entente.index.html'
local json = require 'entente.json'
local mail = require 'entente.index.mail'

local M = {}

local by_ending = {}
for kind, endings in pairs {
  text = 'txt text md markdown mdown mkd rst org adoc asciidoc tex latex wiki',
  html = 'html htm xhtml', mail = 'eml', jsonl = 'jsonl ndjson', pdf = 'pdf',
  office = 'docx odt',
} do
  for ending in endings:gmatch '%S+' do
    by_ending[ending] = kind
  end
end

--- What a file of that name holds; nil: it is not for us.
---@param name string
---@return string|nil
function M.kind(name)
  local ending = name:match '[^/]%.(%w+)$'
  if ending then
    return by_ending[ending:lower()]
  end
  return not name:find '%.' and 'text' or name:find '[:,]2,%a*$' and 'mail' or nil
end

local function full(date)
  return date and date:find '^%d%d%d%d' and date or nil
end

-- The date in the head of a note (YAML, TOML, Org), or in its first lines.
local function written(text)
  local head = text:sub(1, 2000)
  local front = head:match '^%-%-%-\r?\n(.-)\n%-%-%-' or head:match '^%+%+%+\r?\n(.-)\n%+%+%+'
    or head
  local line = ('\n' .. front):match '\n[#+]*[dD][aA][tT][eE]%s*[:=]%s*([^\n]*)'
  return line and full(dates.find(line:gsub('[<>"\']', ' '))) or full(dates.find(head:sub(1, 400)))
end

--- The date a path gives: 2025-08-19 or 2025/08/19 in it.
---@param name string
---@return string|nil
function M.date_of_path(name)
  local y, m, d = name:match '%f[%d](%d%d%d%d)[-/_](%d%d)[-/_](%d%d)%f[%D]'
  if y and tonumber(m) >= 1 and tonumber(m) <= 12 and tonumber(d) >= 1 and tonumber(d) <= 31 then
    return ('%s-%s-%s'):format(y, m, d)
  end
end

local read = {}

function read.text(s)
  if mail.is(s) then
    return read.mail(s)
  end
  return { { part = 0, text = s, date = written(s) } }
end

function read.html(s)
  local date
  for _, mark in ipairs { 'published_time', '<time ' } do
    local at = not date and s:find(mark, 1, true)
    date = at and s:sub(at, at + 200):match '"(%d%d%d%d%-%d%d%-%d%d)' or date
  end
  local text, source = html.text(s)
  return { { part = 0, text = text, date = date or written(text), source = source } }
end

function read.mail(s)
  local text, date = mail.text(s)
  return { { part = 0, text = text, date = date, own = true } }
end

-- Text that another program made of the file.
function read.converted(s)
  return { { part = 0, text = s, date = written(s), own = true } }
end

local function of_line(line, n)
  local o = json.decode(line)
  if type(o) == 'table' and type(o.text) == 'string' then
    local name = o.doc or o.id
    name = (type(name) == 'string' or type(name) == 'number') and tostring(name) or nil
    local date = type(o.date) == 'string' and full(dates.find(o.date) or o.date:match '^%d%d%d%d$')
    return {
      part = n, text = o.text, name = name, own = true,
      date = date or name and M.date_of_path(name) or written(o.text),
    }
  end
end

function read.jsonl(s)
  local out, n, at = {}, 0, 1
  while at <= #s do
    local stop = s:find('\n', at, true) or #s + 1
    n = n + 1
    out[#out + 1] = of_line(s:sub(at, stop - 1), n)
    at = stop + 1
  end
  return out
end

---@class EntenteText
---@field part integer
---@field text string
---@field name? string
---@field date? string
---@field own? boolean places are those of this text, not of the file
---@field source? fun(at: integer): integer from a place in the text to one in the file

--- The documents in a file's content.
---@param kind string as M.kind gives it; "converted" for what another program made
---@param content string
---@param name string the file's path, which may hold a date
---@return EntenteText[]
function M.documents(kind, content, name)
  local list = read[kind](content)
  for _, d in ipairs(list) do
    if d.part == 0 then
      d.date = d.date or M.date_of_path(name)
    end
  end
  return list
end

return M
