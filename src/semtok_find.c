/* semtok_find - what of a document is coloured: its mentions and cues, sentence by sentence. See
 * semtok.h. */
#include "semtok.h"

/* Text order, an outer one before what it holds, a mention before a cue of the same place. */
static int comes_before(const ent_semtok *a, const ent_semtok *b)
{
    return a->start != b->start ? a->start < b->start : a->end > b->end;
}

/* Puts a span where it belongs among those of its sentence: mostly at the end. */
static ent_status put(ent_semtok_list *l, uint32_t first, ent_semtok s, const ent_memory *mem)
{
    ent_status st = ent_grow(mem, (void **)&l->at, &l->cap, l->n + 1u, sizeof *l->at);
    if (st) return st;
    uint32_t k = l->n++;
    for (; k > first && comes_before(&s, &l->at[k - 1]); k--)
        l->at[k] = l->at[k - 1];
    l->at[k] = s;
    return ENT_OK;
}

/* What one pass over the document carries along. */
typedef struct finder {
    ent_doc *d;
    const ent_semtok_style *style;
    const ent_memory *mem;
    ent_semtok_list *out;
    uint32_t seen; /* entities met so far: they are numbered by first mention */
    uint32_t end;  /* of the group at work */
} finder;

/* Whether bytes of a sentence lie in what it says that somebody said. */
static int is_said(const ent_result *r, ent_sspan s)
{
    const ent_sattr *a = ent_result_attrs(r), *end = a + r->n_attrs;
    for (; a < end; a++)
        for (int i = 0; i < a->n_content; i++)
            if (s.start >= a->content[i].start && s.end <= a->content[i].end) return 1;
    return 0;
}

static ent_status mentions(finder *f, const ent_sent *s, uint32_t first)
{
    ent_status st = ENT_OK;
    for (uint32_t k = 0; k < s->result->n_mentions && !st; k++) {
        const ent_kmention *m = &s->result->mentions[k];
        ent_mention p;
        if (!ent_linker_public(f->d->linker, m, &p)) continue;
        ent_semtok t = {s->start + m->start, s->start + m->end, f->style->type[p.kind], 0, 0};
        if (p.entity != ENT_NONE && p.entity >= f->seen) {
            f->seen = p.entity + 1;
            t.mods = f->style->first;
        }
        if (is_said(s->result, (ent_sspan){m->start, m->end})) t.mods |= f->style->said;
        st = put(f->out, first, t, f->mem);
    }
    return st;
}

static ent_status cues(finder *f, const ent_sent *s, uint32_t first)
{
    ent_status st = ENT_OK;
    for (uint32_t k = 0; k < s->result->n_claims && !st; k++) {
        const ent_sclaim *c = &ent_result_claims(s->result)[k];
        int against = c->label == ENT_OPPOSES || c->flags & ENT_C_NEGATED;
        for (int i = 0; i < 2 && !st && ent_claim_shown(c); i++) {
            if (c->cue[i].start == c->cue[i].end) continue;
            ent_semtok t = {s->start + c->cue[i].start, s->start + c->cue[i].end,
                            (uint16_t)f->style->cue, 0, 0};
            if (against) t.mods |= f->style->against;
            if (is_said(s->result, c->cue[i])) t.mods |= f->style->said;
            st = put(f->out, first, t, f->mem);
        }
    }
    return st;
}

/* Marks where groups begin: behind the end of all before. */
static void mark_groups(finder *f, uint32_t first)
{
    for (uint32_t i = first; i < f->out->n; i++) {
        ent_semtok *t = &f->out->at[i];
        t->token = t->start >= f->end ? 0 : ENT_NONE;
        if (t->end > f->end) f->end = t->end;
    }
}

ent_status ent_semtok_find(ent_doc *d, const ent_semtok_style *style, const ent_memory *mem,
                           ent_semtok_list *out)
{
    finder f = {.d = d, .style = style, .mem = mem, .out = out};
    out->n = 0;
    ent_status st = ent_doc_link(d);
    for (uint32_t i = 0; i < d->n && !st; i++) {
        const ent_sent *s = &d->sents[i];
        uint32_t first = out->n;
        if (!s->result) continue;
        st = mentions(&f, s, first);
        if (!st && style->cue >= 0) st = cues(&f, s, first);
        mark_groups(&f, first);
    }
    return st;
}
