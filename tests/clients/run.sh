#!/bin/sh
# Real clients of the language server, in a Debian 13 root: Emacs with eglot, Neovim 0.10, Helix, Vim
# with ALE.
cd "$(dirname "$0")/../.." || exit 2
. tests/editors/screen.sh

root_of clients trixie hx emacs-nox neovim vim-nox vim-ale lua5.4 lua-luv lua-cjson lua-lpeg ||
    exit 0
enter "$root"
cp tests/clients/eglot.el tests/clients/neovim.lua "$outside/"
mkdir -p "$outside/helix"
# The lines of doc/editors.md are what is tested.
snippet Helix | sed "s|^command = .*|command = \"$here/bin/entente\"|" >"$outside/helix/languages.toml"
snippet Emacs | grep load >"$outside/entente-load.el"
snippet Neovim | grep lsp.start >"$outside/start.lua"
{
    echo 'set nocompatible noswapfile encoding=utf-8 hidden ruler nomore shortmess+=I'
    printf 'filetype on\npackadd! ale\n'
    snippet 'Vim with a client' | sed "s|'executable': 'entente'|'executable': '$here/bin/entente'|"
} >"$outside/ale.vim"

write_text() {
    printf '%s\n' 'President Vladimir Putin met Angela Merkel in Moscow.' \
        'Putin rejected the peace plan of Germany 😀 and Angela Merkel.' >"$outside/text.txt"
}

# A program that ends by itself; what it printed.
told() {
    write_text
    out=$(timeout 400 $inside env LC_ALL=C.UTF-8 HOME=/entente-test "$@" 2>&1 </dev/null)
}

told emacs --batch -Q -l /entente-test/eglot.el
has 'eglot: counts in UTF-32' "$out" 'encoding utf-32'
has 'eglot: paints by entente.el' "$out" 'Vladimir Putin=font-lock-function-name-face'
has 'eglot: paints what is typed' "$out" 'Olaf Scholz=font-lock-function-name-face'
has 'eglot: references' "$out" 'references 2'
has 'eglot: definition' "$out" 'definition 1'
has 'eglot: hover' "$out" '**Vladimir Putin**'
has 'eglot: outline' "$out" 'folders ("Actors" "Proposals" "Stances")'
has 'eglot: rename' "$out" 'President Dmitry Peskov met'
has 'eglot: rename, surname' "$out" 'Peskov rejected'

told nvim --headless -u NONE -i NONE /entente-test/text.txt -l /entente-test/neovim.lua
has 'Neovim: semantic tokens of its own types' "$out" 'tokens actor.person'
has 'Neovim: references' "$out" 'references 2'
has 'Neovim: hover' "$out" '**Vladimir Putin**'
has 'Neovim: outline' "$out" 'outline Actors'
has 'Neovim: tags' "$out" 'tag 1'
has 'Neovim: rename' "$out" 'President Dmitry Peskov met'
has 'Neovim: rename, surname' "$out" 'Peskov rejected'

command -v tmux >/dev/null || {
    lacks 'Helix and Vim with ALE' 'tmux is not installed'
    exit $status
}
write_text
start Helix "hx $dir/text.txt"
check 'opens a file' 'Putin rejected'
# The server may still be starting when the first question is asked: it is asked until answered.
asked() { # what, pattern, keys
    for try in $(seq 30); do
        keys Escape Escape 'gg' '12l' "$3"
        for moment in $(seq 10); do
            if screen | grep -q -- "$2"; then
                echo "ok - Helix: $1"
                return
            fi
            sleep 0.2
        done
    done
    check "$1" "$2"
}
asked hover 'also: Putin' ' k'
asked references 'text.txt:2' 'gr'
asked symbols 'Angela Merkel  ' ' s'
keys Escape Escape 'gg' '12l' ' h'
check 'selects all mentions' '2 sels\|2/2\|1/2'
keys Escape ',' 'gg' '12l' ' r'
check 'asks for a new name' 'rename-to:'
keys 'C-u' 'Dmitry Peskov' Enter
check 'renames' 'Peskov rejected'

write_text
start 'Vim with ALE' "vim.nox -u $dir/ale.vim $dir/text.txt"
check 'opens a file' 'Putin rejected'
keys ':call cursor(2, 2)' Enter ':ALEFindReferences' Enter
check references 'text.txt:2:1'
keys ':pclose' Enter ':ALEHover' Enter
check hover 'Vladimir Putin.* — person'
keys ':pclose' Enter ':ALEGoToDefinition' Enter
check definition ' 1,[0-9]'
keys ':ALERename' Enter
check 'asks for a new name' 'New name:'
keys 'C-u' 'Dmitry Peskov' Enter
check renames '^Peskov rejected'
exit $status
