/* link_near - which type each mention of a sentence refers to. See link_impl.h.
 *
 * Names refer to their type, unless several people bear a surname. Nominals and pronouns take the
 * best scored candidate (link_find.c, link_score.c), or, below the threshold, none; a nominal
 * without one stands for itself.
 */
#include "link_impl.h"

#include <math.h>
#include <string.h>

typedef struct ent_lpronoun {
    uint32_t key; /* as ent_kmention.key */
    uint8_t class, sex;
} ent_lpronoun;

typedef struct spelling {
    const char word[12];
    uint8_t class, sex;
} spelling;

static const spelling pronouns[] = {
    {"he", ENT_LC_HE, ENT_L_MALE},
    {"she", ENT_LC_HE, ENT_L_FEMALE},
    {"him", ENT_LC_HIM, ENT_L_MALE},
    {"her", ENT_LC_HIM, ENT_L_FEMALE},
    {"himself", ENT_LC_HIM, ENT_L_MALE},
    {"herself", ENT_LC_HIM, ENT_L_FEMALE},
    {"his", ENT_LC_HIS, ENT_L_MALE},
    {"hers", ENT_LC_HIS, ENT_L_FEMALE},
    {"it", ENT_LC_IT, 0},
    {"itself", ENT_LC_IT, 0},
    {"its", ENT_LC_ITS, 0},
    {"they", ENT_LC_THEY, 0},
    {"them", ENT_LC_THEY, 0},
    {"themselves", ENT_LC_THEY, 0},
    {"their", ENT_LC_THEIR, 0},
    {"theirs", ENT_LC_THEIR, 0},
    {"this", ENT_LC_THIS, 0},
    {"that", ENT_LC_THIS, 0},
    {"these", ENT_LC_THIS, 0},
    {"those", ENT_LC_THIS, 0},
    {"one", ENT_LC_THIS, 0},
    {"i", ENT_LC_FIRST, 0},
    {"me", ENT_LC_FIRST, 0},
    {"my", ENT_LC_FIRST, 0},
    {"myself", ENT_LC_FIRST, 0},
    {"mine", ENT_LC_FIRST, 0},
    {"we", ENT_LC_FIRST, 1},
    {"us", ENT_LC_FIRST, 1},
    {"our", ENT_LC_FIRST, 1},
    {"ours", ENT_LC_FIRST, 1},
    {"ourselves", ENT_LC_FIRST, 1},
};
enum { PRONOUNS = sizeof pronouns / sizeof *pronouns };

ent_status ent_lnear_new(ent_linker *l)
{
    l->pronoun = ent_realloc(&l->mem, NULL, 0, PRONOUNS * sizeof *l->pronoun);
    if (!l->pronoun) return ENT_ENOMEM;
    for (uint32_t i = 0; i < PRONOUNS; i++)
        l->pronoun[i] =
            (ent_lpronoun){ent_hash_join(0, ent_hash(pronouns[i].word, strlen(pronouns[i].word))),
                           pronouns[i].class, pronouns[i].sex};
    return ENT_OK;
}

void ent_lnear_free(ent_linker *l)
{
    ent_free(&l->mem, l->pronoun, PRONOUNS * sizeof *l->pronoun);
}

static const ent_lpronoun *pronoun_of(const ent_linker *l, const ent_kmention *m)
{
    for (uint32_t i = 0; m->form == ENT_PRONOUN && i < PRONOUNS; i++)
        if (l->pronoun[i].key == m->name) return &l->pronoun[i];
    return NULL;
}

int ent_lnear_narrates(const ent_linker *l, const ent_kmention *m)
{
    const ent_lpronoun *p = m->flags & ENT_M_INQUOTE ? NULL : pronoun_of(l, m);
    return p && p->class == ENT_LC_FIRST && !p->sex;
}

unsigned ent_lnear_class(const ent_linker *l, const ent_kmention *m, unsigned *sex)
{
    static const uint8_t nominal[ENT_KINDS] = {ENT_LC_PERSON, ENT_LC_COUNTRY, ENT_LC_BODY,
                                               ENT_LC_GROUP,  ENT_LC_PLACE,   ENT_LC_PROPOSAL};
    *sex = 0;
    if (m->form == ENT_NOMINAL && m->kind < ENT_KINDS) {
        *sex = m->flags & ENT_M_MALE ? ENT_L_MALE : m->flags & ENT_M_FEMALE ? ENT_L_FEMALE : 0;
        return nominal[m->kind];
    }
    const ent_lpronoun *p = pronoun_of(l, m);
    if (!p) return ENT_LC_NONE;
    if (m->kind == ENT_PROPOSAL) return ENT_LC_THIS; /* the claim stage knows what it stands for */
    *sex = p->class == ENT_LC_FIRST ? 0 : p->sex;
    return p->class == ENT_LC_HIM && m->flags & ENT_M_POSS ? ENT_LC_HIS : p->class;
}

/* ---- deciding ---- */

/* Sum of weights, in four parts that do not wait for each other. */
static float weigh(const float *f, const float *w)
{
    float sum[4] = {0};
    uint32_t i = 0;
    for (; i + 4 <= ENT_LF_FEATURES; i += 4)
        for (uint32_t k = 0; k < 4; k++)
            sum[k] += w[i + k] * f[i + k];
    for (; i < ENT_LF_FEATURES; i++)
        sum[0] += w[i] * f[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* The best candidate and its share of the softmax; ENT_NONE when "none" is better. */
static uint32_t best_of(ent_lcandidate *c, uint32_t n, const float *w, float *sure)
{
    float top = 0, sum = 0;
    uint32_t best = ENT_NONE;
    for (uint32_t i = 0; i < n; i++) {
        c[i].score = weigh(c[i].f, w);
        if (c[i].score <= top) continue;
        top = c[i].score;
        best = i;
    }
    if (best == ENT_NONE) return ENT_NONE;
    sum = expf(-top);
    for (uint32_t i = 0; i < n; i++)
        sum += expf(c[i].score - top);
    *sure = 1.0f / sum;
    return best;
}

static void set_link(ent_kmention *m, uint32_t type, ent_link_reason reason, float sure)
{
    m->entity = type;
    m->link_reason = (unsigned)reason & 15u;
    m->link_score = (uint16_t)(sure * 65535.0f);
}

/* Why a nominal was joined: the strongest of what speaks for it. */
static ent_link_reason reason_of(const ent_lcandidate *c)
{
    if (c->f[ENT_LF_TITLE] != 0) return ENT_L_TITLE;
    return c->f[ENT_LF_HEAD] != 0 ? ENT_L_HEAD : ENT_L_SALIENT;
}

/* A nominal in apposition to a name, before or behind it: that name's type, or ENT_NONE. */
static uint32_t apposed_name(const ent_linker *l, const ent_result *r, uint32_t k)
{
    const ent_kmention *m = &r->mentions[k], *p = NULL;
    if (m->form != ENT_NOMINAL) return ENT_NONE;
    if (m->flags & ENT_M_APPOS && m->partner < k) p = &r->mentions[m->partner];
    for (uint32_t q = k + 1; !p && q < r->n_mentions && q < k + 4; q++)
        if (r->mentions[q].flags & ENT_M_APPOS && r->mentions[q].partner == k) p = &r->mentions[q];
    if (!p || p->form != ENT_NAME || p->kind != m->kind) return ENT_NONE;
    return p < m ? p->entity : ent_lown(l, p);
}

/* "The chancellor", when the text knows one: its bearer's root, or ENT_NONE. */
static uint32_t only_bearer(const ent_linker *l, const ent_kmention *m)
{
    if (m->form != ENT_NOMINAL || m->kind != ENT_PERSON || !m->title) return ENT_NONE;
    if (!(m->flags & ENT_M_DEFINITE) || m->country) return ENT_NONE;
    return ent_ltype_titled(l, m->title);
}

static void refer_back(ent_linker *l, uint32_t i, uint32_t k, ent_kmention *m)
{
    uint32_t same = apposed_name(l, l->in.sents[i].result, k);
    if (same != ENT_NONE) {
        set_link(m, same, ENT_L_TITLE, 0.9f);
        return;
    }
    uint32_t bearer = only_bearer(l, m);
    if (bearer != ENT_NONE) {
        set_link(m, bearer, ENT_L_TITLE, 0.8f);
        return;
    }
    ent_lcandidate c[ENT_L_CANDIDATES];
    ent_lclass class;
    float sure = 0;
    uint32_t n = ent_lnear_candidates(l, i, k, &class, c), best = ENT_NONE;
    const float *w = n ? ent_lweights(l->in.model, class) : NULL;
    if (w) best = best_of(c, n, w, &sure);
    if (best != ENT_NONE)
        set_link(m, c[best].root, reason_of(&c[best]), sure);
    else if (m->form == ENT_NOMINAL && !(m->flags & ENT_M_HIDDEN))
        set_link(m, ent_lown(l, m), ENT_L_SELF, 0.5f);
}

/* Of two bearers of a short name, is `a` of more weight in the text? */
static int weighs_more(const ent_linker *l, uint32_t a, uint32_t b)
{
    return l->root[l->root[a].root].weight > l->root[l->root[b].root].weight;
}

/* Of several bearers of a short name: the one for whom it stood last, unless one of more weight was
 * named in full since; else the weightiest of those named before it, of equals the first. */
static uint32_t bearer_of(const ent_linker *l, uint32_t i, uint32_t k, uint32_t own)
{
    uint32_t full = ENT_NONE;
    for (uint32_t d = 0; d <= ENT_L_WINDOW && d <= i; d++) {
        const ent_result *r = l->in.sents[i - d].result;
        for (uint32_t q = !r ? 0 : d ? r->n_mentions : k; q-- > 0;) {
            const ent_kmention *m = &r->mentions[q];
            if (m->entity == ENT_NONE || m->form != ENT_NAME) continue;
            if (ent_lown(l, m) == own)
                return full != ENT_NONE && weighs_more(l, full, m->entity) ? full : m->entity;
            if (!ent_ltype_fits(l, own, ent_lown(l, m))) continue;
            if (full == ENT_NONE || !weighs_more(l, full, ent_lown(l, m))) full = ent_lown(l, m);
        }
    }
    return full;
}

static void refer_by_name(ent_linker *l, uint32_t i, uint32_t k, ent_kmention *m)
{
    const ent_lroot *r = &l->root[ent_lown(l, m)];
    const ent_ltype *t = &l->type[ent_lown(l, m)];
    if (m->flags & ENT_M_HIDDEN && !r->backed) return;
    /* of two readings of one word (mention_unknown) one is shown */
    if (k && m->flags & ENT_M_HIDDEN && m[-1].start == m->start && m[-1].end == m->end &&
        m[-1].entity != ENT_NONE)
        return;
    uint32_t bearer = r->ambiguous ? bearer_of(l, i, k, ent_lown(l, m)) : ENT_NONE;
    if (bearer != ENT_NONE)
        set_link(m, bearer, ENT_L_NEAR, 0.8f);
    else
        set_link(m, ent_lown(l, m), (ent_link_reason)t->reason, r->ambiguous ? 0.6f : 0.95f);
}

/* Does mention b name a state or a body that a person or office beside it may speak for? */
static int is_body(const ent_linker *l, const ent_kmention *b)
{
    if (b->entity == ENT_NONE) return 0;
    unsigned kind = l->root[l->root[b->entity].root].kind;
    return kind == ENT_COUNTRY || kind == ENT_ORGANISATION;
}

/* The body that mention k of a sentence holds an office of: "Ukrainian Deputy Prime Minister X",
 * "the company's | chairwoman", "chief executive | of Vento"; or ENT_NONE. */
static uint32_t office_of(const ent_linker *l, const ent_result *r, uint32_t k)
{
    enum { TITLE = 5 }; /* words of a title before a name at most */
    const ent_kmention *m = &r->mentions[k];
    const ent_kmention *b = k ? m - 1 : NULL, *a = k + 1 < r->n_mentions ? m + 1 : NULL;
    if (b && is_body(l, b)) {
        uint32_t gap = m->tok - (uint32_t)(b->tok + b->ntok);
        if (b->flags & ENT_M_POSS && b->form != ENT_PRONOUN) gap--;
        if (gap == 0 || (m->flags & ENT_M_TITLED && gap < TITLE)) return b->entity;
    }
    if (m->form == ENT_NOMINAL && a && is_body(l, a) && a->flags & ENT_M_OBLIQUE &&
        a->tok <= m->tok + m->ntok + 2u)
        return a->entity;
    return ENT_NONE;
}

/* The body that somebody speaks for, as the text has it before sentence i ends. */
static uint32_t spoken_for(const ent_linker *l, uint32_t i, uint32_t who)
{
    uint32_t root = l->root[who].root, body = ENT_NONE;
    if (l->root[root].kind != ENT_PERSON) return ENT_NONE;
    for (uint32_t d = 0; d <= ENT_L_WINDOW && d <= i; d++) {
        const ent_result *r = l->in.sents[i - d].result;
        for (uint32_t k = r ? r->n_mentions : 0; k-- > 0 && body == ENT_NONE;) {
            const ent_kmention *m = &r->mentions[k];
            if (m->form == ENT_PRONOUN || m->entity == ENT_NONE) continue;
            if (l->root[m->entity].root == root) body = office_of(l, r, k);
        }
        if (body != ENT_NONE) return body;
    }
    return ENT_NONE;
}

/* I, me, my: who speaks the quotation; outside of quotations who writes. We, our: the body that the
 * speaker speaks for, if the text names it. */
static ent_status refer_to_speaker(ent_linker *l, uint32_t i, uint32_t k, ent_kmention *m)
{
    uint32_t who = ent_lclaim_speaker(l, i, k);
    const ent_lpronoun *p = pronoun_of(l, m);
    uint32_t body = who != ENT_NONE && p && p->sex ? spoken_for(l, i, who) : ENT_NONE;
    if (body != ENT_NONE) who = body;
    if (who == ENT_NONE && ent_lown(l, m) != ENT_NONE && l->root[ent_lown(l, m)].backed)
        who = ent_lown(l, m);
    if (who != ENT_NONE) set_link(m, who, ENT_L_SPEAKER, 0.8f);
    return ENT_OK;
}

ent_status ent_lnear_sentence(ent_linker *l, uint32_t i)
{
    ent_result *r = l->in.sents[i].result;
    ent_status st = ENT_OK;
    unsigned sex;
    for (uint32_t k = 0; r && k < r->n_mentions; k++)
        r->mentions[k].entity = ENT_NONE;
    for (uint32_t k = 0; r && k < r->n_mentions; k++) {
        ent_kmention *m = &r->mentions[k];
        int pair = m->typed == ENT_L_OF_PAIR;
        if (m->form == ENT_NAME || m->form == ENT_VERBAL || pair)
            refer_by_name(l, i, k, m);
        else
            refer_back(l, i, k, m);
    }
    for (uint32_t k = 0; r && k < r->n_mentions && !st; k++)
        if (ent_lnear_class(l, &r->mentions[k], &sex) == ENT_LC_FIRST)
            st = refer_to_speaker(l, i, k, &r->mentions[k]);
    return st;
}

/* ---- explaining ---- */

/* Puts a candidate into its place among the best. */
static void rank_candidate(ent_link_why *out, uint32_t entity, float score)
{
    const uint32_t room = sizeof out->candidate / sizeof *out->candidate;
    uint32_t k = out->n_candidates < room ? out->n_candidates++ : room;
    if (k == room && out->candidate[--k].score >= score) return;
    for (; k > 0 && out->candidate[k - 1].score < score; k--)
        out->candidate[k] = out->candidate[k - 1];
    out->candidate[k].entity = entity;
    out->candidate[k].score = score;
}

void ent_linker_why(const ent_linker *l, uint32_t i, uint32_t k, ent_link_why *out)
{
    const ent_kmention *m = &l->in.sents[i].result->mentions[k];
    ent_lcandidate c[ENT_L_CANDIDATES];
    ent_lclass class;
    out->entity = ent_linker_number(l, m->entity);
    out->score = (float)m->link_score / 65535.0f;
    out->reason =
        m->entity == ENT_NONE ? "nothing fits well enough" : ent_link_reason_name(m->link_reason);
    if (m->form != ENT_PRONOUN && m->form != ENT_NOMINAL) return;
    uint32_t n = ent_lnear_candidates(l, i, k, &class, c);
    const float *w = n ? ent_lweights(l->in.model, class) : NULL;
    float sure;
    if (!w) return;
    best_of(c, n, w, &sure);
    for (uint32_t j = 0; j < n; j++)
        rank_candidate(out, ent_linker_number(l, c[j].root), c[j].score);
}
