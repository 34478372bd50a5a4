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

/* Makes room for k numbers in a list. */
static ent_status list_room(ent_linker *l, ent_lids *list, uint32_t k)
{
    return ent_grow(&l->mem, (void **)&list->at, &list->cap, k, sizeof *list->at);
}

/* Room for numbers of all types, new types having none, and for the lists: each of `span` mentions
 * may bring an entity, but there are no more of these than types. */
static ent_status room(ent_linker *l, uint32_t span)
{
    uint32_t have = l->n_numbered, n = l->n_types + 1u;
    ent_status st = ent_grow(&l->mem, (void **)&l->number, &l->cap_number, n, sizeof *l->number);
    if (span < n - l->entities.n) n = l->entities.n + span;
    if (!st) st = list_room(l, &l->entities, n);
    if (!st) st = list_room(l, &l->entity_from, n);
    if (!st) st = list_room(l, &l->old_entities, span < n ? span : n);
    if (!st) st = list_room(l, &l->old_from, span < n ? span : n);
    if (!st) st = ent_lmarks(l, l->n_types);
    if (st) return st;
    memset(l->number + have, 0xFF, (l->n_types - have) * sizeof *l->number);
    l->n_numbered = l->n_types;
    return ENT_OK;
}

/* The next entity of the list. */
static void append(ent_linker *l, uint32_t root, uint32_t from)
{
    l->number[root] = l->entities.n;
    l->entities.at[l->entities.n++] = root;
    l->entity_from.at[l->entity_from.n++] = from;
}

/* The first entity of the list whose first mention is not before f. */
static uint32_t lower_bound(const ent_linker *l, uint32_t f)
{
    uint32_t from = 0, to = l->entity_from.n;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (l->entity_from.at[mid] < f)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

/* Moves the entities first mentioned at `from` or behind to the old list; they have no number. */
static ent_status set_aside(ent_linker *l, uint32_t from)
{
    uint32_t keep = lower_bound(l, from), n = l->entities.n - keep;
    ent_status st = list_room(l, &l->old_entities, n);
    if (!st) st = list_room(l, &l->old_from, n);
    if (st) return st;
    for (uint32_t k = keep; k < l->entities.n; k++)
        l->number[l->entities.at[k]] = ENT_NONE;
    if (n) memcpy(l->old_entities.at, l->entities.at + keep, n * sizeof *l->entities.at);
    if (n) memcpy(l->old_from.at, l->entity_from.at + keep, n * sizeof *l->entity_from.at);
    l->old_entities.n = l->old_from.n = n;
    l->entities.n = l->entity_from.n = keep;
    return ENT_OK;
}

/* A mention of the text: number f, k of sentence i. */
typedef struct walk {
    uint32_t f, i, k;
} walk;

static walk walk_from(const ent_linker *l, uint32_t f)
{
    walk w = {f, f < l->n_flat ? ent_lflat_sentence(l, f) : l->n_sents, 0};
    if (f < l->n_flat) w.k = f - l->first[w.i];
    return w;
}

/* On to the next; sentences without any are passed. */
static void step(const ent_linker *l, walk *w)
{
    w->f++;
    w->k++;
    while (w->i < l->n_sents && w->f >= l->first[w->i + 1]) {
        w->i++;
        w->k = 0;
    }
}

static uint32_t root_at(const ent_linker *l, const walk *w)
{
    return ent_lflat_root(l, &l->in.sents[w->i].result->mentions[w->k]);
}

/* Numbers what the mentions [from, to) name first. */
static void go_through(ent_linker *l, uint32_t from, uint32_t to)
{
    walk w = walk_from(l, from);
    for (; w.f < to; step(l, &w)) {
        uint32_t root = root_at(l, &w);
        if (root != ENT_NONE && l->number[root] == ENT_NONE) append(l, root, w.f);
    }
}

/* What ent_linker.mark says of a root in here. */
enum { KEPT = 0, LOST = 1, GONE = 2, LATER = 3 };

/* Marks old entities whose first mention stood before `to` and that have no number yet. */
static void mark_lost(ent_linker *l, uint32_t to)
{
    for (uint32_t k = 0; k < l->old_entities.n && l->old_from.at[k] < to; k++)
        if (l->number[l->old_entities.at[k]] == ENT_NONE) l->mark[l->old_entities.at[k]] = LOST;
}

/* A lost entity is mentioned again only if a type of its tree still is: trees that lost a mention
 * are among those just settled. Leaves marked what may come again and gives how many. */
static uint32_t drop_gone(ent_linker *l, uint32_t to)
{
    uint32_t left = 0;
    for (uint32_t k = 0; k < l->trees.n; k++)
        if (l->mark[l->trees.at[k]] == LOST) l->mark[l->trees.at[k]] = GONE;
    for (uint32_t k = 0; k < l->trees.n; k++) {
        uint8_t *mark = &l->mark[l->root[l->trees.at[k]].root];
        if (*mark == GONE && l->type[l->trees.at[k]].count) *mark = LATER;
    }
    for (uint32_t k = 0; k < l->old_entities.n && l->old_from.at[k] < to; k++) {
        uint8_t *mark = &l->mark[l->old_entities.at[k]];
        if (*mark == GONE) *mark = KEPT;
        left += *mark != KEPT;
    }
    return left;
}

/* Numbers the old entities from number k of their list on that are first mentioned before `until`
 * and have no number; gives the next k. */
static uint32_t append_old(ent_linker *l, uint32_t k, uint32_t until)
{
    for (; k < l->old_entities.n && l->old_from.at[k] < until; k++)
        if (l->number[l->old_entities.at[k]] == ENT_NONE)
            append(l, l->old_entities.at[k], l->old_from.at[k]);
    return k;
}

/* Numbers the old entities behind `to` in their order, and among them the lost ones where they are
 * mentioned next. */
static void go_on(ent_linker *l, uint32_t to, uint32_t lost)
{
    uint32_t k = 0;
    uint64_t bits = 0;
    for (; k < l->old_entities.n && l->old_from.at[k] < to; k++)
        if (l->mark[l->old_entities.at[k]]) bits |= ent_lbit(l->old_entities.at[k]);
    for (walk w = walk_from(l, to); w.f < l->n_flat && lost;) {
        uint32_t root = l->holds[w.i] & bits ? root_at(l, &w) : ENT_NONE;
        if (root != ENT_NONE && l->mark[root]) {
            k = append_old(l, k, w.f);
            l->mark[root] = 0;
            lost--;
            append(l, root, w.f);
        }
        if (!(l->holds[w.i] & bits)) w.f = l->first[w.i + 1] - 1; /* none of them is here */
        step(l, &w);
    }
    append_old(l, k, ENT_NONE);
}

/* Do the mentions [from, to) name first just the entities that they named first before? Then these
 * get their numbers, perhaps in another order, and the rest keep theirs: nothing behind is looked
 * at. The scratch lists hold what was found. */
static int same_entities(ent_linker *l, uint32_t from, uint32_t to)
{
    uint32_t keep = lower_bound(l, from), end = lower_bound(l, to), n = 0;
    int same = 1;
    for (uint32_t k = keep; k < end; k++)
        l->mark[l->entities.at[k]] = 1;
    walk w = walk_from(l, from);
    for (; w.f < to && w.f < l->n_flat && same; step(l, &w)) {
        uint32_t root = root_at(l, &w);
        if (root == ENT_NONE || l->number[root] < keep || l->mark[root] == 2) continue;
        same = l->mark[root] == 1;
        l->mark[root] = 2;
        l->old_entities.at[n] = root;
        l->old_from.at[n++] = w.f;
    }
    same = same && n == end - keep;
    for (uint32_t k = keep; k < end; k++)
        l->mark[l->entities.at[k]] = 0;
    for (uint32_t k = 0; k < n; k++)
        l->mark[l->old_entities.at[k]] = 0;
    for (uint32_t k = 0; k < n && same; k++) {
        l->entities.at[keep + k] = l->old_entities.at[k];
        l->entity_from.at[keep + k] = l->old_from.at[k];
        l->number[l->old_entities.at[k]] = keep + k;
    }
    return same;
}

ent_status ent_lnumber(ent_linker *l, uint32_t from, uint32_t to)
{
    ent_status st = room(l, to - from);
    if (st) return st;
    if (l->entities.n && same_entities(l, from, to)) return ENT_OK;
    st = set_aside(l, from);
    if (st) return st;
    go_through(l, from, to < l->n_flat ? to : l->n_flat);
    mark_lost(l, to);
    go_on(l, to, drop_gone(l, to));
    return ENT_OK;
}
