--- render: one document, one question, one format: the answer as text. Host-free, so that it runs
--- in any thread with a Lua state of its own.
local core = require 'entente.core'
local ent = require 'entente'
local formats = require 'entente.format'
local jsonl = require 'entente.jsonl'
local lists = require 'entente.lists'

local M = {}

---@class EntenteOptions
---@field command string
---@field format string
---@field unit 'byte'|'codepoint'|'utf16'
---@field colour? boolean
---@field terminal? boolean output goes to a terminal
---@field many? boolean there are several documents
---@field who? string the NAME of refs and show
---@field kinds? table<string, boolean>
---@field stances? table<string, boolean> of `stances`: these labels only
---@field sink? fun(piece: string) takes long output as it comes
---@field tick? fun(bytes: integer) is told how far the analysis of a long document is

-- More than this share of bytes that are no text: it is something else.
local NOT_TEXT = 0.1

--- Says why bytes cannot be read as text, or how many of them are no UTF-8.
---@param text string
---@return integer|nil invalid, string|nil why
function M.check(text)
  local invalid, _, nul, control = core.kind_of(text)
  if nul > #text / 4 and text:find '^[\254\255][\254\255]' then
    return nil, 'is UTF-16, not UTF-8 (convert it: iconv -f UTF-16 -t UTF-8)'
  elseif invalid + nul + control > #text * NOT_TEXT then
    return nil, 'is not text in UTF-8 (a binary file, or another encoding: see iconv)'
  end
  return invalid
end

local answer = {}

function answer.tag(doc, text, name, opts, format, write)
  return format.tag(doc, text, name, opts, write)
end

function answer.board(doc, text, name, opts, format, write)
  return format.board(doc, text, name, opts, write)
end

function answer.rows(doc, text, name, opts, format, write)
  local rows = opts.command == 'proposals' and lists.proposals(doc, text)
    or lists.actors(doc, text, opts.kinds)
  format.rows(rows, name, opts, write, text)
  return #rows
end

function answer.stances(doc, text, name, opts, format, write)
  local rows = lists.stances(doc, text)
  local id = opts.who and doc:find(opts.who)
  if opts.who or opts.stances or opts.least then
    rows = lists.about(rows, opts.who and (id or -1), opts.stances, opts.least)
  end
  format.stances(rows, name, opts, write, text)
  return #rows
end

function answer.refs(doc, text, name, opts, format, write)
  local id = doc:find(opts.who)
  local rows = id and lists.refs(doc, text, id) or {}
  format.refs(rows, name, opts, write, text)
  return #rows
end

function answer.card(doc, text, name, opts, format, write)
  local id = doc:find(opts.who)
  if not id then
    return 0
  end
  format.card(lists.card(doc, text, id), name, opts, write, text)
  return 1
end

-- What is printed in place of a document that cannot be read, if the format has words for it.
function M.failure(opts, name, message)
  return opts.format == 'jsonl' and jsonl.error(name, message) .. '\n' or ''
end

local SLICE = 1048576

-- Analyses a document in slices, telling of each.
local function analyse(doc, size, tick)
  local told = 0
  while not doc:advance(SLICE) do
    if told + SLICE < size then
      told = told + SLICE
      tick(SLICE)
    end
  end
  tick(size - told)
end

local known = {}

--- Rules of a project's corrections, read once in each Lua state.
---@param path string
---@return userdata|nil
function M.rules_of(path)
  if known[path] == nil then
    local store = require('entente.lexicon').open(path, require('entente.files').new())
    known[path] = store:rules(require 'entente.core', (ent.model())) or false
  end
  return known[path] or nil
end

--- Answers for one document: what to print, how much was found; with a third value, why not.
---@param opts EntenteOptions
---@param name string
---@param text string
---@return string output, integer found, string|nil message, integer|nil invalid
function M.run(opts, name, text)
  local invalid, why = M.check(text)
  if not invalid then
    return M.failure(opts, name, 'it ' .. why), 0, ('%s %s'):format(name, why)
  end
  local ok, doc, message = pcall(ent.open, text)
  if not ok and tostring(doc):find 'interrupted!' then
    error(doc, 0) -- the user's, not the document's
  end
  if not (ok and doc) then
    message = ok and message or doc
    return M.failure(opts, name, message), 0, ('%s: %s'):format(name, message)
  end
  if opts.lexicon then
    doc:correct(M.rules_of(opts.lexicon))
  end
  if opts.tick then
    analyse(doc, #text, opts.tick)
  end
  local out, n = {}, 0
  local function write(...)
    for i = 1, select('#', ...) do
      n = n + 1
      out[n] = (select(i, ...))
    end
  end
  if opts.sink then
    write = function(...)
      for i = 1, select('#', ...) do
        opts.sink((select(i, ...)))
      end
    end
  end
  opts.invalid = invalid
  local format = formats.get(opts.format)
  local shape = formats.shape(opts.command, opts.format)
  local found
  found, message = answer[shape](doc, text, name, opts, format, write)
  doc:close()
  return table.concat(out), found or 0, message, invalid
end

return M
