/* chunk - noun phrases, verb groups and their subjects. See chunk.h.
 *
 * A noun phrase runs from its determiner to its head, the last noun before something else; what
 * hangs on it (of, for, a relative clause) is left outside. A verb group runs from its first
 * auxiliary, or from "to", to its main verb, negation and adverbs inside.
 */
#include "chunk_in.h"

static ent_chunk *add_chunk(ent_parse *p, uint8_t type, uint32_t first, uint32_t last)
{
    ent_chunk *c = &p->ch[p->n_chunks];
    *c = (ent_chunk){.type = type,
                     .first = (uint16_t)first,
                     .last = (uint16_t)last,
                     .head = (uint16_t)(last - 1),
                     .actor = -1,
                     .owner = -1,
                     .prop = -1,
                     .subj = -1,
                     .gap = -1};
    for (uint32_t i = first; i < last; i++)
        p->in.tok[i].chunk = (int16_t)p->n_chunks;
    p->n_chunks++;
    return c;
}

/* ---- noun phrases -------------------------------------------------------------------------- */

static int is_content(uint8_t pos)
{
    return pos == ENT_P_NOUN || pos == ENT_P_NAME || pos == ENT_P_NUM;
}

/* Whether a quotation mark at i stands inside a noun phrase: an “Article 5-type” guarantee. */
static int quote_inside(const ent_parse *p, uint32_t first, uint32_t i, int *open)
{
    if (!is_content(pos_at(p, i + 1))) return 0;
    if (*open) {
        *open = 0;
        return 1;
    }
    if (i > first && !(p->in.t[i].flags & ENT_T_CLOSE)) {
        uint32_t close = i + 1; /* behind a noun only if the noun phrase goes on behind it */
        while (close < p->in.n && close < i + 9 && pos_at(p, close) != ENT_P_QUOTE)
            close++;
        if (is_content(pos_at(p, i - 1)) && !is_content(pos_at(p, close + 1))) return 0;
        *open = 1;
        return 1;
    }
    return 0;
}

/* A person's name after another name in a phrase starts one of its own: "Minister for X Ivan Y". */
static int new_person(const ent_parse *p, uint32_t first, uint32_t i)
{
    if (i == first) return 0;
    const ent_ctoken *k = tok(p, i), *b = tok(p, i - 1);
    if (k->men < 0 || k->men == b->men) return 0;
    const ent_smention *m = &p->in.ms[k->men];
    if (m->kind != ENT_PERSON || m->tok != i || b->pos == ENT_P_HYPHEN) return 0;
    if (p->n_chunks < 2 || p->ch[p->n_chunks - 1].type != ENT_CH_PREP) return 0;
    const ent_chunk *title = &p->ch[p->n_chunks - 2];
    uint32_t prep = p->in.t[first - 1].lower;
    if (title->actor >= 0 && p->in.ms[title->actor].form != ENT_NOMINAL) return 0;
    return title->type == ENT_CH_NP &&
           (prep == p->in.of || prep == p->in.for_ || pos_at(p, first - 1) == ENT_P_TO);
}

static int is_adjective(const ent_parse *p, uint32_t i)
{
    return i < p->in.n && tok(p, i)->pos == ENT_P_NOUN && tok(p, i)->w.tags & ENT_K_ADJ;
}

/* "immediate and unconditional release": the conjunction stands inside the noun phrase. */
static int joins_adjectives(const ent_parse *p, uint32_t i)
{
    uint32_t next = i + 2 + (pos_at(p, i + 2) == ENT_P_QUOTE);
    return is_adjective(p, i - 1) && is_adjective(p, i + 1) && is_content(pos_at(p, next));
}

/* "the deal last autumn", "talks Monday": a time that ends the noun phrase before it. */
static int starts_time(const ent_parse *p, uint32_t i)
{
    const ent_ctoken *k = tok(p, i);
    if (pos_at(p, i - 1) == ENT_P_DET || pos_at(p, i - 1) == ENT_P_HYPHEN ||
        pos_at(p, i - 1) == ENT_P_NUM)
        return 0;
    if (k->w.tags & ENT_K_LAST && i + 1 < p->in.n && tok(p, i + 1)->w.tags & ENT_K_TIME) return 1;
    return k->w.tags & ENT_K_TIME && p->in.t[i].shape == ENT_SH_INIT &&
           !is_content(pos_at(p, i + 1));
}

/* "a move China denounced": a name behind a noun for a proposal, and then its verb. */
static int opens_relative(const ent_parse *p, uint32_t i)
{
    const ent_ctoken *k = tok(p, i), *b = tok(p, i - 1);
    if (k->men < 0 || k->pos != ENT_P_NAME || b->pos != ENT_P_NOUN || !b->w.noun) return 0;
    const ent_smention *m = &p->in.ms[k->men];
    uint8_t next = pos_at(p, (uint32_t)m->tok + m->ntok);
    return m->tok == i && (next == ENT_P_VERB || next == ENT_P_AUX);
}

/* "On July 7 Vladimir Putin": the date ends where a name starts. */
static int name_behind_date(const ent_parse *p, uint32_t first, uint32_t i)
{
    if (pos_at(p, i) != ENT_P_NAME || tok(p, i)->men == tok(p, i - 1)->men) return 0;
    if (pos_at(p, i - 1) != ENT_P_NUM && !(tok(p, i - 1)->w.tags & ENT_K_TIME)) return 0;
    return tok(p, first)->w.tags & ENT_K_TIME || tok(p, i - 1)->w.tags & ENT_K_TIME;
}

/* A name after a common noun without a hyphen or 's between starts a phrase of its own when the
 * noun before cannot be a title or a premodifier of it: "offer Ukraine guarantees" is not split
 * here, that is for the verb's frame to tell. */
static uint32_t np_end(const ent_parse *p, uint32_t first)
{
    int open = 0;
    uint32_t i = first, end = first;
    while (i < p->in.n) {
        uint8_t pos = pos_at(p, i);
        if (is_content(pos)) {
            if (new_person(p, first, i) || (i > first && opens_relative(p, i))) break;
            if (i > first && (starts_time(p, i) || name_behind_date(p, first, i))) break;
            end = ++i;
        } else if (pos == ENT_P_PREP && i > first && pos_at(p, i + 1) == ENT_P_HYPHEN) {
            i++; /* "an in-depth exchange" */
        } else if (pos == ENT_P_GEN || pos == ENT_P_HYPHEN) {
            if (i == first) break;
            i++;
            if (pos == ENT_P_HYPHEN && i < p->in.n && p->in.t[i].cls == ENT_T_WORD) end = ++i;
        } else if (pos == ENT_P_QUOTE && quote_inside(p, first, i, &open))
            i++;
        else if ((pos == ENT_P_DET || pos == ENT_P_POSS) &&
                 (i == first || pos_at(p, i - 1) == ENT_P_GEN ||
                  (i == first + 1 && pos_at(p, first) == ENT_P_DET)))
            i++;
        else if (pos == ENT_P_ADV && i > first && is_content(pos_at(p, i + 1)) &&
                 (pos_at(p, i - 1) == ENT_P_DET || pos_at(p, i - 1) == ENT_P_NUM))
            i++;
        else if (pos == ENT_P_VERB && i > first && pos_at(p, i - 1) == ENT_P_HYPHEN)
            end = ++i;
        else if (pos == ENT_P_CONJ && i > first && joins_adjectives(p, i))
            i++;
        else
            break;
    }
    return end;
}

/* The mention that ends where the noun phrase's head does, the longest; -1 none. */
static int16_t head_mention(const ent_parse *p, uint32_t first, uint32_t last)
{
    int16_t k = tok(p, last - 1)->men;
    if (k < 0) return -1;
    for (uint32_t i = (uint32_t)k; i < p->in.n_ms; i++) {
        const ent_smention *m = &p->in.ms[i];
        if (m->tok >= last) break;
        if (m->tok < first || m->flags & ENT_M_HIDDEN || m->kind == ENT_PROPOSAL) continue;
        if (m->tok + m->ntok == (int)last) return (int16_t)i;
    }
    return -1;
}

/* The last mention before the head that owns it: before 's, a possessive pronoun; without these a
 * country's adjective or a name ("a NATO plan", but "its NATO bid"). */
static int16_t owner_mention(const ent_parse *p, uint32_t first, uint32_t head)
{
    int16_t near = -1;
    for (uint32_t i = head; i-- > first;) {
        const ent_ctoken *k = tok(p, i);
        if (k->men < 0) continue;
        const ent_smention *m = &p->in.ms[k->men];
        if (m->tok + m->ntok > (int)head) continue;
        if (pos_at(p, i + 1) == ENT_P_GEN || k->w.tags & ENT_K_POSS) return k->men;
        if (near < 0) near = k->men;
    }
    return near;
}

static uint16_t np_flags(const ent_parse *p, uint32_t first, uint32_t head)
{
    uint32_t tags = 0;
    unsigned f = head == first ? ENT_CF_BARE : 0u, content = 0;
    for (uint32_t i = first; i < head; i++) {
        tags |= tok(p, i)->w.tags;
        if (tok(p, i)->pos == ENT_P_GEN || tok(p, i)->pos == ENT_P_POSS) {
            f |= ENT_CF_OWNED;
            content = 0;
        } else if (is_content(tok(p, i)->pos))
            content++;
    }
    if (!content) f |= ENT_CF_BARE;
    if (tags & ENT_K_DEF) f |= ENT_CF_DEF;
    if (tags & ENT_K_DEM) f |= ENT_CF_DEM;
    if (tags & ENT_K_NEG) f |= ENT_CF_NO;
    if (tok(p, head)->w.tags & ENT_K_TIME) f |= ENT_CF_TIME;
    if (pos_at(p, head) == ENT_P_NUM && tok(p, first)->w.tags & ENT_K_TIME) f |= ENT_CF_TIME;
    return (uint16_t)f;
}

/* A number after the noun belongs to it but is not its head: "Resolution 377". */
static uint32_t np_head(const ent_parse *p, uint32_t first, uint32_t last)
{
    uint32_t head = last - 1;
    if (head > first && pos_at(p, head) == ENT_P_NUM && tok(p, head)->men < 0 &&
        pos_at(p, head - 1) == ENT_P_NOUN && tok(p, head - 1)->w.noun)
        head--;
    return head;
}

static uint32_t take_np(ent_parse *p, uint32_t i)
{
    uint32_t last = np_end(p, i);
    if (last == i) last = i + 1; /* a determiner alone */
    ent_chunk *c = add_chunk(p, ENT_CH_NP, i, last);
    uint32_t head = np_head(p, i, last);
    c->head = (uint16_t)head;
    c->flags = np_flags(p, i, head);
    c->actor = head_mention(p, i, last);
    c->owner = owner_mention(p, i, c->actor >= 0 ? p->in.ms[c->actor].tok : head);
    return last;
}

static uint32_t take_pronoun(ent_parse *p, uint32_t i)
{
    ent_chunk *c = add_chunk(p, ENT_CH_NP, i, i + 1);
    c->flags = ENT_CF_PRON;
    c->actor = tok(p, i)->men;
    return i + 1;
}

/* ---- verb groups --------------------------------------------------------------------------- */

/* What the words of a verb group add up to. */
typedef struct group {
    uint32_t modal, aux, end, main;
    unsigned flags;
    int to, be, have;
} group;

static void note_aux(group *g, const ent_ctoken *k)
{
    g->modal |= k->w.tags & ENT_K_MODAL;
    g->aux |= k->w.tags;
    if (k->w.tags & ENT_K_NEG) g->flags |= ENT_CF_NEG;
    if (k->w.tags & ENT_K_BE) g->be = 1;
    if (k->w.tags & ENT_K_HAVE) g->have = 1;
}

/* Words of a verb group from i: auxiliaries, negation, adverbs, then one verb. `end` is behind the
 * last word that counts. */
static void scan_group(const ent_parse *p, uint32_t i, group *g)
{
    uint32_t start = i;
    *g = (group){.end = i, .main = UINT32_MAX};
    for (; i < p->in.n && i < start + 12; i++) {
        const ent_ctoken *k = tok(p, i);
        if (k->pos == ENT_P_VERB) {
            g->main = i;
            g->end = i + 1;
            return;
        }
        if (k->pos == ENT_P_AUX) {
            if (g->main != UINT32_MAX && k->w.tags & ENT_K_MODAL) return;
            note_aux(g, k);
            g->main = i;
            g->end = i + 1;
        } else if (k->pos == ENT_P_NEG) {
            g->flags |= ENT_CF_NEG;
            if (g->end != start) g->end = i + 1;
        } else if (k->pos == ENT_P_TO && i == start)
            g->to = 1;
        else if (k->pos == ENT_P_ADV)
            g->flags |= k->w.tags & ENT_K_HEDGE ? ENT_CF_HEDGE : 0u;
        else if (k->pos == ENT_P_PRON && g->main != UINT32_MAX && i == start + 1 && k->men >= 0 &&
                 pos_at(p, i + 1) == ENT_P_VERB)
            continue; /* "did it accept" */
        else if (k->pos == ENT_P_QUOTE && i > start && pos_at(p, i + 1) == ENT_P_VERB)
            continue; /* promised to “disarm” */
        else
            return;
    }
}

static unsigned group_flags(const ent_parse *p, const group *g)
{
    const ent_ctoken *m = tok(p, g->main);
    unsigned f = g->flags | (g->to ? ENT_CF_INF : 0u) | (g->have ? ENT_CF_PERFECT : 0u);
    if (m->pos == ENT_P_AUX) return f | (m->w.tags & ENT_K_BE ? ENT_CF_COPULA : 0u);
    if (m->form == ENT_V_PART && g->be)
        f |= ENT_CF_PASSIVE;
    else if (m->form == ENT_V_PART && !g->have)
        f |= ENT_CF_PART;
    if (m->form == ENT_V_ING && !g->be) f |= ENT_CF_ING;
    if (m->form == ENT_V_BASE && !g->to && !g->modal && !(g->aux & ENT_K_DO)) f |= ENT_CF_BASE;
    return f;
}

/* A verb group at i, if there is one; returns where to go on, i when there is none. */
static uint32_t take_vg(ent_parse *p, uint32_t i)
{
    group g;
    scan_group(p, i, &g);
    if (g.main == UINT32_MAX) return i;
    ent_chunk *c = add_chunk(p, ENT_CH_VG, i, g.end);
    c->head = (uint16_t)g.main;
    c->flags = (uint16_t)group_flags(p, &g);
    c->modal = g.modal;
    return g.end;
}

/* ---- all chunks ---------------------------------------------------------------------------- */

static uint8_t type_of(uint8_t pos)
{
    static const uint8_t type[] = {
        [ENT_P_GEN] = ENT_CH_STOP,    [ENT_P_NEG] = ENT_CH_ADV,     [ENT_P_TO] = ENT_CH_PREP,
        [ENT_P_ADV] = ENT_CH_ADV,     [ENT_P_PREP] = ENT_CH_PREP,   [ENT_P_CONJ] = ENT_CH_CONJ,
        [ENT_P_SUB] = ENT_CH_SUB,     [ENT_P_THAT] = ENT_CH_THAT,   [ENT_P_REL] = ENT_CH_REL,
        [ENT_P_COMMA] = ENT_CH_COMMA, [ENT_P_QUOTE] = ENT_CH_QUOTE, [ENT_P_DASH] = ENT_CH_STOP,
        [ENT_P_HYPHEN] = ENT_CH_STOP, [ENT_P_OPEN] = ENT_CH_OPEN,   [ENT_P_CLOSE] = ENT_CH_CLOSE,
        [ENT_P_STOP] = ENT_CH_STOP};
    return type[pos];
}

/* "whose army" and "which side" open a relative clause and a noun phrase. */
static uint32_t take_one(ent_parse *p, uint32_t i)
{
    switch (pos_at(p, i)) {
    case ENT_P_NOUN:
    case ENT_P_NAME:
    case ENT_P_NUM:
    case ENT_P_DET:
    case ENT_P_POSS:
        return take_np(p, i);
    case ENT_P_PRON:
        return take_pronoun(p, i);
    case ENT_P_VERB:
    case ENT_P_AUX:
        return take_vg(p, i);
    case ENT_P_TO:
    case ENT_P_NEG: {
        uint32_t end = take_vg(p, i);
        if (end > i) return end;
    } /* fall through */
    default:
        add_chunk(p, type_of(pos_at(p, i)), i, i + 1);
        return i + 1;
    }
}

void ent_chunk_parse(ent_parse *p, const ent_clex *lex, const ent_cover *cover, const char *text,
                     const ent_token *t, uint32_t n, const ent_smention *ms, uint32_t n_ms)
{
    ent_ctag(&p->in, lex, cover, text, t, n, ms, n_ms);
    p->n_chunks = 0;
    for (uint32_t i = 0; i < p->in.n;)
        i = take_one(p, i);
    ent_chunk_subjects(p);
}
