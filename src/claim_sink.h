/* claim_sink - lets the trainer see every candidate before weights decide. Not used in the product
 * itself. */
#ifndef ENT_CLAIM_SINK_H
#define ENT_CLAIM_SINK_H

#include "claim.h"
#include "stance.h"

typedef struct ent_claim_sink {
    void *ctx;
    void (*parse)(void *ctx, const ent_props *s);
    void (*prop)(void *ctx, const ent_props *s, const ent_prop *x, const ent_cfeats *f);
    void (*stance)(void *ctx, const ent_stances *st, const ent_scand *x, const ent_cfeats *f);
    void (*attr)(void *ctx, const ent_props *s, const ent_attr *a, const ent_cfeats *f);
} ent_claim_sink;

/* ent_find_claims that shows its candidates to `sink` (may be NULL). */
ent_status ent_claims_with(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                           const ent_cover *cover, unsigned sent_flags, const ent_memory *mem,
                           ent_smentions *ms, ent_claims *out, const ent_claim_sink *sink);

#endif
