#!/bin/sh
# The extension for Visual Studio Code: its script suits the server; it is packed as its README
# says, and that package, in Visual Studio Code itself, does what the protocol promises.
cd "$(dirname "$0")/../.." || exit 2
status=0
check() { # what, text, wanted
    if echo "$2" | grep -qF -- "$3"; then
        echo "ok - VS Code: $1"
    else
        echo "not ok - VS Code: $1"
        echo "$2" | sed 's/^/  /'
        status=1
    fi
}
lacks() { echo "ok - VS Code: $1 # SKIP $2"; }

command -v node >/dev/null || {
    lacks 'all of it' 'node is not installed'
    exit 0
}
lua5.4 -e "require 'cjson'; require 'luv'" 2>/dev/null || {
    lacks 'all of it' 'lua5.4 has no cjson or no luv'
    exit 0
}
node tests/vscode/check.js || status=1

work=$(mktemp -d)
server='' browser=''
leave() {
    # shellcheck disable=SC2086
    kill $browser $server 2>/dev/null
    rm -rf "$work" 2>/dev/null || { sleep 2 && rm -rf "$work"; }
}
trap leave EXIT

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    lacks 'a session' 'there is no Chromium to show it'
    exit $status
}
code=$(sh tests/vscode/code.sh 2>"$work/why") || {
    lacks 'a session' "$(tail -n 1 "$work/why")"
    exit $status
}

# As the README says.
cp -r editors/vscode "$work/extension"
(cd "$work/extension" && npm install --no-audit --no-fund --silent --omit=dev &&
    npx --yes @vscode/vsce package --allow-missing-repository) >"$work/pack.log" 2>&1 || {
    lacks 'it is packed' "npm could not: $(tail -n 1 "$work/pack.log")"
    exit $status
}
mkdir -p "$work/data/data/Machine" "$work/text"
printf '{"entente.path":"%s/bin/entente","security.workspace.trust.enabled":false}\n' "$PWD" \
    >"$work/data/data/Machine/settings.json"
printf '%s\n' 'President Vladimir Putin met Angela Merkel in Moscow.' \
    'Putin rejected the peace plan of Germany. He left.' >"$work/text/text.txt"
vscode() { node "$code/out/server-main.js" --server-data-dir "$work/data" "$@"; }
out=$(vscode --install-extension "$work"/extension/*.vsix 2>&1)
check 'it is installed' "$out" 'was successfully installed'
# What is run is what is in the package: as an extension that is being tested.
python3 -m zipfile -e "$work"/extension/*.vsix "$work/packed" || status=1
[ $status = 0 ] || exit $status

port=$(lua5.4 -e "local uv = require 'luv'; local s = uv.new_tcp(); s:bind('127.0.0.1', 0)
    print(s:getsockname().port)")
ENTENTE_FOLDER=$work/text node "$code/out/server-main.js" --server-data-dir "$work/data" \
    --host 127.0.0.1 --port "$port" --without-connection-token --accept-server-license-terms \
    >"$work/server.log" 2>&1 &
server=$!
for try in $(seq 600); do
    ! grep -q 'agent started' "$work/server.log" && kill -0 $server 2>/dev/null || break
    sleep 0.2
done
there=vscode-remote://127.0.0.1:$port
tried="[[\"extensionDevelopmentPath\",\"$there$work/packed/extension\"],\
[\"extensionTestsPath\",\"$there$PWD/tests/vscode/session.js\"]]"
"$chromium" --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage \
    --user-data-dir="$work/browser" --remote-debugging-port=0 \
    "http://127.0.0.1:$port/?folder=$work/text&payload=$tried" \
    >"$work/browser.log" 2>&1 &
browser=$!
for try in $(seq 450); do
    [ ! -f "$work/text/told.txt" ] && kill -0 $server 2>/dev/null || break
    sleep 0.2
done
out=$(cat "$work/text/told.txt" 2>/dev/null || tail -n 40 "$work/server.log")
check 'references' "$out" 'references 3'
[ $status = 0 ] || exit $status
check 'definition' "$out" 'definition 0'
check 'hover' "$out" '**Vladimir Putin**'
check 'highlights' "$out" 'highlights 3'
check 'outline' "$out" 'outline Actors | Proposals | Stances'
check 'symbols' "$out" 'symbols Angela Merkel'
check 'its token types' "$out" 'legend actor-person actor-country'
check 'tokens' "$out" 'tokens true'
check 'lenses' "$out" 'peace plan: 1 mention · 1 against'
check 'hints' "$out" 'hints  Vladimir Putin'
check 'call hierarchy' "$out" 'calls Angela Merkel | peace plan'
check 'corrections' "$out" '“Putin” is not an actor or proposal'
check 'rename, in full and short' "$out" 'rename Dmitry Peskov | Peskov'
check 'what is typed, in UTF-16' "$out" 'typed 0:3 0:'
exit $status
