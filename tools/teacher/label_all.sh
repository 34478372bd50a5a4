#!/bin/sh
# usage: label_all.sh MODELDIR TEXTDIR OUTDIR "NAME:WORDS ..." [options]   WORDS 0 = all; PROCS one-thread processes
model=$1; text=$2; out=$3; sets=$4; shift 4
here=$(dirname "$0"); py=${PYTHON:-python3}; n=${PROCS:-2}
mkdir -p "$out/parts"
for s in $sets; do
  name=${s%%:*}; words=${s#*:}; pids=
  i=0; while [ $i -lt $n ]; do
    $py "$here/teacher_label.py" "$text/$name.jsonl.xz" --model "$model" --words "$words" --shard $i/$n --threads 1 \
      --out "$out/parts/$name.$i" "$@" 2>"$out/parts/$name.$i.log" & pids="$pids $!"
    i=$((i+1))
  done
  ok=1; for p in $pids; do wait $p || ok=0; done
  [ $ok = 1 ] && cat $(i=0; while [ $i -lt $n ]; do echo "$out/parts/$name.$i"; i=$((i+1)); done) > "$out/$name.tmp" \
    && mv "$out/$name.tmp" "$out/$name.jsonl" && echo "$(date +%T) $name $(wc -l < "$out/$name.jsonl") parts"
done
