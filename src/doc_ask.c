/* doc_ask - questions to a document. See entente.h for what each answers. */
#include "doc.h"

#include <string.h>

/* A window's answer waits for the whole text when this much or less is pending elsewhere. */
enum { SOON = 32768 };

static ent_mention public_mention(const ent_doc *d, const ent_sent *s, const ent_smention *m)
{
    return (ent_mention){.start = s->start + m->start,
                         .end = s->start + m->end,
                         .entity = d->linked ? m->entity : ENT_NONE,
                         .score = (float)m->score / 65535.0f,
                         .kind = m->kind,
                         .form = m->form};
}

/* Analyses the window; links when the rest is analysed, or can be soon. */
static ent_status ready(ent_doc *d, ent_span within)
{
    ent_status st = ent_doc_analyse(d, ent_doc_index(d, within.start),
                                    within.end ? ent_doc_index(d, within.end - 1) + 1 : 0);
    if (st || d->pending_bytes > SOON) return st;
    return ent_doc_link(d);
}

static int is_shown(const ent_smention *m, uint32_t id)
{
    return !(m->flags & ENT_M_HIDDEN) && (id == ENT_NONE || m->entity == id);
}

/* Adds those of a sentence that meet `within` and, unless id is ENT_NONE, are of that entity. */
static ent_status add_mentions(ent_doc *d, const ent_sent *s, ent_span within, uint32_t id,
                               uint32_t *n)
{
    for (uint32_t k = 0; k < s->result->n_mentions; k++) {
        const ent_smention *m = &s->result->mentions[k];
        if (s->start + m->end <= within.start || s->start + m->start >= within.end) continue;
        if (!is_shown(m, id)) continue;
        ent_status st =
            ent_grow(&d->mem, (void **)&d->out, &d->cap_out, *n + 1u, sizeof *d->out);
        if (st) return st;
        d->out[(*n)++] = public_mention(d, s, m);
    }
    return ENT_OK;
}

static ent_status collect(ent_doc *d, ent_span within, uint32_t id, const ent_mention **first,
                          size_t *count)
{
    uint32_t n = 0;
    for (uint32_t i = ent_doc_index(d, within.start); i < d->n; i++) {
        const ent_sent *s = &d->sents[i];
        if (s->start >= within.end) break;
        ent_status st = s->result ? add_mentions(d, s, within, id, &n) : ENT_OK;
        if (st) return st;
    }
    *first = d->out;
    *count = n;
    return ENT_OK;
}

ent_status ent_doc_mentions(ent_doc *d, ent_span within, const ent_mention **first, size_t *n)
{
    if (!d || !first || !n || within.start > within.end) return ENT_EARG;
    *first = NULL;
    *n = 0;
    if (within.end > d->len) within.end = d->len;
    if (within.start >= within.end) return ENT_OK;
    ent_status st = ready(d, within);
    return st ? st : collect(d, within, ENT_NONE, first, n);
}

ent_status ent_doc_refs(ent_doc *d, uint32_t id, const ent_mention **first, size_t *n)
{
    if (!d || !first || !n) return ENT_EARG;
    *first = NULL;
    *n = 0;
    ent_status st = ent_doc_link(d);
    if (st) return st;
    if (id >= ent_linker_count(d->linker)) return ENT_EARG;
    return collect(d, (ent_span){0, d->len}, id, first, n);
}

ent_status ent_doc_at(ent_doc *d, uint32_t at, ent_mention *out)
{
    if (!d || !out) return ENT_EARG;
    *out = (ent_mention){.entity = ENT_NONE};
    if (at >= d->len) return ENT_OK;
    ent_status st = ready(d, (ent_span){at, at + 1});
    if (st) return st;
    const ent_sent *s = &d->sents[ent_doc_index(d, at)];
    for (uint32_t k = 0; s->result && k < s->result->n_mentions; k++) {
        const ent_smention *m = &s->result->mentions[k];
        if (at < s->start + m->start || at >= s->start + m->end) continue;
        if (is_shown(m, ENT_NONE)) *out = public_mention(d, s, m); /* inner ones come later */
    }
    return ENT_OK;
}

ent_status ent_doc_sentence(ent_doc *d, uint32_t at, ent_span *out)
{
    if (!d || !out || at >= d->len) return ENT_EARG;
    const ent_sent *s = &d->sents[ent_doc_index(d, at)];
    *out = (ent_span){s->start, s->start + s->len};
    return ENT_OK;
}

/* ---- entities ------------------------------------------------------------------------------- */

ent_status ent_doc_entities(ent_doc *d, size_t *n)
{
    if (!d || !n) return ENT_EARG;
    ent_status st = ent_doc_link(d);
    if (!st) *n = ent_linker_count(d->linker);
    return st;
}

ent_status ent_doc_entity(ent_doc *d, uint32_t id, ent_entity *out)
{
    if (!d || !out) return ENT_EARG;
    ent_status st = ent_doc_link(d);
    if (st) return st;
    return ent_linker_entity(d->linker, id, out) ? ENT_OK : ENT_EARG;
}

ent_status ent_doc_alias(ent_doc *d, uint32_t id, size_t i, const char **name, size_t *len)
{
    if (!d || !name || !len) return ENT_EARG;
    ent_status st = ent_doc_link(d);
    if (st) return st;
    return ent_linker_alias(d->linker, id, i, name, len) ? ENT_OK : ENT_EARG;
}

ent_status ent_doc_find(ent_doc *d, const char *name, size_t len, uint32_t *id)
{
    if (!d || !id || (!name && len)) return ENT_EARG;
    ent_status st = ent_doc_link(d);
    if (!st) *id = ent_linker_find(d->linker, name, len);
    return st;
}

/* ---- stances and attributions --------------------------------------------------------------- */

static ent_span placed(ent_span s, uint32_t by)
{
    return s.start == s.end ? (ent_span){0, 0} : (ent_span){s.start + by, s.end + by};
}

static ent_stance public_stance(const ent_sent *s, const ent_sclaim *c)
{
    return (ent_stance){.actor = c->actor_entity,
                        .proposal = c->proposal_entity,
                        .target = c->target_entity,
                        .by = c->by_entity,
                        .label = c->label,
                        .negated = (c->flags & ENT_C_NEGATED) != 0,
                        .hedged = (c->flags & ENT_C_HEDGED) != 0,
                        .n_cues = (uint8_t)(1 + (c->cue[1].end > c->cue[1].start)),
                        .cue = {placed(c->cue[0], s->start), placed(c->cue[1], s->start)},
                        .condition = placed(c->condition, s->start),
                        .sentence = {s->start, s->start + s->len},
                        .score = (float)c->score / 65535.0f};
}

static ent_attribution public_attribution(const ent_sent *s, const ent_sattr *a)
{
    return (ent_attribution){
        .entity = a->entity,
        .source = placed(a->source_span, s->start),
        .cue = placed(a->cue, s->start),
        .content = {placed(a->content[0], s->start), placed(a->content[1], s->start)},
        .n_content = a->n_content,
        .score = (float)a->score / 65535.0f};
}

/* Keeps the stances of one sentence, from `from` on, in the order of their cues. */
static void order_stances(ent_doc *d, uint32_t from, uint32_t n)
{
    for (uint32_t i = from + 1; i < n; i++) {
        ent_stance s = d->stances[i];
        uint32_t k = i;
        for (; k > from && d->stances[k - 1].cue[0].start > s.cue[0].start; k--)
            d->stances[k] = d->stances[k - 1];
        d->stances[k] = s;
    }
}

/* Claims without an actor that the text names are no stances. */
static ent_status add_stances(ent_doc *d, const ent_sent *s, uint32_t *n)
{
    uint32_t from = *n;
    for (uint32_t k = 0; k < s->result->n_claims; k++) {
        const ent_sclaim *c = &s->result->claims[k];
        if (c->actor_entity == ENT_NONE) continue;
        ent_status st = ent_grow(&d->mem, (void **)&d->stances, &d->cap_stances, *n + 1u,
                                 sizeof *d->stances);
        if (st) return st;
        d->stances[(*n)++] = public_stance(s, c);
    }
    order_stances(d, from, *n);
    return ENT_OK;
}

ent_status ent_doc_stances(ent_doc *d, const ent_stance **first, size_t *n)
{
    if (!d || !first || !n) return ENT_EARG;
    uint32_t count = 0;
    ent_status st = ent_doc_link(d);
    for (uint32_t i = 0; i < d->n && !st; i++)
        if (d->sents[i].result) st = add_stances(d, &d->sents[i], &count);
    *first = st ? NULL : d->stances;
    *n = st ? 0 : count;
    return st;
}

ent_status ent_doc_attributions(ent_doc *d, const ent_attribution **first, size_t *n)
{
    if (!d || !first || !n) return ENT_EARG;
    uint32_t count = 0;
    ent_status st = ent_doc_link(d);
    for (uint32_t i = 0; i < d->n && !st; i++) {
        const ent_sent *s = &d->sents[i];
        for (uint32_t k = 0; s->result && k < s->result->n_attrs && !st; k++) {
            st = ent_grow(&d->mem, (void **)&d->attrs, &d->cap_attrs, count + 1u,
                          sizeof *d->attrs);
            if (!st) d->attrs[count++] = public_attribution(s, &s->result->attrs[k]);
        }
    }
    *first = st ? NULL : d->attrs;
    *n = st ? 0 : count;
    return st;
}
