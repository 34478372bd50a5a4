/* doc - the document. See doc.h and entente.h. */
#include "doc.h"

#include <string.h>

static const char *text_at(void *ctx, uint32_t start, uint32_t end)
{
    (void)end;
    return ((ent_doc *)ctx)->text + start;
}

static void drop_sents(ent_doc *d)
{
    for (uint32_t i = 0; i < d->n; i++) ent_result_free(d->sents[i].result, &d->mem);
    d->n = 0;
    d->linked = 0;
}

static ent_status split(ent_doc *d)
{
    drop_sents(d);
    ent_sent_state state = {0};
    for (uint32_t at = 0; at < d->len;) {
        ent_status st = ent_grow(&d->mem, (void **)&d->sents, &d->cap_sents, d->n + 1u,
                                 sizeof *d->sents);
        if (st) return st;
        ent_sent *s = &d->sents[d->n++];
        unsigned flags = 0;
        *s = (ent_sent){.start = at, .state = state, .pending = 1};
        s->len = ent_sent_next(d->text + at, d->len - at, at == 0, 0, &state, &flags);
        s->flags = (uint16_t)flags;
        at += s->len;
    }
    return ENT_OK;
}

ent_status ent_doc_new(const ent_model *m, const char *text, size_t len, const ent_memory *mem,
                       ent_doc **out)
{
    *out = NULL;
    if (!m || (!text && len) || len > ENT_MAX_TEXT) return ENT_EARG;
    ent_doc *d = ent_realloc(mem, NULL, 0, sizeof *d);
    if (!d) return ENT_ENOMEM;
    *d = (ent_doc){.model = m};
    if (mem) d->mem = *mem;
    ent_status st = ent_linker_new(&d->mem, &d->linker);
    if (!st) st = ent_doc_edit(d, 0, 0, text, (uint32_t)len);
    if (st) {
        ent_doc_free(d);
        return st;
    }
    *out = d;
    return ENT_OK;
}

void ent_doc_free(ent_doc *d)
{
    if (!d) return;
    ent_memory mem = d->mem;
    drop_sents(d);
    ent_linker_free(d->linker);
    ent_work_free(&d->work, &mem);
    ent_free(&mem, d->text, d->cap);
    ent_free(&mem, d->sents, d->cap_sents * sizeof *d->sents);
    ent_free(&mem, d->out, d->cap_out * sizeof *d->out);
    ent_free(&mem, d->stances, d->cap_stances * sizeof *d->stances);
    ent_free(&mem, d->attrs, d->cap_attrs * sizeof *d->attrs);
    ent_free(&mem, d, sizeof *d);
}

ent_status ent_doc_edit(ent_doc *d, uint32_t at, uint32_t removed, const char *add,
                        uint32_t add_len)
{
    if (!d || at > d->len || removed > d->len - at || (!add && add_len)) return ENT_EARG;
    size_t len = (size_t)d->len - removed + add_len;
    if (len > ENT_MAX_TEXT) return ENT_EARG;
    ent_status st = ent_grow(&d->mem, (void **)&d->text, &d->cap, len + 1, 1);
    if (st) return st;
    memmove(d->text + at + add_len, d->text + at + removed, d->len - at - removed);
    if (add_len) memcpy(d->text + at, add, add_len);
    d->len = (uint32_t)len;
    d->revision++;
    return split(d);
}

ent_status ent_doc_advance(ent_doc *d, size_t budget, int *done)
{
    (void)budget;
    for (uint32_t i = 0; i < d->n; i++) {
        ent_sent *s = &d->sents[i];
        if (!s->pending) continue;
        ent_status st = ent_analyse(d->model, d->text + s->start, s->len, s->flags, &d->mem,
                                    &d->work, &s->result);
        if (st) return st;
        s->pending = 0;
    }
    if (done) *done = 1;
    return ENT_OK;
}

static ent_status ensure(ent_doc *d)
{
    ent_status st = ent_doc_advance(d, 0, NULL);
    if (st || d->linked) return st;
    ent_link_input in = {.model = d->model, .sents = d->sents, .n = d->n, .changed_to = d->n,
                         .text = text_at, .ctx = d};
    st = ent_linker_update(d->linker, &in);
    d->linked = st == ENT_OK;
    return st;
}

uint32_t ent_doc_length(const ent_doc *d)
{
    return d->len;
}

uint64_t ent_doc_revision(const ent_doc *d)
{
    return d->revision;
}

ent_status ent_doc_copy(const ent_doc *d, ent_span span, char *out)
{
    if (span.start > span.end || span.end > d->len) return ENT_EARG;
    memcpy(out, d->text + span.start, span.end - span.start);
    return ENT_OK;
}

static ent_mention public_mention(const ent_sent *s, const ent_smention *m)
{
    return (ent_mention){.start = s->start + m->start, .end = s->start + m->end,
                         .entity = m->entity, .score = (float)m->score / 65535.0f,
                         .kind = m->kind, .form = m->form};
}

/* Collects mentions that meet `within` and, unless id is ENT_NONE, are of that entity. */
static ent_status collect(ent_doc *d, ent_span within, uint32_t id, const ent_mention **first,
                          size_t *n)
{
    ent_status st = ensure(d);
    if (st) return st;
    *n = 0;
    for (uint32_t i = 0; i < d->n; i++) {
        const ent_sent *s = &d->sents[i];
        if (s->start + s->len <= within.start || s->start >= within.end || !s->result) continue;
        for (uint32_t k = 0; k < s->result->n_mentions; k++) {
            const ent_smention *m = &s->result->mentions[k];
            if (m->flags & ENT_M_HIDDEN || (id != ENT_NONE && m->entity != id)) continue;
            if (s->start + m->end <= within.start || s->start + m->start >= within.end) continue;
            st = ent_grow(&d->mem, (void **)&d->out, &d->cap_out, *n + 1, sizeof *d->out);
            if (st) return st;
            d->out[(*n)++] = public_mention(s, m);
        }
    }
    *first = d->out;
    return ENT_OK;
}

ent_status ent_doc_mentions(ent_doc *d, ent_span within, const ent_mention **first, size_t *n)
{
    return collect(d, within, ENT_NONE, first, n);
}

ent_status ent_doc_refs(ent_doc *d, uint32_t id, const ent_mention **first, size_t *n)
{
    if (id == ENT_NONE) return ENT_EARG;
    return collect(d, (ent_span){0, d->len}, id, first, n);
}

ent_status ent_doc_at(ent_doc *d, uint32_t at, ent_mention *out)
{
    const ent_mention *m;
    size_t n;
    *out = (ent_mention){.entity = ENT_NONE};
    ent_status st = collect(d, (ent_span){at, at + 1}, ENT_NONE, &m, &n);
    if (!st && n) *out = m[n - 1];
    return st;
}

ent_status ent_doc_sentence(ent_doc *d, uint32_t at, ent_span *out)
{
    for (uint32_t i = 0; i < d->n; i++)
        if (at < d->sents[i].start + d->sents[i].len) {
            *out = (ent_span){d->sents[i].start, d->sents[i].start + d->sents[i].len};
            return ENT_OK;
        }
    return ENT_EARG;
}

ent_status ent_doc_entities(ent_doc *d, size_t *n)
{
    ent_status st = ensure(d);
    if (!st) *n = ent_linker_count(d->linker);
    return st;
}

ent_status ent_doc_entity(ent_doc *d, uint32_t id, ent_entity *out)
{
    ent_status st = ensure(d);
    if (st) return st;
    return ent_linker_entity(d->linker, id, out) ? ENT_OK : ENT_EARG;
}

ent_status ent_doc_alias(ent_doc *d, uint32_t id, size_t i, const char **name, size_t *len)
{
    return ent_linker_alias(d->linker, id, i, name, len) ? ENT_OK : ENT_EARG;
}

ent_status ent_doc_find(ent_doc *d, const char *name, size_t len, uint32_t *id)
{
    ent_status st = ensure(d);
    if (!st) *id = ent_linker_find(d->linker, name, len);
    return st;
}

static ent_span shifted(ent_span s, uint32_t by)
{
    return s.start == s.end ? (ent_span){0, 0} : (ent_span){s.start + by, s.end + by};
}

ent_status ent_doc_stances(ent_doc *d, const ent_stance **first, size_t *n)
{
    ent_status st = ensure(d);
    *n = 0;
    for (uint32_t i = 0; i < d->n && !st; i++) {
        const ent_sent *s = &d->sents[i];
        for (uint32_t k = 0; s->result && k < s->result->n_claims; k++) {
            const ent_sclaim *c = &s->result->claims[k];
            st = ent_grow(&d->mem, (void **)&d->stances, &d->cap_stances, *n + 1,
                          sizeof *d->stances);
            if (st) return st;
            d->stances[(*n)++] = (ent_stance){
                .actor = c->actor_entity,
                .proposal = c->proposal_entity,
                .target = c->target_entity, .by = c->by_entity,
                .label = c->label, .negated = (c->flags & ENT_C_NEGATED) != 0,
                .hedged = (c->flags & ENT_C_HEDGED) != 0,
                .n_cues = (uint8_t)(1 + (c->cue[1].end > c->cue[1].start)),
                .cue = {shifted(c->cue[0], s->start), shifted(c->cue[1], s->start)},
                .condition = shifted(c->condition, s->start),
                .sentence = {s->start, s->start + s->len}, .score = (float)c->score / 65535.0f};
        }
    }
    *first = d->stances;
    return st;
}

ent_status ent_doc_attributions(ent_doc *d, const ent_attribution **first, size_t *n)
{
    ent_status st = ensure(d);
    *n = 0;
    for (uint32_t i = 0; i < d->n && !st; i++) {
        const ent_sent *s = &d->sents[i];
        for (uint32_t k = 0; s->result && k < s->result->n_attrs; k++) {
            const ent_sattr *a = &s->result->attrs[k];
            st = ent_grow(&d->mem, (void **)&d->attrs, &d->cap_attrs, *n + 1, sizeof *d->attrs);
            if (st) return st;
            d->attrs[(*n)++] = (ent_attribution){
                .entity = a->entity,
                .source = shifted(a->source_span, s->start), .cue = shifted(a->cue, s->start),
                .content = {shifted(a->content[0], s->start), shifted(a->content[1], s->start)},
                .n_content = a->n_content, .score = (float)a->score / 65535.0f};
        }
    }
    *first = d->attrs;
    return st;
}
