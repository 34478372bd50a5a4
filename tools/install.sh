#!/bin/sh
# install.sh install DESTDIR PREFIX VERSION ABIS | uninstall DESTDIR PREFIX
#
# Everything lies in PREFIX/lib/entente as in a checkout, so that it finds itself; links lead there:
#
#     bin/entente                                   the command
#     share/lua/5.4/entente, share/lua/5.1 ...      require 'entente', for each Lua built for
#     share/nvim/site/pack/entente/opt/entente      :packadd entente
#     share/man/man1/entente.1, include/entente.h, lib/libentente.a, lib/pkgconfig/entente.pc
set -eu
umask 022
action=$1 dest=$2 prefix=${3%/} version=${4-} abis=${5-}
case $prefix in
/*) ;;
*)
    echo "make $action: PREFIX must begin with /, not \"$prefix\"" >&2
    exit 2
    ;;
esac
base=$dest$prefix
home=$base/lib/entente

# copy MODE FILE...: keeps the path below the checkout.
copy() {
    mode=$1
    shift
    for f in "$@"; do
        [ -f "$f" ] || continue
        mkdir -p "$home/$(dirname "$f")"
        install -m "$mode" "$f" "$home/$f"
    done
}

# link TARGET NAME: a relative link; what is there and no link of ours stays.
link() {
    mkdir -p "$(dirname "$2")"
    if [ -e "$2" ] && [ ! -L "$2" ]; then
        echo "make install: $2 is in the way" >&2
        exit 1
    fi
    ln -sfn "$1" "$2"
}

each_link() {
    "$1" ../lib/entente/bin/entente "$base/bin/entente"
    for abi in 5.1 5.2 5.3 5.4; do
        [ -d "$home/lib/$abi" ] || [ "$action" = uninstall ] || continue
        "$1" ../../../lib/entente/lua/entente "$base/share/lua/$abi/entente"
    done
    "$1" ../../../../../../lib/entente "$base/share/nvim/site/pack/entente/opt/entente"
}

# remove IGNORED NAME: only a link.
remove() {
    if [ -L "$2" ]; then rm -f "$2"; fi
}

case $action in
install)
    rm -rf "$home"
    copy 755 bin/*
    copy 644 $(find lua plugin after ftplugin autoload lsp syntax editors -type f 2>/dev/null) \
        doc/*.txt doc/*.md doc/*.vim doc/*.py doc/*.sh model/entente.model model/*.md README.md LICENSE CHANGELOG.md
    for abi in $abis; do copy 755 "lib/$abi/entente_core.so"; done
    each_link link
    mkdir -p "$base/include" "$base/lib/pkgconfig" "$base/share/man/man1"
    install -m 644 include/entente.h "$base/include/entente.h"
    install -m 644 build/libentente.a "$base/lib/libentente.a"
    if [ -f doc/entente.1 ]; then install -m 644 doc/entente.1 "$base/share/man/man1/entente.1"; fi
    cat >"$base/lib/pkgconfig/entente.pc" <<END
prefix=$prefix
Name: entente
Description: actors, proposals and stances in English text
Version: $version
Cflags: -I\${prefix}/include
Libs: -L\${prefix}/lib -lentente -lm
END
    chmod 644 "$base/lib/pkgconfig/entente.pc"
    ;;
uninstall)
    each_link remove
    rm -rf "$home"
    rm -f "$base/include/entente.h" "$base/lib/libentente.a" "$base/lib/pkgconfig/entente.pc" \
        "$base/share/man/man1/entente.1"
    # the folders that are ours alone
    for d in entente/opt entente; do
        rmdir "$base/share/nvim/site/pack/$d" 2>/dev/null || :
    done
    ;;
esac
base=$dest$prefix
home=$base/lib/entente

# copy MODE FILE...: keeps the path below the checkout.
copy() {
    mode=$1
    shift
    for f in "$@"; do
        [ -f "$f" ] || continue
        mkdir -p "$home/$(dirname "$f")"
        install -m "$mode" "$f" "$home/$f"
    done
}

# link TARGET NAME: a relative link; what is there and no link of ours stays.
link() {
    mkdir -p "$(dirname "$2")"
    if [ -e "$2" ] && [ ! -L "$2" ]; then
        echo "make install: $2 is in the way" >&2
        exit 1
    fi
    ln -sfn "$1" "$2"
}

each_link() {
    "$1" ../lib/entente/bin/entente "$base/bin/entente"
    for abi in 5.1 5.2 5.3 5.4; do
        [ -d "$home/lib/$abi" ] || [ "$action" = uninstall ] || continue
        "$1" ../../../lib/entente/lua/entente "$base/share/lua/$abi/entente"
    done
    "$1" ../../../../../../lib/entente "$base/share/nvim/site/pack/entente/opt/entente"
}

# remove IGNORED NAME: only a link.
remove() {
    if [ -L "$2" ]; then rm -f "$2"; fi
}

case $action in
install)
    rm -rf "$home"
    copy 755 bin/*
    copy 644 $(find lua plugin after ftplugin autoload lsp syntax editors -type f 2>/dev/null) \
        doc/*.txt doc/*.md doc/*.vim doc/*.py doc/*.sh model/entente.model model/*.md README.md LICENSE CHANGELOG.md
    for abi in $abis; do copy 755 "lib/$abi/entente_core.so"; done
    each_link link
    mkdir -p "$base/include" "$base/lib/pkgconfig" "$base/share/man/man1"
    install -m 644 include/entente.h "$base/include/entente.h"
    install -m 644 build/libentente.a "$base/lib/libentente.a"
    if [ -f doc/entente.1 ]; then install -m 644 doc/entente.1 "$base/share/man/man1/entente.1"; fi
    cat >"$base/lib/pkgconfig/entente.pc" <<END
prefix=$prefix
Name: entente
Description: actors, proposals and stances in English text
Version: $version
Cflags: -I\${prefix}/include
Libs: -L\${prefix}/lib -lentente -lm
END
    chmod 644 "$base/lib/pkgconfig/entente.pc"
    ;;
uninstall)
    each_link remove
    rm -rf "$home"
    rm -f "$base/include/entente.h" "$base/lib/libentente.a" "$base/lib/pkgconfig/entente.pc" \
        "$base/share/man/man1/entente.1"
    # folders of ours that are empty now
    (cd "$base" 2>/dev/null && rmdir -p share/nvim/site/pack/entente/opt share/lua/5.[1-4] \
        share/man/man1 lib/pkgconfig include bin 2>/dev/null) || :
    ;;
esac
