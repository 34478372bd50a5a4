#!/bin/sh
# make bench: builds and runs the measuring programs on one text and keeps what they print under
# bench/results/, dated. Times are of this thread on the processor.
#
#   bench/run.sh [TEXT]     plain text; without one, made-up news (or $BENCH_TEXT)
cd "$(dirname "$0")/.." || exit 2
text=${1:-${BENCH_TEXT:-}}
mkdir -p build/bench bench/results
for f in bench/bench_*.c; do
    name=$(basename "$f" .c)
    ${CC:-cc} -std=c11 -O2 -Iinclude -Isrc -o "build/bench/$name" "$f" build/libentente.a -lm || exit 1
done
out=bench/results/$(date +%Y-%m-%d).txt
{
    echo "# $(date '+%Y-%m-%d %H:%M'), $(uname -m), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)"
    echo "# text: ${text:-made up}"
    echo "## first stages"
    build/bench/bench_tokens $text
    echo "## everything"
    build/bench/bench_tag model/entente.model $text
    if [ -n "$text" ]; then
        echo "## wc -w on the same text"
        bytes=$(wc -c <"$text")
        from=$(date +%s%N)
        wc -w <"$text" >/dev/null
        to=$(date +%s%N)
        echo "$((bytes * 1000 / ((to - from) / 1000 + 1))) kB/s"
    fi
    echo "## edits in a document of 1 MB"
    build/bench/bench_edit model/entente.model $text
} | tee "$out"
