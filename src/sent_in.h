/* sent_in - what the three files of the sentence splitter share: the scan, classes of bytes.
 *
 *     sent.c        the scan over the bytes of a sentence, cuts, flags, the state after it
 *     sent_stop.c   does a mark .!? end a sentence?
 *     sent_line.c   does a line break end a paragraph?
 */
#ifndef ENT_SENT_IN_H
#define ENT_SENT_IN_H

#include "sent.h"

enum {                   /* ent_sent_state.block */
       ENT_B_LINE = 0,   /* start of a line that starts something new */
       ENT_B_TEXT = 1,   /* inside a paragraph */
       ENT_B_FENCE = 2,  /* inside skipped lines: state.fence says up to where */
       ENT_B_WHERE = 3,  /* the bits of the above */
       ENT_B_LIST = 4,   /* a list item */
       ENT_B_QUOTED = 8, /* lines start with > */
       ENT_B_ROW = 16,   /* a row of a table */
       ENT_B_HEADER = 32 /* mail headers */
};

/* Columns of wrapped lines: beyond WIDEST nobody wraps, below SHORT nobody does either; columns up
 * to FAR are told apart. */
enum { ENT_COL_SHORT = 40, ENT_COL_WIDEST = 101, ENT_COL_FAR = 120 };

/* One sentence on its way. Offsets count from its start. */
typedef struct ent_scan {
    const char *s;
    uint32_t n, i;
    uint32_t line;              /* where the current line starts (0: it started before s) */
    uint32_t column;            /* of s in its line */
    uint32_t lines;             /* line breaks passed */
    uint32_t tokens;            /* at least as many as the tokeniser will make */
    uint32_t caps;              /* words that start with a capital; */
    uint32_t singles, all_caps; /* ... of one letter, with a second capital */
    uint32_t lows;              /* words of three letters or more that start small */
    ent_sent_state st;
    unsigned flags;
    int whole; /* the line is one sentence whatever its points: a heading */
} ent_scan;

/* The first word after a point or line break. */
typedef struct ent_next {
    uint32_t at, end;
    int upper, lower, digit; /* its first character */
    int quote;               /* an opening mark stands before it */
} ent_next;

/* Byte classes; those that can stand in a word come last. */
typedef enum ent_byteclass {
    ENT_Y_OTHER,
    ENT_Y_SPACE,
    ENT_Y_NEWLINE,
    ENT_Y_STOP,  /* . ! ? */
    ENT_Y_QUOTE, /* " */
    ENT_Y_CELL,  /* | and tab, that part cells of a table */
    ENT_Y_DIGIT,
    ENT_Y_UP,
    ENT_Y_LOW,
    ENT_Y_HIGH, /* first byte of a character beyond ASCII */
    ENT_Y_CONT  /* another byte of one */
} ent_byteclass;

static inline unsigned ent_byte_class(char c)
{
    static const unsigned char ascii[] = "0000000005211100" /* 0x00 */
                                         "0000000000000000"
                                         "1340000000000030" /* 0x20 */
                                         "6666666666000003"
                                         "0777777777777777" /* 0x40 */
                                         "7777777777700000"
                                         "0888888888888888" /* 0x60 */
                                         "8888888888805000";
    unsigned char u = (unsigned char)c;
    if (u >= 0x80) return u < 0xC0 ? ENT_Y_CONT : ENT_Y_HIGH;
    return ascii[u] - '0';
}

static inline int ent_byte_word(char c)
{
    return ent_byte_class(c) >= ENT_Y_DIGIT;
}

static inline int ent_byte_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The byte at i, NUL past the end. */
static inline char ent_scan_at(const ent_scan *k, uint32_t i)
{
    return i < k->n ? k->s[i] : '\0';
}

/* ---- sent_stop.c ---------------------------------------------------------------------------- */

/* Bytes of the closing quotation mark, bracket or emphasis mark at i, 0 when there is none. */
uint32_t ent_scan_closing(const ent_scan *k, uint32_t i);

/* The word after white space and opening marks from i on. */
ent_next ent_scan_next(const ent_scan *k, uint32_t i);

/* The marks .!? at i: the end of the sentence after closing marks, or 0. */
uint32_t ent_scan_stop(const ent_scan *k, uint32_t i);

/* A sentence's end stands before the line break at i, even if a small letter follows. */
int ent_scan_stopped(const ent_scan *k, uint32_t i);

/* ---- sent_line.c ---------------------------------------------------------------------------- */

typedef enum ent_joint {                /* what a line break is */
                         ENT_JOINED,    /* white space inside a paragraph */
                         ENT_PARAGRAPH, /* its end */
                         ENT_UNDERLINED /* the end of a heading: a row of = or - follows */
} ent_joint;

/* The line break at i; `stopped` says that a sentence ends just before it. */
ent_joint ent_scan_join(const ent_scan *k, uint32_t i, int stopped);

#endif
