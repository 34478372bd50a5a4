#!/bin/sh
# roots.sh [bookworm|trixie...]: `make try` and `make test` on bare Debian systems with nothing but
# make (and sudo, in the second, where a user runs them). Takes long: make test-roots.
cd "$(dirname "$0")/.." || exit 2
[ $# -gt 0 ] || set -- bookworm trixie
work=$(mktemp -d "${TMPDIR:-/var/tmp}/entente-roots.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
status=0

# The files of this checkout as a clone would have them.
copy_tree() {
    mkdir -p "$1"
    git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -C "$1" -xf -
    [ ! -f model/entente.model ] || git check-ignore -q model/entente.model ||
        cp model/entente.model "$1/model/"
}

# In a root, as a user or as root: COMMAND in the copied tree.
inside() {
    root=$1 user=$2
    shift 2
    if [ "$user" = root ]; then
        sh tools/root.sh run "$root" sh -c "cd /src/entente && $*"
    else
        sh tools/root.sh run "$root" su "$user" -c "cd /src/entente && $*"
    fi
}

one() {
    suite=$1 user=$2
    root=$work/$suite
    if ! why=$(sh tools/root.sh bare "$suite" "$root" 2>&1); then
        echo "ok - make try and make test on $suite # SKIP $why"
        return
    fi
    packages=make
    [ "$user" = root ] || packages="make sudo"
    sh tools/root.sh run "$root" sh -c "apt-get -qq update &&
        apt-get -qq -y --no-install-recommends install $packages" >"$work/log" 2>&1 || {
        tail -n 5 "$work/log"
        echo "not ok - the $suite root takes make"
        status=1
        return
    }
    copy_tree "$root/src/entente"
    if [ "$user" != root ]; then
        sh tools/root.sh run "$root" sh -c "useradd -m $user && chown -R $user /src &&
            echo '$user ALL=(ALL) NOPASSWD:ALL' >/etc/sudoers.d/$user"
    fi
    for target in try try test; do
        start=$(date +%s)
        if inside "$root" "$user" make "$target" >"$work/log" 2>&1 </dev/null; then
            echo "ok - make $target on bare $suite as $user, $(($(date +%s) - start)) s:" \
                "$(tail -n 1 "$work/log")"
        else
            tail -n 30 "$work/log" | sed 's/^/  /'
            echo "not ok - make $target on bare $suite as $user"
            status=1
        fi
        cp "$work/log" "build/roots-$suite-$target.log" 2>/dev/null
    done
    rm -rf "$root"
}

for suite in "$@"; do
    case $suite in
    bookworm) one bookworm root ;;
    *) one "$suite" ada ;;
    esac
done
exit $status
