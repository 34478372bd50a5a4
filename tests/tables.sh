#!/bin/sh
# Generated tables are what their generator writes.
cd "$(dirname "$0")/.." || exit 2
if ! command -v python3 >/dev/null; then
    echo "ok - Unicode tables are up to date # SKIP python3 is not installed"
    exit 0
fi
said=$(python3 tools/unicode.py --check src/utf8_tables.h 2>&1)
case $?:$said in
0:) echo "ok - Unicode tables are up to date" ;;
0:*) echo "ok - Unicode tables are up to date # SKIP $said" ;;
*)
    echo "not ok - Unicode tables are up to date: $said"
    exit 1
    ;;
esac
