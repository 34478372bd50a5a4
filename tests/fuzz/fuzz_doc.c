/* fuzz_doc - bytes are a script of edits and questions over text made of words that matter and of
 * bytes as they come. After it the document must equal one made afresh, and every position, id and
 * order in it must hold; allocations that fail on the way must leave no trace. */
#include "fuzz.h"

#include "json.h"
#include "user.h"

enum { MOST_TEXT = 6000, MOST_OPS = 60 };

static const char *const pieces[] = {
#include "words.inc"
};

typedef struct edit {
    uint32_t at, removed, added;
    char old[256];
} edit;

/* Allocations until one fails; negative: none does. */
typedef struct limit {
    long left;
} limit;

static void *limited(void *ctx, void *p, size_t old, size_t size)
{
    limit *l = ctx;
    (void)old;
    if (!size) {
        free(p);
        return NULL;
    }
    if (l->left == 0) return NULL;
    if (l->left > 0) l->left--;
    return realloc(p, size);
}

static void good(ent_status st, const limit *l)
{
    FUZZ_HOLDS(st == ENT_OK || (st == ENT_ENOMEM && l->left == 0));
}

/* Text of an edit: pieces, or raw bytes. */
static size_t added(fuzz_in *in, char *out, size_t room)
{
    uint32_t how = fuzz_byte(in);
    size_t n = 0, got;
    if (how % 4 == 0) {
        const char *s = fuzz_bytes(in, how / 4, &got);
        memcpy(out, s, got);
        return got;
    }
    for (uint32_t k = how % 4 + how / 64; k; k--) {
        const char *s = pieces[fuzz_byte(in) % (sizeof pieces / sizeof *pieces)];
        if (n + strlen(s) + 1 > room) break;
        memcpy(out + n, s, strlen(s));
        n += strlen(s);
        if (how & 32) out[n++] = ' ';
    }
    return n;
}

static void do_edit(ent_doc *d, fuzz_in *in, edit *last, const limit *l)
{
    char add[512];
    uint32_t len = ent_doc_length(d), where = fuzz_u16(in);
    edit e = {.at = where == 0xffff ? len : (uint32_t)((uint64_t)len * where / 65536)};
    e.removed = fuzz_byte(in);
    if (e.removed > len - e.at) e.removed = len - e.at;
    e.added = (uint32_t)added(in, add, sizeof add);
    if (len + e.added > MOST_TEXT) e.added = 0;
    FUZZ_HOLDS(ent_doc_copy(d, (ent_span){e.at, e.at + e.removed}, e.old) == ENT_OK);
    uint64_t revision = ent_doc_revision(d);
    ent_status st = ent_doc_edit(d, e.at, e.removed, add, e.added);
    good(st, l);
    FUZZ_HOLDS(ent_doc_length(d) == (st ? len : len - e.removed + e.added));
    FUZZ_HOLDS((ent_doc_revision(d) > revision) == !st);
    if (!st) *last = e;
}

/* The last edit taken back, as an editor's undo does. */
static void do_undo(ent_doc *d, edit *last, const limit *l)
{
    uint32_t len = ent_doc_length(d);
    if (last->at + last->added > len) return;
    ent_status st = ent_doc_edit(d, last->at, last->added, last->old, last->removed);
    good(st, l);
    if (!st) *last = (edit){0};
}

static void do_ask(ent_doc *d, fuzz_in *in, const limit *l)
{
    const ent_mention *m;
    const ent_stance *s;
    ent_mention one;
    ent_span sent;
    ent_link_why why;
    size_t n;
    int done;
    uint32_t len = ent_doc_length(d), what = fuzz_byte(in);
    uint32_t at = (uint32_t)((uint64_t)len * fuzz_byte(in) / 256);
    ent_span within = {at, at + (len - at) / 8};
    switch (what % 7) {
    case 0:
        good(ent_doc_mentions(d, within, &m, &n), l);
        break;
    case 1:
        good(ent_doc_stances_in(d, within, &s, &n), l);
        break;
    case 2:
        if (at < len) good(ent_doc_at(d, at, &one), l);
        break;
    case 3:
        if (at < len) good(ent_doc_sentence(d, at, &sent), l);
        break;
    case 4:
        if (at < len) good(ent_doc_why(d, at, &why), l);
        break;
    case 5:
        good(ent_doc_advance(d, 1 + what, &done), l);
        break;
    default:
        good(ent_doc_entities(d, &n), l);
    }
}

static ent_user *rules(const ent_model *m)
{
    static const ent_user_rule all[] = {
        {.op = ENT_USER_MARK, .kind = ENT_PERSON, .name = "Kremlin", .name_len = 7},
        {.op = ENT_USER_IGNORE, .kind = ENT_KINDS, .name = "Moscow", .name_len = 6},
        {.op = ENT_USER_ALIAS,
         .kind = ENT_KINDS,
         .name = "Vova",
         .name_len = 4,
         .to = "Vladimir Putin",
         .to_len = 14},
        {.op = ENT_USER_SPLIT, .kind = ENT_KINDS, .name = "Merkel", .name_len = 6},
        {.op = ENT_USER_PATTERN, .kind = ENT_GROUP, .name = "=the C+", .name_len = 7}};
    ent_user *u;
    FUZZ_HOLDS(ent_user_new(m, NULL, &u) == ENT_OK);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        FUZZ_HOLDS(ent_user_add(u, &all[i]) == ENT_OK);
    return u;
}

static void count_bytes(void *ctx, const char *s, size_t n)
{
    FUZZ_HOLDS(s || !n);
    *(size_t *)ctx += n;
}

static void same_as_fresh(const ent_model *m, ent_doc *d, const ent_user *u)
{
    ent_doc *fresh;
    char *text = fuzz_check(d);
    FUZZ_HOLDS(ent_doc_new(m, text, ent_doc_length(d), NULL, &fresh) == ENT_OK);
    FUZZ_HOLDS(ent_doc_set_user(fresh, u) == ENT_OK);
    FUZZ_HOLDS(docs_same(d, fresh));
    for (int unit = ENT_BYTE; unit <= ENT_UTF16; unit++) {
        ent_units units = {0};
        size_t bytes = 0;
        ent_json_options o = {"a", 1, &units, 0, count_bytes, &bytes};
        FUZZ_HOLDS(ent_units_make(&units, text, ent_doc_length(d), (ent_unit)unit, NULL) == ENT_OK);
        FUZZ_HOLDS(ent_json_doc(d, &o) == ENT_OK && bytes > 0);
        ent_units_free(&units, NULL);
    }
    ent_doc_free(fresh);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_in in = {data, size};
    const ent_model *m = fuzz_model();
    limit l = {-1};
    ent_memory mem = {limited, &l};
    edit last = {0};
    ent_doc *d;
    ent_user *u = rules(m);
    const ent_user *now = NULL;
    size_t n;
    uint32_t head = fuzz_byte(&in);
    const char *text = fuzz_bytes(&in, head * 8, &n);
    FUZZ_HOLDS(ent_doc_new(m, text, n, &mem, &d) == ENT_OK);
    for (int ops = 0; in.left && ops < MOST_OPS; ops++) {
        uint32_t op = fuzz_byte(&in);
        if (op % 16 == 15) l.left = op / 16 * 3; /* the next calls may run out of memory */
        if (op % 16 < 9) do_edit(d, &in, &last, &l);
        if (op % 16 == 9) do_undo(d, &last, &l);
        if (op % 16 == 10) {
            const ent_user *next = now ? NULL : u;
            ent_status st = ent_doc_set_user(d, next);
            good(st, &l);
            now = next;
        }
        if (op % 16 > 10) do_ask(d, &in, &l);
        if (op % 16 != 15) l.left = -1;
        if (op == 254) same_as_fresh(m, d, now);
    }
    l.left = -1;
    same_as_fresh(m, d, now);
    ent_doc_free(d);
    ent_user_free(u);
    return 0;
}
