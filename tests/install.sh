#!/bin/sh
# make install and uninstall in throw-away prefixes: the list of files, and that all of it runs.
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
status=0
text='Angela Merkel met Vladimir Putin.'

check() { # WHAT COMMAND...
    what=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        echo "ok - $what"
    else
        sed 's/^/  /' "$work/log"
        echo "not ok - $what"
        status=1
    fi
}

files_in() { (cd "$1" && find . ! -type d | LC_ALL=C sort); }

# What should be there: the checkout's files below lib/entente, links, and the C library's files.
expected() {
    home=./usr/lib/entente
    {
        find bin lua plugin after ftplugin autoload lsp syntax editors -type f 2>/dev/null
        ls doc/*.txt doc/*.md doc/*.vim doc/*.py doc/*.sh model/entente.model model/*.md README.md LICENSE \
            CHANGELOG.md lib/*/entente_core.so 2>/dev/null
    } | sed "s|^|$home/|"
    for abi in $(ls lib); do echo "./usr/share/lua/$abi/entente"; done
    printf './usr/%s\n' bin/entente include/entente.h lib/libentente.a lib/pkgconfig/entente.pc \
        share/man/man1/entente.1 share/nvim/site/pack/entente/opt/entente
    [ ! -f bin/entente-ls ] || echo ./usr/bin/entente-ls
}

dest=$work/dest
check "make install DESTDIR=" make -s install DESTDIR="$dest" PREFIX=/usr
expected | LC_ALL=C sort >"$work/expected"
files_in "$dest" >"$work/found"
check "it installs the files it should" diff -u "$work/expected" "$work/found"
check "nothing in them tells of this place" sh -c "! grep -rlF '$dest' '$dest'"
check "make uninstall DESTDIR=" make -s uninstall DESTDIR="$dest" PREFIX=/usr
check "it leaves no file" sh -c "[ -z \"\$(find '$dest' ! -type d)\" ]"

prefix=$work/a\ prefix
check "make install PREFIX=, with a space in it" make -s install PREFIX="$prefix"
inside() { (cd / && echo "$text" | "$@") | grep -q '"kind":"person"'; }
check "the command runs from elsewhere" inside "$prefix/bin/entente" tag --format jsonl
ln -s "$prefix/bin/entente" "$work/ent"
check "and by a link to it" inside "$work/ent" tag -f jsonl
check "doctor is content" "$prefix/bin/entente" doctor
for lua in lua5.1 lua5.2 lua5.3 lua5.4 luajit; do
    abi=${lua#lua}
    [ $lua = luajit ] && abi=5.1
    if command -v $lua >/dev/null && [ -f lib/$abi/entente_core.so ]; then
        check "$lua finds the module" env -i PATH="$PATH" \
            LUA_PATH="$prefix/share/lua/$abi/?.lua;$prefix/share/lua/$abi/?/init.lua" \
            $lua -e "assert(require('entente').open('$text'):actors()[1].kind == 'person')"
    else
        echo "ok - $lua finds the module # SKIP no $lua, or no headers to build for it"
    fi
done
check "a C program is built with it" ${CC:-cc} -I "$prefix/include" doc/example.c \
    -L "$prefix/lib" -lentente -lm -o "$work/example"
if command -v nvim >/dev/null; then
    check "Neovim finds the plugin by :packadd" env XDG_DATA_DIRS="$prefix/share" nvim --headless \
        -i NONE -n -u NORC -c 'packadd entente' \
        -c "lua assert(require('entente').open('$text'):actors()[1].kind == 'person')" \
        -c 'if !exists(":Entente") | cquit | endif' -c 'qa!'
else
    echo "ok - Neovim finds the plugin # SKIP Neovim is not installed"
fi
check "make uninstall PREFIX=" make -s uninstall PREFIX="$prefix"
check "it leaves no file there" sh -c "[ -z \"\$(find '$prefix' ! -type d)\" ]"
check "a relative prefix is refused" sh -c "! make -s install PREFIX=somewhere"
exit $status
