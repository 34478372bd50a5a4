/* doc_ask - questions to a document. See entente.h for what each answers. */
#include "doc.h"

#include <string.h>

/* A window's answer waits for the whole text when this much or less is pending elsewhere. */
enum { SOON = 32768 };

/* Mentions for which room is not kept from one answer to the next. */
enum { LARGE = 4096 };

/* A mention as shown; 0 when it is not. Before the whole text is linked, names stand unlinked and
 * whatever needs the rest of the text is left out. */
static int public_mention(const ent_doc *d, const ent_sent *s, const ent_kmention *m,
                          ent_mention *out)
{
    *out = (ent_mention){.start = s->start + m->start,
                         .end = s->start + m->end,
                         .entity = ENT_NONE,
                         .score = (float)m->score / 65535.0f,
                         .kind = m->kind,
                         .form = (uint8_t)ent_kmention_form(m)};
    if (d->linked) return ent_linker_public(d->linker, m, out);
    return !(m->flags & ENT_M_HIDDEN) && m->form != ENT_PRONOUN && m->form != ENT_NOMINAL;
}

/* Analyses the window; links when the rest is analysed, or can be soon, and nobody links in
 * slices just now. */
static ent_status ready(ent_doc *d, ent_span within)
{
    ent_status st = ent_doc_analyse(d, ent_doc_index(d, within.start),
                                    within.end ? ent_doc_index(d, within.end - 1) + 1 : 0);
    if (st || d->pending_bytes > SOON || d->slicing) return st;
    return ent_doc_link(d);
}

/* One more answer, unless the mention is not shown. */
static ent_status add_mention(ent_doc *d, const ent_sent *s, const ent_kmention *m, uint32_t *n)
{
    ent_mention p;
    if (!public_mention(d, s, m, &p)) return ENT_OK;
    ent_status st = ent_grow(&d->mem, (void **)&d->out, &d->cap_out, *n + 1u, sizeof *d->out);
    if (!st) d->out[(*n)++] = p;
    return st;
}

/* Adds those of a sentence that meet `within`. */
static ent_status add_mentions(ent_doc *d, const ent_sent *s, ent_span within, uint32_t *n)
{
    ent_status st = ENT_OK;
    for (uint32_t k = 0; k < s->result->n_mentions && !st; k++) {
        const ent_kmention *m = &s->result->mentions[k];
        if (s->start + m->end > within.start && s->start + m->start < within.end)
            st = add_mention(d, s, m, n);
    }
    return st;
}

/* Walks the sentences that meet `within`, found by binary search. */
static ent_status collect(ent_doc *d, ent_span within, const ent_mention **first, size_t *count)
{
    uint32_t n = 0;
    for (uint32_t i = ent_doc_index(d, within.start); i < d->n; i++) {
        const ent_sent *s = &d->sents[i];
        if (s->start >= within.end) break;
        ent_status st = s->result ? add_mentions(d, s, within, &n) : ENT_OK;
        if (st) return st;
    }
    *first = d->out;
    *count = n;
    return ENT_OK;
}

/* The window is cut to the text first: hosts ask for lines that may have gone. */
ent_status ent_doc_mentions(ent_doc *d, ent_span within, const ent_mention **first, size_t *n)
{
    if (!d || !first || !n || within.start > within.end) return ENT_EARG;
    *first = NULL;
    *n = 0;
    if (within.end > d->len) within.end = d->len;
    if (within.start >= within.end) return ENT_OK;
    ent_status st = ready(d, within);
    if (d->cap_out > LARGE) ent_shrink(&d->mem, (void **)&d->out, &d->cap_out, 0, sizeof *d->out);
    return st ? st : collect(d, within, first, n);
}

/* Asked twice when there is no room for all at first. */
ent_status ent_doc_refs(ent_doc *d, uint32_t id, const ent_mention **first, size_t *n)
{
    if (!d || !first || !n) return ENT_EARG;
    *first = NULL;
    *n = 0;
    ent_status st = ent_doc_link(d);
    if (st) return st;
    if (id >= ent_linker_count(d->linker)) return ENT_EARG;
    uint32_t count = ent_linker_refs(d->linker, id, d->out, d->cap_out);
    if (count > d->cap_out) {
        st = ent_grow(&d->mem, (void **)&d->out, &d->cap_out, count, sizeof *d->out);
        if (!st) ent_linker_refs(d->linker, id, d->out, d->cap_out);
    }
    *first = st ? NULL : d->out;
    *n = st ? 0 : count;
    return st;
}

/* Mentions of a sentence are few: they are walked, and the last that holds the byte is innermost.
 */
ent_status ent_doc_at(ent_doc *d, uint32_t at, ent_mention *out)
{
    if (!d || !out) return ENT_EARG;
    *out = (ent_mention){.entity = ENT_NONE};
    if (at >= d->len) return ENT_OK;
    ent_status st = ready(d, (ent_span){at, at + 1});
    if (st) return st;
    const ent_sent *s = &d->sents[ent_doc_index(d, at)];
    for (uint32_t k = 0; s->result && k < s->result->n_mentions; k++) {
        const ent_kmention *m = &s->result->mentions[k];
        if (at < s->start + m->start || at >= s->start + m->end) continue;
        ent_mention p;
        if (public_mention(d, s, m, &p)) *out = p; /* inner ones come later */
    }
    return ENT_OK;
}

/* Needs no analysis. */
ent_status ent_doc_sentence(ent_doc *d, uint32_t at, ent_span *out)
{
    if (!d || !out || at >= d->len) return ENT_EARG;
    const ent_sent *s = &d->sents[ent_doc_index(d, at)];
    *out = (ent_span){s->start, s->start + s->len};
    return ENT_OK;
}

/* ---- entities ------------------------------------------------------------------------------- */

/* The next five ask the linker once everything is linked. */
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
    return st ? st : ent_linker_entity(d->linker, id, out);
}

ent_status ent_doc_alias(ent_doc *d, uint32_t id, size_t i, const char **name, size_t *len)
{
    if (!d || !name || !len) return ENT_EARG;
    ent_status st = ent_doc_link(d);
    return st ? st : ent_linker_alias(d->linker, id, i, name, len);
}

ent_status ent_doc_find(ent_doc *d, const char *name, size_t len, uint32_t *id)
{
    if (!d || !id || (!name && len)) return ENT_EARG;
    ent_status st = ent_doc_link(d);
    return st ? st : ent_linker_find(d->linker, name, len, id);
}

ent_status ent_doc_prefix(ent_doc *d, const char *prefix, size_t len, size_t most,
                          const uint32_t **ids, size_t *n)
{
    if (!d || !ids || !n || (!prefix && len)) return ENT_EARG;
    *ids = NULL;
    *n = 0;
    ent_status st = ent_doc_link(d);
    return st ? st : ent_linker_prefix(d->linker, prefix, len, most, ids, n);
}

/* ---- stances and attributions --------------------------------------------------------------- */

/* A span of a sentence in the text; an empty one stays empty. */
static ent_span placed(ent_sspan s, uint32_t by)
{
    return s.start == s.end ? (ent_span){0, 0} : (ent_span){s.start + by, s.end + by};
}

/* A claim as shown: spans in the text, public numbers of entities. */
static ent_stance public_stance(const ent_linker *l, const ent_sent *s, const ent_sclaim *c)
{
    uint32_t actor = ent_linker_number(l, c->actor_entity);
    uint32_t target = ent_linker_number(l, c->target_entity);
    uint32_t by = ent_linker_number(l, c->by_entity);
    return (ent_stance){.actor = actor,
                        .proposal = ent_linker_number(l, c->proposal_entity),
                        .target = target == actor ? ENT_NONE : target,
                        .by = by == actor ? ENT_NONE : by,
                        .label = c->label,
                        .negated = (c->flags & ENT_C_NEGATED) != 0,
                        .hedged = (c->flags & ENT_C_HEDGED) != 0,
                        .n_cues = (uint8_t)(1 + (c->cue[1].end > c->cue[1].start)),
                        .cue = {placed(c->cue[0], s->start), placed(c->cue[1], s->start)},
                        .condition = placed(c->condition, s->start),
                        .sentence = {s->start, s->start + s->len},
                        .score = (float)c->score / 65535.0f};
}

/* The same for reported speech. */
static ent_attribution public_attribution(const ent_linker *l, const ent_sent *s,
                                          const ent_sattr *a)
{
    return (ent_attribution){
        .entity = ent_linker_number(l, a->entity),
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

/* Those of a sentence that are shown. */
static ent_status add_stances(ent_doc *d, const ent_sent *s, uint32_t *n)
{
    uint32_t from = *n;
    for (uint32_t k = 0; k < s->result->n_claims; k++) {
        const ent_sclaim *c = &ent_result_claims(s->result)[k];
        if (!ent_claim_shown(c)) continue;
        ent_status st =
            ent_grow(&d->mem, (void **)&d->stances, &d->cap_stances, *n + 1u, sizeof *d->stances);
        if (st) return st;
        d->stances[(*n)++] = public_stance(d->linker, s, c);
    }
    order_stances(d, from, *n);
    return ENT_OK;
}

/* Those of the sentences [from, to). */
static ent_status stances_of(ent_doc *d, uint32_t from, uint32_t to, const ent_stance **first,
                             size_t *n)
{
    uint32_t count = 0;
    ent_status st = ENT_OK;
    for (uint32_t i = from; i < to && !st; i++)
        if (d->sents[i].result) st = add_stances(d, &d->sents[i], &count);
    *first = st ? NULL : d->stances;
    *n = st ? 0 : count;
    return st;
}

ent_status ent_doc_stances(ent_doc *d, const ent_stance **first, size_t *n)
{
    if (!d || !first || !n) return ENT_EARG;
    ent_status st = ent_doc_link(d);
    return st ? st : stances_of(d, 0, d->n, first, n);
}

ent_status ent_doc_stances_in(ent_doc *d, ent_span within, const ent_stance **first, size_t *n)
{
    if (!d || !first || !n || within.start > within.end) return ENT_EARG;
    *first = NULL;
    *n = 0;
    if (within.end > d->len) within.end = d->len;
    if (within.start >= within.end) return ENT_OK;
    ent_status st = ready(d, within);
    if (st || !d->linked) return st;
    return stances_of(d, ent_doc_index(d, within.start), ent_doc_index(d, within.end - 1) + 1,
                      first, n);
}

/* All sentences in turn; those of one come in text order. */
ent_status ent_doc_attributions(ent_doc *d, const ent_attribution **first, size_t *n)
{
    if (!d || !first || !n) return ENT_EARG;
    uint32_t count = 0;
    ent_status st = ent_doc_link(d);
    for (uint32_t i = 0; i < d->n && !st; i++) {
        const ent_sent *s = &d->sents[i];
        const ent_sattr *a = s->result ? ent_result_attrs(s->result) : NULL;
        for (uint32_t k = 0; a && k < s->result->n_attrs && !st; k++) {
            st = ent_grow(&d->mem, (void **)&d->attrs, &d->cap_attrs, count + 1u, sizeof *d->attrs);
            if (!st) d->attrs[count++] = public_attribution(d->linker, s, &a[k]);
        }
    }
    *first = st ? NULL : d->attrs;
    *n = st ? 0 : count;
    return st;
}
