#!/usr/bin/env lua5.4
-- silver.lua pack DATA OUT FILE.jsonl ... - keeps what a larger model found in raw text without the
-- text itself: where each part stands in DATA/text, and the names' places, types and probabilities.
-- silver.lua unpack DATA PACKED DIR - makes the files anew, for corpus.lua.
--
-- A line of a file: {"doc": "ID#PART", "text", "entities": [[start, end, TYPE, probability], ...],
-- "src"}; code points; the text is a run of a document's lines that are not blank, without the
-- white space at their ends. Probabilities are cut to hundredths, ids to the first line's number.
--
-- The packed file (xz outside): "ENTS1\n"; for each file a line "NAME SRC parts entities", then 8
-- columns, each a line with its number of bytes and the bytes: numbers of 7 bits a byte, lowest
-- first. By part: document less the one before (sign in the lowest bit), first line, lines, names;
-- by name: start less the end before (sign too), length, type, hundredths.
local cjson = require "cjson"

local MAGIC = "ENTS1\n"
local TYPES = {"PER", "ORG", "LOC", "MISC", "X"}
local NUMBER = {}
for i, t in ipairs(TYPES) do NUMBER[t] = i end

local function fail(...)
    io.stderr:write("silver.lua: ", string.format(...), "\n")
    os.exit(1)
end

-- ---- numbers -------------------------------------------------------------------------------

local function put(column, n)
    while n >= 128 do
        column[#column + 1] = string.char(n % 128 + 128)
        n = n // 128
    end
    column[#column + 1] = string.char(n)
end

local function signed(n) return n < 0 and -n * 2 - 1 or n * 2 end
local function unsigned(n) return n % 2 == 1 and -(n + 1) // 2 or n // 2 end

-- a function that gives the numbers of a column in turn
local function reader(s)
    local at = 0
    return function()
        local n, shift = 0, 0
        while true do
            at = at + 1
            local b = s:byte(at)
            if not b then fail("the packed file is cut short") end
            n = n + ((b & 127) << shift)
            if b < 128 then return n end
            shift = shift + 7
        end
    end
end

-- ---- texts ---------------------------------------------------------------------------------

-- white space of Unicode beyond ASCII
local WIDE = {}
for cp in ("85 A0 1680 2000 2001 2002 2003 2004 2005 2006 2007 2008 2009 200A 2028 2029 202F 205F "
    .. "3000"):gmatch "%x+" do
    WIDE[utf8.char(tonumber(cp, 16))] = true
end

local function strip(s)
    while true do
        local t = s:match "^[\t-\r\x1c-\x20]*(.-)[\t-\r\x1c-\x20]*$"
        local head, tail = t:match "^[\xC2-\xF4][\x80-\xBF]+", t:match "[\xC2-\xF4][\x80-\xBF]+$"
        if head and WIDE[head] then t = t:sub(#head + 1) end
        if tail and WIDE[tail] and #t >= #tail then t = t:sub(1, -#tail - 1) end
        if t == s then return s end
        s = t
    end
end

local function lines_of(text)
    local list = {}
    for line in (text .. "\n"):gmatch "(.-)\n" do
        line = strip(line)
        if line ~= "" then list[#list + 1] = line end
    end
    return list
end

-- Calls fn(number from 0, document) for each document of a raw text.
local function documents(data, src, fn)
    local path = ("%s/text/%s.jsonl.xz"):format(data, src)
    local p = assert(io.popen(("xz -dc '%s'"):format(path)))
    local n = 0
    for line in p:lines() do
        fn(n, line)
        n = n + 1
    end
    if not p:close() or n == 0 then fail("cannot read %s", path) end
end

-- ---- packing -------------------------------------------------------------------------------

-- Where the part's lines stand in the document's, from line `from` on and then from the start.
local function find(part, doc, from)
    for k = 0, #part > 0 and #doc - 1 or -1 do
        local at = (from + k) % #doc
        local i = 1
        while part[i] and doc[at + i] == part[i] do i = i + 1 end
        if i > #part then return at end
    end
end

local function read_parts(path)
    local parts = {}
    for line in io.lines(path) do parts[#parts + 1] = cjson.decode(line) end
    if #parts == 0 then fail("%s is empty", path) end
    return parts
end

-- Gives each part its document and first line.
local function place(data, src, parts)
    local by_id, left = {}, #parts
    for _, p in ipairs(parts) do
        local id = p.doc:gsub("#%d+$", "")
        by_id[id] = by_id[id] or {}
        table.insert(by_id[id], p)
    end
    documents(data, src, function(n, line)
        local d = cjson.decode(line)
        local here = by_id[d.doc]
        if not here then return end
        local doc, from = lines_of(d.text), 0
        for _, p in ipairs(here) do
            local part = lines_of(p.text)
            local at = not p.n and find(part, doc, from)
            if at then
                p.n, p.first, p.lines, from = n, at, #part, at + #part
                left = left - 1
            end
        end
    end)
    for _, p in ipairs(left > 0 and parts or {}) do
        if not p.n then fail("%s: %s is not in the raw text", src, p.doc) end
    end
end

local function put_part(c, p, before)
    put(c[1], signed(p.n - before))
    put(c[2], p.first)
    put(c[3], p.lines)
    put(c[4], #p.entities)
    local at = 0
    for _, e in ipairs(p.entities) do
        put(c[5], signed(e[1] - at))
        put(c[6], e[2] - e[1])
        put(c[7], NUMBER[e[3]] or fail("%s: type %s", p.doc, e[3]))
        put(c[8], math.floor(e[4] * 1000 + 0.5) // 10)
        at = e[2]
    end
    return #p.entities
end

local function pack(data, out, paths)
    local f = assert(io.popen(("xz -9e >'%s'"):format(out), "w"))
    f:write(MAGIC)
    for _, path in ipairs(paths) do
        local parts = read_parts(path)
        local src = parts[1].src
        place(data, src, parts)
        local c, before, names = {{}, {}, {}, {}, {}, {}, {}, {}}, 0, 0
        for _, p in ipairs(parts) do
            if p.src ~= src then fail("%s: parts of %s and of %s", path, src, p.src) end
            names = names + put_part(c, p, before)
            before = p.n
        end
        f:write(("%s %s %d %d\n"):format(path:match "([^/]+)%.jsonl$", src, #parts, names))
        for _, column in ipairs(c) do
            local s = table.concat(column)
            f:write(#s, "\n", s)
        end
        print(("%s: %d parts, %d names"):format(path, #parts, names))
    end
    if not f:close() then fail("cannot write %s", out) end
end

-- ---- unpacking -----------------------------------------------------------------------------

local function read_section(f, head)
    local name, src, parts = head:match "^(%S+) (%S+) (%d+) %d+$"
    if not name then fail("not a packed file") end
    local c, list, n = {}, {}, 0
    for i = 1, 8 do
        local size = f:read "n"
        f:read "l"
        c[i] = reader(size and f:read(size) or "")
    end
    for i = 1, tonumber(parts) do
        n = n + unsigned(c[1]())
        local p = {n = n, first = c[2](), lines = c[3](), entities = {}}
        local at = 0
        for k = 1, c[4]() do
            local from = at + unsigned(c[5]())
            at = from + c[6]()
            p.entities[k] = ("[%d,%d,%q,%.2f]"):format(from, at, TYPES[c[7]()], c[8]() / 100)
        end
        list[i] = p
    end
    return name, src, list
end

local function fill(data, src, parts)
    local by_doc = {}
    for _, p in ipairs(parts) do
        by_doc[p.n] = by_doc[p.n] or {}
        table.insert(by_doc[p.n], p)
    end
    documents(data, src, function(n, line)
        if not by_doc[n] then return end
        local d = cjson.decode(line)
        local doc = lines_of(d.text)
        for _, p in ipairs(by_doc[n]) do
            p.doc = d.doc .. "#" .. p.first
            p.text = table.concat(doc, "\n", p.first + 1, p.first + p.lines)
        end
    end)
end

local function unpack_all(data, packed, dir)
    local f = assert(io.popen(("xz -dc '%s'"):format(packed)))
    if f:read(#MAGIC) ~= MAGIC then fail("%s is no packed file", packed) end
    os.execute(("mkdir -p '%s'"):format(dir))
    for head in f:lines() do
        local name, src, parts = read_section(f, head)
        fill(data, src, parts)
        local out = assert(io.open(("%s/%s.jsonl"):format(dir, name), "wb"))
        for _, p in ipairs(parts) do
            if not p.text then fail("%s has changed: document %d is missing", src, p.n) end
            out:write(('{"doc":%s,"text":%s,"entities":[%s],"src":"%s"}\n'):format(
                cjson.encode(p.doc), cjson.encode(p.text), table.concat(p.entities, ","), src))
        end
        assert(out:close())
    end
    f:close()
end

if arg[1] == "pack" and arg[4] then
    pack(arg[2], arg[3], {table.unpack(arg, 4)})
elseif arg[1] == "unpack" and arg[4] then
    unpack_all(arg[2], arg[3], arg[4])
else
    io.stderr:write("usage: silver.lua pack DATA OUT FILE.jsonl ...\n",
        "       silver.lua unpack DATA PACKED DIR\n")
    os.exit(2)
end
