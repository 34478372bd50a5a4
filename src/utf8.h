/* utf8 - decoding, validation, letter classes and case of Unicode text, by generated tables. */
#ifndef ENT_UTF8_H
#define ENT_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define ENT_BADCHAR 0xFFFFFFFFu

typedef enum ent_charclass {
    ENT_CH_OTHER = 0, /* control, unassigned, invalid bytes */
    ENT_CH_SPACE,
    ENT_CH_UPPER,  /* Lu, Lt */
    ENT_CH_LOWER,  /* Ll */
    ENT_CH_LETTER, /* letters without case */
    ENT_CH_MARK,   /* combining marks */
    ENT_CH_DIGIT,  /* Nd */
    ENT_CH_PUNCT,  /* P* */
    ENT_CH_SYMBOL  /* S*, other numbers */
} ent_charclass;

/* Decodes one character at s (n > 0 bytes are there). Returns its length in bytes and sets *cp;
 * an invalid byte gives length 1 and ENT_BADCHAR. Overlong forms and surrogates are invalid. */
unsigned ent_utf8_decode(const char *s, size_t n, uint32_t *cp);

/* Class of a code point; lower-case partner (itself when none). O(1), no locale. */
ent_charclass ent_char_class(uint32_t cp);
uint32_t ent_char_lower(uint32_t cp);

/* Writes a valid code point; returns its length in bytes. */
unsigned ent_utf8_encode(uint32_t cp, char out[4]);

/* Number of invalid bytes; *first is the offset of the first (n when none). */
size_t ent_utf8_check(const char *s, size_t n, size_t *first);

#endif
