/* gaz - the gazetteer: a hash table of fingerprints. See gaz.h for what the entries mean.
 *
 * Section GAZ_, version 2, little-endian; the parts follow one another without gaps:
 *
 *     32  header: slots, keys, payloads, countries, organisations, bytes of text, longest, 0
 *      4  * slots: fingerprint of a phrase, 0 an empty slot
 *      2  * slots: number of its payload (0: nothing by itself), bit 15: longer phrases go on
 *     12  * payloads: kinds 2, flags 1, weight 1, country 2, organisation 2, classes 4
 *      8  * countries: offset 4 and length 2 of the name in the text, ISO code 2
 *      8  * organisations: offset 4 and length 4 of the name in the text
 *      ?  text
 *
 * A phrase's fingerprint joins those of its words, so matching is a walk: look up the first word;
 * while the slot says that longer phrases go on, join the next word and look up again. Nearly all
 * words of a text end the walk at once, with one look-up. Slots are a power of two; probing is
 * linear from the fingerprint's low bits (Knuth, TAOCP 3, 6.4, algorithm L).
 */
#include "gaz.h"

#include <string.h>

enum {
    GAZ_VERSION = 2,
    GAZ_HEAD = 32,
    GAZ_PAYLOAD = 12,
    GAZ_GOES_ON = 0x8000,
    GAZ_MAX_WORDS = 16, /* no longer walk, whatever the file says */
    GAZ_NAMES = ENT_G_COUNTRY | ENT_G_DEMONYM | ENT_G_PEOPLE | ENT_G_SEAT | ENT_G_PLACE |
                ENT_G_ORG | ENT_G_PERSON | ENT_G_GIVEN | ENT_G_FAMILY
};

struct ent_gaz {
    uint32_t mask; /* slots - 1 */
    uint32_t payloads, countries, orgs, text_len, longest;
    const uint8_t *prints, *values, *payload, *country, *org;
    const char *text;
};

/* Whether numbers inside the tables stay inside: payload numbers, name offsets, and at least one
 * empty slot, which ends every probe. */
static int gaz_sound(const struct ent_gaz *g)
{
    uint32_t empty = 0;
    for (uint32_t i = 0; i <= g->mask; i++) {
        empty += ent_le32(g->prints + 4 * (size_t)i) == 0;
        if ((ent_le16(g->values + 2 * (size_t)i) & ~(uint32_t)GAZ_GOES_ON) >= g->payloads) return 0;
    }
    for (uint32_t i = 0; i < g->payloads; i++) {
        const uint8_t *p = g->payload + GAZ_PAYLOAD * (size_t)i;
        if (ent_le16(p + 4) > g->countries || ent_le16(p + 6) > g->orgs) return 0;
    }
    for (uint32_t i = 0; i < g->countries; i++) {
        const uint8_t *p = g->country + 8 * (size_t)i;
        if ((uint64_t)ent_le32(p) + ent_le16(p + 4) > g->text_len) return 0;
    }
    for (uint32_t i = 0; i < g->orgs; i++) {
        const uint8_t *p = g->org + 8 * (size_t)i;
        if ((uint64_t)ent_le32(p) + ent_le32(p + 4) > g->text_len) return 0;
    }
    return empty > 0;
}

/* Reads the header and lays out the parts; 0 when their sizes don't add up to the section's. */
static int gaz_layout(struct ent_gaz *g, const uint8_t *p, size_t size)
{
    if (size < GAZ_HEAD) return 0;
    uint64_t slots = ent_le32(p);
    if (slots < 1 || (slots & (slots - 1)) != 0) return 0;
    g->mask = (uint32_t)slots - 1;
    g->payloads = ent_le32(p + 8);
    g->countries = ent_le32(p + 12);
    g->orgs = ent_le32(p + 16);
    g->text_len = ent_le32(p + 20);
    g->longest = ent_le32(p + 24);
    uint64_t want = GAZ_HEAD + 6 * slots + (uint64_t)GAZ_PAYLOAD * g->payloads +
                    8 * ((uint64_t)g->countries + g->orgs) + g->text_len;
    if (want != size || g->longest < 1 || g->longest > GAZ_MAX_WORDS) return 0;
    g->prints = p + GAZ_HEAD;
    g->values = g->prints + 4 * slots;
    g->payload = g->values + 2 * slots;
    g->country = g->payload + GAZ_PAYLOAD * (size_t)g->payloads;
    g->org = g->country + 8 * (size_t)g->countries;
    g->text = (const char *)(g->org + 8 * (size_t)g->orgs);
    return 1;
}

/* The section is checked whole here, so that matching never has to. */
ent_status ent_gaz_open(const ent_model *m, struct ent_gaz **out)
{
    size_t size = 0;
    uint32_t version = 0;
    *out = NULL;
    const uint8_t *p = ent_model_section(m, "GAZ_", &size, &version);
    if (!p) return ENT_OK;
    struct ent_gaz g;
    if (version != GAZ_VERSION || !gaz_layout(&g, p, size) || !gaz_sound(&g)) return ENT_EMODEL;
    struct ent_gaz *made = ent_realloc(&m->mem, NULL, 0, sizeof *made);
    if (!made) return ENT_ENOMEM;
    *made = g;
    *out = made;
    return ENT_OK;
}

/* The tables belong to the model's bytes; only the small handle was made. */
void ent_gaz_close(struct ent_gaz *g, const ent_memory *mem)
{
    ent_free(mem, g, sizeof *g);
}

/* The slot's value of a fingerprint; 0 when it is not there. */
static uint32_t gaz_value(const struct ent_gaz *g, uint32_t print)
{
    for (uint32_t at = print & g->mask;; at = (at + 1) & g->mask) {
        uint32_t have = ent_le32(g->prints + 4 * (size_t)at);
        if (have == print) return ent_le16(g->values + 2 * (size_t)at);
        if (have == 0) return 0;
    }
}

/* The payload of a slot's value, as gaz.h gives it to callers. Number 0 is an entry of nothing. */
static ent_gaz_entry gaz_payload(const struct ent_gaz *g, uint32_t value)
{
    const uint8_t *p = g->payload + GAZ_PAYLOAD * (size_t)(value & ~(uint32_t)GAZ_GOES_ON);
    return (ent_gaz_entry){.kinds = (uint16_t)ent_le16(p),
                           .flags = p[2],
                           .weight = p[3],
                           .country = (uint16_t)ent_le16(p + 4),
                           .id = (uint16_t)ent_le16(p + 6),
                           .classes = ent_le32(p + 8)};
}

/* A word by itself is a phrase of one word: the same join, the same table. */
ent_gaz_entry ent_gaz_word(const struct ent_gaz *g, uint32_t lower)
{
    if (!g) return (ent_gaz_entry){0};
    return gaz_payload(g, gaz_value(g, ent_hash_join(0, lower)));
}

/* A token's fingerprint in phrases: points inside do not count, so "U.S." is "US". */
static uint32_t gaz_print(const char *text, const ent_token *t)
{
    if (!(t->flags & ENT_T_POINT) && t->shape != ENT_SH_ACRO) return t->lower;
    char word[64];
    size_t n = 0;
    for (uint32_t i = t->start; i < t->end && n < sizeof word; i++)
        if (text[i] != '.') word[n++] = text[i];
    return n ? ent_hash_lower(word, n) : t->lower;
}

/* What remains of an entry given how its first token is written: a word that is also a common one
 * is a name only with a capital, an acronym only in capitals. */
static ent_gaz_entry gaz_as_written(ent_gaz_entry e, const ent_token *t)
{
    int lower = t->shape == ENT_SH_LOWER;
    if ((lower && e.flags & ENT_GF_WORD) ||
        (e.flags & ENT_GF_CASE && t->shape != ENT_SH_UPPER && t->shape != ENT_SH_ACRO))
        e.kinds &= (uint16_t)~GAZ_NAMES;
    return e;
}

/* The token after `i` that a phrase goes on with: a hyphen between two words is passed over. n when
 * the phrase cannot go on. */
static uint32_t gaz_next(const ent_token *t, uint32_t n, uint32_t i)
{
    uint32_t j = i + 1;
    if (j + 1 < n && t[j].cls == ENT_T_DASH && !(t[j].flags & ENT_T_SPACE) &&
        !(t[j + 1].flags & ENT_T_SPACE))
        j++;
    if (j >= n || t[j].cls == ENT_T_SKIP || t[j].cls == ENT_T_QUOTE) return n;
    return j;
}

/* Hits of one start, found from short to long, are given from the longest down, each with the kinds
 * that no longer one has. Room for them is there. */
static void gaz_give(const ent_gaz_hit *found, uint32_t count, ent_gaz_hits *out)
{
    unsigned seen = 0;
    while (count-- > 0) {
        ent_gaz_hit h = found[count];
        h.e.kinds &= (uint16_t)~seen;
        seen |= h.e.kinds;
        if (h.e.kinds) out->at[out->n++] = h;
    }
}

/* Phrases that start at token i, and its own entry. At most g->longest look-ups. */
static ent_status gaz_at(const struct ent_gaz *g, const char *text, const ent_token *t, uint32_t n,
                         uint32_t i, const ent_memory *mem, ent_gaz_hits *out)
{
    ent_gaz_hit found[GAZ_MAX_WORDS];
    uint32_t count = 0, print = 0, steps = 0, first = i, value = GAZ_GOES_ON;
    for (; i < n && value & GAZ_GOES_ON && steps < g->longest; steps++, i = gaz_next(t, n, i)) {
        print = ent_hash_join(print, gaz_print(text, &t[i]));
        value = gaz_value(g, print);
        if (!(value & ~(uint32_t)GAZ_GOES_ON)) continue;
        ent_gaz_entry e = gaz_as_written(gaz_payload(g, value), &t[first]);
        if (i == first) out->word[first] = e;
        if (e.kinds) found[count++] = (ent_gaz_hit){.first = first, .n = i + 1 - first, .e = e};
    }
    if (!count) return ENT_OK;
    ent_status s =
        ent_grow(mem, (void **)&out->at, &out->cap, (size_t)out->n + count, sizeof *out->at);
    if (!s) gaz_give(found, count, out);
    return s;
}

/* From left to right; every start costs one look-up unless longer phrases go on from it. Marks and
 * possessives start nothing. Without a gazetteer each token still gets an entry, of nothing, so
 * that callers need not ask. */
ent_status ent_gaz_match(const struct ent_gaz *g, const char *text, const ent_token *t, uint32_t n,
                         const ent_memory *mem, ent_gaz_hits *out)
{
    out->n = 0;
    ent_status s = ent_grow(mem, (void **)&out->word, &out->cap_word, n, sizeof *out->word);
    if (s) return s;
    for (uint32_t i = 0; i < n; i++) {
        out->word[i] = (ent_gaz_entry){0};
        if (!g || t[i].cls > ENT_T_NUMBER || t[i].flags & ENT_T_POSS) continue;
        s = gaz_at(g, text, t, n, i, mem, out);
        if (s) return s;
    }
    return ENT_OK;
}

/* Rows have fixed sizes, so a number is a place in the table; gaz_sound has checked the offsets. */
int ent_gaz_country_at(const struct ent_gaz *g, uint32_t index, ent_gaz_country *out)
{
    if (!g || index >= g->countries) return 0;
    const uint8_t *p = g->country + 8 * (size_t)index;
    out->name = g->text + ent_le32(p);
    out->name_len = ent_le16(p + 4);
    memcpy(out->iso, p + 6, 2);
    out->iso[2] = '\0';
    return 1;
}

/* As for countries; the name is the first of the lexicon's line. */
int ent_gaz_org_at(const struct ent_gaz *g, uint32_t index, const char **name, uint32_t *len)
{
    if (!g || index >= g->orgs) return 0;
    const uint8_t *p = g->org + 8 * (size_t)index;
    *name = g->text + ent_le32(p);
    *len = ent_le32(p + 4);
    return 1;
}
