/* analyse - one sentence from bytes to a result: a pure function of its bytes, its flags and the
 * model, so a sentence whose bytes did not change is never worked on twice. */
#ifndef ENT_ANALYSE_H
#define ENT_ANALYSE_H

#include "claim.h"
#include "user.h"

/* A mention as it is kept: ent_smention, whose fields are explained there, in fewer bytes, and what
 * link finds for it. */
typedef struct ent_kmention {
    uint32_t start : 12, end : 13, kind : 3, form : 2;
    uint32_t syntax : 8, clause : 8, label : 8; /* ENT_Y_*, ENT_LABEL_* */
    uint32_t tok : 9, ntok : 9, partner : 9, describes : 1;
    uint32_t link_reason : 4; /* ent_link_reason */
    uint16_t flags, score;
    uint16_t country, org;
    uint16_t link_score; /* how sure the link is, probability * 65535 */
    uint8_t user;        /* 1 + which of the result's users it is joined by, 0 none */
    uint8_t typed;       /* what `name` is and which type it is counted under: ent_lown */
    uint32_t name;       /* ent_smention.key, or the name type it is counted under */
    uint32_t title;
    uint32_t entity; /* the type it refers to (see ent_linker_public), ENT_NONE: not shown */
} ent_kmention;

enum { ENT_NO_PARTNER = 511 }; /* ent_kmention.partner */

/* What is kept of an analysed sentence, one block of memory: this, claims, attributions and the
 * names that the user joins mentions under. */
typedef struct ent_result {
    uint16_t n_mentions, n_claims, n_attrs, n_users;
    ent_kmention mentions[];
} ent_result;

static inline ent_sclaim *ent_result_claims(const ent_result *r)
{
    return (ent_sclaim *)(void *)(r->mentions + r->n_mentions);
}

static inline ent_sattr *ent_result_attrs(const ent_result *r)
{
    return (ent_sattr *)(void *)(ent_result_claims(r) + r->n_claims);
}

/* The name the user joins a mention under, or 0. */
static inline uint32_t ent_result_user(const ent_result *r, const ent_kmention *m)
{
    const uint32_t *users = (const uint32_t *)(const void *)(ent_result_attrs(r) + r->n_attrs);
    return m->user ? users[m->user - 1] : 0;
}

/* The form that answers give. "Syrian" in "Syrian refugees" tells of a state without naming it, so
 * it is a nominal to the outside; within, it is linked as the names of states are. */
static inline ent_form ent_kmention_form(const ent_kmention *m)
{
    return m->describes ? ENT_NOMINAL : (ent_form)m->form;
}

/* Scratch space reused between sentences; all zero at first. */
typedef struct ent_work {
    const ent_user *user; /* corrections to lay over what is found, or NULL */
    ent_tokens tokens;
    ent_gaz_hits hits;
    ent_names names;
    ent_tag_work tag;
    ent_smentions mentions;
    ent_claims claims;
} ent_work;

/* Analyses n bytes at s. *out is made by `mem` (free with ent_result_free); NULL is a valid
 * result: nothing found. */
ent_status ent_analyse(const ent_model *m, const char *s, uint32_t n, unsigned flags,
                       const ent_memory *mem, ent_work *work, ent_result **out);

void ent_result_free(ent_result *r, const ent_memory *mem);
void ent_work_free(ent_work *w, const ent_memory *mem);

#endif
