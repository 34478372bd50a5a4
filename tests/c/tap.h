/* tap - what every C test needs: named checks, a count, a seeded random number. */
#ifndef ENT_TAP_H
#define ENT_TAP_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int tap_failed, tap_count;

/* Prints one line a check, control characters of the name as spaces; gives `good` back. */
static inline int tap_ok(int good, const char *name)
{
    printf("%s %d - ", good ? "ok" : "not ok", ++tap_count);
    for (; *name; name++)
        putchar((unsigned char)*name < ' ' ? ' ' : *name);
    putchar('\n');
    tap_failed += !good;
    return good;
}

static inline int tap_done(void)
{
    printf("1..%d\n", tap_count);
    return tap_failed != 0;
}

/* xorshift64* (Vigna 2016); the seed must not be 0. */
static inline uint32_t tap_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t)(*state * 2685821657736338717u >> 32);
}

static inline uint32_t tap_below(uint64_t *state, uint32_t n)
{
    return n ? tap_random(state) % n : 0;
}

/* A number from the environment, to run a test for longer or with another seed. */
static inline uint64_t tap_setting(const char *name, uint64_t otherwise)
{
    const char *s = getenv(name);
    return s ? strtoull(s, NULL, 10) : otherwise;
}

#endif
