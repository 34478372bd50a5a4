/* link_score - features and weights of the choice of an antecedent. See link_impl.h.
 *
 * A mention-ranking model: every candidate gets the sum of the weights of its features, "none" gets
 * 0, the best wins, and the softmax over all is how sure that is. Weights are learnt by
 * tools/train_link.lua and kept, readable, in lexicon/link.tsv; the LINK section of a model holds
 * them as floats, class by class.
 */
#include "link_impl.h"

#include <string.h>

struct ent_linkmodel {
    const float *weights; /* [ENT_LC_CLASSES][ENT_LF_FEATURES], in the model's bytes */
};

static const char *const feature_names[ENT_LF_FEATURES] = {
    "bias",      "sent0",        "sent1",       "sent2",    "sent3",     "far",       "nearest",
    "second",    "subject",      "object",      "oblique",  "first",     "parallel",  "samesubj",
    "name",      "pronoun",      "nominal",     "sameword", "window",    "text",      "sex",
    "person",    "country",      "body",        "group",    "place",     "proposal",  "nested",
    "poss",      "adj",          "plural",      "para",     "quote",     "title",     "onlytitle",
    "head",      "state",        "otherstate",  "subject0", "subject1",  "first0",    "first1",
    "leads0",    "leads1",       "bothsubject", "owned0",   "full",      "between",   "only",
    "after",     "aftersubject", "again",       "told",     "lastpron0", "lastpron1", "opens0",
    "opens1",    "subjects",     "tokens0",     "speaker",  "owned",     "owner",     "heaviest",
    "definite",  "defhead",      "choice",      "new",      "cataphor",  "bound",     "parallel1",
    "oblique0",  "heavytitle",   "otherhead",   "subj0",    "subj1",     "subj2",     "main0",
    "main1",     "obj0",         "obj1",        "prep0",    "prep1",     "genitive0", "genitive1",
    "clause",    "binds",        "before",      "clauses0", "alike0",    "alike1",    "subjects0",
    "subjects1", "hangs0",       "hangs1",      "up",       "down",      "aside",     "kin",
    "most",      "mostsubject",  "openspara",   "earliest", "othersex"};

static const char *const class_names[ENT_LC_CLASSES] = {
    "he",   "him",    "his",     "it",   "its",   "they",  "their",
    "this", "person", "country", "body", "group", "place", "proposal"};

const char *ent_lfeature_name(unsigned f)
{
    return f < ENT_LF_FEATURES ? feature_names[f] : NULL;
}

const char *ent_lclass_name(unsigned c)
{
    return c < ENT_LC_CLASSES ? class_names[c] : NULL;
}

const float *ent_lweights(const ent_model *m, ent_lclass c)
{
    return m && m->link ? m->link->weights + (size_t)c * ENT_LF_FEATURES : NULL;
}

ent_status ent_link_open(const ent_model *m, struct ent_linkmodel **out)
{
    size_t size;
    uint32_t version;
    const uint8_t *p = ent_model_section(m, "LINK", &size, &version);
    *out = NULL;
    if (!p) return ENT_OK;
    if (version != ENT_L_VERSION || size != sizeof(float) * ENT_LC_CLASSES * ENT_LF_FEATURES)
        return ENT_EMODEL;
    const float *w = (const float *)(const void *)p;
    for (uint32_t i = 0; i < ENT_LC_CLASSES * ENT_LF_FEATURES; i++)
        if (!(w[i] > -1e4f && w[i] < 1e4f)) return ENT_EMODEL;
    *out = ent_realloc(&m->mem, NULL, 0, sizeof **out);
    if (!*out) return ENT_ENOMEM;
    (*out)->weights = w;
    return ENT_OK;
}

void ent_link_close(struct ent_linkmodel *c, const ent_memory *mem)
{
    ent_free(mem, c, sizeof *c);
}
