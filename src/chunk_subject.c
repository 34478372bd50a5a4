/* chunk_subject - who does what the verb groups say, and lists of noun phrases. See chunk.h. */
#include "chunk_in.h"

/* ---- subjects ------------------------------------------------------------------------------ */

/* Steps left over what may stand between things: adverbs, quotation marks, "on Monday". */
static int skip_left(const ent_parse *p, int i, int limit)
{
    while (i > limit) {
        const ent_chunk *c = &p->ch[i];
        if (c->type == ENT_CH_ADV || c->type == ENT_CH_QUOTE)
            i--;
        else if (c->type == ENT_CH_NP && c->flags & ENT_CF_TIME && i > limit + 1)
            i -= is_type(p, i - 1, ENT_CH_PREP) ? 2 : 1;
        else if (c->type == ENT_CH_CLOSE) {
            int k = i - 1;
            while (k > limit && p->ch[k].type != ENT_CH_OPEN)
                k--;
            if (k <= limit) return i - 1;
            i = k - 1;
        } else
            break;
    }
    return i;
}

/* Whether the noun phrase at j is the object of a verb: a comma and "and" then join clauses. */
static int ends_clause(const ent_parse *p, int j)
{
    int k = skip_left(p, j - 1, -1);
    return is_type(p, k, ENT_CH_VG) || is_type(p, k, ENT_CH_PREP);
}

/* Whether the noun phrase at j is the object of a finite verb that takes no clause. */
static int after_finite(const ent_parse *p, int j)
{
    int k = skip_left(p, j - 1, -1);
    return is_type(p, k, ENT_CH_VG) && is_finite(&p->ch[k]) && p->ch[k].subj >= 0 &&
           !tok(p, p->ch[k].head)->w.cues;
}

/* The first chunk of a list that the noun phrase at i ends: "A, B and C" -> A. */
static int list_start(const ent_parse *p, int i)
{
    int joined = 0;
    for (int left = 12; left > 0; left--) {
        int j = skip_left(p, i - 1, -1);
        if (is_type(p, j, ENT_CH_CONJ))
            joined = 1;
        else if (!(is_type(p, j, ENT_CH_COMMA) && joined))
            break;
        int comma = is_type(p, j, ENT_CH_CONJ) && is_type(p, j - 1, ENT_CH_COMMA);
        j = skip_left(p, j - 1 - comma, -1);
        if (!is_type(p, j, ENT_CH_NP)) break;
        if (!comma && after_finite(p, j)) break; /* "would free 30 men and India would" */
        if (comma && ends_clause(p, j)) break;   /* "they freed the hostages, and Iran" */
        i = j;
    }
    return i;
}

/* Start of what a comma at i closes: apposition, relative clause, aside; -1 when nothing does. */
static int aside_start(const ent_parse *p, int i, int limit)
{
    for (int j = i - 1; j > limit; j--) {
        const ent_chunk *c = &p->ch[j];
        if (c->type == ENT_CH_STOP) return -1;
        if (c->type != ENT_CH_COMMA) continue;
        const ent_chunk *n = &p->ch[j + 1];
        if (n->type == ENT_CH_REL || n->type == ENT_CH_PREP || n->type == ENT_CH_SUB) return j;
        if (n->type == ENT_CH_NP || n->type == ENT_CH_ADV) return j;
        if (n->type == ENT_CH_VG && n->flags & (ENT_CF_ING | ENT_CF_PART)) return j;
        return -1;
    }
    return -1;
}

/* Noun phrase before a relative pronoun or a participle that stands behind it. */
static int antecedent(const ent_parse *p, int i)
{
    int j = skip_left(p, i - 1, -1);
    if (is_type(p, j, ENT_CH_COMMA)) j = skip_left(p, j - 1, -1);
    if (is_type(p, j, ENT_CH_PREP)) j = skip_left(p, j - 1, -1); /* "in which" */
    return is_type(p, j, ENT_CH_NP) ? j : -1;
}

/* The subject of the last finite verb group before i, -1 none; `main`: not of a clause that hangs
 * on another by "while", "which" or "that". */
static int subject_before(const ent_parse *p, int i, int main)
{
    int other = -1;
    for (int j = i - 1, left = ENT_CH_REACH; j >= 0 && left > 0; j--, left--) {
        const ent_chunk *c = &p->ch[j];
        if (c->type == ENT_CH_STOP && other >= 0) break;
        if (!is_finite(c) || c->subj < 0) continue;
        if (!main || !c->depth) return c->subj;
        if (other < 0) other = c->subj;
    }
    return other;
}

/* "him", "them", "us", "me". */
static int is_object_form(const ent_parse *p, int j)
{
    const ent_chunk *c = &p->ch[j];
    uint32_t w = p->in.t[c->head].lower;
    return c->flags & ENT_CF_PRON && !(tok(p, c->head)->w.tags & ENT_K_SUBJ) &&
           (w == ent_hash("them", 4) || w == ent_hash("him", 3) || w == ent_hash("us", 2) ||
            w == ent_hash("me", 2));
}

/* A noun phrase that stands before the verb group v: is it the subject, or does it hang on
 * something that ends there? Returns where to look next, or sets *found. */
static int try_np(const ent_parse *p, int j, int *found)
{
    int first = list_start(p, j), k = skip_left(p, first - 1, -1);
    *found = -1;
    if (is_type(p, k, ENT_CH_PREP)) return k - 1;
    if (is_object_form(p, j) && is_type(p, k, ENT_CH_VG)) { /* "the gang holding them said" */
        int a = antecedent(p, k);
        if (a >= 0 && p->ch[k].flags & (ENT_CF_ING | ENT_CF_PART)) return a;
    }
    if (is_type(p, k, ENT_CH_VG)) {
        const ent_chunk *g = &p->ch[k];
        int opens = tok(p, g->head)->w.cues || tok(p, p->ch[j].head)->w.tags & ENT_K_SUBJ;
        int a = g->flags & (ENT_CF_ING | ENT_CF_PART | ENT_CF_INF) ? antecedent(p, k) : -1;
        if (a >= 0 && g->flags & ENT_CF_INF && tok(p, p->ch[a].head)->w.nframes & ENT_NF_INF &&
            a == k - 1)
            return a;           /* "a proposal to send troops was" */
        if (a >= 0 && !opens) { /* no clause of its own */
            if (!(g->flags & ENT_CF_INF)) return a;
        }
        if (g->gap == -2) return antecedent(p, k - 1); /* the object inside a relative clause */
    }
    *found = j;
    return j;
}

/* Subject of the finite verb group at v: to the left, over what hangs on the subject. */
static int finite_subject(const ent_parse *p, int v)
{
    int j = v - 1;
    for (int left = ENT_CH_REACH; left > 0 && j >= 0; left--) {
        j = skip_left(p, j, -1);
        if (j < 0) break;
        const ent_chunk *c = &p->ch[j];
        if (c->type == ENT_CH_NP) {
            int found;
            j = try_np(p, j, &found);
            if (found >= 0) return found;
        } else if (c->type == ENT_CH_PREP)
            j--;
        else if (c->type == ENT_CH_COMMA) {
            int k = aside_start(p, j, -1);
            int s = k < 0 ? subject_before(p, j, 1) : -1;
            if (s >= 0) return s;
            j = k < 0 ? j - 1 : k - 1;
        } else if (c->type == ENT_CH_CONJ)
            return subject_before(p, j, is_type(p, j - 1, ENT_CH_COMMA));
        else if (c->type == ENT_CH_REL || c->type == ENT_CH_THAT)
            return antecedent(p, j);
        else if (c->type == ENT_CH_VG && !is_finite(c))
            j--;
        else
            return c->type == ENT_CH_VG || c->type == ENT_CH_SUB ? subject_before(p, j, 0) : -1;
    }
    return -1;
}

/* "accuses Brazil of using its plan": whoever is accused does what follows. */
static int accused(const ent_parse *p, int i)
{
    for (int left = ENT_CH_REACH; i >= 0 && left > 0; i--, left--) {
        const ent_chunk *c = &p->ch[i];
        if (c->type == ENT_CH_STOP) return -1;
        int passive = (c->flags & (ENT_CF_PART | ENT_CF_PASSIVE)) != 0;
        if (!is_finite(c) && !passive) continue;
        const ent_cword *w = &tok(p, c->head)->w;
        for (uint32_t k = 0; k < w->cues; k++)
            if (ent_clex_cue(p->in.lex, w->cue + k).frames & ENT_F_ACTOR) {
                if (passive) return c->subj; /* "a man accused of insulting" */
                int np = (int)ent_chunk_next(p, (uint32_t)i);
                return is_type(p, np, ENT_CH_NP) && p->ch[np].actor >= 0 ? np : -1;
            }
        return -1;
    }
    return -1;
}

/* A place acts seldom. */
static int is_place(const ent_parse *p, int np)
{
    return p->ch[np].actor >= 0 && p->in.ms[p->ch[np].actor].kind == ENT_PLACE;
}

/* A participle that opens the sentence: the noun phrase behind its comma with a verb of its own. */
static int opened_by(const ent_parse *p, int v)
{
    if (!(p->ch[v].flags & (ENT_CF_ING | ENT_CF_PART))) return -1;
    for (uint32_t k = (uint32_t)v + 1, left = 12; k + 1 < p->n_chunks && left > 0; k++, left--) {
        if (p->ch[k].type == ENT_CH_STOP || is_finite(&p->ch[k])) return -1;
        if (p->ch[k].type == ENT_CH_COMMA && p->ch[k + 1].type == ENT_CH_NP &&
            p->ch[k + 1].actor >= 0)
            return (int)k + 1;
    }
    return -1;
}

/* Subject of an infinitive or participle: the noun phrase it stands behind, or who acts in the
 * clause it hangs on. */
static int loose_subject(const ent_parse *p, int v)
{
    const ent_chunk *c = &p->ch[v];
    int j = skip_left(p, v - 1, -1);
    if (c->flags & ENT_CF_INF && is_type(p, j, ENT_CH_NP)) {
        int k = skip_left(p, list_start(p, j) - 1, -1);
        if (is_type(p, k, ENT_CH_VG) && is_place(p, j))
            return p->ch[k].subj;                                      /* "went to Rome to" */
        if (is_type(p, k, ENT_CH_VG) && p->ch[j].actor >= 0) return j; /* urge X to */
        if (is_type(p, k, ENT_CH_PREP) && p->in.t[p->ch[k].head].lower == p->in.for_) return j;
    }
    if (is_type(p, j, ENT_CH_VG)) return p->ch[j].subj;
    if (c->flags & ENT_CF_ING && is_type(p, j, ENT_CH_PREP)) {
        int a = accused(p, j);
        if (a >= 0) return a;
    }
    if (!(c->flags & ENT_CF_INF) && is_type(p, j, ENT_CH_NP)) {
        if ((p->ch[j].actor >= 0 && !is_place(p, j)) || c->flags & ENT_CF_PART) return j;
        int s = subject_before(p, j, 0);
        return s >= 0 ? s : j;
    }
    if (c->flags & ENT_CF_PART && (is_type(p, j, ENT_CH_COMMA) || is_type(p, j, ENT_CH_SUB))) {
        int a = skip_left(p, j - 1, -1);
        if (is_type(p, a, ENT_CH_NP)) return a;
    }
    if (c->flags & ENT_CF_PART && is_type(p, j, ENT_CH_CONJ)) /* "drafted by X and endorsed by Y" */
        for (int k = j - 1, left = 12; k >= 0 && left > 0; k--, left--)
            if (p->ch[k].type == ENT_CH_VG && p->ch[k].flags & (ENT_CF_PART | ENT_CF_PASSIVE))
                return p->ch[k].subj;
    if (is_type(p, j, ENT_CH_SUB) && c->flags & ENT_CF_PART) { /* "Once ratified by X, it" */
        int k = v;
        for (int left = 10; left > 0 && (uint32_t)k < p->n_chunks && !is_type(p, k, ENT_CH_COMMA);
             left--)
            k++;
        if (is_type(p, k, ENT_CH_COMMA) && is_type(p, k + 1, ENT_CH_NP)) return k + 1;
    }
    if (j < 0 || is_type(p, j, ENT_CH_STOP)) { /* "Rejecting the plan, Chile demanded" */
        int s = opened_by(p, v);
        if (s >= 0) return s;
    }
    return subject_before(p, v, is_type(p, j, ENT_CH_COMMA));
}

/* What the clause of verb group v hangs on: 1 a conjunction, 2 a relative pronoun, 3 "that". */
static uint8_t clause_depth(const ent_parse *p, int v)
{
    int s = p->ch[v].subj, j = v;
    if (s >= 0 && s < v) {
        j = list_start(p, s);
        for (int k = v - 1; k > s; k--)
            if (p->ch[k].type == ENT_CH_SUB || p->ch[k].type == ENT_CH_REL ||
                p->ch[k].type == ENT_CH_THAT)
                j = k + 1;
    }
    j = skip_left(p, j - 1, -1);
    if (is_type(p, j, ENT_CH_SUB)) return 1;
    if (is_type(p, j, ENT_CH_REL)) return 2;
    return is_type(p, j, ENT_CH_THAT) ? 3 : 0;
}

/* Marks the object gap of a relative clause: "which Russia has long opposed". */
static void mark_gap(ent_parse *p, int v)
{
    ent_chunk *c = &p->ch[v];
    int s = c->subj, first, r;
    if (s < 0 || !is_finite(c)) return;
    first = s < v ? list_start(p, s) : s;
    r = skip_left(p, first - 1, -1);
    if (is_type(p, r, ENT_CH_REL) ||
        (is_type(p, r, ENT_CH_THAT) && is_type(p, r - 1, ENT_CH_NP) &&
         !(is_type(p, r - 2, ENT_CH_VG) && tok(p, p->ch[r - 2].head)->w.cues))) {
        int a = antecedent(p, r);
        uint32_t next = ent_chunk_next(p, (uint32_t)v);
        if (a >= 0 && !(next < p->n_chunks && p->ch[next].type == ENT_CH_NP)) c->gap = (int16_t)a;
    }
    if (c->gap < 0 && is_type(p, first - 1, ENT_CH_NP) && s == v - 1 &&
        p->ch[first - 1].actor < 0 &&
        !(p->ch[first - 1].flags & ENT_CF_TIME)) { /* "a demand he brushed aside" */
        uint32_t next = ent_chunk_next(p, (uint32_t)v);
        if (!(next < p->n_chunks && p->ch[next].type == ENT_CH_NP)) c->gap = (int16_t)(first - 1);
    }
    r = skip_left(p, v - 1, -1);
    if (is_type(p, r, ENT_CH_REL))
        c->gap = -2; /* inside a relative clause, as its subject's verb */
}

void ent_chunk_subjects(ent_parse *p)
{
    for (uint32_t v = 0; v < p->n_chunks; v++) {
        ent_chunk *c = &p->ch[v];
        if (c->type != ENT_CH_VG) continue;
        c->subj = (int16_t)(is_finite(c) ? finite_subject(p, (int)v) : loose_subject(p, (int)v));
        if (is_finite(c)) c->depth = clause_depth(p, (int)v);
        mark_gap(p, (int)v);
    }
}

/* ---- lists --------------------------------------------------------------------------------- */

unsigned ent_chunk_left(const ent_parse *p, int i, int16_t *out, unsigned max)
{
    unsigned n = 0;
    int j = list_start(p, i);
    for (; j <= i && n < max; j++)
        if (p->ch[j].type == ENT_CH_NP && !(p->ch[j].flags & ENT_CF_TIME)) out[n++] = (int16_t)j;
    return n;
}

uint32_t ent_chunk_next(const ent_parse *p, uint32_t i)
{
    for (i++; i < p->n_chunks; i++) {
        const ent_chunk *c = &p->ch[i];
        if (c->type == ENT_CH_ADV || c->type == ENT_CH_QUOTE) continue;
        if (c->type == ENT_CH_NP && c->flags & ENT_CF_TIME) continue;
        break;
    }
    return i;
}

/* Over the prepositional phrases that hang on the noun phrase at i. */
static uint32_t over_preps(const ent_parse *p, uint32_t i)
{
    uint32_t k = ent_chunk_next(p, i);
    while (k < p->n_chunks && p->ch[k].type == ENT_CH_PREP) {
        uint32_t np = ent_chunk_next(p, k);
        if (np >= p->n_chunks || p->ch[np].type != ENT_CH_NP) break;
        k = ent_chunk_next(p, np);
    }
    return k;
}

/* Whether the noun phrase at k is the subject of a verb group that follows: then it opens a
 * clause and does not go on with a list. */
static int opens_clause(const ent_parse *p, uint32_t k)
{
    uint32_t v = over_preps(p, k);
    return v < p->n_chunks && is_finite(&p->ch[v]) && p->ch[v].subj == (int)k;
}

/* Behind a prepositional phrase a list goes on only with a determiner: "a halt to fire, the
 * withdrawal" but "projects in energy, transport". */
static int starts_anew(const ent_parse *p, uint32_t np)
{
    uint8_t pos = pos_at(p, p->ch[np].first);
    return pos == ENT_P_DET || pos == ENT_P_POSS || pos == ENT_P_NUM;
}

static unsigned list_right(const ent_parse *p, int i, int16_t *out, unsigned max, int tight)
{
    unsigned n = 0, sure = 1; /* sure: up to the last "and"; behind commas alone stand asides */
    uint32_t k = (uint32_t)i;
    if (!max) return 0;
    out[n++] = (int16_t)i;
    while (n < max) {
        uint32_t j = tight ? ent_chunk_next(p, k) : over_preps(p, k);
        if (j >= p->n_chunks) break;
        if (p->ch[j].type == ENT_CH_COMMA) {
            uint32_t c = ent_chunk_next(p, j);
            if (c < p->n_chunks && p->ch[c].type == ENT_CH_CONJ) j = c;
        } else if (p->ch[j].type != ENT_CH_CONJ)
            break;
        uint32_t np = ent_chunk_next(p, j);
        if (np >= p->n_chunks || p->ch[np].type != ENT_CH_NP || opens_clause(p, np)) break;
        if (j != ent_chunk_next(p, k) && !starts_anew(p, np)) break;
        out[n++] = (int16_t)np;
        if (p->ch[j].type == ENT_CH_CONJ) sure = n;
        k = np;
    }
    return sure;
}

unsigned ent_chunk_right(const ent_parse *p, int i, int16_t *out, unsigned max)
{
    return list_right(p, i, out, max, 0);
}

unsigned ent_chunk_tight(const ent_parse *p, int i, int16_t *out, unsigned max)
{
    return list_right(p, i, out, max, 1);
}
