/* sent_stop - does a point, or a mark ! or ?, end a sentence? See sent_in.h.
 *
 * What stands before the point and what follows it decide. Before: an abbreviation with a name or
 * number to come, an initial, an acronym, a list's number. After: a small letter goes on; where a
 * point may belong to an abbreviation, only a word that is hardly ever a name starts a sentence.
 * (Grefenstette and Tapanainen 1994; Mikheev 2002.)
 */
#include "abbrev.h"
#include "sent_in.h"
#include "utf8.h"

#include <string.h>

/* Longest word before a point that is looked at. */
enum { LONGEST = 24 };

/* Bytes of the mark at i if it is one of `ascii` or U+20xx with one of `last` as its last byte; an
 * angled quotation mark opens here and closes there, so it counts as both. */
static uint32_t mark_at(const ent_scan *k, uint32_t i, const char *ascii, const char *last)
{
    const char *s = k->s + i;
    char c = ent_scan_at(k, i);
    if (c > 0 && strchr(ascii, c)) return 1;
    if (i + 2 < k->n && memcmp(s, "\xE2\x80", 2) == 0 && s[2] && strchr(last, s[2])) return 3;
    if (i + 1 < k->n && c == '\xC2' && (s[1] == '\xAB' || s[1] == '\xBB')) return 2;
    return 0;
}

/* Straight quotes and emphasis may open or close: where they stand tells, and the caller asks only
 * where they would close. */
uint32_t ent_scan_closing(const ent_scan *k, uint32_t i)
{
    return mark_at(k, i, "\"')]}*_", "\x9D\x99");
}

/* The same for marks that open, dashes with them: "- He left." */
static uint32_t opening(const ent_scan *k, uint32_t i)
{
    return mark_at(k, i, "\"'([{*_-`", "\x9C\x98\x93\x94");
}

/* Looks at no more than half of ENT_LOOK bytes: longer white space is as good as an end. */
ent_next ent_scan_next(const ent_scan *k, uint32_t i)
{
    ent_next w = {0};
    uint32_t limit = i + ENT_LOOK / 2 < k->n ? i + ENT_LOOK / 2 : k->n, step;
    while (i < limit && ent_byte_space(k->s[i]))
        i++;
    for (; i < limit && (step = opening(k, i)) != 0; i += step)
        w.quote = 1;
    w.at = w.end = i;
    while (w.end < limit && (ent_byte_word(k->s[w.end]) || k->s[w.end] == '\''))
        w.end++;
    if (i >= limit) return w;
    uint32_t cp;
    ent_utf8_decode(k->s + i, k->n - i, &cp);
    ent_charclass c = cp == ENT_BADCHAR ? ENT_CH_OTHER : ent_char_class(cp);
    w.upper = c == ENT_CH_UPPER;
    w.lower = c == ENT_CH_LOWER;
    w.digit = c == ENT_CH_DIGIT;
    return w;
}

/* Is [from, to) one of these words? */
static int is_one_of(const ent_scan *k, uint32_t from, uint32_t to, const char *const *words)
{
    size_t n = to - from;
    for (; *words; words++)
        if ((*words)[0] == k->s[from] && strlen(*words) == n && !memcmp(k->s + from, *words, n))
            return 1;
    return 0;
}

/* Words that start a sentence with a capital far more often than they are names. */
static int is_starter(const ent_scan *k, ent_next w)
{
    static const char *const words[] = {
        "The",  "A",       "An",        "He",    "She",      "It",        "They",    "We",
        "I",    "You",     "In",        "On",    "At",       "But",       "And",     "This",
        "That", "These",   "Those",     "His",   "Her",      "Their",     "Its",     "If",
        "When", "While",   "As",        "For",   "After",    "Before",    "However", "There",
        "What", "Who",     "Why",       "How",   "Our",      "My",        "Your",    "Some",
        "Many", "Most",    "All",       "Both",  "No",       "Not",       "So",      "To",
        "From", "With",    "By",        "Since", "Although", "Though",    "Then",    "Meanwhile",
        "Also", "Earlier", "Last",      "Under", "One",      "Two",       "Asked",   "Another",
        "Such", "Now",     "Still",     "Yet",   "Instead",  "Here",      "Or",      "Let",
        "Thus", "During",  "According", "Each",  "Today",    "Yesterday", NULL};
    return w.upper && is_one_of(k, w.at, w.end, words);
}

/* What follows "5 p.m.": a day, a month, a time zone in capitals. */
static int is_time(const ent_scan *k, ent_next w)
{
    static const char *const words[] = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",   "Saturday",
        "Sunday", "January", "February",  "March",    "April",    "June",
        "July",   "August",  "September", "October",  "November", "December",
        "May",    "Eastern", "Moscow",    NULL};
    if (w.end - w.at >= 2 && ent_byte_class(k->s[w.at + 1]) == ENT_Y_UP) return 1;
    return w.upper && is_one_of(k, w.at, w.end, words);
}

/* A small letter with a capital later in the word ("al-Shabaab", "iPhone") may start a sentence. */
static int is_name_like(const ent_scan *k, ent_next w)
{
    for (uint32_t i = w.at; i < k->n && i < w.at + LONGEST; i++) {
        if (!ent_byte_word(k->s[i]) && k->s[i] != '-' && k->s[i] != '\'') return 0;
        if (ent_byte_class(k->s[i]) == ENT_Y_UP) return 1;
    }
    return 0;
}

/* Where the word before the point at i starts: letters, digits and inner points. */
static uint32_t word_before(const ent_scan *k, uint32_t i)
{
    uint32_t from = i;
    while (from > 0 && i - from < LONGEST) {
        char c = k->s[from - 1];
        if (!ent_byte_word(c) && c != '.') break;
        from--;
    }
    return from;
}

/* "U.S", "p.m", "e.g" before the point: single letters with points between. */
static int is_acronym(const ent_scan *k, uint32_t from, uint32_t i)
{
    if (i - from < 3 || (i - from) % 2 == 0) return 0;
    for (uint32_t j = from; j < i; j++) {
        unsigned c = ent_byte_class(k->s[j]);
        if ((j - from) % 2 ? k->s[j] != '.' : (c != ENT_Y_LOW && c != ENT_Y_UP)) return 0;
    }
    return 1;
}

/* The sentence so far is a list marker only: "1", "(a)", "- 12". */
static int is_marker(const ent_scan *k, uint32_t from, uint32_t i)
{
    if (i - from > 3) return 0;
    for (uint32_t j = 0; j < from; j++)
        if (ent_byte_word(k->s[j])) return 0;
    return ent_byte_class(k->s[from]) == ENT_Y_DIGIT || i - from == 1;
}

/* "in the U.S. He said" ends, "the U.S. President" does not; of small ones only hours end. */
static int acronym_ends(const ent_scan *k, uint32_t from, uint32_t i, ent_next w)
{
    static const char *const hours[] = {"a.m", "p.m", NULL};
    if (ent_byte_class(k->s[from]) != ENT_Y_LOW) return is_starter(k, w) || (w.quote && w.upper);
    return w.upper && is_one_of(k, from, i, hours) && !is_time(k, w);
}

/* One letter before the point: an initial, unless it stands after a small letter ("plan B.") and
 * a plain sentence goes on. */
static int initial_ends(const ent_scan *k, uint32_t from, ent_next w)
{
    unsigned c = ent_byte_class(k->s[from]);
    if (c == ENT_Y_LOW) return w.upper; /* not in "c. 1818", "p. 5" */
    if (c == ENT_Y_DIGIT) return !w.lower;
    uint32_t before = from;
    while (before > 0 && k->s[before - 1] == ' ')
        before--;
    if (before == 0 || ent_byte_class(k->s[before - 1]) != ENT_Y_LOW) return 0;
    return is_starter(k, w) && (before < from || k->s[from] == 'I');
}

/* Does the single point at i end the sentence, `w` being the next word? */
static int point_ends(const ent_scan *k, uint32_t i, ent_next w)
{
    uint32_t from = word_before(k, i);
    if (from == i) return !w.lower;
    if (is_marker(k, from, i)) return 0;
    if (is_acronym(k, from, i)) return acronym_ends(k, from, i, w);
    if (i - from == 1) return initial_ends(k, from, w);
    unsigned bits = ent_abbrev(k->s + from, i - from);
    if (bits & ENT_AB_WORD && !(w.digit && bits & ENT_AB_DIGIT)) bits = 0;
    if (bits & ENT_AB_DIGIT && w.digit) return 0;
    if (bits & ENT_AB_TITLE && !(bits & ENT_AB_END)) return 0;
    if (bits & ENT_AB_END) return is_starter(k, w);
    return !w.lower || is_name_like(k, w);
}

/* "Stop!" Mr. Smith said: a word of speech soon after the quotation's end, before other marks. */
static int speech_follows(const ent_scan *k, ent_next w)
{
    static const char *const verbs[] = {"said",    "says", "asked",   "told",  "added",    "wrote",
                                        "replied", "asks", "shouted", "cried", "declared", NULL};
    uint32_t i = w.at, limit = w.at + 60 < k->n ? w.at + 60 : k->n;
    while (i < limit && k->s[i] != '.' && k->s[i] != '"' && k->s[i] != ',') {
        uint32_t from = i;
        while (i < limit && ent_byte_word(k->s[i]))
            i++;
        if (i > from && is_one_of(k, from, i, verbs)) return 1;
        if (ent_scan_at(k, i) == '.' && ent_abbrev(k->s + from, i - from) & ENT_AB_TITLE) i++;
        i += i == from;
    }
    return 0;
}

/* Passes numbers of notes in brackets: "[12][13]", " [12]". */
static uint32_t after_notes(const ent_scan *k, uint32_t j)
{
    for (;;) {
        uint32_t r = j + (ent_scan_at(k, j) == ' ' && ent_scan_at(k, j + 1) == '['), from = r + 1;
        if (ent_scan_at(k, r) != '[') return j;
        for (r = from; r < from + 4 && ent_byte_class(ent_scan_at(k, r)) == ENT_Y_DIGIT;)
            r++;
        if (r == from || ent_scan_at(k, r) != ']') return j;
        j = r + 1;
    }
}

/* The run of marks, then what closes with it, then white space: only then is it asked who follows.
 */
uint32_t ent_scan_stop(const ent_scan *k, uint32_t i)
{
    uint32_t j = i, step, limit = i + ENT_LOOK / 4 < k->n ? i + ENT_LOOK / 4 : k->n;
    int points = 1;
    for (; j < limit && ent_byte_class(k->s[j]) == ENT_Y_STOP; j++)
        points = points && k->s[j] == '.';
    uint32_t marks = j - i, closed = j;
    while (j < limit && (step = ent_scan_closing(k, j)) != 0)
        j += step;
    int quoted = j > closed;
    j = after_notes(k, j);
    if (j < k->n && !ent_byte_space(k->s[j])) return 0;
    ent_next w = ent_scan_next(k, j);
    if (points && marks == 1) return point_ends(k, i, w) ? j : 0;
    if (w.lower) return 0;
    if (points) return w.upper || w.digit || w.at >= k->n ? j : 0;
    return quoted && speech_follows(k, w) ? 0 : j;
}

/* Text in small letters has one sentence a line, too: a mark that no abbreviation explains. */
int ent_scan_stopped(const ent_scan *k, uint32_t i)
{
    while (i > 0 && (k->s[i - 1] == '\r' || k->s[i - 1] == ' '))
        i--;
    if (i < 4 || ent_byte_class(k->s[i - 1]) != ENT_Y_STOP) return 0;
    if (k->s[i - 1] != '.') return 1;
    uint32_t from = word_before(k, i - 1);
    if (i - 1 - from < 3 || ent_abbrev(k->s + from, i - 1 - from)) return 0;
    return !is_acronym(k, from, i - 1);
}
