/* mention_name - names: the tagger's spans, trimmed, split and widened to what GUIDE calls a name,
 * each with one of our kinds. */
#include "mention_in.h"

enum {
    NAME_SURE = 200, /* weight of organisations that are names wherever they stand */
    NAME_WORDS = ENT_G_ORGWORD | ENT_G_ORGNOUN
};

typedef struct piece { /* tokens that are one name, or a part that must be looked at again */
    uint32_t first, n;
    ent_nertype type;
    double p;
    int doubtful;
} piece;

/* Takes what the gazetteer says of the whole name: state, organisation, sex. */
static void name_facts(const mention_in *in, ent_smention *m, const ent_gaz_hit *h)
{
    if (h) {
        m->country = h->e.country;
        m->org = h->e.id;
        if (m->kind == ENT_COUNTRY && !(h->e.kinds & (ENT_G_COUNTRY | ENT_G_SEAT)))
            m->flags |= ENT_M_ADJ;
        if (h->e.kinds & ENT_G_PEOPLE && !(h->e.kinds & ENT_G_DEMONYM)) m->flags |= ENT_M_PLURAL;
    }
    const ent_gaz_entry *w = mention_word(in, m->tok);
    if (m->kind == ENT_PERSON && m->ntok > 1 && w->kinds & ENT_G_GIVEN) {
        if (w->flags & ENT_GF_MALE) m->flags |= ENT_M_MALE;
        if (w->flags & ENT_GF_FEMALE) m->flags |= ENT_M_FEMALE;
    }
}

/* A mention of a name together with what is known of it. */
ent_smention *mention_put(mention_in *in, uint32_t first, uint32_t n, ent_kind kind, double p,
                          const ent_gaz_hit *fact)
{
    ent_smention *m = mention_add(in, first, n, kind, ENT_NAME, p);
    if (m) name_facts(in, m, fact);
    return m;
}

/* ---- the span -------------------------------------------------------------------------------- */

/* Whether a person's given or family name starts at token i, a capital at least. */
static int name_person_at(const mention_in *in, uint32_t i)
{
    return in->t[i].shape >= ENT_SH_INIT &&
           mention_word(in, i)->kinds & (ENT_G_GIVEN | ENT_G_FAMILY);
}

/* "UN Secretary-General | António Guterres", "United States | Joe Biden": how much of the span
 * stands before a title or, for states, before a full name of a person. */
static uint32_t name_holder(const mention_in *in, const piece *p)
{
    const ent_gaz_hit *s = mention_hit(in, p->first, MENTION_STATE | ENT_G_ORG), *t;
    if (!s || s->n >= p->n) return 0;
    uint32_t next = p->first + s->n, end = p->first + p->n;
    t = mention_hit(in, next, ENT_G_TITLE);
    if (t && next + t->n < end && (p->type == ENT_NER_PER || name_person_at(in, next + t->n)))
        return s->n;
    int person = s->e.kinds & ENT_G_COUNTRY && next + 1 < end && name_person_at(in, next) &&
                 !(mention_word(in, end - 1)->kinds & NAME_WORDS);
    return person && mention_word(in, next)->kinds & ENT_G_GIVEN ? s->n : 0;
}

/* "Minister of | Health | Zeng Yixin": a portfolio that the tagger took for part of the name; gives
 * how many tokens it has. */
static uint32_t name_portfolio(const mention_in *in, const piece *p)
{
    if (p->first < 2 || p->type != ENT_NER_PER || !mention_is(in, p->first - 1, ENT_W_PREP) ||
        !(mention_word(in, p->first - 2)->kinds & ENT_G_TITLE))
        return 0;
    uint32_t k = 0;
    while (k + 1 < p->n && !name_person_at(in, p->first + k) &&
           (mention_word(in, p->first + k)->kinds & NAME_WORDS ||
            mention_word(in, p->first + k)->classes))
        k++;
    return k && p->n - k <= 3 && !mention_word(in, p->first + k)->classes ? k : 0;
}

/* "Secretary of | State | Marco Rubio": the end of a title that begins before the span. */
static uint32_t name_title_tail(const mention_in *in, const piece *p)
{
    for (uint32_t i = p->first > 4 ? p->first - 4 : 0; i < p->first; i++) {
        const ent_gaz_hit *h = mention_hit(in, i, ENT_G_TITLE);
        if (h && i + h->n > p->first && i + h->n < p->first + p->n) return i + h->n - p->first;
    }
    return 0;
}

/* An article as the tagger may take into a name: no possessive ("Our Own School") and no initial
 * ("A. Smith"). */
static int name_article(const mention_in *in, uint32_t i)
{
    const ent_token *t = &in->t[i];
    int initial = in->text[t->end - 1] == '.' ||
                  (t->end - t->start == 1 && i + 1 < in->n && mention_mark(in, i + 1, '.'));
    return mention_is(in, i, ENT_W_DET) && !mention_is(in, i, ENT_W_POSS) && !initial;
}

/* A title, or a calling that is no given name as well: "Dean Headley", "Don Pepin" stay whole. */
static int name_titles(const mention_in *in, const ent_gaz_hit *t)
{
    return t->n > 1 || t->e.weight >= 200 || !(mention_word(in, t->first)->kinds & ENT_G_GIVEN);
}

/* "MINISTER | MEETS LAVROV": a verb in a line of capitals before a person's name. */
static int name_shouts(const mention_in *in, const piece *p)
{
    const ent_gaz_entry *w = mention_word(in, p->first);
    return in->shouts && p->type == ENT_NER_PER && w->classes & (ENT_W_VERB | ENT_W_SPEECH) &&
           !(w->kinds & (ENT_G_GIVEN | ENT_G_FAMILY));
}

/* A leading part that is not of the name: article, title, compass word, common noun in lower case,
 * a state or body before a title. Gives how many tokens to leave out, 0 when the rest would hold no
 * capital. */
static uint32_t name_excess(const mention_in *in, const piece *p)
{
    const ent_gaz_hit *t = mention_hit(in, p->first, ENT_G_TITLE);
    uint32_t skip = 0;
    if (p->n < 2 || mention_exact(in, p->first, p->n, MENTION_NAMEISH)) return 0;
    int lower = in->t[p->first].shape == ENT_SH_LOWER;
    if (name_article(in, p->first) || mention_asked(in, p->first, p->n) || name_shouts(in, p) ||
        (lower && (mention_is(in, p->first, ENT_W_COMPASS | ENT_W_MOD) ||
                   mention_word(in, p->first)->kinds & ENT_G_ORGNOUN)))
        skip = 1;
    else if (t && t->n < p->n && name_titles(in, t) &&
             (p->type == ENT_NER_PER ||
              mention_exact(in, p->first + t->n, p->n - t->n, MENTION_STATE | ENT_G_PERSON) ||
              (mention_word(in, p->first + t->n)->kinds & ENT_G_GIVEN && p->n - t->n <= 3)))
        skip = t->n;
    else if (!(skip = name_title_tail(in, p)) && !(skip = name_portfolio(in, p)))
        skip = name_holder(in, p);
    while (skip && skip < p->n && in->t[p->first + skip].cls != ENT_T_WORD)
        skip++;
    return skip < p->n && in->t[p->first + skip].shape >= ENT_SH_INIT ? skip : 0;
}

/* Whether the tokens are a title or part of one ("State" in "Secretary of State"). */
int mention_in_title(const mention_in *in, uint32_t first, uint32_t n)
{
    for (uint32_t i = first > 4 ? first - 4 : 0; i <= first; i++) {
        const ent_gaz_hit *h = mention_hit(in, i, ENT_G_TITLE);
        if (h && h->n > 1 && i + h->n >= first + n) return 1;
    }
    return 0;
}

/* Whether the word at i has the ending of a verb form that says something of a single actor: other
 * forms are words of other languages as well ("Mouvement pour le Changement"). */
static int name_finite(const mention_in *in, uint32_t i)
{
    const ent_token *t = &in->t[i];
    const char *e = in->text + t->end;
    return t->end - t->start > 3 && (e[-1] == 's' || (e[-1] == 'd' && e[-2] == 'e'));
}

/* A verb in lower case cuts a span in two: "Armenia Alliance | entered parliament". Gives the
 * tokens before it, 0 when there is none. */
static uint32_t name_verb(const mention_in *in, const piece *p)
{
    for (uint32_t k = 1; k + 1 < p->n; k++) {
        uint32_t i = p->first + k;
        if (!mention_is(in, i, ENT_W_VERB | ENT_W_SPEECH)) continue;
        if (in->t[i].shape == ENT_SH_LOWER && name_finite(in, i)) return k;
        if (mention_exact(in, p->first, k, MENTION_NAMEISH) && p->n > k + 1 &&
            mention_exact(in, i + 1, p->n - k - 1, MENTION_NAMEISH))
            return k; /* a headline: "Sweden | Back European Union" */
    }
    return 0;
}

/* Whether the conjunction at token p->first + k stands between two names: both known, one known and
 * the other a single word, or both with the ending of a body, the same or "or" between them. */
static int name_joint(const mention_in *in, const piece *p, uint32_t k)
{
    const unsigned known = MENTION_NAMEISH & ~(unsigned)ENT_G_DEMONYM;
    uint32_t i = p->first + k, rest = p->n - k - 1;
    int left = mention_exact(in, p->first, k, known) != NULL;
    int right = mention_exact(in, i + 1, rest, known) != NULL;
    int apart = in->text[in->t[i].start] == 'o' || in->t[i - 1].lower == in->t[i + rest].lower;
    int bodies = apart && mention_word(in, i - 1)->kinds & NAME_WORDS && k > 1 && rest > 1 &&
                 mention_word(in, i + rest)->kinds & NAME_WORDS;
    int named = k <= 2 && !(mention_word(in, i - 1)->kinds & NAME_WORDS) &&
                !mention_is(in, i - 1, ENT_W_MOD);
    return (left && (right || rest == 1)) || (right && named) || bodies;
}

/* "European Union and Turkey", "Oracle and Walmart" are two names, "Ministry of Trade and Industry"
 * is one. Gives the tokens before the conjunction, 0 to leave the span whole. */
static uint32_t name_split(const mention_in *in, const piece *p)
{
    if (p->n < 3 || mention_exact(in, p->first, p->n, MENTION_NAMEISH)) return 0;
    uint32_t verb = name_verb(in, p);
    if (verb) return verb;
    for (uint32_t k = 1; k + 1 < p->n; k++) {
        uint32_t i = p->first + k;
        if (in->t[i].shape != ENT_SH_LOWER) continue;
        if (mention_is(in, i, ENT_W_PREP)) return 0;
        if (mention_is(in, i, ENT_W_CONJ) && name_joint(in, p, k)) return k;
    }
    return 0;
}

/* "Internal Market Bill", "Columbia River Treaty": what such a name means is no actor. "UN World
 * Food Program" ends in a known body's name. */
static int name_is_event(const mention_in *in, const piece *p)
{
    uint32_t end = p->first + p->n;
    if (p->n < 2 || p->type == ENT_NER_PER || !mention_is(in, end - 1, ENT_W_EVENT | ENT_W_TIME))
        return 0;
    for (uint32_t i = p->first; i < end; i++)
        if (mention_exact(in, i, end - i, MENTION_NAMEISH)) return 0;
    int body = 0; /* "Court of Appeal": the head stands before "of" */
    for (uint32_t i = p->first; i + 2 < end; i++)
        body |= mention_word(in, i)->kinds & NAME_WORDS && mention_is(in, i + 1, ENT_W_PREP);
    return !body;
}

/* "Libyan | National Army", "French | Foreign Ministry": an adjective of a state right before a
 * body's name that is made of common words belongs to the name. */
static void name_widen_left(const mention_in *in, piece *p)
{
    if (p->first == 0) return;
    for (uint32_t i = p->first; i < p->first + p->n; i++)
        if (!(mention_word(in, i)->kinds & NAME_WORDS) && !mention_is(in, i, ENT_W_MOD)) return;
    for (uint32_t len = 1; len <= 3 && len <= p->first; len++) {
        const ent_gaz_hit *h =
            mention_exact(in, p->first - len, len, ENT_G_DEMONYM | ENT_G_COUNTRY);
        if (!h || in->t[h->first].shape < ENT_SH_INIT || in->owner[h->first]) continue;
        p->first -= len;
        p->n += len;
        return;
    }
}

/* "Cabinet | of Israel": an institution's noun before "of" and a state. */
static void name_widen_right(const mention_in *in, piece *p)
{
    uint32_t i = p->first + p->n;
    if (i + 1 >= in->n || !mention_exact(in, p->first, p->n, ENT_G_ORGNOUN)) return;
    if (in->t[i].end - in->t[i].start != 2 || !mention_mark(in, i, 'o')) {
        const char *s = in->text + in->t[i].start;
        if (in->t[i].end - in->t[i].start != 2 || (s[0] | 32) != 'o' || (s[1] | 32) != 'f') return;
    }
    i++;
    if (mention_is(in, i, ENT_W_DET)) i++;
    const ent_gaz_hit *h = i < in->n ? mention_hit(in, i, ENT_G_COUNTRY) : NULL;
    if (h) p->n = h->first + h->n - p->first;
}

/* "A. | P. J. Abdul Kalam", "Will | Smith": what stands before a person's span and is
 * of the name. */
static void name_widen_given(const mention_in *in, piece *p)
{
    uint32_t most = p->first > 3 ? 3 : p->first;
    for (; most > 0; most--) {
        const ent_token *t = &in->t[p->first - 1];
        if (in->owner[p->first - 1] || t->end - t->start != 2 || t->shape < ENT_SH_INIT ||
            in->text[t->end - 1] != '.' || t->end == in->t[p->first].start)
            break;
        p->first--;
        p->n++;
    }
    if (p->n > 1 || !mention_given(in, p->first)) return;
    p->first--;
    p->n++;
}

/* A word with a capital that is no title. */
static int name_capital(const mention_in *in, uint32_t i)
{
    return i < in->n && in->t[i].cls == ENT_T_WORD && in->t[i].shape >= ENT_SH_INIT &&
           !(mention_word(in, i)->kinds & ENT_G_TITLE);
}

/* "Edward | "Ted" Kennedy": a given name, what its bearer is called, the last name. */
static void name_widen_called(const mention_in *in, piece *p)
{
    uint32_t i = p->first + p->n;
    if (p->n > 2 || i + 3 >= in->n || !(mention_word(in, i - 1)->kinds & ENT_G_GIVEN)) return;
    if (in->t[i].cls != ENT_T_QUOTE || in->t[i + 1].flags & ENT_T_SPACE) return;
    i++;
    for (int k = 0; k < 2 && name_capital(in, i); k++)
        i++;
    if (i + 1 >= in->n || in->t[i].cls != ENT_T_QUOTE || in->t[i - 1].cls == ENT_T_QUOTE) return;
    if (in->t[i].flags & ENT_T_SPACE || !name_capital(in, i + 1)) return;
    p->n = i + 2 - p->first;
}

/* "Joseph R. Biden | , Jr." */
static void name_widen_junior(const mention_in *in, piece *p)
{
    uint32_t i = p->first + p->n;
    if (mention_mark(in, i, ',')) i++;
    if (i >= in->n || in->t[i].shape < ENT_SH_INIT || in->owner[i]) return;
    const char *s = in->text + in->t[i].start;
    uint32_t len = in->t[i].end - in->t[i].start;
    if ((len == 2 || (len == 3 && s[2] == '.')) && (s[0] == 'J' || s[0] == 'S') && s[1] == 'r')
        p->n = i + 1 - p->first;
}

/* ---- the kind -------------------------------------------------------------------------------- */

/* Whether a title or form of address stands right before: then a short name is a person's. */
static int name_titled(const mention_in *in, const piece *p)
{
    if (p->n > 4) return 0;
    if (p->n > 1 && p->first > 2 && mention_is(in, p->first - 2, ENT_W_PREP) &&
        mention_word(in, p->first - 3)->kinds & ENT_G_TITLE &&
        mention_word(in, p->first - 1)->kinds & NAME_WORDS)
        return 1;
    for (uint32_t len = 1; len <= 3 && len <= p->first; len++) {
        const ent_gaz_hit *h = mention_exact(in, p->first - len, len, ENT_G_TITLE);
        if (h && h->e.weight >= 200 && !mention_is(in, p->first - len, ENT_W_VERB)) return 1;
    }
    return 0;
}

/* "The union Sinmar": a lone word nobody knows as a person's, right behind a body's noun, names
 * that body. Before a verb it may be a clause's subject instead: "the party Keller founded". */
static int name_is_body(const mention_in *in, const piece *p)
{
    enum { GOES_ON = ENT_W_VERB | ENT_W_SPEECH | ENT_W_VNOUN | ENT_W_AUX | ENT_W_ADV | ENT_W_NEG };
    uint32_t next = p->first + p->n;
    if (p->n > 1 || p->first == 0 || mention_is(in, p->first - 1, GOES_ON) ||
        in->t[p->first - 1].shape != ENT_SH_LOWER ||
        !(mention_word(in, p->first - 1)->kinds & ENT_G_ORGNOUN) ||
        mention_word(in, p->first)->kinds & (NAME_WORDS | ENT_G_PERSON))
        return 0;
    return next >= in->n || !mention_is(in, next, GOES_ON) || in->t[next].cls != ENT_T_WORD;
}

/* A listed family name that is no word and nothing else. */
static int name_is_family(const mention_in *in, uint32_t i)
{
    const ent_gaz_entry *w = mention_word(in, i);
    return w->kinds & ENT_G_FAMILY && !w->classes && !(w->flags & (ENT_GF_WORD | ENT_GF_OTHER));
}

/* The tagger's type, put right where a body's noun before it says organisation, or a title or the
 * given name person. */
static ent_nertype name_type(const mention_in *in, const piece *p)
{
    if (p->type == ENT_NER_PER && name_is_body(in, p)) return ENT_NER_ORG;
    if (p->type == ENT_NER_PER ||
        mention_exact(in, p->first, p->n, MENTION_NAMEISH & ~ENT_G_PERSON))
        return p->type;
    for (uint32_t i = p->first; i < p->first + p->n; i++)
        if (mention_word(in, i)->kinds & NAME_WORDS && i > p->first) return p->type;
    if (p->n == 1 && in->shouts && name_is_family(in, p->first) && p->type == ENT_NER_ORG)
        return ENT_NER_PER; /* "PUTIN SAYS" */
    return name_titled(in, p) ? ENT_NER_PER : p->type;
}

/* "Georgia" is a state and a part of another one: the latter where places of that other one stand
 * in the sentence ("Georgia and Florida") and neither states nor places of its own do. */
static int name_is_part(const mention_in *in, const ent_gaz_hit *h)
{
    uint16_t other = 0;
    if (!(h->e.kinds & ENT_G_COUNTRY) || !(h->e.kinds & ENT_G_PLACE)) return 0;
    for (uint32_t k = 0; k < in->hits->n; k++) {
        const ent_gaz_hit *x = &in->hits->at[k];
        if (x->first == h->first || !(x->e.kinds & (MENTION_STATE | ENT_G_SEAT | ENT_G_PLACE)))
            continue;
        if (x->e.country == h->e.country || x->e.kinds & MENTION_STATE) return 0;
        if (in->t[x->first].shape >= ENT_SH_INIT) other = x->e.country;
    }
    return other != 0;
}

/* Our kind of a tagged name. A state's name wins over the tagger unless it is also a person's and
 * the tagger says person; cities that are seats are decided later, by what they do. */
static ent_kind name_kind(const mention_in *in, const piece *p, const ent_gaz_hit *h)
{
    static const ent_kind kind[] = {ENT_PERSON, ENT_ORGANISATION, ENT_PLACE};
    ent_nertype type = name_type(in, p);
    if (!h) return kind[type];
    unsigned doubt = ENT_GF_WORD | ENT_GF_OTHER;
    if (h->e.kinds & MENTION_STATE && !(type == ENT_NER_PER && h->e.flags & doubt))
        return name_is_part(in, h) ? ENT_PLACE : ENT_COUNTRY;
    if (type == ENT_NER_PER && !(h->e.kinds & ENT_G_PERSON) && !(h->e.flags & doubt)) {
        if (h->e.kinds & ENT_G_ORG && h->e.weight >= 150) return ENT_ORGANISATION;
        if (h->e.kinds & ENT_G_SEAT) return ENT_PLACE;
    }
    if (type == ENT_NER_LOC && h->e.kinds & ENT_G_ORG && h->e.id && !(h->e.kinds & ENT_G_PLACE))
        return ENT_ORGANISATION;
    if (type == ENT_NER_ORG && h->e.kinds & (ENT_G_PLACE | ENT_G_SEAT) && !(h->e.kinds & ENT_G_ORG))
        if ((p->first > 0 && mention_is(in, p->first - 1, ENT_W_LOC | ENT_W_VISIT)) ||
            mention_word(in, p->first + p->n - 1)->kinds & ENT_G_PLACENOUN)
            return ENT_PLACE;
    return kind[type];
}

/* "U.S. Senate", "French Foreign Ministry", "Cabinet of Israel": the state inside a body that its
 * name describes is a mention of its own; inside a proper name ("Libyan National Army") not. */
static void name_nested(mention_in *in, uint32_t first, uint32_t n)
{
    const ent_gaz_hit *h = mention_hit(in, first, ENT_G_COUNTRY | ENT_G_DEMONYM);
    if (h && h->n < n && mention_exact(in, first + h->n, n - h->n, ENT_G_ORGNOUN)) {
        mention_put(in, first, h->n, ENT_COUNTRY, 0.95, h);
        return;
    }
    h = mention_hit(in, first, ENT_G_ORGNOUN);
    for (uint32_t i = first + 2; h && h->first + h->n + 1 <= i && i < first + n; i++) {
        const ent_gaz_hit *s = mention_exact(in, i, first + n - i, ENT_G_COUNTRY);
        if (!s || h->first + h->n + 2 < i) continue;
        mention_put(in, i, s->n, ENT_COUNTRY, 0.95, s);
        return;
    }
}

/* "Canadian Indigenous Nations", "U.S. Tribes": a state and a group's noun make a group; it is left
 * to the steps that follow. */
static int name_is_group(const mention_in *in, const piece *p)
{
    const ent_gaz_hit *h = mention_hit(in, p->first, MENTION_STATE);
    uint32_t last = p->first + p->n - 1;
    const ent_gaz_entry *w = mention_word(in, last);
    if (!h || h->n >= p->n || !(w->kinds & ENT_G_GROUPNOUN) || w->weight < 200) return 0;
    for (uint32_t i = p->first + h->n; i <= last; i++)
        if (mention_word(in, i)->kinds & ENT_G_ORGWORD)
            return 0; /* "Italian Democratic Socialists" */
    return 1;
}

/* ---- the tagger's names ---------------------------------------------------------------------- */

/* "Minister of | Foreign Affairs": what an office is concerned with. */
static int name_is_portfolio(const mention_in *in, const piece *p)
{
    enum { OFFICE = 200 };
    uint32_t i = p->first;
    if (i < 2 || p->type != ENT_NER_ORG || !mention_is(in, i - 1, ENT_W_PREP)) return 0;
    const ent_gaz_entry *w = mention_word(in, i - 2);
    if (!(w->kinds & ENT_G_TITLE) || w->weight < OFFICE || in->t[i - 2].shape < ENT_SH_INIT)
        return 0;
    if (mention_exact(in, i, p->n, MENTION_NAMEISH)) return 0;
    for (; i < p->first + p->n; i++) {
        w = mention_word(in, i);
        if (in->t[i].cls == ENT_T_WORD && !w->classes &&
            (!(w->kinds & NAME_WORDS) || w->kinds & ENT_G_ORGNOUN))
            return 0;
    }
    return 1;
}

/* A single capital that names no actor: a faith or people ("Hindu"), a word of grammar that starts
 * a sentence ("Most"), a group's noun in capitals ("MPs"). */
static int name_is_none(const mention_in *in, const piece *p)
{
    const unsigned grammar = ENT_W_DET | ENT_W_QUANT | ENT_W_NUM | ENT_W_PREP | ENT_W_CONJ |
                             ENT_W_SUB | ENT_W_AUX | ENT_W_NEG | ENT_W_ADV | ENT_W_WH | ENT_W_PRON |
                             ENT_W_DAY;
    const ent_gaz_entry *w = mention_word(in, p->first);
    int lower = p->n == 1 && in->t[p->first].shape == ENT_SH_LOWER;
    if (lower && !in->capless && w->flags & ENT_GF_WORD) return 1; /* "china" */
    if (p->n == 1 && w->kinds & ENT_G_COUNTRY && mention_goods(in, p->first, 1)) return 1;
    if (p->n > 1 || w->kinds & (MENTION_STATE | ENT_G_PERSON)) return 0;
    if (p->type == ENT_NER_PER && mention_common(in, p->first)) return 1;
    const ent_token *t = &in->t[p->first];
    int article = p->first > 0 && mention_is(in, p->first - 1, ENT_W_DET);
    if (t->end - t->start == 1 || (w->classes & ENT_W_COMPASS && !article)) return 1;
    if (w->kinds & ENT_G_TITLE && w->weight >= 200 && p->type == ENT_NER_PER &&
        (article || p->doubtful || !(w->kinds & (ENT_G_GIVEN | ENT_G_FAMILY))))
        return 1; /* "Minister", "the Pope" */
    if (w->classes & ENT_W_FOLK) return !(w->kinds & (ENT_G_ORG | ENT_G_PLACE));
    if (w->kinds & ENT_G_GROUPNOUN && !(w->kinds & ENT_G_ORG))
        return in->t[p->first].shape > ENT_SH_INIT && p->type == ENT_NER_ORG;
    int starts = p->first == 0 || in->t[p->first - 1].cls != ENT_T_WORD;
    return starts && w->classes & grammar && in->t[p->first].shape == ENT_SH_INIT;
}

/* What does not belong at the edges: the stars of Markdown, quotation marks, a possessive, a
 * hyphen, a verb. */
static void name_trim(const mention_in *in, piece *p)
{
    while (p->n > 1 && in->t[p->first].cls > ENT_T_NUMBER) {
        p->first++;
        p->n--;
    }
    for (; p->n > 1; p->n--) {
        const ent_token *t = &in->t[p->first + p->n - 1];
        int plus = t->cls == ENT_T_SYMBOL && in->text[t->start] == '+'; /* OPEC+ */
        int verb = t->shape == ENT_SH_LOWER &&
                   mention_is(in, p->first + p->n - 1, ENT_W_VERB | ENT_W_SPEECH);
        if (!(t->flags & ENT_T_POSS) && (t->cls <= ENT_T_NUMBER || plus) && !verb) return;
    }
}

/* "Czech | Republic", "South | Africans", "OPEC | +": the name of a state or a well-known body that
 * is longer than the tagger's span. */
static void name_widen_known(const mention_in *in, piece *p)
{
    unsigned kinds = MENTION_STATE | (p->type == ENT_NER_ORG ? ENT_G_ORG : 0u);
    for (uint32_t i = p->first > 4 ? p->first - 4 : 0; i <= p->first; i++) {
        const ent_gaz_hit *h = mention_hit(in, i, kinds);
        if (!h || in->owner[i] || h->n <= p->n || i + h->n < p->first + p->n) continue;
        if (!(h->e.kinds & MENTION_STATE) && (h->e.weight < NAME_SURE || i < p->first)) continue;
        if (in->t[i].shape < ENT_SH_INIT || mention_is(in, i, ENT_W_DET)) continue;
        p->first = i;
        p->n = h->n;
        return;
    }
}

/* A span that is one name: widened where a part is missing, given its kind, added. Spans that turn
 * out to be titles, groups or no names at all are dropped here. Lexicon and tagger agreeing on a
 * state is surer than the tagger alone. */
static void add_name(mention_in *in, piece p)
{
    name_trim(in, &p);
    if (in->owner[p.first]) return;
    name_widen_known(in, &p);
    if (mention_in_title(in, p.first, p.n) || name_is_none(in, &p)) return;
    if (name_is_portfolio(in, &p)) return;
    if (p.type == ENT_NER_ORG) {
        name_widen_left(in, &p);
        name_widen_right(in, &p);
    }
    if (p.type == ENT_NER_PER) {
        name_widen_given(in, &p);
        name_widen_called(in, &p);
        name_widen_junior(in, &p);
    }
    const ent_gaz_hit *fact = mention_exact(in, p.first, p.n, MENTION_NAMEISH);
    ent_kind kind = name_kind(in, &p, fact);
    if (!fact && kind == ENT_ORGANISATION && name_is_group(in, &p)) return;
    if (kind == ENT_COUNTRY && p.p < 0.9) p.p = 0.9;
    if (kind == ENT_ORGANISATION && p.type == ENT_NER_PER && p.p < 0.8) p.p = 0.8;
    ent_smention *m = mention_put(in, p.first, p.n, kind, p.p, fact);
    if (!m) return;
    if (p.doubtful && !(fact && kind == ENT_COUNTRY)) m->flags |= ENT_M_HIDDEN;
    if (kind == ENT_ORGANISATION) name_nested(in, p.first, p.n);
}

/* Takes titles off, cuts at conjunctions and verbs, leaves out what names no actor. Each step makes
 * the span shorter, so it ends. Parts left out are looked at again by mention_known. */
static void add_pieces(mention_in *in, piece p)
{
    for (uint32_t skip; (skip = name_excess(in, &p)) > 0;) {
        p.first += skip;
        p.n -= skip;
    }
    uint32_t cut = name_split(in, &p);
    if (!cut) {
        if (!name_is_event(in, &p)) add_name(in, p);
        return;
    }
    piece left = p;
    left.n = cut;
    p.first += cut + 1;
    p.n -= cut + 1;
    add_pieces(in, left);
    if (in->t[p.first].shape >= ENT_SH_INIT) add_pieces(in, p);
}

/* A tagger's name as the steps here pass it on. */
static piece piece_of(const ent_name *nm)
{
    return (piece){nm->first, nm->n, (ent_nertype)nm->type, nm->score / 65535.0, nm->doubtful};
}

/* What the tagger is sure of comes first. */
void mention_names(mention_in *in, const ent_names *names)
{
    for (uint32_t k = 0; k < names->n; k++)
        if (!names->at[k].doubtful) add_pieces(in, piece_of(&names->at[k]));
}

/* Whether something else tells that a person the tagger doubts is one: the verb behind, or the list
 * of family names, which in a line where capitals say nothing is enough. */
static int name_is_told(const mention_in *in, const ent_name *nm)
{
    enum { HALF = 65535 * 38 / 100 };
    if (nm->n > 1 || nm->type != ENT_NER_PER) return 0;
    if (mention_speaks(in, nm->first)) return 1;
    uint32_t i = nm->first;
    if (in->capless && i > 1 && mention_is(in, i - 1, ENT_W_CONJ) && in->owner[i - 2])
        return in->out->at[in->owner[i - 2] - 1].kind == ENT_PERSON; /* "merz and macron" */
    return name_is_family(in, nm->first) && (in->capless || nm->score > HALF);
}

/* What the tagger doubts is kept, hidden, where nothing surer was found: a document that uses the
 * name elsewhere brings it out. */
void mention_doubtful(mention_in *in, const ent_names *names)
{
    for (uint32_t k = 0; k < names->n; k++) {
        const ent_name *nm = &names->at[k];
        if (!nm->doubtful || in->other[nm->first] || !mention_free(in, nm->first, nm->n)) continue;
        piece p = piece_of(nm);
        p.doubtful = !name_is_told(in, nm);
        add_pieces(in, p);
    }
}
