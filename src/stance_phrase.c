/* stance_phrase - what the user's phrases tell: Actor "gave the nod to" Proposal. See stance.h.
 *
 * A phrase whose words are all in the sentence is tried at each token; its items take words, or
 * whole noun and verb phrases. Each try has a bound on its steps, so none can hang. */
#include "stance_in.h"

enum { STEPS = 16 /* of one try */ };

/* Where the items of a phrase were found. */
typedef struct fit {
    int actor, proposal, target; /* chunks, -1 none */
    uint32_t first, last;        /* the cue's words */
    uint32_t end;                /* behind the last word */
    const ent_phrase *phrase;
} fit;

/* Whether a token is of a class of words. */
static int is_class(const ent_stances *st, const ent_uitem *it, uint32_t i)
{
    const ent_token *t = &parse(st)->in.t[i];
    switch (it->class) {
    case ENT_UC_WORD:
        return t->lower == it->word;
    case ENT_UC_ANY:
        return t->cls == ENT_T_WORD;
    case ENT_UC_CAPITAL:
        return t->cls == ENT_T_WORD && t->shape != ENT_SH_LOWER;
    case ENT_UC_NUMBER:
        return t->cls == ENT_T_NUMBER;
    default:
        return t->cls == ENT_T_WORD && t->shape == ENT_SH_UPPER;
    }
}

/* A place for a phrase at token i: the token behind it, 0 when none fits. */
static uint32_t take_place(const ent_stances *st, unsigned class, uint32_t i, fit *f)
{
    int k = tok(st, i)->chunk;
    if (k < 0 || chunk(st, k)->first != i) return 0;
    int np = is_type(st, k, ENT_CH_NP) && !(chunk(st, k)->flags & ENT_CF_TIME);
    if (class == ENT_UC_PROPOSAL) {
        if (!(np && !is_actor(st, k)) && !is_type(st, k, ENT_CH_VG)) return 0;
        f->proposal = k;
    } else {
        if (!np || ent_stance_actor_of(st, k) < 0) return 0;
        *(class == ENT_UC_ACTOR ? &f->actor : &f->target) = k;
    }
    return chunk(st, k)->last;
}

/* Adverbs and auxiliaries: "has not given". */
static int may_stand_between(const ent_stances *st, uint32_t i)
{
    uint8_t pos = tok(st, i)->pos;
    return pos == ENT_P_ADV || pos == ENT_P_AUX || pos == ENT_P_NEG;
}

/* A look ahead that costs no step: the next item is a word, and another word stands there. */
static int may_go_on(const ent_stances *st, const ent_phrase *p, uint32_t item, uint32_t i)
{
    if (item == p->n || p->item[item].class != ENT_UC_WORD) return 1;
    return i < parse(st)->in.n && (lower(st, i) == p->item[item].word || may_stand_between(st, i));
}

/* Whether the items from `item` on fit at token i; sets *f. */
static int fits_from(const ent_stances *st, uint32_t item, uint32_t i, fit *f, int *steps)
{
    const ent_phrase *p = f->phrase;
    uint32_t n = parse(st)->in.n, run = 1;
    if (item == p->n) return 1;
    const ent_uitem *it = &p->item[item];
    while (i < n && item > 0 && may_stand_between(st, i) && it->class != ENT_UC_ANY &&
           !is_class(st, it, i))
        i++;
    if (i >= n || --*steps < 0) return 0;
    if (it->class >= ENT_UC_ACTOR) {
        uint32_t next = take_place(st, it->class, i, f);
        return next && fits_from(st, item + 1, next, f, steps);
    }
    if (!is_class(st, it, i)) return 0;
    if (it->class == ENT_UC_WORD) {
        if (f->last == UINT32_MAX) f->first = f->last = i; /* the cue is the first run of words */
        if (f->last == i) f->last = i + 1;
        f->end = i + 1;
    }
    while (it->many && run < ENT_U_RUN && i + run < n && is_class(st, it, i + run))
        run++;
    for (; run > 0; run--) {
        fit try = *f;
        if (!may_go_on(st, p, item + 1, i + run)) continue;
        if (fits_from(st, item + 1, i + run, &try, steps)) {
            *f = try;
            return 1;
        }
    }
    return 0;
}

/* The stance that a fitting phrase tells. */
static void tell(ent_stances *st, const fit *f)
{
    ent_swork w;
    int v = tok(st, f->first)->chunk;
    ent_stance_start(st, &w, v, f->first);
    w.first = f->first;
    w.last = f->last;
    w.q = (ent_cue){.label = f->phrase->label, .sure = 9, .flags = ENT_CUE_USER};
    w.how = f->phrase->label == ENT_CRITICISES ? ENT_HOW_ACTOR : ENT_HOW_OBJECT;
    w.rel = ENT_REL_NEAR;
    w.n_actors = ent_stance_actors_left(st, f->actor, w.actors);
    if (f->target >= 0) ent_stance_targets_right(st, &w, f->target);
    if (f->proposal >= 0 && is_type(st, f->proposal, ENT_CH_VG))
        ent_stance_verb_props(st, &w, f->proposal, 0);
    else if (f->proposal >= 0)
        ent_stance_noun_props(st, &w, f->proposal, 1);
    if (!w.n_props && !w.n_targets) return;
    if (!w.n_props) w.how = ENT_HOW_MET; /* about nobody's plan */
    for (uint32_t z = f->first; z < f->end; z++)
        st->used[tok(st, z)->chunk] = 1;
    ent_stance_emit(st, &w);
}

/* Whether the sentence holds the words of a phrase. */
static int has_words(const ent_stances *st, const ent_phrase *p)
{
    for (uint32_t k = 0; k < p->n; k++) {
        uint32_t i = 0;
        if (p->item[k].class != ENT_UC_WORD) continue;
        while (i < parse(st)->in.n && lower(st, i) != p->item[k].word)
            i++;
        if (i == parse(st)->in.n) return 0;
    }
    return 1;
}

void ent_stance_phrases(ent_stances *st)
{
    uint32_t n;
    const ent_phrase *p = ent_cover_phrases(parse(st)->in.cover, &n);
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t i = has_words(st, &p[k]) ? 0 : parse(st)->in.n; i < parse(st)->in.n; i++) {
            fit f = {.actor = -1, .proposal = -1, .target = -1, .last = UINT32_MAX};
            int steps = STEPS;
            f.phrase = &p[k];
            if (fits_from(st, 0, i, &f, &steps)) tell(st, &f);
        }
}
