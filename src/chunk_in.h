/* chunk_in - what the files of the chunk stage share. */
#ifndef ENT_CHUNK_IN_H
#define ENT_CHUNK_IN_H

#include "chunk.h"

static inline const ent_ctoken *tok(const ent_parse *p, uint32_t i)
{
    return &p->in.tok[i];
}

static inline uint8_t pos_at(const ent_parse *p, uint32_t i)
{
    return i < p->in.n ? p->in.tok[i].pos : (uint8_t)ENT_P_STOP;
}

static inline int is_type(const ent_parse *p, int i, uint8_t type)
{
    return i >= 0 && (uint32_t)i < p->n_chunks && p->ch[i].type == type;
}

static inline int is_finite(const ent_chunk *c)
{
    return c->type == ENT_CH_VG && !(c->flags & (ENT_CF_INF | ENT_CF_ING | ENT_CF_PART));
}

/* Finds the subject of every verb group, and the gaps of relative clauses. */
void ent_chunk_subjects(ent_parse *p);

#endif
