# newer: Debian 13's Neovim beside this system's; read by run.sh and bench/nvim/run.sh.
#
#   newer    prints a program that runs it (a file to be removed), or the reason why there is none

# Runs a program of Debian 13 with that root's own loader and libraries, outside the root.
wrap() {
    loader=$(ls "$1"/usr/lib*/ld-linux-*.so.2 "$1"/usr/lib/*/ld-linux-*.so.* 2>/dev/null | head -n 1)
    dir=$(dirname "$(ls "$1"/usr/lib/*/libc.so.6 | head -n 1)")
    file=${TMPDIR:-/tmp}/entente-nvim-$$
    cat >"$file" <<END
#!/bin/sh
VIMRUNTIME=$1/usr/share/nvim/runtime exec $loader --library-path $dir $1/usr/bin/nvim "\$@"
END
    chmod +x "$file"
    echo "$file"
}

newer() {
    case $(nvim --version | sed -n '1s/^NVIM v//p') in
        0.1[0-9]* | 0.[2-9][0-9]*) echo "this one is new" && return 1 ;;
    esac
    if why=$(sh tools/root.sh trixie neovim 2>&1); then
        wrap "$(echo "$why" | tail -n 1)"
    else
        echo "$why" | tail -n 1
        return 1
    fi
}
