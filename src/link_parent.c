/* link_parent - the fuller type each name type stands for. See link_impl.h.
 *
 * A parent is a function of the types that share a block with a type and of their counts, so after
 * an edit only the blocks of touched types are looked through again. Every step goes up in a strict
 * order (known things, then more words, then more mentions, then fingerprint), so steps end at a
 * root, and types with one root are one entity.
 */
#include "link_impl.h"

#include <string.h>

static const char *const landforms[] = {
    "sea",    "strip",   "river", "province", "region",    "city",      "district",   "county",
    "island", "islands", "lake",  "valley",   "peninsula", "desert",    "basin",      "ocean",
    "canal",  "oblast",  "gulf",  "strait",   "state",     "mountains", "governorate"};
enum { LANDFORMS = sizeof landforms / sizeof *landforms };

static const char *const firms[] = {
    "capital",  "group",    "corp",     "corporation", "company",    "inc",      "ltd",
    "plc",      "holdings", "bank",     "motors",      "airlines",   "airways",  "lines",
    "motor",    "energy",   "partners", "media",       "industries", "ventures", "studios",
    "software", "systems",  "foods",    "stores",      "records"};
enum { FIRMS = sizeof firms / sizeof *firms };

/* Fingerprints of words, folded as the words of names are; NULL when memory is short. */
static uint32_t *fingerprints(ent_linker *l, const char *const *words, uint32_t n)
{
    char w[33];
    uint32_t *to = ent_realloc(&l->mem, NULL, 0, n * sizeof *to);
    for (uint32_t i = 0; to && i < n; i++)
        to[i] = ent_hash(w, ent_fold_word(words[i], (uint32_t)strlen(words[i]), w));
    return to;
}

ent_status ent_lparent_new(ent_linker *l)
{
    l->landform = fingerprints(l, landforms, LANDFORMS);
    l->firm = fingerprints(l, firms, FIRMS);
    return l->landform && l->firm ? ENT_OK : ENT_ENOMEM;
}

void ent_lparent_free(ent_linker *l)
{
    ent_free(&l->mem, l->landform, LANDFORMS * sizeof *l->landform);
    ent_free(&l->mem, l->firm, FIRMS * sizeof *l->firm);
}

static int is_one_of(const uint32_t *list, uint32_t n, uint32_t word)
{
    for (uint32_t i = 0; i < n; i++)
        if (list[i] == word) return 1;
    return 0;
}

/* ---- how two names relate ---- */

static int live(const ent_ltype *t)
{
    return t->shown && t->form == ENT_NAME;
}

static int same_words(const ent_ltype *a, const ent_ltype *b)
{
    return a->nword && a->nword == b->nword &&
           !memcmp(a->word, b->word, a->nword * sizeof *a->word);
}

/* Strict order among names of the same words: those whose kind the words before them tell, more
 * mentions, then as it falls. */
static int outranks(const ent_ltype *a, const ent_ltype *b)
{
    if (!a->sex != !b->sex) return !a->sex;
    if (!a->titled != !b->titled) return a->titled != 0;
    if (a->kind != b->kind && a->sure != b->sure) return a->sure > b->sure;
    if (a->shown != b->shown) return a->shown > b->shown;
    if (a->key != b->key) return a->key < b->key;
    if (a->kind != b->kind) return a->kind < b->kind;
    if (a->user != b->user) return a->user < b->user;
    if (a->sex != b->sex) return a->sex < b->sex;
    return (a->country | (uint32_t)a->org << 16) < (b->country | (uint32_t)b->org << 16);
}

static int known(const ent_ltype *t)
{
    return (t->kind == ENT_COUNTRY && t->country) || t->org || t->user;
}

/* Same words, another kind: the rarer reading gives way when it is clearly rarer. Known things
 * keep their kind, groups and proposals are not names. */
static int gives_way(const ent_ltype *t, const ent_ltype *c)
{
    if (known(t) || t->kind == ENT_GROUP || c->kind == ENT_GROUP) return 0;
    if (t->kind == ENT_PROPOSAL || c->kind == ENT_PROPOSAL) return 0;
    if (c->kind == ENT_COUNTRY && c->country) return t->kind == ENT_ORGANISATION;
    return outranks(c, t);
}

/* A surname may be a given name as well ("Clinton"): one word alone tells no sex, a title does. */
static int sexes_clash(const ent_ltype *t, const ent_ltype *c)
{
    unsigned a = t->sex ? t->sex : t->nword > 1 ? t->given : 0, b = c->sex ? c->sex : c->given;
    return a && b && a != b;
}

static ent_link_reason of_same_words(const ent_ltype *t, const ent_ltype *c)
{
    if (t->kind != c->kind) return gives_way(t, c) ? ENT_L_EXACT : ENT_L_SELF;
    if (t->country != c->country && t->country && c->country) return ENT_L_SELF;
    if (sexes_clash(t, c) || !outranks(c, t)) return ENT_L_SELF;
    return t->key == c->key ? ENT_L_EXACT : ENT_L_VARIANT;
}

/* Another spelling of a person's name: its two words the other way round, or vowels exchanged in
 * its last word ("Vergil", "Virgil"); the less the rest of the name tells, the longer that word. */
static ent_link_reason of_spelling(const ent_ltype *t, const ent_ltype *c)
{
    if (sexes_clash(t, c) || (t->nword == c->nword && !outranks(c, t))) return ENT_L_SELF;
    uint32_t n = t->nword;
    if (n == 2 && c->nword == 2 && t->word[0] == c->word[1] && t->word[1] == c->word[0])
        return ENT_L_VARIANT;
    if (!t->block[2] || t->block[2] != c->block[2] || t->block[0] == c->block[0]) return ENT_L_SELF;
    if (n == 1) return t->bones >= 5 ? ENT_L_VARIANT : ENT_L_SELF;
    return n == c->nword && !memcmp(t->word, c->word, (n - 1) * sizeof *t->word) ? ENT_L_VARIANT
                                                                                 : ENT_L_SELF;
}

/* A part of a person's name: surname, given name, "J. Smith", "von der Leyen". */
static ent_link_reason of_person(const ent_ltype *t, const ent_ltype *c)
{
    if (sexes_clash(t, c)) return ENT_L_SELF;
    const uint32_t *tail = c->word + c->nword - t->nword;
    if (t->nword < c->nword && !memcmp(t->word, tail, t->nword * sizeof *tail)) return ENT_L_SHORT;
    if (t->nword == 1) return t->nick == c->nick ? ENT_L_SHORT : ENT_L_SELF;
    if (t->word[t->nword - 1] != c->word[c->nword - 1]) return ENT_L_SELF;
    if (t->nick == c->nick && t->nword < c->nword) return ENT_L_SHORT;
    if (t->nick == c->nick && t->nword == 2) return outranks(c, t) ? ENT_L_VARIANT : ENT_L_SELF;
    return t->letter && !c->letter && t->letter == c->initial ? ENT_L_SHORT : ENT_L_SELF;
}

/* A part of an organisation's name at its beginning or end, or its initials. */
static ent_link_reason of_body(const ent_ltype *t, const ent_ltype *c)
{
    if (t->nword == 1 && t->block[2] && t->block[2] == c->block[2]) return ENT_L_ACRONYM;
    if (t->nword >= c->nword) return ENT_L_SELF;
    const uint32_t *tail = c->word + c->nword - t->nword;
    size_t size = t->nword * sizeof *tail;
    return !memcmp(t->word, tail, size) || !memcmp(t->word, c->word, size) ? ENT_L_SHORT
                                                                           : ENT_L_SELF;
}

/* "Caspian" for "Caspian Sea". */
static ent_link_reason of_place(const ent_linker *l, const ent_ltype *t, const ent_ltype *c)
{
    if (c->nword != t->nword + 1 || memcmp(t->word, c->word, t->nword * sizeof *t->word))
        return ENT_L_SELF;
    return is_one_of(l->landform, LANDFORMS, c->word[c->nword - 1]) ? ENT_L_SHORT : ENT_L_SELF;
}

/* "Larkfield" for "Larkfield Capital", though taken for a person or a place. */
static int of_firm(const ent_linker *l, const ent_ltype *t, const ent_ltype *c)
{
    return t->nword == 1 && c->kind == ENT_ORGANISATION && c->word[0] == t->word[0] &&
           (t->kind == ENT_PLACE || (t->kind == ENT_PERSON && !t->sex && !t->given)) &&
           is_one_of(l->firm, FIRMS, c->word[c->nword - 1]);
}

/* "an Article 5-type guarantee" tells of what kind the guarantee is that is named elsewhere. */
static int tells_kind(const ent_ltype *t)
{
    uint32_t type = ent_hash("type", 4);
    for (uint32_t i = 1; i + 1 < t->nword; i++)
        if (t->word[i] == type) return 1;
    return 0;
}

/* A proposal in fewer of its words, with the same head. */
static ent_link_reason of_proposal(const ent_ltype *t, const ent_ltype *c)
{
    if (t->nword < 2 || t->nword >= c->nword) return ENT_L_SELF; /* "an agreement" is a new one */
    if (t->word[t->nword - 1] != c->word[c->nword - 1]) return ENT_L_SELF;
    if (t->nword == 2 && tells_kind(c)) return ENT_L_SHORT;
    uint32_t found = 0;
    for (uint32_t i = 0; i < c->nword && found < t->nword; i++)
        if (c->word[i] == t->word[found]) found++;
    return found == t->nword ? ENT_L_SHORT : ENT_L_SELF;
}

/* A word taken for a body without much confidence, which a person's name may explain. */
static int org_doubted(const ent_ltype *t)
{
    enum { DOUBT = 150 }; /* least mean score of those that stay bodies, in 256ths */
    return t->kind == ENT_ORGANISATION && !t->org && t->nword == 1 && t->sure < DOUBT * t->shown;
}

/* Why c is the fuller name of t; ENT_L_SELF when it is not. */
static ent_link_reason relation(const ent_linker *l, const ent_ltype *t, const ent_ltype *c)
{
    if (!live(c) || !t->nword) return ENT_L_SELF;
    if (same_words(t, c)) return of_same_words(t, c);
    if (t->kind == ENT_PLACE && c->kind == ENT_PLACE && t->nword == 1 && c->nword == 1)
        return t->block[1] && t->block[1] == c->block[1] && outranks(c, t) ? ENT_L_VARIANT
                                                                           : ENT_L_SELF;
    if (t->kind == ENT_PERSON && c->kind == ENT_PERSON) {
        ent_link_reason r = of_spelling(t, c);
        if (r) return r;
    }
    if (c->nword < t->nword || c->nword < 2) return ENT_L_SELF;
    if (c->kind == ENT_PERSON && (t->kind == ENT_PERSON || org_doubted(t))) return of_person(t, c);
    if (t->kind != c->kind) return of_firm(l, t, c) ? ENT_L_SHORT : ENT_L_SELF;
    if (t->kind == ENT_ORGANISATION) return of_body(t, c);
    if (t->kind == ENT_PLACE) return of_place(l, t, c);
    return t->kind == ENT_PROPOSAL ? of_proposal(t, c) : ENT_L_SELF;
}

int ent_ltype_fits(const ent_linker *l, uint32_t t, uint32_t full)
{
    return relation(l, &l->type[t], &l->type[full]) == ENT_L_SHORT;
}

/* ---- choosing a parent ---- */

typedef struct choice {
    uint32_t best, second; /* types, ENT_NONE at first */
    ent_link_reason reason;
} choice;

/* A surname tells more than a given name, any of them less than the same words. */
static int rank(const ent_ltype *t, const ent_ltype *c, ent_link_reason r)
{
    if (r == ENT_L_EXACT || r == ENT_L_VARIANT) return c->kind == t->kind ? 1 : 3;
    if (r == ENT_L_ACRONYM) return 3;
    if (t->sex && t->sex == c->given) return 4; /* "Mrs. Clinton" */
    return t->word[t->nword - 1] == c->word[c->nword - 1] ? 3 : 2;
}

/* Strict order among fuller names: rank, then mentions, then words. Of several, as `outranks` has
 * it of two, but the surer one whatever the kinds: else the best would depend on who comes first.
 */
static int better(const ent_linker *l, const ent_ltype *t, uint32_t a, ent_link_reason ra,
                  uint32_t b, ent_link_reason rb)
{
    const ent_ltype *x = &l->type[a], *y = &l->type[b];
    int i = rank(t, x, ra), j = rank(t, y, rb);
    if (i != j) return i > j;
    if (x->shown != y->shown) return x->shown > y->shown;
    if (x->nword != y->nword) return x->nword > y->nword;
    if (!x->sex == !y->sex && !x->titled == !y->titled && x->sure != y->sure)
        return x->sure > y->sure;
    return outranks(x, y);
}

/* Two fuller names that are themselves one ("Joe Biden", "Joseph Biden Jr." are not, "J. Biden",
 * "Joe Biden" are). */
static int one_entity(const ent_linker *l, const ent_ltype *a, const ent_ltype *b)
{
    return same_words(a, b) || relation(l, a, b) != ENT_L_SELF || relation(l, b, a) != ENT_L_SELF;
}

/* First pass: the best of the fuller names. */
static void consider(const ent_linker *l, const ent_ltype *t, uint32_t id, choice *c)
{
    ent_link_reason r = relation(l, t, &l->type[id]);
    if (r == ENT_L_SELF || id == c->best) return;
    if (c->best != ENT_NONE && !better(l, t, id, r, c->best, c->reason)) return;
    c->best = id;
    c->reason = r;
}

/* Second pass: the best of those as good that are somebody else. */
static void doubt(const ent_linker *l, const ent_ltype *t, uint32_t id, choice *c)
{
    const ent_ltype *x = &l->type[id];
    ent_link_reason r = relation(l, t, x);
    if (r == ENT_L_SELF || id == c->best || id == c->second) return;
    if (rank(t, x, r) < rank(t, &l->type[c->best], c->reason)) return;
    if (one_entity(l, x, &l->type[c->best])) return;
    if (c->second == ENT_NONE ||
        better(l, t, id, r, c->second, relation(l, t, &l->type[c->second])))
        c->second = id;
}

/* More live types in a block than are compared pair by pair? */
static int crowded(const ent_linker *l, uint32_t head)
{
    uint32_t n = 0;
    for (uint32_t i = head; i && n <= ENT_L_PAIRWISE; i = ent_lblock_next(l, i))
        n += live(&l->type[(i - 1) / ENT_L_NODES]) != 0;
    return n > ENT_L_PAIRWISE;
}

typedef void look(const ent_linker *l, const ent_ltype *t, uint32_t id, choice *c);

/* Shows `see` all other types of a type's blocks. */
static void look_through(const ent_linker *l, uint32_t id, look *see, choice *c)
{
    const ent_ltype *t = &l->type[id];
    for (uint32_t j = 0; j < ENT_L_NODES; j++) {
        uint32_t head = ent_lblock_first(l, t->block[j]);
        if (t->nword > 1 && crowded(l, head)) continue;
        for (uint32_t i = head; i; i = ent_lblock_next(l, i))
            if ((i - 1) / ENT_L_NODES != id) see(l, t, (i - 1) / ENT_L_NODES, c);
    }
}

static choice choose(const ent_linker *l, uint32_t id)
{
    choice c = {ENT_NONE, ENT_NONE, ENT_L_SELF};
    look_through(l, id, consider, &c);
    if (c.best != ENT_NONE) look_through(l, id, doubt, &c);
    return c;
}

/* Of two bearers of a short name one is meant when it is clearly the more frequent. */
static int dominant(const ent_linker *l, const choice *c)
{
    return l->type[c->best].shown >= 2 * l->type[c->second].shown + 1;
}

static void set_parent(ent_ltype *t, uint32_t parent, ent_link_reason reason)
{
    t->parent = parent;
    t->reason = (uint8_t)reason;
    t->ambiguous = 0;
}

/* What the user joins a type to, or the state or organisation it is known to name, as a virtual
 * type; or ENT_NONE. */
static ent_status known_parent(ent_linker *l, uint32_t id, uint32_t *up)
{
    const ent_ltype *t = &l->type[id];
    const ent_ugroup *g = ent_user_group(l->in.user, t->user);
    *up = ENT_NONE;
    if (g && g->country) return ent_ltype_virtual(l, ENT_COUNTRY, g->country, up);
    if (g && g->org) return ent_ltype_virtual(l, ENT_ORGANISATION, g->org, up);
    if (t->user) return ent_ltype_virtual(l, ENT_KINDS, t->user, up);
    if (t->kind == ENT_COUNTRY && t->country)
        return ent_ltype_virtual(l, ENT_COUNTRY, t->country, up);
    return t->org && t->kind != ENT_PLACE ? ent_ltype_virtual(l, ENT_ORGANISATION, t->org, up)
                                          : ENT_OK;
}

/* What a type is called by apposition: the greatest of those that are greater than itself, known
 * ones before all. */
static uint32_t apposed(const ent_linker *l, uint32_t id)
{
    const ent_ltype *t = &l->type[id];
    uint32_t best = ENT_NONE, key = ent_ltype_alias_key(id);
    for (uint32_t i = ent_lmap_head(&l->titles_of, key); i; i = l->title[i - 1].chain) {
        const ent_ltitle *a = &l->title[i - 1];
        const ent_ltype *c = &l->type[a->type];
        if (a->title != key || !a->count || !live(c) || c->kind != t->kind) continue;
        if (!known(c) && (c->nword != t->nword ? c->nword < t->nword : !outranks(c, t))) continue;
        if (best == ENT_NONE || better(l, t, a->type, ENT_L_ACRONYM, best, ENT_L_ACRONYM))
            best = a->type;
    }
    return best;
}

/* Who writes: the only person whose name stands alone in a paragraph; ENT_NONE when several do. */
static uint32_t signer(const ent_linker *l)
{
    uint32_t best = ENT_NONE;
    for (uint32_t i = ent_lmap_head(&l->titles_of, ENT_L_SIGNED); i; i = l->title[i - 1].chain) {
        const ent_ltitle *a = &l->title[i - 1];
        const ent_ltype *c = &l->type[a->type];
        if (a->title != ENT_L_SIGNED || !a->count || !live(c)) continue;
        if (best != ENT_NONE && !one_entity(l, c, &l->type[best])) return ENT_NONE;
        if (best == ENT_NONE || c->nword > l->type[best].nword ||
            (c->nword == l->type[best].nword && outranks(c, &l->type[best])))
            best = a->type;
    }
    return best;
}

ent_status ent_lparent_find(ent_linker *l, uint32_t id)
{
    ent_ltype *t = &l->type[id];
    uint32_t up = ENT_NONE;
    set_parent(t, id, ENT_L_SELF);
    if (t->form == ENT_L_VIRTUAL || !t->count) return ENT_OK;
    ent_link_reason why = t->user                  ? ENT_L_USER
                          : t->kind == ENT_COUNTRY ? ENT_L_COUNTRY
                          : t->form == ENT_PRONOUN ? ENT_L_SPEAKER
                                                   : ENT_L_ALIAS;
    ent_status st = known_parent(l, id, &up);
    t = &l->type[id]; /* types may have moved */
    if (t->form == ENT_PRONOUN) up = signer(l);
    uint32_t other = !st && up == ENT_NONE && t->form == ENT_NAME ? apposed(l, id) : ENT_NONE;
    if (other != ENT_NONE) {
        why = ENT_L_ACRONYM;
        st = known_parent(l, other, &up);
        if (up == ENT_NONE) up = other;
    }
    t = &l->type[id];
    if (!st && up != ENT_NONE) set_parent(t, up, why);
    if (st || up != ENT_NONE || t->form != ENT_NAME) return st;
    choice c = choose(l, id);
    if (c.best == ENT_NONE) return ENT_OK;
    int several = c.second != ENT_NONE;
    if (!several || dominant(l, &c)) set_parent(t, c.best, c.reason);
    t->ambiguous = (uint8_t)several;
    return ENT_OK;
}

/* ---- what depends on a type ---- */

ent_status ent_ltype_redo(ent_linker *l, uint32_t id)
{
    if (l->type[id].touched & 2) return ENT_OK;
    l->type[id].touched |= 2;
    return ent_lids_push(l, &l->redo, id);
}

/* Names whose kinds tell that one is no part of the other; those of the same words still are. */
static int unrelated(const ent_ltype *a, const ent_ltype *b)
{
    if (b->form != ENT_NAME) return 1;
    if (a->kind != ENT_GROUP && b->kind != ENT_GROUP && a->kind != ENT_COUNTRY &&
        b->kind != ENT_COUNTRY && (a->kind == ENT_PROPOSAL) == (b->kind == ENT_PROPOSAL))
        return 0;
    return !same_words(a, b);
}

ent_status ent_lparent_redo(ent_linker *l, uint32_t id)
{
    ent_status st = ent_ltype_redo(l, id);
    uint32_t key = ent_ltype_alias_key(id);
    for (uint32_t i = ent_lmap_head(&l->titles_of, key); i && !st; i = l->title[i - 1].chain)
        if (l->title[i - 1].title == key) st = ent_ltype_redo(l, l->title[i - 1].type);
    if (l->type[id].form != ENT_NAME) return st;
    for (uint32_t j = 0; j < ENT_L_NODES && !st; j++) {
        uint32_t i = ent_lblock_first(l, l->type[id].block[j]);
        for (; i && !st; i = ent_lblock_next(l, i)) {
            uint32_t other = (i - 1) / ENT_L_NODES;
            if (!unrelated(&l->type[id], &l->type[other])) st = ent_ltype_redo(l, other);
        }
    }
    return st;
}
