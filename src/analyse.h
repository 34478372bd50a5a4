/* analyse - one sentence from bytes to a result: a pure function of its bytes, its flags and the
 * model, so a sentence whose bytes did not change is never worked on twice. */
#ifndef ENT_ANALYSE_H
#define ENT_ANALYSE_H

#include "claim.h"
#include "user.h"

/* What is kept of an analysed sentence; one block of memory, arrays inside. */
typedef struct ent_result {
    uint32_t size; /* of the block in bytes */
    uint32_t n_mentions, n_claims, n_attrs;
    ent_smention *mentions;
    ent_sclaim *claims;
    ent_sattr *attrs;
} ent_result;

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
