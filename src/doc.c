/* doc - the document through its life: made, edited, analysed, linked, freed. See doc.h. */
#include "doc.h"

#include <string.h>

enum {
    SIGHT = 2 * ENT_LOOK,    /* how far a sentence's end looks ahead */
    READ = 2 * ENT_MAX_SENT, /* bytes the splitter wants before it */
    REMEMBERED = 1 << 18,    /* bytes of the tagger's memory that are kept */
    SPARE = 256,             /* new sentences there is always room for */
    BYTES_PER_LINK = 2       /* are analysed in the time that linking a mention takes */
};

/* ---- edits ---------------------------------------------------------------------------------- */

/* Binary search for the first sentence that ends behind the byte. */
uint32_t ent_doc_index(const ent_doc *d, uint32_t at)
{
    uint32_t from = 0, to = d->n;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (d->sents[mid].start + d->sents[mid].len > at)
            to = mid;
        else
            from = mid + 1;
    }
    return from;
}

/* Splits one more sentence off at `at`; its length goes to *len. */
static ent_status split_one(ent_doc *d, uint32_t at, ent_sent_state *state, uint32_t *len)
{
    uint32_t n;
    ent_status st =
        ent_grow(&d->mem, (void **)&d->fresh, &d->cap_fresh, d->n_fresh + 1u, sizeof *d->fresh);
    if (st) return st;
    const char *s = ent_text_at(d, at, READ, &n);
    if (!s) return ENT_ENOMEM;
    ent_sent *f = &d->fresh[d->n_fresh++];
    unsigned flags;
    *f = (ent_sent){.start = at, .state = *state};
    f->len = ent_sent_next(s, n, at == 0, n < d->len - at, state, &flags);
    f->flags = (uint16_t)flags;
    f->pending = !(flags & ENT_S_SKIP);
    *len = f->len;
    return ENT_OK;
}

/* Field by field: padding may differ. */
static int equal_states(ent_sent_state a, ent_sent_state b)
{
    return a.block == b.block && a.quote == b.quote && a.fence == b.fence;
}

/* Splits from the last sentence that could see the edit until all is as it was: behind the edit,
 * at an old start, in the old state. Leaves the new sentences in d->fresh. */
static ent_status resplit(ent_doc *d, ent_change *c)
{
    ent_sent_state state = {0};
    uint32_t at = 0, len = 0;
    c->from = ent_doc_index(d, c->at < SIGHT ? 0 : c->at - SIGHT);
    if (c->from < d->n) {
        at = d->sents[c->from].start;
        state = d->sents[c->from].state;
    }
    d->n_fresh = 0;
    for (c->to = c->from; at < d->len; at += len) {
        if (at >= c->at + c->add_len) {
            uint32_t old = ent_old_place(c, at);
            while (c->to < d->n && d->sents[c->to].start < old)
                c->to++;
            if (c->to < d->n && d->sents[c->to].start == old &&
                equal_states(d->sents[c->to].state, state))
                return ENT_OK;
        }
        ent_status st = split_one(d, at, &state, &len);
        if (st) return st;
    }
    c->to = d->n;
    return ENT_OK;
}

/* Adds the replacement of [from, to) by `fresh` sentences to what the linker has to be told. */
static void note_change(ent_doc *d, uint32_t from, uint32_t to, uint32_t fresh)
{
    uint32_t n = d->changed_to - d->changed_from; /* of the changes before, as the table is now */
    d->resumed = 0;
    if (n + d->removed == 0) {
        d->changed_from = from;
        d->changed_to = from + fresh;
        d->removed = to - from;
    } else {
        uint32_t first = from < d->changed_from ? from : d->changed_from;
        uint32_t last = to > d->changed_to ? to : d->changed_to;
        d->removed += last - first - n;
        d->changed_from = first;
        d->changed_to = last - (to - from) + fresh;
    }
}

/* Keeps the sums of pending sentences and bytes, by +1 or -1. */
static void count_pending(ent_doc *d, const ent_sent *s, int by)
{
    if (!s->pending) return;
    d->n_pending += (uint32_t)by;
    d->pending_bytes += (size_t)by * s->len;
}

/* Frees what no new sentence took. */
static void drop_old(ent_doc *d, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        ent_sent *s = &d->sents[i];
        if (!s->result) continue;
        ent_linker_forget(d->linker, s);
        ent_result_free(s->result, &d->mem);
        s->result = NULL;
    }
}

void ent_doc_recall(ent_doc *d, uint32_t i)
{
    ent_sent *s = &d->sents[i];
    drop_old(d, i, i + 1);
    s->pending = 1;
    count_pending(d, s, 1);
    if (d->first_pending > i) d->first_pending = i;
    note_change(d, i, i + 1, 1);
    d->linked = 0;
}

/* How many sentences at the start of the change, and at its end, are the same as before. */
static uint32_t same_first(const ent_doc *d, const ent_change *c)
{
    uint32_t k = 0, most = d->n_fresh < c->to - c->from ? d->n_fresh : c->to - c->from;
    while (k < most && d->sents[c->from + k].pending == ENT_TAKEN &&
           d->sents[c->from + k].start == d->fresh[k].start &&
           d->fresh[k].start + d->fresh[k].len <= c->at) /* behind it, starts agree by chance */
        k++;
    return k;
}

/* The same from the end, leaving alone the `first` that are known already. */
static uint32_t same_last(const ent_doc *d, const ent_change *c, uint32_t first)
{
    uint32_t k = 0, most = d->n_fresh < c->to - c->from ? d->n_fresh : c->to - c->from;
    while (k < most - first && d->sents[c->to - 1 - k].pending == ENT_TAKEN &&
           d->fresh[d->n_fresh - 1 - k].start >= c->at + c->add_len &&
           d->sents[c->to - 1 - k].start == ent_old_place(c, d->fresh[d->n_fresh - 1 - k].start))
        k++;
    return k;
}

/* Puts d->fresh in the place of the old sentences; cannot fail: room was made before. */
static void commit(ent_doc *d, const ent_change *c)
{
    uint32_t tail = d->n - c->to, shift = c->add_len - c->removed;
    for (uint32_t i = c->from; i < c->to; i++)
        count_pending(d, &d->sents[i], -1);
    ent_reuse(d, c);
    uint32_t first = same_first(d, c), last = same_last(d, c, first);
    drop_old(d, c->from, c->to);
    note_change(d, c->from + first, c->to - last, d->n_fresh - first - last);
    d->linked = 0;
    ent_sent *place = d->sents + c->from;
    if (tail) memmove(place + d->n_fresh, d->sents + c->to, tail * sizeof *place);
    if (d->n_fresh) memcpy(place, d->fresh, d->n_fresh * sizeof *place);
    d->n = c->from + d->n_fresh + tail;
    for (uint32_t i = c->from; i < c->from + d->n_fresh; i++)
        count_pending(d, &d->sents[i], 1);
    for (uint32_t i = c->from + d->n_fresh; i < d->n; i++)
        d->sents[i].start += shift;
    if (d->first_pending > c->from) d->first_pending = c->from;
}

/* The sentences of a first text become the table as they are. */
static void adopt(ent_doc *d)
{
    ent_sent *table = d->sents;
    uint32_t cap = d->cap_sents;
    d->sents = d->fresh;
    d->cap_sents = d->cap_fresh;
    d->n = d->n_fresh;
    ent_shrink(&d->mem, (void **)&d->sents, &d->cap_sents, d->n, sizeof *d->sents);
    d->fresh = table;
    d->cap_fresh = cap;
    for (uint32_t i = 0; i < d->n; i++)
        count_pending(d, &d->sents[i], 1);
    note_change(d, 0, 0, d->n);
    d->linked = 0;
    d->first_pending = 0;
}

/* A large edit's list of new sentences is not kept. */
static void trim_fresh(ent_doc *d)
{
    if (d->cap_fresh <= SPARE) return;
    ent_free(&d->mem, d->fresh, d->cap_fresh * sizeof *d->fresh);
    d->fresh = NULL;
    d->cap_fresh = 0;
}

/* The edit proper, its common ends cut off. On failure the text is put back. */
static ent_status apply(ent_doc *d, ent_change *c, const char *add)
{
    ent_status st = ent_text_replace(d, c->at, c->removed, add, c->add_len);
    if (st) return st;
    st = resplit(d, c);
    if (!st && d->n)
        st = ent_grow(&d->mem, (void **)&d->sents, &d->cap_sents,
                      (size_t)d->n - (c->to - c->from) + d->n_fresh, sizeof *d->sents);
    if (st)
        ent_text_undo(d, c->removed, c->add_len);
    else if (d->n)
        commit(d, c);
    else
        adopt(d);
    trim_fresh(d);
    return st;
}

/* The byte at i of the text, on whichever side of the gap. */
static char byte_at(const ent_doc *d, uint32_t i)
{
    return d->text[i < d->gap ? i : i - d->gap + d->gap_end];
}

/* What the old and the new bytes share at their ends is no change: so a host may hand over whole
 * lines, or a file read again. */
ent_status ent_doc_edit(ent_doc *d, uint32_t at, uint32_t removed, const char *add,
                        uint32_t add_len)
{
    if (!d || at > d->len || removed > d->len - at || (!add && add_len)) return ENT_EARG;
    if ((size_t)d->len - removed + add_len > ENT_MAX_TEXT) return ENT_EARG;
    while (removed && add_len && byte_at(d, at) == *add)
        at++, add++, removed--, add_len--;
    while (removed && add_len && byte_at(d, at + removed - 1) == add[add_len - 1])
        removed--, add_len--;
    ent_change c = {.at = at, .removed = removed, .add_len = add_len};
    ent_status st = removed + add_len ? apply(d, &c, add) : ENT_OK;
    if (!st) d->revision++;
    return st;
}

/* ---- making and freeing --------------------------------------------------------------------- */

/* A new text is an edit of an empty one. */
ent_status ent_doc_new(const ent_model *m, const char *text, size_t len, const ent_memory *mem,
                       ent_doc **out)
{
    if (!out) return ENT_EARG;
    *out = NULL;
    if (!m || (!text && len) || len > ENT_MAX_TEXT) return ENT_EARG;
    ent_doc *d = ent_realloc(mem, NULL, 0, sizeof *d);
    if (!d) return ENT_ENOMEM;
    *d = (ent_doc){.model = m};
    if (mem) d->mem = *mem;
    ent_status st = ent_linker_new(&d->mem, &d->linker);
    if (!st) st = ent_doc_edit(d, 0, 0, text, (uint32_t)len);
    if (st) {
        ent_doc_free(d);
        return st;
    }
    d->revision = 0;
    *out = d;
    return ENT_OK;
}

/* Sizes go back with each block: the caller's allocator may want them. */
void ent_doc_free(ent_doc *d)
{
    if (!d) return;
    ent_memory mem = d->mem;
    for (uint32_t i = 0; i < d->n; i++)
        ent_result_free(d->sents[i].result, &mem);
    ent_linker_free(d->linker);
    ent_work_free(&d->work, &mem);
    ent_text_free(d);
    ent_free(&mem, d->sents, d->cap_sents * sizeof *d->sents);
    ent_free(&mem, d->fresh, d->cap_fresh * sizeof *d->fresh);
    ent_free(&mem, d->out, d->cap_out * sizeof *d->out);
    ent_free(&mem, d->stances, d->cap_stances * sizeof *d->stances);
    ent_free(&mem, d->attrs, d->cap_attrs * sizeof *d->attrs);
    ent_free(&mem, d, sizeof *d);
}

/* ---- analysis ------------------------------------------------------------------------------- */

/* The result of one sentence; it stays pending when memory is short. */
static ent_status analyse_one(ent_doc *d, ent_sent *s)
{
    uint32_t n;
    const char *text = ent_text_at(d, s->start, s->len, &n);
    if (!text) return ENT_ENOMEM;
    ent_status st = ent_analyse(d->model, text, s->len, s->flags, &d->mem, &d->work, &s->result);
    if (st) return st;
    count_pending(d, s, -1);
    s->pending = 0;
    return ENT_OK;
}

/* Stops looking when nothing is pending any more: mostly at once. */
ent_status ent_doc_analyse(ent_doc *d, uint32_t from, uint32_t to)
{
    if (from < d->first_pending) from = d->first_pending;
    for (uint32_t i = from; i < to && d->n_pending; i++) {
        ent_status st = d->sents[i].pending ? analyse_one(d, &d->sents[i]) : ENT_OK;
        if (st) return st;
    }
    return ENT_OK;
}

/* Words the tagger remembers are for long texts: when all is analysed, a large memory goes. */
static void forget_words(ent_doc *d)
{
    ent_tag_work *w = &d->work.tag;
    if (d->n_pending || w->cap <= REMEMBERED) return;
    ent_free(&d->mem, w->p, w->cap);
    *w = (ent_tag_work){0};
}

/* From the front, moving the mark of what is done: every sentence is looked at once, however small
 * the slices. Analyses about `budget` bytes, 0 all; *left is what remains of it. */
static ent_status analyse_some(ent_doc *d, size_t budget, size_t *left)
{
    size_t before = d->pending_bytes;
    size_t goal = budget && budget < before ? before - budget : 0;
    for (; d->n_pending && d->pending_bytes > goal; d->first_pending++) {
        ent_status st = ent_doc_analyse(d, d->first_pending, d->first_pending + 1);
        if (st) return st;
    }
    forget_words(d);
    *left = before - d->pending_bytes < budget ? budget - (before - d->pending_bytes) : 0;
    return ENT_OK;
}

/* The linker's window on the text. */
static const char *text_of(void *ctx, uint32_t start, uint32_t end)
{
    uint32_t n;
    return ent_text_at(ctx, start, end - start, &n);
}

/* Links for at most about `work` (0: all): what is left of the list of changes when that is not
 * enough is for the next call, as is all of it after a failure. */
static ent_status link_some(ent_doc *d, size_t work)
{
    ent_link_input in = {.model = d->model,
                         .sents = d->sents,
                         .n = d->n,
                         .changed_from = d->changed_from,
                         .changed_to = d->changed_to,
                         .removed = d->removed,
                         .work = work,
                         .resumed = d->resumed,
                         .user = d->work.user,
                         .text = text_of,
                         .ctx = d};
    int done;
    ent_status st = ent_linker_update(d->linker, &in, &done);
    if (st) return st;
    d->linked = done;
    d->slicing = d->resumed = !done;
    d->changed_from = in.changed_from;
    d->changed_to = in.changed_to;
    d->removed = in.removed;
    return ENT_OK;
}

/* A slice analyses, and what is left of its budget links. */
ent_status ent_doc_advance(ent_doc *d, size_t budget, int *done)
{
    if (!d) return ENT_EARG;
    size_t left = 0;
    ent_status st = analyse_some(d, budget, &left);
    if (!st && !d->n_pending && !d->linked && left) st = link_some(d, 1 + left / BYTES_PER_LINK);
    if (!st && !budget) st = ent_doc_link(d);
    if (done) *done = d->n_pending == 0 && d->linked;
    return st;
}

/* Links only when something changed. */
ent_status ent_doc_link(ent_doc *d)
{
    size_t left;
    ent_status st = analyse_some(d, 0, &left);
    return st || d->linked ? st : link_some(d, 0);
}

/* Edits so far. */
uint64_t ent_doc_revision(const ent_doc *d)
{
    return d ? d->revision : 0;
}
