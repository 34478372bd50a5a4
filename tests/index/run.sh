#!/bin/sh
# What happens to an index in the hands of the world: kills, full disks, changing files.
# ENTENTE_KILLS=1000 for the long run.
cd "$(dirname "$0")/../.." || exit 2
lua5.4 -e 'require "luv"' 2>/dev/null || {
    echo 'ok - the index # SKIP luv is not installed'
    exit 0
}
exec timeout 1100 lua5.4 tests/index/hostile.lua "${ENTENTE_KILLS:-20}"
