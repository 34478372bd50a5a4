#!/bin/sh
# The language server through its real pipe.
cd "$(dirname "$0")/../.." || exit 2
for module in luv cjson; do
    lua5.4 -e "require '$module'" 2>/dev/null || {
        echo "ok - language server through its pipe # SKIP lua5.4 has no $module"
        exit 0
    }
done
exec lua5.4 tests/lsp/run.lua "$@"
