/* fuzz_text - any bytes: decoding, sentences, tokens, units, lines, JSON strings. */
#include "fuzz.h"

#include "json.h"
#include "lines.h"
#include "semtok.h"
#include "token.h"

#include <stdio.h>

/* Characters cover the bytes, and what decodes encodes to the same bytes. */
static void check_utf8(const char *s, size_t n)
{
    size_t bad = 0, first = n, i = 0;
    while (i < n) {
        uint32_t cp;
        char back[4];
        unsigned len = ent_utf8_decode(s + i, n - i, &cp);
        FUZZ_HOLDS(len >= 1 && len <= 4 && len <= n - i);
        if (cp == ENT_BADCHAR) {
            FUZZ_HOLDS(len == 1);
            if (!bad++) first = i;
        } else {
            FUZZ_HOLDS(cp < 0x110000 && (cp < 0xd800 || cp > 0xdfff));
            FUZZ_HOLDS(ent_utf8_encode(cp, back) == len && memcmp(back, s + i, len) == 0);
            FUZZ_HOLDS(ent_char_class(ent_char_lower(cp)) != ENT_CH_UPPER || cp >= 0x80);
        }
        i += len;
    }
    size_t where = 0;
    FUZZ_HOLDS(ent_utf8_check(s, n, &where) == bad && where == first);
    ent_textkind k = ent_text_kind(s, n);
    FUZZ_HOLDS(k.invalid == bad && k.first_invalid == first && k.nul + k.control <= n);
}

/* Tokens lie in order inside the sentence and leave only white space between them. */
static void check_tokens(const char *s, uint32_t n, unsigned flags)
{
    ent_tokens t = {0};
    FUZZ_HOLDS(ent_tokenise(s, n, flags, NULL, &t) == ENT_OK);
    uint32_t at = 0;
    for (uint32_t i = 0; i < t.n; i++) {
        const ent_token *k = &t.at[i];
        FUZZ_HOLDS(k->start >= at && k->end > k->start && k->end <= n);
        FUZZ_HOLDS(k->cls <= ENT_T_SKIP && k->shape <= ENT_SH_ACRO && k->hash && k->lower);
        FUZZ_HOLDS(k->cls == ENT_T_SKIP || k->end - k->start <= ENT_MAX_TOKEN + 8);
        at = k->end;
    }
    ent_free(NULL, t.at, t.cap * sizeof *t.at);
}

static void check_sentences(const char *s, size_t n)
{
    ent_sent_state state = {0};
    size_t at = 0;
    while (at < n) {
        unsigned flags;
        uint32_t len = ent_sent_next(s + at, n - at, at == 0, 0, &state, &flags);
        FUZZ_HOLDS(len > 0 && len <= n - at && len <= ENT_MAX_SENT);
        check_tokens(s + at, len, flags);
        at += len;
    }
}

static void check_units(const char *s, size_t n, ent_unit unit)
{
    ent_units u = {0};
    FUZZ_HOLDS(ent_units_make(&u, s, n, unit, NULL) == ENT_OK);
    size_t all = ent_units_count(s, n, unit), before = 0, at = 0;
    FUZZ_HOLDS(ent_units_at(&u, n) == all && ent_units_seek(s, n, all, unit) == n);
    while (at < n) {
        uint32_t cp;
        FUZZ_HOLDS(ent_units_at(&u, at) == before);
        if (at < 300) {
            FUZZ_HOLDS(ent_units_count(s, at, unit) == before);
            FUZZ_HOLDS(ent_units_seek(s, n, before, unit) == at);
        }
        unsigned len = ent_utf8_decode(s + at, n - at, &cp);
        before += unit == ENT_BYTE ? len : unit == ENT_UTF16 && len == 4 ? 2 : 1;
        at += len;
    }
    ent_units_free(&u, NULL);
}

/* What a JSON string may hold; control characters and bad bytes are gone. */
static void check_piece(void *ctx, const char *s, size_t n)
{
    char *last = ctx;
    for (size_t i = 0; i < n; i++) {
        FUZZ_HOLDS((unsigned char)s[i] >= 0x20 && s[i] != 0x7f);
        *last = s[i];
    }
}

/* Lines kept by an edit equal lines counted anew; the text's first half is the old text. */
static void check_lines(const char *s, size_t n)
{
    ent_lines a = {0}, b = {0};
    uint32_t half = (uint32_t)n / 2, at = half ? (uint32_t)(unsigned char)s[0] % half : 0;
    uint32_t cut = half ? (uint32_t)(unsigned char)s[half - 1] % (half - at + 1) : 0;
    char *text = malloc(n + 1);
    FUZZ_HOLDS(text && ent_lines_make(&a, s, half, NULL) == ENT_OK);
    FUZZ_HOLDS(ent_lines_edit(&a, at, cut, s + half, (uint32_t)n - half, NULL) == ENT_OK);
    memcpy(text, s, at);
    memcpy(text + at, s + half, n - half);
    memcpy(text + at + n - half, s + at + cut, half - at - cut);
    FUZZ_HOLDS(ent_lines_make(&b, text, n - cut, NULL) == ENT_OK);
    FUZZ_HOLDS(a.n == b.n && a.len == b.len && memcmp(a.at, b.at, a.n * sizeof *a.at) == 0);
    for (uint32_t i = 0; i < a.n; i++)
        FUZZ_HOLDS(ent_lines_of(&a, a.at[i]) == i);
    ent_lines_free(&a, NULL);
    ent_lines_free(&b, NULL);
    free(text);
}

/* Tokens kept through an edit are those made afresh; none reaches over a line's end. The text's
 * first half is the old text. */
static void check_semtok(const char *s, size_t n)
{
    ent_semtok_style style = {.type = {0, 1, 2, 3, 1, 4}, .first = 1, .cue = 5, .unit = ENT_UTF16};
    uint32_t half = (uint32_t)n / 2, at = half ? (uint32_t)(unsigned char)s[0] % half : 0;
    ent_semtoks a = {0}, b = {0};
    ent_lines lines = {0}, fresh = {0};
    ent_doc *d = NULL, *e = NULL;
    char *text = malloc(n + 1);
    FUZZ_HOLDS(text && ent_doc_new(fuzz_model(), s, half, NULL, &d) == ENT_OK);
    FUZZ_HOLDS(ent_lines_make(&lines, s, half, NULL) == ENT_OK);
    FUZZ_HOLDS(ent_semtok_update(&a, d, &lines, &style, NULL) == ENT_OK);
    FUZZ_HOLDS(ent_doc_edit(d, at, 0, s + half, (uint32_t)n - half) == ENT_OK);
    FUZZ_HOLDS(ent_lines_edit(&lines, at, 0, s + half, (uint32_t)n - half, NULL) == ENT_OK);
    FUZZ_HOLDS(ent_semtok_update(&a, d, &lines, &style, NULL) == ENT_OK);
    FUZZ_HOLDS(ent_doc_copy(d, (ent_span){0, (uint32_t)n}, text) == ENT_OK);
    FUZZ_HOLDS(ent_doc_new(fuzz_model(), text, n, NULL, &e) == ENT_OK);
    FUZZ_HOLDS(ent_lines_make(&fresh, text, n, NULL) == ENT_OK);
    FUZZ_HOLDS(ent_semtok_update(&b, e, &fresh, &style, NULL) == ENT_OK);
    FUZZ_HOLDS(a.n == b.n && a.n % 5 == 0);
    FUZZ_HOLDS(!a.n || memcmp(a.at, b.at, a.n * sizeof *a.at) == 0);
    for (uint32_t i = 0; i < a.n; i += 5)
        FUZZ_HOLDS(a.at[i + 2] > 0 && a.at[i] < lines.n);
    ent_semtok_free(&a, NULL);
    ent_semtok_free(&b, NULL);
    ent_lines_free(&lines, NULL);
    ent_lines_free(&fresh, NULL);
    ent_doc_free(d);
    ent_doc_free(e);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *s = (const char *)data;
    char last = 0;
    if (size > 1 << 14) return 0;
    check_utf8(s, size);
    check_sentences(s, size);
    check_units(s, size, ENT_BYTE);
    check_units(s, size, ENT_CODEPOINT);
    check_units(s, size, ENT_UTF16);
    ent_json_string(s, size, check_piece, &last);
    FUZZ_HOLDS(last == '"');
    check_lines(s, size);
    check_semtok(s, size);
    return 0;
}
