/* user - the user's corrections: what a name is, is not, and is called. Rules hold a name and, if
 * wanted, the words around it, never a place in a text; they are laid over each sentence's mentions
 * after it was analysed, so that they win over model and gazetteer. */
#ifndef ENT_USER_H
#define ENT_USER_H

#include "clex.h"

enum {
    ENT_U_WORDS = 12,   /* most words of a name or of a context */
    ENT_U_PATTERNS = 64 /* most patterns: each costs a look at every token */
};

/* What the rules say of one name in one context; later rules overwrite earlier ones. */
typedef struct ent_uentry {
    uint32_t word[ENT_U_WORDS]; /* lower-cased fingerprints */
    uint8_t n, capital;         /* capital: the rule's first word has one, so must the text's */
    uint8_t kind;               /* ent_kind, or ENT_KINDS: as found */
    uint8_t ignore;
    uint32_t group;                                   /* 1 + index of ent_user.group, 0 none */
    uint32_t before[ENT_U_WORDS], after[ENT_U_WORDS]; /* words around it, from the name outwards */
    uint8_t n_before, n_after;
    uint32_t next;  /* 1 + entry with the same first word, longer names first */
    uint32_t sum;   /* of all that was told, to see what changed */
    char first[32]; /* the name's first word as written, "" when too long: to look for it fast */
} ent_uentry;

/* What several names are called together. */
typedef struct ent_ugroup {
    uint32_t id; /* never 0 */
    uint8_t kind, renamed;
    uint16_t country, org; /* the state or organisation the common name is */
    char *name;
    uint32_t len;
} ent_ugroup;

typedef struct ent_upattern {
    ent_uitem item[ENT_U_WORDS];
    uint8_t n, kind;
    uint32_t sum;
} ent_upattern;

struct ent_user {
    const ent_model *model;
    ent_memory mem;
    ent_uentry *entry;
    uint32_t n, cap;
    uint32_t *slot; /* by first word: 1 + entry; a power of two of them */
    uint32_t n_slots;
    ent_ugroup *group;
    uint32_t n_groups, cap_groups;
    ent_upattern *pattern;
    uint32_t n_patterns, cap_patterns;
    ent_cover *cover; /* proposal nouns and cues for the claim stage, NULL none */
};

/* Lays the rules over a sentence's mentions. u NULL: nothing to do. */
ent_status ent_user_apply(const ent_user *u, const char *text, const ent_token *t, uint32_t n,
                          const ent_memory *mem, ent_smentions *ms);

/* The group of an id that ent_user_apply put into ent_smention.user; NULL when there is none. */
const ent_ugroup *ent_user_group(const ent_user *u, uint32_t id);

/* The name the user gave to a state or organisation, or NULL. */
const ent_ugroup *ent_user_renamed(const ent_user *u, unsigned country, unsigned org);

/* Calls `see` with the first word of every name that one of two sets of rules holds and the other
 * does not, or tells otherwise; with "" when any sentence may be touched. */
void ent_user_compare(const ent_user *a, const ent_user *b,
                      void (*see)(void *ctx, const char *word), void *ctx);

#endif
