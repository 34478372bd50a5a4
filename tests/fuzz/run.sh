#!/bin/sh
# run.sh [SECONDS]: the fuzz targets for a moment, without a fuzzer's compiler: inputs that once
# failed (regress/) and the seeds are replayed, then changed ones; the Lua targets too. `make fuzz`
# does it in earnest.
cd "$(dirname "$0")/../.." || exit 2
seconds=${1:-2}
status=0
mkdir -p build/fuzz/corpus
lua5.4 tests/fuzz/seeds.lua build/fuzz/seeds || exit 1
targets=$(ls tests/fuzz/fuzz_*.c | sed 's,.*/fuzz_,,; s,\.c$,,')
for t in $targets; do
    if ! ${MAKE:-make} -s build/fuzz/replay_$t >build/fuzz/log 2>&1; then
        sed 's/^/  /' build/fuzz/log
        echo "not ok - the fuzz target $t is built"
        status=1
    elif build/fuzz/replay_$t -n 300 -s "$seconds" -seed "${SEED:-1}" \
        tests/fuzz/regress/$t build/fuzz/seeds/$t >build/fuzz/log 2>&1; then
        echo "ok - fuzz $t: $(tail -n 1 build/fuzz/log)"
    else
        mkdir -p build/fuzz/crash
        cp build/fuzz/last build/fuzz/crash/$t-replay
        tail -n 20 build/fuzz/log | sed 's/^/  /'
        echo "not ok - fuzz $t: the input is build/fuzz/crash/$t-replay"
        status=1
    fi
done
lua5.4 tests/fuzz/fuzz.lua all -s "$seconds" -seed "${SEED:-1}" || status=1
exit $status
