/* sent_line - is a line break white space inside a paragraph, or its end? See sent_in.h.
 *
 * Blank lines and blocks tell by themselves. Between two lines of prose it depends on whether the
 * text is wrapped: a wrapped line is as full as it can be, so a line that had room for the next
 * word ends on purpose - a headline, a name in a column, a paragraph of one line.
 */
#include "sent_in.h"

#include <string.h>

/* Length of the line at s, no more than ENT_LOOK. */
static uint32_t line_length(const char *s, size_t n)
{
    size_t most = n < ENT_LOOK ? n : ENT_LOOK;
    const char *end = memchr(s, '\n', most);
    return end ? (uint32_t)(end - s) : (uint32_t)most;
}

/* A line of `length` bytes is shorter than wrapping would have left it, the next one starting at
 * `from`. The first line of a paragraph may be a headline and needs less room to be one. */
static int ends_early(const ent_scan *k, uint32_t length, uint32_t from)
{
    uint32_t next = line_length(k->s + from, k->n - from), word = 0;
    int first = k->flags & ENT_S_PARA && k->lines == 0;
    while (word < next && !ent_byte_space(k->s[from + word]))
        word++;
    if (length > ENT_COL_WIDEST) return 1;
    if (next < ENT_COL_SHORT && length < (first ? ENT_COL_SHORT + 20 : ENT_COL_SHORT)) return 1;
    return length + 1 + word + (first ? 4 : 12) <= next;
}

/* May a list item start here inside a paragraph? Any bullet, a number when the list has begun: a
 * wrapped line may well start with one. */
static int list_interrupts(const ent_scan *k, ent_line l)
{
    return l.ordinal <= 1 || k->st.block & ENT_B_LIST;
}

/* Does what the next line is end the paragraph by itself? */
static int block_starts(const ent_scan *k, ent_line l)
{
    if (l.kind == ENT_L_LIST && !list_interrupts(k, l)) l.kind = ENT_L_TEXT;
    if (l.kind != ENT_L_TEXT || k->st.block & (ENT_B_ROW | ENT_B_HEADER)) return 1;
    return l.in_quote != ((k->st.block & ENT_B_QUOTED) != 0);
}

/* A small letter goes on, unless the line is longer than anyone wraps; inside an item or a
 * quotation what is indented or quoted alike goes on; else the room at the line's end decides. */
ent_joint ent_scan_join(const ent_scan *k, uint32_t i, int stopped)
{
    uint32_t from = i + 1, length = i - k->line + (k->line ? 0 : k->column);
    if (from >= k->n) return ENT_PARAGRAPH;
    ent_line l = ent_line_look(k->s + from, k->n - from, 0);
    if (l.kind == ENT_L_RULE && !stopped) return ENT_UNDERLINED;
    if (block_starts(k, l)) return ENT_PARAGRAPH;
    from += l.quoted;
    if (!stopped) {
        if (length <= ENT_COL_WIDEST && ent_scan_next(k, from).lower) return ENT_JOINED;
        if (k->st.block & ENT_B_LIST && l.quoted) return ENT_JOINED; /* an item goes on indented */
        if (k->st.block & ENT_B_QUOTED) return ENT_JOINED;
    }
    return ends_early(k, length, from) ? ENT_PARAGRAPH : ENT_JOINED;
}
