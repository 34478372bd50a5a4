;; A session of eglot with the language server, told in lines for run.sh.
(require 'eglot)
(setq eglot-sync-connect 60)
(find-file "/clients/text.txt")
(text-mode)
(eglot--connect '(text-mode) (cons 'transient default-directory) 'eglot-lsp-server
                '("/clients/entente/bin/entente" "lsp") '("text"))
(eglot--maybe-activate-editing-mode)
(goto-char (point-min))
(search-forward "rejected")
(backward-word 2)
(forward-char 1)
(let ((server (eglot-current-server)))
  (princ (format "encoding %s\n" (plist-get (eglot--capabilities server) :positionEncoding)))
  (princ (format "references %d\n" (length (xref-backend-references 'eglot "x"))))
  (princ (format "hover %s\n" (eglot--request server :textDocument/hover
                                              (eglot--TextDocumentPositionParams))))
  (princ (format "folders %d\n"
                 (length (eglot--request server :textDocument/documentSymbol
                                         (list :textDocument (eglot--TextDocumentIdentifier)))))))
(eglot-rename "Dmitry Peskov")
(princ (buffer-string))
(set-buffer-modified-p nil)
(kill-emacs 0)
