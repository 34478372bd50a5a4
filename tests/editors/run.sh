#!/bin/sh
# Drives a real vis, Vim and Kakoune in tmux: what they paint, where motions lead, what is listed.
cd "$(dirname "$0")/../.." || exit 2
root=$PWD
status=0
dir=$(mktemp -d)
socket=entente-editors-$$-0
esc=$(printf '\033')
trap 'tmux -L $socket kill-server 2>/dev/null; rm -rf "$dir"' EXIT

cat >"$dir/text.txt" <<'END'
Angela Merkel met President Vladimir Putin in Berlin on Monday.
Later Putin rejected the peace plan of Germany and France.
END

start() { # editor's name, command
    name=$1
    tmux -L $socket kill-server 2>/dev/null
    socket=${socket%-*}-$((${socket##*-} + 1)) # a server that is leaving is not asked again
    tmux -L $socket -f /dev/null new-session -d -x 90 -y 24 \
        "env XDG_CONFIG_HOME=$dir HOME=$dir TERM=screen-256color LC_ALL=C.UTF-8 $2 $dir/text.txt"
    sleep 1
}
keys() { tmux -L $socket send-keys "$@"; sleep 0.4; }
screen() { tmux -L $socket capture-pane -p "$@" 2>&1; }
check() { # what, pattern, options of capture-pane: the screen shows it within five seconds
    for try in 1 2 3 4 5 6 7 8 9 10; do
        if screen $3 | grep -q "$2"; then
            echo "ok - $name: $1"
            return
        fi
        sleep 0.5
    done
    echo "not ok - $name: $1"
    screen | sed 's/^/  /'
    status=1
}
lacks() { # what a test of this editor needs and is not there
    echo "ok - $1 # SKIP $2"
}

test_vis() {
    abi=$(ldd "$(command -v vis)" | sed -n 's/.*liblua\(5\.[0-9]\).*/\1/p' | head -n 1)
    [ -f "lib/$abi/entente_core.so" ] || { lacks vis "no library for its Lua $abi"; return; }
    mkdir -p "$dir/vis"
    cat >"$dir/vis/visrc.lua" <<END
require('vis')
package.path = '$root/lua/?.lua;$root/lua/?/init.lua;' .. package.path
require('entente.vis').setup { next = ']a', prev = '[a', object = 'am' }
END
    start "vis, Lua $abi" vis
    check 'paints a person' "$esc\[36m.\{0,8\}Vladimir Putin" -e
    check 'paints a country' "$esc\[32m.*Germany" -e
    keys ']a'
    check 'goes to the next mention' '1, 29'
    keys '3' ']a'
    check 'takes a count' '2, [0-9]'
    keys ':entente refs Vladimir Putin' Enter
    check 'lists references' '2  line 2'
    keys ':q' Enter
    keys ':entente actors' Enter
    check 'lists actors' 'Angela Merkel · person'
    keys ':q' Enter
    keys 'gg' 'dam'
    check 'has a text object' '^ *met President'
    keys ':entente off' Enter
    keys 'u'
    check 'undoes like any edit' '^Angela Merkel met'
}

test_vim() {
    vim=$(command -v vim.nox || command -v vim.gtk3 || command -v vim)
    abi=$($vim -es -u NONE -c 'redir! >/dev/stdout' -c 'lua print(_VERSION)' -c 'qa!' </dev/null |
        sed -n 's/.*Lua \(5\.[0-9]\).*/\1/p')
    [ -n "$abi" ] || { lacks vim 'it has no Lua'; return; }
    [ -f "lib/$abi/entente_core.so" ] || { lacks vim "no library for its Lua $abi"; return; }
    printf 'set nocompatible noswapfile ruler rtp^=%s\nfiletype plugin on\nsyntax on\n' "$root" >"$dir/vimrc"
    start "Vim, Lua $abi" "$vim -u $dir/vimrc"
    check 'paints a person' "$esc\[[0-9;]*[1-9]m.\{0,8\}Vladimir Putin" -e
    keys ':Entente next' Enter
    check 'goes to the next mention' '1,29'
    keys 'ggO' 'Olaf Scholz met Emmanuel Macron.' Escape
    check 'follows what is typed' "$esc\[[0-9;]*[1-9]m.\{0,8\}Emmanuel Macron" -e
    keys ':Entente refs Vladimir Putin' Enter
    check 'lists references' 'Mentions of Vladimir Putin'
    check 'with their new lines' '|2 col 29'
    keys ':cclose' Enter
    keys 'u' ':Entente show Angela Merkel' Enter
    check 'shows a card' 'Angela Merkel · person'
}

test_kak() {
    [ -f lib/5.4/entente_core.so ] || { lacks kak 'no library for Lua 5.4'; return; }
    mkdir -p "$dir/kak"
    printf '%s\n' "source $root/plugin/entente.kak" \
        "set-option global entente_command $root/bin/entente" \
        'hook global BufOpenFile .* entente-enable' >"$dir/kak/kakrc"
    start Kakoune kak
    check 'paints a person' "$esc\[36m.\{0,8\}Vladimir Putin" -e
    keys ':entente-next' Enter
    check 'goes to the next mention' '1:42'
    keys ':entente-refs Vladimir Putin' Enter
    check 'lists references' 'text.txt:2:7:'
}

if ! command -v tmux >/dev/null; then
    lacks 'other editors' 'tmux is not installed'
    exit 0
fi
for editor in vis vim kak; do
    if command -v $editor >/dev/null; then
        test_$editor
    else
        lacks $editor 'it is not installed'
    fi
done
exit $status
