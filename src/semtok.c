/* semtok - mentions and cues as semantic tokens. See semtok.h. */
#include "semtok.h"

#include <string.h>

/* Deepest nesting that is painted; what lies deeper takes the colour around it. */
enum { MAX_DEPTH = 16 };

typedef struct writer {
    const char *text;
    const ent_lines *lines;
    const ent_memory *mem;
    ent_semtoks *out;
    ent_unit unit;
    uint32_t line, col;          /* of the last token written, in units */
    uint32_t at, at_line, units; /* up to here units of the current line are counted */
    uint32_t near;               /* line of the last stretch: the next one is not far */
} writer;

/* Column of a byte, in units. Bytes never go back, so each is counted once. */
static uint32_t column(writer *w, uint32_t line, uint32_t byte)
{
    if (line != w->at_line || byte < w->at) {
        w->at_line = line;
        w->at = w->lines->at[line];
        w->units = 0;
    }
    w->units += (uint32_t)ent_units_count(w->text + w->at, byte - w->at, w->unit);
    w->at = byte;
    return w->units;
}

/* One token on one line. */
static ent_status put(writer *w, uint32_t line, uint32_t start, uint32_t end, const ent_semtok *s)
{
    ent_status st =
        ent_grow(w->mem, (void **)&w->out->at, &w->out->cap, w->out->n + 5u, sizeof *w->out->at);
    if (st) return st;
    uint32_t from = column(w, line, start), to = column(w, line, end);
    uint32_t *o = w->out->at + w->out->n;
    o[0] = line - w->line;
    o[1] = line == w->line ? from - w->col : from;
    o[2] = to - from;
    o[3] = s->type;
    o[4] = s->mods;
    w->out->n += 5;
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

/* A stretch, line by line, without the white space at the lines' ends. */
static ent_status put_lines(writer *w, uint32_t start, uint32_t end, const ent_semtok *s)
{
    uint32_t line = line_of(w, start);
    while (start < end) {
        uint32_t next = line + 1 < w->lines->n ? w->lines->at[line + 1] : w->lines->len;
        uint32_t a = start, b = next < end ? next : end;
        while (a < b && is_blank(w->text[a]))
            a++;
        while (b > a && is_blank(w->text[b - 1]))
            b--;
        if (a < b) {
            ent_status st = put(w, line, a, b, s);
            if (st) return st;
        }
        start = next;
        line++;
    }
    return ENT_OK;
}

ent_status ent_semtok_make(const char *text, const ent_lines *lines, const ent_semtok *spans,
                           size_t n, ent_unit unit, const ent_memory *mem, ent_semtoks *out)
{
    writer w = {.text = text, .lines = lines, .mem = mem, .out = out, .unit = unit};
    w.at_line = UINT32_MAX;
    const ent_semtok *open[MAX_DEPTH];
    uint32_t depth = 0, at = 0; /* all before `at` is written */
    ent_status st = ENT_OK;
    out->n = 0;
    for (size_t i = 0; i <= n && !st; i++) {
        uint32_t start = i < n ? spans[i].start : UINT32_MAX;
        while (depth && open[depth - 1]->end <= start && !st) { /* closes what ends before */
            const ent_semtok *s = open[--depth];
            if (s->end > at) st = put_lines(&w, at, s->end, s);
            if (s->end > at) at = s->end;
        }
        if (i == n || st) break;
        if (depth && start > at) st = put_lines(&w, at, start, open[depth - 1]);
        if (start > at) at = start;
        if (depth < MAX_DEPTH && spans[i].end > at) open[depth++] = &spans[i];
    }
    return st;
}

ent_semtok_diff ent_semtok_compare(const ent_semtoks *before, const ent_semtoks *after)
{
    uint32_t least = before->n < after->n ? before->n : after->n, head = 0, tail = 0;
    while (head < least && !memcmp(before->at + head, after->at + head, 5 * sizeof *after->at))
        head += 5;
    while (tail < least - head && !memcmp(before->at + before->n - tail - 5,
                                          after->at + after->n - tail - 5, 5 * sizeof *after->at))
        tail += 5;
    return (ent_semtok_diff){head, before->n - head - tail, after->n - head - tail};
}
