--- format.text: for people. Colour where the host says so, marks in brackets otherwise; nothing
--- a terminal would obey passes.
local core = require 'entente.core'
local lists = require 'entente.lists'
local marks = require 'entente.marks'

local M = { shapes = { tag = true, rows = true, stances = true, refs = true, card = true } }

local printable = core.printable

-- Underline for what is on the table, bold for the words that say where one stands: kinds differ
-- without colour, too.
local style = {
  person = '36', country = '33', organisation = '35', group = '32', place = '34',
  proposal = '4', cue = '1;31', dim = '2', name = '1',
}

local function paint(opts, kind, s)
  if not opts.colour or not style[kind] then
    return s
  end
  return '\27[' .. style[kind] .. 'm' .. s .. '\27[0m'
end

local function kind_of(mark)
  return mark.kind or 'cue'
end

-- The text in colours: at each border all is reset and what is still open is set again, and at
-- each line break too, so that a pager shows every line alone.
local function tag_colours(text, list, write)
  local open = {}
  local function again()
    local codes = {}
    for i, mark in ipairs(open) do
      codes[i] = style[kind_of(mark)]
    end
    return #codes > 0 and '\27[' .. table.concat(codes, ';') .. 'm' or ''
  end
  marks.walk(text, list, {
    text = function(s)
      s = printable(s)
      if #open > 0 then
        s = s:gsub('\r?\n', '\27[0m%0' .. again())
      end
      write(s)
    end,
    open = function(mark)
      open[#open + 1] = mark
      write('\27[' .. style[kind_of(mark)] .. 'm')
    end,
    close = function()
      open[#open] = nil
      write('\27[0m' .. again())
    end,
  })
end

local function tag_brackets(text, list, write)
  marks.walk(text, list, {
    text = function(s)
      write(printable(s))
    end,
    open = function(mark)
      write(mark.kind and '[' or '<')
    end,
    close = function(mark)
      write(mark.kind and '|' .. mark.kind .. ']' or '|' .. mark.label .. '>')
    end,
  })
end

--- The text with its actors, proposals and stance cues marked.
function M.tag(doc, text, name, opts, write)
  if opts.many then
    write(paint(opts, 'name', '==> ' .. printable(name) .. ' <=='), '\n')
  end
  local list = marks.all(doc, opts.least);
  (opts.colour and tag_colours or tag_brackets)(text, list, write)
  if #text > 0 and text:byte(-1) ~= 10 then
    write '\n'
  end
  return #list
end

local function place(opts, name, row)
  return paint(opts, 'dim', ('%s:%d:%d'):format(printable(name), row.line, row.column))
end

-- Padding counts characters, not bytes.
local function pad(s, width)
  return s .. (' '):rep(width - core.count(s, 'codepoint'))
end

--- Actors or proposals: name, kind, mentions, where first, what it is also called, its stances.
function M.rows(rows, name, opts, write)
  local width = 0
  for _, r in ipairs(rows) do
    r.shown = printable(r.name)
    width = math.max(width, math.min(40, core.count(r.shown, 'codepoint')))
  end
  for _, r in ipairs(rows) do
    local notes = {}
    if #r.aliases > 0 then
      notes[1] = 'also ' .. lists.one_line(printable(table.concat(r.aliases, ', ')))
    end
    local counts = lists.count_words(r.stances)
    notes[#notes + 1] = counts ~= '' and counts or nil
    write(paint(opts, r.kind, pad(r.shown, width)), '  ', pad(r.kind, 12),
      ('  %4d  '):format(r.mentions), place(opts, name, r),
      #notes > 0 and '  ' .. table.concat(notes, '; ') or '', '\n')
  end
end

--- Stances, each with the sentence that proves it.
function M.stances(rows, name, opts, write, text)
  for _, s in ipairs(rows) do
    local sentence = lists.one_line(text:sub(s.sentence[1] + 1, s.sentence[2]))
    write(place(opts, name, s), s.count > 1 and (' %dx '):format(s.count) or ' ',
      printable(lists.stance_words(s)), paint(opts, 'dim', ': ' .. printable(sentence)), '\n')
  end
end

function M.refs(rows, name, opts, write)
  for _, r in ipairs(rows) do
    write(place(opts, name, r), ': ', printable(r.sentence), '\n')
  end
end

--- The card of one actor or proposal.
function M.card(card, name, opts, write)
  write(paint(opts, card.kind, printable(card.name)), '  ', card.kind,
    card.iso and ' ' .. card.iso or '', ('  %d mentions in %s\n'):format(card.mentions,
      printable(name)))
  if #card.aliases > 0 then
    write('  also: ', lists.one_line(printable(table.concat(card.aliases, ', '))), '\n')
  end
  for _, list in ipairs { card.takes, card.taken } do
    for _, s in ipairs(list) do
      write('  ', printable(lists.stance_words(s)), '  ', place(opts, name, s), '\n')
    end
  end
  for i, r in ipairs(card.refs) do
    if i > 3 then
      write(('  ... %d more: entente refs\n'):format(#card.refs - 3))
      break
    end
    write('  ', place(opts, name, r), ': ', printable(r.sentence), '\n')
  end
end

return M
