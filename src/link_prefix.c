/* link_prefix - entities by the beginning of a name, for completion. See link.h.
 *
 * A list of the names in the text, each under its whole and under its last word, in order of their
 * first eight letters; made when first asked for after a change, in O(n log n), and searched in
 * halves. Longer beginnings are compared with the text of the few names that share those eight.
 */
#include "link_impl.h"

#include <string.h>

enum { HEAD = 8, LONGEST = 32 };

/* The first letters of a name, the first of them in the highest byte: order of numbers is order of
 * letters. */
static uint64_t head_of(const char *letters, uint32_t n)
{
    uint64_t head = 0;
    for (uint32_t i = 0; i < HEAD; i++)
        head = head << 8 | (i < n ? (unsigned char)letters[i] : 0u);
    return head;
}

static int before(const ent_lname *a, const ent_lname *b)
{
    return a->head != b->head ? a->head < b->head : a->type < b->type;
}

/* Moves the element at `at` down a heap of n. */
static void sink(ent_lname *a, uint32_t at, uint32_t n)
{
    ent_lname x = a[at];
    for (uint32_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && before(&a[child], &a[child + 1])) child++;
        if (!before(&x, &a[child])) break;
        a[at] = a[child];
    }
    a[at] = x;
}

/* Heapsort: no memory, no bad case (Williams 1964). */
static void sort(ent_lname *a, uint32_t n)
{
    for (uint32_t i = n / 2; i > 0; i--)
        sink(a, i - 1, n);
    for (uint32_t i = n; i > 1; i--) {
        ent_lname x = a[0];
        a[0] = a[i - 1];
        a[i - 1] = x;
        sink(a, 0, i - 1);
    }
}

static ent_status add(ent_linker *l, uint32_t type, const char *s, size_t n)
{
    char letters[LONGEST];
    uint32_t k = ent_fold_letters(s, n > 256 ? 256 : (uint32_t)n, letters);
    ent_status st = ent_grow(&l->mem, (void **)&l->by_name, &l->cap_by_name, l->n_by_name + 1u,
                             sizeof *l->by_name);
    if (!st && k) l->by_name[l->n_by_name++] = (ent_lname){head_of(letters, k), type};
    return st;
}

/* Where the last word of a name begins. */
static size_t last_word(const char *s, size_t n)
{
    size_t i = n;
    while (i > 0 && s[i - 1] != ' ' && s[i - 1] != '\n')
        i--;
    return i;
}

static ent_status make_list(ent_linker *l)
{
    ent_status st = ENT_OK;
    l->n_by_name = 0;
    for (uint32_t t = 0; t < l->n_types && !st; t++) {
        if (l->type[t].form != ENT_NAME || !l->seen[t]) continue;
        size_t n;
        const char *s = ent_ltype_text(l, t, &n);
        if (!s) return ENT_ENOMEM;
        st = add(l, t, s, n);
        size_t word = last_word(s, n);
        if (!st && word) st = add(l, t, s + word, n - word);
    }
    if (!st) sort(l->by_name, l->n_by_name);
    l->listed = !st;
    return st;
}

/* Does a name, or its last word, begin with these letters? */
static int begins(ent_linker *l, uint32_t type, const char *letters, uint32_t k)
{
    char own[LONGEST];
    size_t n;
    const char *s = ent_ltype_text(l, type, &n);
    if (!s) return 0;
    for (size_t from = last_word(s, n);; from = 0) {
        uint32_t m = ent_fold_letters(s + from, (uint32_t)(n - from), own);
        if (m >= k && !memcmp(own, letters, k)) return 1;
        if (!from) return 0;
    }
}

static int has(const ent_lids *list, uint32_t id)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (list->at[i] == id) return 1;
    return 0;
}

/* The first name not before a head. */
static uint32_t lower_bound(const ent_linker *l, uint64_t head)
{
    uint32_t from = 0, to = l->n_by_name;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (l->by_name[mid].head < head)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

ent_status ent_linker_prefix(ent_linker *l, const char *prefix, size_t len, size_t most,
                             const uint32_t **ids, size_t *n)
{
    char letters[LONGEST];
    uint32_t k = ent_fold_letters(prefix, len > 256 ? 256 : (uint32_t)len, letters);
    ent_status st = ent_linker_see(l);
    if (!st && !l->listed) st = make_list(l);
    l->found.n = 0;
    uint64_t low = head_of(letters, k), width = k && k < HEAD ? (uint64_t)1 << 8 * (HEAD - k) : 1;
    for (uint32_t i = k ? lower_bound(l, low) : l->n_by_name; !st && l->found.n < most; i++) {
        if (i >= l->n_by_name || l->by_name[i].head - low >= width) break;
        uint32_t type = l->by_name[i].type, id = ent_linker_number(l, type);
        if (id == ENT_NONE || has(&l->found, id)) continue;
        if (k <= HEAD || begins(l, type, letters, k)) st = ent_lids_push(l, &l->found, id);
    }
    *ids = l->found.at;
    *n = st ? 0 : l->found.n;
    return st;
}
