/* model - the packed file: see model.h for its layout.
 *
 * Everything is checked once, when the file is opened; afterwards a section found is a section that
 * lies inside the file. Numbers are read byte by byte, so neither alignment nor byte order matters.
 */
#include "model.h"

#include <string.h>

enum {
    MODEL_HEAD = 32,  /* bytes of the header */
    MODEL_ENTRY = 16, /* bytes of a line of the table */
    MODEL_ALIGN = 16, /* sections start at multiples of this */
    MODEL_MAX_SECTIONS = 64
};

static const char MODEL_MAGIC[8] = {'E', 'N', 'T', 'M', 'O', 'D', 'E', 'L'};

/* FNV-1a taken eight bytes at a time (Fowler, Noll, Vo; public domain). Each step is a bijection of
 * the state, so two files that differ in one word never share a checksum. */
uint64_t ent_checksum(const uint8_t *p, size_t n)
{
    uint64_t h = 14695981039346656037u;
    for (; n >= 8; p += 8, n -= 8)
        h = (h ^ ent_le64(p)) * 1099511628211u;
    if (n) {
        uint8_t tail[8] = {0};
        memcpy(tail, p, n);
        h = (h ^ ent_le64(tail)) * 1099511628211u;
    }
    return h;
}

/* Rounds up to where the next section may start. */
static size_t model_align(size_t n)
{
    return (n + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
}

/* The table and the sections must tile the file: any other table is damage. Ids must be printable
 * ASCII and differ, or a section could hide another. */
static int model_tiles(const uint8_t *data, size_t len, uint32_t sections)
{
    size_t at = MODEL_HEAD + (size_t)sections * MODEL_ENTRY;
    if (at > len) return 0;
    for (uint32_t i = 0; i < sections; i++) {
        const uint8_t *e = data + MODEL_HEAD + (size_t)i * MODEL_ENTRY;
        uint32_t offset = ent_le32(e + 8), size = ent_le32(e + 12);
        for (int k = 0; k < 4; k++)
            if (e[k] < 0x21 || e[k] > 0x7e) return 0;
        for (uint32_t k = 0; k < i; k++)
            if (memcmp(data + MODEL_HEAD + (size_t)k * MODEL_ENTRY, e, 4) == 0) return 0;
        if (offset != at || size > len - at) return 0;
        at = model_align(at + size);
        if (at > len) return 0;
    }
    return at == len;
}

/* The cheap checks come first, so that a file of another kind is refused without reading it. */
ent_status ent_model_check(const uint8_t *data, size_t len)
{
    if (len < MODEL_HEAD || memcmp(data, MODEL_MAGIC, sizeof MODEL_MAGIC) != 0) return ENT_EMODEL;
    uint32_t sections = ent_le32(data + 12);
    if (ent_le32(data + 8) != ENT_MODEL_VERSION || ent_le64(data + 16) != len) return ENT_EMODEL;
    if (sections > MODEL_MAX_SECTIONS || !model_tiles(data, len, sections)) return ENT_EMODEL;
    if (ent_checksum(data + MODEL_HEAD, len - MODEL_HEAD) != ent_le64(data + 24)) return ENT_EMODEL;
    return ENT_OK;
}

/* A walk over the few lines of the table; stages call it once each when the model is opened. */
const uint8_t *ent_model_section(const ent_model *m, const char id[4], size_t *size,
                                 uint32_t *version)
{
    uint32_t sections = ent_le32(m->data + 12);
    for (uint32_t i = 0; i < sections; i++) {
        const uint8_t *e = m->data + MODEL_HEAD + (size_t)i * MODEL_ENTRY;
        if (memcmp(e, id, 4) != 0) continue;
        if (version) *version = ent_le32(e + 4);
        if (size) *size = ent_le32(e + 12);
        return m->data + ent_le32(e + 8);
    }
    return NULL;
}

/* Looks for the line "key=value" in the card. The card is a handful of lines: a scan is enough. */
const char *ent_model_info(const ent_model *m, const char *key, size_t *len)
{
    size_t size = 0;
    const char *p = m && key ? (const char *)ent_model_section(m, "INFO", &size, NULL) : NULL;
    const char *end = p ? p + size : NULL;
    size_t key_len = p ? strlen(key) : 0;
    while (p && p < end) {
        const char *eol = memchr(p, '\n', (size_t)(end - p));
        if (!eol) eol = end;
        if ((size_t)(eol - p) > key_len && p[key_len] == '=' && memcmp(p, key, key_len) == 0) {
            if (len) *len = (size_t)(eol - p) - key_len - 1;
            return p + key_len + 1;
        }
        p = eol < end ? eol + 1 : end;
    }
    return NULL;
}
