/* tag - finds names in one sentence. See tag.h. Rule step: runs of capitalised words. */
#include "tag.h"

static int is_capital(const ent_token *t)
{
    return t->cls == ENT_T_WORD && t->shape >= ENT_SH_INIT;
}

static uint8_t type_of(const ent_model *m, const ent_token *t, const ent_gaz_hits *hits,
                       uint32_t first, uint32_t n)
{
    (void)m;
    (void)t;
    for (uint32_t i = 0; i < hits->n; i++) {
        const ent_gaz_hit *h = &hits->at[i];
        if (h->first < first || h->first + h->n > first + n) continue;
        if (h->e.kinds & (ENT_G_COUNTRY | ENT_G_PLACE | ENT_G_SEAT)) return ENT_NER_LOC;
        if (h->e.kinds & ENT_G_ORG) return ENT_NER_ORG;
    }
    return ENT_NER_PER;
}

ent_status ent_tag(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                   const ent_gaz_hits *hits, unsigned sent_flags, const ent_memory *mem,
                   ent_tag_work *work, ent_names *out)
{
    (void)text;
    (void)work;
    (void)sent_flags;
    out->n = 0;
    for (uint32_t i = 0; i < n;) {
        uint32_t j = i;
        while (j < n && is_capital(&t[j])) j++;
        if (j == i || (i == 0 && j == 1)) {
            i = j + (j == i);
            continue;
        }
        ent_status s = ent_grow(mem, (void **)&out->at, &out->cap, out->n + 1u, sizeof *out->at);
        if (s) return s;
        out->at[out->n++] = (ent_name){.first = i, .n = j - i, .score = 40000,
                                       .type = type_of(m, t, hits, i, j - i)};
        i = j;
    }
    return ENT_OK;
}

ent_status ent_tagger_open(const ent_model *m, struct ent_tagger **out)
{
    (void)m;
    *out = NULL;
    return ENT_OK;
}

void ent_tagger_close(struct ent_tagger *t, const ent_memory *mem)
{
    (void)t;
    (void)mem;
}
