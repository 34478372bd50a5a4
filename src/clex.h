/* clex - what claims are told by: small words, verb forms, cues, nouns that name proposals.
 *
 * Section CLAI, version 1, little-endian; the parts follow one another without gaps:
 *
 *     16  header: slots, words, cues, rest words
 *      6  * slots: fingerprint of a word 4 (0 an empty slot), number of the word 2
 *     20  * words: tags 4, lemma 2, forms 1, share 1, class 1, stance 1, noun frames 2,
 *                  verb class 1, 0 1, first cue 2, cues 1, adjective cues 1, first of those 2
 *     12  * cues: label 1, sureness 1, frames 2, rest words 1, gap 1, flags 1, 0 1,
 *                 first rest word 2, 0 2
 *      4  * rest words: fingerprints of the words of cues after the first
 */
#ifndef ENT_CLEX_H
#define ENT_CLEX_H

#include "mention.h"
#include "model.h"

enum { /* ent_cword.tags: what a small word is */
       ENT_K_DET = 1 << 0,
       ENT_K_DEF = 1 << 1,  /* definite: the, this, its */
       ENT_K_DEM = 1 << 2,  /* this, that, these, those */
       ENT_K_POSS = 1 << 3, /* his, its, their */
       ENT_K_PRON = 1 << 4,
       ENT_K_SUBJ = 1 << 5, /* he, it, they */
       ENT_K_REL = 1 << 6,  /* which, who, whose */
       ENT_K_WH = 1 << 7,   /* what, how, whether */
       ENT_K_PREP = 1 << 8,
       ENT_K_PART = 1 << 9, /* off, out, forward */
       ENT_K_CONJ = 1 << 10,
       ENT_K_SUB = 1 << 11, /* if, while, because */
       ENT_K_COND = 1 << 12,
       ENT_K_WILL = 1 << 13,
       ENT_K_WOULD = 1 << 14,
       ENT_K_CAN = 1 << 15,
       ENT_K_MAY = 1 << 16,
       ENT_K_MUST = 1 << 17,
       ENT_K_BE = 1 << 18,
       ENT_K_HAVE = 1 << 19,
       ENT_K_DO = 1 << 20,
       ENT_K_TO = 1 << 21,
       ENT_K_NEG = 1 << 22,
       ENT_K_ADV = 1 << 23,
       ENT_K_HEDGE = 1 << 24,
       ENT_K_NUM = 1 << 25,
       ENT_K_QUANT = 1 << 26,
       ENT_K_TIME = 1 << 27,
       ENT_K_THAT = 1 << 28,
       ENT_K_LAST = 1 << 29, /* last, next */
       ENT_K_DEG = 1 << 30,
       ENT_K_ADJ = -2147483647 - 1, /* bit 31 */
       ENT_K_MODAL = ENT_K_WILL | ENT_K_WOULD | ENT_K_CAN | ENT_K_MAY | ENT_K_MUST
};

enum { /* ent_cword.forms: what a word can be of its verb */
       ENT_V_BASE = 1,
       ENT_V_S = 2,
       ENT_V_PAST = 4,
       ENT_V_PART = 8,
       ENT_V_ING = 16
};

enum {                      /* ent_cword.vclass */
       ENT_V_ASPECT = 1,    /* continue to: the next verb counts */
       ENT_V_HEDGE = 2,     /* be expected to: the same, uncertain */
       ENT_V_THROUGH = 4,   /* sign the deal: the position is on the deal */
       ENT_V_HARM = 16,     /* sue: who announces it threatens */
       ENT_V_NAMING = 32,   /* call it a mistake */
       ENT_V_STATE = 64,    /* gain: no course of action */
       ENT_V_LINKING = 128, /* remain opposed to */
       ENT_V_LIGHT = 8      /* make a proposal: the noun counts */
};

enum { /* classes of nouns: lexicon/claim_nouns.tsv */
       ENT_N_ALWAYS = 1,
       ENT_N_TAKEN = 2,
       ENT_N_SHORT = 3,
       ENT_N_STANCE = 4,
       ENT_N_BODY = 5,
       ENT_N_THROUGH = 6,
       ENT_N_VALUE = 7, /* judges: lexicon/claim_values.tsv */
       ENT_N_CLASS = 7,
       ENT_N_USER = 8, /* the user says so */
       ENT_N_PLURAL = 128
};

enum { /* ent_cue.frames: lexicon/claim_cues.tsv */
       ENT_F_OBJ = 1,
       ENT_F_PROP = 2,
       ENT_F_INF = 4,
       ENT_F_ING = 8,
       ENT_F_THAT = 16,
       ENT_F_OWN = 32,
       ENT_F_TARGET = 64,
       ENT_F_FOR = 128,
       ENT_F_AGAINST = 256,
       ENT_F_WITH = 512,
       ENT_F_TWO = 1024,
       ENT_F_QUOTE = 2048,
       ENT_F_ACTOR = 4096,
       ENT_F_PARTY = 8192,
       ENT_F_SPEAKER = 16384 /* "it is vital that": who says so is the actor */
};

enum { /* ent_cword.nframes: lexicon/claim_nouns.tsv */
       ENT_NF_INF = 1,
       ENT_NF_THAT = 2,
       ENT_NF_FOR = 4,
       ENT_NF_OF = 8,
       ENT_NF_TO = 16,
       ENT_NF_AGAINST = 32,
       ENT_NF_ON = 64,
       ENT_NF_SELF = 128,
       ENT_NF_HARM = 256,    /* a strike, retaliation */
       ENT_NF_TELLS = 2048,  /* "the closure" means no other thing */
       ENT_NF_REPORT = 1024, /* a claim, a belief: its owner says what follows */
       ENT_NF_EVEN = 512     /* itself even when it has a complement: a plan to withdraw */
};

enum { ENT_CUE_REPORT = 16, ENT_CUE_ADJ = 1, ENT_CUE_USER = 2 };

enum { /* in place of a mention's number in a claim */
       ENT_C_NONE = -1,
       ENT_C_SPEAKER = -2, /* who speaks the quotation this sentence stands in */
       ENT_C_PREVIOUS = -3 /* the proposal last mentioned */
};

enum { /* ent_sclaim.flags */
       ENT_C_NEGATED = 1,
       ENT_C_HEDGED = 2
};

enum {                     /* ent_sattr.flags */
       ENT_A_OPEN = 1,     /* its quotation goes on in the next sentence */
       ENT_A_CONTINUES = 2 /* content of a quotation opened before; the source is SPEAKER */
};

typedef struct ent_cword {
    uint32_t tags;
    uint16_t lemma; /* of its verb, 0 none: words of one verb share it */
    uint8_t forms, share;
    uint8_t noun;   /* ENT_N_CLASS and ENT_N_PLURAL, 0 none */
    uint8_t stance; /* 1 + label of a noun that tells one, 0 none */
    uint16_t nframes;
    uint8_t vclass;
    uint8_t cues, acues; /* how many cues start here: as a verb, as an adjective */
    uint16_t cue, acue;  /* the first of them */
} ent_cword;

typedef struct ent_cue {
    uint8_t label; /* ent_stance_label, or ENT_CUE_REPORT + kind */
    uint8_t sure;  /* 0..9 */
    uint16_t frames;
    uint8_t rest, gap, flags; /* words after the first; 1 + the one that a gap may come before */
    uint16_t first;
} ent_cue;

typedef struct ent_clex {
    uint32_t mask, words, cues, rests;
    const uint8_t *slot, *word, *cue, *rest;
} ent_clex;

/* Lays out and checks the section whole; ENT_EMODEL when anything is off. */
ent_status ent_clex_open(const uint8_t *p, size_t size, ent_clex *out);

/* What is known of a word by its lower-case fingerprint; all zero when nothing is. */
ent_cword ent_clex_word(const ent_clex *c, uint32_t lower);

ent_cue ent_clex_cue(const ent_clex *c, uint32_t i);

/* Fingerprint of the i-th rest word. */
uint32_t ent_clex_rest(const ent_clex *c, uint32_t i);

/* ---- the user's own words, laid over the lexicon; NULL is none ---- */

enum {
    ENT_COVER_WORDS = 8,    /* most words of a cue */
    ENT_COVER_ITEMS = 12,   /* most items of a phrase */
    ENT_COVER_PHRASES = 64, /* most phrases: each costs a look at every token */
    ENT_U_RUN = 8           /* most words a repeated class takes */
};

typedef enum ent_uclass {                  /* of an item of a pattern */
                          ENT_UC_WORD = 0, /* this word */
                          ENT_UC_ANY,      /* any word */
                          ENT_UC_CAPITAL,  /* a word with a capital */
                          ENT_UC_NUMBER,
                          ENT_UC_ACRONYM, /* all capitals */
                          /* in phrases only: a noun phrase, or for the second a verb phrase, too */
                          ENT_UC_ACTOR,
                          ENT_UC_PROPOSAL,
                          ENT_UC_TARGET
} ent_uclass;

typedef struct ent_uitem {
    uint32_t word;
    uint8_t class, many; /* many: one or more, as many as there are up to ENT_U_RUN */
} ent_uitem;

/* Words and places that together tell a stance: Actor "gave the nod to" Proposal. */
typedef struct ent_phrase {
    ent_uitem item[ENT_COVER_ITEMS];
    uint8_t n, label;
} ent_phrase;

typedef struct ent_cover ent_cover;

/* Adds a noun that names a proposal, or a cue: its words (the first in one of its forms, ENT_V_*),
 * its stance and frames. *c is made when it is NULL. */
ent_status ent_cover_noun(ent_cover **c, const ent_memory *mem, uint32_t word);
ent_status ent_cover_cue(ent_cover **c, const ent_memory *mem, const uint32_t *word, uint32_t n,
                         unsigned label, unsigned frames, unsigned form);

/* Adds a phrase; ENT_EARG when it has no actor, no word, or more than two repeated items. `sum`
 * tells it from others. */
ent_status ent_cover_phrase(ent_cover **c, const ent_memory *mem, const ent_phrase *p,
                            uint32_t sum);

/* The phrases told, *n of them; NULL when there are none. */
const ent_phrase *ent_cover_phrases(const ent_cover *c, uint32_t *n);

void ent_cover_free(ent_cover *c, const ent_memory *mem);

/* Equal sums: the same was told in the same order. */
uint32_t ent_cover_sum(const ent_cover *c);

/* Lays what the user said of a word over *w. */
void ent_cover_word(const ent_cover *c, uint32_t lower, ent_cword *w);

/* The user's cues that start with a word: from number ent_cover_first on, while ent_cover_at gives
 * 1; and their i-th rest word. */
uint32_t ent_cover_first(const ent_cover *c, uint32_t lower);
int ent_cover_at(const ent_cover *c, uint32_t i, uint32_t lower, ent_cue *q);
uint32_t ent_cover_rest(const ent_cover *c, uint32_t cue, uint32_t i);

/* Frames by their letters, as in lexicon/claim_cues.tsv; 0 when one is unknown. */
unsigned ent_clex_frames(const char *letters, size_t n);

#endif
