/* utf8 - decoding, classes and case. See utf8.h; tables by tools/unicode.py. */
#include "utf8.h"
#include "utf8_tables.h"

/* Length announced by a lead byte, smallest second byte and largest: the second byte alone rules
 * out overlong forms, surrogates and values past U+10FFFF (Unicode 15, table 3-7). */
static unsigned lead(unsigned char c, unsigned char *lo, unsigned char *hi)
{
    *lo = 0x80;
    *hi = 0xBF;
    if (c < 0xC2 || c > 0xF4) return 1;
    if (c == 0xE0) *lo = 0xA0;
    if (c == 0xED) *hi = 0x9F;
    if (c == 0xF0) *lo = 0x90;
    if (c == 0xF4) *hi = 0x8F;
    return c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* The second byte decides what may follow the first; after it only the form of each byte counts. A
 * sequence that breaks off is one bad byte: the next call starts at the byte after it, so nothing
 * that is valid is lost. */
unsigned ent_utf8_decode(const char *s, size_t n, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s;
    unsigned char lo, hi;
    *cp = p[0];
    if (p[0] < 0x80) return 1;
    unsigned len = lead(p[0], &lo, &hi);
    *cp = ENT_BADCHAR;
    if (len == 1 || len > n || p[1] < lo || p[1] > hi) return 1;
    uint32_t v = (p[0] & (0x7Fu >> len)) << 6 | (p[1] & 0x3Fu);
    for (unsigned i = 2; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80) return 1;
        v = v << 6 | (p[i] & 0x3Fu);
    }
    *cp = v;
    return len;
}

/* Two look-ups: the block that a code point lies in, then its place inside. */
static unsigned kind_of(uint32_t cp)
{
    return utf8_stage2[utf8_stage1[cp / UTF8_BLOCK] * UTF8_BLOCK + cp % UTF8_BLOCK];
}

/* Above the tables lie ideographs, variation selectors and nothing else that is assigned and has a
 * class worth knowing. */
ent_charclass ent_char_class(uint32_t cp)
{
    if (cp < UTF8_END) return (ent_charclass)utf8_kinds[kind_of(cp)].cls;
    if (cp < 0x32400) return ENT_CH_LETTER;                             /* ideographs */
    return cp >= 0xE0100 && cp <= 0xE01EF ? ENT_CH_MARK : ENT_CH_OTHER; /* variation selectors */
}

/* The partner is kept as a distance: so few distances are needed that one byte names class and
 * distance at once. */
uint32_t ent_char_lower(uint32_t cp)
{
    return cp < UTF8_END ? (uint32_t)((int32_t)cp + utf8_kinds[kind_of(cp)].lower) : cp;
}

/* From the last byte to the first, six bits each; what is left fits the lead byte, whose high bits
 * say how many follow. */
unsigned ent_utf8_encode(uint32_t cp, char out[4])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    unsigned len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (unsigned i = len - 1; i > 0; i--, cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)((0xF00 >> len & 0xF0) | cp);
    return len;
}

/* ASCII is passed byte by byte without a call. */
size_t ent_utf8_check(const char *s, size_t n, size_t *first)
{
    size_t bad = 0;
    *first = n;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        if ((unsigned char)s[i] < 0x80) {
            i++;
            continue;
        }
        unsigned len = ent_utf8_decode(s + i, n - i, &cp);
        if (cp == ENT_BADCHAR && bad++ == 0) *first = i;
        i += len;
    }
    return bad;
}
