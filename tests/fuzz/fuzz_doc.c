/* fuzz_doc: bytes are an edit script and text; the document must equal one made afresh.
 * clang -fsanitize=fuzzer,address,undefined -Iinclude -Isrc -Itests/c tests/fuzz/fuzz_doc.c \
 *     $(ls src/[!l]*.c src/link*.c) -lm && ./a.out        */
#include "docs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Three bytes an edit: place, bytes removed, bytes taken from what follows; the rest is text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ent_model empty;
    ent_doc *d = NULL, *fresh = NULL;
    size_t half = size / 2;
    if (ent_doc_new(&empty, (const char *)data, half, NULL, &d)) abort();
    for (size_t i = half; i + 3 < size; i += 3) {
        uint32_t n = ent_doc_length(d), at = data[i] * (n + 1) / 256, cut = data[i + 1] % 64;
        uint32_t add = data[i + 2] % 32;
        if (cut > n - at) cut = n - at;
        if (add > size - i - 3) add = (uint32_t)(size - i - 3);
        if (ent_doc_edit(d, at, cut, (const char *)data + i + 3, add)) abort();
    }
    uint32_t n = ent_doc_length(d);
    char *text = malloc(n ? n : 1);
    if (!text || ent_doc_copy(d, (ent_span){0, n}, text)) abort();
    if (ent_doc_new(&empty, text, n, NULL, &fresh) || !docs_same(d, fresh)) abort();
    free(text);
    ent_doc_free(d);
    ent_doc_free(fresh);
    return 0;
}
