/* doc - the document: text, sentences, results, kept up to date edit by edit. */
#ifndef ENT_DOC_H
#define ENT_DOC_H

#include "link.h"

struct ent_doc {
    const ent_model *model;
    ent_memory mem;
    char *text;
    uint32_t len, cap;
    uint64_t revision;
    ent_sent *sents;
    uint32_t n, cap_sents;
    int linked;
    ent_linker *linker;
    ent_work work;
    ent_mention *out; /* answers, valid until the next call */
    uint32_t cap_out;
    ent_stance *stances;
    uint32_t cap_stances;
    ent_attribution *attrs;
    uint32_t cap_attrs;
};

#endif
