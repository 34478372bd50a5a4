/* link_claim - entities of claims and attributions: who speaks, what was last proposed.
 * See link_impl.h. */
#include "link_impl.h"

static int within(ent_sspan s, const ent_kmention *m)
{
    return s.start <= m->start && m->end <= s.end;
}

/* The entity that a source number names in its own sentence. */
static uint32_t named_source(const ent_result *r, const ent_sattr *a)
{
    if (a->source < 0 || (uint32_t)a->source >= r->n_mentions) return ENT_NONE;
    return r->mentions[a->source].entity;
}

/* Who spoke last before sentence i: the source of the last attribution, as long as its paragraph
 * or its quotation goes on. */
static uint32_t earlier_speaker(const ent_linker *l, uint32_t i)
{
    int paragraph = (l->in.sents[i].flags & ENT_S_PARA) != 0;
    for (uint32_t d = 1; d <= ENT_L_WINDOW && d <= i; d++) {
        const ent_result *r = l->in.sents[i - d].result;
        const ent_sattr *a = r ? ent_result_attrs(r) : NULL;
        for (uint32_t k = a ? r->n_attrs : 0; k-- > 0;) {
            uint32_t who = named_source(r, &a[k]);
            if (who != ENT_NONE && (!paragraph || a[k].flags & ENT_A_OPEN)) return who;
        }
        paragraph |= (l->in.sents[i - d].flags & ENT_S_PARA) != 0;
    }
    return ENT_NONE;
}

static uint32_t source_of(const ent_linker *l, uint32_t i, const ent_sattr *a)
{
    if (a->source == ENT_C_SPEAKER) return earlier_speaker(l, i);
    return named_source(l->in.sents[i].result, a);
}

/* Whose turn it is in a transcript: the last name set before a paragraph as its speaker. */
static uint32_t labelled(const ent_linker *l, uint32_t i, uint32_t k)
{
    for (uint32_t d = 0; d <= ENT_L_WINDOW && d <= i; d++) {
        const ent_result *r = l->in.sents[i - d].result;
        for (uint32_t q = 0; r && q < (d ? r->n_mentions : k) && q < 3; q++)
            if (r->mentions[q].label & ENT_LABEL_SPEAKS) return r->mentions[q].entity;
    }
    return ENT_NONE;
}

uint32_t ent_lclaim_speaker(const ent_linker *l, uint32_t i, uint32_t k)
{
    const ent_result *r = l->in.sents[i].result;
    const ent_kmention *m = &r->mentions[k];
    if (!(m->flags & ENT_M_INQUOTE)) return ent_lnear_narrates(l, m) ? labelled(l, i, k) : ENT_NONE;
    const ent_sattr *a = ent_result_attrs(r), *end = a + r->n_attrs;
    for (; a < end; a++)
        for (uint32_t c = 0; c < a->n_content; c++)
            if (within(a->content[c], m)) return source_of(l, i, a);
    return earlier_speaker(l, i);
}

/* The proposal last mentioned before a place in sentence i. */
static uint32_t previous_proposal(const ent_linker *l, uint32_t i, uint32_t before)
{
    for (uint32_t d = 0; d <= ENT_L_WINDOW && d <= i; d++) {
        const ent_result *r = l->in.sents[i - d].result;
        for (uint32_t k = r ? r->n_mentions : 0; k-- > 0;) {
            const ent_kmention *m = &r->mentions[k];
            if (m->kind != ENT_PROPOSAL || m->entity == ENT_NONE) continue;
            if (d || m->end <= before) return m->entity;
        }
    }
    return ENT_NONE;
}

static uint32_t partner(const ent_linker *l, uint32_t i, int16_t number, const ent_sclaim *c)
{
    const ent_result *r = l->in.sents[i].result;
    if (number == ENT_C_SPEAKER) return earlier_speaker(l, i);
    if (number == ENT_C_PREVIOUS) return previous_proposal(l, i, c->cue[0].start);
    if (number < 0 || (uint32_t)number >= r->n_mentions) return ENT_NONE;
    return r->mentions[number].entity;
}

/* "it" may turn out to be a plan, which nobody asks for anything. */
static int is_proposal(const ent_linker *l, uint32_t entity)
{
    return entity != ENT_NONE && l->type[entity].kind == ENT_PROPOSAL;
}

void ent_lclaim_sentence(ent_linker *l, uint32_t i)
{
    ent_result *r = l->in.sents[i].result;
    if (!r) return;
    ent_sattr *a = ent_result_attrs(r);
    for (uint32_t k = 0; k < r->n_attrs; k++)
        a[k].entity = source_of(l, i, &a[k]);
    ent_sclaim *c = ent_result_claims(r), *end = c + r->n_claims;
    for (; c < end; c++) {
        c->actor_entity = partner(l, i, c->actor, c);
        c->proposal_entity = partner(l, i, c->proposal, c);
        c->target_entity = partner(l, i, c->target, c);
        c->by_entity = partner(l, i, c->by, c);
        if (c->by_entity == c->actor_entity) c->by_entity = ENT_NONE;
        if (c->target_entity == c->actor_entity || is_proposal(l, c->target_entity))
            c->target_entity = ENT_NONE;
    }
}
