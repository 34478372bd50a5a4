/* tag_in - what the files of the tagger share. */
#ifndef ENT_TAG_IN_H
#define ENT_TAG_IN_H

#include "feat.h"
#include "tag.h"

enum {
    TAG_LANES = 16,
    TAG_LABELS = 15,
    TAG_EDGE = 15,
    TAG_TYPED = 1,
    TAG_MISC = 13,
    TAG_HEAD = 832,
    TAG_KNOTS = 33,
    TAG_EXPS = 1024, /* entries of the table of exponentials */
    TAG_WALL = 8192,
    TAG_FLOOR = -16000, /* a sequence so far behind is lost */
    TAG_MIN = 16384     /* a doubtful name is at least this likely, of 65535 */
};

/* Vectors of one SSE2 or NEON register; compilers lower wider ones badly. */
typedef int16_t tag_i16 __attribute__((vector_size(16), aligned(2), may_alias));
typedef uint16_t tag_u16 __attribute__((vector_size(16), aligned(1), may_alias));
typedef float tag_f32 __attribute__((vector_size(16), aligned(4), may_alias));

struct ent_tagger {
    float exp_trans[TAG_LANES][TAG_LANES]; /* exp(trans / scale); 0 where forbidden */
    float exp_back[TAG_LANES][TAG_LANES];  /* the same, turned over */
    float exps[TAG_EXPS];                  /* exp(-i / scale) */
    int16_t trans[TAG_LANES][TAG_LANES];   /* at least -TAG_WALL, which forbids */
    int16_t back[TAG_LANES][TAG_LANES];    /* the same, turned over */
    uint16_t calib[ENT_NER_TYPES][TAG_KNOTS];
    const uint8_t *buckets;
    uint32_t n_buckets, scale;
};

/* What is kept per token while a sentence is tagged. */
typedef struct tag_cell {
    float alpha[TAG_LANES], beta[TAG_LANES], e[TAG_LANES];
    int16_t score[TAG_LANES];
    int16_t best[TAG_LANES]; /* of sequences that end here, the highest 0 */
    float scale;
    uint8_t label;
    uint8_t sure; /* surely outside names: nothing but the label is set */
} tag_cell;

static inline unsigned tag_label(unsigned type, uint32_t k, uint32_t n)
{
    return TAG_TYPED + 4 * type + (n == 1 ? 3 : !k ? 0 : k + 1 == n ? 2 : 1);
}

/* Scores, best sequence and probabilities of a sentence (n > 0) into the work's cells; attributes
 * of its tokens follow them. */
ent_status ent_tag_cells(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                         const ent_gaz_hits *hits, unsigned sent_flags, const ent_memory *mem,
                         ent_tag_work *work, tag_cell **cells, ent_attr **attrs);

/* Room for the cells and attributes of n tokens, and for what the tagger remembers of words. */
ent_status ent_tag_room(const struct ent_tagger *g, uint32_t n, const ent_memory *mem,
                        ent_tag_work *w, tag_cell **cells, ent_attr **attrs);

/* The scores of a sentence's n tokens (n > 0). O(n). */
void ent_tag_scores(const struct ent_tagger *g, const ent_attr *at, uint32_t n, ent_tag_work *w,
                    tag_cell *c);

/* The row of a feature, NULL when it has none. */
const int8_t *ent_tag_row(const struct ent_tagger *g, uint32_t feature);

/* Calibrated probability * 65535 that exactly tokens [first, first + n) are a name of this type. */
uint16_t ent_tag_span(const struct ent_tagger *g, const tag_cell *c, uint32_t first, uint32_t n,
                      unsigned type);

#endif
