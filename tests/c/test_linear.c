/* linear: text made to be slow costs at most a few times what prose costs, byte for byte, new and
 * under edits. Setting: KILOBYTES (256). */
#include "docs.h"

#include <time.h>

/* Most that a text may cost beside prose. Sanitizers watch some work closer than other work: there
   the test is for what they find. */
#ifdef __SANITIZE_ADDRESS__
enum { DEARER = 8 };
#else
enum { DEARER = 3 };
#endif

static double now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void fill(char *out, uint32_t n, const char *unit)
{
    size_t k = strlen(unit);
    for (uint32_t i = 0; i < n; i++)
        out[i] = unit[i % k];
}

/* What makes linking slow if anything does: names without end that share a word, words that refer
 * to what stands before them. */
static const struct {
    const char *what, *with; /* with: a sentence, %u a number that grows or repeats */
    uint32_t of;             /* the number is taken modulo this */
} chains[] = {
    {"every name another alias of one surname", "Aba%u Smith met us. ", UINT32_MAX},
    {"the same surname everywhere", "Smith met us. ", 1},
    {"two bearers of a surname, and it alone", "Al%u Smith met Smith and Smith. ", 2},
    {"nothing but pronouns", "He and she and they and it and he told him. ", 1},
    {"pronouns behind a crowd", "Al%u Smith and Bo%u Jones told them that he and she met. ", 40},
    {"one organisation, ever longer", "The Aba%u Council of Europe met. ", UINT32_MAX},
    {"offices without end", "President Aba%u spoke. The president spoke. ", UINT32_MAX},
    {"acronyms", "The Great Union (GU%u) met the GU. ", UINT32_MAX},
    {"ministers in apposition", "Aba%u Smith, the minister, met the minister, Jo%u Lee. ", 900},
};

static void fill_chain(char *out, uint32_t n, size_t which)
{
    char line[160];
    for (uint32_t at = 0, k = 0; at < n; k++) {
        uint32_t i = k % chains[which].of;
        uint32_t len = (uint32_t)snprintf(line, sizeof line, chains[which].with, i, i);
        uint32_t take = len < n - at ? len : n - at;
        memcpy(out + at, line, take);
        at += take;
    }
}

/* Capitalised words, each another, without an end of a sentence. */
static void fill_names(char *out, uint32_t n, uint64_t *seed)
{
    for (uint32_t i = 0; i < n;) {
        uint32_t k = 3 + tap_random(seed) % 8;
        for (uint32_t j = 0; j <= k && i < n; j++, i++)
            out[i] = (char)(j == k ? ' ' : (j ? 'a' : 'A') + (int)(tap_random(seed) % 26));
    }
}

/* Seconds to split and analyse all; then to do edits near the start, each analysed. */
static double cost(const ent_model *m, const char *s, uint32_t n, double *edits)
{
    ent_doc *d = NULL;
    size_t entities;
    double from = now();
    if (ent_doc_new(m, s, n, NULL, &d) || ent_doc_entities(d, &entities)) return 1e9;
    double took = now() - from;
    from = now();
    for (uint32_t k = 0; k < 3; k++) {
        if (ent_doc_edit(d, 100 + k, 0, "x", 1) || ent_doc_advance(d, 0, NULL)) return 1e9;
    }
    *edits = (now() - from) / 3;
    ent_doc_free(d);
    return took;
}

int main(void)
{
    static const char *const units[] = {
        "a",           "A",    ".",    "!",   "\"",  "'",     "\n",      " ",        "`",
        "``",          "*",    "(",    "[",   "](",  "[[",    "<a",      ">",        "-",
        "\\cite{",     "&a",   "A ",   "A. ", "Aa ", "U.S. ", "a.a",     "a@a.",     "http://",
        "1",           "1,",   "|",    "\t",  "> ",  "* ",    "# ",      "\xC3\xA9", "\xE2\x80\x9C",
        "\xFF",        "Mr. ", "a-\n", "a'",  "_a",  "&A",    ".,;:!?-", "Orlov ",   "Kenya Acme ",
        "Ana Bo Bank "};
    docs_held held;
    const ent_model *m = docs_open(&held);
    uint32_t n = (uint32_t)tap_setting("KILOBYTES", 256) << 10;
    char *s = malloc(n + 512);
    uint64_t seed = 5;
    double edits, worst_edit = 0;
    uint32_t k = docs_prose(s, n, &seed);
    double prose = cost(m, s, k, &edits) * n / k;
    printf("# prose %.0f ms\n", prose * 1e3);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        char name[80];
        fill(s, n, units[i]);
        double t = cost(m, s, n, &edits);
        snprintf(name, sizeof name, "unit %zu: %.1f times prose, an edit %.2f ms", i, t / prose,
                 edits * 1e3);
        tap_ok(t < prose * DEARER + 0.1, name);
        if (edits > worst_edit) worst_edit = edits;
    }
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
        char name[120];
        fill_chain(s, n, i);
        double t = cost(m, s, n, &edits);
        snprintf(name, sizeof name, "%s: %.1f times prose, an edit %.2f ms", chains[i].what,
                 t / prose, edits * 1e3);
        tap_ok(t < prose * 8 + 0.1, name);
        if (edits > worst_edit) worst_edit = edits;
    }
    fill_names(s, n, &seed);
    double t = cost(m, s, n, &edits);
    char name[80];
    snprintf(name, sizeof name, "names, each another: %.1f times prose", t / prose);
    tap_ok(t < prose * DEARER + 0.1, name);
    tap_ok(worst_edit < prose * 6 + 0.1, "an edit costs no more than all of it");
    free(s);
    docs_close(&held);
    return tap_done();
}
