#!/bin/sh
# A library built for one Lua, put where another looks for its own: a clear error, never a crash.
# Libraries for Lua 5.1 and LuaJIT are the same.
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
status=0
cp -r lua "$work/lua"
mkdir "$work/model"
ln -s "$PWD/model/entente.model" "$work/model/entente.model"
cat >"$work/test.lua" <<'END'
package.path = arg[1] .. '/lua/?.lua;' .. arg[1] .. '/lua/?/init.lua'
package.cpath = arg[1] .. '/other/?.so'
local ok, ent = pcall(require, 'entente')
if ok then
  local doc = ent.open 'Angela Merkel met Vladimir Putin.'
  io.write('works ', #doc:actors(), '\n')
else
  io.write('refused ', tostring(ent):gsub('\n', ' '), '\n')
end
END

for lua in lua5.1 lua5.2 lua5.3 lua5.4 luajit; do
    command -v $lua >/dev/null || {
        echo "ok - $lua # SKIP it is not installed"
        continue
    }
    own=${lua#lua}
    [ $lua = luajit ] && own=5.1
    for abi in 5.1 5.2 5.3 5.4; do
        [ -f lib/$abi/entente_core.so ] || {
            echo "ok - the library for $abi in $lua # SKIP it is not built: no headers"
            continue
        }
        rm -rf "$work/lib"
        mkdir -p "$work/lib/$own"
        cp lib/$abi/entente_core.so "$work/lib/$own/"
        out=$($lua "$work/test.lua" "$work" 2>&1)
        code=$?
        want=refused
        [ $abi = "$own" ] && want=works
        case $code/$out in
        0/$want*) echo "ok - the library for $abi in $lua: $want" ;;
        *)
            echo "not ok - the library for $abi in $lua: status $code, $out"
            status=1
            ;;
        esac
    done
    rm -rf "$work/lib"
    out=$($lua "$work/test.lua" "$work" 2>&1)
    case $out in
    *'run "make"'*) echo "ok - no library in $lua: says to run make" ;;
    *)
        echo "not ok - no library in $lua: $out"
        status=1
        ;;
    esac
done
exit $status
