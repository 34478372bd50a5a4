/* doc: random edits and their inverses; after each the document equals one made afresh, and its
 * text that of a plain array. Settings: SEED, EDITS (100000 for the long run). */
#include "docs.h"

enum { ROOM = 1 << 16, BATCH = 60 };

typedef struct plain { /* the naive model: text in one array */
    char s[ROOM];
    uint32_t n;
} plain;

typedef struct edit {
    uint32_t at, removed, added;
    char old[400], add[400];
} edit;

static void plain_edit(plain *p, const edit *e)
{
    memmove(p->s + e->at + e->added, p->s + e->at + e->removed, p->n - e->at - e->removed);
    memcpy(p->s + e->at, e->add, e->added);
    p->n += e->added - e->removed;
}

/* Something to put in: letters, marks, halves of characters, whole sentences; now and then what
 * turns the text behind it into code or back. */
static uint32_t random_bit(char *out, uint64_t *seed)
{
    static const char *const bits[] = {"a",
                                       "B",
                                       " ",
                                       "\n",
                                       "\n\n",
                                       ".",
                                       ". ",
                                       "\"",
                                       "\xE2\x80\x9C",
                                       "\xE2\x80\x9D",
                                       "\xE2",
                                       "\x80",
                                       "\xC3",
                                       "\xA9",
                                       "\xFF",
                                       "\r\n",
                                       "# ",
                                       "> ",
                                       "* ",
                                       "1. ",
                                       "---\n",
                                       "| ",
                                       "\t",
                                       "    ",
                                       "(",
                                       "]",
                                       "'",
                                       "`",
                                       "Putin",
                                       "Angela Merkel said ",
                                       "U.S. ",
                                       "The ",
                                       "Mr. ",
                                       "Vladimir ",
                                       "said",
                                       "Russia rejected the plan. ",
                                       "\n\nAnother paragraph\n\n",
                                       "he demanded a ceasefire",
                                       "===\n",
                                       "NATO",
                                       "They met. ",
                                       "Mr. Smith, who leads the party, agreed.\n"};
    static const char *const blocks[] = {
        "```\n",   "\n```\n",     "<!--", "-->", "\\begin{verbatim}\n", "\\end{verbatim}\n",
        "\n~~~\n", "Subject: x\n"};
    uint32_t n = 0, k = 1 + (tap_below(seed, 4) == 0 ? tap_below(seed, 6) : 0);
    while (k--) {
        const char *b = tap_below(seed, 40) ? bits[tap_below(seed, sizeof bits / sizeof *bits)]
                                            : blocks[tap_below(seed, 8)];
        memcpy(out + n, b, strlen(b));
        n += (uint32_t)strlen(b);
    }
    if (tap_below(seed, 20) == 0) out[n++] = '\0';
    return n;
}

static edit random_edit(const plain *p, uint64_t *seed)
{
    edit e = {.at = tap_below(seed, p->n + 1)};
    uint32_t left = p->n - e.at, kind = tap_below(seed, 4);
    if (kind) e.added = random_bit(e.add, seed);
    if (kind != 1) e.removed = tap_below(seed, tap_below(seed, 5) ? 4 : 300);
    if (e.removed > left) e.removed = left;
    memcpy(e.old, p->s + e.at, e.removed);
    return e;
}

static edit inverse(const edit *e)
{
    edit i = {.at = e->at, .removed = e->added, .added = e->removed};
    memcpy(i.add, e->old, e->removed);
    return i;
}

/* Does the edit to both and compares with a document made afresh. */
static int step(ent_doc *d, plain *p, const edit *e, uint64_t *seed)
{
    ent_doc *fresh = NULL;
    plain_edit(p, e);
    if (ent_doc_edit(d, e->at, e->removed, e->add, e->added)) return 0;
    if (tap_below(seed, 3) == 0) return docs_text_is(d, p->s, p->n);
    int good = ent_doc_new(d->model, p->s, p->n, NULL, &fresh) == ENT_OK &&
               docs_text_is(d, p->s, p->n) && docs_same_sentences(d, fresh);
    if (good && tap_below(seed, 2)) { /* some questions before all is analysed */
        const ent_mention *m;
        size_t n;
        uint32_t at = tap_below(seed, p->n + 1);
        good = ent_doc_mentions(d, (ent_span){at, at + 80 < p->n ? at + 80 : p->n}, &m, &n) == 0;
    }
    if (good && tap_below(seed, 2)) /* some of the work in slices */
        good = ent_doc_advance(d, 1 + tap_below(seed, 900), NULL) == ENT_OK;
    if (good && tap_below(seed, 2)) good = docs_same(d, fresh);
    ent_doc_free(fresh);
    return good;
}

/* A batch of edits, then their inverses in turn; all is as at first. */
static int batch(const ent_model *m, plain *p, uint64_t *seed)
{
    static edit done[BATCH];
    static char before[ROOM];
    ent_doc *d = NULL, *fresh = NULL;
    uint32_t n = 0, length = 0;
    p->n = docs_prose(p->s, 500 + tap_below(seed, 3000), seed);
    memcpy(before, p->s, p->n);
    length = p->n;
    int good = ent_doc_new(m, p->s, p->n, NULL, &d) == ENT_OK;
    while (good && n < BATCH) {
        done[n] = random_edit(p, seed);
        good = step(d, p, &done[n++], seed);
    }
    while (good && n > 0) {
        edit back = inverse(&done[--n]);
        good = step(d, p, &back, seed);
    }
    good = good && p->n == length && memcmp(before, p->s, length) == 0 &&
           ent_doc_new(m, before, length, NULL, &fresh) == ENT_OK && docs_same(d, fresh);
    ent_doc_free(fresh);
    ent_doc_free(d);
    return good;
}

static void random_edits(const ent_model *m)
{
    static plain p;
    uint64_t first = tap_setting("SEED", 20240119), edits = tap_setting("EDITS", 3600), bad = 0;
    for (uint64_t k = 0; k * 2 * BATCH < edits && !bad; k++) {
        uint64_t seed = first + k;
        if (!batch(m, &p, &seed)) bad = first + k;
    }
    printf("# seeds from %llu, %llu edits\n", (unsigned long long)first, (unsigned long long)edits);
    if (bad) printf("# fails with SEED=%llu\n", (unsigned long long)bad);
    tap_ok(!bad, "edits and their inverses: as made afresh each time");
}

/* Bad arguments and the edges. */
static void edges(const ent_model *m)
{
    ent_doc *d = NULL;
    ent_span s;
    ent_mention at;
    const ent_mention *first;
    size_t n;
    int done = 0;
    tap_ok(ent_doc_new(m, NULL, 0, NULL, &d) == ENT_OK && ent_doc_length(d) == 0, "empty text");
    tap_ok(ent_doc_mentions(d, (ent_span){0, 0}, &first, &n) == ENT_OK && n == 0, "no mentions");
    tap_ok(ent_doc_at(d, 0, &at) == ENT_OK && at.start == at.end, "nothing at its end");
    tap_ok(ent_doc_sentence(d, 0, &s) == ENT_EARG, "no sentence at its end");
    tap_ok(ent_doc_advance(d, 0, &done) == ENT_OK && done, "an empty text is done");
    tap_ok(ent_doc_edit(d, 1, 0, "x", 1) == ENT_EARG, "an edit past the end");
    tap_ok(ent_doc_edit(d, 0, 1, "x", 1) == ENT_EARG, "removal past the end");
    tap_ok(ent_doc_edit(d, 0, 0, NULL, 1) == ENT_EARG, "no bytes to add");
    tap_ok(ent_doc_edit(d, 0, 0, "x", UINT32_MAX) == ENT_EARG, "text too large");
    tap_ok(ent_doc_revision(d) == 0 && ent_doc_edit(d, 0, 0, "Yes. No.", 8) == ENT_OK &&
               ent_doc_revision(d) == 1,
           "the revision counts edits");
    tap_ok(ent_doc_sentence(d, 6, &s) == ENT_OK && s.start == 5 && s.end == 8, "a sentence");
    tap_ok(ent_doc_copy(d, (ent_span){5, 9}, NULL) == ENT_EARG, "copy past the end");
    ent_doc *none = d;
    tap_ok(ent_doc_new(NULL, "x", 1, NULL, &none) == ENT_EARG && none == NULL, "no model");
    ent_doc_free(d);
    ent_doc_free(NULL);
}

/* Analysis in slices ends where analysis in one go does. */
static void slices(const ent_model *m)
{
    static char text[30000];
    uint64_t seed = 7;
    uint32_t n = docs_prose(text, sizeof text, &seed), steps = 0;
    ent_doc *a = NULL, *b = NULL;
    int done = 0;
    int good =
        ent_doc_new(m, text, n, NULL, &a) == ENT_OK && ent_doc_new(m, text, n, NULL, &b) == 0;
    for (; good && !done; steps++)
        good = ent_doc_advance(a, 1000, &done) == ENT_OK;
    tap_ok(good && steps > 10 && steps < 60, "slices are about as large as asked for");
    tap_ok(good && docs_same(a, b), "and add up");
    ent_doc_free(a);
    ent_doc_free(b);
}

/* A view of a long text is shown before the rest is analysed, unlinked; linked afterwards. */
static void views(const ent_model *m)
{
    static char text[200000];
    uint64_t seed = 9;
    uint32_t n = docs_prose(text, sizeof text, &seed);
    ent_span view = {n / 2, n / 2 + 3000};
    ent_doc *d = NULL;
    const ent_mention *first;
    size_t k, linked = 0;
    int good = ent_doc_new(m, text, n, NULL, &d) == ENT_OK &&
               ent_doc_mentions(d, view, &first, &k) == ENT_OK;
    for (size_t i = 0; good && i < k; i++)
        linked += first[i].entity != ENT_NONE;
    tap_ok(good && linked == 0 && d->pending_bytes > n / 2, "a view alone is analysed");
    good = good && ent_doc_advance(d, 0, NULL) == ENT_OK &&
           ent_doc_mentions(d, view, &first, &k) == ENT_OK;
    for (size_t i = 0; good && i < k; i++) {
        ent_mention at;
        linked += first[i].entity != ENT_NONE;
        good = first[i].start < view.end && first[i].end > view.start &&
               ent_doc_at(d, first[i].start, &at) == ENT_OK && at.start <= first[i].start &&
               at.end > first[i].start;
    }
    tap_ok(good && (linked > 0 || !m->gaz), "and linked when all is");
    ent_doc_free(d);
}

/* A file read again with its paragraphs in another order and a few words changed: most results
 * live on, and all is as made afresh. */
static void reload(const ent_model *m)
{
    static char text[20000], other[20000];
    uint64_t seed = tap_setting("SEED", 20240120);
    int good = 1, reused = 1;
    for (int round = 0; round < 20 && good; round++) {
        uint32_t n = docs_prose(text, 12000, &seed), turn = 0;
        ent_doc *d = NULL, *fresh = NULL;
        while (turn < n / 3 || text[turn] != '\n')
            turn++;
        memcpy(other, text + turn, n - turn);
        memcpy(other + n - turn, text, turn);
        for (int k = 0; k < 3; k++)
            other[tap_below(&seed, n)] = 'x';
        good = ent_doc_new(m, text, n, NULL, &d) == ENT_OK && ent_doc_advance(d, 0, NULL) == 0;
        if (round % 2 && good) good = ent_doc_link(d) == ENT_OK;
        good = good && ent_doc_edit(d, 0, n, other, n) == ENT_OK;
        reused = reused && d && d->n_pending < d->n / 4;
        good = good && ent_doc_new(m, other, n, NULL, &fresh) == ENT_OK && docs_same(d, fresh);
        ent_doc_free(fresh);
        ent_doc_free(d);
    }
    tap_ok(good, "text in another order: as made afresh");
    tap_ok(reused, "and most of it not analysed again");
}

int main(void)
{
    docs_held held;
    const ent_model *m = docs_open(&held);
    edges(m);
    slices(m);
    views(m);
    reload(m);
    random_edits(m);
    docs_close(&held);
    return tap_done();
}
