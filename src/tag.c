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
 *    528  264   calibration: per type 33 probabilities * 65535 (2 each) for 0, 1/32 .. 1, and of
 * all 832        buckets of 64 bytes: three rows of 16 weights (1 each), their features'
 *               fingerprints (4 each), four unused bytes
 *
 * A feature's bucket is where its fingerprint points to, so that one look-up reads one line of
 * cache. What does not fit in its bucket was dropped in training.
 */
#include "tag_in.h"

#include <string.h>

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
    if (v <= -TAG_EXPS) return 0;
    return v <= 0 ? g->exps[-v] : 1.0f / g->exps[v < TAG_EXPS ? v : TAG_EXPS - 1];
}

static void read_tables(struct ent_tagger *g, const uint8_t *p)
{
    float d = decay_of(ent_le32(p + 8));
    g->exps[0] = 1;
    for (int i = 1; i < TAG_EXPS; i++)
        g->exps[i] = g->exps[i - 1] * d;
    for (int a = 0; a < TAG_LANES; a++)
        for (int b = 0; b < TAG_LANES; b++) {
            int v = (int16_t)ent_le16(p + 16 + 2 * (a * TAG_LANES + b));
            g->trans[a][b] = (int16_t)v;
            g->exp_trans[a][b] = exp_of(g, v);
        }
    for (int t = 0; t < ENT_NER_TYPES; t++)
        for (int k = 0; k < TAG_KNOTS; k++)
            g->calib[t][k] = (uint16_t)ent_le16(p + 528 + 2 * (t * TAG_KNOTS + k));
}

ent_status ent_tagger_open(const ent_model *m, struct ent_tagger **out)
{
    size_t size;
    uint32_t version;
    *out = NULL;
    const uint8_t *p = ent_model_section(m, "TAG_", &size, &version);
    if (!p) return ENT_OK;
    if (version != 1 || size < TAG_HEAD || ent_le32(p + 4) != TAG_LABELS) return ENT_EMODEL;
    uint32_t buckets = ent_le32(p), scale = ent_le32(p + 8);
    if (!buckets || (size - TAG_HEAD) / 64 < buckets || !scale || scale > 64) return ENT_EMODEL;
    struct ent_tagger *g = ent_realloc(&m->mem, NULL, 0, sizeof *g);
    if (!g) return ENT_ENOMEM;
    read_tables(g, p);
    g->buckets = p + TAG_HEAD;
    g->n_buckets = buckets;
    g->scale = scale;
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

const int8_t *ent_tag_row(const struct ent_tagger *g, uint32_t feature)
{
    const uint8_t *bucket = bucket_of(g, feature);
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
    tag_i16 sum = {0};
    for (unsigned k = 0; k < ENT_FEAT_SLOTS; k++) {
        if (!features[k]) continue;
        const int8_t *row = ent_tag_row(g, features[k]);
        if (row) sum += __builtin_convertvector(*(const tag_i8 *)row, tag_i16);
    }
    *(tag_i16 *)score = sum;
}

/* Scores of all tokens. The lines of cache that a token needs are asked for one token ahead. */
static void score_all(const struct ent_tagger *g, const ent_attr *at, uint32_t n, tag_cell *c)
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
    for (int y = 0; y < TAG_LABELS; y++) {
        int32_t v = INT32_MIN;
        int arg = 0;
        for (int x = 0; x < TAG_LABELS; x++) {
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

static void viterbi(const struct ent_tagger *g, tag_cell *c, uint32_t n)
{
    int32_t best[2][TAG_LANES];
    for (int y = 0; y < TAG_LABELS; y++)
        best[0][y] = g->trans[TAG_EDGE][y] + c[0].score[y];
    for (uint32_t i = 1; i < n; i++)
        viterbi_step(g, c[i].score, best[(i - 1) & 1], best[i & 1], c[i].back);
    const int32_t *last = best[(n - 1) & 1];
    int y = 0;
    for (int k = 1; k < TAG_LABELS; k++)
        if (last[k] + g->trans[k][TAG_EDGE] > last[y] + g->trans[y][TAG_EDGE]) y = k;
    for (uint32_t i = n; i-- > 0;) {
        c[i].label = (uint8_t)y;
        y = c[i].back[y];
    }
}

/* ---- how sure ------------------------------------------------------------------------------ */

static float sum_of(const float *v)
{
    float s = 0;
    for (int y = 0; y < TAG_LABELS; y++)
        s += v[y];
    return s > 1e-30f ? s : 1e-30f;
}

static void set_exp(const struct ent_tagger *g, tag_cell *c)
{
    int top = c->score[0];
    for (int y = 1; y < TAG_LABELS; y++)
        if (c->score[y] > top) top = c->score[y];
    for (int y = 0; y < TAG_LANES; y++) {
        int d = top - c->score[y];
        c->e[y] = y < TAG_LABELS && d < TAG_EXPS ? g->exps[d] : 0;
    }
}

/* alpha: probability of each label given the tokens so far; beta: the rest, in the same scale. */
static void forward_backward(const struct ent_tagger *g, tag_cell *c, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        set_exp(g, &c[i]);
        tag_f32 a = {0};
        if (!i) a = *(const tag_f32 *)g->exp_trans[TAG_EDGE];
        for (int x = 0; i && x < TAG_LABELS; x++)
            a += c[i - 1].alpha[x] * *(const tag_f32 *)g->exp_trans[x];
        *(tag_f32 *)c[i].alpha = a * *(const tag_f32 *)c[i].e;
        c[i].scale = sum_of(c[i].alpha);
        *(tag_f32 *)c[i].alpha /= c[i].scale;
    }
    for (int y = 0; y < TAG_LANES; y++)
        c[n - 1].beta[y] = g->exp_trans[y][TAG_EDGE];
    float end = 0;
    for (int y = 0; y < TAG_LABELS; y++)
        end += c[n - 1].alpha[y] * c[n - 1].beta[y];
    *(tag_f32 *)c[n - 1].beta /= end > 1e-30f ? end : 1e-30f;
    for (uint32_t i = n - 1; i-- > 0;) {
        tag_f32 q = *(const tag_f32 *)c[i + 1].e * *(const tag_f32 *)c[i + 1].beta / c[i + 1].scale;
        tag_f32 r[TAG_LANES];
        for (int x = 0; x < TAG_LABELS; x++)
            r[x] = *(const tag_f32 *)g->exp_trans[x] * q;
        for (int x = 0; x < TAG_LABELS; x++)
            c[i].beta[x] = sum_of((const float *)&r[x]);
        c[i].beta[TAG_EDGE] = 0;
    }
}

/* Probability that exactly tokens [first, first + n) are a name of this type. */
static float span_prob(const struct ent_tagger *g, const tag_cell *c, uint32_t first, uint32_t n,
                       unsigned type)
{
    unsigned y = tag_label(type, 0, n);
    float p = c[first].alpha[y];
    for (uint32_t k = 1; k < n; k++) {
        unsigned z = tag_label(type, k, n);
        p *= g->exp_trans[y][z] * c[first + k].e[z] / c[first + k].scale;
        y = z;
    }
    p *= c[first + n - 1].beta[y];
    return p < 0 ? 0 : p > 1 ? 1 : p;
}

static uint16_t calibrated(const struct ent_tagger *g, unsigned type, float p)
{
    float x = p * (TAG_KNOTS - 1);
    int k = (int)x;
    if (k >= TAG_KNOTS - 1) k = TAG_KNOTS - 2;
    float f = x - (float)k, a = g->calib[type][k], b = g->calib[type][k + 1];
    return (uint16_t)(a + (b - a) * f);
}

/* ---- names --------------------------------------------------------------------------------- */

uint16_t ent_tag_span(const struct ent_tagger *g, const tag_cell *c, uint32_t first, uint32_t n,
                      unsigned type)
{
    return calibrated(g, type, span_prob(g, c, first, n, type));
}

static ent_status add_name(const struct ent_tagger *g, const tag_cell *c, uint32_t first,
                           uint32_t n, unsigned type, int doubtful, const ent_memory *mem,
                           ent_names *out)
{
    uint16_t score = ent_tag_span(g, c, first, n, type);
    if (doubtful && score < TAG_MIN) return ENT_OK;
    ent_status s = ent_grow(mem, (void **)&out->at, &out->cap, out->n + (size_t)1, sizeof *out->at);
    if (s) return s;
    out->at[out->n++] = (ent_name){.first = first,
                                   .n = n,
                                   .type = (uint8_t)type,
                                   .doubtful = (uint8_t)doubtful,
                                   .score = score};
    return ENT_OK;
}

static int is_typed(unsigned label)
{
    return label >= TAG_TYPED && label < TAG_MISC;
}

/* Probability that a token is in a name of each type. */
static float in_name(const tag_cell *c, float by_type[ENT_NER_TYPES])
{
    float sum = 0;
    for (unsigned t = 0; t < ENT_NER_TYPES; t++) {
        by_type[t] = 0;
        for (unsigned y = tag_label(t, 0, 2); y < tag_label(t, 0, 2) + 4; y++)
            by_type[t] += c->alpha[y] * c->beta[y];
        sum += by_type[t];
    }
    return sum;
}

/* A run of tokens from i on, outside the best sequence's names, that may be one all the same.
 * Returns its end. */
static ent_status doubtful_from(const struct ent_tagger *g, const tag_cell *c, uint32_t n,
                                uint32_t i, const ent_memory *mem, ent_names *out, uint32_t *end)
{
    float by[ENT_NER_TYPES], sum[ENT_NER_TYPES] = {0};
    uint32_t j = i;
    for (; j < n && !is_typed(c[j].label) && in_name(&c[j], by) >= 0.2f; j++)
        for (unsigned t = 0; t < ENT_NER_TYPES; t++)
            sum[t] += by[t];
    *end = j > i ? j : i + 1;
    if (j == i) return ENT_OK;
    unsigned type = sum[1] > sum[0] ? 1 : 0;
    if (sum[2] > sum[type]) type = 2;
    return add_name(g, c, i, j - i, type, 1, mem, out);
}

static ent_status collect(const struct ent_tagger *g, const tag_cell *c, uint32_t n,
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
        while (j < n && is_typed(c[j].label) && ((c[j].label - TAG_TYPED) & 3) % 3 != 0)
            j++;
        s = add_name(g, c, i, j - i, (y - TAG_TYPED) / 4, 0, mem, out);
        i = j;
    }
    return s;
}

/* Room for n tokens: cells, then attributes. */
static ent_status room(ent_tag_work *w, uint32_t n, const ent_memory *mem)
{
    size_t each = sizeof(tag_cell) + sizeof(ent_attr);
    return ent_grow(mem, &w->p, &w->cap, (size_t)n * each, 1);
}

ent_status ent_tag_cells(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                         const ent_gaz_hits *hits, unsigned sent_flags, const ent_memory *mem,
                         ent_tag_work *work, tag_cell **cells, ent_attr **attrs)
{
    ent_status s = room(work, n, mem);
    if (s) return s;
    tag_cell *c = work->p;
    ent_attr *at = (ent_attr *)(void *)(c + n);
    ent_feat_attrs(m->feats, text, t, n, hits, sent_flags, at);
    score_all(m->tagger, at, n, c);
    viterbi(m->tagger, c, n);
    forward_backward(m->tagger, c, n);
    *cells = c;
    *attrs = at;
    return ENT_OK;
}

ent_status ent_tag(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                   const ent_gaz_hits *hits, unsigned sent_flags, const ent_memory *mem,
                   ent_tag_work *work, ent_names *out)
{
    tag_cell *c;
    ent_attr *at;
    out->n = 0;
    if (!m->tagger || !n) return ENT_OK;
    ent_status s = ent_tag_cells(m, text, t, n, hits, sent_flags, mem, work, &c, &at);
    return s ? s : collect(m->tagger, c, n, mem, out);
}
