#!/bin/sh
# model.sh MODEL: packs the model from lexicon/ and model/*.bin when their content has changed.
# Times of files say little after a checkout, so the sum of the inputs is kept beside the model.
# Without Lua 5.4 and LPeg a model that is there stays, with a warning when it is behind.
set -eu
model=$1
[ -f tools/pack.lua ] || exit 0
mkdir -p model
sum=$(cat lexicon/* model/*.bin model/*.txt tools/*.lua src/link_score.c 2>/dev/null | cksum | tr ' ' '-')
if [ -f "$model" ] && [ "$(cat "$model.sum" 2>/dev/null)" = "$sum" ]; then
    touch "$model"
elif lua5.4 -e 'require "lpeg"' 2>/dev/null; then
    echo "packing $model"
    lua5.4 tools/pack.lua "$model.new"
    mv "$model.new" "$model"
    echo "$sum" >"$model.sum"
elif [ -f "$model" ]; then
    echo "make: $model is older than lexicon/; packing it takes lua5.4 and lpeg" >&2
    touch "$model"
else
    echo "make: packing $model takes Lua 5.4 and LPeg: apt-get install lua5.4 lua-lpeg" >&2
    exit 1
fi
