/* link - which mentions are the same actor, place or proposal, over the whole document.
 *
 * The document hands over its sentences with their results; link gives each mention its entity
 * number, resolves the special values of claims, and keeps the table of entities. Linking depends
 * on results only, never on bytes it has not been given, and its answer is that of linking the
 * whole document afresh.
 */
#ifndef ENT_LINK_H
#define ENT_LINK_H

#include "analyse.h"
#include "sent.h"

/* One sentence of a document. */
typedef struct ent_sent {
    uint32_t start, len;
    ent_sent_state state; /* at its start */
    uint16_t flags;       /* ENT_S_* */
    uint16_t pending;     /* 1: not analysed yet */
    ent_result *result;   /* NULL: nothing found */
} ent_sent;

/* Reads text of the document: gives a pointer to the bytes [start, end), contiguous until the next
 * call; NULL when memory is short. */
typedef const char *(*ent_text_fn)(void *ctx, uint32_t start, uint32_t end);

typedef struct ent_link_input {
    const ent_model *model;
    const ent_user *user; /* NULL: no corrections */
    ent_sent *sents;
    uint32_t n;
    uint32_t changed_from,
        changed_to;   /* sentences replaced since the last call; to counts new ones */
    uint32_t removed; /* how many old ones stood there */
    size_t work;      /* mentions and names to look at, at most about so many; 0: all */
    int resumed;      /* nothing changed since a call whose work was too little */
    ent_text_fn text;
    void *ctx;
} ent_link_input;

typedef struct ent_linker ent_linker;

typedef enum ent_link_reason {                 /* why a mention refers to what it refers to */
                               ENT_L_SELF = 0, /* first of its name */
                               ENT_L_EXACT,    /* the same name */
                               ENT_L_SHORT,    /* part of a fuller name */
                               ENT_L_NEAR,     /* a name that several bear: the nearest of them */
                               ENT_L_ACRONYM,  /* by its initials */
                               ENT_L_VARIANT,  /* another spelling */
                               ENT_L_COUNTRY,  /* name, adjective or seat of one state */
                               ENT_L_ALIAS,    /* known names of one organisation */
                               ENT_L_TITLE,    /* an office seen with the name */
                               ENT_L_HEAD, /* its head noun is part of the name or stands for it */
                               ENT_L_SALIENT, /* a pronoun or noun: best scored of those before it
                                               */
                               ENT_L_SPEAKER, /* I, we: who speaks */
                               ENT_L_USER,    /* the user says so */
                               ENT_L_REASONS
} ent_link_reason;

/* A short English phrase for a reason; NULL when out of range. */
const char *ent_link_reason_name(unsigned reason);

ent_status ent_linker_new(const ent_memory *mem, ent_linker **out);
void ent_linker_free(ent_linker *l);

/* Brings everything up to date: after it, ent_linker_public answers for every mention and the
 * claims' entities are set (as public numbers through ent_linker_number). What `in` points to must
 * stay until the next update. When in->work was too little, *done is 0, nothing may be asked, and
 * `in` says what is to be told as changed in the next call, together with what changes meanwhile;
 * else *done is 1 and nothing is left as changed. On failure the next call starts afresh. */
ent_status ent_linker_update(ent_linker *l, ent_link_input *in, int *done);

/* Before a sentence's result is freed or replaced. */
void ent_linker_forget(ent_linker *l, const ent_sent *s);

/* Public entity number of what a mention's or claim's `entity` field holds; ENT_NONE when there is
 * none. Numbers count up in order of first mention. O(1). */
uint32_t ent_linker_number(const ent_linker *l, uint32_t entity);

/* The mention as shown: kind, form, entity, score (its span stays the caller's to set). 0 when it
 * is not to be shown. O(1). */
int ent_linker_public(const ent_linker *l, const ent_kmention *m, ent_mention *out);

/* Mentions of a public entity in text order: the first `room` of them go to `out`. Returns how many
 * there are. A look at a word of bits a sentence, and at the mentions of those that may hold one.
 */
uint32_t ent_linker_refs(const ent_linker *l, uint32_t id, ent_mention *out, uint32_t room);

/* Fills in all but the span for mention k of sentence i. */
void ent_linker_why(const ent_linker *l, uint32_t i, uint32_t k, ent_link_why *out);

uint32_t ent_linker_count(const ent_linker *l);
/* ENT_EARG when id is out of range. Names lie in the text: valid until the next call. */
ent_status ent_linker_entity(ent_linker *l, uint32_t id, ent_entity *out);
ent_status ent_linker_alias(ent_linker *l, uint32_t id, size_t i, const char **name, size_t *len);

/* Entity by any of its names, whatever their case and accents; the earliest of several. */
ent_status ent_linker_find(ent_linker *l, const char *name, size_t len, uint32_t *id);

/* Entities with a name in the text that begins so, or whose last word does, whatever the case and
 * accents, in alphabetical order, at most `most`. O(log n) and a little for each. */
ent_status ent_linker_prefix(ent_linker *l, const char *prefix, size_t len, size_t most,
                             const uint32_t **ids, size_t *n);

ent_status ent_link_open(const ent_model *m, struct ent_linkmodel **out);
void ent_link_close(struct ent_linkmodel *c, const ent_memory *mem);

#endif
