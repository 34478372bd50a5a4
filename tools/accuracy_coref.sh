#!/bin/sh
# accuracy_coref.sh DATA [OUT]: how well mentions of one actor are linked, raw text in: OntoGUM's
# development texts (names, nouns, pronouns), GAP validation (pronouns), the marked documents (pairs
# of mentions). DATA is the folder data/ beside score/.
set -eu
data=$1
out=${2:-build/accuracy}
score=$data/../score
mkdir -p "$out"

tag() { # FILE NAME
    ./bin/entente tag --input jsonl --format jsonl --unit codepoint "$1" >"$out/$2.jsonl" || [ $? -eq 1 ]
    python3 "$score/to_coref.py" "$out/$2.jsonl" >"$out/$2.clusters.jsonl"
}

echo "# OntoGUM, development, end to end"
tag "$data/coref/ontogum-entities.dev.jsonl" ontogum
python3 "$score/score_coref.py" "$data/coref/ontogum-entities.dev.jsonl" \
    "$out/ontogum.clusters.jsonl" --match head
echo "# GAP, validation"
tag "$data/coref/gap.validation.jsonl" gap
python3 "$score/score_gap.py" "$data/coref/gap.validation.jsonl" "$out/gap.clusters.jsonl"
echo "# marked documents, development"
tag "$data/claims/dev.jsonl" claims
python3 "$score/score_claims.py" "$data/claims/dev.jsonl" "$out/claims.jsonl" | grep -E 'F1|links'
