-- child: a real Neovim at the other end of a pipe, with a screen of its own.
local M = {}
M.__index = M

local root = vim.fn.getcwd()

--- Starts a Neovim with the plugin on its runtimepath, as after a git clone.
---@param opts {columns?: integer, lines?: integer, before?: string, plugin?: boolean}|nil
function M.start(opts)
  opts = opts or {}
  local bin = os.getenv 'NVIM_CHILD'
  local self = setmetatable({ root = root }, M)
  self:begin(bin, opts.columns or 80, opts.lines or 24)
  self:watch(vim.fn.jobpid(self.job))
  self:cmd 'set noswapfile shortmess+=I noruler laststatus=2 hidden termguicolors'
  if opts.before then
    self:cmd(opts.before)
  end
  if opts.plugin ~= false then
    self:cmd('set runtimepath^=' .. root)
    self:cmd 'runtime plugin/entente.lua'
    self:cmd 'filetype on'
  end
  return self
end

local common = { '-u', 'NONE', '-i', 'NONE', '-n' }

--- The child draws for a screen whose events nobody reads, and is asked by a socket. On a channel
--- of RPC this Neovim would be sent events it does not know: 0.7 answers each with an error, the
--- child answers the error with another, and both are busy with nothing else; from 0.9 on it hangs
--- up.
function M:begin(bin, columns, lines)
  local socket = vim.fn.tempname()
  self.job = vim.fn.jobstart(vim.list_extend({ bin, '--embed', '--listen', socket }, common),
    { env = { NVIM_LOG_FILE = '/dev/null' }, on_stdout = function() end })
  assert(self.job > 0, 'cannot start ' .. bin)
  local attach = { 0, 1, 'nvim_ui_attach', { columns, lines, { ext_linegrid = true, rgb = true } } }
  vim.fn.chansend(self.job, vim.fn.msgpackdump { attach })
  local connected = vim.wait(20000, function()
    local ok, channel = pcall(vim.fn.sockconnect, 'pipe', socket, { rpc = true })
    self.channel = ok and channel > 0 and channel or nil
    return self.channel ~= nil
  end, 10)
  assert(connected, 'no answer from ' .. bin)
end

-- A child that waits for a key nobody presses would stop the whole run: it is ended instead.
function M:watch(pid)
  self.timer = vim.loop.new_timer()
  self.timer:start(90000, 0, function()
    vim.loop.kill(pid, 'sigkill')
  end)
end

function M:ask(method, ...)
  return vim.fn.rpcrequest(self.channel, method, ...)
end

function M:cmd(command)
  return self:ask('nvim_command', command)
end

--- Runs Lua in the child; `...` are its arguments.
function M:lua(code, ...)
  return self:ask('nvim_exec_lua', code, { ... })
end

function M:eval(expression)
  return self:ask('nvim_eval', expression)
end

--- Types keys and waits until they are worked off.
function M:type(keys)
  self:ask('nvim_input', keys)
  self:settle()
end

--- Waits until the child has read its input.
function M:settle()
  for _ = 1, 200 do
    self:ask('nvim_eval', '1')
    local mode = self:ask 'nvim_get_mode'
    if not mode.blocking or mode.mode:find '^[rc]' then
      break
    end
    vim.wait(5)
  end
  self:ask('nvim_eval', '1')
end

--- Waits until an expression of the child is true.
function M:wait(code, ms)
  local args = { code }
  local ok = vim.wait(ms or 30000, function()
    local value = self:lua(args[1])
    return value and value ~= vim.NIL -- what nil is at this end
  end, 10)
  assert(ok, 'waited in vain for: ' .. code)
end

--- Opens a text in the current window as a file of this type.
function M:open(lines, filetype)
  self:cmd 'enew!'
  self:set(lines)
  self:cmd('setfiletype ' .. (filetype or 'text'))
end

function M:set(lines)
  if type(lines) == 'string' then
    lines = vim.split(lines, '\n')
  end
  self:ask('nvim_buf_set_lines', 0, 0, -1, false, lines)
end

function M:lines()
  return self:ask('nvim_buf_get_lines', 0, 0, -1, false)
end

function M:cursor(row, col)
  if row then
    self:ask('nvim_win_set_cursor', 0, { row, col })
  end
  return self:ask('nvim_win_get_cursor', 0)
end

--- Waits until background analysis is complete.
function M:done()
  self:wait [[
    local b = require('entente.host.nvim.attach').state(0)
    return b and b.done == true]]
end

--- Marks on the lines in view: "row:col-end group", sorted. Where a redraw was slow and its links
--- follow in slices, the marks are those after them, unless those of this moment are asked for.
function M:marks(now)
  if not now then
    self:wait [[
      local b = require('entente.host.nvim.attach').state(0)
      return not (b and b.provisional)]]
  end
  return self:lua [[
    local ns = vim.api.nvim_get_namespaces().entente
    local out = {}
    local top, bot = { vim.fn.line 'w0' - 1, 0 }, { vim.fn.line 'w$' - 1, -1 }
    for _, m in ipairs(vim.api.nvim_buf_get_extmarks(0, ns, top, bot, { details = true })) do
      out[#out + 1] = ('%d:%d-%d %s'):format(m[2], m[3], m[4].end_col, m[4].hl_group)
    end
    table.sort(out)
    return out]]
end

--- What the screen shows: text lines, and lines of letters, one letter for each look, '.' for the
--- plain one.
function M:screen()
  self:settle()
  return self:lua [[
    -- the plain look is that of the last column, where our texts do not reach
    local text, looks, n = {}, {}, 1
    local letters = { [vim.fn.screenattr(1, vim.o.columns)] = '.' }
    for row = 1, vim.o.lines do
      local t, l = {}, {}
      for col = 1, vim.o.columns do
        local attr = vim.fn.screenattr(row, col)
        if not letters[attr] then
          letters[attr] = string.char(96 + n)
          n = n + 1
        end
        t[col], l[col] = vim.fn.screenstring(row, col), letters[attr]
      end
      text[row], looks[row] = (table.concat(t):gsub('%s+$', '')), (table.concat(l):gsub('%.+$', ''))
    end
    return { text = text, looks = looks }]]
end

--- Waits until a line of the screen holds a Lua pattern; a question may be waiting for a key.
function M:shows(pattern)
  local text
  local ok = vim.wait(20000, function()
    text = self:lua [[
      local lines = {}
      for row = 1, vim.o.lines do
        local cells = {}
        for col = 1, vim.o.columns do
          cells[col] = vim.fn.screenstring(row, col)
        end
        lines[row] = table.concat(cells)
      end
      return table.concat(lines, '\n')]]
    return text:find(pattern) ~= nil
  end, 10)
  assert(ok, ('"%s" is not on the screen:\n%s'):format(pattern, text))
end

--- Text of the floating window, '' when there is none.
function M:float()
  return self:lua [[
    for _, win in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(win).relative ~= '' then
        local buf = vim.api.nvim_win_get_buf(win)
        return table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, false), '\n')
      end
    end
    return '']]
end

function M:messages()
  return self:eval "execute('messages')"
end

function M:stop()
  self.timer:stop()
  self.timer:close()
  pcall(vim.fn.rpcnotify, self.channel, 'nvim_command', 'qa!')
  vim.fn.jobwait({ self.job }, 500)
  vim.fn.jobstop(self.job)
end

return M
