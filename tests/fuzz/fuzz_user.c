/* fuzz_user - any bytes as corrections: each is taken in or refused, and with those that were taken
 * in a document holds all that must hold and equals one that had them from the start. */
#include "fuzz.h"

#include "user.h"

static const char *const pieces[] = {
#include "words.inc"
    "=the C+",
    "=Operation C",
    "A",
    "C+ N",
    "U",
    "arrived in _ on",
    "_",
    "opposes o past",
    "supports oic base",
    "demands t s",
    "rejects",
    "moon base",
    "proposes",
    "x o ing",
    "called on"};

/* A text: one of the pieces, or up to 255 bytes as they are. */
static const char *some(fuzz_in *in, size_t *n)
{
    uint32_t b = fuzz_byte(in);
    if (b % 4 == 3) return fuzz_bytes(in, fuzz_byte(in), n);
    b = (b / 4 * 4 + fuzz_byte(in)) % (sizeof pieces / sizeof *pieces);
    *n = strlen(pieces[b]);
    return pieces[b];
}

static void add(ent_user *u, fuzz_in *in)
{
    ent_user_rule r = {0};
    uint32_t b = fuzz_byte(in);
    r.op = (ent_user_op)(b % (ENT_USER_OPS + 1u));
    r.kind = b / 16 % (ENT_KINDS + 2u);
    r.name = some(in, &r.name_len);
    if (fuzz_byte(in) % 2) r.to = some(in, &r.to_len);
    if (fuzz_byte(in) % 4 == 1) r.context = some(in, &r.context_len);
    ent_status st = ent_user_add(u, &r);
    FUZZ_HOLDS(st == ENT_OK || st == ENT_EARG);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_in in = {data, size};
    const ent_model *m = fuzz_model();
    ent_user *u;
    ent_doc *d, *fresh;
    char text[2048];
    size_t n = 0, k;
    FUZZ_HOLDS(ent_user_new(m, NULL, &u) == ENT_OK);
    for (uint32_t rules = fuzz_byte(&in) % 80; rules && in.left; rules--)
        add(u, &in);
    for (int i = 0; i < 100 && n < 1700; i++) {
        const char *s = some(&in, &k);
        memcpy(text + n, s, k);
        n += k;
        text[n++] = i % 9 == 8 ? '\n' : ' ';
        if (!in.left) break;
    }
    FUZZ_HOLDS(ent_doc_new(m, text, n, NULL, &d) == ENT_OK);
    FUZZ_HOLDS(ent_doc_new(m, text, n, NULL, &fresh) == ENT_OK);
    FUZZ_HOLDS(ent_doc_set_user(fresh, u) == ENT_OK);
    free(fuzz_check(d));
    FUZZ_HOLDS(ent_doc_set_user(d, u) == ENT_OK);
    free(fuzz_check(d));
    FUZZ_HOLDS(docs_same(d, fresh));
    FUZZ_HOLDS(ent_doc_set_user(d, NULL) == ENT_OK && ent_doc_set_user(fresh, NULL) == ENT_OK);
    FUZZ_HOLDS(docs_same(d, fresh));
    ent_doc_free(fresh);
    ent_doc_free(d);
    ent_user_free(u);
    return 0;
}
