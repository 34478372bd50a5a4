#!/bin/sh
# Failures, one at a time: of memory (memory.lua), of the system calls of the index and of files
# (calls.lua).
cd "$(dirname "$0")/../.." || exit 2
status=0
out=build/hard
mkdir -p $out
lua=$(sh tools/luas.sh | tr ' ' '\n' | sed -n 's/^5\.4://p' | head -n 1)
if [ -z "$lua" ] || ! command -v lua5.4 >/dev/null; then
    echo "ok - failures # SKIP no Lua 5.4 and its headers"
    exit 0
fi
if ${CC:-cc} -shared -fPIC -O1 -std=gnu11 -isystem "$lua" -o $out/shim.so tests/hard/shim.c -ldl \
    2>$out/log; then
    timeout 300 env LD_PRELOAD="$PWD/$out/shim.so" LUA_CPATH="$PWD/$out/?.so;;" \
        lua5.4 tests/hard/memory.lua || status=1
else
    sed 's/^/  /' $out/log
    echo "not ok - the shim is built"
    status=1
fi
if ! command -v strace >/dev/null ||
    ! strace -o /dev/null -e inject=getpid:error=EIO true 2>/dev/null; then
    echo "ok - system calls that fail # SKIP strace is not installed, or may not trace here"
elif ! lua5.4 -e 'require "luv"' 2>/dev/null; then
    echo "ok - system calls that fail # SKIP luv is not installed"
else
    timeout 600 lua5.4 tests/hard/calls.lua "${SECONDS_EACH:-90}" || status=1
fi
exit $status
