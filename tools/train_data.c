/* train_data - reads the corpus files of corpus.lua into features and labels. */
#include "train.h"

#include <stdlib.h>
#include <string.h>

/* Which sets annotate MISC, and how much each counts. */
const setinfo sets[] = {{"gmb_voa", 1, 0.15f},
                        {"uner_ewt", 0, 1.0f},
                        {"redocred", 1, 1.0f},
                        {"crossner_politics", 1, 1.0f},
                        {"crossner_other", 1, 1.0f},
                        {"gum", 1, 1.0f},
                        {"btc", 0, 0.5f},
                        {"wnut17", 0, 0.5f},
                        {"silver", 0, 1.0f},
                        {NULL, 0, 0}};

int set_of(const char *name)
{
    for (int i = 0; sets[i].name; i++)
        if (!strcmp(sets[i].name, name)) return i;
    return -1;
}

void *need(void *p)
{
    if (!p) {
        fprintf(stderr, "train: out of memory\n");
        exit(2);
    }
    return p;
}

static void *grown(void *p, size_t n, size_t elem)
{
    return need(realloc(p, n * elem));
}

ent_model *open_model(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    fseek(f, 0, SEEK_END);
    size_t n = (size_t)ftell(f);
    rewind(f);
    void *p = need(malloc(n + 8));
    ent_model *m = NULL;
    if (fread(p, 1, n, f) == n && ent_model_open(p, n, NULL, &m)) m = NULL;
    fclose(f);
    return m;
}

/* ---- index --------------------------------------------------------------------------------- */

void index_new(index_t_ *x, unsigned bits)
{
    x->mask = (uint32_t)((1ull << bits) - 1);
    x->key = need(calloc((size_t)x->mask + 1, 4));
    x->val = need(calloc((size_t)x->mask + 1, 4));
    x->n = 0;
}

static uint32_t slot_of(const index_t_ *x, uint32_t key)
{
    uint32_t at = (key * 0x9E3779B1u) & x->mask;
    while (x->key[at] && x->key[at] != key)
        at = (at + 1) & x->mask;
    return at;
}

void index_count(index_t_ *x, const corpus *c)
{
    for (size_t i = 0; i < c->n_id; i++) {
        uint32_t at = slot_of(x, c->id[i]);
        if (!x->key[at]) {
            x->key[at] = c->id[i];
            if (++x->n > x->mask / 10 * 9) {
                fprintf(stderr, "train: too many features\n");
                exit(2);
            }
        }
        x->val[at]++;
    }
}

uint32_t index_get(const index_t_ *x, uint32_t key)
{
    return x->val[slot_of(x, key)];
}

uint32_t index_cut(index_t_ *x, uint32_t least)
{
    uint32_t rows = 0;
    for (size_t i = 0; i <= x->mask; i++)
        x->val[i] = x->val[i] >= least ? ++rows : 0;
    return rows;
}

/* Replaces fingerprints by rows, dropping those without one. */
void to_rows(corpus *c, const index_t_ *x)
{
    size_t k = 0;
    for (uint32_t t = 0; t < c->n_tok; t++) {
        size_t a = c->off[t], b = c->off[t + 1], mine = a + c->own[t];
        c->off[t] = (uint32_t)k;
        for (size_t i = a; i < b; i++) {
            uint32_t v = index_get(x, c->id[i]);
            if (i == mine) c->own[t] = (uint8_t)(k - c->off[t]);
            if (v) c->id[k++] = v - 1;
        }
    }
    c->off[c->n_tok] = (uint32_t)k;
    c->n_id = k;
}

/* ---- reading ------------------------------------------------------------------------------- */

typedef struct reader {
    const ent_model *m;
    corpus *c;
    const index_t_ *keep;
    ent_tokens tok;
    ent_gaz_hits hits;
    gold *ents; /* names of the line */
    uint32_t n_ents, cap_ents;
    int set, dev;
} reader;

void unescape(char *s)
{
    char *w = s;
    for (; *s; s++) {
        if (*s == '\\' && s[1]) {
            s++;
            *w++ = *s == 't' ? '\t' : *s == 'n' ? '\n' : *s;
        } else {
            *w++ = *s;
        }
    }
    *w = '\0';
}

static void parse_ents(reader *r, char *s)
{
    r->n_ents = 0;
    for (char *p = strtok(s, " \n"); p; p = strtok(NULL, " \n")) {
        char *q;
        gold g;
        g.start = (uint32_t)strtoul(p, &q, 10);
        g.end = (uint32_t)strtoul(q + 1, &q, 10);
        q++;
        g.type = *q == 'P'   ? ENT_NER_PER
                 : *q == 'O' ? ENT_NER_ORG
                 : *q == 'L' ? ENT_NER_LOC
                 : *q == 'M' ? 3
                             : 4; /* 4: anything may stand here */
        if (r->n_ents == r->cap_ents) {
            r->cap_ents = r->cap_ents * 2 + 64;
            r->ents = grown(r->ents, r->cap_ents, sizeof(gold));
        }
        r->ents[r->n_ents++] = g;
    }
}

static uint16_t bit(int label)
{
    return (uint16_t)(1u << label);
}

/* Labels of the tokens of one sentence whose text starts at byte `base` of its document. */
static void set_labels(reader *r, uint32_t base, uint16_t *allow)
{
    uint32_t n = r->tok.n;
    const ent_token *t = r->tok.at;
    uint16_t free_misc = (uint16_t)(bit(O) | bit(MISC_B) | bit(MISC_I));
    for (uint32_t i = 0; i < n; i++)
        allow[i] = sets[r->set].has_misc ? bit(O) : free_misc;
    for (uint32_t e = 0; e < r->n_ents; e++) {
        const gold *g = &r->ents[e];
        uint32_t a = 0, b;
        while (a < n && base + t[a].end <= g->start)
            a++;
        for (b = a; b < n && base + t[b].start < g->end;)
            b++;
        for (uint32_t k = a; k < b; k++) {
            int pos = b - a == 1 ? 3 : k == a ? 0 : k + 1 == b ? 2 : 1;
            allow[k] = g->type < 3    ? bit(PER0 + 4 * g->type + pos)
                       : g->type == 3 ? bit(k == a ? MISC_B : MISC_I)
                                      : (uint16_t)0x7FFF;
        }
    }
}

static void room(corpus *c, uint32_t n)
{
    if (c->n_tok + n + 1 > c->cap_tok) {
        c->cap_tok = c->cap_tok * 2 + n + 65536;
        c->off = grown(c->off, c->cap_tok, 4);
        c->allow = grown(c->allow, c->cap_tok, 2);
        c->own = grown(c->own, c->cap_tok, 1);
        c->from = grown(c->from, c->cap_tok, 4);
        c->to = grown(c->to, c->cap_tok, 4);
    }
    if (c->n_id + (size_t)n * ENT_FEAT_SLOTS > c->cap_id) {
        c->cap_id = c->cap_id * 3 / 2 + (size_t)n * ENT_FEAT_SLOTS + (1u << 22);
        c->id = grown(c->id, c->cap_id, 4);
    }
    if (c->n_sent == c->cap_sent) {
        c->cap_sent = c->cap_sent * 2 + 4096;
        c->sent = grown(c->sent, c->cap_sent, sizeof(sentence));
    }
}

/* For ablations: ABLATE=WORDS leaves out the features whose name holds these words ("lists"). */
static int left_out(unsigned slot)
{
    const char *words = getenv("ABLATE");
    return words && strstr(ent_feat_name(slot), words);
}

static void features(reader *r, const char *s, unsigned flags)
{
    static ent_attr at[ENT_MAX_TOKENS + 1];
    static int8_t out[ENT_FEAT_SLOTS];
    corpus *c = r->c;
    uint32_t n = r->tok.n, row[ENT_FEAT_SLOTS];
    if (!out[0])
        for (unsigned k = 0; k < ENT_FEAT_SLOTS; k++)
            out[k] = left_out(k) ? 1 : -1;
    ent_feat_attrs(r->m->feats, s, r->tok.at, n, &r->hits, flags, at);
    for (uint32_t i = 0; i < n; i++) {
        ent_feat_row(at, n, i, row);
        c->off[c->n_tok + i] = (uint32_t)c->n_id;
        for (unsigned k = 0; k < ENT_FEAT_SLOTS; k++) {
            uint32_t v = !row[k] || out[k] > 0 ? 0 : r->keep ? index_get(r->keep, row[k]) : row[k];
            if (v) c->id[c->n_id++] = r->keep ? v - 1 : v;
            if (k == ENT_F_P_LOWER - 1)
                c->own[c->n_tok + i] = (uint8_t)(c->n_id - c->off[c->n_tok + i]);
        }
    }
    c->off[c->n_tok + n] = (uint32_t)c->n_id;
}

/* How much a sentence of a set counts; W_NAME in the environment overrides the table. */
static float weight_of(int set)
{
    char name[64];
    snprintf(name, sizeof name, "W_%s", sets[set].name);
    const char *v = getenv(name);
    return v ? (float)atof(v) : sets[set].weight;
}

/* Adds one sentence: its features, labels and positions. */
static void add_sentence(reader *r, const char *s, uint32_t len, uint32_t base, unsigned flags)
{
    corpus *c = r->c;
    if (flags & ENT_S_SKIP || ent_tokenise(s, len, flags, NULL, &r->tok) || !r->tok.n) return;
    r->hits.n = 0;
    if (r->m->gaz && ent_gaz_match(r->m->gaz, s, r->tok.at, r->tok.n, NULL, &r->hits)) return;
    room(c, r->tok.n);
    features(r, s, flags);
    set_labels(r, base, c->allow + c->n_tok);
    for (uint32_t i = 0; i < r->tok.n; i++) {
        c->from[c->n_tok + i] = base + r->tok.at[i].start;
        c->to[c->n_tok + i] = base + r->tok.at[i].end;
    }
    float weight = weight_of(r->set);
    if (weight <= 0) return;
    c->sent[c->n_sent++] = (sentence){c->n_tok, r->tok.n, c->n_doc, (uint16_t)r->set, weight};
    c->n_tok += r->tok.n;
}

/* Cuts a document into sentences as the product does. */
static void add_document(reader *r, const char *s, uint32_t len)
{
    ent_sent_state st = {0};
    unsigned flags = 0;
    for (uint32_t at = 0; at < len;) {
        uint32_t left = len - at, n = left > 2 * ENT_MAX_SENT ? 2 * ENT_MAX_SENT : left;
        uint32_t k = ent_sent_next(s + at, n, at == 0, n < left, &st, &flags);
        if (!k) break;
        add_sentence(r, s + at, k, at, flags);
        at += k;
    }
}

static void keep_gold(reader *r)
{
    corpus *c = r->c;
    if (c->n_gold + r->n_ents > c->cap_gold) {
        c->cap_gold = c->cap_gold * 2 + r->n_ents + 1024;
        c->gold = grown(c->gold, c->cap_gold, sizeof(gold));
    }
    for (uint32_t i = 0; i < r->n_ents; i++) {
        gold g = r->ents[i];
        g.type |= 0;
        c->gold[c->n_gold++] = g;
    }
    c->gold = grown(c->gold, c->cap_gold + 1, sizeof(gold));
    c->cap_gold++;
    c->gold[c->n_gold++] = (gold){UINT32_MAX, UINT32_MAX, 9}; /* end of document */
}

void read_corpus(const ent_model *m, const char *path, const index_t_ *keep, corpus *c)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "train: cannot read %s\n", path);
        exit(2);
    }
    reader r = {.m = m, .c = c, .keep = keep};
    char *line = NULL;
    size_t cap = 0;
    while (getline(&line, &cap, f) > 0) {
        char *set = strchr(line, '\t') + 1, *text = strchr(set, '\t') + 1;
        char *ents = strchr(text, '\t') + 1;
        set[strcspn(set, "\t")] = '\0';
        ents[-1] = '\0';
        r.set = set_of(set);
        if (r.set < 0) r.set = set_of("silver"); /* measured only */
        parse_ents(&r, ents);
        unescape(text);
        uint32_t len = (uint32_t)strlen(text);
        if (*line == 'S')
            add_sentence(&r, text, len, 0, 0);
        else
            add_document(&r, text, len);
        if (*line == 'D') keep_gold(&r);
        c->n_doc++;
    }
    free(line);
    fclose(f);
}
