-- The lexicon's compiler: what it says when a file is wrong, and that it says the same twice.
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

describe("tools/pack.lua", function()
  local folder

  before_each(function()
    folder = os.tmpname()
    os.remove(folder)
    assert(os.execute("mkdir -p " .. folder .. "/lexicon " .. folder .. "/model"))
  end)

  after_each(function()
    os.execute("rm -r " .. folder)
  end)

  local function pack(files)
    for name, text in pairs(files) do write(folder .. "/" .. name, text) end
    return shell(("lua5.4 tools/pack.lua %s/out %s/lexicon %s/model")
      :format(folder, folder, folder))
  end

  -- The message without the folder, and the status.
  local function complaint(files)
    local out, status = pack(files)
    return (out:gsub(folder:gsub("%p", "%%%0") .. "/", ""):gsub("\n$", "")), tonumber(status)
  end

  local cases = {
    { "an empty column", "countries.tsv", "RU\tRussia\n\tGermany\n",
      "2: column 1 (iso) is empty: fill it in; columns are separated by tabs" },
    { "too many columns", "given.tsv", "# names\nAnna\tfemale\tSweden\n",
      "2: 3 columns, at most 2 are known (name, marks): check the tabs" },
    { "a wrong code", "countries.tsv", "Ru\tRussia\n",
      "1: \"Ru\" is no ISO 3166 code: two capitals, or - where there is none" },
    { "an unknown country", "places.tsv", "\n# a\n\nLima\tPE\n",
      "4: country \"PE\" is not in countries.tsv: correct the code or leave it empty" },
    { "an unknown mark", "titles.tsv", "king\tmail\n",
      "1: mark \"mail\" is not known: use word, case, male, female, region or a weight "
        .. "from 0 to 255" },
    { "an unknown class", "words.tsv", "the\tdet\nof\tpreposition\n",
      "2: class \"preposition\" is not known: lexicon/words.tsv names them at its top" },
    { "a list with a hole", "countries.tsv", "RU\tRussia\tUSSR;;CIS\n",
      "1: list with an empty item: write \"a;b;c\", not \"USSR;;CIS\"" },
    { "white space at the end", "family.tsv", "Putin\nMerz \n",
      "2: white space at the end of the line: remove it" },
    { "carriage returns", "family.tsv", "Putin\r\n",
      "1: carriage return: save the file with Unix line ends" },
    { "another encoding", "family.tsv", "Putin\nM\xfcller\n",
      "2: bytes that are not UTF-8: save the file as UTF-8" },
    { "a phrase without a word", "titles.tsv", "...\n", "1: \"...\" holds no word: remove it" },
    { "a phrase too long", "orgs.tsv", "A b c d e f g h i j k l m\n",
      "1: \"A b c d e f g h i j k l m\" has 13 words, at most 12 are kept: shorten it" },
  }
  for _, case in ipairs(cases) do
    it("names file and line of " .. case[1], function()
      local out, status = complaint { ["lexicon/" .. case[2]] = case[3] }
      assert.are.equal("lexicon/" .. case[2] .. ":" .. case[4], out)
      assert.are.equal(2, status)
    end)
  end

  it("refuses a section under a wrong name", function()
    local out, status = complaint { ["model/TAGGER.bin"] = "x" }
    assert.are.equal("model/TAGGER.bin:0: name it by its section's four letters: TAG_.bin", out)
    assert.are.equal(2, status)
  end)

  it("refuses a section that comes twice", function()
    local out, status = complaint { ["model/GAZ_.bin"] = "x", ["lexicon/family.tsv"] = "Putin\n" }
    assert.are.equal("model:0: section GAZ_ comes twice, from a file and from a compiler: "
      .. "remove one", out)
    assert.are.equal(2, status)
  end)

  it("says how it is called", function()
    local out, status = shell "lua5.4 tools/pack.lua"
    assert.are.equal("usage: lua5.4 tools/pack.lua OUT [LEXICON-FOLDER [MODEL-FOLDER]]\n", out)
    assert.are.equal("2", status)
  end)

  it("makes the same bytes from the same files", function()
    local files = {
      ["lexicon/countries.tsv"] = "# code\tname\n"
        .. "RU\tRussia\tUSSR [case]\tRussian\tRussians\tMoscow\n",
      ["lexicon/orgs.tsv"] = "United Nations\tUN;U.N.\t\t200\n",
      ["model/TAG_.bin"] = "weights",
      ["model/card.txt"] = "# card\ndate=2026-01-02\n",
    }
    local _, status = pack(files)
    assert.are.equal("0", status)
    local first = assert(io.open(folder .. "/out", "rb")):read "a"
    pack(files)
    assert.are.equal(first, assert(io.open(folder .. "/out", "rb")):read "a")
    assert.are.equal("ENTMODEL", first:sub(1, 8))
    assert.truthy(first:find("date=2026-01-02\n", 1, true))
    assert.truthy(first:find("weights", 1, true))
    assert.truthy(first:find("United Nations", 1, true))
  end)
end)
