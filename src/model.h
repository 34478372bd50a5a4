/* model - the packed file: a header, a table of sections, sections. All little-endian.
 *
 *     0   8  magic "ENTMODEL"
 *     8   4  format version (ENT_MODEL_VERSION)
 *    12   4  number of sections
 *    16   8  size of the whole file
 *    24   8  checksum: ent_checksum of bytes 32 .. size
 *    32  16  per section: id (4 letters), version, offset (multiple of 16), size
 *    ...     sections
 *
 * Sections  INFO  card lines "key=value\n"     (model.c)
 *           GAZ_  gazetteer                     (gaz.c)
 *           TAG_  tagger weights                (tag.c)
 *           CLUS  word clusters, case counts    (feat.c)
 *           LINK  coreference weights, lists    (link.c)
 *           CLAI  cues, proposal nouns, weights (claim.c)
 * Sections stand in the order of the table; each starts at the first multiple of 16 behind the one
 * before, the gap is zero, and the file ends with the last one's padding: so the number of sections
 * and every offset follow from the sizes, and a damaged table cannot pass.
 * Each stage checks its own section once in its ent_*_open (called by ent_model_open in
 * doc_open.c); a section may be absent: the stage then finds nothing.
 */
#ifndef ENT_MODEL_H
#define ENT_MODEL_H

#include "mem.h"

#define ENT_MODEL_VERSION 1u

struct ent_gaz;
struct ent_tagger;
struct ent_feats;
struct ent_linkmodel;
struct ent_claimmodel;

struct ent_model {
    const uint8_t *data;
    size_t len;
    ent_memory mem;
    struct ent_gaz *gaz; /* each NULL when its section is absent */
    struct ent_tagger *tagger;
    struct ent_feats *feats;
    struct ent_linkmodel *link;
    struct ent_claimmodel *claim;
};

/* Little-endian numbers of a packed file, wherever they stand. */
static inline uint32_t ent_le16(const uint8_t *p)
{
    return p[0] | (uint32_t)p[1] << 8;
}

static inline uint32_t ent_le32(const uint8_t *p)
{
    return ent_le16(p) | ent_le16(p + 2) << 16;
}

static inline uint64_t ent_le64(const uint8_t *p)
{
    return ent_le32(p) | (uint64_t)ent_le32(p + 4) << 32;
}

/* Checks the container: magic, version, size, checksum, and that the sections named in the table
 * fill the file in order without a gap. ENT_EMODEL when anything is off. O(len). */
ent_status ent_model_check(const uint8_t *data, size_t len);

/* Section by id, e.g. "GAZ_"; NULL when absent. *size and *version are set when found. */
const uint8_t *ent_model_section(const ent_model *m, const char id[4], size_t *size,
                                 uint32_t *version);

/* 64-bit checksum: FNV-1a over 8-byte little-endian words, the tail zero-padded. */
uint64_t ent_checksum(const uint8_t *p, size_t n);

#endif
