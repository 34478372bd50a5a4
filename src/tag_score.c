/* tag_score - the scores of a sentence's tokens: for each the sum of its features' rows.
 *
 * Half of a token's features tell of one word by itself, be it the token or one beside it. Their
 * sums are kept for the words seen last, so that a word seen again costs one look instead of forty.
 * What is kept never changes a score: sums of whole numbers do not depend on their order, and a
 * memo is used for an equal word alone.
 */
#include "tag_in.h"

#include <string.h>

enum { /* the five places a word may tell of, each a run of slots */
       PART_OWN,
       PART_BEFORE,
       PART_BEFORE2,
       PART_AFTER,
       PART_AFTER2,
       PARTS
};

static const uint8_t part_from[PARTS + 1] = {ENT_F_BIAS,    ENT_F_P_LOWER,  ENT_F_PP_LOWER,
                                             ENT_F_N_LOWER, ENT_F_NN_LOWER, ENT_FEAT_PARTED};

/* All that the features of one word hang on; what CLUS tells follows from the fingerprints. */
typedef struct word_key {
    uint32_t word, lower, shape, head, tail, gaz, more;
} word_key;

typedef struct memo {
    word_key key;
    uint32_t used;
    int16_t sum[PARTS][TAG_LANES];
} memo;

/* At the head of the tagger's scratch space; `size` memos follow, a power of two. */
struct tag_memos {
    const struct ent_tagger *of;
    uint32_t size, tokens;
    memo at[];
};

/* A word about to be added: the memo it has or shall have, its features when it has none. */
typedef struct pending {
    word_key key;
    memo *slot;
    uint32_t features[ENT_FEAT_PARTED];
    int fresh;
} pending;

/* ---- rows ----------------------------------------------------------------------------------- */

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

static void prefetch(const struct ent_tagger *g, const uint32_t *features, uint32_t n)
{
#if defined(__GNUC__)
    for (uint32_t k = 0; k < n; k++)
        if (features[k]) __builtin_prefetch(bucket_of(g, features[k]));
#else
    (void)g;
    (void)features;
    (void)n;
#endif
}

/* Adds the rows of features. Which of a bucket's rows is the feature's cannot be foreseen, so no
 * branch hangs on it: a row that is not the feature's is masked away. A row is read as eight pairs
 * of weights, and the low and the high ones of all pairs are summed apart: sums are in that order,
 * [low | high], until a token's score is complete. */
static void add_rows(const struct ent_tagger *g, const uint32_t *features, uint32_t n, int16_t *sum)
{
    tag_i16 low = *(tag_i16 *)sum, high = *(tag_i16 *)(sum + 8);
    for (uint32_t k = 0; k < n; k++) {
        uint32_t f = features[k];
        if (!f) continue;
        const uint8_t *b = bucket_of(g, f);
        unsigned one = ent_le32(b + 52) == f, two = ent_le32(b + 56) == f;
        uint16_t mask = (uint16_t)(0u - (unsigned)((ent_le32(b + 48) == f) | one | two));
        tag_u16 pairs = *(const tag_u16 *)(b + 16 * (one + 2 * two)) & mask;
        low += (tag_i16)(pairs << 8) >> 8;
        high += (tag_i16)pairs >> 8;
    }
    *(tag_i16 *)sum = low;
    *(tag_i16 *)(sum + 8) = high;
}

/* Puts a complete sum in the order of the labels; `first` is where the low ones are. */
static void order_labels(int16_t *score, const int first)
{
    int16_t sum[TAG_LANES];
    memcpy(sum, score, sizeof sum);
    const int16_t *a = sum + (first ? 0 : 8), *b = sum + (first ? 8 : 0);
    for (int k = 0; k < 8; k++) {
        score[2 * k] = a[k];
        score[2 * k + 1] = b[k];
    }
}

static void add_sum(int16_t *score, const int16_t *sum)
{
    *(tag_i16 *)score += *(const tag_i16 *)sum;
    *(tag_i16 *)(score + 8) += *(const tag_i16 *)(sum + 8);
}

/* ---- memos ---------------------------------------------------------------------------------- */

static size_t memos_bytes(uint32_t size)
{
    return sizeof(struct tag_memos) + (size_t)size * sizeof(memo);
}

/* A short text has few words to remember and should not pay for many: more memos as it goes on. */
static uint32_t memos_wanted(const struct tag_memos *m)
{
    enum { FEW = 256, SOME = 1024, MANY = 4096 };
    if (!m || m->tokens < 8 * FEW) return FEW;
    return m->tokens < 8 * MANY ? SOME : MANY;
}

/* The block keeps its memos when only the sentence asks for more room. */
ent_status ent_tag_room(const struct ent_tagger *g, uint32_t n, const ent_memory *mem,
                        ent_tag_work *w, tag_cell **cells, ent_attr **attrs)
{
    uint32_t size = memos_wanted(w->p);
    size_t each = sizeof(tag_cell) + sizeof(ent_attr), head = memos_bytes(size);
    int old = w->p != NULL && ((struct tag_memos *)w->p)->size == size;
    ent_status s = ent_grow(mem, &w->p, &w->cap, head + n * each, 1);
    if (s) return s;
    struct tag_memos *m = w->p;
    if (!old || m->of != g) {
        uint32_t tokens = old ? m->tokens : size <= 256 ? 0 : m->tokens;
        memset(w->p, 0, head);
        m->of = g;
        m->size = size;
        m->tokens = tokens;
    }
    if (m->tokens < UINT32_MAX / 2) m->tokens += n;
    *cells = (tag_cell *)(void *)((char *)w->p + head);
    *attrs = (ent_attr *)(void *)(*cells + n);
    return ENT_OK;
}

static word_key key_of(const ent_attr *a)
{
    return (word_key){a->word,
                      a->lower,
                      a->shape,
                      a->head,
                      a->tail,
                      a->gaz,
                      a->kinds1 | (uint32_t)a->place << 16 | (uint32_t)a->cap << 24};
}

static int knows(const memo *m, const word_key *k)
{
    return m->used && memcmp(&m->key, k, sizeof *k) == 0;
}

/* Finds the word's memo; when it has none, asks memory for the rows that will make it. */
static void look_up(const struct ent_tagger *g, struct tag_memos *m, const ent_attr *a, pending *p)
{
    p->key = key_of(a);
    uint32_t h = p->key.word + p->key.gaz * 0x9E3779B1u;
    p->slot = &m->at[(h ^ h >> 15) & (m->size - 1)];
    p->fresh = !knows(p->slot, &p->key);
    if (!p->fresh) return;
    ent_feat_parts(a, p->features);
    prefetch(g, p->features, ENT_FEAT_PARTED);
}

/* The word's sums. Another word may have taken the memo in the meantime. */
static const memo *sums_of(const struct ent_tagger *g, const ent_attr *a, pending *p)
{
    memo *m = p->slot;
    if (knows(m, &p->key)) return m;
    if (!p->fresh) ent_feat_parts(a, p->features);
    memset(m->sum, 0, sizeof m->sum);
    for (unsigned k = 0; k < PARTS; k++)
        add_rows(g, p->features + part_from[k], (uint32_t)(part_from[k + 1] - part_from[k]),
                 m->sum[k]);
    m->key = p->key;
    m->used = 1;
    return m;
}

/* ---- scores --------------------------------------------------------------------------------- */

/* What is outside the sentence tells of the tokens at its ends. */
static void add_outside(const struct ent_tagger *g, struct tag_memos *m, uint32_t n, tag_cell *c)
{
    pending p;
    look_up(g, m, ent_feat_outside(), &p);
    const memo *o = sums_of(g, ent_feat_outside(), &p);
    add_sum(c[0].score, o->sum[PART_BEFORE]);
    add_sum(c[0].score, o->sum[PART_BEFORE2]);
    add_sum(c[n - 1].score, o->sum[PART_AFTER]);
    add_sum(c[n - 1].score, o->sum[PART_AFTER2]);
    if (n < 2) return;
    add_sum(c[1].score, o->sum[PART_BEFORE2]);
    add_sum(c[n - 2].score, o->sum[PART_AFTER2]);
}

/* Adds what token i tells of itself and of those beside it. */
static void add_word(const memo *m, uint32_t n, uint32_t i, tag_cell *c)
{
    add_sum(c[i].score, m->sum[PART_OWN]);
    if (i + 1 < n) add_sum(c[i + 1].score, m->sum[PART_BEFORE]);
    if (i + 2 < n) add_sum(c[i + 2].score, m->sum[PART_BEFORE2]);
    if (i > 0) add_sum(c[i - 1].score, m->sum[PART_AFTER]);
    if (i > 1) add_sum(c[i - 2].score, m->sum[PART_AFTER2]);
}

/* The lines of cache that a token needs are asked for two tokens ahead. */
void ent_tag_scores(const struct ent_tagger *g, const ent_attr *at, uint32_t n, ent_tag_work *w,
                    tag_cell *c)
{
    enum { FROM = ENT_FEAT_PARTED - 1, REST = ENT_FEAT_SLOTS - FROM, AHEAD = 2 };
    struct tag_memos *m = w->p;
    uint32_t rows[4][ENT_FEAT_SLOTS];
    pending words[4];
    for (uint32_t i = 0; i < n; i++)
        memset(c[i].score, 0, sizeof c[i].score);
    add_outside(g, m, n, c);
    for (uint32_t i = 0; i < n + AHEAD; i++) {
        if (i < n) {
            look_up(g, m, &at[i], &words[i & 3]);
            ent_feat_rest(at, n, i, rows[i & 3]);
            prefetch(g, rows[i & 3] + FROM, REST);
        }
        if (i < AHEAD) continue;
        uint32_t k = i - AHEAD;
        add_word(sums_of(g, &at[k], &words[k & 3]), n, k, c);
        add_rows(g, rows[k & 3] + FROM, REST, c[k].score);
    }
    const uint16_t one = 1;
    int little = *(const uint8_t *)&one;
    for (uint32_t i = 0; i < n; i++)
        order_labels(c[i].score, little);
}
