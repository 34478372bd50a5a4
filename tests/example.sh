#!/bin/sh
# The C program of the documentation builds with strict flags, tags a file, and leaks nothing.
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
fail() {
    echo "not ok - $1"
    [ -f "$work/log" ] && sed 's/^/  /' "$work/log"
    exit 1
}

${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror -Iinclude doc/example.c build/libentente.a -lm \
    -o "$work/example" 2>"$work/log" || fail "the example builds"
echo "ok - the example builds"
"$work/example" model/entente.model doc/try.txt >"$work/out" 2>"$work/log" || fail "the example runs"
grep -q '^Vladimir Putin: person, ' "$work/out" || fail "the example finds who is in the text"
echo "ok - the example finds who is in the text"
"$work/example" doc/try.txt doc/try.txt 2>"$work/log" && fail "the example refuses a wrong model"
[ -s "$work/log" ] || fail "the example says what is wrong"
echo "ok - the example refuses what is no model"
if ! ${CC:-cc} -std=c11 -g -fsanitize=address -Iinclude doc/example.c build/libentente.a -lm \
    -o "$work/watched" 2>/dev/null; then
    echo "ok - the example leaks nothing # SKIP this compiler has no AddressSanitizer"
elif ASAN_OPTIONS=detect_leaks=1 "$work/watched" model/entente.model doc/try.txt \
    >/dev/null 2>"$work/log"; then
    echo "ok - the example leaks nothing"
else
    fail "the example leaks nothing"
fi
