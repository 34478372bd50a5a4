#!/bin/sh
# usage: teacher_eval.sh DATA SCORER OUTDIR LABEL-OPTIONS...   scores of every gold set, PER,ORG,LOC, trimmed
data=$1; scorer=$2; out=$3; shift 3
here=$(dirname "$0"); py=${PYTHON:-python3}; mkdir -p "$out"
for g in ${SETS:-$data/dev/*.jsonl $data/local/*.jsonl}; do
  n=$(basename "$g" .jsonl)
  $py "$here/teacher_label.py" "$g" --whole --out "$out/$n.pred.jsonl" "$@" >/dev/null 2>"$out/err.log"
  echo "== $n"; python3 "$scorer" "$g" "$out/$n.pred.jsonl" --types PER,ORG,LOC --trim | sed -n '2,7p'
done
