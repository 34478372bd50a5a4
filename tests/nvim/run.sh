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

# Runs a program of Debian 13 with that root's own loader and libraries, outside the root.
wrapper() {
    loader=$(ls "$1"/usr/lib*/ld-linux-*.so.2 "$1"/usr/lib/*/ld-linux-*.so.* 2>/dev/null | head -n 1)
    dir=$(dirname "$(ls "$1"/usr/lib/*/libc.so.6 | head -n 1)")
    file=${TMPDIR:-/tmp}/entente-nvim-$$
    cat >"$file" <<END
#!/bin/sh
VIMRUNTIME=$1/usr/share/nvim/runtime exec $loader --library-path $dir $1/usr/bin/nvim "\$@"
END
    chmod +x "$file"
    echo "$file"
}

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
here=$(nvim --version | sed -n '1s/^NVIM v//p')
drive nvim "$here"

case $here in
    0.1[0-9]* | 0.[2-9][0-9]*) ;;
    *)
        if why=$(sh tools/root.sh trixie neovim 2>&1); then
            new=$(wrapper "$(echo "$why" | tail -n 1)")
            drive "$new" "$("$new" --version | sed -n '1s/^NVIM v//p')"
            rm -f "$new"
        else
            echo "ok - Neovim of Debian 13 # SKIP $(echo "$why" | tail -n 1)"
        fi
        ;;
esac
exit $status
