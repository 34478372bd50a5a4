/* cweight - learnt weights of claims: logistic regression over fingerprints of features.
 *
 * Section CLAW, version 1, little-endian:
 *
 *     16  header: weights (a power of two), threshold of proposals, of stances, of attributions
 *         (probability * 65535)
 *      2  * weights: signed, 1/256 each
 *
 * A candidate's probability is 1 / (1 + exp(-sum of the weights of its features)). Without the
 * section a candidate's own sureness decides.
 */
#ifndef ENT_CWEIGHT_H
#define ENT_CWEIGHT_H

#include "model.h"

enum { ENT_CW_FEATS = 40 };

typedef enum ent_cwkind { ENT_CW_PROP = 0, ENT_CW_STANCE = 1, ENT_CW_ATTR = 2 } ent_cwkind;

typedef struct ent_cweights {
    const uint8_t *w; /* NULL when absent */
    uint32_t mask;
    uint16_t threshold[3];
} ent_cweights;

/* Features of one candidate; the first is the constant of its kind. */
typedef struct ent_cfeats {
    uint32_t at[ENT_CW_FEATS];
    uint32_t n;
    uint32_t salt;
} ent_cfeats;

ent_status ent_cweight_open(const uint8_t *p, size_t size, ent_cweights *out);

void ent_cfeat_start(ent_cfeats *f, ent_cwkind kind);

/* Adds feature number `id` with a value; silently nothing when there are too many. */
void ent_cfeat(ent_cfeats *f, uint32_t id, uint32_t value);

/* Probability * 65535; `sure` (0..9) is used when there are no weights. */
uint16_t ent_cweight_score(const ent_cweights *w, const ent_cfeats *f, unsigned sure);

#endif
