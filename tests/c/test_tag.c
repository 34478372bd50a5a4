/* The tagger: order and bounds of names, equal answers, damaged sections, short memory, time. */
#include "make_model.h"
#include "tag.h"
#include "tap.h"

#include <stdio.h>
#include <time.h>

typedef struct bench { /* all that tagging one sentence takes */
    const ent_model *m;
    const ent_memory *mem;
    ent_tokens tok;
    ent_gaz_hits hits;
    ent_tag_work work;
    ent_names names;
} bench;

static ent_status run(bench *b, const char *s, size_t n, unsigned flags)
{
    ent_status st = ent_tokenise(s, (uint32_t)n, flags, b->mem, &b->tok);
    b->hits.n = 0;
    if (!st && b->m->gaz) st = ent_gaz_match(b->m->gaz, s, b->tok.at, b->tok.n, b->mem, &b->hits);
    if (!st)
        st = ent_tag(b->m, s, b->tok.at, b->tok.n, &b->hits, flags, b->mem, &b->work, &b->names);
    return st;
}

static void drop(bench *b)
{
    ent_free(b->mem, b->tok.at, b->tok.cap * sizeof *b->tok.at);
    ent_free(b->mem, b->hits.at, b->hits.cap * sizeof *b->hits.at);
    ent_free(b->mem, b->hits.word, b->hits.cap_word * sizeof *b->hits.word);
    ent_free(b->mem, b->work.p, b->work.cap);
    ent_names_free(&b->names, b->mem);
}

/* In order, inside the sentence, not overlapping, of a known type. */
static int sound(const bench *b)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < b->names.n; i++) {
        const ent_name *nm = &b->names.at[i];
        if (nm->first < at || nm->n == 0 || nm->n > b->tok.n - nm->first) return 0;
        if (nm->type >= ENT_NER_TYPES || nm->doubtful > 1) return 0;
        at = nm->first + nm->n;
    }
    return 1;
}

/* The shipped model's bytes; NULL when it has not been packed. */
static void *read_model(size_t *n)
{
    FILE *f = fopen("model/entente.model", "rb");
    if (!f) return NULL;
    fseek(f, 0, SEEK_END);
    *n = (size_t)ftell(f);
    rewind(f);
    void *p = malloc(*n);
    if (p && fread(p, 1, *n, f) != *n) *n = 0;
    fclose(f);
    return p;
}

static const char *const WORDS[] = {"The",
                                    "Ministry",
                                    "of",
                                    "Angela",
                                    "Merkel",
                                    "said",
                                    ",",
                                    "US",
                                    "U.S.",
                                    "Bank",
                                    "-",
                                    "based",
                                    ".",
                                    "'s",
                                    "in",
                                    "Kyiv",
                                    "president",
                                    "NATO",
                                    "(",
                                    ")",
                                    "and",
                                    "\xc3\x89lys\xc3\xa9"
                                    "e",
                                    "\xff\xfe",
                                    "42",
                                    "van",
                                    "der",
                                    "Party",
                                    "\"",
                                    "on",
                                    "Monday",
                                    "https://x.org/A",
                                    "EU",
                                    "Will",
                                    "May",
                                    "talks",
                                    "\n",
                                    "**Bold**"};

static size_t random_text(char *out, size_t size, uint32_t words, uint64_t *rnd)
{
    size_t n = 0;
    for (uint32_t i = 0; i < words; i++) {
        const char *w = WORDS[tap_below(rnd, sizeof WORDS / sizeof *WORDS)];
        size_t k = strlen(w);
        if (n + k + 1 >= size) break;
        memcpy(out + n, w, k);
        n += k;
        out[n++] = ' ';
    }
    return n;
}

static void test_random(const ent_model *m)
{
    static char s[8192];
    uint64_t rnd = tap_setting("SEED", 7);
    bench a = {.m = m};
    int good = 1, same = 1, why_good = 1;
    for (int k = 0; k < 2000; k++) {
        size_t n = random_text(s, 4000, tap_below(&rnd, 60), &rnd);
        bench b = {.m = m};
        good &= run(&a, s, n, 0) == ENT_OK && sound(&a);
        same &= run(&b, s, n, 0) == ENT_OK && b.names.n == a.names.n &&
                (!b.names.n || !memcmp(a.names.at, b.names.at, b.names.n * sizeof *b.names.at));
        for (uint32_t i = 0; i < b.names.n; i++) {
            ent_why w;
            ent_name nm = b.names.at[i];
            why_good &= ent_tag_why(m, s, b.tok.at, b.tok.n, &b.hits, 0, NULL, &b.work, &nm, &w) ==
                            ENT_OK &&
                        w.n <= ENT_WHY_MAX && w.score == nm.score;
        }
        drop(&b);
    }
    tap_ok(good, "names of random sentences are in order and in bounds");
    tap_ok(same, "the same sentence gives the same names, whatever was tagged before");
    tap_ok(why_good, "every name can be explained, with its own score");
    drop(&a);
}

static void test_edges(const ent_model *m)
{
    static char s[8192];
    bench b = {.m = m};
    tap_ok(run(&b, "", 0, 0) == ENT_OK && b.names.n == 0, "an empty sentence has no names");
    size_t n = 0;
    while (n + 4 < 4096)
        memcpy(s + n, "Abc ", 4), n += 4;
    tap_ok(run(&b, s, n, 0) == ENT_OK && sound(&b), "a sentence of capitalised words alone");
    memset(s, 'A', 4096);
    tap_ok(run(&b, s, 4096, 0) == ENT_OK && sound(&b), "one word as long as a sentence may be");
    memset(s, '.', 4096);
    tap_ok(run(&b, s, 4096, 0) == ENT_OK && sound(&b), "nothing but points");
    static const char text[] = "Angela Merkel met Vladimir Putin in Moscow on Monday.";
    int ok = run(&b, text, sizeof text - 1, 0) == ENT_OK && b.names.n >= 3 &&
             b.names.at[0].type == ENT_NER_PER && b.names.at[1].type == ENT_NER_PER &&
             b.names.at[2].type == ENT_NER_LOC;
    tap_ok(ok, "two people and a place are found");
    ent_why w;
    ent_name wrong = {.first = b.tok.n, .n = 1};
    tap_ok(ent_tag_why(m, text, b.tok.at, b.tok.n, &b.hits, 0, NULL, &b.work, &wrong, &w) ==
               ENT_EARG,
           "a name outside the sentence is a bad argument");
    drop(&b);
}

/* ---- memory -------------------------------------------------------------------------------- */

typedef struct budget {
    long left;
    long held;
} budget;

static void *limited(void *ctx, void *p, size_t old_size, size_t size)
{
    budget *g = ctx;
    if (size && g->left-- <= 0) return NULL;
    g->held += (size != 0) - (p != NULL);
    (void)old_size;
    if (size) return realloc(p, size);
    free(p);
    return NULL;
}

static void test_memory(const ent_model *m)
{
    static const char text[] =
        "The Bank of England and the European Union met Angela Merkel in Kyiv.";
    int good = 1, done = 0;
    budget g = {0, 0};
    ent_memory mem = {limited, &g};
    for (long k = 0; k < 40 && !done; k++) {
        bench b = {.m = m, .mem = &mem};
        g.left = k;
        ent_status st = run(&b, text, sizeof text - 1, 0);
        good &= st == ENT_OK || st == ENT_ENOMEM;
        done = st == ENT_OK;
        drop(&b);
        good &= g.held == 0;
    }
    tap_ok(good && done, "short memory is told, nothing is lost");
}

/* ---- damaged sections ---------------------------------------------------------------------- */

static make_bytes file;

static ent_status open_tag(const uint8_t *p, size_t n, const char *id, ent_model **m)
{
    make_section s = {id, 1, p, n};
    make_model(&file, &s, 1);
    return ent_model_open(make_at(&file, 0), file.n, NULL, m);
}

static void test_damage(void)
{
    static uint8_t sec[832 + 64 * 16];
    uint64_t rnd = tap_setting("SEED", 11);
    ent_model *m = NULL;
    int refused = 1, survived = 1;
    make_put(sec, 16, 4), make_put(sec + 4, 15, 4), make_put(sec + 8, 24, 4);
    tap_ok(open_tag(sec, sizeof sec, "TAG_", &m) == ENT_OK, "a section of zero weights opens");
    ent_model_close(m);
    for (size_t n = 0; n < sizeof sec; n += 13)
        refused &= open_tag(sec, n, "TAG_", &m) == ENT_EMODEL;
    tap_ok(refused, "a section cut short is refused");
    for (int k = 0; k < 300; k++) {
        for (size_t i = 16; i < sizeof sec; i++)
            sec[i] = (uint8_t)tap_random(&rnd);
        if (k & 1) sec[tap_below(&rnd, 12)] = (uint8_t)tap_random(&rnd);
        ent_status st = open_tag(sec, sizeof sec, "TAG_", &m);
        survived &= st == ENT_OK || st == ENT_EMODEL;
        if (st) continue;
        bench b = {.m = m};
        survived &= run(&b, "Angela Merkel met NATO in Kyiv .", 32, 0) == ENT_OK && sound(&b);
        drop(&b);
        ent_model_close(m);
        make_put(sec, 16, 4), make_put(sec + 4, 15, 4), make_put(sec + 8, 24, 4);
    }
    tap_ok(survived, "random weights do no harm");
    survived = 1;
    for (int k = 0; k < 300; k++) {
        for (size_t i = 0; i < 256; i++)
            sec[i] = (uint8_t)tap_random(&rnd);
        make_put(sec, 1 + tap_below(&rnd, 20), 4);
        make_put(sec + 4, tap_below(&rnd, 8), 4), make_put(sec + 8, tap_below(&rnd, 9), 4);
        ent_status st = open_tag(sec, 16 + tap_below(&rnd, 400), "CLUS", &m);
        survived &= st == ENT_OK || st == ENT_EMODEL;
        if (!st) ent_model_close(m);
    }
    tap_ok(survived, "random word classes are refused or harmless");
}

/* ---- time ---------------------------------------------------------------------------------- */

static double seconds_a_token(const ent_model *m, uint32_t words)
{
    static char s[8192];
    bench b = {.m = m};
    uint64_t rnd = 5;
    double tokens = 0;
    clock_t t0 = clock();
    while (tokens < 200000) {
        size_t n = random_text(s, 4000, words, &rnd);
        if (run(&b, s, n, 0)) return 1e9;
        tokens += b.tok.n ? b.tok.n : 1;
    }
    drop(&b);
    return (double)(clock() - t0) / CLOCKS_PER_SEC / tokens;
}

int main(void)
{
    size_t n = 0;
    void *p = read_model(&n);
    ent_model *m = NULL;
    test_damage();
    if (!tap_ok(p && ent_model_open(p, n, NULL, &m) == ENT_OK && m->tagger,
                "the shipped model opens")) {
        free(p);
        return tap_done();
    }
    test_random(m);
    test_edges(m);
    test_memory(m);
    double small = seconds_a_token(m, 20), large = seconds_a_token(m, 380);
    printf("# %.0f ns a token in short sentences, %.0f in long ones\n", small * 1e9, large * 1e9);
    tap_ok(large < 3 * small, "time grows with the tokens, not faster");
    ent_model_close(m);
    free(p);
    return tap_done();
}
