#!/bin/sh
# Runs the C tests and replays the fuzz inputs in build/cov, then sums what gcov says of src/.
cd "$(dirname "$0")/../.." || exit 2
find build/cov -name '*.gcda' -exec rm -f {} +
for t in build/cov/tests/test_*; do
    case $t in *.d | *.gc*) continue ;; esac
    KILOBYTES=32 timeout 300 $t >/dev/null 2>&1 || echo "failed: $t"
done
lua5.4 tests/fuzz/seeds.lua build/fuzz/seeds
for t in build/cov/fuzz_*; do
    case $t in *.d | *.gc*) continue ;; esac
    n=${t##*/fuzz_}
    timeout 300 $t -n 100000 -s "${SECONDS_EACH:-5}" tests/fuzz/regress/$n build/fuzz/seeds/$n \
        >/dev/null || echo "failed: $t"
done
gcov -b -n -o build/cov/obj build/cov/obj/*.gcda 2>/dev/null | awk '
    /^File/ { src = ($0 ~ /src\/[a-z0-9_]*\.c/); file = $2 }
    src && /^Lines executed/ { split($2, p, ":"); n = $4; lines += n; hit += n * p[2] / 100
        if (p[2] + 0 < 95) printf "%s %s of %d lines\n", file, p[2], n }
    src && /^Taken at least once/ { split($4, q, ":"); m = $6; b += m; bh += m * q[2] / 100; src = 0 }
    END { printf "lines %.1f %% of %d, branches %.1f %% of %d\n", 100 * hit / lines, lines,
        100 * bh / b, b }'
