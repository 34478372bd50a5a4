#!/bin/sh
# The rock builds offline from the top of a checkout and works from a throw-away tree.
cd "$(dirname "$0")/.." || exit 2
status=0
version=$(sed -n 's/^.define ENT_VERSION_[MP][A-Z]* //p' include/entente.h | paste -sd . -)
spec=rockspec/entente-$version-1.rockspec

if sh tools/rockspec.sh | diff - "$spec"; then
    echo "ok - the rockspec names every file"
else
    echo "not ok - the rockspec names every file (make rockspec)"
    status=1
fi
command -v luarocks >/dev/null || {
    echo "ok - luarocks make # SKIP luarocks is not installed"
    exit $status
}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# luarocks builds where it stands: in a copy, so that nothing is left here.
mkdir "$work/src"
cp -r bin include lua model rockspec src "$work/src/"
top=$PWD
cd "$work/src" || exit 2
for v in 5.4 5.1; do
    command -v lua$v >/dev/null && sh "$top/tools/luas.sh" | grep -q "^$v:.*lua5" || {
        echo "ok - luarocks make for Lua $v # SKIP no lua$v, or not its own headers"
        continue
    }
    tree=$work/tree-$v
    if ! http_proxy=http://127.0.0.1:1 https_proxy=http://127.0.0.1:1 luarocks --lua-version $v \
        --tree "$tree" make --deps-mode none "$spec" >"$work/log" 2>&1; then
        sed 's/^/  /' "$work/log"
        echo "not ok - luarocks make for Lua $v"
        status=1
        continue
    fi
    echo "ok - luarocks make for Lua $v"
    out=$(cd / && echo 'Angela Merkel met Vladimir Putin.' | "$tree/bin/entente" tag -f jsonl 2>&1)
    case $out in
    *'"kind":"person"'*) echo "ok - its command runs for Lua $v" ;;
    *)
        echo "not ok - its command runs for Lua $v: $out"
        status=1
        ;;
    esac
    out=$(cd / && LUA_PATH="$tree/share/lua/$v/?.lua;$tree/share/lua/$v/?/init.lua" \
        LUA_CPATH="$tree/lib/lua/$v/?.so" lua$v -e "local e = require 'entente'
            assert(e.model_path():find('$tree', 1, true), e.model_path())
            print(e.open('Angela Merkel spoke.'):actors()[1].kind)" 2>&1)
    case $out in
    person) echo "ok - its module and its model are found by Lua $v" ;;
    *)
        echo "not ok - its module and its model are found by Lua $v: $out"
        status=1
        ;;
    esac
done
exit $status
