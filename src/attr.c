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
    }
    set_part(a, first, last);
    return last > first;
}

/* A noun phrase right behind the cue that is its subject: `..., said X`. */
static int subject_behind(const ent_parse *p, int v)
{
    uint32_t k = ent_chunk_next(p, (uint32_t)v);
    if (!is_type(p, (int)k, ENT_CH_NP)) return -1;
    const ent_chunk *c = &p->ch[k];
    if (c->flags & ENT_CF_PRON && !(tok(p, c->head)->w.tags & ENT_K_SUBJ)) return -1;
    uint32_t n = ent_chunk_next(p, k);
    if (is_type(p, (int)n, ENT_CH_VG) && p->ch[n].subj == (int)k) return -1;
    return (int)k;
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
    if (n < p->n_chunks && (p->ch[n].type == ENT_CH_THAT || p->ch[n].type == ENT_CH_NP ||
                            p->ch[n].type == ENT_CH_STOP || p->ch[n].type == ENT_CH_COMMA))
        return p->ch[k].last;
    return i;
}

static void fill(const ent_parse *p, int v, uint32_t cue_last, ent_attr *a)
{
    const ent_chunk *c = &p->ch[v];
    int back = subject_behind(p, v);
    uint32_t start = c->first;
    if (c->subj >= 0 && c->subj < v && p->ch[c->subj].last == c->first)
        start = p->ch[c->subj].first;
    int before = content_before(p, start, a);
    if (before && back >= 0 && !(c->subj >= 0 && p->ch[c->subj].last == c->first))
        source_span(p, back, a);
    else if (c->subj >= 0)
        source_span(p, c->subj, a);
    uint32_t from = a->source == back && back >= 0 ? p->ch[back].last : over_hearer(p, v, cue_last);
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

static void from_verb(const ent_parse *p, int v, ent_attrs *out)
{
    unsigned sure = 0;
    uint32_t last = 0;
    const ent_chunk *c = &p->ch[v];
    unsigned kind = ent_attr_report(p, c, &sure, &last);
    if (!kind || c->flags & (ENT_CF_PASSIVE | ENT_CF_PART) || out->n == ENT_ATTR_MAX) return;
    ent_attr a = {.vg = (int16_t)v,
                  .source = -1,
                  .cue_first = c->first,
                  .cue_last = (uint16_t)last,
                  .kind = (uint8_t)kind,
                  .sure = (uint8_t)sure};
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
        if (p->ch[k].last - p->ch[k].first == 1) from_according(p, k, according, out);
    }
    map_tokens(p, out);
}
