/* ctag - the word class of each token: verb, noun, small word. Small words are listed; a word that
 * can be a verb or a noun is decided by its neighbours and by how often it is a verb in raw text.
 */
#ifndef ENT_CTAG_H
#define ENT_CTAG_H

#include "clex.h"

enum { ENT_CT_MAX = ENT_MAX_TOKENS + 8 };

typedef enum ent_pos {                 /* word class of a token in its sentence */
                       ENT_P_NOUN = 0, /* nouns, adjectives and all that is not known */
                       ENT_P_NAME,     /* inside a mention */
                       ENT_P_NUM,
                       ENT_P_DET,
                       ENT_P_POSS,
                       ENT_P_PRON,
                       ENT_P_GEN, /* 's */
                       ENT_P_VERB,
                       ENT_P_AUX,
                       ENT_P_NEG,
                       ENT_P_TO,
                       ENT_P_ADV,
                       ENT_P_PREP,
                       ENT_P_CONJ,
                       ENT_P_SUB,
                       ENT_P_THAT,
                       ENT_P_REL,
                       ENT_P_COMMA,
                       ENT_P_QUOTE,
                       ENT_P_DASH, /* between spaces; a hyphen belongs to its words */
                       ENT_P_HYPHEN,
                       ENT_P_OPEN,
                       ENT_P_CLOSE,
                       ENT_P_STOP /* . ; : ? ! and anything else that ends a clause */
} ent_pos;

typedef struct ent_ctoken {
    ent_cword w;
    uint8_t pos;   /* ent_pos */
    uint8_t form;  /* of a verb: one of ENT_V_* */
    int16_t men;   /* outermost mention that covers it, -1 none */
    int16_t chunk; /* chunk it belongs to: set by chunk */
} ent_ctoken;

/* A sentence with its classes. */
typedef struct ent_ctags {
    const ent_clex *lex;
    const ent_cover *cover; /* the user's words, or NULL */
    const ent_token *t;
    const ent_smention *ms;
    uint32_t n, n_ms; /* tokens, mentions */
    int told;         /* whether the user marked proposals among the mentions */
    uint32_t by, of, for_, re, co, of_long, votes; /* fingerprints of words */
    ent_ctoken tok[ENT_CT_MAX];
} ent_ctags;

/* Fills *g for the first ENT_MAX_TOKENS tokens of a sentence. O(tokens). */
void ent_ctag(ent_ctags *g, const ent_clex *lex, const ent_cover *cover, const char *text,
              const ent_token *t, uint32_t n, const ent_smention *ms, uint32_t n_ms);

#endif
