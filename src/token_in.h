/* token_in - what the files of the tokeniser share: the lexer, classes of bytes, fingerprints on
 * the way.
 *
 *     token.c        marks, and the loop over a sentence
 *     token_word.c   words and numbers
 *     token_hash.c   fingerprints
 */
#ifndef ENT_TOKEN_IN_H
#define ENT_TOKEN_IN_H

#include "markup.h"
#include "sent.h"
#include "token.h"
#include "utf8.h"

/* One sentence on its way. */
typedef struct ent_lexer {
    const char *s;
    uint32_t n, i;
    unsigned space; /* ENT_T_SPACE, ENT_T_NEWLINE of the token to come */
    unsigned inner; /* ENT_T_INQUOTE inside double quotes */
    int single;     /* inside single quotes */
    ent_markup_memo memo;
    ent_token *at;
    uint32_t count;
} ent_lexer;

/* FNV-1a (Fowler, Noll, Vo): start, and one byte more. */
#define ENT_FNV_START 2166136261u

static inline uint32_t ent_hash_byte(uint32_t h, unsigned char c)
{
    return (h ^ c) * 16777619u;
}

/* MurmurHash3's finaliser (Appleby, public domain); 0 is given as 1. */
static inline uint32_t ent_hash_end(uint32_t h)
{
    h = (h ^ h >> 16) * 0x85ebca6bu;
    h = (h ^ h >> 13) * 0xc2b2ae35u;
    h ^= h >> 16;
    return h ? h : 1;
}

/* ASCII stand-in of typographic marks, 0 for what is left out, else the lower case. */
uint32_t ent_hash_plain(uint32_t cp);

/* Adds the lower case of the character cp, which has `len` bytes at s. */
uint32_t ent_hash_char(uint32_t h, const char *s, unsigned len, uint32_t cp);

/* What to do with a byte: a A 0 word characters, ' ' white space, ? control, h beyond ASCII, the
 * mark itself where it has a rule of its own, p other punctuation, s other symbols. */
static inline char ent_lex_kind(char c)
{
    static const char kinds[129] = "?????????     ??" /* 0x00 */
                                   "????????????????"
                                   " p\"sss&'[]*sp-./" /* 0x20 */
                                   "0000000000pp<s>p"
                                   "@AAAAAAAAAAAAAAA" /* 0x40 */
                                   "AAAAAAAAAAA[\\]s_"
                                   "`aaaaaaaaaaaaaaa" /* 0x60 */
                                   "aaaaaaaaaaa[s]s?";
    return (unsigned char)c < 0x80 ? kinds[(unsigned char)c] : 'h';
}

/* The byte at i, a space past the end. */
static inline char ent_lex_at(const ent_lexer *l, uint32_t i)
{
    return i < l->n ? l->s[i] : ' ';
}

static inline int ent_lex_spaced(char c)
{
    return ent_lex_kind(c) == ' ';
}

/* Adds the token [l->i, end) and goes on behind it; its fingerprints are the caller's. */
static inline ent_token *ent_lex_emit(ent_lexer *l, uint32_t end, ent_tokclass cls, unsigned flags)
{
    ent_token *t = &l->at[l->count++];
    *t = (ent_token){.start = l->i,
                     .end = end,
                     .cls = (uint8_t)cls,
                     .flags = (uint16_t)(flags | l->space | l->inner)};
    l->space = 0;
    l->i = end;
    return t;
}

/* The same for a token without inner structure, fingerprints and all. */
void ent_lex_mark(ent_lexer *l, uint32_t end, ent_tokclass cls, unsigned flags);

/* The same for what is not prose; 0 when end is 0. */
int ent_lex_skip(ent_lexer *l, uint32_t end);

/* ---- token_word.c --------------------------------------------------------------------------- */

/* A letter, digit or mark of a word, of whatever script, stands at i. */
int ent_lex_letter(const ent_lexer *l, uint32_t i);

/* Length in bytes of the apostrophe at i, 0 when there is none. */
uint32_t ent_lex_apostrophe(const ent_lexer *l, uint32_t i);

/* End of the ending split off at i: 's 'll 're 've 'd 'm; 0 when none is there. */
uint32_t ent_lex_clitic(const ent_lexer *l, uint32_t i);

/* The word, number or address at l->i, which a letter or digit starts. */
void ent_lex_word(ent_lexer *l);

/* The number at l->i that a point starts. */
void ent_lex_fraction(ent_lexer *l);

#endif
