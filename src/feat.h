/* feat - what the tagger looks at: attributes of each token, and from them fingerprints of
 * features.
 *
 * The same code serves the trainer and the tagger, so that both see the same. A feature is 32 bits:
 * the fingerprint of its slot (which question is asked) and of the answer. 0 means no answer.
 */
#ifndef ENT_FEAT_H
#define ENT_FEAT_H

#include "gaz.h"

/* One slot a question; explain shows the names of ent_feat_name. */
typedef enum ent_feat_slot {
    ENT_F_BIAS = 0,
    ENT_F_WORD,
    ENT_F_LOWER,
    ENT_F_SHAPE,
    ENT_F_CASE,
    ENT_F_PRE2,
    ENT_F_PRE3,
    ENT_F_PRE4,
    ENT_F_SUF2,
    ENT_F_SUF3,
    ENT_F_SUF4,
    ENT_F_LEAF,
    ENT_F_BR10,
    ENT_F_BR6,
    ENT_F_EMB,
    ENT_F_EMBC,
    ENT_F_GAZ,
    ENT_F_GAZ1,
    ENT_F_GAZN,
    ENT_F_MINE,
    ENT_F_MINE_CASE,
    ENT_F_P_LOWER,
    ENT_F_P_SHAPE,
    ENT_F_P_LEAF,
    ENT_F_P_BR10,
    ENT_F_P_EMB,
    ENT_F_P_GAZ,
    ENT_F_P_SUF3,
    ENT_F_PP_LOWER,
    ENT_F_PP_BR10,
    ENT_F_PP_GAZ,
    ENT_F_N_LOWER,
    ENT_F_N_SHAPE,
    ENT_F_N_LEAF,
    ENT_F_N_BR10,
    ENT_F_N_EMB,
    ENT_F_N_GAZ,
    ENT_F_N_SUF3,
    ENT_F_NN_LOWER,
    ENT_F_NN_BR10,
    ENT_F_NN_GAZ,
    ENT_F_P_W,
    ENT_F_W_N,
    ENT_F_P_N,
    ENT_F_PB_B,
    ENT_F_B_NB,
    ENT_F_PB_B_NB,
    ENT_F_PB_NB,
    ENT_F_SHAPES3,
    ENT_F_SHAPES_N,
    ENT_F_PG_G,
    ENT_F_G_NG,
    ENT_F_PG_G_NG,
    ENT_F_P_S,
    ENT_F_N_S,
    ENT_F_RUN_POS,
    ENT_F_RUN_FIRST,
    ENT_F_RUN_LAST,
    ENT_F_RUN_BEFORE,
    ENT_F_RUN_AFTER,
    ENT_F_RUN_AROUND,
    ENT_F_RUN_BB,
    ENT_F_RUN_AB,
    ENT_F_RUN_GAZ,
    ENT_F_RUN_LSUF,
    ENT_F_RUN_LB,
    ENT_F_WIDE_FIRST,
    ENT_F_WIDE_HEAD,
    ENT_F_RUN_BEFORE2,
    ENT_F_LINE,
    ENT_F_P_MINE,
    ENT_F_N_MINE,
    ENT_F_RUN_MINE,
    ENT_F_RUN_MINE_ENDS,
    ENT_F_RUN_AFTER2,
    ENT_F_RUN_APPOS,
    ENT_F_RUN_APPOS_B,
    ENT_F_RUN_SIGN,
    ENT_F_INITIALS,
    ENT_F_PE_E,
    ENT_F_E_NE,
    ENT_FEAT_SLOTS
} ent_feat_slot;

enum { /* ent_attr.place: where the token stands in the longest phrase of the lists */
       ENT_AT_NONE = 0,
       ENT_AT_FIRST,
       ENT_AT_INNER,
       ENT_AT_LAST,
       ENT_AT_ONLY
};

/* What is known of one token. */
typedef struct ent_attr {
    uint32_t word, lower;    /* fingerprints as in ent_token */
    uint32_t shape;          /* its pattern of capitals, small letters, digits, marks */
    uint32_t head, tail;     /* first and last four bytes, lower-cased, packed */
    uint32_t brown;          /* bit path of its cluster, from the top bit down */
    uint32_t gaz;            /* all that the lists say of it, as one fingerprint */
    uint16_t leaf, emb;      /* 1 + number of its Brown cluster, of its vector's cluster; 0 none */
    uint16_t kinds, kinds1;  /* ENT_G_* of the longest phrase over it, of the word alone */
    uint16_t run, run_end;   /* the run of capitalised words it is in: [run, run_end) */
    uint16_t wide, wide_end; /* the same with "of", "for", "and the" ... between */
    uint16_t run_kinds;      /* ENT_G_* of the words of the run, together */
    uint16_t initials_of;    /* 1 + first token of the run that this acronym stands for */
    uint16_t head_at;        /* last token before the first joiner of the wide run */
    uint8_t place, gaz_flags;
    uint8_t embc, lc; /* coarse vector cluster; how often it is written small, 0..9 */
    uint8_t mine;     /* what it mostly is in other texts, see ent_wordclass */
    uint8_t run_mine; /* the same of the words of the run, the highest of each type */
    uint8_t brown_len, cap, cls, line;
} ent_attr;

/* Fills at[0 .. n) for the n tokens of a sentence. O(n + hits). */
void ent_feat_attrs(const struct ent_feats *fs, const char *text, const ent_token *t, uint32_t n,
                    const ent_gaz_hits *hits, unsigned sent_flags, ent_attr *at);

/* Fingerprints of the features of token i into out[ENT_FEAT_SLOTS]. O(1). */
void ent_feat_row(const ent_attr *at, uint32_t n, uint32_t i, uint32_t *out);

/* The same in two steps. Slots below ENT_FEAT_PARTED but ENT_F_CASE tell of one token by itself, in
 * one of five places: the token, before, two before, after, two after. ent_feat_parts gives them
 * all for a token, whatever stands around it; ent_feat_rest gives the slots from there on, and
 * ENT_F_CASE in the one before them. */
enum { ENT_FEAT_PARTED = ENT_F_P_W };
void ent_feat_parts(const ent_attr *a, uint32_t *out);
void ent_feat_rest(const ent_attr *at, uint32_t n, uint32_t i, uint32_t *out);

/* Stands for the tokens before the first and after the last. */
const ent_attr *ent_feat_outside(void);

/* Short name of a slot for people; NULL when out of range. */
const char *ent_feat_name(unsigned slot);

/* What CLUS knows of a word; all zero when nothing. */
typedef struct ent_wordclass {
    uint16_t leaf, emb;
    uint8_t embc, lc, brown_len;
    uint8_t mine; /* bits 0-1 person, 2-3 organisation, 4-5 place: share of its uses in raw text,
                     0 below 5 %, 1 below 25, 2 below 60, 3 more; 6-7 how many uses were seen */
    uint32_t brown;
} ent_wordclass;

ent_wordclass ent_feat_word(const struct ent_feats *fs, uint32_t fingerprint);

/* Share of small-letter use of a word by lower fingerprint, ENT_LC_*: 0 when unknown. */
enum {
    ENT_LC_UNKNOWN = 0,
    ENT_LC_NEVER = 1,  /* below 1 %, then 5, 20, 50, 80, 95 % */
    ENT_LC_ALWAYS = 7, /* at least 95 % */
    ENT_LC_UPPER = 8   /* mostly in capitals: NATO */
};

ent_status ent_feats_open(const ent_model *m, struct ent_feats **out);
void ent_feats_close(struct ent_feats *f, const ent_memory *mem);

#endif
