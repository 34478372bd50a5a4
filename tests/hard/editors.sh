#!/bin/sh
# Neovim, which runs LuaJIT, and LuaJIT alone with the library under Address- and
# UndefinedBehaviorSanitizer. The sanitizer is loaded before the editor; leaks are not looked for:
# an editor ends without giving back what it has.
cd "$(dirname "$0")/../.." || exit 2
san=$(${CC:-cc} -print-file-name=libasan.so 2>/dev/null)
case $san in
/*) ;;
*)
    echo "ok - editors under sanitizers # SKIP no libasan.so to load before an editor"
    exit 0
    ;;
esac
tree=$PWD/build/editors
if ! ${MAKE:-make} -s asan-lib >build/asan.log 2>&1; then
    tail -n 20 build/asan.log | sed 's/^/  /'
    echo "not ok - the library is built with sanitizers"
    exit 1
fi
status=0
mkdir -p "$tree/wrap"
for d in lua model plugin tests doc lexicon; do ln -sfn ../../$d "$tree/$d"; done
ln -sfn ../asan/lib "$tree/lib"
cd "$tree" || exit 2
rm -f report.*
options="detect_leaks=0:log_path=$tree/report"
if command -v luajit >/dev/null; then
    if ASAN_OPTIONS=$options LD_PRELOAD=$san \
        luajit tests/lua/portable.lua "$tree" >wrap/log 2>&1; then
        echo "ok - the module in LuaJIT under sanitizers"
    else
        grep -v '^ok' wrap/log | tail -n 40 | sed 's/^/  /'
        echo "not ok - the module in LuaJIT under sanitizers"
        status=1
    fi
fi
if command -v nvim >/dev/null; then
    printf '#!/bin/sh\nASAN_OPTIONS=%s LD_PRELOAD=%s exec nvim "$@"\n' "$options" "$san" >wrap/nvim
    chmod 755 wrap/nvim
    version=$(nvim --version | sed -n '1s/^NVIM v//p')
    for word in attach 'goes away' 'text objects' 'merge, alias'; do
        ENTENTE_ONLY=$word NVIM_CHILD=$tree/wrap/nvim NVIM_NAME=$version \
            timeout 300 nvim --headless -u NONE -i NONE -n -c 'lua dofile("tests/nvim/driver.lua")' -c 'qa!' 2>&1
    done
else
    echo "ok - Neovim under sanitizers # SKIP not installed"
fi
if ls report.* >/dev/null 2>&1; then
    head -n 60 report.* | sed 's/^/  /'
    echo "not ok - sanitizers report nothing in an editor"
    status=1
else
    echo "ok - sanitizers report nothing in an editor"
fi
exit $status
