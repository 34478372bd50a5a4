--- cli.explain: what is found at one place of a text, and what decided it.
local core = require 'entente.core'
local ent = require 'entente'
local fail = require('entente.host.cli.args').fail
local input = require 'entente.host.cli.input'
local lists = require 'entente.lists'

local M = {}

-- The byte of LINE:COLUMN, both from 1.
local function byte_of(text, line, column)
  local at = 0
  for _ = 2, line do
    local nl = text:find('\n', at + 1, true)
    if not nl then
      return nil
    end
    at = nl
  end
  return at + column - 1
end

-- FILE:LINE:COLUMN, or FILE:BYTE counted from 0.
local function place(word)
  local path, line, column = word:match '^(.*):(%d+):(%d+)$'
  if path then
    return path, tonumber(line), tonumber(column)
  end
  local byte
  path, byte = word:match '^(.*):(%d+)$'
  if not path then
    fail 'explain takes a place: entente explain FILE:LINE:COLUMN'
  end
  return path, nil, tonumber(byte)
end

---@param rest string[]
---@param write fun(s: string)
---@return integer status
function M.run(rest, write)
  local path, line, column = place(rest[1] or '')
  local text, message = input.read(path, 512 * 1048576)
  if not text then
    fail('%s', message)
  end
  local at = column
  if line then
    at = byte_of(text, line, column)
  end
  if not at or at >= #text then
    fail('%s ends before that place', path)
  end
  local doc
  doc, message = ent.open(text)
  if not doc then
    fail('%s', message)
  end
  local function say(label, s)
    write(('%-10s %s\n'):format(label, core.printable(s)))
  end
  local from, to, kind, form, id, score = doc:at(at)
  if from then
    say('mention', ('%s  %s, %s, score %.2f'):format(lists.one_line(text:sub(from + 1, to)),
      ent.kinds[kind + 1], ent.forms[form + 1], score))
    local e = id >= 0 and doc:entity(id)
    if e then
      say('actor', ('%s  %d mentions%s'):format(lists.one_line(e.name), e.mentions,
        e.iso and ', ' .. e.iso or ''))
      if #e.aliases > 0 then
        say('also', lists.one_line(table.concat(e.aliases, ', ')))
      end
    end
  end
  local found = from ~= nil
  local first, last = doc:sentence(at)
  for _, s in ipairs(doc.explain and doc:explain(at) or {}) do
    say('because', s)
  end
  for _, s in ipairs(lists.stances(doc, text)) do
    if s.sentence[1] == first then
      found = true
      say('stance', ('%s  (cue "%s", score %.2f)'):format(lists.stance_words(s),
        lists.one_line(text:sub(s.cue[1] + 1, s.cue[2])), s.score))
    end
  end
  if first then
    say('sentence', lists.one_line(text:sub(first + 1, last)))
  end
  return found and 0 or 1
end

return M
