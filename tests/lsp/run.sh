#!/bin/sh
# The language server through its real pipe.
cd "$(dirname "$0")/../.." || exit 2
for module in luv cjson; do
    lua5.4 -e "require '$module'" 2>/dev/null || {
        echo "ok - language server through its pipe # SKIP lua5.4 has no $module"
        exit 0
    }
done
status=0
for part in run requests; do
    lua5.4 tests/lsp/$part.lua "$@" || status=1
done
exit $status
