/* block - what a line is. See block.h. Fences, lists and setext lines as CommonMark 0.31 has
 * them, without nesting. */
#include "block.h"

#include <string.h>

/* A fence is its kind and, for some, what closes it. */
enum {
    F_TICK = 0x1000,    /* ``` : plus length */
    F_TILDE = 0x2000,   /* ~~~ : plus length */
    F_YAML = 0x3000,    /* front matter to --- or ... */
    F_TOML = 0x3001,    /* front matter to +++ */
    F_ORG = 0x3002,     /* #+BEGIN_ to #+END_ */
    F_COMMENT = 0x3003, /* <!-- to --> */
    F_INDENT = 0x3004,  /* as long as lines are indented or blank */
    F_LISTING = 0x3005, /* AsciiDoc ---- */
    F_SOURCE = 0x3006,  /* the line before ---- */
    F_PRE = 0x3007,     /* <pre>, <script>, <style> to the closing tag */
    F_DOLLAR = 0x3008,  /* $$ */
    F_LATEX = 0x4000    /* \begin{x} to \end{x}: plus a hash of x */
};

typedef struct view { /* one line, without its line break, cut at ENT_LOOK */
    const char *s;
    uint32_t n;
} view;

/* Classes of ASCII, whatever the locale says. */
static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* The line at s, without its line break; of a long one its beginning. */
static view line_at(const char *s, size_t n)
{
    uint32_t most = n < ENT_LOOK ? (uint32_t)n : ENT_LOOK;
    const char *end = memchr(s, '\n', most);
    return (view){s, end ? (uint32_t)(end - s) : most};
}

/* The byte at i, NUL past the end. */
static char at(view l, uint32_t i)
{
    return i < l.n ? l.s[i] : '\0';
}

/* Does the line start with `word` (lower case), capitals or not? */
static int starts(view l, const char *word)
{
    size_t n = strlen(word);
    if (l.n < n) return 0;
    for (size_t i = 0; i < n; i++) {
        char c = l.s[i];
        if (c != word[i] && !(c >= 'A' && c <= 'Z' && c + 32 == word[i])) return 0;
    }
    return 1;
}

/* Does the line start with one of these, NULL after the last? */
static int starts_any(view l, const char *const *words)
{
    for (; *words; words++)
        if (starts(l, *words)) return 1;
    return 0;
}

/* How often c stands from i on. */
static uint32_t run(view l, uint32_t i, char c)
{
    uint32_t from = i;
    while (at(l, i) == c && i < l.n)
        i++;
    return i - from;
}

/* The line without its first i bytes. */
static view rest(view l, uint32_t i)
{
    if (i > l.n) i = l.n;
    return (view){l.s + i, l.n - i};
}

/* The line without white space at its ends. */
static view trimmed(view l)
{
    uint32_t i = 0;
    while (i < l.n && is_blank(l.s[i]))
        i++;
    l = rest(l, i);
    while (l.n && is_blank(l.s[l.n - 1]))
        l.n--;
    return l;
}

/* The line is one mark over and over (or marks of a table's frame). */
static int is_rule(view l)
{
    if (l.n < 3) return 0;
    int frame = l.s[0] == '|' || l.s[0] == '+' || l.s[0] == ':' || l.s[0] == '-';
    uint32_t marks = 0;
    for (uint32_t i = 0; i < l.n; i++) {
        char c = l.s[i];
        if (is_blank(c)) continue;
        marks++;
        if (!c) return 0;
        if (c != l.s[0] && !(frame && strchr("|+:-=", c))) return 0;
        if (!strchr("=-~^*#+_.:|\"'`<>", c)) return 0;
    }
    return marks >= 3 && l.s[0] != '.' && l.s[0] != '"' && l.s[0] != '\'';
}

/* The fence of a LaTeX environment: 12 bits of its name, up to `end`. */
static uint16_t name_hash(view l, char end)
{
    uint32_t h = 5381;
    for (uint32_t i = 0; i < l.n && l.s[i] != end; i++)
        h = h * 33 + (unsigned char)l.s[i];
    return (uint16_t)(F_LATEX | (h & 0xFFF));
}

/* Environments that hold code, formulas or references instead of prose. */
static int is_code_environment(view name)
{
    static const char *const names[] = {
        "verbatim",    "lstlisting",   "minted",          "equation", "align",
        "displaymath", "math",         "gather",          "multline", "eqnarray",
        "tikzpicture", "filecontents", "thebibliography", "comment"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t n = strlen(names[i]);
        if (starts(name, names[i]) && strchr("*}", at(name, (uint32_t)n))) return 1;
    }
    return 0;
}

/* Lines of LaTeX. */
static void look_latex(view l, ent_line *out)
{
    static const char *const headings[] = {"\\section",  "\\subsection", "\\subsubsection",
                                           "\\chapter",  "\\part",       "\\title",
                                           "\\paragraph"};
    static const char *const markup[] = {
        "\\documentclass", "\\usepackage",   "\\newcommand", "\\renewcommand", "\\begin",
        "\\end",           "\\bibliography", "\\maketitle",  "\\label",        "\\input",
        "\\include",       "\\def",          "\\set"};
    if (starts(l, "\\begin{") && is_code_environment(rest(l, 7))) {
        out->kind = ENT_L_FENCE;
        out->fence = name_hash(rest(l, 7), '}');
        return;
    }
    if (starts(l, "\\item")) {
        out->kind = ENT_L_LIST;
        return;
    }
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (starts(l, headings[i]) && (memchr(l.s, '{', l.n))) out->kind = ENT_L_HEADING;
    for (size_t i = 0; i < sizeof markup / sizeof *markup && out->kind == ENT_L_TEXT; i++)
        if (starts(l, markup[i])) out->kind = ENT_L_SKIP;
}

/* The line opens a block to be skipped. */
static void fence(ent_line *out, unsigned what)
{
    out->kind = ENT_L_FENCE;
    out->fence = (uint16_t)what;
}

/* Opens code: ``` or ~~~ . Long rows of ~ underline headings instead. */
static int look_fence(view l, ent_line *out)
{
    uint32_t ticks = run(l, 0, '`'), tildes = run(l, 0, '~');
    if (ticks >= 3 && !memchr(l.s + ticks, '`', l.n - ticks))
        fence(out, F_TICK | (ticks & 0xFFF));
    else if (tildes >= 3 && tildes <= 5)
        fence(out, F_TILDE | tildes);
    else if (starts(l, "$$") && trimmed(l).n == 2)
        fence(out, F_DOLLAR);
    return out->kind == ENT_L_FENCE;
}

/* # Title, = Title, ** Title of Org: one * is a list item. */
static int is_heading(view l)
{
    char c = at(l, 0);
    if (c != '#' && c != '=' && c != '*') return 0;
    uint32_t k = run(l, 0, c);
    return k <= 6 && k >= (c == '*' ? 2u : 1u) && is_blank(at(l, k)) && trimmed(rest(l, k)).n;
}

/* Does `word` (lower case) stand anywhere in the line? */
static int holds(view l, const char *word)
{
    for (uint32_t i = 0; i < l.n; i++)
        if (l.s[i] == word[0] && starts(rest(l, i), word)) return 1;
    return 0;
}

/* Comments and blocks of code, that may end on their first line. */
static void look_html(view l, ent_line *out)
{
    int comment = starts(l, "<!--");
    if (holds(l, comment ? "-->" : "</"))
        out->kind = ENT_L_SKIP;
    else
        fence(out, comment ? F_COMMENT : F_PRE);
}

/* Directives of reStructuredText that hold prose. */
static int is_admonition(view l)
{
    static const char *const names[] = {
        "note::",    "warning::", "important::", "tip::",   "hint::",
        "caution::", "danger::",  "attention::", "quote::", NULL};
    return starts_any(l, names);
}

/* Directives of Org, reStructuredText and AsciiDoc, HTML blocks. */
static void look_markup(view l, ent_line *out)
{
    if (!strchr("#.<[%:", at(l, 0))) return;
    if (starts(l, "#+begin_") && !starts(l, "#+begin_quote") && !starts(l, "#+begin_center"))
        fence(out, F_ORG);
    else if (starts(l, "#+title:"))
        out->kind = ENT_L_HEADING;
    else if (starts(l, "#+") && is_alpha(at(l, 2)))
        out->kind = ENT_L_SKIP;
    else if (starts(l, ".. ") && memchr(l.s, ':', l.n) && !is_admonition(rest(l, 3)))
        fence(out, F_INDENT);
    else if (starts(l, "<!--") || starts(l, "<pre") || starts(l, "<script") || starts(l, "<style"))
        look_html(l, out);
    else if (starts(l, "[source") || starts(l, "[listing"))
        fence(out, F_SOURCE);
    else if (at(l, 0) == '%' && at(l, 1) != '0')
        out->kind = ENT_L_SKIP;
    else if (at(l, 0) == ':' && l.n > 3 && is_alpha(l.s[1])) {
        const char *end = memchr(l.s + 1, ':', l.n - 1);
        if (end && !memchr(l.s, ' ', (size_t)(end - l.s))) out->kind = ENT_L_SKIP;
    }
}

/* Bytes of a list marker and the white space after it, or 0. */
static uint32_t list_marker(view l, ent_line *out)
{
    uint32_t i = 0;
    if (strchr("-*+", at(l, 0)) && at(l, 0))
        i = 1;
    else if (l.n > 3 &&
             (memcmp(l.s, "\xE2\x80\xA2", 3) == 0 || /* bullets: • ◦ ‣ ▪ */
              memcmp(l.s, "\xE2\x97\xA6", 3) == 0 || memcmp(l.s, "\xE2\x80\xA3", 3) == 0 ||
              memcmp(l.s, "\xE2\x96\xAA", 3) == 0))
        i = 3;
    else {
        int paren = at(l, 0) == '(';
        uint32_t from = (uint32_t)paren;
        i = from;
        while (is_digit(at(l, i)) && i < from + 3)
            out->ordinal = out->ordinal * 10 + l.s[i++] - '0';
        int letter = i == from && is_alpha(at(l, i));
        if (letter) i++;
        if (i == from) return 0;
        if (at(l, i) == ')')
            i++;
        else if (at(l, i) == '.' && !paren && !letter)
            i++;
        else
            return 0;
        if (letter) out->ordinal = 1;
    }
    return is_blank(at(l, i)) ? i + 1 : 0;
}

/* Cells of a table: bars at the start or twice in the line, or two tabs after the indentation. */
static int is_row(view l)
{
    uint32_t bars = 0, tabs = 0;
    for (uint32_t i = 0; i < l.n; i++) {
        bars += l.s[i] == '|';
        tabs += l.s[i] == '\t';
    }
    return bars >= 2 || (bars && l.s[0] == '|') || tabs >= 2;
}

/* Headers of a mail: those that people read, and those for machines. */
static void look_header(view l, ent_line *out)
{
    static const char *const known[] = {"from:", "to:",       "cc:",           "bcc:",  "subject:",
                                        "date:", "reply-to:", "organization:", "sent:", NULL};
    static const char *const machines[] = {"message-id:",   "received:",
                                           "return-path:",  "delivered-to:",
                                           "mime-version:", "x-",
                                           "content-type",  "in-reply-to:",
                                           "references:",   "content-transfer",
                                           "dkim-",         "list-",
                                           "user-agent:",   NULL};
    if (at(l, 0) < 'A' || at(l, 0) > 'Z' || !memchr(l.s, ':', l.n < 30 ? l.n : 30)) return;
    if (starts_any(l, known))
        out->kind = ENT_L_HEADER;
    else if (starts_any(l, machines))
        out->kind = ENT_L_SKIP;
}

/* Indented by four columns and full of marks that prose has not. */
static int is_code(view l)
{
    uint32_t marks = 0, others = 0;
    for (uint32_t i = 0; i < l.n; i++) {
        if (is_blank(l.s[i])) continue;
        others++;
        marks += strchr("{}[]();=<>\\|_$#&+*/~@^\"`", l.s[i]) && l.s[i] ? 1 : 0;
    }
    char last = l.n ? l.s[l.n - 1] : 0;
    return marks * 8 > others || last == ';' || last == '{' || last == '}' || starts(l, "$ ");
}

/* Bytes and columns of white space at the start. */
static uint32_t indent(view l, uint32_t *columns)
{
    uint32_t i = 0;
    for (*columns = 0; i < l.n && (l.s[i] == ' ' || l.s[i] == '\t'); i++)
        *columns += l.s[i] == '\t' ? 4 : 1;
    return i;
}

/* "> > " before the rest of a line. */
static uint32_t quote_marks(view l, ent_line *out)
{
    uint32_t i = 0, columns, end = 0;
    for (;;) {
        i += indent(rest(l, i), &columns);
        if (at(l, i) != '>' || columns > 3) return end;
        out->in_quote = 1;
        end = ++i;
    }
}

/* Front matter: --- and a line that looks like YAML or TOML after it. */
static int look_front(const char *s, size_t n, ent_line *out)
{
    view l = line_at(s, n);
    if (trimmed(l).n != 3 || l.n == n || !(starts(l, "---") || starts(l, "+++"))) return 0;
    view next = line_at(s + l.n + 1, n - l.n - 1);
    if (!is_alpha(at(next, 0)) || !memchr(next.s, l.s[0] == '-' ? ':' : '=', next.n)) return 0;
    fence(out, l.s[0] == '-' ? F_YAML : F_TOML);
    return 1;
}

/* Kinds told by the text after quote marks and indentation. */
static void look_text(view l, uint32_t columns, ent_line *out)
{
    if (look_fence(l, out)) return;
    if (is_heading(l))
        out->kind = ENT_L_HEADING;
    else if (is_rule(l))
        out->kind = ENT_L_RULE;
    else if (list_marker(l, out))
        out->kind = ENT_L_LIST;
    else if (columns >= 4 && is_code(l))
        out->kind = ENT_L_SKIP;
    else if (at(l, 0) == '\\')
        look_latex(l, out);
    else
        look_markup(l, out);
    if (out->kind == ENT_L_TEXT && is_row(l)) out->kind = ENT_L_ROW;
    if (out->kind == ENT_L_TEXT && columns == 0) look_header(l, out);
}

/* Quote marks and indentation first, then what the rest is; a blank rest settles it at once. */
ent_line ent_line_look(const char *s, size_t n, int first)
{
    ent_line out = {0};
    if (first && look_front(s, n, &out)) return out;
    view l = line_at(s, n);
    uint32_t columns;
    out.quoted = quote_marks(l, &out);
    out.quoted += indent(rest(l, out.quoted), &columns);
    view text = trimmed(rest(l, out.quoted));
    if (text.n == 0)
        out.kind = ENT_L_BLANK;
    else
        look_text(text, columns, &out);
    return out;
}

/* Front matter ends at its closing line, or before the first line that is none of its kind: an
 * unclosed one must not swallow the text. */
static int closes_front(view l, uint16_t f, int *inside)
{
    view t = trimmed(l);
    if (t.n == 3 && starts(t, f == F_YAML ? "---" : "+++")) return 1;
    if (t.n == 3 && starts(t, "...")) return 1;
    if (t.n && is_alpha(l.s[0]) && !memchr(l.s, f == F_YAML ? ':' : '=', l.n)) *inside = 0;
    return !*inside;
}

/* Is this the last line of the block? */
static int closes(view l, view t, uint16_t f, int *inside)
{
    switch (f) {
    case F_YAML:
    case F_TOML:
        return closes_front(l, f, inside);
    case F_ORG:
        return starts(t, "#+end_");
    case F_COMMENT:
        return holds(l, "-->");
    case F_PRE:
        return holds(l, "</pre") || holds(l, "</script") || holds(l, "</style");
    case F_LISTING:
        return t.n == 4 && starts(t, "----");
    case F_DOLLAR:
        return t.n >= 2 && memcmp(t.s + t.n - 2, "$$", 2) == 0;
    case F_INDENT:
        *inside = trimmed(l).n == 0 || is_blank(l.s[0]);
        return !*inside;
    default:
        break;
    }
    if (f >= F_LATEX) return starts(t, "\\end{") && name_hash(rest(t, 5), '}') == f;
    uint32_t k = run(t, 0, f & F_TILDE ? '~' : '`');
    return k >= (f & 0xFFFu) && k == t.n;
}

/* The line before an AsciiDoc listing is a block of one line, and turns into the listing or ends.
 */
uint16_t ent_line_fence(const char *s, size_t n, uint16_t f, int *inside)
{
    ent_line ignored = {0};
    view l = line_at(s, n), t = trimmed(rest(l, quote_marks(l, &ignored)));
    *inside = 1;
    if (f == F_SOURCE) {
        *inside = t.n == 4 && starts(t, "----");
        return *inside ? F_LISTING : 0;
    }
    return closes(l, t, f, inside) ? 0 : f;
}
