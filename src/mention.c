/* mention - names: the tagger's spans, trimmed to what GUIDE calls a name, with one of our kinds;
 * countries that the tagger leaves out (adjectives, peoples); and the order of the steps. */
#include "mention_in.h"

#include <string.h>

enum {
    MENTION_STATE = ENT_G_COUNTRY | ENT_G_DEMONYM | ENT_G_PEOPLE,
    MENTION_NAMEISH = MENTION_STATE | ENT_G_SEAT | ENT_G_PLACE | ENT_G_ORG | ENT_G_PERSON
};

const ent_gaz_hit *mention_hit(const mention_in *in, uint32_t first, unsigned kinds)
{
    for (uint32_t k = in->first_hit[first]; k < in->hits->n && in->hits->at[k].first == first; k++)
        if (in->hits->at[k].e.kinds & kinds) return &in->hits->at[k];
    return NULL;
}

const ent_gaz_hit *mention_exact(const mention_in *in, uint32_t first, uint32_t n, unsigned kinds)
{
    for (uint32_t k = in->first_hit[first]; k < in->hits->n && in->hits->at[k].first == first; k++)
        if (in->hits->at[k].n == n && in->hits->at[k].e.kinds & kinds) return &in->hits->at[k];
    return NULL;
}

ent_smention *mention_add(mention_in *in, uint32_t first, uint32_t n, ent_kind kind, ent_form form,
                          double score)
{
    ent_smentions *o = in->out;
    if (in->status || o->n + 1 >= UINT16_MAX) return NULL;
    in->status = ent_grow(in->mem, (void **)&o->at, &o->cap, o->n + 1u, sizeof *o->at);
    if (in->status) return NULL;
    uint32_t last = first + n - 1, key = 0;
    for (uint32_t k = first; k <= last; k++)
        key = ent_hash_join(key, in->t[k].lower);
    if (form == ENT_NAME && kind != ENT_GROUP)
        for (uint32_t k = first; k <= last; k++)
            if (!in->owner[k]) in->owner[k] = (uint16_t)(o->n + 1);
    ent_smention *m = &o->at[o->n++];
    *m = (ent_smention){.start = in->t[first].start,
                        .end = in->t[last].end,
                        .tok = (uint16_t)first,
                        .ntok = (uint16_t)n,
                        .kind = (uint8_t)kind,
                        .form = (uint8_t)form,
                        .score = (uint16_t)(score * 65535.0),
                        .partner = UINT16_MAX,
                        .key = key,
                        .first = in->t[first].lower,
                        .last = in->t[last].lower,
                        .entity = ENT_NONE};
    return m;
}

/* Takes what the gazetteer says of the whole name: state, organisation, sex. */
static void name_facts(const mention_in *in, ent_smention *m, const ent_gaz_hit *h)
{
    if (h) {
        m->country = h->e.country;
        m->org = h->e.id;
        if (m->kind == ENT_COUNTRY && !(h->e.kinds & (ENT_G_COUNTRY | ENT_G_SEAT)))
            m->flags |= ENT_M_ADJ;
        if (h->e.kinds & ENT_G_PEOPLE) m->flags |= ENT_M_PLURAL;
    }
    const ent_gaz_entry *w = mention_word(in, m->tok);
    if (m->kind == ENT_PERSON && w->kinds & ENT_G_GIVEN) {
        if (w->flags & ENT_GF_MALE) m->flags |= ENT_M_MALE;
        if (w->flags & ENT_GF_FEMALE) m->flags |= ENT_M_FEMALE;
    }
}

/* A leading part that is not of the name: article, title, a state before a title. Gives how many
 * tokens to leave out, 0 when the rest would hold no capital. */
static uint32_t name_excess(const mention_in *in, uint32_t first, uint32_t n, ent_nertype type)
{
    const ent_gaz_hit *h = mention_hit(in, first, ENT_G_TITLE), *s = NULL;
    uint32_t skip = 0;
    if (n < 2 || mention_exact(in, first, n, MENTION_NAMEISH)) return 0;
    if (mention_is(in, first, ENT_W_DET))
        skip = 1;
    else if (type == ENT_NER_PER && h)
        skip = h->n;
    else if (type == ENT_NER_PER && (s = mention_hit(in, first, MENTION_STATE)) && s->n < n &&
             mention_hit(in, first + s->n, ENT_G_TITLE))
        skip = s->n;
    while (skip && skip < n && in->t[first + skip].cls != ENT_T_WORD)
        skip++;
    return skip < n && in->t[first + skip].shape >= ENT_SH_INIT ? skip : 0;
}

/* Our kind of a tagged name. A state's name wins over the tagger unless it is also a person's and
 * the tagger says person; cities that are seats are decided later, by what they do. */
static ent_kind name_kind(const mention_in *in, uint32_t first, uint32_t n, ent_nertype type,
                          const ent_gaz_hit **fact)
{
    static const ent_kind kind[] = {ENT_PERSON, ENT_ORGANISATION, ENT_PLACE};
    const ent_gaz_hit *h = mention_exact(in, first, n, MENTION_NAMEISH);
    *fact = h;
    if (!h) return kind[type];
    unsigned doubt = ENT_GF_WORD | ENT_GF_OTHER;
    if (h->e.kinds & MENTION_STATE && !(type == ENT_NER_PER && h->e.flags & doubt))
        return ENT_COUNTRY;
    if (type == ENT_NER_PER && !(h->e.kinds & ENT_G_PERSON) && !(h->e.flags & doubt)) {
        if (h->e.kinds & ENT_G_ORG && h->e.weight >= 150) return ENT_ORGANISATION;
        if (h->e.kinds & ENT_G_SEAT) return ENT_PLACE;
    }
    if (type == ENT_NER_LOC && h->e.kinds & ENT_G_ORG && h->e.id && !(h->e.kinds & ENT_G_PLACE))
        return ENT_ORGANISATION;
    if (type == ENT_NER_ORG && h->e.kinds & (ENT_G_PLACE | ENT_G_SEAT) &&
        !(h->e.kinds & ENT_G_ORG) && first > 0 && mention_is(in, first - 1, ENT_W_LOC))
        return ENT_PLACE;
    return kind[type];
}

/* "U.S. Senate", "French Foreign Ministry": the state inside a body that its name describes is a
 * mention of its own; inside a proper name ("Libyan National Army") it is not. */
static void name_nested(mention_in *in, uint32_t first, uint32_t n)
{
    const ent_gaz_hit *h = mention_hit(in, first, ENT_G_COUNTRY | ENT_G_DEMONYM);
    if (!h || h->n >= n || !mention_exact(in, first + h->n, n - h->n, ENT_G_ORGNOUN)) return;
    if (mention_exact(in, first, n, ENT_G_ORG) && mention_exact(in, first, n, ENT_G_ORG)->e.id)
        return;
    ent_smention *m = mention_add(in, first, h->n, ENT_COUNTRY, ENT_NAME, 0.95);
    if (m) name_facts(in, m, h);
}

/* A state before a title that the tagger took into a person's name is a country of its own. */
static void name_before(mention_in *in, uint32_t first, uint32_t n)
{
    const ent_gaz_hit *h = mention_exact(in, first, n, MENTION_STATE);
    ent_smention *m = h ? mention_add(in, first, n, ENT_COUNTRY, ENT_NAME, 0.95) : NULL;
    if (m) name_facts(in, m, h);
}

static void add_name(mention_in *in, const ent_name *nm)
{
    uint32_t first = nm->first, n = nm->n, skip;
    while ((skip = name_excess(in, first, n, (ent_nertype)nm->type)) > 0) {
        name_before(in, first, skip);
        first += skip;
        n -= skip;
    }
    while (n > 1 && in->t[first + n - 1].flags & ENT_T_POSS)
        n--;
    const ent_gaz_hit *fact;
    ent_kind kind = name_kind(in, first, n, (ent_nertype)nm->type, &fact);
    double p = nm->score / 65535.0;
    if (kind == ENT_COUNTRY && fact && p < 0.9) p = 0.9;
    ent_smention *m = mention_add(in, first, n, kind, ENT_NAME, p);
    if (!m) return;
    if (nm->doubtful && kind != ENT_COUNTRY) m->flags |= ENT_M_HIDDEN;
    name_facts(in, m, fact);
    if (kind == ENT_ORGANISATION) name_nested(in, first, n);
}

static int is_free(const mention_in *in, uint32_t first, uint32_t n)
{
    for (uint32_t i = first; i < first + n; i++)
        if (in->owner[i]) return 0;
    return 1;
}

/* Adjectives, peoples and names of states are known words: found whatever the tagger says, but not
 * in lower case unless the whole note is. */
static void add_states(mention_in *in)
{
    for (uint32_t k = 0; k < in->hits->n; k++) {
        const ent_gaz_hit *h = &in->hits->at[k];
        const ent_token *t = &in->t[h->first];
        if (!(h->e.kinds & MENTION_STATE) || !is_free(in, h->first, h->n)) continue;
        if (t->shape < ENT_SH_INIT && !in->capless) continue;
        ent_smention *m = mention_add(in, h->first, h->n, ENT_COUNTRY, ENT_NAME,
                                      h->e.flags & ENT_GF_WORD ? 0.7 : 0.96);
        if (m) name_facts(in, m, h);
    }
}

void mention_names(mention_in *in, const ent_names *names)
{
    for (uint32_t k = 0; k < names->n; k++)
        add_name(in, &names->at[k]);
    add_states(in);
}

/* Whether capitals say nothing because there are none. */
static int is_capless(const mention_in *in)
{
    for (uint32_t i = 1; i < in->n; i++)
        if (in->t[i].shape >= ENT_SH_INIT) return 0;
    return in->n > 0 && in->t[0].shape < ENT_SH_INIT;
}

/* Where the hits of each token begin, so that no step searches for them. */
static void index_hits(mention_in *in)
{
    uint32_t k = 0;
    for (uint32_t i = 0; i <= in->n; i++) {
        while (k < in->hits->n && in->hits->at[k].first < i)
            k++;
        in->first_hit[i] = (uint16_t)k;
    }
}

ent_status ent_find_mentions(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                             const ent_gaz_hits *hits, const ent_names *names, unsigned sent_flags,
                             const ent_memory *mem, ent_smentions *out)
{
    (void)m;
    mention_in in;
    out->n = 0;
    in.text = text;
    in.t = t;
    in.n = n < ENT_MAX_TOKENS ? n : ENT_MAX_TOKENS;
    in.hits = hits;
    in.flags = sent_flags;
    in.mem = mem;
    in.out = out;
    in.status = ENT_OK;
    memset(in.owner, 0, in.n * sizeof *in.owner);
    in.capless = is_capless(&in);
    index_hits(&in);
    mention_names(&in, names);
    mention_bodies(&in);
    mention_groups(&in);
    mention_nominals(&in);
    mention_pronouns(&in);
    if (!in.status) mention_roles(&in);
    return in.status;
}
