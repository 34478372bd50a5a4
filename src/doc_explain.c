/* doc_explain - why the name at a byte was taken for one, as lines of text for people. */
#include "doc.h"

#include <string.h>

/* Where the lines go, the sentence they speak of, and the line at work. */
typedef struct page {
    ent_line_fn line;
    void *ctx;
    const char *text;
    const ent_token *t;
    char buf[256];
    size_t n;
} page;

static const char *const TYPE_NAMES[] = {"person", "organisation", "place", "no name"};

/* Adds bytes to the line; what does not fit is left out. */
static void add_bytes(page *p, const char *s, size_t n)
{
    if (n > sizeof p->buf - p->n) n = sizeof p->buf - p->n;
    memcpy(p->buf + p->n, s, n);
    p->n += n;
}

static void add(page *p, const char *s)
{
    add_bytes(p, s, strlen(s));
}

/* A number with two decimals. */
static void add_number(page *p, double v)
{
    char digits[16];
    unsigned n = 0;
    if (v < 0) add(p, "-");
    uint32_t k = (uint32_t)((v < 0 ? -v : v) * 100 + 0.5);
    for (; n < 4 || k; k /= 10) {
        if (n == 2) digits[sizeof digits - ++n] = '.';
        digits[sizeof digits - ++n] = (char)('0' + k % 10);
    }
    add_bytes(p, digits + sizeof digits - n, n);
}

/* A token's text, not too long. */
static void add_word(page *p, uint32_t token)
{
    const ent_token *t = &p->t[token];
    size_t n = t->end - t->start;
    add_bytes(p, p->text + t->start, n < 64 ? n : 64);
}

static void end_line(page *p)
{
    p->line(p->ctx, p->buf, p->n);
    p->n = 0;
}

static void say_reasons(page *p, const ent_why *why, unsigned type)
{
    add(p, TYPE_NAMES[type]);
    add(p, " ");
    add_number(p, why->score / 65535.0);
    add(p, ", next likely: ");
    add(p, TYPE_NAMES[why->other]);
    add(p, " ");
    add_number(p, why->other_score / 65535.0);
    end_line(p);
    for (uint32_t i = 0; i < why->n; i++) {
        const ent_reason *r = &why->at[i];
        if (r->weight > 0) add(p, "+");
        add_number(p, (double)r->weight);
        add(p, "  ");
        add(p, r->feature);
        add(p, " (at \"");
        add_word(p, r->token);
        add(p, "\")");
        end_line(p);
    }
}

static void say_kinds(page *p, const ent_gaz_entry *e)
{
    static const char *const kinds[] = {"country",     "nationality",
                                        "people",      "seat of government",
                                        "place",       "organisation",
                                        "person",      "given name",
                                        "family name", "title",
                                        "group noun",  "organisation noun",
                                        "place noun",  "word of organisation names"};
    for (unsigned k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (!(e->kinds >> k & 1)) continue;
        add(p, ", ");
        add(p, kinds[k]);
    }
    if (e->flags & ENT_GF_WORD) add(p, ", also a common word");
}

/* What the lists say of phrases that meet the name. */
static void say_lists(page *p, const ent_gaz_hits *hits, const ent_name *name)
{
    for (uint32_t i = 0; i < hits->n; i++) {
        const ent_gaz_hit *h = &hits->at[i];
        if (h->first >= name->first + name->n || h->first + h->n <= name->first) continue;
        add(p, "listed: \"");
        add_word(p, h->first);
        if (h->n > 2) add(p, " ..");
        if (h->n > 1) add(p, " ");
        if (h->n > 1) add_word(p, h->first + h->n - 1);
        add(p, "\"");
        say_kinds(p, &h->e);
        end_line(p);
    }
}

/* The token that holds byte `at` of the sentence, as a name of its own; without tokens if none. */
static ent_name token_at(const ent_work *w, uint32_t at)
{
    for (uint32_t i = 0; i < w->tokens.n; i++)
        if (w->tokens.at[i].start <= at && at < w->tokens.at[i].end)
            return (ent_name){.first = i, .n = 1};
    return (ent_name){0};
}

/* The name that holds byte `at` of the sentence; its number of tokens is 0 when none does. */
static ent_name name_at(const ent_work *w, uint32_t at)
{
    for (uint32_t i = 0; i < w->names.n; i++) {
        const ent_name *nm = &w->names.at[i];
        uint32_t last = nm->first + nm->n - 1;
        if (w->tokens.at[nm->first].start <= at && at < w->tokens.at[last].end) return *nm;
    }
    return (ent_name){0};
}

ent_status ent_doc_explain(ent_doc *d, uint32_t at, ent_line_fn line, void *ctx)
{
    if (!d || !line || at >= d->len) return ENT_EARG;
    const ent_sent *s = &d->sents[ent_doc_index(d, at)];
    ent_work *w = &d->work;
    uint32_t n;
    const char *text = ent_text_at(d, s->start, s->len, &n);
    if (!text) return ENT_ENOMEM;
    if (s->flags & ENT_S_SKIP || !d->model->tagger) return ENT_OK;
    ent_status st = ent_tokenise(text, s->len, s->flags, &d->mem, &w->tokens);
    const ent_token *t = w->tokens.at;
    w->hits.n = 0;
    if (!st && d->model->gaz)
        st = ent_gaz_match(d->model->gaz, text, t, w->tokens.n, &d->mem, &w->hits);
    if (!st)
        st = ent_tag(d->model, text, t, w->tokens.n, &w->hits, s->flags, &d->mem, &w->tag,
                     &w->names);
    if (st) return st;
    page p = {.line = line, .ctx = ctx, .text = text, .t = t};
    ent_name name = name_at(w, at - s->start);
    if (!name.n) {
        name = token_at(w, at - s->start);
        if (name.n) say_lists(&p, &w->hits, &name);
        return ENT_OK;
    }
    ent_why why;
    st = ent_tag_why(d->model, text, t, w->tokens.n, &w->hits, s->flags, &d->mem, &w->tag, &name,
                     &why);
    if (st) return st;
    say_reasons(&p, &why, name.type);
    say_lists(&p, &w->hits, &name);
    return ENT_OK;
}
