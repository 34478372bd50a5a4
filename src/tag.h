/* tag - finds names in one sentence: the trained tagger behind one small interface. */
#ifndef ENT_TAG_H
#define ENT_TAG_H

#include "gaz.h"

typedef enum ent_nertype {
    ENT_NER_PER = 0,
    ENT_NER_ORG = 1,
    ENT_NER_LOC = 2,
    ENT_NER_TYPES = 3
} ent_nertype;

typedef struct ent_name { /* tokens [first, first + n) are a name */
    uint32_t first, n;
    uint8_t type;     /* ent_nertype */
    uint8_t doubtful; /* below the threshold: shown only when the document backs it */
    uint16_t score;   /* calibrated probability * 65535 */
} ent_name;

typedef struct ent_names {
    ent_name *at;
    uint32_t n, cap;
    ent_name *other; /* names of none of the types: "1992 Olympic Games", "Swahili" */
    uint32_t n_other, cap_other;
} ent_names;

/* Scratch space of the tagger, reused from sentence to sentence; all zero at first. It remembers
 * words of one model: another model needs a space of its own. */
typedef struct ent_tag_work {
    void *p;
    uint32_t cap;
} ent_tag_work;

/* Names of a sentence, in order, not overlapping. O(tokens). */
ent_status ent_tag(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                   const ent_gaz_hits *hits, unsigned sent_flags, const ent_memory *mem,
                   ent_tag_work *work, ent_names *out);

enum { ENT_WHY_MAX = 12 };

/* What decided a token's label: how much a feature speaks for the name against the runner-up. */
typedef struct ent_reason {
    const char *feature; /* a few words for people */
    uint32_t token;
    float weight;
} ent_reason;

typedef struct ent_why {
    uint16_t score, other_score; /* calibrated probability * 65535 */
    uint8_t other;               /* the next likely: an ent_nertype, ENT_NER_TYPES for no name */
    uint32_t n;
    ent_reason at[ENT_WHY_MAX]; /* the strongest first */
} ent_why;

/* Why tokens [first, first + len) are, or would be, a name of this type. O(tokens). */
ent_status ent_tag_why(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                       const ent_gaz_hits *hits, unsigned sent_flags, const ent_memory *mem,
                       ent_tag_work *work, const ent_name *name, ent_why *out);

void ent_names_free(ent_names *names, const ent_memory *mem);

ent_status ent_tagger_open(const ent_model *m, struct ent_tagger **out);
void ent_tagger_close(struct ent_tagger *t, const ent_memory *mem);

#endif
