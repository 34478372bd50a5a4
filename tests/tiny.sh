#!/bin/sh
# The documents' tests again with tiny limits, so that growing, cutting and windows happen always.
cd "$(dirname "$0")/.." || exit 2
limits='-DENT_MAX_SENT=128 -DENT_LOOK=32 -DENT_MAX_TOKEN=12 -DENT_MAX_TOKENS=30 -DENT_SENT_TOKENS=20'
tests='test_doc test_memory'
if ! make -s BUILD=build/tiny LIB=build/tiny/lib CFLAGS="-O1 -g $limits" \
    $(for t in $tests; do echo build/tiny/tests/$t; done) >build/tiny.log 2>&1; then
    echo "not ok - builds with tiny limits"
    sed 's/^/  /' build/tiny.log
    exit 1
fi
status=0
for t in $tests; do
    if build/tiny/tests/$t >build/tiny.log 2>&1; then
        echo "ok - $t with tiny limits"
    else
        echo "not ok - $t with tiny limits"
        grep -v '^ok' build/tiny.log | sed 's/^/  /'
        status=1
    fi
done
exit $status
