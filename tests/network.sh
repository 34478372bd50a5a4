#!/bin/sh
# No code path asks for a network: system calls of the command line, the language server and Neovim
# are watched. Sockets of Unix (editors talk to themselves) are none.
cd "$(dirname "$0")/.." || exit 2
if ! command -v strace >/dev/null || ! strace -o /dev/null true 2>/dev/null; then
    echo "ok - no network # SKIP strace is not installed, or may not trace here"
    exit 0
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
watch() {
    what=$1
    shift
    strace -f -e trace=network -o "$log" "$@" >/dev/null 2>&1 </dev/null
    if grep -E 'AF_INET|AF_NETLINK|AF_PACKET' "$log" >/dev/null; then
        grep -E 'AF_INET|AF_NETLINK|AF_PACKET' "$log" | head -n 5 | sed 's/^/  /'
        echo "not ok - $what asks for no network"
        status=1
    else
        echo "ok - $what asks for no network"
    fi
}
watch "entente tag" bin/entente tag doc/try.txt
watch "entente tag by threads" bin/entente tag -j 2 doc/try.txt doc/try.txt
watch "entente lsp" bin/entente lsp
watch "entente doctor" bin/entente doctor
command -v nvim >/dev/null &&
    watch "Neovim" nvim --headless -u NONE --cmd 'set rtp^=.' doc/try.txt \
        -c 'runtime plugin/entente.lua' -c 'silent! Entente actors' -c 'qa!'
exit $status
