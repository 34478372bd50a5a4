" Entente for Vim with +lua and text properties. Neovim has plugin/entente.lua.
if exists('g:loaded_entente') || has('nvim') || !has('lua') || !exists('*prop_add_list')
  finish
endif
let g:loaded_entente = 1

let s:groups = {
      \ 'EntentePerson': 'Identifier', 'EntenteCountry': 'Type', 'EntenteOrganisation': 'Structure',
      \ 'EntenteGroup': 'Constant', 'EntentePlace': 'Directory', 'EntenteProposal': 'Underlined',
      \ 'EntenteProposes': 'DiffAdd', 'EntenteDemands': 'DiffChange', 'EntenteSupports': 'DiffAdd',
      \ 'EntenteAccepts': 'DiffAdd', 'EntenteOpposes': 'DiffDelete', 'EntenteDiscusses': 'DiffText',
      \ 'EntenteThreatens': 'DiffDelete', 'EntenteCriticises': 'DiffDelete',
      \ 'EntenteUncertain': 'Comment', 'EntenteCurrent': 'Search' }

function! s:Define() abort
  for [l:group, l:link] in items(s:groups)
    execute 'highlight default link' l:group l:link
  endfor
endfunction

function! s:Changed(buf, start, end, added, changes) abort
  call luaeval('require("entente.host.vim").changed(_A[1], _A[2], _A[3], _A[4])',
        \ [a:buf, a:start, a:end, a:added])
endfunction

function! s:Attach() abort
  if &buftype !=# '' || exists('b:entente_listener')
    return
  endif
  if luaeval('require("entente.host.vim").attach(_A)', bufnr('%'))
    let b:entente_listener = listener_add(function('s:Changed'))
    augroup entente_buffer
      autocmd! * <buffer>
      autocmd CursorMoved,CursorMovedI,TextChanged,TextChangedI,BufWinEnter,WinEnter <buffer> call s:Paint()
      autocmd BufUnload <buffer> call s:Detach(str2nr(expand('<abuf>')))
    augroup END
    if exists('##WinScrolled')
      autocmd entente_buffer WinScrolled <buffer> call s:Paint()
    endif
    call s:Paint()
  endif
endfunction

function! s:Detach(buf) abort
  let l:id = getbufvar(a:buf, 'entente_listener', 0)
  if l:id
    call listener_remove(l:id)
    call setbufvar(a:buf, 'entente_listener', 0)
  endif
  call luaeval('require("entente.host.vim").detach(_A)', a:buf)
endfunction

" Paints the lines of the window, from the document as it is after every change.
function! s:Paint() abort
  if !exists('b:entente_listener')
    return
  endif
  call listener_flush()
  call luaeval('require("entente.host.vim").paint(_A[1], _A[2], _A[3])',
        \ [bufnr('%'), line('w0'), line('w$')])
endfunction

function! s:Run(args, range) abort
  call s:Attach()
  call listener_flush()
  call luaeval('require("entente.host.vim").run(_A[1], _A[2], _A[3])',
        \ [bufnr('%'), a:args, a:range])
  call s:Paint()
endfunction

function! s:Complete(lead, line, pos) abort
  return join(['actors', 'proposals', 'stances', 'refs', 'next', 'prev', 'goto', 'show', 'explain',
        \ 'mark', 'ignore', 'merge', 'split', 'rename', 'undo', 'redo', 'on', 'off', 'toggle'], "\n")
endfunction

call s:Define()
command! -nargs=* -range -complete=custom,s:Complete Entente call s:Run(<q-args>,
      \ <range> == 2 && <line1> == line("'<") && <line2> == line("'>"))
for s:name in ['next', 'prev', 'refs', 'goto', 'show', 'stances', 'actors', 'proposals', 'toggle']
  execute 'nnoremap <silent> <Plug>(entente-' . s:name . ') :<C-U>Entente ' . s:name . '<CR>'
endfor
nnoremap <Plug>(entente-mark) :<C-U>Entente mark<Space>
xnoremap <Plug>(entente-mark) :Entente mark<Space>
nnoremap <silent> <Plug>(entente-ignore) :<C-U>Entente ignore<CR>
xnoremap <silent> <Plug>(entente-ignore) :Entente ignore<CR>
nnoremap <silent> <Plug>(entente-next-same) :<C-U>Entente next same<CR>
nnoremap <silent> <Plug>(entente-prev-same) :<C-U>Entente prev same<CR>
augroup entente
  autocmd!
  autocmd FileType text,markdown,mail,tex,plaintex,rst,asciidoc,org call s:Attach()
  autocmd ColorScheme * call s:Define()
augroup END
