/* stance_args - the actors, addressees and proposals of a cue. See stance.h. */
#include "stance_in.h"

/* ---- a cue being worked on ----------------------------------------------------------------- */

void ent_stance_add_prop(ent_swork *w, int prop)
{
    if (prop >= 0 && w->n_props < sizeof w->props / sizeof *w->props)
        w->props[w->n_props++] = (int16_t)prop;
}

void ent_stance_add_mention(int16_t *list, unsigned *n, int16_t m)
{
    for (unsigned i = 0; i < *n; i++)
        if (list[i] == m) return;
    if (m >= 0 && *n < ENT_STANCE_LIST) list[(*n)++] = m;
}

/* The source whose words hold token i, -1 none. */
static int source_of(const ent_stances *st, uint32_t i)
{
    int a = st->attrs->of[i];
    if (a < 0 || st->attrs->at[a].source < 0 || st->attrs->at[a].sure < 7) return -1;
    return chunk(st, st->attrs->at[a].source)->actor;
}

/* "Some reports suggest that": the words of nobody, so doubtful. */
static int is_rumour(const ent_stances *st, uint32_t i)
{
    static const char nouns[][12] = {"reports", "rumours", "rumors", "speculation"};
    int a = st->attrs->of[i], np = a < 0 ? -1 : st->attrs->at[a].source;
    if (np < 0 || chunk(st, np)->actor >= 0) return 0;
    for (unsigned k = 0; k < sizeof nouns / sizeof *nouns; k++)
        if (lower(st, chunk(st, np)->head) == word(nouns[k])) return 1;
    return 0;
}

static void emit_one(ent_stances *st, const ent_swork *w, int16_t actor, int16_t prop,
                     int16_t target)
{
    if (st->n == ENT_STANCE_MAX) return;
    int by = source_of(st, w->first);
    unsigned rumour = is_rumour(st, w->first) ? ENT_C_HEDGED : 0u;
    st->at[st->n++] = (ent_scand){.actor = actor,
                                  .prop = prop,
                                  .target = target,
                                  .by = (int16_t)(by == actor || by < 0 ? ENT_C_NONE : by),
                                  .label = w->q.label,
                                  .flags = (uint8_t)(w->flags | rumour),
                                  .how = w->how,
                                  .rel = w->rel,
                                  .sure = w->q.sure,
                                  .told = (w->q.flags & ENT_CUE_USER) != 0,
                                  .chunk = (int16_t)w->v,
                                  .cue_first = {(uint16_t)w->first},
                                  .cue_last = {(uint16_t)w->last}};
    if (prop >= 0) st->s->at[prop].taken = 1;
}

/* Whether what is announced harms somebody: a strike, to retaliate. */
static int is_harm(const ent_stances *st, int prop)
{
    const ent_cword *h = &tok(st, st->s->at[prop].head)->w;
    return (h->vclass & ENT_V_HARM) != 0 || (h->nframes & ENT_NF_HARM) != 0;
}

/* One line for each actor, proposal and addressee. */
void ent_stance_emit(ent_stances *st, ent_swork *w)
{
    if (w->q.label == ENT_PROPOSES && w->n_props && is_harm(st, w->props[0]))
        w->q.label = ENT_THREATENS;
    if (w->q.label == ENT_THREATENS && w->q.sure <= 5 && w->how == ENT_HOW_OBJECT &&
        (!w->n_props || !is_harm(st, w->props[0])))
        return; /* "warned of a famine" */
    for (unsigned a = 0; a < w->n_actors; a++)
        for (unsigned x = 0; x < (w->n_props ? w->n_props : 1); x++) {
            int16_t prop = w->n_props ? w->props[x] : (int16_t)ENT_C_NONE;
            if (!w->n_props && w->previous)
                prop = ENT_C_PREVIOUS;
            else if (!w->n_props && w->q.label != ENT_CRITICISES && w->how != ENT_HOW_MET)
                continue;
            if (!w->n_targets) emit_one(st, w, w->actors[a], prop, ENT_C_NONE);
            for (unsigned t = 0; t < w->n_targets; t++)
                if (w->targets[t] != w->actors[a])
                    emit_one(st, w, w->actors[a], prop, w->targets[t]);
        }
}

/* ---- actors -------------------------------------------------------------------------------- */

/* The actor that a noun phrase means: its head, or who is counted by it ("dozens of lawmakers"). */
int16_t ent_stance_actor_of(const ent_stances *st, int np)
{
    const ent_chunk *c = chunk(st, np);
    const ent_cword *h = &tok(st, c->head)->w;
    if (c->actor >= 0) return c->actor;
    if (is_type(st, np + 1, ENT_CH_PREP) && is_type(st, np + 2, ENT_CH_NP) &&
        is_type(st, np + 3, ENT_CH_NP) && chunk(st, np + 3)->actor >= 0)
        return chunk(st, np + 3)->actor; /* "the Secretary of State Hillary Clinton" */
    if (h->stance == ENT_DISCUSSES + 1 && c->owner >= 0) return c->owner; /* "the CIS summit" */
    if (!(h->tags & (ENT_K_NUM | ENT_K_QUANT)) && (h->noun & ENT_N_CLASS) != ENT_N_THROUGH)
        return -1;
    return is_prep(st, np + 1, word("of")) && is_type(st, np + 2, ENT_CH_NP)
               ? chunk(st, np + 2)->actor
               : (int16_t)-1;
}

unsigned ent_stance_actors_left(const ent_stances *st, int np, int16_t *out)
{
    int16_t list[ENT_STANCE_LIST];
    unsigned n = 0, k = ent_chunk_left(parse(st), np, list, ENT_STANCE_LIST);
    for (unsigned i = 0; i < k; i++)
        ent_stance_add_mention(out, &n, ent_stance_actor_of(st, list[i]));
    return n;
}

/* An actor in apposition behind a noun phrase: "its foreign minister, Souleymane Keïta". */
int16_t ent_stance_apposed(const ent_stances *st, int np)
{
    int k = next(st, np);
    if (is_type(st, k, ENT_CH_PREP) &&
        is_type(st, next(st, k), ENT_CH_NP)) /* "a judge in Lima, X" */
        k = next(st, next(st, k));
    if (!is_type(st, k, ENT_CH_COMMA)) return -1;
    k = next(st, k);
    int v = next(st, k);
    if (is_type(st, v, ENT_CH_VG) && chunk(st, v)->subj == k) return -1; /* ", he said," */
    return is_type(st, k, ENT_CH_NP) ? chunk(st, k)->actor : (int16_t)-1;
}

/* Whoever acts in the last finite clause before chunk v. */
int ent_stance_subject_back(const ent_stances *st, int v, int not_np)
{
    for (int j = v - 1, left = ENT_CH_REACH; j >= 0 && left > 0; j--, left--) {
        const ent_chunk *c = chunk(st, j);
        if (c->type == ENT_CH_VG && c->subj >= 0 && c->subj != not_np &&
            !(c->flags & (ENT_CF_INF | ENT_CF_PART)) && chunk(st, c->subj)->actor >= 0)
            return c->subj;
    }
    return -1;
}

/* Actors of a verb group: its subject; the person in apposition; for a text that "calls for"
 * something, who acts before. */
void ent_stance_find_actors(const ent_stances *st, ent_swork *w, int v)
{
    const ent_chunk *c = chunk(st, v);
    w->n_actors = 0;
    w->rel = ENT_REL_NEAR;
    if (c->subj < 0) return;
    w->n_actors = ent_stance_actors_left(st, c->subj, w->actors);
    if (!w->n_actors)
        ent_stance_add_mention(w->actors, &w->n_actors, ent_stance_apposed(st, c->subj));
    if (w->n_actors) {
        if (c->subj > v || v - c->subj > 3) w->rel = ENT_REL_FAR;
        return;
    }
    int back = ent_stance_subject_back(st, v, c->subj);
    if (back >= 0 && (c->flags & (ENT_CF_ING | ENT_CF_PART))) {
        w->n_actors = ent_stance_actors_left(st, back, w->actors);
        w->rel = ENT_REL_FAR;
    }
}

/* Noun phrase behind "by" that does what the passive verb group says. */
int ent_stance_agent(const ent_stances *st, int v)
{
    uint32_t by = word("by");
    int k = v;
    for (int left = 8; left > 0; left--) {
        k = next(st, k);
        if (k < 0 || is_type(st, k, ENT_CH_STOP) || is_type(st, k, ENT_CH_VG)) return -1;
        if (is_prep(st, k, by) && is_type(st, k + 1, ENT_CH_NP)) return k + 1;
    }
    return -1;
}

void ent_stance_actors_right(const ent_stances *st, ent_swork *w, int np, uint8_t rel)
{
    int16_t list[ENT_STANCE_LIST];
    unsigned k = ent_chunk_tight(parse(st), np, list, ENT_STANCE_LIST);
    for (unsigned i = 0; i < k; i++)
        ent_stance_add_mention(w->actors, &w->n_actors, ent_stance_actor_of(st, list[i]));
    w->rel = rel;
}

void ent_stance_targets_right(const ent_stances *st, ent_swork *w, int np)
{
    int16_t list[ENT_STANCE_LIST];
    unsigned k = ent_chunk_tight(parse(st), np, list, ENT_STANCE_LIST);
    for (unsigned i = 0; i < k; i++)
        if (is_actor(st, list[i]) &&
            parse(st)->in.ms[chunk(st, list[i])->actor].kind != ENT_PLACE) /* asked for nothing */
            ent_stance_add_mention(w->targets, &w->n_targets, chunk(st, list[i])->actor);
}

/* Whose words token i stands in: the source named in the sentence, or whoever speaks the quotation
 * that goes on in it. */
void ent_stance_find_speaker(const ent_stances *st, ent_swork *w, uint32_t i)
{
    int a = st->attrs->of[i];
    w->n_actors = 0;
    w->rel = ENT_REL_SPEAKER;
    if (a >= 0 && st->attrs->at[a].source >= 0) {
        w->n_actors = ent_stance_actors_left(st, st->attrs->at[a].source, w->actors);
        if (!w->n_actors)
            ent_stance_add_mention(w->actors, &w->n_actors,
                                   ent_stance_apposed(st, st->attrs->at[a].source));
    } else if (parse(st)->in.t[i].flags & ENT_T_INQUOTE) {
        w->actors[0] = ENT_C_SPEAKER;
        w->n_actors = 1;
    }
}

/* What a relative clause stands on may lie further left than the nearest noun: "a halt along the
 * border, which was rejected": the first noun phrase to the left that names a proposal. */
int ent_stance_better_antecedent(const ent_stances *st, int np)
{
    int other = -1; /* the first that is no actor */
    for (int j = np, left = 8; j >= 0 && left > 0; j--, left--) {
        if (is_type(st, j, ENT_CH_VG) || is_type(st, j, ENT_CH_STOP)) break;
        if (!is_type(st, j, ENT_CH_NP)) continue;
        unsigned class = ent_prop_class(st->s, j);
        if ((class >= ENT_N_ALWAYS && class <= ENT_N_STANCE) && !is_actor(st, j)) return j;
        if (other < 0 && !is_actor(st, j)) other = j;
        if (!is_type(st, j - 1, ENT_CH_PREP)) break;
    }
    return is_actor(st, np) && other >= 0 ? other : np;
}

/* ---- proposals ----------------------------------------------------------------------------- */

/* Verb group of the that-clause that starts at chunk k (behind "that"), -1 none. */
int ent_stance_clause_verb(const ent_stances *st, int k)
{
    for (int left = 10; k >= 0 && left > 0; left--, k = next(st, k)) {
        if (is_type(st, k, ENT_CH_VG)) {
            if (chunk(st, k)->flags & (ENT_CF_ING | ENT_CF_PART)) continue;
            return k;
        }
        if (is_type(st, k, ENT_CH_STOP)) return -1;
    }
    return -1;
}

/* What a noun with a complement is about: "the idea of X", "calls for X", "a proposal to do X".
 * Returns 1 when a complement was found. */
int ent_stance_complement(ent_stances *st, ent_swork *w, int np, int depth)
{
    const ent_cword *h = &tok(st, chunk(st, np)->head)->w;
    static const struct {
        uint16_t frame;
        char prep[8];
    } preps[] = {{ENT_NF_FOR, "for"},         {ENT_NF_OF, "of"}, {ENT_NF_TO, "to"},
                 {ENT_NF_AGAINST, "against"}, {ENT_NF_ON, "on"}, {ENT_NF_ON, "about"},
                 {ENT_NF_ON, "over"}};
    int k = next(st, np);
    for (int left = 4; k >= 0 && left > 0; left--) {
        if (is_type(st, k, ENT_CH_VG) && chunk(st, k)->flags & ENT_CF_INF)
            return h->nframes & ENT_NF_INF ? ent_stance_verb_props(st, w, k, depth + 1) : 0;
        if (is_type(st, k, ENT_CH_THAT) && h->nframes & ENT_NF_THAT) {
            int v = ent_stance_clause_verb(st, next(st, k));
            return v >= 0 ? ent_stance_verb_props(st, w, v, depth + 1) : 0;
        }
        if (!is_type(st, k, ENT_CH_PREP)) return 0;
        for (unsigned i = 0; i < sizeof preps / sizeof *preps; i++) {
            if (!(h->nframes & preps[i].frame) || !is_prep(st, k, word(preps[i].prep))) continue;
            int o = next(st, k);
            if (is_type(st, o, ENT_CH_VG)) return ent_stance_verb_props(st, w, o, depth + 1);
            if (is_type(st, o, ENT_CH_NP) && tok(st, chunk(st, o)->first)->pos == ENT_P_NUM &&
                preps[i].frame == ENT_NF_OF)
                return 0; /* "an offer of 3 percent" */
            if (preps[i].frame == ENT_NF_FOR && h->stance == ENT_PROPOSES + 1 &&
                is_type(st, o, ENT_CH_NP) && !ent_prop_class(st->s, o))
                return 0; /* "a bid for its rival" */
            if (is_type(st, o, ENT_CH_NP) && !is_actor(st, o))
                return ent_stance_noun_props(st, w, o, depth + 1);
        }
        /* over the one it comes from */
        if (!is_prep(st, k, word("by")) && !is_prep(st, k, word("from")) &&
            !is_prep(st, k, word("of")) && !is_prep(st, k, word("to")))
            return 0;
        k = next(st, k);
        if (!is_type(st, k, ENT_CH_NP)) return 0;
        int16_t list[ENT_STANCE_LIST];
        unsigned n = ent_chunk_right(parse(st), k, list, ENT_STANCE_LIST);
        k = next(st, list[n - 1]);
    }
    return 0;
}

/* Proposals that a noun phrase (a list of them) stands for. */
int ent_stance_noun_props(ent_stances *st, ent_swork *w, int np, int depth)
{
    int16_t list[ENT_STANCE_LIST];
    unsigned before = w->n_props, n = ent_chunk_right(parse(st), np, list, ENT_STANCE_LIST);
    for (unsigned i = 0; i < n; i++) {
        int x = list[i];
        const ent_cword *h = &tok(st, chunk(st, x)->head)->w;
        unsigned class = h->noun & ENT_N_CLASS;
        if (is_actor(st, x) && ent_prop_np(st->s, x) < 0) continue;
        int self = (h->nframes & (ENT_NF_SELF | ENT_NF_EVEN)) != 0;
        int opens = class == ENT_N_STANCE || class == ENT_N_SHORT || class == ENT_N_THROUGH ||
                    ((h->stance || h->nframes & ENT_NF_INF) && !(h->nframes & ENT_NF_EVEN));
        if (depth < 3 && opens && ent_stance_complement(st, w, x, depth)) {
            w->how |= ENT_HOW_THROUGH;
            continue;
        }
        if (class == ENT_N_STANCE && !self) continue;
        if (class == ENT_N_VALUE || (class == ENT_N_THROUGH && !(chunk(st, x)->flags & ENT_CF_DEF)))
            continue;
        ent_stance_add_prop(w, ent_prop_np(st->s, x));
    }
    if (w->n_props == before && depth == 0) {
        unsigned class = ent_prop_class(st->s, np);
        int firm = class == ENT_N_VALUE && w->q.sure >= 9; /* "rejected the victory" */
        const ent_cword *h = &tok(st, chunk(st, np)->head)->w;
        int words = (h->nframes & ENT_NF_REPORT) && w->q.sure < 9; /* "declined comment" */
        if (firm || (!words && (class == ENT_N_STANCE || class == ENT_N_THROUGH)))
            ent_stance_add_prop(w, ent_prop_np(st->s, np));
    }
    return w->n_props > before;
}

/* The verb group that counts behind one that changes nothing: "continue to", "try to". */
static int over_aspect(const ent_stances *st, int v)
{
    for (int left = 4; left > 0; left--) {
        if (!(tok(st, chunk(st, v)->head)->w.vclass & (ENT_V_ASPECT | ENT_V_HEDGE))) return v;
        int k = next(st, v);
        if (!is_type(st, k, ENT_CH_VG)) return v;
        v = k;
    }
    return v;
}

/* The object of a verb that stands for what is done with it: "sign the deal", "comply with X". */
static int through_object(const ent_stances *st, int v)
{
    int part = next(st, v); /* "take part in the mission" */
    if (is_type(st, part, ENT_CH_NP) && lower(st, chunk(st, part)->head) == word("part") &&
        is_prep(st, next(st, part), word("in"))) {
        int o = next(st, next(st, part));
        return is_type(st, o, ENT_CH_NP) && !is_actor(st, o) ? o : -1;
    }
    if (!(tok(st, chunk(st, v)->head)->w.vclass & ENT_V_THROUGH)) return -1;
    int k = next(st, v);
    if (is_type(st, k, ENT_CH_PREP)) {
        if (tok(st, chunk(st, k)->head)->w.tags & ENT_K_PART) return -1;
        if (!is_prep(st, k, word("to")) && !is_prep(st, k, word("with")) &&
            !is_prep(st, k, word("by")) && !is_prep(st, k, word("in")) &&
            !is_prep(st, k, word("on")))
            return -1; /* "negotiate at any time" */
        k = next(st, k);
    }
    if (!is_type(st, k, ENT_CH_NP) || is_actor(st, k) || chunk(st, k)->flags & ENT_CF_TIME)
        return -1;
    return k;
}

/* Verb phrases joined to the one at v: "withdraw its troops and release the prisoners". */
static int joined_verb(const ent_stances *st, int v)
{
    int k = next(st, v);
    for (int left = 10; k >= 0 && left > 0; left--, k = next(st, k)) {
        if (is_type(st, k, ENT_CH_STOP) || is_type(st, k, ENT_CH_SUB)) return -1;
        if (is_type(st, k, ENT_CH_VG)) {
            const ent_chunk *c = chunk(st, k);
            int before = k - 1;
            while (is_type(st, before, ENT_CH_ADV))
                before--;
            if (!is_type(st, before, ENT_CH_CONJ) && !is_type(st, before, ENT_CH_COMMA)) return -1;
            unsigned mask = ENT_CF_INF | ENT_CF_ING | ENT_CF_BASE;
            if (c->flags & ENT_CF_BASE && chunk(st, v)->modal) return k; /* "will sell and buy" */
            if (c->flags & mask &
                (chunk(st, v)->flags | (chunk(st, v)->flags & ENT_CF_INF ? ENT_CF_BASE : 0u)))
                return k;
            return -1;
        }
    }
    return -1;
}

/* "pledged to support the strike": who will take a side takes it. */
static void take_side(const ent_stances *st, ent_swork *w, int v)
{
    const ent_cword *h = &tok(st, chunk(st, v)->head)->w;
    if (w->q.label != ENT_PROPOSES || w->q.flags & ENT_CUE_USER) return;
    for (uint32_t k = 0; k < h->cues; k++) {
        ent_cue q = ent_clex_cue(parse(st)->in.lex, h->cue + k);
        if (q.rest || q.sure < 6) continue;
        if (q.label == ENT_SUPPORTS || q.label == ENT_OPPOSES) w->q.label = q.label;
        return;
    }
}

int ent_stance_verb_props(ent_stances *st, ent_swork *w, int v, int depth)
{
    unsigned before = w->n_props;
    for (int left = 4; v >= 0 && left > 0; left--) {
        st->used[v] = 1;
        v = over_aspect(st, v);
        st->used[v] = 1;
        int o = depth < 3 ? through_object(st, v) : -1;
        unsigned have = w->n_props;
        if (o >= 0 && ent_stance_noun_props(st, w, o, depth + 1)) {
            w->how |= ENT_HOW_THROUGH;
            if (have == 0) take_side(st, w, v);
        }
        if (w->n_props == have) ent_stance_add_prop(w, ent_prop_vp(st->s, v));
        v = joined_verb(st, v);
    }
    return w->n_props > before;
}
