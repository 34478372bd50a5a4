/* link_find - the candidates for what a nominal or a pronoun refers to, and their features:
 * entities mentioned in the sentences before it, each by its last mention there. See link_impl.h.
 */
#include "link_impl.h"

#include <math.h>
#include <string.h>

typedef struct ent_ldeed {
    uint32_t word;   /* lower-cased fingerprint */
    unsigned labels; /* bits of stances */
} ent_ldeed;

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

ent_status ent_lfind_new(ent_linker *l)
{
    l->deed = ent_realloc(&l->mem, NULL, 0, DEEDS * sizeof *l->deed);
    for (uint32_t i = 0; l->deed && i < DEEDS; i++)
        l->deed[i] = (ent_ldeed){ent_hash(deeds[i].word, strlen(deeds[i].word)), deeds[i].labels};
    for (uint32_t i = 1; i < ENT_L_LOGS; i++)
        l->logs[i] = logf((float)i);
    return l->deed ? ENT_OK : ENT_ENOMEM;
}

void ent_lfind_free(ent_linker *l)
{
    ent_free(&l->mem, l->deed, DEEDS * sizeof *l->deed);
}

/* ---- candidates ---- */

typedef struct search {
    const ent_linker *l;
    const ent_kmention *anaphor;
    uint32_t sent, k;
    unsigned class, sex, kinds;       /* what is looked for */
    uint32_t roots[ENT_L_CANDIDATES]; /* of those found, close together */
    ent_lcandidate *out;
    uint32_t n, met, subjects, paras;
    uint32_t opens; /* root of the first fitting mention of the sentence looked at */
    uint32_t leads; /* the same of the sentences passed so far: what is met last in looking back */
    uint32_t opens_para; /* the same of the anaphor's paragraph */
    uint32_t speaker;    /* root of who speaks the anaphor's quotation, or ENT_NONE */
    int pronoun;         /* the last pronoun like the anaphor was met */
} search;

unsigned ent_lclass_kinds(unsigned class)
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

/* "the closure" is no motion: a noun that tells which proposal it is means one of its own stem. */
static int tells_another(const search *s, const ent_kmention *m)
{
    const ent_kmention *a = s->anaphor;
    if (a->kind != ENT_PROPOSAL || a->form != ENT_NOMINAL || !a->org) return 0;
    return m->kind != ENT_PROPOSAL || m->org != a->org;
}

/* Hard agreement: kind and sex. */
static int agrees(const search *s, const ent_lroot *r)
{
    if (!(s->kinds >> r->kind & 1)) return 0;
    return s->l->blind || !(s->sex && r->sex && s->sex != r->sex);
}

static ent_lcandidate *slot(search *s, uint32_t root)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->roots[i] == root) return &s->out[i];
    return NULL;
}

static ent_lcandidate *new_slot(search *s, uint32_t root, uint32_t sent, uint32_t k)
{
    ent_lcandidate *c = &s->out[s->n];
    memset(c, 0, sizeof *c);
    c->root = s->roots[s->n++] = root;
    c->sent = sent;
    c->k = k;
    c->seen = 1;
    return c;
}

/* The natural logarithm of a count. */
static float log_of(const search *s, uint32_t n)
{
    return n < ENT_L_LOGS ? s->l->logs[n] : logf((float)n);
}

static void set_role(const search *s, ent_lcandidate *c, const ent_kmention *m)
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
static void set_distance(const search *s, ent_lcandidate *c, const ent_kmention *m)
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
    if (d == 0 && s->anaphor->tok > m->tok)
        c->f[ENT_LF_TOKENS0] = log_of(s, s->anaphor->tok - m->tok);
}

static int is_subject(const ent_kmention *m)
{
    return (m->syntax & (ENT_Y_SUBJECT | ENT_Y_OWNER)) == ENT_Y_SUBJECT;
}

/* Features of the candidate's clause and the anaphor's. */
static void set_clause(const search *s, ent_lcandidate *c, const ent_kmention *m)
{
    const ent_kmention *a = s->anaphor;
    uint32_t d = s->sent - c->sent;
    float *f = c->f;
    unsigned role = m->syntax & ENT_Y_ROLES;
    if (is_subject(m)) f[d == 0 ? ENT_LF_SUBJ0 : d == 1 ? ENT_LF_SUBJ1 : ENT_LF_SUBJ2] = 1;
    f[ENT_LF_ASIDE] = (m->syntax & ENT_Y_ASIDE) != 0;
    f[ENT_LF_KIN] = (m->syntax & ENT_Y_OWNED) != 0;
    if (d > 1) return;
    if (m->syntax & ENT_Y_MAIN && is_subject(m)) f[ENT_LF_MAIN0 + d] = 1;
    if (role & ENT_Y_OWNER)
        f[ENT_LF_GENITIVE0 + d] = 1;
    else if (role & ENT_Y_OBJECT)
        f[ENT_LF_OBJ0 + d] = 1;
    else if (role & ENT_Y_PREP)
        f[ENT_LF_PREP0 + d] = 1;
    if (role && role == (a->syntax & ENT_Y_ROLES)) f[ENT_LF_ALIKE0 + d] = 1;
    if (is_subject(m) && is_subject(a)) f[ENT_LF_SUBJECTS0 + d] = 1;
    if (m->syntax & ENT_Y_HANGS) f[ENT_LF_HANGS0 + d] = 1;
    if (d) return;
    f[ENT_LF_UP] = m->syntax & ENT_Y_HANGS && !(a->syntax & ENT_Y_HANGS);
    f[ENT_LF_DOWN] = a->syntax & ENT_Y_HANGS && !(m->syntax & ENT_Y_HANGS);
    f[ENT_LF_CLAUSE] = m->clause == a->clause;
    f[ENT_LF_BEFORE] = is_subject(a) && is_subject(m) && m->clause + 1 == a->clause;
    if (a->clause > m->clause) f[ENT_LF_CLAUSES0] = log_of(s, 1u + a->clause - m->clause);
}

/* What place and role tell together. */
static void set_joint(const search *s, ent_lcandidate *c, const ent_kmention *m)
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
    f[ENT_LF_PARALLEL1] = f[ENT_LF_PARALLEL] * f[ENT_LF_SENT1];
    f[ENT_LF_OBLIQUE0] = f[ENT_LF_OBLIQUE] * f[ENT_LF_SENT0];
    f[ENT_LF_BOUND] = s->anaphor->flags & (ENT_M_OBJECT | ENT_M_OBLIQUE) ? f[ENT_LF_SAMESUBJ] : 0;
    f[ENT_LF_OWNER] = m->flags & ENT_M_POSS && c->sent == s->sent && c->k + 1 == s->k &&
                      s->anaphor->tok - (m->tok + m->ntok) <= 1;
    f[ENT_LF_FULL] = m->form == ENT_NAME && m->ntok > 1;
    f[ENT_LF_BETWEEN] = log_of(s, 1 + s->met);
}

static void set_names(const search *s, ent_lcandidate *c, const ent_kmention *m)
{
    const ent_ltype *root = &s->l->type[c->root];
    const ent_kmention *a = s->anaphor;
    float *f = c->f;
    f[m->form == ENT_NAME      ? ENT_LF_NAME
      : m->form == ENT_PRONOUN ? ENT_LF_PRONOUN
                               : ENT_LF_NOMINAL] = 1;
    f[ENT_LF_SAMEWORD] =
        m->form == a->form && (m->form == ENT_NOMINAL ? m->title == a->title : m->name == a->name);
    if (a->form != ENT_NOMINAL) return;
    uint32_t own_a = ent_lown(s->l, a), own_m = ent_lown(s->l, m);
    const ent_ltype *own = own_a == ENT_NONE ? NULL : &s->l->type[own_a];
    f[ENT_LF_HEAD] = (own_m != ENT_NONE && s->l->type[own_m].last == a->title) ||
                     root->last == a->title ||
                     (own && own->nword && root->nword &&
                      own->word[own->nword - 1] == root->word[root->nword - 1]);
    f[ENT_LF_OTHERHEAD] = root->headed && f[ENT_LF_HEAD] == 0;
    f[ENT_LF_TITLE] =
        ent_ltype_has_title(s->l, own_m, a->title) || ent_ltype_has_title(s->l, c->root, a->title);
    if (a->country && m->country)
        f[m->country == a->country ? ENT_LF_STATE : ENT_LF_OTHERSTATE] = 1;
}

/* Did somebody do with a candidate what the anaphor's noun says? */
static int told(const search *s, const ent_lcandidate *c)
{
    if (s->anaphor->kind != ENT_PROPOSAL || s->anaphor->form != ENT_NOMINAL) return 0;
    unsigned labels = labels_of(s->l, s->anaphor->title);
    const ent_result *r = s->l->in.sents[c->sent].result;
    const ent_sclaim *x = ent_result_claims(r), *end = x + r->n_claims;
    for (; labels && x < end; x++)
        if (x->proposal == (int)c->k && labels >> x->label & 1) return 1;
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
    c->f[ENT_LF_SPEAKER] = c->root == s->speaker;
    c->f[ENT_LF_DEFINITE] = (s->anaphor->flags & ENT_M_DEFINITE) != 0;
}

/* The last pronoun of the anaphor's kind and sex tells whom such pronouns mean. */
static void meet_pronoun(search *s, ent_lcandidate *c, uint32_t sent, const ent_kmention *m)
{
    unsigned sex, class;
    if (s->pronoun || m->form != ENT_PRONOUN || s->anaphor->form != ENT_PRONOUN) return;
    class = ent_lnear_class(s->l, m, &sex);
    if (class >= ENT_LC_CLASSES || ent_lclass_kinds(class) != s->kinds || sex != s->sex) return;
    s->pronoun = 1;
    if (c) c->f[sent == s->sent ? ENT_LF_LASTPRON0 : ENT_LF_LASTPRON1] = 1;
}

/* A mention before the anaphor: a new candidate, or one more mention of one. */
static void meet(search *s, uint32_t sent, uint32_t k, const ent_kmention *m)
{
    if (m->entity == ENT_NONE || m->entity == s->l->narrator) return;
    const ent_lroot *r = &s->l->root[s->l->root[m->entity].root];
    int fits = agrees(s, r); /* what does not is in no slot */
    ent_lcandidate *c = fits ? slot(s, r->root) : NULL;
    if (c) {
        c->seen++;
    } else if (fits && !tells_another(s, m) && s->n < ENT_L_CANDIDATES) {
        c = new_slot(s, r->root, sent, k);
        set_role(s, c, m);
        set_distance(s, c, m);
        set_names(s, c, m);
        set_entity(s, c);
        set_joint(s, c, m);
        set_clause(s, c, m);
        c->f[ENT_LF_TOLD] = told(s, c) ? 1.0f : 0.0f;
    }
    if (c) {
        c->subject += (m->flags & ENT_M_SUBJECT) != 0;
        c->first = s->met;
        if (sent == s->sent && m->clause == s->anaphor->clause && is_subject(m) &&
            !is_subject(s->anaphor))
            c->f[ENT_LF_BINDS] = 1;
        s->opens = r->root;
    }
    meet_pronoun(s, c, sent, m);
    s->met++;
    if (sent == s->sent && m->flags & ENT_M_SUBJECT) s->subjects++;
}

static int holds(const ent_kmention *outer, const ent_kmention *inner)
{
    return outer->start <= inner->start && inner->end <= outer->end;
}

static void look_back(search *s)
{
    const ent_linker *l = s->l;
    for (uint32_t d = 0; d <= ENT_L_WINDOW && d <= s->sent; d++) {
        const ent_sent *q = &l->in.sents[s->sent - d];
        const ent_result *r = q->result;
        s->opens = ENT_NONE;
        for (uint32_t k = !r ? 0 : d ? r->n_mentions : s->k; k-- > 0;)
            if (d || !holds(&r->mentions[k], s->anaphor)) meet(s, s->sent - d, k, &r->mentions[k]);
        ent_lcandidate *c = d < 2 && s->opens != ENT_NONE ? slot(s, s->opens) : NULL;
        if (c) c->f[d ? ENT_LF_OPENS1 : ENT_LF_OPENS0] = 1;
        if (s->opens != ENT_NONE) s->leads = s->opens;
        if (!s->paras && q->flags & ENT_S_PARA && s->leads != ENT_NONE) s->opens_para = s->leads;
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
        const ent_kmention *m = &r->mentions[k];
        if (m->form != ENT_NAME || ent_lown(l, m) == ENT_NONE || !l->root[ent_lown(l, m)].backed)
            continue;
        const ent_lroot *root = &l->root[l->root[ent_lown(l, m)].root];
        ent_lcandidate *c = slot(s, root->root);
        if (c) c->f[ENT_LF_AGAIN] = 1;
        if (c || found || !agrees(s, root) || s->n == ENT_L_CANDIDATES) continue;
        found = 1;
        c = new_slot(s, root->root, s->sent, k);
        set_names(s, c, m);
        set_entity(s, c);
        c->f[ENT_LF_AFTER] = 1;
        c->f[ENT_LF_OWNED] = s->anaphor->flags & ENT_M_POSS && m->tok <= s->anaphor->tok + 4;
        c->f[ENT_LF_CATAPHOR] = s->k == 0;
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
        c = new_slot(s, root, ENT_NONE, ENT_NONE);
        c->seen = 0;
        set_entity(s, c);
        c->f[ENT_LF_FAR] = c->f[ENT_LF_TITLE] = 1;
    }
    c->f[ENT_LF_ONLYTITLE] = 1;
}

/* Features that compare the candidates. */
static void compare(search *s)
{
    uint32_t most = 0, seen = 0, subject = 0, first = 0, sex = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        const ent_lcandidate *c = &s->out[i];
        if (s->l->root[c->root].weight > most) most = s->l->root[c->root].weight;
        if (c->seen > seen) seen = c->seen;
        if (c->subject > subject) subject = c->subject;
        if (c->first > first) first = c->first;
        sex |= c->f[ENT_LF_SEX] != 0;
    }
    for (uint32_t i = 0; i < s->n; i++) {
        float *f = s->out[i].f;
        f[ENT_LF_WINDOW] = log_of(s, 1 + s->out[i].seen);
        f[ENT_LF_SUBJECTS] = log_of(s, 1 + s->out[i].subject);
        f[ENT_LF_CHOICE] = log_of(s, s->n);
        f[ENT_LF_HEAVIEST] = s->l->root[s->out[i].root].weight == most;
        f[ENT_LF_HEAVYTITLE] = f[ENT_LF_HEAVIEST] * f[ENT_LF_TITLE];
        f[ENT_LF_DEFHEAD] = f[ENT_LF_DEFINITE] * f[ENT_LF_HEAD];
        f[ENT_LF_MOST] = s->out[i].seen == seen;
        f[ENT_LF_MOSTSUBJECT] = subject && s->out[i].subject == subject;
        f[ENT_LF_EARLIEST] = s->out[i].first == first;
        f[ENT_LF_OPENSPARA] = s->out[i].root == s->opens_para;
        f[ENT_LF_OTHERSEX] = sex && f[ENT_LF_SEX] == 0;
        f[ENT_LF_NEW] = f[ENT_LF_FULL] != 0 && s->out[i].seen == 1;
    }
    if (s->n == 1) s->out[0].f[ENT_LF_ONLY] = 1;
}

uint32_t ent_lnear_candidates(const ent_linker *l, uint32_t i, uint32_t k, ent_lclass *class,
                              ent_lcandidate *out)
{
    const ent_kmention *m = &l->in.sents[i].result->mentions[k];
    unsigned sex = 0, is = ent_lnear_class(l, m, &sex);
    if (is >= ENT_LC_CLASSES) return 0;
    search s = {.l = l,
                .anaphor = m,
                .sent = i,
                .k = k,
                .class = is,
                .sex = sex,
                .kinds = ent_lclass_kinds(is),
                .out = out,
                .leads = ENT_NONE,
                .opens_para = ENT_NONE,
                .speaker = ENT_NONE};
    uint32_t speaker = m->flags & ENT_M_INQUOTE ? ent_lclaim_speaker(l, i, k) : ENT_NONE;
    if (speaker != ENT_NONE) s.speaker = l->root[speaker].root;
    look_back(&s);
    if (m->form == ENT_PRONOUN) look_ahead(&s);
    if (m->form == ENT_NOMINAL && m->kind == ENT_PERSON) add_titled(&s);
    compare(&s);
    *class = (ent_lclass)is;
    return s.n;
}
