/* fuzz - what the fuzz targets share: a model, bytes taken one by one, and what must hold of every
 * document whatever its text. A target is one function; libFuzzer calls it, or main.c. */
#ifndef ENT_FUZZ_H
#define ENT_FUZZ_H

#include "docs.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold; the input is kept by who called the target. */
#define FUZZ_HOLDS(x)                                                                              \
    do {                                                                                           \
        if (!(x)) {                                                                                \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #x);                 \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* The packed model, opened once for the life of the program. */
static inline const ent_model *fuzz_model(void)
{
    static docs_held held;
    return held.m ? held.m : docs_open(&held);
}

/* The bytes of an input, from its start. */
typedef struct fuzz_in {
    const uint8_t *at;
    size_t left;
} fuzz_in;

static inline uint32_t fuzz_byte(fuzz_in *in)
{
    if (!in->left) return 0;
    in->left--;
    return *in->at++;
}

static inline uint32_t fuzz_u16(fuzz_in *in)
{
    uint32_t a = fuzz_byte(in);
    return a | fuzz_byte(in) << 8;
}

/* Up to n bytes as they are. */
static inline const char *fuzz_bytes(fuzz_in *in, size_t n, size_t *got)
{
    const char *s = (const char *)in->at;
    *got = n < in->left ? n : in->left;
    in->at += *got;
    in->left -= *got;
    return s;
}

/* Marks where characters start; a byte that is no UTF-8 is a character of its own. */
static inline uint8_t *fuzz_borders(const char *s, size_t n)
{
    uint8_t *b = calloc(n + 1, 1);
    uint32_t cp;
    FUZZ_HOLDS(b);
    for (size_t i = 0; i < n; i += ent_utf8_decode(s + i, n - i, &cp))
        b[i] = 1;
    b[n] = 1;
    return b;
}

/* A span inside the text that cuts no character; empty ones only where allowed. */
static inline int fuzz_span(ent_span s, const uint8_t *borders, size_t n, int empty)
{
    return s.start <= s.end && s.end <= n && (empty || s.start < s.end) && borders[s.start] &&
           borders[s.end];
}

static inline int fuzz_id(uint32_t id, size_t n)
{
    return id == ENT_NONE || id < n;
}

/* Spans nest or are disjoint. */
static inline void fuzz_check_nesting(const ent_mention *m, size_t n)
{
    uint32_t *end = malloc((n + 1) * sizeof *end);
    size_t depth = 0;
    FUZZ_HOLDS(end);
    for (size_t i = 0; i < n; i++) {
        while (depth && end[depth - 1] <= m[i].start)
            depth--;
        FUZZ_HOLDS(!depth || m[i].end <= end[depth - 1]);
        end[depth++] = m[i].end;
    }
    free(end);
}

static inline void fuzz_check_mentions(ent_doc *d, const uint8_t *borders, uint32_t len, size_t n)
{
    const ent_mention *m;
    size_t k;
    FUZZ_HOLDS(ent_doc_mentions(d, (ent_span){0, len}, &m, &k) == ENT_OK);
    for (size_t i = 0; i < k; i++) {
        FUZZ_HOLDS(fuzz_span((ent_span){m[i].start, m[i].end}, borders, len, 0));
        FUZZ_HOLDS(m[i].kind < ENT_KINDS && m[i].form < ENT_FORMS && fuzz_id(m[i].entity, n));
        FUZZ_HOLDS(m[i].score >= 0 && m[i].score <= 1);
        FUZZ_HOLDS(!i || m[i - 1].start < m[i].start ||
                   (m[i - 1].start == m[i].start && m[i - 1].end >= m[i].end));
    }
    fuzz_check_nesting(m, k);
}

static inline void fuzz_check_entities(ent_doc *d, const uint8_t *borders, uint32_t len, size_t n)
{
    for (uint32_t e = 0; e < n; e++) {
        ent_entity x;
        const ent_mention *m;
        const char *name;
        size_t k, bytes, names = 0;
        FUZZ_HOLDS(ent_doc_entity(d, e, &x) == ENT_OK && x.kind < ENT_KINDS && x.name_len > 0);
        FUZZ_HOLDS(fuzz_span(x.first, borders, len, 0) && x.iso[2] == 0);
        FUZZ_HOLDS(ent_doc_refs(d, e, &m, &k) == ENT_OK && k == x.mentions && k > 0);
        for (size_t i = 0; i < k; i++) {
            FUZZ_HOLDS(m[i].entity == e && m[i].start < m[i].end && m[i].end <= len);
            FUZZ_HOLDS(!i || m[i - 1].start <= m[i].start);
            names += m[i].form == ENT_NAME;
        }
        FUZZ_HOLDS(names == x.names);
        for (k = 0; ent_doc_alias(d, e, k, &name, &bytes) == ENT_OK; k++)
            FUZZ_HOLDS(name && bytes > 0 && bytes <= len);
    }
}

static inline void fuzz_check_claims(ent_doc *d, const uint8_t *borders, uint32_t len, size_t n)
{
    const ent_stance *s;
    const ent_attribution *a;
    size_t k;
    FUZZ_HOLDS(ent_doc_stances(d, &s, &k) == ENT_OK);
    for (size_t i = 0; i < k; i++) {
        FUZZ_HOLDS(fuzz_id(s[i].actor, n) && fuzz_id(s[i].proposal, n) && fuzz_id(s[i].target, n) &&
                   fuzz_id(s[i].by, n));
        FUZZ_HOLDS(s[i].label < ENT_STANCES && s[i].n_cues >= 1 && s[i].n_cues <= 2);
        for (int c = 0; c < s[i].n_cues; c++)
            FUZZ_HOLDS(fuzz_span(s[i].cue[c], borders, len, 0));
        FUZZ_HOLDS(fuzz_span(s[i].condition, borders, len, 1));
        FUZZ_HOLDS(fuzz_span(s[i].sentence, borders, len, 0));
        FUZZ_HOLDS(s[i].score >= 0 && s[i].score <= 1 && s[i].negated <= 1 && s[i].hedged <= 1);
    }
    FUZZ_HOLDS(ent_doc_attributions(d, &a, &k) == ENT_OK);
    for (size_t i = 0; i < k; i++) {
        FUZZ_HOLDS(fuzz_id(a[i].entity, n) && a[i].n_content <= 2);
        FUZZ_HOLDS(fuzz_span(a[i].source, borders, len, 1));
        FUZZ_HOLDS(fuzz_span(a[i].cue, borders, len, 1));
        for (int c = 0; c < a[i].n_content; c++)
            FUZZ_HOLDS(fuzz_span(a[i].content[c], borders, len, 1));
        FUZZ_HOLDS(a[i].score >= 0 && a[i].score <= 1);
    }
}

/* All that must hold of a document; gives its text, to be freed. */
static inline char *fuzz_check(ent_doc *d)
{
    uint32_t len = ent_doc_length(d);
    char *text = malloc(len + 1u);
    size_t n;
    FUZZ_HOLDS(text && ent_doc_copy(d, (ent_span){0, len}, text) == ENT_OK);
    uint8_t *borders = fuzz_borders(text, len);
    FUZZ_HOLDS(ent_doc_entities(d, &n) == ENT_OK);
    fuzz_check_mentions(d, borders, len, n);
    fuzz_check_entities(d, borders, len, n);
    fuzz_check_claims(d, borders, len, n);
    free(borders);
    return text;
}

#endif
