--- cli.report: one page of who stands where, from files and folders; the same as tables and graphs.
local args = require 'entente.host.cli.args'
local collect = require 'entente.report.collect'
local core = require 'entente.core'
local input = require 'entente.host.cli.input'
local out = require 'entente.host.cli.output'
local pos = require 'entente.pos'
local when = require 'entente.report.when'

local M = {}

--- What the page is made of; the charts are nil where no bundle was built.
---@return EntentePageParts
function M.parts()
  local parts, message = require('entente.report.parts').read()
  return parts or args.fail('%s', message)
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

-- The texts in a file, as the index reads them: Markdown, HTML, mail, lines of JSON, what pdftotext
-- and pandoc can read.
local function texts(path, content, kind)
  if kind == 'jsonl' or path == '-' or not out.uv then
    return { { part = 0, text = content } }
  end
  local parts, message = require('entente.host.cli.reader').parts(path, content, path)
  return parts, message and path .. ' ' .. message
end

-- From a byte of a text to its line in the file, from 0; nil where it is the text's own.
local function lines(part, content)
  if part.part > 0 then
    return function()
      return part.part - 1
    end
  elseif part.source then
    local line = pos.lines(content)
    return function(byte)
      return (line(part.source(byte)))
    end
  end
end

-- The picture of a project from its index.
local function of_index(opts)
  local render, ent = require 'entente.render', require 'entente'
  local ix = require('entente.host.cli.ask').open(opts.project)
  local rules, bad = require('entente.host.cli.project').use(ix.root), 0
  local picture = require('entente.report.indexed').picture(ix,
    require('entente.host.cli.source').new(ix), function(text)
      local doc, message = ent.open(text)
      if doc and rules then
        doc:correct(render.rules_of(rules))
      end
      return doc, message
    end, function(message)
      bad = bad + 1
      if bad <= 3 then
        out.complain(message)
      end
    end)
  ix:close()
  if bad > 3 then
    out.complain(('and %d more documents whose text is not to be had'):format(bad - 3))
  end
  return picture, bad
end

--- The picture of all documents; what could not be read is told. Without paths, and with a project
--- named, it comes from the index.
---@param paths string[]
---@param opts table options of the command line
---@return EntentePicture picture, integer bad
function M.picture(paths, opts)
  if #paths == 0 and opts.project then
    return of_index(opts)
  end
  local render, ent = require 'entente.render', require 'entente'
  local c, bad, report = collect.new(), 0, out.progress()
  local rules = require('entente.host.cli.project').use(opts.project)
  local files = input.expand(paths)
  for path, content, message in input.documents(files, { input = opts.input, most = opts.most }) do
    local parts
    if content then
      parts, message = texts(path, content, opts.input)
    end
    for _, part in ipairs(parts or {}) do
      local _, why = render.check(part.text)
      message = why and path .. ' ' .. why or message
      local doc = not why and assert(ent.open(part.text))
      if doc then
        local name = shown(paths, path)
        doc:correct(rules and render.rules_of(rules))
        local date = part.part == 0 and when.of(name, part.text) or part.date
        c:document(part.part > 0 and name .. '#' .. (part.name or part.part) or name, date,
          part.text, doc, lines(part, content))
        doc:close()
      end
    end
    if message then
      bad = bad + 1
      out.complain(message)
    else
      report(#content, true)
    end
  end
  report()
  return c:finish(), bad
end

-- What export makes of all documents together.
local together = { dot = true, graphml = true, csv = true }

--- Whether `export` to a format is of all documents together: graphs always; csv of a folder, a
--- project or several files is the table of stances, of one document the board.
---@param paths string[]
---@param opts table
---@return boolean
function M.joins(paths, opts)
  if not together[opts.format] then
    return false
  elseif opts.format ~= 'csv' then
    return true
  end
  if #paths > 1 then
    return true
  end
  local path = paths[1] or opts.project
  local stat = out.uv and path and out.uv.fs_stat(path)
  return stat and stat.type == 'directory' or false
end

--- Runs `entente export` for such a format.
---@param paths string[]
---@param opts table
---@return integer status
function M.export(paths, opts)
  local picture, bad = M.picture(paths, opts)
  local text, n = require('entente.report.graph')[opts.format](picture)
  out.redirect(opts.output)
  out.write(text)
  return bad > 0 and 2 or n > 0 and 0 or 1
end

--- One annotated file (NAME.ann for NAME.txt) for each document, in a folder.
---@param paths string[]
---@param opts table
---@return integer status
function M.annotate(paths, opts)
  if not opts.output or opts.output == '-' then
    args.fail('several documents as ann are several files: say where by -o FOLDER')
  end
  local render = require 'entente.render'
  local found, bad = 0, 0
  local o = { command = 'export', format = 'ann', unit = 'byte',
    lexicon = require('entente.host.cli.project').use(opts.project) }
  for name, text, message in input.documents(input.expand(paths), opts) do
    local written, n
    if text then
      written, n, message = render.run(o, name, text)
    end
    if message then
      bad = bad + 1
      out.complain(message)
    else
      found = found + n
      M.put(opts.output, shown(paths, name), written)
    end
  end
  return bad > 0 and 2 or found > 0 and 0 or 1
end

--- Writes one file below a folder, whatever its name holds.
---@param folder string
---@param name string
---@param text string
function M.put(folder, name, text)
  local at = folder
  local uv = out.uv or args.fail 'ann of several documents needs luv (Debian: lua-luv)'
  uv.fs_mkdir(at, 493)
  local parts = {}
  for part in name:gmatch '[^/]+' do
    if part ~= '.' and part ~= '..' then
      parts[#parts + 1] = part
    end
  end
  for i = 1, #parts - 1 do
    at = at .. '/' .. parts[i]
    uv.fs_mkdir(at, 493)
  end
  local path = at .. '/' .. parts[#parts]:gsub('%.txt$', '') .. '.ann'
  local f, message = io.open(path, 'wb')
  if not f or not f:write(text) or not f:close() then
    args.fail('cannot write %s', message or path)
  end
end

--- Runs `entente report`.
---@param paths string[]
---@param opts table
---@return integer status
function M.run(paths, opts)
  local picture, bad = M.picture(paths, opts)
  local parts = M.parts()
  local title = title_of(paths[1] and paths or { opts.project })
  local page = require('entente.report.page').render(picture, title, parts)
  out.redirect(opts.output)
  out.write(page)
  out.flush()
  if not parts.charts then
    out.complain(('the page has tables in place of charts: run "make report-page" in %s')
      :format(core.root))
  end
  return bad > 0 and 2 or #picture.stances > 0 and 0 or 1
end

return M
