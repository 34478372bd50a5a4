/* train_crf - a linear-chain conditional random field over rows of feature weights.
 *
 * Lafferty, McCallum, Pereira 2001; where the annotation leaves several labels open, the numerator
 * sums over all of them (Tsuboi et al. 2008). Stochastic gradient steps with AdaGrad (Duchi et al.
 * 2011), one step size a row.
 */
#include "train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAXN = ENT_MAX_TOKENS + 1 };

uint64_t rnd(uint64_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return *s;
}

static int allowed_next(int a, int b)
{
    int in_a = a >= PER0 && a < MISC_B && ((a - PER0) & 3) < 2; /* B or I */
    if (a == EDGE) in_a = 0;
    int cont_b = b >= PER0 && b < MISC_B && (((b - PER0) & 3) == 1 || ((b - PER0) & 3) == 2);
    if (b == EDGE) return !in_a;
    if (in_a) return cont_b && (a - PER0) / 4 == (b - PER0) / 4;
    if (cont_b) return 0;
    if (b == MISC_I) return a == MISC_B || a == MISC_I;
    return 1;
}

void crf_init(model *m, uint32_t rows)
{
    memset(m, 0, sizeof *m);
    m->rows = rows;
    m->w = need(aligned_alloc(64, ((size_t)rows + 1) * sizeof(v16)));
    memset(m->w, 0, ((size_t)rows + 1) * sizeof(v16));
    for (int a = 0; a < LANES; a++)
        for (int b = 0; b < LANES; b++)
            m->trans[a][b] = allowed_next(a, b) ? 0.0f : -1e4f;
}

/* ---- inference ----------------------------------------------------------------------------- */

void emissions(const model *m, const corpus *c, const sentence *s, lattice *l)
{
    for (uint32_t i = 0; i < s->n; i++) {
        v16 sum = {0};
        for (uint32_t k = c->off[s->tok + i]; k < c->off[s->tok + i + 1]; k++)
            sum += m->w[c->id[k]];
        l->score[i] = sum;
    }
}

/* Forward and backward over labels within `allow`; the logarithm of the sum is returned. */
double forward_backward(const float T[LANES][LANES], lattice *l, uint32_t n, const uint16_t *allow)
{
    double logz = 0;
    for (uint32_t i = 0; i < n; i++) {
        float mx = -1e30f;
        for (int y = 0; y < LABELS; y++)
            if ((!allow || allow[i] >> y & 1) && l->score[i][y] > mx) mx = l->score[i][y];
        for (int y = 0; y < LANES; y++)
            l->e[i][y] =
                y < LABELS && (!allow || allow[i] >> y & 1) ? expf(l->score[i][y] - mx) : 0;
        v16 a = {0};
        if (i == 0) {
            for (int y = 0; y < LANES; y++)
                a[y] = T[EDGE][y];
        } else {
            for (int x = 0; x < LABELS; x++) {
                const v16 *t = (const v16 *)T[x];
                a += l->alpha[i - 1][x] * *t;
            }
        }
        a *= l->e[i];
        float z = 0;
        for (int y = 0; y < LABELS; y++)
            z += a[y];
        if (z < 1e-30f) z = 1e-30f;
        l->alpha[i] = a / z;
        l->scale[i] = z;
        logz += log(z) + mx;
    }
    v16 b;
    for (int y = 0; y < LANES; y++)
        b[y] = T[y][EDGE];
    float z = 0;
    for (int y = 0; y < LABELS; y++)
        z += b[y] * l->alpha[n - 1][y];
    if (z < 1e-30f) z = 1e-30f;
    logz += log(z);
    b /= z;
    l->beta[n - 1] = b;
    for (uint32_t i = n - 1; i-- > 0;) {
        v16 q = l->e[i + 1] * l->beta[i + 1] / l->scale[i + 1];
        for (int x = 0; x < LANES; x++) {
            v16 r = *(const v16 *)T[x] * q;
            float sum = 0;
            for (int y = 0; y < LABELS; y++)
                sum += r[y];
            l->beta[i][x] = sum;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        l->post[i] = l->alpha[i] * l->beta[i];
    return logz;
}

/* Adds sign * expected counts of transitions. */
void count_trans(const float T[LANES][LANES], const lattice *l, uint32_t n, float sign,
                 float G[LANES][LANES])
{
    for (uint32_t i = 1; i < n; i++) {
        v16 q = l->e[i] * l->beta[i] / l->scale[i];
        for (int x = 0; x < LABELS; x++) {
            if (l->alpha[i - 1][x] < 1e-5f) continue;
            v16 g = sign * l->alpha[i - 1][x] * *(const v16 *)T[x] * q;
            *(v16 *)G[x] += g;
        }
    }
    for (int y = 0; y < LABELS; y++) {
        G[EDGE][y] += sign * l->post[0][y];
        G[y][EDGE] += sign * l->post[n - 1][y];
    }
}

/* ---- one epoch ----------------------------------------------------------------------------- */

void step(model *m, const corpus *c, const sentence *s, const v16 *grad, float rate, float decay)
{
    for (uint32_t i = 0; i < s->n; i++) {
        v16 g = grad[i];
        float sq = 0;
        for (int y = 0; y < LABELS; y++)
            sq += g[y] * g[y];
        if (sq < 1e-8f) continue;
        g *= s->weight;
        sq *= s->weight * s->weight;
        for (uint32_t k = c->off[s->tok + i]; k < c->off[s->tok + i + 1]; k++) {
            v16 *w = &m->w[c->id[k]];
            float acc = (*w)[15] + sq, lr = rate / sqrtf(acc + 0.1f);
            *w = *w * (1.0f - lr * decay) - lr * g;
            (*w)[15] = acc;
        }
    }
}

void step_trans(model *m, float G[LANES][LANES], float rate)
{
    for (int a = 0; a < LANES; a++)
        for (int b = 0; b < LANES; b++) {
            if (m->trans[a][b] < -1e3f || G[a][b] == 0) continue;
            m->trans_g[a][b] += G[a][b] * G[a][b];
            m->trans[a][b] -= rate * G[a][b] / sqrtf(m->trans_g[a][b] + 1.0f);
        }
}

void shuffle(uint32_t *order, uint32_t n, uint64_t *seed)
{
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    for (uint32_t i = n; i > 1; i--) {
        uint32_t k = (uint32_t)(rnd(seed) % i), x = order[i - 1];
        order[i - 1] = order[k];
        order[k] = x;
    }
}

double crf_epoch(model *m, const corpus *c, float rate, float decay, float drop, uint64_t *seed)
{
    static lattice l;
    static v16 grad[MAXN];
    static float T[LANES][LANES] __attribute__((aligned(64))),
        G[LANES][LANES] __attribute__((aligned(64)));
    uint32_t *order = need(malloc(c->n_sent * 4u + 4u));
    double loss = 0;
    (void)drop;
    shuffle(order, c->n_sent, seed);
    for (uint32_t q = 0; q < c->n_sent; q++) {
        const sentence *s = &c->sent[order[q]];
        if (q % 8 == 0)
            for (int a = 0; a < LANES; a++)
                for (int b = 0; b < LANES; b++)
                    T[a][b] = expf(m->trans[a][b]);
        memset(G, 0, sizeof G);
        emissions(m, c, s, &l);
        double z = forward_backward(T, &l, s->n, NULL);
        count_trans(T, &l, s->n, s->weight, G);
        for (uint32_t i = 0; i < s->n; i++)
            grad[i] = l.post[i];
        double g = forward_backward(T, &l, s->n, c->allow + s->tok);
        count_trans(T, &l, s->n, -s->weight, G);
        for (uint32_t i = 0; i < s->n; i++)
            grad[i] -= l.post[i];
        loss += z - g;
        step(m, c, s, grad, rate, decay);
        step_trans(m, G, rate * 0.2f);
    }
    free(order);
    return loss / (double)(c->n_sent ? c->n_sent : 1);
}

/* The best sequence of labels (Viterbi 1967). */
void viterbi(const model *m, const lattice *l, uint32_t n, uint8_t *labels)
{
    static uint8_t back[MAXN][LANES];
    float best[LANES], next[LANES];
    for (int y = 0; y < LABELS; y++)
        best[y] = m->trans[EDGE][y] + l->score[0][y];
    for (uint32_t i = 1; i < n; i++) {
        for (int y = 0; y < LABELS; y++) {
            int arg = 0;
            float v = -1e30f;
            for (int x = 0; x < LABELS; x++)
                if (best[x] + m->trans[x][y] > v) v = best[x] + m->trans[x][y], arg = x;
            next[y] = v + l->score[i][y];
            back[i][y] = (uint8_t)arg;
        }
        memcpy(best, next, sizeof best);
    }
    int y = 0;
    for (int k = 1; k < LABELS; k++)
        if (best[k] + m->trans[k][EDGE] > best[y] + m->trans[y][EDGE]) y = k;
    for (uint32_t i = n; i-- > 0;) {
        labels[i] = (uint8_t)y;
        y = back[i][y];
    }
}

void crf_decode(const model *m, const corpus *c, const sentence *s, uint8_t *labels)
{
    static lattice l;
    emissions(m, c, s, &l);
    viterbi(m, &l, s->n, labels);
}
