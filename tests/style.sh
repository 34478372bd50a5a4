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

# House numbers: lines of at most 100 columns, files of at most 600 lines.
report "lines are at most 100 columns, files at most 600 lines" \
    "$(find src include lua tests tools bin bench -name '*.[ch]' -o -name '*.lua' | grep -v _tables |
        xargs awk 'length($0) > 100 && !bad[FILENAME]++ { print FILENAME ":" FNR ": long line" }
                   FNR == 601 { print FILENAME ": more than 600 lines" }')"
exit $status
