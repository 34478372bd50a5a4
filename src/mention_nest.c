/* mention_nest - mentions of a sentence nest or are disjoint. See mention.h.
 *
 * Where two cross, the steps before have read one stretch of text in two ways, and only one can be
 * painted. What the user marked stays before what was found, a name before a group, a description
 * or a pronoun, and else the earlier one. Proposals come later and take in what they cross
 * (claim.c). */
#include "mention.h"

enum {
    NEST_USER = 2, /* ranks: how strongly a mention holds its ground */
    NEST_NAME = 1,
    NEST_MOST = 2 * ENT_MAX_TOKENS, /* mentions around one; those held deeper are dropped */
    NEST_GONE = UINT16_MAX          /* ntok of a mention to be taken out */
};

static int nest_rank(const ent_smention *m)
{
    if (m->score == UINT16_MAX) return NEST_USER;
    return m->form == ENT_NAME && m->kind != ENT_GROUP ? NEST_NAME : 0;
}

/* Takes out what is marked so, in one pass; renumber: new number of each, at most n. A partner that
 * is gone is none. */
static void nest_close_up(ent_smentions *ms)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < ms->n; i++)
        ms->at[i].own = ms->at[i].ntok == NEST_GONE ? ENT_NONE : kept++;
    for (uint32_t i = 0; i < ms->n; i++) {
        ent_smention *m = &ms->at[i];
        if (m->partner >= ms->n) continue;
        uint32_t to = ms->at[m->partner].own;
        m->partner = to == ENT_NONE ? UINT16_MAX : (uint16_t)to;
        if (to == ENT_NONE) m->flags &= (uint16_t)~ENT_M_APPOS;
    }
    kept = 0;
    for (uint32_t i = 0; i < ms->n; i++) {
        if (ms->at[i].ntok == NEST_GONE) continue;
        ms->at[kept] = ms->at[i];
        ms->at[kept++].own = ENT_NONE;
    }
    ms->n = kept;
}

/* A walk in text order over a stack of the mentions that are open: the innermost is the one to
 * compare with, since those around it end no earlier. O(mentions). */
void ent_mentions_nest(ent_smentions *ms)
{
    uint16_t open[NEST_MOST];
    uint32_t depth = 0, gone = 0;
    for (uint32_t i = 0; i < ms->n; i++) {
        ent_smention *m = &ms->at[i];
        while (depth && ms->at[open[depth - 1]].end <= m->start)
            depth--;
        while (depth && m->ntok != NEST_GONE && ms->at[open[depth - 1]].end < m->end) {
            ent_smention *o = &ms->at[open[depth - 1]];
            int stays = nest_rank(o) >= nest_rank(m);
            (stays ? m : o)->ntok = NEST_GONE;
            depth -= !stays;
            gone++;
        }
        if (m->ntok == NEST_GONE) continue;
        if (depth < NEST_MOST)
            open[depth++] = (uint16_t)i;
        else
            m->ntok = NEST_GONE, gone++;
    }
    if (gone) nest_close_up(ms);
}
