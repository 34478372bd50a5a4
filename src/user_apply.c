/* user_apply - the user's rules laid over the mentions of a sentence. See user.h.
 *
 * From each token the longest name with a rule, or else a pattern, is looked for; what it says is
 * done to the mention of just these words, which is made when there is none and the rule gives a
 * kind. O(tokens * rules that begin alike). */
#include "user.h"

#include <string.h>

typedef struct site { /* tokens [first, first + n) and what is said of them */
    uint32_t first, n;
    unsigned kind, ignore;
    uint32_t group;
} site;

/* ---- finding ---- */

static int words_at(const ent_token *t, uint32_t n, uint32_t i, const ent_uentry *e)
{
    if (e->n > n - i || (e->capital && t[i].shape < ENT_SH_INIT)) return 0;
    for (uint32_t k = 0; k < e->n; k++)
        if (t[i + k].lower != e->word[k]) return 0;
    for (uint32_t k = 0; k < e->n_before; k++)
        if (k >= i || t[i - 1 - k].lower != e->before[k]) return 0;
    for (uint32_t k = 0; k < e->n_after; k++)
        if (e->n + k >= n - i || t[i + e->n + k].lower != e->after[k]) return 0;
    return 1;
}

static const ent_uentry *entry_at(const ent_user *u, const ent_token *t, uint32_t n, uint32_t i)
{
    if (!u->n_slots) return NULL;
    uint32_t s = t[i].lower & (u->n_slots - 1);
    while (u->slot[s] && u->entry[u->slot[s] - 1].word[0] != t[i].lower)
        s = (s + 1) & (u->n_slots - 1);
    for (uint32_t e = u->slot[s]; e; e = u->entry[e - 1].next)
        if (words_at(t, n, i, &u->entry[e - 1])) return &u->entry[e - 1];
    return NULL;
}

static int item_takes(const ent_uitem *it, const ent_token *t)
{
    switch (it->class) {
    case ENT_UC_WORD:
        return t->lower == it->word;
    case ENT_UC_ANY:
        return t->cls == ENT_T_WORD;
    case ENT_UC_CAPITAL:
        return t->cls == ENT_T_WORD && t->shape >= ENT_SH_INIT;
    case ENT_UC_NUMBER:
        return t->cls == ENT_T_NUMBER || t->flags & ENT_T_DIGIT;
    default:
        return t->shape == ENT_SH_UPPER || t->shape == ENT_SH_ACRO;
    }
}

/* Tokens a pattern takes from token i on, 0 when it does not fit. A run takes all it can and gives
 * nothing back: linear. */
static uint32_t pattern_at(const ent_upattern *p, const ent_token *t, uint32_t n, uint32_t i)
{
    uint32_t at = i;
    for (uint32_t k = 0; k < p->n; k++) {
        uint32_t most = p->item[k].many ? ENT_U_RUN : 1, took = 0;
        while (took < most && at < n && item_takes(&p->item[k], &t[at]))
            at++, took++;
        if (!took) return 0;
    }
    return at - i;
}

/* What the rules say from token i on; n == 0 when nothing. */
static site site_at(const ent_user *u, const ent_token *t, uint32_t n, uint32_t i)
{
    site s = {.first = i, .kind = ENT_KINDS};
    const ent_uentry *e = entry_at(u, t, n, i);
    if (e) {
        s.n = e->n;
        s.kind = e->kind;
        s.ignore = e->ignore;
        s.group = e->group ? u->group[e->group - 1].id : 0;
        if (s.kind == ENT_KINDS && e->group) s.kind = u->group[e->group - 1].kind;
        return s;
    }
    for (uint32_t p = 0; p < u->n_patterns; p++) {
        uint32_t k = pattern_at(&u->pattern[p], t, n, i);
        if (k <= s.n) continue;
        s.n = k;
        s.kind = u->pattern[p].kind;
    }
    return s;
}

/* ---- doing ---- */

/* Takes mention i out; numbers of partners stay right. */
static void take_out(ent_smentions *ms, uint32_t i)
{
    memmove(ms->at + i, ms->at + i + 1, (ms->n - i - 1) * sizeof *ms->at);
    ms->n--;
    for (uint32_t k = 0; k < ms->n; k++) {
        ent_smention *m = &ms->at[k];
        if (m->partner == UINT16_MAX || m->partner < i) continue;
        if (m->partner == i) {
            m->partner = UINT16_MAX;
            m->flags &= (uint16_t)~ENT_M_APPOS;
        } else {
            m->partner--;
        }
    }
}

/* Puts a mention in its place; the caller made room. */
static void put_in(ent_smentions *ms, const ent_smention *m)
{
    uint32_t i = ms->n++;
    for (; i > 0; i--) {
        const ent_smention *p = &ms->at[i - 1];
        if (p->start < m->start || (p->start == m->start && p->end >= m->end)) break;
        ms->at[i] = *p;
    }
    ms->at[i] = *m;
    for (uint32_t k = 0; k < ms->n; k++)
        if (k != i && ms->at[k].partner != UINT16_MAX && ms->at[k].partner >= i)
            ms->at[k].partner++;
}

static ent_smention mention_of(const ent_token *t, const site *s)
{
    uint32_t last = s->first + s->n - 1, key = 0;
    for (uint32_t k = s->first; k <= last; k++)
        key = ent_hash_join(key, t[k].lower);
    return (ent_smention){.start = (uint16_t)t[s->first].start,
                          .end = (uint16_t)t[last].end,
                          .tok = (uint16_t)s->first,
                          .ntok = (uint16_t)s->n,
                          .kind = (uint8_t)s->kind,
                          .form = ENT_NAME,
                          .partner = UINT16_MAX,
                          .key = key};
}

/* Names that the site cuts, and those within it: a name the user gave holds no other. What they
 * were in the sentence is kept for the new one. */
static void clear_site(ent_smentions *ms, const ent_smention *m, ent_smention *old)
{
    for (uint32_t i = ms->n; i-- > 0;) {
        const ent_smention *p = &ms->at[i];
        int meets = p->start < m->end && m->start < p->end;
        int holds = p->start <= m->start && m->end <= p->end;
        if (!meets || (holds && (p->start != m->start || p->end != m->end))) continue;
        if (p->form == ENT_PRONOUN) continue;
        *old = *p;
        take_out(ms, i);
    }
}

static ent_status mark(const ent_token *t, const site *s, const ent_memory *mem, ent_smentions *ms)
{
    const unsigned roles = ENT_M_INQUOTE | ENT_M_POSS | ENT_M_SUBJECT | ENT_M_OBJECT |
                           ENT_M_OBLIQUE | ENT_M_TITLED | ENT_M_DEFINITE | ENT_M_MALE |
                           ENT_M_FEMALE;
    ent_status st = ent_grow(mem, (void **)&ms->at, &ms->cap, ms->n + 1u, sizeof *ms->at);
    if (st || ms->n + 1u >= UINT16_MAX) return st;
    ent_smention m = mention_of(t, s), old = {0};
    clear_site(ms, &m, &old);
    m.flags = (uint16_t)(old.flags & roles);
    if (old.flags & ENT_M_TITLED) m.title = old.title;
    if (old.kind == m.kind && old.start == m.start && old.end == m.end) {
        m.country = old.country;
        m.org = old.org;
    }
    if (t[s->first].flags & ENT_T_INQUOTE) m.flags |= ENT_M_INQUOTE;
    m.user = s->group;
    m.score = UINT16_MAX;
    put_in(ms, &m);
    return ENT_OK;
}

/* The mention of exactly these tokens, or ms->n. */
static uint32_t find(const ent_smentions *ms, const site *s)
{
    uint32_t i = 0;
    while (i < ms->n && (ms->at[i].tok != s->first || ms->at[i].ntok != s->n))
        i++;
    return i;
}

static ent_status apply(const ent_token *t, const site *s, const ent_memory *mem, ent_smentions *ms)
{
    uint32_t i = find(ms, s);
    if (s->ignore) {
        if (i < ms->n) take_out(ms, i);
        return ENT_OK;
    }
    if (s->kind < ENT_KINDS) return mark(t, s, mem, ms);
    if (i == ms->n) return ENT_OK;
    ms->at[i].user = s->group;
    ms->at[i].flags &= (uint16_t)~ENT_M_HIDDEN;
    return ENT_OK;
}

ent_status ent_user_apply(const ent_user *u, const char *text, const ent_token *t, uint32_t n,
                          const ent_memory *mem, ent_smentions *ms)
{
    (void)text;
    if (!u || (!u->n && !u->n_patterns)) return ENT_OK;
    for (uint32_t i = 0; i < n;) {
        site s = site_at(u, t, n, i);
        ent_status st = s.n ? apply(t, &s, mem, ms) : ENT_OK;
        if (st) return st;
        i += s.n ? s.n : 1;
    }
    return ENT_OK;
}
