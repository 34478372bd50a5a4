;;; entente.el --- Colours of Entente where eglot paints no semantic tokens  -*- lexical-binding: t -*-
;; (require 'entente), then M-x eglot in a text buffer. Version: 0.1.0
(require 'eglot)

(defvar entente-faces
  '(("person" . font-lock-function-name-face) ("country" . font-lock-type-face)
    ("organisation" . font-lock-constant-face) ("group" . font-lock-variable-name-face)
    ("place" . font-lock-builtin-face) ("proposal" . underline))
  "Faces of the kinds of mentions.")

(add-to-list 'eglot-server-programs '((text-mode markdown-mode) . ("entente" "lsp")))

(defun entente--paint (buffer tick spans)
  "Paint SPANS in BUFFER unless it has changed since TICK."
  (with-current-buffer buffer
    (when (= tick (buffer-chars-modified-tick))
      (remove-overlays nil nil 'entente t)
      (seq-doseq (span spans)
        (pcase-let ((`(,from . ,to) (eglot-range-region (plist-get span :range))))
          (let ((overlay (make-overlay from to)))
            (overlay-put overlay 'entente t)
            (overlay-put overlay 'evaporate t)
            (overlay-put overlay 'face
                         (cdr (assoc (plist-get span :kind) entente-faces)))))))))

(defun entente-refresh (&rest _)
  "Ask for what to paint; answers about an older text are dropped."
  (when-let* ((server (and (eglot-managed-p) (eglot-current-server)))
              (buffer (current-buffer)) (tick (buffer-chars-modified-tick)))
    (jsonrpc-async-request
     server :entente/spans (list :textDocument (eglot--TextDocumentIdentifier))
     :success-fn (lambda (spans)
                   (when (buffer-live-p buffer) (entente--paint buffer tick spans)))
     :error-fn #'ignore :timeout-fn #'ignore :deferred :entente/spans)))

(add-hook 'eglot-managed-mode-hook #'entente-refresh)
(advice-add 'eglot--signal-textDocument/didChange :after #'entente-refresh)
(provide 'entente)
