/* prop - proposals of one sentence. See prop.h. */
#include "prop.h"

static const ent_ctoken *tok(const ent_props *s, uint32_t i)
{
    return &s->parse.in.tok[i];
}

static int is_type(const ent_props *s, uint32_t i, uint8_t type)
{
    return i < s->parse.n_chunks && s->parse.ch[i].type == type;
}

unsigned ent_prop_class(const ent_props *s, int chunk)
{
    const ent_chunk *c = &s->parse.ch[chunk];
    return tok(s, c->head)->w.noun & ENT_N_CLASS;
}

static int add(ent_props *s, ent_prop x)
{
    if (s->n == ENT_PROP_MAX) return -1;
    s->at[s->n] = x;
    s->parse.ch[x.chunk].prop = (int16_t)s->n;
    return (int)s->n++;
}

/* "Foundation for Nuclear Disarmament": what the name is stands before its preposition. */
static int is_headed(const ent_props *s, const ent_smention *m, uint32_t head)
{
    uint32_t k = m->tok + 1u;
    while (k < head && !(tok(s, k)->w.tags & ENT_K_PREP))
        k++;
    unsigned class = tok(s, k - 1)->w.noun & ENT_N_CLASS;
    return m->kind == ENT_ORGANISATION && k < head && class != ENT_N_ALWAYS && class != ENT_N_TAKEN;
}

/* A name of an organisation that ends in Treaty or Agreement is a proposal's name; so is what the
 * mention stage took for a place. Returns the mention to be turned, -1 none, -2 not a proposal. */
static int16_t name_to_turn(const ent_props *s, const ent_chunk *c)
{
    for (uint32_t k = 0; s->parse.in.told && k < s->parse.in.n_ms; k++) { /* marked by the user */
        const ent_smention *m = &s->parse.in.ms[k];
        if (m->kind == ENT_PROPOSAL && m->tok <= c->head && c->head < m->tok + m->ntok)
            return (int16_t)k;
    }
    if (c->actor < 0) return -1;
    const ent_smention *m = &s->parse.in.ms[c->actor];
    unsigned class = tok(s, c->head)->w.noun & ENT_N_CLASS;
    if (m->kind == ENT_GROUP && (class == ENT_N_ALWAYS || class == ENT_N_TAKEN)) return -1;
    if (m->form != ENT_NAME || m->kind == ENT_PERSON || m->kind == ENT_COUNTRY) return -2;
    if (class != ENT_N_ALWAYS || is_headed(s, m, c->head)) return -2;
    return c->actor;
}

/* First token of the proposal's span: behind determiners, possessors and counting numbers. */
static uint32_t span_start(const ent_props *s, const ent_chunk *c)
{
    uint32_t i = c->first, head = c->head;
    for (uint32_t k = c->first; k < head; k++)
        if (tok(s, k)->pos == ENT_P_GEN) i = k + 1;
    for (; i < head; i++) {
        uint8_t pos = tok(s, i)->pos, next = tok(s, i + 1)->pos;
        if (pos == ENT_P_DET || pos == ENT_P_POSS || pos == ENT_P_HYPHEN) continue;
        if (pos == ENT_P_NUM && (i + 1 < head || tok(s, head)->w.noun & ENT_N_PLURAL) &&
            next == ENT_P_NOUN && tok(s, head)->w.noun & ENT_N_PLURAL)
            continue;
        break;
    }
    return i;
}

/* The closing quotation mark behind a head whose opening one is inside belongs to the span. */
static uint32_t span_end(const ent_chunk *c)
{
    return c->last > c->head ? c->last : c->head + 1u;
}

static int pronoun_prop(ent_props *s, int chunk)
{
    ent_chunk *c = &s->parse.ch[chunk];
    const ent_ctoken *k = tok(s, c->head);
    if (k->w.tags & ENT_K_NEG) return -1;
    if (c->actor >= 0) {
        const ent_smention *m = &s->parse.in.ms[c->actor];
        if (m->kind == ENT_PERSON || m->flags & (ENT_M_MALE | ENT_M_FEMALE)) return -1;
    }
    return add(s, (ent_prop){.first = c->head,
                             .last = (uint16_t)(c->head + 1),
                             .head = c->head,
                             .form = ENT_PRONOUN,
                             .chunk = (int16_t)chunk,
                             .men = c->actor});
}

/* Whether the span's only content is a pointing word and a noun: "the deal", "this framework". */
static uint8_t np_form(const ent_props *s, const ent_chunk *c, uint32_t first)
{
    unsigned class = tok(s, c->head)->w.noun & ENT_N_CLASS;
    if (c->flags & ENT_CF_DEM) return ENT_NOMINAL;
    if (first == c->head && c->flags & (ENT_CF_DEF | ENT_CF_OWNED)) return ENT_NOMINAL;
    const ent_smention *own = c->owner >= 0 ? &s->parse.in.ms[c->owner] : NULL;
    if (c->flags & ENT_CF_DEF && own && own->tok == first && first + own->ntok == c->head)
        return ENT_NOMINAL; /* "the US plan" */
    return class == ENT_N_SHORT ? ENT_NOMINAL : ENT_NAME;
}

int ent_prop_np(ent_props *s, int chunk)
{
    ent_chunk *c = &s->parse.ch[chunk];
    if (c->type != ENT_CH_NP || c->flags & ENT_CF_TIME) return -1;
    if (c->prop >= 0) return c->prop;
    if (c->flags & ENT_CF_PRON) return pronoun_prop(s, chunk);
    int16_t men = name_to_turn(s, c);
    if (men == -2 || tok(s, c->head)->pos == ENT_P_DET || tok(s, c->head)->pos == ENT_P_POSS)
        return -1;
    uint32_t first = men >= 0 ? s->parse.in.ms[men].tok : span_start(s, c);
    return add(s, (ent_prop){.first = (uint16_t)first,
                             .last = (uint16_t)span_end(c),
                             .head = c->head,
                             .form = np_form(s, c, first),
                             .chunk = (int16_t)chunk,
                             .men = men});
}

/* ---- verb phrases -------------------------------------------------------------------------- */

static int is_partitive(const ent_props *s, const ent_chunk *c)
{
    uint32_t tags = tok(s, c->head)->w.tags;
    return (tags & (ENT_K_NUM | ENT_K_QUANT)) != 0 || c->flags & ENT_CF_BARE;
}

/* Last chunk of the short core of a verb phrase: verb and object, or verb, preposition and noun
 * phrase; a particle may stand on either side of the object. */
static uint32_t core_end(const ent_props *s, uint32_t v, int depth)
{
    const ent_parse *p = &s->parse;
    uint32_t end = p->ch[v].last, k = v + 1;
    if (is_type(s, k, ENT_CH_CONJ) && is_type(s, k + 1, ENT_CH_VG) &&
        p->ch[k + 1].flags & ENT_CF_BASE && depth < 2)
        return core_end(s, k + 1, depth + 1); /* "deepen and expand our partnership" */
    if (is_type(s, k, ENT_CH_ADV)) end = p->ch[k++].last;
    if (is_type(s, k, ENT_CH_PREP) && tok(s, p->ch[k].head)->w.tags & ENT_K_PART)
        end = p->ch[k++].last;
    if (is_type(s, k, ENT_CH_QUOTE)) k++;
    if (is_type(s, k, ENT_CH_NP) && p->ch[k].flags & ENT_CF_TIME)
        return is_type(s, k + 1, ENT_CH_ADV) ? end : p->ch[k].last; /* not "four days later" */
    if (is_type(s, k, ENT_CH_NP)) {
        end = p->ch[k].last;
        int part = is_partitive(s, &p->ch[k]) && !(p->ch[k].flags & ENT_CF_DEF);
        if (part && is_type(s, k + 1, ENT_CH_PREP) && is_type(s, k + 2, ENT_CH_NP) &&
            tok(s, p->ch[k].head)->w.tags & (ENT_K_NUM | ENT_K_QUANT))
            return p->ch[k + 2].last;
        if (is_type(s, k + 1, ENT_CH_PREP) && tok(s, p->ch[k + 1].head)->w.tags & ENT_K_PART)
            end = p->ch[k + 1].last;
        return end;
    }
    if ((is_type(s, k, ENT_CH_PREP) || is_type(s, k, ENT_CH_SUB)) && is_type(s, k + 1, ENT_CH_NP) &&
        !is_type(s, k + 2, ENT_CH_VG))
        return p->ch[k + 1].last;
    return end;
}

int ent_prop_vp(ent_props *s, int chunk)
{
    ent_chunk *c = &s->parse.ch[chunk];
    if (c->type != ENT_CH_VG) return -1;
    if (c->prop >= 0) return c->prop;
    uint32_t first = c->head;
    if (c->flags & ENT_CF_PASSIVE || c->flags & ENT_CF_NEG) {
        first = c->first; /* "not be changed by force" without its modal and "to" */
        while (first < c->head && (tok(s, first)->w.tags & (ENT_K_MODAL | ENT_K_TO)))
            first++;
    } else if (first > 1 && s->parse.in.t[first - 1].cls == ENT_T_DASH &&
               !(s->parse.in.t[first - 1].flags & ENT_T_SPACE))
        first -= 2; /* "co-operate" */
    return add(s, (ent_prop){.first = (uint16_t)first,
                             .last = (uint16_t)core_end(s, (uint32_t)chunk, 0),
                             .head = c->head,
                             .form = ENT_VERBAL,
                             .chunk = (int16_t)chunk,
                             .men = -1});
}

/* ---- proposals that stand by themselves ---------------------------------------------------- */

void ent_prop_scan(ent_props *s)
{
    for (uint32_t i = 0; i < s->parse.n_chunks; i++) {
        const ent_chunk *c = &s->parse.ch[i];
        if (c->type != ENT_CH_NP || c->flags & ENT_CF_PRON || c->depth) continue;
        unsigned class = ent_prop_class(s, (int)i);
        if (class == ENT_N_ALWAYS || class == ENT_N_TAKEN || class == ENT_N_SHORT)
            ent_prop_np(s, (int)i);
    }
}

void ent_prop_feats(const ent_props *s, const ent_prop *x, ent_cfeats *f)
{
    const ent_parse *p = &s->parse;
    const ent_chunk *c = &p->ch[x->chunk];
    const ent_ctoken *h = tok(s, x->head);
    uint32_t before = x->chunk > 0 ? (uint32_t)x->chunk - 1u : 0u;
    uint32_t bt = x->chunk > 0 ? p->ch[before].type : 99u;
    uint32_t bw = x->chunk > 0 ? p->in.t[p->ch[before].head].lower : 0u;
    unsigned class = h->w.noun & ENT_N_CLASS;
    ent_cfeat_start(f, ENT_CW_PROP);
    ent_cfeat(f, 1, x->form * 2u + x->taken);
    ent_cfeat(f, 2, class * 2u + x->taken);
    ent_cfeat(f, 3, p->in.t[x->head].lower);
    ent_cfeat(f, 4,
              (c->flags & (ENT_CF_DEF | ENT_CF_DEM | ENT_CF_BARE | ENT_CF_OWNED | ENT_CF_NO)) * 2u +
                  x->taken);
    ent_cfeat(f, 5, bt * 2u + x->taken);
    ent_cfeat(f, 6, bw);
    ent_cfeat(f, 7, (h->w.noun & ENT_N_PLURAL) * 16u + class);
    ent_cfeat(f, 8, h->w.stance * 2u + x->taken);
    ent_cfeat(f, 9, p->in.t[x->head].shape * 8u + class);
    uint32_t a = x->chunk + 1 < (int)p->n_chunks ? p->ch[x->chunk + 1].type : 99u;
    ent_cfeat(f, 10, a * 8u + class);
    if (a == ENT_CH_PREP || a == ENT_CH_VG)
        ent_cfeat(f, 11, p->in.t[p->ch[x->chunk + 1].head].lower);
    ent_cfeat(f, 12, (x->last - x->first > 1) * 8u + class);
    ent_cfeat(f, 13, (c->actor >= 0) * 2u + (c->owner >= 0));
}
