/* json - what was found in a document as one line of JSON, schema 1.
 *
 * The line is handed over in pieces, so a document of any size needs no memory of its own for it.
 */
#ifndef ENT_JSON_H
#define ENT_JSON_H

#include "units.h"

/* Takes the next n bytes of output. It may leave by longjmp: nothing is owned meanwhile. */
typedef void (*ent_sink)(void *ctx, const char *s, size_t n);

typedef struct ent_json_options {
    const char *name; /* the document's name; not NUL-ended */
    size_t name_len;
    const ent_units *units; /* made on the document's text */
    size_t invalid;         /* bytes of it that are no UTF-8; told when there are any */
    ent_sink sink;
    void *ctx;
} ent_json_options;

/* Writes the line without a line break. On failure part of it may have been handed over. */
ent_status ent_json_doc(ent_doc *d, const ent_json_options *o);

/* Writes bytes as a JSON string: control characters (C1 too) are escaped, a byte that is no UTF-8
 * becomes U+FFFD. */
void ent_json_string(const char *s, size_t n, ent_sink sink, void *ctx);

#endif
