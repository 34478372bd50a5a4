#!/bin/sh
# Visual Studio Code itself, as npm has it: its server, which runs extensions; a browser shows it.
# Made once, kept beside the Debian roots; prints its folder. Where it cannot be had, the last line
# on standard error says why and the status is 77.
set -eu
cache=${ENTENTE_ROOTS:-/var/cache/entente}
server=4.96.4 # Visual Studio Code 1.96.4
home=$cache/code-server-$server
code=$home/node_modules/code-server/lib/vscode

cannot() {
    echo "$*" >&2
    exit 77
}

for tool in node npm; do
    command -v $tool >/dev/null || cannot "$tool is not installed"
done
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || cannot "node is older than 20"
if [ ! -f "$home/done" ]; then
    rm -rf "$home"
    mkdir -p "$home" 2>/dev/null || cannot "$home cannot be made"
    fetch() { # folder, packages
        # shellcheck disable=SC2086
        npm install --prefix "$1" --ignore-scripts --no-audit --no-fund --silent $2 >&2
    }
    # What it needs to run without a terminal or a search of files; nothing of it is compiled.
    echo '{}' >"$home/package.json"
    fetch "$home" "code-server@$server" || cannot "npm could not fetch code-server"
    mkdir "$home/needed"
    echo '{}' >"$home/needed/package.json"
    fetch "$home/needed" '@vscode/proxy-agent@0.27.0 @microsoft/1ds-core-js@3
        @microsoft/1ds-post-js@3 @parcel/watcher@2.1.0 @vscode/deviceid@0.1.1
        @vscode/iconv-lite-umd@0.7.0 @vscode/ripgrep@1.15.9 @vscode/spdlog@0.15.0
        vscode-regexpp@3 @xterm/headless@5.6.0-beta.70 cookie@0.7.0 http-proxy-agent@7
        https-proxy-agent@7
        jschardet@3.1.4 kerberos@2.1.1 minimist@1 native-watchdog@1.4.1 node-pty@1.0.0 yauzl@3
        yazl@2' || cannot "npm could not fetch what code-server needs"
    rm -rf "$code/node_modules"
    mv "$home/needed/node_modules" "$code/node_modules"
    touch "$home/done"
fi
echo "$code"
