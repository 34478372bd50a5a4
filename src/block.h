/* block - what a line of text is, seen from its start: prose, heading, list item, code ...
 *
 * Markdown, Org, reStructuredText, AsciiDoc, LaTeX, mail and plain text at once, by local signs
 * only: the line itself and at most ENT_LOOK bytes from its start.
 */
#ifndef ENT_BLOCK_H
#define ENT_BLOCK_H

#include <stddef.h>
#include <stdint.h>

/* How far a decision may look beyond the place it is about. */
#ifndef ENT_LOOK
#define ENT_LOOK 256
#endif

typedef enum ent_linekind {
    ENT_L_TEXT = 0, /* prose, or the next line of a paragraph */
    ENT_L_BLANK,
    ENT_L_HEADING, /* marked as one: # Title, == Title, \section{Title} */
    ENT_L_LIST,    /* starts a list item */
    ENT_L_ROW,     /* row of a table: cells between | or tabs */
    ENT_L_HEADER,  /* mail header */
    ENT_L_RULE,    /* marks only: rule, underline of a heading */
    ENT_L_SKIP,    /* one line of markup or code */
    ENT_L_FENCE    /* opens a block to be skipped: `fence` says what closes it */
} ent_linekind;

typedef struct ent_line {
    ent_linekind kind;
    uint32_t quoted; /* bytes of "> > " and indentation before the rest */
    int in_quote;    /* there is at least one > */
    int ordinal;     /* a numbered list item: its number, else 0 */
    uint16_t fence;
} ent_line;

/* What the line at s is. `first`: it is the first line of the text. */
ent_line ent_line_look(const char *s, size_t n, int first);

/* The block opened with `fence` has reached the line at s. Gives the fence in force after this
 * line, 0 when it closes; *inside is 0 when the line itself is outside already. */
uint16_t ent_line_fence(const char *s, size_t n, uint16_t fence, int *inside);

#endif
