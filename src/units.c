/* units - positions counted in other units than bytes. See units.h. */
#include "units.h"

#include "utf8.h"

#include <string.h>

enum { STEP = 256 }; /* bytes between two remembered positions */

/* Length in bytes of the character at s (n > 0), and how many units it counts. */
static unsigned step(const char *s, size_t n, ent_unit unit, unsigned *units)
{
    uint32_t cp = 0;
    unsigned len = (unsigned char)*s < 0x80 ? 1 : ent_utf8_decode(s, n, &cp);
    *units = unit == ENT_BYTE ? len : unit == ENT_UTF16 && len == 4 ? 2 : 1;
    return len;
}

/* Whether the eight bytes at s are all ASCII: then each is one of any unit. */
static int ascii8(const char *s)
{
    uint64_t w;
    memcpy(&w, s, sizeof w);
    return (w & 0x8080808080808080u) == 0;
}

size_t ent_units_count(const char *s, size_t n, ent_unit unit)
{
    if (unit == ENT_BYTE) return n;
    size_t units = 0;
    for (size_t at = 0; at < n;) {
        if (n - at >= 8 && ascii8(s + at)) {
            at += 8;
            units += 8;
            continue;
        }
        unsigned u;
        at += step(s + at, n - at, unit, &u);
        units += u;
    }
    return units;
}

size_t ent_units_seek(const char *s, size_t n, size_t units, ent_unit unit)
{
    if (unit == ENT_BYTE) return units < n ? units : n;
    size_t at = 0;
    while (at < n && units > 0) {
        if (n - at >= 8 && units >= 8 && ascii8(s + at)) {
            at += 8;
            units -= 8;
            continue;
        }
        unsigned u;
        unsigned len = step(s + at, n - at, unit, &u);
        if (u > units) break;
        at += len;
        units -= u;
    }
    return at;
}

/* Control characters that no prose holds: all but tab, line feed, form feed, carriage return and
 * the backspace of old manual pages. */
static int is_control(unsigned char c)
{
    return (c < 0x20 && !(c >= 8 && c <= 13)) || c == 0x7f;
}

ent_textkind ent_text_kind(const char *s, size_t n)
{
    ent_textkind k = {.first_invalid = n};
    for (size_t at = 0; at < n;) {
        unsigned char c = (unsigned char)s[at];
        uint32_t cp = c;
        unsigned len = c < 0x80 ? 1 : ent_utf8_decode(s + at, n - at, &cp);
        if (cp == ENT_BADCHAR) {
            if (k.invalid++ == 0) k.first_invalid = at;
        } else if (c == 0) {
            k.nul++;
        } else if (is_control(c)) {
            k.control++;
        }
        at += len;
    }
    return k;
}

ent_status ent_units_make(ent_units *u, const char *text, size_t len, ent_unit unit,
                          const ent_memory *mem)
{
    u->text = text;
    u->len = len;
    u->unit = unit;
    u->n = 0;
    if (unit == ENT_BYTE) return ENT_OK;
    ent_status st =
        ent_grow(mem, (void **)&u->before, &u->cap, 2 * (len / STEP + 1), sizeof *u->before);
    if (st) return st;
    size_t at = 0, units = 0;
    for (size_t mark = 0; mark <= len; mark += STEP) {
        while (at < mark && at < len) {
            unsigned one;
            at += step(text + at, len - at, unit, &one);
            units += one;
        }
        u->before[u->n++] = (uint32_t)units;
        u->before[u->n++] = (uint32_t)at;
    }
    return ENT_OK;
}

void ent_units_free(ent_units *u, const ent_memory *mem)
{
    ent_free(mem, u->before, u->cap * sizeof *u->before);
    *u = (ent_units){0};
}

size_t ent_units_at(const ent_units *u, size_t byte)
{
    if (u->unit == ENT_BYTE) return byte;
    if (byte > u->len) byte = u->len;
    size_t i = byte / STEP;
    /* the character before the mark may reach over it and over `byte` */
    if (u->before[2 * i + 1] > byte) i--;
    size_t from = u->before[2 * i + 1];
    return u->before[2 * i] + ent_units_count(u->text + from, byte - from, u->unit);
}
