--- rename: the preview of a rename in the text: a line a change, each can be left out.
local attach = require 'entente.host.nvim.attach'
local commands = require 'entente.commands'
local perform = require 'entente.host.nvim.perform'
local api = vim.api

local M = {}

local function flat(text)
  return (text:gsub('%s+', ' '))
end

local function line_of(state, i)
  local change = state.changes[i]
  local row = attach.position(state.source, change.from)
  local mark = not change.text and '   ' or state.skip[i] and '[ ]' or '[x]'
  local new = change.text and ' → ' .. flat(change.text) or '  (stays: no such form)'
  return ('%s %4d: %s%s'):format(mark, row + 1, change.old, new)
end

-- What changes and what stays, in text order.
local function plan(doc, id, new)
  local first = doc:entity(id).first
  local edits, left = require('entente.rename').edits(doc, id, first[1], first[2], new)
  local out = vim.list_extend(edits, left)
  table.sort(out, function(a, b)
    return a.from < b.from
  end)
  for _, change in ipairs(out) do
    change.old = flat(doc:text(change.from, change.to))
  end
  return out
end

local function draw(state)
  local lines = { ('Rename %s to %s'):format(state.old, state.new) }
  for i = 1, #state.changes do
    lines[i + 1] = line_of(state, i)
  end
  lines[#lines + 1] = '<CR> does it · <Space> leaves one out or takes it in · q gives up'
  api.nvim_buf_set_option(state.buf, 'modifiable', true)
  api.nvim_buf_set_lines(state.buf, 0, -1, false, lines)
  api.nvim_buf_set_option(state.buf, 'modifiable', false)
end

local function toggle(state)
  local i = api.nvim_win_get_cursor(0)[1] - 1
  local change = state.changes[i]
  if change and change.text then
    state.skip[i] = not state.skip[i] or nil
    draw(state)
  end
end

-- Only a text that is as it was when the changes were worked out may be changed by them.
local function apply(state)
  local b = attach.state(state.source)
  vim.cmd 'close'
  if not b or b.doc:revision() ~= state.revision then
    return perform.message 'the text has changed meanwhile: rename again'
  end
  local n = 0
  api.nvim_buf_call(state.source, function()
    for i = #state.changes, 1, -1 do
      local change = state.changes[i]
      if change.text and not state.skip[i] then
        if n > 0 then
          pcall(vim.cmd, 'undojoin')
        end
        local replace = require('entente.host.nvim.check').replace
        replace(state.source, change.from, change.to, change.text)
        n = n + 1
      end
    end
  end)
  perform.message(('%d place%s changed'):format(n, n == 1 and '' or 's'), 'info')
end

local function preview(q, id, new, mods)
  local state = {
    source = q.buf,
    revision = q.doc:revision(),
    old = q.doc:entity(id).name,
    new = new,
    changes = plan(q.doc, id, new),
    skip = {},
  }
  state.buf = api.nvim_create_buf(false, true)
  api.nvim_buf_set_option(state.buf, 'bufhidden', 'wipe')
  draw(state)
  vim.cmd((mods ~= '' and mods or 'botright') .. ' ' .. math.min(#state.changes + 2, 15) .. 'split')
  api.nvim_win_set_buf(0, state.buf)
  api.nvim_win_set_option(0, 'winfixheight', true)
  local function key(lhs, f)
    vim.keymap.set('n', lhs, f, { buffer = state.buf, nowait = true })
  end
  key('<CR>', function() apply(state) end)
  key('<Space>', function() toggle(state) end)
  key('q', function() vim.cmd 'close' end)
end

local function ask(q, id, use)
  local how = { prompt = 'New name: ', default = q.doc:entity(id).name }
  vim.ui.input(how, function(name)
    if name and name ~= '' then
      use(name)
    end
  end)
end

--- `:Entente rename[!] [New Name]` for the actor under the cursor: with ! in the text, with a
--- preview; without it only what lists and cards call it (the text stays as it is).
function M.run(call)
  local q, message = perform.question(0)
  if not q then
    return perform.message(message)
  end
  local id, sorry = commands.entity(q)
  if not id then
    return perform.perform(q.buf, sorry)
  end
  local function use(name)
    if call.bang then
      preview(q, id, name, call.mods)
    else
      require('entente.host.nvim.teach').rename(q, id, name)
    end
  end
  if call.name ~= '' then
    use(call.name)
  else
    ask(q, id, use)
  end
end

return M
