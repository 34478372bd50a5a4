/* mem - the one door for memory. See mem.h. */
#include "mem.h"

#include <stdlib.h>

enum { LARGE = 1 << 16 }; /* bytes of an array that grows by less at a time */

void *ent_realloc(const ent_memory *mem, void *p, size_t old_size, size_t size)
{
    if (mem && mem->realloc_fn) return mem->realloc_fn(mem->ctx, p, old_size, size);
    if (size == 0) {
        free(p);
        return NULL;
    }
    return realloc(p, size);
}

void ent_free(const ent_memory *mem, void *p, size_t size)
{
    if (p) ent_realloc(mem, p, size, 0);
}

ent_status ent_grow(const ent_memory *mem, void **p, uint32_t *cap, size_t need, size_t elem)
{
    if (need <= *cap) return ENT_OK;
    size_t want = (size_t)*cap + (*cap * elem > LARGE ? *cap / 8 : *cap / 2) + 8;
    if (want < need) want = need;
    if (want > UINT32_MAX || want > SIZE_MAX / elem) return ENT_ENOMEM;
    void *q = ent_realloc(mem, *p, (size_t)*cap * elem, want * elem);
    if (!q) return ENT_ENOMEM;
    *p = q;
    *cap = (uint32_t)want;
    return ENT_OK;
}

void ent_shrink(const ent_memory *mem, void **p, uint32_t *cap, size_t n, size_t elem)
{
    size_t want = n + n / 64 + 8;
    if (want + want / 64 >= *cap) return;
    void *q = ent_realloc(mem, *p, (size_t)*cap * elem, want * elem);
    if (!q) return; /* the larger one is as good */
    *p = q;
    *cap = (uint32_t)want;
}
