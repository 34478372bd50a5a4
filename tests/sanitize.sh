#!/bin/sh
# The C tests, the module under Lua, and the command line with hostile input, all under Address- and
# UndefinedBehaviorSanitizer (leaks too, where the program itself frees all it has).
cd "$(dirname "$0")/.." || exit 2
status=0
san=$(${CC:-cc} -print-file-name=libasan.so 2>/dev/null)
if ! echo 'int main(void) { return 0; }' | ${CC:-cc} -fsanitize=address,undefined -xc -o /dev/null - \
    2>/dev/null; then
    echo "ok - sanitizers # SKIP this compiler has none"
    exit 0
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT

check() {
    what=$1
    shift
    if "$@" >"$log" 2>&1; then
        echo "ok - $what"
    else
        tail -n 40 "$log" | sed 's/^/  /'
        echo "not ok - $what"
        status=1
    fi
}

check "C tests under sanitizers" ${MAKE:-make} -s asan

# A tree like this one, with the libraries that watch.
for d in lua model; do ln -sfn ../../$d build/asan/$d; done
rm -rf build/asan/bin
cp -r bin build/asan/bin
case $san in
/*) ;;
*)
    echo "ok - Lua under sanitizers # SKIP no libasan.so to load before Lua"
    exit $status
    ;;
esac
for lua in lua5.4 lua5.1; do
    [ -f build/asan/lib/${lua#lua}/entente_core.so ] && command -v $lua >/dev/null || continue
    check "the module in $lua under sanitizers" env ASAN_OPTIONS=detect_leaks=1 LD_PRELOAD="$san" \
        $lua tests/lua/portable.lua build/asan
done
busted=$(command -v busted)
if [ -n "$busted" ]; then
    mkdir -p build/asan/wrap
    printf '#!/bin/sh\nASAN_OPTIONS=detect_leaks=0 LD_PRELOAD=%s exec lua5.4 %s/build/asan/bin/entente "$@"\n' \
        "$san" "$PWD" >build/asan/wrap/entente
    chmod 755 build/asan/wrap/entente
    # it is the library with sanitizers that runs: without the preload it cannot
    check "the command line has the sanitizers" sh -c "! build/asan/bin/entente version"
    for spec in cli hostile formats; do
        check "tests/spec/${spec}_spec.lua under sanitizers" env ENTENTE_SMALL=1 \
            ENTENTE="$PWD/build/asan/wrap/entente" LUA_PATH='lua/?.lua;lua/?/init.lua;;' \
            lua5.4 "$busted" -o TAP "tests/spec/${spec}_spec.lua"
    done
fi
exit $status
