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
        st = splice(l, (void **)&l->asks, &l->cap_asks, sizeof *l->asks, n, from, removed, n_new);
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

/* What the links of a mention depend on in the sentences before it. */
static unsigned asks_of(const ent_linker *l, const ent_kmention *m)
{
    unsigned sex, class = ent_lnear_class(l, m, &sex);
    if (class < ENT_LC_CLASSES) return ent_lclass_kinds(class);
    if (class == ENT_LC_FIRST) return ENT_L_ASKS_SPEECH;
    return ent_lown(l, m) != ENT_NONE && l->root[ent_lown(l, m)].ambiguous ? ENT_L_ASKS_WEIGHT : 0;
}

/* Claims and attributions whose partners stand in other sentences, if there are any. */
static unsigned claims_ask(const ent_result *r)
{
    return r && r->n_claims + r->n_attrs ? ENT_L_ASKS_SPEECH : 0;
}

/* A type with another root makes its mentions' sentences stale, so roots noted here stay right. */
int ent_lflat_note(ent_linker *l, uint32_t i)
{
    const ent_sent *s = &l->in.sents[i];
    uint64_t bits = 0;
    unsigned asks = claims_ask(s->result);
    int changed = 0;
    for (uint32_t k = 0; k < ent_lmentions(s); k++) {
        const ent_kmention *m = &s->result->mentions[k];
        asks |= asks_of(l, m);
        changed |= l->before.at[k] != m->entity;
        if (ent_lown(l, m) != ENT_NONE) bits |= ent_lbit(ent_lown(l, m));
        if (m->entity != ENT_NONE) bits |= ent_lbit(m->entity) | ent_lbit(l->root[m->entity].root);
    }
    changed |= bits && !l->holds[i]; /* a new sentence */
    l->holds[i] = bits;
    l->asks[i] = (uint8_t)asks;
    return changed;
}

/* ---- what is to be done again ---- */

/* What l->mark says of the types that the mentions of a sentence are and refer to; of those that
 * only weigh more or less also who may ask for them. */
static unsigned why_stale(const ent_linker *l, const ent_sent *s)
{
    unsigned why = 0;
    for (uint32_t k = 0; k < ent_lmentions(s); k++) {
        const ent_kmention *m = &s->result->mentions[k];
        unsigned own = ent_lown(l, m) != ENT_NONE ? l->mark[ent_lown(l, m)] : 0;
        unsigned link = m->entity != ENT_NONE ? l->mark[m->entity] : 0;
        why |= own | link;
        if (own & ENT_L_WEIGHS) why |= 256u << l->root[ent_lown(l, m)].kind;
        if (link & ENT_L_WEIGHS) why |= 256u << l->root[m->entity].kind;
    }
    if (why & ENT_L_WEIGHS) why |= ENT_L_ASKS_WEIGHT << 8;
    return why & ENT_L_MEANS ? why | ENT_L_ASKS_ALL << 8 : why;
}

ent_status ent_lflat_stale(ent_linker *l)
{
    uint64_t bits = 0;
    l->stale.n = l->why.n = 0;
    if (!l->dirty.n) return ENT_OK;
    ent_status st = ent_lmarks(l, l->n_types);
    for (uint32_t i = 0; i < l->dirty.n && !st; i++) {
        l->mark[l->dirty.at[i]] |= (uint8_t)l->dirt.at[i];
        bits |= ent_lbit(l->dirty.at[i]);
    }
    for (uint32_t i = 0; i < l->n_sents && !st; i++) {
        unsigned why = l->holds[i] & bits ? why_stale(l, &l->in.sents[i]) : 0;
        if (!why) continue;
        st = ent_lids_push(l, &l->stale, i);
        if (!st) st = ent_lids_push(l, &l->why, why);
    }
    return st;
}
