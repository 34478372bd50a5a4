/* link_near - which type each mention of a sentence refers to. See link_impl.h.
 *
 * Names refer to their type, unless several people bear a surname: then to the bearer named last.
 * Nominals and pronouns take the best scored entity of the sentences before them (link_score.c),
 * or, below the threshold, none; a nominal without one stands for itself.
 */
#include "link_impl.h"

#include <math.h>
#include <string.h>

enum { FIRST_PERSON = ENT_LC_CLASSES, NO_CLASS };

typedef struct ent_lpronoun {
    uint32_t word; /* lower-cased fingerprint */
    uint8_t class, sex;
} ent_lpronoun;

typedef struct ent_ldeed {
    uint32_t word;   /* lower-cased fingerprint */
    unsigned labels; /* bits of stances */
} ent_ldeed;

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
    {"i", FIRST_PERSON, 0},
    {"me", FIRST_PERSON, 0},
    {"my", FIRST_PERSON, 0},
    {"myself", FIRST_PERSON, 0},
    {"mine", FIRST_PERSON, 0},
    {"we", FIRST_PERSON, 1},
    {"us", FIRST_PERSON, 1},
    {"our", FIRST_PERSON, 1},
    {"ours", FIRST_PERSON, 1},
    {"ourselves", FIRST_PERSON, 1},
};
enum { PRONOUNS = sizeof pronouns / sizeof *pronouns };

/* Nouns that say what somebody did with a proposal, and the stances they mean. */
enum {
    PUT = 1 << ENT_PROPOSES,
    ASK = 1 << ENT_DEMANDS,
    HARM = 1 << ENT_THREATENS,
    AGREED = 1 << ENT_ACCEPTS
};
static const struct {
    const char *word;
    unsigned labels;
} deeds[] = {
    {"demand", ASK},     {"request", ASK},        {"call", ASK},         {"appeal", ASK},
    {"condition", ASK},  {"ultimatum", ASK},      {"requirement", ASK},  {"offer", PUT},
    {"proposal", PUT},   {"suggestion", PUT},     {"pledge", PUT},       {"promise", PUT},
    {"initiative", PUT}, {"plan", PUT},           {"commitment", PUT},   {"idea", PUT},
    {"threat", HARM},    {"warning", HARM},       {"agreement", AGREED}, {"deal", AGREED},
    {"concession", PUT}, {"recommendation", PUT}, {"demands", ASK},      {"requests", ASK},
    {"calls", ASK},      {"conditions", ASK},     {"offers", PUT},       {"proposals", PUT},
    {"pledges", PUT},    {"promises", PUT},       {"threats", HARM},
};
enum { DEEDS = sizeof deeds / sizeof *deeds };

/* Stances that a noun means, as bits. */
static unsigned labels_of(const ent_linker *l, uint32_t noun)
{
    for (uint32_t i = 0; i < DEEDS; i++)
        if (l->deed[i].word == noun) return l->deed[i].labels;
    return 0;
}

ent_status ent_lnear_new(ent_linker *l)
{
    l->pronoun = ent_realloc(&l->mem, NULL, 0, PRONOUNS * sizeof *l->pronoun);
    l->deed = ent_realloc(&l->mem, NULL, 0, DEEDS * sizeof *l->deed);
    if (!l->pronoun || !l->deed) return ENT_ENOMEM; /* ent_lnear_free frees the other */
    for (uint32_t i = 0; i < DEEDS; i++)
        l->deed[i] = (ent_ldeed){ent_hash(deeds[i].word, strlen(deeds[i].word)), deeds[i].labels};
    for (uint32_t i = 0; i < PRONOUNS; i++)
        l->pronoun[i] = (ent_lpronoun){ent_hash(pronouns[i].word, strlen(pronouns[i].word)),
                                       pronouns[i].class, pronouns[i].sex};
    return ENT_OK;
}

void ent_lnear_free(ent_linker *l)
{
    ent_free(&l->mem, l->pronoun, PRONOUNS * sizeof *l->pronoun);
    ent_free(&l->mem, l->deed, DEEDS * sizeof *l->deed);
}

static const ent_lpronoun *pronoun_of(const ent_linker *l, const ent_smention *m)
{
    for (uint32_t i = 0; m->form == ENT_PRONOUN && i < PRONOUNS; i++)
        if (l->pronoun[i].word == m->first) return &l->pronoun[i];
    return NULL;
}

int ent_lnear_narrates(const ent_linker *l, const ent_smention *m)
{
    const ent_lpronoun *p = m->flags & ENT_M_INQUOTE ? NULL : pronoun_of(l, m);
    return p && p->class == FIRST_PERSON && !p->sex;
}

/* The row of weights for a mention, FIRST_PERSON or NO_CLASS. */
static unsigned class_of(const ent_linker *l, const ent_smention *m, unsigned *sex)
{
    static const uint8_t nominal[ENT_KINDS] = {ENT_LC_PERSON, ENT_LC_COUNTRY, ENT_LC_BODY,
                                               ENT_LC_GROUP,  ENT_LC_PLACE,   ENT_LC_PROPOSAL};
    *sex = 0;
    if (m->form == ENT_NOMINAL && m->kind < ENT_KINDS) {
        *sex = m->flags & ENT_M_MALE ? ENT_L_MALE : m->flags & ENT_M_FEMALE ? ENT_L_FEMALE : 0;
        return nominal[m->kind];
    }
    const ent_lpronoun *p = pronoun_of(l, m);
    if (!p) return NO_CLASS;
    if (m->kind == ENT_PROPOSAL) return ENT_LC_THIS; /* the claim stage knows what it stands for */
    *sex = p->class == FIRST_PERSON ? 0 : p->sex;
    return p->class == ENT_LC_HIM && m->flags & ENT_M_POSS ? ENT_LC_HIS : p->class;
}

/* ---- candidates ---- */

typedef struct search {
    const ent_linker *l;
    const ent_smention *anaphor;
    uint32_t sent, k;
    unsigned class, sex;
    ent_lcandidate *out;
    uint32_t n, met, subjects, paras;
} search;

/* Kinds that a class may stand for, as bits. */
static unsigned kinds_of(unsigned class)
{
    enum {
        P = 1 << ENT_PERSON,
        C = 1 << ENT_COUNTRY,
        O = 1 << ENT_ORGANISATION,
        G = 1 << ENT_GROUP,
        L = 1 << ENT_PLACE,
        X = 1 << ENT_PROPOSAL
    };
    static const uint8_t kinds[ENT_LC_CLASSES] = {P,
                                                  P,
                                                  P,
                                                  C | O | L | X | G,
                                                  C | O | L | X | G,
                                                  P | G | O | C | X,
                                                  P | G | O | C | X,
                                                  X,
                                                  P,
                                                  C,
                                                  O,
                                                  G,
                                                  L | C,
                                                  X};
    return kinds[class];
}

/* Hard agreement: kind and sex. */
static int agrees(const search *s, const ent_lroot *r)
{
    if (!(kinds_of(s->class) >> r->kind & 1)) return 0;
    return !(s->sex && r->sex && s->sex != r->sex);
}

static ent_lcandidate *slot(search *s, uint32_t root)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->out[i].root == root) return &s->out[i];
    return NULL;
}

static void set_role(const search *s, ent_lcandidate *c, const ent_smention *m)
{
    const unsigned roles = ENT_M_SUBJECT | ENT_M_OBJECT | ENT_M_OBLIQUE;
    float *f = c->f;
    f[ENT_LF_SUBJECT] = (m->flags & ENT_M_SUBJECT) != 0;
    f[ENT_LF_OBJECT] = (m->flags & ENT_M_OBJECT) != 0;
    f[ENT_LF_OBLIQUE] = (m->flags & ENT_M_OBLIQUE) != 0;
    f[ENT_LF_FIRST] = c->k == 0;
    f[ENT_LF_PARALLEL] = (m->flags & roles) && (m->flags & roles) == (s->anaphor->flags & roles);
    f[ENT_LF_SAMESUBJ] = c->sent == s->sent && m->flags & ENT_M_SUBJECT && !s->subjects;
    f[ENT_LF_NESTED] = (m->flags & ENT_M_NESTED) != 0;
    f[ENT_LF_POSS] = (m->flags & ENT_M_POSS) != 0;
    f[ENT_LF_ADJ] = (m->flags & ENT_M_ADJ) != 0;
    f[ENT_LF_PLURAL] = (m->flags & ENT_M_PLURAL) == (s->anaphor->flags & ENT_M_PLURAL);
    f[ENT_LF_QUOTE] = (m->flags & ENT_M_INQUOTE) == (s->anaphor->flags & ENT_M_INQUOTE);
}

/* Features of how far back its last mention is. */
static void set_distance(const search *s, ent_lcandidate *c)
{
    uint32_t d = s->sent - c->sent;
    c->f[d == 0   ? ENT_LF_SENT0
         : d == 1 ? ENT_LF_SENT1
         : d == 2 ? ENT_LF_SENT2
         : d <= 5 ? ENT_LF_SENT3
                  : ENT_LF_FAR] = 1;
    if (s->n == 1) c->f[ENT_LF_NEAREST] = 1;
    if (s->n == 2) c->f[ENT_LF_SECOND] = 1;
    c->f[ENT_LF_PARA] = !s->paras;
}

/* What place and role tell together. */
static void set_joint(const search *s, ent_lcandidate *c, const ent_smention *m)
{
    float *f = c->f;
    f[ENT_LF_SUBJECT0] = f[ENT_LF_SUBJECT] * f[ENT_LF_SENT0];
    f[ENT_LF_SUBJECT1] = f[ENT_LF_SUBJECT] * f[ENT_LF_SENT1];
    f[ENT_LF_FIRST0] = f[ENT_LF_FIRST] * f[ENT_LF_SENT0];
    f[ENT_LF_FIRST1] = f[ENT_LF_FIRST] * f[ENT_LF_SENT1];
    f[ENT_LF_LEADS0] = f[ENT_LF_NEAREST] * f[ENT_LF_SENT0];
    f[ENT_LF_LEADS1] = s->k == 0 ? f[ENT_LF_FIRST1] : 0;
    f[ENT_LF_BOTHSUBJECT] = s->anaphor->flags & ENT_M_SUBJECT ? f[ENT_LF_SUBJECT] : 0;
    f[ENT_LF_OWNED0] = f[ENT_LF_POSS] * f[ENT_LF_SENT0];
    f[ENT_LF_FULL] = m->form == ENT_NAME && m->ntok > 1;
    f[ENT_LF_BETWEEN] = logf(1.0f + (float)s->met);
}

static void set_names(const search *s, ent_lcandidate *c, const ent_smention *m)
{
    const ent_ltype *root = &s->l->type[c->root];
    const ent_smention *a = s->anaphor;
    float *f = c->f;
    f[m->form == ENT_NAME      ? ENT_LF_NAME
      : m->form == ENT_PRONOUN ? ENT_LF_PRONOUN
                               : ENT_LF_NOMINAL] = 1;
    f[ENT_LF_SAMEWORD] = m->form == a->form &&
                         (m->form == ENT_NOMINAL ? m->title == a->title : m->first == a->first);
    if (a->form != ENT_NOMINAL) return;
    const ent_ltype *own = a->own == ENT_NONE ? NULL : &s->l->type[a->own];
    f[ENT_LF_HEAD] = m->last == a->title || root->last == a->title ||
                     (own && own->nword && root->nword &&
                      own->word[own->nword - 1] == root->word[root->nword - 1]);
    f[ENT_LF_TITLE] =
        ent_ltype_has_title(s->l, m->own, a->title) || ent_ltype_has_title(s->l, c->root, a->title);
    if (a->country && m->country)
        f[m->country == a->country ? ENT_LF_STATE : ENT_LF_OTHERSTATE] = 1;
}

/* Did somebody do with a candidate what the anaphor's noun says? */
static int told(const search *s, const ent_lcandidate *c)
{
    if (s->anaphor->kind != ENT_PROPOSAL || s->anaphor->form != ENT_NOMINAL) return 0;
    unsigned labels = labels_of(s->l, s->anaphor->title);
    const ent_result *r = s->l->in.sents[c->sent].result;
    for (uint32_t i = 0; labels && i < r->n_claims; i++)
        if (r->claims[i].proposal == (int)c->k && labels >> r->claims[i].label & 1) return 1;
    return 0;
}

/* What depends on the entity alone. */
static void set_entity(const search *s, ent_lcandidate *c)
{
    const ent_lroot *r = &s->l->root[c->root];
    c->f[ENT_LF_BIAS] = 1;
    c->f[ENT_LF_PERSON + (r->kind == ENT_PERSON         ? 0
                          : r->kind == ENT_COUNTRY      ? 1
                          : r->kind == ENT_ORGANISATION ? 2
                          : r->kind == ENT_GROUP        ? 3
                          : r->kind == ENT_PLACE        ? 4
                                                        : 5)] = 1;
    c->f[ENT_LF_SEX] = s->sex && r->sex;
    c->f[ENT_LF_TEXT] = (float)r->weight;
}

/* A mention before the anaphor: a new candidate, or one more mention of one. */
static void meet(search *s, uint32_t sent, uint32_t k, const ent_smention *m)
{
    if (m->entity == ENT_NONE || s->l->type[m->entity].form == ENT_PRONOUN) return;
    const ent_lroot *r = &s->l->root[s->l->root[m->entity].root];
    ent_lcandidate *c = slot(s, r->root);
    if (c) {
        c->seen++;
    } else if (agrees(s, r) && s->n < ENT_L_CANDIDATES) {
        c = &s->out[s->n++];
        *c = (ent_lcandidate){.root = r->root, .sent = sent, .k = k, .seen = 1};
        set_role(s, c, m);
        set_distance(s, c);
        set_names(s, c, m);
        set_entity(s, c);
        set_joint(s, c, m);
        c->f[ENT_LF_TOLD] = told(s, c) ? 1.0f : 0.0f;
    }
    s->met++;
    if (sent == s->sent && m->flags & ENT_M_SUBJECT) s->subjects++;
}

static int holds(const ent_smention *outer, const ent_smention *inner)
{
    return outer->start <= inner->start && inner->end <= outer->end;
}

static void look_back(search *s)
{
    const ent_linker *l = s->l;
    for (uint32_t d = 0; d <= ENT_L_WINDOW && d <= s->sent; d++) {
        const ent_sent *q = &l->in.sents[s->sent - d];
        const ent_result *r = q->result;
        for (uint32_t k = !r ? 0 : d ? r->n_mentions : s->k; k-- > 0;)
            if (d || !holds(&r->mentions[k], s->anaphor)) meet(s, s->sent - d, k, &r->mentions[k]);
        s->paras += (q->flags & ENT_S_PARA) != 0;
    }
}

/* Names behind a pronoun in its sentence: "In her speech, Merkel said". The nearest is a candidate;
 * those that are candidates already are marked. */
static void look_ahead(search *s)
{
    const ent_linker *l = s->l;
    const ent_result *r = l->in.sents[s->sent].result;
    int found = 0;
    for (uint32_t k = s->k + 1; k < r->n_mentions; k++) {
        const ent_smention *m = &r->mentions[k];
        if (m->form != ENT_NAME || m->own == ENT_NONE || !l->root[m->own].backed) continue;
        const ent_lroot *root = &l->root[l->root[m->own].root];
        ent_lcandidate *c = slot(s, root->root);
        if (c) c->f[ENT_LF_AGAIN] = 1;
        if (c || found || !agrees(s, root) || s->n == ENT_L_CANDIDATES) continue;
        found = 1;
        c = &s->out[s->n++];
        *c = (ent_lcandidate){.root = root->root, .sent = s->sent, .k = k, .seen = 1};
        set_names(s, c, m);
        set_entity(s, c);
        c->f[ENT_LF_AFTER] = 1;
        c->f[ENT_LF_AFTERSUBJECT] = (m->flags & ENT_M_SUBJECT) != 0;
        c->f[ENT_LF_NESTED] = (m->flags & ENT_M_NESTED) != 0;
    }
}

/* The bearer of an office named anywhere in the text stands beside those of the window. */
static void add_titled(search *s)
{
    uint32_t root = s->anaphor->title ? ent_ltype_titled(s->l, s->anaphor->title) : ENT_NONE;
    if (root == ENT_NONE || !agrees(s, &s->l->root[root])) return;
    ent_lcandidate *c = slot(s, root);
    if (!c) {
        if (s->n == ENT_L_CANDIDATES) s->n--;
        c = &s->out[s->n++];
        *c = (ent_lcandidate){.root = root, .sent = ENT_NONE, .k = ENT_NONE};
        set_entity(s, c);
        c->f[ENT_LF_FAR] = c->f[ENT_LF_TITLE] = 1;
    }
    c->f[ENT_LF_ONLYTITLE] = 1;
}

uint32_t ent_lnear_candidates(const ent_linker *l, uint32_t i, uint32_t k, ent_lclass *class,
                              ent_lcandidate *out)
{
    const ent_smention *m = &l->in.sents[i].result->mentions[k];
    search s = {.l = l, .anaphor = m, .sent = i, .k = k, .out = out};
    s.class = class_of(l, m, &s.sex);
    if (s.class >= ENT_LC_CLASSES) return 0;
    look_back(&s);
    if (m->form == ENT_PRONOUN) look_ahead(&s);
    if (m->form == ENT_NOMINAL && m->kind == ENT_PERSON) add_titled(&s);
    for (uint32_t c = 0; c < s.n; c++)
        out[c].f[ENT_LF_WINDOW] = logf(1.0f + (float)out[c].seen);
    if (s.n == 1) out[0].f[ENT_LF_ONLY] = 1;
    *class = (ent_lclass)s.class;
    return s.n;
}

/* ---- deciding ---- */

/* The best candidate and its share of the softmax; ENT_NONE when "none" is better. */
static uint32_t best_of(ent_lcandidate *c, uint32_t n, const float *w, float *sure)
{
    float top = 0, sum = 0;
    uint32_t best = ENT_NONE;
    for (uint32_t i = 0; i < n; i++) {
        c[i].score = 0;
        for (uint32_t f = 0; f < ENT_LF_FEATURES; f++)
            c[i].score += w[f] * c[i].f[f];
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

static void set_link(ent_smention *m, uint32_t type, ent_link_reason reason, float sure)
{
    m->entity = type;
    m->link_reason = (uint8_t)reason;
    m->link_score = (uint16_t)(sure * 65535.0f);
}

/* Why a nominal was joined: the strongest of what speaks for it. */
static ent_link_reason reason_of(const ent_lcandidate *c)
{
    if (c->f[ENT_LF_TITLE]) return ENT_L_TITLE;
    return c->f[ENT_LF_HEAD] ? ENT_L_HEAD : ENT_L_SALIENT;
}

/* A nominal in apposition to a name, before or behind it: that name's type, or ENT_NONE. */
static uint32_t apposed_name(const ent_result *r, uint32_t k)
{
    const ent_smention *m = &r->mentions[k], *p = NULL;
    if (m->form != ENT_NOMINAL) return ENT_NONE;
    if (m->flags & ENT_M_APPOS && m->partner < k) p = &r->mentions[m->partner];
    for (uint32_t q = k + 1; !p && q < r->n_mentions && q < k + 4; q++)
        if (r->mentions[q].flags & ENT_M_APPOS && r->mentions[q].partner == k) p = &r->mentions[q];
    if (!p || p->form != ENT_NAME || p->kind != m->kind) return ENT_NONE;
    return p < m ? p->entity : p->own;
}

/* "The chancellor", when the text knows one: its bearer's root, or ENT_NONE. */
static uint32_t only_bearer(const ent_linker *l, const ent_smention *m)
{
    if (m->form != ENT_NOMINAL || m->kind != ENT_PERSON || !m->title) return ENT_NONE;
    if (!(m->flags & ENT_M_DEFINITE) || m->country) return ENT_NONE;
    return ent_ltype_titled(l, m->title);
}

static void refer_back(ent_linker *l, uint32_t i, uint32_t k, ent_smention *m)
{
    uint32_t same = apposed_name(l->in.sents[i].result, k);
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
        set_link(m, m->own, ENT_L_SELF, 0.5f);
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
            const ent_smention *m = &r->mentions[q];
            if (m->entity == ENT_NONE || m->form != ENT_NAME) continue;
            if (m->own == own)
                return full != ENT_NONE && weighs_more(l, full, m->entity) ? full : m->entity;
            if (!ent_ltype_fits(l, own, m->own)) continue;
            if (full == ENT_NONE || !weighs_more(l, full, m->own)) full = m->own;
        }
    }
    return full;
}

static void refer_by_name(ent_linker *l, uint32_t i, uint32_t k, ent_smention *m)
{
    const ent_lroot *r = &l->root[m->own];
    const ent_ltype *t = &l->type[m->own];
    if (m->flags & ENT_M_HIDDEN && !r->backed) return;
    uint32_t bearer = r->ambiguous ? bearer_of(l, i, k, m->own) : ENT_NONE;
    if (bearer != ENT_NONE)
        set_link(m, bearer, ENT_L_NEAR, 0.8f);
    else
        set_link(m, m->own, (ent_link_reason)t->reason, r->ambiguous ? 0.6f : 0.95f);
}

/* Does mention b name a state or a body that a person or office beside it may speak for? */
static int is_body(const ent_linker *l, const ent_smention *b)
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
    const ent_smention *m = &r->mentions[k];
    const ent_smention *b = k ? m - 1 : NULL, *a = k + 1 < r->n_mentions ? m + 1 : NULL;
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
            const ent_smention *m = &r->mentions[k];
            if (m->form == ENT_PRONOUN || m->entity == ENT_NONE) continue;
            if (l->root[m->entity].root == root) body = office_of(l, r, k);
        }
        if (body != ENT_NONE) return body;
    }
    return ENT_NONE;
}

/* I, me, my: who speaks the quotation; outside of quotations who writes. We, our: the body that the
 * speaker speaks for, if the text names it. */
static ent_status refer_to_speaker(ent_linker *l, uint32_t i, uint32_t k, ent_smention *m)
{
    uint32_t who = ent_lclaim_speaker(l, i, k);
    const ent_lpronoun *p = pronoun_of(l, m);
    uint32_t body = who != ENT_NONE && p && p->sex ? spoken_for(l, i, who) : ENT_NONE;
    if (body != ENT_NONE) who = body;
    if (who == ENT_NONE && m->own != ENT_NONE && l->root[m->own].backed) who = m->own;
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
        ent_smention *m = &r->mentions[k];
        if (m->form == ENT_NAME || m->form == ENT_VERBAL)
            refer_by_name(l, i, k, m);
        else
            refer_back(l, i, k, m);
    }
    for (uint32_t k = 0; r && k < r->n_mentions && !st; k++)
        if (class_of(l, &r->mentions[k], &sex) == FIRST_PERSON)
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
    const ent_smention *m = &l->in.sents[i].result->mentions[k];
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
