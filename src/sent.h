/* sent - cuts text into sentences.
 *
 * The splitter is a left-to-right scan that can be restarted at any sentence start: all it needs
 * to know of what came before is the small state carried from one sentence to the next. So after
 * an edit it runs from the sentence before the edit until it meets an old sentence start with the
 * same state, and everything behind is as before.
 *
 * Sentences cover the text without gaps or overlaps (white space after a sentence belongs to it).
 */
#ifndef ENT_SENT_H
#define ENT_SENT_H

#include "block.h"
#include "mem.h"

enum {                     /* sentence flags, also handed to the tokeniser */
       ENT_S_PARA = 1,     /* first of a paragraph (blank line, heading, list item before it) */
       ENT_S_HEADING = 2,  /* a heading or headline */
       ENT_S_LIST = 4,     /* in a list item or table cell */
       ENT_S_SKIP = 8,     /* code block, front matter, markup: nothing to find here */
       ENT_S_INQUOTE = 16, /* starts inside a quotation opened earlier in its paragraph */
       ENT_S_CAPS = 32,    /* mostly capitals or title case: capitals say little */
       ENT_S_CUT = 64      /* cut by a limit, not by grammar */
};

/* What the scan knows at a sentence start; all zero at the start of a text. Equal states and equal
 * bytes give equal sentences. */
typedef struct ent_sent_state {
    uint8_t block;  /* where: line start, paragraph, list item, block quote, fenced code ... */
    uint8_t quote;  /* quotation marks open in this paragraph */
    uint16_t fence; /* what closes the code block, or the column of a start inside a line */
} ent_sent_state;

/* Longest sentence in bytes, white space after it included. Longer ones are cut at white space
 * where there is some, at places that depend on the bytes just before: so the cuts stay where they
 * are when something far before them changes. */
#ifndef ENT_MAX_SENT
#define ENT_MAX_SENT 4096
#endif

/* Most tokens of a sentence: longer ones are cut in the same way. */
#ifndef ENT_SENT_TOKENS
#define ENT_SENT_TOKENS 392
#endif

/* The sentence at `s`: `n` bytes of text are there, `at_start` says that s is the start of the
 * text, `more` that text follows beyond n (then n >= 2 * ENT_MAX_SENT). Updates *state to that at
 * the next sentence's start, sets *flags, returns the sentence's length (0 only when n is 0). Looks
 * at no more than 2 * ENT_LOOK bytes beyond the sentence it gives. */
uint32_t ent_sent_next(const char *s, size_t n, int at_start, int more, ent_sent_state *state,
                       unsigned *flags);

#endif
