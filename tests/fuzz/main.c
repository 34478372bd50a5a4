/* main - runs a fuzz target without a fuzzer: replays the files of the folders named, then as many
 * changed copies of them as asked for, from a printed seed.
 *
 *     replay_TARGET [-n COUNT] [-s SECONDS] [-seed N] FOLDER|FILE...
 *
 * An input that kills the target is found again as build/fuzz/last. */
#define _POSIX_C_SOURCE 200809L
#include "fuzz.h"

#include <dirent.h>
#include <sys/stat.h>
#include <time.h>

enum { MOST_FILES = 20000, MOST_BYTES = 1 << 16 };

typedef struct input {
    uint8_t *bytes;
    size_t n;
} input;

static input kept[MOST_FILES];
static uint32_t n_kept;

static void take_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    input in = {malloc(MOST_BYTES), 0};
    if (f && in.bytes && n_kept < MOST_FILES) {
        in.n = fread(in.bytes, 1, MOST_BYTES, f);
        kept[n_kept++] = in;
    } else {
        free(in.bytes);
    }
    if (f) fclose(f);
}

static void take(const char *path)
{
    DIR *dir = opendir(path);
    if (!dir) {
        take_file(path);
        return;
    }
    for (struct dirent *e; (e = readdir(dir));) {
        char name[1024];
        struct stat st;
        snprintf(name, sizeof name, "%s/%s", path, e->d_name);
        if (e->d_name[0] != '.' && stat(name, &st) == 0 && S_ISREG(st.st_mode)) take_file(name);
    }
    closedir(dir);
}

/* Leaves the input where it can be found, then runs it; on a copy of its exact size, so that a
 * sanitizer sees every byte read beyond it. */
static void one(const uint8_t *bytes, size_t n, int note)
{
    FILE *f = note ? fopen("build/fuzz/last", "wb") : NULL;
    if (f) {
        fwrite(bytes, 1, n, f);
        fclose(f);
    }
    uint8_t *exact = malloc(n ? n : 1);
    if (!exact) abort();
    memcpy(exact, bytes, n);
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
}

/* One change: a byte, a stretch taken out, doubled, or brought from another input. */
static size_t change(uint8_t *b, size_t n, uint64_t *seed)
{
    static const uint8_t odd[] = {0, 1, 0x20, 0x7f, 0x80, 0xc2, 0xe2, 0xff, '"', '.', '\n'};
    size_t at = tap_below(seed, (uint32_t)n + 1);
    size_t len = 1 + tap_below(seed, 1 + tap_below(seed, 32));
    const input *other = &kept[tap_below(seed, n_kept)];
    if (len > n - at) len = n - at;
    switch (tap_below(seed, 5)) {
    case 0:
        if (at < n) b[at] = odd[tap_below(seed, sizeof odd)];
        return n;
    case 1:
        if (at < n) b[at] ^= (uint8_t)(1u << tap_below(seed, 8));
        return n;
    case 2:
        memmove(b + at, b + at + len, n - at - len);
        return n - len;
    case 3:
        if (n + len > MOST_BYTES) return n;
        memmove(b + at + len, b + at, n - at);
        return n + len;
    default: {
        size_t from = tap_below(seed, (uint32_t)other->n + 1), k = other->n - from;
        if (k > 64) k = 64;
        if (at + k > MOST_BYTES) return n;
        memcpy(b + at, other->bytes + from, k);
        return at + k > n ? at + k : n;
    }
    }
}

static double clock_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t mutate(uint64_t count, double seconds, uint64_t seed)
{
    static uint8_t b[MOST_BYTES];
    double until = clock_now() + seconds;
    uint64_t done = 0;
    for (; n_kept && done < count && clock_now() < until; done++) {
        const input *from = &kept[tap_below(&seed, n_kept)];
        size_t n = from->n;
        memcpy(b, from->bytes, n);
        for (uint32_t k = 1 + tap_below(&seed, 4); k; k--)
            n = change(b, n, &seed);
        one(b, n, 1);
    }
    return done;
}

int main(int argc, char **argv)
{
    uint64_t count = 0, seed = tap_setting("SEED", 1);
    double seconds = 3600;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-n") && i + 1 < argc)
            count = strtoull(argv[++i], NULL, 10);
        else if (!strcmp(argv[i], "-s") && i + 1 < argc)
            seconds = strtod(argv[++i], NULL);
        else if (!strcmp(argv[i], "-seed") && i + 1 < argc)
            seed = strtoull(argv[++i], NULL, 10);
        else
            take(argv[i]);
    }
    for (uint32_t i = 0; i < n_kept; i++)
        one(kept[i].bytes, kept[i].n, 1);
    uint64_t done = mutate(count, seconds, seed);
    printf("%u inputs replayed, %llu changed ones, seed %llu\n", n_kept, (unsigned long long)done,
           (unsigned long long)seed);
    for (uint32_t i = 0; i < n_kept; i++)
        free(kept[i].bytes);
    return 0;
}
