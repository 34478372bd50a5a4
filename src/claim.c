/* claim - proposals, stances and attributions of one sentence. See claim.h.
 *
 * The work is done by the stages before: ctag and chunk give the sentence a shape, prop collects
 * proposals, attr reported speech, stance cues with their arguments. Here candidates are weighed,
 * the kept proposals become mentions, and numbers are brought into line.
 */
#include "claim_sink.h"

#include <string.h>

struct ent_claimmodel {
    ent_clex lex;
    ent_cweights w;
};

enum {
    CLAIM_TOLD = 60000,                 /* score of what the user's own words tell */
    ATTR_LEAST = 16384,                 /* least score of an attribution that is shown: a quarter */
    CLAIM_MENTIONS = 2 * ENT_MAX_TOKENS /* of a sentence; with more no claims are made */
};

ent_status ent_claim_open(const ent_model *m, struct ent_claimmodel **out)
{
    size_t size = 0;
    uint32_t version = 0;
    struct ent_claimmodel c = {0};
    *out = NULL;
    const uint8_t *p = ent_model_section(m, "CLAI", &size, &version);
    if (!p) return ENT_OK;
    ent_status st = version == 1 ? ent_clex_open(p, size, &c.lex) : ENT_EMODEL;
    const uint8_t *q = ent_model_section(m, "CLAW", &size, &version);
    if (!st && q) st = version == 1 ? ent_cweight_open(q, size, &c.w) : ENT_EMODEL;
    if (st) return st;
    struct ent_claimmodel *made = ent_realloc(&m->mem, NULL, 0, sizeof *made);
    if (!made) return ENT_ENOMEM;
    *made = c;
    *out = made;
    return ENT_OK;
}

void ent_claim_close(struct ent_claimmodel *c, const ent_memory *mem)
{
    ent_free(mem, c, sizeof *c);
}

/* Everything of one sentence; on the stack, of fixed size. */
typedef struct claimwork {
    ent_props props;
    ent_attrs attrs;
    ent_stances st;
    int16_t of_prop[ENT_PROP_MAX];    /* mention of a kept proposal, -1 not kept */
    ent_span span[ENT_PROP_MAX];      /* its bytes */
    int16_t renumber[CLAIM_MENTIONS]; /* new number of an old mention */
} claimwork;

/* ---- weighing ------------------------------------------------------------------------------ */

static void weigh_stances(claimwork *w, const ent_cweights *cw, const ent_claim_sink *sink)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < w->st.n; i++) {
        ent_scand *x = &w->st.at[i];
        ent_cfeats f;
        ent_stance_feats(&w->st, x, &f);
        if (sink && sink->stance) sink->stance(sink->ctx, &w->st, x, &f);
        x->score = ent_cweight_score(cw, &f, x->sure);
        if (x->label == ENT_CRITICISES || x->how == ENT_HOW_PARTY || x->how == ENT_HOW_MET ||
            x->how == ENT_HOW_AHEAD) /* not in the annotated documents */
            x->score = x->sure < 5 ? 0 : (uint16_t)(x->sure * 6000 + 8000);
        if (x->told) x->score = CLAIM_TOLD;
        if (x->score >= cw->threshold[ENT_CW_STANCE]) w->st.at[kept++] = *x;
    }
    w->st.n = kept;
    for (uint32_t i = 0; i < w->props.n; i++)
        w->props.at[i].taken = 0;
    for (uint32_t i = 0; i < kept; i++)
        if (w->st.at[i].prop >= 0) w->props.at[w->st.at[i].prop].taken = 1;
}

static void weigh_props(claimwork *w, const ent_cweights *cw, const ent_claim_sink *sink)
{
    for (uint32_t i = 0; i < w->props.n; i++) {
        ent_prop *x = &w->props.at[i];
        ent_cfeats f;
        ent_prop_feats(&w->props, x, &f);
        if (sink && sink->prop) sink->prop(sink->ctx, &w->props, x, &f);
        x->score = ent_cweight_score(cw, &f, x->taken ? 7 : 5);
        if (w->props.parse.in.tok[x->head].w.noun & ENT_N_USER) x->score = CLAIM_TOLD;
        if (x->taken && x->score < cw->threshold[ENT_CW_PROP])
            x->score = cw->threshold[ENT_CW_PROP];
        w->of_prop[i] =
            x->score >= cw->threshold[ENT_CW_PROP] && (x->taken || x->form != ENT_PRONOUN) ? 0 : -1;
    }
}

/* ---- mentions ------------------------------------------------------------------------------ */

/* Tokens and bytes of a proposal grow to those of what it crosses; whether they did. */
static int take_in(ent_prop *x, ent_span *s, ent_span other, uint32_t first, uint32_t last)
{
    int apart = other.end <= s->start || s->end <= other.start;
    int held = s->start <= other.start && other.end <= s->end;
    int holds = other.start <= s->start && s->end <= other.end;
    if (apart || held || holds) return 0;
    if (other.start < s->start) s->start = other.start;
    if (other.end > s->end) s->end = other.end;
    if (first < x->first) x->first = (uint16_t)first;
    if (last > x->last) x->last = (uint16_t)last;
    return 1;
}

/* A proposal that begins or ends inside a name, or inside another proposal, takes all of it in:
 * mentions nest. Grown, it may cross another; each round but the last grows one, so they end. */
static void settle_spans(claimwork *w, const ent_smentions *ms)
{
    const ent_token *t = w->props.parse.in.t;
    ent_prop *x = w->props.at;
    for (uint32_t i = 0; i < w->props.n; i++)
        w->span[i] = (ent_span){t[x[i].first].start, t[x[i].last - 1u].end};
    for (int grown = 1; grown;) {
        grown = 0;
        for (uint32_t i = 0; i < w->props.n; i++) {
            if (w->of_prop[i] < 0 || x[i].men >= 0) continue;
            for (uint32_t k = 0; k < ms->n; k++) {
                const ent_smention *m = &ms->at[k];
                grown |= take_in(&x[i], &w->span[i], (ent_span){m->start, m->end}, m->tok,
                                 m->tok + m->ntok);
            }
            for (uint32_t k = 0; k < w->props.n; k++)
                if (w->of_prop[k] >= 0 && x[k].men < 0)
                    grown |= take_in(&x[i], &w->span[i], w->span[k], x[k].first, x[k].last);
        }
    }
}

/* Fingerprint of the first letters of a proposal's head, where that tells which proposal it is:
 * "the deployment" and "deploy troops" agree. 0: a noun such as plan, which may mean any. */
static uint16_t stem_of(const claimwork *w, const ent_prop *x, const char *text)
{
    enum { STEM = 4 };
    const ent_parse *p = &w->props.parse;
    const ent_token *t = &p->in.t[x->head];
    char start[STEM];
    uint32_t n = 0;
    const ent_cword *w0 = &p->in.tok[x->head].w;
    if (x->form != ENT_VERBAL && w0->noun & ENT_N_CLASS && !(w0->nframes & ENT_NF_TELLS)) return 0;
    for (; n < STEM && t->start + n < t->end; n++)
        start[n] = (char)(text[t->start + n] | 0x20);
    uint32_t h = ent_hash(start, n);
    return (uint16_t)(h ^ h >> 16 ? h ^ h >> 16 : 1u);
}

static ent_smention mention_of(const claimwork *w, const ent_prop *x, const char *text)
{
    const ent_parse *p = &w->props.parse;
    const ent_token *t = p->in.t;
    uint32_t key = 0, last = x->last - 1u;
    const ent_chunk *c = &p->ch[x->chunk];
    for (uint32_t i = x->first; i <= last; i++)
        key = ent_hash_join(key, t[i].lower);
    ent_span span = w->span[x - w->props.at];
    ent_smention m = {.start = (uint16_t)span.start,
                      .end = (uint16_t)span.end,
                      .tok = x->first,
                      .ntok = (uint16_t)(x->last - x->first),
                      .kind = ENT_PROPOSAL,
                      .form = x->form,
                      .score = x->score,
                      .partner = UINT16_MAX,
                      .key = key,
                      .title = t[x->head].lower,
                      .org = stem_of(w, x, text)};
    if (x->form != ENT_VERBAL && c->flags & (ENT_CF_DEF | ENT_CF_DEM)) m.flags |= ENT_M_DEFINITE;
    if (p->in.tok[x->head].w.noun & ENT_N_PLURAL) m.flags |= ENT_M_PLURAL;
    if (t[x->first].flags & ENT_T_INQUOTE) m.flags |= ENT_M_INQUOTE;
    return m;
}

static int before(const ent_smention *a, const ent_smention *b)
{
    return a->start != b->start ? a->start < b->start : a->end > b->end;
}

/* Mentions that a proposal takes the place of: its pronoun, its name. */
static void turn(const claimwork *w, ent_smentions *ms)
{
    for (uint32_t i = 0; i < w->props.n; i++) {
        const ent_prop *x = &w->props.at[i];
        if (w->of_prop[i] < 0 || x->men < 0) continue;
        ent_smention *m = &ms->at[x->men];
        m->kind = ENT_PROPOSAL;
        m->country = m->org = 0;
    }
}

/* Adds the kept proposals to the mentions, which stay in text order, an outer one before what it
 * holds; fills of_prop and renumber. */
static ent_status merge(claimwork *w, const char *text, const ent_memory *mem, ent_smentions *ms)
{
    ent_smention add[ENT_PROP_MAX];
    uint16_t from[ENT_PROP_MAX];
    uint32_t n = 0, old = ms->n;
    turn(w, ms);
    settle_spans(w, ms);
    for (uint32_t i = 0; i < w->props.n; i++) {
        if (w->of_prop[i] < 0 || w->props.at[i].men >= 0) continue;
        ent_smention m = mention_of(w, &w->props.at[i], text);
        uint32_t at = n++;
        for (; at > 0 && before(&m, &add[at - 1]); at--)
            add[at] = add[at - 1], from[at] = from[at - 1];
        add[at] = m;
        from[at] = (uint16_t)i;
    }
    ent_status s = ent_grow(mem, (void **)&ms->at, &ms->cap, (size_t)old + n, sizeof *ms->at);
    if (s) return s;
    ms->n = old + n;
    for (uint32_t to = old + n, a = old, b = n; to-- > 0;)
        if (b == 0 || (a > 0 && !before(&ms->at[a - 1], &add[b - 1]))) {
            ms->at[to] = ms->at[--a];
            w->renumber[a] = (int16_t)to;
        } else {
            ms->at[to] = add[--b];
            w->of_prop[from[b]] = (int16_t)to;
        }
    for (uint32_t i = 0; i < w->props.n; i++)
        if (w->of_prop[i] >= 0 && w->props.at[i].men >= 0)
            w->of_prop[i] = w->renumber[w->props.at[i].men];
    for (uint32_t i = 0; i < ms->n; i++)
        if (ms->at[i].partner < old && ms->at[i].partner != UINT16_MAX)
            ms->at[i].partner = (uint16_t)w->renumber[ms->at[i].partner];
    return ENT_OK;
}

/* ---- results ------------------------------------------------------------------------------- */

static ent_sspan bytes(const claimwork *w, uint32_t first, uint32_t last)
{
    const ent_token *t = w->props.parse.in.t;
    if (first >= last) return (ent_sspan){0, 0};
    return (ent_sspan){(uint16_t)t[first].start, (uint16_t)t[last - 1].end};
}

static int16_t number(const claimwork *w, int16_t m)
{
    return m >= 0 ? w->renumber[m] : m;
}

static ent_status put_claims(const claimwork *w, const ent_memory *mem, ent_claims *out)
{
    ent_status s = ent_grow(mem, (void **)&out->at, &out->cap, w->st.n, sizeof *out->at);
    if (s) return s;
    for (uint32_t i = 0; i < w->st.n; i++) {
        const ent_scand *x = &w->st.at[i];
        out->at[out->n++] = (ent_sclaim){.actor = number(w, x->actor),
                                         .target = number(w, x->target),
                                         .by = number(w, x->by),
                                         .proposal = x->prop >= 0 ? w->of_prop[x->prop] : x->prop,
                                         .label = x->label,
                                         .flags = x->flags,
                                         .score = x->score,
                                         .cue = {bytes(w, x->cue_first[0], x->cue_last[0]),
                                                 bytes(w, x->cue_first[1], x->cue_last[1])},
                                         .condition = bytes(w, x->cond_first, x->cond_last),
                                         .actor_entity = ENT_NONE,
                                         .proposal_entity = ENT_NONE,
                                         .target_entity = ENT_NONE,
                                         .by_entity = ENT_NONE};
    }
    return ENT_OK;
}

static ent_status put_attrs(const claimwork *w, const ent_memory *mem, ent_claims *out)
{
    ent_status s =
        ent_grow(mem, (void **)&out->attr, &out->cap_attr, w->attrs.n, sizeof *out->attr);
    if (s) return s;
    for (uint32_t i = 0; i < w->attrs.n; i++) {
        const ent_attr *a = &w->attrs.at[i];
        uint16_t score = ent_attr_score(&w->props.parse, a);
        if (score < ATTR_LEAST) continue;
        int16_t m = a->source >= 0 ? w->props.parse.ch[a->source].actor : (int16_t)(a->owner - 1);
        ent_sattr *o = &out->attr[out->n_attr++];
        *o = (ent_sattr){.source = m >= 0 ? w->renumber[m] : (int16_t)ENT_C_NONE,
                         .flags = a->flags,
                         .n_content = a->parts,
                         .score = score,
                         .source_span = bytes(w, a->src_first, a->src_last),
                         .cue = bytes(w, a->cue_first, a->cue_last),
                         .entity = ENT_NONE};
        for (unsigned k = 0; k < a->parts; k++)
            o->content[k] = bytes(w, a->con_first[k], a->con_last[k]);
    }
    return ENT_OK;
}

ent_status ent_claims_with(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                           const ent_cover *cover, unsigned sent_flags, const ent_memory *mem,
                           ent_smentions *ms, ent_claims *out, const ent_claim_sink *sink)
{
    out->n = out->n_attr = 0;
    if (!m->claim || n < 2 || ms->n > CLAIM_MENTIONS) return ENT_OK;
    claimwork w;
    w.props.w = &m->claim->w;
    w.props.n = 0;
    ent_chunk_parse(&w.props.parse, &m->claim->lex, cover, text, t, n, ms->at, ms->n);
    ent_attr_find(&w.props, sent_flags, &w.attrs);
    ent_stance_find(&w.st, &w.props, &w.attrs);
    ent_prop_scan(&w.props);
    ent_chunk_roles(&w.props.parse, ms->at, ms->n);
    if (sink && sink->parse) sink->parse(sink->ctx, &w.props);
    weigh_stances(&w, &m->claim->w, sink);
    weigh_props(&w, &m->claim->w, sink);
    ent_status s = merge(&w, text, mem, ms);
    if (!s) s = put_claims(&w, mem, out);
    return s ? s : put_attrs(&w, mem, out);
}

ent_status ent_find_claims(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                           const ent_gaz_hits *hits, const ent_cover *cover, unsigned sent_flags,
                           const ent_memory *mem, ent_smentions *ms, ent_claims *out)
{
    (void)hits;
    return ent_claims_with(m, text, t, n, cover, sent_flags, mem, ms, out, NULL);
}
