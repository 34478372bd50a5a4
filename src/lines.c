/* lines - where each line of a text starts. See lines.h. */
#include "lines.h"

#include <string.h>

/* Calls of memchr are few and fast: most lines of prose are long. */
static size_t count_breaks(const char *s, size_t n)
{
    size_t k = 0;
    for (const char *p = s, *end = s + n; n && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        k++;
    return k;
}

/* Writes the starts of the lines that breaks of n bytes at s make, s standing at `base`. */
static void put_starts(uint32_t *out, const char *s, size_t n, uint32_t base)
{
    for (const char *p = s, *end = s + n; n && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        *out++ = base + (uint32_t)(p - s) + 1;
}

ent_status ent_lines_make(ent_lines *l, const char *text, size_t len, const ent_memory *mem)
{
    if (len > ENT_MAX_TEXT) return ENT_EARG;
    size_t n = count_breaks(text, len) + 1;
    ent_status st = ent_grow(mem, (void **)&l->at, &l->cap, n, sizeof *l->at);
    if (st) return st;
    l->at[0] = 0;
    put_starts(l->at + 1, text, len, 0);
    l->n = (uint32_t)n;
    l->len = (uint32_t)len;
    return ENT_OK;
}

void ent_lines_free(ent_lines *l, const ent_memory *mem)
{
    ent_free(mem, l->at, l->cap * sizeof *l->at);
    *l = (ent_lines){0};
}

uint32_t ent_lines_of(const ent_lines *l, uint32_t byte)
{
    uint32_t lo = 0, hi = l->n;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (l->at[mid] <= byte)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

void ent_lines_settle(ent_lines *l)
{
    l->touched = 0;
    l->from = l->to = 0;
}

/* Widens what is touched by an edit; what lay behind it has moved. */
static void touch(ent_lines *l, uint32_t at, uint32_t removed, uint32_t add_len)
{
    if (!l->touched) l->from = l->to = at;
    l->touched = 1;
    if (l->from > at) l->from = at;
    l->to = l->to > at + removed ? l->to - removed + add_len : at + add_len;
}

ent_status ent_lines_edit(ent_lines *l, uint32_t at, uint32_t removed, const char *add,
                          uint32_t add_len, const ent_memory *mem)
{
    if (at > l->len || removed > l->len - at) return ENT_EARG;
    if ((size_t)l->len - removed + add_len > ENT_MAX_TEXT) return ENT_EARG;
    size_t made = count_breaks(add, add_len);
    uint32_t from = ent_lines_of(l, at) + 1; /* lines that started inside what is gone */
    uint32_t to = ent_lines_of(l, at + removed) + 1;
    ent_status st =
        ent_grow(mem, (void **)&l->at, &l->cap, l->n - (to - from) + made, sizeof *l->at);
    if (st) return st;
    memmove(l->at + from + made, l->at + to, (l->n - to) * sizeof *l->at);
    put_starts(l->at + from, add, add_len, at);
    l->n = l->n - (to - from) + (uint32_t)made;
    for (uint32_t i = from + (uint32_t)made; i < l->n; i++)
        l->at[i] += add_len - removed;
    l->len += add_len - removed;
    touch(l, at, removed, add_len);
    return ENT_OK;
}
