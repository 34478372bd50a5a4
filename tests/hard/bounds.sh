#!/bin/sh
# Cost is linear through the whole of it, formatters and queries included: tests/hard/bounds.lua.
cd "$(dirname "$0")/../.." || exit 2
command -v lua5.4 >/dev/null || {
    echo "ok - bounds # SKIP no Lua 5.4"
    exit 0
}
exec timeout 600 lua5.4 tests/hard/bounds.lua
