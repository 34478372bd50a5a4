#!/bin/sh
# Static analysis of src/: cppcheck, clang-tidy (.clang-tidy says what is off and why), gcc's
# -fanalyzer, and gcc's warnings without optimisation. A line is a tool; what is not installed is
# skipped. A finding fails.
cd "$(dirname "$0")/../.." || exit 2
status=0
out=build/analyse
mkdir -p "$out"
lua=$(sh tools/luas.sh | tr ' ' '\n' | sed -n 's/^5\.4://p' | head -n 1)
flags="-std=c11 -Iinclude -Isrc -isystem ${lua:-/usr/include/lua5.4}"

# verdict TOOL FILE: good when the file is empty.
verdict() {
    if [ -s "$2" ]; then
        head -n 60 "$2" | sed 's/^/  /'
        echo "not ok - $1 finds nothing"
        status=1
    else
        echo "ok - $1 finds nothing"
    fi
}
have() {
    command -v "$1" >/dev/null && return 0
    echo "ok - $1 # SKIP not installed"
    return 1
}

if have cppcheck; then
    cppcheck -q -j2 --enable=warning,performance,portability --std=c11 --inline-suppr \
        -Iinclude -Isrc src doc >"$out/cppcheck" 2>&1
    verdict cppcheck "$out/cppcheck"
fi
if have clang-tidy; then
    ls src/*.c | xargs -P 2 -n 8 sh -c \
        'flags=$1; shift; clang-tidy --quiet "$@" -- $flags 2>/dev/null' \
        tidy "$flags" >"$out/tidy" 2>&1
    verdict clang-tidy "$out/tidy"
fi
# gcc 12 takes the lanes of a vector for the width of one (src/tag_score.c), hence the -Wno.
if ${CC:-cc} -fanalyzer -xc -fsyntax-only /dev/null 2>/dev/null; then
    ls src/*.c | xargs -P 2 -n 1 ${CC:-cc} $flags -O2 -fanalyzer \
        -Wno-analyzer-shift-count-overflow -c -o /dev/null >"$out/analyzer" 2>&1
    verdict "gcc -fanalyzer" "$out/analyzer"
else
    echo "ok - gcc -fanalyzer # SKIP this compiler has none"
fi
ls src/*.c | xargs -P 2 -n 8 ${CC:-cc} $flags -O0 -fsyntax-only -Wall -Wextra -Wpedantic -Wshadow \
    -Wconversion -Wno-sign-conversion -Wundef -Wstrict-prototypes >"$out/warnings" 2>&1
verdict "gcc without optimisation" "$out/warnings"
exit $status
