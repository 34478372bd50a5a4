/* gaz - the gazetteer: what is known of names, phrases and words before reading the text.
 *
 * Names are kept as fingerprints of their lower-cased words, not as strings, but for countries,
 * whose canonical names and ISO codes are needed in answers.
 */
#ifndef ENT_GAZ_H
#define ENT_GAZ_H

#include "model.h"
#include "token.h"

enum {                         /* what a phrase can be: bits of ent_gaz_entry.kinds */
       ENT_G_COUNTRY = 1,      /* Russia, the U.S. */
       ENT_G_DEMONYM = 2,      /* Russian (adjective, or one person) */
       ENT_G_PEOPLE = 4,       /* Russians (plural) */
       ENT_G_SEAT = 8,         /* Moscow, Washington: capital or seat that stands for a state */
       ENT_G_PLACE = 16,       /* city, region, sea */
       ENT_G_ORG = 32,         /* NATO, Security Council */
       ENT_G_PERSON = 64,      /* a full name */
       ENT_G_GIVEN = 128,      /* given name */
       ENT_G_FAMILY = 256,     /* family name */
       ENT_G_TITLE = 512,      /* president, foreign minister, Mr. : before or beside a person */
       ENT_G_GROUPNOUN = 1024, /* officials, leaders, forces: head of a group */
       ENT_G_ORGNOUN = 2048,   /* government, ministry, alliance: head of an organisation nominal */
       ENT_G_PLACENOUN = 4096, /* city, province, border */
       ENT_G_ORGWORD = 8192    /* word inside organisation names: Ministry, Party, Council, Bank */
};

enum {                   /* bits of ent_gaz_entry.flags */
       ENT_GF_WORD = 1,  /* also a common English word: needs a capital and context */
       ENT_GF_OTHER = 2, /* also a name of another kind */
       ENT_GF_CASE = 4,  /* only as written: "US", "EU", not "us" */
       ENT_GF_MALE = 8,
       ENT_GF_FEMALE = 16,
       ENT_GF_REGION = 32 /* continent, bloc: Europe, West */
};

enum { /* classes of a word, for rules: bits of ent_gaz_entry.classes (lexicon/words.tsv) */
       ENT_W_DET = 1 << 0,        /* the, a, this, each, my */
       ENT_W_DEF = 1 << 1,        /* the, this, my: what follows is known */
       ENT_W_POSS = 1 << 2,       /* my, its, whose; with ENT_W_PRON a possessive pronoun */
       ENT_W_QUANT = 1 << 3,      /* all, several, many */
       ENT_W_NUM = 1 << 4,        /* two, dozens, both */
       ENT_W_PREP = 1 << 5,       /* of, with */
       ENT_W_LOC = 1 << 6,        /* a preposition that places like: in, near */
       ENT_W_CONJ = 1 << 7,       /* and, or */
       ENT_W_SUB = 1 << 8,        /* that, if, because */
       ENT_W_AUX = 1 << 9,        /* is, has, will */
       ENT_W_NEG = 1 << 10,       /* not, never */
       ENT_W_ADV = 1 << 11,       /* also, recently */
       ENT_W_COMPASS = 1 << 12,   /* northern, upper */
       ENT_W_WH = 1 << 13,        /* who, which */
       ENT_W_PRON = 1 << 14,      /* he, they, its */
       ENT_W_THING = 1 << 15,     /* it, its */
       ENT_W_PLURAL = 1 << 16,    /* they, we */
       ENT_W_FIRST = 1 << 17,     /* I, we */
       ENT_W_SECOND = 1 << 18,    /* you */
       ENT_W_MONTH = 1 << 19,     /* March */
       ENT_W_DAY = 1 << 20,       /* Monday, today */
       ENT_W_TIME = 1 << 21,      /* week, morning */
       ENT_W_POLITICAL = 1 << 22, /* what a government has: offer, troops, stance */
       ENT_W_SPEECH = 1 << 23,    /* forms of verbs of speech and stance: said, rejects */
       ENT_W_VERB = 1 << 24,      /* forms of verbs that are hardly ever nouns */
       ENT_W_VNOUN = 1 << 25,     /* forms of verbs that are nouns as well: calls */
       ENT_W_MOD = 1 << 26,       /* stands before group nouns: armed, local, government */
       ENT_W_EVENT = 1 << 27,     /* ends names of what is no actor: Treaty, Summit, War */
       ENT_W_VISIT = 1 << 28,     /* a verb whose objects are places: visits, left */
       ENT_W_FOLK = 1 << 29,      /* faiths, peoples, tongues: a capital but no actor: Hindu; goods
                                     that a state's name may stand before: (Guinea) pigs */
       ENT_W_NAME = 1 << 30       /* a word of everyday that is a person's name, too: Will, Price */
};

typedef struct ent_gaz_entry {
    uint16_t kinds;
    uint8_t flags;
    uint8_t weight;   /* how frequent or sure, 0..255 */
    uint16_t country; /* 1 + index of a country, 0 none */
    uint16_t id;      /* 1 + index of an organisation of several names ("UN"), 0 none */
    uint32_t classes; /* ENT_W_*: grammar; a word may have these and no kinds */
} ent_gaz_entry;

typedef struct ent_gaz_hit { /* tokens [first, first + n) are this phrase */
    uint32_t first, n;
    ent_gaz_entry e;
} ent_gaz_hit;

typedef struct ent_gaz_hits {
    ent_gaz_hit *at;
    uint32_t n, cap;
    ent_gaz_entry *word; /* one for each token: what it is by itself; kinds as it is written */
    uint32_t cap_word;
} ent_gaz_hits;

/* All phrases found in a sentence: for each start the longest of each kind, single words too;
 * ordered by first token, longer first. And for each token its own entry. O(tokens * longest
 * phrase), nothing allocated per token. The arrays are reused from call to call. */
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
