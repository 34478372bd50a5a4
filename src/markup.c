/* markup - what is not prose. See markup.h. */
#include "markup.h"

#include <string.h>

/* Letters, digits and white space of ASCII, whatever the locale says: markup is made of these. */
static int is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int is_alnum(char c)
{
    return is_alpha(c) || (c >= '0' && c <= '9');
}

static int is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* How often c stands from i on. */
static uint32_t run(const char *s, uint32_t n, uint32_t i, char c)
{
    uint32_t from = i;
    while (i < n && s[i] == c)
        i++;
    return i - from;
}

/* `code` or ``code``: as CommonMark, a run of back ticks is closed by one of the same length. */
uint32_t ent_markup_code(const char *s, uint32_t n, uint32_t i, ent_markup_memo *memo)
{
    uint32_t open = run(s, n, i, '`');
    if (open > 7 || memo->no_tick >> open & 1) return 0;
    for (uint32_t j = i + open; j < n;) {
        if (s[j] != '`') {
            j++;
            continue;
        }
        uint32_t close = run(s, n, j, '`');
        j += close;
        if (close == open) return j;
    }
    memo->no_tick = (uint8_t)(memo->no_tick | 1u << open);
    return 0;
}

/* <b>, </a>, <http://...>, <!-- ... --> */
uint32_t ent_markup_tag(const char *s, uint32_t n, uint32_t i, ent_markup_memo *memo)
{
    if (i + 2 >= n || memo->no_angle) return 0;
    if (!is_alpha(s[i + 1]) && s[i + 1] != '/' && s[i + 1] != '!') return 0;
    const char *end = memchr(s + i, '>', n - i);
    if (!end) {
        memo->no_angle = 1;
        return 0;
    }
    const char *again = memchr(s + i + 1, '<', (size_t)(end - s) - i - 1);
    return again ? 0 : (uint32_t)(end - s) + 1;
}

/* "(target)", "(target "title")" or "[ref]" right after the "]" at i - 1. */
uint32_t ent_markup_target(const char *s, uint32_t n, uint32_t i, ent_markup_memo *memo)
{
    if (i >= n || i < memo->no_link || (s[i] != '(' && s[i] != '[')) return 0;
    char close = s[i] == '(' ? ')' : ']';
    uint32_t j = i + 1;
    for (uint32_t depth = 1; j < n && !is_space(s[j]); j++) {
        if (s[j] == s[i]) depth++;
        if (s[j] == close && --depth == 0) return j + 1;
    }
    if (j + 1 < n && (s[j + 1] == '"' || s[j + 1] == '\'')) {
        const char *end = memchr(s + j, close, n - j);
        if (end) return (uint32_t)(end - s) + 1;
    }
    memo->no_link = j;
    return 0;
}

/* "[[target][" of Org, "[[target|" of wikis. */
uint32_t ent_markup_orglink(const char *s, uint32_t n, uint32_t i)
{
    if (i + 3 >= n || s[i + 1] != '[') return 0;
    for (uint32_t j = i + 2; j < n && s[j] != '\n' && s[j] != '['; j++) {
        if (s[j] == '|') return j + 1;
        if (s[j] == ']') return j + 1 < n && s[j + 1] == '[' ? j + 2 : 0;
    }
    return 0;
}

/* Commands of LaTeX whose arguments are no prose. */
static int takes_key(const char *s, uint32_t n)
{
    static const char *const names[] = {"cite",
                                        "citep",
                                        "citet",
                                        "ref",
                                        "eqref",
                                        "pageref",
                                        "label",
                                        "begin",
                                        "end",
                                        "input",
                                        "include",
                                        "includegraphics",
                                        "usepackage",
                                        "documentclass",
                                        "bibliography",
                                        "url",
                                        "bibliographystyle",
                                        "vspace",
                                        "hspace",
                                        "pagestyle",
                                        "parencite",
                                        "autocite",
                                        "textcite"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (strlen(names[k]) == n && memcmp(names[k], s, n) == 0) return 1;
    return 0;
}

/* The end of "{...}" or "[...]" at i, or i when there is none near. */
static uint32_t argument(const char *s, uint32_t n, uint32_t i, char open, char close)
{
    if (i >= n || s[i] != open) return i;
    for (uint32_t j = i + 1; j < n && j < i + 200; j++)
        if (s[j] == close) return j + 1;
    return i;
}

/* \emph, \cite[p. 3]{key}; \& and the like are one mark. */
uint32_t ent_markup_command(const char *s, uint32_t n, uint32_t i)
{
    uint32_t j = i + 1;
    if (j >= n) return 0;
    if (!is_alpha(s[j])) return is_space(s[j]) || (unsigned char)s[j] >= 0x80 ? 0 : j + 1;
    while (j < n && is_alpha(s[j]))
        j++;
    uint32_t name = j - i - 1;
    if (j < n && s[j] == '*') j++;
    if (!takes_key(s + i + 1, name)) return j;
    j = argument(s, n, j, '[', ']');
    return argument(s, n, j, '{', '}');
}

/* &amp; &#8217; */
uint32_t ent_markup_charref(const char *s, uint32_t n, uint32_t i)
{
    uint32_t j = i + 1;
    if (j < n && s[j] == '#') j++;
    while (j < n && j < i + 10 && is_alnum(s[j]))
        j++;
    return j > i + 2 && j < n && s[j] == ';' ? j + 1 : 0;
}

/* Bytes of a URL; marks at its end belong to the sentence. */
static uint32_t url_end(const char *s, uint32_t n, uint32_t i)
{
    uint32_t from = i;
    while (i < n && !is_space(s[i]) && !strchr("<>\"`{}|\\^", s[i]))
        i++;
    while (i > from && strchr(".,;:!?'*_)]", s[i - 1])) {
        if (s[i - 1] == ')' && memchr(s + from, '(', i - from)) break;
        i--;
    }
    return i;
}

/* Last labels that make a domain of words joined by points. Countries whose code is an English word
 * (it, is, in, me) are left out, and what is rare in English text. */
static int is_top_domain(const char *s, uint32_t n)
{
    static const char *const names[] = {"com", "org", "net",  "gov", "edu", "int",
                                        "mil", "io",  "info", "eu",  "uk",  "de",
                                        "ru",  "cn",  "fr",   "ua",  "us"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (strlen(names[k]) == n && memcmp(names[k], s, n) == 0) return 1;
    return 0;
}

/* The end of a label of a domain: letters, digits and hyphens. */
static uint32_t label(const char *s, uint32_t n, uint32_t i)
{
    while (i < n && (is_alnum(s[i]) || s[i] == '-'))
        i++;
    return i;
}

/* Labels joined by points, the last a known one. Gives its end, and how many labels. */
static uint32_t domain(const char *s, uint32_t n, uint32_t i, unsigned *labels)
{
    uint32_t end = label(s, n, i), last = i;
    *labels = end > i;
    while (end > last && end + 1 < n && s[end] == '.' && is_alnum(s[end + 1])) {
        last = end + 1;
        end = label(s, n, last);
        ++*labels;
    }
    return *labels > 1 && is_top_domain(s + last, end - last) ? end : 0;
}

/* The end of an address such as a.b+c@d.org at i, or 0. */
static uint32_t mail_end(const char *s, uint32_t n, uint32_t i)
{
    while (i < n && (is_alnum(s[i]) || (s[i] != 0 && strchr("._+-", s[i]))))
        i++;
    if (i + 1 >= n || s[i] != '@' || !is_alnum(s[i + 1])) return 0;
    uint32_t end = label(s, n, i + 1);
    if (end + 1 >= n || s[end] != '.' || !is_alnum(s[end + 1])) return 0;
    while (end + 1 < n && s[end] == '.' && is_alnum(s[end + 1]))
        end = label(s, n, end + 1);
    return end;
}

/* What stands after the word tells what to look for, so that a plain word costs one comparison. A
 * name such as Amazon.com, with a capital and two labels, is prose. */
uint32_t ent_markup_address(const char *s, uint32_t n, uint32_t i, uint32_t word_end)
{
    uint32_t w = word_end - i, left = n - word_end;
    if (left < 2) return 0;
    const char *after = s + word_end;
    if (left > 3 && after[0] == ':' && after[1] == '/' && after[2] == '/') return url_end(s, n, i);
    if (w == 3 && after[0] == '.' && is_alnum(after[1]) && memcmp(s + i, "www", 3) == 0)
        return url_end(s, n, i);
    if (after[0] != '@' && (!strchr("._+-", after[0]) || !is_alnum(after[1]))) return 0;
    uint32_t end = mail_end(s, n, i);
    if (end || after[0] != '.') return end;
    unsigned labels;
    end = domain(s, n, i, &labels);
    if (!end) return 0;
    if (end < n && s[end] == '/') return url_end(s, n, i);
    return labels > 2 || s[i] >= 'a' ? end : 0;
}
