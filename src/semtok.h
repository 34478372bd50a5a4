/* semtok - mentions and cues as semantic tokens of the language server protocol: five numbers a
 * token (line and column relative to the one before, length, type, modifiers), no token inside
 * another or over a line's end.
 */
#ifndef ENT_SEMTOK_H
#define ENT_SEMTOK_H

#include "lines.h"
#include "units.h"

typedef struct ent_semtok { /* a coloured stretch of text before it is cut to measure */
    uint32_t start, end;
    uint16_t type, mods;
} ent_semtok;

typedef struct ent_semtoks {
    uint32_t *at; /* 5 numbers a token */
    uint32_t n, cap;
} ent_semtoks;

/* Tokens of a text. `spans` are sorted by start, an outer one before what it holds; an outer one
 * is painted around its inner ones. `out` must be zeroed or used before. O(text + spans). */
ent_status ent_semtok_make(const char *text, const ent_lines *lines, const ent_semtok *spans,
                           size_t n, ent_unit unit, const ent_memory *mem, ent_semtoks *out);

/* The stretch of numbers in which two results differ, in whole tokens: [from, from + old_n) of the
 * old one stands where [from, from + new_n) of the new one is. O(tokens). */
typedef struct ent_semtok_diff {
    uint32_t from, old_n, new_n;
} ent_semtok_diff;

ent_semtok_diff ent_semtok_compare(const ent_semtoks *before, const ent_semtoks *after);

#endif
