# Read by the tests of editors: starts one in tmux, here or in a Debian root, and looks at its screen.
# Nothing waits for a fixed time: what is looked for has a minute to appear.
#
#   enter ROOT|''        where editors run; sets $here (this project there) and $dir (a folder there)
#   start NAME COMMAND   starts it; NAME is told with each check
#   keys KEY...          types, in tmux's words
#   check WHAT PATTERN [OPTIONS of capture-pane]    is it on the screen?

socket=entente-$$-0
work=$(mktemp -d)
esc=$(printf '\033')
roots=
status=0
# Programs that are leaving may still write: what cannot be taken away goes a moment later.
leave() {
    tmux -L "$socket" kill-server 2>/dev/null
    # shellcheck disable=SC2086
    rm -rf "$work" $roots 2>/dev/null || { sleep 1 && rm -rf "$work" $roots; }
}
trap leave EXIT

enter() {
    root=$1
    if [ -z "$root" ]; then
        here=$PWD dir=$work outside=$work inside=
        return
    fi
    outside=$root/entente-test here=/entente-test/entente dir=/entente-test
    inside="sh tools/root.sh run $root"
    roots="$roots $outside"
    rm -rf "$outside"
    mkdir -p "$outside/entente"
    cp -r bin lua lib model plugin editors "$outside/entente/"
}

start() {
    name=$1
    tmux -L "$socket" kill-server 2>/dev/null
    socket=${socket%-*}-$((${socket##*-} + 1)) # a server that is leaving is not asked again
    tmux -L "$socket" -f /dev/null new-session -d -x 90 -y 24 \
        "$inside env XDG_CONFIG_HOME=$dir HOME=$dir TERM=screen-256color LC_ALL=C.UTF-8 $2"
}

keys() {
    for key in "$@"; do
        tmux -L "$socket" send-keys "$key"
        case $key in Escape) sleep 0.3 ;; esac # else what follows is typed with Alt
    done
}

screen() {
    tmux -L "$socket" capture-pane -p "$@" 2>&1
}

# Is it there now, or within a minute?
seen() {
    for try in $(seq 300); do
        # shellcheck disable=SC2086
        if screen $2 | grep -q -- "$1"; then
            return 0
        fi
        sleep 0.2
    done
    return 1
}

check() {
    if seen "$2" "${3-}"; then
        echo "ok - $name: $1"
    else
        echo "not ok - $name: $1"
        screen | sed 's/^/  /'
        status=1
    fi
}

has() { # what, text, wanted: for programs without a screen
    if echo "$2" | grep -qF -- "$3"; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        echo "$2" | sed 's/^/  /'
        status=1
    fi
}

lacks() { # what a test needs and is not there
    echo "ok - $1 # SKIP $2"
}

# A root of a Debian with packages; without one, says why and fails.
root_of() { # what for, suite, packages
    what=$1
    shift
    root=$(sh tools/root.sh "$@" 2>"$work/why") && root=$(echo "$root" | tail -n 1) && return
    lacks "$what" "$(tail -n 1 "$work/why")"
    return 1
}

# The lines that doc/editors.md gives under a heading, for this place.
snippet() { # heading
    sed -n "/^## $1/,/^## /s/^    //p" doc/editors.md |
        sed "s|/path/to/entente|$here|g; s|'entente', 'lsp' }|'$here/bin/entente', 'lsp' }|"
}
