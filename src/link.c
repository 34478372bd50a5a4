/* link - keeps types and references up to date and numbers entities. See link.h, link_impl.h. */
#include "link_impl.h"

#include <string.h>

const char *ent_link_reason_name(unsigned reason)
{
    static const char *const name[ENT_L_REASONS] = {"its own name",
                                                    "the same name",
                                                    "part of a fuller name",
                                                    "the nearest bearer of the name",
                                                    "initials",
                                                    "another spelling",
                                                    "a name of the state",
                                                    "a known name of the body",
                                                    "an office seen with the name",
                                                    "its head noun",
                                                    "best scored of those before it",
                                                    "who speaks",
                                                    "the user's word"};
    return reason < ENT_L_REASONS ? name[reason] : NULL;
}

/* ---- life ---- */

ent_status ent_linker_new(const ent_memory *mem, ent_linker **out)
{
    ent_linker *l = ent_realloc(mem, NULL, 0, sizeof *l);
    *out = NULL;
    if (!l) return ENT_ENOMEM;
    *l = (ent_linker){.narrator = ENT_NONE, .sides = ENT_NONE};
    if (mem) l->mem = *mem;
    static const char *const pair[ENT_L_PAIRS] = {"sides",   "parties", "delegations", "countries",
                                                  "nations", "states",  "governments", "capitals"};
    for (uint32_t i = 0; i < ENT_L_PAIRS; i++) {
        uint32_t noun = ent_hash(pair[i], strlen(pair[i]));
        l->pair[2 * i] = ent_hash_join(ent_hash_join(0, ent_hash("both", 4)), noun);
        l->pair[2 * i + 1] = ent_hash_join(ent_hash_join(0, ent_hash("two", 3)), noun);
    }
    l->pair[2 * ENT_L_PAIRS] = ent_hash_join(0, ent_hash(pair[0], strlen(pair[0])));
    if (ent_lnear_new(l) || ent_lfind_new(l) || ent_lparent_new(l)) {
        ent_linker_free(l);
        return ENT_ENOMEM;
    }
    *out = l;
    return ENT_OK;
}

static void free_list(ent_linker *l, ent_lids *list)
{
    ent_free(&l->mem, list->at, list->cap * sizeof *list->at);
}

void ent_linker_free(ent_linker *l)
{
    if (!l) return;
    ent_memory mem = l->mem;
    ent_ltypes_free(l);
    ent_lnear_free(l);
    ent_lfind_free(l);
    ent_lparent_free(l);
    ent_free(&mem, l->holds, l->cap_holds * sizeof *l->holds);
    ent_free(&mem, l->asks, l->cap_asks);
    ent_free(&mem, l->first, l->cap_first * sizeof *l->first);
    ent_free(&mem, l->sig, l->cap_sig * sizeof *l->sig);
    ent_free(&mem, l->mark, l->cap_mark);
    ent_free(&mem, l->number, l->cap_number * sizeof *l->number);
    ent_free(&mem, l->seen, l->cap_seen * sizeof *l->seen);
    ent_free(&mem, l->cards, l->cap_cards * sizeof *l->cards);
    free_list(l, &l->stale);
    free_list(l, &l->why);
    free_list(l, &l->before);
    free_list(l, &l->entities);
    free_list(l, &l->entity_from);
    free_list(l, &l->old_entities);
    free_list(l, &l->old_from);
    free_list(l, &l->shown_as);
    free_list(l, &l->alias);
    free_list(l, &l->alias_from);
    free_list(l, &l->found);
    ent_free(&mem, l->by_name, l->cap_by_name * sizeof *l->by_name);
    ent_free(&mem, l, sizeof *l);
}

/* ---- sentences come and go ---- */

/* Has a mention a type of its own? Of pronouns only who writes: "I" outside of quotations. */
static int has_type(const ent_linker *l, const ent_kmention *m)
{
    return m->form != ENT_PRONOUN || ent_lnear_narrates(l, m);
}

/* A sentence counted before keeps its types. */
static int is_counted(const ent_sent *s)
{
    for (uint32_t k = 0; k < ent_lmentions(s); k++)
        if (s->result->mentions[k].typed) return 1;
    return 0;
}

static ent_status count_appositions(ent_linker *l, const ent_sent *s, int by);

/* Types of the mentions of a sentence that have none yet. */
static ent_status count_sentence(ent_linker *l, uint32_t i)
{
    const ent_sent *s = &l->in.sents[i];
    ent_status st = ENT_OK;
    if (is_counted(s)) return ENT_OK;
    for (uint32_t k = 0; k < ent_lmentions(s) && !st; k++) {
        ent_kmention *m = &s->result->mentions[k];
        if (m->typed || !has_type(l, m)) continue;
        uint32_t from = s->start + m->start, to = s->start + m->end, type;
        const char *name = l->in.text(l->in.ctx, from, to);
        st = name ? ent_ltype_of(l, m, ent_result_user(s->result, m), name, to - from, &type)
                  : ENT_ENOMEM;
        if (!st) st = ent_ltype_count(l, type, m, 1);
        if (!st) ent_lset_own(l, m, type);
    }
    return st ? st : count_appositions(l, s, 1);
}

/* Appositions and signatures of a sentence whose mentions have their types. */
static ent_status count_appositions(ent_linker *l, const ent_sent *s, int by)
{
    ent_status st = ENT_OK;
    uint32_t n = ent_lmentions(s);
    for (uint32_t k = 0; k < n && !st; k++) {
        const ent_kmention *m = &s->result->mentions[k];
        uint32_t own = ent_lown(l, m);
        if (own == ENT_NONE) continue;
        if (m->label & ENT_LABEL_SELF || (!k && m->label & ENT_LABEL_ALONE))
            st = ent_ltype_sign(l, own, by);
        if (st || !(m->flags & ENT_M_APPOS) || m->partner >= n) continue;
        st = ent_ltype_appose(l, own, m, &s->result->mentions[m->partner], by);
    }
    return st;
}

void ent_linker_forget(ent_linker *l, const ent_sent *s)
{
    ent_result *r = s->result;
    int counted = l->ready && is_counted(s);
    if (counted && count_appositions(l, s, -1)) l->ready = 0;
    for (uint32_t k = 0; k < ent_lmentions(s); k++) {
        ent_kmention *m = &r->mentions[k];
        uint32_t own = ent_lown(l, m);
        if (own != ENT_NONE && l->ready && ent_ltype_count(l, own, m, -1)) l->ready = 0;
        ent_lset_free(l, m);
        m->entity = ENT_NONE;
    }
}

/* Fingerprint of all that links depend on in a sentence; offsets and scores are left out, so that
 * typing between mentions changes nothing. */
static uint32_t signature(const ent_linker *l, const ent_sent *s)
{
    const ent_result *r = s->result;
    uint32_t h = ent_hash_join(1, (uint32_t)s->flags << 16 | ent_lmentions(s));
    for (uint32_t k = 0; k < ent_lmentions(s); k++) {
        const ent_kmention *m = &r->mentions[k];
        h = ent_hash_join(h, ent_lkey(l, m));
        h = ent_hash_join(h, (uint32_t)m->kind << 24 | (uint32_t)m->form << 16 | m->flags);
        h = ent_hash_join(h, (uint32_t)m->country << 16 | m->org);
        h = ent_hash_join(ent_hash_join(h, m->title), ent_result_user(r, m));
        h = ent_hash_join(h, (uint32_t)m->ntok << 16 | m->partner);
        h = ent_hash_join(h, (uint32_t)m->clause << 16 | (uint32_t)m->syntax << 8 | m->label);
    }
    const ent_sattr *a = r ? ent_result_attrs(r) : NULL;
    const ent_sclaim *c = r ? ent_result_claims(r) : NULL;
    for (uint32_t k = 0; a && k < r->n_attrs; k++)
        h = ent_hash_join(h, (uint32_t)(uint16_t)a[k].source << 16 | a[k].flags);
    for (uint32_t k = 0; c && k < r->n_claims; k++) /* what "this demand" may mean */
        h = ent_hash_join(h, (uint32_t)(uint16_t)c[k].proposal << 16 | c[k].label);
    return h;
}

/* ---- what is to be done again ---- */

/* What an update goes over: sentences [from, to) are resolved whatever they hold; `until`, for each
 * bit of ent_lask, where those end that ask for what changed before them. */
typedef struct course {
    uint32_t from, to, stale; /* stale: the next of l->stale */
    uint32_t open;            /* from, until what stands behind the change is reached by it */
    uint32_t until[8], last;  /* last: the greatest of them */
    uint32_t low, high;       /* sentences whose mentions may end at another root than before */
    int changed;
} course;

/* Sentences behind i that ask for any of this may be reached by a change in it: a window's length.
 */
static void reach(course *c, uint32_t i, unsigned asks)
{
    uint32_t end = i + 1 + ENT_L_WINDOW;
    for (unsigned b = 0; b < 8; b++)
        if (asks >> b & 1 && c->until[b] < end) c->until[b] = end;
    if (asks && c->last < end) c->last = end;
}

/* Does a sentence ask for what changed before it? */
static int is_reached(const ent_linker *l, const course *c, uint32_t i)
{
    for (unsigned b = 0; b < 8; b++)
        if (i < c->until[b] && l->asks[i] >> b & 1) return 1;
    return 0;
}

/* The next sentence from i on that may have to be resolved. */
static uint32_t next_due(const ent_linker *l, uint32_t i, const course *c)
{
    uint32_t next = c->stale < l->stale.n ? l->stale.at[c->stale] : l->n_sents;
    uint32_t due = i < c->from ? c->from : i;
    if (i < c->last) return i;
    if (c->open < next) next = c->open;
    return due < c->to && due < next ? due : next;
}

/* Widens the range in which roots may be others. */
static void moved(course *c, uint32_t i)
{
    if (i < c->low) c->low = i;
    if (i + 1 > c->high) c->high = i + 1;
}

/* Must sentence i be resolved? Takes it off the list of those that are stale. */
static int is_due(ent_linker *l, course *c, uint32_t i)
{
    int due = i >= c->from && i < c->to;
    if (i == c->open) {
        reach(c, c->to - 1, ENT_L_ASKS_ALL);
        c->open = ENT_NONE;
    }
    if (c->stale < l->stale.n && l->stale.at[c->stale] == i) {
        unsigned why = l->why.at[c->stale++];
        reach(c, i, why >> 8);
        if (why & ENT_L_MOVED) moved(c, i);
        due |= (why & (ENT_L_MEANS | ENT_L_TITLED)) != 0;
    }
    return due || (i < c->last && is_reached(l, c, i));
}

/* Resolves the changed and the stale sentences, and of those after them what asks for them, for as
 * long as a change may reach them: a window's length, also where sentences only went away. *next is
 * where work ran out, or the number of sentences. */
static ent_status resolve(ent_linker *l, int same, course *c, uint32_t *next)
{
    c->from = l->in.changed_from;
    c->to = l->in.changed_to;
    c->low = l->n_sents;
    c->open = same ? ENT_NONE : c->from;
    for (uint32_t i = 0; (i = next_due(l, i, c)) < l->n_sents; i++) {
        *next = i;
        if (!is_due(l, c, i)) continue;
        if (!ent_lwork(l, ent_lmentions(&l->in.sents[i]))) return ENT_OK;
        ent_status st = ent_lflat_keep(l, i);
        if (!st) st = ent_lnear_sentence(l, i);
        if (st) return st;
        int differs = ent_lflat_note(l, i);
        ent_lclaim_sentence(l, i);
        c->changed |= differs;
        if (!differs) continue;
        moved(c, i);
        reach(c, i, ENT_L_ASKS_ALL);
    }
    *next = l->n_sents;
    return ENT_OK;
}

/* Numbers entities anew where this update and slices before it may have changed what mentions refer
 * to; first mentions that went away count as those of the first changed sentence. */
static ent_status renumber(ent_linker *l, const course *c)
{
    uint32_t from = c->from, high = l->unnumbered == ENT_NONE ? c->high : l->n_sents;
    uint32_t to = l->first[from] + 1;
    if (l->first[high] > to) to = l->first[high];
    if (high == l->n_sents) to = l->n_flat + 1; /* also those lost at the end */
    if (c->low < from) from = c->low;
    if (l->unnumbered < from) from = l->unnumbered;
    return ent_lnumber(l, l->first[from], to);
}

/* ---- update ---- */

int ent_lwork(ent_linker *l, size_t n)
{
    if (!l->work) return 0;
    l->work = n < l->work ? l->work - n : 0;
    return 1;
}

static void start_afresh(ent_linker *l)
{
    for (uint32_t i = 0; i < l->in.n; i++)
        for (uint32_t k = 0; k < ent_lmentions(&l->in.sents[i]); k++)
            ent_lset_free(l, &l->in.sents[i].result->mentions[k]);
    ent_ltypes_reset(l);
    l->n_flat = l->n_sents = l->entities.n = l->entity_from.n = 0;
    l->in.changed_from = l->in.removed = 0;
    l->in.changed_to = l->in.n;
    l->in.resumed = l->taken = 0;
    l->unnumbered = ENT_NONE;
    l->narrator = l->sides = ENT_NONE;
}

/* Do the old numbers of sentences fit what is said to have changed? */
static int fits(const ent_linker *l)
{
    const ent_link_input *in = &l->in;
    return in->changed_from <= in->changed_to && in->changed_to <= in->n &&
           in->changed_from + in->removed <= l->n_sents &&
           l->n_sents - in->removed + (in->changed_to - in->changed_from) == in->n;
}

/* Counts the changed sentences' mentions; *done is 0 when work ran out. */
static ent_status count_changed(ent_linker *l, int *done)
{
    ent_status st = ENT_OK;
    uint32_t i = l->in.resumed ? l->counted : l->in.changed_from;
    for (; i < l->in.changed_to && !st; i++) {
        *done = ent_lwork(l, ent_lmentions(&l->in.sents[i]));
        l->counted = i;
        if (!*done) return ENT_OK;
        st = count_sentence(l, i);
    }
    l->counted = i;
    return st;
}

/* Are the changed sentences as before for all that matters here? */
static int unchanged(const ent_linker *l)
{
    const ent_link_input *in = &l->in;
    if (!l->n_sents || in->removed != in->changed_to - in->changed_from) return 0;
    for (uint32_t i = in->changed_from; i < in->changed_to; i++)
        if (l->sig[i] != signature(l, &in->sents[i])) return 0;
    return 1;
}

/* What linking all at once took and small changes do not need. */
static void trim(ent_linker *l)
{
    const ent_memory *m = &l->mem;
    ent_free(m, l->was, l->cap_was * sizeof *l->was);
    ent_free(m, l->sum, l->cap_sum * sizeof *l->sum);
    ent_free(m, l->touched, l->cap_touched * sizeof *l->touched);
    ent_free(m, l->retitled, l->cap_retitled * sizeof *l->retitled);
    l->was = NULL;
    l->sum = NULL;
    l->touched = NULL;
    l->retitled = NULL;
    l->cap_was = l->cap_sum = l->cap_touched = l->cap_retitled = 0;
    ent_shrink(m, (void **)&l->type, &l->cap_types, l->n_types, sizeof *l->type);
    ent_shrink(m, (void **)&l->root, &l->cap_root, l->n_types, sizeof *l->root);
    ent_shrink(m, (void **)&l->entities.at, &l->entities.cap, l->entities.n, sizeof(uint32_t));
    ent_shrink(m, (void **)&l->entity_from.at, &l->entity_from.cap, l->entities.n,
               sizeof(uint32_t));
    ent_shrink(m, (void **)&l->number, &l->cap_number, l->n_types, sizeof *l->number);
    ent_lids *const lists[] = {&l->redo,  &l->trees, &l->heads,        &l->dirty,   &l->dirt,
                               &l->stale, &l->why,   &l->old_entities, &l->old_from};
    for (uint32_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        free_list(l, lists[i]);
        *lists[i] = (ent_lids){0};
    }
}

/* The flat arrays and signatures of the changed sentences. */
static ent_status take_in(ent_linker *l)
{
    ent_status st = ent_lflat_splice(l);
    for (uint32_t i = l->in.changed_from; !st && i < l->in.changed_to; i++)
        l->sig[i] = signature(l, &l->in.sents[i]);
    return st;
}

/* What is left for another call: from a sentence on all of them. */
static void leave(ent_linker *l, uint32_t next)
{
    uint32_t from = l->in.changed_from;
    if (l->stale.n && l->stale.at[0] < from) from = l->stale.at[0];
    if (from < l->unnumbered) l->unnumbered = from;
    l->in.changed_from = next;
    l->in.changed_to = l->n_sents;
    l->in.removed = l->n_sents - next;
    l->taken = 1;
}

/* References, then numbers, of what changed. */
static ent_status refer(ent_linker *l, int same, int fresh, int *done)
{
    course c = {0};
    uint32_t next = 0;
    ent_status st = fresh ? ENT_OK : ent_lflat_stale(l);
    if (fresh) l->stale.n = 0;
    if (!st) st = resolve(l, same, &c, &next);
    if (st) return st;
    *done = next == l->n_sents;
    if (!*done) {
        leave(l, next);
        return ENT_OK;
    }
    if (c.changed || !same || c.high || l->unnumbered != ENT_NONE) st = renumber(l, &c);
    l->unnumbered = ENT_NONE;
    l->in.changed_from = l->in.changed_to = l->in.removed = 0;
    return st;
}

/* Counting, settling and referring, each as far as work goes; a slice after one that came to
 * references goes on with them. */
static ent_status update(ent_linker *l, int *done)
{
    int go_on = l->in.resumed && l->taken;
    ent_status st = ENT_OK;
    *done = 1;
    l->taken = 0;
    if (!go_on) st = count_changed(l, done);
    if (!st && *done) st = ent_ltypes_settle(l, done);
    if (st || !*done) return st;
    int same = go_on || unchanged(l), fresh = !l->n_sents;
    if (!same) st = take_in(l);
    if (!st) st = refer(l, same, fresh, done);
    if (!st && *done && l->cap_was > 256) trim(l);
    return st;
}

/* Types that are no longer in the text are kept until they are most of all. */
static int littered(const ent_linker *l)
{
    return l->n_sents && l->n_types > 1024 && l->n_types > 4 * (l->entities.n + 256) &&
           l->n_types > 2 * l->n_flat;
}

ent_status ent_linker_update(ent_linker *l, ent_link_input *in, int *done)
{
    int corrected = l->in.user != in->user;
    l->in = *in;
    l->work = in->work ? in->work : SIZE_MAX;
    if (corrected || !l->ready || !fits(l) || littered(l)) start_afresh(l);
    l->ready = l->carded = l->listed = 0;
    ent_status st = update(l, done);
    l->ready = !st;
    if (!st) *in = l->in;
    return st;
}
