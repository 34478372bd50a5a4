/* mention_in - what the steps of mention finding share: the sentence, what is known of its words,
 * and which tokens belong to a name already. For mention*.c alone. */
#ifndef ENT_MENTION_IN_H
#define ENT_MENTION_IN_H

#include "mention.h"
#include "sent.h"

enum {
    MENTION_STATE = ENT_G_COUNTRY | ENT_G_DEMONYM | ENT_G_PEOPLE,
    MENTION_NAMEISH = MENTION_STATE | ENT_G_SEAT | ENT_G_PLACE | ENT_G_ORG | ENT_G_PERSON
};

typedef struct mention_in {
    const char *text;
    const ent_token *t;
    uint32_t n;
    const ent_gaz_hits *hits;
    unsigned flags; /* of the sentence */
    const ent_memory *mem;
    ent_smentions *out;
    ent_status status;                      /* ENT_ENOMEM once room could not be had */
    int capless;                            /* a note without capitals: lower case says nothing */
    int shouts;                             /* all in capitals: they say nothing either */
    uint16_t first_hit[ENT_MAX_TOKENS + 1]; /* number of the first hit at a token or behind it */
    uint16_t owner[ENT_MAX_TOKENS];         /* 1 + number of the name that covers a token, or 0 */
    uint16_t other[ENT_MAX_TOKENS];         /* 1 + number of the tagger's name of another type */
} mention_in;

/* What is known of the word at token i by itself. */
static inline const ent_gaz_entry *mention_word(const mention_in *in, uint32_t i)
{
    return &in->hits->word[i];
}

static inline unsigned mention_is(const mention_in *in, uint32_t i, unsigned classes)
{
    return in->hits->word[i].classes & classes;
}

/* A hyphen that joins the words beside it. */
static inline int mention_joins(const mention_in *in, uint32_t i)
{
    return in->t[i].cls == ENT_T_DASH && !(in->t[i].flags & ENT_T_SPACE) && i + 1 < in->n &&
           !(in->t[i + 1].flags & ENT_T_SPACE);
}

/* Whether tokens [i, i + n) are part of a longer name that is no actor's: "1992 Olympic Games". */
static inline int mention_within_other(const mention_in *in, uint32_t i, uint32_t n)
{
    uint16_t k = in->other[i];
    if (!k || in->other[i + n - 1] != k) return 0;
    return (i > 0 && in->other[i - 1] == k) || (i + n < in->n && in->other[i + n] == k);
}

/* Whether token i is the single byte c. */
static inline int mention_mark(const mention_in *in, uint32_t i, char c)
{
    return i < in->n && in->t[i].end - in->t[i].start == 1 && in->text[in->t[i].start] == c;
}

/* The hit of these kinds that starts at `first` and is the longest, or NULL. */
const ent_gaz_hit *mention_hit(const mention_in *in, uint32_t first, unsigned kinds);

/* The hit of these kinds on exactly these tokens, or NULL. */
const ent_gaz_hit *mention_exact(const mention_in *in, uint32_t first, uint32_t n, unsigned kinds);

/* Adds a mention of tokens [first, first + n) and makes it own the tokens that nobody owns yet (not
 * those of groups and pronouns). NULL when memory is short. The pointer lives until the next add.
 */
ent_smention *mention_add(mention_in *in, uint32_t first, uint32_t n, ent_kind kind, ent_form form,
                          double score);

/* The same for a name, together with what the gazetteer knows of it (or NULL). */
ent_smention *mention_put(mention_in *in, uint32_t first, uint32_t n, ent_kind kind, double score,
                          const ent_gaz_hit *fact);

/* Whether the tokens are a title or part of one ("State" in "Secretary of State"). */
int mention_in_title(const mention_in *in, uint32_t first, uint32_t n);

/* Whether no name covers any of the tokens. */
static inline int mention_free(const mention_in *in, uint32_t first, uint32_t n)
{
    for (uint32_t i = first; i < first + n; i++)
        if (in->owner[i]) return 0;
    return 1;
}

/* Words that are names as well (mention_word.c): whether a span begins with a verb ("Will Smith
 * refuse?"), whether the word before a last name is its given name, whether a name by itself is the
 * word or, of a state, goods; whether a word acts as persons do, and does so beyond doubt. */
int mention_asked(const mention_in *in, uint32_t first, uint32_t n);
int mention_given(const mention_in *in, uint32_t first);
int mention_common(const mention_in *in, uint32_t i);
int mention_goods(const mention_in *in, uint32_t first, uint32_t n);
int mention_acts(const mention_in *in, uint32_t i);
int mention_speaks(const mention_in *in, uint32_t i);

/* The steps, in the order they run. */
void mention_names(mention_in *in, const ent_names *names);    /* mention_name.c: the tagger's */
void mention_known(mention_in *in);                            /* mention_known.c: the lexicon's */
void mention_doubtful(mention_in *in, const ent_names *names); /* where nothing else is found */
void mention_unknown(mention_in *in);  /* mention_known.c: capitals nobody knows, hidden */
void mention_bodies(mention_in *in);   /* mention_group.c: "Finnish government" */
void mention_groups(mention_in *in);   /* mention_group.c */
void mention_nominals(mention_in *in); /* mention_nominal.c */
void mention_pronouns(mention_in *in); /* mention_nominal.c */
void mention_roles(mention_in *in);    /* mention_role.c: flags, seats, order */

#endif
