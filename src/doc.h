/* doc - the document: text, sentences, results, kept up to date edit by edit.
 *
 *     text      a gap buffer: bytes [0, gap) and [gap_end, cap) are the text; an edit moves the gap
 *               to its place, so typing copies nothing
 *     sents     a table of all sentences by start; an edit splits anew from the last sentence that
 *               could see it until it meets an old start with an equal state, puts the new ones in
 *               the place of the old and shifts the starts behind
 *     results   one block a sentence, made when first asked for; a sentence whose bytes and flags
 *               an edit left alone keeps its own
 *     linker    entities over all sentences; told what was replaced since it ran last
 */
#ifndef ENT_DOC_H
#define ENT_DOC_H

#include "link.h"

struct ent_doc {
    const ent_model *model;
    ent_memory mem;
    uint64_t revision;

    char *text;
    uint32_t len, cap, gap, gap_end;
    char *window; /* text across the gap, copied together: [window_at, window_end) */
    uint32_t window_at, window_end, cap_window;

    ent_sent *sents;
    uint32_t n, cap_sents;
    ent_sent *fresh; /* those of the edit at work */
    uint32_t n_fresh, cap_fresh;

    uint32_t first_pending; /* no pending sentence stands before it */
    uint32_t n_pending;
    size_t pending_bytes;

    ent_linker *linker;
    int linked;  /* nothing changed since it ran */
    int slicing; /* a host has it run in slices: windows do not wait */
    int resumed; /* and nothing changed since its last slice */
    uint32_t changed_from, changed_to, removed; /* as in ent_link_input */

    ent_work work;
    ent_mention *out; /* answers, valid until the next call */
    uint32_t cap_out;
    ent_stance *stances;
    uint32_t cap_stances;
    ent_attribution *attrs;
    uint32_t cap_attrs;
};

/* ---- doc_text.c: the gap buffer ------------------------------------------------------------- */

/* Replaces text; what was removed stays behind the gap so that ent_text_undo of the same numbers
 * brings it back. ENT_ENOMEM changes nothing. */
ent_status ent_text_replace(ent_doc *d, uint32_t at, uint32_t removed, const char *add,
                            uint32_t add_len);
void ent_text_undo(ent_doc *d, uint32_t removed, uint32_t add_len);

/* The bytes from `start`, contiguous: *n of them, at least `want` or up to the end of the text.
 * Valid until the next call or edit. NULL when memory is short. */
const char *ent_text_at(ent_doc *d, uint32_t start, uint32_t want, uint32_t *n);

void ent_text_free(ent_doc *d);

/* ---- doc_reuse.c: results that live on ------------------------------------------------------- */

/* An edit on its way: old sentences [from, to) give way to d->fresh; the text is changed already.
 */
typedef struct ent_change {
    uint32_t at, removed, add_len;
    uint32_t from, to;
} ent_change;

/* ent_sent.pending of an old sentence whose result a new one took over, at its old place or not. */
enum { ENT_TAKEN = 2, ENT_MOVED = 3 };

/* Where a byte behind the edit stood before it. */
static inline uint32_t ent_old_place(const ent_change *c, uint32_t at)
{
    return at - c->add_len + c->removed;
}

/* New sentences with the bytes and flags of an old one take over its result: those that stand where
 * they stood, then those that moved. */
void ent_reuse(ent_doc *d, const ent_change *c);

/* ---- doc.c ---------------------------------------------------------------------------------- */

/* Index of the sentence that holds byte `at`; n when at is the text's length or more. */
uint32_t ent_doc_index(const ent_doc *d, uint32_t at);

/* Analyses what is pending of the sentences [from, to). */
ent_status ent_doc_analyse(ent_doc *d, uint32_t from, uint32_t to);

/* Whether a claim is shown: it has an actor that the text names, and the proposal it is about; only
 * criticism of an actor and a meeting with one need none. */
static inline int ent_claim_shown(const ent_sclaim *c)
{
    return c->actor_entity != ENT_NONE &&
           (c->proposal_entity != ENT_NONE || c->label == ENT_CRITICISES ||
            (c->label == ENT_DISCUSSES && c->target_entity != ENT_NONE));
}

/* Forgets what was found in sentence i, which is analysed again when next asked for. */
void ent_doc_recall(ent_doc *d, uint32_t i);

/* Analyses everything and links. */
ent_status ent_doc_link(ent_doc *d);

#endif
