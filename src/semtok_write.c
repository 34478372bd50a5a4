/* semtok_write - spans as the numbers of the protocol. See semtok.h. */
#include "semtok.h"

/* Deepest nesting that is painted; what lies deeper takes the colour around it. */
enum { MAX_DEPTH = 16 };

typedef struct writer {
    ent_semtoks *out;
    ent_doc *d;
    const ent_lines *lines;
    const ent_memory *mem;
    ent_unit unit;
    uint32_t line, col;          /* of the last token written, in units */
    uint32_t at, at_line, units; /* up to here units of the current line are counted */
    uint32_t near;               /* line of the last stretch: the next one is not far */
    uint32_t token;              /* number of the first token written */
} writer;

/* Units of the bytes [start, end) are added to *units. */
static ent_status count(writer *w, uint32_t start, uint32_t end, uint32_t *units)
{
    uint32_t n;
    if (start >= end) return ENT_OK;
    const char *s = ent_text_at(w->d, start, end - start, &n);
    if (!s) return ENT_ENOMEM;
    *units += (uint32_t)ent_units_count(s, end - start, w->unit);
    return ENT_OK;
}

/* Column of a byte, in units. Bytes never go back on a line, so each is counted once. */
static ent_status column(writer *w, uint32_t line, uint32_t byte, uint32_t *col)
{
    if (line != w->at_line || byte < w->at) {
        w->at_line = line;
        w->at = w->lines->at[line];
        w->units = 0;
    }
    ent_status st = count(w, w->at, byte, &w->units);
    w->at = byte;
    *col = w->units;
    return st;
}

/* One token on one line. */
static ent_status put(writer *w, uint32_t line, uint32_t start, uint32_t end, const ent_semtok *s)
{
    ent_semtoks *t = w->out;
    uint32_t from, to;
    ent_status st =
        ent_grow(w->mem, (void **)&t->fresh, &t->cap_fresh, t->n_fresh + 5u, sizeof *t->fresh);
    if (!st) st = column(w, line, start, &from);
    if (!st) st = column(w, line, end, &to);
    if (st) return st;
    uint32_t *o = t->fresh + t->n_fresh;
    o[0] = line - w->line;
    o[1] = line == w->line ? from - w->col : from;
    o[2] = to - from;
    o[3] = s->type;
    o[4] = s->mods;
    t->n_fresh += 5;
    w->line = line;
    w->col = from;
    return ENT_OK;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Line of a byte that does not lie before the last one asked for. */
static uint32_t line_of(writer *w, uint32_t byte)
{
    const ent_lines *l = w->lines;
    for (int step = 0; step < 8; step++, w->near++)
        if (w->near + 1 >= l->n || l->at[w->near + 1] > byte) return w->near;
    return w->near = ent_lines_of(l, byte);
}

/* What of [a, b) is neither blank at its start nor at its end. */
static ent_status trim(writer *w, uint32_t *a, uint32_t *b)
{
    uint32_t n, start = *a;
    const char *s = ent_text_at(w->d, start, *b - start, &n);
    if (!s) return ENT_ENOMEM;
    while (*a < *b && is_blank(s[*a - start]))
        ++*a;
    while (*b > *a && is_blank(s[*b - 1 - start]))
        --*b;
    return ENT_OK;
}

/* A stretch, line by line, without the white space at the lines' ends. */
static ent_status put_lines(writer *w, uint32_t start, uint32_t end, const ent_semtok *s)
{
    uint32_t line = line_of(w, start);
    while (start < end) {
        uint32_t next = line + 1 < w->lines->n ? w->lines->at[line + 1] : w->lines->len;
        uint32_t a = start, b = next < end ? next : end;
        ent_status st = trim(w, &a, &b);
        if (!st && a < b) st = put(w, line, a, b, s);
        if (st) return st;
        start = next;
        line++;
    }
    return ENT_OK;
}

/* A stack of open spans; each byte takes the colour of the innermost. An outer one is painted
 * around its inner ones. */
static ent_status paint(writer *w, ent_semtok *spans, uint32_t n)
{
    const ent_semtok *open[MAX_DEPTH] = {NULL};
    uint32_t depth = 0, at = 0; /* all before `at` is written */
    ent_status st = ENT_OK;
    for (uint32_t i = 0; i <= n && !st; i++) {
        uint32_t start = i < n ? spans[i].start : UINT32_MAX;
        while (depth && open[depth - 1]->end <= start && !st) { /* closes what ends before */
            const ent_semtok *s = open[--depth];
            if (s->end > at) st = put_lines(w, at, s->end, s);
            if (s->end > at) at = s->end;
        }
        if (i == n || st) break;
        if (spans[i].token != ENT_NONE) spans[i].token = w->token + w->out->n_fresh / 5;
        if (depth && start > at) st = put_lines(w, at, start, open[depth - 1]);
        if (start > at) at = start;
        if (depth < MAX_DEPTH && spans[i].end > at) open[depth++] = &spans[i];
    }
    return st;
}

ent_status ent_semtok_write(ent_semtoks *t, ent_doc *d, const ent_lines *lines,
                            const ent_semtok_style *style, uint32_t from, uint32_t to,
                            uint32_t token, const ent_memory *mem)
{
    writer w = {.out = t, .d = d, .lines = lines, .mem = mem, .unit = style->unit, .token = token};
    w.at_line = UINT32_MAX;
    t->n_fresh = 0;
    if (from == to) return ENT_OK;
    w.near = ent_lines_of(lines, t->spans.at[from].start);
    return paint(&w, t->spans.at + from, to - from);
}
