#!/bin/sh
# Typing and opening in Neovim with the plugin off and on, see keys.lua.
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

measure() {
    NVIM_CHILD=$1 NVIM_NAME=$("$1" --version | sed -n '1s/^NVIM v//p') \
        nvim --headless -u NONE -i NONE -n -c "luafile bench/nvim/$program.lua" -c 'qa!' 2>&1
    echo
}

measure "${NVIM_CHILD:-nvim}"
[ -n "${NVIM_CHILD-}" ] || {
    if new=$(newer); then
        measure "$new"
        rm -f "$new"
    fi
}
