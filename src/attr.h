/* attr - who says what in one sentence: source, cue and content of reported speech and thought. */
#ifndef ENT_ATTR_H
#define ENT_ATTR_H

#include "prop.h"

enum { ENT_ATTR_MAX = 24 };

typedef struct ent_attr {
    int16_t vg;                   /* chunk of the cue, -1 for "according to" */
    int16_t source;               /* noun phrase chunk, -1 none */
    uint16_t src_first, src_last; /* tokens of the source, equal when none */
    uint16_t cue_first, cue_last;
    uint16_t con_first[2], con_last[2];
    uint8_t parts; /* of content */
    uint8_t kind;  /* 1 says, 2 thinks, 3 with a quotation, 4 according to */
    uint8_t sure;
    uint8_t flags; /* ENT_A_* */
    int16_t owner; /* 1 + mention that is the source when no chunk is, 0 none */
} ent_attr;

typedef struct ent_attrs {
    uint32_t n;
    ent_attr at[ENT_ATTR_MAX];
    int8_t of[ENT_CT_MAX]; /* innermost attribution whose content holds a token, -1 none */
} ent_attrs;

/* Finds the attributions of the sentence parsed in s. O(tokens). */
void ent_attr_find(const ent_props *s, unsigned sent_flags, ent_attrs *out);

/* Probability * 65535 that somebody is reported to say it: little inside quotation marks, for what
 * is only wished or supposed ("to say", "would say"), and without a source. */
uint16_t ent_attr_score(const ent_parse *p, const ent_attr *a);

/* Reporting cue of a verb group: its kind (0 none); *sure and *last (token behind the cue). */
unsigned ent_attr_report(const ent_parse *p, const ent_chunk *c, unsigned *sure, uint32_t *last);

#endif
