/* token - one pass over a sentence, a class for each byte, fingerprints on the way. See token.h. */
#include "token.h"
#include "abbrev.h"
#include "markup.h"
#include "sent.h"
#include "utf8.h"

#include <string.h>

_Static_assert(ENT_SENT_TOKENS <= ENT_MAX_TOKENS, "a sentence's tokens must fit");

static const uint32_t FNV_START = 2166136261u, FNV_PRIME = 16777619u;

/* What to do with an ASCII byte: a A 0 word characters, ' ' white space, ? control, the mark itself
 * where it has a rule of its own, p other punctuation, s other symbols. */
static const char kind_of[129] = "?????????     ??" /* 0x00 */
                                 "????????????????"
                                 " p\"sss&'[]*sp-./" /* 0x20 */
                                 "0000000000pp<s>p"
                                 "@AAAAAAAAAAAAAAA" /* 0x40 */
                                 "AAAAAAAAAAA[\\]s_"
                                 "`aaaaaaaaaaaaaaa" /* 0x60 */
                                 "aaaaaaaaaaa[s]s?";

static char kind(char c)
{
    return (unsigned char)c < 0x80 ? kind_of[(unsigned char)c] : 'h';
}

/* ---- fingerprints -------------------------------------------------------------------------- */

/* MurmurHash3's finaliser (Appleby, public domain). */
static uint32_t finish(uint32_t h)
{
    h = (h ^ h >> 16) * 0x85ebca6bu;
    h = (h ^ h >> 13) * 0xc2b2ae35u;
    h ^= h >> 16;
    return h ? h : 1;
}

static uint32_t add_byte(uint32_t h, unsigned char c)
{
    return (h ^ c) * FNV_PRIME;
}

uint32_t ent_hash(const char *s, size_t n)
{
    uint32_t h = FNV_START;
    for (size_t i = 0; i < n; i++) h = add_byte(h, (unsigned char)s[i]);
    return finish(h);
}

uint32_t ent_hash_join(uint32_t h, uint32_t word)
{
    return finish(h * 31 + word + 0x9e3779b9u);
}

/* ASCII stand-in of typographic marks, 0 for what is left out, else the lower case. */
static uint32_t plain(uint32_t cp)
{
    switch (cp) {
    case 0x2018: case 0x2019: case 0x201B: case 0x02BC: case 0x2032: return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0xAB: case 0xBB: return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
        return '-';
    case 0xAD: case 0x200C: case 0x200D: case 0x2060: return 0;
    default: return ent_char_lower(cp);
    }
}

/* Adds the lower case of the character of `len` bytes at s. */
static uint32_t add_lower(uint32_t h, const char *s, unsigned len, uint32_t cp)
{
    char out[4];
    if (cp == ENT_BADCHAR) return add_byte(h, (unsigned char)*s);
    uint32_t low = plain(cp);
    if (low == cp) memcpy(out, s, len);
    else len = low ? ent_utf8_encode(low, out) : 0;
    for (unsigned i = 0; i < len; i++) h = add_byte(h, (unsigned char)out[i]);
    return h;
}

uint32_t ent_hash_lower(const char *s, size_t n)
{
    uint32_t h = FNV_START, cp;
    for (size_t i = 0; i < n;) {
        unsigned len = ent_utf8_decode(s + i, n - i, &cp);
        h = add_lower(h, s + i, len, cp);
        i += len;
    }
    return finish(h);
}

/* ---- the scan ------------------------------------------------------------------------------ */

typedef struct lexer {
    const char *s;
    uint32_t n, i;
    unsigned space; /* ENT_T_SPACE, ENT_T_NEWLINE of the token to come */
    unsigned inner; /* ENT_T_INQUOTE inside double quotes */
    int single;     /* inside single quotes */
    ent_markup_memo memo;
    ent_token *at;
    uint32_t count;
} lexer;

/* What is learnt of a word while reading it. */
typedef struct word {
    uint32_t i, hash, lower;
    uint32_t lows, ups, others, digits; /* letters of each case and without, digits */
    unsigned flags;
    int first_up;
} word;

static char at(const lexer *l, uint32_t i)
{
    return i < l->n ? l->s[i] : ' ';
}

static int spaced(char c)
{
    return kind(c) == ' ';
}

static ent_token *emit(lexer *l, uint32_t end, ent_tokclass cls, unsigned flags)
{
    ent_token *t = &l->at[l->count++];
    *t = (ent_token){.start = l->i, .end = end, .cls = (uint8_t)cls,
                     .flags = (uint16_t)(flags | l->space | l->inner)};
    l->space = 0;
    l->i = end;
    return t;
}

/* A token without inner structure. */
static void emit_mark(lexer *l, uint32_t end, ent_tokclass cls, unsigned flags)
{
    uint32_t from = l->i;
    ent_token *t = emit(l, end, cls, flags);
    t->hash = ent_hash(l->s + from, end - from);
    t->lower = cls == ENT_T_SKIP ? t->hash : ent_hash_lower(l->s + from, end - from);
    for (uint32_t i = from; i < end; i++)
        if ((unsigned char)l->s[i] >= 0x80) t->flags |= ENT_T_NONASCII;
}

static void emit_run(lexer *l, ent_tokclass cls)
{
    uint32_t end = l->i + 1;
    while (end < l->n && l->s[end] == l->s[l->i]) end++;
    emit_mark(l, end, cls, 0);
}

static int emit_skip(lexer *l, uint32_t end)
{
    if (!end) return 0;
    emit_mark(l, end, ENT_T_SKIP, 0);
    return 1;
}

/* ---- words --------------------------------------------------------------------------------- */

/* Length in bytes of the apostrophe at i, 0 when there is none. */
static uint32_t apostrophe(const lexer *l, uint32_t i)
{
    if (i >= l->n) return 0;
    if (l->s[i] == '\'') return 1;
    return i + 2 < l->n && memcmp(l->s + i, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Is a letter or digit (or any non-ASCII letter) at i? */
static int letter_at(const lexer *l, uint32_t i)
{
    if (i >= l->n) return 0;
    char k = kind(l->s[i]);
    if (k != 'h') return k == 'a' || k == 'A' || k == '0';
    uint32_t cp;
    ent_utf8_decode(l->s + i, l->n - i, &cp);
    ent_charclass c = ent_char_class(cp);
    return c >= ENT_CH_UPPER && c <= ENT_CH_DIGIT;
}

static void take(const lexer *l, word *w, uint32_t len)
{
    for (uint32_t k = 0; k < len; k++) {
        unsigned char c = (unsigned char)l->s[w->i + k];
        w->hash = add_byte(w->hash, c);
        w->lower = add_byte(w->lower, (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
    }
    w->i += len;
}

static void count_class(word *w, ent_charclass c)
{
    if (c == ENT_CH_UPPER && w->lows + w->ups + w->others + w->digits == 0) w->first_up = 1;
    w->ups += c == ENT_CH_UPPER;
    w->lows += c == ENT_CH_LOWER;
    w->others += c == ENT_CH_LETTER;
    w->digits += c == ENT_CH_DIGIT;
}

/* Takes a non-ASCII character that can stand in a word. */
static int take_high(const lexer *l, word *w)
{
    uint32_t cp;
    unsigned len = ent_utf8_decode(l->s + w->i, l->n - w->i, &cp);
    ent_charclass c = cp == ENT_BADCHAR ? ENT_CH_OTHER : ent_char_class(cp);
    int joiner = plain(cp) == 0 && letter_at(l, w->i + len);
    if (!joiner && (c < ENT_CH_UPPER || c > ENT_CH_DIGIT)) return 0;
    count_class(w, c);
    for (unsigned k = 0; k < len; k++)
        w->hash = add_byte(w->hash, (unsigned char)l->s[w->i + k]);
    w->lower = add_lower(w->lower, l->s + w->i, len, cp);
    w->i += len;
    w->flags |= ENT_T_NONASCII;
    return 1;
}

/* After "secu-": where "rity" starts on the next line, or 0. A capital before and a participle
 * after is a compound that has its hyphen anyway ("Iran-\nbacked"). */
static uint32_t wrapped(const lexer *l, const word *w)
{
    uint32_t i = w->i + 1, from;
    if (w->lows + w->ups < 2 || w->digits) return 0;
    while (i < l->n && (l->s[i] == ' ' || l->s[i] == '\r')) i++;
    if (at(l, i) != '\n') return 0;
    while (i < l->n && (l->s[i] == ' ' || l->s[i] == '\t' || l->s[i] == '\n')) i++;
    from = i;
    while (i < l->n && i < from + 40 && kind(l->s[i]) == 'a') i++;
    if (i - from < 2) return 0;
    const char *end = l->s + i;
    int compound = memcmp(end - 2, "ed", 2) == 0 ||
                   (i - from >= 3 && (memcmp(end - 3, "ing", 3) == 0 ||
                                      memcmp(end - 3, "led", 3) == 0 ||
                                      memcmp(end - 3, "run", 3) == 0));
    return w->ups && compound ? 0 : from;
}

/* End of the ending split off at i: 's 'll 're 've 'd 'm; 0 when none is there. */
static uint32_t clitic(const lexer *l, uint32_t i)
{
    uint32_t from = i + apostrophe(l, i), n = 0;
    if (from == i) return 0;
    while (n < 3 && letter_at(l, from + n)) n++;
    if (n == 0 || n > 2) return 0;
    int a = l->s[from] | 32, b = at(l, from + 1) | 32;
    if (n == 1) return a == 's' || a == 'd' || a == 'm' ? from + 1 : 0;
    return (a == 'l' && b == 'l') || (b == 'e' && (a == 'r' || a == 'v')) ? from + 2 : 0;
}

static int take_apostrophe(const lexer *l, word *w)
{
    uint32_t len = apostrophe(l, w->i);
    if (!len || !letter_at(l, w->i + len) || clitic(l, w->i)) return 0;
    if (len > 1) w->flags |= ENT_T_NONASCII;
    for (uint32_t k = 0; k < len; k++)
        w->hash = add_byte(w->hash, (unsigned char)l->s[w->i + k]);
    w->lower = add_byte(w->lower, '\'');
    w->i += len;
    return 1;
}

/* Takes one more character of the word if it is one; marks count only between letters. */
static int take_one(const lexer *l, word *w)
{
    uint32_t next;
    switch (kind(l->s[w->i])) {
    case 'h': return take_high(l, w) || take_apostrophe(l, w);
    case '\'': return take_apostrophe(l, w);
    case '&':
        if (w->lows || w->digits || kind(at(l, w->i + 1)) != 'A') return 0;
        if (kind(at(l, w->i + 2)) == 'a') return 0;
        take(l, w, 1);
        return 1;
    case '_':
        if (!letter_at(l, w->i + 1)) return 0;
        take(l, w, 1);
        return 1;
    case '-':
        next = wrapped(l, w);
        if (next) w->i = next;
        return next != 0;
    default: return 0;
    }
}

/* Reads letters, digits and inner marks; stops before an ending that is a token of its own. */
static void read_word(const lexer *l, word *w, uint32_t limit)
{
    while (w->i < limit) {
        char c = l->s[w->i], k = kind(c);
        if (k == 'a') {
            w->hash = add_byte(w->hash, (unsigned char)c);
            w->lower = add_byte(w->lower, (unsigned char)c);
            w->lows++;
            w->i++;
        } else if (k == 'A' || k == '0') {
            count_class(w, k == 'A' ? ENT_CH_UPPER : ENT_CH_DIGIT);
            take(l, w, 1);
        } else if (!take_one(l, w)) return;
    }
}

/* Only closing marks and white space follow. */
static int at_end(const lexer *l, uint32_t i)
{
    while (i < l->n && (spaced(l->s[i]) || strchr("\"')]*_", l->s[i]) ||
                        (unsigned char)l->s[i] >= 0x80)) {
        if ((unsigned char)l->s[i] >= 0x80 && letter_at(l, i)) return 0;
        i++;
    }
    return i >= l->n;
}

/* "U.S." after "U", "p.m." after "p": takes points and single letters in turn. */
static void take_acronym(const lexer *l, word *w, uint32_t limit)
{
    unsigned letters = 1;
    while (w->i + 1 < limit && l->s[w->i] == '.') {
        char k = kind(l->s[w->i + 1]);
        if ((k != 'a' && k != 'A') || letter_at(l, w->i + 2)) break;
        count_class(w, k == 'A' ? ENT_CH_UPPER : ENT_CH_LOWER);
        take(l, w, 2);
        letters++;
    }
    if (at(l, w->i) != '.' || at(l, w->i + 1) == '.' || w->i >= limit) return;
    if (letters == 1 && (!w->ups || at_end(l, w->i + 1))) return;
    take(l, w, 1);
    w->flags |= ENT_T_POINT;
}

/* The word is followed by a point: does it belong to it? */
static void take_point(const lexer *l, uint32_t from, word *w, uint32_t limit)
{
    if (at(l, w->i + 1) == '.') return;
    if (w->lows + w->ups + w->others == 1 && !w->digits) {
        take_acronym(l, w, limit);
        return;
    }
    unsigned bits = ent_abbrev(l->s + from, w->i - from);
    if (w->i - from == 2 && memcmp(l->s + from, "Ph", 2) == 0 && at(l, w->i + 1) == 'D') {
        take(l, w, at(l, w->i + 2) == '.' ? 3 : 2);
    } else if (!bits) {
        return;
    } else if (bits & ENT_AB_WORD) {
        uint32_t i = w->i + 1;
        while (i < l->n && spaced(l->s[i])) i++;
        char k = kind(at(l, i));
        if (!w->ups || (k != '0' && (k != 'A' || bits & ENT_AB_DIGIT))) return;
    }
    take(l, w, 1);
    w->flags |= ENT_T_POINT;
}

static ent_shape shape_of(const word *w, int points)
{
    uint32_t letters = w->lows + w->ups + w->others;
    if (points && w->ups && !w->lows) return ENT_SH_ACRO;
    if (!w->ups) return letters ? ENT_SH_LOWER : ENT_SH_NONE;
    if (!w->lows) return ENT_SH_UPPER;
    return w->first_up && w->ups == 1 ? ENT_SH_INIT : ENT_SH_MIXED;
}

/* Digits with inner points, commas, colons and slashes; then letters as in 20th, 1990s, 3M. */
static void read_number(const lexer *l, word *w, uint32_t limit)
{
    while (w->i < limit) {
        char c = l->s[w->i];
        if (kind(c) == '0') w->digits++;
        else if (!strchr(".,:/", c) || !c || kind(at(l, w->i + 1)) != '0') break;
        take(l, w, 1);
    }
    read_word(l, w, limit);
}

static void emit_word(lexer *l, const word *w, int number)
{
    uint32_t from = l->i;
    int points = w->flags & ENT_T_POINT ||
                 (w->ups > 1 && memchr(l->s + from, '.', w->i - from) != NULL);
    if (number && w->ups == 0) {
        ent_token *t = emit(l, w->i, ENT_T_NUMBER, w->flags | ENT_T_DIGIT);
        t->hash = finish(w->hash);
        t->lower = finish(w->lower);
        return;
    }
    ent_token *t = emit(l, w->i, ENT_T_WORD, w->flags | (w->digits ? ENT_T_DIGIT : 0u));
    t->hash = finish(w->hash);
    t->lower = finish(w->lower);
    t->shape = (uint8_t)shape_of(w, points);
}

/* Addresses start only where a word could not go on from the mark before it. */
static int may_address(const lexer *l)
{
    return l->i == 0 || !strchr(".-+_@", l->s[l->i - 1]) || !l->s[l->i - 1];
}

static void lex_word(lexer *l)
{
    word w = {.i = l->i, .hash = FNV_START, .lower = FNV_START};
    uint32_t from = l->i, limit = l->n - from > ENT_MAX_TOKEN ? from + ENT_MAX_TOKEN : l->n;
    int number = kind(l->s[from]) == '0';
    if (number) read_number(l, &w, limit);
    else read_word(l, &w, limit);
    char c = at(l, w.i);
    if (strchr(".:@_+-", c) && c && may_address(l)) {
        uint32_t end = ent_markup_address(l->s, l->n, from, w.i);
        if (emit_skip(l, end)) return;
    }
    if (c == '.' && !number && w.i < limit) take_point(l, from, &w, limit);
    emit_word(l, &w, number);
}

/* ---- marks --------------------------------------------------------------------------------- */

static void set_quote(lexer *l, uint32_t end, int open)
{
    if (!open) l->inner = 0;
    emit_mark(l, end, ENT_T_QUOTE, open ? ENT_T_OPEN : ENT_T_CLOSE);
    l->inner = open ? ENT_T_INQUOTE : 0;
}

/* A straight double quote: white space on one side only tells, else it is the other of the last. */
static void lex_straight(lexer *l, uint32_t end)
{
    int before = l->space != 0 || (l->i && strchr("([{-", l->s[l->i - 1]));
    int after = spaced(at(l, end));
    set_quote(l, end, before != after ? before : !l->inner);
}

/* ' and its typographic forms between other things than letters. */
static void lex_apostrophe(lexer *l, uint32_t len)
{
    uint32_t end = clitic(l, l->i);
    char before = l->i ? l->s[l->i - 1] : ' ';
    if (end && !l->space) {
        int poss = (l->s[end - 1] | 32) == 's';
        emit_mark(l, end, ENT_T_WORD, poss ? ENT_T_POSS : 0);
        l->at[l->count - 1].shape = ENT_SH_LOWER;
    } else if (len == 1 && at(l, l->i + 1) == '\'') {
        set_quote(l, l->i + 2, 0);
    } else if (!l->space && !l->single && (before | 32) == 's') {
        emit_mark(l, l->i + len, ENT_T_WORD, ENT_T_POSS);
        l->at[l->count - 1].shape = ENT_SH_LOWER;
    } else {
        int open = l->space && !spaced(at(l, l->i + len)) && len == 1;
        emit_mark(l, l->i + len, ENT_T_QUOTE, open ? ENT_T_OPEN : ENT_T_CLOSE);
        l->single = open;
    }
}

/* Code, or a quotation that starts with back ticks as TeX and old mail write it. */
static void lex_tick(lexer *l)
{
    if (emit_skip(l, ent_markup_code(l->s, l->n, l->i, &l->memo))) return;
    uint32_t end = l->i;
    while (end < l->n && l->s[end] == '`') end++;
    if (end - l->i == 2) set_quote(l, end, 1);
    else emit_mark(l, end, ENT_T_QUOTE, ENT_T_OPEN);
}

static void lex_dots(lexer *l)
{
    if (kind(at(l, l->i + 1)) == '0' && l->space) {
        word w = {.i = l->i, .hash = FNV_START, .lower = FNV_START};
        take(l, &w, 1);
        read_number(l, &w, l->n - l->i > ENT_MAX_TOKEN ? l->i + ENT_MAX_TOKEN : l->n);
        emit_word(l, &w, 1);
        return;
    }
    emit_run(l, ENT_T_PUNCT);
}

static void lex_bracket(lexer *l)
{
    char c = l->s[l->i];
    int open = c == '(' || c == '[' || c == '{';
    if (c == '[' && emit_skip(l, ent_markup_orglink(l->s, l->n, l->i))) return;
    emit_mark(l, l->i + 1, ENT_T_BRACKET, open ? ENT_T_OPEN : ENT_T_CLOSE);
    if (c == ']') emit_skip(l, ent_markup_target(l->s, l->n, l->i, &l->memo));
}

/* Marks outside ASCII, bad bytes among them. */
static void lex_high(lexer *l)
{
    uint32_t cp;
    unsigned len = ent_utf8_decode(l->s + l->i, l->n - l->i, &cp);
    uint32_t end = l->i + len, as = plain(cp);
    ent_charclass c = cp == ENT_BADCHAR ? ENT_CH_OTHER : ent_char_class(cp);
    if (as == '"') set_quote(l, end, cp != 0x201D && cp != 0xBB);
    else if (cp == 0x2018) {
        emit_mark(l, end, ENT_T_QUOTE, ENT_T_OPEN);
        l->single = 1;
    } else if (as == '\'') lex_apostrophe(l, len);
    else if (as == '-') emit_mark(l, end, ENT_T_DASH, 0);
    else if (c == ENT_CH_PUNCT || c == ENT_CH_MARK) emit_mark(l, end, ENT_T_PUNCT, 0);
    else if (c == ENT_CH_SYMBOL) emit_mark(l, end, ENT_T_SYMBOL, 0);
    else if (c == ENT_CH_SPACE) {
        l->space |= ENT_T_SPACE;
        l->i = end;
    } else if (cp == ENT_BADCHAR) emit_mark(l, end, ENT_T_SKIP, 0);
    else l->i = end; /* format characters */
}

static void lex_space(lexer *l)
{
    if (l->s[l->i] == '\n') l->space |= ENT_T_NEWLINE;
    l->space |= ENT_T_SPACE;
    l->i++;
}

/* "> " at the start of a line quotes a mail or a Markdown block. */
static void lex_angle(lexer *l)
{
    if (l->s[l->i] == '>' && (l->i == 0 || l->space & ENT_T_NEWLINE)) emit_run(l, ENT_T_SKIP);
    else if (l->s[l->i] != '<' || !emit_skip(l, ent_markup_tag(l->s, l->n, l->i, &l->memo)))
        emit_mark(l, l->i + 1, ENT_T_SYMBOL, 0);
}

static void lex_or_symbol(lexer *l, uint32_t end)
{
    if (!emit_skip(l, end)) emit_mark(l, l->i + 1, ENT_T_SYMBOL, 0);
}

static void lex_one(lexer *l)
{
    switch (kind(l->s[l->i])) {
    case ' ': lex_space(l); break;
    case 'a': case 'A': case '0': lex_word(l); break;
    case 'h':
        if (letter_at(l, l->i)) lex_word(l);
        else lex_high(l);
        break;
    case '"': lex_straight(l, l->i + 1); break;
    case '\'': lex_apostrophe(l, 1); break;
    case '`': lex_tick(l); break;
    case '.': lex_dots(l); break;
    case 'p': emit_run(l, ENT_T_PUNCT); break;
    case '-': emit_run(l, ENT_T_DASH); break;
    case '*': case '_': emit_run(l, ENT_T_SYMBOL); break;
    case '[':
    case ']': lex_bracket(l); break;
    case '<':
    case '>': lex_angle(l); break;
    case '&': lex_or_symbol(l, ent_markup_charref(l->s, l->n, l->i)); break;
    case '\\': lex_or_symbol(l, ent_markup_command(l->s, l->n, l->i)); break;
    case '?': emit_mark(l, l->i + 1, ENT_T_SKIP, 0); break;
    default: emit_mark(l, l->i + 1, ENT_T_SYMBOL, 0);
    }
}

ent_status ent_tokenise(const char *s, uint32_t n, unsigned flags, const ent_memory *mem,
                        ent_tokens *out)
{
    uint32_t most = n < ENT_MAX_TOKENS ? n : ENT_MAX_TOKENS;
    out->n = 0;
    ent_status st = ent_grow(mem, (void **)&out->at, &out->cap, most + 2, sizeof *out->at);
    if (st) return st;
    lexer l = {.s = s, .n = n, .space = ENT_T_SPACE, .at = out->at};
    if (flags & ENT_S_INQUOTE) l.inner = ENT_T_INQUOTE;
    while (l.i < n && l.count < most) lex_one(&l);
    while (l.i < n && kind(s[l.i]) == ' ') lex_space(&l);
    if (l.i < n) emit_mark(&l, n, ENT_T_SKIP, 0);
    out->n = l.count;
    return ENT_OK;
}
