/* mine - how each capitalised word is tagged over all the raw text.
 *
 * usage: mine MODEL RAW OUT [LEAST]
 *
 * Tags the documents of RAW (raw.lua) with MODEL and writes, for each word form seen at least LEAST
 * times (8), its fingerprint and how often it was outside names, in a person's, an organisation's,
 * a place's name. cluster packs that as a word class: what a word mostly is elsewhere is a hint
 * where its sentence does not tell. */
#include "train.h"

#include <stdlib.h>
#include <string.h>

enum { BITS = 22 };

typedef struct tally {
    uint32_t key;
    float n[4];
} tally;

static tally *table;

static tally *slot(uint32_t key)
{
    uint32_t at = (key * 0x9E3779B1u) >> (32 - BITS);
    while (table[at].key && table[at].key != key)
        at = (at + 1) & ((1u << BITS) - 1);
    table[at].key = key;
    return &table[at];
}

/* Marks the tokens of names; the rest of the sentence counts as outside. */
static void count(const ent_tokens *tok, const ent_names *names)
{
    static uint8_t kind[ENT_MAX_TOKENS + 1];
    static float sure[ENT_MAX_TOKENS + 1];
    memset(kind, 0, sizeof kind);
    for (uint32_t i = 0; i < names->n; i++) {
        const ent_name *nm = &names->at[i];
        if (nm->doubtful) continue;
        for (uint32_t k = nm->first; k < nm->first + nm->n; k++) {
            kind[k] = (uint8_t)(nm->type + 1);
            sure[k] = (float)nm->score / 65535.0f;
        }
    }
    for (uint32_t i = 0; i < tok->n; i++) {
        const ent_token *t = &tok->at[i];
        if (t->cls != ENT_T_WORD || t->shape < ENT_SH_INIT) continue;
        if (!kind[i] && i == 0) continue;
        slot(t->hash)->n[kind[i]] += kind[i] ? sure[i] : 1.0f;
    }
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: mine MODEL RAW OUT [LEAST]\n");
        return 2;
    }
    ent_model *m = open_model(argv[1]);
    FILE *f = fopen(argv[2], "rb"), *o = fopen(argv[3], "wb");
    if (!m || !f || !o) return 2;
    table = need(calloc(1u << BITS, sizeof *table));
    ent_tokens tok = {0};
    ent_gaz_hits hits = {0};
    ent_names names = {0};
    ent_tag_work work = {0};
    char *line = NULL;
    size_t cap = 0;
    double words = 0;
    while (getline(&line, &cap, f) > 0) {
        char *text = strchr(strchr(line, '\t') + 1, '\t') + 1;
        *strrchr(text, '\t') = '\0';
        unescape(text);
        ent_sent_state st = {0};
        unsigned flags = 0;
        uint32_t len = (uint32_t)strlen(text);
        for (uint32_t at = 0, k; at < len; at += k) {
            uint32_t left = len - at, n = left > 2 * ENT_MAX_SENT ? 2 * ENT_MAX_SENT : left;
            k = ent_sent_next(text + at, n, at == 0, n < left, &st, &flags);
            if (!k) break;
            if (flags & ENT_S_SKIP || ent_tokenise(text + at, k, flags, NULL, &tok) || !tok.n)
                continue;
            hits.n = 0;
            if (m->gaz) ent_gaz_match(m->gaz, text + at, tok.at, tok.n, NULL, &hits);
            ent_tag(m, text + at, tok.at, tok.n, &hits, flags, NULL, &work, &names);
            count(&tok, &names);
            words += tok.n;
        }
    }
    double least = argc > 4 ? atof(argv[4]) : 8;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < 1u << BITS; i++) {
        const tally *t = &table[i];
        if (!t->key || t->n[0] + t->n[1] + t->n[2] + t->n[3] < least) continue;
        fprintf(o, "%u\t%.1f\t%.1f\t%.1f\t%.1f\n", t->key, t->n[0], t->n[1], t->n[2], t->n[3]);
        kept++;
    }
    printf("mine: %.0f tokens, %u words kept\n", words, kept);
    return fclose(o) != 0;
}
