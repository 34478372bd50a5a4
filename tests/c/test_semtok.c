/* semtok: tokens kept through random edits equal those made afresh, and the difference turns the
 * last ones into them. Failing memory at any point loses no more than speed. Settings: SEED, EDITS.
 */
#include "docs.h"
#include "semtok.h"

enum { ROOM = 1 << 16 };

static const ent_semtok_style styles[] = {
    {.type = {0, 1, 2, 3, 1, 4}, .first = 1, .against = 2, .said = 4, .cue = 5, .unit = ENT_BYTE},
    {.type = {0, 1, 2, 3, 1, 4}, .first = 1, .cue = 5, .unit = ENT_UTF16},
    {.type = {0, 1, 2, 3, 1, 4}, .first = 0, .cue = -1, .unit = ENT_CODEPOINT},
};

typedef struct kept { /* a text, all that is kept of it, and what its client knows */
    ent_doc *d;
    ent_lines lines;
    ent_semtoks toks;
    uint32_t *known, n_known;
} kept;

/* What the client makes of the edits it is told. */
static void put_in(kept *k)
{
    const ent_semtoks *t = &k->toks;
    uint32_t *p = malloc((t->n + 1) * sizeof *p), n = 0, from = 0;
    if (!p) exit(2);
    for (uint32_t i = 0; i <= t->n_edits; i++) {
        ent_semtok_edit e = i < t->n_edits ? t->edits[i] : (ent_semtok_edit){k->n_known, 0, 0, 0};
        if (e.from < from || n + (e.from - from) + e.new_n > t->n) break;
        if (e.from > from) memcpy(p + n, k->known + from, (e.from - from) * sizeof *p);
        n += e.from - from;
        if (e.new_n) memcpy(p + n, t->at + e.at, e.new_n * sizeof *p);
        n += e.new_n;
        from = e.from + e.old_n;
    }
    free(k->known);
    k->known = p;
    k->n_known = n;
}

/* Tokens made afresh of the text as it is are those kept, and what the client knows. */
static int as_afresh(kept *k, const ent_semtok_style *style, char *text)
{
    kept f = {0};
    uint32_t n = ent_doc_length(k->d);
    ent_doc_copy(k->d, (ent_span){0, n}, text);
    int good = !ent_doc_new(k->d->model, text, n, NULL, &f.d) &&
               !ent_lines_make(&f.lines, text, n, NULL) &&
               !ent_semtok_update(&f.toks, f.d, &f.lines, style, NULL);
    size_t size = f.toks.n * sizeof *f.toks.at;
    good = good && k->toks.n == f.toks.n && k->n_known == f.toks.n &&
           (!size || (!memcmp(k->toks.at, f.toks.at, size) && !memcmp(k->known, f.toks.at, size)));
    ent_semtok_free(&f.toks, NULL);
    ent_lines_free(&f.lines, NULL);
    ent_doc_free(f.d);
    return good;
}

/* One edit of either a little, a line or a lot. */
static int change(kept *k, uint64_t *seed)
{
    static const char *const bits[] = {"x",
                                       " ",
                                       "\n",
                                       "\r\n",
                                       "\n\n",
                                       "\xC3\xA9",
                                       "\xF0\x9F\x98\x80",
                                       ". ",
                                       "Angela Merkel ",
                                       "\xC3",
                                       "\"",
                                       "Russia rejected the deal. ",
                                       "Vladimir\nPutin said "};
    uint32_t len = ent_doc_length(k->d), at = tap_below(seed, len + 1);
    uint32_t removed = tap_below(seed, 2) ? tap_below(seed, tap_below(seed, 8) ? 4 : 400) : 0;
    const char *add = bits[tap_below(seed, sizeof bits / sizeof *bits)];
    uint32_t n = tap_below(seed, 3) ? (uint32_t)strlen(add) : 0;
    if (removed > len - at) removed = len - at;
    return !ent_doc_edit(k->d, at, removed, add, n) &&
           !ent_lines_edit(&k->lines, at, removed, add, n, NULL);
}

static int batch(const ent_model *m, const ent_semtok_style *style, uint64_t *seed)
{
    static char text[ROOM];
    kept k = {0};
    uint32_t n = docs_prose(text, 300 + tap_below(seed, 3000), seed);
    int good = !ent_doc_new(m, text, n, NULL, &k.d) && !ent_lines_make(&k.lines, text, n, NULL);
    for (int i = 0; i < 40 && good; i++) {
        if (i) good = change(&k, seed);
        if (i && tap_below(seed, 3) == 0) continue; /* several edits between two questions */
        good = good && !ent_semtok_update(&k.toks, k.d, &k.lines, style, NULL);
        if (tap_below(seed, 4) == 0) continue; /* a question whose answer the client never saw */
        good = good && !ent_semtok_take(&k.toks, NULL);
        put_in(&k);
        good = good && as_afresh(&k, style, text);
    }
    free(k.known);
    ent_semtok_free(&k.toks, NULL);
    ent_lines_free(&k.lines, NULL);
    ent_doc_free(k.d);
    return good;
}

static void random_edits(const ent_model *m)
{
    uint64_t first = tap_setting("SEED", 20240119), edits = tap_setting("EDITS", 3000), bad = 0;
    for (uint64_t i = 0; i * 40 < edits && !bad; i++) {
        uint64_t seed = first + i;
        if (!batch(m, &styles[i % 3], &seed)) bad = first + i;
    }
    printf("# seeds from %llu, %llu edits\n", (unsigned long long)first, (unsigned long long)edits);
    if (bad) printf("# fails with SEED=%llu\n", (unsigned long long)bad);
    tap_ok(!bad, "tokens kept through edits are those made afresh; differences lead to them");
}

typedef struct scarce { /* memory that fails once, at the left-th call */
    long left;
} scarce;

static void *scarce_realloc(void *ctx, void *p, size_t old, size_t size)
{
    scarce *s = ctx;
    (void)old;
    if (!size) {
        free(p);
        return NULL;
    }
    return s->left-- == 0 ? NULL : realloc(p, size);
}

/* Whenever memory is short in an update, the next one makes good. */
static void short_memory(const ent_model *m)
{
    static char text[ROOM];
    uint64_t seed = 5;
    uint32_t n = docs_prose(text, 2000, &seed);
    int good = 1, failed = 1;
    for (long at = 0; failed && good; at++) {
        scarce s = {at};
        ent_memory mem = {scarce_realloc, &s};
        kept k = {0};
        good = !ent_doc_new(m, text, n, NULL, &k.d) && !ent_lines_make(&k.lines, text, n, NULL);
        failed = good && ent_semtok_update(&k.toks, k.d, &k.lines, &styles[0], &mem);
        if (!failed) {
            s.left = at / 2;
            good = good && change(&k, &seed);
            ent_semtok_update(&k.toks, k.d, &k.lines, &styles[0], &mem);
        }
        s.left = -1;
        good = good && !ent_semtok_update(&k.toks, k.d, &k.lines, &styles[0], &mem);
        s.left = at % 3; /* what could not be told is told the next time */
        if (good && ent_semtok_take(&k.toks, &mem)) good = !ent_semtok_take(&k.toks, NULL);
        s.left = -1;
        put_in(&k);
        good = good && as_afresh(&k, &styles[0], text);
        free(k.known);
        ent_semtok_free(&k.toks, &mem);
        ent_lines_free(&k.lines, NULL);
        ent_doc_free(k.d);
    }
    tap_ok(good, "a failed update is made good by the next");
}

int main(void)
{
    docs_held held;
    const ent_model *m = docs_open(&held);
    random_edits(m);
    short_memory(m);
    docs_close(&held);
    return tap_done();
}
