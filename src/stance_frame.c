/* stance_frame - what may stand behind a cue, by its frames. See stance.h and the top of
 * lexicon/claim_cues.tsv. */
#include "stance_in.h"

/* ---- frames -------------------------------------------------------------------------------- */

/* 2: who stands behind this preposition is asked or gets it; 1: nobody is, but look further. */
static int leads_to_target(const ent_stances *st, int k)
{
    static const struct {
        char prep[9];
        uint8_t how;
    } known[] = {{"from", 2},    {"to", 2},      {"with", 2}, {"for", 2}, {"on", 2},
                 {"against", 2}, {"of", 2},      {"in", 1},   {"at", 1},  {"over", 1},
                 {"about", 1},   {"between", 1}, {"as", 1},   {"by", 1},  {"into", 1}};
    if (!is_type(st, k, ENT_CH_PREP)) return 0;
    for (unsigned i = 0; i < sizeof known / sizeof *known; i++)
        if (is_prep(st, k, word(known[i].prep))) return known[i].how;
    return 0;
}

/* Who is asked or gets it, behind the object: from, to, with, for. */
void ent_stance_target_behind(const ent_stances *st, ent_swork *w, int k)
{
    for (int left = 4; k >= 0 && left > 0; left--) {
        k = next(st, k);
        int how = leads_to_target(st, k), np = how ? next(st, k) : -1;
        if (!is_type(st, np, ENT_CH_NP)) return;
        if (how == 2 && is_actor(st, np)) {
            ent_stance_targets_right(st, w, np);
            return;
        }
        k = np;
    }
}

static int wants_prop(const ent_stances *st, const ent_swork *w, int np)
{
    if (!(w->q.frames & ENT_F_PROP)) return 1;
    if (w->q.frames & ENT_F_OBJ || chunk(st, np)->flags & ENT_CF_PRON) return 1;
    unsigned class = ent_prop_class(st->s, np);
    return class != 0 && class != ENT_N_BODY && class != ENT_N_VALUE;
}

/* "it", "this": what is rejected is no actor. */
static int is_neuter(const ent_stances *st, int np)
{
    uint32_t w = lower(st, chunk(st, np)->head);
    return chunk(st, np)->flags & ENT_CF_PRON && (w == word("it") || w == word("this"));
}

/* "considers the offer to be": an opinion, not a talk about it. */
static int is_held_to_be(const ent_stances *st, const ent_swork *w, int np)
{
    if (!(tok(st, chunk(st, w->v)->head)->w.vclass & ENT_V_NAMING)) return 0;
    int k = next(st, np);
    for (int left = 6; k >= 0 && left > 0 && is_type(st, k, ENT_CH_PREP); left--) {
        k = next(st, k);
        if (k >= 0) k = next(st, k);
    }
    return is_type(st, k, ENT_CH_VG) && chunk(st, k)->flags & ENT_CF_INF &&
           chunk(st, k)->flags & ENT_CF_COPULA;
}

/* "renewed an appeal": the noun tells the stance, not a verb such as make or renew. */
static int is_for_noun(const ent_stances *st, const ent_swork *w, int np)
{
    const ent_cword *v = &tok(st, chunk(st, w->v)->head)->w, *h = &tok(st, chunk(st, np)->head)->w;
    return v->vclass & ENT_V_LIGHT && !w->q.rest && h->stance && h->stance - 1 != w->q.label &&
           (h->noun & ENT_N_CLASS) != ENT_N_VALUE && h->stance - 1 != ENT_DISCUSSES;
}

/* "suggest the proposal is a guarantee": what follows is a clause, not the noun phrase. */
static int opens_clause(const ent_stances *st, int np)
{
    int k = next(st, np);
    for (int left = 3; left > 0 && is_type(st, k, ENT_CH_PREP); left--) {
        k = next(st, k);
        if (k >= 0) k = next(st, k);
    }
    return is_type(st, k, ENT_CH_VG) && chunk(st, k)->subj == np &&
           !(chunk(st, k)->flags & (ENT_CF_INF | ENT_CF_ING | ENT_CF_PART));
}

static int object_frame(ent_stances *st, ent_swork *w, int np)
{
    if (w->q.frames & (ENT_F_THAT | ENT_F_OWN) && opens_clause(st, np)) return 0;
    if (is_actor(st, np) && !is_neuter(st, np) && ent_prop_class(st->s, np) != ENT_N_ALWAYS) {
        int k = next(st, np);
        if (!is_prep(st, k, word("on")) && !is_prep(st, k, word("over")) &&
            !is_prep(st, k, word("about")))
            return 0;
        np = next(st, k);
        if (!is_type(st, np, ENT_CH_NP) || is_actor(st, np) || !ent_prop_class(st->s, np)) return 0;
    }
    if (!wants_prop(st, w, np) || is_held_to_be(st, w, np) || is_for_noun(st, w, np)) return 0;
    w->how = ENT_HOW_OBJECT;
    int talks = tok(st, chunk(st, np)->head)->w.stance == ENT_DISCUSSES + 1;
    if (w->q.label == ENT_DISCUSSES && talks) w->how = ENT_HOW_PARTY;   /* "attended the talks" */
    if (w->q.label == ENT_ACCEPTS && talks && w->q.sure <= 7) return 0; /* "concluded the talks" */
    if (w->q.label == ENT_DISCUSSES && !talks && w->q.sure <= 5 && w->q.frames == ENT_F_PROP)
        return 0;                                                         /* "opened the border" */
    if (w->how == ENT_HOW_PARTY && chunk(st, w->v)->modal & ENT_K_WILL) { /* "will host a summit" */
        int denied = (w->flags & ENT_C_NEGATED) != 0;
        w->q.label = denied ? ENT_OPPOSES : ENT_PROPOSES;
        w->flags &= (uint8_t)~ENT_C_NEGATED;
        w->how = ENT_HOW_OBJECT;
    }
    if (!ent_stance_noun_props(st, w, np, 0)) return 0;
    int16_t list[ENT_STANCE_LIST];
    unsigned n = ent_chunk_right(parse(st), np, list, ENT_STANCE_LIST);
    int k = next(st, list[n - 1]); /* "proposed a truce and to hold talks" */
    if (is_type(st, k, ENT_CH_CONJ) && is_type(st, k + 1, ENT_CH_VG) &&
        chunk(st, k + 1)->flags & ENT_CF_INF && w->q.frames & ENT_F_INF)
        ent_stance_verb_props(st, w, k + 1, 0);
    if (!w->n_targets) ent_stance_target_behind(st, w, np);
    return 1;
}

/* An actor behind the cue, then "to" + verb, "for" or "against" + proposal, "with" + proposal, or
 * the proposal itself. */
static int target_frame(ent_stances *st, ent_swork *w, int np)
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
        (is_actor(st, np) || !(f & (ENT_F_OBJ | ENT_F_PROP)) || !ent_prop_class(st->s, np) ||
         chunk(st, k)->flags & ENT_CF_PASSIVE) &&
        chunk(st, k)->flags & (ENT_CF_INF | ENT_CF_BASE)) {
        for (unsigned i = 0; i < n; i++)
            ent_stance_add_mention(w->targets, &w->n_targets, chunk(st, list[i])->actor);
        return ent_stance_verb_props(st, w, k, 0);
    }
    const char *prep = f & ENT_F_FOR && is_prep(st, k, word("for"))           ? "for"
                       : f & ENT_F_AGAINST && is_prep(st, k, word("against")) ? "against"
                       : f & ENT_F_WITH && is_prep(st, k, word("with"))       ? "with"
                                                                              : NULL;
    if (prep && is_actor(st, np)) {
        int o = next(st, k);
        ent_stance_targets_right(st, w, np);
        w->how = ENT_HOW_PREP;
        if (is_type(st, o, ENT_CH_VG)) return ent_stance_verb_props(st, w, o, 0);
        return is_type(st, o, ENT_CH_NP) && ent_stance_noun_props(st, w, o, 0);
    }
    return 0;
}

/* "offer Ukraine guarantees": the chunker makes one noun phrase of it or two. */
static int two_frame(ent_stances *st, ent_swork *w, int np)
{
    w->how = ENT_HOW_TWO;
    if (is_actor(st, np)) {
        int k = next(st, np);
        if (!is_type(st, k, ENT_CH_NP) || is_actor(st, k)) return 0;
        ent_stance_targets_right(st, w, np);
        return ent_stance_noun_props(st, w, k, 0);
    }
    const ent_chunk *c = chunk(st, np);
    if (c->owner < 0 || c->flags & ENT_CF_OWNED) return 0;
    const ent_smention *m = &parse(st)->in.ms[c->owner];
    if (m->tok != c->first || m->flags & ENT_M_ADJ) return 0;
    ent_stance_add_mention(w->targets, &w->n_targets, c->owner);
    return ent_stance_noun_props(st, w, np, 0);
}

/* A clause in the past or with a finite "be" or "have" tells; it asks for nothing. */
static int is_told(const ent_stances *st, const ent_chunk *c)
{
    const ent_ctoken *first = tok(st, c->first), *h = tok(st, c->head);
    if (h->pos == ENT_P_VERB && c->first == c->head) return h->form == ENT_V_PAST;
    return first->w.tags & (ENT_K_BE | ENT_K_HAVE) && lower(st, c->first) != word("be") &&
           lower(st, c->first) != word("have");
}

/* Whether "I" is the subject: much that is said of oneself is a manner of speaking. */
static int is_i(const ent_stances *st, int v)
{
    int s = chunk(st, v)->subj;
    return s >= 0 && lower(st, chunk(st, s)->head) == word("i");
}

/* "warns that the strike would be met by": a threat, unless it is another actor who does it, or it
 * goes on already. */
static int announces_harm(const ent_stances *st, const ent_swork *w, const ent_chunk *c)
{
    int16_t m = c->subj >= 0 ? chunk(st, c->subj)->actor : (int16_t)-1;
    if (!(c->modal & (ENT_K_WILL | ENT_K_WOULD | ENT_K_MAY | ENT_K_CAN))) return 0;
    for (unsigned i = 0; i < w->n_actors; i++)
        if (w->actors[i] == m) return 1;
    if (c->subj < 0 || chunk(st, c->subj)->flags & (ENT_CF_PRON | ENT_CF_OWNED)) return 1;
    return m < 0 && ent_prop_class(st->s, c->subj) != 0; /* a strike, not a famine */
}

/* A that-clause, or one without "that": its verb phrase is the proposal, its subject is asked. */
static int that_frame(ent_stances *st, ent_swork *w, int k)
{
    int start = is_type(st, k, ENT_CH_THAT) ? next(st, k) : k;
    int v = ent_stance_clause_verb(st, start);
    if (v < 0) return 0;
    const ent_chunk *c = chunk(st, v);
    if (!is_type(st, k, ENT_CH_THAT) &&
        !(is_type(st, k, ENT_CH_NP) && c->subj == k && c->depth != 2 && c->depth != 3))
        return 0;
    int own = c->subj >= 0 && (chunk(st, c->subj)->flags & ENT_CF_PRON) != 0;
    if (w->q.frames & ENT_F_OWN && own && c->modal & (ENT_K_WILL | ENT_K_WOULD)) {
        w->how = ENT_HOW_THAT;
        return ent_stance_verb_props(st, w, v, 0);
    }
    if (!(w->q.frames & ENT_F_THAT)) return 0;
    if (w->q.label == ENT_SUPPORTS && is_i(st, w->v)) return 0; /* "I hope that you" */
    if (w->q.label == ENT_OPPOSES) { /* "fears that the pact could": the pact */
        w->how = ENT_HOW_THAT;
        return c->subj >= 0 && ent_prop_class(st->s, c->subj) && !is_actor(st, c->subj) &&
               ent_stance_noun_props(st, w, c->subj, 2);
    }
    if (w->q.label == ENT_DEMANDS && c->subj >= 0) {
        int16_t m = chunk(st, c->subj)->actor;
        for (unsigned i = 0; i < w->n_actors; i++)
            if (w->actors[i] == m) m = -1;
        ent_stance_add_mention(w->targets, &w->n_targets, m);
    }
    if (w->q.label == ENT_DEMANDS && !c->modal && is_told(st, c))
        return 0; /* "insisted that they were" */
    if (w->q.label == ENT_THREATENS && w->q.sure <= 6 && !announces_harm(st, w, c)) return 0;
    const uint32_t wants = ENT_K_WILL | ENT_K_WOULD | ENT_K_MUST;
    if (w->q.label == ENT_PROPOSES && !(c->modal & wants) && !(c->flags & ENT_CF_BASE))
        return 0; /* "announced that it had left" */
    w->how = ENT_HOW_THAT;
    return ent_stance_verb_props(st, w, v, 0);
}

/* "a rescue that he refused to authorise": the object stands before the relative clause. */
static int gap_object(ent_stances *st, ent_swork *w, int k)
{
    int gap = chunk(st, w->v)->gap;
    if (gap < 0 || is_type(st, next(st, k), ENT_CH_NP)) return 0;
    int np = ent_stance_better_antecedent(st, gap);
    if (is_actor(st, np) || !ent_stance_noun_props(st, w, np, 2)) return 0;
    st->used[k] = 1;
    w->how = ENT_HOW_GAP;
    return 1;
}

/* "declined to say", "declined to be drawn": no words, and no stance either. */
static int is_silence(const ent_stances *st, const ent_swork *w, int k)
{
    unsigned sure = 0;
    uint32_t last = 0;
    if (w->q.label == ENT_DEMANDS && is_i(st, w->v)) return 1; /* "I want to thank" */
    if (w->q.label != ENT_OPPOSES || w->q.sure > 8 || !(chunk(st, k)->flags & ENT_CF_INF)) return 0;
    if (ent_attr_report(parse(st), chunk(st, k), &sure, &last) == 1 && sure >= 6) return 1;
    return (chunk(st, k)->flags & ENT_CF_PASSIVE) != 0;
}

/* Tries the frames of the cue on what stands behind it; 1 when proposals (or a criticised actor)
 * were found. */
int ent_stance_active_frames(ent_stances *st, ent_swork *w)
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
        wants_prop(st, w, ent_stance_better_antecedent(st, chunk(st, v)->gap))) {
        w->how = ENT_HOW_GAP;
        return ent_stance_noun_props(st, w, ent_stance_better_antecedent(st, chunk(st, v)->gap), 2);
    }
    if (k < 0) return 0;
    if (is_type(st, k, ENT_CH_PREP) &&
        f & (ENT_F_INF | ENT_F_THAT)) { /* "agreed in principle to" */
        int o = next(st, k), z = is_type(st, o, ENT_CH_NP) ? next(st, o) : -1;
        for (int left = 2; left > 0 && is_type(st, z, ENT_CH_PREP);
             left--) { /* "by 9 votes to 4" */
            z = next(st, z);
            z = is_type(st, z, ENT_CH_NP) ? next(st, z) : -1;
        }
        if ((is_type(st, z, ENT_CH_VG) && chunk(st, z)->flags & ENT_CF_INF) ||
            is_type(st, z, ENT_CH_THAT)) {
            if (is_prep(st, k, word("with"))) ent_stance_targets_right(st, w, o);
            k = z;
        }
    }
    if (is_type(st, k, ENT_CH_VG)) {
        unsigned cf = chunk(st, k)->flags;
        if ((cf & ENT_CF_INF && f & ENT_F_INF) || (cf & ENT_CF_ING && f & ENT_F_ING)) {
            if (gap_object(st, w, k)) return 1;
            if (is_silence(st, w, k)) return 0;
            w->how = cf & ENT_CF_INF ? ENT_HOW_INF : ENT_HOW_ING;
            return ent_stance_verb_props(st, w, k, 0);
        }
        return 0;
    }
    if (is_type(st, k, ENT_CH_THAT)) return f & (ENT_F_THAT | ENT_F_OWN) && that_frame(st, w, k);
    if (!is_type(st, k, ENT_CH_NP)) return 0;
    if (f & (ENT_F_THAT | ENT_F_OWN) && is_actor(st, k) && is_type(st, next(st, k), ENT_CH_THAT)) {
        ent_stance_targets_right(st, w, k); /* "warned Oslo that it would" */
        return that_frame(st, w, next(st, k));
    }
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
int ent_stance_party_frame(ent_stances *st, ent_swork *w)
{
    int np = chunk_at(st, w->last);
    if (!is_type(st, np, ENT_CH_NP)) return 0;
    ent_stance_targets_right(st, w, np);
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
            return ent_stance_noun_props(st, w, o, 1);
        }
        int o = next(st, k);
        if ((is_prep(st, k, word("on")) || is_prep(st, k, word("about")) ||
             is_prep(st, k, word("for"))) &&
            is_type(st, o, ENT_CH_NP) && !is_actor(st, o) && ent_prop_class(st->s, o))
            return ent_stance_noun_props(st, w, o, 1);
    }
    int inside = chunk_at(st, w->first + 1); /* "held talks with": the talks */
    if (is_type(st, inside, ENT_CH_NP) && chunk(st, inside)->last <= w->last)
        ent_stance_add_prop(w, ent_prop_np(st->s, inside));
    return w->n_props > 0;
}

int ent_stance_met_frame(ent_stances *st, ent_swork *w)
{
    int np = chunk_at(st, w->last);
    const unsigned no = ENT_CF_INF | ENT_CF_NEG; /* "went there to meet", "has not met" */
    if (chunk(st, w->v)->modal || chunk(st, w->v)->flags & no || w->q.sure < 8) return 0;
    w->how = ENT_HOW_MET;
    w->n_props = w->n_targets = 0;
    if (!is_type(st, np, ENT_CH_NP)) { /* "the ministers of Chad and Niger met": each the other */
        if (w->n_actors < 2 || w->q.rest) return 0;
        memcpy(w->targets, w->actors, sizeof w->targets);
        w->n_targets = w->n_actors;
        return 1;
    }
    int k = next(st, np), o = k < 0 ? -1 : next(st, k);
    if (is_prep(st, k, word("with")) && is_type(st, o, ENT_CH_NP) && is_actor(st, o)) np = o;
    ent_stance_targets_right(st, w, np); /* "discussed Libya with the envoy" */
    return w->n_targets > 0;
}

int ent_stance_criticise_frame(ent_stances *st, ent_swork *w)
{
    int k = chunk_at(st, w->last);
    if (!is_type(st, k, ENT_CH_NP)) return 0;
    w->how = ENT_HOW_ACTOR;
    ent_stance_targets_right(st, w, k);
    if (!w->n_targets) ent_stance_add_mention(w->targets, &w->n_targets, chunk(st, k)->owner);
    if (!w->n_targets) {
        int p = next(st, k);
        if (is_prep(st, p, word("by")) || is_prep(st, p, word("of")) ||
            is_prep(st, p, word("from"))) {
            p = next(st, p);
            if (is_type(st, p, ENT_CH_NP)) ent_stance_targets_right(st, w, p);
        }
    }
    return 1;
}

int ent_stance_passive_frames(ent_stances *st, ent_swork *w)
{
    const ent_chunk *c = chunk(st, w->v);
    int by = ent_stance_agent(st, w->v), told = next(st, w->v);
    if (by < 0 || c->subj < 0) return 0;
    if (tok(st, c->head)->w.vclass & ENT_V_NAMING && is_type(st, told, ENT_CH_NP))
        return 0; /* "is considered a danger by" */
    w->n_actors = 0;
    ent_stance_actors_right(st, w, by, ENT_REL_BY);
    w->how = ENT_HOW_PASSIVE;
    if (w->q.frames & ENT_F_ACTOR) {
        w->n_targets = ent_stance_actors_left(st, c->subj, w->targets);
        return w->n_targets > 0;
    }
    int np = c->subj;
    if (np < w->v && w->v - np > 1) np = ent_stance_better_antecedent(st, np);
    if (!(w->q.frames & (ENT_F_OBJ | ENT_F_PROP)) || !wants_prop(st, w, np)) return 0;
    int16_t list[ENT_STANCE_LIST];
    unsigned n = ent_chunk_left(parse(st), np, list, ENT_STANCE_LIST);
    for (unsigned i = 0; i < n; i++)
        if (!is_actor(st, list[i]) || is_neuter(st, list[i]))
            ent_stance_add_prop(w, ent_prop_np(st->s, list[i]));
    return w->n_props > 0;
}
