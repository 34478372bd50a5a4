/* claim: what must be found is marked inside the sentences themselves; ill-meant sentences cost
 * linear time and stay inside their limits; a failing allocation leaves everything valid.
 *
 * Marks: <a actor> <p proposal> <t addressee> <LABEL cue>; a sentence without marks gives no
 * stance. Marks of one kind do not nest, but an actor may stand inside a proposal.
 */
#include "analyse.h"
#include "claim_sink.h"
#include "docs.h"
#include "sent.h"

#include <stdarg.h>
#include <time.h>

enum { ROOM = 1 << 16, MARKS = 16 };

typedef struct marks {
    char text[ROOM];
    uint32_t n;
    ent_span a[MARKS], p[MARKS], t[MARKS], cue;
    unsigned na, np, nt;
    int label;
} marks;

/* tap_ok with a name made as printf does. */
static void check(int good, const char *format, ...)
{
    char name[400];
    va_list ap;
    va_start(ap, format);
    vsnprintf(name, sizeof name, format, ap);
    va_end(ap);
    tap_ok(good, name);
}

static int label_of(const char *s, size_t n)
{
    for (unsigned i = 0; i < ENT_STANCES; i++)
        if (strlen(ent_stance_name(i)) == n && !memcmp(s, ent_stance_name(i), n)) return (int)i;
    return -1;
}

/* Reads one mark's word; where it is put when the mark ends. */
static ent_span *place(marks *m, const char *word, size_t n)
{
    if (n == 1 && *word == 'a') return &m->a[m->na++];
    if (n == 1 && *word == 'p') return &m->p[m->np++];
    if (n == 1 && *word == 't') return &m->t[m->nt++];
    m->label = label_of(word, n);
    return &m->cue;
}

static void read_marks(const char *s, marks *m)
{
    ent_span *open[MARKS];
    unsigned depth = 0;
    *m = (marks){.label = -1};
    while (*s) {
        if (*s == '<') {
            size_t n = strcspn(s + 1, " ");
            open[depth] = place(m, s + 1, n);
            open[depth++]->start = m->n;
            s += n + 2;
        } else if (*s == '>') {
            open[--depth]->end = m->n;
            s++;
        } else
            m->text[m->n++] = *s++;
    }
}

static ent_work work;

static ent_result *analyse(const ent_model *m, const char *s, uint32_t n, const ent_memory *mem)
{
    ent_result *r = NULL;
    return ent_analyse(m, s, n, ENT_S_PARA, mem, &work, &r) ? NULL : r;
}

static int is_span(const ent_result *r, int16_t i, ent_span want)
{
    return i >= 0 && (uint32_t)i < r->n_mentions && r->mentions[i].start == want.start &&
           r->mentions[i].end == want.end;
}

/* Whether a claim of this label has this actor, proposal and, unless NULL, addressee. */
static int has(const ent_result *r, const marks *m, ent_span a, ent_span p, const ent_span *t)
{
    for (uint32_t i = 0; r && i < r->n_claims; i++) {
        const ent_sclaim *c = &ent_result_claims(r)[i];
        if (c->label != m->label || !is_span(r, c->actor, a) || !is_span(r, c->proposal, p))
            continue;
        if (t && !is_span(r, c->target, *t)) continue;
        if (c->cue[0].start < m->cue.end && m->cue.start < c->cue[0].end) return 1;
    }
    return 0;
}

static void show(const char *s, const ent_result *r)
{
    for (uint32_t i = 0; r && i < r->n_claims; i++) {
        const ent_sclaim *c = &ent_result_claims(r)[i];
        const ent_kmention *a = c->actor >= 0 ? &r->mentions[c->actor] : NULL;
        const ent_kmention *p = c->proposal >= 0 ? &r->mentions[c->proposal] : NULL;
        printf("#   %s: %.*s | %.*s | %.*s\n", ent_stance_name(c->label),
               a ? (int)(a->end - a->start) : 0, a ? s + a->start : s,
               (int)(c->cue[0].end - c->cue[0].start), s + c->cue[0].start,
               p ? (int)(p->end - p->start) : 0, p ? s + p->start : s);
    }
}

static void check_sentence(const ent_model *model, const char *sentence)
{
    static marks m;
    read_marks(sentence, &m);
    ent_result *r = analyse(model, m.text, m.n, NULL);
    int good = m.na > 0 || !r || r->n_claims == 0;
    for (unsigned a = 0; a < m.na; a++)
        for (unsigned p = 0; p < m.np; p++) {
            if (!m.nt) good &= has(r, &m, m.a[a], m.p[p], NULL);
            for (unsigned t = 0; t < m.nt; t++)
                good &= has(r, &m, m.a[a], m.p[p], &m.t[t]);
        }
    check(good, "%s", sentence);
    if (!good) show(m.text, r);
    ent_result_free(r, NULL);
}

static const char *const sentences[] = {
#include "claim_cases.h"
};

/* ---- conditions, sources ------------------------------------------------------------------- */

static int is_text(const char *s, ent_sspan got, const char *want)
{
    return (size_t)(got.end - got.start) == strlen(want) &&
           !memcmp(s + got.start, want, strlen(want));
}

/* The first stance of the sentence stands under this condition ("" none). */
static void check_condition(const ent_model *model, const char *s, const char *want)
{
    ent_result *r = analyse(model, s, (uint32_t)strlen(s), NULL);
    check(r && r->n_claims && is_text(s, ent_result_claims(r)->condition, want), "%s: %s", want, s);
    ent_result_free(r, NULL);
}

/* Who says it, by which words, and what is said. */
static void check_source(const ent_model *model, const char *s, const char *source, const char *cue,
                         const char *content)
{
    ent_result *r = analyse(model, s, (uint32_t)strlen(s), NULL);
    int good = 0;
    for (uint32_t i = 0; r && i < r->n_attrs; i++) {
        const ent_sattr *a = &ent_result_attrs(r)[i];
        good |= is_text(s, a->source_span, source) && is_text(s, a->cue, cue) && a->n_content &&
                is_text(s, a->content[0], content);
    }
    check(good, "%s %s: %s", source, cue, s);
    ent_result_free(r, NULL);
}

static void check_no_source(const ent_model *model, const char *s)
{
    ent_result *r = analyse(model, s, (uint32_t)strlen(s), NULL);
    check(r && !r->n_attrs, "nobody says: %s", s);
    ent_result_free(r, NULL);
}

static void check_around(const ent_model *m)
{
    check_condition(m, "Iraq will sign the deal only if Iran withdraws its troops.",
                    "only if Iran withdraws its troops");
    check_condition(m, "Peru rejected the plan unless Chile pays compensation.",
                    "unless Chile pays compensation");
    check_condition(m, "Russia demanded full control as a condition for ending the war.",
                    "as a condition for ending the war");
    check_condition(m, "Israel signed the truce on condition that Hamas disarms.",
                    "on condition that Hamas disarms");
    check_condition(m, "Peru rejected the plan until Chile pays.", "until Chile pays");
    check_condition(m, "Peru rejected the plan.", "");
    check_source(m, "Angela Merkel said the plan was dead.", "Angela Merkel", "said",
                 "the plan was dead");
    check_source(m, "\"The plan is dead,\" said Angela Merkel.", "Angela Merkel", "said",
                 "\"The plan is dead,\"");
    check_source(m, "According to Reuters, France rejected the draft.", "Reuters", "According to",
                 "France rejected the draft");
    check_source(m, "The deal, first reported by Reuters, is dead.", "Reuters", "reported",
                 "The deal");
    check_source(m, "Angela Merkel's claim that the plan was dead surprised Paris.",
                 "Angela Merkel", "claim", "the plan was dead surprised Paris");
    check_source(m, "Said Angela Merkel: \"The plan is dead.\"", "Angela Merkel", "Said",
                 "\"The plan is dead.\"");
    check_source(m, "Angela Merkel mocked the plan, saying anybody could write it.",
                 "Angela Merkel", "saying", "anybody could write it");
    check_source(m, "France backed the Saudi government, which said the plan was dead.",
                 "the Saudi government, which", "said", "the plan was dead");
    check_no_source(m, "Angela Merkel left Berlin to say that the plan was dead.");
}

/* ---- numbers stay inside ------------------------------------------------------------------- */

static int number_fits(const ent_result *r, int16_t i)
{
    return i >= ENT_C_PREVIOUS && i < (int)r->n_mentions;
}

static int sound(const ent_result *r, uint32_t len)
{
    for (uint32_t i = 0; i < r->n_mentions; i++) {
        const ent_kmention *m = &r->mentions[i];
        if (m->start >= m->end || m->end > len) return 0;
        if (i && (m->start < m[-1].start || (m->start == m[-1].start && m->end > m[-1].end)))
            return 0;
        if (m->partner != ENT_NO_PARTNER && m->partner >= r->n_mentions) return 0;
    }
    for (uint32_t i = 0; i < r->n_claims; i++) {
        const ent_sclaim *c = &ent_result_claims(r)[i];
        if (!number_fits(r, c->actor) || !number_fits(r, c->proposal) ||
            !number_fits(r, c->target) || !number_fits(r, c->by) || c->label >= ENT_STANCES)
            return 0;
        if (c->cue[0].start >= c->cue[0].end || c->cue[0].end > len || c->condition.end > len)
            return 0;
        if (c->proposal >= 0 && r->mentions[c->proposal].kind != ENT_PROPOSAL) return 0;
    }
    for (uint32_t i = 0; i < r->n_attrs; i++) {
        const ent_sattr *a = &ent_result_attrs(r)[i];
        if (a->cue.start >= a->cue.end || a->cue.end > len || a->n_content > 2) return 0;
        for (unsigned k = 0; k < a->n_content; k++)
            if (a->content[k].start >= a->content[k].end || a->content[k].end > len) return 0;
    }
    return 1;
}

/* ---- ill-meant sentences ------------------------------------------------------------------- */

static uint32_t repeat(char *out, uint32_t room, const char *bit)
{
    uint32_t n = 0, len = (uint32_t)strlen(bit);
    while (n + len < room) {
        memcpy(out + n, bit, len);
        n += len;
    }
    return n;
}

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* The longest sentence of such bits, and one a quarter as long: the time per byte must not grow. */
static void check_hostile(const ent_model *model, const char *bit)
{
    static char s[ENT_MAX_SENT];
    double took[2];
    int good = 1;
    for (int k = 0; k < 2; k++) {
        uint32_t n = repeat(s, k ? ENT_MAX_SENT : ENT_MAX_SENT / 4, bit);
        int rounds = k ? 25 : 100;
        double from = seconds();
        for (int i = 0; i < rounds; i++) {
            ent_result *r = analyse(model, s, n, NULL);
            good &= !r || sound(r, n);
            ent_result_free(r, NULL);
        }
        took[k] = seconds() - from;
    }
    check(good && took[1] < 4 * took[0] + 0.05, "linear and sound: %s(%.3f s, then %.3f s)", bit,
          took[0], took[1]);
}

static const char *const hostile[] = {
    "the plan of the plan of ",
    "demand reject propose support accept oppose discuss threaten ",
    "Russia rejected the plan and ",
    "Russia said that France said that ",
    "which Russia, which France, ",
    "Russia, the country, a state, ",
    "\xE2\x80\x9C'\"",
    "if unless until while ",
    "to to agree to to ",
    "(Russia (France ",
    "call for call on call ",
    "ruled that this it the plan ",
    "deal, deal and deal, ",
    "will will not will ",
    "Russia France China Iran Iraq ",
    "not not not ",
    "urged France to urge Russia to urge ",
    "the talks between Russia and ",
};

/* Random strings of words that matter: nothing may be out of place. */
static void check_random(const ent_model *model)
{
    static const char *const words[] = {
        "Russia", "France's", "the",     "plan",    "rejected", "to",    "withdraw", ",",
        "and",    "that",     "which",   "said",    "will",     "not",   "it",       "its",
        "deal",   "\"",       "demands", "if",      "by",       "for",   "on",       "a",
        "talks",  "with",     ".",       "has",     "been",     "urged", "he",       "ready",
        "(",      ")",        "support", "between", "-"};
    char s[2000];
    uint64_t seed = 7;
    int good = 1;
    for (int round = 0; round < 4000 && good; round++) {
        uint32_t n = 0;
        for (int k = 0; k < 60; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            const char *w = words[(seed >> 33) % (sizeof words / sizeof *words)];
            n += (uint32_t)snprintf(s + n, sizeof s - n, "%s%s", k ? " " : "", w);
        }
        ent_result *r = analyse(model, s, n, NULL);
        good = !r || sound(r, n);
        ent_result_free(r, NULL);
    }
    tap_ok(good, "4000 random strings of words: every number stays inside");
}

/* ---- memory -------------------------------------------------------------------------------- */

typedef struct budget {
    long left, held;
} budget;

static void *counted(void *ctx, void *p, size_t old, size_t size)
{
    budget *b = ctx;
    if (size && b->left-- == 0) return NULL;
    if (!size) {
        if (p) b->held -= (long)old;
        free(p);
        return NULL;
    }
    void *q = realloc(p, size);
    if (q) b->held += (long)size - (p ? (long)old : 0);
    return q;
}

/* Fails the first allocation, then the second, ... until the job is done; gives all back. */
static void check_memory(const ent_model *model)
{
    static const char text[] = "France and Italy said on Monday that Russia must accept the peace "
                               "plan, and called on Iran to withdraw its troops.";
    int done = 0, good = 1, tries = 0;
    for (; !done && tries < 200; tries++) {
        budget b = {tries, 0};
        ent_memory mem = {counted, &b};
        ent_work w = {0};
        ent_result *r = NULL;
        ent_status st = ent_analyse(model, text, sizeof text - 1, ENT_S_PARA, &mem, &w, &r);
        done = st == ENT_OK;
        good &= done || (st == ENT_ENOMEM && !r);
        if (done) good &= !r || sound(r, sizeof text - 1);
        ent_result_free(r, &mem);
        ent_work_free(&w, &mem);
        good &= b.held == 0;
    }
    check(good && done, "every allocation may fail (%d of them), nothing leaks", tries - 1);
}

/* ---- the model's section ------------------------------------------------------------------- */

static void check_section(void)
{
    uint8_t p[64] = {0};
    ent_clex c;
    ent_cweights w = {0};
    tap_ok(ent_clex_open(p, 10, &c) == ENT_EMODEL, "a lexicon too short is refused");
    p[0] = 3;
    tap_ok(ent_clex_open(p, 64, &c) == ENT_EMODEL, "slots must be a power of two");
    tap_ok(ent_cweight_open(p, 64, &w) == ENT_EMODEL, "weights must be a power of two");
    p[0] = 2;
    tap_ok(ent_cweight_open(p, 20, &w) == ENT_OK && w.mask == 1, "two weights open");
    p[6] = 1;
    tap_ok(ent_cweight_open(p, 20, &w) == ENT_EMODEL, "a threshold above 1 is refused");
}

int main(void)
{
    docs_held held;
    const ent_model *model = docs_open(&held);
    check_section();
    if (model->claim) {
        for (unsigned i = 0; i < sizeof sentences / sizeof *sentences; i++)
            check_sentence(model, sentences[i]);
        check_around(model);
        check_random(model);
        for (unsigned i = 0; i < sizeof hostile / sizeof *hostile; i++)
            check_hostile(model, hostile[i]);
        check_memory(model);
    }
    ent_work_free(&work, NULL);
    docs_close(&held);
    return tap_done();
}
