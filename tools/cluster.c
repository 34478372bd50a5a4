/* cluster - makes the section CLUS (see feat.c) from word clusters, vectors and case counts.
 *
 * usage: cluster BROWN VECTORS CASEFREQ OUT [MINED]   (plain text files, decompressed)
 *
 * Vectors become numbers of clusters by k-means (Lloyd 1982) on unit vectors, seeded; the centres
 * are clustered once more for the coarse number. */
#include "token.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIM = 50, FINE = 512, COARSE = 64, ROUNDS = 12, PROBES = 64, SLOTS = 160000 };

typedef struct entry {
    uint32_t key, val;
} entry;

static entry table[SLOTS];
static uint32_t dropped;

static void *need(void *p)
{
    if (!p) {
        fprintf(stderr, "cluster: out of memory\n");
        exit(2);
    }
    return p;
}

static FILE *open_or_die(const char *path)
{
    FILE *f = fopen(path, "r");
    if (!f) {
        fprintf(stderr, "cluster: cannot read %s\n", path);
        exit(2);
    }
    return f;
}

static void set_bits(uint32_t key, uint32_t bits)
{
    uint32_t at = (uint32_t)((uint64_t)key * SLOTS >> 32);
    for (int k = 0; k < PROBES && key; k++, at = (at + 1) % SLOTS) {
        if (table[at].key && table[at].key != key) continue;
        table[at].key = key;
        table[at].val |= bits;
        return;
    }
    dropped++;
}

/* ---- Brown clusters ------------------------------------------------------------------------ */

typedef struct brown {
    char path[40];
    uint32_t bits, len;
} brown;

static brown browns[1024];
static uint32_t n_brown;

static void read_brown(const char *file)
{
    FILE *f = open_or_die(file);
    char line[1024], last[40] = "";
    while (fgets(line, sizeof line, f)) {
        char *w = strchr(line, '\t'), *e = w ? strchr(w + 1, '\t') : NULL;
        if (!e) continue;
        *w++ = *e = '\0';
        if (strcmp(line, last) != 0 && n_brown < 1023) {
            snprintf(last, sizeof last, "%.39s", line);
            brown *b = &browns[n_brown++];
            for (b->len = 0; line[b->len] && b->len < 32; b->len++)
                if (line[b->len] == '1') b->bits |= 1u << (31 - b->len);
        }
        set_bits(ent_hash(w, strlen(w)), n_brown);
    }
    fclose(f);
}

/* ---- vectors ------------------------------------------------------------------------------- */

static void unit(float *v)
{
    float s = 0;
    for (int d = 0; d < DIM; d++)
        s += v[d] * v[d];
    s = s > 0 ? 1.0f / sqrtf(s) : 0;
    for (int d = 0; d < DIM; d++)
        v[d] *= s;
}

static uint32_t nearest(const float *v, const float *centre, uint32_t k)
{
    uint32_t arg = 0;
    float best = -2;
    for (uint32_t c = 0; c < k; c++) {
        float s = 0;
        for (int d = 0; d < DIM; d++)
            s += v[d] * centre[c * DIM + d];
        if (s > best) best = s, arg = c;
    }
    return arg;
}

static void kmeans(const float *v, uint32_t n, uint32_t k, float *centre, uint16_t *of)
{
    uint64_t seed = 88172645463325252u;
    for (uint32_t c = 0; c < k; c++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        memcpy(centre + c * DIM, v + (seed % n) * DIM, DIM * sizeof(float));
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (uint32_t i = 0; i < n; i++)
            of[i] = (uint16_t)nearest(v + i * DIM, centre, k);
        memset(centre, 0, k * DIM * sizeof(float));
        for (uint32_t i = 0; i < n; i++)
            for (int d = 0; d < DIM; d++)
                centre[of[i] * DIM + d] += v[i * DIM + d];
        for (uint32_t c = 0; c < k; c++)
            unit(centre + c * DIM);
    }
}

static void read_vectors(const char *file, uint8_t *coarse)
{
    FILE *f = open_or_die(file);
    uint32_t n = 0, words, dims;
    if (fscanf(f, "%u %u", &words, &dims) != 2 || dims != DIM) exit(2);
    float *v = need(malloc((size_t)words * DIM * sizeof(float)));
    uint32_t *key = need(malloc(words * sizeof *key));
    char w[1024];
    while (n < words && fscanf(f, "%1023s", w) == 1) {
        key[n] = ent_hash(w, strlen(w));
        for (int d = 0; d < DIM; d++)
            if (fscanf(f, "%f", v + n * DIM + d) != 1) exit(2);
        unit(v + n++ * DIM);
    }
    fclose(f);
    float *fine = need(malloc(FINE * DIM * sizeof(float))),
          *big = need(malloc(COARSE * DIM * sizeof(float)));
    uint16_t *of = need(malloc(n * sizeof *of)), up[FINE];
    kmeans(v, n, FINE, fine, of);
    kmeans(fine, FINE, COARSE, big, up);
    for (uint32_t i = 0; i < n; i++)
        set_bits(key[i], (of[i] + 1u) << 10);
    for (uint32_t c = 0; c < FINE; c++)
        coarse[c] = (uint8_t)up[c];
    free(v), free(key), free(fine), free(big), free(of);
}

/* ---- case ---------------------------------------------------------------------------------- */

static uint32_t case_class(double lower, double cap, double upper)
{
    static const double edge[] = {0.01, 0.05, 0.2, 0.5, 0.8, 0.95};
    double p = lower / (lower + cap + upper);
    if (upper > cap && upper > lower) return 8;
    uint32_t k = 0;
    while (k < 6 && p >= edge[k])
        k++;
    return k + 1;
}

static void read_case(const char *file)
{
    FILE *f = open_or_die(file);
    char w[1024];
    double lower, cap, upper;
    while (fscanf(f, "%1023[^\t]\t%lf\t%lf\t%lf\n", w, &lower, &cap, &upper) == 4)
        if (lower + cap + upper >= 40)
            set_bits(ent_hash(w, strlen(w)), case_class(lower, cap, upper) << 20);
    fclose(f);
}

/* ---- use in raw text ----------------------------------------------------------------------- */

static uint32_t share_class(double part, double all)
{
    double p = part / all;
    return p < 0.05 ? 0 : p < 0.25 ? 1 : p < 0.6 ? 2 : 3;
}

static void read_mined(const char *file)
{
    FILE *f = open_or_die(file);
    uint32_t key;
    double n[4];
    while (fscanf(f, "%u %lf %lf %lf %lf", &key, &n[0], &n[1], &n[2], &n[3]) == 5) {
        double all = n[0] + n[1] + n[2] + n[3];
        uint32_t seen = all < 16 ? 0 : all < 64 ? 1 : all < 512 ? 2 : 3, v = seen << 6;
        for (int t = 0; t < 3; t++)
            v |= share_class(n[t + 1], all) << 2 * t;
        set_bits(key, v << 24);
    }
    fclose(f);
}

/* ---- writing ------------------------------------------------------------------------------- */

static void put32(FILE *f, uint32_t v)
{
    for (int k = 0; k < 4; k++)
        putc((int)(v >> 8 * k & 255), f);
}

int main(int argc, char **argv)
{
    static uint8_t coarse[FINE];
    if (argc != 5 && argc != 6) {
        fprintf(stderr, "usage: cluster BROWN VECTORS CASEFREQ OUT [MINED]\n");
        return 2;
    }
    read_brown(argv[1]);
    read_vectors(argv[2], coarse);
    read_case(argv[3]);
    if (argc == 6) read_mined(argv[5]);
    FILE *f = fopen(argv[4], "wb");
    if (!f) return 2;
    put32(f, SLOTS), put32(f, n_brown), put32(f, FINE), put32(f, 0);
    for (uint32_t i = 0; i < n_brown; i++)
        put32(f, browns[i].bits), put32(f, browns[i].len);
    fwrite(coarse, 1, FINE, f);
    uint32_t used = 0;
    for (uint32_t i = 0; i < SLOTS; i++) {
        put32(f, table[i].key), put32(f, table[i].val);
        used += table[i].key != 0;
    }
    printf("cluster: %u words, %u Brown clusters, %u words without a slot\n", used, n_brown,
           dropped);
    return fclose(f) != 0;
}
