#!/bin/sh
# The page of `entente report`: what is in it, and how it behaves in headless Chromium.
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
status=0

check() { # WHAT COMMAND...
    what=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        echo "ok - $what"
    else
        sed 's/^/  /' "$work/log"
        echo "not ok - $what"
        status=1
    fi
}

# Documents, among them some that would like to be markup, a script, a terminal's orders, a formula.
mkdir -p "$work/docs/deeper"
cat >"$work/docs/2025-08-15-talks.txt" <<'END'
Russia demanded full control of Donetsk. Ukrainian officials rejected this demand.
Germany and France backed the peace plan on 16 August 2025. Hungary opposed the peace plan.
Friedrich Merz said America is prepared to offer security guarantees. Angela Merkel met Macron.
END
cat >"$work/docs/deeper/2025-08-19.md" <<'END'
Poland supported the peace plan. Russia rejected the peace plan and threatened new strikes.
NATO did not agree to the peace plan. Ukraine accepted further sanctions.
END
printf '%s\n' 'Germany backed </script><script>window.hacked = 1</script> the peace plan.' \
    'France backed the <img src=x onerror="window.hacked = 2"> ceasefire agreement.' \
    'Poland rejected the <!--<script> peace plan. Ĳ😀 Spain backed the ceasefire “now” 😀 too.' \
    >"$work/docs/<img src=x onerror=window.hacked=3>.txt"
printf 'Italy backed the \033[31mred\033]0;x\007 peace plan. Italy \342\200\256rejected the ceasefire.\n' \
    >"$work/docs/controls.txt"
printf '<html><style>x</style><p>Austria opposed the <b>peace plan</b>, war &amp; all.</p>\n' \
    >"$work/docs/web.html"
printf '{"doc":"one","text":"Norway backed the peace plan.","date":"2025-08-20"}\n' \
    >"$work/docs/lines.jsonl"
printf '=cmd|calc!A1 Spain backed the peace plan. Bytes \377\376 here.\n' >"$work/docs/=1+1.txt"

page=$work/page.html
bin/entente report "$work/docs" -o "$page" >"$work/out" 2>"$work/err"
code=$?
check "report ends with 0 and says nothing" test "$code" = 0 -a ! -s "$work/out"
check "the same documents give the same page" sh -c \
    "bin/entente report '$work/docs' -o '$work/again.html' && cmp '$page' '$work/again.html'"
check "nothing in it points elsewhere" sh -c \
    "! sed 's|/\*!.*\*/||' '$page' | grep -niE '(src|href|action|data)=\"?(https?:)?//|@import|url\('"
check "no text of a document is markup" sh -c "! grep -nE '<img|<script>window' '$page'"
check "no control character but line breaks" sh -c \
    "! LC_ALL=C tr -d '\\n\\t' <'$page' | LC_ALL=C grep -q '[[:cntrl:]]'"
check "HTML is read as its text, lines of JSON as documents" sh -c "
    bin/entente export csv '$work/docs' >'$work/x.csv'
    grep -q '^web.html,1,.*Austria,country,opposes,peace plan.*peace plan, war & all' '$work/x.csv' &&
    grep -q '^lines.jsonl#one,1,2025-08-20,Norway,country,supports,peace plan' '$work/x.csv'"
check "an empty folder: nothing found" sh -c \
    "mkdir '$work/none'; bin/entente report '$work/none' -o '$work/none.html'; test \$? = 1"
check "a folder that is none: status 2" sh -c \
    "bin/entente report '$work/nowhere' -o '$work/x.html'; test \$? = 2"
check "a place that cannot be written: status 2, one line" sh -c \
    "bin/entente report '$work/docs' -o /proc/none 2>'$work/err'; test \$? = 2 &&
        test \$(wc -l <'$work/err') = 1"

# The same as tables and graphs.
check "export csv has each stance with its sentence" sh -c "bin/entente export csv '$work/docs' |
    grep -q '2025-08-15-talks.txt,2,2025-08-15,Hungary,country,opposes,peace plan,.*Hungary opposed'"
check "export csv guards formulas" sh -c \
    "! bin/entente export csv '$work/docs' | grep -qE '(^|,)[=@+]'"
check "export dot joins the documents" sh -c \
    "bin/entente export dot '$work/docs' | grep -c 'label=\"peace plan\"' | grep -qx 1"
check "export jsonl is a line a document" sh -c \
    "test \$(bin/entente export '$work/docs' | grep -c '^{\"schema\":1,\"doc\"') = 7"
check "export ann writes a file a document" sh -c "bin/entente export ann '$work/docs' \
    -o '$work/ann' && grep -q '^= c:russia Russia' '$work/ann/2025-08-15-talks.ann' &&
    grep -q '^= c:poland Poland' '$work/ann/deeper/2025-08-19.md.ann'"
check "export ann of many without a folder: status 2" sh -c \
    "bin/entente export ann '$work/docs'; test \$? = 2"
# From the index of the project.
export XDG_CACHE_HOME="$work/cache"
if lua5.4 -e "package.path = 'lua/?.lua;lua/?/init.lua;' .. package.path
    local s, m = require('entente.core').sqlite(':memory:')
    os.exit(s and 0 or 1)" 2>/dev/null && bin/entente index "$work/docs" >"$work/log" 2>&1; then
    check "report --project is made from the index" sh -c "
        bin/entente report --project '$work/docs' -o '$work/indexed.html' &&
        grep -q 'Hungary opposed the peace plan' '$work/indexed.html'"
    check "export --project has the stances of the folder" sh -c "
        bin/entente export csv '$work/docs' | cut -d , -f 2,4,6,7 | sort >'$work/a'
        bin/entente export csv --project '$work/docs' | cut -d , -f 2,4,6,7 | sort >'$work/b'
        diff '$work/a' '$work/b'"
else
    echo "ok - report --project # SKIP no index here: $(head -n 1 "$work/log")"
fi
if ! command -v python3 >/dev/null; then
    echo "ok - the page in a browser # SKIP python3 is not installed"
    exit $status
fi
check "export graphml is XML" sh -c "bin/entente export graphml '$work/docs' >'$work/x.graphml' &&
    python3 -c 'import sys, xml.dom.minidom as x; d = x.parse(sys.argv[1]);
assert any(\"peace plan\" in n.toxml() for n in d.getElementsByTagName(\"node\"))' '$work/x.graphml'"
python3 tests/report/check.py "$page" "$work" || status=1
exit $status
