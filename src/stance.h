/* stance - who stands where on what, in one sentence: cues, their actors, proposals, addressees.
 *
 * Verb groups with a cue ("rejected", "has called for"), predicates ("is ready to"), nouns
 * ("Ankara's rejection of"), modals ("will withdraw", "must withdraw") and conditions ("until it
 * withdraws") each give candidates; weights decide which are kept (claim).
 */
#ifndef ENT_STANCE_H
#define ENT_STANCE_H

#include "attr.h"

enum { ENT_STANCE_MAX = 96, ENT_STANCE_LIST = 6 /* of a list that is followed */ };

typedef enum ent_how { /* how a candidate was found: a feature */
                       ENT_HOW_OBJECT = 1,
                       ENT_HOW_GAP,
                       ENT_HOW_INF,
                       ENT_HOW_ING,
                       ENT_HOW_THAT,
                       ENT_HOW_TARGET,
                       ENT_HOW_PREP,
                       ENT_HOW_TWO,
                       ENT_HOW_PASSIVE,
                       ENT_HOW_MODAL,
                       ENT_HOW_MUST,
                       ENT_HOW_COND,
                       ENT_HOW_NOUN,
                       ENT_HOW_SELF,
                       ENT_HOW_ACTOR,
                       ENT_HOW_PARTY,
                       ENT_HOW_BETWEEN,
                       ENT_HOW_VALUE,
                       ENT_HOW_PREVIOUS,
                       ENT_HOW_BEFORE, /* a participle before its head */
                       ENT_HOW_ORDER,  /* an imperative in quotation marks */
                       ENT_HOW_OWN,    /* a speaker says what he will do */
                       ENT_HOW_MET,    /* a meeting that is about nothing named */
                       ENT_HOW_AHEAD,  /* "it would be a mistake to" */
                       ENT_HOW_THROUGH =
                           32 /* added: through a verb such as "sign" or a noun such as "idea" */
} ent_how;

typedef enum ent_rel { /* where the actor stands: a feature */
                       ENT_REL_NEAR = 1,
                       ENT_REL_FAR,
                       ENT_REL_BY,
                       ENT_REL_OWNER,
                       ENT_REL_LIGHT,
                       ENT_REL_SPEAKER
} ent_rel;

typedef struct ent_scand {
    int16_t actor, prop, target, by; /* mentions and proposals, or ENT_C_* */
    uint16_t cue_first[2], cue_last[2], cond_first, cond_last; /* tokens */
    uint16_t score;
    uint8_t label, flags;         /* as ent_sclaim */
    uint8_t how, rel, sure, told; /* told: by a cue of the user */
    int16_t chunk;                /* of the cue */
} ent_scand;

typedef struct ent_stances {
    ent_props *s;
    const ent_attrs *attrs;
    uint32_t n, n_cond;
    int16_t cond[ENT_STANCE_LIST][2]; /* conditional clauses: their word, their verb group */
    uint8_t used[ENT_CT_MAX];         /* verb groups that are part of another's proposal */
    ent_scand at[ENT_STANCE_MAX];
} ent_stances;

void ent_stance_find(ent_stances *st, ent_props *s, const ent_attrs *attrs);

/* Features of a candidate, for its score. */
void ent_stance_feats(const ent_stances *st, const ent_scand *x, ent_cfeats *f);

#endif
