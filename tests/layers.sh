#!/bin/sh
# Who may reach for whom. See doc/architecture.md; this script is the rule, the page its picture.
cd "$(dirname "$0")/.." || exit 2
status=0

report() {
    if [ -z "$2" ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        echo "$2" | sed 's/^/  /'
        status=1
    fi
}

# 1. A stage of the C core includes itself and earlier stages, and nothing knows Lua but lua_core.
stages="mem utf8 abbrev markup block sent token model gaz feat tag mention clex user ctag chunk cweight prop attr stance claim analyse link doc units json lines semtok"
check_stages() {
    for f in src/*.c src/*.h; do
        name=$(basename "$f" | sed 's/\.[ch]$//')
        case $name in lua_*) continue ;; esac
        # a file belongs to the stage its name starts with: gaz, gaz_open ...
        own=0 i=0
        for s in $stages; do
            i=$((i + 1))
            case $name in "$s" | "$s"_*) own=$i ;; esac
        done
        [ "$name" = names ] && own=1
        [ $own = 0 ] && echo "$f belongs to no stage (named in tests/layers.sh)"
        for inc in $(sed -n 's/^#include "\(.*\)\.h"$/\1/p' "$f"); do
            [ "$inc" = entente ] && continue
            i=0 other=99
            for s in $stages; do
                i=$((i + 1))
                case $inc in "$s" | "$s"_*) other=$i ;; esac
            done
            [ $other -gt $own ] && echo "$f includes the later stage $inc.h"
        done
    done
}
report "each C stage includes earlier stages only" "$(check_stages)"

core=$(ls src/*.c src/*.h | grep -v '/lua_')
report "no Lua in src/ outside lua_*" "$(grep -nE '#include *[<"](lua|lauxlib)' $core)"
report "no input, output or exit in src/ outside lua_*" \
    "$(grep -nE '\b(printf|fprintf|puts|fopen|open|read|write|exit|abort|getenv|setlocale)\(|<stdio\.h>' \
        $core | grep -vE '^[^:]*:[0-9]+: *(/?\*|//)')"

# 2. Lua modules know the core and one another, no host; 3. a host knows no other host.
report "host-free Lua names no host and no editor" \
    "$(grep -nE "\bvim\.|\bvis[.:]|require *\(?['\"](luv|uv|vim[^']*|vis[^']*|entente\.host[^']*)['\"]" \
        $(find lua/entente -name '*.lua' ! -path '*/host/*' ! -name health.lua ! -name nvim.lua \
            ! -name vis.lua ! -name vim.lua ! -name lsp.lua))"
check_hosts() {
    for f in $(find lua/entente/host -name '*.lua'); do
        host=$(basename "$f" .lua)
        case $f in lua/entente/host/*/*) host=$(basename "$(dirname "$f")") ;; esac
        host=${host%%_*}
        sed -n "s/.*require *(\{0,1\}['\"]entente\.host\.\([a-z]*\).*/\1/p" "$f" | while read -r other; do
            [ "$other" = "$host" ] || echo "$f reaches for the host $other"
        done
        n=$(wc -l <"$f")
        [ "$n" -lt 300 ] || echo "$f has $n lines: a host is an adapter of less than 300"
    done
}
report "a host reaches for no other host and stays thin" "$(check_hosts)"

# 4. Nothing that is installed uses tools/ or tests/.
report "nothing installed uses tools/ or tests/" \
    "$(grep -rnE "['\"/](tools|tests)/" src include lua bin plugin 2>/dev/null |
        grep -vE ':[0-9]+: *(\*|/\*|--)')"

exit $status
