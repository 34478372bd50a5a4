/* mention_word - words of everyday that are names as well: "Will", "May", "Price", "Turkey". What
 * stands beside them tells which. lexicon/words.tsv lists them as `name`. */
#include "mention_in.h"

#include <string.h>

enum {
    WORD_VERB = ENT_W_AUX | ENT_W_VERB | ENT_W_SPEECH,
    WORD_MAYBE = WORD_VERB | ENT_W_VNOUN /* forms of verbs, and those that are nouns, too */
};

/* Whether token i is one of these words in small letters, which a zero ends. */
static int word_in(const mention_in *in, uint32_t i, const char *const *words)
{
    const char *s = in->text + in->t[i].start;
    uint32_t len = in->t[i].end - in->t[i].start;
    for (; *words; words++)
        if (strlen(*words) == len && !memcmp(*words, s, len)) return 1;
    return 0;
}

/* A word in small letters without a possessive; past the end there is none. */
static int word_lower(const mention_in *in, uint32_t i)
{
    return i < in->n && in->t[i].cls == ENT_T_WORD && in->t[i].shape == ENT_SH_LOWER &&
           !(in->t[i].flags & ENT_T_POSS);
}

/* Where a capital says nothing: at the start, behind a mark. */
static int word_starts(const mention_in *in, uint32_t i)
{
    return i == 0 || (in->t[i - 1].cls > ENT_T_NUMBER && !mention_joins(in, i - 1));
}

/* A form that says something of a single actor: "refused", "says", "left". */
static int word_finite(const mention_in *in, uint32_t i)
{
    static const char *const past[] = {
        "said",  "told",  "left", "won",   "lost",   "led",   "met",  "spoke", "flew",
        "held",  "went",  "took", "gave",  "made",   "came",  "got",  "ran",   "wrote",
        "began", "stood", "saw",  "broke", "became", "faced", "sent", "chose", NULL};
    if (!word_lower(in, i) || !mention_is(in, i, WORD_MAYBE)) return 0;
    if (mention_is(in, i, ENT_W_AUX) || word_in(in, i, past)) return 1;
    const char *e = in->text + in->t[i].end;
    uint32_t len = in->t[i].end - in->t[i].start;
    return len > 3 && (e[-1] == 's' || (e[-1] == 'd' && e[-2] == 'e'));
}

/* A question, by its mark. */
static int word_asks(const mention_in *in)
{
    return mention_mark(in, in->n - 1, '?') || (in->n > 1 && mention_mark(in, in->n - 2, '?'));
}

/* "Will | Smith refuse to comment?": the span begins with a verb, not with a given name. */
int mention_asked(const mention_in *in, uint32_t first, uint32_t n)
{
    uint32_t next = first + n;
    return n > 1 && mention_is(in, first, ENT_W_AUX) && word_starts(in, first) && word_asks(in) &&
           word_lower(in, next) && mention_is(in, next, ENT_W_VERB | ENT_W_VNOUN | ENT_W_SPEECH) &&
           !word_finite(in, next);
}

/* "Will | Smith refused": a given name that is a word, too, right before a person's last name. */
int mention_given(const mention_in *in, uint32_t first)
{
    if (first == 0) return 0;
    uint32_t i = first - 1, next = first + 1;
    const ent_token *t = &in->t[i];
    const ent_gaz_entry *w = mention_word(in, i);
    if (in->owner[i] || t->cls != ENT_T_WORD || t->shape != ENT_SH_INIT || t->flags & ENT_T_POSS ||
        !word_starts(in, i) || (w->kinds | mention_word(in, first)->kinds) & ENT_G_TITLE)
        return 0;
    if (!(w->classes & ENT_W_NAME) && !(w->kinds & ENT_G_GIVEN)) return 0;
    if (!(w->classes & ENT_W_AUX)) return 1;
    if (word_finite(in, next)) return 1;
    int verb = word_lower(in, next) && mention_is(in, next, WORD_MAYBE);
    return !verb && !word_asks(in) && !(w->classes & ENT_W_MONTH);
}

/* "Pat the fish dry", "Bill sponsors withdrew": a person's name by itself that is a word at a
 * sentence's start and is used as one. */
int mention_common(const mention_in *in, uint32_t i)
{
    const ent_gaz_entry *w = mention_word(in, i);
    const unsigned noun = ENT_W_POLITICAL | ENT_W_EVENT | ENT_W_TIME | ENT_W_MOD | ENT_W_VNOUN |
                          ENT_W_FOLK | ENT_W_NAME;
    uint32_t next = i + 1;
    if (!word_starts(in, i) || in->t[i].shape != ENT_SH_INIT || !word_lower(in, next)) return 0;
    if (w->classes & (ENT_W_VERB | ENT_W_VNOUN) && mention_is(in, next, ENT_W_DET | ENT_W_PRON) &&
        !mention_is(in, next, ENT_W_SUB | ENT_W_WH))
        return 1;
    const ent_gaz_entry *x = mention_word(in, next);
    if ((!(w->flags & ENT_GF_WORD) && !w->classes) || x->kinds & ENT_G_GROUPNOUN) return 0;
    const char *e = in->text + in->t[next].end;
    return !(x->classes & ~noun) && e[-1] == 's' && word_finite(in, next + 1);
}

/* "Turkey breast", "Guinea pigs", "Brazil nuts": what is sold or kept, not the state. */
int mention_goods(const mention_in *in, uint32_t first, uint32_t n)
{
    return n == 1 && word_lower(in, first + 1) && mention_is(in, first + 1, ENT_W_FOLK);
}

/* Before "and" and a person's name. */
static int word_joined(const mention_in *in, uint32_t i)
{
    if (i + 2 >= in->n || !mention_is(in, i + 1, ENT_W_CONJ) || !in->owner[i + 2]) return 0;
    return in->out->at[in->owner[i + 2] - 1].kind == ENT_PERSON;
}

/* A common word with a capital before a verb, as only persons stand there: "May will meet her". */
int mention_acts(const mention_in *in, uint32_t i)
{
    const unsigned plain = ENT_W_MONTH | ENT_W_AUX | ENT_W_VERB | ENT_W_VNOUN | ENT_W_SPEECH |
                           ENT_W_MOD | ENT_W_POLITICAL | ENT_W_EVENT | ENT_W_TIME | ENT_W_ADV |
                           ENT_W_NAME;
    const ent_token *t = &in->t[i];
    unsigned c = mention_word(in, i)->classes;
    if (t->cls != ENT_T_WORD || t->shape != ENT_SH_INIT || t->end - t->start < 3) return 0;
    if (!c || c & ~plain || in->owner[i] || in->other[i] || i + 1 >= in->n) return 0;
    if (i > 0 && (in->owner[i - 1] || in->t[i - 1].shape >= ENT_SH_INIT)) return 0;
    return word_joined(in, i) || (in->t[i + 1].shape == ENT_SH_LOWER &&
                                  mention_is(in, i + 1, ENT_W_AUX | ENT_W_VERB | ENT_W_SPEECH));
}

/* Whether such a word is a person without a second sign: a listed name that speaks ("Price said"),
 * a month or adjective that does what only persons do ("May lost", "Young resigned"), or one that
 * stands beside a person ("May and Corbyn"). */
int mention_speaks(const mention_in *in, uint32_t i)
{
    static const char *const of_months[] = {
        "saw",  "sees",   "brought", "brings", "marked",  "marks",  "began",  "begins", "ended",
        "ends", "passed", "came",    "comes",  "started", "starts", "turned", "proved", NULL};
    const ent_gaz_entry *w = mention_word(in, i);
    uint32_t next = i + 1;
    if (!(w->classes & ENT_W_NAME) && !(w->kinds & (ENT_G_GIVEN | ENT_G_FAMILY))) return 0;
    if (!word_starts(in, i) && !mention_is(in, i - 1, ENT_W_CONJ | ENT_W_SUB)) return 0;
    if (word_joined(in, i)) return w->classes & ENT_W_NAME && !(w->classes & ENT_W_MOD);
    if (!word_finite(in, next) || word_in(in, next, of_months)) return 0;
    if (mention_is(in, next, ENT_W_AUX)) return 0;
    return mention_is(in, next, ENT_W_SPEECH) || w->classes & (ENT_W_MONTH | ENT_W_MOD);
}
