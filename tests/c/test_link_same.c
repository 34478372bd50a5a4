/* test_link_same - linking after changes equals linking afresh, whatever changes: sentences made of
 * names that share words are inserted, replaced and deleted at random, several changes between two
 * updates; after each update every mention's public entity, kind and link must be what a new linker
 * gives. The seed is printed; another one can be given as argument, and a number of rounds. */
#include "link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SENTS = 60, MAX_BYTES = 400 };

static uint32_t seed = 12345;

static uint32_t below(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % n;
}

static const char *const names[] = {
    "Angela Merkel",
    "Merkel",
    "Chancellor Merkel",
    "the chancellor",
    "she",
    "her office",
    "Mr. Smith",
    "John Smith",
    "J. Smith",
    "Jane Smith",
    "Mrs. Smith",
    "Smith",
    "Volodymyr Zelenskyy",
    "Zelensky",
    "Zelenskiy",
    "President Zelensky",
    "the president",
    "he",
    "his aide",
    "him",
    "Moscow",
    "Russia",
    "the Kremlin",
    "Russian officials",
    "the officials",
    "they",
    "their",
    "NATO",
    "North Atlantic Treaty Organization",
    "the alliance",
    "it",
    "its members",
    "Security Council",
    "UN Security Council",
    "the council",
    "Georgia Meloni",
    "Georgia",
    "Washington",
    "George Washington",
    "the United States",
    "the country",
    "Defence Ministry",
    "the ministry",
    "European leaders",
    "Foreign Minister Sergei Lavrov",
    "Sergey Lavrov",
    "Lavrov",
    "I",
    "we",
    "our plan",
};
static const char *const verbs[] = {
    "met", "rejected", "said that",         "told", "visited", "warned",
    "and", "in",       "offered a deal to", "of"};

/* One to four names with words between them. */
static void make_sentence(char *out)
{
    uint32_t n = 1 + below(4);
    size_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        const char *name = names[below(sizeof names / sizeof *names)];
        const char *verb = verbs[below(sizeof verbs / sizeof *verbs)];
        at += (size_t)sprintf(out + at, "%s%s %s ",
                              i          ? ""
                              : below(2) ? "Then "
                                         : "Yesterday ",
                              name, verb);
    }
    sprintf(out + at, "today. ");
}

typedef struct page {
    const ent_model *model;
    char text[MAX_SENTS][MAX_BYTES];
    ent_sent sents[MAX_SENTS];
    uint32_t n, from, to, removed; /* since the last update */
    int resumed;
    ent_work work;
} page;

static const char *text_at(void *ctx, uint32_t start, uint32_t end)
{
    const page *p = ctx;
    (void)end;
    uint32_t i = 0;
    while (start >= p->sents[i].start + p->sents[i].len)
        i++;
    return p->text[i] + (start - p->sents[i].start);
}

static ent_result *analysed(page *p, uint32_t i)
{
    ent_result *r = NULL;
    const ent_sent *s = &p->sents[i];
    if (ent_analyse(p->model, p->text[i], s->len, s->flags, NULL, &p->work, &r)) abort();
    return r;
}

static void place(page *p)
{
    for (uint32_t i = 0, at = 0; i < p->n; at += p->sents[i++].len)
        p->sents[i].start = at;
}

/* Widens the changed range by a change at i of `out` old for `in` new sentences. */
static void note(page *p, uint32_t i, uint32_t out, uint32_t in)
{
    p->resumed = 0;
    if (p->from == ENT_NONE) {
        p->from = i;
        p->to = i + in;
        p->removed = out;
        return;
    }
    if (i < p->from) {
        p->removed += p->from - i;
        p->from = i;
    }
    if (i + out > p->to) {
        p->removed += i + out - p->to;
        p->to = i + out;
    }
    p->to = p->to - out + in;
}

static void change(page *p, ent_linker *l)
{
    uint32_t what = below(4), i = below(p->n + 1);
    int insert = what == 0 && p->n < MAX_SENTS, drop = what == 1 && p->n > 3 && i < p->n;
    if (!insert && i == p->n) return;
    if (!insert) {
        ent_linker_forget(l, &p->sents[i]);
        ent_result_free(p->sents[i].result, NULL);
    }
    uint32_t tail = p->n - i - !insert;
    if (insert || drop) {
        uint32_t to = insert ? i + 1 : i, from = insert ? i : i + 1;
        memmove(p->text[to], p->text[from], tail * sizeof *p->text);
        memmove(&p->sents[to], &p->sents[from], tail * sizeof *p->sents);
        p->n = insert ? p->n + 1 : p->n - 1;
    }
    note(p, i, !insert, !drop);
    if (!drop) {
        make_sentence(p->text[i]);
        p->sents[i] =
            (ent_sent){.len = (uint32_t)strlen(p->text[i]), .flags = below(4) ? 0 : ENT_S_PARA};
        p->sents[i].result = analysed(p, i);
    }
    place(p);
}

/* One update, or slices of one, perhaps not all of them: the rest come after more changes. */
static int update(page *p, ent_linker *l, int slices)
{
    int done = 0;
    while (!done) {
        ent_link_input in = {.model = p->model,
                             .sents = p->sents,
                             .n = p->n,
                             .changed_from = p->from,
                             .changed_to = p->to,
                             .removed = p->removed,
                             .work = slices ? 1 + below(60) : 0,
                             .resumed = p->resumed,
                             .text = text_at,
                             .ctx = p};
        if (p->from == ENT_NONE) in.changed_from = in.changed_to = in.removed = 0;
        if (ent_linker_update(l, &in, &done)) abort();
        p->from = done ? ENT_NONE : in.changed_from;
        p->to = in.changed_to;
        p->removed = in.removed;
        p->resumed = !done;
        if (slices && !below(4)) break;
    }
    return done;
}

static int differ(const ent_linker *a, const ent_kmention *x, const ent_linker *b,
                  const ent_kmention *y)
{
    ent_mention p = {0}, q = {0};
    int u = ent_linker_public(a, x, &p), v = ent_linker_public(b, y, &q);
    return u != v || (u && (p.entity != q.entity || p.kind != q.kind || p.score != q.score ||
                            x->link_reason != y->link_reason));
}

/* Compares with a fresh linker on fresh results; 0 when equal. */
static int compare(page *p, ent_linker *l)
{
    static page q;
    ent_work work = q.work;
    q = *p;
    q.work = work;
    ent_linker *fresh;
    if (ent_linker_new(NULL, &fresh)) abort();
    for (uint32_t i = 0; i < q.n; i++)
        q.sents[i].result = analysed(&q, i);
    update(&q, fresh, 0);
    int bad = ent_linker_count(l) != ent_linker_count(fresh);
    if (bad) printf("# %u entities, afresh %u\n", ent_linker_count(l), ent_linker_count(fresh));
    for (uint32_t i = 0; i < q.n && !bad; i++)
        for (uint32_t k = 0; q.sents[i].result && k < q.sents[i].result->n_mentions && !bad; k++) {
            const ent_kmention *x = &p->sents[i].result->mentions[k];
            if (!differ(l, x, fresh, &q.sents[i].result->mentions[k])) continue;
            const ent_kmention *y = &q.sents[i].result->mentions[k];
            printf("# sentence %u mention %u: %s\n# link %u reason %u score %u, afresh %u %u %u\n",
                   i, k, p->text[i], ent_linker_number(l, x->entity), x->link_reason, x->link_score,
                   ent_linker_number(fresh, y->entity), y->link_reason, y->link_score);
            bad = 1;
        }
    for (uint32_t id = 0; id < ent_linker_count(fresh) && !bad; id++) {
        ent_entity e, f;
        if (ent_linker_entity(l, id, &e) || ent_linker_entity(fresh, id, &f)) abort();
        bad = e.mentions != f.mentions || e.names != f.names || e.first.start != f.first.start ||
              e.first.end != f.first.end || e.name_len != f.name_len;
        if (bad) printf("# card %u\n", id);
    }
    for (uint32_t i = 0; i < q.n; i++)
        ent_result_free(q.sents[i].result, NULL);
    ent_linker_free(fresh);
    return bad;
}

static ent_model *open_model(const char *path, void **bytes)
{
    FILE *f = fopen(path, "rb");
    ent_model *m = NULL;
    if (!f) return NULL;
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    *bytes = malloc((size_t)n);
    if (*bytes && fread(*bytes, 1, (size_t)n, f) == (size_t)n)
        ent_model_open(*bytes, (size_t)n, NULL, &m);
    fclose(f);
    return m;
}

int main(int argc, char **argv)
{
    static page p;
    void *bytes = NULL;
    uint32_t rounds = argc > 2 ? (uint32_t)atoi(argv[2]) : 3000;
    if (argc > 1) seed = (uint32_t)atoi(argv[1]);
    printf("# seed %u\n", seed);
    p.model = open_model("model/entente.model", &bytes);
    if (!p.model) {
        printf("ok - skipped: no model\n");
        return 0;
    }
    p.from = ENT_NONE;
    ent_linker *l;
    if (ent_linker_new(NULL, &l)) abort();
    int bad = 0;
    for (uint32_t r = 0; r < rounds && !bad; r++) {
        for (uint32_t k = 1 + below(3); k > 0; k--)
            change(&p, l);
        if (update(&p, l, below(2))) bad = compare(&p, l);
        if (bad) printf("# round %u\n", r);
    }
    printf("%s - linking after %u changes equals linking afresh\n", bad ? "not ok" : "ok", rounds);
    for (uint32_t i = 0; i < p.n; i++)
        ent_result_free(p.sents[i].result, NULL);
    ent_work_free(&p.work, NULL);
    ent_linker_free(l);
    ent_model_close((ent_model *)p.model);
    free(bytes);
    return bad;
}
