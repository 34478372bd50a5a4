--- cli.import: what other machines found, into one index: lines of `entente tag --format jsonl`.
--- The result is the same however the documents were split and in whatever order they come; of two
--- lines for one document that differ, the one with the larger fingerprint stays.
local args = require 'entente.host.cli.args'
local core = require 'entente.core'
local dates = require 'entente.dates'
local extract = require 'entente.index.extract'
local json = require 'entente.json'
local out = require 'entente.host.cli.output'
local reader = require 'entente.host.cli.reader'
local rows = require 'entente.index.rows'
local stored = require 'entente.index.path'

local M = {}

local BATCH = 16 * 1048576 -- bytes of lines
local MOST = 512 * 1048576 -- bytes of a file

-- Whether what is known of a document gives way to a line.
local function yields(writer, dir, name, hash)
  local known = writer:sql([[SELECT hash FROM file JOIN dir ON dir.id = file.dir
    WHERE dir.path = ? AND file.name = ? AND stamp = -1]]):row(dir, name)
  return not known or hash > known
end

-- The document's text and its date: in the line itself, or in a file of that name below the root.
local function text_of(root, o)
  if type(o.text) == 'string' then
    return o.text
  end
  local path = root .. '/' .. o.doc
  local content = not o.doc:find '%.%.' and extract.kind(o.doc) and reader.content(path, MOST)
  local parts = content and reader.parts(path, content, o.doc)
  local part = parts and parts[1]
  if part and part.part == 0 then
    return part.text, part.date
  end
end

local function enter(writer, line, where, seen)
  local o, message = json.decode(line)
  if type(o) ~= 'table' or type(o.doc) ~= 'string' then
    args.fail('%s is no line of tag --format jsonl (%s)', where, message or 'it has no "doc"')
  elseif o.unit ~= nil and o.unit ~= 'byte' then
    args.fail('%s has offsets in %s: run tag without --unit', where, tostring(o.unit))
  end
  local path = stored.encode(o.doc)
  local dir, name = path:match '^(.*)/([^/]*)$'
  dir, name = dir or '', name or path
  local hash = core.hash(line)
  if not yields(writer, dir, name, hash) then
    return
  end
  local entry = { dir = dir, name = name, stamp = -1, hash = hash }
  if o.error then
    out.complain(('%s: %s'):format(o.doc, tostring(o.error)))
    seen.problems = seen.problems + 1
    writer:file_seen(entry, tostring(o.error))
    writer:remove_docs(entry.id)
    return
  end
  local text, written = text_of(writer.root, o)
  local date = type(o.date) == 'string' and dates.find(o.date) or written
    or extract.date_of_path(o.doc)
  writer:add(entry, rows.of_json(o, date, text))
  seen.read = seen.read + 1
end

--- Enters the lines of files; "-" is standard input.
---@param writer EntenteWriter
---@param paths string[]
---@return table seen counts
function M.run(writer, paths)
  local seen = { read = 0, same = 0, bytes = 0, removed = 0, renamed = 0, problems = 0 }
  local batch = 0
  for _, path in ipairs(paths) do
    local f, message = io.stdin, nil
    if path ~= '-' then
      f, message = io.open(path, 'rb')
    end
    if not f then
      args.fail('%s', message)
    end
    local n = 0
    for line in f:lines() do
      n = n + 1
      if line:find '%S' then
        enter(writer, line, path .. ':' .. n, seen)
        seen.bytes, batch = seen.bytes + #line, batch + #line
      end
      if batch > BATCH then
        writer:commit()
        batch = 0
      end
    end
    if f ~= io.stdin then
      f:close()
    end
  end
  writer:commit(true)
  return seen
end

return M
