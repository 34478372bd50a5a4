#!/bin/sh
# tools/setup.sh: asks nothing of apt when all is there; says what is missing where there is no apt.
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
status=0

check() {
    what=$1
    shift
    if "$@" >>"$work/out" 2>&1; then
        echo "ok - $what"
    else
        sed 's/^/  /' "$work/out"
        echo "not ok - $what"
        status=1
    fi
}

# An apt-get that tells of being called.
mkdir "$work/fake" "$work/bare"
printf '#!/bin/sh\necho "apt-get $*" >>"%s/called"\nexit 1\n' "$work" >"$work/fake/apt-get"
printf '#!/bin/sh\nexec "$@"\n' >"$work/fake/sudo"
chmod 755 "$work/fake/apt-get" "$work/fake/sudo"
PATH="$work/fake:$PATH" sh tools/setup.sh try >"$work/out" 2>&1
check "all is there: it ends well" test $? = 0
check "it says nothing and calls nothing" test ! -s "$work/out" -a ! -e "$work/called"

# A machine with a shell and little more.
for tool in sh sed grep id mktemp rm tail env; do
    ln -s "$(command -v $tool)" "$work/bare/$tool"
done
PATH="$work/bare" sh tools/setup.sh try >"$work/out" 2>&1
check "without apt it ends with 1" test $? = 1
check "it is one line that names the packages" sh -c \
    "[ \$(wc -l <'$work/out') = 1 ] && grep -q 'lua5.4.*lua-lpeg.*neovim' '$work/out'"

cp "$work/fake/apt-get" "$work/fake/sudo" "$work/bare/"
PATH="$work/bare" sh tools/setup.sh try >"$work/out" 2>&1
check "when apt fails it ends with 1 and says for what" sh -c "[ $? = 1 ] && grep -q 'could not' '$work/out'"
check "it tried the packages, then fresh lists" sh -c \
    "sed -n 1p '$work/called' | grep -q 'install.*gcc' && sed -n 2p '$work/called' | grep -q update"
check "it installs without recommended packages" grep -q -- --no-install-recommends "$work/called"
exit $status
