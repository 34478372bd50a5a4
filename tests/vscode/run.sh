#!/bin/sh
# The extension for Visual Studio Code: it is packed, its script is one, it suits the server.
cd "$(dirname "$0")/../.." || exit 2
command -v node >/dev/null || {
    echo 'ok - VS Code # SKIP node is not installed'
    exit 0
}
status=0
if command -v npm >/dev/null; then
    list=$(cd editors/vscode && npm pack --dry-run --json 2>/dev/null | sed -n 's/.*"path": "\(.*\)".*/\1/p' |
        sort | tr '\n' ' ')
    if [ "$list" = 'LICENSE README.md extension.js package.json ' ]; then
        echo 'ok - VS Code: npm packs what is needed and no more'
    else
        echo 'not ok - VS Code: npm packs what is needed and no more'
        echo "  $list"
        status=1
    fi
else
    echo 'ok - VS Code: npm packs # SKIP npm is not installed'
fi
if lua5.4 -e "require 'cjson'; require 'luv'" 2>/dev/null; then
    node tests/vscode/check.js || status=1
else
    echo 'ok - VS Code: the server # SKIP lua5.4 has no cjson or no luv'
fi
exit $status
