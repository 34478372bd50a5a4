#!/bin/sh
# Shows a sample article with its actors: in Neovim on a terminal, else printed.
cd "$(dirname "$0")/.." || exit 2
article=doc/try.txt
if [ -t 0 ] && [ -t 1 ] && command -v nvim >/dev/null; then
    exec nvim -n -i NONE -u doc/try.vim "$article"
fi
bin/entente tag --color always "$article" && echo && bin/entente actors --color always "$article"
