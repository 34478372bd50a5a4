/* claim - proposals, stances and attributions of one sentence.
 *
 * Adds proposal mentions to the sentence's mentions and gives claims whose actor, proposal, target
 * and source are mentions of the same sentence, or one of the special values that link resolves
 * from the sentences around it.
 */
#ifndef ENT_CLAIM_H
#define ENT_CLAIM_H

#include "clex.h"

/* Bytes of a sentence, relative to its start. */
typedef struct ent_sspan {
    uint16_t start, end;
} ent_sspan;

typedef struct ent_sclaim {
    int16_t actor, proposal, target, by; /* mention numbers of the sentence, or a special value */
    uint8_t label;                       /* ent_stance_label */
    uint8_t flags;
    uint16_t score;   /* probability * 65535 */
    ent_sspan cue[2]; /* the second may be empty */
    ent_sspan condition;
    uint32_t actor_entity, proposal_entity, target_entity, by_entity; /* set by link, or ENT_NONE */
} ent_sclaim;

typedef struct ent_sattr {
    int16_t source; /* mention number, ENT_C_NONE or ENT_C_SPEAKER */
    uint8_t flags;
    uint8_t n_content;
    uint16_t score;
    ent_sspan source_span, cue, content[2];
    uint32_t entity; /* set by link, or ENT_NONE */
} ent_sattr;

typedef struct ent_claims {
    ent_sclaim *at;
    uint32_t n, cap;
    ent_sattr *attr;
    uint32_t n_attr, cap_attr;
} ent_claims;

/* O(tokens). `cover`: the user's words, or NULL. `ms` grows by the proposals found; partner numbers
 * are kept right. */
ent_status ent_find_claims(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                           const ent_gaz_hits *hits, const ent_cover *cover, unsigned sent_flags,
                           const ent_memory *mem, ent_smentions *ms, ent_claims *out);

ent_status ent_claim_open(const ent_model *m, struct ent_claimmodel **out);
void ent_claim_close(struct ent_claimmodel *c, const ent_memory *mem);

#endif
