#!/bin/sh
# accuracy.sh DATA [OUT]: precision, recall and F1 of names on every development set, raw text in,
# beside a plain linear-chain CRF trained on the same data in the same run (python-crfsuite, a peer:
# put into build/venv when it is missing, skipped with a word when that fails). Scored as the contract
# says.
set -eu
data=${1:-../shared/data}
out=${2:-build/accuracy}
score=$(dirname "$data")/score
mkdir -p "$out"
peer=${PEER:-build/peer.crfsuite}
python=${PYTHON:-build/venv/bin/python}
[ -x "$python" ] || python=python3
if ! "$python" -c 'import pycrfsuite' 2>/dev/null; then
    python3 -m venv build/venv && build/venv/bin/pip -q install python-crfsuite || true
    [ ! -x build/venv/bin/python ] || python=build/venv/bin/python
fi >&2
if "$python" -c 'import pycrfsuite' 2>/dev/null; then
    [ -f "$peer" ] || "$python" tools/accuracy_peer.py train "$peer" "$data"/ner/train/*_train.conll
else
    echo "peer: skipped, python-crfsuite is not installed (python3 -m venv build/venv;" \
        "build/venv/bin/pip install python-crfsuite)"
    peer=
fi

# One line a type: P, R, F1 of ours and of the peer.
table() {
    python3 "$score/score_offsets.py" "$1" "$2" --types PER,ORG,LOC --trim |
        awk '$1 ~ /^(PER|ORG|LOC|MICRO)$/ { printf "%s %.1f %.1f %.1f\n", $1, $2, $3, $4 }'
}

printf '%-24s %-6s %18s   %18s\n' set type 'Entente P R F1' 'CRF P R F1'
for gold in "$data"/ner/dev/*.jsonl "$data"/ner/local/*.jsonl; do
    name=$(basename "$gold" .jsonl)
    bin/entente tag --input jsonl --format jsonl --unit codepoint "$gold" >"$out/$name.out" || [ $? = 1 ]
    python3 "$score/to_ner.py" "$out/$name.out" >"$out/$name.jsonl"
    table "$gold" "$out/$name.jsonl" >"$out/$name.ours"
    : >"$out/$name.peer"
    if [ -n "$peer" ]; then
        "$python" tools/accuracy_peer.py tag "$peer" "$gold" >"$out/$name.crf.jsonl"
        table "$gold" "$out/$name.crf.jsonl" >"$out/$name.peer"
    fi
    while read -r type p r f; do
        printf '%-24s %-6s %6s%6s%6s   %s\n' "$name" "$type" "$p" "$r" "$f" \
            "$(awk -v t="$type" '$1 == t { printf "%6s%6s%6s", $2, $3, $4 }' "$out/$name.peer")"
    done <"$out/$name.ours"
done
