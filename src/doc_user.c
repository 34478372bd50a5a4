/* doc_user - a document takes up other corrections: only sentences that hold a name of which they
 * say something else are analysed again. */
#include "doc.h"

#include <string.h>

typedef struct recall {
    ent_doc *d;
    ent_tokens t; /* scratch */
    ent_status status;
} recall;

static int same_letter(char a, char b)
{
    return a == b || ((a ^ b) == 0x20 && (a | 0x20) >= 'a' && (a | 0x20) <= 'z');
}

/* Does a text hold a word, whatever the case of its ASCII letters? */
static int holds_word(const char *s, uint32_t n, const char *word, uint32_t len)
{
    for (uint32_t i = 0; i + len <= n; i++) {
        uint32_t k = 0;
        while (k < len && same_letter(s[i + k], word[k]))
            k++;
        if (k == len) return 1;
    }
    return 0;
}

/* Letters and digits of ASCII alone: then a word is told by its bytes. */
static int is_plain(const char *s, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        char c = s[i] | 0x20;
        if (!(c >= 'a' && c <= 'z') && !(s[i] >= '0' && s[i] <= '9')) return 0;
    }
    return 1;
}

/* A text in which a word may be written otherwise than by its letters: with accents, curly quotes,
 * soft hyphens, or broken at a line's end. */
static int is_odd(const char *s, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if ((unsigned char)s[i] >= 0x80 || s[i] == '-') return 1;
    return 0;
}

/* Does the sentence hold the word, as the rules compare words: by fingerprint? The bytes are asked
 * first, tokens only where they may be written otherwise. */
static int sentence_holds(recall *r, const ent_sent *s, const char *text, const char *word)
{
    uint32_t len = (uint32_t)strlen(word);
    if (!len || holds_word(text, s->len, word, len)) return 1;
    if (is_plain(word, len) && !is_odd(text, s->len)) return 0;
    uint32_t lower = ent_hash_lower(word, len);
    r->status = ent_tokenise(text, s->len, s->flags, &r->d->mem, &r->t);
    for (uint32_t i = 0; i < r->t.n && !r->status; i++)
        if (r->t.at[i].lower == lower) return 1;
    return 0;
}

/* What was found in sentences that hold the word is found anew when next asked for. */
static void look_again(void *ctx, const char *word)
{
    recall *r = ctx;
    uint32_t n;
    for (uint32_t i = 0; i < r->d->n && !r->status; i++) {
        ent_sent *s = &r->d->sents[i];
        if (s->pending) continue;
        const char *text = ent_text_at(r->d, s->start, s->len, &n);
        if (!text)
            r->status = ENT_ENOMEM;
        else if (sentence_holds(r, s, text, word))
            ent_doc_recall(r->d, i);
    }
}

ent_status ent_doc_set_user(ent_doc *d, const ent_user *u)
{
    if (!d) return ENT_EARG;
    recall r = {.d = d, .status = ENT_OK};
    ent_user_compare(d->work.user, u, look_again, &r);
    ent_free(&d->mem, r.t.at, r.t.cap * sizeof *r.t.at);
    d->work.user = u;
    d->linked = 0;
    return r.status;
}

/* ---- why ---- */

ent_status ent_doc_why(ent_doc *d, uint32_t at, ent_link_why *out)
{
    if (!d || !out || at >= d->len) return ENT_EARG;
    ent_status st = ent_doc_link(d);
    *out = (ent_link_why){.entity = ENT_NONE};
    if (st) return st;
    uint32_t i = ent_doc_index(d, at);
    const ent_sent *s = &d->sents[i];
    for (uint32_t k = s->result ? s->result->n_mentions : 0; k-- > 0;) {
        const ent_kmention *m = &s->result->mentions[k];
        if (at < s->start + m->start || at >= s->start + m->end) continue;
        out->span = (ent_span){s->start + m->start, s->start + m->end};
        ent_linker_why(d->linker, i, k, out);
        break;
    }
    return ENT_OK;
}
