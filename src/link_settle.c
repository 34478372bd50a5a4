/* link_settle - what an update changes among the types: whose parents are to be found again, which
 * trees that alters, and which types mean something else then. See link_impl.h.
 */
#include "link_impl.h"

static int differs(const ent_linker *l, const ent_ltouch *w)
{
    const ent_ltype *t = &l->type[w->type];
    return t->count != w->count || t->shown != w->shown || t->sure != w->sure ||
           t->male != w->male || t->female != w->female || t->titled != w->titled;
}

/* What is to be looked at again: the blocks of types whose counts changed, or everything when
 * many did. */
static ent_status collect_redo(ent_linker *l, int *changed)
{
    ent_status st = ENT_OK;
    int all = l->n_touched > 256;
    for (uint32_t i = 0; i < l->n_touched && !st; i++) {
        uint32_t id = l->touched[i].type;
        l->type[id].touched &= 2;
        if (!all && !differs(l, &l->touched[i])) continue;
        *changed = 1;
        if (!all) st = ent_lparent_redo(l, id);
    }
    for (uint32_t i = 0; all && i < l->n_types && !st; i++)
        st = ent_ltype_redo(l, i);
    l->n_touched = 0;
    return st;
}

/* An order among types that does not depend on when they were met: what tells types apart, in turn.
 */
static int comes_before(const ent_ltype *a, const ent_ltype *b)
{
    if (a->shown != b->shown) return a->shown > b->shown;
    if (a->key != b->key) return a->key < b->key;
    if (a->kind != b->kind) return a->kind < b->kind;
    if (a->sex != b->sex) return a->sex < b->sex;
    if (a->user != b->user) return a->user < b->user;
    return (a->country | (uint32_t)a->org << 16) < (b->country | (uint32_t)b->org << 16);
}

/* Two names may each be found to be the fuller one ("Prem Nath Sahni (P. N. Sahni)": by apposition,
 * and by its initials). Of such a circle the one shown most often stands for all. */
static uint32_t of_circle(const ent_linker *l, uint32_t id)
{
    uint32_t best = id;
    for (uint32_t i = l->type[id].parent; i != id; i = l->type[i].parent) {
        if (comes_before(&l->type[i], &l->type[best])) best = i;
    }
    return best;
}

/* The root above a type. Circles are found as Brent does: by a mark left ever further apart. */
static uint32_t chase(const ent_linker *l, uint32_t id)
{
    uint32_t mark = id, steps = 0, most = 8;
    while (l->type[id].parent != id) {
        id = l->type[id].parent;
        if (id == mark) return of_circle(l, id);
        if (++steps < most) continue;
        mark = id;
        steps = 0;
        most *= 2;
    }
    return id;
}

static uint8_t sex_of(const ent_ltype *t, const ent_lsum *r)
{
    if (r->male != r->female) return r->male > r->female ? ENT_L_MALE : ENT_L_FEMALE;
    return r->male ? 0 : t->given;
}

/* 0 for 0, 1 for 1, 2 for 2 and 3, 3 for 4 to 7 ... */
static uint8_t log2_of(uint32_t n)
{
    uint8_t k = 0;
    for (; n; n >>= 1)
        k++;
    return k;
}

/* The sums of the tree that a type at work stands in. */
static ent_lsum *sum_of(const ent_linker *l, uint32_t i)
{
    return &l->sum[l->type[l->root[i].root].ring];
}

/* The kind of a root: its own; of what the user joins that which the user says, or else that of
 * its most frequent name. */
static void find_kinds(ent_linker *l)
{
    const ent_lids *w = &l->trees;
    for (uint32_t k = 0; k < w->n; k++)
        if (l->root[w->at[k]].root == w->at[k]) l->root[w->at[k]].kind = l->type[w->at[k]].kind;
    for (uint32_t k = 0; k < w->n; k++) {
        const ent_ltype *t = &l->type[w->at[k]], *top = &l->type[l->root[w->at[k]].root];
        ent_lroot *r = &l->root[l->root[w->at[k]].root];
        ent_lsum *sum = sum_of(l, w->at[k]);
        const ent_ugroup *g = top->user ? ent_user_group(l->in.user, top->user) : NULL;
        if (top == t || top->form != ENT_L_VIRTUAL || !g) continue;
        if (g->kind < ENT_KINDS)
            r->kind = g->kind;
        else if (r->kind >= ENT_KINDS || t->shown > sum->named ||
                 (t->shown == sum->named && t->kind < r->kind)) {
            r->kind = t->kind;
            sum->named = t->shown;
        }
    }
    for (uint32_t k = 0; k < w->n; k++)
        l->root[w->at[k]].kind = l->root[l->root[w->at[k]].root].kind;
}

/* What follows for type i from its root, whose sums are known. */
static void finish_root(ent_linker *l, uint32_t i)
{
    ent_lroot *r = &l->root[i];
    const ent_lsum *top = sum_of(l, i);
    const ent_ltype *t = &l->type[i];
    r->sex = sex_of(&l->type[r->root], top) & 3u;
    r->backed = t->shown || (r->root != i && (top->shown || t->reason == ENT_L_COUNTRY));
    if (t->form == ENT_PRONOUN) r->backed = t->shown > 1; /* one "I" alone tells nothing */
    r->ambiguous = t->ambiguous & 1u;
    r->reason = t->reason;
    r->weight = log2_of(top->shown);
    r->few = top->shown <= 1;
}

/* Rings of the types in l->trees by their new roots. */
static void close_rings(ent_linker *l)
{
    const ent_lids *w = &l->trees;
    for (uint32_t k = 0; k < w->n; k++)
        l->type[w->at[k]].ring = w->at[k];
    for (uint32_t k = 0; k < w->n; k++) {
        uint32_t i = w->at[k], root = l->root[i].root;
        if (root == i) continue;
        l->type[i].ring = l->type[root].ring;
        l->type[root].ring = i;
    }
}

/* Roots of the types in l->trees and what they sum up to; whole trees are there or not. */
static void find_roots(ent_linker *l)
{
    const ent_lids *w = &l->trees;
    for (uint32_t k = 0; k < w->n; k++) {
        uint32_t i = w->at[k];
        l->was[k] = l->root[i];
        l->root[i] = (ent_lroot){.root = chase(l, i)};
        l->type[i].ring = k;
        l->sum[k] = (ent_lsum){0};
    }
    for (uint32_t k = 0; k < w->n; k++) {
        const ent_ltype *t = &l->type[w->at[k]];
        ent_lsum *r = sum_of(l, w->at[k]);
        r->male += t->male;
        r->female += t->female;
        r->shown += t->shown;
    }
    find_kinds(l);
    for (uint32_t k = 0; k < w->n; k++)
        finish_root(l, w->at[k]);
    close_rings(l);
}

/* Adds the types of a tree, which form a ring, unless they are listed. */
static ent_status list_tree(ent_linker *l, uint32_t root)
{
    ent_status st = ENT_OK;
    if (l->mark[root]) return ENT_OK;
    l->mark[root] = 1;
    for (uint32_t i = root; !st; i = l->type[i].ring) {
        st = ent_lids_push(l, &l->trees, i);
        if (l->type[i].ring == root) break;
    }
    return st;
}

/* Lists the types of the trees that those in l->redo stood in or stand in now. Nothing else can
 * have another root or other sums: who stands in another tree has its old parents. */
static ent_status find_trees(ent_linker *l)
{
    ent_status st = ent_lmarks(l, l->n_types);
    l->trees.n = 0;
    for (uint32_t k = 0; k < l->redo.n && !st; k++) {
        st = list_tree(l, l->root[l->redo.at[k]].root);
        if (!st) st = list_tree(l, l->root[chase(l, l->redo.at[k])].root);
    }
    if (!st) st = ent_grow(&l->mem, (void **)&l->was, &l->cap_was, l->trees.n + 1u, sizeof *l->was);
    if (!st) st = ent_grow(&l->mem, (void **)&l->sum, &l->cap_sum, l->trees.n + 1u, sizeof *l->sum);
    return st;
}

/* What an update did to a type: ent_lmark. */
static unsigned mark_of(const ent_lroot *a, const ent_lroot *b)
{
    if (a->root != b->root) return ENT_L_MEANS | ENT_L_MOVED;
    if (a->kind != b->kind || a->sex != b->sex || a->backed != b->backed ||
        a->ambiguous != b->ambiguous || a->reason != b->reason)
        return ENT_L_MEANS;
    return a->weight != b->weight ? ENT_L_WEIGHS : 0;
}

/* Notes it. */
static ent_status soil(ent_linker *l, uint32_t type, unsigned mark)
{
    ent_status st = ent_lids_push(l, &l->dirty, type);
    if (!st) st = ent_lids_push(l, &l->dirt, mark);
    return st;
}

/* Is a type gone that was mentioned once and was all of its entity? Only the sentences after that
 * mention may have looked back upon it, and they are resolved again since it changed. */
static int left_no_trace(const ent_linker *l, const ent_lroot *was, uint32_t i)
{
    return !l->type[i].count && was->root == i && l->root[i].root == i && was->few &&
           l->type[i].ring == i && l->type[i].form == ENT_NAME;
}

/* Titles borne by a type that means something else now. */
static ent_status find_heads(ent_linker *l)
{
    ent_status st = ent_lmarks(l, l->n_types);
    if (st) return st;
    for (uint32_t i = 0; i < l->dirty.n; i++)
        l->mark[l->dirty.at[i]] = 1;
    for (uint32_t i = 0; i < l->n_titles && !st; i++)
        if (l->title[i].count && l->mark[l->title[i].type])
            st = ent_lids_push(l, &l->heads, l->title[i].title);
    return st;
}

/* Lists the types that mean something else than before, and the nominals whose title is borne by
 * others or by one of them. */
static ent_status find_dirty(ent_linker *l, uint32_t n_before)
{
    ent_status st = ENT_OK;
    for (uint32_t k = 0; k < l->trees.n && !st; k++) {
        uint32_t i = l->trees.at[k];
        unsigned mark = i < n_before ? mark_of(&l->was[k], &l->root[i]) : 0;
        if (mark && !left_no_trace(l, &l->was[k], i)) st = soil(l, i, mark);
    }
    if (!st && l->dirty.n && l->n_titles) st = find_heads(l);
    if (st || !l->heads.n) return st;
    st = ent_lmarks(l, l->titles_of.cap);
    for (uint32_t k = 0; k < l->heads.n && !st; k++)
        l->mark[ent_lmap_slot(&l->titles_of, l->heads.at[k])] = 1;
    for (uint32_t k = 0; k < l->nominals.n && !st; k++) {
        uint32_t i = l->nominals.at[k];
        if (l->mark[ent_lmap_slot(&l->titles_of, l->type[i].title)]) st = soil(l, i, ENT_L_TITLED);
    }
    return st;
}

/* Finds the parents that are to be found again; *done is 0 when work ran out. */
static ent_status find_parents(ent_linker *l, int *done)
{
    ent_status st = ENT_OK;
    for (*done = 1; l->n_redone < l->redo.n && !st; l->n_redone++) {
        *done = ent_lwork(l, 1);
        if (!*done) return ENT_OK;
        uint32_t id = l->redo.at[l->n_redone];
        l->type[id].touched &= 1;
        st = ent_lparent_find(l, id);
    }
    return st;
}

ent_status ent_ltypes_settle(ent_linker *l, int *done)
{
    uint32_t n_before = l->n_settled;
    int changed = 0;
    l->dirty.n = l->dirt.n = 0;
    ent_status st = ent_ltitles_settle(l);
    if (!st) st = collect_redo(l, &changed);
    if (!st) st = find_parents(l, done);
    if (st || !*done) return st;
    changed |= l->redo.n > 0;
    l->trees.n = 0;
    if (changed) {
        st = find_trees(l);
        if (st) return st;
        find_roots(l);
    }
    if (changed || l->heads.n) st = find_dirty(l, n_before);
    l->heads.n = l->redo.n = l->n_redone = 0;
    l->n_settled = l->n_types;
    return st;
}
