/* token - the words, numbers and marks of one sentence.
 *
 * Hyphens split ("Iran-backed" is Iran, -, backed: the middle ones carry no ENT_T_SPACE), the
 * possessive 's is a token, abbreviations and initials keep their points ("U.S.", "J."), numbers
 * their points and commas; a URL, an e-mail address, a code span or other markup to be skipped is
 * one token of class ENT_T_SKIP. Tokens cover all bytes but white space, in order, not overlapping.
 */
#ifndef ENT_TOKEN_H
#define ENT_TOKEN_H

#include "mem.h"

typedef enum ent_tokclass {
    ENT_T_WORD = 0,
    ENT_T_NUMBER,
    ENT_T_PUNCT,   /* . , ; : ! ? and other marks */
    ENT_T_QUOTE,   /* any quotation mark; ENT_T_OPEN or ENT_T_CLOSE says which when known */
    ENT_T_DASH,    /* - en dash em dash */
    ENT_T_BRACKET, /* ( ) [ ] { } with ENT_T_OPEN / ENT_T_CLOSE */
    ENT_T_SYMBOL,  /* $ % * # ... */
    ENT_T_SKIP     /* URL, code, markup: never part of a mention */
} ent_tokclass;

typedef enum ent_shape {
    ENT_SH_NONE = 0, /* not a word */
    ENT_SH_LOWER,    /* talks */
    ENT_SH_INIT,     /* Talks */
    ENT_SH_UPPER,    /* TALKS, two letters or more, or a single capital */
    ENT_SH_MIXED,    /* McDonald, iPhone */
    ENT_SH_ACRO      /* U.S., J. : capitals with points */
} ent_shape;

enum {                      /* ent_token.flags */
       ENT_T_SPACE = 1,     /* white space before it (or it starts the sentence) */
       ENT_T_NEWLINE = 2,   /* a line break before it */
       ENT_T_OPEN = 4,      /* opening quote or bracket */
       ENT_T_CLOSE = 8,     /* closing quote or bracket */
       ENT_T_POSS = 16,     /* the possessive 's or ' */
       ENT_T_DIGIT = 32,    /* a word with a digit in it */
       ENT_T_NONASCII = 64, /* holds bytes >= 0x80 */
       ENT_T_POINT = 128,   /* ends in a point that is part of it */
       ENT_T_INQUOTE = 256  /* inside quotation marks */
};

typedef struct ent_token {
    uint32_t start, end; /* bytes, relative to the sentence */
    uint32_t hash;       /* fingerprint of its bytes (ent_hash) */
    uint32_t lower;      /* fingerprint of its lower-cased bytes, quotes and dashes made ASCII */
    uint16_t flags;
    uint8_t cls;   /* ent_tokclass */
    uint8_t shape; /* ent_shape */
} ent_token;

typedef struct ent_tokens {
    ent_token *at;
    uint32_t n, cap;
} ent_tokens;

/* Longest token in bytes, and most tokens of a sentence: longer ones are cut. */
#ifndef ENT_MAX_TOKEN
#define ENT_MAX_TOKEN 256
#endif
#ifndef ENT_MAX_TOKENS
#define ENT_MAX_TOKENS 400
#endif

/* Fingerprint of bytes: the same function everywhere (lexicon compiler, trainer, tagger).
 *     h = 2166136261; for each byte b: h = (h ^ b) * 16777619         FNV-1a
 *     h ^= h >> 16; h *= 0x85ebca6b; h ^= h >> 13; h *= 0xc2b2ae35; h ^= h >> 16     murmur3
 * all modulo 2^32; a result of 0 is given as 1, so 0 can mean "none". */
uint32_t ent_hash(const char *s, size_t n);

/* Fingerprint of a word after lower-casing: equals ent_hash of the lower-cased word. Lower-casing
 * is Unicode's simple mapping; single quotes and apostrophes become ', double quotes ", dashes and
 * hyphens -, soft hyphens and joiners nothing. A word broken by a hyphen at a line's end has the
 * fingerprints of the whole word. */
uint32_t ent_hash_lower(const char *s, size_t n);

/* Joins fingerprints into that of a phrase: h = 0 at first, then each word in turn.
 *     h = h * 31 + word + 0x9e3779b9; then the murmur3 steps and the rule for 0 as above */
uint32_t ent_hash_join(uint32_t h, uint32_t word);

/* Tokens of a sentence of n bytes at s; `flags` are the sentence's (sent.h). O(n). */
ent_status ent_tokenise(const char *s, uint32_t n, unsigned flags, const ent_memory *mem,
                        ent_tokens *out);

#endif
