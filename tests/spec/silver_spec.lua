-- What a larger model found in raw text is kept without the text; with the text it comes back.
local function shell(command)
  local pipe = assert(io.popen(command .. " 2>&1; echo \"status $?\""))
  local out = pipe:read "a"
  pipe:close()
  return out:match "^(.*)status (%d+)\n$"
end

local function write(path, text)
  local f = assert(io.open(path, "wb"))
  f:write(text)
  f:close()
end

local function read(path)
  local f = assert(io.open(path, "rb"))
  local text = f:read "a"
  f:close()
  return text
end

local RAW = [[
{"doc":"a","text":"Nobody spoke.\n\u00a0 Ana met Bo.\u2003\n\n \nThen Bo left."}
{"doc":"b","text":"Ana met Bo.\nAna met Bo.\r\n"}
]]
-- The lines of a file, with the part of document b called by this number and these probabilities.
local function found(b, p1, p2, p3, p4)
  return ('{"doc":"b#%d","text":"Ana met Bo.","entities":[],"src":"t"}\n'):format(b)
    .. '{"doc":"a#1","text":"Ana met Bo.\\nThen Bo left.","entities":[[0,3,"PER",' .. p1
    .. '],[8,10,"LOC",' .. p2 .. '],[17,19,"PER",' .. p3 .. '],[17,24,"ORG",' .. p4
    .. ']],"src":"t"}\n'
end

local FOUND = found(1, "0.987", "0.57", "1.0", "0.549")
local AGAIN = found(0, "0.98", "0.57", "1.00", "0.54")
local has_cjson = pcall(require, "cjson")

describe("tools/silver.lua", function()
  local folder

  before_each(function()
    folder = os.tmpname()
    os.remove(folder)
    assert(os.execute("mkdir -p " .. folder .. "/text"))
    write(folder .. "/text/t.jsonl", RAW)
    assert(os.execute("xz " .. folder .. "/text/t.jsonl"))
  end)

  after_each(function()
    os.execute("rm -r " .. folder)
  end)

  local function silver(args)
    return shell("lua5.4 tools/silver.lua " .. args:gsub("DIR", folder))
  end

  it("keeps places, types and probabilities in order", function()
    if not has_cjson then pending "lua-cjson is not installed" return end
    write(folder .. "/found.jsonl", FOUND)
    local out, status = silver "pack DIR DIR/packed DIR/found.jsonl"
    assert.are.equal("0", status, out)
    assert.is_nil(read(folder .. "/packed"):find("Ana", 1, true))
    out, status = silver "unpack DIR DIR/packed DIR/again"
    assert.are.equal("0", status, out)
    assert.are.equal(AGAIN, read(folder .. "/again/found.jsonl"))
  end)

  it("says which part is not in the text", function()
    if not has_cjson then pending "lua-cjson is not installed" return end
    write(folder .. "/found.jsonl", (FOUND:gsub("met Bo%.\"", "met Bob.\"")))
    local out, status = silver "pack DIR DIR/packed DIR/found.jsonl"
    assert.are.equal("1", status)
    assert.are.equal("silver.lua: t: b#1 is not in the raw text\n", out)
  end)

  it("says that a file is not packed", function()
    if not has_cjson then pending "lua-cjson is not installed" return end
    local out, status = silver "unpack DIR DIR/text/t.jsonl.xz DIR/again"
    assert.are.equal("1", status)
    assert.truthy(out:find("is no packed file", 1, true))
  end)
end)
