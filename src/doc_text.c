/* doc_text - the document's bytes: a gap buffer. See doc.h. */
#include "doc.h"

#include <string.h>

/* Makes the gap at least `need` bytes, a sixteenth of the text more so that growing is rare. */
static ent_status widen(ent_doc *d, uint32_t need)
{
    uint32_t have = d->gap_end - d->gap, tail = d->cap - d->gap_end;
    if (have >= need) return ENT_OK;
    uint32_t cap = d->len + need + d->len / 16 + 64;
    char *p = ent_realloc(&d->mem, d->text, d->cap, cap);
    if (!p) return ENT_ENOMEM;
    memmove(p + cap - tail, p + d->gap_end, tail);
    d->text = p;
    d->cap = cap;
    d->gap_end = cap - tail;
    return ENT_OK;
}

/* Moves the bytes between the old and the new place to the other side: few when edits are
 * neighbours. */
static void move_gap(ent_doc *d, uint32_t at)
{
    if (at < d->gap) {
        uint32_t k = d->gap - at;
        memmove(d->text + d->gap_end - k, d->text + at, k);
        d->gap_end -= k;
    } else if (at > d->gap) {
        uint32_t k = at - d->gap;
        memmove(d->text + d->gap, d->text + d->gap_end, k);
        d->gap_end += k;
    }
    d->gap = at;
}

/* The gap is at least as wide as what is added, so the removed bytes behind it are not overwritten.
 */
ent_status ent_text_replace(ent_doc *d, uint32_t at, uint32_t removed, const char *add,
                            uint32_t add_len)
{
    ent_status st = widen(d, add_len);
    if (st) return st;
    move_gap(d, at);
    if (add_len) memcpy(d->text + d->gap, add, add_len);
    d->gap += add_len;
    d->gap_end += removed;
    d->len += add_len - removed;
    d->window_end = d->window_at = 0;
    return ENT_OK;
}

/* Moving the gap's ends back is all: both texts are still there. */
void ent_text_undo(ent_doc *d, uint32_t removed, uint32_t add_len)
{
    d->gap -= add_len;
    d->gap_end -= removed;
    d->len += removed - add_len;
    d->window_end = d->window_at = 0;
}

/* Copies [start, end), which spans the gap, to the window. */
static const char *copy_window(ent_doc *d, uint32_t start, uint32_t end)
{
    if (ent_grow(&d->mem, (void **)&d->window, &d->cap_window, end - start, 1)) return NULL;
    memcpy(d->window, d->text + start, d->gap - start);
    memcpy(d->window + (d->gap - start), d->text + d->gap_end, end - d->gap);
    d->window_at = start;
    d->window_end = end;
    return d->window;
}

/* Most questions lie on one side of the gap and are answered in place. One that spans it gets a
 * copy, longer than asked for, as the next question is likely to be a little further on. */
const char *ent_text_at(ent_doc *d, uint32_t start, uint32_t want, uint32_t *n)
{
    uint32_t end = want < d->len - start ? start + want : d->len;
    if (start >= d->gap) {
        *n = d->len - start;
        return d->text + d->gap_end + (start - d->gap);
    }
    if (end <= d->gap) {
        *n = d->gap - start;
        return d->text + start;
    }
    if (start >= d->window_at && end <= d->window_end) {
        *n = d->window_end - start;
        return d->window + (start - d->window_at);
    }
    uint32_t far = want < d->len - end ? end + want : d->len; /* the next questions lie behind */
    const char *p = copy_window(d, start, far);
    *n = far - start;
    return p;
}

/* Text and window. */
void ent_text_free(ent_doc *d)
{
    ent_free(&d->mem, d->text, d->cap);
    ent_free(&d->mem, d->window, d->cap_window);
}

/* Bytes of text, the gap left out. */
uint32_t ent_doc_length(const ent_doc *d)
{
    return d ? d->len : 0;
}

/* Up to two pieces: before the gap and behind it. */
ent_status ent_doc_copy(const ent_doc *d, ent_span span, char *out)
{
    if (!d || span.start > span.end || span.end > d->len) return ENT_EARG;
    if (!out) return span.end > span.start ? ENT_EARG : ENT_OK;
    uint32_t before = span.start < d->gap ? d->gap - span.start : 0, n = span.end - span.start;
    if (before > n) before = n;
    if (before) memcpy(out, d->text + span.start, before);
    if (n > before)
        memcpy(out + before, d->text + d->gap_end + (span.start + before - d->gap), n - before);
    return ENT_OK;
}
