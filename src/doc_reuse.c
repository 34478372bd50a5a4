/* doc_reuse - which results survive an edit. See doc.h. */
#include "doc.h"

#include <string.h>

/* The new sentence f goes on with the result of the old one, o. */
static void take(ent_sent *f, ent_sent *o, uint16_t how)
{
    f->result = o->result;
    f->pending = o->pending;
    o->result = NULL;
    o->pending = how;
}

/* Sentences beside the edit, at their old places. */
static void take_in_place(ent_doc *d, const ent_change *c)
{
    uint32_t k = c->from;
    for (uint32_t i = 0; i < d->n_fresh; i++) {
        ent_sent *f = &d->fresh[i];
        int before = f->start + f->len <= c->at, behind = f->start >= c->at + c->add_len;
        if (!before && !behind) continue;
        uint32_t old = before ? f->start : ent_old_place(c, f->start);
        while (k < c->to && d->sents[k].start < old)
            k++;
        if (k >= c->to) return;
        ent_sent *o = &d->sents[k];
        if (o->start == old && o->len == f->len && o->flags == f->flags) take(f, o, ENT_TAKEN);
    }
}

/* ---- sentences that moved ------------------------------------------------------------------- */

/* Old sentences by content: a hash table of chains, each the sentences of equal content. */
typedef struct pool {
    uint64_t *hash;
    uint32_t *head, *next; /* old sentences, counted from c->from + 1; 0 ends a chain */
    uint32_t slots;        /* a power of two */
} pool;

/* Bytes of an old sentence: still there, what was removed lies behind the gap. NULL when the gap
 * parts them. */
static const char *old_bytes(const ent_doc *d, const ent_change *c, const ent_sent *o)
{
    if (o->start + o->len <= c->at) return d->text + o->start;
    if (o->start < c->at) return NULL;
    return d->text + d->gap_end - c->removed + (o->start - c->at);
}

/* Bytes of a new sentence, or NULL when the gap parts them. */
static const char *new_bytes(const ent_doc *d, const ent_sent *f)
{
    if (f->start + f->len <= d->gap) return d->text + f->start;
    return f->start < d->gap ? NULL : d->text + d->gap_end + (f->start - d->gap);
}

/* Bytes and flags in one number, never 0. */
static uint64_t content(const char *s, const ent_sent *t)
{
    uint64_t h = ent_checksum((const uint8_t *)s, t->len) ^ (uint64_t)t->flags << 32 ^ t->len;
    return h ? h : 1;
}

/* The slot of this content, or the empty one where it belongs (linear probing). */
static uint32_t slot_of(const pool *p, uint64_t hash)
{
    uint32_t i = (uint32_t)(hash ^ hash >> 32) & (p->slots - 1);
    while (p->hash[i] && p->hash[i] != hash)
        i = (i + 1) & (p->slots - 1);
    return i;
}

/* May it be taken over: analysed, not taken yet, in one piece? */
static int is_free(const ent_doc *d, const ent_change *c, const ent_sent *o)
{
    return o->pending == 0 && !(o->flags & ENT_S_SKIP) && old_bytes(d, c, o);
}

/* Puts all free old sentences into the pool. */
static void fill(const ent_doc *d, const ent_change *c, pool *p)
{
    for (uint32_t k = c->to; k > c->from; k--) { /* so that chains start with the first */
        const ent_sent *o = &d->sents[k - 1];
        if (!is_free(d, c, o)) continue;
        uint64_t hash = content(old_bytes(d, c, o), o);
        uint32_t i = slot_of(p, hash);
        p->hash[i] = hash;
        p->next[k - c->from] = p->head[i];
        p->head[i] = k - c->from;
    }
}

/* Each new sentence without a result looks for an old one of the same content. */
static void take_moved(ent_doc *d, const ent_change *c, pool *p)
{
    for (uint32_t j = 0; j < d->n_fresh; j++) {
        ent_sent *f = &d->fresh[j];
        const char *s = f->pending == 1 ? new_bytes(d, f) : NULL;
        uint32_t i = s ? slot_of(p, content(s, f)) : 0;
        if (!s || !p->head[i]) continue;
        ent_sent *o = &d->sents[c->from + p->head[i] - 1];
        const char *old = old_bytes(d, c, o);
        if (!old || o->len != f->len || o->flags != f->flags || memcmp(old, s, f->len) != 0)
            continue;
        p->head[i] = p->next[p->head[i]];
        take(f, o, ENT_MOVED);
    }
}

/* Worth looking: several sentences went and several came. */
static int worth_it(const ent_doc *d, const ent_change *c)
{
    return c->to - c->from > 4 && d->n_fresh > 1 && c->add_len > 1 && c->removed > 1;
}

/* A large replacement, such as a file read again, is often mostly what was there. Without memory
 * for the table the results are only made anew. */
static void reuse_moved(ent_doc *d, const ent_change *c)
{
    pool p = {.slots = 16};
    uint32_t old = c->to - c->from;
    while (p.slots < old * 2)
        p.slots *= 2;
    size_t size = p.slots * (sizeof *p.hash + sizeof *p.head) + (old + 1) * sizeof *p.next;
    void *block = ent_realloc(&d->mem, NULL, 0, size);
    if (!block) return;
    memset(block, 0, size);
    p.hash = block;
    p.head = (uint32_t *)(p.hash + p.slots);
    p.next = p.head + p.slots;
    fill(d, c, &p);
    take_moved(d, c, &p);
    ent_free(&d->mem, block, size);
}

/* In place first: that costs no reading of text. */
void ent_reuse(ent_doc *d, const ent_change *c)
{
    take_in_place(d, c);
    if (worth_it(d, c)) reuse_moved(d, c);
}
