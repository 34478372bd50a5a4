/* attr - who says what in one sentence. See attr.h. */
#include "attr.h"
#include "sent.h"

static const ent_ctoken *tok(const ent_parse *p, uint32_t i)
{
    return &p->in.tok[i];
}

static int is_type(const ent_parse *p, int i, uint8_t type)
{
    return i >= 0 && (uint32_t)i < p->n_chunks && p->ch[i].type == type;
}

static int is_quote(const ent_parse *p, uint32_t i)
{
    return i < p->in.n && tok(p, i)->pos == ENT_P_QUOTE;
}

unsigned ent_attr_report(const ent_parse *p, const ent_chunk *c, unsigned *sure, uint32_t *last)
{
    const ent_cword *w = &tok(p, c->head)->w;
    for (uint32_t k = 0; k < w->cues; k++) {
        ent_cue q = ent_clex_cue(p->in.lex, w->cue + k);
        if (q.label < ENT_CUE_REPORT) continue;
        uint32_t i = c->head + 1u, r = 0;
        while (r < q.rest && i < p->in.n &&
               p->in.t[i].lower == ent_clex_rest(p->in.lex, q.first + r))
            r++, i++;
        if (r < q.rest) continue;
        *sure = q.sure;
        *last = i > c->last ? i : c->last;
        return q.label - ENT_CUE_REPORT;
    }
    return 0;
}

/* End of the clause or sentence that starts at token i: a stop, or the sentence's end. */
static uint32_t content_end(const ent_parse *p, uint32_t i)
{
    int quotes = 0;
    for (; i < p->in.n; i++) {
        if (tok(p, i)->pos == ENT_P_QUOTE)
            quotes = !quotes;
        else if (tok(p, i)->pos == ENT_P_STOP && !quotes && p->in.t[i].cls == ENT_T_PUNCT &&
                 p->in.t[i].end - p->in.t[i].start == 1 && i + 1 < p->in.n && !is_quote(p, i + 1))
            break;
    }
    while (i > 0 && i == p->in.n && tok(p, i - 1)->pos == ENT_P_STOP)
        i--;
    return i;
}

/* Whole extent of a source: its noun phrase, what "of" hangs on it, an apposition in commas. */
static void source_span(const ent_parse *p, int np, ent_attr *a)
{
    const ent_chunk *c = &p->ch[np];
    a->source = (int16_t)np;
    a->src_first = c->first;
    a->src_last = c->last;
}

static void set_part(ent_attr *a, uint32_t first, uint32_t last)
{
    if (first >= last || a->parts == 2) return;
    a->con_first[a->parts] = (uint16_t)first;
    a->con_last[a->parts++] = (uint16_t)last;
}

/* Whether a finite verb stands among the tokens [first, last). */
static int holds_verb(const ent_parse *p, uint32_t first, uint32_t last)
{
    const unsigned loose = ENT_CF_INF | ENT_CF_ING | ENT_CF_PART;
    for (uint32_t k = 0; k < p->n_chunks && p->ch[k].first < last; k++)
        if (p->ch[k].first >= first && p->ch[k].type == ENT_CH_VG && !(p->ch[k].flags & loose))
            return 1;
    return 0;
}

/* Content before the cue: what stands from the sentence's (or clause's) start to a comma or a
 * closing quotation mark before token i. 0 when there is none. */
static int content_before(const ent_parse *p, uint32_t i, ent_attr *a)
{
    if (i < 2) return 0;
    uint32_t last = i - 1;
    int quoted = tok(p, last)->pos == ENT_P_QUOTE;
    if (!quoted && tok(p, last)->pos != ENT_P_COMMA) return 0;
    uint32_t first = 0;
    if (quoted) {
        for (first = last; first > 0 && tok(p, first - 1)->pos != ENT_P_QUOTE; first--) {
        }
        if (first > 0) first--;
        last++;
    } else if (!holds_verb(p, first, last)) /* "A third, the X fund, said" */
        return 0;
    set_part(a, first, last);
    return last > first;
}

/* Whether a finite verb between the noun phrase s and chunk v has s as its subject. */
static int has_own_verb(const ent_parse *p, int s, int v)
{
    const unsigned loose = ENT_CF_INF | ENT_CF_ING | ENT_CF_PART;
    for (int j = s + 1; j < v; j++)
        if (is_type(p, j, ENT_CH_VG) && !(p->ch[j].flags & loose) && p->ch[j].subj == s) return 1;
    return 0;
}

/* A noun phrase right behind the cue that may be its subject: `..., said X`. */
static int subject_behind(const ent_parse *p, int v)
{
    const ent_chunk *g = &p->ch[v];
    uint32_t k = ent_chunk_next(p, (uint32_t)v);
    if (!is_type(p, (int)k, ENT_CH_NP) || g->modal) return -1;
    if (g->flags & (ENT_CF_INF | ENT_CF_ING | ENT_CF_PART | ENT_CF_PERFECT | ENT_CF_NEG)) return -1;
    const ent_chunk *c = &p->ch[k];
    if (c->flags & ENT_CF_PRON && !(tok(p, c->head)->w.tags & ENT_K_SUBJ)) return -1;
    if (c->flags & ENT_CF_PRON && p->in.t[c->head].lower == ent_hash("it", 2)) return -1;
    uint32_t n = ent_chunk_next(p, k);
    if (is_type(p, (int)n, ENT_CH_VG) && p->ch[n].subj == (int)k) return -1;
    return (int)k;
}

/* The same where it is likely: an actor, or anybody behind "said"; the noun phrase that stands
 * before the verb has a verb of its own. */
static int inverted(const ent_parse *p, int v, unsigned sure)
{
    const ent_chunk *c = &p->ch[v];
    int back = subject_behind(p, v);
    if (back < 0 || (p->ch[back].actor < 0 && sure < 9 && !(p->ch[back].flags & ENT_CF_PRON)))
        return -1;
    if (p->in.t[c->head].lower == ent_hash("told", 4)) return -1;
    int quoted = c->first > 0 && tok(p, c->first - 1u)->pos == ENT_P_QUOTE;
    if (c->subj < 0 || c->subj > v || quoted) return back;
    return has_own_verb(p, c->subj, v) ? back : -1;
}

/* Who is meant when the noun phrase found is no actor and stands far away: who acts before. */
static int steady_subject(const ent_parse *p, int v)
{
    const unsigned loose = ENT_CF_INF | ENT_CF_PART;
    int s = p->ch[v].subj;
    if (is_type(p, v - 1, ENT_CH_REL)) return s; /* "a treaty, which says" */
    if (s < 0 || s > v || p->ch[s].actor >= 0 || p->ch[s].flags & ENT_CF_PRON || v - s <= 2)
        return s;
    for (int j = v - 1, left = ENT_CH_REACH; j >= 0 && left > 0; j--, left--) {
        const ent_chunk *c = &p->ch[j];
        if (c->type == ENT_CH_STOP) break;
        if (c->type == ENT_CH_VG && !(c->flags & loose) && c->subj >= 0 &&
            p->ch[c->subj].actor >= 0)
            return c->subj;
    }
    return s;
}

/* Over the one spoken to: "told reporters", "said to X". */
static uint32_t over_hearer(const ent_parse *p, int v, uint32_t i)
{
    uint32_t k = ent_chunk_next(p, (uint32_t)v);
    if (is_type(p, (int)k, ENT_CH_PREP) && tok(p, p->ch[k].head)->pos == ENT_P_TO)
        k = ent_chunk_next(p, k);
    if (!is_type(p, (int)k, ENT_CH_NP)) return i;
    uint32_t n = ent_chunk_next(p, k);
    if (is_type(p, (int)n, ENT_CH_VG) && p->ch[n].subj == (int)k) return i;
    if (p->ch[k].actor < 0 && !is_type(p, (int)n, ENT_CH_THAT))
        return i; /* a thing hears nothing */
    if (n < p->n_chunks && (p->ch[n].type == ENT_CH_THAT || p->ch[n].type == ENT_CH_NP ||
                            p->ch[n].type == ENT_CH_STOP || p->ch[n].type == ENT_CH_COMMA))
        return p->ch[k].last;
    return i;
}

/* "the ministry, which said": the relative pronoun belongs to the source's words. */
static void over_relative(const ent_parse *p, int v, ent_attr *a)
{
    int j = v - 1;
    while (is_type(p, j, ENT_CH_ADV))
        j--;
    if (is_type(p, j, ENT_CH_REL) && a->source < j) a->src_last = p->ch[j].last;
}

/* `Said Ellis: "...`: a verb that opens the sentence. */
static int opens(const ent_parse *p, int v)
{
    int k = subject_behind(p, v);
    if (k < 0 || p->ch[v].subj >= 0) return -1;
    uint32_t n = ent_chunk_next(p, (uint32_t)k);
    return is_type(p, (int)n, ENT_CH_STOP) || is_type(p, (int)n, ENT_CH_COMMA) ? k : -1;
}

static void fill(const ent_parse *p, int v, uint32_t cue_last, ent_attr *a)
{
    const ent_chunk *c = &p->ch[v];
    int adjacent = c->subj >= 0 && c->subj < v && p->ch[c->subj].last == c->first;
    int back = adjacent ? -1 : inverted(p, v, a->sure), first = opens(p, v);
    uint32_t k = ent_chunk_next(p, (uint32_t)v);
    int behind = is_type(p, (int)k, ENT_CH_THAT) || /* then nothing before the cue is meant */
                 (c->flags & ENT_CF_ING && k < p->n_chunks && !is_type(p, (int)k, ENT_CH_STOP));
    int before = !behind && content_before(p, adjacent ? p->ch[c->subj].first : c->first, a);
    int s = before && back >= 0 ? back : first >= 0 ? first : steady_subject(p, v);
    if (s >= 0) source_span(p, s, a);
    if (s >= 0 && s < v) over_relative(p, v, a);
    uint32_t from = s > v ? p->ch[s].last : over_hearer(p, v, cue_last);
    while (from < p->in.n && (tok(p, from)->pos == ENT_P_COMMA || tok(p, from)->pos == ENT_P_STOP))
        from++;
    uint32_t to = content_end(p, from);
    if (!before || is_quote(p, from)) set_part(a, from, to);
}

/* Whether the quotation that ends the sentence goes on behind it. */
static int goes_on(const ent_parse *p, const ent_attr *a)
{
    const ent_token *last = &p->in.t[p->in.n - 1];
    return a->parts && a->con_last[a->parts - 1] + 2u >= p->in.n && last->flags & ENT_T_INQUOTE &&
           last->cls != ENT_T_QUOTE;
}

/* "was first reported by Reuters": the agent says what the subject tells. */
static void by_agent(const ent_parse *p, int v, ent_attr *a)
{
    const ent_chunk *c = &p->ch[v];
    uint32_t k = ent_chunk_next(p, (uint32_t)v), np = k < p->n_chunks ? ent_chunk_next(p, k) : k;
    if (!is_type(p, (int)k, ENT_CH_PREP) || p->in.t[p->ch[k].head].lower != p->in.by) return;
    if (!is_type(p, (int)np, ENT_CH_NP) || c->subj < 0 || c->subj > v || a->sure < 6) return;
    source_span(p, (int)np, a);
    set_part(a, p->ch[c->subj].first, p->ch[c->subj].last);
}

/* "Ankara's claim that": the owner says what the clause tells. */
static void from_noun(const ent_parse *p, int np, ent_attrs *out)
{
    const ent_chunk *c = &p->ch[np];
    uint32_t k = ent_chunk_next(p, (uint32_t)np);
    if (!(tok(p, c->head)->w.nframes & ENT_NF_REPORT) || c->owner < 0) return;
    if (out->n == ENT_ATTR_MAX || !is_type(p, (int)k, ENT_CH_THAT)) return;
    const ent_smention *m = &p->in.ms[c->owner];
    ent_attr a = {.vg = -1,
                  .source = -1,
                  .src_first = m->tok,
                  .src_last = (uint16_t)(m->tok + m->ntok),
                  .owner = (int16_t)(c->owner + 1),
                  .cue_first = c->head,
                  .cue_last = (uint16_t)(c->head + 1),
                  .kind = 1,
                  .sure = 7};
    set_part(&a, p->ch[k].last, content_end(p, p->ch[k].last));
    if (a.parts) out->at[out->n++] = a;
}

static void from_verb(const ent_parse *p, int v, ent_attrs *out)
{
    unsigned sure = 0;
    uint32_t last = 0;
    const ent_chunk *c = &p->ch[v];
    unsigned kind = ent_attr_report(p, c, &sure, &last);
    if (!kind || out->n == ENT_ATTR_MAX) return;
    ent_attr a = {.vg = (int16_t)v,
                  .source = -1,
                  .cue_first = c->first,
                  .cue_last = (uint16_t)last,
                  .kind = (uint8_t)kind,
                  .sure = (uint8_t)sure};
    if (c->flags & (ENT_CF_PASSIVE | ENT_CF_PART))
        by_agent(p, v, &a);
    else
        fill(p, v, last, &a);
    if (goes_on(p, &a)) a.flags |= ENT_A_OPEN;
    if (a.parts) out->at[out->n++] = a;
}

/* "according to X": the rest of the sentence is what X says. */
static void from_according(const ent_parse *p, uint32_t k, uint32_t according, ent_attrs *out)
{
    const ent_chunk *c = &p->ch[k];
    if (p->in.t[c->head].lower != according || out->n == ENT_ATTR_MAX) return;
    if (!is_type(p, (int)k + 1, ENT_CH_PREP) || !is_type(p, (int)k + 2, ENT_CH_NP)) return;
    ent_attr a = {.vg = -1,
                  .source = -1,
                  .cue_first = c->first,
                  .cue_last = p->ch[k + 1].last,
                  .kind = 4,
                  .sure = 9};
    source_span(p, (int)k + 2, &a);
    if (c->first > 1)
        set_part(&a, 0, tok(p, c->first - 1u)->pos == ENT_P_COMMA ? c->first - 1u : c->first);
    else
        set_part(&a, a.src_last + (tok(p, a.src_last)->pos == ENT_P_COMMA),
                 content_end(p, a.src_last));
    if (a.parts) out->at[out->n++] = a;
}

uint16_t ent_attr_score(const ent_parse *p, const ent_attr *a)
{
    static const uint8_t of[10] = {20, 25, 30, 38, 45,
                                   52, 58, 68, 76, 88}; /* by sureness, of 100 */
    if (a->src_first == a->src_last || p->in.t[a->cue_first].flags & ENT_T_INQUOTE) return 0;
    unsigned score = of[a->sure < 9 ? a->sure : 9];
    if (a->vg >= 0) {
        const ent_chunk *c = &p->ch[a->vg], *s = a->source >= 0 ? &p->ch[a->source] : c;
        int before = a->vg - 1;
        int tries = is_type(p, before, ENT_CH_VG) &&
                    tok(p, p->ch[before].head)->w.vclass & ENT_V_ASPECT; /* "went on to say" */
        if (c->flags & ENT_CF_INF && !tries) score = 15;
        if (c->modal || (a->kind == 2 && c->flags & ENT_CF_NEG)) score = score * 3 / 10;
        if (a->kind == 2 && s->flags & ENT_CF_PRON) score = score / 2;
    }
    return (uint16_t)(score * 65535u / 100u);
}

/* The shortest content that holds a token is the innermost. */
static void map_tokens(const ent_parse *p, ent_attrs *out)
{
    for (uint32_t i = 0; i < p->in.n; i++)
        out->of[i] = -1;
    for (uint32_t k = 0; k < out->n; k++) {
        const ent_attr *a = &out->at[k];
        for (unsigned part = 0; part < a->parts; part++)
            for (uint32_t i = a->con_first[part]; i < a->con_last[part]; i++) {
                int old = out->of[i];
                if (old >= 0) {
                    const ent_attr *b = &out->at[old];
                    if (b->con_last[0] - b->con_first[0] <= a->con_last[part] - a->con_first[part])
                        continue;
                }
                out->of[i] = (int8_t)k;
            }
    }
}

void ent_attr_find(const ent_props *s, unsigned sent_flags, ent_attrs *out)
{
    const ent_parse *p = &s->parse;
    uint32_t according = ent_hash("according", 9);
    (void)sent_flags;
    out->n = 0;
    for (uint32_t k = 0; k < p->n_chunks; k++) {
        if (p->ch[k].type == ENT_CH_VG) from_verb(p, (int)k, out);
        if (p->ch[k].type == ENT_CH_NP) from_noun(p, (int)k, out);
        if (p->ch[k].last - p->ch[k].first == 1) from_according(p, k, according, out);
    }
    map_tokens(p, out);
}
