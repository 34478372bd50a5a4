/* link - which mentions are the same actor. See link.h. Exact names only. */
#include "link.h"

#include <string.h>

typedef struct item {
    uint32_t key, mentions;
    uint8_t kind;
    uint16_t country;
    ent_span first;
    char name[96];
    uint32_t name_len;
} item;

struct ent_linker {
    ent_memory mem;
    const ent_model *model;
    item *at;
    uint32_t n, cap;
};

ent_status ent_linker_new(const ent_memory *mem, ent_linker **out)
{
    ent_linker *l = ent_realloc(mem, NULL, 0, sizeof *l);
    *out = l;
    if (!l) return ENT_ENOMEM;
    *l = (ent_linker){0};
    if (mem) l->mem = *mem;
    return ENT_OK;
}

void ent_linker_free(ent_linker *l)
{
    if (!l) return;
    ent_memory mem = l->mem;
    ent_free(&mem, l->at, l->cap * sizeof *l->at);
    ent_free(&mem, l, sizeof *l);
}

static uint32_t find(const ent_linker *l, const ent_smention *m)
{
    for (uint32_t i = 0; i < l->n; i++)
        if (l->at[i].kind == m->kind && (m->country ? l->at[i].country == m->country
                                                    : l->at[i].key == m->key))
            return i;
    return ENT_NONE;
}

static ent_status add(ent_linker *l, const ent_link_input *in, const ent_sent *s, ent_smention *m)
{
    uint32_t id = find(l, m);
    if (id == ENT_NONE) {
        ent_status st = ent_grow(&l->mem, (void **)&l->at, &l->cap, l->n + 1u, sizeof *l->at);
        if (st) return st;
        id = l->n++;
        item *e = &l->at[id];
        *e = (item){.key = m->key, .kind = m->kind, .country = m->country,
                    .first = {s->start + m->start, s->start + m->end}};
        e->name_len = m->end - m->start < 96 ? m->end - m->start : 96;
        memcpy(e->name, in->text(in->ctx, e->first.start, e->first.end), e->name_len);
    }
    l->at[id].mentions++;
    m->entity = id;
    return ENT_OK;
}

static uint32_t entity_of(const ent_result *r, int16_t i)
{
    return i >= 0 && (uint32_t)i < r->n_mentions ? r->mentions[i].entity : ENT_NONE;
}

static void resolve(ent_result *r)
{
    for (uint32_t k = 0; k < r->n_claims; k++) {
        ent_sclaim *c = &r->claims[k];
        c->actor_entity = entity_of(r, c->actor);
        c->proposal_entity = entity_of(r, c->proposal);
        c->target_entity = entity_of(r, c->target);
        c->by_entity = entity_of(r, c->by);
    }
    for (uint32_t k = 0; k < r->n_attrs; k++)
        r->attrs[k].entity = entity_of(r, r->attrs[k].source);
}

ent_status ent_linker_update(ent_linker *l, const ent_link_input *in)
{
    l->n = 0;
    l->model = in->model;
    for (uint32_t i = 0; i < in->n; i++) {
        ent_result *r = in->sents[i].result;
        for (uint32_t k = 0; r && k < r->n_mentions; k++) {
            ent_status st = add(l, in, &in->sents[i], &r->mentions[k]);
            if (st) return st;
        }
        if (r) resolve(r);
    }
    return ENT_OK;
}

void ent_linker_forget(ent_linker *l, const ent_sent *s)
{
    (void)l;
    (void)s;
}

uint32_t ent_linker_count(const ent_linker *l)
{
    return l->n;
}

int ent_linker_entity(const ent_linker *l, uint32_t id, ent_entity *out)
{
    if (id >= l->n) return 0;
    const item *e = &l->at[id];
    *out = (ent_entity){.kind = e->kind, .mentions = e->mentions, .names = e->mentions,
                        .first = e->first, .name = e->name, .name_len = e->name_len};
    ent_gaz_country c;
    if (e->country && l->model->gaz &&
        ent_gaz_country_at(l->model->gaz, e->country - 1u, &c)) {
        out->name = c.name;
        out->name_len = c.name_len;
        memcpy(out->iso, c.iso, 3);
    }
    return 1;
}

int ent_linker_alias(const ent_linker *l, uint32_t id, size_t i, const char **name, size_t *len)
{
    (void)l, (void)id, (void)i, (void)name, (void)len;
    return 0;
}

uint32_t ent_linker_find(const ent_linker *l, const char *name, size_t len)
{
    for (uint32_t i = 0; i < l->n; i++)
        if (l->at[i].name_len == len && !memcmp(l->at[i].name, name, len)) return i;
    return ENT_NONE;
}

ent_status ent_link_open(const ent_model *m, struct ent_linkmodel **out)
{
    (void)m;
    *out = NULL;
    return ENT_OK;
}

void ent_link_close(struct ent_linkmodel *c, const ent_memory *mem)
{
    (void)c;
    (void)mem;
}
