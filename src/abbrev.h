/* abbrev - words that are written with a point: Mr., Inc., Jan. */
#ifndef ENT_ABBREV_H
#define ENT_ABBREV_H

#include <stddef.h>

/* How a word behaves before a point: bits; 0 is no known abbreviation. `s` is without the point,
 * any case. */
enum {
    ENT_AB_TITLE = 1, /* a name follows: Mr, Gen, St; never ends a sentence */
    ENT_AB_END = 2,   /* may end a sentence: Inc, Jr, etc */
    ENT_AB_DIGIT = 4, /* before a number: No, Jan, p */
    ENT_AB_WORD = 8   /* also a plain word (no, mar, art): only so before a number or a capital */
};
unsigned ent_abbrev(const char *s, size_t n);

#endif
