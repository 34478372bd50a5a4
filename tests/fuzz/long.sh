#!/bin/sh
# long.sh SECONDS [TARGET...]: each fuzz target in turn for so long: the C core under libFuzzer with
# Address- and UndefinedBehaviorSanitizer, the Lua targets on a library with them. What was reached
# is kept in build/fuzz/corpus; an input that fails lies in build/fuzz/crash. With FUZZ_RUNS=N each
# has N inputs instead, the same in every run.
cd "$(dirname "$0")/../.." || exit 2
seconds=${1:-60}
[ $# -gt 0 ] && shift
status=0
mkdir -p build/fuzz/crash
lua5.4 tests/fuzz/seeds.lua build/fuzz/seeds || exit 1
clang=${CLANG:-clang}
want() {
    t=$1
    shift
    [ $# -eq 0 ] && return 0
    case " $* " in *" $t "*) return 0 ;; esac
    return 1
}

if echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' |
    $clang -fsanitize=fuzzer,address,undefined -xc -o /dev/null - 2>/dev/null; then
    for t in $(ls tests/fuzz/fuzz_*.c | sed 's,.*/fuzz_,,; s,\.c$,,'); do
        want $t "$@" || continue
        ${MAKE:-make} -s CLANG=$clang build/fuzz/fuzz_$t || exit 1
        corpus=build/fuzz/corpus/$t
        how="-max_total_time=$seconds -use_value_profile=1"
        [ $t = model ] && how=-max_total_time=$seconds # a walk over 2 MB has too many values
        if [ "$FUZZ_RUNS" ]; then
            corpus=build/fuzz/fresh/$t
            how="-runs=$FUZZ_RUNS -seed=1"
            rm -rf $corpus
        fi
        mkdir -p $corpus tests/fuzz/regress/$t
        if build/fuzz/fuzz_$t $how -artifact_prefix=build/fuzz/crash/$t- \
            -max_len=4096 -timeout=30 -rss_limit_mb=3000 -print_final_stats=1 \
            -dict=build/fuzz/seeds/words.dict $corpus tests/fuzz/regress/$t \
            build/fuzz/seeds/$t >build/fuzz/log_$t 2>&1; then
            runs=$(sed -n 's/^stat::number_of_executed_units: *//p' build/fuzz/log_$t)
            edges=$(sed -n 's/.*(\([0-9]*\) inline 8-bit counters).*/\1/p' build/fuzz/log_$t)
            cov=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' build/fuzz/log_$t | tail -n 1)
            echo "ok - fuzz $t: $runs inputs, $cov of $edges edges, $(ls $corpus | wc -l) kept"
        else
            grep -v '^#' build/fuzz/log_$t | tail -n 40 | sed 's/^/  /'
            echo "not ok - fuzz $t: see build/fuzz/crash"
            status=1
        fi
    done
else
    echo "ok - fuzz of the C core # SKIP no clang with libFuzzer"
fi

# The Lua targets: under the sanitizers when there is a library to load before Lua.
root=.
san=$(${CC:-cc} -print-file-name=libasan.so 2>/dev/null)
case $san in
/*)
    ${MAKE:-make} -s asan-lib >build/fuzz/log 2>&1 || exit 1
    for d in lua model; do ln -sfn ../../$d build/asan/$d; done
    root=build/asan
    ;;
*) san= ;;
esac
how="-s $seconds -seed ${SEED:-$(date +%s)}"
[ "$FUZZ_RUNS" ] && how="-n $FUZZ_RUNS -s 600 -seed 1"
for f in tests/fuzz/lua/*.lua; do
    t=$(basename $f .lua)
    [ $t = bytes ] || ! want $t "$@" ||
        env ASAN_OPTIONS=detect_leaks=0 ${san:+LD_PRELOAD="$san"} \
            lua5.4 tests/fuzz/fuzz.lua $t -root $root $how ||
        status=1
done
exit $status
