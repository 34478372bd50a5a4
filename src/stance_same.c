/* stance_same - clauses that leave out what the clause before them said. See stance.h.
 *
 * "France backed the plan, Hungary did not", "and so did Poland", "while Hungary vetoed": the
 * stances of the clause before hold for another actor, or their proposals for another cue. */
#include "stance_in.h"

/* Whether nothing that belongs to the verb stands from token i on. */
static int ends_here(const ent_stances *st, uint32_t i)
{
    int k = chunk_at(st, i);
    return k < 0 || is_type(st, k, ENT_CH_STOP) || is_type(st, k, ENT_CH_COMMA) ||
           is_type(st, k, ENT_CH_CONJ) || is_type(st, k, ENT_CH_SUB);
}

/* "if it did not", "before rivals do": what such a clause says again is not told as a fact. */
static int is_subordinate(const ent_stances *st, int v)
{
    int k = chunk(st, v)->subj - 1;
    if (!is_type(st, k, ENT_CH_SUB)) return 0;
    uint32_t w = lower(st, chunk(st, k)->head);
    return w != word("while") && w != word("whereas") && w != word("though") &&
           w != word("although");
}

/* Whoever did the same: behind "so did", "as did", "nor did"; else the subject. `inverted` tells
 * the first. */
static void same_actors(const ent_stances *st, ent_swork *w, int v, int *inverted)
{
    static const char before[][8] = {"so", "as", "nor", "neither", "than"};
    uint32_t first = chunk(st, v)->first;
    int np = next(st, v);
    *inverted = 0;
    for (unsigned i = 0; first > 0 && i < sizeof before / sizeof *before; i++)
        *inverted |= lower(st, first - 1) == word(before[i]);
    if (*inverted && is_type(st, np, ENT_CH_NP))
        ent_stance_actors_right(st, w, np, ENT_REL_FAR);
    else if (!*inverted && ends_here(st, chunk(st, v)->last) && !is_subordinate(st, v))
        ent_stance_find_actors(st, w, v);
}

static int has_actor(const ent_swork *w, int16_t m)
{
    for (unsigned i = 0; i < w->n_actors; i++)
        if (w->actors[i] == m) return 1;
    return 0;
}

/* Adds candidate i again for another actor of w; it is weighed by the verb that is left out. */
static void say_again(ent_stances *st, const ent_swork *w, uint32_t i, int16_t actor, int inverted)
{
    if (st->n == ENT_STANCE_MAX) return;
    ent_scand x = st->at[i];
    x.actor = actor;
    x.by = ENT_C_NONE;
    x.rel = w->rel;
    x.cue_first[0] = (uint16_t)w->first;
    x.cue_last[0] = (uint16_t)w->last;
    if (!inverted) x.flags = w->flags;
    st->at[st->n++] = x;
}

int ent_stance_same(ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    ent_swork w;
    int inverted;
    uint32_t n = st->n;
    uint32_t aux = lower(st, c->head);
    if (aux == word("doing") || aux == word("having") || aux == word("being")) return 0;
    if (!n || tok(st, c->head)->pos != ENT_P_AUX || c->flags & (ENT_CF_INF | ENT_CF_ING)) return 0;
    ent_stance_start(st, &w, v, c->first);
    w.last = c->last;
    same_actors(st, &w, v, &inverted);
    const ent_scand last = st->at[n - 1];
    if (!w.n_actors || last.chunk >= v || has_actor(&w, last.actor)) return 0;
    int refuses = (last.how & 31) == ENT_HOW_MODAL && last.label == ENT_OPPOSES;
    if (!inverted && refuses) return 0; /* "will not sign, but Oslo will" */
    for (uint32_t i = 0; i < n; i++)
        for (unsigned a = 0; a < w.n_actors; a++)
            if (st->at[i].chunk == last.chunk && st->at[i].actor == last.actor)
                say_again(st, &w, i, w.actors[a], inverted);
    return 1;
}

int ent_stance_shared_object(ent_stances *st, ent_swork *w)
{
    unsigned label = w->q.label;
    if (label != ENT_ACCEPTS && label != ENT_OPPOSES && label != ENT_SUPPORTS) return 0;
    if (!(w->q.frames & (ENT_F_OBJ | ENT_F_PROP)) || w->q.sure < 8) return 0;
    if (!st->n || !ends_here(st, w->last)) return 0;
    const ent_scand *last = &st->at[st->n - 1];
    int before = chunk(st, w->v)->subj - 1;
    if (last->chunk >= before || has_actor(w, last->actor)) return 0;
    if (!is_type(st, before, ENT_CH_SUB) && !is_type(st, before, ENT_CH_CONJ) &&
        !is_type(st, before, ENT_CH_COMMA) && !is_type(st, before, ENT_CH_STOP))
        return 0;
    for (uint32_t i = 0; i < st->n; i++)
        if (st->at[i].chunk == last->chunk && st->at[i].actor == last->actor)
            ent_stance_add_prop(w, st->at[i].prop);
    w->how = ENT_HOW_PREVIOUS;
    return w->n_props > 0;
}
