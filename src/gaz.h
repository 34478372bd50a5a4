/* gaz - the gazetteer: what is known of names, phrases and words before reading the text.
 *
 * Names are kept as fingerprints of their lower-cased words, not as strings, but for countries,
 * whose canonical names and ISO codes are needed in answers.
 */
#ifndef ENT_GAZ_H
#define ENT_GAZ_H

#include "model.h"
#include "token.h"

enum { /* what a phrase can be: bits of ent_gaz_entry.kinds */
    ENT_G_COUNTRY = 1,    /* Russia, the U.S. */
    ENT_G_DEMONYM = 2,    /* Russian (adjective, or one person) */
    ENT_G_PEOPLE = 4,     /* Russians (plural) */
    ENT_G_SEAT = 8,       /* Moscow, Washington: capital or seat that stands for a state */
    ENT_G_PLACE = 16,     /* city, region, sea */
    ENT_G_ORG = 32,       /* NATO, Security Council */
    ENT_G_PERSON = 64,    /* a full name */
    ENT_G_GIVEN = 128,    /* given name */
    ENT_G_FAMILY = 256,   /* family name */
    ENT_G_TITLE = 512,    /* president, foreign minister, Mr. : before or beside a person */
    ENT_G_GROUPNOUN = 1024, /* officials, leaders, forces: head of a group */
    ENT_G_ORGNOUN = 2048,   /* government, ministry, alliance: head of an organisation nominal */
    ENT_G_PLACENOUN = 4096, /* city, province, border */
    ENT_G_ORGWORD = 8192    /* word inside organisation names: Ministry, Party, Council, Bank */
};

enum { /* bits of ent_gaz_entry.flags */
    ENT_GF_WORD = 1,  /* also a common English word: needs a capital and context */
    ENT_GF_OTHER = 2, /* also a name of another kind */
    ENT_GF_CASE = 4,  /* only as written: "US", "EU", not "us" */
    ENT_GF_MALE = 8,
    ENT_GF_FEMALE = 16,
    ENT_GF_REGION = 32 /* continent, bloc: Europe, West */
};

typedef struct ent_gaz_entry {
    uint16_t kinds;
    uint8_t flags;
    uint8_t weight;   /* how frequent or sure, 0..255 */
    uint16_t country; /* 1 + index of a country, 0 none */
    uint16_t id;      /* 1 + index of an organisation with known aliases, 0 none: "UN" = "United Nations" */
} ent_gaz_entry;

typedef struct ent_gaz_hit { /* tokens [first, first + n) are this phrase */
    uint32_t first, n;
    ent_gaz_entry e;
} ent_gaz_hit;

typedef struct ent_gaz_hits {
    ent_gaz_hit *at;
    uint32_t n, cap;
} ent_gaz_hits;

/* All phrases found in a sentence: for each start the longest of each kind, single words too;
 * ordered by first token, longer first. O(tokens * longest phrase), nothing allocated per token. */
ent_status ent_gaz_match(const struct ent_gaz *g, const char *text, const ent_token *t, uint32_t n,
                         const ent_memory *mem, ent_gaz_hits *out);

/* Looks up one word (its lower fingerprint); kinds == 0 when unknown. */
ent_gaz_entry ent_gaz_word(const struct ent_gaz *g, uint32_t lower);

/* Country by index (ent_gaz_entry.country - 1): canonical name (not NUL-ended) and ISO code. */
typedef struct ent_gaz_country {
    const char *name;
    uint32_t name_len;
    char iso[3];
} ent_gaz_country;
int ent_gaz_country_at(const struct ent_gaz *g, uint32_t index, ent_gaz_country *out);

/* Canonical name of an organisation (ent_gaz_entry.id - 1); 0 when out of range. */
int ent_gaz_org_at(const struct ent_gaz *g, uint32_t index, const char **name, uint32_t *len);

ent_status ent_gaz_open(const ent_model *m, struct ent_gaz **out);
void ent_gaz_close(struct ent_gaz *g, const ent_memory *mem);

#endif
