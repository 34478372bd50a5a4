#!/bin/sh
# picture.sh [OUT.svg]: what a real Neovim shows of the sample article, drawn by tools/picture.lua.
cd "$(dirname "$0")/.." || exit 2
out=${1:-doc/picture.svg}
tmux() { command tmux -L "entente-picture-$$" -f /dev/null "$@"; }
trap 'tmux kill-server 2>/dev/null' EXIT

export XDG_CONFIG_HOME=/nonexistent XDG_DATA_HOME=/nonexistent XDG_STATE_HOME=/nonexistent
tmux start-server \; set -g default-terminal tmux-256color \; set -ga terminal-overrides ',*:Tc' \; \
    new-session -d -x 80 -y 34 'exec nvim -n -i NONE -u doc/try.vim doc/try.txt'
# wait until the line of keys is there, then ask for the card of who the cursor is on
for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 0.5
    tmux capture-pane -p | grep -q 'Space n p' && break
done

tmux send-keys '/Putin, and' Enter ':noh | Entente show' Enter
sleep 1
tmux capture-pane -e -p >"$out.ansi" || exit 1
lua5.4 tools/picture.lua <"$out.ansi" >"$out"
rm -f "$out.ansi"
