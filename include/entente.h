/* entente.h - who acts and what is on the table, in plain English text.
 *
 * The only public C header. It needs no other library than the C library and keeps no global state.
 *
 * Positions   are byte offsets, 0-based, half-open [start, end), into the text as given.
 * Text        is any bytes; it need not be NUL-ended nor valid UTF-8 (bad bytes act as separators).
 * Ownership   a document owns everything reached through it; pointers into it live until the next
 *             call that edits, advances or frees it. A model borrows the bytes it was opened on:
 *             keep them mapped and unchanged until every document of that model is freed.
 * Threads     a model may be used by many threads at once; a document by one thread at a time.
 * Errors      ENT_OK or one of three outcomes below. A failed call leaves the document as it was.
 * Limits      a document holds at most ENT_MAX_TEXT bytes.
 *
 * The core never prints, exits, opens files, asks the locale or keeps a global.
 */
#ifndef ENTENTE_H
#define ENTENTE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ENT_VERSION_MAJOR 0
#define ENT_VERSION_MINOR 1
#define ENT_VERSION_PATCH 0

/* Largest document: positions fit 32 bits with room for an edit's sum. */
#define ENT_MAX_TEXT ((size_t)1 << 30)

/* "no such id", for entity, proposal and mention numbers */
#define ENT_NONE UINT32_MAX

typedef enum ent_status {
    ENT_OK = 0,
    ENT_EARG = 1,   /* bad argument: a position outside the text, a text too large, a NULL */
    ENT_ENOMEM = 2, /* out of memory; the document stays as it was */
    ENT_EMODEL = 3  /* the model's bytes are damaged, truncated or of another version */
} ent_status;

/* One constant sentence for a status, never NULL. */
const char *ent_strerror(ent_status s);

/* "0.1.0" */
const char *ent_version(void);

/* ---- what is found ------------------------------------------------------------------------- */

typedef enum ent_kind {
    ENT_PERSON = 0,
    ENT_COUNTRY = 1,
    ENT_ORGANISATION = 2,
    ENT_GROUP = 3,
    ENT_PLACE = 4,
    ENT_PROPOSAL = 5,
    ENT_KINDS = 6
} ent_kind;

typedef enum ent_form {
    ENT_NAME = 0,    /* "Vladimir Putin", "Ukrainian officials", "security guarantees" */
    ENT_NOMINAL = 1, /* "the president", "the deal" */
    ENT_PRONOUN = 2, /* "he", "their", "it" */
    ENT_VERBAL = 3,  /* "withdraw its troops": a proposal given as a verb phrase */
    ENT_FORMS = 4
} ent_form;

typedef enum ent_stance_label {
    ENT_PROPOSES = 0,
    ENT_DEMANDS = 1,
    ENT_SUPPORTS = 2,
    ENT_ACCEPTS = 3,
    ENT_OPPOSES = 4,
    ENT_DISCUSSES = 5,
    ENT_THREATENS = 6,
    ENT_CRITICISES = 7,
    ENT_STANCES = 8
} ent_stance_label;

/* English names as in the command line's output ("person", "nominal", "demands"); NULL when out
 * of range. */
const char *ent_kind_name(unsigned kind);
const char *ent_form_name(unsigned form);
const char *ent_stance_name(unsigned label);

typedef struct ent_span {
    uint32_t start, end;
} ent_span;

/* A stretch of text that refers to an actor, a place or a proposal. */
typedef struct ent_mention {
    uint32_t start, end;
    uint32_t entity; /* index for ent_doc_entity; ENT_NONE when not linked to anything */
    float score;     /* calibrated probability that span and kind are right */
    uint8_t kind;    /* ent_kind */
    uint8_t form;    /* ent_form */
    uint16_t flags;  /* reserved, 0 */
} ent_mention;

/* Everything one actor, place or proposal is called in this document. Ids count up from 0 in the
 * order of first mention and change when an edit changes that order. */
typedef struct ent_entity {
    uint8_t kind;
    char iso[3];       /* ISO 3166-1 alpha-2 of a country, else "" */
    uint32_t mentions; /* how many mentions, all forms */
    uint32_t names;    /* how many of them are names */
    ent_span first;    /* first full mention in the text */
    const char *name;  /* canonical name, UTF-8, not NUL-ended */
    uint32_t name_len;
} ent_entity;

/* An actor takes a position on a proposal. */
typedef struct ent_stance {
    uint32_t actor;     /* entity */
    uint32_t proposal;  /* entity, or ENT_NONE */
    uint32_t target;    /* entity: addressee or beneficiary, or ENT_NONE */
    uint32_t by;        /* entity whose words they are when not the actor's, or ENT_NONE */
    uint8_t label;      /* ent_stance_label */
    uint8_t negated;    /* 0 or 1 */
    uint8_t hedged;     /* 0 or 1 */
    uint8_t n_cues;     /* 1 or 2 */
    ent_span cue[2];    /* the word or words that express it */
    ent_span condition; /* "as a condition for ...", start == end when none */
    ent_span sentence;  /* the evidence */
    float score;
} ent_stance;

/* Who says what. */
typedef struct ent_attribution {
    uint32_t entity;     /* the source's entity, or ENT_NONE */
    ent_span source;     /* the words naming the source; start == end when none */
    ent_span cue;        /* "said", "according to" */
    ent_span content[2]; /* parts of what is said */
    uint8_t n_content;   /* 0 to 2 */
    float score;
} ent_attribution;

/* ---- memory -------------------------------------------------------------------------------- */

/* The one door for memory. realloc_fn(ctx, p, old, size): size 0 frees p and returns NULL; p NULL
 * allocates; NULL on failure, p then still valid. A NULL ent_memory means the C library's. */
typedef struct ent_memory {
    void *(*realloc_fn)(void *ctx, void *p, size_t old_size, size_t size);
    void *ctx;
} ent_memory;

/* ---- model --------------------------------------------------------------------------------- */

typedef struct ent_model ent_model;

/* Opens a model on `len` bytes at `data` (8-byte aligned, e.g. a mapped file), which it borrows.
 * Checks magic, version, checksum and every offset once: O(len). On failure *out is NULL. */
ent_status ent_model_open(const void *data, size_t len, const ent_memory *mem, ent_model **out);

/* Frees what ent_model_open made; the bytes stay the caller's. NULL is fine. */
void ent_model_close(ent_model *m);

/* Value of a line of the model's card, such as "date" or "version"; not NUL-ended, *len its
 * length; NULL when there is none. Lives as long as the model's bytes. */
const char *ent_model_info(const ent_model *m, const char *key, size_t *len);

/* ---- document ------------------------------------------------------------------------------ */

typedef struct ent_doc ent_doc;

/* Makes a document on a copy of the text. Nothing is analysed yet: the first question is. */
ent_status ent_doc_new(const ent_model *m, const char *text, size_t len, const ent_memory *mem,
                       ent_doc **out);
void ent_doc_free(ent_doc *d);

/* Replaces `removed` bytes at `at` by `add_len` bytes at `add`. O(sentences touched) analysis plus
 * a small cost in the number of sentences. ENT_EARG when the range is outside the text. */
ent_status ent_doc_edit(ent_doc *d, uint32_t at, uint32_t removed, const char *add,
                        uint32_t add_len);

/* Analyses pending sentences for at most about `budget` bytes (0: all), then links them, in slices
 * of about the same time. *done is set to 1 when nothing is left to do: questions then answer at
 * once. Editors call it again and again; every question below does what it needs by itself:
 * ent_doc_mentions for its window, the others for the whole text. */
ent_status ent_doc_advance(ent_doc *d, size_t budget, int *done);

/* ---- why ----------------------------------------------------------------------------------- */

/* Why a mention refers to what it refers to. */
typedef struct ent_link_why {
    ent_span span;      /* start == end: no mention there */
    uint32_t entity;    /* ENT_NONE: it refers to nothing and is not shown */
    float score;        /* how sure the link is */
    const char *reason; /* an English phrase */
    uint32_t n_candidates;
    struct {
        uint32_t entity;
        float score; /* higher is better; below 0 loses to "none" */
    } candidate[8];  /* what a pronoun or noun may refer to, the best first */
} ent_link_why;

/* Why the innermost mention at a byte, shown or not, refers to what it refers to. */
ent_status ent_doc_why(ent_doc *d, uint32_t at, ent_link_why *out);

/* ---- corrections ---------------------------------------------------------------------------- */

/* What the user says of names: rules laid over what is found. */
typedef struct ent_user ent_user;

typedef enum ent_user_op {
    ENT_USER_MARK = 0, /* name is of a kind, and, with `to`, called that */
    ENT_USER_IGNORE,   /* name is none of ours */
    ENT_USER_ALIAS,    /* name is another name of `to` */
    ENT_USER_SPLIT,    /* name stands for itself, whatever it resembles */
    ENT_USER_RENAME,   /* name's actor is shown as `to` */
    ENT_USER_PATTERN,  /* all that fits `name` is of a kind: items parted by blanks, "=word" that
                          word, "A" any word, "C" one with a capital, "N" a number, "U" an acronym;
                          with "+" up to eight of them. With a stance in `to` what fits tells it:
                          then "a" is its actor, "p" the proposal, "t" the addressee */
    ENT_USER_NOUN,     /* name is a noun that names proposals */
    ENT_USER_CUE, /* name is a cue, its first word in one form; `to`: its stance, the letters of
                     its frames, that form: "opposes oi past" (base, s, past, participle, ing) */
    ENT_USER_OPS
} ent_user_op;

/* One rule; texts need not be NUL-ended, NULL with length 0 where there is none. `context`: words
 * around the name, which is written "_" there ("arrived in _ on"); the rule then holds only where
 * they stand. A later rule of the same name in the same context overwrites an earlier one. */
typedef struct ent_user_rule {
    ent_user_op op;
    unsigned kind; /* ent_kind, or ENT_KINDS: as found */
    const char *name, *to, *context;
    size_t name_len, to_len, context_len;
} ent_user_rule;

ent_status ent_user_new(const ent_model *m, const ent_memory *mem, ent_user **out);
void ent_user_free(ent_user *u);

/* ENT_EARG: no word, more than 12 words, a context without "_", a bad pattern, more than 64
 * patterns. */
ent_status ent_user_add(ent_user *u, const ent_user_rule *rule);

/* Lays other corrections over a document (NULL: none), which borrows them: they must stay, as they
 * are, until others were set or the document is freed. Only sentences that hold a name of which
 * they say something else are analysed again. */
ent_status ent_doc_set_user(ent_doc *d, const ent_user *u);

/* Length of the text in bytes; a number that grows with every edit. */
uint32_t ent_doc_length(const ent_doc *d);
uint64_t ent_doc_revision(const ent_doc *d);

/* Copies text [span) to `out` (room for span.end - span.start bytes). */
ent_status ent_doc_copy(const ent_doc *d, ent_span span, char *out);

/* Mentions whose span meets `within`, in text order, an outer one before what it holds: spans nest
 * or are disjoint. *first is owned by the document. O(log n + result). While much of the text
 * outside the window is pending, names stand unlinked (entity ENT_NONE) and what needs the rest of
 * the text is left out. */
ent_status ent_doc_mentions(ent_doc *d, ent_span within, const ent_mention **first, size_t *n);

/* Innermost mention at a byte; *out.start == *out.end when none. */
ent_status ent_doc_at(ent_doc *d, uint32_t at, ent_mention *out);

/* The sentence that holds a byte. */
ent_status ent_doc_sentence(ent_doc *d, uint32_t at, ent_span *out);

/* Entities, in order of first mention. */
ent_status ent_doc_entities(ent_doc *d, size_t *n);
ent_status ent_doc_entity(ent_doc *d, uint32_t id, ent_entity *out);

/* The i-th other name of an entity as the text has it; ENT_EARG past the last. */
ent_status ent_doc_alias(ent_doc *d, uint32_t id, size_t i, const char **name, size_t *len);

/* All mentions of an entity, in text order. */
ent_status ent_doc_refs(ent_doc *d, uint32_t id, const ent_mention **first, size_t *n);

/* Finds an entity by any of its names, case-insensitively; ENT_NONE when there is none. */
ent_status ent_doc_find(ent_doc *d, const char *name, size_t len, uint32_t *id);

/* Entities one of whose names in the text, or its last word, begins so, whatever the case and
 * accents: for completion, in alphabetical order, at most `most`. O(log n). *ids stays valid until
 * the next call on the document. */
ent_status ent_doc_prefix(ent_doc *d, const char *prefix, size_t len, size_t most,
                          const uint32_t **ids, size_t *n);

/* Why the name at a byte was taken for one: the lines say its type and the next likely, the
 * features that decided, strongest first, and what the lists hold; none when no name is there. Each
 * line is valid during its call only. */
typedef void (*ent_line_fn)(void *ctx, const char *line, size_t len);
ent_status ent_doc_explain(ent_doc *d, uint32_t at, ent_line_fn line, void *ctx);

/* Stances and attributions, in text order of their cues. */
ent_status ent_doc_stances(ent_doc *d, const ent_stance **first, size_t *n);
ent_status ent_doc_attributions(ent_doc *d, const ent_attribution **first, size_t *n);

/* Stances of the sentences that meet `within`, for what is on a screen. None while so much of the
 * text is not analysed that actors are unknown. O(log n + sentences). */
ent_status ent_doc_stances_in(ent_doc *d, ent_span within, const ent_stance **first, size_t *n);

#ifdef __cplusplus
}
#endif
#endif
