#!/usr/bin/env lua5.4
-- raw.lua DATA OUT [WORDS] - raw text as documents for the trainer's tools, in the format of
-- corpus.lua, without names; at most about WORDS words of each file.
local cjson = require "cjson"

local data, out, limit = arg[1], arg[2], tonumber(arg[3] or "1e9")
if not out then
    io.stderr:write("usage: raw.lua DATA OUT [WORDS]\n")
    os.exit(2)
end

local FILES = {"current_events", "kremlin_en_2000_2020", "white_house_2021_2026",
    "un_general_debate",
    "wikipedia", "us_presidential_speeches", "history_state_gov", "white_house_briefings_2009_2017"}
local ESC = {["\t"] = "\\t", ["\n"] = "\\n", ["\\"] = "\\\\", ["\r"] = " "}

local f = assert(io.open(out, "wb"))
for _, name in ipairs(FILES) do
    local p = assert(io.popen("xz -dc '" .. data .. "/text/" .. name .. ".jsonl.xz'"))
    local bytes = 0
    for line in p:lines() do
        local text = cjson.decode(line).text
        bytes = bytes + #text
        if bytes > limit * 6 then break end
        f:write("D\t", name, "\t", (text:gsub("[\t\n\r\\]", ESC)), "\t\n")
    end
    p:close()
end
assert(f:close())
