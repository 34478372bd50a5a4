/* token_hash - fingerprints of words and phrases. See token.h. */
#include "token_in.h"

#include <string.h>

/* FNV-1a alone leaves the low bits of short words alike; the finaliser spreads them, so that tables
 * may use any bits. */
uint32_t ent_hash(const char *s, size_t n)
{
    uint32_t h = ENT_FNV_START;
    for (size_t i = 0; i < n; i++)
        h = ent_hash_byte(h, (unsigned char)s[i]);
    return ent_hash_end(h);
}

/* The odd constant keeps a phrase of one word apart from the word itself. */
uint32_t ent_hash_join(uint32_t h, uint32_t word)
{
    return ent_hash_end(h * 31 + word + 0x9e3779b9u);
}

/* Editors turn quotes and hyphens into typographic ones, and lists have either: both must meet. */
uint32_t ent_hash_plain(uint32_t cp)
{
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    switch (cp) {
    case 0x2018: /* single quotation marks, letter apostrophe, prime */
    case 0x2019:
    case 0x201B:
    case 0x02BC:
    case 0x2032:
        return '\'';
    case 0x201C: /* double ones */
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0xAB:
    case 0xBB:
        return '"';
    case 0x2010: /* hyphens, dashes, minus */
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return '-';
    case 0xAD: /* soft hyphen, joiners */
    case 0x200C:
    case 0x200D:
    case 0x2060:
        return 0;
    default:
        return ent_char_lower(cp);
    }
}

/* A bad byte stands for itself. */
uint32_t ent_hash_char(uint32_t h, const char *s, unsigned len, uint32_t cp)
{
    char out[4];
    if (cp == ENT_BADCHAR) return ent_hash_byte(h, (unsigned char)*s);
    uint32_t low = ent_hash_plain(cp);
    if (low == cp)
        memcpy(out, s, len);
    else
        len = low ? ent_utf8_encode(low, out) : 0;
    for (unsigned i = 0; i < len; i++)
        h = ent_hash_byte(h, (unsigned char)out[i]);
    return h;
}

/* Character by character; the tokeniser does the same while it reads a word. */
uint32_t ent_hash_lower(const char *s, size_t n)
{
    uint32_t h = ENT_FNV_START, cp;
    for (size_t i = 0; i < n;) {
        unsigned len = ent_utf8_decode(s + i, n - i, &cp);
        h = ent_hash_char(h, s + i, len, cp);
        i += len;
    }
    return ent_hash_end(h);
}
