/* stance - cues and what belongs to them. See stance.h. */
#include "stance.h"

#include <string.h>

/* ---- looking at the parse ------------------------------------------------------------------ */

static const ent_parse *parse(const ent_stances *st)
{
    return &st->s->parse;
}

static const ent_chunk *chunk(const ent_stances *st, int i)
{
    return &st->s->parse.ch[i];
}

static const ent_ctoken *tok(const ent_stances *st, uint32_t i)
{
    return &st->s->parse.in.tok[i];
}

static int is_type(const ent_stances *st, int i, uint8_t type)
{
    return i >= 0 && (uint32_t)i < st->s->parse.n_chunks && st->s->parse.ch[i].type == type;
}

/* Chunk that a token belongs to, over adverbs and quotation marks; -1 at the end. */
static int chunk_at(const ent_stances *st, uint32_t token)
{
    if (token >= parse(st)->in.n) return -1;
    int k = tok(st, token)->chunk;
    while (is_type(st, k, ENT_CH_ADV) || is_type(st, k, ENT_CH_QUOTE))
        k++;
    if (is_type(st, k, ENT_CH_NP) && chunk(st, k)->flags & ENT_CF_TIME)
        k = (int)ent_chunk_next(parse(st), (uint32_t)k);
    return (uint32_t)k < parse(st)->n_chunks ? k : -1;
}

static int next(const ent_stances *st, int i)
{
    uint32_t k = ent_chunk_next(parse(st), (uint32_t)i);
    return k < parse(st)->n_chunks ? (int)k : -1;
}

static uint32_t lower(const ent_stances *st, uint32_t token)
{
    return parse(st)->in.t[token].lower;
}

/* Whether chunk i is the preposition `word`. */
static int is_prep(const ent_stances *st, int i, uint32_t word)
{
    return is_type(st, i, ENT_CH_PREP) && lower(st, chunk(st, i)->head) == word;
}

static uint32_t word(const char *s)
{
    return ent_hash(s, strlen(s));
}

static int is_actor(const ent_stances *st, int np)
{
    const ent_chunk *c = chunk(st, np);
    if (c->actor < 0 || c->prop >= 0) return 0;
    unsigned class = ent_prop_class(st->s, np); /* "an international force" can be proposed */
    return parse(st)->in.ms[c->actor].kind != ENT_GROUP ||
           (class != ENT_N_ALWAYS && class != ENT_N_TAKEN);
}

/* ---- a cue being worked on ----------------------------------------------------------------- */

typedef struct work {
    int v; /* its chunk */
    ent_cue q;
    uint32_t first, last;         /* its tokens */
    uint32_t gap_first, gap_last; /* what stood between its words */
    int16_t actors[ENT_STANCE_LIST], targets[ENT_STANCE_LIST], props[2 * ENT_STANCE_LIST];
    unsigned n_actors, n_targets, n_props;
    uint8_t how, rel, flags, previous;
} work;

static void add_prop(work *w, int prop)
{
    if (prop >= 0 && w->n_props < sizeof w->props / sizeof *w->props)
        w->props[w->n_props++] = (int16_t)prop;
}

static void add_mention(int16_t *list, unsigned *n, int16_t m)
{
    for (unsigned i = 0; i < *n; i++)
        if (list[i] == m) return;
    if (m >= 0 && *n < ENT_STANCE_LIST) list[(*n)++] = m;
}

/* The source whose words hold token i, -1 none. */
static int source_of(const ent_stances *st, uint32_t i)
{
    int a = st->attrs->of[i];
    if (a < 0 || st->attrs->at[a].source < 0) return -1;
    return chunk(st, st->attrs->at[a].source)->actor;
}

static void emit_one(ent_stances *st, const work *w, int16_t actor, int16_t prop, int16_t target)
{
    if (st->n == ENT_STANCE_MAX) return;
    int by = source_of(st, w->first);
    st->at[st->n++] = (ent_scand){.actor = actor,
                                  .prop = prop,
                                  .target = target,
                                  .by = (int16_t)(by == actor || by < 0 ? ENT_C_NONE : by),
                                  .label = w->q.label,
                                  .flags = w->flags,
                                  .how = w->how,
                                  .rel = w->rel,
                                  .sure = w->q.sure,
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
static void emit(ent_stances *st, work *w)
{
    if (w->q.label == ENT_PROPOSES && w->n_props && is_harm(st, w->props[0]))
        w->q.label = ENT_THREATENS;
    for (unsigned a = 0; a < w->n_actors; a++)
        for (unsigned x = 0; x < (w->n_props ? w->n_props : 1); x++) {
            int16_t prop = w->n_props ? w->props[x] : (int16_t)ENT_C_NONE;
            if (!w->n_props && w->previous)
                prop = ENT_C_PREVIOUS;
            else if (!w->n_props && w->q.label != ENT_CRITICISES)
                continue;
            if (!w->n_targets) emit_one(st, w, w->actors[a], prop, ENT_C_NONE);
            for (unsigned t = 0; t < w->n_targets; t++)
                if (w->targets[t] != w->actors[a])
                    emit_one(st, w, w->actors[a], prop, w->targets[t]);
        }
}

/* ---- actors -------------------------------------------------------------------------------- */

/* The actor that a noun phrase means: its head, or who is counted by it ("dozens of lawmakers"). */
static int16_t actor_of(const ent_stances *st, int np)
{
    const ent_chunk *c = chunk(st, np);
    const ent_cword *h = &tok(st, c->head)->w;
    if (c->actor >= 0) return c->actor;
    if (!(h->tags & (ENT_K_NUM | ENT_K_QUANT)) && (h->noun & ENT_N_CLASS) != ENT_N_THROUGH)
        return -1;
    return is_prep(st, np + 1, word("of")) && is_type(st, np + 2, ENT_CH_NP)
               ? chunk(st, np + 2)->actor
               : (int16_t)-1;
}

static unsigned actors_left(const ent_stances *st, int np, int16_t *out)
{
    int16_t list[ENT_STANCE_LIST];
    unsigned n = 0, k = ent_chunk_left(parse(st), np, list, ENT_STANCE_LIST);
    for (unsigned i = 0; i < k; i++)
        add_mention(out, &n, actor_of(st, list[i]));
    return n;
}

/* An actor in apposition behind a noun phrase: "its foreign minister, Souleymane Keïta". */
static int16_t apposed(const ent_stances *st, int np)
{
    int k = next(st, np);
    if (!is_type(st, k, ENT_CH_COMMA)) return -1;
    k = next(st, k);
    return is_type(st, k, ENT_CH_NP) ? chunk(st, k)->actor : (int16_t)-1;
}

/* Whoever acts in the last finite clause before chunk v. */
static int subject_back(const ent_stances *st, int v, int not_np)
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
static void find_actors(const ent_stances *st, work *w, int v)
{
    const ent_chunk *c = chunk(st, v);
    w->n_actors = 0;
    w->rel = ENT_REL_NEAR;
    if (c->subj < 0) return;
    w->n_actors = actors_left(st, c->subj, w->actors);
    if (!w->n_actors) add_mention(w->actors, &w->n_actors, apposed(st, c->subj));
    if (w->n_actors) {
        if (c->subj > v || v - c->subj > 3) w->rel = ENT_REL_FAR;
        return;
    }
    int back = subject_back(st, v, c->subj);
    if (back >= 0 && (c->flags & (ENT_CF_ING | ENT_CF_PART))) {
        w->n_actors = actors_left(st, back, w->actors);
        w->rel = ENT_REL_FAR;
    }
}

/* Noun phrase behind "by" that does what the passive verb group says. */
static int agent(const ent_stances *st, int v)
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

static void actors_right(const ent_stances *st, work *w, int np, uint8_t rel)
{
    int16_t list[ENT_STANCE_LIST];
    unsigned k = ent_chunk_tight(parse(st), np, list, ENT_STANCE_LIST);
    for (unsigned i = 0; i < k; i++)
        add_mention(w->actors, &w->n_actors, chunk(st, list[i])->actor);
    w->rel = rel;
}

static void targets_right(const ent_stances *st, work *w, int np)
{
    int16_t list[ENT_STANCE_LIST];
    unsigned k = ent_chunk_tight(parse(st), np, list, ENT_STANCE_LIST);
    for (unsigned i = 0; i < k; i++)
        if (is_actor(st, list[i]))
            add_mention(w->targets, &w->n_targets, chunk(st, list[i])->actor);
}

/* Whose words token i stands in: the source named in the sentence, or whoever speaks the quotation
 * that goes on in it. */
static void find_speaker(const ent_stances *st, work *w, uint32_t i)
{
    int a = st->attrs->of[i];
    w->n_actors = 0;
    w->rel = ENT_REL_SPEAKER;
    if (a >= 0 && st->attrs->at[a].source >= 0) {
        w->n_actors = actors_left(st, st->attrs->at[a].source, w->actors);
        if (!w->n_actors)
            add_mention(w->actors, &w->n_actors, apposed(st, st->attrs->at[a].source));
    } else if (parse(st)->in.t[i].flags & ENT_T_INQUOTE) {
        w->actors[0] = ENT_C_SPEAKER;
        w->n_actors = 1;
    }
}

/* What a relative clause stands on may lie further left than the nearest noun: "a halt along the
 * border, which was rejected": the first noun phrase to the left that names a proposal. */
static int better_antecedent(const ent_stances *st, int np)
{
    unsigned class = ent_prop_class(st->s, np);
    for (int j = np, left = 8; j >= 0 && left > 0; j--, left--) {
        if (is_type(st, j, ENT_CH_VG) || is_type(st, j, ENT_CH_STOP)) break;
        if (!is_type(st, j, ENT_CH_NP)) continue;
        class = ent_prop_class(st->s, j);
        if ((class >= ENT_N_ALWAYS && class <= ENT_N_STANCE) && chunk(st, j)->actor < 0) return j;
        if (!is_type(st, j - 1, ENT_CH_PREP)) break;
    }
    return np;
}

/* ---- proposals ----------------------------------------------------------------------------- */

static int verb_props(ent_stances *st, work *w, int v, int depth);
static int noun_props(ent_stances *st, work *w, int np, int depth);

/* Verb group of the that-clause that starts at chunk k (behind "that"), -1 none. */
static int clause_verb(const ent_stances *st, int k)
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
static int complement(ent_stances *st, work *w, int np, int depth)
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
            return h->nframes & ENT_NF_INF ? verb_props(st, w, k, depth + 1) : 0;
        if (is_type(st, k, ENT_CH_THAT) && h->nframes & ENT_NF_THAT) {
            int v = clause_verb(st, next(st, k));
            return v >= 0 ? verb_props(st, w, v, depth + 1) : 0;
        }
        if (!is_type(st, k, ENT_CH_PREP)) return 0;
        for (unsigned i = 0; i < sizeof preps / sizeof *preps; i++) {
            if (!(h->nframes & preps[i].frame) || !is_prep(st, k, word(preps[i].prep))) continue;
            int o = next(st, k);
            if (is_type(st, o, ENT_CH_VG)) return verb_props(st, w, o, depth + 1);
            if (is_type(st, o, ENT_CH_NP) && !is_actor(st, o))
                return noun_props(st, w, o, depth + 1);
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
static int noun_props(ent_stances *st, work *w, int np, int depth)
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
                    (h->stance && !(h->nframes & ENT_NF_EVEN));
        if (depth < 3 && opens && complement(st, w, x, depth)) {
            w->how |= ENT_HOW_THROUGH;
            continue;
        }
        if (class == ENT_N_STANCE && !self) continue;
        if (class == ENT_N_VALUE || (class == ENT_N_THROUGH && !(chunk(st, x)->flags & ENT_CF_DEF)))
            continue;
        add_prop(w, ent_prop_np(st->s, x));
    }
    if (w->n_props == before && depth == 0) {
        unsigned class = ent_prop_class(st->s, np);
        if (class == ENT_N_STANCE || class == ENT_N_THROUGH) add_prop(w, ent_prop_np(st->s, np));
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
    if (!(tok(st, chunk(st, v)->head)->w.vclass & ENT_V_THROUGH)) return -1;
    int k = next(st, v);
    if (is_type(st, k, ENT_CH_PREP)) {
        if (tok(st, chunk(st, k)->head)->w.tags & ENT_K_PART) return -1;
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
            if (c->flags & mask &
                (chunk(st, v)->flags | (chunk(st, v)->flags & ENT_CF_INF ? ENT_CF_BASE : 0u)))
                return k;
            return -1;
        }
    }
    return -1;
}

static int verb_props(ent_stances *st, work *w, int v, int depth)
{
    unsigned before = w->n_props;
    for (int left = 4; v >= 0 && left > 0; left--) {
        st->used[v] = 1;
        v = over_aspect(st, v);
        st->used[v] = 1;
        int o = depth < 3 ? through_object(st, v) : -1;
        unsigned have = w->n_props;
        if (o >= 0 && noun_props(st, w, o, depth + 1)) w->how |= ENT_HOW_THROUGH;
        if (w->n_props == have) add_prop(w, ent_prop_vp(st->s, v));
        v = joined_verb(st, v);
    }
    return w->n_props > before;
}

/* ---- frames -------------------------------------------------------------------------------- */

/* Who is asked or gets it, behind the object: from, to, with, for. */
static void target_behind(const ent_stances *st, work *w, int k)
{
    static const char preps[][8] = {"from", "to", "with", "for", "on", "against"};
    for (int left = 4; k >= 0 && left > 0; left--) {
        k = next(st, k);
        if (!is_type(st, k, ENT_CH_PREP)) return;
        int np = next(st, k);
        if (!is_type(st, np, ENT_CH_NP)) return;
        for (unsigned i = 0; i < sizeof preps / sizeof *preps; i++)
            if (is_prep(st, k, word(preps[i])) && is_actor(st, np)) {
                targets_right(st, w, np);
                return;
            }
        k = np;
    }
}

static int wants_prop(const ent_stances *st, const work *w, int np)
{
    if (!(w->q.frames & ENT_F_PROP)) return 1;
    if (w->q.frames & ENT_F_OBJ || chunk(st, np)->flags & ENT_CF_PRON) return 1;
    unsigned class = ent_prop_class(st->s, np);
    return class != 0 && class != ENT_N_BODY && class != ENT_N_VALUE;
}

static int object_frame(ent_stances *st, work *w, int np)
{
    if (is_actor(st, np) && !(ent_prop_class(st->s, np) == ENT_N_ALWAYS)) {
        int k = next(st, np);
        if (!is_prep(st, k, word("on")) && !is_prep(st, k, word("over")) &&
            !is_prep(st, k, word("about")))
            return 0;
        np = next(st, k);
        if (!is_type(st, np, ENT_CH_NP) || is_actor(st, np)) return 0;
    }
    if (!wants_prop(st, w, np)) return 0;
    w->how = ENT_HOW_OBJECT;
    if (!noun_props(st, w, np, 0)) return 0;
    int16_t list[ENT_STANCE_LIST];
    unsigned n = ent_chunk_right(parse(st), np, list, ENT_STANCE_LIST);
    int k = next(st, list[n - 1]); /* "proposed a truce and to hold talks" */
    if (is_type(st, k, ENT_CH_CONJ) && is_type(st, k + 1, ENT_CH_VG) &&
        chunk(st, k + 1)->flags & ENT_CF_INF && w->q.frames & ENT_F_INF)
        verb_props(st, w, k + 1, 0);
    if (!w->n_targets) target_behind(st, w, np);
    return 1;
}

/* An actor behind the cue, then "to" + verb, "for" or "against" + proposal, "with" + proposal, or
 * the proposal itself. */
static int target_frame(ent_stances *st, work *w, int np)
{
    unsigned f = w->q.frames;
    int16_t list[ENT_STANCE_LIST];
    unsigned n = ent_chunk_tight(parse(st), np, list, ENT_STANCE_LIST);
    int k = next(st, list[n - 1]);
    if (is_type(st, k, ENT_CH_COMMA)) { /* "called on CADE, which has the last word, to veto" */
        int z = k;
        for (int left = 12; left > 0 && z >= 0; left--, z = next(st, z))
            if (is_type(st, z, ENT_CH_VG) && chunk(st, z)->flags & ENT_CF_INF &&
                is_type(st, z - 1, ENT_CH_COMMA))
                k = z;
    }
    while (is_type(st, k, ENT_CH_PREP) && !(f & (ENT_F_FOR | ENT_F_AGAINST | ENT_F_WITH))) {
        k = next(st, k);
        if (is_type(st, k, ENT_CH_NP)) k = next(st, k);
    }
    w->how = ENT_HOW_TARGET;
    if (f & ENT_F_TARGET && is_type(st, k, ENT_CH_VG) &&
        chunk(st, k)->flags & (ENT_CF_INF | ENT_CF_BASE)) {
        for (unsigned i = 0; i < n; i++)
            add_mention(w->targets, &w->n_targets, chunk(st, list[i])->actor);
        return verb_props(st, w, k, 0);
    }
    const char *prep = f & ENT_F_FOR && is_prep(st, k, word("for"))           ? "for"
                       : f & ENT_F_AGAINST && is_prep(st, k, word("against")) ? "against"
                       : f & ENT_F_WITH && is_prep(st, k, word("with"))       ? "with"
                                                                              : NULL;
    if (prep && is_actor(st, np)) {
        int o = next(st, k);
        targets_right(st, w, np);
        w->how = ENT_HOW_PREP;
        if (is_type(st, o, ENT_CH_VG)) return verb_props(st, w, o, 0);
        return is_type(st, o, ENT_CH_NP) && noun_props(st, w, o, 0);
    }
    return 0;
}

/* "offer Ukraine guarantees": the chunker makes one noun phrase of it or two. */
static int two_frame(ent_stances *st, work *w, int np)
{
    w->how = ENT_HOW_TWO;
    if (is_actor(st, np)) {
        int k = next(st, np);
        if (!is_type(st, k, ENT_CH_NP) || is_actor(st, k)) return 0;
        targets_right(st, w, np);
        return noun_props(st, w, k, 0);
    }
    const ent_chunk *c = chunk(st, np);
    if (c->owner < 0 || c->flags & ENT_CF_OWNED) return 0;
    const ent_smention *m = &parse(st)->in.ms[c->owner];
    if (m->tok != c->first || m->flags & ENT_M_ADJ) return 0;
    add_mention(w->targets, &w->n_targets, c->owner);
    return noun_props(st, w, np, 0);
}

/* A that-clause, or one without "that": its verb phrase is the proposal, its subject is asked. */
static int that_frame(ent_stances *st, work *w, int k)
{
    int start = is_type(st, k, ENT_CH_THAT) ? next(st, k) : k;
    int v = clause_verb(st, start);
    if (v < 0) return 0;
    const ent_chunk *c = chunk(st, v);
    if (!is_type(st, k, ENT_CH_THAT) &&
        !(is_type(st, k, ENT_CH_NP) && c->subj == k && c->depth != 2 && c->depth != 3))
        return 0;
    int own = c->subj >= 0 && (chunk(st, c->subj)->flags & ENT_CF_PRON) != 0;
    if (w->q.frames & ENT_F_OWN && own && c->modal & (ENT_K_WILL | ENT_K_WOULD)) {
        w->how = ENT_HOW_THAT;
        return verb_props(st, w, v, 0);
    }
    if (!(w->q.frames & ENT_F_THAT)) return 0;
    if (w->q.label == ENT_OPPOSES) { /* "fears that the pact could": the pact */
        w->how = ENT_HOW_THAT;
        return c->subj >= 0 && ent_prop_class(st->s, c->subj) && !is_actor(st, c->subj) &&
               noun_props(st, w, c->subj, 2);
    }
    if (w->q.label == ENT_DEMANDS && c->subj >= 0) {
        int16_t m = chunk(st, c->subj)->actor;
        for (unsigned i = 0; i < w->n_actors; i++)
            if (w->actors[i] == m) m = -1;
        add_mention(w->targets, &w->n_targets, m);
    }
    w->how = ENT_HOW_THAT;
    return verb_props(st, w, v, 0);
}

/* Tries the frames of the cue on what stands behind it; 1 when proposals (or a criticised actor)
 * were found. */
static int active_frames(ent_stances *st, work *w)
{
    unsigned f = w->q.frames;
    int k = chunk_at(st, w->last), v = w->v;
    if (w->gap_last > w->gap_first) {
        int g = chunk_at(st, w->gap_first);
        return is_type(st, g, ENT_CH_NP) && f & (ENT_F_OBJ | ENT_F_PROP) && w->q.gap <= w->q.rest &&
                       !is_type(st, k, ENT_CH_NP)
                   ? object_frame(st, w, g)
                   : f & (ENT_F_OBJ | ENT_F_PROP) && is_type(st, k, ENT_CH_NP) &&
                         object_frame(st, w, k);
    }
    if (chunk(st, v)->gap >= 0 && f & (ENT_F_OBJ | ENT_F_PROP) && !is_type(st, k, ENT_CH_NP) &&
        wants_prop(st, w, better_antecedent(st, chunk(st, v)->gap))) {
        w->how = ENT_HOW_GAP;
        return noun_props(st, w, better_antecedent(st, chunk(st, v)->gap), 2);
    }
    if (k < 0) return 0;
    if (is_type(st, k, ENT_CH_PREP) &&
        f & (ENT_F_INF | ENT_F_THAT)) { /* "agreed in principle to" */
        int o = next(st, k), z = is_type(st, o, ENT_CH_NP) ? next(st, o) : -1;
        if ((is_type(st, z, ENT_CH_VG) && chunk(st, z)->flags & ENT_CF_INF) ||
            is_type(st, z, ENT_CH_THAT)) {
            if (is_prep(st, k, word("with"))) targets_right(st, w, o);
            k = z;
        }
    }
    if (is_type(st, k, ENT_CH_VG)) {
        unsigned cf = chunk(st, k)->flags;
        if ((cf & ENT_CF_INF && f & ENT_F_INF) || (cf & ENT_CF_ING && f & ENT_F_ING)) {
            w->how = cf & ENT_CF_INF ? ENT_HOW_INF : ENT_HOW_ING;
            return verb_props(st, w, k, 0);
        }
        return 0;
    }
    if (is_type(st, k, ENT_CH_THAT)) return f & (ENT_F_THAT | ENT_F_OWN) && that_frame(st, w, k);
    if (!is_type(st, k, ENT_CH_NP)) return 0;
    if (f & (ENT_F_TARGET | ENT_F_FOR | ENT_F_AGAINST | ENT_F_WITH) && target_frame(st, w, k))
        return 1;
    w->n_targets = 0;
    if (f & ENT_F_TWO && two_frame(st, w, k)) return 1;
    w->n_targets = 0;
    if (f & (ENT_F_THAT | ENT_F_OWN) && that_frame(st, w, k)) return 1;
    w->n_targets = 0;
    return f & (ENT_F_OBJ | ENT_F_PROP) && object_frame(st, w, k);
}

/* "met the envoy to discuss the border": the other party, and the topic or else the meeting. */
static int party_frame(ent_stances *st, work *w)
{
    int np = chunk_at(st, w->last);
    if (!is_type(st, np, ENT_CH_NP)) return 0;
    targets_right(st, w, np);
    if (!w->n_targets) return 0;
    w->how = ENT_HOW_PARTY;
    int k = next(st, np);
    for (int left = 6; k >= 0 && left > 0; left--, k = next(st, k)) {
        if (is_type(st, k, ENT_CH_STOP) || is_type(st, k, ENT_CH_SUB)) break;
        if (is_type(st, k, ENT_CH_VG)) {
            const ent_cword *h = &tok(st, chunk(st, k)->head)->w;
            int o = next(st, k);
            if (!(h->vclass & ENT_V_THROUGH) || !is_type(st, o, ENT_CH_NP)) break;
            st->used[k] = 1;
            return noun_props(st, w, o, 1);
        }
                int o = next(st, k);
        if ((is_prep(st, k, word("on")) || is_prep(st, k, word("about")) ||
             is_prep(st, k, word("for"))) && is_type(st, o, ENT_CH_NP) &&
            !is_actor(st, o) && ent_prop_class(st->s, o))
            return noun_props(st, w, o, 1);
    }
    int inside = chunk_at(st, w->first + 1); /* "held talks with": the talks */
    if (is_type(st, inside, ENT_CH_NP) && chunk(st, inside)->last <= w->last)
        add_prop(w, ent_prop_np(st->s, inside));
    return w->n_props > 0;
}

static int criticise_frame(ent_stances *st, work *w)
{
    int k = chunk_at(st, w->last);
    if (!is_type(st, k, ENT_CH_NP)) return 0;
    w->how = ENT_HOW_ACTOR;
    targets_right(st, w, k);
    if (!w->n_targets) add_mention(w->targets, &w->n_targets, chunk(st, k)->owner);
    if (!w->n_targets) {
        int p = next(st, k);
        if (is_prep(st, p, word("by")) || is_prep(st, p, word("of")) ||
            is_prep(st, p, word("from"))) {
            p = next(st, p);
            if (is_type(st, p, ENT_CH_NP)) targets_right(st, w, p);
        }
    }
    return 1;
}

static int passive_frames(ent_stances *st, work *w)
{
    const ent_chunk *c = chunk(st, w->v);
    int by = agent(st, w->v);
    if (by < 0 || c->subj < 0) return 0;
    w->n_actors = 0;
    actors_right(st, w, by, ENT_REL_BY);
    w->how = ENT_HOW_PASSIVE;
    if (w->q.frames & ENT_F_ACTOR) {
        w->n_targets = actors_left(st, c->subj, w->targets);
        return w->n_targets > 0;
    }
    int np = c->subj;
    if (np < w->v && w->v - np > 1) np = better_antecedent(st, np);
    if (!(w->q.frames & (ENT_F_OBJ | ENT_F_PROP)) || !wants_prop(st, w, np)) return 0;
    int16_t list[ENT_STANCE_LIST];
    unsigned n = ent_chunk_left(parse(st), np, list, ENT_STANCE_LIST);
    for (unsigned i = 0; i < n; i++)
        if (!is_actor(st, list[i])) add_prop(w, ent_prop_np(st->s, list[i]));
    return w->n_props > 0;
}

/* ---- cues ---------------------------------------------------------------------------------- */

/* Over "on Tuesday" between the words of a cue. */
static uint32_t over_time(const ent_stances *st, uint32_t at)
{
    int k = tok(st, at)->chunk;
    if (is_type(st, k, ENT_CH_PREP)) k++;
    return is_type(st, k, ENT_CH_NP) && chunk(st, k)->flags & ENT_CF_TIME ? chunk(st, k)->last : at;
}

/* Matches the cue's words behind token i. A gap may hold up to six tokens, no verb and no comma. */
static int match(const ent_stances *st, uint32_t i, const ent_cue *q, work *w)
{
    uint32_t at = i + 1, n = parse(st)->in.n;
    w->gap_first = w->gap_last = 0;
    for (uint32_t r = 0; r < q->rest; r++) {
        uint32_t want = ent_clex_rest(parse(st)->in.lex, q->first + r);
        while (at < n && tok(st, at)->pos == ENT_P_ADV && lower(st, at) != want)
            at++;
        if (at < n && lower(st, at) != want) at = over_time(st, at);
        if (q->gap == r + 1u) {
            uint32_t from = at;
            while (at < n && at < from + 6 && lower(st, at) != want &&
                   tok(st, at)->pos != ENT_P_VERB && tok(st, at)->pos != ENT_P_COMMA &&
                   tok(st, at)->pos != ENT_P_STOP)
                at++;
            if (at == from) return 0;
            w->gap_first = from;
            w->gap_last = at;
        }
        if (at >= n || lower(st, at) != want) return 0;
        at++;
    }
    w->last = at;
    return 1;
}

/* Negation and hedges of a verb group and of those it hangs on. */
static uint8_t flags_of(const ent_stances *st, int v)
{
    unsigned out = 0;
    for (int left = 4; v >= 0 && left > 0; left--) {
        const ent_chunk *c = chunk(st, v);
        if (c->flags & ENT_CF_NEG) out ^= ENT_C_NEGATED;
        if (c->flags & ENT_CF_HEDGE || c->modal & (ENT_K_MAY | ENT_K_WOULD)) out |= ENT_C_HEDGED;
        if (left < 4 && tok(st, c->head)->w.vclass & ENT_V_HEDGE) out |= ENT_C_HEDGED;
        if (!(c->flags & (ENT_CF_INF | ENT_CF_ING)) || !is_type(st, v - 1, ENT_CH_VG)) break;
        v--;
    }
    return (uint8_t)out;
}

static void start(const ent_stances *st, work *w, int v, uint32_t from)
{
    *w = (work){.v = v, .first = chunk(st, v)->first};
    w->flags = flags_of(st, v);
    if (from < w->first) w->first = from;
}

/* "They agreed.": a cue with nothing behind it is about what was last proposed. */
static uint8_t stands_alone(const ent_stances *st, work *w)
{
    unsigned f = w->q.frames;
    if (w->q.label != ENT_ACCEPTS && w->q.label != ENT_OPPOSES && w->q.label != ENT_SUPPORTS)
        return 0;
    if (w->q.rest || !(f & (ENT_F_INF | ENT_F_THAT)) || f & ENT_F_SPEAKER || w->q.sure < 8)
        return 0;
    int k = chunk_at(st, w->last);
    if (k >= 0 && !is_type(st, k, ENT_CH_STOP) && !is_type(st, k, ENT_CH_COMMA) &&
        !is_type(st, k, ENT_CH_CONJ) && !is_type(st, k, ENT_CH_SUB))
        return 0;
    w->how = ENT_HOW_PREVIOUS;
    w->n_props = w->n_targets = 0;
    return 1;
}

/* All cues that start at token i, longest first, until one fits. */
static int try_cues(ent_stances *st, int v, uint32_t i, uint32_t first, uint32_t count)
{
    const ent_chunk *c = chunk(st, v);
    for (uint32_t k = 0; k < count; k++) {
        work w;
        start(st, &w, v, i);
        w.q = ent_clex_cue(parse(st)->in.lex, first + k);
        if (w.q.label >= ENT_STANCES || !match(st, i, &w.q, &w)) continue;
        if (w.last < c->last) w.last = c->last;
        int passive = (c->flags & (ENT_CF_PASSIVE | ENT_CF_PART)) && !(w.q.flags & ENT_CUE_ADJ);
        if (w.q.frames & ENT_F_SPEAKER)
            find_speaker(st, &w, i);
        else if (!passive)
            find_actors(st, &w, v);
        if (!passive && !w.n_actors) continue;
        int ok = passive                                           ? passive_frames(st, &w)
                 : w.q.frames & ENT_F_ACTOR                        ? criticise_frame(st, &w)
                 : w.q.frames & ENT_F_PARTY && party_frame(st, &w) ? 1
                                                                   : active_frames(st, &w);
        if (!ok && !passive) ok = w.previous = stands_alone(st, &w);
        if (!ok) continue;
        for (uint32_t z = w.first; z < w.last; z++)
            st->used[tok(st, z)->chunk] = 1;
        emit(st, &w);
        return 1;
    }
    return 0;
}

/* A predicate behind "be": ready to, in favour of, against. */
static int try_predicate(ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    if (c->flags & (ENT_CF_PASSIVE | ENT_CF_PART) && tok(st, c->head)->w.acues)
        if (try_cues(st, v, c->head, tok(st, c->head)->w.acue, tok(st, c->head)->w.acues)) return 1;
    uint32_t i = c->last, n = parse(st)->in.n;
    while (i < n && (tok(st, i)->pos == ENT_P_ADV || tok(st, i)->w.tags & ENT_K_DEG))
        i++;
    if (i < n && tok(st, i)->w.acues)
        return try_cues(st, v, i, tok(st, i)->w.acue, tok(st, i)->w.acues);
    return 0;
}

/* ---- modals -------------------------------------------------------------------------------- */

/* "must", "should": the demand of a named speaker. */
static void try_must(ent_stances *st, int v)
{
    work w;
    start(st, &w, v, chunk(st, v)->first);
    w.q = (ent_cue){.label = ENT_DEMANDS, .sure = 6};
    w.last = chunk(st, v)->head > w.first ? chunk(st, v)->head : w.first + 1u;
    find_speaker(st, &w, chunk(st, v)->head);
    if (!w.n_actors) return;
    if (chunk(st, v)->subj >= 0 && chunk(st, chunk(st, v)->subj)->actor >= 0)
        w.n_targets = actors_left(st, chunk(st, v)->subj, w.targets);
    w.flags = 0;
    w.how = ENT_HOW_MUST;
    if (verb_props(st, &w, v, 0)) emit(st, &w);
}

/* "will", "would", "is to": what the subject means to do; with "not" what it refuses. */
static void try_will(ent_stances *st, int v, int verb)
{
    const ent_chunk *c = chunk(st, v);
    work w;
    start(st, &w, v, c->first);
    find_actors(st, &w, v);
    if (!w.n_actors || chunk(st, verb)->flags & ENT_CF_PASSIVE) return;
    int not = (c->flags & ENT_CF_NEG) != 0;
    w.q = (ent_cue){.label = not ? ENT_OPPOSES : ENT_PROPOSES, .sure = 4};
    w.flags &= (uint8_t)~ENT_C_NEGATED;
    w.last = chunk(st, verb)->head;
    if (w.last <= w.first) w.last = w.first + 1;
    w.how = ENT_HOW_MODAL;
    if (!verb_props(st, &w, verb, 0)) return;
    if (!w.n_targets) target_behind(st, &w, next(st, verb) >= 0 ? next(st, verb) : verb);
    emit(st, &w);
}

/* "Give us ninety days": an order in quotation marks is the speaker's demand. */
static void try_order(ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    work w;
    start(st, &w, v, c->first);
    w.q = (ent_cue){.label = ENT_DEMANDS, .sure = 4};
    w.last = c->last;
    w.how = ENT_HOW_ORDER;
    if (!(parse(st)->in.t[c->head].flags & ENT_T_INQUOTE)) return;
    find_speaker(st, &w, c->head);
    if (w.n_actors && verb_props(st, &w, v, 0)) emit(st, &w);
}

/* The judging word of a predicate that starts at token i: "an important step", "too short"; -1. */
static int judging(const ent_stances *st, uint32_t i, uint32_t most)
{
    for (uint32_t n = parse(st)->in.n; i < n && most > 0; i++, most--) {
        const ent_ctoken *k = tok(st, i);
        if ((k->w.noun & ENT_N_CLASS) == ENT_N_VALUE && k->pos != ENT_P_VERB) return (int)i;
        if (k->pos == ENT_P_STOP || k->pos == ENT_P_VERB || k->pos == ENT_P_AUX ||
            k->pos == ENT_P_SUB)
            return -1;
    }
    return -1;
}

static int judged(ent_stances *st, work *w, int np, int value)
{
    w->q = (ent_cue){.label = (uint8_t)(tok(st, (uint32_t)value)->w.stance - 1), .sure = 5};
    w->first = (uint32_t)value;
    w->last = w->first + 1;
    w->how = ENT_HOW_VALUE;
    if (w->flags & ENT_C_NEGATED) { /* "not acceptable" is against it */
        w->q.label = w->q.label == ENT_SUPPORTS ? ENT_OPPOSES : ENT_SUPPORTS;
        w->flags &= (uint8_t)~ENT_C_NEGATED;
    }
    if (!w->n_actors || is_actor(st, np) || !noun_props(st, w, np, 1)) return 0;
    emit(st, w);
    return 1;
}

/* "The deal is a mistake", said by somebody; "she called it a mistake". */
static int try_value(ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    work w;
    start(st, &w, v, c->first);
    if (c->flags & ENT_CF_COPULA && c->subj >= 0 && c->subj < v) {
        int value = judging(st, c->last, 5);
        if (value < 0) return 0;
        find_speaker(st, &w, c->head);
        return judged(st, &w, c->subj, value);
    }
    if (!(tok(st, c->head)->w.vclass & ENT_V_NAMING) || c->flags & (ENT_CF_PASSIVE | ENT_CF_PART))
        return 0;
    int np = chunk_at(st, c->last);
    if (!is_type(st, np, ENT_CH_NP)) return 0;
    int value = judging(st, chunk(st, np)->last, 8);
    if (value < 0) return 0;
    find_actors(st, &w, v);
    return judged(st, &w, np, value);
}

static void try_modal(ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    int inf = is_type(st, v + 1, ENT_CH_VG) && chunk(st, v + 1)->flags & ENT_CF_INF;
    if (tok(st, c->head)->pos == ENT_P_AUX) {
        uint32_t tags = tok(st, c->head)->w.tags;
        if (inf && tags & ENT_K_HAVE)
            try_must(st, v + 1);
        else if (inf && tags & ENT_K_BE && !(c->flags & ENT_CF_INF))
            try_will(st, v, v + 1);
        return;
    }
    if (c->flags & ENT_CF_BASE && c->subj < 0)
        try_order(st, v);
    else if (c->modal & ENT_K_MUST)
        try_must(st, v);
    else if (c->modal)
        try_will(st, v, v);
}

/* ---- nouns --------------------------------------------------------------------------------- */

/* Who owns a noun that tells a stance: before it, behind "by" or "from", or as subject of the verb
 * it is the object of. */
static void noun_actors(const ent_stances *st, work *w, int np)
{
    const ent_chunk *c = chunk(st, np);
    w->n_actors = 0;
    add_mention(w->actors, &w->n_actors, c->owner);
    w->rel = ENT_REL_OWNER;
    if (w->n_actors) return;
    int k = next(st, np);
    for (int left = 4; k >= 0 && left > 0 && is_type(st, k, ENT_CH_PREP); left--) {
        int o = next(st, k);
        if (!is_type(st, o, ENT_CH_NP)) break;
        if ((is_prep(st, k, word("by")) || is_prep(st, k, word("from"))) &&
            chunk(st, o)->actor >= 0) {
            actors_right(st, w, o, ENT_REL_BY);
            return;
        }
        k = next(st, o);
    }
    int v = np - 1;
    while (is_type(st, v, ENT_CH_ADV) || is_type(st, v, ENT_CH_QUOTE))
        v--;
    if (is_type(st, v, ENT_CH_VG) && tok(st, chunk(st, v)->head)->w.vclass & ENT_V_LIGHT &&
        !(chunk(st, v)->flags & (ENT_CF_PASSIVE | ENT_CF_PART))) {
        find_actors(st, w, v);
        w->flags = flags_of(st, v);
        w->rel = ENT_REL_LIGHT;
    }
}

static void try_noun(ent_stances *st, int np)
{
    const ent_chunk *c = chunk(st, np);
    const ent_cword *h = &tok(st, c->head)->w;
    if (!h->stance || c->actor >= 0 || st->used[np] || (h->noun & ENT_N_CLASS) == ENT_N_VALUE)
        return;
    work w = {.v = np, .first = c->head, .last = c->head + 1u};
    w.q = (ent_cue){.label = (uint8_t)(h->stance - 1), .sure = 6};
    noun_actors(st, &w, np);
    if (!w.n_actors) return;
    w.how = ENT_HOW_NOUN;
    int self = (h->nframes & ENT_NF_EVEN) != 0;
    if (self || !complement(st, &w, np, 0)) {
        w.how = ENT_HOW_SELF;
        if (h->nframes & (ENT_NF_SELF | ENT_NF_EVEN)) add_prop(&w, ent_prop_np(st->s, np));
    }
    if (!w.n_props) return;
    if (w.rel == ENT_REL_LIGHT && w.q.label == ENT_DISCUSSES) { /* "held talks" */
        w.how = ENT_HOW_PARTY;
        w.q.sure = 7;
    }
    target_behind(st, &w, np);
    emit(st, &w);
}

/* ---- conditions ---------------------------------------------------------------------------- */

/* "until it withdraws", "if they accept": what is asked of the subject of the condition. */
/* "a ceasefire between Israel and Hamas": both are party to it. */
static void try_between(ent_stances *st, int np)
{
    if (ent_prop_class(st->s, np) != ENT_N_ALWAYS || chunk(st, np)->actor >= 0) return;
    int k = next(st, np);
    if (is_type(st, k, ENT_CH_PREP) && !is_prep(st, k, word("between"))) {
        k = next(st, k);
        if (is_type(st, k, ENT_CH_NP)) k = next(st, k);
    }
    if (!is_prep(st, k, word("between")) || !is_type(st, k + 1, ENT_CH_NP)) return;
    work w = {.v = np, .first = chunk(st, k)->first, .last = chunk(st, k)->last};
    w.q = (ent_cue){.label = ENT_ACCEPTS, .sure = 4};
    actors_right(st, &w, k + 1, ENT_REL_BY);
    w.how = ENT_HOW_BETWEEN;
    add_prop(&w, ent_prop_np(st->s, np));
    if (w.n_actors > 1 && w.n_props) emit(st, &w);
}

static void try_condition(ent_stances *st, int k)
{
    if (!(tok(st, chunk(st, k)->head)->w.tags & ENT_K_COND)) return;
    int v = clause_verb(st, next(st, k));
    if (v < 0 || st->used[v] || tok(st, chunk(st, v)->head)->pos == ENT_P_AUX) return;
    work w;
    start(st, &w, v, chunk(st, k)->first);
    w.last = w.first + 1;
    w.q = (ent_cue){.label = ENT_DEMANDS, .sure = 4};
    int s = subject_back(st, k, -1);
    for (int j = next(st, v), left = 20; s < 0 && j >= 0 && left > 0; j = next(st, j), left--)
        if (is_type(st, j, ENT_CH_VG) && chunk(st, j)->subj > v) s = chunk(st, j)->subj;
    if (s < 0) return;
    w.n_actors = actors_left(st, s, w.actors);
    if (!w.n_actors) return;
    if (chunk(st, v)->subj >= 0) w.n_targets = actors_left(st, chunk(st, v)->subj, w.targets);
    w.flags = 0;
    w.how = ENT_HOW_COND;
    w.rel = ENT_REL_FAR;
    if (verb_props(st, &w, v, 0)) emit(st, &w);
}

/* ---- all ----------------------------------------------------------------------------------- */

static void try_verb(ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    const ent_ctoken *h = tok(st, c->head);
    if (st->used[v]) return;
    if (h->w.cues && h->pos == ENT_P_VERB && try_cues(st, v, c->head, h->w.cue, h->w.cues)) return;
    if (try_predicate(st, v) || try_value(st, v)) return;
    if (h->w.vclass & (ENT_V_ASPECT | ENT_V_HEDGE) && is_type(st, next(st, v), ENT_CH_VG)) return;
    try_modal(st, v);
}

void ent_stance_find(ent_stances *st, ent_props *s, const ent_attrs *attrs)
{
    st->s = s;
    st->attrs = attrs;
    st->n = 0;
    memset(st->used, 0, s->parse.n_chunks);
    for (uint32_t k = 0; k < s->parse.n_chunks; k++) {
        switch (s->parse.ch[k].type) {
        case ENT_CH_VG:
            try_verb(st, (int)k);
            break;
        case ENT_CH_NP:
            try_noun(st, (int)k);
            try_between(st, (int)k);
            break;
        case ENT_CH_SUB:
            try_condition(st, (int)k);
            break;
        default:
            break;
        }
    }
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    uint32_t d = a > b ? a - b : b - a;
    return d < 4 ? d : d < 7 ? 4 : d < 12 ? 5 : d < 20 ? 6 : 7;
}

void ent_stance_feats(const ent_stances *st, const ent_scand *x, ent_cfeats *f)
{
    const ent_parse *p = parse(st);
    const ent_chunk *c = chunk(st, x->chunk);
    const ent_ctoken *h = tok(st, c->head);
    static const ent_smention none = {.kind = ENT_KINDS};
    const ent_smention *a = x->actor >= 0 ? &p->in.ms[x->actor] : &none;
    uint32_t label = x->label, lemma = h->w.lemma ? h->w.lemma : p->in.t[c->head].lower;
    uint32_t how = x->how & 31u;
    ent_cfeat_start(f, ENT_CW_STANCE);
    ent_cfeat(f, 1, label);
    ent_cfeat(f, 2, lemma);
    ent_cfeat(f, 3, lemma * 32u + how);
    ent_cfeat(f, 4, label * 16u + x->sure);
    ent_cfeat(f, 5, how * 8u + label);
    ent_cfeat(f, 6, x->how);
    ent_cfeat(f, 7, a->kind * 4u + a->form);
    ent_cfeat(f, 8, x->rel * 32u + how);
    ent_cfeat(f, 9,
              (c->flags & (ENT_CF_NEG | ENT_CF_INF | ENT_CF_ING | ENT_CF_PART | ENT_CF_PASSIVE)) *
                      8u +
                  label);
    ent_cfeat(f, 10, (c->modal >> 13) * 32u + how);
    ent_cfeat(f, 11, (p->in.t[c->head].flags & ENT_T_INQUOTE) != 0);
    ent_cfeat(f, 12, (x->by != ENT_C_NONE) * 2u + (st->attrs->of[c->head] >= 0));
    ent_cfeat(f, 13, distance(a->tok, c->first) * 8u + x->rel);
    ent_cfeat(f, 14, x->target != ENT_C_NONE ? label + 1u : 0u);
    ent_cfeat(f, 15, x->sure);
    if (x->prop >= 0) {
        const ent_prop *q = &st->s->at[x->prop];
        const ent_ctoken *ph = tok(st, q->head);
        uint32_t class = ph->w.noun & ENT_N_CLASS;
        ent_cfeat(f, 16, q->form * 8u + class);
        ent_cfeat(f, 17, (q->form * 8u + class) * 8u + label);
        ent_cfeat(f, 18,
                  ph->w.lemma && q->form == ENT_VERBAL ? ph->w.lemma : p->in.t[q->head].lower);
        ent_cfeat(f, 19, distance(q->first, x->cue_first[0]));
        ent_cfeat(f, 20, (class * 8u + label) * 16u + x->sure);
    }
}
