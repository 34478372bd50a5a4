/* link_fold - words of names made comparable, so that Zelensky, Zelenskyy and Zelenskiy meet.
 *
 * A word is lower-cased, accents are dropped, and letters that transliterations and spellings
 * exchange are made one: y and j become i, w becomes v, kh h, ph f, ck and q k, ou and oo u, ee i,
 * ae oe ue a o u; doubled letters count once. Words of fewer than five letters keep their letters
 * (Iran and Iraq, Lee and Li are not spellings of one name).
 */
#include "link_impl.h"
#include "utf8.h"

#include <string.h>

enum { FOLD_MAX = 32, FOLD_SHORT = 5 };

/* Base letters of U+00C0 .. U+017F, in lower case; '*' drops the character. */
static const char base[] = "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty"
                           "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                           "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/* The same of U+1E00 .. U+1EFF. */
static const char more[] = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
                           "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
                           "wwwwwwwwwwxxxxyyzzzzzzhtwya*sssdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
                           "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy";

/* One character to an ASCII letter or digit, 0 to drop it. Letters of other scripts fold to a
 * letter by their code, which keeps them apart well enough for a fingerprint. */
static char base_of(uint32_t cp)
{
    cp = ent_char_lower(cp);
    if ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9')) return (char)cp;
    if (cp < 0xC0) return 0;
    if (cp < 0xC0 + sizeof base - 1) return base[cp - 0xC0] == '*' ? 0 : base[cp - 0xC0];
    if (cp >= 0x1E00 && cp < 0x1E00 + sizeof more - 1)
        return more[cp - 0x1E00] == '*' ? 0 : more[cp - 0x1E00];
    ent_charclass c = ent_char_class(cp);
    if (c == ENT_CH_LOWER || c == ENT_CH_UPPER || c == ENT_CH_LETTER) return (char)('a' + cp % 26);
    return 0;
}

uint32_t ent_fold_letters(const char *s, uint32_t n, char *out)
{
    uint32_t k = 0;
    for (uint32_t i = 0; i < n && k < FOLD_MAX;) {
        uint32_t cp;
        i += ent_utf8_decode(s + i, n - i, &cp);
        char c = base_of(cp);
        if (c) out[k++] = c;
    }
    return k;
}

typedef struct exchange { /* letters `from` are written `to` */
    char from[3];
    char to;
} exchange;

static const exchange pairs[] = {
    {"kh", 'h'}, {"ph", 'f'}, {"ck", 'k'}, {"ou", 'u'}, {"oo", 'u'}, {"ee", 'i'},
    {"ae", 'a'}, {"oe", 'o'}, {"ue", 'u'}, {"ts", 'c'}, {"tz", 'c'},
};
static const exchange singles[] = {{"y", 'i'}, {"j", 'i'}, {"w", 'v'}, {"q", 'k'}, {"z", 's'}};

/* The letter that stands at s[i]; *used is how many letters it takes. */
static char exchanged(const char *s, uint32_t n, uint32_t i, uint32_t *used)
{
    *used = 1;
    for (uint32_t k = 0; i + 1 < n && k < sizeof pairs / sizeof *pairs; k++)
        if (s[i] == pairs[k].from[0] && s[i + 1] == pairs[k].from[1]) {
            *used = 2;
            return pairs[k].to;
        }
    for (uint32_t k = 0; k < sizeof singles / sizeof *singles; k++)
        if (s[i] == singles[k].from[0]) return singles[k].to;
    return s[i];
}

uint32_t ent_fold_skeleton(const char *s, uint32_t n, char *out)
{
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++)
        if (i == 0 || !strchr("aeiou", s[i]) || (i + 1 == n && s[i] == 'a')) out[k++] = s[i];
    return k;
}

uint32_t ent_fold_word(const char *s, uint32_t n, char *out)
{
    char raw[FOLD_MAX] = "";
    uint32_t len = ent_fold_letters(s, n, raw), k = 0, used;
    for (uint32_t i = 0; i < len; i += used) {
        used = 1;
        char c = len < FOLD_SHORT ? raw[i] : exchanged(raw, len, i, &used);
        if (len < FOLD_SHORT || k == 0 || out[k - 1] != c) out[k++] = c;
    }
    return k;
}
