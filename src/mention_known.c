/* mention_known - names that are known without a tagger: states, their adjectives and peoples,
 * regions, well-known bodies; and words that may be names, kept out of sight. */
#include "mention_in.h"

enum {
    NAME_SURE = 200, /* weight of organisations that are names wherever they stand */
    NAME_FAMILY = 60 /* least weight of a family name that is one in lower case */
};

/* A person's name in a note without capitals: a full name, or a family name that is nothing else.
 */
static int known_person(const ent_gaz_hit *h)
{
    unsigned k = h->e.kinds;
    return k & ENT_G_PERSON ||
           (k & ENT_G_FAMILY && h->e.weight >= NAME_FAMILY && !h->e.classes &&
            !(h->e.flags & (ENT_GF_WORD | ENT_GF_OTHER)) && !(k & ~(ENT_G_FAMILY | ENT_G_GIVEN)));
}

/* What a hit is without a tagger's word: a country, region or well-known body, a person in notes
 * without capitals; ENT_KINDS nothing. */
static ent_kind known_kind(const mention_in *in, const ent_gaz_hit *h)
{
    unsigned k = h->e.kinds, f = h->e.flags;
    if (k & MENTION_STATE) return mention_goods(in, h->first, h->n) ? ENT_KINDS : ENT_COUNTRY;
    if (in->capless) return known_person(h) ? ENT_PERSON : ENT_KINDS;
    if (f & ENT_GF_WORD) return ENT_KINDS;
    if (k & ENT_G_ORG && h->e.weight >= NAME_SURE && !(in->shouts && f & ENT_GF_CASE))
        return ENT_ORGANISATION;
    if (k & (ENT_G_SEAT | ENT_G_PLACE) && (k & ENT_G_SEAT || f & ENT_GF_REGION) &&
        !(k & (ENT_G_PERSON | ENT_G_GIVEN)) && (in->shouts || !(k & ENT_G_FAMILY)))
        return ENT_PLACE;
    if (in->shouts && k & ENT_G_PLACE && !(k & (ENT_G_PERSON | ENT_G_GIVEN | ENT_G_FAMILY)) &&
        h->first > 0 && mention_is(in, h->first - 1, ENT_W_LOC))
        return ENT_PLACE; /* "TALKS IN GENEVA" */
    return ENT_KINDS;
}

/* "May 15": a day, though a body bears its name. */
static int known_day(const mention_in *in, const ent_gaz_hit *h)
{
    return h->n == 2 && mention_is(in, h->first, ENT_W_MONTH) &&
           in->t[h->first + 1].cls == ENT_T_NUMBER;
}

/* "Fed Cup": a body's short name that begins the name of something else; whose titles, groups and
 * known names may follow it. */
static int known_begins(const mention_in *in, const ent_gaz_hit *h)
{
    const unsigned mine = MENTION_NAMEISH | ENT_G_GIVEN | ENT_G_FAMILY | ENT_G_TITLE |
                          ENT_G_GROUPNOUN | ENT_G_ORGNOUN | ENT_G_ORGWORD;
    uint32_t next = h->first + h->n;
    if (h->n > 1 || in->shouts || next >= in->n || in->flags & ENT_S_CAPS) return 0;
    const ent_token *t = &in->t[next];
    return t->cls == ENT_T_WORD && t->shape == ENT_SH_INIT && !in->owner[next] &&
           !(mention_word(in, next)->kinds & mine) && !(in->t[next - 1].flags & ENT_T_POSS);
}

/* "US$ 73": a currency, not a state. */
static int known_price(const mention_in *in, uint32_t i)
{
    return i < in->n && in->t[i].cls == ENT_T_SYMBOL && mention_mark(in, i, '$');
}

/* Adjectives, peoples and names of states are found whatever the tagger says, regions and
 * well-known bodies where it says nothing; in lower case only states, in notes without capitals. */
void mention_known(mention_in *in)
{
    for (uint32_t k = 0; k < in->hits->n; k++) {
        const ent_gaz_hit *h = &in->hits->at[k];
        unsigned kinds = MENTION_NAMEISH | (in->capless ? ENT_G_FAMILY : 0u);
        if (!(h->e.kinds & kinds) || !mention_free(in, h->first, h->n)) continue;
        int capital =
            in->t[h->first].shape >= ENT_SH_INIT || in->t[h->first + h->n - 1].shape >= ENT_SH_INIT;
        if ((!capital && !in->capless) || known_price(in, h->first + h->n)) continue;
        ent_kind kind = known_kind(in, h);
        if (kind == ENT_KINDS || mention_in_title(in, h->first, h->n)) continue;
        if (kind != ENT_COUNTRY && mention_within_other(in, h->first, h->n)) continue;
        if (kind == ENT_ORGANISATION && (known_day(in, h) || known_begins(in, h))) continue;
        double p = h->e.flags & ENT_GF_WORD ? 0.7 : kind == ENT_COUNTRY ? 0.96 : 0.8;
        ent_smention *m = mention_put(in, h->first, h->n, kind, p, h);
        if (m && kind == ENT_PLACE && h->e.flags & ENT_GF_REGION) m->flags |= ENT_M_ADJ;
    }
}

/* A capital in running text that no list explains: a word nobody knows, or a name's part. */
static int is_unknown(const mention_in *in, uint32_t i)
{
    const ent_token *t = &in->t[i];
    const ent_gaz_entry *w = mention_word(in, i);
    unsigned names = ENT_G_PERSON | ENT_G_GIVEN | ENT_G_FAMILY | ENT_G_ORG | ENT_G_PLACE;
    return t->cls == ENT_T_WORD && t->shape >= ENT_SH_INIT && t->end - t->start > 2 &&
           !in->owner[i] && !in->other[i] && !w->classes && !(w->kinds & ~names);
}

/* Such words are kept out of sight: a name that the document shows elsewhere, in full or with a
 * surer reading, brings them out. What they are is open, so they are offered as two kinds. */
void mention_unknown(mention_in *in)
{
    if (in->flags & ENT_S_CAPS) return;
    for (uint32_t i = 0; i < in->n; i++) {
        if (mention_acts(in, i)) {
            int speaks = mention_speaks(in, i);
            ent_smention *m = mention_add(in, i, 1, ENT_PERSON, ENT_NAME, speaks ? 0.6 : 0.3);
            if (!m) return;
            if (!speaks) m->flags |= ENT_M_HIDDEN;
        }
        if (!is_unknown(in, i)) continue;
        uint32_t n = 1;
        while (n < 3 && i + n < in->n && is_unknown(in, i + n))
            n++;
        for (int person = 0; person < 2; person++) {
            if (person && in->t[i].shape == ENT_SH_UPPER) break;
            ent_smention *m =
                mention_add(in, i, n, person ? ENT_PERSON : ENT_ORGANISATION, ENT_NAME, 0.3);
            if (!m) return;
            m->flags |= ENT_M_HIDDEN;
            if (person) continue;
            for (uint32_t k = i; k < i + n; k++)
                in->owner[k] = 0;
        }
        i += n - 1;
    }
}
