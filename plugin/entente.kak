# Entente for Kakoune: source this file from kakrc, then :entente-enable in a buffer.
declare-option -docstring 'the program' str entente_command entente
declare-option -hidden range-specs entente_spans
declare-option -hidden str entente_file

set-face global EntentePerson cyan
set-face global EntenteCountry green
set-face global EntenteOrganisation yellow
set-face global EntenteGroup magenta
set-face global EntentePlace blue
set-face global EntenteProposal default+u
set-face global EntenteProposes green+b
set-face global EntenteDemands yellow+b
set-face global EntenteSupports green+b
set-face global EntenteAccepts green+bu
set-face global EntenteOpposes red+b
set-face global EntenteDiscusses blue+b
set-face global EntenteThreatens red+bu
set-face global EntenteCriticises magenta+b

define-command -hidden entente-write -docstring 'the buffer as it is, into a file of our own' %{
    evaluate-commands %sh{
        if [ -z "$kak_opt_entente_file" ]; then
            file=$(mktemp "${TMPDIR:-/tmp}/entente-kak.XXXXXX") &&
                printf "set-option buffer entente_file '%s'\n" "$file"
        fi
    }
    write -force %opt{entente_file}
}

define-command entente-update -docstring 'mark actors, proposals and stances anew' %{
    entente-write
    evaluate-commands %sh{
        printf "set-option buffer entente_spans %s" "$kak_timestamp"
        cd "$(dirname "$kak_buffile")" 2>/dev/null # corrections are those of the text's project
        "$kak_opt_entente_command" tag --format kak "$kak_opt_entente_file" 2>/dev/null |
            sed "s/^/ '/; s/\$/'/" | tr -d '\n'
        echo
    }
}

define-command entente-enable -docstring 'keep this buffer marked' %{
    add-highlighter -override buffer/entente ranges entente_spans
    hook -group entente buffer NormalIdle .* entente-update
    hook -group entente buffer InsertIdle .* entente-update
    hook -group entente buffer BufClose .* %{ nop %sh{ rm -f "$kak_opt_entente_file" } }
    entente-update
}

define-command entente-disable -docstring 'marks off' %{
    remove-highlighter buffer/entente
    remove-hooks buffer entente
    nop %sh{ [ -n "$kak_opt_entente_file" ] && rm -f "$kak_opt_entente_file" }
    set-option buffer entente_file ''
}

define-command -hidden entente-select -params 2 -docstring 'entente-select next|prev FACES' %{
    evaluate-commands %sh{
        line=$kak_cursor_line column=$kak_cursor_column
        printf '%s\n' "$kak_opt_entente_spans" | tr ' ' '\n' | grep -E "[|]Entente($2)" |
            sed 's/[|].*//' |
        awk -F'[.,]' -v l="$line" -v c="$column" -v way="$1" '
            { after = $1 > l || ($1 == l && $2 > c); before = $1 < l || ($1 == l && $2 < c) }
            NR == 1 { first = $0 }
            after && !hit { hit = $0 }
            before { last = $0 }
            END { to = way == "next" ? (hit ? hit : first) : (last ? last : $0)
                  print to ? "select " to : "fail none here" }'
    }
}

declare-option -hidden str entente_mentions 'Person|Country|Organisation|Group|Place|Proposal'
declare-option -hidden str entente_cues 'Proposes|Demands|Supports|Accepts|Opposes|Discusses|Threatens|Criticises'

define-command entente-next -docstring 'select the next mention' %{
    entente-select next %opt{entente_mentions}
}
define-command entente-prev -docstring 'select the previous mention' %{
    entente-select prev %opt{entente_mentions}
}
define-command entente-next-stance -docstring 'select the words of the next stance' %{
    entente-select next %opt{entente_cues}
}
define-command entente-prev-stance -docstring 'select the words of the previous stance' %{
    entente-select prev %opt{entente_cues}
}

# Runs a command of the program on the buffer; its lines go to *grep*, where <ret> jumps.
define-command -hidden entente-list -params 1.. %{
    entente-write
    evaluate-commands %sh{
        found=$(mktemp "${TMPDIR:-/tmp}/entente-kak.XXXXXX") || exit
        what=$1
        shift
        export kak_buffile
        cd "$(dirname "$kak_buffile")" 2>/dev/null
        if [ $# -gt 0 ]; then set -- "$*"; fi
        "$kak_opt_entente_command" "$what" --format vimgrep "$@" "$kak_opt_entente_file" 2>/dev/null |
            awk '{ sub(/^[^:]*/, ""); print ENVIRON["kak_buffile"] $0 }' >"$found"
        if [ ! -s "$found" ]; then
            rm -f "$found"
            echo "fail nothing found"
        else
            printf "evaluate-commands -try-client %%opt{toolsclient} %%{
                edit! -scratch *grep*
                set-option buffer filetype grep
                execute-keys '%%|cat %s; rm -f %s<ret>gg'
            }" "$found" "$found"
        fi
    }
}

define-command entente-refs -params 1.. -docstring 'entente-refs NAME: every mention' %{
    entente-list refs %arg{@}
}
define-command entente-actors -docstring 'who acts, each with its count' %{ entente-list actors }
define-command entente-proposals -docstring 'what is on the table' %{ entente-list proposals }
define-command entente-stances -params .. -docstring 'entente-stances [NAME]: who stands where' %{
    entente-list stances %arg{@}
}

define-command entente-show -params 1.. -docstring 'entente-show NAME: the card of an actor' %{
    entente-write
    evaluate-commands %sh{
        export kak_opt_entente_file
        cd "$(dirname "$kak_buffile")" 2>/dev/null
        card=$("$kak_opt_entente_command" show "$*" "$kak_opt_entente_file" 2>/dev/null |
            awk '{ f = ENVIRON["kak_opt_entente_file"]
                   while (i = index($0, f)) $0 = substr($0, 1, i - 1) substr($0, i + length(f) + 1)
                   sub(/ in $/, ""); print }' | sed "s/'/''/g")
        if [ -n "$card" ]; then printf "info -- '%s'" "$card"; else echo 'fail nothing found'; fi
    }
}

# Corrections of the text's project; what is selected is meant where no name is given.
define-command -hidden entente-correct -params 1.. %{
    evaluate-commands %sh{
        for name in "$@"; do
            [ "$name" = "$kak_selection" ] && [ ${#name} -le 1 ] &&
                echo "fail 'select a name, or give one'" && exit
        done
        cd "$(dirname "$kak_buffile")" 2>/dev/null
        said=$("$kak_opt_entente_command" "$@" 2>&1)
        status=$? said=${said#entente: } said=${said#*/lexicon.tsv: }
        case $status in 0) how=echo ;; 1) how=fail said="nothing to $1" ;; *) how=fail ;; esac
        printf '%s' "$said" | tr '\n' ' ' | sed "s/'/''/g; s/^/$how -- '/; s/\$/'/" |
            if [ $how = echo ]; then printf 'entente-update\n'; cat; else cat; fi
    }
}

define-command entente-mark -params 1..2 -docstring 'entente-mark KIND [NAME]: this is one' %{
    evaluate-commands %sh{
        [ $# = 2 ] && echo 'entente-correct mark %arg{1} %arg{2}' ||
            echo 'entente-correct mark %arg{1} %val{selection}'
    }
}
define-command entente-ignore -params ..1 -docstring 'entente-ignore [NAME]: this is none' %{
    evaluate-commands %sh{
        [ $# = 1 ] && echo 'entente-correct ignore %arg{1}' ||
            echo 'entente-correct ignore %val{selection}'
    }
}
define-command entente-merge -params 1..2 -docstring 'entente-merge [NAME] INTO: both are one' %{
    evaluate-commands %sh{
        [ $# = 2 ] && echo 'entente-correct merge %arg{1} %arg{2}' ||
            echo 'entente-correct merge %val{selection} %arg{1}'
    }
}
define-command entente-undo -docstring 'take the last correction back' %{ entente-correct undo }
define-command entente-redo -docstring 'make it again' %{ entente-correct redo }
