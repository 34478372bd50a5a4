/* mention - from names and words to mentions. See mention.h. */
#include "mention.h"

static const ent_gaz_hit *hit_of(const ent_gaz_hits *hits, uint32_t first, uint32_t n)
{
    for (uint32_t i = 0; i < hits->n; i++)
        if (hits->at[i].first == first && hits->at[i].n == n) return &hits->at[i];
    return NULL;
}

static void set_kind(ent_smention *o, const ent_name *nm, const ent_gaz_hit *h)
{
    static const uint8_t kind[] = {ENT_PERSON, ENT_ORGANISATION, ENT_PLACE};
    o->kind = kind[nm->type];
    if (!h) return;
    o->country = h->e.country;
    o->org = h->e.id;
    if (h->e.kinds & (ENT_G_COUNTRY | ENT_G_DEMONYM | ENT_G_PEOPLE)) o->kind = ENT_COUNTRY;
}

ent_status ent_find_mentions(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                             const ent_gaz_hits *hits, const ent_names *names, unsigned sent_flags,
                             const ent_memory *mem, ent_smentions *out)
{
    (void)m;
    (void)text;
    (void)n;
    (void)sent_flags;
    out->n = 0;
    for (uint32_t i = 0; i < names->n; i++) {
        const ent_name *nm = &names->at[i];
        ent_status s = ent_grow(mem, (void **)&out->at, &out->cap, out->n + 1u, sizeof *out->at);
        if (s) return s;
        ent_smention *o = &out->at[out->n++];
        uint32_t last = nm->first + nm->n - 1, key = 0;
        for (uint32_t k = nm->first; k <= last; k++) key = ent_hash_join(key, t[k].lower);
        *o = (ent_smention){.start = t[nm->first].start, .end = t[last].end,
                            .tok = (uint16_t)nm->first, .ntok = (uint16_t)nm->n,
                            .form = ENT_NAME, .score = nm->score, .partner = UINT16_MAX,
                            .key = key, .first = t[nm->first].lower, .last = t[last].lower,
                            .entity = ENT_NONE, .flags = nm->doubtful ? ENT_M_HIDDEN : 0};
        set_kind(o, nm, hit_of(hits, nm->first, nm->n));
    }
    return ENT_OK;
}
