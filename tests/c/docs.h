/* docs - what tests of documents share: a model, made-up text, comparing two documents. */
#ifndef ENT_DOCS_H
#define ENT_DOCS_H

#include "doc.h"
#include "tap.h"

#include <string.h>

/* A model and the bytes it lies on. */
typedef struct docs_held {
    ent_model *m;
    void *bytes;
    ent_model empty;
} docs_held;

static inline void docs_close(docs_held *h)
{
    if (h->m != &h->empty) ent_model_close(h->m);
    free(h->bytes);
}

/* The packed model when it is there, else one without sections: documents work with either. */
static inline const ent_model *docs_open(docs_held *h)
{
    FILE *f = fopen("model/entente.model", "rb");
    *h = (docs_held){0};
    if (f && fseek(f, 0, SEEK_END) == 0) {
        long size = ftell(f);
        rewind(f);
        h->bytes = malloc(size > 0 ? (size_t)size : 1);
        if (h->bytes && fread(h->bytes, 1, (size_t)size, f) == (size_t)size &&
            ent_model_open(h->bytes, (size_t)size, NULL, &h->m) != ENT_OK)
            h->m = NULL;
    }
    if (f) fclose(f);
    if (!h->m) h->m = &h->empty;
    return h->m;
}

/* Text of sentences, names and blocks: n bytes or a little less. */
static inline uint32_t docs_prose(char *out, uint32_t n, uint64_t *seed)
{
    static const char *const bits[] = {"Angela Merkel",
                                       "Vladimir Putin",
                                       "the United States",
                                       "Russia",
                                       "Ukraine",
                                       "NATO",
                                       "European leaders",
                                       "the president",
                                       "he",
                                       "they",
                                       "Moscow",
                                       "the deal",
                                       " said that ",
                                       " rejected ",
                                       " demanded ",
                                       " met ",
                                       " proposed ",
                                       " and ",
                                       " in ",
                                       ", who ",
                                       "a ceasefire",
                                       "security guarantees",
                                       "the plan",
                                       "its troops",
                                       "talks on Monday",
                                       "\xE2\x80\x9CWe will not go,\xE2\x80\x9D he said",
                                       "Gen. Mark Milley",
                                       "the U.S. Congress"};
    static const char *const ends[] = {". ", ". ", ". ", ".\n", ".\n\n", "? ", ".\n\n"};
    uint32_t at = 0;
    while (at + 400 < n) {
        for (uint32_t k = 3 + tap_below(seed, 6); k; k--) {
            const char *b = bits[tap_below(seed, sizeof bits / sizeof *bits)];
            memcpy(out + at, b, strlen(b));
            at += (uint32_t)strlen(b);
            if (k > 1) out[at++] = ' ';
        }
        const char *e = ends[tap_below(seed, sizeof ends / sizeof *ends)];
        memcpy(out + at, e, strlen(e));
        at += (uint32_t)strlen(e);
    }
    return at;
}

/* The sentence tables say the same. */
static inline int docs_same_sentences(const ent_doc *a, const ent_doc *b)
{
    if (a->len != b->len || a->n != b->n) return 0;
    for (uint32_t i = 0; i < a->n; i++) {
        const ent_sent *x = &a->sents[i], *y = &b->sents[i];
        if (x->start != y->start || x->len != y->len || x->flags != y->flags) return 0;
        if (x->state.block != y->state.block || x->state.quote != y->state.quote ||
            x->state.fence != y->state.fence)
            return 0;
    }
    return 1;
}

static inline int docs_same_entity(ent_doc *a, ent_doc *b, uint32_t id)
{
    ent_entity x, y;
    if (ent_doc_entity(a, id, &x) || ent_doc_entity(b, id, &y)) return 0;
    return x.kind == y.kind && memcmp(x.iso, y.iso, 3) == 0 && x.mentions == y.mentions &&
           x.names == y.names && x.first.start == y.first.start && x.first.end == y.first.end &&
           x.name_len == y.name_len && memcmp(x.name, y.name, x.name_len) == 0;
}

/* The same mentions of an entity. */
static inline int docs_same_refs(ent_doc *a, ent_doc *b, uint32_t id)
{
    const ent_mention *x, *y;
    size_t n, k;
    if (ent_doc_refs(a, id, &x, &n) || ent_doc_refs(b, id, &y, &k) || n != k || n == 0) return 0;
    for (size_t i = 0; i < n; i++)
        if (x[i].start != y[i].start || x[i].entity != id || y[i].entity != id) return 0;
    return 1;
}

static inline int docs_same_mentions(ent_doc *a, ent_doc *b)
{
    const ent_mention *x, *y;
    size_t n, k;
    if (ent_doc_entities(a, &n) || ent_doc_entities(b, &k) || n != k) return 0;
    for (uint32_t i = 0; i < n; i++)
        if (!docs_same_entity(a, b, i) || !docs_same_refs(a, b, i)) return 0;
    ent_span all = {0, a->len};
    if (ent_doc_mentions(a, all, &x, &n) || ent_doc_mentions(b, all, &y, &k) || n != k) return 0;
    for (size_t i = 0; i < n; i++)
        if (x[i].start != y[i].start || x[i].end != y[i].end || x[i].entity != y[i].entity ||
            x[i].kind != y[i].kind || x[i].form != y[i].form || x[i].score < y[i].score ||
            x[i].score > y[i].score)
            return 0;
    return 1;
}

static inline int docs_same_claims(ent_doc *a, ent_doc *b)
{
    const ent_stance *x, *y;
    const ent_attribution *v, *w;
    size_t n, k;
    size_t within = 0;
    ent_span all = {0, ent_doc_length(a)};
    if (ent_doc_stances(a, &x, &n) || ent_doc_stances_in(a, all, &x, &within)) return 0;
    if (ent_doc_stances(b, &y, &k) || n != k || within != n) return 0;
    for (size_t i = 0; i < n; i++)
        if (x[i].actor != y[i].actor || x[i].proposal != y[i].proposal ||
            x[i].target != y[i].target || x[i].by != y[i].by || x[i].label != y[i].label ||
            x[i].negated != y[i].negated || x[i].cue[0].start != y[i].cue[0].start ||
            x[i].sentence.start != y[i].sentence.start)
            return 0;
    if (ent_doc_attributions(a, &v, &n) || ent_doc_attributions(b, &w, &k) || n != k) return 0;
    for (size_t i = 0; i < n; i++)
        if (v[i].entity != w[i].entity || v[i].cue.start != w[i].cue.start ||
            v[i].source.start != w[i].source.start || v[i].n_content != w[i].n_content)
            return 0;
    return 1;
}

static inline int docs_same(ent_doc *a, ent_doc *b)
{
    return docs_same_sentences(a, b) && docs_same_mentions(a, b) && docs_same_claims(a, b);
}

/* The document's text is these bytes. */
static inline int docs_text_is(const ent_doc *d, const char *text, uint32_t n)
{
    if (ent_doc_length(d) != n) return 0;
    char *copy = malloc(n ? n : 1);
    int good = ent_doc_copy(d, (ent_span){0, n}, copy) == ENT_OK && memcmp(copy, text, n) == 0;
    free(copy);
    return good;
}

#endif
