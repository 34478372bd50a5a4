/* train_eval - exact spans of a model on a development corpus. */
#include "train.h"

FILE *evaluate_dump;

double f1(prf p)
{
    return p.tp ? 200.0 * p.tp / (p.np + p.ng) : 0.0;
}

static void hit(prf out[4], const corpus *c, uint32_t from, uint32_t to, const gold *g, int type,
                uint8_t *used)
{
    (void)c;
    out[type].np++;
    out[3].np++;
    for (uint32_t k = 0; g[k].start != UINT32_MAX && g[k].start <= from; k++)
        if (g[k].start == from && g[k].end == to && g[k].type == type && !used[k]) {
            used[k] = 1;
            out[type].tp++;
            out[3].tp++;
            return;
        }
}

/* Compares the names of each document with its gold names; PER, ORG and LOC only. */
void evaluate(const model *m, const corpus *c, prf out[4])
{
    static uint8_t lab[ENT_MAX_TOKENS + 1], used[65536];
    for (int t = 0; t < 4; t++)
        out[t] = (prf){0};
    for (uint32_t i = 0; i < c->n_gold; i++)
        if (c->gold[i].type < 3) out[c->gold[i].type].ng++, out[3].ng++;
    uint32_t doc = UINT32_MAX, at = 0, next = 0;
    for (uint32_t q = 0; q < c->n_sent; q++) {
        const sentence *s = &c->sent[q];
        while (doc == UINT32_MAX || doc < s->doc) { /* the gold names of its document */
            doc++;
            at = next;
            while (c->gold[next].type != 9)
                used[next++ - at] = 0;
            next++;
        }
        if (the_net)
            net_decode(the_net, m, c, s, lab);
        else
            crf_decode(m, c, s, lab);
        for (uint32_t i = 0; i < s->n;) {
            uint32_t j = i + 1;
            int y = lab[i];
            if (y < PER0 || y >= MISC_B) {
                i++;
                continue;
            }
            int type = (y - PER0) / 4;
            while (j < s->n && lab[j] >= PER0 && lab[j] < MISC_B && ((lab[j] - PER0) & 3) % 3)
                j++;
            if (evaluate_dump)
                fprintf(evaluate_dump, "%u\t%u\t%u\t%d\n", s->doc, c->from[s->tok + i],
                        c->to[s->tok + j - 1], type);
            hit(out, c, c->from[s->tok + i], c->to[s->tok + j - 1], &c->gold[at], type, used);
            i = j;
        }
    }
}
