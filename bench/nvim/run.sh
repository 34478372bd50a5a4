#!/bin/sh
# Typing, opening and starting in Neovim with the plugin off and on, see keys.lua.
#
#   bench/nvim/run.sh --paint  two ways to highlight, see paint.lua
#   bench/nvim/run.sh [--beside FOLDER] [TEXT]
#       TEXT    of a few hundred kB or more, a paragraph a line; without one, the sample article
#               over and over
#       FOLDER  another highlighter's, say vim-illuminate's: the same keys with it
cd "$(dirname "$0")/../.." || exit 2
program=keys
if [ "${1-}" = --paint ]; then
    program=paint
    shift
fi
if [ "${1-}" = --beside ]; then
    ENTENTE_BESIDE=$2
    export ENTENTE_BESIDE
    shift 2
fi
ENTENTE_TEXT=${1:-doc/try.txt}
export ENTENTE_TEXT
command -v nvim >/dev/null || { echo "# Neovim is not installed"; exit 0; }
. tests/nvim/newer.sh

# The least of 40 starts, as --startuptime tells: a busy machine is not the file's fault.
startup() {
    log=$(mktemp)
    for _ in 1 2 3 4 5 6 7 8; do
        for _ in 1 2 3 4 5; do
            "$1" --headless -u NONE -i NONE --startuptime "$log" --cmd "set rtp^=$PWD" \
                -c 'runtime plugin/entente.lua' -c 'qa!' 2>/dev/null
        done
    done
    sed -n 's|^[0-9.]* *\([0-9.]*\) .*sourcing .*plugin/entente\.lua.*|\1|p' "$log" | sort -n |
        awk '{ at[NR] = $1 } END { printf "%-44s least %6.2f  median %6.2f ms\n",
            "plugin file at start-up, 40 starts", at[1], at[int((NR + 1) / 2)] }'
    rm -f "$log"
}

measure() {
    NVIM_CHILD=$1 NVIM_NAME=$("$1" --version | sed -n '1s/^NVIM v//p') \
        nvim --headless -u NONE -i NONE -n -c "luafile bench/nvim/$program.lua" -c 'qa!' 2>&1
    [ $program = keys ] && startup "$1"
    echo
}

measure "${NVIM_CHILD:-nvim}"
[ -n "${NVIM_CHILD-}" ] || {
    if new=$(newer); then
        measure "$new"
        rm -f "$new"
    fi
}
