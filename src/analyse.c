/* analyse - one sentence from bytes to a result. See analyse.h. */
#include "analyse.h"
#include "sent.h"

#include <string.h>

/* Fields of ent_kmention have room for what a sentence can hold. */
_Static_assert(ENT_MAX_SENT <= 1 << 12, "ent_kmention.start, end");
_Static_assert(ENT_MAX_TOKENS < 1 << 9, "ent_kmention.tok, ntok");
_Static_assert(ENT_KINDS < 1 << 3 && ENT_VERBAL < 1 << 2, "ent_kmention.kind, form");

/* A mention as it is kept. Appositions to mentions behind the first few hundred of a sentence are
 * not kept: there are none in real text. */
static ent_kmention keep(const ent_smention *m, uint32_t user)
{
    return (ent_kmention){.start = m->start & 0xFFFu,
                          .end = m->end & 0x1FFFu,
                          .kind = m->kind & 7u,
                          .form = m->form & 3u,
                          .syntax = m->syntax,
                          .clause = m->clause,
                          .label = m->label,
                          .tok = m->tok & 0x1FFu,
                          .ntok = m->ntok & 0x1FFu,
                          .partner =
                              m->partner < ENT_NO_PARTNER ? m->partner & 0x1FFu : ENT_NO_PARTNER,
                          .describes = m->describes & 1u,
                          .flags = m->flags,
                          .score = m->score,
                          .country = m->country,
                          .org = m->org,
                          .user = (uint8_t)user,
                          .name = m->key,
                          .title = m->title,
                          .entity = ENT_NONE};
}

/* Mentions and, behind all, the names the user joins them under. */
static void keep_mentions(const ent_work *w, ent_result *r, uint32_t *users)
{
    for (uint32_t i = 0, n = 0; i < r->n_mentions; i++) {
        const ent_smention *m = &w->mentions.at[i];
        int joined = m->user && n < r->n_users;
        if (joined) users[n++] = m->user;
        r->mentions[i] = keep(m, joined ? n : 0);
    }
}

static size_t size_of(const ent_result *r)
{
    return sizeof *r + r->n_mentions * sizeof(ent_kmention) + r->n_claims * sizeof(ent_sclaim) +
           r->n_attrs * sizeof(ent_sattr) + r->n_users * sizeof(uint32_t);
}

/* Packs the scratch arrays into one block; an empty sentence costs nothing. */
static ent_status pack(const ent_work *w, const ent_memory *mem, ent_result **out)
{
    ent_result head = {.n_mentions = (uint16_t)w->mentions.n,
                       .n_claims = (uint16_t)w->claims.n,
                       .n_attrs = (uint16_t)w->claims.n_attr};
    for (uint32_t i = 0; i < w->mentions.n; i++)
        if (w->mentions.at[i].user && head.n_users < UINT8_MAX) head.n_users++;
    *out = NULL;
    if (head.n_mentions + head.n_claims + head.n_attrs == 0) return ENT_OK;
    ent_result *r = ent_realloc(mem, NULL, 0, size_of(&head));
    if (!r) return ENT_ENOMEM;
    *r = head;
    ent_sclaim *claims = ent_result_claims(r);
    ent_sattr *attrs = ent_result_attrs(r);
    if (r->n_claims) memcpy(claims, w->claims.at, r->n_claims * sizeof *claims);
    if (r->n_attrs) memcpy(attrs, w->claims.attr, r->n_attrs * sizeof *attrs);
    keep_mentions(w, r, (uint32_t *)(void *)(attrs + r->n_attrs));
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
    if (r) ent_free(mem, r, size_of(r));
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
