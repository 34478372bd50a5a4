--- Compiles lexicon/link.tsv, the weights of antecedents, into section LINK: little-endian floats,
--- a row of features for each class. The names of both are read from src/link_score.c, so there is
--- one list of them.

local M = { section = "LINK", version = 1 }

-- The strings of a C table of names.
local function names(source, table_name)
  local body = source:match(table_name .. "%[[%w_]+%] = (%b{})")
  local list, index = {}, {}
  for name in body:gmatch '"(%w+)"' do
    list[#list + 1] = name
    index[name] = #list
  end
  return list, index
end

local function read(path)
  local f = assert(io.open(path, "rb"))
  local text = f:read "a"
  f:close()
  return text
end

--- Names of classes and features, in the order of their numbers.
---@param root string the project's folder
---@return string[] classes, string[] features
---@return table<string, integer> class, table<string, integer> feature
function M.names(root)
  local source = read(root .. "/src/link_score.c")
  local classes, class = names(source, "class_names")
  local features, feature = names(source, "feature_names")
  return classes, features, class, feature
end

---@param lexicon Lexicon
---@return string|nil bytes
function M.build(lexicon)
  local rows = lexicon:rows("link.tsv", { "class", "feature", "weight" }, 3)
  if #rows == 0 then return nil end
  local here = debug.getinfo(1, "S").source:match "^@(.*)/[^/]*$" or "."
  local classes, features, class, feature = M.names(here .. "/..")
  local weights = {}
  for i = 1, #classes * #features do weights[i] = 0 end
  for _, row in ipairs(rows) do
    local c, f, w = class[row[1]], feature[row[2]], tonumber(row[3])
    if not c then lexicon:fail(row, ("class %q is not known"):format(row[1])) end
    if not f then lexicon:fail(row, ("feature %q is not known"):format(row[2])) end
    if not w or w ~= w or math.abs(w) >= 1e4 then lexicon:fail(row, "the weight is no number") end
    weights[(c - 1) * #features + f] = w
  end
  for i, w in ipairs(weights) do weights[i] = string.pack("<f", w) end
  return table.concat(weights), { "link=antecedents ranked by log-linear weights" }
end

return M
