/* doc_open - a model is opened and closed here, where every stage is known: the container is
 * checked first, then each stage checks its own section. */
#include "analyse.h"
#include "feat.h"
#include "link.h"

/* Each stage looks at its section; one that is absent leaves its pointer NULL. */
static ent_status open_stages(ent_model *m)
{
    ent_status st = ent_gaz_open(m, &m->gaz);
    if (!st) st = ent_feats_open(m, &m->feats);
    if (!st) st = ent_tagger_open(m, &m->tagger);
    if (!st) st = ent_claim_open(m, &m->claim);
    if (!st) st = ent_link_open(m, &m->link);
    return st;
}

/* Misaligned or missing bytes are the caller's mistake; anything wrong inside them is the file's.
 */
ent_status ent_model_open(const void *data, size_t len, const ent_memory *mem, ent_model **out)
{
    if (!out) return ENT_EARG;
    *out = NULL;
    if (!data || (uintptr_t)data % 8 != 0) return ENT_EARG;
    ent_status st = ent_model_check(data, len);
    if (st) return st;
    ent_model *m = ent_realloc(mem, NULL, 0, sizeof *m);
    if (!m) return ENT_ENOMEM;
    *m = (ent_model){.data = data, .len = len};
    if (mem) m->mem = *mem;
    st = open_stages(m);
    if (st) {
        ent_model_close(m);
        return st;
    }
    *out = m;
    return ENT_OK;
}

/* Stages free what their open made; closing a stage that never opened is fine. */
void ent_model_close(ent_model *m)
{
    if (!m) return;
    ent_memory mem = m->mem;
    ent_link_close(m->link, &mem);
    ent_claim_close(m->claim, &mem);
    ent_tagger_close(m->tagger, &mem);
    ent_feats_close(m->feats, &mem);
    ent_gaz_close(m->gaz, &mem);
    ent_free(&mem, m, sizeof *m);
}
