/* Fingerprints of words, phrases and letters: the same numbers stand in fingerprint_spec.lua, which
 * computes them with the packer's own code. */
#include "tap.h"
#include "token.h"
#include "utf8.h"

#include <string.h>

static const struct {
    const char *text;
    uint32_t lower;
} WORDS[] = {
    {"Putin", 0xb9319ab1},     {"São", 0x5b5639c7},
    {"ÇANAKKALE", 0x77a12ed5}, {"İstanbul", 0x8b8fb196},
    {"O’Brien", 0x48a534de},   {"Σίσυφος", 0x121a4d38},
    {"МОСКВА", 0x8bcf47ac},    {"Nagorno–Karabakh", 0xbdc54bfb},
};

/* All letters of the ranges that names are written in, joined into one number. */
static uint32_t letters(uint32_t first, uint32_t last)
{
    uint32_t h = 0;
    for (uint32_t c = first; c <= last; c++) {
        char s[4];
        unsigned n = ent_utf8_encode(c, s);
        h = ent_hash_join(h, ent_hash_lower(s, n));
    }
    return h;
}

/* Three hundred made-up words of two to five syllables. */
static uint32_t made_up(void)
{
    static const char *SYLLABLE[] = {"Ka", "lo", "Mé", "ri", "šu", "ten", "Øst", "ya"};
    uint32_t h = 0;
    for (uint32_t i = 0; i < 300; i++) {
        char word[32] = "";
        for (uint32_t k = 0; k < 2 + i % 4; k++)
            strcat(word, SYLLABLE[(i / (k + 1) + k * k) % 8]);
        h = ent_hash_join(h, ent_hash_lower(word, strlen(word)));
    }
    return h;
}

static void number(uint32_t have, uint32_t want, const char *name)
{
    if (!tap_ok(have == want, name)) printf("  0x%08x, expected 0x%08x\n", have, want);
}

int main(void)
{
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        number(ent_hash_lower(WORDS[i].text, strlen(WORDS[i].text)), WORDS[i].lower, WORDS[i].text);
    number(letters(0x41, 0x24F), 0xc9efddd7, "Latin letters");
    number(letters(0x370, 0x3FF), 0xfd2f622c, "Greek letters");
    number(letters(0x400, 0x52F), 0x918edb69, "Cyrillic letters");
    number(letters(0x1E00, 0x1EFF), 0x43c71753, "Latin letters with more marks");
    number(made_up(), 0x37e0f22d, "made-up words");
    return tap_done();
}
