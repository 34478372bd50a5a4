/* link_type - name types: each distinct name of a kind once, counted. See link_impl.h.
 *
 * A type's identity is its fingerprint, kind, form, state, organisation and the sex a title tells.
 * Types that may have to do with each other share a block: that of a last word, of a first word,
 * of initials. Parents are found by looking through a type's blocks (link_parent.c).
 */
#include "link_impl.h"

#include <string.h>

/* ---- maps: key -> head of a list ---- */

static ent_lbucket *bucket(const ent_lmap *m, uint32_t key)
{
    for (uint32_t i = key & (m->cap - 1);; i = (i + 1) & (m->cap - 1))
        if (m->at[i].key == key || !m->at[i].head) return &m->at[i];
}

/* Doubles the table when it is two thirds full. */
static ent_status map_room(const ent_memory *mem, ent_lmap *m)
{
    if (m->cap && m->n * 3 < m->cap * 2) return ENT_OK;
    ent_lmap big = {.cap = m->cap ? m->cap * 2 : 64, .n = m->n};
    if (big.cap < m->cap) return ENT_ENOMEM;
    big.at = ent_realloc(mem, NULL, 0, big.cap * sizeof *big.at);
    if (!big.at) return ENT_ENOMEM;
    memset(big.at, 0, big.cap * sizeof *big.at);
    for (uint32_t i = 0; i < m->cap; i++)
        if (m->at[i].head) *bucket(&big, m->at[i].key) = m->at[i];
    ent_free(mem, m->at, m->cap * sizeof *m->at);
    *m = big;
    return ENT_OK;
}

/* Puts `id` at the head of key's list and returns the old head; call map_room before. */
static uint32_t map_push(ent_lmap *m, uint32_t key, uint32_t id)
{
    ent_lbucket *b = bucket(m, key);
    uint32_t old = b->head;
    if (!old) m->n++;
    *b = (ent_lbucket){key, id + 1};
    return old;
}

uint32_t ent_lmap_head(const ent_lmap *m, uint32_t key)
{
    return m->cap ? bucket(m, key)->head : 0;
}

uint32_t ent_lmap_slot(const ent_lmap *m, uint32_t key)
{
    return m->cap ? (uint32_t)(bucket(m, key) - m->at) : 0;
}

ent_status ent_lmap_add(ent_linker *l, ent_lmap *m, uint32_t key, int *added)
{
    ent_status st = map_room(&l->mem, m);
    if (st) return st;
    *added = !bucket(m, key)->head;
    if (*added) map_push(m, key, 0);
    return ENT_OK;
}

void ent_lmap_clear(ent_lmap *m)
{
    if (m->at) memset(m->at, 0, m->cap * sizeof *m->at);
    m->n = 0;
}

/* ---- lists of several keys each ---- */

static uint32_t *head_of(const ent_lheads *h, uint32_t key)
{
    return &h->at[(key >> 1 ^ key >> 17) & (h->cap - 1)];
}

static void enter_name(ent_linker *l, uint32_t id);
static void enter_blocks(ent_linker *l, uint32_t id);

/* Doubles a table of n elements when its lists are longer than `most` on the average; `again`
 * enters a type anew. */
static ent_status heads_room(ent_linker *l, ent_lheads *h, uint32_t n, uint32_t most,
                             void (*again)(ent_linker *, uint32_t))
{
    if (h->cap && n / most < h->cap) return ENT_OK;
    ent_lheads big = {.cap = h->cap ? h->cap * 2 : 64};
    if (big.cap < h->cap) return ENT_ENOMEM;
    big.at = ent_realloc(&l->mem, NULL, 0, big.cap * sizeof *big.at);
    if (!big.at) return ENT_ENOMEM;
    memset(big.at, 0, big.cap * sizeof *big.at);
    ent_free(&l->mem, h->at, h->cap * sizeof *h->at);
    *h = big;
    for (uint32_t i = 0; i < l->n_types; i++)
        again(l, i);
    return ENT_OK;
}

static void heads_clear(ent_lheads *h)
{
    if (h->at) memset(h->at, 0, h->cap * sizeof *h->at);
}

/* The node at i - 1, or the first behind it, that is of the block. */
static uint32_t of_block(const ent_linker *l, uint32_t i, uint32_t key)
{
    while (i && l->type[(i - 1) / ENT_L_NODES].block[(i - 1) % ENT_L_NODES] != key)
        i = l->type[(i - 1) / ENT_L_NODES].node[(i - 1) % ENT_L_NODES];
    return i;
}

uint32_t ent_lblock_first(const ent_linker *l, uint32_t key)
{
    return key && l->blocks.cap ? of_block(l, *head_of(&l->blocks, key), key) : 0;
}

uint32_t ent_lblock_next(const ent_linker *l, uint32_t i)
{
    const ent_ltype *t = &l->type[(i - 1) / ENT_L_NODES];
    uint32_t j = (i - 1) % ENT_L_NODES;
    return of_block(l, t->node[j], t->block[j]);
}

ent_status ent_lids_push(ent_linker *l, ent_lids *list, uint32_t id)
{
    ent_status st =
        ent_grow(&l->mem, (void **)&list->at, &list->cap, list->n + 1u, sizeof *list->at);
    if (!st) list->at[list->n++] = id;
    return st;
}

ent_status ent_lmarks(ent_linker *l, uint32_t n)
{
    ent_status st = ent_grow(&l->mem, (void **)&l->mark, &l->cap_mark, n + 1u, 1);
    if (!st) memset(l->mark, 0, n + 1u);
    return st;
}

/* ---- making types ---- */

static uint32_t identity(const ent_ltype *t)
{
    uint32_t h = ent_hash_join(t->key, (uint32_t)t->kind | (uint32_t)t->form << 8);
    h = ent_hash_join(h, (uint32_t)t->country << 16 | t->org);
    return ent_hash_join(ent_hash_join(h, t->user), t->sex);
}

static int same(const ent_ltype *a, const ent_ltype *b)
{
    return a->key == b->key && a->kind == b->kind && a->form == b->form &&
           a->country == b->country && a->org == b->org && a->sex == b->sex && a->user == b->user;
}

/* "The two sides", "both parties": whom a text calls so are mostly the same two. */
static int is_pair(const ent_linker *l, const ent_kmention *m)
{
    if (m->kind != ENT_GROUP || m->ntok > 2 || m->form == ENT_PRONOUN) return 0;
    for (uint32_t i = 0; i < ENT_L_PAIR; i++)
        if (m->name == l->pair[i]) return 1;
    return 0;
}

/* What tells types apart, from a mention. */
static ent_ltype identity_of(const ent_linker *l, const ent_kmention *m, uint32_t user)
{
    if (is_pair(l, m))
        return (ent_ltype){.key = ENT_L_PAIR_KEY, .kind = ENT_GROUP, .form = ENT_NAME};

    ent_ltype t = {.key = m->name, .kind = m->kind, .form = m->form, .user = user};
    if (m->form == ENT_PRONOUN) /* who writes: all of "I", "me", "my" are one */
        return (ent_ltype){.key = 1, .kind = ENT_PERSON, .form = ENT_PRONOUN};
    if (m->form != ENT_NAME) t.title = m->title;
    if (m->kind == ENT_COUNTRY || m->kind == ENT_GROUP || m->form == ENT_NOMINAL)
        t.country = m->country;
    /* a place that is a body's seat keeps apart from the body of the same name */
    if ((m->kind == ENT_ORGANISATION || m->kind == ENT_PLACE) && m->form == ENT_NAME)
        t.org = m->org;
    if (m->kind == ENT_PERSON && m->form == ENT_NAME && m->ntok == 1 && m->flags & ENT_M_TITLED)
        t.sex = m->flags & ENT_M_MALE ? ENT_L_MALE : m->flags & ENT_M_FEMALE ? ENT_L_FEMALE : 0;
    return t;
}

static int is_one_of(const char *const *list, size_t count, const char *s, uint32_t n)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == n && !memcmp(list[i], s, n)) return 1;
    return 0;
}

/* Words that names hold but that tell nothing: in any name, in those of persons (as folded). */
static int is_filler(unsigned kind, const char *s, uint32_t n)
{
    static const char *const any[] = {"of", "the", "and", "for", "de", "da",
                                      "al", "el",  "jr",  "sr",  "ii", "iii"};
    static const char *const person[] = {"st",  "saint", "sir", "dame", "frs", "obe", "cbe", "mbe",
                                         "dbe", "kbe",   "phd", "md",   "esq", "qc",  "mp"};
    return is_one_of(any, sizeof any / sizeof *any, s, n) ||
           (kind == ENT_PERSON && is_one_of(person, sizeof person / sizeof *person, s, n));
}

/* A proposal's plural is its singular: "guarantees", "guarantee". */
static uint32_t singular(const ent_ltype *t, const char *s, uint32_t n)
{
    return t->kind == ENT_PROPOSAL && n > 3 && s[n - 1] == 's' && s[n - 2] != 's' ? n - 1 : n;
}

static void add_word(ent_ltype *t, uint32_t hash)
{
    if (t->nword < ENT_L_WORDS)
        t->word[t->nword++] = hash;
    else
        t->word[ENT_L_WORDS - 1] = hash; /* the last word counts */
}

/* What blocks are made of: a name's initials, its first and its last word, folded. */
typedef struct parts {
    char initials[ENT_L_WORDS + 1], first[33], last[33]; /* first: only without accents */
} parts;

/* Folds the words of a name into t and `p`. A name of fillers alone keeps the last of them. */
static void fold_words(ent_ltype *t, const ent_tokens *words, const char *s, parts *p)
{
    uint32_t n_initials = 0, n_first = 0;
    for (uint32_t i = 0; i < words->n; i++) {
        const ent_token *k = &words->at[i];
        char w[33];
        if (k->cls != ENT_T_WORD && k->cls != ENT_T_NUMBER) continue;
        uint32_t n = ent_fold_word(s + k->start, k->end - k->start, w);
        int only = !t->nword && i + 1 == words->n;
        if (!n || (words->n > 1 && !only && is_filler(t->kind, w, n))) continue;
        w[n] = 0;
        memcpy(p->last, w, n + 1);
        add_word(t, ent_hash(w, singular(t, w, n)));
        n = ent_fold_letters(s + k->start, k->end - k->start, w);
        if (n_initials < ENT_L_WORDS) p->initials[n_initials++] = w[0];
        if (!n_first) memcpy(p->first, w, n_first = n);
    }
    t->initial = p->first[0];
    t->letter = n_first == 1 ? t->initial : 0;
}

/* "Africa" and "African", "Europe" and "European" share a stem; 0 for words too short. */
static uint32_t stem_of(const char *w, uint32_t n)
{
    if (n > 4 && w[n - 1] == 'n') n--;
    while (n > 3 && (w[n - 1] == 'a' || w[n - 1] == 'e' || w[n - 1] == 'i'))
        n--;
    return n > 3 ? ent_hash_join(2, ent_hash(w, n)) | 1 : 0;
}

/* What spellings of a person's last word share; 0 when it is too short to tell. */
static uint32_t skeleton_of(ent_ltype *t, const char *w)
{
    char bones[33];
    uint32_t n = (uint32_t)strlen(w), k = ent_fold_skeleton(w, n, bones);
    t->bones = (uint8_t)k;
    return n >= 5 && k >= 3 ? ent_hash_join(3, ent_hash(bones, k)) | 1 : 0;
}

/* Which blocks a name stands in: of its last word, its first word, its initials (or itself as
 * initials); of a person instead of initials the bones of the last word. */
static void set_blocks(ent_ltype *t, const parts *p)
{
    size_t n = strlen(p->first), k = strlen(p->initials);
    if (!t->nword) return;
    t->block[0] = t->word[t->nword - 1] | 1;
    if (t->nword > 1 || t->nick != t->word[0]) t->block[1] = t->nick | 1;
    if (t->block[1] == t->block[0]) t->block[1] = 0;
    if (t->nword == 1 && t->kind == ENT_PLACE) t->block[1] = stem_of(p->first, (uint32_t)n);
    if (t->kind == ENT_PERSON)
        t->block[2] = skeleton_of(t, p->last);
    else if (t->nword == 1 && n >= 2 && n <= ENT_L_WORDS)
        t->block[2] = ent_hash_join(1, ent_hash(p->first, n)) | 1;
    else if (k >= 2)
        t->block[2] = ent_hash_join(1, ent_hash(p->initials, k)) | 1;
}

/* What the lexicon tells of a name's words: a given name's sex, a body's head. */
static void look_up(ent_ltype *t, const struct ent_gaz *gaz, const ent_tokens *words)
{
    if (t->kind == ENT_ORGANISATION)
        t->headed = (ent_gaz_word(gaz, words->at[words->n - 1].lower).kinds & ENT_G_ORGNOUN) != 0;
    if (t->kind != ENT_PERSON) return;
    ent_gaz_entry e = ent_gaz_word(gaz, words->at[0].lower);
    unsigned sex = e.flags & (ENT_GF_MALE | ENT_GF_FEMALE);
    if (!(e.kinds & ENT_G_GIVEN)) return;
    if (sex == ENT_GF_MALE) t->given = ENT_L_MALE;
    if (sex == ENT_GF_FEMALE) t->given = ENT_L_FEMALE;
}

/* A person's first word, or what it is short for, as words are folded. */
static uint32_t nick_of(const ent_ltype *t, const char *first)
{
    char w[33];
    const char *full = t->kind == ENT_PERSON ? ent_lnick_full(first) : NULL;
    return full ? ent_hash(w, ent_fold_word(full, (uint32_t)strlen(full), w)) : t->word[0];
}

ent_status ent_ltype_describe(ent_linker *l, ent_ltype *t, const char *s, uint32_t n)
{
    parts p = {0};
    ent_status st = ent_tokenise(s, n, 0, &l->mem, &l->words);
    if (st) return st;
    fold_words(t, &l->words, s, &p);
    if (l->words.n) t->last = l->words.at[l->words.n - 1].lower;
    t->nick = nick_of(t, p.first);
    set_blocks(t, &p);
    const ent_model *m = l->in.model;
    if (l->words.n && m && m->gaz) look_up(t, m->gaz, &l->words);
    return ENT_OK;
}

/* Enters a type into the table of names. */
static void enter_name(ent_linker *l, uint32_t id)
{
    uint32_t *head = head_of(&l->names, identity(&l->type[id]));
    l->type[id].chain = *head;
    *head = id + 1;
}

/* Enters a type into its blocks. */
static void enter_blocks(ent_linker *l, uint32_t id)
{
    ent_ltype *t = &l->type[id];
    for (uint32_t j = 0; j < ENT_L_NODES; j++) {
        if (!t->block[j]) continue;
        uint32_t *head = head_of(&l->blocks, t->block[j]);
        t->node[j] = *head;
        *head = id * ENT_L_NODES + j + 1;
    }
}

/* Enters a new type into table and blocks. */
static ent_status enter(ent_linker *l, const ent_ltype *t, uint32_t *type)
{
    ent_status st =
        ent_grow(&l->mem, (void **)&l->type, &l->cap_types, l->n_types + 1u, sizeof *l->type);
    if (!st)
        st = ent_grow(&l->mem, (void **)&l->root, &l->cap_root, l->n_types + 1u, sizeof *l->root);
    if (!st) st = heads_room(l, &l->names, l->n_types, 1, enter_name);
    if (!st) st = heads_room(l, &l->blocks, l->n_nodes, 2, enter_blocks);
    if (!st && t->title) st = ent_lids_push(l, &l->nominals, l->n_types);
    if (st) return st;
    uint32_t id = l->n_types++;
    ent_ltype *n = &l->type[id];
    *n = *t;
    n->parent = n->ring = id;
    enter_name(l, id);
    enter_blocks(l, id);
    for (uint32_t j = 0; j < ENT_L_NODES; j++)
        l->n_nodes += n->block[j] != 0;
    l->root[id] = (ent_lroot){.root = id, .kind = n->kind};
    *type = id;
    return ENT_OK;
}

static uint32_t find(const ent_linker *l, const ent_ltype *t)
{
    if (!l->names.cap) return ENT_NONE;
    for (uint32_t i = *head_of(&l->names, identity(t)); i; i = l->type[i - 1].chain)
        if (same(&l->type[i - 1], t)) return i - 1;
    return ENT_NONE;
}

ent_status ent_ltype_of(ent_linker *l, const ent_kmention *m, uint32_t user, const char *s,
                        uint32_t n, uint32_t *type)
{
    ent_ltype t = identity_of(l, m, user);
    *type = find(l, &t);
    if (*type != ENT_NONE) return ENT_OK;
    ent_status st = m->form == ENT_PRONOUN ? ENT_OK : ent_ltype_describe(l, &t, s, n);
    if (!st) st = enter(l, &t, type);
    if (!st && m->form == ENT_PRONOUN) l->narrator = *type;
    if (!st && is_pair(l, m)) l->sides = *type;
    return st;
}

/* The name of a virtual type: the user's, or the usual English one of its state or organisation. */
static int known_name(const ent_linker *l, const ent_ltype *t, const char **name, uint32_t *n)
{
    const ent_model *m = l->in.model;
    const ent_ugroup *g = ent_user_group(l->in.user, t->user);
    if (g) {
        *name = g->name;
        *n = g->len;
        return 1;
    }
    if (!m || !m->gaz) return 0;
    ent_gaz_country c;
    if (t->org) return ent_gaz_org_at(m->gaz, t->org - 1u, name, n);
    if (!t->country || !ent_gaz_country_at(m->gaz, t->country - 1u, &c)) return 0;
    *name = c.name;
    *n = c.name_len;
    return 1;
}

ent_status ent_ltype_virtual(ent_linker *l, ent_kind kind, uint32_t id, uint32_t *type)
{
    ent_ltype t = {.key = id, .kind = (uint8_t)kind, .form = ENT_L_VIRTUAL};
    if (kind == ENT_COUNTRY) t.country = (uint16_t)id;
    if (kind == ENT_ORGANISATION) t.org = (uint16_t)id;
    if (kind == ENT_KINDS) t.user = id;
    *type = find(l, &t);
    if (*type != ENT_NONE) return ENT_OK;
    const char *name = NULL;
    uint32_t n = 0;
    ent_status st = known_name(l, &t, &name, &n) ? ent_ltype_describe(l, &t, name, n) : ENT_OK;
    return st ? st : enter(l, &t, type);
}

/* ---- counting ---- */

static ent_status touch(ent_linker *l, uint32_t id)
{
    ent_ltype *t = &l->type[id];
    if (t->touched & 1) return ENT_OK;
    ent_status st = ent_grow(&l->mem, (void **)&l->touched, &l->cap_touched, l->n_touched + 1u,
                             sizeof *l->touched);
    if (st) return st;
    l->touched[l->n_touched++] =
        (ent_ltouch){id, t->count, t->shown, t->sure, t->male, t->female, t->titled};
    t->touched |= 1;
    return ENT_OK;
}

static uint32_t find_title(const ent_linker *l, uint32_t title, uint32_t type)
{
    for (uint32_t i = ent_lmap_head(&l->pairs, ent_hash_join(title, type)); i;
         i = l->title[i - 1].pair)
        if (l->title[i - 1].type == type && l->title[i - 1].title == title) return i - 1;
    return ENT_NONE;
}

/* Notes a title's count before it changes for the first time in an update. */
static ent_status note_title(ent_linker *l, uint32_t i, uint32_t redo)
{
    if (l->title[i].noted) return ENT_OK;
    ent_status st = ent_grow(&l->mem, (void **)&l->retitled, &l->cap_retitled, l->n_retitled + 1u,
                             sizeof *l->retitled);
    if (st) return st;
    l->retitled[l->n_retitled++] = (ent_lretitle){i, l->title[i].count, redo};
    l->title[i].noted = 1;
    return ENT_OK;
}

static ent_status count_title(ent_linker *l, uint32_t title, uint32_t type, int by, uint32_t redo)
{
    uint32_t i = find_title(l, title, type);
    if (i == ENT_NONE) {
        ent_status st = ent_grow(&l->mem, (void **)&l->title, &l->cap_titles, l->n_titles + 1u,
                                 sizeof *l->title);
        if (!st) st = map_room(&l->mem, &l->titles_of);
        if (!st) st = map_room(&l->mem, &l->pairs);
        if (st) return st;
        i = l->n_titles++;
        l->title[i] = (ent_ltitle){.title = title, .type = type};
        l->title[i].chain = map_push(&l->titles_of, title, i);
        l->title[i].pair = map_push(&l->pairs, ent_hash_join(title, type), i);
    }
    ent_status st = note_title(l, i, redo);
    if (!st) l->title[i].count += (uint32_t)by;
    return st;
}

ent_status ent_ltitles_settle(ent_linker *l)
{
    ent_status st = ENT_OK;
    for (uint32_t k = 0; k < l->n_retitled && !st; k++) {
        const ent_lretitle *r = &l->retitled[k];
        ent_ltitle *t = &l->title[r->at];
        t->noted = 0;
        if (!t->count == !r->count) continue;
        st = ent_lids_push(l, &l->heads, t->title);
        if (!st && r->redo != ENT_NONE) st = ent_ltype_redo(l, r->redo);
    }
    l->n_retitled = 0;
    return st;
}

uint32_t ent_ltype_alias_key(uint32_t type)
{
    return ent_hash_join(0xA11A5, type);
}

/* Whose name or office the apposition tells is looked at again even when no count changed. */
static ent_status count_alias(ent_linker *l, uint32_t a, uint32_t b, int by)
{
    return count_title(l, ent_ltype_alias_key(a), b, by, a);
}

ent_status ent_ltype_appose(ent_linker *l, uint32_t type, const ent_kmention *m,
                            const ent_kmention *partner, int by)
{
    uint32_t other = ent_lown(l, partner);
    if (other == ENT_NONE || other == type) return ENT_OK;
    if (m->form == ENT_NAME && partner->form == ENT_NAME) {
        ent_status st = count_alias(l, type, other, by);
        return st ? st : count_alias(l, other, type, by);
    }
    if (m->kind != ENT_PERSON) return ENT_OK;
    if (m->form == ENT_NAME && partner->form == ENT_NOMINAL && partner->title)
        return count_title(l, partner->title, type, by, ENT_NONE);
    if (m->form == ENT_NOMINAL && partner->form == ENT_NAME && m->title)
        return count_title(l, m->title, other, by, ENT_NONE);
    return ENT_OK;
}

ent_status ent_ltype_sign(ent_linker *l, uint32_t type, int by)
{
    return count_title(l, ENT_L_SIGNED, type, by, l->narrator);
}

ent_status ent_ltype_count(ent_linker *l, uint32_t id, const ent_kmention *m, int by)
{
    ent_status st = touch(l, id);
    if (!st && m->form == ENT_NAME && m->flags & ENT_M_TITLED && m->title)
        st = count_title(l, m->title, id, by, ENT_NONE);
    if (st) return st;
    ent_ltype *t = &l->type[id];
    t->count += (uint32_t)by;
    if (!(m->flags & ENT_M_HIDDEN)) {
        t->shown += (uint32_t)by;
        t->sure += (uint32_t)by * (m->score >> 8);
    }
    if (m->flags & ENT_M_MALE) t->male += (uint32_t)by;
    if (m->flags & ENT_M_FEMALE) t->female += (uint32_t)by;
    if (m->flags & ENT_M_TITLED) t->titled += (uint32_t)by;
    return ENT_OK;
}

int ent_ltype_has_title(const ent_linker *l, uint32_t type, uint32_t title)
{
    uint32_t i = find_title(l, title, type);
    return i != ENT_NONE && l->title[i].count;
}

uint32_t ent_ltype_titled(const ent_linker *l, uint32_t title)
{
    uint32_t found = ENT_NONE;
    for (uint32_t i = ent_lmap_head(&l->titles_of, title); i; i = l->title[i - 1].chain) {
        if (!l->title[i - 1].count) continue;
        uint32_t root = l->root[l->title[i - 1].type].root;
        if (found != ENT_NONE && found != root) return ENT_NONE;
        found = root;
    }
    return found;
}

/* ---- life ---- */

void ent_ltypes_reset(ent_linker *l)
{
    heads_clear(&l->names);
    heads_clear(&l->blocks);
    ent_lmap_clear(&l->titles_of);
    ent_lmap_clear(&l->pairs);
    l->n_types = l->n_nodes = l->n_titles = l->n_retitled = l->n_touched = l->n_settled = 0;
    l->heads.n = l->redo.n = l->n_redone = l->dirty.n = l->dirt.n = l->nominals.n = l->n_numbered =
        0;
}

void ent_ltypes_free(ent_linker *l)
{
    const ent_memory *m = &l->mem;
    ent_free(m, l->type, l->cap_types * sizeof *l->type);
    ent_free(m, l->root, l->cap_root * sizeof *l->root);
    ent_free(m, l->sum, l->cap_sum * sizeof *l->sum);
    ent_free(m, l->was, l->cap_was * sizeof *l->was);
    ent_free(m, l->names.at, l->names.cap * sizeof *l->names.at);
    ent_free(m, l->blocks.at, l->blocks.cap * sizeof *l->blocks.at);
    ent_free(m, l->titles_of.at, l->titles_of.cap * sizeof *l->titles_of.at);
    ent_free(m, l->pairs.at, l->pairs.cap * sizeof *l->pairs.at);
    ent_free(m, l->aliases.at, l->aliases.cap * sizeof *l->aliases.at);
    ent_free(m, l->title, l->cap_titles * sizeof *l->title);
    ent_free(m, l->touched, l->cap_touched * sizeof *l->touched);
    ent_free(m, l->retitled, l->cap_retitled * sizeof *l->retitled);
    ent_free(m, l->heads.at, l->heads.cap * sizeof *l->heads.at);
    ent_free(m, l->redo.at, l->redo.cap * sizeof *l->redo.at);
    ent_free(m, l->dirty.at, l->dirty.cap * sizeof *l->dirty.at);
    ent_free(m, l->dirt.at, l->dirt.cap * sizeof *l->dirt.at);
    ent_free(m, l->trees.at, l->trees.cap * sizeof *l->trees.at);
    ent_free(m, l->nominals.at, l->nominals.cap * sizeof *l->nominals.at);
    ent_free(m, l->words.at, l->words.cap * sizeof *l->words.at);
}
