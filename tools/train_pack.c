/* train_pack - from rows of weights to the section TAG_ (its layout: tag.c).
 *
 * A bucket holds three rows. Of the features that point to one bucket the three that matter most
 * stay; the others are dropped, and the model is trained further without them. */
#include "train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SCALE = 40, PER_BUCKET = 3 };

/* How much a row matters: how far its weights spread, times how often it is asked. */
static float importance(const v16 *w, uint32_t count)
{
    float lo = 0, hi = 0;
    for (int y = 0; y < LABELS; y++) {
        if ((*w)[y] < lo) lo = (*w)[y];
        if ((*w)[y] > hi) hi = (*w)[y];
    }
    return (hi - lo) * sqrtf((float)count);
}

/* Keeps the best rows of each bucket: renumbers index and model. Returns how many stay. */
uint32_t keep_best(model *m, index_t_ *x, const uint32_t *count, uint32_t buckets)
{
    uint32_t(*best)[PER_BUCKET] = need(calloc(buckets, sizeof *best)); /* 1 + slot in the index */
    float(*imp)[PER_BUCKET] = need(calloc(buckets, sizeof *imp));
    for (uint32_t i = 0; i <= x->mask; i++) {
        if (!x->val[i]) continue;
        uint32_t row = x->val[i] - 1, b = (uint32_t)((uint64_t)x->key[i] * buckets >> 32),
                 at = i + 1;
        float v = importance(&m->w[row], count[row]);
        for (int k = 0; k < PER_BUCKET; k++)
            if (v > imp[b][k]) {
                float f = imp[b][k];
                uint32_t u = best[b][k];
                imp[b][k] = v, best[b][k] = at;
                v = f, at = u;
            }
    }
    for (uint32_t i = 0; i <= x->mask; i++)
        x->val[i] = x->val[i] ? x->val[i] | 1u << 31 : 0;
    v16 *w = need(aligned_alloc(64, ((size_t)buckets * PER_BUCKET + 1) * sizeof(v16)));
    uint32_t rows = 0;
    for (uint32_t b = 0; b < buckets; b++)
        for (int k = 0; k < PER_BUCKET; k++)
            if (best[b][k]) {
                uint32_t *v = &x->val[best[b][k] - 1];
                w[rows] = m->w[(*v & 0x7FFFFFFFu) - 1];
                *v = ++rows;
            }
    for (uint32_t i = 0; i <= x->mask; i++)
        if (x->val[i] >> 31) x->val[i] = 0;
    free(m->w), free(best), free(imp);
    m->w = w;
    m->rows = rows;
    return rows;
}

static void put32(uint8_t *p, uint32_t v)
{
    for (int k = 0; k < 4; k++)
        p[k] = (uint8_t)(v >> 8 * k);
}

static int clamp(double v, int top)
{
    v = floor(v + 0.5);
    return v > top ? top : v < -top ? -top : (int)v;
}

int pack(const model *m, const index_t_ *x, uint32_t buckets, const char *path)
{
    size_t size = 832 + (size_t)buckets * 64;
    uint8_t *p = need(calloc(size, 1));
    put32(p, buckets), put32(p + 4, LABELS), put32(p + 8, SCALE);
    for (int a = 0; a < LANES; a++)
        for (int b = 0; b < LANES; b++) {
            int v = m->trans[a][b] < -1e3f ? -16384 : clamp(m->trans[a][b] * SCALE, 8000);
            p[16 + 2 * (a * LANES + b)] = (uint8_t)v;
            p[17 + 2 * (a * LANES + b)] = (uint8_t)(v >> 8);
        }
    for (int k = 0; k < 3 * 33; k++) {
        uint32_t v = 65535u * (uint32_t)(k % 33) / 32u;
        p[528 + 2 * k] = (uint8_t)v, p[529 + 2 * k] = (uint8_t)(v >> 8);
    }
    for (uint32_t i = 0; i <= x->mask; i++) {
        if (!x->val[i]) continue;
        uint8_t *b = p + 832 + ((uint64_t)x->key[i] * buckets >> 32) * 64;
        unsigned k = 0;
        while (k < 3 && (b[48 + 4 * k] | b[49 + 4 * k] | b[50 + 4 * k] | b[51 + 4 * k]))
            k++;
        if (k == 3) continue;
        put32(b + 48 + 4 * k, x->key[i]);
        for (int y = 0; y < LABELS; y++)
            b[16 * k + y] = (uint8_t)clamp(m->w[x->val[i] - 1][y] * SCALE, 127);
    }
    FILE *f = fopen(path, "wb");
    int bad = !f || fwrite(p, 1, size, f) != size;
    if (f) bad |= fclose(f) != 0;
    free(p);
    return bad;
}
