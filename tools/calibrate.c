/* calibrate - fits the tagger's probabilities to how often it is right.
 *
 * usage: calibrate MODEL TAG_.bin DEV...
 *
 * Tags development files of corpus.lua with MODEL (packed with that TAG_.bin), fits for each type a
 * rising curve from raw to true probability (pool adjacent violators, Ayer et al. 1955), writes it
 * into TAG_.bin and prints the reliability table. Asked for with the identity in the section. */
#include "train.h"

#include <stdlib.h>
#include <string.h>

enum { KNOTS = 33, BINS = 64 };

typedef struct bins {
    double n[3][BINS], right[3][BINS], sum[3][BINS];
} bins;

typedef struct tagger {
    const ent_model *m;
    ent_tokens tok;
    ent_gaz_hits hits;
    ent_names names;
    ent_tag_work work;
} tagger;

static void count(bins *b, const ent_name *nm, int right)
{
    double p = nm->score / 65535.0;
    int k = (int)(p * BINS);
    if (k >= BINS) k = BINS - 1;
    b->n[nm->type][k]++;
    b->sum[nm->type][k] += p;
    b->right[nm->type][k] += right;
}

static void one_sentence(tagger *g, const char *s, uint32_t n, unsigned flags, uint32_t at,
                         const gold *gd, uint32_t n_gold, bins *b)
{
    if (flags & ENT_S_SKIP || ent_tokenise(s, n, flags, NULL, &g->tok)) return;
    g->hits.n = 0;
    if (g->m->gaz) ent_gaz_match(g->m->gaz, s, g->tok.at, g->tok.n, NULL, &g->hits);
    ent_tag(g->m, s, g->tok.at, g->tok.n, &g->hits, flags, NULL, &g->work, &g->names);
    for (uint32_t i = 0; i < g->names.n; i++) {
        const ent_name *nm = &g->names.at[i];
        uint32_t from = at + g->tok.at[nm->first].start,
                 to = at + g->tok.at[nm->first + nm->n - 1].end;
        int right = 0;
        for (uint32_t k = 0; k < n_gold; k++)
            right |= gd[k].start == from && gd[k].end == to && gd[k].type == nm->type;
        count(b, nm, right);
    }
}

static void one_document(tagger *g, char *text, char *ents, bins *b)
{
    static gold gd[65536];
    uint32_t n_gold = 0;
    for (char *p = strtok(ents, " \n"); p; p = strtok(NULL, " \n")) {
        char *q;
        gold x = {(uint32_t)strtoul(p, &q, 10), 0, 9};
        x.end = (uint32_t)strtoul(q + 1, &q, 10);
        x.type = q[1] == 'P' ? 0 : q[1] == 'O' ? 1 : q[1] == 'L' ? 2 : 9;
        if (n_gold < 65536) gd[n_gold++] = x;
    }
    ent_sent_state st = {0};
    unsigned flags = 0;
    uint32_t len = (uint32_t)strlen(text);
    for (uint32_t at = 0, k; at < len; at += k) {
        uint32_t left = len - at, n = left > 2 * ENT_MAX_SENT ? 2 * ENT_MAX_SENT : left;
        k = ent_sent_next(text + at, n, at == 0, n < left, &st, &flags);
        if (!k) return;
        one_sentence(g, text + at, k, flags, at, gd, n_gold, b);
    }
}

/* Rising fit of the bins of one type: pool adjacent violators; then read at the knots. */
static void fit(const bins *b, int t, uint16_t out[KNOTS])
{
    double n[BINS], x[BINS], y[BINS];
    int m = 0;
    for (int k = 0; k < BINS; k++) {
        if (b->n[t][k] == 0) continue;
        n[m] = b->n[t][k];
        x[m] = b->sum[t][k] / n[m];
        y[m] = (b->right[t][k] + 0.5) / (n[m] + 1.0);
        m++;
        while (m > 1 && y[m - 1] <= y[m - 2]) {
            double w = n[m - 1] + n[m - 2];
            y[m - 2] = (y[m - 1] * n[m - 1] + y[m - 2] * n[m - 2]) / w;
            x[m - 2] = (x[m - 1] * n[m - 1] + x[m - 2] * n[m - 2]) / w;
            n[m - 2] = w;
            m--;
        }
    }
    for (int k = 0; k < KNOTS; k++) {
        double p = k / (KNOTS - 1.0), v = p;
        int i = 0;
        while (i < m && x[i] < p)
            i++;
        if (m && i == 0)
            v = x[0] > 0 ? y[0] * p / x[0] : y[0];
        else if (m && i == m)
            v = y[m - 1] + (1 - y[m - 1]) * 0.5 * (p - x[m - 1]) / (1.0001 - x[m - 1]);
        else if (m)
            v = y[i - 1] + (y[i] - y[i - 1]) * (p - x[i - 1]) / (x[i] - x[i - 1] + 1e-9);
        out[k] = (uint16_t)(v < 0 ? 0 : v > 1 ? 65535 : v * 65535);
    }
}

static void print_table(const bins *b)
{
    static const char *const name[] = {"PER", "ORG", "LOC"};
    printf("score   said  right  names\n");
    for (int t = 0; t < 3; t++)
        for (int k = 0; k < 10; k++) {
            double n = 0, s = 0, r = 0;
            for (int i = 0; i < BINS; i++)
                if (i * 10 / BINS == k) n += b->n[t][i], s += b->sum[t][i], r += b->right[t][i];
            if (n > 0) printf("%s %.1f  %5.2f  %5.2f  %5.0f\n", name[t], k / 10.0, s / n, r / n, n);
        }
}

int main(int argc, char **argv)
{
    static bins b;
    if (argc < 4) {
        fprintf(stderr, "usage: calibrate MODEL TAG_.bin DEV...\n");
        return 2;
    }
    tagger g = {.m = open_model(argv[1])};
    if (!g.m) return 2;
    for (int i = 3; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        char *line = NULL;
        size_t cap = 0;
        while (f && getline(&line, &cap, f) > 0) {
            char *text = strchr(strchr(line, '\t') + 1, '\t') + 1, *ents = strchr(text, '\t') + 1;
            ents[-1] = '\0';
            unescape(text);
            one_document(&g, text, ents, &b);
        }
        free(line);
        if (f) fclose(f);
    }
    print_table(&b);
    if (!strcmp(argv[2], "-")) return 0;
    FILE *f = fopen(argv[2], "rb+");
    if (!f || fseek(f, 528, SEEK_SET)) return 2;
    for (int t = 0; t < 3; t++) {
        uint16_t c[KNOTS];
        fit(&b, t, c);
        for (int k = 0; k < KNOTS; k++)
            putc(c[k] & 255, f), putc(c[k] >> 8, f);
    }
    return fclose(f) != 0;
}
