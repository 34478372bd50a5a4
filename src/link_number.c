/* link_number - public numbers of entities: they count up in the order of first mention.
 * See link_impl.h.
 *
 * An update changes few mentions, but each number behind a new entity. So the list of entities with
 * their first mentions is kept; only the mentions that may have changed are gone through, the list
 * behind them is merged with what they brought and lost, and numbers follow from the list.
 */
#include "link_impl.h"

#include <string.h>

void ent_lnumber_shift(ent_linker *l, uint32_t at, uint32_t out, uint32_t in)
{
    for (uint32_t k = l->entities.n; k > 0 && l->entity_from.at[k - 1] >= at; k--) {
        uint32_t *f = &l->entity_from.at[k - 1];
        *f = *f < at + out ? at : *f + in - out;
    }
}

/* Room for numbers of all types; new types have none. */
static ent_status room(ent_linker *l)
{
    uint32_t have = l->n_numbered, more = l->n_types - have;
    ent_status st =
        ent_grow(&l->mem, (void **)&l->number, &l->cap_number, l->n_types + 1u, sizeof *l->number);
    if (st) return st;
    memset(l->number + have, 0xFF, more * sizeof *l->number);
    l->n_numbered = l->n_types;
    return ENT_OK;
}

/* The next entity of the list. */
static ent_status append(ent_linker *l, uint32_t root, uint32_t from)
{
    ent_status st = ent_lids_push(l, &l->entities, root);
    if (!st) st = ent_lids_push(l, &l->entity_from, from);
    if (!st) l->number[root] = l->entities.n - 1;
    return st;
}

/* Moves the entities first mentioned at `from` or behind to the old list; they have no number. */
static ent_status set_aside(ent_linker *l, uint32_t from)
{
    uint32_t keep = l->entities.n;
    ent_status st = ENT_OK;
    while (keep > 0 && l->entity_from.at[keep - 1] >= from)
        keep--;
    l->old_entities.n = l->old_from.n = 0;
    for (uint32_t k = keep; k < l->entities.n && !st; k++) {
        l->number[l->entities.at[k]] = ENT_NONE;
        st = ent_lids_push(l, &l->old_entities, l->entities.at[k]);
        if (!st) st = ent_lids_push(l, &l->old_from, l->entity_from.at[k]);
    }
    l->entities.n = l->entity_from.n = keep;
    return st;
}

/* Numbers what the mentions [from, to) name first. */
static ent_status go_through(ent_linker *l, uint32_t from, uint32_t to)
{
    ent_status st = ENT_OK;
    for (uint32_t f = from; f < to && !st; f++) {
        if (l->link[f] == ENT_NONE) continue;
        uint32_t root = l->top[l->link[f]];
        if (l->number[root] == ENT_NONE) st = append(l, root, f);
    }
    return st;
}

/* Old entities whose first mention stood before `to` and that have no number yet may come again
 * later: marks them and gives how many. */
static ent_status mark_lost(ent_linker *l, uint32_t to, uint32_t *lost)
{
    ent_status st = ent_lmarks(l, l->n_types);
    *lost = 0;
    for (uint32_t k = 0; k < l->old_entities.n && !st; k++) {
        uint32_t root = l->old_entities.at[k];
        if (l->old_from.at[k] >= to || l->number[root] != ENT_NONE) continue;
        l->mark[root] = 1;
        ++*lost;
    }
    return st;
}

/* The next entity of the old list that starts at `to` or behind and has no number: its index from k
 * on, or the list's end. */
static uint32_t next_old(const ent_linker *l, uint32_t k, uint32_t to)
{
    while (k < l->old_entities.n &&
           (l->old_from.at[k] < to || l->number[l->old_entities.at[k]] != ENT_NONE))
        k++;
    return k;
}

/* Numbers the old entities behind `to` in their order, and among them the lost ones where they are
 * mentioned next. */
static ent_status go_on(ent_linker *l, uint32_t to, uint32_t lost)
{
    ent_status st = ENT_OK;
    uint32_t k = next_old(l, 0, to);
    for (uint32_t f = to; f < l->n_flat && lost && !st; f++) {
        if (l->link[f] == ENT_NONE || !l->mark[l->top[l->link[f]]]) continue;
        for (; k < l->old_entities.n && l->old_from.at[k] < f && !st; k = next_old(l, k, to))
            st = append(l, l->old_entities.at[k], l->old_from.at[k]);
        l->mark[l->top[l->link[f]]] = 0;
        lost--;
        if (!st) st = append(l, l->top[l->link[f]], f);
    }
    for (; k < l->old_entities.n && !st; k = next_old(l, k, to))
        st = append(l, l->old_entities.at[k], l->old_from.at[k]);
    return st;
}

ent_status ent_lnumber(ent_linker *l, uint32_t from, uint32_t to)
{
    uint32_t lost = 0;
    ent_status st = room(l);
    if (!st) st = set_aside(l, from);
    if (!st) st = go_through(l, from, to < l->n_flat ? to : l->n_flat);
    if (!st) st = mark_lost(l, to, &lost);
    return st ? st : go_on(l, to, lost);
}
