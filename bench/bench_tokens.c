/* bench_tokens [TEXT]: megabytes a second of the first stages alone: checking UTF-8, cutting
 * sentences, cutting tokens. */
#include "bench.h"
#include "utf8.h"

enum { ROUNDS = 7 };

typedef struct cut {
    uint32_t start, len;
    unsigned flags;
} cut;

static size_t sentences(const char *s, size_t n, cut *out)
{
    ent_sent_state st = {0};
    size_t k = 0;
    for (size_t at = 0; at < n; k++) {
        cut c = {.start = (uint32_t)at};
        c.len = ent_sent_next(s + at, n - at, at == 0, 0, &st, &c.flags);
        if (out) out[k] = c;
        at += c.len;
    }
    return k;
}

static void report(const char *what, double best, size_t n, size_t count, const char *of)
{
    printf("%-20s %8.1f MB/s   %zu %s\n", what, (double)n / best / 1e6, count, of);
}

int main(int argc, char **argv)
{
    size_t n = 0, first, bad = 0, tokens = 0, k = 0;
    char *s = bench_text(argc > 1 ? argv[1] : NULL, &n);
    double check = 1e9, split = 1e9, lex = 1e9;
    cut *cuts = malloc((sentences(s, n, NULL) + 1) * sizeof *cuts);
    ent_tokens t = {0};
    if (!cuts) return 1;
    for (int r = 0; r < ROUNDS; r++) {
        double a = bench_now();
        bad = ent_utf8_check(s, n, &first);
        double b = bench_now();
        k = sentences(s, n, cuts);
        double c = bench_now();
        tokens = 0;
        for (size_t i = 0; i < k; i++) {
            if (ent_tokenise(s + cuts[i].start, cuts[i].len, cuts[i].flags, NULL, &t)) return 1;
            tokens += t.n;
        }
        double e = bench_now();
        if (b - a < check) check = b - a;
        if (c - b < split) split = c - b;
        if (e - c < lex) lex = e - c;
    }
    report("UTF-8 checked", check, n, bad, "bad bytes");
    report("sentences", split, n, k, "sentences");
    report("tokens", lex, n, tokens, "tokens");
    free(cuts);
    free(s);
    return 0;
}
