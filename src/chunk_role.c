/* chunk_role - how mentions stand in their clauses, for link: subject, object, behind a
 * preposition, owner; of which verb, and whether that clause hangs on another. See chunk.h.
 */
#include "chunk_in.h"

enum { ROLE_LIST = 8 }; /* subjects of one verb at most */

/* Numbers verb groups from 1 on. Marks the noun phrases that are subjects with 1 + the chunk of
 * their first finite verb group, or of any when none is finite. */
static void role_subjects(const ent_parse *p, uint16_t *verb, uint8_t *number)
{
    int16_t list[ROLE_LIST];
    uint8_t n_verbs = 0;
    for (uint32_t v = 0; v < p->n_chunks; v++) {
        const ent_chunk *c = &p->ch[v];
        if (c->type == ENT_CH_VG && n_verbs < 255) n_verbs++;
        number[v] = n_verbs;
        if (c->type != ENT_CH_VG || c->subj < 0) continue;
        unsigned n = ent_chunk_left(p, c->subj, list, ROLE_LIST);
        for (unsigned i = 0; i < n; i++) {
            uint16_t *of = &verb[list[i]];
            if (!*of || (!is_finite(&p->ch[*of - 1]) && is_finite(c))) *of = (uint16_t)(v + 1);
        }
    }
}

/* What a walk over the chunks has passed. */
typedef struct walk {
    uint8_t next;    /* ENT_Y_* that a noun phrase here has unless it is a subject */
    uint8_t open;    /* inside brackets */
    uint16_t verb;   /* 1 + chunk of the last verb group; 0 before the first */
    uint16_t leader; /* 1 + chunk of the sentence's main verb group; 0 not met yet */
} walk;

static void role_pass(const ent_parse *p, uint32_t i, walk *w)
{
    switch (p->ch[i].type) {
    case ENT_CH_VG:
        w->next = ENT_Y_OBJECT;
        w->verb = (uint16_t)(i + 1);
        break;
    case ENT_CH_PREP:
        w->next = ENT_Y_PREP;
        break;
    case ENT_CH_OPEN:
        w->open = ENT_Y_ASIDE;
        break;
    case ENT_CH_CLOSE:
        w->open = 0;
        break;
    case ENT_CH_SUB:
    case ENT_CH_THAT:
    case ENT_CH_REL:
    case ENT_CH_STOP:
        w->next = 0;
        break;
    default:
        break;
    }
}

/* The first verb group that is finite and hangs on no other. */
static uint16_t role_main(const ent_parse *p)
{
    for (uint32_t v = 0; v < p->n_chunks; v++)
        if (is_finite(&p->ch[v]) && !p->ch[v].depth && p->ch[v].subj >= 0) return (uint16_t)(v + 1);
    return 0;
}

/* Role of the noun phrase at i, whose verb group is verb - 1. */
static uint8_t role_of(const ent_parse *p, const walk *w, uint32_t i, uint16_t subject_of,
                       uint16_t verb)
{
    unsigned y = subject_of ? ENT_Y_SUBJECT : w->next;
    if (verb && (p->ch[verb - 1].depth || !is_finite(&p->ch[verb - 1]))) y |= ENT_Y_HANGS;
    if (subject_of && subject_of == w->leader) y |= ENT_Y_MAIN;
    if (p->ch[i].flags & ENT_CF_OWNED) y |= ENT_Y_OWNED;
    return (uint8_t)(y | w->open);
}

void ent_chunk_roles(const ent_parse *p, ent_smention *ms, uint32_t n_ms)
{
    uint16_t verb[ENT_CT_MAX] = {0};
    uint8_t number[ENT_CT_MAX];
    walk w = {.leader = role_main(p)};
    uint32_t k = 0;
    role_subjects(p, verb, number);
    for (uint32_t i = 0; i < p->n_chunks; i++) {
        const ent_chunk *c = &p->ch[i];
        role_pass(p, i, &w);
        if (c->type != ENT_CH_NP) continue;
        uint16_t of = verb[i] ? verb[i] : w.verb;
        uint8_t y = role_of(p, &w, i, verb[i], of), clause = of ? number[of - 1] : 0;
        while (k < n_ms && ms[k].tok < c->first)
            k++;
        for (; k < n_ms && ms[k].tok < c->last; k++) {
            ms[k].clause = clause;
            ms[k].syntax = (uint8_t)(y & (ENT_Y_HANGS | ENT_Y_ASIDE));
            if ((int)k == c->actor) ms[k].syntax = y;
            if ((int)k == c->owner) ms[k].syntax = (uint8_t)((y & ~ENT_Y_OWNED) | ENT_Y_OWNER);
        }
    }
}
