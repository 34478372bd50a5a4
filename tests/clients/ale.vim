set nocompatible noswapfile encoding=utf-8 hidden ruler nomore shortmess+=I
filetype on
packadd! ale

" The snippet of doc/editors.md, with the program's path.
let g:ale_linters = {'text': ['entente'], 'markdown': ['entente']}
augroup entente
  autocmd!
  autocmd FileType text,markdown call ale#linter#Define(expand('<amatch>'), {
        \ 'name': 'entente', 'lsp': 'stdio', 'executable': '/entente-test/entente/bin/entente',
        \ 'command': '%e lsp', 'project_root': {buffer -> expand('#' . buffer . ':p:h')}})
augroup END
