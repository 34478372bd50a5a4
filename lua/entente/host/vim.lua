--- vim: Vim with +lua. Follows the text by listener_add, paints the window's lines with text
--- properties, answers :Entente with jumps, quickfix lists and pop-ups.
---@diagnostic disable: undefined-global, undefined-field
local core = require 'entente.core'
local commands = require 'entente.commands'
local config = require 'entente.config'
local ent = require 'entente'
local teach = require 'entente.teach'
local view = require 'entente.view'

local M = { on = true }

local look = view.look(config.resolve {})
local states = {}
local defined = {}

-- Lines [first, last] of a buffer, each with its line break. Vim's lists begin at 1 here.
local function lines(buf, first, last)
  local list, out = vim.fn.getbufline(buf, first, last), {}
  for i = 1, #list do
    out[i] = list[i]
  end
  out[#out + 1] = ''
  return table.concat(out, '\n')
end

local function say(text)
  vim.command("echomsg 'entente: " .. text:gsub("'", "''"):gsub('%c', ' ') .. "'")
end

--- Begins to follow a buffer.
---@param buf integer
---@return boolean followed
function M.attach(buf)
  buf = math.floor(buf)
  local text = lines(buf, 1, '$')
  local doc, message = ent.open(text)
  if not doc then
    say(message)
    return false
  end
  local path = teach.path(vim.fn.fnamemodify(vim.fn.bufname(buf), ':p'))
  teach.lay(doc, path)
  states[buf] = { doc = doc, lines = core.lines(text), lexicon = path }
  return true
end

function M.detach(buf)
  states[math.floor(buf)] = nil
end

--- Lines [first, last) gave way to lines [first, last + added).
function M.changed(buf, first, last, added)
  buf, first, last, added = math.floor(buf), math.floor(first), math.floor(last), math.floor(added)
  local s = states[buf]
  if not s then
    return
  end
  local from, to = s.lines:start(first - 1), s.lines:start(last - 1)
  local text = last + added > first and lines(buf, first, last + added - 1) or ''
  s.doc:edit(from, to - from, text)
  s.lines:edit(from, to - from, text)
end

local function define(group, priority)
  if not defined[group] then
    defined[group] = true
    vim.fn.prop_type_add(group, vim.dict { highlight = group, priority = priority, combine = true })
  end
end

-- Bytes as line and column, from 1.
local function place(s, byte)
  local line = s.lines:of(byte)
  return line + 1, byte - s.lines:start(line) + 1
end

local function clear(buf, first, last)
  for group in pairs(defined) do
    vim.fn.prop_remove(vim.dict { type = group, bufnr = buf, all = true }, first, last)
  end
end

--- Paints lines [first, last] of a buffer.
function M.paint(buf, first, last)
  buf, first, last = math.floor(buf), math.floor(first), math.floor(last)
  local s = states[buf]
  if not s then
    return
  end
  clear(buf, first, last)
  if not M.on then
    return
  end
  local from, to = s.lines:start(first - 1), s.lines:start(last)
  local _, _, _, _, current = s.doc:at(M.cursor(s))
  look.current = current and current >= 0 and current or nil
  local flat = view.spans(ent, s.doc, from, to, look)
  for i = 1, #flat, 4 do
    local a, b = math.max(flat[i], from), math.min(flat[i + 1], to)
    define(flat[i + 2], flat[i + 3])
    if a < b then
      local line, col = place(s, a)
      local end_line, end_col = place(s, b)
      pcall(vim.fn.prop_add, line, col,
        vim.dict { type = flat[i + 2], bufnr = buf, end_lnum = end_line, end_col = end_col })
    end
  end
end

--- Byte under the cursor.
function M.cursor(s)
  local line, col = math.floor(vim.fn.line '.'), math.floor(vim.fn.col '.')
  return math.max(0, s.lines:start(line - 1) + col - 1)
end

local function list(buf, s, action)
  local items = vim.list()
  for _, item in ipairs(action.items) do
    local line, col = place(s, item.at)
    items:add(vim.dict { bufnr = buf, lnum = line, col = col, text = item.text })
  end
  if #action.items == 0 then
    return say(action.title .. ': none')
  end
  vim.fn.setqflist(vim.list(), ' ', vim.dict { title = action.title, items = items })
  vim.command('botright copen ' .. math.min(#action.items, 10))
end

local function perform(buf, s, action)
  if action.act == 'jump' then
    local line, col = place(s, action.at)
    vim.command "normal! m'"
    vim.fn.cursor(line, col)
  elseif action.act == 'message' then
    say(action.text)
  elseif action.act == 'card' then
    local look_of = vim.dict { border = vim.list(), padding = vim.list { 0, 1, 0, 1 } }
    vim.fn.popup_atcursor(vim.list(action.lines), look_of)
  elseif action.act == 'list' then
    list(buf, s, action)
  end
end

local subcommands = commands.subcommands

-- Bytes of what was selected last in the current buffer.
local function selected(s)
  local function at(mark)
    return s.lines:start(math.floor(vim.fn.line(mark)) - 1) + math.floor(vim.fn.col(mark)) - 1
  end
  local last = at "'>"
  local char = s.doc:text(last, math.min(s.doc:length(), last + 4)):match '^.[\128-\191]*'
  return at "'<", last + #(char or '')
end

-- Corrects; every buffer of the project follows.
local function correct(s, q, name, rest)
  local action = teach.run(q, name, rest, s.lexicon)
  for _, other in pairs(states) do
    if action.changed and other.lexicon == s.lexicon then
      teach.lay(other.doc, other.lexicon)
    end
  end
  say(action.text)
end

--- Runs ":Entente NAME REST"; `range` says that it is about what was selected.
function M.run(buf, args, range)
  buf = math.floor(buf)
  local name, rest = args:match '^(%S*)%s*(.-)%s*$'
  if name == 'on' or name == 'off' or name == 'toggle' then
    M.on = name == 'on' or (name == 'toggle' and not M.on)
    return
  end
  local ask, s = subcommands[name], states[buf]
  if not ask and not teach.knows(name) then
    return say('actors, proposals, stances, refs, next, prev, goto, show, explain, mark, ignore, '
      .. 'merge, split, rename, undo, redo, on, off, toggle')
  elseif not s then
    return say 'this buffer is not followed'
  end
  local listing = name == 'actors' or name == 'proposals'
  local q = {
    ent = ent, doc = s.doc, at = M.cursor(s), wrap = true, min_score = look.min_score,
    name = not listing and rest ~= '' and rest or nil,
    line = function(byte)
      return (place(s, byte))
    end,
  }
  if not ask then
    if range and range > 0 then
      q.from, q.to = selected(s)
    end
    return correct(s, q, name, rest)
  end
  perform(buf, s, ask(q, listing and rest ~= '' and rest or nil))
end

return M
