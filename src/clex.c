/* clex - the packed lexicon of claims: a hash table of words, cues behind them. See clex.h. */
#include "clex.h"

#include <string.h>

enum { CLEX_HEAD = 16, CLEX_SLOT = 6, CLEX_WORD = 20, CLEX_CUE = 12 };

/* Whether the numbers inside the tables stay inside, and one slot is empty to end every probe. */
static int clex_sound(const ent_clex *c)
{
    uint32_t empty = 0;
    for (uint32_t i = 0; i <= c->mask; i++) {
        const uint8_t *s = c->slot + CLEX_SLOT * (size_t)i;
        if (ent_le32(s) == 0)
            empty++;
        else if (ent_le16(s + 4) >= c->words)
            return 0;
    }
    for (uint32_t i = 0; i < c->words; i++) {
        const uint8_t *w = c->word + CLEX_WORD * (size_t)i;
        if (ent_le16(w + 14) + w[16] > c->cues || ent_le16(w + 18) + w[17] > c->cues) return 0;
    }
    for (uint32_t i = 0; i < c->cues; i++) {
        const uint8_t *q = c->cue + CLEX_CUE * (size_t)i;
        if (ent_le16(q + 8) + q[4] > c->rests) return 0;
    }
    return empty > 0;
}

ent_status ent_clex_open(const uint8_t *p, size_t size, ent_clex *out)
{
    if (size < CLEX_HEAD) return ENT_EMODEL;
    uint64_t slots = ent_le32(p), words = ent_le32(p + 4), cues = ent_le32(p + 8),
             rests = ent_le32(p + 12);
    if (slots < 1 || (slots & (slots - 1)) != 0 || words > 65535 || cues > 65535) return ENT_EMODEL;
    uint64_t want = CLEX_HEAD + CLEX_SLOT * slots + CLEX_WORD * words + CLEX_CUE * cues + 4 * rests;
    if (want != size) return ENT_EMODEL;
    *out = (ent_clex){.mask = (uint32_t)slots - 1,
                      .words = (uint32_t)words,
                      .cues = (uint32_t)cues,
                      .rests = (uint32_t)rests,
                      .slot = p + CLEX_HEAD};
    out->word = out->slot + CLEX_SLOT * slots;
    out->cue = out->word + CLEX_WORD * words;
    out->rest = out->cue + CLEX_CUE * cues;
    return clex_sound(out) ? ENT_OK : ENT_EMODEL;
}

ent_cword ent_clex_word(const ent_clex *c, uint32_t lower)
{
    for (uint32_t at = lower & c->mask;; at = (at + 1) & c->mask) {
        const uint8_t *s = c->slot + CLEX_SLOT * (size_t)at;
        uint32_t have = ent_le32(s);
        if (have == 0) return (ent_cword){0};
        if (have != lower) continue;
        const uint8_t *w = c->word + CLEX_WORD * (size_t)ent_le16(s + 4);
        return (ent_cword){.tags = ent_le32(w),
                           .lemma = (uint16_t)ent_le16(w + 4),
                           .forms = w[6],
                           .share = w[7],
                           .noun = w[8],
                           .stance = w[9],
                           .nframes = (uint16_t)ent_le16(w + 10),
                           .vclass = w[12],
                           .cue = (uint16_t)ent_le16(w + 14),
                           .cues = w[16],
                           .acues = w[17],
                           .acue = (uint16_t)ent_le16(w + 18)};
    }
}

ent_cue ent_clex_cue(const ent_clex *c, uint32_t i)
{
    const uint8_t *q = c->cue + CLEX_CUE * (size_t)i;
    return (ent_cue){.label = q[0],
                     .sure = q[1],
                     .frames = (uint16_t)ent_le16(q + 2),
                     .rest = q[4],
                     .gap = q[5],
                     .flags = q[6],
                     .first = (uint16_t)ent_le16(q + 8)};
}

uint32_t ent_clex_rest(const ent_clex *c, uint32_t i)
{
    return ent_le32(c->rest + 4 * (size_t)i);
}

unsigned ent_clex_frames(const char *letters, size_t n)
{
    static const char known[] = "opigcvtnamdqAws";
    unsigned all = 0;
    for (size_t i = 0; i < n; i++) {
        const char *at = letters[i] ? strchr(known, letters[i]) : NULL;
        if (!at) return 0;
        all |= 1u << (at - known);
    }
    return all;
}
