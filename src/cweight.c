/* cweight - logistic regression over fingerprints of features. See cweight.h. */
#include "cweight.h"

#include <math.h>

enum { CWEIGHT_HEAD = 16 };

ent_status ent_cweight_open(const uint8_t *p, size_t size, ent_cweights *out)
{
    if (size < CWEIGHT_HEAD) return ENT_EMODEL;
    uint64_t n = ent_le32(p);
    if (n < 1 || (n & (n - 1)) != 0 || size != CWEIGHT_HEAD + 2 * n) return ENT_EMODEL;
    out->w = p + CWEIGHT_HEAD;
    out->mask = (uint32_t)n - 1;
    for (unsigned i = 0; i < 3; i++) {
        uint32_t t = ent_le32(p + 4 + 4 * i);
        if (t > 65535) return ENT_EMODEL;
        out->threshold[i] = (uint16_t)t;
    }
    return ENT_OK;
}

/* MurmurHash3's finaliser (Austin Appleby, public domain). */
static uint32_t mix(uint32_t h)
{
    h = (h ^ h >> 16) * 0x85ebca6bu;
    h = (h ^ h >> 13) * 0xc2b2ae35u;
    return h ^ h >> 16;
}

void ent_cfeat_start(ent_cfeats *f, ent_cwkind kind)
{
    f->n = 0;
    f->salt = 0x9e3779b1u * (kind + 1u);
    ent_cfeat(f, 0, 0);
}

void ent_cfeat(ent_cfeats *f, uint32_t id, uint32_t value)
{
    if (f->n == ENT_CW_FEATS) return;
    f->at[f->n++] = mix(f->salt ^ mix(value * 0x85ebca6bu + id * 0x01000193u + 1));
}

uint16_t ent_cweight_score(const ent_cweights *w, const ent_cfeats *f, unsigned sure)
{
    if (!w->w) return (uint16_t)(sure * 65535 / 10 + 3000);
    int32_t sum = 0;
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t v = ent_le16(w->w + 2 * (size_t)(f->at[i] & w->mask));
        sum += (int32_t)(v ^ 0x8000u) - 0x8000;
    }
    return (uint16_t)(65535.0f / (1.0f + expf(-(float)sum / 256.0f)));
}
