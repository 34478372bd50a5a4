/* user: corrections when memory is short, patterns made to hang, and what follows an edit under
 * corrections: after each the document equals one made afresh. */
#include "docs.h"

#include <time.h>

typedef struct counter {
    long left;   /* allocations until one fails; negative: none does */
    size_t live; /* bytes not given back */
} counter;

static void *counted(void *ctx, void *p, size_t old, size_t size)
{
    counter *c = ctx;
    if (size == 0) {
        c->live -= p ? old : 0;
        free(p);
        return NULL;
    }
    if (c->left == 0) return NULL;
    if (c->left > 0) c->left--;
    void *q = realloc(p, size);
    if (q) c->live += size - (p ? old : 0);
    return q;
}

static ent_user_rule rule(ent_user_op op, unsigned kind, const char *name, const char *to,
                          const char *context)
{
    return (ent_user_rule){.op = op,
                           .kind = kind,
                           .name = name,
                           .to = to,
                           .context = context,
                           .name_len = strlen(name),
                           .to_len = to ? strlen(to) : 0,
                           .context_len = context ? strlen(context) : 0};
}

enum { RULES = 10 };

/* Rule number i of all kinds there are. */
static ent_user_rule rule_at(int i)
{
    const ent_user_rule all[RULES] = {
        rule(ENT_USER_MARK, ENT_ORGANISATION, "Plan Group", "The Planners", NULL),
        rule(ENT_USER_ALIAS, ENT_KINDS, "Group of Planners", "The Planners", NULL),
        rule(ENT_USER_IGNORE, ENT_KINDS, "Moscow", NULL, "began in _"),
        rule(ENT_USER_SPLIT, ENT_KINDS, "Merkel", NULL, NULL),
        rule(ENT_USER_RENAME, ENT_KINDS, "U.S.", "America First", NULL),
        rule(ENT_USER_PATTERN, ENT_ORGANISATION, "=Operation C+", NULL, NULL),
        rule(ENT_USER_PATTERN, ENT_KINDS, "a =nods =at p", "accepts", NULL),
        rule(ENT_USER_NOUN, ENT_KINDS, "roadmap", NULL, NULL),
        rule(ENT_USER_CUE, ENT_KINDS, "pooh-poohs", "opposes o s", NULL),
        rule(ENT_USER_MARK, ENT_PERSON, "Deep Throat", NULL, "said _")};
    return all[i];
}

static const char text[] =
    "Angela Merkel met the Plan Group in Moscow. Merkel left. The Plan Group "
    "agreed. Operation Iron Wall began in Moscow. The U.S. spoke.";

/* Adds a rule with ever later failures; a failed one changes nothing that can be seen later. */
static int add_until_ok(counter *c, ent_user *u, const ent_user_rule *r)
{
    for (long k = 0; k < 2000; k++) {
        c->left = k;
        ent_status st = ent_user_add(u, r);
        c->left = -1;
        if (st == ENT_OK) return 1;
        if (st != ENT_ENOMEM) return 0;
    }
    return 0;
}

static ent_user *made(counter *c, const ent_model *m, const ent_memory *mem)
{
    ent_user *u = NULL;
    for (long k = 0; k < 2000 && !u; k++) {
        c->left = k;
        if (ent_user_new(m, mem, &u) && c->live) return NULL;
    }
    c->left = -1;
    return u;
}

static int set_until_ok(counter *c, ent_doc *d, const ent_user *u)
{
    size_t n;
    for (long k = 0; k < 5000; k++) {
        c->left = k;
        ent_status st = ent_doc_set_user(d, u);
        if (!st) st = ent_doc_entities(d, &n);
        c->left = -1;
        if (st == ENT_OK) return 1;
        if (st != ENT_ENOMEM) return 0;
    }
    return 0;
}

/* Corrections made and laid over with failures everywhere answer as those that never met any. */
static void short_of_memory(const ent_model *m)
{
    counter c = {.left = -1};
    ent_memory mem = {counted, &c};
    ent_user *u = made(&c, m, &mem), *whole = NULL;
    ent_doc *d = NULL, *fresh = NULL;
    int good = u && ent_user_new(m, NULL, &whole) == ENT_OK &&
               ent_doc_new(m, text, sizeof text - 1, &mem, &d) == ENT_OK &&
               ent_doc_new(m, text, sizeof text - 1, NULL, &fresh) == ENT_OK;
    for (int i = 0; i < RULES && good; i++) {
        ent_user_rule r = rule_at(i);
        good = add_until_ok(&c, u, &r) && ent_user_add(whole, &r) == ENT_OK;
    }
    tap_ok(good, "rules are added when memory comes back");
    good = good && set_until_ok(&c, d, u) && ent_doc_set_user(fresh, whole) == ENT_OK;
    tap_ok(good && docs_same(d, fresh), "and laid over as if it had always been there");
    good = good && set_until_ok(&c, d, NULL) && ent_doc_set_user(fresh, NULL) == ENT_OK;
    tap_ok(good && docs_same(d, fresh), "and taken back");
    ent_doc_free(d);
    ent_doc_free(fresh);
    ent_user_free(u);
    ent_user_free(whole);
    tap_ok(c.live == 0, "all memory is given back");
}

/* Seconds to analyse a text under rules. */
static double cost(const ent_model *m, const ent_user *u, const char *s, uint32_t n)
{
    ent_doc *d = NULL;
    size_t entities;
    clock_t from = clock();
    if (ent_doc_new(m, s, n, NULL, &d) || ent_doc_set_user(d, u) || ent_doc_entities(d, &entities))
        return 1e9;
    ent_doc_free(d);
    return (double)(clock() - from) / CLOCKS_PER_SEC;
}

/* The worst that rules can ask: as many patterns as there may be, each of repeated classes that
 * all words fit until the last. */
static void hanging(const ent_model *m)
{
    enum { SIZE = 65536 };
    static char s[SIZE + 8];
    ent_user *u;
    if (ent_user_new(m, NULL, &u)) return;
    for (uint32_t n = 0; n < SIZE; n += 3)
        memcpy(s + n, "Ab ", 3);
    double plain = cost(m, NULL, s, SIZE);
    int good = 1;
    for (int i = 0; i < 64 && good; i++) {
        char p[80];
        snprintf(p, sizeof p, "A+ C+ A+ C+ A+ C+ A+ C+ A+ C+ =x%d", i);
        ent_user_rule r = rule(ENT_USER_PATTERN, ENT_PERSON, p, NULL, NULL);
        good = ent_user_add(u, &r) == ENT_OK;
    }
    for (int i = 0; i < 64 && good; i++) {
        char p[80];
        snprintf(p, sizeof p, "A+ C+ =ab a =ab p =ab %s", i % 2 ? "A" : "C");
        ent_user_rule r = rule(ENT_USER_PATTERN, ENT_KINDS, p, "accepts", NULL);
        r.to_len = 7;
        good = ent_user_add(u, &r) == ENT_OK;
    }
    tap_ok(good, "as many patterns as there may be");
    double slow = cost(m, u, s, SIZE);
    printf("# %.0f ms without, %.0f ms with patterns made to hang\n", plain * 1e3, slow * 1e3);
    tap_ok(slow < plain * 20 + 1.0, "patterns cannot hang");
    ent_user_free(u);
}

/* Is a document as one made now of its text, under the same corrections? */
static int as_afresh(ent_doc *d, const ent_user *u)
{
    ent_doc *fresh = NULL;
    uint32_t n = ent_doc_length(d), k;
    const char *all = ent_text_at(d, 0, n, &k);
    int good = all && ent_doc_new(d->model, all, n, NULL, &fresh) == ENT_OK &&
               ent_doc_set_user(fresh, u) == ENT_OK && docs_same(d, fresh);
    ent_doc_free(fresh);
    return good;
}

/* Random edits under corrections, in slices or at once. */
static void edits(const ent_model *m)
{
    static char s[4096];
    uint64_t seed = tap_setting("SEED", 20261124);
    uint64_t most = tap_setting("EDITS", 150);
    printf("# SEED=%llu, %llu edits\n", (unsigned long long)seed, (unsigned long long)most);
    ent_user *u = NULL;
    ent_doc *d = NULL;
    uint32_t n = docs_prose(s, 2500, &seed);
    int good = ent_user_new(m, NULL, &u) == ENT_OK && ent_doc_new(m, s, n, NULL, &d) == ENT_OK;
    for (int i = 0; i < RULES && good; i++) {
        ent_user_rule r = rule_at(i);
        good = ent_user_add(u, &r) == ENT_OK;
    }
    good = good && ent_doc_set_user(d, u) == ENT_OK;
    static const char *const bits[] = {"Plan Group ",          "Moscow", ". ", "Merkel", "U.S. ",
                                       "Operation Iron Wall ", "\n\n",   "x"};
    for (uint64_t i = 0; i < most && good; i++) {
        const char *add = bits[tap_below(&seed, sizeof bits / sizeof *bits)];
        uint32_t len = ent_doc_length(d), at = tap_below(&seed, len + 1);
        uint32_t removed =
            tap_below(&seed, 2) ? tap_below(&seed, len - at < 9 ? len - at + 1 : 9) : 0;
        int done;
        good = ent_doc_edit(d, at, removed, add, (uint32_t)strlen(add)) == ENT_OK &&
               ent_doc_advance(d, 1 + tap_below(&seed, 600), &done) == ENT_OK;
        if (!good || i % 3) continue;
        good = as_afresh(d, u);
    }
    tap_ok(good, "edits under corrections: as made afresh each time");
    ent_doc_free(d);
    ent_user_free(u);
}

int main(void)
{
    docs_held h;
    const ent_model *m = docs_open(&h);
    short_of_memory(m);
    hanging(m);
    edits(m);
    docs_close(&h);
    return tap_done();
}
