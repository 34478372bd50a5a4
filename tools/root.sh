#!/bin/sh
# Bare Debian systems to test in, made by debootstrap from this machine's own mirror and kept.
#
#   tools/root.sh bookworm|trixie [PACKAGE...]   prepares a root with these packages, prints its path
#   tools/root.sh bare bookworm|trixie DIR       unpacks a bare root into DIR (which must not exist)
#   tools/root.sh run ROOT COMMAND [ARG...]      runs a command in it, with /proc and /dev there
#
# Where it cannot be done, the last line on standard error says why and the status is 77.
# Roots are kept in $ENTENTE_ROOTS (/var/cache/entente); delete them at any time.
set -eu
umask 022
cache=${ENTENTE_ROOTS:-/var/cache/entente}

cannot() {
    echo "$*" >&2
    exit 77
}

# The mirror this machine uses for Debian, from either format of apt's sources.
mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources \
        /etc/apt/sources.list.d/*.list 2>/dev/null |
        sed -n 's/^URIs: *//p; s/^deb  *\(\[[^]]*\] *\)\{0,1\}\(https\{0,1\}:[^ ]*\).*/\2/p' |
        grep -m 1 '/debian/*$' || echo http://deb.debian.org/debian
}

# What apt in the root needs to reach that mirror: proxy, date and name settings of this machine.
copy_settings() {
    cp -L /etc/resolv.conf "$1/etc/resolv.conf" 2>/dev/null || :
    for f in /etc/apt/apt.conf /etc/apt/apt.conf.d/*; do
        if [ -f "$f" ] && grep -q '^Acquire' "$f"; then
            cp "$f" "$1/etc/apt/apt.conf.d/"
        fi
    done
}

# Makes $cache/SUITE.tar unless it is there.
bare_tar() {
    [ -f "$cache/$1.tar" ] && return
    command -v debootstrap >/dev/null || cannot "debootstrap is not installed"
    [ -e "/usr/share/debootstrap/scripts/$1" ] || cannot "debootstrap does not know $1"
    new=$cache/$1.new
    rm -rf "$new"
    echo "making a bare $1 in $cache" >&2
    if ! debootstrap --variant=minbase "$1" "$new" "$(mirror)" >"$cache/$1.log" 2>&1; then
        tail -n 3 "$cache/$1.log" >&2
        rm -rf "$new"
        cannot "debootstrap could not make a $1 root (no network?); log: $cache/$1.log"
    fi
    copy_settings "$new"
    rm -f "$new"/var/cache/apt/archives/*.deb
    tar -C "$new" -cf "$cache/$1.tar.new" .
    mv "$cache/$1.tar.new" "$cache/$1.tar"
    rm -rf "$new"
}

unpack() {
    mkdir "$2"
    tar -C "$2" --numeric-owner -xpf "$cache/$1.tar"
    copy_settings "$2"
}

run_in() {
    root=$1
    shift
    unshare -m sh -eu -c '
        root=$1
        shift
        mount --make-rprivate / 2>/dev/null || :
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
            TERM="${TERM:-dumb}" DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"
    ' sh "$root" "$@"
}

# A root of a suite with packages, made once for each list of packages.
prepare() {
    suite=$1
    shift
    key=$(echo "$*" | tr ' ' '\n' | sort -u | cksum | cut -d ' ' -f 1)
    root=$cache/$suite-$key
    if [ ! -f "$root/.ready" ]; then
        rm -rf "$root"
        unpack "$suite" "$root"
        if [ $# -gt 0 ]; then
            echo "installing $* in $root" >&2
            if ! { run_in "$root" apt-get -qq update &&
                run_in "$root" apt-get -qq -y --no-install-recommends install "$@"; } \
                >"$cache/$suite-$key.log" 2>&1; then
                cannot "apt-get failed in the $suite root; log: $cache/$suite-$key.log"
            fi
        fi
        : >"$root/.ready"
    fi
    echo "$root"
}

[ "$(id -u)" = 0 ] || cannot "making and entering a root needs to be run as root"
mkdir -p "$cache"
exec 9>"$cache/lock"
case ${1-} in
run)
    shift
    exec 9>&-
    run_in "$@"
    ;;
bare)
    flock 9
    bare_tar "$2"
    unpack "$2" "$3"
    ;;
bookworm | trixie)
    flock 9
    bare_tar "$1"
    prepare "$@"
    ;;
*)
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
