/* claim - proposals, stances and attributions of one sentence. See claim.h. */
#include "claim.h"

ent_status ent_find_claims(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                           const ent_gaz_hits *hits, unsigned sent_flags, const ent_memory *mem,
                           ent_smentions *ms, ent_claims *out)
{
    (void)m, (void)text, (void)t, (void)n, (void)hits, (void)sent_flags, (void)mem, (void)ms;
    out->n = out->n_attr = 0;
    return ENT_OK;
}

ent_status ent_claim_open(const ent_model *m, struct ent_claimmodel **out)
{
    (void)m;
    *out = NULL;
    return ENT_OK;
}

void ent_claim_close(struct ent_claimmodel *c, const ent_memory *mem)
{
    (void)c;
    (void)mem;
}
