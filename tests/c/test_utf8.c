/* utf8: decoding of good and bad bytes, classes and case. */
#include "tap.h"
#include "utf8.h"

#include <string.h>

static int decodes(const char *s, size_t n, unsigned len, uint32_t want)
{
    uint32_t cp;
    return ent_utf8_decode(s, n, &cp) == len && cp == want;
}

/* Every code point that is no surrogate comes back from its own encoding, cut ones never. */
static int round_trip(void)
{
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        char s[4];
        if (cp >= 0xD800 && cp < 0xE000) continue;
        unsigned len = ent_utf8_encode(cp, s);
        if (!decodes(s, len, len, cp)) return 0;
        if (len > 1 && !decodes(s, len - 1, 1, ENT_BADCHAR)) return 0;
    }
    return 1;
}

int main(void)
{
    size_t first;
    tap_ok(round_trip(), "every code point decodes from its encoding, none from less");
    tap_ok(decodes("\xC0\x80", 2, 1, ENT_BADCHAR), "overlong NUL is invalid");
    tap_ok(decodes("\xE0\x9F\xBF", 3, 1, ENT_BADCHAR), "overlong three bytes are invalid");
    tap_ok(decodes("\xED\xA0\x80", 3, 1, ENT_BADCHAR), "a surrogate is invalid");
    tap_ok(decodes("\xF4\x90\x80\x80", 4, 1, ENT_BADCHAR), "past U+10FFFF is invalid");
    tap_ok(decodes("\xF0\x8F\xBF\xBF", 4, 1, ENT_BADCHAR), "overlong four bytes are invalid");
    tap_ok(ent_utf8_check("a\xFFz\xC3", 4, &first) == 2 && first == 1, "bad bytes are counted");
    tap_ok(ent_utf8_check("\xC3\xA9", 2, &first) == 0 && first == 2, "good text has none");
    tap_ok(ent_char_class('A') == ENT_CH_UPPER && ent_char_class(0xE9) == ENT_CH_LOWER &&
               ent_char_class(0x4E2D) == ENT_CH_LETTER && ent_char_class(0x301) == ENT_CH_MARK &&
               ent_char_class(0x669) == ENT_CH_DIGIT && ent_char_class(0x201C) == ENT_CH_PUNCT &&
               ent_char_class(0x20AC) == ENT_CH_SYMBOL && ent_char_class(0xA0) == ENT_CH_SPACE &&
               ent_char_class(0) == ENT_CH_OTHER && ent_char_class(0x20001) == ENT_CH_LETTER &&
               ent_char_class(ENT_BADCHAR) == ENT_CH_OTHER,
           "classes");
    tap_ok(ent_char_lower('A') == 'a' && ent_char_lower(0xC9) == 0xE9 &&
               ent_char_lower(0x410) == 0x430 && ent_char_lower(0x130) == 'i' &&
               ent_char_lower('1') == '1' && ent_char_lower(ENT_BADCHAR) == ENT_BADCHAR,
           "lower case");
    return tap_done();
}
