/* bench - what the measuring programs share: a clock, a text, a model, numbers in order. */
#ifndef ENT_BENCH_H
#define ENT_BENCH_H

#define _POSIX_C_SOURCE 200809L

#include "doc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Seconds this thread has had a processor: other work on the machine does not count. */
static inline double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline char *bench_read(const char *path, size_t *n)
{
    FILE *f = path ? fopen(path, "rb") : NULL;
    *n = 0;
    if (!f) return NULL;
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    rewind(f);
    char *p = malloc(size > 0 ? (size_t)size : 1);
    if (p) *n = fread(p, 1, (size_t)size, f);
    fclose(f);
    return p;
}

static inline uint32_t bench_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t)(*state * 2685821657736338717u >> 32);
}

/* News-like text of n bytes from a few dozen names and phrases. */
static inline void bench_prose(char *out, size_t n)
{
    static const char *const names[] = {"Angela Merkel",
                                        "Vladimir Putin",
                                        "The United States",
                                        "Russia",
                                        "Ukraine",
                                        "NATO",
                                        "European leaders",
                                        "President Emmanuel Macron",
                                        "The Security Council",
                                        "Ukrainian officials",
                                        "Moscow",
                                        "Iran",
                                        "Foreign Minister Sergei Lavrov",
                                        "The European Union",
                                        "Kyiv",
                                        "He",
                                        "The alliance",
                                        "Joe Biden",
                                        "South Korea",
                                        "The White House",
                                        "They",
                                        "The minister"};
    static const char *const verbs[] = {"said on Tuesday that",
                                        "rejected",
                                        "demanded",
                                        "proposed",
                                        "called for",
                                        "agreed to discuss",
                                        "warned against",
                                        "has backed",
                                        "described",
                                        "visited the region to support",
                                        "opposed"};
    static const char *const ends[] = {"a ceasefire in the east of the country",
                                       "security guarantees for its neighbours",
                                       "the withdrawal of all foreign troops",
                                       "new sanctions on oil and gas",
                                       "the plan",
                                       "talks with the opposition next month",
                                       "further aid, officials told reporters",
                                       "the agreement reached in Geneva in 2015",
                                       "an exchange of prisoners before the winter"};
    uint64_t seed = 42;
    size_t at = 0, left = 0;
    while (at < n) {
        char line[400];
        int k = snprintf(line, sizeof line, "%s %s %s%s", names[bench_random(&seed) % 22],
                         verbs[bench_random(&seed) % 11], ends[bench_random(&seed) % 9],
                         left++ % 5 == 4 ? ".\n\n" : ". ");
        size_t most = n - at < (size_t)k ? n - at : (size_t)k;
        memcpy(out + at, line, most);
        at += most;
    }
}

/* The text of the file, repeated or cut to n bytes (n 0: as it is), or made-up prose. */
static inline char *bench_text(const char *path, size_t *n)
{
    size_t have;
    char *p = bench_read(path, &have), *out;
    if (p && *n == 0) *n = have;
    if (*n == 0) *n = (size_t)1 << 20;
    out = malloc(*n);
    if (!out) exit(1);
    if (!p || have == 0)
        bench_prose(out, *n);
    else
        for (size_t i = 0; i < *n; i++)
            out[i] = p[i % have];
    free(p);
    return out;
}

static inline ent_model *bench_model(const char *path, double *took)
{
    size_t n;
    ent_model *m = NULL;
    char *p = bench_read(path, &n);
    double from = bench_now();
    if (!p || ent_model_open(p, n, NULL, &m) != ENT_OK) {
        fprintf(stderr, "bench: no model at %s: run 'make' first\n", path);
        exit(1);
    }
    *took = bench_now() - from;
    return m;
}

static int bench_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Prints median, 99th of a hundred and worst in microseconds. */
static inline void bench_print(const char *what, double *t, size_t n)
{
    qsort(t, n, sizeof *t, bench_order);
    printf("%-44s median %8.1f us  p99 %8.1f us  max %8.1f us\n", what, t[n / 2] * 1e6,
           t[n - 1 - n / 100] * 1e6, t[n - 1] * 1e6);
}

#endif
