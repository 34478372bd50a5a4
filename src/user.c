/* user - rules by the user: taking them in, finding them again. See user.h; they are laid over
 * mentions in user_apply.c. */
#include "user.h"

#include <string.h>

enum { LONGEST = 1024 }; /* bytes of a name or context */

ent_status ent_user_new(const ent_model *m, const ent_memory *mem, ent_user **out)
{
    if (!out) return ENT_EARG;
    *out = NULL;
    if (!m) return ENT_EARG;
    ent_user *u = ent_realloc(mem, NULL, 0, sizeof *u);
    if (!u) return ENT_ENOMEM;
    *u = (ent_user){.model = m};
    if (mem) u->mem = *mem;
    *out = u;
    return ENT_OK;
}

void ent_user_free(ent_user *u)
{
    if (!u) return;
    ent_memory mem = u->mem;
    for (uint32_t i = 0; i < u->n_groups; i++)
        ent_free(&mem, u->group[i].name, u->group[i].len + 1u);
    ent_free(&mem, u->entry, u->cap * sizeof *u->entry);
    ent_free(&mem, u->slot, u->n_slots * sizeof *u->slot);
    ent_free(&mem, u->group, u->cap_groups * sizeof *u->group);
    ent_free(&mem, u->pattern, u->cap_patterns * sizeof *u->pattern);
    ent_cover_free(u->cover, &mem);
    ent_free(&mem, u, sizeof *u);
}

/* ---- words of a rule ---- */

typedef struct words {
    uint32_t at[ENT_U_WORDS];
    uint32_t n, split; /* split: how many stand before "_" */
    int capital, marked;
    char first[32];
} words;

/* Fingerprints of a text's words; "_" is noted, not taken. 0 when there are too many. */
static ent_status read_words(const ent_user *u, const char *s, size_t len, words *w)
{
    ent_tokens t = {0};
    *w = (words){0};
    if (len > LONGEST) return ENT_EARG;
    if (!s || !len) return ENT_OK;
    ent_status st = ent_tokenise(s, (uint32_t)len, 0, &u->mem, &t);
    for (uint32_t i = 0; i < t.n && !st; i++) {
        const ent_token *k = &t.at[i];
        uint32_t n = k->end - k->start;
        if (n == 1 && s[k->start] == '_') {
            w->split = w->n;
            w->marked = 1;
            continue;
        }
        if (w->n == ENT_U_WORDS) st = ENT_EARG;
        if (st) break;
        if (!w->n) w->capital = k->shape >= ENT_SH_INIT;
        if (!w->n && n < sizeof w->first) memcpy(w->first, s + k->start, n);
        w->at[w->n++] = k->lower;
    }
    ent_free(&u->mem, t.at, t.cap * sizeof *t.at);
    return st;
}

static uint32_t sum_of(uint32_t h, const void *p, size_t n)
{
    return ent_hash_join(h, ent_hash(p, n));
}

/* ---- groups ---- */

const ent_ugroup *ent_user_group(const ent_user *u, uint32_t id)
{
    for (uint32_t i = 0; u && id && i < u->n_groups; i++)
        if (u->group[i].id == id) return &u->group[i];
    return NULL;
}

const ent_ugroup *ent_user_renamed(const ent_user *u, unsigned country, unsigned org)
{
    for (uint32_t i = 0; u && i < u->n_groups; i++) {
        const ent_ugroup *g = &u->group[i];
        if (g->renamed && ((country && g->country == country) || (org && g->org == org))) return g;
    }
    return NULL;
}

/* What the gazetteer knows of a name as a whole. */
static ent_status look_up(const ent_user *u, const char *s, uint32_t len, ent_ugroup *g)
{
    ent_tokens t = {0};
    ent_gaz_hits hits = {0};
    ent_status st = ent_tokenise(s, len, 0, &u->mem, &t);
    if (!st) st = ent_gaz_match(u->model->gaz, s, t.at, t.n, &u->mem, &hits);
    for (uint32_t i = 0; i < hits.n && !st; i++) {
        const ent_gaz_hit *h = &hits.at[i];
        if (h->first || h->n != t.n) continue;
        if (h->e.kinds & (ENT_G_COUNTRY | ENT_G_DEMONYM | ENT_G_PEOPLE)) g->country = h->e.country;
        if (h->e.kinds & ENT_G_ORG) g->org = h->e.id;
    }
    ent_free(&u->mem, t.at, t.cap * sizeof *t.at);
    ent_free(&u->mem, hits.at, hits.cap * sizeof *hits.at);
    ent_free(&u->mem, hits.word, hits.cap_word * sizeof *hits.word);
    return st;
}

static uint32_t group_id(const char *s, uint32_t len, uint32_t salt)
{
    return ent_hash_join(salt, ent_hash_lower(s, len)) | 1;
}

/* Finds or makes the group of a common name. */
static ent_status group_of(ent_user *u, const char *s, uint32_t len, uint32_t salt, uint32_t *index)
{
    uint32_t id = group_id(s, len, salt);
    for (*index = 0; *index < u->n_groups; ++*index)
        if (u->group[*index].id == id) return ENT_OK;
    ent_ugroup g = {.id = id, .kind = ENT_KINDS, .len = len};
    ent_status st = salt ? ENT_OK : look_up(u, s, len, &g);
    if (!st)
        st = ent_grow(&u->mem, (void **)&u->group, &u->cap_groups, u->n_groups + 1u,
                      sizeof *u->group);
    if (st) return st;
    g.name = ent_realloc(&u->mem, NULL, 0, len + 1u);
    if (!g.name) return ENT_ENOMEM;
    memcpy(g.name, s, len);
    g.name[len] = '\0';
    u->group[u->n_groups++] = g;
    return ENT_OK;
}

/* ---- entries ---- */

static int same_place(const ent_uentry *a, const ent_uentry *b)
{
    return a->n == b->n && a->n_before == b->n_before && a->n_after == b->n_after &&
           !memcmp(a->word, b->word, a->n * sizeof *a->word) &&
           !memcmp(a->before, b->before, a->n_before * sizeof *a->before) &&
           !memcmp(a->after, b->after, a->n_after * sizeof *a->after);
}

/* A rule's words and those around it. */
static ent_status place_of(const ent_user *u, const ent_user_rule *r, ent_uentry *e)
{
    words name, around;
    ent_status st = read_words(u, r->name, r->name_len, &name);
    if (!st && (!name.n || name.marked)) st = ENT_EARG;
    if (!st) st = read_words(u, r->context, r->context_len, &around);
    if (st) return st;
    if (around.n && !around.marked) return ENT_EARG;
    *e = (ent_uentry){.n = (uint8_t)name.n, .capital = (uint8_t)name.capital, .kind = ENT_KINDS};
    memcpy(e->word, name.at, sizeof e->word);
    memcpy(e->first, name.first, sizeof e->first);
    e->n_before = (uint8_t)around.split;
    e->n_after = (uint8_t)(around.n - around.split);
    for (uint32_t i = 0; i < e->n_before; i++)
        e->before[i] = around.at[around.split - 1 - i];
    memcpy(e->after, around.at + around.split, e->n_after * sizeof *e->after);
    return ENT_OK;
}

static uint32_t *slot_for(const ent_user *u, uint32_t word)
{
    uint32_t i = word & (u->n_slots - 1);
    while (u->slot[i] && u->entry[u->slot[i] - 1].word[0] != word)
        i = (i + 1) & (u->n_slots - 1);
    return &u->slot[i];
}

/* Longer names, and of the same name those with more context, come first. */
static int goes_before(const ent_uentry *a, const ent_uentry *b)
{
    if (a->n != b->n) return a->n > b->n;
    return a->n_before + a->n_after > b->n_before + b->n_after;
}

static void put_in_table(ent_user *u, uint32_t i)
{
    ent_uentry *e = &u->entry[i];
    uint32_t *at = slot_for(u, e->word[0]);
    while (*at && !goes_before(e, &u->entry[*at - 1]))
        at = &u->entry[*at - 1].next;
    e->next = *at;
    *at = i + 1;
}

static ent_status grow_table(ent_user *u)
{
    if (u->n * 2 < u->n_slots) return ENT_OK;
    uint32_t n = u->n_slots ? u->n_slots * 2 : 64;
    uint32_t *slot = ent_realloc(&u->mem, NULL, 0, n * sizeof *slot);
    if (!slot) return ENT_ENOMEM;
    memset(slot, 0, n * sizeof *slot);
    ent_free(&u->mem, u->slot, u->n_slots * sizeof *u->slot);
    u->slot = slot;
    u->n_slots = n;
    for (uint32_t i = 0; i < u->n; i++)
        u->entry[i].next = 0;
    for (uint32_t i = 0; i < u->n; i++)
        put_in_table(u, i);
    return ENT_OK;
}

/* Finds or makes the entry of a name in a context. */
static ent_status entry_of(ent_user *u, const ent_uentry *e, uint32_t *index)
{
    ent_status st = grow_table(u);
    for (uint32_t i = st ? 0 : *slot_for(u, e->word[0]); i; i = u->entry[i - 1].next)
        if (same_place(&u->entry[i - 1], e)) {
            *index = i - 1;
            return ENT_OK;
        }
    if (!st) st = ent_grow(&u->mem, (void **)&u->entry, &u->cap, u->n + 1u, sizeof *u->entry);
    if (st) return st;
    *index = u->n;
    u->entry[u->n++] = *e;
    put_in_table(u, *index);
    return ENT_OK;
}

/* A common name is itself a name of the group, unless it is told otherwise: then *group becomes
 * what it was told to be in, so that "C into A" after "A into B" makes one of all three. */
static ent_status name_itself(ent_user *u, const char *s, size_t len, uint32_t *group)
{
    ent_user_rule r = {.name = s, .name_len = len};
    ent_uentry e;
    uint32_t i;
    ent_status st = place_of(u, &r, &e);
    if (!st) st = entry_of(u, &e, &i);
    if (st) return st;
    if (!u->entry[i].group) u->entry[i].group = *group + 1;
    *group = u->entry[i].group - 1;
    u->entry[i].sum = sum_of(u->entry[i].sum, s, len);
    return ENT_OK;
}

/* Whoever was joined under the name that entry e is goes with it into another group. */
static void take_along(ent_user *u, const ent_uentry *e, const ent_user_rule *r, uint32_t group)
{
    uint32_t old = e->group;
    if (!old || old == group + 1 || e->n_before || e->n_after) return;
    if (u->group[old - 1].id != group_id(r->name, (uint32_t)r->name_len, 0)) return;
    for (uint32_t i = 0; i < u->n; i++) {
        if (u->entry[i].group != old) continue;
        u->entry[i].group = group + 1;
        u->entry[i].sum = ent_hash_join(u->entry[i].sum, u->group[group].id);
    }
}

/* The group a rule puts its name into, if it does. */
static ent_status join(ent_user *u, const ent_user_rule *r, uint32_t entry)
{
    uint32_t salt = r->op == ENT_USER_SPLIT ? ent_hash_join(2, entry + 1) : 0, group;
    const char *name = r->op == ENT_USER_SPLIT ? r->name : r->to;
    size_t len = r->op == ENT_USER_SPLIT ? r->name_len : r->to_len;
    if (!len) return r->op == ENT_USER_ALIAS || r->op == ENT_USER_RENAME ? ENT_EARG : ENT_OK;
    if (len > LONGEST) return ENT_EARG;
    ent_status st = group_of(u, name, (uint32_t)len, salt, &group);
    uint32_t own = group;
    if (!st && !salt) st = name_itself(u, name, len, &group);
    if (st) return st;
    if (group + 1 == u->entry[entry].group) group = own; /* "B into A" after "A into B" */
    if (!salt) take_along(u, &u->entry[entry], r, group);
    ent_ugroup *g = &u->group[group];
    if (r->kind < ENT_KINDS) g->kind = (uint8_t)r->kind;
    if (r->op == ENT_USER_RENAME) g->renamed = 1;
    u->entry[entry].group = group + 1;
    if (group != own) u->entry[entry].sum = ent_hash_join(u->entry[entry].sum, g->id);
    return ENT_OK;
}

/* ---- patterns ---- */

/* One item: "=word", "A" any, "C" capital, "N" number, "U" acronym, and "+" for one or more. */
static int read_item(const char *s, size_t n, ent_uitem *it)
{
    static const char classes[] = "=ACNUapt";
    const char *c = n ? memchr(classes, s[0], sizeof classes - 1) : NULL;
    if (!c) return 0;
    *it = (ent_uitem){.class = (uint8_t)(c - classes)};
    if (it->class == ENT_UC_WORD) {
        it->word = ent_hash_lower(s + 1, n - 1);
        return n > 1;
    }
    it->many = n == 2 && s[1] == '+' && it->class < ENT_UC_ACTOR;
    return n == 1 || it->many;
}

/* All items of a pattern; how many, 0 when one of them is none. */
static uint8_t read_items(const ent_user_rule *r, ent_uitem *item)
{
    uint8_t count = 0;
    for (size_t i = 0; i < r->name_len;) {
        const char *end = memchr(r->name + i, ' ', r->name_len - i);
        size_t n = end ? (size_t)(end - (r->name + i)) : r->name_len - i;
        if (count == ENT_U_WORDS || !read_item(r->name + i, n, &item[count++])) return 0;
        i += n + 1;
    }
    return count;
}

static unsigned label_of(const char *s, size_t n)
{
    unsigned i = 0;
    while (i < ENT_STANCES && (strlen(ent_stance_name(i)) != n || memcmp(ent_stance_name(i), s, n)))
        i++;
    return i;
}

/* A pattern with a stance: words and places that together tell it. */
static ent_status add_phrase(ent_user *u, const ent_user_rule *r)
{
    ent_phrase p = {.label = (uint8_t)label_of(r->to, r->to_len)};
    p.n = read_items(r, p.item);
    return ent_cover_phrase(&u->cover, &u->mem, &p, sum_of(p.label, r->name, r->name_len));
}

static ent_status add_pattern(ent_user *u, const ent_user_rule *r)
{
    ent_upattern p = {.kind = (uint8_t)r->kind};
    if (r->to_len) return add_phrase(u, r);
    if (u->n_patterns == ENT_U_PATTERNS || r->kind >= ENT_KINDS) return ENT_EARG;
    p.n = read_items(r, p.item);
    for (uint32_t i = 0; i < p.n; i++)
        if (p.item[i].class >= ENT_UC_ACTOR) return ENT_EARG;
    if (!p.n) return ENT_EARG;
    p.sum = sum_of((uint32_t)r->kind, r->name, r->name_len);
    ent_status st = ent_grow(&u->mem, (void **)&u->pattern, &u->cap_patterns, u->n_patterns + 1u,
                             sizeof *u->pattern);
    if (!st) u->pattern[u->n_patterns++] = p;
    return st;
}

/* ---- nouns and cues ---- */

static unsigned form_of(const char *s, size_t n)
{
    static const char *const name[] = {"base", "s", "past", "participle", "ing"};
    for (unsigned i = 0; i < sizeof name / sizeof *name; i++)
        if (strlen(name[i]) == n && !memcmp(name[i], s, n)) return 1u << i;
    return 0;
}

/* The words of `to`, "opposes o past": stance, frames, form of the cue's first word. */
static ent_status add_cue(ent_user *u, const ent_user_rule *r)
{
    const char *part[3] = {"", "", ""};
    size_t len[3] = {0}, at = 0;
    words w;
    ent_status st = read_words(u, r->name, r->name_len, &w);
    if (st) return st;
    for (unsigned i = 0; i < 3 && at < r->to_len; i++, at += len[i - 1] + 1) {
        const char *end = memchr(r->to + at, ' ', r->to_len - at);
        part[i] = r->to + at;
        len[i] = end ? (size_t)(end - part[i]) : r->to_len - at;
    }
    unsigned frames = ent_clex_frames(part[1], len[1]), form = form_of(part[2], len[2]);
    if (!w.n || w.n > ENT_COVER_WORDS || !frames || !form) return ENT_EARG;
    return ent_cover_cue(&u->cover, &u->mem, w.at, w.n, label_of(part[0], len[0]), frames, form);
}

/* The last word of a noun is its head: that is what is looked for. */
static ent_status add_noun(ent_user *u, const ent_user_rule *r)
{
    words w;
    ent_status st = read_words(u, r->name, r->name_len, &w);
    if (!st && !w.n) st = ENT_EARG;
    return st ? st : ent_cover_noun(&u->cover, &u->mem, w.at[w.n - 1]);
}

ent_status ent_user_add(ent_user *u, const ent_user_rule *r)
{
    if (!u || !r || !r->name || r->op >= ENT_USER_OPS || r->kind > ENT_KINDS) return ENT_EARG;
    if ((!r->to && r->to_len) || (!r->context && r->context_len)) return ENT_EARG;
    if (r->op == ENT_USER_PATTERN) return add_pattern(u, r);
    if (r->op == ENT_USER_NOUN) return add_noun(u, r);
    if (r->op == ENT_USER_CUE) return add_cue(u, r);
    ent_uentry e;
    uint32_t i;
    ent_status st = place_of(u, r, &e);
    if (!st) st = entry_of(u, &e, &i);
    if (!st) st = join(u, r, i);
    if (st) return st;
    ent_uentry *at = &u->entry[i];
    at->ignore = r->op == ENT_USER_IGNORE;
    if (r->kind < ENT_KINDS && !at->ignore) at->kind = (uint8_t)r->kind;
    at->sum = sum_of(at->sum, r->to ? r->to : "", r->to_len);
    at->sum = ent_hash_join(at->sum, (uint32_t)r->op << 8 | (uint32_t)r->kind);
    return ENT_OK;
}

/* ---- comparing ---- */

static uint32_t sum_for(const ent_user *u, const ent_uentry *e)
{
    for (uint32_t i = u && u->n_slots ? *slot_for(u, e->word[0]) : 0; i; i = u->entry[i - 1].next)
        if (same_place(&u->entry[i - 1], e)) return u->entry[i - 1].sum | 1;
    return 0;
}

static uint32_t patterns_sum(const ent_user *u)
{
    uint32_t h = 0;
    for (uint32_t i = 0; u && i < u->n_patterns; i++)
        h = ent_hash_join(h, u->pattern[i].sum);
    return h;
}

/* Names of `a` that `b` lacks or tells otherwise. */
static void see_others(const ent_user *a, const ent_user *b, void (*see)(void *, const char *),
                       void *ctx)
{
    for (uint32_t i = 0; a && i < a->n; i++)
        if (sum_for(b, &a->entry[i]) != (a->entry[i].sum | 1)) see(ctx, a->entry[i].first);
}

void ent_user_compare(const ent_user *a, const ent_user *b,
                      void (*see)(void *ctx, const char *word), void *ctx)
{
    if (patterns_sum(a) != patterns_sum(b) ||
        ent_cover_sum(a ? a->cover : NULL) != ent_cover_sum(b ? b->cover : NULL)) {
        see(ctx, "");
        return;
    }
    see_others(a, b, see, ctx);
    see_others(b, a, see, ctx);
}
