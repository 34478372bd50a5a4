#!/bin/sh
# The mixed text of tests/torture.lua over every host: the command line, Lua and LuaJIT, Neovim, the
# language server. TORTURE_MB=24 is the text's size. Each must end well within a time and a memory
# that are generous, since what is looked for is a crash, a hang, and a cost that is not linear.
cd "$(dirname "$0")/../.." || exit 2
mb=${TORTURE_MB:-24}
out=build/torture
text=$out/$mb.txt
status=0
mkdir -p $out
command -v lua5.4 >/dev/null || {
    echo "ok - the torture text # SKIP no Lua 5.4"
    exit 0
}
[ -s $text ] || lua5.4 tests/torture.lua "$mb" >$text || exit 1

# host WHAT COMMAND...: under a limit of 4 GB; what it says last is told.
host() {
    what=$1
    shift
    if (ulimit -v 4000000 && exec timeout 300 "$@") >$out/log 2>&1 </dev/null; then
        last=$(tail -n 1 $out/log | cut -c 1-60 | sed 's/[^ -~]//g; s/^/: /')
        echo "ok - $mb MB of torture: $what$last"
    else
        echo "  status $?"
        tail -n 20 $out/log | cut -c 1-200 | sed 's/^/  /'
        echo "not ok - $mb MB of torture: $what"
        status=1
    fi
}

for format in text jsonl html vimgrep; do
    host "tag --format $format" \
        sh -c "bin/entente tag -f $format $text >$out/$format && ls -s $out/$format"
    rm -f $out/$format
done
host stances sh -c "bin/entente stances $text | wc -l"
for lua in lua5.4 luajit; do
    command -v $lua >/dev/null && host "$lua" $lua tests/hard/torture.lua $text
done
if command -v nvim >/dev/null; then
    host "Neovim" nvim --headless -u NONE -i NONE -n --cmd 'set rtp^=.' $text \
        -c 'luafile tests/hard/torture_nvim.lua'
else
    echo "ok - Neovim # SKIP not installed"
fi
if lua5.4 -e 'require "luv" require "cjson"' 2>/dev/null; then
    host "the language server" lua5.4 tests/hard/torture_lsp.lua $text
else
    echo "ok - the language server # SKIP no luv, or no cjson"
fi
exit $status
