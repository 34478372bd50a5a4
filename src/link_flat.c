/* link_flat - the mentions of the whole text: numbered one after another, and found by the types
 * they have to do with. See link_impl.h.
 *
 * A sentence keeps one word of bits, one for each type that its mentions are of, refer to, or end
 * at (a Bloom filter of one hash). To look for all mentions of some types is to go over these words
 * and then only into the sentences that may hold one.
 */
#include "link_impl.h"

#include <string.h>

/* ---- numbers ---- */

/* Replaces elements [at, at + out) of an array of n elements by `in` others, unset. */
static ent_status splice(ent_linker *l, void **a, uint32_t *cap, size_t elem, uint32_t n,
                         uint32_t at, uint32_t out, uint32_t in)
{
    ent_status st = ent_grow(&l->mem, a, cap, (size_t)n - out + in + 1, elem);
    if (st) return st;
    char *p = *a;
    if (n > at + out) memmove(p + (at + in) * elem, p + (at + out) * elem, (n - at - out) * elem);
    memset(p + at * elem, 0, in * elem);
    return ENT_OK;
}

ent_status ent_lflat_splice(ent_linker *l)
{
    uint32_t from = l->in.changed_from, n_new = l->in.changed_to - from, removed = l->in.removed;
    uint32_t at = l->n_sents ? l->first[from] : 0, n = l->n_sents;
    uint32_t out = n ? l->first[from + removed] - at : 0, in = 0;
    for (uint32_t i = 0; i < n_new; i++)
        in += ent_lmentions(&l->in.sents[from + i]);
    ent_status st =
        splice(l, (void **)&l->sig, &l->cap_sig, sizeof *l->sig, n, from, removed, n_new);
    if (!st)
        st =
            splice(l, (void **)&l->holds, &l->cap_holds, sizeof *l->holds, n, from, removed, n_new);
    if (!st)
        st = splice(l, (void **)&l->first, &l->cap_first, sizeof *l->first, n ? n + 1 : 1, from,
                    removed, n_new);
    if (st) return st;
    ent_lnumber_shift(l, at, out, in);
    l->n_flat += in - out;
    l->n_sents = l->in.n;
    for (uint32_t i = 0, f = at; i < n_new; f += ent_lmentions(&l->in.sents[from + i++]))
        l->first[from + i] = f;
    for (uint32_t i = l->in.changed_to; i < l->n_sents; i++)
        l->first[i] += in - out;
    l->first[l->n_sents] = l->n_flat;
    return ENT_OK;
}

uint32_t ent_lflat_sentence(const ent_linker *l, uint32_t f)
{
    uint32_t low = 0, high = l->n_sents;
    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;
        if (l->first[mid] <= f)
            low = mid;
        else
            high = mid;
    }
    return low;
}

/* ---- what mentions refer to ---- */

uint32_t ent_lflat_root(const ent_linker *l, const ent_kmention *m)
{
    return m->entity == ENT_NONE ? ENT_NONE : l->root[m->entity].root;
}

ent_status ent_lflat_keep(ent_linker *l, uint32_t i)
{
    const ent_sent *s = &l->in.sents[i];
    ent_status st = ENT_OK;
    l->before.n = 0;
    for (uint32_t k = 0; k < ent_lmentions(s) && !st; k++)
        st = ent_lids_push(l, &l->before, s->result->mentions[k].entity);
    return st;
}

/* A type with another root makes its mentions' sentences stale, so roots noted here stay right. */
int ent_lflat_note(ent_linker *l, uint32_t i)
{
    const ent_sent *s = &l->in.sents[i];
    uint64_t bits = 0;
    int changed = 0;
    for (uint32_t k = 0; k < ent_lmentions(s); k++) {
        const ent_kmention *m = &s->result->mentions[k];
        changed |= l->before.at[k] != m->entity;
        if (m->own != ENT_NONE) bits |= ent_lbit(m->own);
        if (m->entity != ENT_NONE) bits |= ent_lbit(m->entity) | ent_lbit(l->root[m->entity].root);
    }
    changed |= bits && !l->holds[i]; /* a new sentence */
    l->holds[i] = bits;
    return changed;
}

/* ---- what is to be done again ---- */

/* What l->mark says of the types that the mentions of a sentence are and refer to. */
static unsigned marks_of(const ent_linker *l, const ent_sent *s)
{
    unsigned marks = 0;
    for (uint32_t k = 0; k < ent_lmentions(s); k++) {
        const ent_kmention *m = &s->result->mentions[k];
        if (m->own != ENT_NONE) marks |= l->mark[m->own];
        if (m->entity != ENT_NONE) marks |= l->mark[m->entity];
    }
    return marks;
}

/* Sentences with a mention whose type, or the type it refers to, means something else now (twice
 * the sentence + 1) or is a nominal whose title others bear now (twice the sentence): the latter
 * matters to that mention alone, the former to all that look back upon it. */
ent_status ent_lflat_stale(ent_linker *l)
{
    uint64_t bits = 0;
    l->stale.n = 0;
    if (!l->dirty.n) return ENT_OK;
    ent_status st = ent_lmarks(l, l->n_types);
    for (uint32_t i = l->dirty.n; i > 0 && !st; i--) {
        l->mark[l->dirty.at[i - 1]] = i > l->n_other ? 2 : 1;
        bits |= ent_lbit(l->dirty.at[i - 1]);
    }
    for (uint32_t i = 0; i < l->n_sents && !st; i++) {
        if (!(l->holds[i] & bits)) continue;
        unsigned marks = marks_of(l, &l->in.sents[i]);
        if (marks) st = ent_lids_push(l, &l->stale, i << 1 | (marks & 1));
    }
    return st;
}
