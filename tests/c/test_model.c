/* The model's container: nothing damaged passes, nothing damaged crashes. */
#include "entente.h"
#include "make_model.h"
#include "tap.h"

static const make_phrase PHRASES[] = {
    {"russia", {.kinds = ENT_G_COUNTRY, .country = 1, .weight = 200}},
    {"security council", {.kinds = ENT_G_ORG, .id = 1}},
    {"council", {.kinds = ENT_G_ORGWORD}},
};

static make_bytes gaz, file, copy;

/* An allocator that fails from its `left`-th call on, and counts what is still held. */
typedef struct short_memory {
    long left, held;
} short_memory;

static void *short_realloc(void *ctx, void *p, size_t old_size, size_t size)
{
    short_memory *m = ctx;
    (void)old_size;
    if (size == 0) {
        m->held -= p != NULL;
        free(p);
        return NULL;
    }
    if (m->left-- <= 0) return NULL;
    void *q = realloc(p, size);
    m->held += q && !p;
    return q;
}

static ent_status open_close(const make_bytes *b, size_t len)
{
    ent_model *m = NULL;
    ent_status s = ent_model_open(b->aligned, len, NULL, &m);
    ent_model_close(m);
    return s;
}

/* Every single byte of the file, changed in three ways. */
static int flips_refused(void)
{
    static const uint8_t change[] = {0x01, 0x80, 0xff};
    copy = file;
    for (size_t i = 0; i < file.n; i++) {
        for (size_t k = 0; k < sizeof change; k++) {
            *make_at(&copy, i) ^= change[k];
            ent_status s = open_close(&copy, copy.n);
            *make_at(&copy, i) ^= change[k];
            if (s != ENT_EMODEL) {
                printf("  byte %zu ^ %02x gives %d\n", i, change[k], (int)s);
                return 0;
            }
        }
    }
    return 1;
}

static int cuts_refused(void)
{
    for (size_t n = 0; n < file.n; n++)
        if (open_close(&file, n) != ENT_EMODEL) return 0;
    return 1;
}

/* Damage with a right checksum, as a faulty packer would make: any status, but no crash, and what
 * opens must answer. */
static int sealed_damage_survives(void)
{
    static const char text[] = "Russia Security Council";
    for (size_t i = 8; i < file.n; i++) {
        for (int k = 0; k < 4; k++) {
            copy = file;
            *make_at(&copy, i) = (uint8_t)(k == 0   ? 0
                                           : k == 1 ? 255
                                           : k == 2 ? 1
                                                    : *make_at(&copy, i) + 16);
            make_seal(&copy);
            ent_model *m = NULL;
            if (ent_model_open(copy.aligned, copy.n, NULL, &m) == ENT_OK && m->gaz) {
                ent_gaz_country c;
                const char *name;
                uint32_t len;
                (void)ent_gaz_word(m->gaz, ent_hash("russia", 6));
                for (uint32_t j = 0; j < 70000; j += 7) {
                    if (ent_gaz_country_at(m->gaz, j, &c) && c.name_len)
                        (void)(*(volatile const char *)(c.name + c.name_len - 1));
                    if (ent_gaz_org_at(m->gaz, j, &name, &len) && len)
                        (void)(*(volatile const char *)(name + len - 1));
                }
                (void)text;
            }
            ent_model_close(m);
        }
    }
    return 1;
}

static int memory_short(void)
{
    for (long left = 0;; left++) {
        short_memory t = {.left = left};
        ent_memory mem = {short_realloc, &t};
        ent_model *m = NULL;
        ent_status s = ent_model_open(file.aligned, file.n, &mem, &m);
        if (s != ENT_OK && (s != ENT_ENOMEM || m)) return 0;
        ent_model_close(m);
        if (t.held) return 0;
        if (s == ENT_OK) return left > 0;
    }
}

static int card_says(const char *key, const char *want)
{
    ent_model *m = NULL;
    if (ent_model_open(file.aligned, file.n, NULL, &m)) return 0;
    size_t len = 0;
    const char *v = ent_model_info(m, key, &len);
    int good = want ? v && len == strlen(want) && memcmp(v, want, len) == 0 : v == NULL;
    ent_model_close(m);
    return good;
}

int main(void)
{
    static const char card[] = "version=7\ndate=2026-01-02\nlast=no newline";
    make_gaz(&gaz, PHRASES, 3);
    make_section s[] = {{"GAZ_", 2, make_at(&gaz, 0), gaz.n},
                        {"INFO", 1, (const uint8_t *)card, sizeof card - 1}};
    make_model(&file, s, 2);
    tap_ok(open_close(&file, file.n) == ENT_OK, "a sound model opens");
    tap_ok((make_model(&copy, s, 0), open_close(&copy, copy.n) == ENT_OK),
           "a model without sections opens");
    tap_ok(ent_model_open(NULL, 0, NULL, &(ent_model *){NULL}) == ENT_EARG,
           "bytes that are not there are a bad argument");
    tap_ok(ent_model_open(make_at(&file, 1), file.n - 1, NULL, &(ent_model *){NULL}) == ENT_EARG,
           "misaligned bytes are a bad argument");
    tap_ok(card_says("version", "7") && card_says("date", "2026-01-02") &&
               card_says("last", "no newline"),
           "the card answers");
    tap_ok(card_says("dat", NULL) && card_says("7", NULL), "the card has no other lines");
    tap_ok(flips_refused(), "every byte changed is noticed");
    tap_ok(cuts_refused(), "every length cut is noticed");
    tap_ok(sealed_damage_survives(), "damage with a right checksum does no harm");
    tap_ok(memory_short(), "memory that runs out leaves nothing behind");
    make_section twice[] = {s[0], s[0]};
    make_model(&copy, twice, 2);
    tap_ok(open_close(&copy, copy.n) == ENT_EMODEL, "a section that comes twice is refused");
    return tap_done();
}
