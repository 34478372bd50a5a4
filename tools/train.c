/* train - makes the tagger's section from a corpus.
 *
 * usage: train MODEL CORPUS OUT [DEV...]
 *
 * MODEL is a packed model that holds the gazetteer and the word classes; CORPUS and DEV are files
 * of corpus.lua; OUT is the section TAG_. */
#include "train.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static const char *base(const char *p)
{
    const char *s = strrchr(p, '/');
    return s ? s + 1 : p;
}

static void report(const model *m, const corpus *dev, char **names, int n)
{
    double mean = 0;
    for (int i = 0; i < n; i++) {
        prf r[4];
        if (getenv("DUMP")) {
            char path[512];
            snprintf(path, sizeof path, "%s/%s", getenv("DUMP"), base(names[i]));
            evaluate_dump = fopen(path, "w");
        }
        evaluate(m, &dev[i], r);
        if (evaluate_dump) fclose(evaluate_dump);
        evaluate_dump = NULL;
        mean += f1(r[3]) / n;
        printf("  %-30s %5.1f  (P %5.1f R %5.1f)  PER %5.1f ORG %5.1f LOC %5.1f\n", base(names[i]),
               f1(r[3]), 100.0 * r[3].tp / (r[3].np + 1e-9), 100.0 * r[3].tp / (r[3].ng + 1e-9),
               f1(r[0]), f1(r[1]), f1(r[2]));
    }
    printf("  mean %.2f\n", mean);
    fflush(stdout);
}

static double num(const char *name, double otherwise)
{
    const char *v = getenv(name);
    return v ? atof(v) : otherwise;
}

static void train(model *m, const corpus *c, const corpus *dev, char **names, int n_dev,
                  double rate, double decay, int epochs, uint64_t *seed)
{
    for (int e = 0; e < epochs; e++) {
        double t = now();
        double r = rate * (1.0 - 0.9 * e / (epochs > 1 ? epochs - 1 : 1));
        double loss = crf_epoch(m, c, (float)r, (float)decay, 0, seed);
        printf("epoch %d: loss %.4f, %.1f s\n", e + 1, loss, now() - t);
        if (e + 1 == epochs) report(m, dev, names, n_dev);
    }
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: train MODEL CORPUS OUT [DEV...]\n");
        return 2;
    }
    ent_model *em = open_model(argv[1]);
    if (!em) {
        fprintf(stderr, "train: cannot open %s\n", argv[1]);
        return 2;
    }
    double t0 = now();
    corpus c = {0};
    read_corpus(em, argv[2], NULL, &c);
    printf("%u sentences, %u tokens, %zu features, %.1f s\n", c.n_sent, c.n_tok, c.n_id,
           now() - t0);
    index_t_ x;
    index_new(&x, 26);
    index_count(&x, &c);
    uint32_t rows = index_cut(&x, (uint32_t)num("CUT", 2));
    printf("%u distinct, %u rows, %.1f s\n", x.n, rows, now() - t0);
    corpus all = c; /* fingerprints, for numbering anew */
    all.id = need(malloc(c.n_id * 4));
    all.off = need(malloc(((size_t)c.n_tok + 1) * 4));
    memcpy(all.id, c.id, c.n_id * 4);
    memcpy(all.off, c.off, ((size_t)c.n_tok + 1) * 4);
    to_rows(&c, &x);
    uint32_t *count = need(calloc(rows, 4));
    for (size_t i = 0; i < c.n_id; i++)
        count[c.id[i]]++;
    int n_dev = argc - 4;
    model m;
    crf_init(&m, rows);
    uint64_t seed = 20261124;
    int epochs = (int)num("EPOCHS", 3), more = (int)num("MORE", 3);
    double rate = num("RATE", 0.2), decay = num("DECAY", 1e-3);
    if (getenv("NET")) {
        static net z;
        corpus *dv = need(calloc((size_t)n_dev + 1, sizeof *dv));
        for (int i = 0; i < n_dev; i++)
            read_corpus(em, argv[4 + i], &x, &dv[i]);
        net_init(&z, rows, &seed);
        the_net = &z;
        use_linear = atoi(getenv("NET")) == 2;
        for (int e = 0; e < epochs; e++) {
            double t = now(),
                   r = num("NRATE", 0.1) * (1.0 - 0.9 * e / (epochs > 1 ? epochs - 1 : 1));
            double loss = net_epoch(&z, &m, &c, (float)r, (float)num("DROP", 0.1), &seed);
            printf("epoch %d: loss %.4f, %.1f s\n", e + 1, loss, now() - t);
            fflush(stdout);
            if (e + 1 >= epochs - 1) report(&m, dv, argv + 4, n_dev);
        }
        return 0;
    }
    train(&m, &c, NULL, argv, 0, rate, decay, epochs, &seed);
    corpus *dev = need(calloc((size_t)n_dev + 1, sizeof *dev));
    if (getenv("FULL")) {
        for (int i = 0; i < n_dev; i++)
            read_corpus(em, argv[4 + i], &x, &dev[i]);
        report(&m, dev, argv + 4, n_dev);
        memset(dev, 0, sizeof *dev * (size_t)n_dev);
    }
    uint32_t buckets = (uint32_t)num("BUCKETS", 40960);
    rows = keep_best(&m, &x, count, buckets);
    printf("%u rows kept\n", rows);
    to_rows(&all, &x);
    for (int i = 0; i < n_dev; i++)
        read_corpus(em, argv[4 + i], &x, &dev[i]);
    train(&m, &all, dev, argv + 4, n_dev, rate * 0.5, decay, more, &seed);
    if (pack(&m, &x, buckets, argv[3])) {
        fprintf(stderr, "train: cannot write %s\n", argv[3]);
        return 2;
    }
    return 0;
}
