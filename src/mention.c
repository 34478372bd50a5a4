/* mention - the order of the steps, and what they share. See mention_in.h. */
#include "mention_in.h"

#include <string.h>

/* Hits of a start stand together, longest first: the first that fits is the longest. At most as
 * many as a phrase has words, so both look-ups take constant time. */
const ent_gaz_hit *mention_hit(const mention_in *in, uint32_t first, unsigned kinds)
{
    for (uint32_t k = in->first_hit[first]; k < in->hits->n && in->hits->at[k].first == first; k++)
        if (in->hits->at[k].e.kinds & kinds) return &in->hits->at[k];
    return NULL;
}

/* As above, for a span whose length is known. */
const ent_gaz_hit *mention_exact(const mention_in *in, uint32_t first, uint32_t n, unsigned kinds)
{
    for (uint32_t k = in->first_hit[first]; k < in->hits->n && in->hits->at[k].first == first; k++)
        if (in->hits->at[k].n == n && in->hits->at[k].e.kinds & kinds) return &in->hits->at[k];
    return NULL;
}

/* A span that holds one end of a stressed part takes the other end in: "Olaf **Scholz**". */
static void take_stress(const mention_in *in, ent_smention *m)
{
    const char *s = in->text;
    uint32_t runs = 0, limit = in->t[in->n - 1].end;
    char mark = 0;
    for (uint32_t i = m->start; i < m->end; i++) {
        if (s[i] != '*' && s[i] != '_') continue;
        if (s[i - 1] != s[i]) runs++;
        mark = s[i];
    }
    if (runs % 2 == 0) return;
    uint32_t end = m->end, start = m->start;
    while (end < limit && s[end] == mark)
        end++;
    while (end == m->end && start > 0 && s[start - 1] == mark)
        start--;
    m->start = (uint16_t)start;
    m->end = (uint16_t)end;
}

/* The one place where mentions are made, so that every field has a value and keys are computed in
 * one way. Names own their tokens, for the steps that follow; groups and pronouns do not, since
 * names inside a group are mentions too. */
ent_smention *mention_add(mention_in *in, uint32_t first, uint32_t n, ent_kind kind, ent_form form,
                          double score)
{
    ent_smentions *o = in->out;
    if (in->status || o->n + 1 >= UINT16_MAX) return NULL;
    in->status = ent_grow(in->mem, (void **)&o->at, &o->cap, o->n + 1u, sizeof *o->at);
    if (in->status) return NULL;
    uint32_t last = first + n - 1, key = 0;
    for (uint32_t k = first; k <= last; k++)
        key = ent_hash_join(key, in->t[k].lower);
    if (form == ENT_NAME && kind != ENT_GROUP)
        for (uint32_t k = first; k <= last; k++)
            if (!in->owner[k]) in->owner[k] = (uint16_t)(o->n + 1);
    ent_smention *m = &o->at[o->n++];
    *m = (ent_smention){.start = (uint16_t)in->t[first].start,
                        .end = (uint16_t)in->t[last].end,
                        .tok = (uint16_t)first,
                        .ntok = (uint16_t)n,
                        .kind = (uint8_t)kind,
                        .form = (uint8_t)form,
                        .score = (uint16_t)(score * 65535.0),
                        .partner = UINT16_MAX,
                        .key = key};
    if (n > 1) take_stress(in, m);
    return m;
}

/* Whether capitals say nothing because there are none. */
static int is_capless(const mention_in *in)
{
    for (uint32_t i = 1; i < in->n; i++)
        if (in->t[i].shape >= ENT_SH_INIT) return 0;
    return in->n > 0 && in->t[0].shape < ENT_SH_INIT;
}

/* Whether they say nothing because there is nothing else. */
static int is_shouted(const mention_in *in)
{
    for (uint32_t i = 0; i < in->n; i++)
        if (in->t[i].shape == ENT_SH_LOWER || in->t[i].shape == ENT_SH_INIT) return 0;
    return 1;
}

/* Where the hits of each token begin, so that no step searches for them. */
static void index_hits(mention_in *in)
{
    uint32_t k = 0;
    for (uint32_t i = 0; i <= in->n; i++) {
        while (k < in->hits->n && in->hits->at[k].first < i)
            k++;
        in->first_hit[i] = (uint16_t)k;
    }
}

/* Which tokens the tagger's names of other types cover. */
static void mark_others(mention_in *in, const ent_names *names)
{
    memset(in->other, 0, in->n * sizeof *in->other);
    for (uint32_t k = 0; k < names->n_other; k++) {
        const ent_name *nm = &names->other[k];
        for (uint32_t i = nm->first; i < nm->first + nm->n && i < in->n; i++)
            in->other[i] = (uint16_t)(k + 1);
    }
}

/* Each step takes what the ones before have left free: the tagger's names and known ones, then
 * descriptions that are built on names, then what the tagger doubts, and last what points at actors
 * without naming them. Everything the steps share lives on the stack. */
ent_status ent_find_mentions(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                             const ent_gaz_hits *hits, const ent_names *names, unsigned sent_flags,
                             const ent_memory *mem, ent_smentions *out)
{
    (void)m;
    mention_in in;
    out->n = 0;
    in.text = text;
    in.t = t;
    in.n = n < ENT_MAX_TOKENS ? n : ENT_MAX_TOKENS;
    in.hits = hits;
    in.flags = sent_flags;
    in.mem = mem;
    in.out = out;
    in.status = ENT_OK;
    memset(in.owner, 0, in.n * sizeof *in.owner);
    mark_others(&in, names);
    in.capless = is_capless(&in);
    in.shouts = is_shouted(&in);
    index_hits(&in);
    mention_names(&in, names);
    mention_known(&in);
    mention_bodies(&in);
    mention_doubtful(&in, names);
    mention_unknown(&in);
    mention_groups(&in);
    mention_nominals(&in);
    mention_pronouns(&in);
    if (!in.status) mention_roles(&in);
    return in.status;
}
