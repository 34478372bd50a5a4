#!/bin/sh
# Drives real editors in tmux: what they paint, where motions lead, what is listed. vis 0.8, Vim 9.0
# with Lua 5.2, Kakoune 2022 in a Debian 12 root; vis 0.9, Vim 9.1 with Lua 5.1, Kakoune 2024 in one
# of Debian 13; where no root can be made, those of this machine.
cd "$(dirname "$0")/../.." || exit 2
. tests/editors/screen.sh

prepare() {
    mkdir -p "$outside/vis" "$outside/kak"
    cat >"$outside/text.txt" <<'END'
Angela Merkel met President Vladimir Putin in Berlin on Monday.
Later Putin rejected the peace plan of Germany and France.
END
    { echo "require('vis')"; snippet vis; } >"$outside/vis/visrc.lua"
    { echo 'set nocompatible noswapfile ruler'; snippet 'Vim 9'; } >"$outside/vimrc"
    snippet Kakoune >"$outside/kak/kakrc"
}

# Is the library for a Lua of this number here?
has_library() {
    [ -n "$2" ] && [ -f "lib/$2/entente_core.so" ] && return
    lacks "$1" "no library for its Lua $2"
    return 1
}

test_vis() {
    abi=$($inside ldd "$($inside which vis)" | sed -n 's/.*liblua\(5\.[0-9]\).*/\1/p' | head -n 1)
    has_library "vis$where" "$abi" || return
    start "vis$where, Lua $abi" "vis $dir/text.txt"
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
    keys ':entente mark organisation Monday' Enter
    check 'says what is corrected' 'Monday is an organisation'
    check 'paints by it' "$esc\[33m.\{0,8\}Monday" -e
    keys 'gg' 'e' 'v' 'e' ':entente mark country' Enter
    check 'corrects what is selected' 'Merkel is a country'
    keys Escape ':entente undo' Enter ':entente merge Germany into France' Enter
    check 'joins two' 'Germany is joined with France'
    keys ':entente undo' Enter
    check 'takes corrections back' 'undo: Germany is joined'
    keys ':entente undo' Enter
    check 'one by one' 'undo: Monday is an organisation'
    keys 'gg' 'dam'
    check 'has a text object' '^ *met President'
    keys ':entente' Enter
    check 'lists its commands' 'actors, proposals'
    keys ':q' Enter ':entente off' Enter
    keys 'u'
    check 'undoes like any edit' '^Angela Merkel met'
}

test_vim() {
    vim=$($inside sh -c 'command -v vim.nox || command -v vim.gtk3 || command -v vim')
    abi=$($inside "$vim" -es -u NONE -c 'redir! >/dev/stdout' -c 'lua print(_VERSION)' -c 'qa!' \
        </dev/null | sed -n 's/.*Lua \(5\.[0-9]\).*/\1/p')
    has_library "Vim$where" "$abi" || return
    start "Vim$where, Lua $abi" "$vim -u $dir/vimrc $dir/text.txt"
    check 'paints a person' "$esc\[[0-9;]*[1-9]m.\{0,8\}Vladimir Putin" -e
    keys ':Entente next' Enter
    check 'goes to the next mention' '1,29'
    keys 'ggO' 'Olaf Scholz met Emmanuel Macron.' Escape
    check 'follows what is typed' "$esc\[[0-9;]*[1-9]m.\{0,8\}Emmanuel Macron" -e
    keys ':Entente refs Vladimir Putin' Enter
    check 'lists references' 'Mentions of Vladimir Putin'
    check 'with their new lines' '|2 col 29'
    keys ':cclose' Enter
    keys 'u' 'ggfMvt.' ':Entente mark country' Enter
    check 'corrects what is selected' 'is a country'
    keys ':Entente merge Germany into France' Enter
    check 'joins two' 'Germany is joined with France'
    keys ':Entente undo' Enter
    check 'takes corrections back' 'undo: Germany is joined'
    keys ':Entente undo' Enter
    check 'one by one' 'undo: .* is a country'
    keys ':Entente show Angela Merkel' Enter
    check 'shows a card' 'Angela Merkel · person'
}

test_kak() {
    has_library "Kakoune$where" 5.4 || return
    start "Kakoune$where" "kak $dir/text.txt"
    check 'paints a person' "$esc\[36m.\{0,8\}Vladimir Putin" -e
    keys ':entente-next' Enter
    check 'goes to the next mention' '1:42'
    keys ':entente-next-stance' Enter
    check 'goes to the next stance' '2:20'
    keys ':entente-show Vladimir Putin' Enter
    check 'shows a card' 'opposes peace plan'
    keys 'gg' ':entente-prev' Enter
    check 'goes round' '2:5[0-9]'
    keys 'gg' ':entente-mark person' Enter
    check 'wants more than one letter' 'select a name'
    keys 'gg' 'e' ':entente-mark organisation' Enter
    check 'corrects what is selected' 'Angela is an organisation'
    keys ':entente-merge Germany France' Enter
    check 'joins two' 'Germany is joined with France'
    keys ':entente-undo' Enter
    check 'takes corrections back' 'undo: Germany is joined'
    keys ':entente-undo' Enter
    check 'one by one' 'undo: Angela is an organisation'
    keys ':entente-actors' Enter
    check 'lists actors' 'text.txt:1:1:Angela Merkel'
    keys ':delete-buffer' Enter
    keys ':entente-refs Vladimir Putin' Enter
    check 'lists references' 'text.txt:2:7:'
}

# Debian 13 calls Neovim "vim" where there is no Vim.
installed() {
    command -v "$1" >/dev/null || return
    [ "$1" != vim ] || vim --version 2>/dev/null | head -n 1 | grep -q '^VIM - '
}

if ! command -v tmux >/dev/null; then
    lacks 'other editors' 'tmux is not installed'
    exit 0
fi
rooted=no
for suite in bookworm trixie; do
    root_of "editors of $suite" $suite vis vim-nox kakoune lua5.4 lua-lpeg lua-luv || continue
    rooted=yes
    where=" of $suite"
    enter "$root"
    prepare
    for editor in vis vim kak; do
        test_$editor
    done
done
[ $rooted = yes ] && exit $status
where=
enter ''
prepare
for editor in vis vim kak; do
    if installed $editor; then
        test_$editor
    else
        lacks $editor 'it is not installed'
    fi
done
exit $status
