/* link_answer - entities as the outside sees them. See link.h. */
#include "link_impl.h"

#include <string.h>

uint32_t ent_linker_number(const ent_linker *l, uint32_t entity)
{
    return entity == ENT_NONE ? ENT_NONE : l->number[l->root[entity].root];
}

/* The mention as shown, without its span. */
static inline ent_mention shown(const ent_kmention *m, uint32_t id, uint8_t kind)
{
    uint16_t score = m->form == ENT_NAME ? m->score : m->link_score;
    return (ent_mention){.entity = id,
                         .kind = kind,
                         .form = (uint8_t)ent_kmention_form(m),
                         .score = (float)score / 65535.0f};
}

int ent_linker_public(const ent_linker *l, const ent_kmention *m, ent_mention *out)
{
    if (m->entity == ENT_NONE) return 0;
    const ent_lroot *r = &l->root[m->entity];
    uint32_t start = out->start, end = out->end;
    *out = shown(m, l->number[r->root], r->kind);
    out->start = start;
    out->end = end;
    return 1;
}

/* Sentences that may hold one are told by their bits; from the first mention on. */
uint32_t ent_linker_refs(const ent_linker *l, uint32_t id, ent_mention *out, uint32_t room)
{
    const uint32_t n_sents = l->n_sents, root = l->entities.at[id];
    const uint64_t bit = ent_lbit(root), *holds = l->holds;
    const ent_lroot *roots = l->root;
    const uint8_t kind = roots[root].kind;
    uint32_t n = 0;
    for (uint32_t i = ent_lflat_sentence(l, l->entity_from.at[id]); i < n_sents; i++) {
        if (!(holds[i] & bit)) continue;
        const ent_sent *s = &l->in.sents[i];
        const ent_kmention *m = s->result->mentions, *end = m + s->result->n_mentions;
        for (; m < end; m++) {
            if (m->entity == ENT_NONE || roots[m->entity].root != root || n++ >= room) continue;
            ent_mention *o = &out[n - 1];
            *o = shown(m, id, kind);
            o->start = s->start + m->start;
            o->end = s->start + m->end;
        }
    }
    return n;
}

uint32_t ent_linker_count(const ent_linker *l)
{
    return l->entities.n;
}

/* ---- cards ---- */

static ent_span span_of(const ent_linker *l, uint32_t f)
{
    uint32_t i = ent_lflat_sentence(l, f);
    const ent_sent *s = &l->in.sents[i];
    const ent_kmention *m = &s->result->mentions[f - l->first[i]];
    return (ent_span){s->start + m->start, s->start + m->end};
}

/* Does type a say more than b as the name of their entity? The root says most; of a known body's
 * names the longest does. */
static int says_more(const ent_linker *l, uint32_t a, uint32_t b)
{
    const ent_ltype *x = &l->type[a], *y = &l->type[b];
    if (x->parent == a || y->parent == b) return x->parent == a && y->parent != b;
    if ((x->form == ENT_NAME) != (y->form == ENT_NAME)) return x->form == ENT_NAME;
    if (x->nword != y->nword) return x->nword > y->nword;
    return l->seen[a] < l->seen[b];
}

/* Counts mentions and chooses each entity's name among the types seen. */
static void count_cards(ent_linker *l)
{
    for (uint32_t i = 0; i < l->n_sents; i++)
        for (uint32_t k = 0; k < ent_lmentions(&l->in.sents[i]); k++) {
            const ent_kmention *m = &l->in.sents[i].result->mentions[k];
            if (m->entity == ENT_NONE) continue;
            uint32_t id = ent_linker_number(l, m->entity);
            ent_entity *e = &l->cards[id];
            e->mentions++;
            e->names += ent_kmention_form(m) == ENT_NAME;
            if (e->first.start == ENT_NONE) e->first = (ent_span){l->first[i] + k, 0};
            if (ent_lown(l, m) == ENT_NONE || l->root[ent_lown(l, m)].root != l->entities.at[id])
                continue;
            uint32_t *as = &l->shown_as.at[id];
            if (*as == ENT_NONE || says_more(l, ent_lown(l, m), *as)) *as = ent_lown(l, m);
        }
}

/* What the user or the gazetteer calls an entity; nothing when it is called as the text
 * has it. */
static void known_as(const ent_linker *l, const ent_ltype *root, ent_entity *e)
{
    ent_gaz_country c;
    if (root->form != ENT_L_VIRTUAL) return;
    const ent_ugroup *g = root->user ? ent_user_group(l->in.user, root->user)
                                     : ent_user_renamed(l->in.user, root->country, root->org);
    if (root->country && ent_gaz_country_at(l->in.model->gaz, root->country - 1u, &c)) {
        e->name = c.name;
        e->name_len = c.name_len;
        memcpy(e->iso, c.iso, sizeof e->iso);
    }
    if (g) {
        e->name = g->name;
        e->name_len = g->len;
    }
}

/* First full mention, in bytes, kind and name. */
static void finish_card(ent_linker *l, uint32_t id)
{
    ent_entity *e = &l->cards[id];
    uint32_t as = l->shown_as.at[id], root = l->entities.at[id];
    e->kind = l->root[root].kind;
    e->first = span_of(l, as == ENT_NONE ? e->first.start : l->seen[as] - 1);
    known_as(l, &l->type[root], e);
}

/* Whether a type's name is the one its entity is shown by: the lexicon's or user's, else the one of
 * the text that says most. */
static int is_shown_by(const ent_linker *l, uint32_t type, uint32_t number)
{
    const ent_entity *e = &l->cards[number];
    uint32_t as = l->shown_as.at[number];
    if (!e->name) return type == as || (as != ENT_NONE && l->type[type].key == l->type[as].key);
    size_t len, i = 0;
    const char *s = ent_ltype_text(l, type, &len);
    if (!s || len != e->name_len) return 0;
    while (i < len && (s[i] == e->name[i] || (s[i] == '\n' && e->name[i] == ' ')))
        i++; /* a name may be wrapped */
    return i == len;
}

/* Is mention f the first of a name that its entity is not shown by? Once for each spelling: what
 * one entity is called twice ("Putin" the person, and taken for a body) is one alias. */
static ent_status is_alias(ent_linker *l, uint32_t f, uint32_t own, uint32_t *id)
{
    *id = ENT_NONE;
    if (own == ENT_NONE || l->seen[own] != f + 1 || l->type[own].form != ENT_NAME) return ENT_OK;
    uint32_t number = ent_linker_number(l, own);
    if (number == ENT_NONE) return ENT_OK;
    if (is_shown_by(l, own, number)) return ENT_OK;
    int added = 0;
    ent_status st = ent_lmap_add(l, &l->aliases, ent_hash_join(number, l->type[own].key), &added);
    if (added) *id = number;
    return st;
}

/* Calls for each alias in order of first use: counts them by entity, or puts them in place. */
static ent_status go_over_aliases(ent_linker *l, int place)
{
    ent_status st = ENT_OK;
    uint32_t id;
    ent_lmap_clear(&l->aliases);
    for (uint32_t i = 0; i < l->n_sents && !st; i++)
        for (uint32_t k = 0; k < ent_lmentions(&l->in.sents[i]) && !st; k++) {
            uint32_t own = ent_lown(l, &l->in.sents[i].result->mentions[k]);
            st = is_alias(l, l->first[i] + k, own, &id);
            if (st || id == ENT_NONE) continue;
            if (place)
                l->alias.at[l->alias_from.at[id]++] = own;
            else
                l->alias_from.at[id + 1]++;
        }
    return st;
}

/* Other names by entity, in order of first use: a counting sort of the types. */
static ent_status list_aliases(ent_linker *l)
{
    uint32_t n = l->entities.n;
    ent_status st = ENT_OK;
    l->alias.n = l->alias_from.n = 0;
    for (uint32_t i = 0; i <= n && !st; i++)
        st = ent_lids_push(l, &l->alias_from, 0);
    if (!st) st = go_over_aliases(l, 0);
    for (uint32_t i = 0; i < n && !st; i++)
        l->alias_from.at[i + 1] += l->alias_from.at[i];
    for (uint32_t i = 0; !st && i < l->alias_from.at[n]; i++)
        st = ent_lids_push(l, &l->alias, ENT_NONE);
    if (!st) st = go_over_aliases(l, 1);
    if (st) return st;
    for (uint32_t i = n; i > 0; i--)
        l->alias_from.at[i] = l->alias_from.at[i - 1];
    l->alias_from.at[0] = 0;
    return ENT_OK;
}

/* The first shown mention of each type. */
static ent_status find_seen(ent_linker *l)
{
    ent_status st =
        ent_grow(&l->mem, (void **)&l->seen, &l->cap_seen, l->n_types + 1u, sizeof *l->seen);
    if (st) return st;
    memset(l->seen, 0, l->n_types * sizeof *l->seen);
    for (uint32_t i = 0; i < l->n_sents; i++)
        for (uint32_t k = 0; k < ent_lmentions(&l->in.sents[i]); k++) {
            const ent_kmention *m = &l->in.sents[i].result->mentions[k];
            if (m->entity != ENT_NONE && ent_lown(l, m) != ENT_NONE && !l->seen[ent_lown(l, m)])
                l->seen[ent_lown(l, m)] = l->first[i] + k + 1;
        }
    return ENT_OK;
}

/* Makes the cards anew after a change; all that can fail comes first. */
static ent_status make_cards(ent_linker *l)
{
    uint32_t n = l->entities.n;
    ent_status st = ent_grow(&l->mem, (void **)&l->cards, &l->cap_cards, n + 1u, sizeof *l->cards);
    if (!st) st = find_seen(l);
    l->shown_as.n = 0;
    for (uint32_t i = 0; i < n && !st; i++) {
        l->cards[i] = (ent_entity){.first = {ENT_NONE, ENT_NONE}};
        st = ent_lids_push(l, &l->shown_as, ENT_NONE);
    }
    if (st) return st;
    count_cards(l);
    for (uint32_t i = 0; i < n; i++)
        finish_card(l, i);
    st = list_aliases(l);
    l->carded = !st;
    return st;
}

const char *ent_ltype_text(const ent_linker *l, uint32_t type, size_t *len)
{
    ent_span s = span_of(l, l->seen[type] - 1);
    *len = s.end - s.start;
    return l->in.text(l->in.ctx, s.start, s.end);
}

ent_status ent_linker_see(ent_linker *l)
{
    return l->carded ? ENT_OK : make_cards(l);
}

ent_status ent_linker_entity(ent_linker *l, uint32_t id, ent_entity *out)
{
    if (id >= l->entities.n) return ENT_EARG;
    ent_status st = ent_linker_see(l);
    if (st) return st;
    *out = l->cards[id];
    if (out->name) return ENT_OK;
    uint32_t as = l->shown_as.at[id];
    size_t len = out->first.end - out->first.start;
    out->name = as != ENT_NONE ? ent_ltype_text(l, as, &len)
                               : l->in.text(l->in.ctx, out->first.start, out->first.end);
    out->name_len = (uint32_t)len;
    return out->name ? ENT_OK : ENT_ENOMEM;
}

ent_status ent_linker_alias(ent_linker *l, uint32_t id, size_t i, const char **name, size_t *len)
{
    if (id >= l->entities.n) return ENT_EARG;
    ent_status st = ent_linker_see(l);
    if (st) return st;
    if (i >= l->alias_from.at[id + 1] - l->alias_from.at[id]) return ENT_EARG;
    *name = ent_ltype_text(l, l->alias.at[l->alias_from.at[id] + i], len);
    return *name ? ENT_OK : ENT_ENOMEM;
}

/* ---- finding by name ---- */

/* The entity of a type and whether it is better than `best`: exact before folded, earlier first. */
static void offer(const ent_linker *l, uint32_t type, int exact, uint32_t *best, int *best_exact)
{
    uint32_t id = l->number[l->root[type].root];
    if (id == ENT_NONE || (*best != ENT_NONE && *best_exact && !exact)) return;
    if (*best != ENT_NONE && *best_exact == exact && id >= *best) return;
    *best = id;
    *best_exact = exact;
}

/* Is this how a type is called: in whole, or (`tail`) by the last words of it? */
static int called(const ent_ltype *c, const ent_ltype *t, int tail)
{
    if (tail ? c->nword <= t->nword : c->nword != t->nword) return 0;
    return !memcmp(c->word + (c->nword - t->nword), t->word, t->nword * sizeof *t->word);
}

/* Looks through the types that share the last word. */
static void look(const ent_linker *l, const ent_ltype *t, int tail, uint32_t *id)
{
    int exact = 0;
    for (uint32_t i = ent_lblock_first(l, t->block[0]); i; i = ent_lblock_next(l, i)) {
        uint32_t type = (i - 1) / ENT_L_NODES;
        const ent_ltype *c = &l->type[type];
        if (c->form != ENT_L_VIRTUAL && !c->count) continue;
        if (called(c, t, tail)) offer(l, type, c->key == t->key, id, &exact);
    }
}

/* A name of the text first; else the short form of one ("Putin" where the text has only "Vladimir
 * Putin"). */
static ent_status find_as(ent_linker *l, ent_kind kind, const char *name, size_t len, uint32_t *id)
{
    ent_ltype t = {.kind = (uint8_t)kind};
    ent_status st = ent_ltype_describe(l, &t, name, (uint32_t)len);
    if (st || !t.nword) return st;
    for (uint32_t i = 0; i < l->words.n; i++)
        t.key = ent_hash_join(t.key, l->words.at[i].lower);
    look(l, &t, 0, id);
    if (*id == ENT_NONE) look(l, &t, 1, id);
    return ENT_OK;
}

/* As an actor's name, then as a proposal's, whose nouns are found in either number. */
ent_status ent_linker_find(ent_linker *l, const char *name, size_t len, uint32_t *id)
{
    *id = ENT_NONE;
    if (len > ENT_MAX_SENT) return ENT_OK;
    ent_status st = find_as(l, ENT_PERSON, name, len, id);
    return st || *id != ENT_NONE ? st : find_as(l, ENT_PROPOSAL, name, len, id);
}
