/* clex_user - nouns and cues that the user adds to the lexicon. See clex.h. */
#include "clex.h"

#include <string.h>

typedef struct told {
    uint32_t word; /* fingerprint */
    uint8_t forms, noun;
} told;

typedef struct told_cue {
    uint32_t first, rest[ENT_COVER_WORDS];
    ent_cue q;
} told_cue;

struct ent_cover {
    told *at; /* by fingerprint, ascending */
    uint32_t n, cap;
    told_cue *cue; /* by first word, ascending; of one word the longer ones first */
    uint32_t n_cues, cap_cues;
    ent_phrase *phrase; /* in the order told */
    uint32_t n_phrases, cap_phrases;
    uint32_t sum;
};

void ent_cover_free(ent_cover *c, const ent_memory *mem)
{
    if (!c) return;
    ent_free(mem, c->at, c->cap * sizeof *c->at);
    ent_free(mem, c->cue, c->cap_cues * sizeof *c->cue);
    ent_free(mem, c->phrase, c->cap_phrases * sizeof *c->phrase);
    ent_free(mem, c, sizeof *c);
}

uint32_t ent_cover_sum(const ent_cover *c)
{
    return c ? c->sum : 0;
}

/* Place of a word, or where it would stand. */
static uint32_t place_of(const ent_cover *c, uint32_t word)
{
    uint32_t lo = 0, hi = c->n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (c->at[mid].word < word)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static ent_status add_word(ent_cover *c, const ent_memory *mem, told w)
{
    uint32_t at = place_of(c, w.word);
    if (at < c->n && c->at[at].word == w.word) {
        c->at[at].forms |= w.forms;
        c->at[at].noun |= w.noun;
        return ENT_OK;
    }
    ent_status st = ent_grow(mem, (void **)&c->at, &c->cap, c->n + 1u, sizeof *c->at);
    if (st) return st;
    memmove(c->at + at + 1, c->at + at, (c->n - at) * sizeof *c->at);
    c->at[at] = w;
    c->n++;
    return ENT_OK;
}

static ent_status add_cue(ent_cover *c, const ent_memory *mem, const told_cue *k)
{
    uint32_t at = 0;
    ent_status st = ent_grow(mem, (void **)&c->cue, &c->cap_cues, c->n_cues + 1u, sizeof *c->cue);
    if (st) return st;
    while (at < c->n_cues && (c->cue[at].first < k->first ||
                              (c->cue[at].first == k->first && c->cue[at].q.rest > k->q.rest)))
        at++;
    memmove(c->cue + at + 1, c->cue + at, (c->n_cues - at) * sizeof *c->cue);
    c->cue[at] = *k;
    c->n_cues++;
    return ENT_OK;
}

static ent_status made(ent_cover **c, const ent_memory *mem)
{
    if (*c) return ENT_OK;
    *c = ent_realloc(mem, NULL, 0, sizeof **c);
    if (!*c) return ENT_ENOMEM;
    **c = (ent_cover){0};
    return ENT_OK;
}

ent_status ent_cover_noun(ent_cover **c, const ent_memory *mem, uint32_t word)
{
    ent_status st = made(c, mem);
    if (!st) st = add_word(*c, mem, (told){.word = word, .noun = ENT_N_ALWAYS | ENT_N_USER});
    if (!st) (*c)->sum = ent_hash_join((*c)->sum, word);
    return st;
}

ent_status ent_cover_cue(ent_cover **c, const ent_memory *mem, const uint32_t *word, uint32_t n,
                         unsigned label, unsigned frames, unsigned form)
{
    if (!n || n > ENT_COVER_WORDS || label >= ENT_STANCES) return ENT_EARG;
    told_cue k = {.first = word[0],
                  .q = {.label = (uint8_t)label,
                        .sure = 9,
                        .frames = (uint16_t)frames,
                        .rest = (uint8_t)(n - 1),
                        .flags = ENT_CUE_USER}};
    memcpy(k.rest, word + 1, (n - 1) * sizeof *word);
    ent_status st = made(c, mem);
    if (!st) st = add_word(*c, mem, (told){.word = word[0], .forms = (uint8_t)form});
    if (!st) st = add_cue(*c, mem, &k);
    for (uint32_t i = 0; i < n && !st; i++)
        (*c)->sum = ent_hash_join((*c)->sum, word[i]);
    if (!st) (*c)->sum = ent_hash_join((*c)->sum, label << 16 | frames);
    return st;
}

void ent_cover_word(const ent_cover *c, uint32_t lower, ent_cword *w)
{
    if (!c) return;
    uint32_t at = place_of(c, lower);
    if (at == c->n || c->at[at].word != lower) return;
    if (c->at[at].noun) w->noun = (uint8_t)((w->noun & ENT_N_PLURAL) | c->at[at].noun);
    if (!c->at[at].forms) return;
    w->forms |= c->at[at].forms;
    w->share = 8;
    w->tags = 0;
}

uint32_t ent_cover_first(const ent_cover *c, uint32_t lower)
{
    uint32_t lo = 0, hi = c ? c->n_cues : 0;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (c->cue[mid].first < lower)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

int ent_cover_at(const ent_cover *c, uint32_t i, uint32_t lower, ent_cue *q)
{
    if (!c || i >= c->n_cues || c->cue[i].first != lower) return 0;
    *q = c->cue[i].q;
    q->first = (uint16_t)i;
    return 1;
}

uint32_t ent_cover_rest(const ent_cover *c, uint32_t cue, uint32_t i)
{
    return c->cue[cue].rest[i];
}

/* Whether a phrase has an actor, something else beside it, a word, and few repeated items. */
static int is_phrase(const ent_phrase *p)
{
    unsigned seen[ENT_UC_TARGET + 1] = {0}, many = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        seen[p->item[i].class]++;
        many += p->item[i].many;
    }
    return p->n && p->n <= ENT_COVER_ITEMS && p->label < ENT_STANCES && many <= 2 &&
           seen[ENT_UC_WORD] && seen[ENT_UC_ACTOR] == 1 && seen[ENT_UC_PROPOSAL] <= 1 &&
           seen[ENT_UC_TARGET] <= 1 && seen[ENT_UC_PROPOSAL] + seen[ENT_UC_TARGET] > 0;
}

ent_status ent_cover_phrase(ent_cover **c, const ent_memory *mem, const ent_phrase *p, uint32_t sum)
{
    if (!is_phrase(p) || (*c && (*c)->n_phrases == ENT_COVER_PHRASES)) return ENT_EARG;
    ent_status st = made(c, mem);
    if (!st)
        st = ent_grow(mem, (void **)&(*c)->phrase, &(*c)->cap_phrases, (*c)->n_phrases + 1u,
                      sizeof *p);
    if (st) return st;
    (*c)->phrase[(*c)->n_phrases++] = *p;
    (*c)->sum = ent_hash_join((*c)->sum, sum);
    return ENT_OK;
}

const ent_phrase *ent_cover_phrases(const ent_cover *c, uint32_t *n)
{
    *n = c ? c->n_phrases : 0;
    return *n ? c->phrase : NULL;
}
