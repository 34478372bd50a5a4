#!/bin/sh
# How the source is written: house numbers, formatting, lint, one version everywhere.
cd "$(dirname "$0")/.." || exit 2
status=0

report() {
    if [ -z "$2" ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        echo "$2" | sed 's/^/  /'
        status=1
    fi
}

c_files=$(ls src/*.[ch] include/*.h tests/c/*.[ch] tests/fuzz/*.[ch] tools/*.[ch] bench/*.[ch] doc/*.c 2>/dev/null |
    grep -v _tables)
lua_files=$(find lua tests tools bench plugin -name '*.lua' 2>/dev/null)

# shellcheck disable=SC2086
report "lines are at most 100 columns, files at most 600 lines" "$(
    awk 'FNR == 1 { long = 0 }
        { gsub(/[\200-\277]/, "") }
        length($0) > 100 && !long++ { print FILENAME ":" FNR ": long line" }
        FNR == 601 { print FILENAME ": more than 600 lines" }' $c_files $lua_files)"

# Lengths of functions: from a line that begins in the first column and is followed by one with a
# lone brace, to the closing brace.
# shellcheck disable=SC2086
lengths=$(awk '/^\{$/ { start = FNR } /^\}$/ && start { print FNR - start - 1, FILENAME ":" start
    start = 0 }' src/*.c | sort -n)
report "no function is longer than 80 lines" "$(echo "$lengths" | awk '$1 > 80')"
report "functions: the median has at most 12 lines, nine in ten at most 35" "$(
    echo "$lengths" | awk '{ n[NR] = $1 } END {
        if (n[int((NR + 1) / 2)] > 12) print "median " n[int((NR + 1) / 2)]
        if (n[int(NR * 0.9)] > 35) print "ninth decile " n[int(NR * 0.9)] }')"

report "no trailing blanks, no tabs in Lua" "$(
    git ls-files 2>/dev/null | grep -E '\.([ch]|lua|sh|md)$|Makefile' |
        while read -r f; do [ -f "$f" ] && grep -nHE ' +$' "$f"; done
    grep -nP '\t' $lua_files | grep -v 'string')"

# What clang-format makes of a file differs from one release to the next: one counts.
if ! command -v clang-format >/dev/null; then
    echo "ok - formatting # SKIP clang-format is not installed"
elif ! clang-format --version | grep -q 'version 14\.'; then
    echo "ok - formatting # SKIP it is checked with clang-format 14 (Debian 12's)"
else
    # shellcheck disable=SC2086
    report "C is as clang-format 14 would write it (make format)" "$(
        for f in $c_files; do
            clang-format --dry-run -Werror "$f" 2>&1 | grep -m 1 'error:'
        done)"
fi

if ! command -v luacheck >/dev/null; then
    echo "ok - luacheck # SKIP it is not installed"
else
    report "luacheck finds nothing" "$(
        luacheck -q --no-color --codes lua tests tools bench $([ -d plugin ] && echo plugin) 2>&1 |
            grep -E '^ .*: \(' )"
fi

version=$(sed -n 's/^.define ENT_VERSION_[MP][A-Z]* //p' include/entente.h | paste -sd . -)
check_versions() {
    [ "$(ls rockspec/)" = "entente-$version-1.rockspec" ] || echo "rockspec/ has $(ls rockspec/)"
    grep -q "^version = '$version-1'" rockspec/*.rockspec || echo "the rockspec's version"
    grep -m 1 '^## ' CHANGELOG.md | grep -qF "$version" || echo "CHANGELOG.md begins with another"
    grep -m 1 '^\.TH' doc/entente.1 | grep -qF "entente $version" || echo "doc/entente.1"
    grep -rn "entente[ -]v\{0,1\}[0-9]\.[0-9]*\.[0-9]" README.md doc/*.md doc/*.txt 2>/dev/null |
        grep -vF "$version"
}
report "the version $version is the same everywhere" "$(check_versions)"
exit $status
