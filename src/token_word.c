/* token_word - words and numbers: what belongs to them, and their shape. See token.h.
 *
 * One pass reads a word and both its fingerprints. Marks inside a word are taken when letters stand
 * on both sides; the endings 's 'll 're 've 'd 'm are left as tokens of their own, n't is not.
 */
#include "abbrev.h"
#include "token_in.h"

#include <string.h>

/* What is learnt of a word while reading it. */
typedef struct word {
    uint32_t i, hash, lower;            /* so far */
    uint32_t lows, ups, others, digits; /* letters of each case and without, digits */
    unsigned flags;
    int first_up; /* its first letter is a capital */
} word;

/* The straight one and U+2019, which word processors put in its place. */
uint32_t ent_lex_apostrophe(const ent_lexer *l, uint32_t i)
{
    if (i >= l->n) return 0;
    if (l->s[i] == '\'') return 1;
    return i + 2 < l->n && memcmp(l->s + i, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Combining marks count: they are part of the letter before them. */
int ent_lex_letter(const ent_lexer *l, uint32_t i)
{
    if (i >= l->n) return 0;
    char k = ent_lex_kind(l->s[i]);
    if (k != 'h') return k == 'a' || k == 'A' || k == '0';
    uint32_t cp;
    ent_utf8_decode(l->s + i, l->n - i, &cp);
    ent_charclass c = ent_char_class(cp);
    return c >= ENT_CH_UPPER && c <= ENT_CH_DIGIT;
}

/* ---- one character more --------------------------------------------------------------------- */

/* ASCII bytes as they are. */
static void take(const ent_lexer *l, word *w, uint32_t len)
{
    for (uint32_t k = 0; k < len; k++) {
        unsigned char c = (unsigned char)l->s[w->i + k];
        w->hash = ent_hash_byte(w->hash, c);
        w->lower = ent_hash_byte(w->lower, (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
    }
    w->i += len;
}

/* Bytes that a single ASCII byte stands for in the lower-case fingerprint. */
static void take_as(const ent_lexer *l, word *w, uint32_t len, char as)
{
    for (uint32_t k = 0; k < len; k++)
        w->hash = ent_hash_byte(w->hash, (unsigned char)l->s[w->i + k]);
    w->lower = ent_hash_byte(w->lower, (unsigned char)as);
    if (len > 1) w->flags |= ENT_T_NONASCII;
    w->i += len;
}

/* Notes a letter or digit for the shape. */
static void count_class(word *w, ent_charclass c)
{
    if (c == ENT_CH_UPPER && w->lows + w->ups + w->others + w->digits == 0) w->first_up = 1;
    w->ups += c == ENT_CH_UPPER;
    w->lows += c == ENT_CH_LOWER;
    w->others += c == ENT_CH_LETTER;
    w->digits += c == ENT_CH_DIGIT;
}

/* Takes a character beyond ASCII that can stand in a word: a letter, combining mark or digit, a
 * joiner before another. */
static int take_high(const ent_lexer *l, word *w)
{
    uint32_t cp;
    unsigned len = ent_utf8_decode(l->s + w->i, l->n - w->i, &cp);
    ent_charclass c = cp == ENT_BADCHAR ? ENT_CH_OTHER : ent_char_class(cp);
    int joiner = ent_hash_plain(cp) == 0 && ent_lex_letter(l, w->i + len);
    if (!joiner && (c < ENT_CH_UPPER || c > ENT_CH_DIGIT)) return 0;
    count_class(w, c);
    for (unsigned k = 0; k < len; k++)
        w->hash = ent_hash_byte(w->hash, (unsigned char)l->s[w->i + k]);
    w->lower = ent_hash_char(w->lower, l->s + w->i, len, cp);
    w->i += len;
    w->flags |= ENT_T_NONASCII;
    return 1;
}

/* Two letters at most, and no letter after them: "d'Ivoire" and "O'Reilly" stay whole. */
uint32_t ent_lex_clitic(const ent_lexer *l, uint32_t i)
{
    uint32_t from = i + ent_lex_apostrophe(l, i), n = 0;
    if (from == i) return 0;
    while (n < 3 && ent_lex_letter(l, from + n))
        n++;
    if (n == 0 || n > 2) return 0;
    int a = l->s[from] | 32, b = ent_lex_at(l, from + 1) | 32;
    if (n == 1) return a == 's' || a == 'd' || a == 'm' ? from + 1 : 0;
    return (a == 'l' && b == 'l') || (b == 'e' && (a == 'r' || a == 'v')) ? from + 2 : 0;
}

/* O'Brien, d'Ivoire, don't */
static int take_apostrophe(const ent_lexer *l, word *w)
{
    uint32_t len = ent_lex_apostrophe(l, w->i);
    if (!len || !ent_lex_letter(l, w->i + len) || ent_lex_clitic(l, w->i)) return 0;
    take_as(l, w, len, '\'');
    return 1;
}

/* AT&T, S&P: capitals on both sides, and no word behind */
static int take_ampersand(const ent_lexer *l, word *w)
{
    if (w->lows || w->digits || ent_lex_kind(ent_lex_at(l, w->i + 1)) != 'A') return 0;
    if (ent_lex_kind(ent_lex_at(l, w->i + 2)) == 'a') return 0;
    take(l, w, 1);
    return 1;
}

/* Is [from, to) a participle that makes a compound: backed, leading, led, run? */
static int is_participle(const char *from, const char *to)
{
    size_t n = (size_t)(to - from);
    if (memcmp(to - 2, "ed", 2) == 0) return 1;
    return n >= 3 && (memcmp(to - 3, "ing", 3) == 0 || memcmp(to - 3, "run", 3) == 0);
}

/* After "secu-": where "rity" starts on the next line, or 0. A capital before and a participle
 * after is a compound that has its hyphen anyway ("Iran-\nbacked"). */
static uint32_t wrapped(const ent_lexer *l, const word *w)
{
    uint32_t i = w->i + 1, from;
    if (w->lows + w->ups < 2 || w->digits) return 0;
    while (i < l->n && (l->s[i] == ' ' || l->s[i] == '\r'))
        i++;
    if (ent_lex_at(l, i) != '\n') return 0;
    while (i < l->n && (l->s[i] == ' ' || l->s[i] == '\t' || l->s[i] == '\n'))
        i++;
    from = i;
    while (i < l->n && i < from + 40 && ent_lex_kind(l->s[i]) == 'a')
        i++;
    if (i - from < 2) return 0;
    return w->ups && is_participle(l->s + from, l->s + i) ? 0 : from;
}

/* Takes one more character of the word if it is one; marks count only between letters. */
static int take_one(const ent_lexer *l, word *w)
{
    uint32_t next;
    switch (ent_lex_kind(l->s[w->i])) {
    case 'h':
        return take_high(l, w) || take_apostrophe(l, w);
    case '\'':
        return take_apostrophe(l, w);
    case '&':
        return take_ampersand(l, w);
    case '_':
        if (!ent_lex_letter(l, w->i + 1)) return 0;
        take(l, w, 1);
        return 1;
    case '-':
        next = wrapped(l, w);
        if (next) w->i = next;
        return next != 0;
    default:
        return 0;
    }
}

/* Reads letters, digits and inner marks; stops before an ending that is a token of its own. */
static void read_word(const ent_lexer *l, word *w, uint32_t limit)
{
    while (w->i < limit) {
        char c = l->s[w->i], k = ent_lex_kind(c);
        if (k == 'a') {
            w->hash = ent_hash_byte(w->hash, (unsigned char)c);
            w->lower = ent_hash_byte(w->lower, (unsigned char)c);
            w->lows++;
            w->i++;
        } else if (k == 'A' || k == '0') {
            count_class(w, k == 'A' ? ENT_CH_UPPER : ENT_CH_DIGIT);
            take(l, w, 1);
        } else if (!take_one(l, w))
            return;
    }
}

/* Digits with inner points, commas, colons and slashes; then letters as in 20th, 1990s, 3M. */
static void read_number(const ent_lexer *l, word *w, uint32_t limit)
{
    while (w->i < limit) {
        char c = l->s[w->i];
        if (ent_lex_kind(c) == '0')
            w->digits++;
        else if (!strchr(".,:/", c) || !c || ent_lex_kind(ent_lex_at(l, w->i + 1)) != '0')
            break;
        take(l, w, 1);
    }
    read_word(l, w, limit);
}

/* ---- points that belong to the word --------------------------------------------------------- */

/* Only closing marks and white space follow. */
static int at_end(const ent_lexer *l, uint32_t i)
{
    for (; i < l->n; i++) {
        int high = (unsigned char)l->s[i] >= 0x80;
        if (high ? ent_lex_letter(l, i) : !ent_lex_spaced(l->s[i]) && !strchr("\"')]*_", l->s[i]))
            return 0;
    }
    return 1;
}

/* "U.S." after "U", "p.m." after "p": takes points and single letters in turn. A single one is an
 * initial, but not at the end of a sentence ("World War I."). */
static void take_acronym(const ent_lexer *l, word *w, uint32_t limit)
{
    unsigned letters = 1;
    while (w->i + 1 < limit && l->s[w->i] == '.') {
        char k = ent_lex_kind(l->s[w->i + 1]);
        if ((k != 'a' && k != 'A') || ent_lex_letter(l, w->i + 2)) break;
        count_class(w, k == 'A' ? ENT_CH_UPPER : ENT_CH_LOWER);
        take(l, w, 2);
        letters++;
    }
    if (ent_lex_at(l, w->i) != '.' || ent_lex_at(l, w->i + 1) == '.' || w->i >= limit) return;
    if (letters == 1 && (!w->ups || at_end(l, w->i + 1))) return;
    take(l, w, 1);
    w->flags |= ENT_T_POINT;
}

/* May an abbreviation that is a plain word, too, be one here: "No. 5", "Art. 3", "Sun. Times"? */
static int is_short_here(const ent_lexer *l, const word *w, unsigned bits)
{
    uint32_t i = w->i + 1;
    while (i < l->n && ent_lex_spaced(l->s[i]))
        i++;
    char k = ent_lex_kind(ent_lex_at(l, i));
    return w->ups && (k == '0' || (k == 'A' && !(bits & ENT_AB_DIGIT)));
}

/* The word is followed by a point: does it belong to it? */
static void take_point(const ent_lexer *l, uint32_t from, word *w, uint32_t limit)
{
    if (ent_lex_at(l, w->i + 1) == '.') return;
    if (w->lows + w->ups + w->others == 1 && !w->digits) {
        take_acronym(l, w, limit);
        return;
    }
    unsigned bits = ent_abbrev(l->s + from, w->i - from);
    int phd = w->i - from == 2 && memcmp(l->s + from, "Ph", 2) == 0;
    if (phd && ent_lex_at(l, w->i + 1) == 'D')
        take(l, w, ent_lex_at(l, w->i + 2) == '.' ? 3 : 2);
    else if (!bits || (bits & ENT_AB_WORD && !is_short_here(l, w, bits)))
        return;
    else
        take(l, w, 1);
    w->flags |= ENT_T_POINT;
}

/* ---- tokens --------------------------------------------------------------------------------- */

/* What the letters of the word look like together. */
static ent_shape shape_of(const word *w, int points)
{
    uint32_t letters = w->lows + w->ups + w->others;
    if (points && w->ups && !w->lows) return ENT_SH_ACRO;
    if (!w->ups) return letters ? ENT_SH_LOWER : ENT_SH_NONE;
    if (!w->lows) return ENT_SH_UPPER;
    return w->first_up && w->ups == 1 ? ENT_SH_INIT : ENT_SH_MIXED;
}

/* What starts with a digit is a number, unless capitals make it a name (3M, 9M729). */
static void emit_word(ent_lexer *l, const word *w, int number)
{
    uint32_t from = l->i;
    int points =
        w->flags & ENT_T_POINT || (w->ups > 1 && memchr(l->s + from, '.', w->i - from) != NULL);
    number = number && w->ups == 0;
    ent_token *t = ent_lex_emit(l, w->i, number ? ENT_T_NUMBER : ENT_T_WORD,
                                w->flags | (number || w->digits ? ENT_T_DIGIT : 0u));
    t->hash = ent_hash_end(w->hash);
    t->lower = ent_hash_end(w->lower);
    if (!number) t->shape = (uint8_t)shape_of(w, points);
}

/* Addresses start only where a word could not go on from the mark before it: each is looked for
 * once. */
static int may_address(const ent_lexer *l, char after)
{
    if (!after || !strchr(".:@_+-", after)) return 0;
    return l->i == 0 || !l->s[l->i - 1] || !strchr(".-+_@", l->s[l->i - 1]);
}

/* Where a word that starts at l->i has to end. */
static uint32_t limit_of(const ent_lexer *l)
{
    return l->n - l->i > ENT_MAX_TOKEN ? l->i + ENT_MAX_TOKEN : l->n;
}

/* Reads the word, then looks at what follows: the rest of an address, or a point that belongs to
 * it. */
void ent_lex_word(ent_lexer *l)
{
    word w = {.i = l->i, .hash = ENT_FNV_START, .lower = ENT_FNV_START};
    uint32_t from = l->i, limit = limit_of(l);
    int number = ent_lex_kind(l->s[from]) == '0';
    if (number)
        read_number(l, &w, limit);
    else
        read_word(l, &w, limit);
    char c = ent_lex_at(l, w.i);
    if (may_address(l, c) && ent_lex_skip(l, ent_markup_address(l->s, l->n, from, w.i))) return;
    if (c == '.' && !number && w.i < limit) take_point(l, from, &w, limit);
    emit_word(l, &w, number);
}

/* ".5": the point, then as any number. */
void ent_lex_fraction(ent_lexer *l)
{
    word w = {.i = l->i, .hash = ENT_FNV_START, .lower = ENT_FNV_START};
    take(l, &w, 1);
    read_number(l, &w, limit_of(l));
    emit_word(l, &w, 1);
}
