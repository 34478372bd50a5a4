/* fuzz_model - a model file no packer made. The first byte says how the input is read:
 *
 *     0  the rest is the file as it stands
 *     1  the rest is the file; its size and checksum are set right before it is opened
 *     2  the rest are changes to the packed model: section 1, place 2 or 4, bytes 1 to 8. What the
 *        stages check is checked; the sum over its five million bytes is not taken
 *
 * Whatever opens must answer questions without a fault. */
#include "fuzz.h"

#include "analyse.h"
#include "feat.h"
#include "link.h"

static const char text[] =
    "Russia Security Council. Angela Merkel, the chancellor, said Moscow had "
    "rejected the U.S. plan to send NATO troops. \xE2\x80\x9CHe will not go,"
    "\xE2\x80\x9D Putin told reporters, and Mr. J. Smith demanded a ceasefire.";

static uint8_t *packed, *copy;
static size_t packed_len;

static void put(uint8_t *p, uint64_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        p[i] = (uint8_t)(v >> (8 * i));
}

static void seal(uint8_t *p, size_t n)
{
    if (n < 32) return;
    put(p + 16, n, 8);
    put(p + 24, ent_checksum(p + 32, n - 32), 8);
}

static void use(const uint8_t *p, size_t n)
{
    ent_model *m;
    ent_doc *d;
    size_t k;
    if (ent_model_open(p, n, NULL, &m) != ENT_OK) return;
    ent_model_info(m, "date", &k);
    FUZZ_HOLDS(ent_doc_new(m, text, sizeof text - 1, NULL, &d) == ENT_OK);
    free(fuzz_check(d));
    ent_doc_free(d);
    ent_model_close(m);
}

static void line(void *ctx, const char *s, size_t n)
{
    (void)ctx;
    FUZZ_HOLDS(s || !n);
}

static int read_packed(void)
{
    FILE *f = fopen("model/entente.model", "rb");
    if (!f || fseek(f, 0, SEEK_END)) return 0;
    packed_len = (size_t)ftell(f);
    rewind(f);
    packed = malloc(packed_len);
    copy = aligned_alloc(16, (packed_len + 15) / 16 * 16);
    int good = packed && copy && fread(packed, 1, packed_len, f) == packed_len;
    fclose(f);
    if (good) memcpy(copy, packed, packed_len);
    return good;
}

/* Changes a place of a section; those near its start, where its header is, are the likelier. */
static size_t change(fuzz_in *in, uint32_t *changed)
{
    uint32_t sections = ent_le32(packed + 12), s = fuzz_byte(in);
    const uint8_t *e = packed + 32 + 16 * (s % sections);
    uint32_t size = ent_le32(e + 12), far = s / sections % 4, at = fuzz_u16(in);
    if (far == 3) at |= fuzz_u16(in) << 16;
    if (far < 2) at %= 128;
    if (!size) return 0;
    *changed |= 1u << s % sections;
    at = ent_le32(e + 8) + at % size;
    for (uint32_t k = fuzz_byte(in) % 8 + 1; k && at < packed_len; k--)
        copy[at++] = (uint8_t)fuzz_byte(in);
    return at;
}

/* Whether a section of the copy is changed. */
static int is_changed(const char id[4], uint32_t changed)
{
    uint32_t s = 0;
    while (memcmp(packed + 32 + 16 * s, id, 4) != 0)
        s++;
    return changed >> s & 1;
}

/* Opens the changed sections as ent_model_open does behind its check of the file as a whole; the
 * others are those of the model as packed. What is opened here goes to `own`, to be closed. */
static ent_status open_changed(const ent_model *good, uint32_t changed, ent_model *m,
                               ent_model *own)
{
    ent_status st = ENT_OK;
    *m = *good;
    m->data = copy;
    *own = (ent_model){.data = copy, .len = packed_len};
    if (!st && is_changed("GAZ_", changed)) st = ent_gaz_open(own, &own->gaz), m->gaz = own->gaz;
    if (!st && is_changed("CLUS", changed))
        st = ent_feats_open(own, &own->feats), m->feats = own->feats;
    if (!st && is_changed("TAG_", changed))
        st = ent_tagger_open(own, &own->tagger), m->tagger = own->tagger;
    if (!st && (is_changed("CLAI", changed) || is_changed("CLAW", changed)))
        st = ent_claim_open(own, &own->claim), m->claim = own->claim;
    if (!st && is_changed("LINK", changed))
        st = ent_link_open(own, &own->link), m->link = own->link;
    FUZZ_HOLDS(st == ENT_OK || st == ENT_EMODEL);
    return st;
}

static void close_changed(const ent_model *own)
{
    ent_link_close(own->link, NULL);
    ent_claim_close(own->claim, NULL);
    ent_tagger_close(own->tagger, NULL);
    ent_feats_close(own->feats, NULL);
    ent_gaz_close(own->gaz, NULL);
}

static void changed_model(fuzz_in *in)
{
    static ent_model *good;
    ent_model m, own;
    size_t ends[8], n = 0;
    uint32_t changed = 0;
    ent_doc *d;
    if (!packed && !read_packed()) return;
    if (!good) FUZZ_HOLDS(ent_model_open(packed, packed_len, NULL, &good) == ENT_OK);
    while (in->left && n < 8)
        ends[n++] = change(in, &changed);
    if (open_changed(good, changed, &m, &own) == ENT_OK) {
        FUZZ_HOLDS(ent_doc_new(&m, text, sizeof text - 1, NULL, &d) == ENT_OK);
        free(fuzz_check(d));
        for (uint32_t i = 0; i < sizeof text - 1; i += 20)
            FUZZ_HOLDS(ent_doc_explain(d, i, line, NULL) == ENT_OK);
        ent_doc_free(d);
    }
    close_changed(&own);
    for (size_t i = 0; i < n; i++) /* a change is at most 8 bytes before its end */
        for (size_t k = ends[i] > 8 ? ends[i] - 8 : 0; k < ends[i]; k++)
            copy[k] = packed[k];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_in in = {data, size};
    uint32_t how = fuzz_byte(&in) % 3;
    if (how == 2) {
        changed_model(&in);
        return 0;
    }
    uint8_t *file = aligned_alloc(16, (in.left + 16) / 16 * 16);
    FUZZ_HOLDS(file);
    if (in.left) memcpy(file, in.at, in.left);
    if (how == 1) seal(file, in.left);
    use(file, in.left);
    free(file);
    return 0;
}
