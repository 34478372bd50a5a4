/* analyse - one sentence from bytes to a result. See analyse.h. */
#include "analyse.h"
#include "sent.h"

#include <string.h>

/* Packs the scratch arrays into one block; an empty sentence costs nothing. */
static ent_status pack(const ent_work *w, const ent_memory *mem, ent_result **out)
{
    *out = NULL;
    size_t nm = w->mentions.n, nc = w->claims.n, na = w->claims.n_attr;
    if (nm + nc + na == 0) return ENT_OK;
    size_t size = sizeof(ent_result) + nm * sizeof(ent_smention) + nc * sizeof(ent_sclaim) +
                  na * sizeof(ent_sattr);
    ent_result *r = ent_realloc(mem, NULL, 0, size);
    if (!r) return ENT_ENOMEM;
    *r = (ent_result){.size = (uint32_t)size,
                      .n_mentions = (uint32_t)nm,
                      .n_claims = (uint32_t)nc,
                      .n_attrs = (uint32_t)na};
    r->mentions = (ent_smention *)(r + 1);
    r->claims = (ent_sclaim *)(r->mentions + nm);
    r->attrs = (ent_sattr *)(r->claims + nc);
    if (nm) memcpy(r->mentions, w->mentions.at, nm * sizeof(ent_smention));
    for (size_t i = 0; i < nm; i++)
        r->mentions[i].own = r->mentions[i].entity = ENT_NONE;
    if (nc) memcpy(r->claims, w->claims.at, nc * sizeof(ent_sclaim));
    if (na) memcpy(r->attrs, w->claims.attr, na * sizeof(ent_sattr));
    *out = r;
    return ENT_OK;
}

ent_status ent_analyse(const ent_model *m, const char *s, uint32_t n, unsigned flags,
                       const ent_memory *mem, ent_work *w, ent_result **out)
{
    *out = NULL;
    if (flags & ENT_S_SKIP) return ENT_OK;
    ent_status st = ent_tokenise(s, n, flags, mem, &w->tokens);
    const ent_token *t = w->tokens.at;
    uint32_t nt = w->tokens.n;
    w->hits.n = 0;
    if (!st) st = ent_gaz_match(m->gaz, s, t, nt, mem, &w->hits);
    if (!st) st = ent_tag(m, s, t, nt, &w->hits, flags, mem, &w->tag, &w->names);
    if (!st) st = ent_find_mentions(m, s, t, nt, &w->hits, &w->names, flags, mem, &w->mentions);
    if (!st) st = ent_user_apply(w->user, s, t, nt, mem, &w->mentions);
    if (!st) ent_mentions_nest(&w->mentions);
    if (!st)
        st = ent_find_claims(m, s, t, nt, &w->hits, w->user ? w->user->cover : NULL, flags, mem,
                             &w->mentions, &w->claims);
    return st ? st : pack(w, mem, out);
}

void ent_result_free(ent_result *r, const ent_memory *mem)
{
    if (r) ent_free(mem, r, r->size);
}

void ent_work_free(ent_work *w, const ent_memory *mem)
{
    ent_free(mem, w->tokens.at, w->tokens.cap * sizeof *w->tokens.at);
    ent_free(mem, w->hits.at, w->hits.cap * sizeof *w->hits.at);
    ent_free(mem, w->hits.word, w->hits.cap_word * sizeof *w->hits.word);
    ent_names_free(&w->names, mem);
    ent_free(mem, w->tag.p, w->tag.cap);
    ent_free(mem, w->mentions.at, w->mentions.cap * sizeof *w->mentions.at);
    ent_free(mem, w->claims.at, w->claims.cap * sizeof *w->claims.at);
    ent_free(mem, w->claims.attr, w->claims.cap_attr * sizeof *w->claims.attr);
    *w = (ent_work){0};
}
