--- lsp.progress: $/progress of work that takes long enough to be noticed: the first reading of a
--- large text, the reading of a folder.
local M = {}

M.LARGE = 262144 -- bytes: less is read before anyone could see a bar

-- Begins when the client has agreed to the token; texts read by then show nothing.
local function begin(self, owner, title)
  local token = 'entente-progress-' .. self.next_id
  local bar = { token = token, owner = owner, percent = 0 }
  owner.bar = bar
  self:request('window/workDoneProgress/create', { token = token }, function(_, err)
    bar.shown = not err and owner.bar == bar
    if bar.shown then
      self:notify('$/progress',
        { token = token, value = { kind = 'begin', title = title, percentage = bar.percent } })
    end
  end)
end

--- Some of the work is done.
---@param self table the server
---@param owner table a text, or what stands for other work; holds its bar
---@param title string
---@param part number from 0 to 1
function M.report(self, owner, title, part)
  if not self.can.progress then
    return
  elseif not owner.bar then
    begin(self, owner, title)
  end
  local bar, percent = owner.bar, math.floor(part * 100)
  if percent > bar.percent then
    bar.percent = percent
    if bar.shown then
      self:notify('$/progress',
        { token = bar.token, value = { kind = 'report', percentage = percent } })
    end
  end
end

--- The work is over, or given up.
function M.done(self, owner)
  local bar = owner.bar
  owner.bar = nil
  if bar and bar.shown then
    self:notify('$/progress', { token = bar.token, value = { kind = 'end' } })
  end
end

return M
