-- Writes what the fuzzers of the C core start from: FOLDER/TARGET/seed-N, and FOLDER/words.dict.
-- The same every time. Usage: lua5.4 tests/fuzz/seeds.lua FOLDER
local folder = arg[1]

local function read(path)
  local f = assert(io.open(path, 'rb'))
  local s = f:read 'a'
  f:close()
  return s
end

local count = {}
local function seed(target, s)
  if not count[target] then
    os.execute(('mkdir -p %s/%s'):format(folder, target))
  end
  count[target] = (count[target] or 0) + 1
  local f = assert(io.open(('%s/%s/seed-%d'):format(folder, target, count[target]), 'wb'))
  f:write(s)
  f:close()
end

local state = 12345
local function below(n)
  state = (state * 1103515245 + 12345) % 2147483648
  return state // 65536 % n
end

local function noise(n)
  local out = {}
  for i = 1, n do
    out[i] = string.char(below(256))
  end
  return table.concat(out)
end

-- Texts: pieces of our own pages, each of another kind of markup.
local texts = {}
for _, path in ipairs { 'doc/try.txt', 'README.md', 'doc/entente.1', 'doc/entente.txt',
  'doc/lua.md', 'CHANGELOG.md', 'src/doc.h' } do
  local s = read(path)
  for at = 1, math.min(#s, 12000), 1500 do
    texts[#texts + 1] = s:sub(at, at + 1499)
  end
end
for i, s in ipairs(texts) do
  seed('text', s)
  -- a script of edits: how much is text, the text, then operations
  seed('doc', string.char(math.min(255, #s // 8)) .. s .. noise(100 + i * 7 % 300))
end
for i = 1, 24 do
  seed('doc', noise(i * 40))
  seed('user', noise(i * 30))
end

-- Models: the header alone; small sections of the packed one; changes to it.
local model = read 'model/entente.model'
local pack, unpack = string.pack, string.unpack -- luacheck: ignore
local function small(ids)
  local table_, body, chosen = {}, {}, {}
  for i = 0, unpack('<I4', model, 13) - 1 do
    local id, version, offset, size = unpack('<c4I4I4I4', model, 33 + 16 * i)
    if ids[id] then
      chosen[#chosen + 1] = { id, version, model:sub(offset + 1, offset + math.min(size, ids[id])) }
    end
  end
  local at = 32 + 16 * #chosen
  for i, c in ipairs(chosen) do
    table_[i] = pack('<c4I4I4I4', c[1], c[2], at, #c[3])
    body[i] = c[3] .. ('\0'):rep(-#c[3] % 16)
    at = at + #body[i]
  end
  return model:sub(1, 12) .. pack('<I4I8I8', #chosen, at, 0) .. table.concat(table_)
    .. table.concat(body)
end
seed('model', '\0' .. small {})
seed('model', '\1' .. small {})
seed('model', '\1' .. small { INFO = 4000 })
seed('model', '\1' .. small { INFO = 4000, LINK = 4000 })
seed('model', '\1' .. small { GAZ_ = 3000 })
seed('model', '\1' .. small { CLAI = 3000, TAG_ = 2000 })
for section = 0, 6 do
  for far = 0, 3 do
    seed('model', pack('BB', 2, section + 7 * far) .. noise(12))
    local at = pack('<I2', below(64))
    seed('model', pack('BB', 2, section + 7 * far) .. at .. '\3\255\255\255\255')
  end
end

local escapes = { ['\\n'] = '\\x0A', ['\\r'] = '\\x0D', ['\\t'] = '\\x09' }
local dict = assert(io.open(folder .. '/words.dict', 'w'))
for line in io.lines 'tests/fuzz/words.inc' do
  local word = line:match '^(".*"),$'
  if word then
    dict:write((word:gsub('\\[nrt]', escapes)), '\n')
  end
end
dict:close()
