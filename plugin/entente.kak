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

define-command -hidden entente-select -params 2 -docstring 'entente-select next|prev NAME' %{
    evaluate-commands %sh{
        line=$kak_cursor_line column=$kak_cursor_column
        printf '%s\n' "$kak_opt_entente_spans" | tr ' ' '\n' | sed -n 's/[|].*//; /,/p' |
        awk -F'[.,]' -v l="$line" -v c="$column" -v way="$1" '
            { after = $1 > l || ($1 == l && $2 > c); before = $1 < l || ($1 == l && $2 < c) }
            way == "next" && after && !done { print "select " $0; done = 1 }
            way == "prev" && before { last = $0 }
            END { if (way == "prev" && last) print "select " last }'
    }
}

define-command entente-next -docstring 'select the next mention' %{ entente-select next '' }
define-command entente-prev -docstring 'select the previous mention' %{ entente-select prev '' }

define-command entente-refs -params 1.. -docstring 'entente-refs NAME: every mention, in *grep*' %{
    entente-write
    evaluate-commands %sh{
        found=$(mktemp "${TMPDIR:-/tmp}/entente-kak.XXXXXX") || exit
        "$kak_opt_entente_command" refs --format vimgrep "$*" "$kak_opt_entente_file" 2>/dev/null |
            sed "s|^[^:]*|$kak_buffile|" >"$found"
        printf "evaluate-commands -try-client %%opt{toolsclient} %%{
            edit! -scratch *grep*
            set-option buffer filetype grep
            execute-keys '%%|cat %s; rm -f %s<ret>gg'
        }" "$found" "$found"
    }
}
