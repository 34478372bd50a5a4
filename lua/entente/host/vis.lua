--- vis: highlighting at each redraw, :entente commands, motions, text objects.
---
--- vis (0.8, 0.9 and later) reports no edits, so each redraw compares the file with what the
--- document holds and hands over the one stretch that differs; files past `whole` bytes are
--- analysed around the window only.
---@diagnostic disable: undefined-global
local core = require 'entente.core'
local commands = require 'entente.commands'
local config = require 'entente.config'
local ent = require 'entente'
local teach = require 'entente.teach'
local view = require 'entente.view'

local M = {
  --- Files up to so many bytes are followed whole.
  whole = 8 * 1024 * 1024,
  --- Style of each group of highlights; a vis style string.
  styles = {
    EntentePerson = 'fore:cyan', EntenteCountry = 'fore:green', EntenteOrganisation = 'fore:yellow',
    EntenteGroup = 'fore:magenta', EntentePlace = 'fore:blue',
    EntenteProposal = 'fore:white,underlined',
    EntenteProposes = 'fore:green,bold', EntenteDemands = 'fore:yellow,bold',
    EntenteSupports = 'fore:green,bold', EntenteAccepts = 'fore:green,bold,underlined',
    EntenteOpposes = 'fore:red,bold', EntenteDiscusses = 'fore:blue,bold',
    EntenteThreatens = 'fore:red,bold,underlined', EntenteCriticises = 'fore:magenta,bold',
    EntenteUncertain = 'italics', EntenteCurrent = 'reverse',
  },
  on = true,
}

local look = view.look(config.resolve {})
local order = {}
for name in pairs(M.styles) do
  order[#order + 1] = name
end
table.sort(order)

-- What is known of each window's file: the document, and where in the file it begins.
local states = setmetatable({}, { __mode = 'k' })
local ids = setmetatable({}, { __mode = 'k' })

-- The part of the file that is analysed: all of it, or around the window.
local function stretch(win)
  local size = win.file.size
  if size <= M.whole then
    return 0, size
  end
  local port = win.viewport.bytes or win.viewport
  return math.max(0, port.start - 65536), math.min(size, port.finish + 65536)
end

--- The document of a window, brought up to date; nil and a message when there is no engine.
function M.document(win)
  local from, to = stretch(win)
  local text = win.file:content(from, to - from) or ''
  local state = states[win]
  if state and state.file == win.file and state.base == from then
    if state.text ~= text then
      local at, removed, added = core.differ(state.text, text)
      state.doc:edit(at, removed, added)
      state.text = text
    end
    return state.doc, state.base
  end
  local doc, message = ent.open(text)
  if not doc then
    return nil, message
  end
  local path = teach.path(win.file.path or (os.getenv 'PWD' or '.') .. '/')
  teach.lay(doc, path)
  states[win] = { doc = doc, file = win.file, text = text, base = from, lexicon = path }
  return doc, from
end

-- Style numbers of a window: the highest free ones, so that lexers keep theirs.
local function style_ids(win)
  if not ids[win] then
    local top = (win.STYLE_LEXER_MAX or 64) - 1
    ids[win] = {}
    for i, name in ipairs(order) do
      ids[win][name] = top - i
      if vis.ui and vis.ui.style_push then
        ids[win][name] = vis.ui:style_push(M.styles[name])
      else
        win:style_define(top - i, M.styles[name])
      end
    end
  end
  return ids[win]
end

local function highlight(win)
  local state = M.on and win.selection and states[win] ~= false
  if not state then
    return
  end
  local doc, base = M.document(win)
  if not doc then
    states[win] = false -- said once
    vis:info('entente: ' .. tostring(base))
    return
  end
  local port, style = win.viewport.bytes or win.viewport, style_ids(win)
  local _, _, _, _, current = doc:at(math.max(0, win.selection.pos - base))
  look.current = current and current >= 0 and current or nil
  local from, to = math.max(0, port.start - base), math.max(0, port.finish + 1 - base)
  local flat, spans = view.spans(ent, doc, from, to, look), {}
  for i = 1, #flat, 4 do
    spans[#spans + 1] = { flat[i], flat[i + 1], flat[i + 2], flat[i + 3], i }
  end
  table.sort(spans, function(a, b)
    return a[4] < b[4] or (a[4] == b[4] and a[5] < b[5])
  end)
  for _, s in ipairs(spans) do
    if style[s[3]] and s[2] > s[1] then
      win:style(style[s[3]], base + s[1], base + s[2] - 1)
    end
  end
end

-- A question about a window, for commands.lua.
local function question(win, name)
  local doc, base = M.document(win)
  if not doc then
    return nil, base
  end
  local lines
  return {
    ent = ent, doc = doc, at = math.max(0, win.selection.pos - base), base = base,
    name = name ~= '' and name or nil, min_score = look.min_score, wrap = true,
    line = function(byte)
      lines = lines or core.lines(doc:text())
      return lines:of(byte) + 1
    end,
  }
end

local listed = {}

-- Does what an action says.
local function perform(win, q, action)
  if action.act == 'jump' then
    vis:feedkeys '<vis-jumplist-save>'
    win.selection.pos = q.base + action.at
  elseif action.act == 'message' then
    vis:info(action.text)
  elseif action.act == 'card' then
    vis:message(table.concat(action.lines, '\n'))
  elseif action.act == 'list' then
    listed = { win = win }
    local out = { action.title .. ' (:entente open N)' }
    for i, item in ipairs(action.items) do
      listed[i] = q.base + item.at
      out[#out + 1] = ('%3d  line %d  %s'):format(i, q.line(item.at), item.text)
    end
    vis:message(table.concat(out, '\n') .. '\n')
  end
end

local subcommands = commands.subcommands

-- Corrects; every window of the project follows.
local function correct(win, name, rest, range)
  local q, message = question(win)
  if not q then
    vis:info('entente: ' .. tostring(message))
    return false
  end
  if range and range.finish - range.start > 1 then
    q.from, q.to = math.max(0, range.start - q.base), math.max(0, range.finish - q.base)
  end
  local path = states[win].lexicon
  local action = teach.run(q, name, rest, path)
  for _, state in pairs(states) do
    if action.changed and state and state.lexicon == path then
      teach.lay(state.doc, path)
    end
  end
  vis:info(action.text)
  return action.changed or false
end

--- Runs a subcommand of :entente in a window.
---@param win userdata
---@param name string
---@param rest string|nil a name, or what next and prev step along
---@param range table|nil what is selected
function M.run(win, name, rest, range)
  if name == 'on' or name == 'off' or name == 'toggle' then
    M.on = name == 'on' or (name == 'toggle' and not M.on)
    return true
  elseif name == 'open' then
    local at = listed[tonumber(rest) or 0]
    if not at then
      vis:info 'entente: no such line in the last list'
      return false
    end
    vis:feedkeys '<vis-jumplist-save>'
    listed.win.selection.pos = at
    return true
  end
  if teach.knows(name) then
    return correct(win, name, rest or '', range)
  end
  local ask = subcommands[name]
  if not ask then
    if name ~= '' then
      vis:info(('entente: no command "%s"; :entente alone lists them'):format(name))
      return false
    end
    vis:message 'actors, proposals, stances, refs, next, prev, goto, show, explain, open\n'
    vis:message 'mark, ignore, merge, split, rename, undo, redo, on, off, toggle\n'
    return false
  end
  local arg = (name == 'actors' or name == 'proposals') and nil or rest
  local q, message = question(win, arg)
  if not q then
    vis:info('entente: ' .. tostring(message))
    return false
  end
  perform(win, q, ask(q, name == 'actors' and rest ~= '' and rest or nil))
  return true
end

-- Where a motion leads from a position; the position itself when nowhere.
local function motion(direction, what)
  return function(win, at)
    local q = question(win)
    if not q then
      return at
    end
    q.at = math.max(0, at - q.base)
    local action = commands.step(q, direction, what)
    return action.act == 'jump' and q.base + action.at or at
  end
end

-- The mention (or proposal) around a position.
local function object(what)
  return function(win, at)
    local q = question(win)
    if not q then
      return nil
    end
    q.at = math.max(0, at - q.base)
    local from, to = commands.object(q, what)
    if type(from) == 'table' then
      from, to = from.at, from.to
    end
    return from and q.base + from, to and q.base + to
  end
end

--- Keys are given by the user: setup { next = ']a', prev = '[a', object = 'am' }.
---@param keys table<string, string>|nil
function M.setup(keys)
  vis.events.subscribe(vis.events.WIN_HIGHLIGHT, highlight)
  vis.events.subscribe(vis.events.WIN_CLOSE, function(win)
    states[win], ids[win] = nil, nil
  end)
  vis:command_register('entente', function(argv, _, win, selection)
    local range = selection and selection.anchored and selection.range
    return M.run(win, argv[1] or '', table.concat(argv, ' ', 2), range)
  end, 'Who acts and what is on the table')
  local motions = {
    next = { 1, 'any' }, prev = { -1, 'any' },
    next_same = { 1, 'same' }, prev_same = { -1, 'same' },
    next_proposal = { 1, 'proposal' }, prev_proposal = { -1, 'proposal' },
    next_stance = { 1, 'stance' }, prev_stance = { -1, 'stance' },
  }
  for name, key in pairs(keys or {}) do
    if motions[name] then
      vis:motion_new(key, motion(motions[name][1], motions[name][2]), 'entente ' .. name)
    elseif name == 'object' then
      vis:textobject_new(key, object 'mention', 'a mention of an actor or proposal')
    end
  end
end

return M
