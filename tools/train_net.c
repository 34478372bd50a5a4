/* train_net - a small convolutional network under the conditional random field.
 *
 * Each token is the sum of the vectors of its own features; two layers look at a window of five and
 * of three tokens; their output is added to the scores of the linear part. Trained jointly: vectors
 * by row-wise AdaGrad, dense weights by Adam (Kingma, Ba 2015). */
#include "train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    PAD = 2,
    N = ENT_MAX_TOKENS + 1 + 2 * PAD,
    STRIDE = DIM + 16,
    IN1 = WIN1 * DIM,
    IN2 = WIN2 * HID1,
    AT_W1 = 0,
    AT_B1 = AT_W1 + IN1 * HID1,
    AT_W2 = AT_B1 + HID1,
    AT_B2 = AT_W2 + IN2 * HID2,
    AT_W3 = AT_B2 + HID2,
    DENSE = AT_W3 + HID2 * LANES
};

net *the_net;
int use_linear = 1;

static float gauss(uint64_t *seed)
{
    float s = 0;
    for (int i = 0; i < 6; i++)
        s += (float)(rnd(seed) >> 40) / (float)(1 << 24);
    return (s - 3.0f) * 1.4142f;
}

static float *zeros(size_t n)
{
    float *p = need(aligned_alloc(64, (n * sizeof(float) + 63) / 64 * 64));
    memset(p, 0, n * sizeof(float));
    return p;
}

void net_init(net *z, uint32_t rows, uint64_t *seed)
{
    *z = (net){zeros(((size_t)rows + 1) * STRIDE),
               zeros(DENSE),
               zeros(DENSE),
               zeros(DENSE),
               zeros(DENSE),
               rows,
               0};
    for (uint32_t r = 0; r < rows; r++)
        for (int d = 0; d < DIM; d++)
            z->emb[(size_t)r * STRIDE + d] = 0.1f * gauss(seed);
    for (int i = AT_W1; i < AT_B1; i++)
        z->w[i] = gauss(seed) * sqrtf(1.0f / IN1);
    for (int i = AT_W2; i < AT_B2; i++)
        z->w[i] = gauss(seed) * sqrtf(2.0f / IN2);
    for (int i = AT_W3; i < DENSE; i++)
        z->w[i] = gauss(seed) * sqrtf(0.5f / HID2);
}

typedef struct pass { /* activations of one sentence, padded by zeros */
    float x[N][DIM], a[N][HID1], b[N][HID2];
    float dx[N][DIM], da[N][HID1], db[N][HID2];
    float mask[N][DIM];
} pass;

/* y[0..out) += x[0..in) times w[in][out], for out a multiple of 16. */
#define MATVEC(out)                                                                                \
    static void matvec##out(const float *restrict x, int in, const float *restrict w,              \
                            float *restrict y)                                                     \
    {                                                                                              \
        v16 acc[(out) / 16];                                                                       \
        for (int j = 0; j < (out) / 16; j++)                                                       \
            acc[j] = ((v16 *)y)[j];                                                                \
        for (int k = 0; k < in; k++) {                                                             \
            if (x[k] == 0) continue;                                                               \
            for (int j = 0; j < (out) / 16; j++)                                                   \
                acc[j] += x[k] * ((const v16 *)w)[k * (out) / 16 + j];                             \
        }                                                                                          \
        for (int j = 0; j < (out) / 16; j++)                                                       \
            ((v16 *)y)[j] = acc[j];                                                                \
    }
MATVEC(64)
MATVEC(16)

/* g[in][out] += x dy; dx[in] += w dy */
static void back(const float *restrict x, int in, const float *restrict w, const float *restrict dy,
                 int out, float *restrict g, float *restrict dx)
{
    int any = 0;
    for (int j = 0; j < out; j++)
        any |= dy[j] != 0;
    if (!any) return;
    for (int k = 0; k < in; k++) {
        v16 s = {0};
        for (int j = 0; j < out; j += 16)
            s += *(const v16 *)(w + k * out + j) * *(const v16 *)(dy + j);
        float t = 0;
        for (int l = 0; l < 16; l++)
            t += s[l];
        dx[k] += t;
        if (x[k] == 0) continue;
        for (int j = 0; j < out; j += 16)
            *(v16 *)(g + k * out + j) += x[k] * *(const v16 *)(dy + j);
    }
}

static void relu(float *x, int n)
{
    for (int i = 0; i < n; i++)
        x[i] = x[i] > 0 ? x[i] : 0;
}

static void forward(const net *z, const corpus *c, const sentence *s, pass *p, float drop,
                    uint64_t *seed, v16 *score)
{
    uint32_t n = s->n;
    memset(p->x, 0, (n + 2 * PAD) * sizeof p->x[0]);
    memset(p->a, 0, (n + 2 * PAD) * sizeof p->a[0]);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t o = c->off[s->tok + i];
        float *x = p->x[i + PAD];
        for (uint32_t k = o; k < o + c->own[s->tok + i]; k++) {
            if (drop > 0 && (float)(rnd(seed) >> 40) < drop * (1 << 24)) continue;
            const float *e = z->emb + (size_t)c->id[k] * STRIDE;
            for (int d = 0; d < DIM; d++)
                x[d] += e[d];
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        float *a = p->a[i + PAD];
        memcpy(a, z->w + AT_B1, sizeof p->a[0]);
        matvec64(p->x[i + PAD - WIN1 / 2], IN1, z->w + AT_W1, a);
        relu(a, HID1);
    }
    for (uint32_t i = 0; i < n; i++) {
        float *b = p->b[i + PAD];
        memcpy(b, z->w + AT_B2, sizeof p->b[0]);
        matvec64(p->a[i + PAD - WIN2 / 2], IN2, z->w + AT_W2, b);
        relu(b, HID2);
        matvec16(b, HID2, z->w + AT_W3, (float *)&score[i]);
    }
}

static void backward(net *z, const corpus *c, const sentence *s, pass *p, const v16 *grad,
                     float rate)
{
    uint32_t n = s->n;
    memset(p->dx, 0, (n + 2 * PAD) * sizeof p->dx[0]);
    memset(p->da, 0, (n + 2 * PAD) * sizeof p->da[0]);
    memset(p->db, 0, (n + 2 * PAD) * sizeof p->db[0]);
    for (uint32_t i = 0; i < n; i++) {
        float *b = p->b[i + PAD], *db = p->db[i + PAD];
        back(b, HID2, z->w + AT_W3, (const float *)&grad[i], LANES, z->g + AT_W3, db);
        for (int d = 0; d < HID2; d++) {
            if (b[d] <= 0) db[d] = 0;
            z->g[AT_B2 + d] += db[d];
        }
        back(p->a[i + PAD - WIN2 / 2], IN2, z->w + AT_W2, db, HID2, z->g + AT_W2,
             p->da[i + PAD - WIN2 / 2]);
    }
    for (uint32_t i = 0; i < n; i++) {
        float *a = p->a[i + PAD], *da = p->da[i + PAD];
        for (int d = 0; d < HID1; d++) {
            if (a[d] <= 0) da[d] = 0;
            z->g[AT_B1 + d] += da[d];
        }
        back(p->x[i + PAD - WIN1 / 2], IN1, z->w + AT_W1, da, HID1, z->g + AT_W1,
             p->dx[i + PAD - WIN1 / 2]);
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t o = c->off[s->tok + i];
        const float *dx = p->dx[i + PAD];
        float sq = 0;
        for (int d = 0; d < DIM; d++)
            sq += dx[d] * dx[d];
        if (sq < 1e-10f) continue;
        sq /= DIM;
        for (uint32_t k = o; k < o + c->own[s->tok + i]; k++) {
            float *e = z->emb + (size_t)c->id[k] * STRIDE;
            e[DIM] += sq;
            float lr = rate / sqrtf(e[DIM] + 1e-4f);
            for (int d = 0; d < DIM; d++)
                e[d] -= lr * dx[d];
        }
    }
}

static void adam(net *z, float rate)
{
    z->steps++;
    float c1 = 1.0f - powf(0.9f, (float)z->steps), c2 = 1.0f - powf(0.999f, (float)z->steps);
    float lr = rate * sqrtf(c2) / c1;
    for (int i = 0; i < DENSE; i++) {
        float g = z->g[i];
        z->mom[i] = 0.9f * z->mom[i] + 0.1f * g;
        z->vel[i] = 0.999f * z->vel[i] + 0.001f * g * g;
        z->w[i] -= lr * z->mom[i] / (sqrtf(z->vel[i]) + 1e-8f);
        z->g[i] = 0;
    }
}

double net_epoch(net *z, model *m, const corpus *c, float rate, float drop, uint64_t *seed)
{
    static lattice l;
    static v16 grad[N];
    static pass p;
    static float T[LANES][LANES] __attribute__((aligned(64))),
        G[LANES][LANES] __attribute__((aligned(64)));
    uint32_t *order = need(malloc(c->n_sent * 4u + 4u));
    double loss = 0;
    shuffle(order, c->n_sent, seed);
    for (uint32_t q = 0; q < c->n_sent; q++) {
        const sentence *s = &c->sent[order[q]];
        if (q % 8 == 0)
            for (int a = 0; a < LANES; a++)
                for (int b = 0; b < LANES; b++)
                    T[a][b] = expf(m->trans[a][b]);
        memset(G, 0, sizeof G);
        if (use_linear)
            emissions(m, c, s, &l);
        else
            memset(l.score, 0, s->n * sizeof l.score[0]);
        forward(z, c, s, &p, drop, seed, l.score);
        double zz = forward_backward(T, &l, s->n, NULL);
        count_trans(T, &l, s->n, s->weight, G);
        for (uint32_t i = 0; i < s->n; i++)
            grad[i] = l.post[i];
        double g = forward_backward(T, &l, s->n, c->allow + s->tok);
        count_trans(T, &l, s->n, -s->weight, G);
        for (uint32_t i = 0; i < s->n; i++)
            grad[i] -= l.post[i];
        loss += zz - g;
        if (use_linear) step(m, c, s, grad, rate * 2.0f, 1e-5f);
        for (uint32_t i = 0; i < s->n; i++) {
            grad[i] *= s->weight;
            grad[i][15] = 0;
        }
        backward(z, c, s, &p, grad, rate * 0.5f);
        step_trans(m, G, rate * 0.4f);
        if (q % 8 == 7) adam(z, rate * 0.01f);
    }
    free(order);
    return loss / (double)(c->n_sent ? c->n_sent : 1);
}

void net_decode(const net *z, const model *m, const corpus *c, const sentence *s, uint8_t *labels)
{
    static lattice l;
    static pass p;
    uint64_t seed = 1;
    if (use_linear)
        emissions(m, c, s, &l);
    else
        memset(l.score, 0, s->n * sizeof l.score[0]);
    forward(z, c, s, &p, 0, &seed, l.score);
    viterbi(m, &l, s->n, labels);
}
