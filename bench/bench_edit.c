/* bench_edit MODEL [TEXT]: what an edit costs in a document of 1 MB: one character put in or taken
 * out at random places, or typed one after another; each time the analysis is brought up to date
 * and the mentions of a view of 60 lines around the place are asked for. */
#include "bench.h"

enum { EDITS = 2000, LINES = 60, SIZE = 1 << 20 };

static size_t live, most;

/* The C library's allocator, with a count of bytes in use. */
static void *counted(void *ctx, void *p, size_t old, size_t size)
{
    (void)ctx;
    if (size == 0) {
        live -= old;
        free(p);
        return NULL;
    }
    void *q = realloc(p, size);
    if (!q) return NULL;
    live += size - (p ? old : 0);
    if (live > most) most = live;
    return q;
}

/* Bytes of memory that the system has given the process; 0 where that cannot be told. */
static size_t resident(void)
{
    unsigned long all = 0, here = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f) return 0;
    if (fscanf(f, "%lu %lu", &all, &here) != 2) here = 0;
    fclose(f);
    return here * 4096;
}

/* About 60 lines of 80 columns around a place. */
static ent_span view(const ent_doc *d, uint32_t at)
{
    uint32_t n = ent_doc_length(d), half = LINES * 80 / 2;
    ent_span s = {at > half ? at - half : 0, at + half < n ? at + half : n};
    return s;
}

static double one_edit(ent_doc *d, uint32_t at, uint32_t removed, const char *add, size_t *mentions)
{
    const ent_mention *m;
    double from = bench_now();
    if (ent_doc_edit(d, at, removed, add, (uint32_t)strlen(add)) ||
        ent_doc_mentions(d, view(d, at), &m, mentions))
        exit(1);
    return bench_now() - from;
}

static void random_edits(ent_doc *d)
{
    static const char *const adds[] = {"a", "e", " ", ".", "S", "\n"};
    static double t[EDITS];
    uint64_t seed = 7;
    size_t n;
    for (int i = 0; i < EDITS; i++) {
        uint32_t at = bench_random(&seed) % ent_doc_length(d);
        int remove = i % 3 == 2;
        t[i] = one_edit(d, at, (uint32_t)remove, remove ? "" : adds[bench_random(&seed) % 6], &n);
    }
    bench_print("random edit, linked, view of 60 lines", t, EDITS);
}

static void typing(ent_doc *d)
{
    static const char said[] = "Vladimir Putin told reporters that Russia would reject the plan. ";
    static double t[EDITS];
    uint32_t at = ent_doc_length(d) / 2;
    size_t n;
    for (int i = 0; i < EDITS; i++) {
        char c[2] = {said[(size_t)i % (sizeof said - 1)], 0};
        t[i] = one_edit(d, at++, 0, c, &n);
    }
    bench_print("typing in one place, the same", t, EDITS);
}

/* Letters typed into names and taken out again: each edit makes another name, and every second one
 * brings the old name back. */
static void in_names(ent_doc *d)
{
    static double t[EDITS];
    uint64_t seed = 11;
    uint32_t at = 0;
    size_t n;
    for (int i = 0; i < EDITS; i++) {
        const ent_mention *m;
        if (i % 2) {
            t[i] = one_edit(d, at, 1, "", &n);
            continue;
        }
        ent_span s = {0, 0};
        do {
            s = view(d, bench_random(&seed) % ent_doc_length(d));
            if (ent_doc_mentions(d, s, &m, &n)) exit(1);
        } while (!n);
        m += bench_random(&seed) % n;
        at = m->start + 1 + bench_random(&seed) % (m->end - m->start);
        t[i] = one_edit(d, at, 0, "k", &n);
    }
    bench_print("an edit in a name, linked, the same view", t, EDITS);
}

static void references(ent_doc *d)
{
    static double t[200];
    size_t n, entities, top = 0;
    uint32_t best = 0;
    const ent_mention *m;
    if (ent_doc_entities(d, &entities)) exit(1);
    for (uint32_t i = 0; i < entities; i++) {
        ent_entity e;
        if (ent_doc_entity(d, i, &e) == ENT_OK && e.mentions > top) {
            top = e.mentions;
            best = i;
        }
    }
    for (int i = 0; i < 200; i++) {
        double from = bench_now();
        if (ent_doc_refs(d, best, &m, &n)) exit(1);
        t[i] = bench_now() - from;
    }
    printf("%zu entities, the most frequent has %zu mentions\n", entities, top);
    bench_print("all mentions of it", t, 200);
}

/* Works through all that is pending in slices of 8 KB; seconds of the longest, and in *linking of
 * those behind the last analysis. */
static double slices(ent_doc *d, double *linking)
{
    double longest = 0, took;
    int done = 0;
    while (!done) {
        size_t pending = d->pending_bytes;
        double from = bench_now();
        if (ent_doc_advance(d, 8192, &done)) exit(1);
        took = bench_now() - from;
        if (took > longest) longest = took;
        if (!pending) *linking += took;
    }
    return longest;
}

/* A second document, linked at once. */
static void at_once(const ent_model *m, const char *text, size_t n)
{
    ent_doc *d;
    size_t entities;
    if (ent_doc_new(m, text, n, NULL, &d)) exit(1);
    if (ent_doc_analyse(d, 0, d->n)) exit(1);
    double from = bench_now();
    if (ent_doc_entities(d, &entities)) exit(1);
    printf("%-44s %15.2f ms\n", "all of it linked, at once", (bench_now() - from) * 1e3);
    ent_doc_free(d);
}

int main(int argc, char **argv)
{
    size_t n = SIZE, k;
    double took, from;
    ent_model *m = bench_model(argc > 1 ? argv[1] : "model/entente.model", &took);
    char *text = bench_text(argc > 2 ? argv[2] : NULL, &n);
    ent_memory mem = {counted, NULL};
    ent_doc *d = NULL;
    const ent_mention *first;
    printf("%-44s %15.2f ms\n", "model checked and opened", took * 1e3);
    size_t before = resident();
    from = bench_now();
    if (ent_doc_new(m, text, n, &mem, &d)) return 1;
    double made = bench_now();
    if (ent_doc_mentions(d, (ent_span){0, LINES * 80}, &first, &k)) return 1;
    printf("%-44s %15.2f ms\n", "document of 1 MB made", (made - from) * 1e3);
    printf("%-44s %15.2f ms\n", "first view analysed", (bench_now() - made) * 1e3);
    from = bench_now();
    double linking = 0, longest = slices(d, &linking);
    printf("%-44s %15.2f ms\n", "all of it analysed", (bench_now() - from - linking) * 1e3);
    printf("%-44s %15.2f ms\n", "all of it linked, in slices", linking * 1e3);
    printf("%-44s %15.2f ms\n", "longest slice of 8 KB", longest * 1e3);
    double held = (double)live / (double)n, peak = (double)most / (double)n;
    double pages = (double)(resident() - before) / (double)n;
    if (ent_doc_mentions(d, (ent_span){0, (uint32_t)n}, &first, &k)) return 1;
    printf("%zu mentions; memory in use %.2f times the text, at most %.2f; pages %.2f\n", k, held,
           peak, pages);
    at_once(m, text, n);
    references(d);
    random_edits(d);
    in_names(d);
    typing(d);
    ent_doc_free(d);
    ent_model_close(m);
    return live != 0;
}
