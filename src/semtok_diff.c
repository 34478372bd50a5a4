/* semtok_diff - what a client has to change in the tokens it was told last. See semtok.h.
 *
 * One word may change what is painted in distant places: whom a surname means, where a name comes
 * first. As numbers are relative, all between such places stays as it was, and is not told again.
 */
#include "semtok.h"

#include <string.h>

enum {
    SIZE = 5,        /* numbers a token */
    RUN = 3,         /* tokens that must be the same for both sides to be in step again */
    NEAR = 3,        /* tokens of one side that may stand for any number of the other's */
    MAX_EDITS = 1024 /* what goes beyond is told as one */
};

/* Where both sides are compared, and the end of it, in tokens. */
typedef struct window {
    const uint32_t *old, *new;
    uint32_t i, n; /* in old */
    uint32_t j, k; /* in new */
} window;

static int same(const window *w, uint32_t i, uint32_t j)
{
    return !memcmp(w->old + SIZE * (size_t)i, w->new + SIZE *(size_t)j, SIZE * sizeof *w->old);
}

/* Whether both sides go on alike from there: for a run of tokens, or to the end of both. */
static int in_step(const window *w, uint32_t i, uint32_t j)
{
    if (i > w->n || j > w->k) return 0;
    uint32_t least = w->n - i < w->k - j ? w->n - i : w->k - j, run = 0;
    if (least < RUN && w->n - i != w->k - j) return 0;
    while (run < least && run < RUN && same(w, i + run, j + run))
        run++;
    return run == least || run == RUN;
}

/* Goes on to where both sides are in step again: tokens that were replaced one by one, or a few of
 * one side that stand for many of the other. What is looked at is then passed over, so that
 * all of it is linear. */
static void catch_up(window *w)
{
    uint32_t left = w->n - w->i > w->k - w->j ? w->n - w->i : w->k - w->j;
    for (uint32_t far = 1; far <= left; far++) {
        for (uint32_t near = 0; near <= NEAR; near++) {
            uint32_t few = near < NEAR && near < far ? near : far;
            for (int side = 0; side < 2; side++) {
                uint32_t i = w->i + (side ? far : few), j = w->j + (side ? few : far);
                if (!in_step(w, i, j)) continue;
                w->i = i;
                w->j = j;
                return;
            }
        }
    }
    w->i = w->n;
    w->j = w->k;
}

/* Lists the edits that lead through the window. */
static ent_status list_edits(ent_semtoks *t, window w, uint32_t head, const ent_memory *mem)
{
    for (;;) {
        while (w.i < w.n && w.j < w.k && same(&w, w.i, w.j))
            w.i++, w.j++;
        if (w.i == w.n && w.j == w.k) return ENT_OK;
        ent_status st =
            ent_grow(mem, (void **)&t->edits, &t->cap_edits, t->n_edits + 1u, sizeof *t->edits);
        if (st) return st;
        uint32_t i = w.i, j = w.j;
        if (t->n_edits + 1 == MAX_EDITS) {
            w.i = w.n;
            w.j = w.k;
        } else {
            catch_up(&w);
        }
        t->edits[t->n_edits++] =
            (ent_semtok_edit){head + SIZE * i, SIZE * (w.i - i), head + SIZE * j, SIZE * (w.j - j)};
    }
}

/* Today's numbers are those told from now on; they differ between `head` and `tail` alone. Room was
 * made for them. */
static void note_told(ent_semtoks *t, uint32_t head, uint32_t tail)
{
    if (t->n_told != t->n && tail)
        memmove(t->told + t->n - tail, t->told + t->n_told - tail, tail * sizeof *t->told);
    uint32_t n = t->n - head - tail;
    if (n) memcpy(t->told + head, t->at + head, n * sizeof *t->told);
    t->n_told = t->head = t->tail = t->n;
}

/* The stretches that stayed at both ends may meet when what was between them is gone. */
ent_status ent_semtok_take(ent_semtoks *t, const ent_memory *mem)
{
    uint32_t least = t->n_told < t->n ? t->n_told : t->n;
    uint32_t head = t->head < least ? t->head : least;
    uint32_t tail = t->tail < least - head ? t->tail : least - head;
    window w = {.old = t->told + head,
                .new = t->at + head,
                .n = (t->n_told - head - tail) / SIZE,
                .k = (t->n - head - tail) / SIZE};
    t->n_edits = 0;
    ent_status st = ENT_OK;
    if (w.n || w.k) {
        st = ent_grow(mem, (void **)&t->told, &t->cap_told, t->n, sizeof *t->told);
        w.old = t->told + head;
        if (!st) st = list_edits(t, w, head, mem);
    }
    if (!st) note_told(t, head, tail);
    return st;
}
