/* stance - cues and what belongs to them. See stance.h. */
#include "stance_in.h"

/* ---- cues ---------------------------------------------------------------------------------- */

/* Over "on Tuesday" between the words of a cue. */
static uint32_t over_time(const ent_stances *st, uint32_t at)
{
    int k = tok(st, at)->chunk;
    if (is_type(st, k, ENT_CH_PREP)) k++;
    return is_type(st, k, ENT_CH_NP) && chunk(st, k)->flags & ENT_CF_TIME ? chunk(st, k)->last : at;
}

/* Over "in the city of Hanover" between a verb and its preposition, if that follows. */
static uint32_t over_place(const ent_stances *st, uint32_t at, uint32_t want)
{
    int k = tok(st, at)->chunk;
    for (int left = 3; left > 0 && is_type(st, k, ENT_CH_PREP) && is_type(st, k + 1, ENT_CH_NP);
         left--) {
        if (!is_prep(st, k, word("in")) && !is_prep(st, k, word("at")) &&
            !is_prep(st, k, word("of")) && !is_prep(st, k, word("outside")) &&
            !is_prep(st, k, word("across")))
            break;
        k += 2;
        if (is_prep(st, k, want)) return chunk(st, k)->first;
    }
    return at;
}

/* Behind how a vote ended: "voted 220 to 210 | against", "voted by 9-4 | for". */
static uint32_t over_count(const ent_stances *st, uint32_t at)
{
    uint32_t i = at, n = parse(st)->in.n;
    if (i < n && lower(st, i) == word("by")) i++;
    if (i >= n || tok(st, i)->pos != ENT_P_NUM) return at;
    i++;
    if (i + 1 < n && tok(st, i + 1)->pos == ENT_P_NUM &&
        (tok(st, i)->pos == ENT_P_HYPHEN || tok(st, i)->pos == ENT_P_DASH ||
         lower(st, i) == word("to")))
        i += 2;
    return i;
}

/* Matches the cue's words behind token i. A gap may hold up to six tokens, no verb and no comma. */
static int match(const ent_stances *st, uint32_t i, const ent_cue *q, ent_swork *w)
{
    uint32_t at = i + 1, n = parse(st)->in.n;
    w->gap_first = w->gap_last = 0;
    for (uint32_t r = 0; r < q->rest; r++) {
        uint32_t want = q->flags & ENT_CUE_USER ? ent_cover_rest(parse(st)->in.cover, q->first, r)
                                                : ent_clex_rest(parse(st)->in.lex, q->first + r);
        while (at < n && tok(st, at)->pos == ENT_P_ADV && lower(st, at) != want)
            at++;
        if (at < n && lower(st, at) != want) at = over_time(st, at);
        if (at < n && lower(st, at) != want) at = over_count(st, at);
        if (at < n && lower(st, at) != want && q->rest == 1) at = over_place(st, at, want);
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

/* "failed to agree": negates what it governs. */
static int is_failing(const ent_stances *st, uint32_t head)
{
    uint32_t w = lower(st, head);
    return w == word("fail") || w == word("fails") || w == word("failed") || w == word("failing");
}

/* Negation and hedges of a verb group and of those it hangs on. */
uint8_t ent_stance_flags_of(const ent_stances *st, int v)
{
    unsigned out = 0;
    for (int k = v - 1; is_type(st, k, ENT_CH_ADV) || is_type(st, k, ENT_CH_COMMA); k--)
        if (tok(st, chunk(st, k)->head)->w.tags & ENT_K_HEDGE) out |= ENT_C_HEDGED;
    for (int left = 4; v >= 0 && left > 0; left--) {
        const ent_chunk *c = chunk(st, v);
        if (c->flags & ENT_CF_NEG) out ^= ENT_C_NEGATED;
        if (c->flags & ENT_CF_HEDGE || c->modal & (ENT_K_MAY | ENT_K_WOULD)) out |= ENT_C_HEDGED;
        if (left < 4 && tok(st, c->head)->w.vclass & ENT_V_HEDGE) out |= ENT_C_HEDGED;
        if (left < 4 && is_failing(st, c->head)) out ^= ENT_C_NEGATED;
        if (!(c->flags & (ENT_CF_INF | ENT_CF_ING)) || !is_type(st, v - 1, ENT_CH_VG)) break;
        v--;
    }
    return (uint8_t)out;
}

void ent_stance_start(const ent_stances *st, ent_swork *w, int v, uint32_t from)
{
    *w = (ent_swork){.v = v, .first = chunk(st, v)->first};
    w->flags = ent_stance_flags_of(st, v);
    if (from < w->first) w->first = from;
}

/* "They agreed.": a cue with nothing behind it is about what was last proposed. */
static uint8_t stands_alone(const ent_stances *st, ent_swork *w)
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

/* The frames of a matched cue; 1 when one of them fits. */
static int fits(ent_stances *st, ent_swork *w, int passive)
{
    if (passive) return ent_stance_passive_frames(st, w);
    if (w->q.frames & ENT_F_ACTOR) return ent_stance_criticise_frame(st, w);
    if (w->q.frames & ENT_F_PARTY && ent_stance_party_frame(st, w)) return 1;
    if (ent_stance_active_frames(st, w)) return 1;
    if (w->q.frames & ENT_F_PARTY && ent_stance_met_frame(st, w)) return 1;
    w->n_props = w->n_targets = 0;
    if (ent_stance_shared_object(st, w)) return 1;
    w->previous = stands_alone(st, w);
    return w->previous;
}

/* "reaffirmed the United States' opposition to": the opposition is theirs. */
static void owner_in_gap(const ent_stances *st, ent_swork *w)
{
    if (w->gap_last <= w->gap_first) return;
    const ent_chunk *c = chunk(st, tok(st, w->gap_first)->chunk);
    if (c->type != ENT_CH_NP || c->owner < 0 || parse(st)->in.ms[c->owner].form == ENT_PRONOUN)
        return;
    w->n_actors = 0;
    ent_stance_add_mention(w->actors, &w->n_actors, c->owner);
}

/* Tries one cue at token i. */
static int try_cue(ent_stances *st, int v, uint32_t i, ent_cue q)
{
    const ent_chunk *c = chunk(st, v);
    ent_swork w;
    ent_stance_start(st, &w, v, i);
    w.q = q;
    if (w.q.label >= ENT_STANCES || !match(st, i, &w.q, &w)) return 0;
    if (w.q.label == ENT_SUPPORTS && c->flags & ENT_CF_INF && is_type(st, v - 1, ENT_CH_NP))
        return 0; /* "gave aid to support": what it is for */
    if (w.last < c->last) w.last = c->last;
    int passive = (c->flags & (ENT_CF_PASSIVE | ENT_CF_PART)) && !(w.q.flags & ENT_CUE_ADJ);
    if (w.q.frames & ENT_F_SPEAKER)
        ent_stance_find_speaker(st, &w, i);
    else if (!passive)
        ent_stance_find_actors(st, &w, v);
    if (!passive) owner_in_gap(st, &w);
    if ((!passive && !w.n_actors) || !fits(st, &w, passive)) return 0;
    for (uint32_t z = w.first; z < w.last; z++)
        st->used[tok(st, z)->chunk] = 1;
    ent_stance_emit(st, &w);
    return 1;
}

/* "condemned Oslo's decision": against the decision, and criticism of whose it is. */
static void blame_owner(ent_stances *st, int v, uint32_t i, uint32_t first, uint32_t count)
{
    const ent_chunk *c = chunk(st, v);
    int np = chunk_at(st, c->last);
    ent_swork w;
    if (!st->n || st->at[st->n - 1].label != ENT_OPPOSES || c->flags & ENT_CF_NEG) return;
    if (c->flags & (ENT_CF_PASSIVE | ENT_CF_PART) || !is_type(st, np, ENT_CH_NP)) return;
    if (chunk(st, np)->owner < 0 || chunk(st, np)->actor >= 0) return;
    for (uint32_t k = 0; k < count; k++) {
        ent_stance_start(st, &w, v, i);
        w.q = ent_clex_cue(parse(st)->in.lex, first + k);
        if (w.q.label != ENT_CRITICISES || w.q.rest || w.q.sure < 8) continue;
        w.last = c->last;
        w.how = ENT_HOW_ACTOR;
        ent_stance_find_actors(st, &w, v);
        ent_stance_add_mention(w.targets, &w.n_targets, chunk(st, np)->owner);
        if (w.n_actors) ent_stance_emit(st, &w);
        return;
    }
}

/* All cues that start at token i, the user's and longer ones first, until one fits. */
static int try_cues(ent_stances *st, int v, uint32_t i, uint32_t first, uint32_t count)
{
    const ent_cover *cover = parse(st)->in.cover;
    ent_cue q;
    for (uint32_t k = ent_cover_first(cover, lower(st, i));
         ent_cover_at(cover, k, lower(st, i), &q); k++)
        if (try_cue(st, v, i, q)) return 1;
    for (uint32_t k = 0; k < count; k++)
        if (try_cue(st, v, i, ent_clex_cue(parse(st)->in.lex, first + k))) {
            blame_owner(st, v, i, first, count);
            return 1;
        }
    return 0;
}

/* A predicate behind "be": ready to, in favour of, against. */
static int try_predicate(ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    const ent_cword *h = &tok(st, c->head)->w;
    int linking = (c->flags & ENT_CF_COPULA) != 0 || (h->vclass & ENT_V_LINKING);
    if (h->acues &&
        (c->flags & (ENT_CF_PASSIVE | ENT_CF_PART) || tok(st, c->head)->form == ENT_V_ING))
        if (try_cues(st, v, c->head, h->acue, h->acues)) return 1;
    uint32_t i = c->last, n = parse(st)->in.n;
    while (i < n && (tok(st, i)->pos == ENT_P_ADV || tok(st, i)->w.tags & ENT_K_DEG))
        i++;
    if (i < n && tok(st, i)->w.acues && (linking || !(tok(st, i)->w.tags & ENT_K_PREP)))
        return try_cues(st, v, i, tok(st, i)->w.acue, tok(st, i)->w.acues);
    return 0;
}

/* ---- all ----------------------------------------------------------------------------------- */

static void try_verb(ent_stances *st, int v)
{
    const ent_chunk *c = chunk(st, v);
    const ent_ctoken *h = tok(st, c->head);
    if (st->used[v]) return;
    if (h->pos == ENT_P_AUX && ent_stance_same(st, v)) return;
    if (c->modal & ENT_K_MUST && ent_stance_must(st, v)) return;
    if (h->w.vclass & ENT_V_NAMING && ent_stance_value(st, v)) return;
    if ((h->w.cues || parse(st)->in.cover) && (h->pos == ENT_P_VERB || h->w.tags & ENT_K_HAVE) &&
        try_cues(st, v, c->head, h->w.cue, h->w.cues))
        return;
    if (try_predicate(st, v) || ent_stance_value(st, v)) return;
    if (h->w.vclass & (ENT_V_ASPECT | ENT_V_HEDGE) && is_type(st, next(st, v), ENT_CH_VG)) return;
    ent_stance_modal(st, v);
}

/* A question takes no position: what stands between the last stop and the question mark at the end
 * is taken out. */
static void drop_questions(ent_stances *st)
{
    const ent_token *t = parse(st)->in.t;
    uint32_t i = parse(st)->in.n, kept = 0;
    while (i > 0 && (t[i - 1].cls == ENT_T_QUOTE || t[i - 1].cls == ENT_T_BRACKET))
        i--;
    if (i == 0 || t[i - 1].cls != ENT_T_PUNCT || t[i - 1].lower != word("?")) return;
    for (i--; i > 0 && tok(st, i - 1)->pos != ENT_P_STOP; i--) {
    }
    for (uint32_t k = 0; k < st->n; k++)
        if (st->at[k].cue_first[0] < i) st->at[kept++] = st->at[k];
    st->n = kept;
}

void ent_stance_find(ent_stances *st, ent_props *s, const ent_attrs *attrs)
{
    st->s = s;
    st->attrs = attrs;
    st->n = st->n_cond = 0;
    memset(st->used, 0, s->parse.n_chunks);
    ent_stance_phrases(st);
    for (uint32_t k = 0; k < s->parse.n_chunks; k++) {
        switch (s->parse.ch[k].type) {
        case ENT_CH_VG:
            try_verb(st, (int)k);
            break;
        case ENT_CH_NP:
            ent_stance_noun(st, (int)k);
            ent_stance_between(st, (int)k);
            break;
        case ENT_CH_SUB:
        case ENT_CH_THAT:
            ent_stance_reserve(st, (int)k);
            break;
        default:
            break;
        }
    }
    ent_stance_demanded(st);
    drop_questions(st);
    ent_stance_conditions(st);
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    uint32_t d = a > b ? a - b : b - a;
    return d < 4 ? d : d < 7 ? 4 : d < 12 ? 5 : d < 20 ? 6 : 7;
}

/* Whether a verb group tells a deed, a plan, or hangs on another. */
static uint32_t context(const ent_chunk *c)
{
    if (c->type != ENT_CH_VG) return 0;
    if (c->flags & (ENT_CF_INF | ENT_CF_ING | ENT_CF_PART)) return 1;
    return c->modal ? 2 : 3;
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
    ent_cfeat(f, 21, (h->form * 2u + (c->last - c->first > 1)) * 8u + label);
    ent_cfeat(f, 22, lemma * 64u + h->form);
    ent_cfeat(f, 23, (x->sure < 5 ? 0u : x->sure < 7 ? 1u : 2u) * 16u + context(c));
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
