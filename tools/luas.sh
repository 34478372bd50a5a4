#!/bin/sh
# Lists the Lua headers of this machine, a line each: ABI:DIRECTORY. The version is read from lua.h
# itself, as folder names differ between systems. LuaJIT's headers stand in for those of Lua 5.1.
#
#   LUA_INCLUDES="DIR DIR" names further folders, looked into first.
seen=
for dir in ${LUA_INCLUDES-} \
    /usr/include/lua5.[1-4] /usr/include/lua-5.[1-4] /usr/include/lua5[1-4] \
    /usr/local/include/lua5.[1-4] /usr/local/include/lua-5.[1-4] /usr/local/include/lua5[1-4] \
    /opt/homebrew/include/lua5.[1-4] /usr/include /usr/local/include /opt/homebrew/include/lua \
    /usr/include/luajit-2.[01] /usr/local/include/luajit-2.[01] \
    /opt/homebrew/include/luajit-2.[01]; do
    [ -f "$dir/lua.h" ] && [ -f "$dir/lauxlib.h" ] || continue
    abi=$(sed -n 's/^#define[[:space:]]*LUA_VERSION_NUM[[:space:]]*50\([1-4]\).*/5.\1/p' "$dir/lua.h")
    [ -n "$abi" ] || continue
    case $seen in *"$abi"*) continue ;; esac
    seen="$seen $abi"
    echo "$abi:$dir"
done
