--- teach: corrections by command, map and operator. They go into the project's file, apply to all
--- mentions at once, and can be taken back.
local attach = require 'entente.host.nvim.attach'
local commands = require 'entente.commands'
local perform = require 'entente.host.nvim.perform'
local project = require 'entente.host.nvim.project'
local api = vim.api

local M = {}

local kinds = { 'person', 'country', 'organisation', 'group', 'place', 'proposal' }

-- Changes the project's corrections and says what happened.
local function change(buf, verb, entry)
  local b = attach.state(buf)
  local store, message = project.store(b.lexicon)
  if not store then
    return perform.message(message)
  end
  store[verb](store, entry)
  if store.message then
    return perform.message(store.message)
  end
  project.changed(b.lexicon)
  return true, store.last
end

local function teach(q, verb, entry)
  if change(q.buf, verb, entry) then
    local e = vim.tbl_extend('force', { verb = verb }, entry)
    perform.message(require('entente.lexicon').describe(e) .. '  (:Entente undo)', 'info')
  end
end

-- Runs `use(q)` with a question about the current buffer.
local function with(call, use)
  local q, message = perform.question(0, { name = call.name })
  if not q then
    return perform.message(message)
  end
  return use(q)
end

-- Bytes between two marks such as '< and '>.
local function marked(buf, first, last)
  local a, b = api.nvim_buf_get_mark(buf, first), api.nvim_buf_get_mark(buf, last)
  if a[1] == 0 or b[1] == 0 then
    return nil
  end
  local line = api.nvim_buf_get_lines(buf, b[1] - 1, b[1], false)[1] or ''
  local col = math.min(b[2], math.max(0, #line - 1))
  local rest = line:sub(col + 1):match '^[%z\1-\127\194-\244][\128-\191]*' or ' '
  return attach.offset(buf, a[1] - 1) + a[2], attach.offset(buf, b[1] - 1) + col + #rest
end

-- The words of whole lines, as a range typed by hand gives them.
local function of_lines(q, range)
  local from, to = attach.offset(q.buf, range[1] - 1), attach.offset(q.buf, range[2])
  local before, words = q.doc:text(from, to):match '^(%s*)(.-)%s*$'
  if words ~= '' then
    return from + #before, from + #before + #words
  end
end

-- The span a correction is about: the selection (which a range stands for when it is of its lines),
-- the lines of another range, the mention, else the word under the cursor.
local function span(q, call)
  if call.range then
    local a, b = api.nvim_buf_get_mark(q.buf, '<')[1], api.nvim_buf_get_mark(q.buf, '>')[1]
    if call.selected or call.range[1] == a and call.range[2] == b then
      return marked(q.buf, '<', '>')
    end
    return of_lines(q, call.range)
  end
  local from, to = commands.object(q, 'mention')
  if from then
    return from, to
  end
  local row, col = attach.position(q.buf, q.at)
  local line = api.nvim_buf_get_lines(q.buf, row, row + 1, false)[1] or ''
  local s = line:sub(1, col):match "()[%w\128-\255'-]*$"
  local e = line:match("^[%w\128-\255'-]*()", col + 1)
  if e > s then
    return q.at - col + s - 1, q.at - col + e - 1
  end
end

local function name_at(q, call)
  if call.name ~= '' then
    return call.name
  end
  local from, to = span(q, call)
  return from and commands.flat(q.doc, from, to), from, to
end

local function where(q, call, from, to)
  if call.flags.here and from then
    return require('entente.lexicon').context(q.doc, from, to)
  end
end

local function mark(q, kind, as, call)
  local from, to = span(q, call)
  if not from then
    return perform.message 'nothing under the cursor to mark'
  end
  local name = commands.flat(q.doc, from, to)
  teach(q, 'mark', { name = name, kind = kind, as = as, where = where(q, call, from, to) })
end

--- `:Entente mark {kind} [as Name] [-here]`, of the selection, mention or word.
function M.mark(call)
  local kind, as = call.words[1], call.name:match '^%a+ as (.+)$'
  return with({ name = '' }, function(q)
    if vim.tbl_contains(kinds, kind or '') then
      return mark(q, kind, as, call)
    end
    vim.ui.select(kinds, { prompt = 'Mark as' }, function(choice)
      if choice then
        mark(q, choice, as, call)
      end
    end)
  end)
end

--- `:Entente ignore [name] [-here]`
function M.ignore(call)
  return with(call, function(q)
    local name, from, to = name_at(q, call)
    if not name then
      return perform.message 'nothing under the cursor: give a name'
    end
    teach(q, 'ignore', { name = name, where = where(q, call, from, to) })
  end)
end

--- `:Entente split [name] [-here]`: the mention stands for itself.
function M.split(call)
  return with(call, function(q)
    local name, from, to = name_at(q, call)
    if not name then
      return perform.message 'nothing under the cursor: give a name'
    end
    teach(q, 'split', { name = name, where = where(q, call, from, to) })
  end)
end

--- `:Entente merge A into B`, or `merge B`: what is under the cursor into B.
function M.merge(call)
  local name, into = call.name:match '^(.-) into (.+)$'
  into = into or call.name:gsub('^into ', '')
  return with({ name = name or '' }, function(q)
    if into == '' then
      return perform.message 'merge A into B'
    end
    local id, sorry = commands.entity(q)
    if not id then
      return perform.perform(q.buf, sorry)
    end
    local target = q.doc:find(into)
    into = target and q.doc:entity(target).name or into
    teach(q, 'merge', { name = name or q.doc:entity(id).name, into = into })
  end)
end

--- `:Entente alias B=A`: B is another name of A.
function M.alias(call)
  local other, name = call.name:match '^(.-)%s*=%s*(.+)$'
  return with({ name = '' }, function(q)
    if not other then
      return perform.message 'alias NICKNAME=NAME'
    end
    teach(q, 'alias', { name = other, of = name })
  end)
end

-- The base form that a verb's form most likely has; the user sees it and may change it.
local function base(word)
  local stem = word:match '^(.-)ied$' or word:match '^(.-)ies$'
  if stem then
    return stem .. 'y'
  end
  stem = word:match '^(.+)ed$' or word:match '^(.+)ing$'
  if stem and #stem > 2 then
    return (stem:gsub('([bdgklmnprt])%1$', '%1'))
  end
  return word:match '^(.+[^s])s$' or word
end

--- `:Entente stance {label} [actor] [proposal]`: the words between them in the sentence of the
--- cursor tell of that stance; `[verb ...]`: these words, a verb in its base form first; without
--- words those selected, or the one under the cursor.
function M.stance(call)
  local label, words = call.words[1], table.concat(call.words, ' ', 2)
  return with({ name = '' }, function(q)
    local labels = require('entente.core').labels
    if not vim.tbl_contains(labels, label or '') then
      return perform.message('stance ' .. table.concat(labels, '|') .. ' [actor proposal | verb]')
    end
    local function learn(cue)
      if cue and cue ~= '' then
        teach(q, 'cue', { name = cue, stance = label })
      end
    end
    local pattern = words ~= '' and commands.telling(q, vim.list_slice(call.words, 2))
    if pattern == '' then
      return perform.message 'the sentence of the cursor has no words between these two'
    elseif pattern then
      return teach(q, 'pattern', { name = pattern, stance = label })
    elseif words ~= '' then
      return learn(words)
    end
    local from, to = span(q, call)
    local first, rest = (from and commands.flat(q.doc, from, to) or ''):match '^(%S*)(.*)$'
    local how = { prompt = 'Verb in its base form: ', default = base(first:lower()) .. rest }
    vim.ui.input(how, learn)
  end)
end

--- What lists and cards call an entity from now on; the text stays.
function M.rename(q, id, name)
  teach(q, 'rename', { name = q.doc:entity(id).name, as = name })
end

local function again(verb, words, none)
  return function()
    return with({ name = '' }, function(q)
      local ok, entry = change(q.buf, verb)
      if ok and entry then
        perform.message(words .. require('entente.lexicon').describe(entry), 'info')
      elseif ok then
        perform.message(none)
      end
    end)
  end
end

M.undo = again('undo', 'taken back: ', 'no correction to take back')
M.redo = again('redo', 'again: ', 'no correction to do again')

--- Opens the project's file of corrections.
function M.lexicon(call)
  with({ name = '' }, function(q)
    vim.cmd(call.mods .. ' split ' .. vim.fn.fnameescape(attach.state(q.buf).lexicon))
  end)
end

-- ---- maps: an operator on one character, so that a dot repeats it -----------------------------

local pending

--- For 'operatorfunc'.
function M.operator()
  if pending then
    pending()
  end
end

local function operate(f)
  pending = f
  vim.o.operatorfunc = "v:lua.require'entente.nvim'.operator"
  api.nvim_feedkeys('g@l', 'n', false)
end

--- <Plug>(entente-mark) and <Plug>(entente-ignore).
---@param name 'mark'|'ignore'
function M.map(name)
  local visual = api.nvim_get_mode().mode:find '^[vV\22]'
  local call = { words = {}, name = '', flags = {} }
  if visual then
    api.nvim_feedkeys('\27', 'nx', false)
    call.selected, call.range = true, { 1, 1 }
    return M[name](call)
  elseif name == 'ignore' then
    return operate(function()
      M.ignore(call)
    end)
  end
  vim.ui.select(kinds, { prompt = 'Mark as' }, function(kind)
    if kind then
      operate(function()
        M.mark { words = { kind }, name = kind, flags = {} }
      end)
    end
  end)
end

return M
