/* mention - from names and words to mentions: names get one of our kinds, groups ("European
 * leaders"), nominals ("the alliance") and pronouns are found. One sentence at a time; what the
 * rest of the document says is for link. */
#ifndef ENT_MENTION_H
#define ENT_MENTION_H

#include "tag.h"

enum {                    /* ent_smention.flags */
       ENT_M_HIDDEN = 1,  /* doubtful: link shows it when the document backs it */
       ENT_M_INQUOTE = 2, /* inside quotation marks */
       ENT_M_POSS = 4,    /* followed by 's, or a possessive pronoun */
       ENT_M_NESTED = 8,  /* inside another mention */
       ENT_M_PLURAL = 16,
       ENT_M_SUBJECT = 32,    /* looks like the subject of a verb that follows */
       ENT_M_OBJECT = 64,     /* follows a verb */
       ENT_M_OBLIQUE = 128,   /* follows a preposition */
       ENT_M_TITLED = 256,    /* a title stands before it: title holds its fingerprint */
       ENT_M_APPOS = 512,     /* stands in apposition to the mention numbered `partner` */
       ENT_M_ADJ = 1024,      /* a country given as adjective, demonym or people */
       ENT_M_ACTS = 2048,     /* acts or speaks: a seat of government that means the state */
       ENT_M_DEFINITE = 4096, /* "the", "this", "its" before it */
       ENT_M_MALE = 8192,
       ENT_M_FEMALE = 16384,
       ENT_M_CAPS = 32768 /* from a title-case or all-capitals line */
};

enum {                       /* ent_smention.label */
       ENT_LABEL_SPEAKS = 1, /* names who speaks what follows it ("MS. WANJALA: ...") */
       ENT_LABEL_ALONE = 2,  /* a person's name that is all its paragraph says: a signature, a
                              * by-line, a heading */
       ENT_LABEL_SELF = 4    /* who "I" is: "I'm Ann Lee", "our interview with Ann Lee" */
};

enum {                    /* ent_smention.syntax: how it stands in its clause (chunk_role.c) */
       ENT_Y_SUBJECT = 1, /* of the verb that `clause` counts */
       ENT_Y_OBJECT = 2,  /* behind it */
       ENT_Y_PREP = 4,    /* behind a preposition */
       ENT_Y_OWNER = 8,   /* owns the noun that stands so */
       ENT_Y_OWNED = 16,  /* "her husband, Leonard" */
       ENT_Y_HANGS = 32,  /* the clause hangs on another */
       ENT_Y_MAIN = 64,   /* subject of the sentence's main verb */
       ENT_Y_ASIDE = 128, /* in brackets */
       ENT_Y_ROLES = 15
};

typedef struct ent_smention {
    uint16_t start, end; /* bytes, relative to the sentence: there are ENT_MAX_SENT at most */
    uint16_t tok, ntok;  /* its tokens */
    uint8_t kind, form;  /* ent_kind, ent_form */
    uint16_t score;      /* probability * 65535 */
    uint16_t flags;
    uint16_t country;  /* as in ent_gaz_entry: the state it names or belongs to, or 0 */
    uint16_t org;      /* ent_gaz_entry.id, or 0; of a proposal: how its head starts, as a
                        * fingerprint, when that tells which it is ("the visit"), or 0 */
    uint16_t partner;  /* a mention of the same sentence, UINT16_MAX none */
    uint32_t key;      /* fingerprint of the whole name, lower-cased (ent_hash_join) */
    uint32_t title;    /* of the title before it, or of a nominal's head noun; 0 none */
    uint32_t user;     /* the name the user joins it under (user.h), 0 none */
    uint32_t own;      /* room for a step's notes */
    uint8_t label;     /* ENT_LABEL_* */
    uint8_t syntax;    /* ENT_Y_* */
    uint8_t clause;    /* number of its verb in the sentence, from 1 on; 0: before any */
    uint8_t describes; /* 1: a state's adjective or people that qualifies no office or body */
} ent_smention;

/* The form that answers give. "Syrian" in "Syrian refugees" tells of a state without naming it, so
 * it is a nominal to the outside; within, it is linked as the names of states are. */
static inline ent_form ent_smention_form(const ent_smention *m)
{
    return m->describes ? ENT_NOMINAL : (ent_form)m->form;
}

typedef struct ent_smentions {
    ent_smention *at;
    uint32_t n, cap;
} ent_smentions;

/* Mentions of actors and places of a sentence, in text order, an outer one before what it holds.
 * Proposals are claim's and are merged in afterwards. O(tokens). */
ent_status ent_find_mentions(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                             const ent_gaz_hits *hits, const ent_names *names, unsigned sent_flags,
                             const ent_memory *mem, ent_smentions *out);

/* Takes out the weaker of two mentions that cross, so that all nest or are disjoint. */
void ent_mentions_nest(ent_smentions *ms);

#endif
