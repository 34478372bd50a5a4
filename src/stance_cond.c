/* stance_cond - conditions: what is demanded by them, and which stances stand under them. See
 * stance.h.
 *
 * "We will disarm if they withdraw", "will not sign unless", "will strike if he does not leave":
 * what somebody makes depend on another's deed is his demand. A clause with "if" that hangs on
 * nothing of the kind demands nothing. */
#include "stance_in.h"

/* ---- what is demanded ------------------------------------------------------------------------ */

/* Whether chunk k opens a condition: "if", "unless", or the "that" of "on condition that". */
static int is_conditional(const ent_stances *st, int k)
{
    if (!is_type(st, k, ENT_CH_THAT))
        return (tok(st, chunk(st, k)->head)->w.tags & ENT_K_COND) != 0;
    return is_type(st, k - 1, ENT_CH_NP) && is_prep(st, k - 2, word("on")) &&
           lower(st, chunk(st, k - 1)->head) == word("condition");
}

/* Keeps the verb of a conditional clause from being read as a stance of its own. */
void ent_stance_reserve(ent_stances *st, int k)
{
    if (!is_conditional(st, k)) return;
    int v = ent_stance_clause_verb(st, next(st, k));
    if (v < 0 || st->used[v] || tok(st, chunk(st, v)->head)->pos == ENT_P_AUX) return;
    if (st->n_cond == ENT_STANCE_LIST) return;
    st->cond[st->n_cond][0] = (int16_t)k;
    st->cond[st->n_cond++][1] = (int16_t)v;
    st->used[v] = 1;
}

static int is_reserved(const ent_stances *st, int v)
{
    for (unsigned i = 0; i < st->n_cond; i++)
        if (st->cond[i][1] == v) return 1;
    return 0;
}

/* A finite verb group with a subject that no condition holds. */
static int is_main(const ent_stances *st, int j)
{
    const ent_chunk *c = chunk(st, j);
    return c->type == ENT_CH_VG && !(c->flags & (ENT_CF_INF | ENT_CF_ING | ENT_CF_PART)) &&
           c->subj >= 0 && !is_reserved(st, j);
}

/* Whether the clause that the conditional word k opens stands before what depends on it. */
static int stands_first(const ent_stances *st, int k)
{
    unsigned sure = 0;
    uint32_t last = 0;
    int j = k - 1;
    while (is_type(st, j, ENT_CH_ADV) || is_type(st, j, ENT_CH_QUOTE) ||
           is_type(st, j, ENT_CH_COMMA) || is_type(st, j, ENT_CH_CONJ))
        j--;
    if (j < 0 || is_type(st, j, ENT_CH_STOP) || is_type(st, j, ENT_CH_THAT)) return 1;
    return is_type(st, j, ENT_CH_VG) && ent_attr_report(parse(st), chunk(st, j), &sure, &last);
}

/* Verb group of the clause that depends on the condition k with verb v, -1 none. */
static int main_verb(const ent_stances *st, int k, int v)
{
    int n = (int)parse(st)->n_chunks;
    if (!stands_first(st, k)) {
        for (int j = k - 1, left = ENT_CH_REACH; j >= 0 && left > 0; j--, left--) {
            if (is_type(st, j, ENT_CH_STOP)) return -1;
            if (is_main(st, j)) return j;
        }
        return -1;
    }
    for (int j = v + 1, left = ENT_CH_REACH; j < n && left > 0; j++, left--) {
        if (is_type(st, j, ENT_CH_STOP)) return -1;
        if (is_main(st, j) && chunk(st, j)->subj > v) return j;
    }
    return -1;
}

enum { COND_YES = 1, COND_NO = 2, COND_HARM = 4 };

/* What the clause of verb group m announces: something given, something refused, harm. */
static unsigned outlook(const ent_stances *st, int m, int k)
{
    const ent_chunk *c = chunk(st, m);
    uint32_t from = c->first, to = k > m ? chunk(st, k)->first : parse(st)->in.n;
    unsigned all = 0;
    for (uint32_t i = 0; i < st->n; i++) {
        const ent_scand *x = &st->at[i];
        if (x->cue_first[0] < from || x->cue_first[0] >= to) continue;
        int denied = (x->flags & ENT_C_NEGATED) != 0;
        if (x->label == ENT_THREATENS)
            all |= COND_HARM;
        else if (x->label == ENT_OPPOSES)
            all |= denied ? COND_YES : COND_NO;
        else if (x->label == ENT_PROPOSES || x->label == ENT_ACCEPTS || x->label == ENT_SUPPORTS)
            all |= denied ? COND_NO : COND_YES;
    }
    if (!all && c->modal & (ENT_K_WILL | ENT_K_WOULD | ENT_K_CAN | ENT_K_MAY))
        all = c->flags & ENT_CF_NEG ? COND_NO : COND_YES;
    return all;
}

/* Whether the clause's deed is wanted: "if he leaves" of a promise, "unless", "if not" of a threat.
 * Denied: the clause says "not" or "fails to". */
static int is_wanted(const ent_stances *st, int k, unsigned out, int denied)
{
    uint32_t head = chunk(st, k)->head, w = lower(st, head);
    uint32_t before = head > 0 ? lower(st, head - 1) : 0;
    if (!out || before == word("even")) return 0;
    if (w == word("unless")) return !denied;
    if (w == word("until") || w == word("till")) return !denied;
    if (before == word("only")) return !denied;
    return denied ? (out & (COND_NO | COND_HARM)) != 0 : (out & COND_YES) && !(out & COND_HARM);
}

/* Both clauses have the same pronoun or mention as subject: nobody else is asked. */
static int same_subject(const ent_stances *st, int m, int v)
{
    int a = chunk(st, m)->subj, b = chunk(st, v)->subj;
    if (a < 0 || b < 0) return 0;
    return a == b || lower(st, chunk(st, a)->head) == lower(st, chunk(st, b)->head);
}

/* "if he fails to leave": the verb group that counts. */
static int over_failing(const ent_stances *st, int v)
{
    uint32_t head = lower(st, chunk(st, v)->head);
    if (head != word("fail") && head != word("fails") && head != word("failed")) return v;
    int k = next(st, v);
    return is_type(st, k, ENT_CH_VG) && chunk(st, k)->flags & ENT_CF_INF ? k : -1;
}

/* "until it withdraws", "if they accept": what is asked of the subject of the condition. */
static void try_condition(ent_stances *st, int k, int v)
{
    int m = main_verb(st, k, v), deed = over_failing(st, v), np = chunk(st, v)->subj;
    if (m < 0 || deed < 0 || same_subject(st, m, v)) return;
    int denied = deed != v || (chunk(st, v)->flags & ENT_CF_NEG) != 0;
    if (!is_wanted(st, k, outlook(st, m, k), denied)) return;
    ent_swork w;
    ent_stance_start(st, &w, v, chunk(st, k)->first);
    w.last = w.first + 1;
    w.q = (ent_cue){.label = ENT_DEMANDS, .sure = 4};
    w.n_actors = ent_stance_actors_left(st, chunk(st, m)->subj, w.actors);
    if (!w.n_actors) return;
    if (np >= 0) w.n_targets = ent_stance_actors_left(st, np, w.targets);
    w.flags = 0;
    w.how = ENT_HOW_COND;
    w.rel = ENT_REL_FAR;
    st->s->parse.ch[deed].flags &= (uint16_t)~ENT_CF_NEG; /* what is asked is the deed itself */
    /* "if peace is achieved": peace */
    int whole = (chunk(st, v)->flags & ENT_CF_PASSIVE) && np >= 0 && !w.n_targets;
    if (whole ? ent_stance_noun_props(st, &w, np, 1) : ent_stance_verb_props(st, &w, deed, 0))
        ent_stance_emit(st, &w);
}

void ent_stance_demanded(ent_stances *st)
{
    for (unsigned i = 0; i < st->n_cond; i++)
        try_condition(st, st->cond[i][0], st->cond[i][1]);
}

/* ---- condition spans ----------------------------------------------------------------------- */

/* Token behind the clause that a conditional word at chunk k opens: the comma or stop behind its
 * verb. */
static uint32_t clause_end(const ent_stances *st, int k)
{
    int v = ent_stance_clause_verb(st, next(st, k));
    uint32_t i = (uint32_t)(v >= 0 ? v : k) + 1;
    while (i < parse(st)->n_chunks && !is_type(st, (int)i, ENT_CH_COMMA) &&
           !is_type(st, (int)i, ENT_CH_STOP))
        i++;
    return i < parse(st)->n_chunks ? chunk(st, (int)i)->first : parse(st)->in.n;
}

/* "as a condition for ending the war": the token behind it, 0 when chunk k opens no such phrase. */
static uint32_t as_condition(const ent_stances *st, int k)
{
    int np = next(st, k);
    if (lower(st, chunk(st, k)->head) != word("as") || !is_type(st, np, ENT_CH_NP)) return 0;
    uint32_t head = lower(st, chunk(st, np)->head);
    if (head != word("condition") && head != word("precondition")) return 0;
    int p = next(st, np), o = p >= 0 ? next(st, p) : -1;
    if (!is_type(st, p, ENT_CH_PREP) || o < 0) return chunk(st, np)->last;
    int object = is_type(st, o, ENT_CH_VG) ? next(st, o) : -1;
    return chunk(st, is_type(st, object, ENT_CH_NP) ? object : o)->last;
}

/* Gives the span to the stances of the same clause complex that stand outside it. */
static void give_condition(ent_stances *st, const uint16_t *part, uint32_t first, uint32_t last)
{
    for (uint32_t i = 0; i < st->n; i++) {
        ent_scand *x = &st->at[i];
        uint32_t cue = x->cue_first[0];
        if (x->how == ENT_HOW_COND || x->cond_last || (cue >= first && cue < last)) continue;
        if (part[cue] != part[first]) continue;
        x->cond_first = (uint16_t)first;
        x->cond_last = (uint16_t)last;
    }
}

void ent_stance_conditions(ent_stances *st)
{
    uint16_t part[ENT_CT_MAX] = {0}, n = 0; /* number of the part, by stops, of each token */
    for (uint32_t i = 0; i < parse(st)->in.n; i++)
        part[i] = tok(st, i)->pos == ENT_P_STOP ? ++n : n;
    for (int k = 0; st->n && k < (int)parse(st)->n_chunks; k++) {
        const ent_chunk *c = chunk(st, k);
        if (c->type != ENT_CH_SUB && c->type != ENT_CH_PREP && c->type != ENT_CH_THAT) continue;
        uint32_t last = as_condition(st, k), first = c->first;
        if (!last && !is_conditional(st, k)) continue;
        if (c->type == ENT_CH_THAT) first = chunk(st, k - 2)->first;
        if (!last) last = clause_end(st, k);
        if (first > 0 && lower(st, first - 1) == word("only")) first--;
        give_condition(st, part, first, last);
    }
}
