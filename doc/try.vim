" What `make try` starts Neovim with; also a smallest configuration to report a bug with.
set nocompatible termguicolors linebreak scrolloff=2
let &runtimepath = expand('<sfile>:p:h:h') . ',' . &runtimepath
filetype plugin on
syntax on
highlight NormalFloat guifg=#d4d4d4 guibg=#303030
highlight FloatBorder guifg=#808080 guibg=#303030
let maplocalleader = ' '
nmap <LocalLeader>n <Plug>(entente-next)
nmap <LocalLeader>p <Plug>(entente-prev)
nmap <LocalLeader>s <Plug>(entente-next-same)
nmap <LocalLeader>r <Plug>(entente-refs)
nmap <LocalLeader>k <Plug>(entente-show)
function! s:Start() abort
    call cursor(1, 1)
    silent! Entente next
    echo 'Space n p: next, previous  s: same  r: references  k: card  :Entente'
endfunction
autocmd VimEnter * call timer_start(50, {-> s:Start()})
