--- Packs the model: compiles lexicon/*.tsv and the ready-made sections model/*.bin into one file.
---
---     lua5.4 tools/pack.lua OUT [LEXICON-FOLDER [MODEL-FOLDER]]
---
--- Each tools/pack_NAME.lua compiles one section. It returns { section = "GAZ_", version = 1,
--- build = function(lexicon) ... return bytes, card end }. lexicon:rows(file, columns, needed)
--- reads a file (empty when absent), lexicon:files(pattern) names the files that match; `card` is a
--- list of "key=value" lines. build may return nil: no such section. model/XXXX.bin is taken
--- as it is as section XXXX; model/card.txt gives further lines of the card.
--- The same input gives the same bytes. Exit status 2, with file and line, when something is wrong.
local here = arg[0]:match "^(.*)/[^/]*$" or "."
package.path = here .. "/?.lua;" .. package.path
local tsv = require "tsv"

local MODEL_VERSION, HEAD, ENTRY, ALIGN = 1, 32, 16, 16

local function read(path)
  local f = io.open(path, "rb")
  local text = f and f:read "a"
  if f then f:close() end
  return text
end

-- Names in a folder that match a Lua pattern, in byte order whatever the locale.
local function names(folder, pattern)
  local out = {}
  local pipe = io.popen(("ls -1 '%s' 2>/dev/null"):format(folder:gsub("'", "'\\''")))
  for name in pipe and pipe:lines() or function() end do
    if name:find(pattern) then out[#out + 1] = name end
  end
  if pipe then pipe:close() end
  table.sort(out)
  return out
end

--- What a section's compiler sees of the lexicon.
---@class Lexicon
---@field folder string
local Lexicon = {}
Lexicon.__index = Lexicon

--- Rows of a file, none when it is absent.
---@param name string such as "countries.tsv"
---@param columns string[]
---@param needed integer how many leading columns must be filled
---@return LexiconRow[]
function Lexicon:rows(name, columns, needed)
  local path = self.folder .. "/" .. name
  local text = read(path)
  return text and tsv.parse(path, text, columns, needed) or {}
end

--- Names of the files that match a pattern.
---@param pattern string
---@return string[]
function Lexicon:files(pattern)
  return names(self.folder, pattern)
end

---@param row LexiconRow
---@param message string
function Lexicon:fail(row, message) -- luacheck: ignore self
  tsv.fail(row.file, row.line, message)
end

--- 64-bit FNV-1a over little-endian words, as ent_checksum.
---@param s string
---@return integer
local function checksum(s)
  local h = 0xcbf29ce484222325
  s = s .. ("\0"):rep(-#s % 8)
  local block, step = "<" .. ("i8"):rep(64), 512
  local i = 1
  while i + step - 1 <= #s do
    local w = { string.unpack(block, s, i) }
    for k = 1, 64 do h = (h ~ w[k]) * 0x100000001b3 end
    i = i + step
  end
  while i <= #s do
    h = (h ~ string.unpack("<i8", s, i)) * 0x100000001b3
    i = i + 8
  end
  return h
end

local function padded(s)
  return s .. ("\0"):rep(-#s % ALIGN)
end

-- Header, table and sections, laid out as src/model.h draws them.
local function container(sections)
  local at = HEAD + ENTRY * #sections
  local tbl, body = {}, {}
  for i, s in ipairs(sections) do
    tbl[i] = s.id .. string.pack("<I4I4I4", s.version, at, #s.bytes)
    body[i] = padded(s.bytes)
    at = at + #body[i]
  end
  local rest = table.concat(tbl) .. table.concat(body)
  local head = string.pack("<I4I4I8i8", MODEL_VERSION, #sections, at, checksum(rest))
  return "ENTMODEL" .. head .. rest
end

-- Sections that lexicon/ gives.
local function compiled(lexicon, card)
  local out = {}
  for _, name in ipairs(names(here, "^pack_.*%.lua$")) do
    local module = require(name:match "^(.*)%.lua$")
    local bytes, lines = module.build(lexicon)
    if bytes then
      out[#out + 1] = { id = module.section, version = module.version, bytes = bytes }
    end
    for _, l in ipairs(lines or {}) do card[#card + 1] = l end
  end
  return out
end

-- Sections that stand ready in model/.
local function ready(folder, out)
  for _, name in ipairs(names(folder, "%.bin$")) do
    local id = name:match "^(.*)%.bin$"
    if #id ~= 4 then
      tsv.fail(folder .. "/" .. name, 0, "name it by its section's four letters: TAG_.bin")
    end
    out[#out + 1] = { id = id, version = 1, bytes = read(folder .. "/" .. name) }
  end
end

local function add_card(folder, card, out)
  local path = folder .. "/card.txt"
  local text, number = read(path) or "", 0
  for line in text:gmatch "[^\n]+" do
    number = number + 1
    if not line:find "^[%w_.-]+=" and not line:find "^#" then
      tsv.fail(path, number, "lines of the card are \"key=value\" or comments with #")
    end
    if not line:find "^#" then card[#card + 1] = line end
  end
  out[#out + 1] = { id = "INFO", version = 1, bytes = table.concat(card, "\n") .. "\n" }
end

local function main(target, lexicon_folder, model_folder)
  local card = {}
  local sections = compiled(setmetatable({ folder = lexicon_folder }, Lexicon), card)
  ready(model_folder, sections)
  add_card(model_folder, card, sections)
  table.sort(sections, function(a, b) return a.id < b.id end)
  for i = 2, #sections do
    if sections[i].id == sections[i - 1].id then
      tsv.fail(model_folder, 0, ("section %s comes twice, from a file and from a compiler: "
        .. "remove one"):format(sections[i].id))
    end
  end
  local bytes = container(sections)
  local f, why = io.open(target, "wb")
  if not f then
    tsv.fail(target, 0, "cannot be written (" .. why .. "): check folder and rights")
  end
  f:write(bytes)
  f:close()
end

local target = arg[1]
if not target or target:find "^%-" then
  io.stderr:write("usage: lua5.4 tools/pack.lua OUT [LEXICON-FOLDER [MODEL-FOLDER]]\n")
  os.exit(2)
end
local model_folder = arg[3] or target:match "^(.*)/[^/]*$" or "."
local ok, err = xpcall(main, function(e)
  return type(e) == "table" and e or debug.traceback(e, 2)
end, target, arg[2] or "lexicon", model_folder)
if not ok then
  io.stderr:write(type(err) == "table" and err.message or err, "\n")
  os.exit(2)
end
