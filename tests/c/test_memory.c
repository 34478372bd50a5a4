/* memory: the 1st, 2nd, 3rd ... allocation fails until the job succeeds; after each failure the
 * document is as it was, and in the end every byte was given back with its right size. */
#include "docs.h"

typedef struct counter {
    long left;   /* allocations until one fails; negative: none does */
    size_t live; /* bytes not given back */
    int wrong;   /* a block came back with another size */
} counter;

/* Each block starts with its size. */
static void *counted(void *ctx, void *p, size_t old, size_t size)
{
    counter *c = ctx;
    char *block = p ? (char *)p - 16 : NULL;
    if (block && *(size_t *)(void *)block != old) c->wrong++;
    if (size == 0) {
        c->live -= old;
        free(block);
        return NULL;
    }
    if (c->left == 0) return NULL;
    if (c->left > 0) c->left--;
    block = realloc(block, size + 16);
    if (!block) return NULL;
    *(size_t *)(void *)block = size;
    c->live += size - (p ? old : 0);
    return block + 16;
}

/* One question of each kind. */
static ent_status ask(ent_doc *d, int which)
{
    const ent_mention *m;
    const ent_stance *s;
    const ent_attribution *a;
    size_t n;
    uint32_t id;
    switch (which) {
    case 0:
        return ent_doc_mentions(d, (ent_span){0, ent_doc_length(d)}, &m, &n);
    case 1:
        return ent_doc_entities(d, &n);
    case 2:
        return ent_doc_stances(d, &s, &n);
    case 3:
        return ent_doc_attributions(d, &a, &n);
    case 4:
        return ent_doc_find(d, "Putin", 5, &id);
    default:
        return ent_doc_advance(d, 0, NULL);
    }
}

/* Repeats one call with ever later failures; each failure must leave the text alone. */
static int until_ok(counter *c, ent_doc *d, int which, const char *add, const char *text)
{
    for (long k = 0; k < 5000; k++) {
        c->left = k;
        ent_status st = add ? ent_doc_edit(d, 3, 2, add, (uint32_t)strlen(add)) : ask(d, which);
        c->left = -1;
        if (st == ENT_OK) return 1;
        if (st != ENT_ENOMEM || !docs_text_is(d, text, (uint32_t)strlen(text))) return 0;
    }
    return 0;
}

static ent_doc *made(counter *c, const ent_model *m, const ent_memory *mem, const char *text)
{
    ent_doc *d = NULL;
    for (long k = 0; k < 5000 && !d; k++) {
        c->left = k;
        size_t live = c->live;
        if (ent_doc_new(m, text, strlen(text), mem, &d) == ENT_ENOMEM && c->live != live) break;
    }
    c->left = -1;
    return d;
}

/* After failures at every place the document answers as one that never met any. */
static int whole_job(const ent_model *m, counter *c, const char *before, const char *add,
                     const char *after)
{
    ent_memory mem = {counted, c};
    ent_doc *d = made(c, m, &mem, before), *fresh = NULL;
    int good = d != NULL;
    for (int q = 0; q < 6 && good; q++)
        good = until_ok(c, d, q, NULL, before);
    good = good && until_ok(c, d, 0, add, before);
    for (int q = 5; q >= 0 && good; q--)
        good = until_ok(c, d, q, NULL, after);
    good =
        good && ent_doc_new(m, after, strlen(after), NULL, &fresh) == ENT_OK && docs_same(d, fresh);
    ent_doc_free(fresh);
    ent_doc_free(d);
    return good;
}

int main(void)
{
    docs_held held;
    const ent_model *m = docs_open(&held);
    counter c = {.left = -1};
    static char before[20000], add[20000], after[40000];
    uint64_t seed = tap_setting("SEED", 11);
    printf("# seed %llu\n", (unsigned long long)seed);
    before[docs_prose(before, 6000, &seed)] = 0;
    add[docs_prose(add, 9000, &seed)] = 0;
    snprintf(after, sizeof after, "%.3s%s%s", before, add, before + 5);
    tap_ok(whole_job(m, &c, before, add, after), "every failed allocation leaves all as it was");
    tap_ok(whole_job(m, &c, "Ab. Putin.", "x", "Ab.xutin."), "a short text too");
    tap_ok(c.live == 0, "all memory is given back");
    tap_ok(c.wrong == 0, "with its right size");
    docs_close(&held);
    return tap_done();
}
