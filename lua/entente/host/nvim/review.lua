--- review: walks through what the engine is not sure of, one key an answer.
local attach = require 'entente.host.nvim.attach'
local commands = require 'entente.commands'
local perform = require 'entente.host.nvim.perform'
local teach = require 'entente.host.nvim.teach'
local api = vim.api

local M = {}

local NAME, MARK = 0, 6
-- By their first letters; short, so that all are seen in a window of 80 columns.
local help = 'yes/no/kind/merge/skip/undo/quit'

-- Doubtful names, each text once, in text order; with 1 all names.
local function doubtful(q, max)
  local out, seen, marks = {}, {}, q.doc:marks()
  for i = 1, #marks, MARK do
    if marks[i + 3] == NAME and (marks[i + 5] < max * 1000 or max >= 1) then
      local text = commands.flat(q.doc, marks[i], marks[i + 1])
      if not seen[text] then
        seen[text] = true
        out[#out + 1] = { text = text, kind = q.ent.kinds[marks[i + 2] + 1], score = marks[i + 5] }
      end
    end
  end
  return out
end

-- Where a text is now: answers before may have moved nothing, edits may.
local function place(q, text)
  local marks = q.doc:marks()
  for i = 1, #marks, MARK do
    if commands.flat(q.doc, marks[i], marks[i + 1]) == text then
      return marks[i], marks[i + 1]
    end
  end
end

-- Shows a question and waits for its key: <Esc> is q, as is anything that cannot be read.
local function key_for(question)
  vim.cmd 'redraw'
  perform.message(question, 'info')
  local ok, key = pcall(vim.fn.getcharstr)
  return ok and key ~= '\27' and key or 'q'
end

-- "2/6 asylum chapter: proposal? yes/no/..."; of a long name as much as leaves the keys in sight.
local function question(n, of, item)
  local before = ('%d/%d '):format(n, of)
  local after = (': %s? %s'):format(item.kind, help)
  local room = math.max(12, vim.o.columns - 12 - vim.fn.strdisplaywidth(before .. after))
  local text = item.text
  if vim.fn.strdisplaywidth(text) > room then
    text = vim.fn.strcharpart(text, 0, room - 1) .. '…'
  end
  return before .. text .. after
end

local function call(words)
  return { words = words, name = table.concat(words, ' '), flags = {} }
end

local kinds = { p = 'person', c = 'country', o = 'organisation', g = 'group', l = 'place',
  x = 'proposal' }
local kind_help = 'p person, c country, o organisation, g group, l place, x proposal'

local answers = {
  y = function(item)
    teach.mark(call { item.kind })
    return 1
  end,
  n = function(item)
    teach.ignore(call { item.text })
    return 1
  end,
  k = function()
    local key = key_for(kind_help)
    if not kinds[key] then
      return 0
    end
    teach.mark(call { kinds[key] })
    return 1
  end,
  m = function(item)
    vim.cmd 'redraw'
    local ok, name = pcall(vim.fn.input, ('Join "%s" with: '):format(item.text))
    if not ok or name == '' then
      return 0
    end
    teach.merge(call { item.text, 'into', name })
    return 1
  end,
  s = function()
    return 1
  end,
  u = function()
    teach.undo()
    return -1
  end,
}

--- `:Entente review [-max=0.6]`
function M.start(o)
  local q, message = perform.question(0)
  if not q then
    return perform.message(message)
  end
  local max = tonumber(o.flags.max) or attach.state(q.buf).values.uncertain
  local items, n = doubtful(q, max), 1
  if #items == 0 then
    return perform.message(('nothing less sure than %g'):format(max), 'info')
  end
  while items[n] do
    local from = place(q, items[n].text)
    if from then
      local row, col = attach.position(q.buf, from)
      api.nvim_win_set_cursor(0, { row + 1, col })
      local item = items[n]
      local key = key_for(question(n, #items, item))
      local answer = answers[key]
      if key == 'q' then
        break
      end
      n = math.max(1, n + (answer and answer(items[n]) or 0))
    else
      n = n + 1
    end
  end
  vim.cmd 'redraw' -- over the question, not below it
  perform.message('review ended  (:Entente undo takes answers back)', 'info')
end

return M
