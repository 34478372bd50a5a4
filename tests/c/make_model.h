/* make_model - small models for tests, built here from the layouts that model.h and gaz.c draw, so
 * that the readers are held to the drawing and not to the packer. */
#ifndef ENT_MAKE_MODEL_H
#define ENT_MAKE_MODEL_H

#include "gaz.h"

#include <stdlib.h>
#include <string.h>

enum { MAKE_SLOTS = 256, MAKE_PAYLOADS = 64, MAKE_MAX = 1 << 16 };

typedef struct make_bytes {
    uint64_t aligned[MAKE_MAX / 8];
    size_t n;
} make_bytes;

static inline uint8_t *make_at(make_bytes *b, size_t i)
{
    return (uint8_t *)b->aligned + i;
}

static inline void make_put(uint8_t *p, uint64_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        p[i] = (uint8_t)(v >> (8 * i));
}

static inline void make_add(make_bytes *b, uint64_t v, int bytes)
{
    make_put(make_at(b, b->n), v, bytes);
    b->n += (size_t)bytes;
}

typedef struct make_section {
    const char *id;
    uint32_t version;
    const uint8_t *bytes;
    size_t n;
} make_section;

/* The checksum again, after a test has changed something on purpose. */
static inline void make_seal(make_bytes *b)
{
    make_put(make_at(b, 24), ent_checksum(make_at(b, 32), b->n - 32), 8);
}

static inline void make_model(make_bytes *b, const make_section *s, uint32_t sections)
{
    memset(b, 0, sizeof *b);
    memcpy(make_at(b, 0), "ENTMODEL", 8);
    b->n = 8;
    make_add(b, ENT_MODEL_VERSION, 4);
    make_add(b, sections, 4);
    b->n = 32 + 16 * (size_t)sections;
    for (uint32_t i = 0; i < sections; i++) {
        uint8_t *e = make_at(b, 32 + 16 * (size_t)i);
        memcpy(e, s[i].id, 4);
        make_put(e + 4, s[i].version, 4);
        make_put(e + 8, b->n, 4);
        make_put(e + 12, s[i].n, 4);
        memcpy(make_at(b, b->n), s[i].bytes, s[i].n);
        b->n = (b->n + s[i].n + 15) / 16 * 16;
    }
    make_put(make_at(b, 16), b->n, 8);
    make_seal(b);
}

/* A phrase of the test gazetteer: lower-cased words separated by one space. */
typedef struct make_phrase {
    const char *words;
    ent_gaz_entry e;
} make_phrase;

/* Puts or finds a fingerprint; gives its slot. */
static inline uint32_t make_slot(uint32_t *prints, uint32_t print)
{
    uint32_t at = print % MAKE_SLOTS;
    while (prints[at] && prints[at] != print)
        at = (at + 1) % MAKE_SLOTS;
    prints[at] = print;
    return at;
}

/* A GAZ_ section of a few phrases, one country ("Russia", RU) and one organisation ("NATO"). */
static inline void make_gaz(make_bytes *b, const make_phrase *phrases, uint32_t n)
{
    static const char text[] = "RussiaNATO";
    uint32_t prints[MAKE_SLOTS] = {0};
    uint16_t values[MAKE_SLOTS] = {0};
    for (uint32_t i = 0; i < n; i++) {
        uint32_t h = 0;
        for (const char *w = phrases[i].words; *w;) {
            size_t len = strcspn(w, " ");
            h = ent_hash_join(h, ent_hash(w, len));
            w += len + (w[len] == ' ');
            uint32_t at = make_slot(prints, h);
            values[at] = (uint16_t)(*w ? values[at] | 0x8000 : (values[at] & 0x8000) | (i + 1));
        }
    }
    memset(b, 0, sizeof *b);
    const uint32_t head[8] = {MAKE_SLOTS, n, n + 1, 1, 1, sizeof text - 1, 8, 0};
    for (int i = 0; i < 8; i++)
        make_add(b, head[i], 4);
    for (int i = 0; i < MAKE_SLOTS; i++)
        make_add(b, prints[i], 4);
    for (int i = 0; i < MAKE_SLOTS; i++)
        make_add(b, values[i], 2);
    make_add(b, 0, 8);
    make_add(b, 0, 4);
    for (uint32_t i = 0; i < n; i++) {
        const ent_gaz_entry *e = &phrases[i].e;
        make_add(b, e->kinds | (uint64_t)e->flags << 16 | (uint64_t)e->weight << 24, 4);
        make_add(b, e->country | (uint64_t)e->id << 16, 4);
        make_add(b, e->classes, 4);
    }
    make_add(b, 0 | (uint64_t)6 << 32 | (uint64_t)('R' | 'U' << 8) << 48, 8);
    make_add(b, 6 | (uint64_t)4 << 32, 8);
    memcpy(make_at(b, b->n), text, sizeof text - 1);
    b->n += sizeof text - 1;
}

#endif
