/* tag_why - what made the tagger take a span for a name: for people, not for speed. */
#include "tag_in.h"

/* The likeliest other reading of the same tokens: another type, or no name at all. */
static void runner_up(const struct ent_tagger *g, const tag_cell *c, const ent_name *name,
                      ent_why *out)
{
    uint32_t none = 65535;
    for (unsigned t = 0; t < ENT_NER_TYPES; t++) {
        uint16_t s = ent_tag_span(g, c, name->first, name->n, t);
        none = none > s ? none - s : 0;
        if (t == name->type || s <= out->other_score) continue;
        out->other = (uint8_t)t;
        out->other_score = s;
    }
    if (none >= out->other_score) {
        out->other = ENT_NER_TYPES;
        out->other_score = (uint16_t)none;
    }
}

/* Keeps the strongest reasons, strongest first. */
static void keep(ent_why *out, ent_reason r)
{
    float size = r.weight < 0 ? -r.weight : r.weight;
    uint32_t k = out->n < ENT_WHY_MAX ? out->n++ : ENT_WHY_MAX;
    for (; k > 0; k--) {
        float other = out->at[k - 1].weight;
        if ((other < 0 ? -other : other) >= size) break;
        if (k < ENT_WHY_MAX) out->at[k] = out->at[k - 1];
    }
    if (k < ENT_WHY_MAX) out->at[k] = r;
}

/* The reasons of one token: its rows' weights for the label against those for the other one. */
static void token_reasons(const struct ent_tagger *g, const ent_attr *at, uint32_t n,
                          uint32_t token, unsigned label, unsigned other, ent_why *out)
{
    uint32_t features[ENT_FEAT_SLOTS];
    ent_feat_row(at, n, token, features);
    for (unsigned k = 0; k < ENT_FEAT_SLOTS; k++) {
        const int8_t *row = features[k] ? ent_tag_row(g, features[k]) : NULL;
        if (!row || row[label] == row[other]) continue;
        float w = (float)(row[label] - row[other]) / (float)g->scale;
        keep(out, (ent_reason){ent_feat_name(k), token, w});
    }
}

ent_status ent_tag_why(const ent_model *m, const char *text, const ent_token *t, uint32_t n,
                       const ent_gaz_hits *hits, unsigned sent_flags, const ent_memory *mem,
                       ent_tag_work *work, const ent_name *name, ent_why *out)
{
    tag_cell *c;
    ent_attr *at;
    *out = (ent_why){0};
    if (!m->tagger || name->n == 0 || name->n > n || name->first > n - name->n ||
        name->type >= ENT_NER_TYPES)
        return ENT_EARG;
    ent_status s = ent_tag_cells(m, text, t, n, hits, sent_flags, mem, work, &c, &at);
    if (s) return s;
    out->score = ent_tag_span(m->tagger, c, name->first, name->n, name->type);
    runner_up(m->tagger, c, name, out);
    for (uint32_t k = 0; k < name->n; k++) {
        unsigned label = tag_label(name->type, k, name->n);
        unsigned other = out->other < ENT_NER_TYPES ? tag_label(out->other, k, name->n) : 0;
        token_reasons(m->tagger, at, n, name->first + k, label, other, out);
    }
    return ENT_OK;
}
