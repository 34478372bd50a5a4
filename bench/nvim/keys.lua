-- keys: 500 keystrokes at the top of a long article, with the plugin off and on; time inside the
-- plugin for each keystroke, and the first paint of a 1 MB article. Times inside are processor
-- time, so that a busy machine does not blur them; keystroke to redraw is by the clock.
--
--   bench/nvim/run.sh [--beside FOLDER] [TEXT]
package.path = 'tests/nvim/?.lua;' .. package.path
local Child = require 'child'

local name = os.getenv 'NVIM_NAME' or ''

local function say(...)
  io.stdout:write(string.format(...), '\n')
  io.stdout:flush()
end

local function percentile(list, p)
  table.sort(list)
  return list[math.max(1, math.ceil(#list * p))]
end

-- A text of this size from real articles (a line each), hard-wrapped in part.
local function article(bytes)
  local lines, size = {}, 0
  local source = vim.fn.readfile(os.getenv 'ENTENTE_TEXT')
  local i = 0
  while size < bytes do
    i = i % #source + 1
    lines[#lines + 1] = source[i]
    size = size + #source[i] + 1
  end
  return lines
end

-- Counts the time in every callback of the plugin: text, redraw, autocommands, timers.
local instrument = [[
  local hr = function() return os.clock() * 1e9 end
  _G.spent, _G.worst = 0, 0
  local depth = 0
  local function timed(f)
    return function(...)
      if depth > 0 then return f(...) end
      depth = 1
      local start = hr()
      local a, b, c = f(...)
      depth = 0
      local took = (hr() - start) / 1e6
      _G.spent = _G.spent + took
      return a, b, c
    end
  end
  local attach, provider = vim.api.nvim_buf_attach, vim.api.nvim_set_decoration_provider
  vim.api.nvim_buf_attach = function(buf, send, opts)
    for k, v in pairs(opts) do
      if type(v) == 'function' then opts[k] = timed(v) end
    end
    return attach(buf, send, opts)
  end
  vim.api.nvim_set_decoration_provider = function(ns, opts)
    for k, v in pairs(opts) do opts[k] = timed(v) end
    return provider(ns, opts)
  end
  local autocmd = vim.api.nvim_create_autocmd
  vim.api.nvim_create_autocmd = function(events, opts)
    if opts.callback then opts.callback = timed(opts.callback) end
    return autocmd(events, opts)
  end
  _G.slices = {}
  local wrap = vim.schedule_wrap
  vim.schedule_wrap = function(f)
    return wrap(function(...)
      local start = os.clock() -- of the processor
      f(...)
      _G.slices[#_G.slices + 1] = (os.clock() - start) * 1e3
    end)
  end]]

local phrase = 'Chancellor Merz told Russia that the plan of Emmanuel Macron was rejected. '

-- `plugin`: ours; else `usual`: what many have on for prose anyway, syntax and spell checking; or
-- `beside`: the folder of another highlighter.
local function session(plugin, lines, usual, beside)
  local c = Child.start { plugin = plugin, columns = 120, lines = 50 }
  c:lua(instrument)
  if usual then
    c:cmd 'syntax on'
  end
  if beside then
    c:cmd('set runtimepath^=' .. beside .. ' | runtime! plugin/**/*.vim plugin/**/*.lua')
  end
  c:open(lines, usual and 'markdown' or 'text')
  c:cmd(usual and 'setlocal spell' or 'setlocal nospell')
  if plugin then
    c:lua 'require("entente.nvim").attach(0)'
    c:done()
  end
  c:cmd 'redraw'
  c:type 'ggO'
  local spent, round = {}, {}
  for i = 1, 500 do
    local at = (i - 1) % #phrase + 1
    local key = phrase:sub(at, at)
    c:lua '_G.spent = 0'
    local start = vim.loop.hrtime()
    c:ask('nvim_input', key == ' ' and '<Space>' or key)
    c:ask('nvim_eval', '1')
    round[i] = (vim.loop.hrtime() - start) / 1e6
    spent[i] = c:lua 'return _G.spent'
    vim.wait(os.getenv 'FAST' and 0 or 12)
  end
  vim.wait(600) -- what waits for a pause
  c:settle()
  local slices = c:lua 'return _G.slices'
  c:stop()
  return spent, round, slices
end

local function row(what, list)
  if #list == 0 then
    return say('%-44s none', what)
  end
  say('%-44s median %6.2f  p99 %6.2f  max %6.2f ms', what, percentile(list, 0.5),
    percentile(list, 0.99), percentile(list, 1))
end

local function first_paint(lines)
  local c = Child.start { columns = 120, lines = 50 }
  local file = vim.fn.tempname() .. '.txt'
  vim.fn.writefile(lines, file)
  c:lua 'require("entente.nvim").setup {}'
  c:lua 'require("entente").model()'
  local off = c:lua([[
    local hr = function() return os.clock() * 1e9 end
    vim.cmd 'set eventignore=FileType'
    local start = hr()
    vim.cmd('edit ' .. ...) vim.cmd 'redraw'
    local took = (hr() - start) / 1e6
    vim.cmd 'set eventignore= | bwipeout!'
    return took]], file)
  local on = c:lua([[
    local hr = function() return os.clock() * 1e9 end
    local start = hr()
    vim.cmd('edit ' .. ...) vim.cmd 'redraw'
    return (hr() - start) / 1e6]], file)
  c:done()
  local slice = c:lua 'return require("entente.host.nvim.work").longest'
  c:stop()
  os.remove(file)
  say('%-44s %6.2f ms (plugin off %.2f; longest slice after it %.2f)', 'open 1 MB until painted',
    on,
    off, slice)
  return on - off
end

say('# Neovim %s', name)
first_paint(article(1e6))
local big = article(2e6)
local _, off = session(false, big)
local _, usual = session(false, big, true)
local spent, on, slices = session(true, big)
row('keystroke to redraw, plugin off, 2 MB', off)
row('the same with Markdown syntax and spell', usual)
row('keystroke to redraw, plugin on, 2 MB', on)
row('plugin time a keystroke, 2 MB', spent)
row('slices of background work', slices)
local beside = os.getenv 'ENTENTE_BESIDE'
if beside then
  spent, on, slices = session(false, big, false, beside)
  local which = beside:match '([^/]+)/?$'
  row('keystroke to redraw, ' .. which .. ' on', on)
  row('its time a keystroke', spent)
  row('its work when typing pauses', slices)
end
