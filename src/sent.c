/* sent - where sentences end. See sent.h.
 *
 * A sentence starts at the start of a line or inside one. At a line start, block.c tells what the
 * line is; then one scan runs over the bytes, stops at points and line breaks and asks there: is
 * this the end? (sent_stop.c, sent_line.c)
 */
#include "sent_in.h"

#include <string.h>

/* state.fence of ENT_B_FENCE: the rest of this line is skipped. Such a line is too long to be a
 * sentence of its own. */
enum { LINE_REST = 0xFFFF };

/* ent_sent_state.quote: which marks are open. */
enum { Q_STRAIGHT = 1, Q_CURLY = 2, Q_ANGLE = 4 };

/* How a scan ended: by grammar, by line, by limit. */
enum { STOPPED = 1, BROKEN = 2, CUT = 4 };

/* ---- what the scan sees --------------------------------------------------------------------- */

/* Notes a word that starts at i, to tell titles and capitals from prose. Small words have a small
 * letter in titles too and are not counted. */
static void count_word(ent_scan *k, uint32_t i)
{
    unsigned a = ent_byte_class(k->s[i]);
    char second = ent_scan_at(k, i + 1);
    k->tokens++;
    if (a == ENT_Y_UP) {
        k->caps++;
        k->all_caps += ent_byte_class(second) == ENT_Y_UP;
        k->singles += !ent_byte_word(second);
    } else if (a == ENT_Y_LOW && ent_byte_word(second) && ent_byte_word(ent_scan_at(k, i + 2))) {
        const char *w = k->s + i;
        k->lows += memcmp(w, "the", 3) != 0 && memcmp(w, "and", 3) != 0 && memcmp(w, "for", 3) != 0;
    }
}

/* A straight quotation mark opens after white space and closes before it; between two of a kind it
 * is the other of the last. The tokeniser has the same rule. */
static void see_quote(ent_scan *k, uint32_t i)
{
    int before = i == 0 || ent_byte_space(k->s[i - 1]) || strchr("([{-", k->s[i - 1]);
    int after = i + 1 >= k->n || ent_byte_space(k->s[i + 1]);
    int open = before != after ? before : !(k->st.quote & Q_STRAIGHT);
    k->st.quote = (uint8_t)((k->st.quote & ~Q_STRAIGHT) | (open ? Q_STRAIGHT : 0));
}

/* The ellipsis of three bytes at i ends a sentence before white space and a capital. */
static uint32_t see_ellipsis(const ent_scan *k, uint32_t i)
{
    uint32_t j = i + 3, step;
    while (j < i + 20 && (step = ent_scan_closing(k, j)) != 0)
        j += step;
    return ent_byte_space(ent_scan_at(k, j)) && ent_scan_next(k, j).upper ? j : 0;
}

/* Typographic quotation marks, ellipsis, ideographic full stop; the sentence's end or 0. Characters
 * that may be tokens of their own count as such. */
static uint32_t see_high(ent_scan *k, uint32_t i)
{
    unsigned char c = (unsigned char)k->s[i];
    char b = ent_scan_at(k, i + 1), a = ent_scan_at(k, i + 2);
    if (c < 0xC3 || c > 0xD7) k->tokens++;
    if (c == 0xE2 && b == '\x80') {
        if (a == '\x9C' || a == '\x9E') k->st.quote |= Q_CURLY;
        if (a == '\x9D') k->st.quote &= (uint8_t)~Q_CURLY;
        if (a == '\xA6') return see_ellipsis(k, i);
    }
    if (c == 0xE3 && b == '\x80' && a == '\x82') return i + 3;
    if (c == 0xC2 && b == '\xAB') k->st.quote |= Q_ANGLE;
    if (c == 0xC2 && b == '\xBB') k->st.quote &= (uint8_t)~Q_ANGLE;
    return 0;
}

/* Quotation marks between a point and the sentence's end. */
static uint32_t see_stop(ent_scan *k, uint32_t i)
{
    uint32_t end = ent_scan_stop(k, i);
    for (uint32_t j = i; j < end; j++)
        if (k->s[j] == '"')
            see_quote(k, j);
        else if (k->s[j] == '\xE2' || k->s[j] == '\xC2')
            see_high(k, j);
    return end;
}

/* A line break at i: the sentence's end or 0. One at its very start belongs to it. */
static uint32_t see_newline(ent_scan *k, uint32_t i, unsigned *how)
{
    ent_joint j = k->whole ? ENT_PARAGRAPH : ent_scan_join(k, i, 0);
    if (j == ENT_JOINED && ent_scan_stopped(k, i)) return i;
    *how = BROKEN;
    if (j == ENT_UNDERLINED && !k->lines) k->flags |= ENT_S_HEADING;
    k->line = i + 1;
    k->lines++;
    if (j == ENT_JOINED) return 0;
    return i ? i : 1;
}

/* Handles the byte at k->i that is no ASCII letter or digit. Gives the sentence's end, or 0. */
static uint32_t see_mark(ent_scan *k, unsigned c, unsigned *how)
{
    uint32_t i = k->i, end = 0;
    *how = STOPPED;
    if (c != ENT_Y_NEWLINE && c < ENT_Y_DIGIT) k->tokens++;
    switch (c) {
    case ENT_Y_STOP:
        return k->whole ? 0 : see_stop(k, i);
    case ENT_Y_QUOTE:
        see_quote(k, i);
        return 0;
    case ENT_Y_HIGH:
        end = see_high(k, i);
        return k->whole ? 0 : end;
    case ENT_Y_CELL:
        return k->st.block & ENT_B_ROW && k->caps + k->tokens > 1 ? i + 1 : 0;
    case ENT_Y_NEWLINE:
        return see_newline(k, i, how);
    default:
        return 0;
    }
}

/* ---- the scan ------------------------------------------------------------------------------- */

/* A cut that the bytes just before it decide, one place in `one_in` (a power of 2): the cuts of a
 * long line stay where they are when something before them changes. */
static int cut_here(const ent_scan *k, uint32_t i, unsigned one_in)
{
    uint32_t h = 0;
    for (uint32_t j = i < 8 ? 0 : i - 8; j < i; j++)
        h = (h ^ (unsigned char)k->s[j]) * 16777619u;
    return (h >> 16 & (one_in - 1)) == 0;
}

/* A sentence getting too long: cut it at white space from half the limit on, anywhere near it. */
static int too_long(const ent_scan *k, unsigned c)
{
    uint32_t i = k->i;
    if (i + 4 >= ENT_MAX_SENT) return 1;
    if (c == ENT_Y_CONT) return 0;
    if (i + 16 >= ENT_MAX_SENT || k->tokens >= ENT_SENT_TOKENS) return 1;
    if (c == ENT_Y_SPACE) return cut_here(k, i, 16);
    return i > ENT_MAX_SENT * 3 / 4 && cut_here(k, i, 64);
}

/* A letter or digit of ASCII. */
static int is_plain(char c)
{
    unsigned k = ent_byte_class(c);
    return k >= ENT_Y_DIGIT && k <= ENT_Y_LOW;
}

/* Runs to the end of the sentence, white space after it left out. Up to half the limit a word is
 * passed in one go. */
static uint32_t run(ent_scan *k, unsigned *how)
{
    const uint32_t half = ENT_MAX_SENT / 2, fast = k->n < half ? k->n : half;
    int in_word = 0;
    while (k->i < k->n) {
        unsigned c = ent_byte_class(k->s[k->i]);
        *how = CUT;
        if ((k->i >= half || k->tokens >= ENT_SENT_TOKENS / 2) && too_long(k, c)) return k->i;
        if (c >= ENT_Y_DIGIT && !in_word) count_word(k, k->i);
        in_word = c >= ENT_Y_DIGIT;
        if (in_word && c != ENT_Y_HIGH) {
            while (k->i + 1 < fast && is_plain(k->s[k->i + 1]))
                k->i++;
        } else if (c != ENT_Y_SPACE) {
            uint32_t end = see_mark(k, c, how);
            if (end) return end;
        }
        k->i++;
    }
    *how = BROKEN;
    return k->n;
}

/* ---- white space after a sentence, and the state there -------------------------------------- */

/* Takes lines of white space only from i, the start of a line. What is too long to see stays. */
static uint32_t blank_lines(const ent_scan *k, uint32_t i)
{
    while (i < k->n && i < ENT_MAX_SENT) {
        uint32_t j = i;
        while (j < k->n && j < i + ENT_LOOK && ent_byte_space(k->s[j]) && k->s[j] != '\n')
            j++;
        if (j < k->n && k->s[j] != '\n') return i;
        i = j < k->n ? j + 1 : j;
    }
    return i;
}

/* The next paragraph starts at i or after blank lines there; nothing of this one is left. */
static uint32_t new_paragraph(ent_scan *k, uint32_t i)
{
    k->st = (ent_sent_state){0};
    return blank_lines(k, i);
}

/* The sentence ends at `end`; gives the start of the next one and sets the state there. */
static uint32_t finish(ent_scan *k, uint32_t end, unsigned how)
{
    uint32_t i = end, line = k->line, column = k->line ? 0 : k->column;
    while (i < k->n && i < ENT_MAX_SENT && ent_byte_space(k->s[i]) && k->s[i] != '\n')
        i++;
    if (i < k->n && k->s[i] == '\n' && i < ENT_MAX_SENT) {
        if (how == BROKEN || ent_scan_join(k, i, 1) != ENT_JOINED) return new_paragraph(k, i + 1);
        line = ++i;
        column = 0;
    }
    column += i - line;
    k->st.block = (uint8_t)((k->st.block & ~ENT_B_WHERE) | ENT_B_TEXT);
    k->st.fence = (uint16_t)(column < ENT_COL_FAR ? column : ENT_COL_FAR);
    return i;
}

/* ---- flags ---------------------------------------------------------------------------------- */

/* A lone short line without a mark at its end is a headline. */
static int is_headline(const ent_scan *k, uint32_t end)
{
    uint32_t i = 0;
    while (i < end && ent_byte_space(k->s[i]))
        i++;
    ent_next w = ent_scan_next(k, i);
    while (end > i && ent_byte_space(k->s[end - 1]))
        end--;
    if (end == i || end - i > 100 || k->lines > 1 || !(w.upper || w.digit)) return 0;
    return !strchr(".!?:;,", k->s[end - 1]);
}

/* Capitals say little when nearly every word has one: a line in capitals, a title. A sentence that
 * ends in a point is no title, however many names it holds. */
static int is_capitals(const ent_scan *k, unsigned how)
{
    if (k->all_caps >= 2 && k->all_caps + k->singles == k->caps && k->lows == 0) return 1;
    uint32_t enough = k->flags & ENT_S_HEADING ? 3 : 4;
    return how != STOPPED && k->caps >= enough && k->lows * 6 <= k->caps;
}

/* ---- sentences of each kind ----------------------------------------------------------------- */

/* A line with nothing to find, and blank lines after it where nothing is open behind it. */
static uint32_t skip_line(ent_scan *k, ent_sent_state after)
{
    uint32_t most = k->n < ENT_MAX_SENT ? k->n : ENT_MAX_SENT;
    const char *end = memchr(k->s, '\n', most);
    int open = (after.block & ENT_B_WHERE) != ENT_B_LINE;
    k->flags = ENT_S_SKIP;
    k->st = after;
    if (!end && most < k->n) {
        if (!open) k->st = (ent_sent_state){.block = ENT_B_FENCE, .fence = LINE_REST};
        return most;
    }
    uint32_t i = end ? (uint32_t)(end - k->s) + 1 : most;
    return open ? i : blank_lines(k, i);
}

/* A sentence of prose, a heading, a cell: from k->i to its end. */
static uint32_t next_text(ent_scan *k)
{
    unsigned how;
    uint32_t end = run(k, &how);
    if (how == CUT) k->flags |= ENT_S_CUT;
    int alone = how == BROKEN && k->flags & ENT_S_PARA && !(k->flags & ENT_S_LIST);
    if (alone && is_headline(k, end)) k->flags |= ENT_S_HEADING;
    if (is_capitals(k, how)) k->flags |= ENT_S_CAPS;
    return finish(k, end, how);
}

/* Bits of state.block that a line of this kind sets. */
static uint8_t block_of(ent_line l)
{
    unsigned b = ENT_B_TEXT;
    if (l.in_quote) b |= ENT_B_QUOTED;
    if (l.kind == ENT_L_LIST) b |= ENT_B_LIST;
    if (l.kind == ENT_L_ROW) b |= ENT_B_ROW;
    if (l.kind == ENT_L_HEADER) b |= ENT_B_HEADER;
    return (uint8_t)b;
}

/* At the start of a line that starts something new. */
static uint32_t next_line(ent_scan *k, int first)
{
    ent_line l = ent_line_look(k->s, k->n, first);
    ent_sent_state after = {0};
    if (l.kind == ENT_L_FENCE) after = (ent_sent_state){.block = ENT_B_FENCE, .fence = l.fence};
    if (l.kind == ENT_L_BLANK || l.kind >= ENT_L_RULE) return skip_line(k, after);
    k->flags = ENT_S_PARA;
    k->st = (ent_sent_state){.block = block_of(l)};
    if (k->st.block & (ENT_B_LIST | ENT_B_ROW)) k->flags |= ENT_S_LIST;
    if (l.kind == ENT_L_HEADING) k->flags |= ENT_S_HEADING;
    k->whole = l.kind == ENT_L_HEADING;
    k->i = l.quoted;
    return next_text(k);
}

/* Inside a block to be skipped: one line of it, or the first line behind it. */
static uint32_t next_fenced(ent_scan *k)
{
    int inside = 1;
    if (k->st.fence == LINE_REST) return skip_line(k, (ent_sent_state){0});
    uint16_t fence = ent_line_fence(k->s, k->n, k->st.fence, &inside);
    if (!inside) return next_line(k, 0);
    uint8_t where = fence ? ENT_B_FENCE : ENT_B_LINE;
    return skip_line(k, (ent_sent_state){.block = where, .fence = fence});
}

/* Where the state says that the text stands decides how to go on: in a block to be skipped, at the
 * start of a line, or inside a paragraph. */
uint32_t ent_sent_next(const char *s, size_t n, int at_start, int more, ent_sent_state *state,
                       unsigned *flags)
{
    (void)more; /* what lies beyond n is too far to matter */
    if (n > 2 * ENT_MAX_SENT) n = 2 * ENT_MAX_SENT;
    ent_scan k = {.s = s, .n = (uint32_t)n, .st = *state};
    uint32_t len = 0;
    int where = state->block & ENT_B_WHERE;
    *flags = 0;
    if (n == 0) return 0;
    if (where == ENT_B_FENCE)
        len = next_fenced(&k);
    else if (where == ENT_B_LINE)
        len = next_line(&k, at_start);
    else {
        k.column = state->fence;
        if (state->block & (ENT_B_LIST | ENT_B_ROW)) k.flags = ENT_S_LIST;
        len = next_text(&k);
    }
    if (state->quote) k.flags |= ENT_S_INQUOTE;
    *flags = k.flags;
    *state = k.st;
    return len;
}
