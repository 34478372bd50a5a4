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
 * call. */
typedef const char *(*ent_text_fn)(void *ctx, uint32_t start, uint32_t end);

typedef struct ent_link_input {
    const ent_model *model;
    ent_sent *sents;
    uint32_t n;
    uint32_t changed_from, changed_to; /* sentences replaced since the last call; to counts new ones */
    uint32_t removed;                  /* how many old ones stood there */
    ent_text_fn text;
    void *ctx;
} ent_link_input;

typedef struct ent_linker ent_linker;

ent_status ent_linker_new(const ent_memory *mem, ent_linker **out);
void ent_linker_free(ent_linker *l);

/* Brings entities up to date: sets ent_smention.entity everywhere. On failure the next call starts
 * afresh. */
ent_status ent_linker_update(ent_linker *l, const ent_link_input *in);

/* Before a sentence's result is freed or replaced. */
void ent_linker_forget(ent_linker *l, const ent_sent *s);

uint32_t ent_linker_count(const ent_linker *l);
/* `first` of the entity is absolute. 0 when id is out of range. */
int ent_linker_entity(const ent_linker *l, uint32_t id, ent_entity *out);
int ent_linker_alias(const ent_linker *l, uint32_t id, size_t i, const char **name, size_t *len);
uint32_t ent_linker_find(const ent_linker *l, const char *name, size_t len);

ent_status ent_link_open(const ent_model *m, struct ent_linkmodel **out);
void ent_link_close(struct ent_linkmodel *c, const ent_memory *mem);

#endif
