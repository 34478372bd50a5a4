/* sent - where sentences end. See sent.h.
 *
 * A sentence starts at the start of a line or inside one. At a line start, block.c tells what the
 * line is; then one scan runs over the bytes, stops at points and line breaks and asks there: is
 * this the end? The rules are those of Grefenstette and Tapanainen (1994) and of Mikheev (2002):
 * a point ends a sentence unless an abbreviation, an initial or a small letter tells otherwise.
 */
#include "sent.h"
#include "abbrev.h"
#include "utf8.h"

#include <string.h>

enum { /* ent_sent_state.block */
    AT_LINE = 0,    /* start of a line that starts something new */
    IN_TEXT = 1,    /* inside a paragraph */
    IN_FENCE = 2,   /* inside skipped lines: state.fence says up to where */
    WHERE = 3,      /* the bits of the above */
    LIST = 4,       /* a list item */
    QUOTED = 8,     /* lines start with > */
    ROW = 16,       /* a row of a table */
    HEADER = 32     /* mail headers */
};

/* state.fence of IN_FENCE: the rest of this line is skipped. */
enum { LINE_REST = 0xFFFF };

enum { Q_STRAIGHT = 1, Q_CURLY = 2, Q_ANGLE = 4 }; /* ent_sent_state.quote */

enum { MAX_COLUMN = 120, WRAPS_AT = 40, WIDEST = 101 }; /* columns of wrapped lines */

typedef struct scan {
    const char *s;
    uint32_t n, i;
    uint32_t line;    /* where the current line starts (0: it started before s) */
    uint32_t column;  /* of s in its line */
    uint32_t lines;   /* line breaks passed */
    uint32_t tokens;  /* at least as many as the tokeniser will make */
    uint32_t caps, lows, all_caps, singles; /* words by their first letters */
    ent_sent_state st;
    unsigned flags;
    int whole;        /* the line is one sentence whatever its points: a heading */
} scan;

/* Byte classes; those that can stand in a word come last. */
enum { C_OTHER, C_SPACE, C_NEWLINE, C_STOP, C_QUOTE, C_CELL, C_DIGIT, C_UP, C_LOW, C_HIGH, C_CONT };

static const unsigned char ascii_class[] = "0000000005211100" /* 0x00 */
                                            "0000000000000000"
                                            "1340000000000030" /* 0x20 */
                                            "6666666666000003"
                                            "0777777777777777" /* 0x40 */
                                            "7777777777700000"
                                            "0888888888888888" /* 0x60 */
                                            "8888888888805000";

static unsigned class_of(unsigned char c)
{
    if (c >= 0x80) return c < 0xC0 ? C_CONT : C_HIGH;
    return ascii_class[c] - '0';
}

static char at(const scan *k, uint32_t i)
{
    return i < k->n ? k->s[i] : '\0';
}

static int is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static int is_word(char c)
{
    return class_of((unsigned char)c) >= C_DIGIT;
}

/* A letter or digit of ASCII. */
static int is_plain(char c)
{
    return (unsigned char)c < 0x80 && ascii_class[(unsigned char)c] >= '0' + C_DIGIT;
}

/* Bytes of the mark at i that closes or opens a quotation or bracket, or emphasis; 0 if none. */
static uint32_t mark_at(const scan *k, uint32_t i, const char *ascii, const char *last)
{
    char c = at(k, i);
    if (c && strchr(ascii, c)) return 1;
    if (i + 2 < k->n && memcmp(k->s + i, "\xE2\x80", 2) == 0 && strchr(last, k->s[i + 2])) return 3;
    if (i + 1 < k->n && c == '\xC2' && (k->s[i + 1] == '\xAB' || k->s[i + 1] == '\xBB')) return 2;
    return 0;
}

static uint32_t closing(const scan *k, uint32_t i)
{
    return mark_at(k, i, "\"')]}*_", "\x9D\x99");
}

static uint32_t opening(const scan *k, uint32_t i)
{
    return mark_at(k, i, "\"'([{*_-`", "\x9C\x98\x93\x94");
}

/* ---- what stands before and after a point --------------------------------------------------- */

typedef struct next { /* the first word after a point */
    uint32_t at, end;
    int upper, lower, digit, quote; /* quote: an opening mark stands before it */
} next;

static next next_word(const scan *k, uint32_t i)
{
    next w = {0};
    uint32_t limit = i + ENT_LOOK / 2 < k->n ? i + ENT_LOOK / 2 : k->n, step;
    while (i < limit && is_space(k->s[i])) i++;
    for (; i < limit && (step = opening(k, i)) != 0; i += step) w.quote = 1;
    w.at = w.end = i;
    while (w.end < limit && (is_word(k->s[w.end]) || at(k, w.end) == '\'')) w.end++;
    if (i >= limit) return w;
    uint32_t cp;
    ent_utf8_decode(k->s + i, k->n - i, &cp);
    ent_charclass c = cp == ENT_BADCHAR ? ENT_CH_OTHER : ent_char_class(cp);
    w.upper = c == ENT_CH_UPPER;
    w.lower = c == ENT_CH_LOWER;
    w.digit = c == ENT_CH_DIGIT;
    return w;
}

static int same(const scan *k, uint32_t from, uint32_t to, const char *word)
{
    size_t n = strlen(word);
    return to - from == n && memcmp(k->s + from, word, n) == 0;
}

/* Words that start a sentence with a capital far more often than they are names. */
static int is_starter(const scan *k, next w)
{
    static const char *const words[] = {
        "The", "A", "An", "He", "She", "It", "They", "We", "I", "You", "In", "On", "At", "But",
        "And", "This", "That", "These", "Those", "His", "Her", "Their", "Its", "If", "When",
        "While", "As", "For", "After", "Before", "However", "There", "What", "Who", "Why", "How",
        "Our", "My", "Your", "Some", "Many", "Most", "All", "Both", "No", "Not", "So", "To",
        "From", "With", "By", "Since", "Although", "Though", "Then", "Meanwhile", "Also", "Earlier",
        "Last", "Under", "One", "Two", "Asked", "Another", "Such", "Now", "Still", "Yet", "Instead",
        "Here", "Or", "Let", "Thus", "During", "According", "Each", "Today", "Yesterday"};
    for (size_t j = 0; j < sizeof words / sizeof *words; j++)
        if (same(k, w.at, w.end, words[j])) return 1;
    return 0;
}

/* A lower-case word with a capital inside ("al-Shabaab", "iPhone") may start a sentence. */
static int is_name_like(const scan *k, next w)
{
    uint32_t i = w.at;
    while (i < k->n && i < w.at + 24 && (is_word(k->s[i]) || k->s[i] == '-' || k->s[i] == '\'')) {
        if (class_of((unsigned char)k->s[i]) == C_UP) return 1;
        i++;
    }
    return 0;
}

/* Where the word before the point at i starts: letters, digits and inner points. */
static uint32_t word_before(const scan *k, uint32_t i)
{
    uint32_t from = i;
    while (from > 0 && i - from < 24) {
        char c = k->s[from - 1];
        if (!is_word(c) && c != '.') break;
        from--;
    }
    return from;
}

/* "U.S", "p.m", "e.g" before the point: single letters with points between. */
static int is_acronym(const scan *k, uint32_t from, uint32_t i)
{
    if (i - from < 3 || (i - from) % 2 == 0) return 0;
    for (uint32_t j = from; j < i; j++) {
        unsigned c = class_of((unsigned char)k->s[j]);
        if ((j - from) % 2 ? k->s[j] != '.' : (c != C_LOW && c != C_UP)) return 0;
    }
    return 1;
}

/* The sentence so far is a list marker only: "1", "(a)", "- 12". */
static int is_marker(const scan *k, uint32_t from, uint32_t i)
{
    if (i - from > 3) return 0;
    for (uint32_t j = 0; j < from; j++)
        if (is_word(k->s[j])) return 0;
    unsigned c = class_of((unsigned char)k->s[from]);
    return c == C_DIGIT || i - from == 1;
}

/* One letter before the point: an initial, unless a plain sentence goes on. */
static int initial_ends(const scan *k, uint32_t from, next w)
{
    unsigned c = class_of((unsigned char)k->s[from]);
    if (c == C_LOW) return w.upper; /* c. 1818, p. 5 */
    if (c == C_DIGIT) return !w.lower;
    uint32_t before = from;
    while (before > 0 && k->s[before - 1] == ' ') before--;
    int after_lower = before > 0 && class_of((unsigned char)k->s[before - 1]) == C_LOW;
    if (k->s[from] == 'I') return after_lower && is_starter(k, w);
    return after_lower && is_starter(k, w) && from > 0 && k->s[from - 1] == ' ';
}

/* Follows "5 p.m.": a day, a month, a time zone in capitals. */
static int is_time(const scan *k, next w)
{
    static const char *const words[] = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January",
        "February", "March", "April", "June", "July", "August", "September", "October",
        "November", "December", "May", "Eastern", "Moscow"};
    if (w.end - w.at >= 2 && class_of((unsigned char)k->s[w.at + 1]) == C_UP) return 1;
    for (size_t j = 0; j < sizeof words / sizeof *words; j++)
        if (same(k, w.at, w.end, words[j])) return 1;
    return 0;
}

/* Does the single point at i end the sentence, `w` being the next word? */
static int point_ends(const scan *k, uint32_t i, next w)
{
    uint32_t from = word_before(k, i);
    if (from == i) return !w.lower;
    if (is_marker(k, from, i)) return 0;
    if (is_acronym(k, from, i)) {
        int low = class_of((unsigned char)k->s[from]) == C_LOW;
        return low ? w.upper && !same(k, from, i, "e.g") && !same(k, from, i, "i.e") &&
                         !is_time(k, w)
                   : is_starter(k, w) || (w.quote && w.upper);
    }
    if (i - from == 1) return initial_ends(k, from, w);
    unsigned bits = ent_abbrev(k->s + from, i - from);
    if (bits & ENT_AB_WORD && !(w.digit && bits & ENT_AB_DIGIT)) bits = 0;
    if (bits & ENT_AB_DIGIT && w.digit) return 0;
    if (bits & ENT_AB_TITLE && !(bits & ENT_AB_END)) return 0;
    if (bits & ENT_AB_END) return is_starter(k, w);
    return !w.lower || is_name_like(k, w);
}

/* "...!" she said: a word of speech soon after the quotation's end. */
static int speech_follows(const scan *k, next w)
{
    static const char *const verbs[] = {"said", "says", "asked", "told", "added", "wrote",
                                        "replied", "asks", "shouted", "cried", "declared"};
    uint32_t i = w.at, limit = w.at + 60 < k->n ? w.at + 60 : k->n;
    while (i < limit && k->s[i] != '.' && k->s[i] != '"' && k->s[i] != ',') {
        uint32_t from = i;
        while (i < limit && is_word(k->s[i])) i++;
        if (at(k, i) == '.' && ent_abbrev(k->s + from, i - from) & ENT_AB_TITLE) i++;
        for (size_t j = 0; j < sizeof verbs / sizeof *verbs; j++)
            if (same(k, from, i, verbs[j])) return 1;
        i += i == from;
    }
    return 0;
}

/* Passes numbers of notes in brackets: "[12][13]", " [12]". */
static uint32_t after_notes(const scan *k, uint32_t j)
{
    for (;;) {
        uint32_t r = j + (at(k, j) == ' ' && at(k, j + 1) == '['), from = r + 1;
        if (at(k, r) != '[') return j;
        for (r = from; r < from + 4 && class_of((unsigned char)at(k, r)) == C_DIGIT;) r++;
        if (r == from || at(k, r) != ']') return j;
        j = r + 1;
    }
}

/* The marks .!? at i: gives the end of the sentence after closing marks, or 0. */
static uint32_t stop_ends(const scan *k, uint32_t i)
{
    uint32_t j = i, step, limit = i + ENT_LOOK / 4;
    int only_points = 1;
    for (; j < k->n && j < limit && class_of((unsigned char)k->s[j]) == C_STOP; j++)
        only_points = only_points && k->s[j] == '.';
    uint32_t marks = j - i, closed = j;
    while (j < limit && (step = closing(k, j)) != 0) j += step;
    j = after_notes(k, j);
    if (j < k->n && !is_space(k->s[j])) return 0;
    next w = next_word(k, j);
    if (only_points && marks == 1) return point_ends(k, i, w) ? j : 0;
    if (w.lower) return 0;
    if (only_points) return w.upper || w.digit || w.at >= k->n ? j : 0;
    return j > closed && speech_follows(k, w) ? 0 : j;
}

/* ---- line breaks ---------------------------------------------------------------------------- */

typedef enum joint { JOINED, PARAGRAPH, UNDERLINED } joint;

static uint32_t line_length(const char *s, size_t n)
{
    size_t most = n < ENT_LOOK ? n : ENT_LOOK;
    const char *end = memchr(s, '\n', most);
    return end ? (uint32_t)(end - s) : (uint32_t)most;
}

/* The first line is shorter than wrapping would have left it: the next word had room. */
static int ends_early(const scan *k, uint32_t length, uint32_t from)
{
    uint32_t end = line_length(k->s + from, k->n - from), word = 0;
    while (word < end && !is_space(k->s[from + word])) word++;
    if (length > WIDEST) return 1;
    int alone = k->flags & ENT_S_PARA && k->lines == 0;
    if (end < WRAPS_AT && length < (alone ? WRAPS_AT + 20 : WRAPS_AT)) return 1;
    uint32_t slack = alone ? 4 : 12;
    return length + 1 + word + slack <= end;
}

/* May a list item start here inside a paragraph? Any bullet, a number when the list has begun. */
static int list_interrupts(const scan *k, ent_line l)
{
    return l.ordinal <= 1 || k->st.block & LIST;
}

/* A sentence's end stands before the line break, though a small letter follows: no abbreviation. */
static int plain_stop(const scan *k, uint32_t i)
{
    while (i > 0 && (k->s[i - 1] == '\r' || k->s[i - 1] == ' ')) i--;
    if (i < 4 || class_of((unsigned char)k->s[i - 1]) != C_STOP) return 0;
    if (k->s[i - 1] != '.') return 1;
    uint32_t from = word_before(k, i - 1);
    if (i - 1 - from < 3 || ent_abbrev(k->s + from, i - 1 - from)) return 0;
    return !is_acronym(k, from, i - 1);
}

/* What the line break at i does to the paragraph; `stopped`: a sentence ends just before. */
static joint join(const scan *k, uint32_t i, int stopped)
{
    uint32_t from = i + 1, length = i - k->line + (k->line ? 0 : k->column);
    if (from >= k->n) return PARAGRAPH;
    ent_line l = ent_line_look(k->s + from, k->n - from, 0);
    if (l.kind == ENT_L_RULE && !stopped) return UNDERLINED;
    if (l.kind == ENT_L_LIST && !list_interrupts(k, l)) l.kind = ENT_L_TEXT;
    if (l.kind != ENT_L_TEXT || l.in_quote != ((k->st.block & QUOTED) != 0)) return PARAGRAPH;
    if (k->st.block & (ROW | HEADER)) return PARAGRAPH;
    from += l.quoted;
    next w = next_word(k, from);
    if (w.lower && !stopped && length <= WIDEST) return JOINED;
    if (k->st.block & LIST && !stopped && l.quoted) return JOINED; /* an item goes on indented */
    if (k->st.block & QUOTED && !stopped) return JOINED;
    return ends_early(k, length, from) ? PARAGRAPH : JOINED;
}

/* ---- the scan ------------------------------------------------------------------------------- */

/* Notes a word that starts at i, to tell titles and capitals from prose. */
static void count_word(scan *k, uint32_t i)
{
    unsigned a = class_of((unsigned char)k->s[i]), b = class_of((unsigned char)at(k, i + 1));
    k->tokens++;
    if (a == C_UP) {
        k->caps++;
        k->all_caps += b == C_UP;
        k->singles += !is_word(at(k, i + 1));
    } else if (a == C_LOW && is_word(at(k, i + 1)) && is_word(at(k, i + 2))) {
        int small = memcmp(k->s + i, "the", 3) == 0 || memcmp(k->s + i, "and", 3) == 0 ||
                    memcmp(k->s + i, "for", 3) == 0;
        k->lows += !small;
    }
}

static void see_quote(scan *k, uint32_t i)
{
    int before = i == 0 || is_space(k->s[i - 1]) || strchr("([{-", k->s[i - 1]);
    int after = i + 1 >= k->n || is_space(k->s[i + 1]);
    int open = before != after ? before : !(k->st.quote & Q_STRAIGHT);
    k->st.quote = (uint8_t)((k->st.quote & ~Q_STRAIGHT) | (open ? Q_STRAIGHT : 0));
}

/* Typographic quotation marks, ellipsis, CJK full stop; gives the sentence's end or 0. */
static uint32_t see_high(scan *k, uint32_t i)
{
    const char *s = k->s + i;
    unsigned char c = (unsigned char)s[0];
    if (c < 0xC3 || c > 0xD7) k->tokens++;
    if (i + 2 < k->n && c == 0xE2 && s[1] == '\x80') {
        if (s[2] == '\x9C' || s[2] == '\x9E') k->st.quote |= Q_CURLY;
        if (s[2] == '\x9D') k->st.quote &= (uint8_t)~Q_CURLY;
        if (s[2] == '\xA6') { /* ... */
            uint32_t j = i + 3, step;
            while (j < i + 20 && (step = closing(k, j)) != 0) j += step;
            return is_space(at(k, j)) && next_word(k, j).upper ? j : 0;
        }
    }
    if (i + 2 < k->n && c == 0xE3 && s[1] == '\x80' && s[2] == '\x82') return i + 3;
    if (i + 1 < k->n && c == 0xC2 && s[1] == '\xAB') k->st.quote |= Q_ANGLE;
    if (i + 1 < k->n && c == 0xC2 && s[1] == '\xBB') k->st.quote &= (uint8_t)~Q_ANGLE;
    return 0;
}

/* A cut that the bytes just before it decide, one place in `one_in` (a power of 2). */
static int cut_here(const scan *k, uint32_t i, unsigned one_in)
{
    uint32_t h = 0;
    for (uint32_t j = i < 8 ? 0 : i - 8; j < i; j++) h = (h ^ (unsigned char)k->s[j]) * 16777619u;
    return (h >> 16 & (one_in - 1)) == 0;
}

/* A sentence getting too long: cut it at white space from half the limit on, anywhere near it. */
static int too_long(const scan *k, unsigned c)
{
    uint32_t i = k->i;
    if (i + 4 >= ENT_MAX_SENT) return 1;
    if (c == C_CONT) return 0;
    if (i + 16 >= ENT_MAX_SENT || k->tokens >= ENT_SENT_TOKENS) return 1;
    if (c == C_SPACE) return cut_here(k, i, 16);
    return i > ENT_MAX_SENT * 3 / 4 && cut_here(k, i, 64);
}

enum { STOPPED = 1, BROKEN = 2, CUT = 4 }; /* how a scan ended: by grammar, by line, by limit */

/* Handles the byte at k->i that is no ASCII letter or digit. Gives the sentence's end, or 0. */
static uint32_t see_mark(scan *k, unsigned c, unsigned *how)
{
    uint32_t i = k->i, end = 0;
    *how = STOPPED;
    if (c != C_NEWLINE && c < C_DIGIT) k->tokens++;
    if (c == C_STOP && !k->whole) {
        end = stop_ends(k, i);
        for (uint32_t j = i; j < end; j++)
            if (k->s[j] == '"') see_quote(k, j);
            else if (k->s[j] == '\xE2') see_high(k, j);
    } else if (c == C_QUOTE) see_quote(k, i);
    else if (c == C_HIGH) end = k->whole ? see_high(k, i) * 0 : see_high(k, i);
    else if (c == C_CELL && k->st.block & ROW && k->caps + k->lows + k->tokens > 1) end = i + 1;
    else if (c == C_NEWLINE) {
        joint j = k->whole ? PARAGRAPH : join(k, i, 0);
        *how = BROKEN;
        if (j != JOINED) end = i;
        else if (plain_stop(k, i)) {
            *how = STOPPED;
            return i;
        }
        if (j == UNDERLINED && !k->lines) k->flags |= ENT_S_HEADING;
        k->line = i + 1;
        k->lines++;
        if (i == 0 && end == 0 && j != JOINED) end = 1;
    }
    return end;
}

/* Runs to the end of the sentence, white space after it left out. Up to half the limit a word is
 * passed in one go. */
static uint32_t run(scan *k, unsigned *how)
{
    const uint32_t half = ENT_MAX_SENT / 2, fast = k->n < half ? k->n : half;
    int in_word = 0;
    while (k->i < k->n) {
        unsigned c = class_of((unsigned char)k->s[k->i]);
        *how = CUT;
        if ((k->i >= half || k->tokens >= ENT_SENT_TOKENS / 2) && too_long(k, c)) return k->i;
        if (c >= C_DIGIT && !in_word) count_word(k, k->i);
        in_word = c >= C_DIGIT;
        if (in_word && c != C_HIGH)
            while (k->i + 1 < fast && is_plain(k->s[k->i + 1])) k->i++;
        else if (c != C_SPACE) {
            uint32_t end = see_mark(k, c, how);
            if (end) return end;
        }
        k->i++;
    }
    *how = BROKEN;
    return k->n;
}

/* ---- white space after a sentence, and the state there -------------------------------------- */

/* Takes lines of white space only from i, the start of a line. */
static uint32_t blank_lines(const scan *k, uint32_t i)
{
    while (i < k->n && i < ENT_MAX_SENT) {
        uint32_t j = i;
        while (j < k->n && j < i + ENT_LOOK && is_space(k->s[j]) && k->s[j] != '\n') j++;
        if (j < k->n && k->s[j] != '\n') return i;
        i = j < k->n ? j + 1 : j;
    }
    return i;
}

static uint32_t new_paragraph(scan *k, uint32_t i)
{
    k->st = (ent_sent_state){0};
    return blank_lines(k, i);
}

/* The sentence ends at `end`; gives the start of the next one and sets the state there. */
static uint32_t finish(scan *k, uint32_t end, unsigned how)
{
    uint32_t i = end, line = k->line, column = k->line ? 0 : k->column;
    while (i < k->n && i < ENT_MAX_SENT && is_space(k->s[i]) && k->s[i] != '\n') i++;
    if (i < k->n && k->s[i] == '\n' && i < ENT_MAX_SENT) {
        if (how == BROKEN || join(k, i, 1) != JOINED) return new_paragraph(k, i + 1);
        line = ++i;
        column = 0;
    }
    column += i - line;
    k->st.block = (uint8_t)((k->st.block & ~WHERE) | IN_TEXT);
    k->st.fence = (uint16_t)(column < MAX_COLUMN ? column : MAX_COLUMN);
    return i;
}

/* A lone short line without a mark at its end is a headline. */
static int is_headline(const scan *k, uint32_t end)
{
    uint32_t i = 0;
    while (i < end && is_space(k->s[i])) i++;
    next w = next_word(k, i);
    while (end > i && is_space(k->s[end - 1])) end--;
    if (end == i || end - i > 100 || k->lines > 1 || !(w.upper || w.digit)) return 0;
    return !strchr(".!?:;,", k->s[end - 1]);
}

/* Capitals say little when nearly every word has one. */
static int is_capitals(const scan *k, unsigned how)
{
    if (k->all_caps >= 2 && k->all_caps + k->singles == k->caps && k->lows == 0) return 1;
    return how != STOPPED && k->caps >= (k->flags & ENT_S_HEADING ? 3u : 4u) && k->lows * 6 <= k->caps;
}

/* ---- sentences of each kind ----------------------------------------------------------------- */

/* Skips the line at `from` whatever its length. */
static uint32_t skip_line(scan *k, uint32_t from, ent_sent_state after)
{
    uint32_t most = k->n < ENT_MAX_SENT ? k->n : ENT_MAX_SENT;
    const char *end = from < most ? memchr(k->s + from, '\n', most - from) : NULL;
    k->flags = ENT_S_SKIP;
    k->st = after;
    if (!end && most < k->n) {
        if ((after.block & WHERE) == AT_LINE)
            k->st = (ent_sent_state){.block = IN_FENCE, .fence = LINE_REST};
        return most;
    }
    uint32_t i = end ? (uint32_t)(end - k->s) + 1 : most;
    return (after.block & WHERE) == AT_LINE ? blank_lines(k, i) : i;
}

static uint32_t next_text(scan *k)
{
    unsigned how;
    uint32_t end = run(k, &how);
    if (how == CUT) k->flags |= ENT_S_CUT;
    int alone = how == BROKEN && k->flags & ENT_S_PARA && !(k->flags & ENT_S_LIST);
    if (alone && is_headline(k, end)) k->flags |= ENT_S_HEADING;
    if (is_capitals(k, how)) k->flags |= ENT_S_CAPS;
    return finish(k, end, how);
}

/* At the start of a line that starts something new. */
static uint32_t next_line(scan *k, int first)
{
    ent_line l = ent_line_look(k->s, k->n, first);
    ent_sent_state after = {0};
    if (l.kind == ENT_L_FENCE)
        after = (ent_sent_state){.block = IN_FENCE, .fence = l.fence};
    if (l.kind == ENT_L_BLANK || l.kind >= ENT_L_RULE) return skip_line(k, 0, after);
    k->flags = ENT_S_PARA;
    k->st = (ent_sent_state){.block = IN_TEXT};
    if (l.in_quote) k->st.block |= QUOTED;
    if (l.kind == ENT_L_LIST) k->st.block |= LIST;
    if (l.kind == ENT_L_ROW) k->st.block |= ROW;
    if (l.kind == ENT_L_HEADER) k->st.block |= HEADER;
    if (l.kind == ENT_L_LIST || l.kind == ENT_L_ROW) k->flags |= ENT_S_LIST;
    if (l.kind == ENT_L_HEADING) k->flags |= ENT_S_HEADING;
    k->whole = l.kind == ENT_L_HEADING;
    k->i = l.quoted;
    return next_text(k);
}

static uint32_t next_fenced(scan *k)
{
    int inside = 1;
    if (k->st.fence == LINE_REST) return skip_line(k, 0, (ent_sent_state){0});
    uint16_t fence = ent_line_fence(k->s, k->n, k->st.fence, &inside);
    if (!inside) return next_line(k, 0);
    ent_sent_state after = {.block = fence ? IN_FENCE : AT_LINE, .fence = fence};
    return skip_line(k, 0, after);
}

uint32_t ent_sent_next(const char *s, size_t n, int at_start, int more, ent_sent_state *state,
                       unsigned *flags)
{
    (void)more;
    if (n > 2 * ENT_MAX_SENT) n = 2 * ENT_MAX_SENT;
    scan k = {.s = s, .n = (uint32_t)n, .st = *state};
    uint32_t len = 0;
    int where = state->block & WHERE;
    *flags = 0;
    if (n == 0) return 0;
    if (where == IN_FENCE) len = next_fenced(&k);
    else if (where == AT_LINE) len = next_line(&k, at_start);
    else {
        k.column = state->fence;
        if (state->block & (LIST | ROW)) k.flags = ENT_S_LIST;
        len = next_text(&k);
    }
    if (state->quote) k.flags |= ENT_S_INQUOTE;
    *flags = k.flags;
    *state = k.st;
    return len;
}
