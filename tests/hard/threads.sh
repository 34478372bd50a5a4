#!/bin/sh
# ThreadSanitizer: threads of C that share a model, and the jobs of the command line, which are
# threads of luv with a Lua state each. Lua and luv themselves are not watched, the library is.
cd "$(dirname "$0")/../.." || exit 2
status=0
out=build/tsan
mkdir -p $out
if ! echo 'int main(void) { return 0; }' |
    ${CC:-cc} -fsanitize=thread -xc -o $out/probe - 2>/dev/null || ! $out/probe; then
    echo "ok - threads # SKIP no ThreadSanitizer that runs here"
    exit 0
fi
if ! ${MAKE:-make} -s BUILD=$out LIB=$out/lib WERROR= CFLAGS='-O1 -g -fsanitize=thread' \
    all >$out/log 2>&1; then
    tail -n 20 $out/log | sed 's/^/  /'
    echo "not ok - the library is built with ThreadSanitizer"
    exit 1
fi
${CC:-cc} -std=c11 -O1 -g -fsanitize=thread -Iinclude -Isrc -Itests/c -o $out/threads \
    tests/hard/threads.c $out/libentente.a -lpthread -lm || exit 1
if TSAN_OPTIONS=halt_on_error=0 $out/threads >$out/log 2>&1 && ! grep -q WARNING $out/log; then
    grep '^ok' $out/log | sed 's/^ok [0-9]*/ok/'
else
    head -n 60 $out/log | sed 's/^/  /'
    echo "not ok - threads that share a model"
    status=1
fi

tsan=$(${CC:-cc} -print-file-name=libtsan.so 2>/dev/null)
case $tsan in /*) ;; *) tsan= ;; esac
if [ -z "$tsan" ] || ! lua5.4 -e 'require "luv"' 2>/dev/null ||
    ! LD_PRELOAD=$tsan lua5.4 -e 'os.exit(0)' 2>/dev/null; then
    echo "ok - jobs of the command line # SKIP no luv, or no libtsan to load before Lua"
    exit $status
fi
for d in lua model; do ln -sfn ../../$d $out/$d; done
rm -rf $out/bin
cp -r bin $out/bin
rm -f $out/report.*
for i in 1 2 3 4 5 6 7 8; do cp doc/try.txt $out/in$i.txt; done
# the state is left to the end of the process, so threads are never joined: no leak of ours
env LD_PRELOAD=$tsan TSAN_OPTIONS="log_path=$out/report exitcode=0 report_thread_leaks=0" \
    lua5.4 $out/bin/entente tag -j 4 -f jsonl $out/in?.txt >$out/jobs 2>$out/log
same=$(sed 's/"doc":"[^"]*"//' $out/jobs | sort -u | wc -l)
if [ "$(wc -l <$out/jobs)" = 8 ] && [ "$same" = 1 ] &&
    ! cat $out/report.* 2>/dev/null | grep -q WARNING; then
    echo "ok - jobs of the command line race for nothing of ours"
else
    cat $out/log $out/report.* 2>/dev/null | head -n 60 | sed 's/^/  /'
    echo "not ok - jobs of the command line"
    status=1
fi
exit $status
