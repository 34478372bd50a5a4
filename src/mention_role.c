/* mention_role - how mentions stand in the sentence: order and nesting, titles, subjects and
 * objects, apposition; and what follows from it: whether "Moscow" is a government or a place. */
#include "mention_in.h"
#include "sent.h"

#include <string.h>

enum { ROLE_VERB = ENT_W_AUX | ENT_W_VERB | ENT_W_SPEECH | ENT_W_VNOUN };

/* Whether token i is this word, in lower case here. */
static int role_word(const mention_in *in, uint32_t i, const char *word)
{
    return i < in->n && in->t[i].lower == ent_hash(word, strlen(word));
}

/* Text order, an outer one before what it holds. Steps give runs in order, so insertion moves
 * little; sentences have at most ENT_MAX_TOKENS tokens. */
static void sort_mentions(ent_smentions *o)
{
    for (uint32_t i = 1; i < o->n; i++) {
        ent_smention m = o->at[i];
        uint32_t k = i;
        while (k > 0 && (o->at[k - 1].start > m.start ||
                         (o->at[k - 1].start == m.start && o->at[k - 1].end < m.end))) {
            o->at[k] = o->at[k - 1];
            k--;
        }
        o->at[k] = m;
    }
}

/* Two readings of the same span: the surer one stays. Nested ones are flagged. */
static void nest_mentions(ent_smentions *o)
{
    uint32_t kept = 0, outer_end = 0;
    for (uint32_t i = 0; i < o->n; i++) {
        ent_smention *m = &o->at[i], *last = kept ? &o->at[kept - 1] : NULL;
        if (last && last->start == m->start && last->end == m->end &&
            !(m->flags & last->flags & ENT_M_HIDDEN)) {
            if (m->score > last->score) *last = *m;
            continue;
        }
        if (m->flags & ENT_M_HIDDEN && m->kind == ENT_PERSON && last && last->start == m->start &&
            last->kind == ENT_ORGANISATION && last->end > m->end)
            continue; /* "Trump administration": the body only */
        if (m->end <= outer_end)
            m->flags |= ENT_M_NESTED;
        else
            outer_end = m->end;
        o->at[kept++] = *m;
    }
    o->n = kept;
}

/* ---- what stands before ---------------------------------------------------------------------- */

/* The noun right before a body's name ("the union | Sinmar"), as its title; gives its token. */
static uint32_t role_noun(const mention_in *in, ent_smention *m)
{
    uint32_t i = m->tok;
    if (i == 0 || in->owner[i - 1] || !(mention_word(in, i - 1)->kinds & ENT_G_ORGNOUN) ||
        in->t[i - 1].shape != ENT_SH_LOWER || in->t[i - 1].flags & ENT_T_POSS)
        return i;
    m->flags |= ENT_M_TITLED;
    m->title = in->t[i - 1].lower;
    return i - 1;
}

/* A title right before a person: its fingerprint and sex; gives the title's first token. */
static uint32_t role_title(const mention_in *in, ent_smention *m)
{
    uint32_t first = m->tok;
    if (m->kind == ENT_ORGANISATION && m->form == ENT_NAME) return role_noun(in, m);
    if (m->kind != ENT_PERSON || m->form != ENT_NAME || first == 0) return first;
    uint32_t from = first > 6 ? first - 6 : 0;
    for (uint32_t i = from; i < first; i++) {
        const ent_gaz_hit *h = mention_exact(in, i, first - i, ENT_G_TITLE);
        if (!h) continue;
        m->flags |= ENT_M_TITLED;
        m->title = in->t[first - 1].lower;
        if (h->e.flags & ENT_GF_MALE) m->flags |= ENT_M_MALE;
        if (h->e.flags & ENT_GF_FEMALE) m->flags |= ENT_M_FEMALE;
        return i;
    }
    return first;
}

/* Walks left over titles, adjectives, names of states and articles to the word the phrase hangs on;
 * gives its number plus one, 0 at the sentence's start. */
static uint32_t role_anchor(const mention_in *in, uint32_t i)
{
    for (int steps = 0; i > 0 && steps < 8; steps++) {
        const ent_gaz_entry *w = mention_word(in, i - 1);
        const ent_token *t = &in->t[i - 1];
        int passes =
            w->classes & (ENT_W_DET | ENT_W_QUANT | ENT_W_NUM | ENT_W_MOD | ENT_W_COMPASS) ||
            w->kinds & (ENT_G_TITLE | ENT_G_DEMONYM) ||
            (t->cls == ENT_T_QUOTE && t->flags & ENT_T_OPEN) || t->cls == ENT_T_NUMBER;
        if (!passes || w->classes & (ENT_W_PREP | ENT_W_SPEECH)) break;
        i--;
    }
    return i;
}

/* Title, definiteness, and what governs the phrase: a preposition makes it oblique, a verb an
 * object. */
static void role_before(const mention_in *in, ent_smention *m)
{
    uint32_t i = role_title(in, m);
    if (i > 0) {
        unsigned c = mention_word(in, i - 1)->classes;
        if (c & ENT_W_DEF || in->t[i - 1].flags & ENT_T_POSS) m->flags |= ENT_M_DEFINITE;
    }
    i = role_anchor(in, i);
    if (i == 0) return;
    unsigned c = mention_word(in, i - 1)->classes;
    if (c & ENT_W_PREP)
        m->flags |= ENT_M_OBLIQUE;
    else if (c & (ENT_W_VERB | ENT_W_SPEECH | ENT_W_VNOUN) || (c & ENT_W_AUX && i > 1))
        m->flags |= ENT_M_OBJECT;
}

/* ---- what stands behind ---------------------------------------------------------------------- */

/* Behind an insertion in brackets or between commas ("X, the minister, said"): the token after it,
 * or i when none closes within a few words. */
static uint32_t role_skip(const mention_in *in, uint32_t i)
{
    if (i >= in->n) return i;
    char close = mention_mark(in, i, '(') ? ')' : mention_mark(in, i, ',') ? ',' : '\0';
    if (!close) return i;
    for (uint32_t k = i + 1; k < in->n && k < i + 14; k++)
        if (mention_mark(in, k, close)) return k + 1;
    return i;
}

/* Whether a verb follows, an insertion and adverbs passed over. Forms in -ing and participles
 * before "by" only describe what stands before them. */
static int role_is_subject(const mention_in *in, const ent_smention *m)
{
    uint32_t i = (uint32_t)m->tok + m->ntok;
    if (i < in->n && mention_joins(in, i)) return 0;
    i = role_skip(in, i);
    while (i < in->n && mention_is(in, i, ENT_W_ADV) && !mention_is(in, i, ENT_W_AUX))
        i++;
    if (i >= in->n || !mention_is(in, i, ROLE_VERB) || in->owner[i]) return 0;
    if (mention_is(in, i, ENT_W_AUX)) return 1;
    const ent_token *t = &in->t[i];
    uint32_t len = t->end - t->start;
    int ing = len > 4 && in->text[t->end - 3] == 'i' && in->text[t->end - 2] == 'n';
    int passive = i + 1 < in->n && in->t[i + 1].end - in->t[i + 1].start == 2 &&
                  in->text[in->t[i + 1].start] == 'b' && in->text[in->t[i + 1].start + 1] == 'y';
    return !ing && !passive;
}

/* Subject when a verb follows; both members of "Kyiv and Moscow agreed" are. The mentions run from
 * the last to the first, so the second member is known when the first is looked at. */
static void role_subjects(const mention_in *in)
{
    ent_smentions *o = in->out;
    uint32_t next_first = UINT32_MAX;
    int next_is = 0;
    for (uint32_t k = o->n; k-- > 0;) {
        ent_smention *m = &o->at[k];
        uint32_t end = (uint32_t)m->tok + m->ntok;
        if (end < in->n && in->t[end].flags & ENT_T_POSS) m->flags |= ENT_M_POSS;
        if (m->flags & ENT_M_NESTED) continue;
        int joined = end < in->n && next_first != UINT32_MAX && next_first <= end + 2 &&
                     (mention_is(in, end, ENT_W_CONJ) || mention_mark(in, end, ','));
        int is = !(m->flags & (ENT_M_POSS | ENT_M_OBLIQUE)) &&
                 (role_is_subject(in, m) || (joined && next_is));
        if (is) m->flags |= ENT_M_SUBJECT;
        next_first = m->tok;
        next_is = is;
    }
}

/* Where the phrase of a mention begins: its title or what owns it ("the president's | adviser",
 * "Their | spokesman") and articles included. */
static uint32_t role_start(const mention_in *in, ent_smention *m)
{
    uint32_t i = role_title(in, m);
    const ent_smention *p = m - 1;
    if (m > in->out->at && m->form == ENT_NOMINAL && p->flags & ENT_M_POSS) {
        uint32_t end = (uint32_t)p->tok + p->ntok;
        if (end < in->n && in->t[end].flags & ENT_T_POSS) end++;
        if (end == i) i = p->tok;
    }
    while (i > 0 && mention_is(in, i - 1, ENT_W_DET))
        i--;
    return i;
}

/* The mention that another may be said of: the last one before it that is no part of a larger one
 * and owns nothing; behind "of" and the like the office, not the place ("the governor | of Kebbi,
 * Nasir Idris"). *end is where the phrase ends. */
static ent_smention *role_said_of(const mention_in *in, const ent_smention *m, uint32_t *end)
{
    ent_smention *first = in->out->at, *p = (ent_smention *)m - 1;
    while (p > first && (p->flags & ENT_M_NESTED || (p->flags & ENT_M_POSS && p == m - 1)))
        p--;
    *end = (uint32_t)p->tok + p->ntok;
    if (p == first || !(p->flags & ENT_M_OBLIQUE) || p->kind == ENT_PERSON) return p;
    ent_smention *q = p - 1;
    uint32_t gap = p->tok - (uint32_t)(q->tok + q->ntok);
    return q->form == ENT_NOMINAL && q->kind == ENT_PERSON && m->kind == ENT_PERSON && gap > 0 &&
                   gap <= 2
               ? q
               : p;
}

/* "His mother, Jennifer": one person, one sex. */
static void role_share_sex(ent_smention *a, ent_smention *b)
{
    enum { SEX = ENT_M_MALE | ENT_M_FEMALE };
    if (a->form == b->form) return;
    if (!(a->flags & SEX))
        a->flags |= b->flags & SEX;
    else if (!(b->flags & SEX))
        b->flags |= a->flags & SEX;
}

/* "the Council, also known as CADE": what stands between the name that ends there and the other. */
static int role_known_as(const mention_in *in, uint32_t end, const ent_smention *m)
{
    if (m->form != ENT_NAME || m->tok < end + 2u || m->tok > end + 5u) return 0;
    uint32_t i = m->tok;
    return role_word(in, i - 1, "as") && role_word(in, i - 2, "known");
}

/* "European Union (EU)", "Eero Kallasvuori, the conciliator": the second is said of the first. */
static void role_apposition(const mention_in *in)
{
    ent_smentions *o = in->out;
    for (uint32_t k = 1; k < o->n; k++) {
        uint32_t end;
        ent_smention *m = &o->at[k], *p = role_said_of(in, m, &end);
        if (m->flags & ENT_M_NESTED || p->kind != m->kind || p->form == ENT_PRONOUN) continue;
        int bracket =
            (m->tok == end + 1 && mention_mark(in, end, '(')) || role_known_as(in, end, m);
        int comma = role_start(in, m) == end + 1 && mention_mark(in, end, ',') &&
                    m->form != p->form && !(m->flags & ENT_M_POSS);
        if (!bracket && !comma) continue;
        m->flags |= ENT_M_APPOS;
        m->partner = (uint16_t)(p - o->at);
        if (m->kind == ENT_PERSON) role_share_sex(m, p);
    }
}

/* ---- seats ------------------------------------------------------------------------------------
 */

/* What may follow the name of a seat that stands for itself. */
enum {
    SEAT_ENDS = ROLE_VERB | ENT_W_CONJ | ENT_W_PREP | ENT_W_SUB | ENT_W_ADV | ENT_W_WH | ENT_W_DET |
                ENT_W_PRON | ENT_W_NEG | ENT_W_DAY
};

/* What only places own follows within a few words: "Moscow's northern suburbs", "Kyiv's mayor". */
static int seat_is_city(const mention_in *in, uint32_t i)
{
    for (uint32_t k = i; k < in->n && k < i + 3 && in->t[k].cls == ENT_T_WORD; k++) {
        if (mention_is(in, k, ENT_W_POLITICAL | ENT_W_SPEECH)) return 0;
        if (mention_word(in, k)->kinds & ENT_G_PLACENOUN) return 1;
    }
    return 0;
}

/* "South of Tehran", "the streets of Paris": "of" tells a place, but for "the position of Moscow".
 */
static int seat_is_of(const mention_in *in, const ent_smention *m)
{
    const ent_token *of = &in->t[m->tok - 1];
    if (m->tok < 2 || of->end - of->start != 2 || in->text[of->start + 1] != 'f') return 0;
    return !mention_is(in, m->tok - 2u, ENT_W_POLITICAL | ENT_W_SPEECH);
}

/* "Proposed by Washington, Cairo and Riyadh": who did it. */
static int seat_is_agent(const mention_in *in, const ent_smention *m)
{
    const ent_token *by = &in->t[m->tok - 1];
    if (m->tok < 2 || by->end - by->start != 2 || in->text[by->start + 1] != 'y') return 0;
    return mention_is(in, m->tok - 2u, ENT_W_SPEECH | ENT_W_VERB | ENT_W_VNOUN);
}

/* Whether another seat stands at i: "between Washington, | Moscow and Kyiv". */
static int seat_lists(const mention_in *in, uint32_t i)
{
    return i < in->n && mention_hit(in, i, ENT_G_SEAT) && in->owner[i];
}

/* Whether mention k is listed behind another seat: "Washington, | Cairo", and behind such a one
 * "and | Riyadh". *list tells whether mention k - 1 was, and then whether k is. */
static int seat_is_joined(const mention_in *in, uint32_t k, int *list)
{
    const ent_smention *m = &in->out->at[k], *p = m - 1;
    uint32_t end = k ? (uint32_t)p->tok + p->ntok : 0;
    int comma = k && end < m->tok && mention_mark(in, end, ','), before = *list;
    *list = 0;
    if (!k || end >= m->tok || m->tok - end > 2 || !mention_exact(in, p->tok, p->ntok, ENT_G_SEAT))
        return 0;
    for (uint32_t i = end; i < m->tok; i++)
        if (!mention_is(in, i, ENT_W_CONJ) && !mention_mark(in, i, ',')) return 0;
    *list = comma || before;
    return *list || p->flags & ENT_M_ACTS;
}

/* A capital stands for its state when it acts ("Moscow rejected"), is dealt with ("talks with
 * Washington", "pressed Ankara") or owns what governments own ("Beijing's position"); it is a place
 * where something is or happens, and as the goal of a journey. */
static int seat_acts(const mention_in *in, const ent_smention *m)
{
    uint32_t end = (uint32_t)m->tok + m->ntok;
    if (m->flags & ENT_M_POSS) return !seat_is_city(in, end + 1);
    if (m->flags & ENT_M_SUBJECT) return 1;
    if (m->tok == 0) return 0;
    unsigned c = mention_word(in, m->tok - 1u)->classes;
    if (m->flags & ENT_M_OBJECT) return !(c & ENT_W_VISIT);
    if (m->flags & ENT_M_OBLIQUE && seat_is_agent(in, m)) return 1;
    if (!(m->flags & ENT_M_OBLIQUE) || !(c & ENT_W_PREP)) return 0;
    if (mention_mark(in, end, ',') && !seat_lists(in, end + 1)) return 0;
    if (end < in->n && in->t[end].cls == ENT_T_WORD && in->t[end].shape == ENT_SH_LOWER &&
        !mention_is(in, end, SEAT_ENDS))
        return 0; /* "by Sofia mayor" */
    if (seat_is_of(in, m)) return 0;
    if (!(c & ENT_W_LOC)) return 1;
    const ent_token *to = &in->t[m->tok - 1];
    if (m->tok < 2 || to->end - to->start != 2 || in->text[to->start + 1] != 'o') return 0;
    unsigned before = mention_word(in, m->tok - 2u)->classes;
    return before & (ENT_W_POLITICAL | ENT_W_SPEECH) && !(before & ENT_W_VISIT);
}

/* Only names that the tagger called places are asked: a capital's name may also be a person's. */
static void role_seats(const mention_in *in)
{
    int list = 0;
    for (uint32_t k = 0; k < in->out->n; k++) {
        ent_smention *m = &in->out->at[k];
        if (m->kind != ENT_PLACE || m->form != ENT_NAME) {
            list = 0;
            continue;
        }
        int joined = seat_is_joined(in, k, &list);
        const ent_gaz_hit *h = mention_exact(in, m->tok, m->ntok, ENT_G_SEAT);
        if (!h) continue;
        int body = h->e.id && !(h->e.kinds & ENT_G_ORG); /* Brussels: the European Union */
        m->country = h->e.country;
        if (!(joined ? (m - 1)->flags & ENT_M_ACTS : seat_acts(in, m))) continue;
        m->kind = body ? ENT_ORGANISATION : ENT_COUNTRY;
        if (body) m->org = h->e.id;
        m->flags |= ENT_M_ACTS;
    }
}

/* Order first, since the other steps look at neighbours; seats before apposition, since that
 * compares kinds. */
/* A person's name that begins a paragraph and stands before a colon: who speaks in a transcript; or
 * is all of it, "By" or a title before it aside. */
static void role_label(const mention_in *in)
{
    enum { TITLE = 4 }; /* words before the name at most */
    if (!(in->flags & ENT_S_PARA)) return;
    for (uint32_t k = 0; k < in->out->n; k++) {
        ent_smention *m = &in->out->at[k];
        if (m->tok > TITLE) return;
        uint32_t end = (uint32_t)m->tok + m->ntok;
        if (m->kind != ENT_PERSON || m->form != ENT_NAME) continue;
        if (end == in->n && m->tok <= 1 && in->t[0].cls == ENT_T_WORD) m->label = ENT_LABEL_ALONE;
        if (m->tok && !(m->flags & ENT_M_TITLED)) continue; /* "Dear Hannah:" */
        if (!mention_mark(in, end, ':')) continue;
        m->label = ENT_LABEL_SPEAKS;
        return;
    }
}

/* Persons that the text says "I" is: "I'm Ann Lee", "my name is Ann Lee"; whom it interviews. */
static void role_self(const mention_in *in)
{
    static const char *const before[] = {"interviews", "interviewed", "interviewing"};
    for (uint32_t k = 0; k < in->out->n; k++) {
        ent_smention *m = &in->out->at[k];
        if (m->kind != ENT_PERSON || m->form != ENT_NAME || m->flags & ENT_M_INQUOTE) continue;
        uint32_t i = role_title(in, m);
        if (!i) continue;
        int self = role_word(in, i - 1, "i'm") ||
                   (i > 1 && role_word(in, i - 2, "i") && role_word(in, i - 1, "am")) ||
                   (i > 2 && role_word(in, i - 3, "my") && role_word(in, i - 2, "name") &&
                    role_word(in, i - 1, "is")) ||
                   (i > 1 && role_word(in, i - 2, "interview") && role_word(in, i - 1, "with"));
        for (uint32_t w = 0; w < sizeof before / sizeof *before; w++)
            self |= role_word(in, i - 1, before[w]);
        if (self) m->label |= ENT_LABEL_SELF;
    }
}

/* Whether the word at i begins an office ("Russian | President"): a title, not a mere calling. */
static int adj_office(const mention_in *in, uint32_t i)
{
    enum { OFFICE = 200 }; /* weight of titles proper in lexicon/titles.tsv */
    const ent_gaz_hit *h = i < in->n ? mention_hit(in, i, ENT_G_TITLE | ENT_G_ORGNOUN) : NULL;
    return h && h->e.weight >= OFFICE;
}

/* Whether a mention is a state's adjective or people, or a region's adjective ("African"), which
 * the lexicon marks by its lower weight. */
static int adj_is(const mention_in *in, const ent_smention *m)
{
    enum { REGION_NOUN = 180 };
    if (!(m->flags & ENT_M_ADJ)) return 0;
    const ent_gaz_hit *h = mention_exact(in, m->tok, m->ntok, ENT_G_PLACE);
    return m->kind == ENT_COUNTRY || (h && h->e.weight < REGION_NOUN);
}

/* An adjective names its state where it qualifies an office ("Russian President") or a body that
 * holds it ("Russian government"); elsewhere it describes, and so do peoples. Within the name of
 * something else ("2005 United Kingdom general election") the name of a state does, too. */
static void role_adjectives(const mention_in *in)
{
    uint32_t body_end = 0;
    for (uint32_t k = 0; k < in->out->n; k++) {
        ent_smention *m = &in->out->at[k];
        if (m->form != ENT_NAME) continue;
        if (m->kind == ENT_ORGANISATION && !(m->flags & ENT_M_HIDDEN) && m->end > body_end)
            body_end = m->end;
        if ((m->kind != ENT_COUNTRY && m->kind != ENT_PLACE) || m->end <= body_end) continue;
        uint32_t next = (uint32_t)m->tok + m->ntok;
        m->describes = mention_within_other(in, m->tok, m->ntok) ||
                       (adj_is(in, m) && (m->flags & ENT_M_PLURAL || !adj_office(in, next)));
    }
}

void mention_roles(mention_in *in)
{
    sort_mentions(in->out);
    nest_mentions(in->out);
    for (uint32_t k = 0; k < in->out->n; k++) {
        ent_smention *m = &in->out->at[k];
        role_before(in, m);
        if (in->t[m->tok].flags & ENT_T_INQUOTE) m->flags |= ENT_M_INQUOTE;
        if (in->flags & ENT_S_CAPS) m->flags |= ENT_M_CAPS;
    }
    role_subjects(in);
    role_seats(in);
    role_apposition(in);
    role_adjectives(in);
    role_label(in);
    role_self(in);
}
