/* units - positions counted in bytes, in code points or in UTF-16 units.
 *
 * The core counts bytes; programs around it may not. An invalid byte counts as one of any unit, as
 * a program that replaces each bad byte by one character would count it.
 */
#ifndef ENT_UNITS_H
#define ENT_UNITS_H

#include "mem.h"

typedef enum ent_unit { ENT_BYTE = 0, ENT_CODEPOINT = 1, ENT_UTF16 = 2 } ent_unit;

/* Units in the n bytes at s. O(n). */
size_t ent_units_count(const char *s, size_t n, ent_unit unit);

/* The byte at which `units` units of the n bytes at s end; n when there are fewer. A position
 * inside a character gives its start. O(n). */
size_t ent_units_seek(const char *s, size_t n, size_t units, ent_unit unit);

/* What a text looks like, to tell prose from other things. */
typedef struct ent_textkind {
    size_t invalid, first_invalid; /* bytes that are no UTF-8; where the first is, n when none */
    size_t nul, control;           /* NUL bytes; other control characters but white space */
} ent_textkind;

ent_textkind ent_text_kind(const char *s, size_t n);

/* Converts positions of one text in any order, each in constant time: the units before every
 * 256th byte are remembered. */
typedef struct ent_units {
    const char *text;
    size_t len;
    ent_unit unit;
    uint32_t *before; /* units before the character at or after byte 256 * i, and its byte */
    uint32_t n, cap;
} ent_units;

/* `text` is borrowed until ent_units_free. `u` must be zeroed. O(len). */
ent_status ent_units_make(ent_units *u, const char *text, size_t len, ent_unit unit,
                          const ent_memory *mem);
void ent_units_free(ent_units *u, const ent_memory *mem);

/* Position of a byte, in the unit. O(1). */
size_t ent_units_at(const ent_units *u, size_t byte);

#endif
