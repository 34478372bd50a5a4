#!/bin/sh
# make try: printed without a terminal, in Neovim with one; the second time nothing is built.
cd "$(dirname "$0")/.." || exit 2
status=0
out=$(mktemp)
trap 'rm -f "$out"; command -v tmux >/dev/null && tmux -L "entente-try-$$" kill-server 2>/dev/null' EXIT

check() {
    what=$1
    shift
    if "$@"; then
        echo "ok - $what"
    else
        sed 's/^/  /' "$out"
        echo "not ok - $what"
        status=1
    fi
}

ENTENTE_SETUP=no make try >"$out" 2>&1 </dev/null
check "without a terminal it ends well" test $? = 0
esc=$(printf '\033')
check "it prints the article in colours" grep -q "${esc}\[36mVladimir Putin${esc}\[0m" "$out"
check "it lists the actors" grep -q 'Vladimir Putin.*person.*doc/try.txt:16:1' "$out"
check "nothing is built the second time" sh -c \
    'make -n all | grep -vE "tools/model.sh|Nothing to be done|^make" >"$0"; [ ! -s "$0" ]' "$out"

if ! command -v tmux >/dev/null || ! command -v nvim >/dev/null; then
    echo "ok - with a terminal Neovim opens # SKIP tmux or Neovim is not installed"
    exit $status
fi
screen() { tmux -L "entente-try-$$" "$@"; }
screen -f /dev/null new-session -d -x 80 -y 30 'ENTENTE_SETUP=no make try; sleep 60'
for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 1
    screen capture-pane -p >"$out"
    grep -q 'Space n p' "$out" && break
done
check "with a terminal Neovim opens, with a line of keys" grep -q '^Space n p: next' "$out"
check "the cursor is on the first actor" grep -q 'doc/try.txt .*1,19 ' "$out"
screen send-keys ' k'
sleep 2
screen capture-pane -p >"$out"
check "a key shows the card" grep -q 'Black Sea . place' "$out"
exit $status
