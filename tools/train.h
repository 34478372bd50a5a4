/* train - what the parts of the trainer share. A tool: it may allocate, print and exit. */
#ifndef TRAIN_H
#define TRAIN_H

#include "analyse.h"
#include "feat.h"
#include "sent.h"

#include <stdio.h>

enum {
    LANES = 16, /* labels of a row, padded */
    O = 0,      /* outside; then B I L U of each type */
    PER0 = 1,
    MISC_B = 13,
    MISC_I = 14,
    LABELS = 15,
    EDGE = 15 /* before the first and after the last token */
};

typedef float v16 __attribute__((vector_size(64)));

typedef struct gold { /* a name of the annotation, bytes of the document */
    uint32_t start, end;
    uint8_t type; /* ent_nertype, 3 MISC */
} gold;

typedef struct sentence {
    uint32_t tok, n; /* its tokens in the corpus */
    uint32_t doc;    /* document of a development set */
    uint16_t set;
    float weight;
} sentence;

typedef struct corpus {
    sentence *sent;
    uint32_t n_sent, cap_sent;
    uint32_t *off;       /* per token and one more: its first feature in `id` */
    uint8_t *own;        /* per token: how many of them ask of the token itself */
    uint16_t *allow;     /* per token: mask of labels the annotation allows */
    uint32_t *from, *to; /* per token: bytes in its document */
    uint32_t n_tok, cap_tok;
    uint32_t *id; /* features: rows of the model, or fingerprints before numbering */
    size_t n_id, cap_id;
    gold *gold; /* of development documents, in order */
    uint32_t n_gold, cap_gold;
    uint32_t n_doc;
} corpus;

/* Numbers of features: fingerprint -> row. */
typedef struct index {
    uint32_t *key, *val; /* open addressing; val counts first, then numbers rows (1 + row) */
    uint32_t mask, n;
} index_t_;

typedef struct model {
    v16 *w; /* rows; lane 15 holds the sum of squared gradients */
    uint32_t rows;
    float trans[LANES][LANES], trans_g[LANES][LANES];
} model;

/* train_data.c */
typedef struct setinfo {
    const char *name;
    int has_misc; /* MISC was annotated */
    float weight;
} setinfo;

extern const setinfo sets[];
int set_of(const char *name);
void *need(void *p); /* exits when memory is short */
ent_model *open_model(const char *path);
void unescape(char *s); /* in place: \\t \\n \\\\ */
/* Reads a corpus; only features for which `keep` has a row when keep is given (as rows), else
 * fingerprints. */
void read_corpus(const ent_model *m, const char *path, const index_t_ *keep, corpus *c);
void index_new(index_t_ *x, unsigned bits);
void index_count(index_t_ *x, const corpus *c);
uint32_t index_get(const index_t_ *x, uint32_t key);
uint32_t index_cut(index_t_ *x, uint32_t least); /* numbers what was seen often enough */
void to_rows(corpus *c, const index_t_ *x);

/* train_crf.c */
void crf_init(model *m, uint32_t rows);
double crf_epoch(model *m, const corpus *c, float rate, float decay, float drop, uint64_t *seed);
void crf_decode(const model *m, const corpus *c, const sentence *s, uint8_t *labels);

/* train_net.c */
enum { DIM = 48, HID1 = 64, HID2 = 64, WIN1 = 5, WIN2 = 3 };
typedef struct net {
    float *emb;               /* rows of DIM, then the sum of squared gradients (DIM + 16 apart) */
    float *w, *g, *mom, *vel; /* all dense weights, gradients, Adam's moments */
    uint32_t rows;
    long steps;
} net;
void net_init(net *z, uint32_t rows, uint64_t *seed);
double net_epoch(net *z, model *m, const corpus *c, float rate, float drop, uint64_t *seed);
void net_decode(const net *z, const model *m, const corpus *c, const sentence *s, uint8_t *labels);
extern net *the_net; /* evaluation uses it when set */
extern int use_linear;
/* of train_crf.c, shared */
uint64_t rnd(uint64_t *s);
void shuffle(uint32_t *order, uint32_t n, uint64_t *seed);
typedef struct lattice {
    v16 score[ENT_MAX_TOKENS + 1];
    v16 alpha[ENT_MAX_TOKENS + 1], beta[ENT_MAX_TOKENS + 1];
    float scale[ENT_MAX_TOKENS + 1];
    v16 e[ENT_MAX_TOKENS + 1], post[ENT_MAX_TOKENS + 1];
} lattice;
double forward_backward(const float T[LANES][LANES], lattice *l, uint32_t n, const uint16_t *allow);
void count_trans(const float T[LANES][LANES], const lattice *l, uint32_t n, float sign,
                 float G[LANES][LANES]);
void emissions(const model *m, const corpus *c, const sentence *s, lattice *l);
void step(model *m, const corpus *c, const sentence *s, const v16 *grad, float rate, float decay);
void step_trans(model *m, float G[LANES][LANES], float rate);
void viterbi(const model *m, const lattice *l, uint32_t n, uint8_t *labels);

/* train_pack.c */
uint32_t keep_best(model *m, index_t_ *x, const uint32_t *count, uint32_t buckets);
int pack(const model *m, const index_t_ *x, uint32_t buckets, const char *path);

/* train_eval.c */
typedef struct prf {
    uint32_t tp, np, ng;
} prf;
void evaluate(const model *m, const corpus *c, prf out[4]); /* PER ORG LOC, all */
double f1(prf p);
extern FILE *evaluate_dump; /* predictions go there when set */

#endif
