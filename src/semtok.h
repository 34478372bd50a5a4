/* semtok - mentions and cues as semantic tokens of the language server protocol: five numbers a
 * token (line and column relative to the one before, length, type, modifiers), no token inside
 * another or over a line's end.
 *
 * Tokens are kept from one question to the next. Numbers are relative, so an edit changes those of
 * its place and of the first token behind it, no others:
 *
 *     spans     all that is coloured, found anew; compared with the last ones from both ends
 *     groups    spans that lie in or over one another: the units that are written anew
 *     numbers   the groups between what is equal give way to new ones
 *     edits     what a client has to change in those it was told last (semtok_diff.c)
 */
#ifndef ENT_SEMTOK_H
#define ENT_SEMTOK_H

#include "doc.h"
#include "lines.h"
#include "units.h"

typedef struct ent_semtok { /* a coloured stretch of text before it is cut to measure */
    uint32_t start, end;
    uint16_t type, mods;
    uint32_t token; /* first of a group: number of its first token; else ENT_NONE */
} ent_semtok;

typedef struct ent_semtok_list {
    ent_semtok *at;
    uint32_t n, cap;
} ent_semtok_list;

/* How things are shown. */
typedef struct ent_semtok_style {
    uint16_t type[ENT_KINDS];
    uint16_t first, against, said; /* modifier bits: of an entity's first mention; of a cue that
                                      opposes or is negated; of what is said by somebody */
    int cue;                       /* type of a stance's cue; -1: cues are not shown */
    ent_unit unit;                 /* of columns and lengths */
} ent_semtok_style;

typedef struct ent_semtoks {
    uint32_t *at; /* 5 numbers a token */
    uint32_t n, cap;
    ent_semtok_list spans, older;
    uint32_t *fresh; /* numbers of the groups written last */
    uint32_t n_fresh, cap_fresh;
    uint32_t text_len;   /* when the numbers were right */
    int valid;           /* they are those of `spans` */
    uint32_t head, tail; /* numbers that stayed since they were told, from both ends */
    uint32_t *told;      /* the numbers as ent_semtok_take saw them last */
    uint32_t n_told, cap_told;
    struct ent_semtok_edit *edits;
    uint32_t n_edits, cap_edits;
} ent_semtoks;

/* Brings the tokens of a document up to date. `lines` are its lines, whose touched stretch is
 * settled. `t` must be zeroed, or have been used with the same document and style. O(spans), small
 * in constant, plus the lines of what changed. On failure the next call starts afresh. */
ent_status ent_semtok_update(ent_semtoks *t, ent_doc *d, ent_lines *lines,
                             const ent_semtok_style *style, const ent_memory *mem);

void ent_semtok_free(ent_semtoks *t, const ent_memory *mem);

/* ---- semtok_diff.c -------------------------------------------------------------------------- */

/* Numbers [at, at + new_n) of today's stand where [from, from + old_n) of those told last stood, in
 * whole tokens. */
typedef struct ent_semtok_edit {
    uint32_t from, old_n, at, new_n;
} ent_semtok_edit;

/* Fills t->edits with what changed since this was asked last, in order, places far from each other
 * apart; from now on today's numbers count as told. On failure nothing is told. O(what lies between
 * the first change and the last), at worst O(numbers). */
ent_status ent_semtok_take(ent_semtoks *t, const ent_memory *mem);

/* ---- semtok_find.c -------------------------------------------------------------------------- */

/* All mentions and cues of a document in text order, an outer one before what it holds; groups are
 * marked by a `token` that is not ENT_NONE. */
ent_status ent_semtok_find(ent_doc *d, const ent_semtok_style *style, const ent_memory *mem,
                           ent_semtok_list *out);

/* ---- semtok_write.c ------------------------------------------------------------------------- */

/* Writes the tokens of the spans [from, to), which begin and end with groups, to t->fresh; the
 * first is number `token` of all. Its place is given relative to the start of the text. */
ent_status ent_semtok_write(ent_semtoks *t, ent_doc *d, const ent_lines *lines,
                            const ent_semtok_style *style, uint32_t from, uint32_t to,
                            uint32_t token, const ent_memory *mem);

#endif
