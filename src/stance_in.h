/* stance_in - what the files of the stance stage share: looking at the parse, a cue being worked
 * on.
 */
#ifndef ENT_STANCE_IN_H
#define ENT_STANCE_IN_H

#include "stance.h"

#include <string.h>

static inline const ent_parse *parse(const ent_stances *st)
{
    return &st->s->parse;
}

static inline const ent_chunk *chunk(const ent_stances *st, int i)
{
    return &st->s->parse.ch[i];
}

static inline const ent_ctoken *tok(const ent_stances *st, uint32_t i)
{
    return &st->s->parse.in.tok[i];
}

static inline int is_type(const ent_stances *st, int i, uint8_t type)
{
    return i >= 0 && (uint32_t)i < st->s->parse.n_chunks && st->s->parse.ch[i].type == type;
}

/* Chunk that a token belongs to, over adverbs and quotation marks; -1 at the end. */
static inline int chunk_at(const ent_stances *st, uint32_t token)
{
    if (token >= parse(st)->in.n) return -1;
    int k = tok(st, token)->chunk;
    while (is_type(st, k, ENT_CH_ADV) || is_type(st, k, ENT_CH_QUOTE))
        k++;
    if (is_type(st, k, ENT_CH_PREP) && is_type(st, k + 1, ENT_CH_NP) &&
        chunk(st, k + 1)->flags & ENT_CF_TIME)
        k++; /* "on Thursday" */
    if (is_type(st, k, ENT_CH_NP) && chunk(st, k)->flags & ENT_CF_TIME)
        k = (int)ent_chunk_next(parse(st), (uint32_t)k);
    return (uint32_t)k < parse(st)->n_chunks ? k : -1;
}

static inline int next(const ent_stances *st, int i)
{
    uint32_t k = ent_chunk_next(parse(st), (uint32_t)i);
    return k < parse(st)->n_chunks ? (int)k : -1;
}

static inline uint32_t lower(const ent_stances *st, uint32_t token)
{
    return parse(st)->in.t[token].lower;
}

/* Whether chunk i is the preposition `word`. */
static inline int is_prep(const ent_stances *st, int i, uint32_t word)
{
    return is_type(st, i, ENT_CH_PREP) && lower(st, chunk(st, i)->head) == word;
}

static inline uint32_t word(const char *s)
{
    return ent_hash(s, strlen(s));
}

static inline int is_actor(const ent_stances *st, int np)
{
    const ent_chunk *c = chunk(st, np);
    if (c->actor < 0 || c->prop >= 0) return 0;
    unsigned class = ent_prop_class(st->s, np); /* "an international force" can be proposed */
    return parse(st)->in.ms[c->actor].kind != ENT_GROUP ||
           (class != ENT_N_ALWAYS && class != ENT_N_TAKEN);
}

/* A cue being worked on. */
typedef struct ent_swork {
    int v; /* its chunk */
    ent_cue q;
    uint32_t first, last;         /* its tokens */
    uint32_t gap_first, gap_last; /* what stood between its words */
    int16_t actors[ENT_STANCE_LIST], targets[ENT_STANCE_LIST], props[2 * ENT_STANCE_LIST];
    unsigned n_actors, n_targets, n_props;
    uint8_t how, rel, flags, previous;
} ent_swork;

void ent_stance_add_prop(ent_swork *w, int prop);

void ent_stance_add_mention(int16_t *list, unsigned *n, int16_t m);

/* One line for each actor, proposal and addressee. */
void ent_stance_emit(ent_stances *st, ent_swork *w);

/* The actor that a noun phrase means: its head, or who is counted by it ("dozens of lawmakers"). */
int16_t ent_stance_actor_of(const ent_stances *st, int np);

unsigned ent_stance_actors_left(const ent_stances *st, int np, int16_t *out);

/* An actor in apposition behind a noun phrase: "its foreign minister, Souleymane Keïta". */
int16_t ent_stance_apposed(const ent_stances *st, int np);

/* Whoever acts in the last finite clause before chunk v. */
int ent_stance_subject_back(const ent_stances *st, int v, int not_np);

/* Actors of a verb group: its subject; the person in apposition; for a text that "calls for"
 * something, who acts before. */
void ent_stance_find_actors(const ent_stances *st, ent_swork *w, int v);

/* Noun phrase behind "by" that does what the passive verb group says. */
int ent_stance_agent(const ent_stances *st, int v);

void ent_stance_actors_right(const ent_stances *st, ent_swork *w, int np, uint8_t rel);

void ent_stance_targets_right(const ent_stances *st, ent_swork *w, int np);

/* Whose words token i stands in: the source named in the sentence, or whoever speaks the quotation
 * that goes on in it. */
void ent_stance_find_speaker(const ent_stances *st, ent_swork *w, uint32_t i);

/* What a relative clause stands on may lie further left than the nearest noun: "a halt along the
 * border, which was rejected": the first noun phrase to the left that names a proposal. */
int ent_stance_better_antecedent(const ent_stances *st, int np);

/* Verb group of the that-clause that starts at chunk k (behind "that"), -1 none. */
int ent_stance_clause_verb(const ent_stances *st, int k);

/* What a noun with a complement is about: "the idea of X", "calls for X", "a proposal to do X".
 * Returns 1 when a complement was found. */
int ent_stance_complement(ent_stances *st, ent_swork *w, int np, int depth);

/* Proposals that a noun phrase (a list of them) stands for. */
int ent_stance_noun_props(ent_stances *st, ent_swork *w, int np, int depth);

int ent_stance_verb_props(ent_stances *st, ent_swork *w, int v, int depth);

/* Who is asked or gets it, behind the object: from, to, with, for. */
void ent_stance_target_behind(const ent_stances *st, ent_swork *w, int k);

/* Tries the frames of the cue on what stands behind it; 1 when proposals (or a criticised actor)
 * were found. */
int ent_stance_active_frames(ent_stances *st, ent_swork *w);

/* "met the envoy to discuss the border": the other party, and the topic or else the meeting. */
int ent_stance_party_frame(ent_stances *st, ent_swork *w);

/* "met the envoy": a meeting about nothing named. */
int ent_stance_met_frame(ent_stances *st, ent_swork *w);

int ent_stance_criticise_frame(ent_stances *st, ent_swork *w);

int ent_stance_passive_frames(ent_stances *st, ent_swork *w);

void ent_stance_start(const ent_stances *st, ent_swork *w, int v, uint32_t from);

/* Negation and hedges of a verb group and of those it hangs on. */
uint8_t ent_stance_flags_of(const ent_stances *st, int v);

/* What the user's phrases tell. */
void ent_stance_phrases(ent_stances *st);

/* "Hungary did not": the stances of the clause before, of somebody else; 1 when there were some. */
int ent_stance_same(ent_stances *st, int v);

/* "while Hungary vetoed": a verb without its object is about what the clause before is about. */
int ent_stance_shared_object(ent_stances *st, ent_swork *w);

void ent_stance_modal(ent_stances *st, int v);

/* "The deal is a mistake", said by somebody; "she called it a mistake". */
int ent_stance_value(ent_stances *st, int v);

void ent_stance_noun(ent_stances *st, int np);

/* "a ceasefire between Israel and Hamas": both are party to it. */
void ent_stance_between(ent_stances *st, int np);

/* Conditional clauses: their verbs are set aside, then read for what is demanded. */
void ent_stance_reserve(ent_stances *st, int k);

void ent_stance_demanded(ent_stances *st);

/* Gives stances the condition they stand under: "unless it withdraws". */
void ent_stance_conditions(ent_stances *st);

/* "must" and "should" of a speaker named elsewhere; 1 when that gave a stance. */
int ent_stance_must(ent_stances *st, int v);

#endif
