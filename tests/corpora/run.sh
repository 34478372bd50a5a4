#!/bin/sh
# Corpora in parts: split by hand, by GNU parallel, by a Slurm array, by Apache Spark, the lines are
# those of one run (doc/corpora.md). Spark is taken from $SPARK_PYTHON, build/spark (make spark) or
# the python3 that is here.
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
status=0
entente=$PWD/bin/entente

check() { # WHAT COMMAND...
    what=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        echo "ok - $what"
    else
        tail -n 20 "$work/log" | sed 's/^/  /'
        echo "not ok - $what"
        status=1
    fi
}

# 300 documents: sentences of the sample article in turn, with characters of all lengths.
lua5.4 - "$work" <<'END'
local dir, n = arg[1], 0
package.path = 'lua/?.lua;lua/?/init.lua;' .. package.path
local quote = require('entente.core').quote
local lines = {}
for line in io.lines 'doc/try.txt' do
  if line:find '%S' then
    lines[#lines + 1] = line
  end
end
local out = assert(io.open(dir .. '/corpus.jsonl', 'w'))
for i = 1, 300 do
  local text = table.concat({ lines[i % #lines + 1], lines[i * 7 % #lines + 1],
    i % 50 == 0 and 'Nothing here. \u{1F600} \r\n' or 'Germany backed the “plan”.' }, '\n')
  out:write(('{"doc":%s,"text":%s}\n'):format(quote('d' .. i), quote(text)))
end
out:close()
END
"$entente" tag --input jsonl -f jsonl "$work/corpus.jsonl" >"$work/single"
check "one run has a line a document" test "$(wc -l <"$work/single")" = 300

split -n l/5 "$work/corpus.jsonl" "$work/piece."
for f in "$work"/piece.*; do "$entente" tag --input jsonl -f jsonl "$f"; done >"$work/pieces"
check "five pieces give the same lines" cmp "$work/pieces" "$work/single"

if parallel --version 2>/dev/null | grep -q 'GNU parallel'; then
    parallel --will-cite --jobs 2 --pipepart --block 20k --keep-order -a "$work/corpus.jsonl" \
        "$entente" tag --input jsonl -f jsonl >"$work/parallel"
    check "GNU parallel gives the same lines" cmp "$work/parallel" "$work/single"
else
    echo "ok - GNU parallel gives the same lines # SKIP it is not installed"
fi

# Slurm tells a task its number; that is all the script takes from it.
mkdir "$work/files"
for f in "$work"/piece.*; do cp "$f" "$work/files/${f##*.}.jsonl"; done
ls "$work"/files/*.jsonl >"$work/files.txt"
for i in 3 1 5 2 4; do
    ENTENTE=$entente SLURM_ARRAY_TASK_ID=$i sh doc/slurm.sh "$work/files.txt" "$work/slurm" || break
done
check "tasks of an array give the same lines" sh -c "cat '$work'/slurm/*.jsonl | cmp - '$work/single'"
check "a task that was done is not done again" env ENTENTE=/none SLURM_ARRAY_TASK_ID=1 \
    sh doc/slurm.sh "$work/files.txt" "$work/slurm"
check "one that fails leaves nothing under its name" sh -c "
    ! ENTENTE=/none SLURM_ARRAY_TASK_ID=1 sh doc/slurm.sh '$work/files.txt' '$work/other' &&
    ! ls '$work'/other/*.jsonl"

# The parts make one index, the same in whatever order they come.
stances() {
    sqlite3 "$("$entente" index --where "$1")" "SELECT actor, stance, proposal, target, source,
        negated, hedged, score, date, path, cue, sentence FROM stances" | LC_ALL=C sort
}
export XDG_CACHE_HOME="$work/cache"
mkdir "$work/whole" "$work/parts"
what="parts merged in any order make the index of the whole"
if ! command -v sqlite3 >/dev/null; then
    echo "ok - $what # SKIP sqlite3 is not installed"
elif ! "$entente" index --from-jsonl --project "$work/whole" "$work/single" >"$work/log" 2>&1; then
    echo "ok - $what # SKIP no index here: $(head -n 1 "$work/log")"
else
    set -- "$work"/slurm/*.jsonl
    "$entente" index --from-jsonl --project "$work/parts" "$4" "$1" "$5" "$3" "$2" >"$work/log"
    stances "$work/whole" >"$work/a"
    stances "$work/parts" >"$work/b"
    check "$what" cmp "$work/a" "$work/b"
    check "and it holds the stances" test "$(wc -l <"$work/a")" -gt 300
fi

spark() {
    for python in "${SPARK_PYTHON-}" "$PWD/build/spark/bin/python" python3; do
        [ "$python" ] && command -v "$python" >/dev/null &&
            "$python" -c 'import pyspark' 2>/dev/null && return
    done
    return 1
}
what="Spark gives the same lines, in the same order"
if ! command -v java >/dev/null; then
    echo "ok - $what # SKIP Java is not installed (Debian: default-jre-headless)"
elif ! spark; then
    echo "ok - $what # SKIP PySpark is not installed (make spark)"
else
    # a cluster of two workers on this machine, each a process of its own
    home=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
    SPARK_LOCAL_IP=127.0.0.1 SPARK_HOME=$home PYSPARK_PYTHON=$python "$home/bin/spark-submit" \
        --master 'local-cluster[2,1,1024]' --conf spark.ui.enabled=false \
        --conf spark.local.dir="$work" doc/spark.py "$work/corpus.jsonl" "$work/spark" \
        --partitions 4 --entente "$entente" >"$work/spark.log" 2>&1 </dev/null
    check "$what" sh -c "cat '$work'/spark/part-* | cmp - '$work/single' ||
        { tail -n 20 '$work/spark.log'; false; }"
    check "by several processes" test "$(ls "$work"/spark/part-* | wc -l)" -ge 4
fi
exit $status
