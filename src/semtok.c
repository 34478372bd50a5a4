/* semtok - tokens kept up to date: only groups that changed are written anew. See semtok.h. */
#include "semtok.h"

#include <string.h>

/* Spans this near to an edit count as touched: a character may reach over its border. */
enum { MARGIN = 4 };

/* Spans [from, to) of today stand where [old_from, old_to) of the last time stood. */
typedef struct stretch {
    uint32_t from, to, old_from, old_to;
} stretch;

/* Whether a group begins at i; one ends where the list does. */
static int border(const ent_semtok_list *l, uint32_t i)
{
    return i >= l->n || l->at[i].token != ENT_NONE;
}

static int same(const ent_semtok *a, const ent_semtok *b, uint32_t shift)
{
    return a->start + shift == b->start && a->end + shift == b->end && a->type == b->type &&
           a->mods == b->mods;
}

/* How many spans at the start are as they were, and before the edit. */
static uint32_t same_first(const ent_semtoks *t, const ent_lines *lines)
{
    const ent_semtok_list *o = &t->older, *s = &t->spans;
    uint32_t k = 0, most = o->n < s->n ? o->n : s->n;
    while (k < most && same(&o->at[k], &s->at[k], 0) &&
           (!lines->touched || s->at[k].end + MARGIN <= lines->from))
        k++;
    return k;
}

/* The same from the end, leaving alone the `first` that are known already. */
static uint32_t same_last(const ent_semtoks *t, const ent_lines *lines, uint32_t first)
{
    const ent_semtok_list *o = &t->older, *s = &t->spans;
    uint32_t k = 0, most = (o->n < s->n ? o->n : s->n) - first, shift = lines->len - t->text_len;
    while (k < most && same(&o->at[o->n - 1 - k], &s->at[s->n - 1 - k], shift) &&
           (!lines->touched || s->at[s->n - 1 - k].start >= lines->to + MARGIN))
        k++;
    return k;
}

/* Number of the first token of the group at i. */
static uint32_t token_at(const ent_semtoks *t, const ent_semtok_list *l, uint32_t i)
{
    return i < l->n ? l->at[i].token : t->n / 5;
}

/* What has to be written anew: the groups that are not as they were; one before them, as places are
 * relative to the last token; one behind them, whose place is. Groups without a token do not
 * count. */
static stretch find_stretch(const ent_semtoks *t, const ent_lines *lines)
{
    const ent_semtok_list *o = &t->older, *s = &t->spans;
    uint32_t from = same_first(t, lines), last = same_last(t, lines, from);
    uint32_t to = s->n - last, old_to = o->n - last;
    while (from && !(border(s, from) && border(o, from)))
        from--;
    while (to < s->n && !(border(s, to) && border(o, old_to)))
        to++, old_to++;
    uint32_t before = token_at(t, o, from), behind = token_at(t, o, old_to);
    while (from && (!border(o, from) || token_at(t, o, from) == before))
        from--;
    while (to < s->n && (!border(o, old_to) || token_at(t, o, old_to) == behind))
        to++, old_to++;
    return (stretch){from, to, from, old_to};
}

/* Spans outside the stretch know their tokens from last time, those behind it moved. */
static void carry_tokens(ent_semtoks *t, const stretch *c, uint32_t moved)
{
    for (uint32_t i = 0; i < c->from; i++)
        t->spans.at[i].token = t->older.at[i].token;
    for (uint32_t i = c->to; i < t->spans.n; i++) {
        uint32_t token = t->older.at[i - c->to + c->old_to].token;
        t->spans.at[i].token = token == ENT_NONE ? ENT_NONE : token + moved;
    }
}

/* Numbers at both ends of today's that have been the same since they were told. */
static void note_change(ent_semtoks *t, uint32_t from, uint32_t to)
{
    uint32_t n = to - from, k = t->n_fresh, least = n < k ? n : k, head = 0, tail = 0;
    const uint32_t *old = t->at ? t->at + from : NULL, *new = t->fresh;
    if (!old || !new) least = 0;
    while (head < least && !memcmp(old + head, new + head, 5 * sizeof *old))
        head += 5;
    while (tail < least - head && !memcmp(old + n - tail - 5, new + k - tail - 5, 5 * sizeof *old))
        tail += 5;
    if (head == n && head == k) return;
    if (from + head < t->head) t->head = from + head;
    if (t->n - to + tail < t->tail) t->tail = t->n - to + tail;
}

/* Numbers [from, to) give way to the fresh ones. */
static ent_status splice(ent_semtoks *t, uint32_t from, uint32_t to, const ent_memory *mem)
{
    uint32_t n = t->n - (to - from) + t->n_fresh;
    ent_status st = ent_grow(mem, (void **)&t->at, &t->cap, n, sizeof *t->at);
    if (st) return st;
    note_change(t, from, to);
    if (t->n > to) memmove(t->at + from + t->n_fresh, t->at + to, (t->n - to) * sizeof *t->at);
    if (t->n_fresh) memcpy(t->at + from, t->fresh, t->n_fresh * sizeof *t->at);
    t->n = n;
    return ENT_OK;
}

/* Writes the stretch and puts it in the place of the old. */
static ent_status renew(ent_semtoks *t, ent_doc *d, const ent_lines *lines,
                        const ent_semtok_style *style, const ent_memory *mem)
{
    stretch c = t->valid ? find_stretch(t, lines) : (stretch){0, t->spans.n, 0, t->older.n};
    uint32_t from = t->valid ? token_at(t, &t->older, c.old_from) : 0;
    uint32_t to = t->valid ? token_at(t, &t->older, c.old_to) : t->n / 5;
    t->valid = 0;
    ent_status st = ent_semtok_write(t, d, lines, style, c.from, c.to, from, mem);
    if (st) return st;
    if (c.from && t->n_fresh) /* the group before: its place is as it was */
        memcpy(t->fresh, t->at + 5 * (size_t)from, 2 * sizeof *t->at);
    carry_tokens(t, &c, from + t->n_fresh / 5 - to);
    st = splice(t, 5 * from, 5 * to, mem);
    t->valid = !st;
    return st;
}

/* Room beyond what a document of this size is likely to need is given back. */
static void trim(ent_semtoks *t, const ent_memory *mem)
{
    enum { SPARE = 4096 };
    if (t->cap_fresh <= SPARE) return;
    ent_free(mem, t->fresh, t->cap_fresh * sizeof *t->fresh);
    t->fresh = NULL;
    t->cap_fresh = t->n_fresh = 0;
}

ent_status ent_semtok_update(ent_semtoks *t, ent_doc *d, ent_lines *lines,
                             const ent_semtok_style *style, const ent_memory *mem)
{
    ent_semtok_list last = t->spans;
    t->spans = t->older;
    t->older = last;
    ent_status st = ent_semtok_find(d, style, mem, &t->spans);
    if (st)
        t->valid = 0;
    else
        st = renew(t, d, lines, style, mem);
    t->text_len = lines->len;
    ent_lines_settle(lines);
    trim(t, mem);
    return st;
}

void ent_semtok_free(ent_semtoks *t, const ent_memory *mem)
{
    ent_free(mem, t->at, t->cap * sizeof *t->at);
    ent_free(mem, t->fresh, t->cap_fresh * sizeof *t->fresh);
    ent_free(mem, t->told, t->cap_told * sizeof *t->told);
    ent_free(mem, t->edits, t->cap_edits * sizeof *t->edits);
    ent_free(mem, t->spans.at, t->spans.cap * sizeof *t->spans.at);
    ent_free(mem, t->older.at, t->older.cap * sizeof *t->older.at);
    *t = (ent_semtoks){0};
}
