--- index.ignore: what a project's .gitignore files say. A list of rules belongs to the folder of
--- its file; a later rule stands over an earlier one, a deeper file over a higher one.
local M = {}

local unpack = rawget(table, 'unpack') or rawget(_G, 'unpack')

-- One element of a pattern as a Lua pattern: "*" and "?" do not cross "/".
local function glob(s, i, out)
  local c = s:sub(i, i)
  if c == '\\' then
    out[#out + 1] = '%' .. s:sub(i + 1, i + 1)
    return i + 2
  elseif c == '*' then
    out[#out + 1] = '[^/]*'
    return (s:find('[^*]', i) or #s + 1)
  elseif c == '?' then
    out[#out + 1] = '[^/]'
  elseif c == '[' then
    local set, after = s:match('^(%[[!^]?%]?[^%]]*%])()', i)
    if set then
      out[#out + 1] = '[' .. set:sub(2, -2):gsub('^[!^]', '^'):gsub('[%%%[%]]', '%%%0') .. ']'
      return after
    end
    out[#out + 1] = '%['
  else
    out[#out + 1] = c:gsub('%p', '%%%0')
  end
  return i + 1
end

-- A pattern as Lua patterns: "**" stands for any folders, none included.
local function patterns(s)
  local outs = { {} }
  local function add(piece)
    for _, out in ipairs(outs) do
      out[#out + 1] = piece
    end
  end
  local i = 1
  while i <= #s do
    if s:find('^%*%*/', i) and (i == 1 or s:sub(i - 1, i - 1) == '/') and #outs < 8 then
      for k = 1, #outs do -- with folders, or without
        local longer = { unpack(outs[k]) }
        longer[#longer + 1] = '.*/'
        outs[#outs + 1] = longer
      end
      i = i + 3
    elseif s:find('^/%*%*$', i) then
      add '/.*'
      i = #s + 1
    else
      local piece = {}
      i = glob(s, i, piece)
      add(table.concat(piece))
    end
  end
  local all = {}
  for k, out in ipairs(outs) do
    all[k] = '^' .. table.concat(out) .. '$'
  end
  return all
end

---@class EntenteIgnoreRule
---@field patterns string[]
---@field whole boolean compared with the path below the folder, not the last name alone
---@field folder boolean for folders only
---@field keep boolean takes back what an earlier rule ignores

--- The rules of one file.
---@param text string
---@return EntenteIgnoreRule[]
function M.read(text)
  local rules = {}
  for line in (text:gsub('\r\n', '\n') .. '\n'):gmatch '([^\n]*)\n' do
    line = line:gsub('([^\\])%s+$', '%1'):gsub('^%s+$', '')
    if line ~= '' and not line:find '^#' then
      local rule = { keep = line:find '^!' ~= nil }
      line = line:gsub('^!', '')
      rule.folder = line:find '/$' ~= nil
      line = line:gsub('/$', '')
      rule.whole = line:find '/' ~= nil
      line = line:gsub('^/', '')
      if line ~= '' and #line < 1000 then
        rule.patterns = patterns(line)
        rules[#rules + 1] = rule
      end
    end
  end
  return rules
end

local function hit(rule, below, name)
  for _, p in ipairs(rule.patterns) do
    if (rule.whole and below or name):find(p) then
      return true
    end
  end
end

--- Whether rules ignore a path; nil when they say nothing.
---@param rules EntenteIgnoreRule[]
---@param below string path below the folder of the rules
---@param is_folder boolean
---@return boolean|nil
function M.ignored(rules, below, is_folder)
  local name = below:match '[^/]*$'
  for i = #rules, 1, -1 do
    local rule = rules[i]
    if (is_folder or not rule.folder) and hit(rule, below, name) then
      return not rule.keep
    end
  end
end

return M
