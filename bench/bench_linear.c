/* bench_linear MODEL [TEXT]: everything for 1, 10 and 100 MB of text: the time a byte takes must
 * not grow with the text. */
#include "bench.h"

/* Seconds for all there is to know of n bytes. */
static double analyse(const ent_model *m, const char *text, size_t n)
{
    ent_doc *d = NULL;
    size_t entities;
    double from = bench_now();
    if (ent_doc_new(m, text, n, NULL, &d) || ent_doc_advance(d, 0, NULL) ||
        ent_doc_entities(d, &entities))
        exit(1);
    double took = bench_now() - from;
    ent_doc_free(d);
    return took;
}

int main(int argc, char **argv)
{
    double took, first = 0;
    ent_model *m = bench_model(argc > 1 ? argv[1] : "model/entente.model", &took);
    for (size_t mb = 1; mb <= 100; mb *= 10) {
        size_t n = mb * 1000000;
        char *text = bench_text(argc > 2 ? argv[2] : NULL, &n);
        double each = analyse(m, text, n) / (double)n * 1e6;
        if (mb == 1) first = each;
        printf("%3zu MB %42.3f s/MB  %6.2f times as much a byte as 1 MB\n", mb, each, each / first);
        free(text);
    }
    ent_model_close(m);
    return 0;
}
