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
            v = v < -TAG_WALL ? -TAG_WALL : v > TAG_WALL ? TAG_WALL : v;
            g->trans[a][b] = g->back[b][a] = (int16_t)v;
            g->exp_trans[a][b] = g->exp_back[b][a] = exp_of(g, v);
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

/* ---- the best sequence --------------------------------------------------------------------- */

static tag_i16 highest(tag_i16 a, tag_i16 b)
{
    tag_i16 better = a > b;
    return (better & a) | (~better & b);
}

/* Moves the scores of sequences so that the highest is 0 and none is below TAG_FLOOR: they stay
 * within 16 bits however long the sentence. */
static void settle(int16_t *best)
{
    tag_i16 *half = (tag_i16 *)best;
    tag_i16 most = highest(half[0], half[1]);
    int top = most[0];
    for (int y = 1; y < 8; y++)
        top = most[y] > top ? most[y] : top;
    int16_t least = (int16_t)(top + TAG_FLOOR < INT16_MIN ? INT16_MIN : top + TAG_FLOOR);
    tag_i16 floor = least - (tag_i16){0};
    for (int h = 0; h < 2; h++)
        half[h] = highest(half[h], floor) - (int16_t)top;
}

/* The best sequences up to a token from those up to the one before, all labels at once. */
static void viterbi_step(const struct ent_tagger *g, const int16_t *before, const int16_t *score,
                         int16_t *best)
{
    tag_i16 low = TAG_FLOOR - (tag_i16){0}, high = low;
    for (int x = 0; x < TAG_LABELS; x++) {
        const tag_i16 *t = (const tag_i16 *)g->trans[x];
        low = highest(before[x] + t[0], low);
        high = highest(before[x] + t[1], high);
    }
    const tag_i16 *s = (const tag_i16 *)score;
    ((tag_i16 *)best)[0] = low + s[0];
    ((tag_i16 *)best)[1] = high + s[1];
    best[TAG_EDGE] = TAG_FLOOR;
    settle(best);
}

/* Whether any bit of a vector is set. */
static int any(tag_i16 v)
{
    uint64_t half[2];
    memcpy(half, &v, sizeof half);
    return (half[0] | half[1]) != 0;
}

/* The label before `label` on the best sequence; mostly the first, outside. */
static int came_from(const struct ent_tagger *g, const int16_t *best, int label)
{
    const tag_i16 *t = (const tag_i16 *)g->back[label], *b = (const tag_i16 *)best;
    tag_i16 sum[2] = {b[0] + t[0], b[1] + t[1]}, first = sum[0][0] - (tag_i16){0};
    if (!any((sum[0] > first) | (sum[1] > first))) return 0;
    const int16_t *s = (const int16_t *)sum;
    int arg = 0;
    for (int x = 1; x < TAG_LABELS; x++)
        if (s[x] > s[arg]) arg = x;
    return arg;
}

static void viterbi(const struct ent_tagger *g, tag_cell *c, uint32_t n)
{
    for (int y = 0; y < TAG_LANES; y++)
        c[0].best[y] =
            (int16_t)(g->trans[TAG_EDGE][y] + (y < TAG_LABELS ? c[0].score[y] : TAG_FLOOR));
    settle(c[0].best);
    for (uint32_t i = 1; i < n; i++)
        viterbi_step(g, c[i - 1].best, c[i].score, c[i].best);
    int y = TAG_EDGE;
    for (uint32_t i = n; i-- > 0;) {
        y = came_from(g, c[i].best, y);
        c[i].label = (uint8_t)y;
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

/* out = sum over labels x of v[x] times row x. */
static void times(const float *v, const float (*rows)[TAG_LANES], float *out)
{
    tag_f32 sum[4] = {{0}};
    for (int x = 0; x < TAG_LABELS; x++)
        for (int q = 0; q < 4; q++)
            sum[q] += v[x] * ((const tag_f32 *)rows[x])[q];
    memcpy(out, sum, sizeof sum);
}

/* a times b times factor, lane by lane. */
static void product(const float *a, const float *b, float factor, float *out)
{
    for (int q = 0; q < 4; q++)
        ((tag_f32 *)out)[q] = ((const tag_f32 *)a)[q] * ((const tag_f32 *)b)[q] * factor;
}

/* For tokens [a, b) between tokens labelled `before` and `after` (outside, or the edge): alpha is
 * the probability of each label given the tokens so far, beta the rest, in the same scale. */
static void forward_backward(const struct ent_tagger *g, tag_cell *c, uint32_t a, uint32_t b,
                             int before, int after)
{
    float v[TAG_LANES];
    for (uint32_t i = a; i < b; i++) {
        set_exp(g, &c[i]);
        if (i == a)
            memcpy(v, g->exp_trans[before], sizeof v);
        else
            times(c[i - 1].alpha, g->exp_trans, v);
        product(v, c[i].e, 1, c[i].alpha);
        c[i].scale = sum_of(c[i].alpha);
        product(v, c[i].e, 1 / c[i].scale, c[i].alpha);
    }
    product(c[b - 1].alpha, g->exp_back[after], 1, v);
    for (int y = 0; y < TAG_LANES; y++)
        c[b - 1].beta[y] = g->exp_back[after][y] / sum_of(v);
    for (uint32_t i = b - 1; i-- > a;) {
        product(c[i + 1].e, c[i + 1].beta, 1 / c[i + 1].scale, v);
        times(v, g->exp_back, c[i].beta);
    }
}

/* Outside in the best sequence and far better so than in any name by its own features. Most tokens
 * are; probabilities are worth their time in the short stretches between them alone. */
static int surely_outside(const struct ent_tagger *g, const tag_cell *c)
{
    static const tag_i16 but_first = {0, -1, -1, -1, -1, -1, -1, -1};
    static const tag_i16 but_edge = {-1, -1, -1, -1, -1, -1, -1, 0};
    if (c->label != 0) return 0;
    const tag_i16 *s = (const tag_i16 *)c->score;
    tag_i16 near = (int16_t)(c->score[0] - 2 * (int)g->scale) - (tag_i16){0};
    return !any(((s[0] >= near) & but_first) | ((s[1] >= near) & but_edge));
}

static void decode(const struct ent_tagger *g, tag_cell *c, uint32_t n)
{
    viterbi(g, c, n);
    for (uint32_t i = 0; i < n; i++)
        c[i].sure = (uint8_t)surely_outside(g, &c[i]);
    for (uint32_t a = 0, b; a < n; a = b) {
        b = a + 1;
        if (c[a].sure) continue;
        while (b < n && !c[b].sure)
            b++;
        forward_backward(g, c, a, b, a ? 0 : TAG_EDGE, b < n ? 0 : TAG_EDGE);
    }
}

/* Probability that exactly tokens [first, first + n) are a name of this type. */
static float span_prob(const struct ent_tagger *g, const tag_cell *c, uint32_t first, uint32_t n,
                       unsigned type)
{
    for (uint32_t k = 0; k < n; k++)
        if (c[first + k].sure) return 0;
    unsigned y = tag_label(type, 0, n);
    float p = c[first].alpha[y];
    for (uint32_t k = 1; k < n; k++) {
        unsigned z = tag_label(type, k, n);
        p *= g->exp_trans[y][z] * c[first + k].e[z] / c[first + k].scale;
        y = z;
    }
    p *= c[first + n - 1].beta[y];
    return p > 0 ? (p < 1 ? p : 1) : 0; /* no number, of a broken model: 0 */
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
    if (c->sure) return 0;
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
    float by[ENT_NER_TYPES] = {0}, sum[ENT_NER_TYPES] = {0};
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

/* Notes the names of other types. */
static ent_status collect_other(const tag_cell *c, uint32_t n, const ent_memory *mem,
                                ent_names *out)
{
    ent_status s = ENT_OK;
    for (uint32_t i = 0, j; i < n && !s; i = j) {
        j = i + 1;
        if (c[i].label != TAG_MISC) continue;
        while (j < n && c[j].label == TAG_MISC + 1)
            j++;
        s = ent_grow(mem, (void **)&out->other, &out->cap_other, out->n_other + (size_t)1,
                     sizeof *out->other);
        if (s) return s;
        out->other[out->n_other++] = (ent_name){.first = i, .n = j - i, .type = ENT_NER_TYPES};
    }
    return s;
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

ent_status ent_tag_cells(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                         const ent_gaz_hits *hits, unsigned sent_flags, const ent_memory *mem,
                         ent_tag_work *work, tag_cell **cells, ent_attr **attrs)
{
    tag_cell *c;
    ent_attr *at;
    ent_status s = ent_tag_room(m->tagger, n, mem, work, &c, &at);
    if (s) return s;
    ent_feat_attrs(m->feats, text, t, n, hits, sent_flags, at);
    ent_tag_scores(m->tagger, at, n, work, c);
    decode(m->tagger, c, n);
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
    out->n = out->n_other = 0;
    if (!m->tagger || !n) return ENT_OK;
    ent_status s = ent_tag_cells(m, text, t, n, hits, sent_flags, mem, work, &c, &at);
    if (!s) s = collect(m->tagger, c, n, mem, out);
    return s ? s : collect_other(c, n, mem, out);
}

void ent_names_free(ent_names *names, const ent_memory *mem)
{
    ent_free(mem, names->at, names->cap * sizeof *names->at);
    ent_free(mem, names->other, names->cap_other * sizeof *names->other);
    *names = (ent_names){0};
}
