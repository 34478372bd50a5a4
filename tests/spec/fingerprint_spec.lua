-- The packer's fingerprints; the same numbers stand in tests/c/test_fingerprint.c for the core's.
package.path = "tools/?.lua;" .. package.path
local fp = require "fingerprint"

local function lower_hash(s)
  return fp.hash(fp.lower(s))
end

local function letters(first, last)
  local h = 0
  for c = first, last do h = fp.join(h, lower_hash(utf8.char(c))) end
  return h
end

local function made_up()
  local syllable = { "Ka", "lo", "Mé", "ri", "šu", "ten", "Øst", "ya" }
  local h = 0
  for i = 0, 299 do
    local word = {}
    for k = 0, 1 + i % 4 do word[k + 1] = syllable[(i // (k + 1) + k * k) % 8 + 1] end
    h = fp.join(h, lower_hash(table.concat(word)))
  end
  return h
end

-- Every number of the C test, in its order.
local function numbers()
  local out = {}
  for _, w in ipairs { "Putin", "São", "ÇANAKKALE", "İstanbul", "O’Brien",
    "Σίσυφος", "МОСКВА", "Nagorno–Karabakh" } do
    out[#out + 1] = lower_hash(w)
  end
  out[#out + 1] = letters(0x41, 0x24F)
  out[#out + 1] = letters(0x370, 0x3FF)
  out[#out + 1] = letters(0x400, 0x52F)
  out[#out + 1] = letters(0x1E00, 0x1EFF)
  out[#out + 1] = made_up()
  return out
end

describe("tools/fingerprint.lua", function()
  it("gives the numbers that the core's test expects", function()
    local expected = {}
    for line in io.lines "tests/c/test_fingerprint.c" do
      for hex in line:gmatch "0x(%x%x%x%x%x%x%x%x)" do
        expected[#expected + 1] = tonumber(hex, 16)
      end
    end
    assert.are.same(expected, numbers())
  end)

  it("cuts phrases as the tokeniser does", function()
    assert.are.same({ "people", "'s", "party" }, fp.words "People’s Party")
    assert.are.same({ "seafarers", "'", "union" }, fp.words "Seafarers' Union")
    assert.are.same({ "us", "senate" }, fp.words "U.S. Senate")
    assert.are.same({ "al", "assad" }, fp.words "al-Assad")
    assert.are.same({ "washington", ",", "dc" }, fp.words "Washington, D.C.")
  end)

  it("takes marks off letters", function()
    assert.are.equal("sao tome", fp.plain "são tomé")
    assert.are.equal("gross", fp.plain "groß")
  end)
end)
