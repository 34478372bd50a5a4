/* bench_tag MODEL [TEXT [MEGABYTES]]: the whole analysis on one thread: sentences, tokens, tagging,
 * mentions and claims, then linking, then the answers; also what doubling the text does to it. */
#include "bench.h"

/* Seconds of each step for one text. */
typedef struct steps {
    double split, analysed, linked, answered;
    size_t tokens, mentions, stances;
} steps;

/* Words, numbers and marks, as the tokeniser cuts them. */
static size_t count_tokens(const ent_doc *d, const char *text)
{
    ent_tokens t = {0};
    size_t k = 0;
    for (uint32_t i = 0; i < d->n; i++) {
        const ent_sent *s = &d->sents[i];
        if (!(s->flags & ENT_S_SKIP) && !ent_tokenise(text + s->start, s->len, s->flags, NULL, &t))
            k += t.n;
    }
    ent_free(NULL, t.at, t.cap * sizeof *t.at);
    return k;
}

static steps measure(const ent_model *m, const char *text, size_t n)
{
    steps s = {0};
    ent_doc *d = NULL;
    const ent_mention *mentions;
    const ent_stance *stances;
    size_t entities;
    double t0 = bench_now();
    if (ent_doc_new(m, text, n, NULL, &d)) exit(1);
    double t1 = bench_now();
    if (ent_doc_advance(d, 0, NULL)) exit(1);
    double t2 = bench_now();
    if (ent_doc_entities(d, &entities)) exit(1);
    double t3 = bench_now();
    if (ent_doc_mentions(d, (ent_span){0, (uint32_t)n}, &mentions, &s.mentions) ||
        ent_doc_stances(d, &stances, &s.stances))
        exit(1);
    s.split = t1 - t0;
    s.analysed = t2 - t1;
    s.linked = t3 - t2;
    s.answered = bench_now() - t3;
    s.tokens = count_tokens(d, text);
    ent_doc_free(d);
    return s;
}

/* Seconds of each stage up to mentions, sentence by sentence as a document does it. */
typedef struct stages {
    double split, tokens, lists, names, mentions, whole;
} stages;

/* The stages of one sentence, each timed when `out` is given. */
static void run_stages(const ent_model *m, const char *s, const ent_sent *sent, ent_work *w,
                       stages *out)
{
    double t[5] = {0};
    if (out) t[0] = bench_now();
    w->hits.n = 0;
    ent_status st = ent_tokenise(s, sent->len, sent->flags, NULL, &w->tokens);
    const ent_token *at = w->tokens.at;
    uint32_t n = w->tokens.n;
    if (out) t[1] = bench_now();
    if (!st) st = ent_gaz_match(m->gaz, s, at, n, NULL, &w->hits);
    if (out) t[2] = bench_now();
    if (!st) st = ent_tag(m, s, at, n, &w->hits, sent->flags, NULL, &w->tag, &w->names);
    if (out) t[3] = bench_now();
    if (!st)
        st = ent_find_mentions(m, s, at, n, &w->hits, &w->names, sent->flags, NULL, &w->mentions);
    if (st) exit(1);
    if (!out) return;
    t[4] = bench_now();
    out->tokens += t[1] - t[0];
    out->lists += t[2] - t[1];
    out->names += t[3] - t[2];
    out->mentions += t[4] - t[3];
}

/* All sentences; `whole` is timed by another run, without a clock at every stage. */
static stages up_to_mentions(const ent_model *m, const char *text, size_t n, int apart)
{
    stages s = {0};
    ent_work w = {0};
    ent_doc *d = NULL;
    double t0 = bench_now();
    if (ent_doc_new(m, text, n, NULL, &d)) exit(1);
    s.split = bench_now() - t0;
    for (uint32_t i = 0; i < d->n; i++)
        if (!(d->sents[i].flags & ENT_S_SKIP))
            run_stages(m, text + d->sents[i].start, &d->sents[i], &w, apart ? &s : NULL);
    s.whole = bench_now() - t0;
    ent_work_free(&w, NULL);
    ent_doc_free(d);
    return s;
}

/* The quickest of some runs: others use this machine, too. */
static stages best_stages(const ent_model *m, const char *text, size_t n)
{
    stages least = up_to_mentions(m, text, n, 1);
    least.whole = up_to_mentions(m, text, n, 0).whole;
    for (int i = 1; i < 5; i++) {
        stages s = up_to_mentions(m, text, n, 1);
        double whole = up_to_mentions(m, text, n, 0).whole;
        whole = s.whole = whole < least.whole ? whole : least.whole;
        if (s.names < least.names) least = s;
        least.whole = whole;
    }
    return least;
}

static double all_of(steps s)
{
    return s.split + s.analysed + s.linked + s.answered;
}

int main(int argc, char **argv)
{
    double took;
    size_t n = (argc > 3 ? strtoull(argv[3], NULL, 10) : 4) << 20;
    ent_model *m = bench_model(argc > 1 ? argv[1] : "model/entente.model", &took);
    char *text = bench_text(argc > 2 ? argv[2] : NULL, &n);
    steps half = measure(m, text, n / 2), s = measure(m, text, n);
    double analysed = s.split + s.analysed, mb = (double)n / 1e6;
    stages each = best_stages(m, text, n);
    printf("%.1f MB, %zu tokens, %zu mentions, %zu stances\n", mb, s.tokens, s.mentions, s.stances);
    printf("%-44s %8.2f MB/s %8.2f M tokens/s  asked 1: %s\n", "up to mentions", mb / each.whole,
           (double)s.tokens / each.whole / 1e6,
           (double)s.tokens / each.whole >= 1e6 ? "met" : "NOT MET");
    printf("split %.0f ms, tokens %.0f ms, lists %.0f ms, names %.0f ms, mentions %.0f ms\n",
           each.split * 1e3, each.tokens * 1e3, each.lists * 1e3, each.names * 1e3,
           each.mentions * 1e3);
    printf("%-44s %8.2f MB/s %8.2f M tokens/s\n", "up to mentions and claims", mb / analysed,
           (double)s.tokens / analysed / 1e6);
    printf("%-44s %8.2f MB/s %8.2f M tokens/s\n", "everything", mb / all_of(s),
           (double)s.tokens / all_of(s) / 1e6);
    printf("split %.0f ms, analysed %.0f ms, linked %.0f ms, answered %.0f ms\n", s.split * 1e3,
           s.analysed * 1e3, s.linked * 1e3, s.answered * 1e3);
    printf("twice the text takes %.2f times as long\n", all_of(s) / all_of(half));
    free(text);
    ent_model_close(m);
    return 0;
}
