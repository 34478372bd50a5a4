/* chunk - the shape of a sentence: word classes, noun phrases, verb groups, and for each verb group
 * its subject. One pass over the tokens with a little looking left and right; no parser.
 */
#ifndef ENT_CHUNK_H
#define ENT_CHUNK_H

#include "ctag.h"

enum { ENT_CH_REACH = 48 /* chunks looked back at most */ };

typedef enum ent_chtype {
    ENT_CH_NP = 0,
    ENT_CH_VG,
    ENT_CH_PREP,
    ENT_CH_CONJ,
    ENT_CH_SUB,
    ENT_CH_THAT,
    ENT_CH_REL,
    ENT_CH_ADV,
    ENT_CH_COMMA,
    ENT_CH_QUOTE,
    ENT_CH_OPEN,
    ENT_CH_CLOSE,
    ENT_CH_STOP
} ent_chtype;

enum {                    /* ent_chunk.flags */
       ENT_CF_DEF = 1,    /* noun phrase: the, this, its before it */
       ENT_CF_DEM = 2,    /* this, that */
       ENT_CF_PRON = 4,   /* a pronoun */
       ENT_CF_TIME = 8,   /* tells when */
       ENT_CF_BARE = 16,  /* no word before the head */
       ENT_CF_NO = 32,    /* "no" before it */
       ENT_CF_INF = 64,   /* verb group: to + verb */
       ENT_CF_ING = 128,  /* -ing without be */
       ENT_CF_PART = 256, /* participle without be or have */
       ENT_CF_PASSIVE = 512,
       ENT_CF_PERFECT = 1024,
       ENT_CF_NEG = 2048,
       ENT_CF_HEDGE = 4096,  /* reportedly, likely */
       ENT_CF_COPULA = 8192, /* be, seem, remain with no verb after it */
       ENT_CF_BASE = 16384,  /* bare base form: imperative, "demand that he resign" */
       ENT_CF_OWNED = 32768  /* his, their or 's before the head */
};

typedef struct ent_chunk {
    uint8_t type;  /* ent_chtype */
    uint8_t depth; /* verb group: 1 + form of what governs it; noun phrase: 1 when it judges */
    uint16_t first, last; /* tokens [first, last) */
    uint16_t head;        /* main noun or verb, or the token itself */
    uint16_t flags;
    uint32_t modal; /* verb group: ENT_K_* of its modals */
    int16_t actor;  /* noun phrase: mention that is its head, -1 none */
    int16_t owner;  /* noun phrase: mention before the head that owns it, -1 none */
    int16_t prop;   /* noun phrase or verb group: proposal made of it, -1 none yet */
    int16_t subj;   /* verb group: noun phrase that is its subject, -1 none */
    int16_t gap;    /* verb group in a relative clause: noun phrase that is its object */
} ent_chunk;

typedef struct ent_parse {
    ent_ctags in; /* tokens and their classes */
    uint32_t n_chunks;
    ent_chunk ch[ENT_CT_MAX];
} ent_parse;

/* Fills *p for one sentence. O(tokens). */
void ent_chunk_parse(ent_parse *p, const ent_clex *lex, const ent_cover *cover, const char *text,
                     const ent_token *t, uint32_t n, const ent_smention *ms, uint32_t n_ms);

/* Noun phrases joined to the one at `i` by commas and conjunctions, itself included, in text
 * order: to the left (subjects) or to the right (objects). Returns how many. */
unsigned ent_chunk_left(const ent_parse *p, int i, int16_t *out, unsigned max);
unsigned ent_chunk_right(const ent_parse *p, int i, int16_t *out, unsigned max);

/* The same to the right, without stepping over prepositional phrases: "Kyiv and Moscow". */
unsigned ent_chunk_tight(const ent_parse *p, int i, int16_t *out, unsigned max);

/* Tells for each mention of a parsed sentence, which must be in text order, how it stands in its
 * clause: its fields syntax and clause. O(chunks * verb groups). */
void ent_chunk_roles(const ent_parse *p, ent_smention *ms, uint32_t n_ms);

/* Next chunk after i that is no adverb, quotation mark or time; n_chunks at the end. */
uint32_t ent_chunk_next(const ent_parse *p, uint32_t i);

#endif
