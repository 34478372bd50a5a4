#!/usr/bin/env lua5.4
-- corpus.lua DATA OUT [SILVER] - turns the open training sets into one file of sentences for the
-- trainer,
-- and the development sets into files of documents.
--
-- The training sets come as tokens; the tagger sees raw text. So the tokens are put together again
-- as a writer would have set them, and the trainer tokenises that text with the core's own code.
--
-- A line of the output:  KIND <tab> SET <tab> TEXT <tab> START:END:TYPE ...   (bytes)
-- KIND is S (one sentence) or D (a document, to be cut into sentences). Tabs, newlines and
-- backslashes in TEXT are written \t \n \\ (one character each in the text).
local cjson = require "cjson"

local data, out, silver = arg[1], arg[2], arg[3]
if not out then
    io.stderr:write("usage: corpus.lua DATA OUTDIR [SILVERDIR]\n")
    os.exit(2)
end

-- ---- putting tokens together ---------------------------------------------------------------

local CLOSE = {}
for w in (", . ; : ! ? ) ] } % 's 'S ’s 're 've 'll 'd 'm n't ’re ’ve ’ll ’d ’m n’t ... … ” ’ '"
    .. " N'T 'RE 'LL 'VE"):gmatch "%S+" do
    CLOSE[w] = true
end
local OPEN = {["("] = true, ["["] = true, ["{"] = true, ["$"] = true, ["“"] = true, ["‘"] = true,
    ["£"] = true, ["€"] = true}
-- Sets whose tokenisers split words at hyphens and slashes.
local SPLITS = {gum = true, uner_ewt = true, btc = true}

-- true when no space stands between tokens a and b; `st` keeps open quotation marks
local function tight(set, a, b, st)
    local quote = b == '"' or b == "``" or b == "''" or b == '\'"\''
    if OPEN[a] or st.after_open then return true end
    if CLOSE[b] then return true end
    if quote and st.quote_open then return true end
    if SPLITS[set] then
        if (b == "-" and a:match "[%w\128-\255]$") or (a == "-" and b:match "^[%w\128-\255]"
            and st.hyphen) then
            return true
        end
        if b == "/" or a == "/" then return true end
    end
    if set == "btc" and (a == "@" or a == "#") then return true end
    return false
end

local QUOTES = {["``"] = '"', ["''"] = '"', ['\'"\''] = '"'}

-- tokens -> text, first byte and end of each token (0-based, half-open)
local function join(set, toks)
    local parts, from, to, pos = {}, {}, {}, 0
    local st = {quote_open = false, after_open = false, hyphen = false}
    for i, w in ipairs(toks) do
        local shown = QUOTES[w] or w
        local close = i > 1 and tight(set, toks[i - 1], w, st)
        if i > 1 and not close then
            parts[#parts + 1] = " "
            pos = pos + 1
        end
        st.hyphen = w == "-" and close
        st.after_open = false
        if shown == '"' then
            st.quote_open = not st.quote_open
            st.after_open = st.quote_open
        end
        parts[#parts + 1] = shown
        from[i], to[i] = pos, pos + #shown
        pos = pos + #shown
    end
    return table.concat(parts), from, to
end

-- ---- spans ---------------------------------------------------------------------------------

local LEAD = {the = true, The = true, THE = true, ["\""] = true, ["“"] = true, a = true, A = true}
local TAIL = {["'s"] = true, ["’s"] = true, ["'"] = true, [","] = true, ["\""] = true, ["”"] = true}

local TITLE = {}
for w in ("Mr. Mr Mrs. Mrs Ms. Ms Dr. Dr Gen. Gen General Lt. Col. Colonel Sgt. Capt. Captain "
    .. "Sen. Senator Rep. Gov. Governor President Prime Minister King Queen Prince Princess Pope "
    .. "Sir Lord Lady Sheikh Ayatollah Imam Prof. Professor Judge Justice Emperor "
    .. "Empress Duke Baron Tsar Archbishop Cardinal Mullah Maulana"):gmatch "%S+" do
    TITLE[w] = true
end

-- Names as our guide wants them: no determiner before, no title of a person, no possessive behind.
local function trim(toks, a, b, kind)
    while a < b and (LEAD[toks[a]] or kind == "PER" and TITLE[toks[a]]) do a = a + 1 end
    while b > a and TAIL[toks[b]] do b = b - 1 end
    return a, b
end

-- Adjectives and names of peoples: no place, whatever a set says ("Russian", "South Koreans").
local DEMONYM = {}
for line in io.lines(data .. "/gazetteer/demonyms.tsv") do
    local name, kind = line:match "^([^\t]*)\t([^\t]*)"
    if kind ~= "name" then DEMONYM[name:lower()] = true end
end
for line in io.lines(data .. "/gazetteer/countries.tsv") do
    DEMONYM[line:match "^([^\t]*)":lower()] = nil
end

local function spans(toks, tags)
    local list, i = {}, 1
    while i <= #toks do
        local kind = tags[i]:match "^[BI]%-(.+)"
        if kind then
            local j = i
            while j < #toks and tags[j + 1] == "I-" .. kind do j = j + 1 end
            local a, b = trim(toks, i, j, kind)
            local words = table.concat(toks, " ", a, b):lower()
            if kind == "LOC" and DEMONYM[words] then kind = "MISC" end
            list[#list + 1] = {a, b, kind}
            i = j + 1
        else
            i = i + 1
        end
    end
    return list
end

local ESC = {["\t"] = "\\t", ["\n"] = "\\n", ["\\"] = "\\\\", ["\r"] = " "}
local function escape(s)
    return (s:gsub("[\t\n\r\\]", ESC))
end

local function emit(f, kind, set, text, ents)
    f:write(kind, "\t", set, "\t", escape(text), "\t", table.concat(ents, " "), "\n")
end

-- ---- augmentation --------------------------------------------------------------------------
-- Copies of sentences with other names, titles and capitals, so that the tagger leans on what
-- stands around a name and on how names are built, not on the names of the training years.

local state = 20261124
local function rnd(n) -- 1 .. n
    state = (state * 1103515245 + 12345) & 0x7fffffff
    return (state >> 8) % n + 1
end
local function chance(percent) return rnd(1000) <= percent * 10 end
local function one(list) return list[rnd(#list)] end

local function words_of(s)
    local w = {}
    s = s:gsub("([%w\128-\255])%-([%w\128-\255])", "%1 - %2"):gsub(",", " ,")
    for x in s:gmatch "%S+" do w[#w + 1] = x end
    return w
end

local function column(name, keep)
    local list, head = {}, true
    for line in io.lines(data .. "/gazetteer/" .. name .. ".tsv") do
        local f = {}
        for x in (line .. "\t"):gmatch "(.-)\t" do f[#f + 1] = x end
        if not head and keep(f) then list[#list + 1] = words_of(f[1]) end
        head = false
    end
    return list
end

local function plain(f) return f[5] == "" or f[5]:match "^[dm]$" end
local BAG = {
    PER = column("people", function(f) return f[1]:find " " and not f[1]:find "[%d(]" end),
    GIVEN = column("given_names", function(f) return plain(f) and not f[1]:find " " end),
    FAMILY = column("family_names", function(f)
        return plain(f) and not f[1]:find " " and #f[1] > 3
    end),
    LOC = column("places", plain),
    ORG = column("orgs", function(f)
        return f[5] == "" and not f[1]:find "[%d(]" and #f[1] < 60
    end),
    COUNTRY = column("countries", function(f) return f[2] == "country" and f[5] == "" end),
}
local TITLES = {"Mr.", "Mr", "Mrs.", "Mrs", "Ms.", "Ms", "Dr.", "Dr", "Gen.", "Gen", "General",
    "Col", "Prof",
    "Professor", "Sen.", "Justice", "Judge", "Sheikh", "President", "Prime Minister", "Minister",
    "Foreign Minister", "Pope", "King", "Prince", "Emperor", "Lt Gen", "Senator", "Governor", "Sir",
    "Shri", "Chancellor", "Secretary", "Imam", "Chief", "Captain", "Ambassador", "Rep", "Hon"}
local CAPS = "ABCDEFGHIJKLMNOPRSTUVW"
local AGENCIES = {"Reuters", "AP", "AFP", "Xinhua", "VOA", "TASS", "ANI", "PTI", "Bloomberg"}
local MONTHS = {"Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov",
    "Dec"}

local function acronym()
    local s = ""
    for _ = 1, rnd(4) + 1 do
        local k = rnd(#CAPS)
        s = s .. CAPS:sub(k, k)
    end
    return {s}
end

local seen_orgs = {} -- organisations of the training sets

local function another(kind, old, country)
    if kind == "PER" then
        if #old == 1 then return one(BAG.FAMILY) end
        if chance(50) then return one(BAG.PER) end
        return {one(BAG.GIVEN)[1], one(BAG.FAMILY)[1]}
    elseif kind == "LOC" then
        return one((country or chance(50)) and BAG.COUNTRY or BAG.LOC)
    elseif chance(15) and #old == 1 then
        return acronym()
    end
    return chance(60) and #seen_orgs > 100 and one(seen_orgs) or one(BAG.ORG)
end

-- A copy of the sentence with other names and titles.
local function renamed(toks, tags)
    local t, g, i = {}, {}, 1
    local function add(words, kind)
        for k, w in ipairs(words) do
            t[#t + 1] = w
            g[#g + 1] = kind and ((k == 1 and "B-" or "I-") .. kind) or "O"
        end
    end
    while i <= #toks do
        local kind = tags[i]:match "^B%-(.+)"
        if kind == "PER" or kind == "ORG" or kind == "LOC" then
            local old, j = {toks[i]}, i + 1
            while j <= #toks and tags[j] == "I-" .. kind do
                old[#old + 1] = toks[j]
                j = j + 1
            end
            local new = chance(kind == "LOC" and 10 or 70) and another(kind, old) or old
            if kind == "PER" and chance(25) and not TITLE[toks[i - 1]] then
                add(words_of(one(TITLES)))
                if chance(50) then new = {new[#new]} end
            end
            if kind == "PER" and #new == 2 and chance(12) then
                new = {new[1], CAPS:sub(rnd(20)):sub(1, 1) .. ".", new[2]}
            end
            add(new, kind)
            i = j
        else
            local w = toks[i]
            if w:match "^[MDG][resn]+%.$" and chance(40) then w = w:sub(1, -2) end
            add({w}, kind)
            if not kind then g[#g] = tags[i] end
            i = i + 1
        end
    end
    return t, g
end

local SMALL = {}
for w in ("a an and as at but by for from in into of on or the to with over after"):gmatch "%S+" do
    SMALL[w] = true
end

local function upper(w) return w:upper() end
local function lower(w) return w:lower() end
local function title(w)
    if SMALL[w:lower()] and chance(80) then return w:lower() end
    return (w:gsub("^%l", string.upper))
end

-- The same in capitals, in title case or in small letters.
local function recased(toks, tags, fn)
    local t = {}
    for i, w in ipairs(toks) do t[i] = w:match "^http" and w or fn(w) end
    return t, tags
end

-- "BELGRADE, Nov 24 (Reuters) - " before it.
local function datelined(toks, tags)
    local t, g = {}, {}
    local function add(w, tag) t[#t + 1], g[#g + 1] = w, tag end
    local place = one(chance(30) and BAG.COUNTRY or BAG.LOC)
    local up = chance(80)
    for k, w in ipairs(place) do add(up and w:upper() or w, k == 1 and "B-LOC" or "I-LOC") end
    if chance(25) then
        add(",", "O")
        for k, w in ipairs(one(BAG.COUNTRY)) do add(w, k == 1 and "B-LOC" or "I-LOC") end
    end
    if chance(50) then
        add(",", "O")
        add(one(MONTHS), "O")
        add(tostring(rnd(30)), "O")
    end
    if chance(50) then
        add("(", "O")
        add(one(AGENCIES), "B-ORG")
        add(")", "O")
    end
    add(one {"-", "–", "—", "--", ":"}, "O")
    for i, w in ipairs(toks) do add(w, tags[i]) end
    return t, g
end

-- ---- reading -------------------------------------------------------------------------------

local function write_sentence(f, set, toks, tags)
    local text, from, to = join(set, toks)
    local ents = {}
    for _, s in ipairs(spans(toks, tags)) do
        ents[#ents + 1] = ("%d:%d:%s"):format(from[s[1]], to[s[2]], s[3])
    end
    emit(f, "S", set, text, ents)
end

local function remember(toks, tags)
    local cur
    for i, w in ipairs(toks) do
        if tags[i] == "B-ORG" then
            cur = {w}
            seen_orgs[#seen_orgs + 1] = cur
        elseif tags[i] == "I-ORG" and cur then
            cur[#cur + 1] = w
        else
            cur = nil
        end
    end
end

local AUGMENT = os.getenv "AUGMENT" ~= "0"
local function sentence(f, set, toks, tags)
    if #toks == 0 then return end
    write_sentence(f, set, toks, tags)
    if not AUGMENT then return end
    remember(toks, tags)
    local named = false
    for _, t in ipairs(tags) do named = named or t:match "^B%-[POL]" end
    if named and chance(40) then write_sentence(f, set, renamed(toks, tags)) end
    if chance(5) and #toks < 25 then write_sentence(f, set, recased(toks, tags, upper)) end
    if chance(5) and #toks < 25 then write_sentence(f, set, recased(toks, tags, title)) end
    if chance(3) then write_sentence(f, set, recased(toks, tags, lower)) end
    if chance(4) then write_sentence(f, set, datelined(toks, tags)) end
end

local function conll(f, set, path)
    local toks, tags = {}, {}
    for line in io.lines(path) do
        if line == "" then
            sentence(f, set, toks, tags)
            toks, tags = {}, {}
        elseif not line:match "^# doc = " then
            local w, t = line:match "^(.-)\t([^\t]*)$"
            toks[#toks + 1], tags[#tags + 1] = w, t
        end
    end
    sentence(f, set, toks, tags)
end

-- byte offset of each code point of s, and of its end
local function bytes_of(s)
    local map, n = {}, 0
    for p in utf8.codes(s, true) do
        map[n] = p - 1
        n = n + 1
    end
    map[n] = #s
    return map
end

-- What the scorer's --trim does, for bytes [a, b) of s.
local function trim_bytes(s, a, b)
    local t = s:sub(a + 1, b)
    local lead = #(t:match "^[%s\"'%(%[]*[Tt][Hh][Ee]%s+" or t:match "^[%s\"'%(%[]+" or "")
    if lead < #t then a = a + lead end
    t = s:sub(a + 1, b)
    local tail = #(t:match "['’]+s$" or t:match "[%s\"'%)%],;:]+$" or "")
    if tail < #t then b = b - tail end
    return a, b
end

local function jsonl(f, set, path)
    for line in io.lines(path) do
        local d = cjson.decode(line)
        local map, ents = bytes_of(d.text), {}
        for _, e in ipairs(d.entities) do
            local a, b = trim_bytes(d.text, map[e[1]], map[e[2]])
            ents[#ents + 1] = ("%d:%d:%s"):format(a, b, e[3])
        end
        emit(f, "D", set, d.text, ents)
    end
end

-- Raw text labelled by a larger model. Where it was in doubt (below SURE) any label may stand.
local SURE = 0.55
local function labelled(f, path)
    for line in io.lines(path) do
        local ok, d = pcall(cjson.decode, line)
        if ok then
            local map, ents = bytes_of(d.text), {}
            for _, e in ipairs(d.entities) do
                local a, b = trim_bytes(d.text, map[e[1]], map[e[2]])
                local kind = e[3]
                if kind == "LOC" and DEMONYM[d.text:sub(a + 1, b):lower()] then kind = "MISC" end
                if e[4] < SURE then kind = "X" end
                ents[#ents + 1] = ("%d:%d:%s"):format(a, b, kind)
            end
            emit(f, "D", "silver", d.text, ents)
        end
    end
end

local TRAIN = {"gmb_voa", "uner_ewt", "redocred", "crossner_politics", "crossner_other", "gum",
    "btc",
    "wnut17"}
local DEV = {"gmb_voa", "uner_ewt", "redocred", "crossner_politics", "gum", "btc", "wnut17"}
local LOCAL = {"cleanconll_testa", "worldwide_newswire_dev"}

local function write(name, fn)
    local f = assert(io.open(out .. "/" .. name, "wb"))
    fn(f)
    assert(f:close())
end

write("train.txt", function(f)
    for _, s in ipairs(TRAIN) do conll(f, s, data .. "/ner/train/" .. s .. "_train.conll") end
end)
if silver then
    write("silver.txt", function(f)
        local p = assert(io.popen("LC_ALL=C ls '" .. silver .. "'"))
        for name in p:lines() do
            if name:match "%.jsonl$" then labelled(f, silver .. "/" .. name) end
        end
        p:close()
    end)
end
for _, s in ipairs(DEV) do
    write("dev_" .. s .. ".txt", function(f)
        jsonl(f, s, data .. "/ner/dev/" .. s .. "_dev.jsonl")
    end)
end
for _, s in ipairs(LOCAL) do
    write("dev_" .. s .. ".txt", function(f)
        jsonl(f, s, data .. "/ner/local/" .. s .. ".jsonl")
    end)
end
