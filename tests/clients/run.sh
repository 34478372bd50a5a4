#!/bin/sh
# Real clients of the language server, in a Debian 13 root: Emacs with eglot, Helix.
cd "$(dirname "$0")/../.." || exit 2
root=$(sh tools/root.sh trixie hx emacs-nox lua5.4 lua-luv lua-cjson 2>"${TMPDIR:-/tmp}/clients-$$") || {
    echo "ok - clients # SKIP $(tail -n 1 "${TMPDIR:-/tmp}/clients-$$")"
    rm -f "${TMPDIR:-/tmp}/clients-$$"
    exit 0
}
rm -f "${TMPDIR:-/tmp}/clients-$$"
root=$(echo "$root" | tail -n 1)
status=0
work=$root/clients
socket=entente-clients-$$
trap 'tmux -L $socket kill-server 2>/dev/null; rm -rf "$work"' EXIT
rm -rf "$work"
mkdir -p "$work/entente" "$work/home/.config/helix"
cp -r bin lua lib model "$work/entente/"
cp tests/clients/eglot.el "$work/"
cp tests/clients/languages.toml "$work/home/.config/helix/"
printf '%s\n' 'President Vladimir Putin met Angela Merkel in Moscow.' \
    'Putin rejected the peace plan of Germany 😀 and Angela Merkel.' >"$work/text.txt"

out=$(timeout 120 sh tools/root.sh run "$root" emacs --batch -Q -l /clients/eglot.el 2>&1 </dev/null)
has() {
    if echo "$2" | grep -qF "$3"; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        echo "$2" | sed 's/^/  /'
        status=1
    fi
}
has 'eglot: counts in UTF-32' "$out" 'encoding utf-32'
has 'eglot: references' "$out" 'references 2'
has 'eglot: hover' "$out" '**Vladimir Putin**'
has 'eglot: outline' "$out" 'folders 3'
has 'eglot: rename' "$out" 'President Dmitry Peskov met'
has 'eglot: rename, surname' "$out" 'Peskov rejected'

if command -v tmux >/dev/null; then
    tmux -L $socket -f /dev/null new-session -d -x 100 -y 24 \
        "sh tools/root.sh run $root env TERM=xterm-256color HOME=/clients/home hx /clients/text.txt"
    screen=
    for keys in ' k' ' s'; do
        for try in 1 2 3 4 5 6; do
            sleep 1.5
            tmux -L $socket send-keys Escape Escape 'gg' '12l' "$keys"
            sleep 1
            screen=$(tmux -L $socket capture-pane -p)
            echo "$screen" | grep -q 'also: Putin\|class  *Angela Merkel' && break
        done
        [ "$keys" = ' k' ] && has 'Helix: hover' "$screen" 'also: Putin'
        [ "$keys" = ' s' ] && has 'Helix: symbols' "$screen" 'Angela Merkel  '
    done
else
    echo 'ok - Helix # SKIP tmux is not installed'
fi
exit $status
