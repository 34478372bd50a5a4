--- config: the one table of options: name, type, default, meaning. Checking and the help file's
--- section both come from it. Knows no editor.
local M = {}

local kinds = { 'person', 'country', 'organisation', 'group', 'place', 'proposal' }
local filetypes =
  { 'text', 'markdown', 'mail', 'tex', 'plaintex', 'rst', 'asciidoc', 'asciidoctor', 'org' }

---@class entente.Option
---@field name string
---@field type 'boolean'|'number'|'string'|'list'
---@field default any
---@field choices? string[] what a string, or each item of a list, may be
---@field min? number
---@field max? number
---@field help string

--- Every option there is, in the order of the help file.
---@type entente.Option[]
M.options = {
  {
    name = 'enabled',
    type = 'boolean',
    default = true,
    help = 'Attach to buffers of the file types below. '
      .. 'A buffer says no with b:entente_enabled = false.',
  },
  {
    name = 'filetypes',
    type = 'list',
    default = filetypes,
    help = 'File types that are looked at.',
  },
  {
    name = 'kinds',
    type = 'list',
    default = kinds,
    choices = kinds,
    help = 'Kinds that are painted. Lists and motions know them all.',
  },
  {
    name = 'colour',
    type = 'string',
    default = 'kind',
    choices = { 'kind', 'actor' },
    help = 'Colour by kind, or give each actor a colour of its own.',
  },
  {
    name = 'stances',
    type = 'boolean',
    default = true,
    help = 'Paint the words that express a stance ("rejected", "has offered").',
  },
  {
    name = 'pronouns',
    type = 'boolean',
    default = false,
    help = 'Paint pronouns too, and count them in lists without being asked.',
  },
  {
    name = 'current',
    type = 'boolean',
    default = true,
    help = 'Emphasise all mentions of the actor or proposal under the cursor.',
  },
  {
    name = 'counts',
    type = 'boolean',
    default = false,
    help = "Show how often an actor is mentioned, at the end of the line "
      .. "of the actor's first name.",
  },
  {
    name = 'signs',
    type = 'boolean',
    default = false,
    help = 'A sign beside each stance: ^ proposes, > demands, + supports, = accepts, '
      .. '- opposes, ~ discusses, * threatens, # criticises.',
  },
  {
    name = 'winbar',
    type = 'boolean',
    default = false,
    help = 'Say in the window bar who is speaking where the cursor is (Neovim 0.8 and later).',
  },
  {
    name = 'min_score',
    type = 'number',
    default = 0.3,
    min = 0,
    max = 1,
    help = 'Mentions and stances less sure than this are not shown.',
  },
  {
    name = 'uncertain',
    type = 'number',
    default = 0.6,
    min = 0,
    max = 1,
    help = 'Mentions less sure than this are dotted (EntenteUncertain).',
  },
  {
    name = 'diagnostics',
    type = 'boolean',
    default = false,
    help = 'Report doubtful spellings, ambiguous short names and stances without a source.',
  },
  {
    name = 'omnifunc',
    type = 'boolean',
    default = true,
    help = "Set 'omnifunc' where it is empty, to complete names the text knows.",
  },
  {
    name = 'completefunc',
    type = 'boolean',
    default = false,
    help = "Set 'completefunc' where it is empty, to the same.",
  },
  {
    name = 'tagfunc',
    type = 'boolean',
    default = true,
    help = "Set 'tagfunc' where it is empty: CTRL-] on a mention goes to the first full one.",
  },
  {
    name = 'lsp',
    type = 'boolean',
    default = true,
    help = 'Answer as a language server inside Neovim (0.10 and later), so that its own keys, '
      .. 'pickers and outlines know the text. It neither paints nor reports.',
  },
  {
    name = 'slice_ms',
    type = 'number',
    default = 3,
    min = 1,
    max = 50,
    help = 'Longest stretch of background work, in milliseconds.',
  },
  {
    name = 'height',
    type = 'number',
    default = 12,
    min = 1,
    max = 200,
    help = 'Height of list windows, in lines.',
  },
}

local by_name = {}
for _, option in ipairs(M.options) do
  by_name[option.name] = option
end

local function one_of(value, choices)
  for _, choice in ipairs(choices) do
    if value == choice then
      return true
    end
  end
  return false
end

local function wrong_item(option, value)
  for _, item in ipairs(value) do
    if type(item) ~= 'string' then
      return 'must hold strings'
    end
    if option.choices and not one_of(item, option.choices) then
      return ('has "%s", which is none of: %s'):format(item, table.concat(option.choices, ', '))
    end
  end
end

-- What is wrong with a value, or nil.
local function wrong(option, value)
  if option.type == 'list' then
    if type(value) ~= 'table' then
      return 'must be a list'
    end
    return wrong_item(option, value)
  elseif type(value) ~= option.type then
    return 'must be a ' .. option.type
  elseif option.type == 'number' and (value < option.min or value > option.max) then
    return ('must be between %g and %g'):format(option.min, option.max)
  elseif option.type == 'string' and not one_of(value, option.choices) then
    return 'must be one of: ' .. table.concat(option.choices, ', ')
  end
end

--- Lays what the user gave over the defaults. A wrong value is left out and reported.
---@param ... table|nil later ones win
---@return table<string, any> values, string[] problems
function M.resolve(...)
  local values, problems = {}, {}
  for _, option in ipairs(M.options) do
    values[option.name] = option.default
  end
  for i = 1, select('#', ...) do
    for name, value in pairs(select(i, ...) or {}) do
      local option = by_name[name]
      local problem = not option and 'is not an option' or wrong(option, value)
      if problem then
        problems[#problems + 1] = ('option "%s" %s'):format(tostring(name), problem)
      else
        values[name] = value
      end
    end
  end
  table.sort(problems)
  return values, problems
end

local function show(value)
  if type(value) == 'table' then
    return "{ '" .. table.concat(value, "', '") .. "' }"
  elseif type(value) == 'string' then
    return "'" .. value .. "'"
  end
  return tostring(value)
end

-- Breaks a text into lines of at most `width` columns, each indented.
local function wrap(text, indent, width)
  local out, line = {}, indent
  for word in text:gmatch '%S+' do
    if #line + #word + 1 > width and line ~= indent then
      out[#out + 1] = line
      line = indent
    end
    line = line .. (line == indent and '' or ' ') .. word
  end
  out[#out + 1] = line
  return table.concat(out, '\n')
end

--- The section on options of the help file.
---@return string
function M.help()
  local out = {}
  for _, option in ipairs(M.options) do
    local tag = ('*entente.%s*'):format(option.name)
    local head = ('%s (%s)'):format(option.name, option.type)
    out[#out + 1] = head .. (' '):rep(math.max(1, 78 - #head - #tag)) .. tag
    out[#out + 1] = wrap('Default: ' .. show(option.default), '    ', 78)
    if option.choices and option.type == 'string' then
      out[#out + 1] = '    One of: ' .. table.concat(option.choices, ', ')
    end
    out[#out + 1] = wrap(option.help, '    ', 78)
    out[#out + 1] = ''
  end
  return table.concat(out, '\n')
end

return M
