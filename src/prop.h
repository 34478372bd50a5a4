/* prop - proposals of one sentence: noun phrases by their head, verb phrases that a cue asks for,
 * pronouns that stand for one. Candidates are collected here; stance takes some of them.
 */
#ifndef ENT_PROP_H
#define ENT_PROP_H

#include "chunk.h"
#include "cweight.h"

enum { ENT_PROP_MAX = 96 };

typedef struct ent_prop {
    uint16_t first, last; /* tokens [first, last) */
    uint16_t head;        /* main token */
    uint8_t form;         /* ent_form */
    uint8_t taken;        /* some actor takes a position on it */
    int16_t chunk;        /* noun phrase or verb group it is made of */
    int16_t men;          /* mention that it turns into a proposal, -1 none */
    uint16_t score;
} ent_prop;

typedef struct ent_props {
    ent_parse parse;
    const ent_cweights *w;
    uint32_t n;
    ent_prop at[ENT_PROP_MAX];
} ent_props;

/* Class of the noun at the head of a noun phrase, ENT_N_* or 0. */
unsigned ent_prop_class(const ent_props *s, int chunk);

/* Proposal made of a noun phrase, -1 when it cannot be one (an actor, a time). */
int ent_prop_np(ent_props *s, int chunk);

/* Verbal proposal made of a verb group: from its verb to the end of its short core. */
int ent_prop_vp(ent_props *s, int chunk);

/* Noun phrases that name a proposal by themselves. */
void ent_prop_scan(ent_props *s);

/* Features of a proposal, for its score. */
void ent_prop_feats(const ent_props *s, const ent_prop *x, ent_cfeats *f);

#endif
