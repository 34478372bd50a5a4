/* stance_kinds - stances without a cue verb: modals, orders, judgements, nouns, conditions. See
 * stance.h. */
#include "stance_in.h"

/* ---- modals -------------------------------------------------------------------------------- */

/* "must", "should": the demand of a named speaker. */
static int try_must(ent_stances *st, int v)
{
    ent_swork w;
    ent_stance_start(st, &w, v, chunk(st, v)->first);
    w.q = (ent_cue){.label = ENT_DEMANDS, .sure = 6};
    w.last = chunk(st, v)->head > w.first ? chunk(st, v)->head : w.first + 1u;
    ent_stance_find_speaker(st, &w, chunk(st, v)->head);
    if (!w.n_actors) return 0;
    if (chunk(st, v)->subj >= 0 && chunk(st, chunk(st, v)->subj)->actor >= 0)
        w.n_targets = ent_stance_actors_left(st, chunk(st, v)->subj, w.targets);
    w.flags = 0;
    w.how = ENT_HOW_MUST;
    if (!ent_stance_verb_props(st, &w, v, 0)) return 0;
    ent_stance_emit(st, &w);
    return 1;
}

/* "The committee should draft a plan", says somebody else: that comes before what "draft" tells. */
int ent_stance_must(ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    if (c->subj < 0 || st->attrs->of[c->head] < 0 || tok(st, c->head)->pos != ENT_P_VERB)
        return 0; /* "should Oslo refuse" is a condition */
    const ent_chunk *s = chunk(st, c->subj);
    if (s->flags & ENT_CF_PRON) return 0;
    return try_must(st, v);
}

/* "Oslo said it would free them": the subject is a pronoun right behind who says so. */
static int says_of_himself(const ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    int a = st->attrs->of[c->head], s = c->subj;
    if (a < 0 || s < 0 || !(chunk(st, s)->flags & ENT_CF_PRON)) return 0;
    const ent_attr *x = &st->attrs->at[a];
    return x->source >= 0 && x->source != s && x->vg >= 0 && s > x->vg && s - x->vg <= 3;
}

/* "will", "would", "is to": what the subject means to do; with "not" what it refuses. */
static void try_will(ent_stances *st, int v, int verb)
{
    const ent_chunk *c = chunk(st, v);
    ent_swork w;
    unsigned sure = 0;
    uint32_t last = 0;
    if (ent_attr_report(parse(st), chunk(st, verb), &sure, &last) && sure >= 7)
        return;                                                                 /* "will say" */
    if (tok(st, chunk(st, verb)->head)->w.vclass & ENT_V_STATE) return;         /* "will gain" */
    if (!(c->flags & ENT_CF_NEG) && c->modal & (ENT_K_MAY | ENT_K_CAN)) return; /* "could" */
    ent_stance_start(st, &w, v, c->first);
    ent_stance_find_actors(st, &w, v);
    int own = says_of_himself(st, v);
    if (!w.n_actors && own) ent_stance_find_speaker(st, &w, c->head);
    if (!w.n_actors || chunk(st, verb)->flags & ENT_CF_PASSIVE) return;
    int denied = (c->flags & ENT_CF_NEG) != 0;
    w.q = (ent_cue){.label = denied ? ENT_OPPOSES : ENT_PROPOSES, .sure = 4};
    w.flags &= (uint8_t)~ENT_C_NEGATED;
    w.last = chunk(st, verb)->head;
    if (w.last <= w.first) w.last = w.first + 1;
    w.how = ENT_HOW_MODAL;
    if (own) {
        w.how = ENT_HOW_OWN;
        w.q.sure = 7;
    }
    st->s->parse.ch[verb].flags &= (uint16_t)~ENT_CF_NEG; /* what is refused is the deed itself */
    if (!ent_stance_verb_props(st, &w, verb, 0)) return;
    if (!w.n_targets) ent_stance_target_behind(st, &w, next(st, verb) >= 0 ? next(st, verb) : verb);
    ent_stance_emit(st, &w);
}

/* "Give us ninety days": an order in quotation marks is the speaker's demand. */
static void try_order(ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    ent_swork w;
    ent_stance_start(st, &w, v, c->first);
    w.q = (ent_cue){.label = ENT_DEMANDS, .sure = 4};
    w.last = c->last;
    w.how = ENT_HOW_ORDER;
    if (!(parse(st)->in.t[c->head].flags & ENT_T_INQUOTE)) return;
    ent_stance_find_speaker(st, &w, c->head);
    if (w.n_actors && ent_stance_verb_props(st, &w, v, 0)) ent_stance_emit(st, &w);
}

/* The judging word of a predicate that starts at token i: "an important step", "too short"; -1. */
static int judging(const ent_stances *st, uint32_t i, uint32_t most)
{
    for (uint32_t n = parse(st)->in.n; i < n && most > 0; i++, most--) {
        const ent_ctoken *k = tok(st, i);
        if ((k->w.noun & ENT_N_CLASS) == ENT_N_VALUE && k->pos != ENT_P_VERB)
            return i + 1 < n && lower(st, i + 1) == word("but") ? -1
                                                                : (int)i; /* "sad but needed" */
        if (k->pos == ENT_P_STOP || k->pos == ENT_P_VERB || k->pos == ENT_P_AUX ||
            (k->pos == ENT_P_SUB && !(k->w.tags & ENT_K_PREP)))
            return -1;
    }
    return -1;
}

/* "called the demand absurd": the adjective at the end of the noun phrase, taken out of it; -1. */
static int judging_last(ent_stances *st, int np)
{
    ent_chunk *c = &st->s->parse.ch[np];
    const ent_ctoken *h = tok(st, c->head);
    if ((h->w.noun & ENT_N_CLASS) != ENT_N_VALUE || c->head == c->first || c->last != c->head + 1)
        return -1;
    const ent_ctoken *noun = tok(st, c->head - 1u);
    if (noun->pos != ENT_P_NOUN || !noun->w.noun) return -1;
    c->last--;
    return c->head--;
}

/* "It would be a mistake to lift them": against that, says the speaker. */
static int judged_ahead(ent_stances *st, ent_swork *w, int v, int value)
{
    int s = chunk(st, v)->subj, k = tok(st, (uint32_t)value)->chunk;
    k = next(st, k);
    if (tok(st, (uint32_t)value)->w.stance != ENT_OPPOSES + 1 || w->flags & ENT_C_NEGATED) return 0;
    if (s < 0 || lower(st, chunk(st, s)->head) != word("it") || !w->n_actors) return 0;
    if (!is_type(st, k, ENT_CH_VG) || !(chunk(st, k)->flags & ENT_CF_INF)) return 0;
    w->q = (ent_cue){.label = ENT_OPPOSES, .sure = 6};
    w->first = (uint32_t)value;
    w->last = w->first + 1;
    w->how = ENT_HOW_AHEAD;
    w->flags = 0;
    if (!ent_stance_verb_props(st, w, k, 0)) return 0;
    ent_stance_emit(st, w);
    return 1;
}

static int judged(ent_stances *st, ent_swork *w, int np, int value)
{
    w->q = (ent_cue){.label = (uint8_t)(tok(st, (uint32_t)value)->w.stance - 1), .sure = 5};
    st->s->parse.ch[tok(st, (uint32_t)value)->chunk].depth = 1; /* "a step forward" is no plan */
    w->first = (uint32_t)value;
    w->last = w->first + 1;
    w->how = ENT_HOW_VALUE;
    if (w->flags & ENT_C_NEGATED) { /* "not acceptable" is against it */
        w->q.label = w->q.label == ENT_SUPPORTS ? ENT_OPPOSES : ENT_SUPPORTS;
        w->flags &= (uint8_t)~ENT_C_NEGATED;
    }
    if (!w->n_actors || is_actor(st, np) || !ent_stance_noun_props(st, w, np, 1)) return 0;
    ent_stance_emit(st, w);
    return 1;
}

/* "The deal is a mistake", said by somebody; "she called it a mistake". */
int ent_stance_value(ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    ent_swork w;
    ent_stance_start(st, &w, v, c->first);
    if (c->flags & ENT_CF_COPULA && c->subj >= 0 && c->subj < v) {
        int value = judging(st, c->last, 5);
        if (value < 0) return 0;
        ent_stance_find_speaker(st, &w, c->head);
        return judged_ahead(st, &w, v, value) || judged(st, &w, c->subj, value);
    }
    if (!(tok(st, c->head)->w.vclass & ENT_V_NAMING) || c->flags & (ENT_CF_PASSIVE | ENT_CF_PART))
        return 0;
    int np = chunk_at(st, c->last);
    if (!is_type(st, np, ENT_CH_NP)) return 0;
    int value = judging_last(st, np);
    if (value < 0) value = judging(st, chunk(st, np)->last, 8);
    if (value < 0) return 0;
    ent_stance_find_actors(st, &w, v);
    return judged(st, &w, np, value);
}

/* "It was to let ships pass": a treaty, most likely; no actor's plan. */
static int is_arranged(const ent_stances *st, int v)
{
    int s = chunk(st, v)->subj;
    return s >= 0 && lower(st, chunk(st, v)->head) == word("was") &&
           lower(st, chunk(st, s)->head) == word("it");
}

void ent_stance_modal(ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    int inf = is_type(st, v + 1, ENT_CH_VG) && chunk(st, v + 1)->flags & ENT_CF_INF;
    if (tok(st, c->head)->pos == ENT_P_AUX) {
        uint32_t tags = tok(st, c->head)->w.tags;
        if (inf && tags & ENT_K_HAVE)
            try_must(st, v + 1);
        else if (inf && tags & ENT_K_BE && !(c->flags & ENT_CF_INF) && !is_arranged(st, v))
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
static void noun_actors(const ent_stances *st, ent_swork *w, int np)
{
    const ent_chunk *c = chunk(st, np);
    w->n_actors = 0;
    ent_stance_add_mention(w->actors, &w->n_actors, c->owner);
    w->rel = ENT_REL_OWNER;
    if (w->n_actors) return;
    int k = next(st, np);
    for (int left = 4; k >= 0 && left > 0 && is_type(st, k, ENT_CH_PREP); left--) {
        int o = next(st, k);
        if (!is_type(st, o, ENT_CH_NP)) break;
        if ((is_prep(st, k, word("by")) || is_prep(st, k, word("from"))) &&
            chunk(st, o)->actor >= 0) {
            ent_stance_actors_right(st, w, o, ENT_REL_BY);
            return;
        }
        k = next(st, o);
    }
    int v = np - 1;
    while (is_type(st, v, ENT_CH_ADV) || is_type(st, v, ENT_CH_QUOTE))
        v--;
    if (is_prep(st, v, word("in"))) { /* "visited Kyiv in an effort to" */
        int s = ent_stance_subject_back(st, v, -1);
        if (s >= 0) w->n_actors = ent_stance_actors_left(st, s, w->actors);
        w->rel = ENT_REL_FAR;
        return;
    }
    if (is_type(st, v, ENT_CH_VG) && tok(st, chunk(st, v)->head)->w.vclass & ENT_V_LIGHT &&
        !st->used[v] && !(chunk(st, v)->flags & (ENT_CF_PASSIVE | ENT_CF_PART))) {
        ent_stance_find_actors(st, w, v);
        w->flags = ent_stance_flags_of(st, v);
        w->rel = ENT_REL_LIGHT;
    }
}

/* "their proposed peace plan", "the planned summit": a participle before the head. */
static void try_premodifier(ent_stances *st, int np)
{
    const ent_chunk *c = chunk(st, np);
    for (uint32_t i = c->first; i < c->head; i++) {
        const ent_cword *w = &tok(st, i)->w;
        if (!(w->forms & ENT_V_PART) || !w->cues || tok(st, i)->pos != ENT_P_NOUN) continue;
        ent_cue q = ent_clex_cue(parse(st)->in.lex, w->cue + w->cues - 1u);
        if (q.label >= ENT_STANCES || q.rest || q.sure < 7) continue;
        ent_swork x = {.v = np, .q = q, .first = i, .last = i + 1, .how = ENT_HOW_BEFORE};
        noun_actors(st, &x, np);
        if (x.rel == ENT_REL_LIGHT || !x.n_actors) return;
        ent_stance_add_prop(&x, ent_prop_np(st->s, np));
        if (x.n_props) ent_stance_emit(st, &x);
        return;
    }
}

/* "the terrorist threat", "highlights the threat of a flood", "in retaliation for": nobody
 * threatens there. */
static int is_mere_danger(const ent_stances *st, const ent_swork *w, int np)
{
    const ent_chunk *c = chunk(st, np);
    int k = next(st, np);
    if (is_prep(st, np - 1, word("in"))) return 1;
    if (w->rel == ENT_REL_LIGHT || w->rel == ENT_REL_FAR)
        return is_type(st, k, ENT_CH_PREP) && !is_prep(st, k, word("to"));
    return w->rel == ENT_REL_OWNER && !(c->flags & ENT_CF_OWNED) && c->owner >= 0 &&
           parse(st)->in.ms[c->owner].kind == ENT_GROUP;
}

void ent_stance_noun(ent_stances *st, int np)
{
    const ent_chunk *c = chunk(st, np);
    const ent_cword *h = &tok(st, c->head)->w;
    if (c->actor < 0) try_premodifier(st, np);
    int group = c->actor >= 0 && !(h->nframes & ENT_NF_TO && is_prep(st, next(st, np), word("to")));
    if (!h->stance || group || st->used[np] || (h->noun & ENT_N_CLASS) == ENT_N_VALUE)
        return; /* "the opposition", but not "its opposition to the sanctions" */
    int ing = next(st, np);
    if (h->stance == ENT_DEMANDS + 1 && is_type(st, ing, ENT_CH_VG) &&
        chunk(st, ing)->flags & ENT_CF_ING && tok(st, chunk(st, ing)->head)->w.cues)
        return; /* "a petition calling for" */
    ent_swork w = {.v = np, .first = c->head, .last = c->head + 1u};
    w.q = (ent_cue){.label = (uint8_t)(h->stance - 1), .sure = 6};
    noun_actors(st, &w, np);
    if (!w.n_actors) return;
    w.how = ENT_HOW_NOUN;
    if (w.q.label == ENT_THREATENS && is_mere_danger(st, &w, np)) return;
    if (w.q.label == ENT_CRITICISES) { /* "offered criticism of the government" */
        int k = next(st, np);          /* not "a complaint to the court" */
        if (!is_prep(st, k, word("to")) && !is_prep(st, k, word("by")))
            ent_stance_target_behind(st, &w, np);
        w.q.sure = 7;
        ent_stance_emit(st, &w);
        return;
    }
    int self = (h->nframes & ENT_NF_EVEN) != 0;
    if (self || !ent_stance_complement(st, &w, np, 0)) {
        w.how = ENT_HOW_SELF;
        if (h->nframes & (ENT_NF_SELF | ENT_NF_EVEN))
            ent_stance_add_prop(&w, ent_prop_np(st->s, np));
    }
    if (!w.n_props) return;
    if (w.rel == ENT_REL_LIGHT && w.q.label == ENT_DISCUSSES) { /* "held talks" */
        w.how = ENT_HOW_PARTY;
        w.q.sure = 7;
    }
    ent_stance_target_behind(st, &w, np);
    ent_stance_emit(st, &w);
}

/* "a ceasefire between Israel and Hamas": both are party to it. */
void ent_stance_between(ent_stances *st, int np)
{
    if (ent_prop_class(st->s, np) != ENT_N_ALWAYS || chunk(st, np)->actor >= 0) return;
    int k = next(st, np), b = np - 1;
    if (is_prep(st, b, word("on")) || is_prep(st, b, word("for")) || is_prep(st, b, word("about")))
        return; /* "talks on an agreement between": there is none yet */
    if (is_type(st, k, ENT_CH_PREP) && !is_prep(st, k, word("between"))) {
        k = next(st, k);
        if (is_type(st, k, ENT_CH_NP)) k = next(st, k);
    }
    if (!is_prep(st, k, word("between")) || !is_type(st, k + 1, ENT_CH_NP)) return;
    ent_swork w = {.v = np, .first = chunk(st, k)->first, .last = chunk(st, k)->last};
    w.q = (ent_cue){.label = ENT_ACCEPTS, .sure = 4};
    ent_stance_actors_right(st, &w, k + 1, ENT_REL_BY);
    w.how = ENT_HOW_BETWEEN;
    ent_stance_add_prop(&w, ent_prop_np(st->s, np));
    if (w.n_actors > 1 && w.n_props) ent_stance_emit(st, &w);
}
