/* feat - features of tokens. See feat.h.
 *
 * The section CLUS, little-endian:
 *
 *      0  4  slots of the word table      4  4  Brown clusters     8  4  vector clusters   12  4  0
 *     16     per Brown cluster: bit path, from the top bit down (4), its length (4)
 *            per vector cluster: number of its coarse cluster (1); padded to a multiple of 8
 *            per slot: fingerprint of the word (4), 0 when empty; payload (4):
 *            bits 0-9 Brown cluster + 1, 10-19 vector cluster + 1, 20-23 ENT_LC_*, 24-31 what the
 *            word mostly is in raw text (ent_wordclass.mine)
 *
 * A word's slot is found by linear probing from the slot its fingerprint points to.
 */
#include "feat.h"

#include <string.h>

#define MAX_PROBES 64u

struct ent_feats {
    const uint8_t *brown, *coarse, *slots;
    uint32_t n_slots, n_brown, n_emb;
};

/* ---- word classes -------------------------------------------------------------------------- */

ent_status ent_feats_open(const ent_model *m, struct ent_feats **out)
{
    size_t size;
    uint32_t version;
    *out = NULL;
    const uint8_t *p = ent_model_section(m, "CLUS", &size, &version);
    if (!p) return ENT_OK;
    if (version != 1 || size < 16) return ENT_EMODEL;
    uint64_t slots = ent_le32(p), brown = ent_le32(p + 4), emb = ent_le32(p + 8);
    if (!slots || brown > 1023 || emb > 1023) return ENT_EMODEL;
    uint64_t coarse_at = 16 + brown * 8, slots_at = coarse_at + (emb + 7) / 8 * 8;
    if (slots > UINT32_MAX / 16 || slots_at + slots * 8 > size) return ENT_EMODEL;
    for (uint64_t i = 0; i < brown; i++)
        if (ent_le32(p + 20 + i * 8) > 32) return ENT_EMODEL;
    struct ent_feats *f = ent_realloc(&m->mem, NULL, 0, sizeof *f);
    if (!f) return ENT_ENOMEM;
    *f = (struct ent_feats){p + 16,          p + coarse_at,   p + slots_at,
                            (uint32_t)slots, (uint32_t)brown, (uint32_t)emb};
    *out = f;
    return ENT_OK;
}

void ent_feats_close(struct ent_feats *f, const ent_memory *mem)
{
    if (f) ent_free(mem, f, sizeof *f);
}

/* The payload of a word's slot, 0 when it has none. */
static uint32_t payload_of(const struct ent_feats *fs, uint32_t fingerprint)
{
    if (!fs) return 0;
    uint32_t at = (uint32_t)((uint64_t)fingerprint * fs->n_slots >> 32);
    for (uint32_t k = 0; k < MAX_PROBES; k++) {
        const uint8_t *s = fs->slots + (size_t)at * 8;
        uint32_t key = ent_le32(s);
        if (key == fingerprint) return ent_le32(s + 4);
        if (!key) return 0;
        if (++at == fs->n_slots) at = 0;
    }
    return 0;
}

/* Asks memory for the slots of a word that will be looked up soon. */
static void fetch_class(const struct ent_feats *fs, const ent_token *t)
{
#if defined(__GNUC__)
    if (!fs) return;
    __builtin_prefetch(fs->slots + (size_t)((uint64_t)t->hash * fs->n_slots >> 32) * 8);
    if (t->lower != t->hash)
        __builtin_prefetch(fs->slots + (size_t)((uint64_t)t->lower * fs->n_slots >> 32) * 8);
#else
    (void)fs;
    (void)t;
#endif
}

ent_wordclass ent_feat_word(const struct ent_feats *fs, uint32_t fingerprint)
{
    ent_wordclass c = {0};
    uint32_t v = payload_of(fs, fingerprint);
    c.leaf = v & 1023;
    c.emb = v >> 10 & 1023;
    c.lc = v >> 20 & 15;
    c.mine = (uint8_t)(v >> 24);
    if (c.leaf && c.leaf <= fs->n_brown) {
        const uint8_t *b = fs->brown + (size_t)(c.leaf - 1) * 8;
        c.brown = ent_le32(b);
        c.brown_len = (uint8_t)ent_le32(b + 4);
    }
    if (c.emb && c.emb <= fs->n_emb) c.embc = (uint8_t)(1 + fs->coarse[c.emb - 1]);
    return c;
}

/* ---- attributes of tokens ------------------------------------------------------------------ */

static uint32_t mix(uint32_t h)
{
    h ^= h >> 16;
    h *= 0x7FEB352Du;
    h ^= h >> 15;
    h *= 0x846CA68Bu;
    return h ^ h >> 16;
}

static uint32_t join2(uint32_t a, uint32_t b)
{
    return (a ^ (b * 0x9E3779B1u + 0x7F4A7C15u + (a << 6) + (a >> 2))) * 0x85EBCA6Bu;
}

static uint8_t low_byte(char c)
{
    return (uint8_t)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* First and last four bytes, lower-cased, the outermost in the lowest byte. */
static void set_ends(const char *s, uint32_t n, ent_attr *a)
{
    uint32_t k = n < 4 ? n : 4;
    for (uint32_t i = 0; i < k; i++) {
        a->head |= (uint32_t)low_byte(s[i]) << 8 * i;
        a->tail |= (uint32_t)low_byte(s[n - 1 - i]) << 8 * i;
    }
}

/* The word's pattern: A capital, a small or other letter, 9 digit, - mark; a repeated sign counts
 * twice at most. */
static uint32_t shape_of(const char *s, uint32_t n)
{
    uint32_t h = 1, last = 0, same = 0;
    for (uint32_t i = 0; i < n && i < 40; i++) {
        char c = s[i];
        uint32_t k = c >= 'A' && c <= 'Z'                                ? 1u
                     : (c >= 'a' && c <= 'z') || (unsigned char)c >= 128 ? 2u
                     : c >= '0' && c <= '9'                              ? 3u
                                                                         : (uint32_t)c;
        same = k == last ? same + 1 : 0;
        last = k;
        if (same < 2) h = h * 31u + k;
    }
    return h;
}

static void one_attr(const struct ent_feats *fs, const char *text, const ent_token *t, ent_attr *a)
{
    const char *s = text + t->start;
    uint32_t n = t->end - t->start;
    *a = (ent_attr){.word = t->hash, .lower = t->lower, .cls = t->cls};
    set_ends(s, n, a);
    a->shape = shape_of(s, n) * 8 + t->shape;
    a->cap = t->cls == ENT_T_WORD && t->shape >= ENT_SH_INIT;
    ent_wordclass w = ent_feat_word(fs, t->hash), l = w;
    if (t->lower != t->hash) l = ent_feat_word(fs, t->lower);
    a->mine = w.mine;
    if (!w.leaf && !w.emb) w = l;
    a->leaf = w.leaf;
    a->emb = w.emb;
    a->embc = w.embc;
    a->brown = w.brown;
    a->brown_len = w.brown_len;
    a->lc = l.lc;
}

/* Writes a phrase of two or more words over its tokens. */
static void cover(const ent_gaz_hit *g, ent_attr *at)
{
    for (uint32_t k = 0; k < g->n; k++) {
        ent_attr *a = &at[g->first + k];
        a->kinds |= g->e.kinds;
        a->place = !k ? ENT_AT_FIRST : k + 1 == g->n ? ENT_AT_LAST : ENT_AT_INNER;
    }
}

/* What the lists say: the first and longest phrase over each token, and the word alone. */
static void set_gaz(const ent_gaz_hits *hits, uint32_t n, ent_attr *at)
{
    uint32_t first = 0, end = 0;
    for (uint32_t h = 0; h < hits->n; h++) {
        const ent_gaz_hit *g = &hits->at[h];
        if (g->first >= n || g->n > n - g->first) continue;
        if (g->n == 1) {
            at[g->first].kinds1 |= g->e.kinds;
            at[g->first].gaz_flags |= g->e.flags & 7;
        } else if (g->first >= end || (g->first == first && g->first + g->n == end)) {
            first = g->first;
            end = g->first + g->n;
            cover(g, at);
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        ent_attr *a = &at[i];
        if (!a->place && a->kinds1) {
            a->place = ENT_AT_ONLY;
            a->kinds = a->kinds1;
        }
        if (!a->kinds) continue;
        uint32_t flags = a->place == ENT_AT_ONLY ? a->gaz_flags : 0u;
        a->gaz = ((uint32_t)a->kinds << 3 | a->place) << 3 | flags;
    }
}

/* Words that may stand between the capitalised words of one name. */
static int is_joiner(uint32_t lower, const uint32_t *joiners, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (joiners[i] == lower) return 1;
    return 0;
}

/* A hyphen or an ampersand without white space around it ties two words. */
static int ties(const ent_token *t, uint32_t n, uint32_t i)
{
    return i + 1 < n && t[i].cls != ENT_T_WORD && t[i].end - t[i].start == 1 &&
           t[i].cls == ENT_T_DASH && !(t[i].flags & ENT_T_SPACE) && !(t[i + 1].flags & ENT_T_SPACE);
}

/* The higher share of each type. */
static uint8_t most(uint8_t a, uint8_t b)
{
    unsigned m = 0;
    for (unsigned k = 0; k < 6; k += 2) {
        unsigned x = a >> k & 3, y = b >> k & 3;
        m |= (x > y ? x : y) << k;
    }
    return (uint8_t)m;
}

/* Runs of capitalised words; hyphens without spaces stay inside. */
static void set_runs(const ent_token *t, uint32_t n, ent_attr *at)
{
    for (uint32_t i = 0; i < n;) {
        uint32_t j = i;
        uint16_t kinds = 0;
        uint8_t mine = 0;
        while (j < n && (at[j].cap || (j > i && ties(t, n, j) && at[j + 1].cap))) {
            kinds |= at[j].kinds1;
            mine = most(mine, at[j++].mine);
        }
        if (j == i) j++;
        for (uint32_t k = i; k < j; k++) {
            at[k].run = at[k].wide = at[k].head_at = (uint16_t)i;
            at[k].run_end = at[k].wide_end = (uint16_t)j;
            at[k].run_kinds = kinds;
            at[k].run_mine = mine;
            at[k].head_at = (uint16_t)(j - 1);
        }
        i = j;
    }
}

/* Joins runs over one or two joiners: "Ministry of Foreign Affairs", "Bank for the X". */
static void set_wide(const ent_token *t, uint32_t n, ent_attr *at)
{
    static const char words[][4] = {"of", "for", "and", "the", "de",
                                    "on", "in",  "al",  "bin", "van"};
    uint32_t joiners[sizeof words / sizeof *words], nj = 0;
    for (; nj < sizeof words / sizeof *words; nj++)
        joiners[nj] = ent_hash(words[nj], strlen(words[nj]));
    for (uint32_t i = 0; i < n;) {
        uint32_t end = at[i].run_end, head = end - 1, j = end;
        while (at[i].cap && j + 1 < n && is_joiner(t[j].lower, joiners, nj)) {
            uint32_t k =
                j + 1 + (!at[j + 1].cap && j + 2 < n && is_joiner(t[j + 1].lower, joiners, nj));
            if (!at[k].cap) break;
            j = at[k].run_end;
        }
        for (uint32_t k = i; k < j; k++) {
            at[k].wide = (uint16_t)i;
            at[k].wide_end = (uint16_t)j;
            at[k].head_at = (uint16_t)head;
        }
        i = j;
    }
}

/* "Thai Hotels Association (THA)": an acronym in brackets whose letters begin the words before. */
static void set_initials(const char *text, const ent_token *t, uint32_t n, ent_attr *at)
{
    for (uint32_t i = 2; i + 1 < n; i++) {
        uint32_t len = t[i].end - t[i].start;
        if (!at[i].cap || len < 2 || t[i - 1].cls != ENT_T_BRACKET || t[i + 1].cls != ENT_T_BRACKET)
            continue;
        uint32_t k = len, j = i - 1;
        while (k > 0 && j > 0 && i - j < 2 * len + 2) {
            j--;
            if (at[j].cap && text[t[j].start] == text[t[i].start + k - 1])
                k--;
            else if (at[j].cap && k < len)
                break;
        }
        if (k == 0) at[i].initials_of = (uint16_t)(j + 1);
    }
}

/* 0 ordinary, 1 mostly capitals, 2 title case, 3 no capital at all. */
static uint8_t line_kind(const ent_token *t, uint32_t n)
{
    uint32_t words = 0, upper = 0, cap = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (t[i].cls != ENT_T_WORD || t[i].end - t[i].start < 2) continue;
        words++;
        upper += t[i].shape == ENT_SH_UPPER;
        cap += t[i].shape >= ENT_SH_INIT;
    }
    if (words < 3) return cap ? 0 : 3;
    if (upper * 10 >= words * 7) return 1;
    if (cap * 10 >= words * 7) return 2;
    return cap ? 0 : 3;
}

void ent_feat_attrs(const struct ent_feats *fs, const char *text, const ent_token *t, uint32_t n,
                    const ent_gaz_hits *hits, unsigned sent_flags, ent_attr *at)
{
    (void)sent_flags;
    enum { AHEAD = 4 };
    uint8_t line = line_kind(t, n);
    for (uint32_t i = 0; i < n; i++) {
        if (i + AHEAD < n) fetch_class(fs, &t[i + AHEAD]);
        one_attr(fs, text, &t[i], &at[i]);
        at[i].line = line;
    }
    set_gaz(hits, n, at);
    set_runs(t, n, at);
    set_wide(t, n, at);
    set_initials(text, t, n, at);
}

/* ---- features ------------------------------------------------------------------------------ */

/* Stands for the tokens before the first and after the last. */
static const ent_attr outside = {.word = 1, .lower = 1, .shape = 1, .cls = 15};

typedef struct row { /* the token and its neighbours while its features are made */
    const ent_attr *pp, *p, *w, *n, *nn;
    uint32_t *out;
} row;

/* A feature is the fingerprint of slot and answer, never 0; the answer 0 gives none. */
static void put(const row *r, unsigned slot, uint32_t answer)
{
    uint32_t h = mix(answer + slot * 0x9E3779B1u);
    r->out[slot] = answer ? h | !h : 0;
}

/* The same where 0 is an answer too. */
static void put0(const row *r, unsigned slot, uint32_t answer)
{
    put(r, slot, answer + 1u ? answer + 1u : 1u);
}

static uint32_t path(const ent_attr *a, unsigned bits)
{
    if (!a->leaf) return 0;
    unsigned k = a->brown_len < bits ? a->brown_len : bits;
    return (k ? a->brown >> (32 - k) : 0) << 5 | k;
}

static uint32_t low_bytes(uint32_t packed, unsigned k)
{
    return packed & (k < 4 ? (1u << 8 * k) - 1u : 0xFFFFFFFFu);
}

static void own(const row *r)
{
    const ent_attr *w = r->w;
    uint32_t cap = w->cap;
    put(r, ENT_F_BIAS, 1);
    put(r, ENT_F_WORD, w->word);
    put(r, ENT_F_LOWER, w->lower);
    put(r, ENT_F_SHAPE, w->shape);
    for (unsigned k = 2; k <= 4; k++) {
        put(r, ENT_F_PRE2 + k - 2, join2(low_bytes(w->head, k), cap));
        put(r, ENT_F_SUF2 + k - 2, join2(low_bytes(w->tail, k), cap));
    }
    put(r, ENT_F_LEAF, w->leaf);
    put(r, ENT_F_BR10, path(w, 10));
    put(r, ENT_F_BR6, path(w, 6));
    put(r, ENT_F_EMB, w->emb);
    put(r, ENT_F_EMBC, w->embc * 2u + (w->embc ? cap : 0u));
    put0(r, ENT_F_GAZ, join2(w->gaz, cap));
    put(r, ENT_F_GAZ1, w->kinds1 * 8u + (w->kinds1 ? w->shape & 7 : 0u));
    put(r, ENT_F_GAZN, w->place && w->place < ENT_AT_ONLY ? w->gaz * 16u + (w->lc) : 0u);
    put(r, ENT_F_MINE, w->mine);
    put(r, ENT_F_MINE_CASE, w->mine ? join2(w->mine & 63u, w->lc * 8u + (w->shape & 7)) : 0);
}

/* What hangs on the kind of line and on standing first in it. */
static void placed(const row *r)
{
    const ent_attr *w = r->w;
    put0(r, ENT_F_CASE, w->lc * 64u + (w->shape & 7) * 8u + (r->p == &outside) * 4u + w->line);
    put0(r, ENT_F_LINE, w->line * 8u + (w->shape & 7));
}

/* What stands k tokens before or after: slots from `first` in the order of ENT_F_P_*. */
static void beside(const row *r, const ent_attr *a, unsigned first)
{
    unsigned k = first - ENT_F_P_LOWER;
    put(r, ENT_F_P_LOWER + k, a->lower);
    put(r, ENT_F_P_SHAPE + k, a->shape);
    put(r, ENT_F_P_LEAF + k, a->leaf);
    put(r, ENT_F_P_BR10 + k, path(a, 10));
    put(r, ENT_F_P_EMB + k, a->emb);
    put(r, ENT_F_P_GAZ + k, a->gaz);
    put(r, ENT_F_P_SUF3 + k, join2(low_bytes(a->tail, 3), a->cap));
}

/* What stands two tokens away: slots in the order of ENT_F_PP_*. */
static void beyond(const row *r, const ent_attr *a, unsigned first)
{
    unsigned k = first - ENT_F_PP_LOWER;
    put(r, ENT_F_PP_LOWER + k, a->lower);
    put(r, ENT_F_PP_BR10 + k, path(a, 10));
    put(r, ENT_F_PP_GAZ + k, a->gaz);
}

/* Of the tokens beside it what is not told by `beside`. */
static void around(const row *r)
{
    put(r, ENT_F_P_MINE, r->p->mine);
    put(r, ENT_F_N_MINE, r->n->mine);
    put(r, ENT_F_PE_E, r->p->embc && r->w->embc ? join2(r->p->embc, r->w->embc) : 0);
    put(r, ENT_F_E_NE, r->n->embc && r->w->embc ? join2(r->w->embc, r->n->embc) : 0);
}

static void pairs(const row *r)
{
    const ent_attr *p = r->p, *w = r->w, *n = r->n;
    uint32_t b0 = path(w, 10), bp = path(p, 10), bn = path(n, 10), s = w->shape & 7;
    put(r, ENT_F_P_W, join2(p->lower, w->lower));
    put(r, ENT_F_W_N, join2(w->lower, n->lower));
    put(r, ENT_F_P_N, join2(join2(p->lower, n->lower), w->cap));
    put(r, ENT_F_PB_B, bp && b0 ? join2(bp, b0) : 0);
    put(r, ENT_F_B_NB, b0 && bn ? join2(b0, bn) : 0);
    put(r, ENT_F_PB_B_NB, join2(join2(path(p, 6), path(w, 6)), join2(path(n, 6), s)));
    put(r, ENT_F_PB_NB, join2(join2(bp, bn), s));
    put(r, ENT_F_SHAPES3, join2(join2(p->shape, w->shape), n->shape));
    put(r, ENT_F_SHAPES_N, join2(join2(w->shape & 7, n->shape & 7), r->nn->shape & 7) ^ w->lc);
    put(r, ENT_F_PG_G, p->gaz | w->gaz ? join2(p->gaz, w->gaz) : 0);
    put(r, ENT_F_G_NG, w->gaz | n->gaz ? join2(w->gaz, n->gaz) : 0);
    put(r, ENT_F_PG_G_NG, join2(join2(p->gaz, w->gaz), join2(n->gaz, s)));
    put(r, ENT_F_P_S, join2(p->lower, s * 16u + w->lc));
    put(r, ENT_F_N_S, join2(n->lower, s * 16u + w->lc));
}

/* What follows the run: ", a newspaper", ", chairman of". */
static void appositions(const row *r, const ent_attr *at, uint32_t n, uint32_t pos)
{
    uint32_t k = r->w->run_end;
    if (k + 1 >= n) return;
    put(r, ENT_F_RUN_AFTER2, join2(join2(at[k].lower, at[k + 1].lower), pos));
    if (at[k].cls != ENT_T_PUNCT) return;
    k++;
    if (k + 1 < n && at[k].tail == at[k].head && at[k].cls == ENT_T_WORD)
        k++; /* a */
    else if (k + 1 < n && at[k].head == 0x656874u)
        k++; /* the */
    else if (k + 1 < n && at[k].head == 0x6E61u)
        k++; /* an */
    put(r, ENT_F_RUN_APPOS, join2(at[k].lower, pos));
    put(r, ENT_F_RUN_APPOS_B, join2(path(&at[k], 10), pos));
}

/* The run of capitalised words: its ends, what stands around it, its head. */
static void runs(const row *r, const ent_attr *at, uint32_t n, uint32_t i)
{
    const ent_attr *w = r->w;
    uint32_t len = w->run_end - w->run, k = i - w->run;
    if (!w->cap) return;
    uint32_t pos = (k == 0) + 2u * (k + 1 == len);
    const ent_attr *before = w->run ? &at[w->run - 1] : &outside;
    const ent_attr *before2 = w->run > 1 ? &at[w->run - 2] : &outside;
    const ent_attr *after = w->run_end < n ? &at[w->run_end] : &outside;
    const ent_attr *first = &at[w->run], *last = &at[w->run_end - 1];
    put0(r, ENT_F_RUN_POS, (k < 7 ? k : 7) * 8 + (len < 7 ? len : 7));
    put(r, ENT_F_RUN_FIRST, join2(first->lower, pos));
    put(r, ENT_F_RUN_LAST, join2(last->lower, pos));
    put(r, ENT_F_RUN_BEFORE, join2(before->lower, pos));
    put(r, ENT_F_RUN_AFTER, join2(after->lower, pos));
    put(r, ENT_F_RUN_AROUND, join2(join2(before->lower, after->lower), pos));
    put(r, ENT_F_RUN_BB, join2(path(before, 10), pos));
    put(r, ENT_F_RUN_AB, join2(path(after, 10), pos));
    put(r, ENT_F_RUN_GAZ, join2(w->run_kinds, pos * 8 + (len < 4 ? len : 4)));
    put(r, ENT_F_RUN_MINE, join2(w->run_mine, pos * 8 + (len < 4 ? len : 4)));
    put(r, ENT_F_RUN_MINE_ENDS, join2(join2(first->mine & 63u, last->mine & 63u), pos));
    appositions(r, at, n, pos);
    put(r, ENT_F_RUN_SIGN,
        join2(join2(first->mine & 63u, last->mine & 63u),
              join2(path(before, 6), path(after, 6)) + pos));
    put(r, ENT_F_RUN_LSUF, join2(low_bytes(last->tail, 3), pos));
    put(r, ENT_F_RUN_LB, join2(path(last, 10), pos));
    put(r, ENT_F_WIDE_FIRST, join2(at[w->wide].lower, i - w->wide < 4 ? i - w->wide : 4));
    put(r, ENT_F_WIDE_HEAD, join2(at[w->head_at].lower, i <= w->head_at ? pos : 4u));
    put(r, ENT_F_RUN_BEFORE2, join2(join2(before2->lower, before->lower), pos));
}

/* An acronym is what the words it stands for are: their last one tells most. */
static void initials(const row *r, const ent_attr *at, uint32_t i)
{
    const ent_attr *last = &at[i - 2];
    put(r, ENT_F_INITIALS, join2(path(last, 10), last->mine & 63u));
}

static row row_of(const ent_attr *at, uint32_t n, uint32_t i, uint32_t *out)
{
    return (row){i > 1 ? &at[i - 2] : &outside,     i ? &at[i - 1] : &outside,         &at[i],
                 i + 1 < n ? &at[i + 1] : &outside, i + 2 < n ? &at[i + 2] : &outside, out};
}

/* All but the parts below. */
static void rest(const row *r, const ent_attr *at, uint32_t n, uint32_t i)
{
    placed(r);
    if (at[i].initials_of) initials(r, at, i);
    around(r);
    pairs(r);
    runs(r, at, n, i);
}

void ent_feat_row(const ent_attr *at, uint32_t n, uint32_t i, uint32_t *out)
{
    row r = row_of(at, n, i, out);
    memset(out, 0, ENT_FEAT_SLOTS * sizeof *out);
    own(&r);
    beside(&r, r.p, ENT_F_P_LOWER);
    beside(&r, r.n, ENT_F_N_LOWER);
    beyond(&r, r.pp, ENT_F_PP_LOWER);
    beyond(&r, r.nn, ENT_F_NN_LOWER);
    rest(&r, at, n, i);
}

const ent_attr *ent_feat_outside(void)
{
    return &outside;
}

void ent_feat_parts(const ent_attr *a, uint32_t *out)
{
    row r = {.w = a, .out = out};
    out[ENT_F_CASE] = 0;
    own(&r);
    beside(&r, a, ENT_F_P_LOWER);
    beside(&r, a, ENT_F_N_LOWER);
    beyond(&r, a, ENT_F_PP_LOWER);
    beyond(&r, a, ENT_F_NN_LOWER);
}

void ent_feat_rest(const ent_attr *at, uint32_t n, uint32_t i, uint32_t *out)
{
    row r = row_of(at, n, i, out);
    memset(out + ENT_FEAT_PARTED, 0, (ENT_FEAT_SLOTS - ENT_FEAT_PARTED) * sizeof *out);
    rest(&r, at, n, i);
    out[ENT_FEAT_PARTED - 1] = out[ENT_F_CASE];
}

/* What each slot holds, in words. */
/* clang-format off */
static const char *const slot_names[ENT_FEAT_SLOTS] = {
    "always", "word as written", "word", "letter pattern", "small-letter use", "first 2 letters",
    "first 3 letters", "first 4 letters", "last 2 letters", "last 3 letters", "last 4 letters",
    "word cluster", "word cluster, coarse", "word cluster, coarser", "vector cluster",
    "vector cluster, coarse", "lists", "lists, the word alone", "lists, longer phrase",
    "use elsewhere", "use elsewhere, by case", "word before", "letter pattern before",
    "word cluster before", "coarse cluster before", "vector cluster before", "lists before",
    "last 3 letters before", "second word before", "coarse cluster of the second before",
    "lists, second before", "word after", "letter pattern after", "word cluster after",
    "coarse cluster after", "vector cluster after", "lists after", "last 3 letters after",
    "second word after", "coarse cluster of the second after", "lists, second after",
    "word and word before", "word and word after", "words on both sides",
    "clusters, before and here", "clusters, here and after", "clusters of three words",
    "clusters on both sides", "letter patterns of three words", "letter patterns ahead",
    "lists, before and here", "lists, here and after", "lists, three words",
    "word before and capital", "word after and capital", "place in the capitalised run",
    "first word of the run", "last word of the run", "word before the run", "word after the run",
    "words around the run", "cluster before the run", "cluster after the run", "lists, whole run",
    "last letters of the run", "cluster of the run's last word", "first word of the long run",
    "head of the long run", "two words before the run", "kind of line", "use elsewhere, before",
    "use elsewhere, after", "use elsewhere, whole run", "use elsewhere, ends of the run",
    "two words after the run", "apposition after the run", "cluster of the apposition",
    "sign of the run and its sides", "words the acronym stands for",
    "vector clusters, before and here", "vector clusters, here and after",
};
/* clang-format on */

const char *ent_feat_name(unsigned slot)
{
    return slot < ENT_FEAT_SLOTS ? slot_names[slot] : NULL;
}
