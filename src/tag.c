/* tag - finds names in one sentence. See tag.h.
 *
 * A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001). Every feature of a
 * token has a row of small weights, one per label; a token's score for a label is the sum over its
 * features' rows; the best sequence is found by Viterbi's algorithm, and how sure it is by the
 * forward-backward algorithm. Labels: outside; first, inner, last, only token of a person,
 * organisation, place; first, other token of another name (which is not reported, but keeps a
 * nationality or an event from being taken for a place).
 *
 * The section TAG_, version 1, little-endian:
 *
 *      0  4  buckets   4  4  labels   8  4  scale: this many units are a weight of 1   12  4  0
 *     16  512   weights of label pairs [16][16] (2 each); row and column 15 stand for the ends
 *    528  264   calibration: per type 33 probabilities * 65535 (2 each) for 0, 1/32 .. 1, and of all
 *    832        buckets of 64 bytes: three rows of 16 weights (1 each), their features'
 *               fingerprints (4 each), four unused bytes
 *
 * A feature's bucket is where its fingerprint points to, so that one look-up reads one line of
 * cache. What does not fit in its bucket was dropped in training.
 */
#include "feat.h"
#include "tag.h"

#include <string.h>

enum {
    LANES = 16,
    LABELS = 15,
    EDGE = 15,
    FIRST_TYPED = 1,
    MISC = 13,
    HEAD_BYTES = 832,
    CALIB = 33,
    EXPS = 1024,      /* entries of the table of exponentials */
    MIN_PROB = 16384  /* a doubtful name is at least this likely, of 65535 */
};

typedef int16_t i16x16 __attribute__((vector_size(32), aligned(2), may_alias));
typedef int8_t i8x16 __attribute__((vector_size(16), aligned(1), may_alias));
typedef float f32x16 __attribute__((vector_size(64), aligned(4), may_alias));

struct ent_tagger {
    float exp_trans[LANES][LANES]; /* exp(trans / scale); 0 where forbidden */
    float exps[EXPS];              /* exp(-i / scale) */
    int16_t trans[LANES][LANES];
    uint16_t calib[ENT_NER_TYPES][CALIB];
    const uint8_t *buckets;
    uint32_t n_buckets;
};

/* What is kept per token while a sentence is tagged. */
typedef struct cell {
    float alpha[LANES], beta[LANES], e[LANES];
    int16_t score[LANES];
    uint8_t back[LANES];
    float scale;
    uint8_t label;
} cell;

/* ---- opening ------------------------------------------------------------------------------- */

/* exp(-1 / scale) by its series: no mathematics library, the same bits everywhere. */
static float decay_of(uint32_t scale)
{
    double x = -1.0 / (double)scale, term = 1, sum = 1;
    for (int k = 1; k < 12; k++) {
        term *= x / k;
        sum += term;
    }
    return (float)sum;
}

static float exp_of(const struct ent_tagger *g, int v)
{
    if (v <= -EXPS) return 0;
    return v <= 0 ? g->exps[-v] : 1.0f / g->exps[v < EXPS ? v : EXPS - 1];
}

static void read_tables(struct ent_tagger *g, const uint8_t *p)
{
    float d = decay_of(ent_le32(p + 8));
    g->exps[0] = 1;
    for (int i = 1; i < EXPS; i++) g->exps[i] = g->exps[i - 1] * d;
    for (int a = 0; a < LANES; a++)
        for (int b = 0; b < LANES; b++) {
            int v = (int16_t)ent_le16(p + 16 + 2 * (a * LANES + b));
            g->trans[a][b] = (int16_t)v;
            g->exp_trans[a][b] = exp_of(g, v);
        }
    for (int t = 0; t < ENT_NER_TYPES; t++)
        for (int k = 0; k < CALIB; k++)
            g->calib[t][k] = (uint16_t)ent_le16(p + 528 + 2 * (t * CALIB + k));
}

ent_status ent_tagger_open(const ent_model *m, struct ent_tagger **out)
{
    size_t size;
    uint32_t version;
    *out = NULL;
    const uint8_t *p = ent_model_section(m, "TAG_", &size, &version);
    if (!p) return ENT_OK;
    if (version != 1 || size < HEAD_BYTES || ent_le32(p + 4) != LABELS) return ENT_EMODEL;
    uint32_t buckets = ent_le32(p), scale = ent_le32(p + 8);
    if (!buckets || (size - HEAD_BYTES) / 64 < buckets || !scale || scale > 64) return ENT_EMODEL;
    struct ent_tagger *g = ent_realloc(&m->mem, NULL, 0, sizeof *g);
    if (!g) return ENT_ENOMEM;
    read_tables(g, p);
    g->buckets = p + HEAD_BYTES;
    g->n_buckets = buckets;
    *out = g;
    return ENT_OK;
}

void ent_tagger_close(struct ent_tagger *g, const ent_memory *mem)
{
    if (g) ent_free(mem, g, sizeof *g);
}

/* ---- scores -------------------------------------------------------------------------------- */

static const uint8_t *bucket_of(const struct ent_tagger *g, uint32_t feature)
{
    return g->buckets + ((uint64_t)feature * g->n_buckets >> 32) * 64;
}

/* The row of a feature in its bucket, NULL when it has none. */
static const int8_t *row_in(const uint8_t *bucket, uint32_t feature)
{
    for (unsigned k = 0; k < 3; k++)
        if (ent_le32(bucket + 48 + 4 * k) == feature) return (const int8_t *)bucket + 16 * k;
    return NULL;
}

static void prefetch(const struct ent_tagger *g, const uint32_t *features)
{
#if defined(__GNUC__)
    for (unsigned k = 0; k < ENT_FEAT_SLOTS; k++)
        if (features[k]) __builtin_prefetch(bucket_of(g, features[k]));
#else
    (void)g;
    (void)features;
#endif
}

static void add_rows(const struct ent_tagger *g, const uint32_t *features, int16_t *score)
{
    i16x16 sum = {0};
    for (unsigned k = 0; k < ENT_FEAT_SLOTS; k++) {
        if (!features[k]) continue;
        const int8_t *row = row_in(bucket_of(g, features[k]), features[k]);
        if (row) sum += __builtin_convertvector(*(const i8x16 *)row, i16x16);
    }
    *(i16x16 *)score = sum;
}

/* Scores of all tokens. The lines of cache that a token needs are asked for one token ahead. */
static void score_all(const struct ent_tagger *g, const ent_attr *at, uint32_t n, cell *c)
{
    uint32_t rows[2][ENT_FEAT_SLOTS];
    ent_feat_row(at, n, 0, rows[0]);
    for (uint32_t i = 0; i < n; i++) {
        if (i + 1 < n) {
            ent_feat_row(at, n, i + 1, rows[(i + 1) & 1]);
            prefetch(g, rows[(i + 1) & 1]);
        }
        add_rows(g, rows[i & 1], c[i].score);
    }
}

/* ---- the best sequence --------------------------------------------------------------------- */

/* Best score of each label of a token given those of the token before. */
static void viterbi_step(const struct ent_tagger *g, const int16_t *score, const int32_t *best,
                         int32_t *next, uint8_t *back)
{
    for (int y = 0; y < LABELS; y++) {
        int32_t v = INT32_MIN;
        int arg = 0;
        for (int x = 0; x < LABELS; x++) {
            int32_t s = best[x] + g->trans[x][y];
            if (s > v) {
                v = s;
                arg = x;
            }
        }
        next[y] = v + score[y];
        back[y] = (uint8_t)arg;
    }
}

static void viterbi(const struct ent_tagger *g, cell *c, uint32_t n)
{
    int32_t best[2][LANES];
    for (int y = 0; y < LABELS; y++) best[0][y] = g->trans[EDGE][y] + c[0].score[y];
    for (uint32_t i = 1; i < n; i++)
        viterbi_step(g, c[i].score, best[(i - 1) & 1], best[i & 1], c[i].back);
    const int32_t *last = best[(n - 1) & 1];
    int y = 0;
    for (int k = 1; k < LABELS; k++)
        if (last[k] + g->trans[k][EDGE] > last[y] + g->trans[y][EDGE]) y = k;
    for (uint32_t i = n; i-- > 0;) {
        c[i].label = (uint8_t)y;
        y = c[i].back[y];
    }
}

/* ---- how sure ------------------------------------------------------------------------------ */

static float sum_of(const float *v)
{
    float s = 0;
    for (int y = 0; y < LABELS; y++) s += v[y];
    return s > 1e-30f ? s : 1e-30f;
}

static void set_exp(const struct ent_tagger *g, cell *c)
{
    int top = c->score[0];
    for (int y = 1; y < LABELS; y++)
        if (c->score[y] > top) top = c->score[y];
    for (int y = 0; y < LANES; y++) {
        int d = top - c->score[y];
        c->e[y] = y < LABELS && d < EXPS ? g->exps[d] : 0;
    }
}

/* alpha: probability of each label given the tokens so far; beta: the rest, in the same scale. */
static void forward_backward(const struct ent_tagger *g, cell *c, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        set_exp(g, &c[i]);
        f32x16 a = {0};
        if (!i) a = *(const f32x16 *)g->exp_trans[EDGE];
        for (int x = 0; i && x < LABELS; x++)
            a += c[i - 1].alpha[x] * *(const f32x16 *)g->exp_trans[x];
        *(f32x16 *)c[i].alpha = a * *(const f32x16 *)c[i].e;
        c[i].scale = sum_of(c[i].alpha);
        *(f32x16 *)c[i].alpha /= c[i].scale;
    }
    for (int y = 0; y < LANES; y++) c[n - 1].beta[y] = g->exp_trans[y][EDGE];
    float end = 0;
    for (int y = 0; y < LABELS; y++) end += c[n - 1].alpha[y] * c[n - 1].beta[y];
    *(f32x16 *)c[n - 1].beta /= end > 1e-30f ? end : 1e-30f;
    for (uint32_t i = n - 1; i-- > 0;) {
        f32x16 q = *(const f32x16 *)c[i + 1].e * *(const f32x16 *)c[i + 1].beta / c[i + 1].scale;
        f32x16 r[LANES];
        for (int x = 0; x < LABELS; x++) r[x] = *(const f32x16 *)g->exp_trans[x] * q;
        for (int x = 0; x < LABELS; x++) c[i].beta[x] = sum_of((const float *)&r[x]);
        c[i].beta[EDGE] = 0;
    }
}

static unsigned label_of(unsigned type, uint32_t k, uint32_t n)
{
    return FIRST_TYPED + 4 * type + (n == 1 ? 3 : !k ? 0 : k + 1 == n ? 2 : 1);
}

/* Probability that exactly tokens [first, first + n) are a name of this type. */
static float span_prob(const struct ent_tagger *g, const cell *c, uint32_t first, uint32_t n,
                       unsigned type)
{
    unsigned y = label_of(type, 0, n);
    float p = c[first].alpha[y];
    for (uint32_t k = 1; k < n; k++) {
        unsigned z = label_of(type, k, n);
        p *= g->exp_trans[y][z] * c[first + k].e[z] / c[first + k].scale;
        y = z;
    }
    p *= c[first + n - 1].beta[y];
    return p < 0 ? 0 : p > 1 ? 1 : p;
}

static uint16_t calibrated(const struct ent_tagger *g, unsigned type, float p)
{
    float x = p * (CALIB - 1);
    int k = (int)x;
    if (k >= CALIB - 1) k = CALIB - 2;
    float f = x - (float)k, a = g->calib[type][k], b = g->calib[type][k + 1];
    return (uint16_t)(a + (b - a) * f);
}

/* ---- names --------------------------------------------------------------------------------- */

static ent_status add_name(const struct ent_tagger *g, const cell *c, uint32_t first, uint32_t n,
                           unsigned type, int doubtful, const ent_memory *mem, ent_names *out)
{
    uint16_t score = calibrated(g, type, span_prob(g, c, first, n, type));
    if (doubtful && score < MIN_PROB) return ENT_OK;
    ent_status s = ent_grow(mem, (void **)&out->at, &out->cap, out->n + (size_t)1, sizeof *out->at);
    if (s) return s;
    out->at[out->n++] = (ent_name){.first = first, .n = n, .type = (uint8_t)type,
                                   .doubtful = (uint8_t)doubtful, .score = score};
    return ENT_OK;
}

static int is_typed(unsigned label)
{
    return label >= FIRST_TYPED && label < MISC;
}

/* Probability that a token is in a name of each type. */
static float in_name(const cell *c, float by_type[ENT_NER_TYPES])
{
    float sum = 0;
    for (unsigned t = 0; t < ENT_NER_TYPES; t++) {
        by_type[t] = 0;
        for (unsigned y = label_of(t, 0, 2); y < label_of(t, 0, 2) + 4; y++)
            by_type[t] += c->alpha[y] * c->beta[y];
        sum += by_type[t];
    }
    return sum;
}

/* A run of tokens from i on, outside the best sequence's names, that may be one all the same.
 * Returns its end. */
static ent_status doubtful_from(const struct ent_tagger *g, const cell *c, uint32_t n, uint32_t i,
                                const ent_memory *mem, ent_names *out, uint32_t *end)
{
    float by[ENT_NER_TYPES], sum[ENT_NER_TYPES] = {0};
    uint32_t j = i;
    for (; j < n && !is_typed(c[j].label) && in_name(&c[j], by) >= 0.2f; j++)
        for (unsigned t = 0; t < ENT_NER_TYPES; t++) sum[t] += by[t];
    *end = j > i ? j : i + 1;
    if (j == i) return ENT_OK;
    unsigned type = sum[1] > sum[0] ? 1 : 0;
    if (sum[2] > sum[type]) type = 2;
    return add_name(g, c, i, j - i, type, 1, mem, out);
}

static ent_status collect(const struct ent_tagger *g, const cell *c, uint32_t n,
                          const ent_memory *mem, ent_names *out)
{
    ent_status s = ENT_OK;
    for (uint32_t i = 0; i < n && !s;) {
        unsigned y = c[i].label;
        if (!is_typed(y)) {
            s = doubtful_from(g, c, n, i, mem, out, &i);
            continue;
        }
        uint32_t j = i + 1;
        while (j < n && is_typed(c[j].label) && ((c[j].label - FIRST_TYPED) & 3) % 3 != 0) j++;
        s = add_name(g, c, i, j - i, (y - FIRST_TYPED) / 4, 0, mem, out);
        i = j;
    }
    return s;
}

/* Room for n tokens: cells, then attributes. */
static ent_status room(ent_tag_work *w, uint32_t n, const ent_memory *mem)
{
    size_t each = sizeof(cell) + sizeof(ent_attr);
    return ent_grow(mem, &w->p, &w->cap, (size_t)n * each, 1);
}

ent_status ent_tag(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                   const ent_gaz_hits *hits, unsigned sent_flags, const ent_memory *mem,
                   ent_tag_work *work, ent_names *out)
{
    const struct ent_tagger *g = m->tagger;
    out->n = 0;
    if (!g || !n) return ENT_OK;
    ent_status s = room(work, n, mem);
    if (s) return s;
    cell *c = work->p;
    ent_attr *at = (ent_attr *)(void *)(c + n);
    ent_feat_attrs(m->feats, text, t, n, hits, sent_flags, at);
    score_all(g, at, n, c);
    viterbi(g, c, n);
    forward_backward(g, c, n);
    return collect(g, c, n, mem, out);
}
