/* mention_group - noun phrases that name actors by description: bodies ("Finnish government",
 * "Saudi-led coalition") and groups ("two Turkish officials", "Iran-backed factions").
 *
 * A phrase is found from its head noun, a word of the lexicon, by walking left over what may stand
 * before a noun: names, adjectives, nouns, numerals, compounds with hyphens. The walk ends at
 * articles, prepositions, verbs and marks. Whether a plural noun is meant as an actor is a matter
 * of degree: its head, what stands before it and what it does are weighed by a small logistic
 * model.
 */
#include "mention_in.h"

#include <math.h>

enum {                  /* what the walk met */
       NP_STATE = 1,    /* a state, its adjective, a region */
       NP_NAME = 2,     /* another name */
       NP_MODIFIER = 4, /* a known adjective or noun modifier */
       NP_NUMERAL = 8,
       NP_ARTICLE = 16, /* before the phrase: the, a, his */
       NP_DEFINITE = 32,
       NP_OWNER = 64,  /* before it: 's, his */
       NP_QUANT = 128, /* before it: all, some */
       NP_START = 256, /* it starts the sentence */
       NP_PREP = 512,  /* before it, an article passed over: a preposition */
       NP_VERB = 1024, /* before it, an article passed over: a verb */
       NP_UNKNOWN = 2048
};

typedef struct np {
    uint32_t first, head, n; /* tokens: first of the phrase, of its head; length of the head */
    uint32_t state;          /* first token of the leftmost name in it, head when none */
    unsigned has;
} np;

enum {
    NP_STOPS = ENT_W_DET | ENT_W_QUANT | ENT_W_PREP | ENT_W_CONJ | ENT_W_SUB | ENT_W_AUX |
               ENT_W_NEG | ENT_W_WH | ENT_W_PRON | ENT_W_MONTH | ENT_W_DAY | ENT_W_TIME,
    NP_NOUNS = ENT_G_TITLE | ENT_G_GROUPNOUN | ENT_G_ORGNOUN | ENT_G_PLACENOUN | ENT_G_ORGWORD,
    NP_LONGEST = 12
};

/* The name that covers a token, or NULL. */
static const ent_smention *np_owner(const mention_in *in, uint32_t i)
{
    return in->owner[i] ? &in->out->at[in->owner[i] - 1] : NULL;
}

/* "sheltering", "targeting": forms in -ing, which stand before nouns far less often than they take
 * them as objects. */
static int np_ing(const mention_in *in, uint32_t i)
{
    const char *e = in->text + in->t[i].end;
    return in->t[i].end - in->t[i].start > 4 && e[-3] == 'i' && e[-2] == 'n' && e[-1] == 'g';
}

/* A verb form that may stand before a noun as an adjective does: "displaced families". It does when
 * an article, numeral or the sentence's start is before it. */
static int np_participle(const mention_in *in, uint32_t i)
{
    const ent_token *t = &in->t[i];
    uint32_t len = t->end - t->start;
    if (len < 5) return 0;
    const char *e = in->text + t->end;
    int shape = (e[-2] == 'e' && e[-1] == 'd') || np_ing(in, i);
    return shape && (i == 0 || mention_is(in, i - 1, ENT_W_DET | ENT_W_QUANT | ENT_W_NUM));
}

/* Whether the word at i may stand in the phrase; notes what it is. */
static int np_takes(const mention_in *in, uint32_t i, np *p)
{
    const ent_token *t = &in->t[i];
    const ent_gaz_entry *w = mention_word(in, i);
    if (t->cls == ENT_T_NUMBER || w->classes & ENT_W_NUM) {
        p->has |= NP_NUMERAL;
        return t->cls == ENT_T_NUMBER || !(w->classes & ENT_W_CONJ);
    }
    if (t->cls != ENT_T_WORD || t->flags & ENT_T_POSS || w->classes & NP_STOPS) return 0;
    if (w->classes & (ENT_W_MOD | ENT_W_COMPASS)) {
        if (p->has & (NP_STATE | NP_NAME) && !np_participle(in, i) &&
            (w->classes & (ENT_W_VNOUN | ENT_W_VERB | ENT_W_SPEECH) || np_ing(in, i)))
            return 0;
        p->has |= NP_MODIFIER;
        return 1;
    }
    if (w->classes & (ENT_W_VERB | ENT_W_SPEECH | ENT_W_VNOUN) || np_ing(in, i))
        return np_participle(in, i);
    if (w->classes & ENT_W_ADV) return 0;
    p->has |= w->kinds & NP_NOUNS ? NP_MODIFIER : NP_UNKNOWN;
    return 1;
}

/* A name in the phrase is passed over whole. Peoples ("Russians") head phrases of their own. */
static int np_takes_name(const ent_smention *m, np *p)
{
    if (m->form != ENT_NAME || (m->kind == ENT_COUNTRY && m->flags & ENT_M_PLURAL)) return 0;
    p->has |= m->kind == ENT_COUNTRY || m->kind == ENT_PLACE ? NP_STATE : NP_NAME;
    p->state = m->tok;
    return 1;
}

/* "Russian and Ukrainian" before the head: at the conjunction i, the first token of the adjective
 * before it, or i when there is none. */
static uint32_t np_joined(const mention_in *in, uint32_t i, const np *p)
{
    if (i == 0 || !mention_is(in, i, ENT_W_CONJ) || p->state != i + 1) return i;
    const ent_smention *m = np_owner(in, i - 1);
    if (!m) return mention_is(in, i - 1, ENT_W_COMPASS) ? i - 1 : i;
    int adjective = m->flags & ENT_M_ADJ || in->t[m->tok].shape >= ENT_SH_UPPER;
    return m->kind == ENT_COUNTRY && adjective && !(m->flags & ENT_M_PLURAL) ? m->tok : i;
}

/* The token before the phrase tells how it stands in the sentence. */
static void np_before(const mention_in *in, np *p)
{
    uint32_t i = p->first;
    if (i == 0) {
        p->has |= NP_START;
        return;
    }
    i--;
    unsigned c = mention_word(in, i)->classes;
    if (in->t[i].flags & ENT_T_POSS) p->has |= NP_OWNER | NP_DEFINITE;
    if (c & ENT_W_DET) p->has |= NP_ARTICLE;
    if (c & ENT_W_DEF) p->has |= NP_DEFINITE;
    if (c & ENT_W_POSS) p->has |= NP_OWNER;
    if (c & ENT_W_QUANT) p->has |= NP_QUANT;
    if (c & (ENT_W_DET | ENT_W_QUANT) && i > 0) c = mention_word(in, --i)->classes;
    if (c & ENT_W_PREP) p->has |= NP_PREP;
    if (c & (ENT_W_VERB | ENT_W_SPEECH)) p->has |= NP_VERB;
}

/* Walks left from the head. O(length of the phrase), at most NP_LONGEST steps. */
static np np_walk(const mention_in *in, uint32_t head, uint32_t n)
{
    np p = {.first = head, .head = head, .n = n, .state = head};
    for (int steps = 0; p.first > 0 && steps < NP_LONGEST; steps++) {
        uint32_t i = p.first - 1;
        int compound = i >= 2 && mention_joins(in, i - 1) && in->t[i].cls == ENT_T_WORD;
        if (compound) i -= 2;
        const ent_smention *m = np_owner(in, i);
        uint32_t joined = np_joined(in, i, &p);
        if (joined != i) {
            p.first = joined;
            p.state = joined;
            continue;
        }
        if (p.has & NP_NUMERAL && !mention_is(in, i, ENT_W_NUM)) break;
        if (compound) { /* its first part may be anything but a mark */
            if (in->t[i].cls > ENT_T_NUMBER) break;
            if (m) np_takes_name(m, &p);
            p.has |= NP_MODIFIER;
        } else if (m ? !np_takes_name(m, &p) : !np_takes(in, i, &p)) {
            break;
        }
        p.first = m ? m->tok : i;
    }
    np_before(in, &p);
    return p;
}

/* ---- bodies --------------------------------------------------------------------------------- */

/* "Government of Australia": an institution with a capital before "of" and a state. */
static void body_of(mention_in *in, const ent_gaz_hit *h)
{
    uint32_t i = h->first + h->n;
    if (in->t[h->first].shape < ENT_SH_INIT || i + 1 >= in->n) return;
    const char *s = in->text + in->t[i].start;
    if (in->t[i].end - in->t[i].start != 2 || (s[0] | 32) != 'o' || (s[1] | 32) != 'f') return;
    i++;
    if (mention_is(in, i, ENT_W_DET)) i++;
    const ent_smention *state = i < in->n ? np_owner(in, i) : NULL;
    if (!state || state->kind != ENT_COUNTRY || state->tok != i || state->flags & ENT_M_ADJ) return;
    uint16_t country = state->country;
    ent_smention *m = mention_add(in, h->first, (uint32_t)state->tok + state->ntok - h->first,
                                  ENT_ORGANISATION, ENT_NAME, 0.85);
    if (!m) return;
    m->country = country;
    m->title = in->t[h->first + h->n - 1].lower;
}

/* "news | agency": the end of a longer noun, of a body that a state or body has many of; the name
 * before it is its own ("Interfax news agency"). */
static int body_is_tail(const mention_in *in, const ent_gaz_hit *h)
{
    for (uint32_t i = h->first > 2 ? h->first - 2 : 0; i < h->first; i++) {
        const ent_gaz_hit *longer = mention_exact(in, i, h->first + h->n - i, ENT_G_ORGNOUN);
        if (longer && longer->e.weight < 200) return 1;
    }
    return 0;
}

/* "Finnish government", "IMF board", "Trump administration", "Saudi-led coalition": an institution
 * with a name before it is an organisation; the span begins with the name. */
void mention_bodies(mention_in *in)
{
    for (uint32_t k = 0; k < in->hits->n; k++) {
        const ent_gaz_hit *h = &in->hits->at[k];
        if (!(h->e.kinds & ENT_G_ORGNOUN) || h->e.weight < 200 || in->owner[h->first]) continue;
        if (h->first > 0 && in->t[h->first - 1].flags & ENT_T_POSS) continue;
        if (body_is_tail(in, h)) continue;
        np p = np_walk(in, h->first, h->n);
        if (!(p.has & (NP_STATE | NP_NAME))) {
            body_of(in, h);
            continue;
        }
        ent_smention *holder = &in->out->at[in->owner[p.state] - 1];
        uint16_t country = holder->country;
        if (holder->kind == ENT_PERSON) holder->flags |= ENT_M_HIDDEN;
        ent_smention *m =
            mention_add(in, p.state, h->first + h->n - p.state, ENT_ORGANISATION, ENT_NAME, 0.85);
        if (!m) return;
        m->country = country;
        m->title = in->t[h->first + h->n - 1].lower;
        if (p.has & NP_DEFINITE) m->flags |= ENT_M_DEFINITE;
    }
}

/* ---- groups --------------------------------------------------------------------------------- */

/* The first token behind the phrase that is not an adverb. */
static uint32_t group_next(const mention_in *in, uint32_t i)
{
    while (i < in->n && mention_is(in, i, ENT_W_ADV))
        i++;
    return i;
}

/* A head noun that only modifies the next one ("police officers", "opposition leader"). */
static int group_modifies(const mention_in *in, uint32_t next, int plural)
{
    if (next >= in->n || in->t[next].cls != ENT_T_WORD || in->t[next].flags & ENT_T_POSS) return 0;
    const ent_gaz_entry *w = mention_word(in, next);
    if (in->owner[next] && in->t[next].shape >= ENT_SH_INIT) return !plural;
    if (w->kinds & NP_NOUNS && !(w->classes & (ENT_W_VERB | ENT_W_AUX))) return 1;
    const unsigned free =
        ENT_W_POLITICAL | ENT_W_EVENT | ENT_W_TIME | ENT_W_MOD | ENT_W_NAME | ENT_W_FOLK;
    return !plural && !(w->classes & ~free) && in->t[next].shape == ENT_SH_LOWER;
}

/* How likely the phrase is an actor: a logistic model over what the walk met and what follows. The
 * weights were fitted to the annotated claims, by document in turns, and rounded. */
static double group_score(const mention_in *in, const np *p, int plural, unsigned weight)
{
    static const struct {
        unsigned has;
        double weight;
    } MET[] = {{NP_STATE, 1.0},    {NP_NAME, 0.9},     {NP_MODIFIER, -0.2}, {NP_NUMERAL, -0.8},
               {NP_DEFINITE, 0.3}, {NP_ARTICLE, -0.4}, {NP_START, 0.5},     {NP_PREP, -0.4},
               {NP_VERB, -0.4},    {NP_QUANT, 0.3}};
    double z = plural ? 0.9 : 0.4;
    for (size_t i = 0; i < sizeof MET / sizeof *MET; i++)
        if (p->has & MET[i].has) z += MET[i].weight;
    if (weight < 110 && p->has & NP_NUMERAL) z -= 2.0; /* "34 people": bare victims */
    if (!(p->has & (NP_STATE | NP_NAME | NP_MODIFIER | NP_UNKNOWN | NP_NUMERAL)))
        z -= weight >= 150 ? 0.5 : 1.0;
    uint32_t next = group_next(in, p->head + p->n);
    unsigned c = next < in->n ? mention_word(in, next)->classes : 0;
    if (c & ENT_W_PREP) z += 0.6;
    if (c & ENT_W_AUX) z += 0.4;
    if (c & ENT_W_VERB) z += 0.7;
    return 1.0 / (1.0 + exp(-z));
}

/* Words with a plural ending or in the lexicon as collective: "officials", "people", "police". */
static int group_plural(const mention_in *in, uint32_t i)
{
    const char *e = in->text + in->t[i].end;
    return in->t[i].end - in->t[i].start > 2 && (e[-1] == 's' || e[-1] == 'S') && e[-2] != 's';
}

/* A group noun becomes a group unless it is part of a name or only describes the next noun. What
 * names it holds stay mentions of their own; the first state among them is the group's. Unlikely
 * ones are kept out of sight. */
static void add_group(mention_in *in, const ent_gaz_hit *h)
{
    uint32_t last = h->first + h->n - 1;
    int plural = group_plural(in, last) || h->n > 1;
    if (in->owner[h->first] || in->owner[last] || group_modifies(in, last + 1, plural)) return;
    if (mention_joins(in, last + 1) || mention_within_other(in, h->first, h->n)) return;
    np p = np_walk(in, h->first, h->n);
    double score = group_score(in, &p, plural, h->e.weight);
    ent_smention *m = mention_add(in, p.first, last + 1 - p.first, ENT_GROUP, ENT_NAME, score);
    if (!m) return;
    m->title = in->t[last].lower;
    m->flags |= ENT_M_PLURAL;
    if (score < 0.3) m->flags |= ENT_M_HIDDEN;
    if (p.has & NP_DEFINITE) m->flags |= ENT_M_DEFINITE;
    for (uint32_t i = p.first; i < h->first && !m->country; i++)
        if (in->owner[i]) m->country = in->out->at[in->owner[i] - 1].country;
}

/* Heads come from left to right; a phrase of several words ("heads of state") is one hit. */
void mention_groups(mention_in *in)
{
    for (uint32_t k = 0; k < in->hits->n; k++) {
        const ent_gaz_hit *h = &in->hits->at[k];
        if (h->e.kinds & ENT_G_GROUPNOUN) add_group(in, h);
    }
}
