#!/bin/sh
# bundle.sh [--quiet]: makes lua/entente/report/charts.js, the charts of `entente report`, from
# charts.js here and the modules of D3 it uses: Debian's (esbuild, node-d3), else npm's (see
# package.json). --quiet: only from what is installed, and no word when it is not.
set -eu
cd "$(dirname "$0")"
quiet=${1-}
out=../../lua/entente/report/charts.js
modules=${D3_MODULES:-/usr/share/nodejs}

bundle() { # ESBUILD
    "$1" charts.js --bundle --minify --format=iife --target=es2020 --charset=utf8 \
        --legal-comments=none --log-level=error --banner:js="$(cat notice.txt)" --outfile="$out"
}

if [ -d node_modules/d3-force ]; then
    bundle node_modules/.bin/esbuild
elif [ -d "$modules/d3-force" ] && command -v esbuild >/dev/null; then
    NODE_PATH=$modules bundle esbuild
elif [ "$quiet" ]; then
    exit 0
elif command -v npm >/dev/null; then
    npm ci --silent --no-fund --no-audit --ignore-scripts
    bundle node_modules/.bin/esbuild
else
    echo "make report-page: needs esbuild and D3 (Debian: apt-get install esbuild node-d3), or npm" >&2
    exit 1
fi
[ "$quiet" ] || echo "made ${out#../../}: $(wc -c <"$out") bytes"
