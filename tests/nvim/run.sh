#!/bin/sh
# Drives real Neovims: the system's, and Debian 13's 0.10 from a root made once and kept.
#
#   tests/nvim/run.sh [WORD]     only tests whose file or name holds WORD
#   tests/nvim/run.sh --golden   rewrites the screen snapshots in tests/nvim/golden/
cd "$(dirname "$0")/../.." || exit 2
status=0
export ENTENTE_GOLDEN= ENTENTE_ONLY=
case ${1-} in
    --golden) ENTENTE_GOLDEN=write ;;
    *) ENTENTE_ONLY=${1-} ;;
esac

. tests/nvim/newer.sh

drive() {
    NVIM_CHILD=$1 NVIM_NAME=$2 timeout 600 nvim --headless -u NONE -i NONE -n \
        -c 'lua dofile("tests/nvim/driver.lua")' -c 'qa!' 2>&1 || status=1
}

if command -v lua5.4 >/dev/null; then
    lua5.4 tests/nvim/help.lua || status=1
fi
if ! command -v nvim >/dev/null; then
    echo "ok - nvim # SKIP Neovim is not installed"
    exit 0
fi
drive nvim "$(nvim --version | sed -n '1s/^NVIM v//p')"

if new=$(newer); then
    drive "$new" "$("$new" --version | sed -n '1s/^NVIM v//p')"
    rm -f "$new"
else
    echo "ok - Neovim of Debian 13 # SKIP $new"
fi
exit $status
