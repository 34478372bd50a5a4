#!/bin/sh
# make_model.sh DATA: makes model/CLUS.bin and model/TAG_.bin anew from the data in DATA (see
# model/card.md). Seeded: the same data give the same bytes on the same machine. Needs cc, lua5.4
# with cjson, xz; some minutes.
set -eu
data=${1:-../shared/data}
out=build/corpus bin=build/tools
mkdir -p "$out" "$bin"
cc=${CC:-cc}
flags="-std=gnu11 -O3 -march=native -ffast-math -Wall -Wextra -Wno-psabi -Iinclude -Isrc"
$cc $flags -o "$bin/cluster" tools/cluster.c build/libentente.a -lm
$cc $flags -o "$bin/train" tools/train*.c build/libentente.a -lm
$cc $flags -o "$bin/calibrate" tools/calibrate.c tools/train_data.c build/libentente.a -lm

xz -dc "$data/clusters/w2v-50d.txt.xz" >"$out/w2v.txt"
xz -dc "$data/clusters/casefreq.tsv.xz" >"$out/casefreq.tsv"
"$bin/cluster" "$data/clusters/brown-c1000-balanced.paths" "$out/w2v.txt" "$out/casefreq.tsv" model/CLUS.bin
sh tools/model.sh model/entente.model

lua5.4 tools/corpus.lua "$data" "$out"
"$bin/train" model/entente.model "$out/train.txt" model/TAG_.bin "$out"/dev_*.txt
sh tools/model.sh model/entente.model
open=
for s in gmb_voa gum uner_ewt redocred crossner_politics; do open="$open $out/dev_$s.txt"; done
"$bin/calibrate" model/entente.model model/TAG_.bin $open
sh tools/model.sh model/entente.model
