/* link_impl - what the files of link share; nobody else includes it.
 *
 *     link_fold.c   words of names made comparable: accents, transliterations
 *     link_nick.c   given names and what they are short for
 *     link_type.c   name types: each distinct name once, counted, each pointing at a fuller one
 *     link_parent.c, link_settle.c  which that is; what an update changes of it
 *     link_near.c   mentions: which type each refers to, by what stands before it
 *     link_find.c   what that is: candidates and their features
 *     link_score.c  weights of that choice
 *     link_number.c public numbers of entities
 *     link_answer.c, link_prefix.c  entities as the outside sees them; by the beginning of a name
 *     link_claim.c  claims and attributions: speakers, the proposal last mentioned
 *     link_flat.c   mentions of the whole text: numbered, found by type
 *     link.c        keeps all this up to date, numbers entities, answers
 *
 * Two levels keep an edit cheap. (a) A name means the same all over the document, so names are
 * interned as types, and a type's parent (surname -> full name, acronym -> organisation, adjective
 * -> state) is a function of the few types that share a word with it. (b) Nominals, pronouns and
 * surnames borne by several are decided by the ENT_L_WINDOW sentences before them. A mention holds
 * the type it refers to; types that end at one root are one entity. Both levels are functions of
 * what the document holds now, so bringing the changed part up to date equals linking afresh.
 */
#ifndef ENT_LINK_IMPL_H
#define ENT_LINK_IMPL_H

#include "link.h"

#ifndef ENT_L_WINDOW
#define ENT_L_WINDOW 12 /* sentences looked back upon */
#endif

enum {
    ENT_L_WORDS = 6,                  /* words of a name that are compared */
    ENT_L_NODES = 3,                  /* blocks a type stands in: last word, first word, initials */
    ENT_L_PAIRWISE = 48,              /* larger blocks are not compared pair by pair */
    ENT_L_CANDIDATES = 20,            /* antecedents scored at most */
    ENT_L_VERSION = 1,                /* of the LINK section */
    ENT_L_LOGS = 128,                 /* small numbers whose logarithms are kept */
    ENT_L_PAIRS = 8,                  /* nouns for the two sides of a matter */
    ENT_L_PAIR = 2 * ENT_L_PAIRS + 1, /* what they are called: "both sides", "two sides", "sides" */
    ENT_L_PAIR_KEY = 2,               /* ent_ltype.key of them all */
    ENT_L_SIGNED = 3,   /* title under which names that stand alone in a paragraph are kept */
    ENT_L_VIRTUAL = 255 /* ent_ltype.form of a state, an organisation by id, a narrator */
};

/* A distinct name (or nominal) of one kind, or a virtual type standing for a known state or
 * organisation. Lives while the linker does; count 0 means it is not in the text now. */
typedef struct ent_ltype {
    uint32_t key;                /* ent_kmention.key */
    uint32_t word[ENT_L_WORDS];  /* folded words (link_fold.c) */
    uint32_t block[ENT_L_NODES]; /* block keys, 0 none */
    uint32_t node[ENT_L_NODES];  /* 1 + node that follows in the list of that block */
    uint32_t chain;              /* 1 + type that follows in the table's list */
    uint32_t title;              /* a nominal's head noun, 0 for names */
    uint32_t nick;               /* a person's first word, or what it is short for; folded */
    uint32_t last;               /* ent_kmention.last: not folded */
    uint32_t count, shown;       /* mentions; those not hidden */
    uint32_t sure;               /* scores of those not hidden, in 256ths, together */
    uint32_t male, female;       /* mentions that tell */
    uint32_t titled;             /* mentions behind a title or a body's noun: these tell the kind */
    uint32_t parent;             /* the fuller type, or itself */
    uint32_t ring;               /* the next type with the same root; after the last the first */
    uint32_t user;               /* ent_kmention.user, part of identity */
    uint16_t country, org;
    uint8_t kind, form, nword;
    char initial, letter; /* of the first word; letter: it is nothing more ("J.") */
    uint8_t sex;    /* ENT_L_MALE, ENT_L_FEMALE: told by a title ("Mrs. May"), part of identity */
    uint8_t given;  /* what the first word tells as a given name */
    uint8_t reason; /* of parent */
    uint8_t ambiguous; /* several fuller names fit: level (b) chooses */
    uint8_t bones;     /* letters of its last word's skeleton, which block[2] stands for */
    uint8_t headed;    /* a body's name ends in a noun for bodies ("Seafarers' Union") */
    uint8_t touched;   /* 1: noted in ent_linker.touched, 2: in ent_linker.redo */
} ent_ltype;

enum { ENT_L_MALE = 1, ENT_L_FEMALE = 2 };

/* What follows from a type's place in the tree; compared to see what an update changed. */
typedef struct ent_lroot {
    uint32_t root;
    uint32_t kind : 8;   /* the root's */
    uint32_t sex : 2;    /* of the whole tree, 0 unknown */
    uint32_t backed : 1; /* a hidden mention of this type is to be shown */
    uint32_t ambiguous : 1;
    uint32_t reason : 8;
    uint32_t weight : 8; /* of the root: how often it is named, in powers of two */
    uint32_t few : 1;    /* 1: its tree is shown once at most */
} ent_lroot;

/* Sums over a root's tree, while roots are found. */
typedef struct ent_lsum {
    uint32_t male, female, shown;
    uint32_t named; /* of a root the user made: mentions of its most frequent name */
} ent_lsum;

/* A title seen before a name: (title, type) and how often. chain: of the title; pair: of both.
 * Two names of one thing by apposition ("Union (UJT)") are kept as such pairs too, both ways, under
 * a title that stands for the one type. */
typedef struct ent_ltitle {
    uint32_t title, type, count, chain, pair;
    uint32_t noted; /* in ent_linker.retitled */
} ent_ltitle;

typedef struct ent_lretitle { /* a title's count before this update */
    uint32_t at, count, redo; /* redo: the type whose parent depends on it, or ENT_NONE */
} ent_lretitle;

typedef struct ent_lbucket { /* open addressing: key 0 is empty */
    uint32_t key, head;      /* head: 1 + index of the first */
} ent_lbucket;

typedef struct ent_lmap {
    ent_lbucket *at;
    uint32_t n, cap; /* cap a power of two */
} ent_lmap;

/* Heads of lists by a hash of what their elements are found by; elements of several keys share a
 * list. */
typedef struct ent_lheads {
    uint32_t *at; /* 1 + the first element, 0 none */
    uint32_t cap; /* a power of two, or 0 */
} ent_lheads;

/* What the links of a sentence depend on besides its own names, as bits. */
typedef enum ent_lask {
    ENT_L_ASKS_KINDS = 63,   /* who stands before an anaphor that may mean these ent_kinds */
    ENT_L_ASKS_WEIGHT = 64,  /* which bearer of a short name weighs most */
    ENT_L_ASKS_SPEECH = 128, /* who spoke, what was proposed */
    ENT_L_ASKS_ALL = 255
} ent_lask;

/* What an update did to a type, as bits in ent_linker.mark. */
typedef enum ent_lmark {
    ENT_L_MEANS = 1,  /* it means something else: all that look back upon it depend on it */
    ENT_L_TITLED = 2, /* a nominal, and others bear its title now: it alone depends on it */
    ENT_L_WEIGHS = 4, /* it is named more or less often, no more */
    ENT_L_MOVED = 8   /* its root is another */
} ent_lmark;

typedef struct ent_ltouch { /* a type's counts before this update */
    uint32_t type, count, shown, sure, male, female, titled;
} ent_ltouch;

typedef struct ent_lids { /* a growable list of numbers */
    uint32_t *at;
    uint32_t n, cap;
} ent_lids;

/* A name by its first letters (link_prefix.c). */
typedef struct ent_lname {
    uint64_t head;
    uint32_t type;
} ent_lname;

struct ent_linker {
    ent_memory mem;
    ent_link_input in;   /* of the last update */
    int broken;          /* the last update failed: start afresh */
    int ready;           /* an update succeeded since the last fresh start */
    size_t work;         /* left of this update's */
    uint32_t counted;    /* sentence up to which the last slice counted */
    int taken;           /* the last slice resolved as far as it could */
    uint32_t unnumbered; /* sentence from which on earlier slices numbered nothing; ENT_NONE */

    /* (a) types */
    ent_ltype *type;
    ent_lroot *root, *was;
    ent_lsum *sum; /* by place in l->trees, which ent_ltype.ring holds while roots are found */
    uint32_t cap_sum;
    uint32_t n_types, cap_types, cap_root, cap_was;
    uint32_t n_settled; /* types there were at the end of the last update */
    ent_lheads names, blocks;
    uint32_t n_nodes; /* in all blocks */
    ent_lmap titles_of, pairs, aliases;
    ent_ltitle *title;
    uint32_t n_titles, cap_titles;
    ent_ltouch *touched;
    uint32_t n_touched, cap_touched;
    ent_lretitle *retitled;
    uint32_t n_retitled, cap_retitled;
    ent_lids heads;    /* titles whose set of bearers changed */
    ent_lids redo;     /* types whose parent is to be found again */
    ent_lids dirty;    /* types that mean something else than before, and nominals ... */
    ent_lids dirt;     /* ... whose title others bear now: ent_lmark of each */
    uint32_t n_redone; /* of redo, those whose parent was found */
    ent_lids trees;    /* types of all trees that an update may have changed */
    ent_lids nominals; /* types with a title */
    ent_tokens words;

    /* (b) mentions are numbered in text order; first[i] is where sentence i's begin, first[n] their
     * number; holds[i] has the bits of the types that they are, refer to, and their roots */
    uint32_t *first, *sig;
    uint64_t *holds;
    uint32_t n_flat, n_sents, cap_first, cap_sig, cap_holds;
    ent_lids before; /* what the mentions of a sentence referred to */
    uint8_t *asks;   /* by sentence: ent_lask, what its links depend on in those before it */
    uint32_t cap_asks;
    uint8_t *mark; /* per type or sentence, scratch */
    uint32_t cap_mark;
    ent_lids stale; /* sentences to be looked at again, in order */
    ent_lids why;   /* and what for: ent_lmark and, from bit 8 on, ent_lask */

    /* numbering */
    uint32_t *number; /* by type; of roots only */
    uint32_t *seen;   /* by type: 1 + flat index of its first shown mention */
    uint32_t n_numbered, cap_number, cap_seen;
    ent_lids entities;               /* root types by public number */
    ent_lids entity_from;            /* and the flat index of their first mention */
    ent_lids old_entities, old_from; /* the same before, from the first change on */
    ent_entity *cards;               /* by public number; made when first asked after a change */
    uint32_t cap_cards;
    ent_lids shown_as;          /* by public number: the type whose text is its name */
    ent_lids alias, alias_from; /* types by public number, and where each one's begin */
    int carded;
    ent_lname *by_name; /* in order; made when first asked for after a change */
    uint32_t n_by_name, cap_by_name;
    int listed;
    ent_lids found; /* the answer */

    struct ent_lpronoun *pronoun; /* link_near.c */
    struct ent_ldeed *deed;       /* link_find.c */
    float logs[ENT_L_LOGS];       /* logarithms of small numbers */
    uint32_t *landform;           /* link_parent.c: words that places may do without */
    uint32_t *firm;               /* link_parent.c: words that follow the short names of firms */
    uint32_t pair[ENT_L_PAIR];    /* keys of the two sides of a matter */
    int blind;                    /* candidates of either sex, to learn from (tools/link_dump.c) */
    uint32_t narrator;            /* type of who writes, ENT_NONE before it is needed */
    uint32_t sides;               /* type of the two sides of a matter, the same */
};

/* ---- link_fold ---- */

/* Folds a word to ASCII letters so that spellings of one name meet; returns the length (at most
 * 32, `out` has room). */
uint32_t ent_fold_word(const char *s, uint32_t n, char *out);

/* Its letters alone, without accents, in lower case; returns how many, at most 32. */
uint32_t ent_fold_letters(const char *s, uint32_t n, char *out);

/* A folded word's first letter and consonants, which other spellings keep ("Muhammad", "Mohamed"),
 * and an a at its end, which tells women's names ("Petrova"); returns their number. */
uint32_t ent_fold_skeleton(const char *s, uint32_t n, char *out);

/* ---- link_type ---- */

ent_status ent_lids_push(ent_linker *l, ent_lids *list, uint32_t id);
/* 1 + the first of a key's list, 0 when empty. */
uint32_t ent_lmap_head(const ent_lmap *m, uint32_t key);

/* Empties a set of numbers; adds one, *added telling whether it is new. */
void ent_lmap_clear(ent_lmap *m);
ent_status ent_lmap_add(ent_linker *l, ent_lmap *m, uint32_t key, int *added);

/* The place of a key in its table, or the empty place where it would stand. */
uint32_t ent_lmap_slot(const ent_lmap *m, uint32_t key);
/* Clears l->mark for numbers up to n. */
ent_status ent_lmarks(ent_linker *l, uint32_t n);

/* 1 + the first node (type * ENT_L_NODES + which) of a block and the one behind node i - 1, 0 at
 * the end: last entered first. */
uint32_t ent_lblock_first(const ent_linker *l, uint32_t key);
uint32_t ent_lblock_next(const ent_linker *l, uint32_t i);

void ent_ltypes_free(ent_linker *l);
void ent_ltypes_reset(ent_linker *l);

/* Fills in words, blocks and sex of a type named by the n bytes at s. */
ent_status ent_ltype_describe(ent_linker *l, ent_ltype *t, const char *s, uint32_t n);

/* Finds or makes the type of a mention whose text is the n bytes at s; user: ent_result_user. */
ent_status ent_ltype_of(ent_linker *l, const ent_kmention *m, uint32_t user, const char *s,
                        uint32_t n, uint32_t *type);
/* Finds or makes the type that stands for a state or an organisation known by id, or, kind
 * ENT_KINDS, for what the user joins under a name. */
ent_status ent_ltype_virtual(ent_linker *l, ent_kind kind, uint32_t id, uint32_t *type);

/* One mention more or less of a type. */
ent_status ent_ltype_count(ent_linker *l, uint32_t type, const ent_kmention *m, int by);

/* One apposition more or less: m of type `type` is said of `partner`, a mention of its sentence. */
ent_status ent_ltype_appose(ent_linker *l, uint32_t type, const ent_kmention *m,
                            const ent_kmention *partner, int by);
/* One signature, by-line or heading more or less: a person's name that is all of a paragraph. Who
 * writes "I" is that person, if there is but one. */
ent_status ent_ltype_sign(ent_linker *l, uint32_t type, int by);
/* What follows from titles whose bearers changed since the last call. */
ent_status ent_ltitles_settle(ent_linker *l);
/* The title under which a type's other names by apposition are kept. */
uint32_t ent_ltype_alias_key(uint32_t type);

/* The only entity (root type) seen with a title, or ENT_NONE when none or several bear it. */
uint32_t ent_ltype_titled(const ent_linker *l, uint32_t title);
/* Whether a type was seen with a title. */
int ent_ltype_has_title(const ent_linker *l, uint32_t type, uint32_t title);

/* ---- link_parent ---- */

ent_status ent_lparent_new(ent_linker *l);
void ent_lparent_free(ent_linker *l);

/* Finds the parent of a type. */
ent_status ent_lparent_find(ent_linker *l, uint32_t id);

/* Everything that shares a block or an apposition with a type and may depend on it is to find its
 * parent again. */
ent_status ent_lparent_redo(ent_linker *l, uint32_t id);

/* ---- link_settle ---- */

/* Parents and roots of everything touched since the last call; fills l->dirty. *done is 0 when
 * l->work was too little: another call goes on. */
ent_status ent_ltypes_settle(ent_linker *l, int *done);

/* Takes n from what this update may do; 0 when nothing is left. */
int ent_lwork(ent_linker *l, size_t n);

/* Has a type's parent looked for again by the next settling. */
ent_status ent_ltype_redo(ent_linker *l, uint32_t type);

/* May the ambiguous short name `t` stand for `full`? */
int ent_ltype_fits(const ent_linker *l, uint32_t t, uint32_t full);

/* ---- link_score ---- */

typedef enum ent_lclass {                /* what is looked for, a row of weights each */
                          ENT_LC_HE = 0, /* he, she */
                          ENT_LC_HIM,    /* him, her, himself */
                          ENT_LC_HIS,    /* his, her, hers */
                          ENT_LC_IT,     /* it, itself */
                          ENT_LC_ITS,
                          ENT_LC_THEY, /* they, them, themselves */
                          ENT_LC_THEIR,
                          ENT_LC_THIS,   /* this, that, these: a proposal */
                          ENT_LC_PERSON, /* nominals by kind */
                          ENT_LC_COUNTRY,
                          ENT_LC_BODY,
                          ENT_LC_GROUP,
                          ENT_LC_PLACE,
                          ENT_LC_PROPOSAL,
                          ENT_LC_CLASSES,
                          ENT_LC_FIRST = ENT_LC_CLASSES, /* I, we: no row */
                          ENT_LC_NONE                    /* no anaphor */
} ent_lclass;

typedef enum ent_lfeature {
    ENT_LF_BIAS = 0, /* of any antecedent against none */
    ENT_LF_SENT0,
    ENT_LF_SENT1,
    ENT_LF_SENT2,
    ENT_LF_SENT3,
    ENT_LF_FAR, /* sentences back */
    ENT_LF_NEAREST,
    ENT_LF_SECOND, /* of the candidates */
    ENT_LF_SUBJECT,
    ENT_LF_OBJECT,
    ENT_LF_OBLIQUE,
    ENT_LF_FIRST,    /* its last mention is */
    ENT_LF_PARALLEL, /* the same role as the anaphor */
    ENT_LF_SAMESUBJ, /* subject of the anaphor's own clause */
    ENT_LF_NAME,
    ENT_LF_PRONOUN,
    ENT_LF_NOMINAL,  /* form of its last mention */
    ENT_LF_SAMEWORD, /* the last mention was the same word (pronoun or head noun) */
    ENT_LF_WINDOW,   /* log(mentions in the window) */
    ENT_LF_TEXT,     /* log(names in the text) */
    ENT_LF_SEX,      /* known to agree */
    ENT_LF_PERSON,
    ENT_LF_COUNTRY,
    ENT_LF_BODY,
    ENT_LF_GROUP,
    ENT_LF_PLACE,
    ENT_LF_PROPOSAL,
    ENT_LF_NESTED,
    ENT_LF_POSS,
    ENT_LF_ADJ,
    ENT_LF_PLURAL,
    ENT_LF_PARA,      /* in the same paragraph */
    ENT_LF_QUOTE,     /* both inside or both outside quotation marks */
    ENT_LF_TITLE,     /* bears the title that the nominal is */
    ENT_LF_ONLYTITLE, /* and nobody else does */
    ENT_LF_HEAD,      /* its name ends in the nominal's head */
    ENT_LF_STATE,     /* same state */
    ENT_LF_OTHERSTATE,
    ENT_LF_SUBJECT0, /* subject, in the same sentence; in the one before */
    ENT_LF_SUBJECT1,
    ENT_LF_FIRST0, /* its sentence's first mention, the same */
    ENT_LF_FIRST1,
    ENT_LF_LEADS0, /* nearest, in the same sentence; the one before's, if the anaphor leads its own
                    */
    ENT_LF_LEADS1,
    ENT_LF_BOTHSUBJECT,
    ENT_LF_OWNED0,  /* a possessor in the same sentence */
    ENT_LF_FULL,    /* a name of two words or more */
    ENT_LF_BETWEEN, /* log(mentions between) */
    ENT_LF_ONLY,    /* no other candidate */
    ENT_LF_AFTER,   /* a name that follows in the sentence; which is its subject */
    ENT_LF_AFTERSUBJECT,
    ENT_LF_AGAIN,     /* a candidate that the sentence names again, behind the anaphor */
    ENT_LF_TOLD,      /* what the noun says was done with it: "this demand", of what was demanded */
    ENT_LF_LASTPRON0, /* whom the last pronoun of this class and sex meant: in the same sentence */
    ENT_LF_LASTPRON1, /* in another */
    ENT_LF_OPENS0,    /* of the candidates the first that the sentence names: this sentence */
    ENT_LF_OPENS1,    /* the one before */
    ENT_LF_SUBJECTS,  /* log(times it was a subject in the window) */
    ENT_LF_TOKENS0,   /* log(tokens between), in the same sentence */
    ENT_LF_SPEAKER,   /* speaks the quotation that the anaphor stands in */
    ENT_LF_OWNED,     /* stands right behind the anaphor that owns it: "her aunt Mary" */
    ENT_LF_OWNER,     /* owns the anaphor: "the firm's board" */
    ENT_LF_HEAVIEST,  /* none of the candidates is named more often */
    ENT_LF_DEFINITE,  /* the anaphor has "the", "this" before it */
    ENT_LF_DEFHEAD,   /* the same, and the head fits */
    ENT_LF_CHOICE,    /* log(candidates) */
    ENT_LF_NEW,       /* a full name met once: just introduced */
    ENT_LF_CATAPHOR,  /* follows an anaphor that no name comes before in its sentence */
    ENT_LF_BOUND,     /* subject of the sentence whose object the anaphor is */
    ENT_LF_PARALLEL1, /* same role, in the sentence before */
    ENT_LF_OBLIQUE0,  /* behind a preposition, in the same sentence */
    ENT_LF_HEAVYTITLE, /* bears the title, and nobody is named more often */
    ENT_LF_OTHERHEAD,  /* its name ends in another noun for bodies than the nominal */
    ENT_LF_SUBJ0,      /* by the clauses (chunk_role.c): a subject in the same sentence, in the one
                        * before, further back */
    ENT_LF_SUBJ1,
    ENT_LF_SUBJ2,
    ENT_LF_MAIN0, /* of its sentence's main verb */
    ENT_LF_MAIN1,
    ENT_LF_OBJ0, /* an object */
    ENT_LF_OBJ1,
    ENT_LF_PREP0, /* behind a preposition */
    ENT_LF_PREP1,
    ENT_LF_GENITIVE0, /* owns a noun */
    ENT_LF_GENITIVE1,
    ENT_LF_CLAUSE,   /* in the anaphor's clause */
    ENT_LF_BINDS,    /* subject of the anaphor's clause, which is no subject itself */
    ENT_LF_BEFORE,   /* subject of the clause before the anaphor's, which is a subject */
    ENT_LF_CLAUSES0, /* log(clauses between), in the same sentence */
    ENT_LF_ALIKE0,   /* the same role in its clause as the anaphor */
    ENT_LF_ALIKE1,
    ENT_LF_SUBJECTS0, /* both subjects */
    ENT_LF_SUBJECTS1,
    ENT_LF_HANGS0, /* in a clause that hangs on another */
    ENT_LF_HANGS1,
    ENT_LF_UP,    /* in such a clause, the anaphor is in none */
    ENT_LF_DOWN,  /* the reverse */
    ENT_LF_ASIDE, /* in brackets */
    ENT_LF_KIN,   /* owned: "her husband, Leonard" */
    ENT_LF_MOST,  /* none of the candidates is met more often in the window */
    ENT_LF_MOSTSUBJECT,
    ENT_LF_OPENSPARA, /* of the candidates the first that the anaphor's paragraph names */
    ENT_LF_EARLIEST,  /* of the candidates the first in the window */
    ENT_LF_OTHERSEX,  /* sex unknown, while another candidate is known to agree */
    ENT_LF_FEATURES
} ent_lfeature;

/* Weights of an opened LINK section, or the built-in ones. */
const float *ent_lweights(const ent_model *m, ent_lclass c);
const char *ent_lfeature_name(unsigned f);
const char *ent_lclass_name(unsigned c);

/* A possible antecedent: an entity and its last mention before the anaphor. */
typedef struct ent_lcandidate {
    uint32_t root;
    uint32_t sent, k; /* its last mention; ENT_NONE: known from elsewhere in the text */
    uint32_t seen;    /* mentions in the window */
    uint32_t subject; /* of these, subjects */
    uint32_t first;   /* place of the first of them in the window, counted back */
    float f[ENT_LF_FEATURES];
    float score;
} ent_lcandidate;

/* ---- link_nick ---- */

/* What a given name, in lower case without accents, is short for; NULL when it is not known to be.
 */
const char *ent_lnick_full(const char *name);

/* ---- link_near ---- */

ent_status ent_lnear_new(ent_linker *l);
void ent_lnear_free(ent_linker *l);

/* Is it "I", "me", "my" outside of quotation marks? */
int ent_lnear_narrates(const ent_linker *l, const ent_kmention *m);

/* Decides what each mention of sentence i refers to, by the sentences before it. */
ent_status ent_lnear_sentence(ent_linker *l, uint32_t i);

/* The row of weights for a mention, ENT_LC_FIRST or ENT_LC_NONE; *sex: what it tells. */
unsigned ent_lnear_class(const ent_linker *l, const ent_kmention *m, unsigned *sex);

/* ---- link_find ---- */

/* Kinds that a class below ENT_LC_CLASSES may stand for, as bits. */
unsigned ent_lclass_kinds(unsigned class);

ent_status ent_lfind_new(ent_linker *l);
void ent_lfind_free(ent_linker *l);

/* Candidates of mention k of sentence i with their features, at most ENT_L_CANDIDATES; *c is its
 * class. 0 when the mention is no anaphor. */
uint32_t ent_lnear_candidates(const ent_linker *l, uint32_t i, uint32_t k, ent_lclass *c,
                              ent_lcandidate *out);

/* ---- link_number ---- */

/* Mentions [at, at + out) of the flat arrays have given way to `in` others. */
void ent_lnumber_shift(ent_linker *l, uint32_t at, uint32_t out, uint32_t in);

/* Numbers entities in the order of first mention, when nothing but the mentions [from, to) may
 * refer to something else than before. */
ent_status ent_lnumber(ent_linker *l, uint32_t from, uint32_t to);

/* ---- what a mention is counted under ---- */

enum { /* ent_kmention.typed */
       ENT_L_UNTYPED = 0,
       ENT_L_TYPED,    /* its name is a type */
       ENT_L_NARRATES, /* its name is its key, its type who writes */
       ENT_L_OF_PAIR   /* ... the two sides of a matter */
};

/* The type of a mention, ENT_NONE before it is counted. */
static inline uint32_t ent_lown(const ent_linker *l, const ent_kmention *m)
{
    if (m->typed == ENT_L_TYPED) return m->name;
    return m->typed == ENT_L_UNTYPED    ? ENT_NONE
           : m->typed == ENT_L_NARRATES ? l->narrator
                                        : l->sides;
}

/* ent_smention.key. */
static inline uint32_t ent_lkey(const ent_linker *l, const ent_kmention *m)
{
    return m->typed == ENT_L_TYPED ? l->type[m->name].key : m->name;
}

static inline void ent_lset_own(const ent_linker *l, ent_kmention *m, uint32_t type)
{
    m->typed = type == l->narrator ? ENT_L_NARRATES
               : type == l->sides  ? ENT_L_OF_PAIR
                                   : ENT_L_TYPED;
    if (m->typed == ENT_L_TYPED) m->name = type;
}

/* It is counted no more. */
static inline void ent_lset_free(const ent_linker *l, ent_kmention *m)
{
    m->name = ent_lkey(l, m);
    m->typed = ENT_L_UNTYPED;
}

/* ---- link_flat ---- */

/* The bit of a type in ent_linker.holds. */
static inline uint64_t ent_lbit(uint32_t type)
{
    return (uint64_t)1 << (type * 2654435769u >> 26);
}

/* Room for the changed sentences' mentions; everything behind moves. */
ent_status ent_lflat_splice(ent_linker *l);
/* The sentence that holds mention number f of the text. */
uint32_t ent_lflat_sentence(const ent_linker *l, uint32_t f);
/* The root that a mention of a sentence refers to, or ENT_NONE. */
uint32_t ent_lflat_root(const ent_linker *l, const ent_kmention *m);
/* Remembers what a sentence's mentions refer to, before they are resolved. */
ent_status ent_lflat_keep(ent_linker *l, uint32_t i);
/* Notes what they refer to now; returns 1 when that changed. */
int ent_lflat_note(ent_linker *l, uint32_t i);
/* Fills l->stale and l->why from l->dirty and l->dirt. */
ent_status ent_lflat_stale(ent_linker *l);

static inline uint32_t ent_lmentions(const ent_sent *s)
{
    return s->result ? s->result->n_mentions : 0;
}

/* ---- link_answer ---- */

/* Makes the cards, and with them l->seen, anew after a change. */
ent_status ent_linker_see(ent_linker *l);
/* Text of a type that is in the text, as first written; until the next question. */
const char *ent_ltype_text(const ent_linker *l, uint32_t type, size_t *len);

/* ---- link_claim ---- */

void ent_lclaim_sentence(ent_linker *l, uint32_t i);

/* Who speaks mention k of sentence i (a type), or ENT_NONE. */
uint32_t ent_lclaim_speaker(const ent_linker *l, uint32_t i, uint32_t k);

#endif
