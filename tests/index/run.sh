#!/bin/sh
# What happens to an index in the hands of the world: kills, full disks, changing files.
# `make kills` is the long run, with a thousand.
cd "$(dirname "$0")/../.." || exit 2
lua5.4 -e 'require "luv"' 2>/dev/null || {
    echo 'ok - the index # SKIP luv is not installed'
    exit 0
}
kills=${ENTENTE_KILLS:-20}
exec timeout $((1000 + kills * 10)) lua5.4 tests/index/hostile.lua "$kills"
