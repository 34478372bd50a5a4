#!/bin/sh
# make_model.sh DATA [SILVER]: makes model/CLUS.bin and model/TAG_.bin anew from the data in DATA and
# what a larger model found in its raw texts (see model/card.md): model/silver.xz, which tools/silver.lua
# packs, or the files in the folder SILVER. Seeded: the same data give the same bytes on the same
# machine. Needs cc, lua5.4 with cjson, xz; about ten minutes.
#
# Two rounds: the first tagger reads all the raw text, and what it makes of each word there is a
# feature of the second.
set -eu
data=${1:-../shared/data} silver=${2:-}
out=build/corpus bin=build/tools
mkdir -p "$out" "$bin"
cc=${CC:-cc}
flags="-std=gnu11 -O3 -march=native -ffast-math -Wall -Wextra -Wno-psabi -Iinclude -Isrc"
$cc $flags -o "$bin/cluster" tools/cluster.c build/libentente.a -lm
$cc $flags -o "$bin/train" tools/train*.c build/libentente.a -lm
$cc $flags -o "$bin/mine" tools/mine.c tools/train_data.c build/libentente.a -lm
$cc $flags -o "$bin/calibrate" tools/calibrate.c tools/train_data.c build/libentente.a -lm

xz -dc "$data/clusters/w2v-50d.txt.xz" >"$out/w2v.txt"
xz -dc "$data/clusters/casefreq.tsv.xz" >"$out/casefreq.tsv"
classes() {
    "$bin/cluster" "$data/clusters/brown-c1000-balanced.paths" "$out/w2v.txt" "$out/casefreq.tsv" \
        model/CLUS.bin "$@"
    sh tools/model.sh model/entente.model
}

if [ -z "$silver" ] && [ -f model/silver.xz ]; then
    silver=$out/silver
    rm -rf "$silver"
    lua5.4 tools/silver.lua unpack "$data" model/silver.xz "$silver"
fi
lua5.4 tools/corpus.lua "$data" "$out" $silver
cp "$out/train.txt" "$out/all.txt"
[ -z "$silver" ] || cat "$out/silver.txt" >>"$out/all.txt"

if [ -z "${ROUND2:-}" ]; then
    classes
    EPOCHS=2 MORE=1 "$bin/train" model/entente.model "$out/all.txt" model/TAG_.bin
    sh tools/model.sh model/entente.model
    lua5.4 tools/raw.lua "$data" "$out/raw.txt"
    "$bin/mine" model/entente.model "$out/raw.txt" "$out/mined.tsv" 6
fi
classes "$out/mined.tsv"
"$bin/train" model/entente.model "$out/all.txt" model/TAG_.bin "$out"/dev_*.txt
sh tools/model.sh model/entente.model
open=
for s in gmb_voa gum uner_ewt redocred crossner_politics; do open="$open $out/dev_$s.txt"; done
"$bin/calibrate" model/entente.model model/TAG_.bin $open >"$out/calibration.txt"
sh tools/model.sh model/entente.model
cat "$out/calibration.txt"
