/* mem - the one door for memory: a caller's allocator, growable arrays, nothing else.
 *
 * Every function here leaves what it was given valid when memory is short.
 */
#ifndef ENT_MEM_H
#define ENT_MEM_H

#include "entente.h"

/* realloc by the caller's allocator; size 0 frees. NULL on failure (p stays valid). */
void *ent_realloc(const ent_memory *mem, void *p, size_t old_size, size_t size);

/* Frees p of `size` bytes; NULL is fine. */
void ent_free(const ent_memory *mem, void *p, size_t size);

/* Makes room for at least `need` elements of `elem` bytes in *p, growing by half, large
 * arrays by an eighth.
 * *cap counts elements. ENT_ENOMEM leaves *p and *cap as they were. */
ent_status ent_grow(const ent_memory *mem, void **p, uint32_t *cap, size_t need, size_t elem);

/* Gives back what more than n elements and a 64th take, if that is much. */
void ent_shrink(const ent_memory *mem, void **p, uint32_t *cap, size_t n, size_t elem);

#endif
