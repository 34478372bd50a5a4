/* mention_nominal - mentions without a name: nouns that point at an actor ("the president", "his
 * oil minister", "the alliance") and pronouns. What they refer to is for link. */
#include "mention_in.h"

enum { NOMINAL_NOUNS = ENT_G_TITLE | ENT_G_ORGNOUN | ENT_G_PLACENOUN };

/* The name that covers a token, or NULL. */
static const ent_smention *nominal_owner(const mention_in *in, uint32_t i)
{
    return in->owner[i] ? &in->out->at[in->owner[i] - 1] : NULL;
}

/* Whether a noun of the lexicon or a name goes on at `next`, so that what stands before it only
 * describes it: "prime minister Modi", "company officials". */
static int nominal_goes_on(const mention_in *in, uint32_t next)
{
    if (next >= in->n || in->t[next].cls != ENT_T_WORD || in->t[next].flags & ENT_T_POSS) return 0;
    const ent_gaz_entry *w = mention_word(in, next);
    if (in->owner[next]) return 1;
    if (w->kinds & (NOMINAL_NOUNS | ENT_G_GROUPNOUN) && !(w->classes & (ENT_W_AUX | ENT_W_VERB)))
        return 1;
    return !(w->classes & ~(unsigned)(ENT_W_NAME | ENT_W_FOLK)) &&
           in->t[next].shape == ENT_SH_LOWER;
}

/* First token of the phrase: adjectives and nouns before the head are taken, at most three; a name
 * only when it is a body that the person serves ("Foreign Office spokesman"). */
static uint32_t nominal_first(const mention_in *in, uint32_t head)
{
    uint32_t first = head;
    for (int steps = 0; first > 0 && steps < 3; steps++) {
        uint32_t i = first - 1;
        const ent_smention *m = nominal_owner(in, i);
        const ent_gaz_entry *w = mention_word(in, i);
        if (m) {
            if (m->kind != ENT_COUNTRY && m->kind != ENT_ORGANISATION) break;
            first = m->tok;
            continue;
        }
        unsigned noun = w->kinds & (NOMINAL_NOUNS | ENT_G_GROUPNOUN | ENT_G_ORGWORD);
        if (in->t[i].cls != ENT_T_WORD || (!noun && !(w->classes & ENT_W_MOD))) break;
        if (w->classes & (ENT_W_DET | ENT_W_PREP | ENT_W_PRON | ENT_W_AUX | ENT_W_VERB)) break;
        first = i;
    }
    return first;
}

/* Kind of a nominal by its noun. */
static ent_kind nominal_kind(const ent_gaz_entry *e)
{
    if (e->kinds & ENT_G_TITLE) return ENT_PERSON;
    return e->kinds & ENT_G_ORGNOUN ? ENT_ORGANISATION : ENT_PLACE;
}

/* How sure: definite ones point at something, and verbs of speech behind persons tell actors. */
static double nominal_score(const mention_in *in, uint32_t first, uint32_t next, int *definite)
{
    double p = 0.3;
    *definite = 0;
    if (first > 0) {
        unsigned c = mention_word(in, first - 1)->classes;
        *definite = (c & (ENT_W_DEF | ENT_W_POSS)) != 0 || in->t[first - 1].flags & ENT_T_POSS;
        if (*definite) p += 0.4;
    }
    if (in->owner[first]) p += 0.2;
    if (next < in->n && mention_is(in, next, ENT_W_SPEECH)) p += 0.25;
    return p < 0.9 ? p : 0.9;
}

/* "Prime Minister of Japan Naoto Kan": an office, "of" and its state or body right before a person
 * are a title. */
static int nominal_is_title(const mention_in *in, uint32_t i)
{
    if (i + 1 >= in->n || !mention_is(in, i, ENT_W_PREP)) return 0;
    i += mention_is(in, i + 1, ENT_W_DET) ? 2 : 1;
    const ent_smention *of = i < in->n ? nominal_owner(in, i) : NULL;
    const ent_smention *who = of && (uint32_t)of->tok + of->ntok < in->n
                                  ? nominal_owner(in, (uint32_t)of->tok + of->ntok)
                                  : NULL;
    return who && who->kind == ENT_PERSON;
}

/* A noun of the lexicon that is no part of a name, no title of one and no description of the next
 * noun. Places are always kept in reserve: "the city" is worth showing only where link finds which
 * one. */
static void add_nominal(mention_in *in, const ent_gaz_hit *h)
{
    uint32_t next = h->first + h->n;
    if (in->owner[h->first] || in->owner[next - 1] || mention_joins(in, next)) return;
    if (mention_within_other(in, h->first, h->n)) return;
    if (in->t[h->first].shape == ENT_SH_UPPER && !(in->flags & ENT_S_CAPS)) return;
    if (nominal_goes_on(in, next)) return;
    if (h->first > 0 && mention_joins(in, h->first - 1)) return;
    if (h->e.kinds & ENT_G_TITLE && nominal_is_title(in, next)) return;
    uint32_t first = nominal_first(in, h->first);
    int definite;
    double p = nominal_score(in, first, next, &definite);
    ent_kind kind = nominal_kind(&h->e);
    ent_smention *m = mention_add(in, first, next - first, kind, ENT_NOMINAL, p);
    if (!m) return;
    m->title = in->t[next - 1].lower;
    if (p < 0.5 || kind == ENT_PLACE) m->flags |= ENT_M_HIDDEN;
    if (definite) m->flags |= ENT_M_DEFINITE;
    if (h->e.flags & ENT_GF_MALE) m->flags |= ENT_M_MALE;
    if (h->e.flags & ENT_GF_FEMALE) m->flags |= ENT_M_FEMALE;
    if (in->owner[first]) m->country = in->out->at[in->owner[first] - 1].country;
}

/* Phrases of the lexicon from left to right; a longer one hides what it holds. */
void mention_nominals(mention_in *in)
{
    uint32_t behind = 0;
    for (uint32_t k = 0; k < in->hits->n; k++) {
        const ent_gaz_hit *h = &in->hits->at[k];
        if (!(h->e.kinds & NOMINAL_NOUNS) || h->first < behind) continue;
        if (h->e.kinds & ENT_G_GROUPNOUN && !(h->e.kinds & (ENT_G_TITLE | ENT_G_ORGNOUN))) continue;
        behind = h->first + h->n;
        add_nominal(in, h);
    }
}

/* "It is clear that", "it remains to": the pronoun stands for nothing. */
static int pronoun_empty(const mention_in *in, uint32_t i)
{
    if (!mention_is(in, i, ENT_W_THING) || mention_is(in, i, ENT_W_POSS)) return 0;
    if (i + 1 >= in->n || !mention_is(in, i + 1, ENT_W_AUX | ENT_W_VERB)) return 0;
    for (uint32_t k = i + 2; k < in->n && k < i + 5; k++) {
        unsigned c = mention_word(in, k)->classes;
        if (in->t[k].cls == ENT_T_PUNCT) return 0;
        if (c & ENT_W_SUB) return 1;
        if (c & ENT_W_PREP && k > i + 2 && mention_mark(in, k, 't')) return 1;
    }
    return 0;
}

/* Sex, number and case of a pronoun, all known from the word. */
static unsigned pronoun_flags(const ent_gaz_entry *w)
{
    unsigned f = 0;
    if (w->flags & ENT_GF_MALE) f |= ENT_M_MALE;
    if (w->flags & ENT_GF_FEMALE) f |= ENT_M_FEMALE;
    if (w->classes & ENT_W_PLURAL) f |= ENT_M_PLURAL;
    if (w->classes & ENT_W_POSS) f |= ENT_M_POSS;
    return f;
}

/* Every personal pronoun but "you" is a mention; its kind is a guess that link puts right when it
 * finds what the pronoun stands for. Words in capitals ("US", "IT") are no pronouns, unless the
 * whole line is in capitals. */
void mention_pronouns(mention_in *in)
{
    for (uint32_t i = 0; i < in->n; i++) {
        const ent_gaz_entry *w = mention_word(in, i);
        if (!(w->classes & ENT_W_PRON) || in->owner[i] || w->classes & ENT_W_SECOND) continue;
        if (in->t[i].shape == ENT_SH_UPPER && in->t[i].end - in->t[i].start > 1 &&
            !(in->flags & ENT_S_CAPS))
            continue; /* "US", "IT" */
        ent_kind kind = w->classes & ENT_W_PLURAL  ? ENT_GROUP
                        : w->classes & ENT_W_THING ? ENT_ORGANISATION
                                                   : ENT_PERSON;
        int empty = pronoun_empty(in, i);
        ent_smention *m = mention_add(in, i, 1, kind, ENT_PRONOUN, empty ? 0.2 : 0.8);
        if (!m) return;
        m->flags |= (uint16_t)pronoun_flags(w);
        if (empty) m->flags |= ENT_M_HIDDEN;
    }
}
