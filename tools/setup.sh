#!/bin/sh
# setup.sh try|test: installs what `make try` or `make test` needs and this machine lacks, with apt
# (as root or by sudo). Asks nothing of the network when all is there. Elsewhere it says what to
# install. ENTENTE_SETUP=no skips it.
set -eu
case ${ENTENTE_SETUP-} in no) exit 0 ;; esac
what=${1:-try}

have() { command -v "$1" >/dev/null 2>&1; }
lua_has() { have lua5.4 && lua5.4 -e "require '$1'" 2>/dev/null; }
header() { sh tools/luas.sh | grep -q "^$1:"; }

# Each line of the list: a Debian package, and the command that tells whether its content is here.
missing=
need() {
    package=$1
    shift
    "$@" || missing="$missing $package"
}

c_library() { [ -e /usr/include/stdio.h ] || ! have apt-get; }
editor() { have nvim; }
sqlite_library() {
    have apt-get || return 0
    for file in /usr/lib/*/libsqlite3.so.0 /usr/lib/libsqlite3.so.0; do
        [ ! -e "$file" ] || return 0
    done
    return 1
}
browser() { have chromium || have google-chrome; }

need gcc have cc
need libc6-dev c_library
need lua5.4 have lua5.4
need liblua5.4-dev header 5.4
need libluajit-5.1-dev header 5.1
need lua-lpeg lua_has lpeg
need lua-luv lua_has luv
need libsqlite3-0 sqlite_library
need neovim editor
if [ "$what" = test ]; then
    need make have make
    need lua5.1 have lua5.1
    need lua5.2 have lua5.2
    need lua5.3 have lua5.3
    need luajit have luajit
    need liblua5.2-dev header 5.2
    need liblua5.3-dev header 5.3
    need lua-cjson lua_has cjson
    need lua-busted have busted
    need lua-check have luacheck
    need luarocks have luarocks
    need clang-format have clang-format
    need python3 have python3
    need tmux have tmux
    need git have git
    need xz-utils have xz
    need procps have ps
    need diffutils have diff
    need esbuild have esbuild
    need node-d3 test -d /usr/share/nodejs/d3-force
    need chromium browser
fi
[ -n "$missing" ] || exit 0

if ! have apt-get; then
    echo "make $what: this system has no apt; install the like of:$missing" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" != 0 ]; then
    have sudo || {
        echo "make $what: not root and no sudo; run: apt-get install$missing" >&2
        exit 1
    }
    as_root=sudo
fi
echo "installing:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y "$@" >"$log" 2>&1; }
# Package lists may be absent or old: ask for them only when the packages are not found at once.
# shellcheck disable=SC2086
if ! apt --no-install-recommends install $missing; then
    if ! { apt update && apt --no-install-recommends install $missing; }; then
        tail -n 5 "$log" >&2
        echo "make $what: apt-get could not install:$missing" >&2
        exit 1
    fi
fi
