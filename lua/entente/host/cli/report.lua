--- cli.report: one page of who stands where, from files and folders.
local args = require 'entente.host.cli.args'
local collect = require 'entente.report.collect'
local core = require 'entente.core'
local input = require 'entente.host.cli.input'
local out = require 'entente.host.cli.output'
local when = require 'entente.report.when'

local M = {}

local function read(path)
  local f = io.open(path, 'rb')
  local text = f and f:read '*a'
  if f then
    f:close()
  end
  return text
end

--- What the page is made of; the charts are nil where no bundle was built.
---@return EntentePageParts
function M.parts()
  local folder = core.here .. '/report/'
  local function need(name)
    return read(folder .. name) or args.fail('%s%s is missing: install entente anew', folder, name)
  end
  local js = need 'base.js' .. need 'views.js' .. need 'start.js'
  return {
    html = need 'page.html', css = need 'page.css', charts = read(folder .. 'charts.js'),
    js = "(function () {\n'use strict';\n" .. js .. '})();\n',
  }
end

-- How a document is called: below the folder when one was named.
local function shown(paths, name)
  local folder = #paths == 1 and paths[1]:gsub('/+$', '') .. '/'
  return folder and name:sub(1, #folder) == folder and name:sub(#folder + 1) or name
end

-- The last part of a path as a title.
local function title_of(paths)
  if #paths == 1 then
    local path = paths[1]:gsub('/+$', '')
    local name = path:match '[^/]+$'
    if name and name ~= '.' and name ~= '..' and name ~= '-' then
      return name
    end
    local here = out.uv and out.uv.fs_realpath(paths[1])
    return here and here:match '[^/]+$' or 'Documents'
  end
  return #paths == 0 and 'Documents' or ('%d files'):format(#paths)
end

--- The picture of all documents; what could not be read is told.
---@param paths string[]
---@param opts table options of the command line
---@return EntentePicture picture, integer bad
function M.picture(paths, opts)
  local render, ent = require 'entente.render', require 'entente'
  local c, bad, report = collect.new(), 0, out.progress()
  local rules = require('entente.host.cli.project').use(opts.project)
  local files = input.expand(paths)
  for name, text, message in input.documents(files, { input = opts.input, most = opts.most }) do
    local _, why
    if text then
      _, why = render.check(text)
    end
    if not text or why then
      bad = bad + 1
      out.complain(message or name .. ' ' .. why)
    else
      local doc = assert(ent.open(text))
      if rules then
        doc:correct(render.rules_of(rules))
      end
      c:document(shown(paths, name), when.of(name, text), text, doc)
      doc:close()
      report(#text, true)
    end
  end
  report()
  return c:finish(), bad
end

--- Runs `entente report`.
---@param paths string[]
---@param opts table
---@return integer status
function M.run(paths, opts)
  local picture, bad = M.picture(paths, opts)
  local parts = M.parts()
  local page = require('entente.report.page').render(picture, title_of(paths), parts)
  out.to_file(opts.output, page)
  if not parts.charts then
    out.complain(('the page has tables in place of charts: run "make report-page" in %s')
      :format(core.root))
  end
  return bad > 0 and 2 or #picture.stances > 0 and 0 or 1
end

return M
