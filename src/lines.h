/* lines - where each line of a text starts, kept up to date edit by edit.
 *
 * A line ends behind its '\n'; what follows the last one is a line too, so there is always one.
 * Used by hosts whose positions are line and column.
 */
#ifndef ENT_LINES_H
#define ENT_LINES_H

#include "mem.h"

typedef struct ent_lines {
    uint32_t *at; /* start of line i; at[0] is 0 */
    uint32_t n, cap;
    uint32_t len; /* of the text in bytes */

    /* What edits since ent_lines_settle touched: bytes [from, to) of the text as it is now. */
    uint32_t from, to;
    int touched;
} ent_lines;

/* Lines of a text of len bytes. `l` must be zeroed. O(len). */
ent_status ent_lines_make(ent_lines *l, const char *text, size_t len, const ent_memory *mem);
void ent_lines_free(ent_lines *l, const ent_memory *mem);

/* `removed` bytes at `at` gave way to `add_len` bytes at `add`. O(lines behind + add_len); on
 * ENT_ENOMEM and ENT_EARG the lines stay as they were. */
ent_status ent_lines_edit(ent_lines *l, uint32_t at, uint32_t removed, const char *add,
                          uint32_t add_len, const ent_memory *mem);

/* From now on only later edits count as touching. */
void ent_lines_settle(ent_lines *l);

/* The line that holds a byte; the last one for bytes at or past the end. O(log lines). */
uint32_t ent_lines_of(const ent_lines *l, uint32_t byte);

#endif
