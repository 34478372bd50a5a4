/* claim_dump - shows every candidate of the claim stage with its features, for
 * tools/train_claims.py.
 *
 *     claim_dump MODEL < DOCUMENTS > CANDIDATES
 *
 * A document is a line "D name bytes mentions", that many bytes of text, a newline, then one line
 * "M start end kind form" per mention to use in place of the pipeline's own (none: use those).
 */
#include "analyse.h"
#include "claim_sink.h"
#include "sent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct given {
    uint32_t start, end;
    int kind, form;
} given;

typedef struct state {
    const char *doc;
    uint32_t base;
    int verbose;
} state;

static void span(const state *d, const char *name, uint32_t a, uint32_t b)
{
    printf(",\"%s\":[%u,%u]", name, d->base + a, d->base + b);
}

static void feats(const ent_cfeats *f)
{
    printf(",\"f\":[");
    for (uint32_t i = 0; i < f->n; i++)
        printf("%s%u", i ? "," : "", f->at[i]);
    printf("]}\n");
}

static void on_prop(void *ctx, const ent_props *s, const ent_prop *x, const ent_cfeats *f)
{
    const state *d = ctx;
    const ent_token *t = s->parse.in.t;
    printf("{\"doc\":\"%s\",\"k\":\"prop\",\"form\":%d,\"taken\":%d", d->doc, x->form, x->taken);
    span(d, "span", t[x->first].start, t[x->last - 1].end);
    span(d, "head", t[x->head].start, t[x->head].end);
    feats(f);
}

static void on_stance(void *ctx, const ent_stances *st, const ent_scand *x, const ent_cfeats *f)
{
    const state *d = ctx;
    const ent_parse *p = &st->s->parse;
    const ent_token *t = p->in.t;
    ent_smention none = {0};
    const ent_smention *a = x->actor >= 0 ? &p->in.ms[x->actor] : &none;
    printf("{\"doc\":\"%s\",\"k\":\"stance\",\"label\":\"%s\",\"how\":%d,\"rel\":%d,\"flags\":%d,"
           "\"sure\":%d",
           d->doc, ent_stance_name(x->label), x->how, x->rel, x->flags, x->sure);
    span(d, "actor", a->start, a->end);
    span(d, "cue", t[x->cue_first[0]].start, t[x->cue_last[0] - 1].end);
    if (x->prop >= 0) {
        const ent_prop *q = &st->s->at[x->prop];
        span(d, "prop", t[q->first].start, t[q->last - 1].end);
        printf(",\"pform\":%d", q->form);
    }
    if (x->prop == ENT_C_PREVIOUS) printf(",\"previous\":1");
    if (x->target >= 0) span(d, "target", p->in.ms[x->target].start, p->in.ms[x->target].end);
    feats(f);
}

static void on_attr(void *ctx, const ent_props *s, const ent_attr *x, const ent_cfeats *f)
{
    const state *d = ctx;
    const ent_token *t = s->parse.in.t;
    printf("{\"doc\":\"%s\",\"k\":\"attr\",\"kind\":%d", d->doc, x->kind);
    span(d, "cue", t[x->cue_first].start, t[x->cue_last - 1].end);
    if (x->src_last > x->src_first)
        span(d, "source", t[x->src_first].start, t[x->src_last - 1].end);
    feats(f);
}

/* The chunks of a sentence, for the eye. */
static void show_parse(const ent_props *s, const char *text)
{
    static const char *const type[] = {"NP",  "VG", "P",  "C", "SUB", "THAT", "REL",
                                       "ADV", ",",  "\"", "(", ")",   "."};
    const ent_parse *p = &s->parse;
    for (uint32_t i = 0; i < p->n_chunks; i++) {
        const ent_chunk *c = &p->ch[i];
        uint32_t a = p->in.t[c->first].start, b = p->in.t[c->last - 1].end;
        fprintf(stderr, "%u[%s %.*s", i, type[c->type], (int)(b - a), text + a);
        if (c->type == ENT_CH_VG) fprintf(stderr, " <%d gap%d f%x", c->subj, c->gap, c->flags);
        if (c->type == ENT_CH_NP && c->actor >= 0) fprintf(stderr, " @%d", c->actor);
        if (c->type == ENT_CH_NP && c->owner >= 0) fprintf(stderr, " o%d", c->owner);
        fprintf(stderr, "] ");
    }
    fprintf(stderr, "\n");
}

static const char *shown;

static void on_parse(void *ctx, const ent_props *s)
{
    if (((const state *)ctx)->verbose) show_parse(s, shown);
}

static void use_given(const given *g, uint32_t ng, uint32_t base, uint32_t len, const ent_tokens *t,
                      ent_smentions *ms)
{
    ms->n = 0;
    for (uint32_t k = 0; k < ng; k++) {
        if (g[k].start < base || g[k].end > base + len) continue;
        uint32_t first = UINT32_MAX, last = 0;
        for (uint32_t i = 0; i < t->n; i++)
            if (t->at[i].start < g[k].end - base && t->at[i].end > g[k].start - base) {
                if (first == UINT32_MAX) first = i;
                last = i;
            }
        if (first == UINT32_MAX) continue;
        ent_grow(NULL, (void **)&ms->at, &ms->cap, ms->n + 1u, sizeof *ms->at);
        ms->at[ms->n++] = (ent_smention){.start = (uint16_t)(g[k].start - base),
                                         .end = (uint16_t)(g[k].end - base),
                                         .tok = (uint16_t)first,
                                         .ntok = (uint16_t)(last - first + 1),
                                         .kind = (uint8_t)g[k].kind,
                                         .form = (uint8_t)g[k].form,
                                         .score = 65535,
                                         .partner = UINT16_MAX};
    }
}

static void run(const ent_model *m, state *d, const char *text, uint32_t len, const given *g,
                uint32_t ng, int own)
{
    static ent_work w;
    ent_sent_state s = {0};
    ent_claim_sink sink = {d, on_parse, on_prop, on_stance, on_attr};
    for (uint32_t at = 0; at < len;) {
        unsigned flags = 0;
        uint32_t n = ent_sent_next(text + at, len - at, at == 0, 0, &s, &flags);
        d->base = at;
        shown = text + at;
        if (!(flags & ENT_S_SKIP)) {
            ent_tokenise(text + at, n, flags, NULL, &w.tokens);
            if (own) {
                w.hits.n = 0;
                if (m->gaz)
                    ent_gaz_match(m->gaz, text + at, w.tokens.at, w.tokens.n, NULL, &w.hits);
                ent_tag(m, text + at, w.tokens.at, w.tokens.n, &w.hits, flags, NULL, &w.tag,
                        &w.names);
                ent_find_mentions(m, text + at, w.tokens.at, w.tokens.n, &w.hits, &w.names, flags,
                                  NULL, &w.mentions);
            } else
                use_given(g, ng, at, n, &w.tokens, &w.mentions);
            ent_claims_with(m, text + at, w.tokens.at, w.tokens.n, NULL, flags, NULL, &w.mentions,
                            &w.claims, &sink);
        }
        at += n;
    }
}

int main(int argc, char **argv)
{
    FILE *f = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!f) return 2;
    fseek(f, 0, SEEK_END);
    size_t len = (size_t)ftell(f);
    rewind(f);
    void *data = malloc(len);
    if (!data || fread(data, 1, len, f) != len) return 2;
    ent_model *m;
    if (ent_model_open(data, len, NULL, &m)) return 2;
    char name[256];
    unsigned bytes, mentions;
    while (scanf("D %255s %u %u", name, &bytes, &mentions) == 3) {
        getchar();
        char *text = malloc(bytes + 1u);
        if (!text || fread(text, 1, bytes, stdin) != bytes) return 2;
        text[bytes] = 0;
        given *g = calloc(mentions + 1u, sizeof *g);
        for (uint32_t i = 0; g && i < mentions; i++)
            if (scanf(" M %u %u %d %d", &g[i].start, &g[i].end, &g[i].kind, &g[i].form) != 4)
                return 2;
        if (scanf(" ") == EOF && ferror(stdin)) return 2;
        state d = {name, 0, argc > 2};
        run(m, &d, text, bytes, g, mentions, mentions == 0);
        free(text);
        free(g);
    }
    return 0;
}
