/* sent: texts with | where a sentence should end, then properties over random text. */
#include "tap.h"
#include "sent.h"

#include <string.h>

static const char *const cases[] = {
    "He left. |She stayed.|",
    "Mr. Putin met Gen. Mark Milley. |They talked.|",
    "He lives in the U.S. |He likes it.|",
    "The U.S. President met J. K. Rowling of Acme Inc. in May.|",
    "He works at Acme Inc. |The firm is big.|",
    "It costs 3.5 percent. |No. 10 said so on Jan. 5, 2020.|",
    "They met at 10 a.m. Tuesday. |At 5 p.m. |The deal was on.|",
    "\"We go. |They stay,\" he said. |He left.|",
    "\"Why?\" he asked. |\"Stop!\" Mr. Smith said. |So it was.|",
    "Wait... what? |Yes.|",
    "He came (with Mr. X). |She left.|",
    "# Heading\n|Text here. |More text.|",
    "Title\n|=====\n\n|Text.|",
    "* one\n|* two. |Three\n\n|",
    "1. First item\n|2. Second item\n|",
    "A line of text that was wrapped by a careful person at some\n"
    "column, as Angela Merkel and her friend from the old town of\n"
    "Berlin would do. |She said so.|",
    "Angela Merkel\n|Vladimir Putin\n|Emmanuel Macron\n|",
    "One paragraph without end\n\n|Another one\n\n\n|Third|",
    "```\n|code. More\n|```\n|Text.|",
    "> quoted text\n> goes on. |And on.\n|Reply.|",
    "| a | b |\n|",
    "From: Angela Merkel\n|Message-ID: <a@b>\n|Subject: Re: The plan\n\n|Dear all. |Yes.\n|",
    "\\section{Merkel}\n|\\label{x}\n|She met \\emph{him}.\n|\\begin{equation}\n|x = 1. Y\n|"
    "\\end{equation}\n|Then he left.|",
    "#+TITLE: Notes\n|* TODO Call\n|#+begin_src c\n|int x; Y\n|#+end_src\n|He left. |She too.|",
    "= The Plan\n\n|[source,c]\n|----\n|int x. Y\n|----\n\n|He left.|",
    "See:\n\n|.. code:: c\n|\n|   x. Y\n|\n|.. note:: He left. |So did she.|",
    "Tom, a.k.a. The Fox, left c. 1818 with ext. 12. |In the U.S. |He met Gen. MR. X.|",
    "It grew.[12] |It fell.|",
    "al-Qaida said no. |al-Shabaab agreed.|",
    "End.\r\n\r\n|Next.\r\n|",
};

/* Cuts `text` without its bars and compares. A table's bars are told by the first byte. */
static int check(const char *text)
{
    char s[1000];
    uint32_t n = 0, ends[100], k = 0, at = 0, wanted = 0;
    if (*text == '|') return 1;
    for (const char *p = text; *p; p++)
        if (*p == '|')
            ends[k++] = n;
        else
            s[n++] = *p;
    ent_sent_state st = {0};
    unsigned flags;
    while (at < n) {
        at += ent_sent_next(s + at, n - at, at == 0, 0, &st, &flags);
        if (at == n && wanted == k) break;
        if (wanted >= k || ends[wanted++] != at) {
            printf("# ends at %u: %.*s\n", at, (int)at, s);
            return 0;
        }
    }
    return wanted == k;
}

static unsigned flags_of(const char *text)
{
    ent_sent_state st = {0};
    unsigned flags;
    ent_sent_next(text, strlen(text), 1, 0, &st, &flags);
    return flags;
}

/* Sentences cover the text and stay within the limit; what lies more than 2 * ENT_LOOK after a
 * sentence's end does not matter to it. */
static int covers(const char *s, uint32_t n)
{
    ent_sent_state st = {0}, again;
    unsigned flags, flags2;
    for (uint32_t at = 0; at < n;) {
        again = st;
        uint32_t len = ent_sent_next(s + at, n - at, at == 0, 0, &st, &flags);
        uint32_t seen = len + 2 * ENT_LOOK;
        if (len == 0 || len > ENT_MAX_SENT || len > n - at) return 0;
        if (seen < n - at) {
            char *part = malloc(seen);
            memcpy(part, s + at, seen);
            uint32_t len2 = ent_sent_next(part, seen, at == 0, 1, &again, &flags2);
            free(part);
            if (len2 != len || flags2 != flags || memcmp(&st, &again, sizeof st)) {
                printf("# at %u: %u or %u\n", at, len, len2);
                return 0;
            }
        }
        at += len;
    }
    return 1;
}

static void random_text(uint64_t seed)
{
    static const char *const bits[] = {"a ",
                                       "The ",
                                       "word ",
                                       "U.S. ",
                                       ". ",
                                       "? ",
                                       "\"",
                                       "\xE2\x80\x9C",
                                       "\n",
                                       "\n\n",
                                       "> ",
                                       "* ",
                                       "1. ",
                                       "# ",
                                       "```\n",
                                       "| ",
                                       "\t",
                                       "    ",
                                       "---\n",
                                       "...",
                                       "'",
                                       "\xC3\xA9",
                                       "\xFF",
                                       "said ",
                                       "Subject: x\n",
                                       "<!-- ",
                                       "-->",
                                       "\\begin{verbatim}\n",
                                       "Mr. ",
                                       "word word word word word "};
    int good = 1;
    printf("# seed %llu\n", (unsigned long long)seed);
    for (int round = 0; round < 1000 && good; round++) {
        char s[12000];
        uint32_t n = 0, most = tap_below(&seed, 2500), kinds = 2 + tap_below(&seed, 29);
        for (uint32_t k = 0; k < most && n < sizeof s - 40; k++) {
            const char *b = bits[tap_below(&seed, kinds)];
            memcpy(s + n, b, strlen(b));
            n += (uint32_t)strlen(b);
        }
        char *exact = malloc(n ? n : 1);
        memcpy(exact, s, n);
        good = covers(exact, n);
        free(exact);
    }
    tap_ok(good, "random text: covered, bounded, decided by what is near");
}

int main(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        tap_ok(check(cases[i]), cases[i]);
    tap_ok(flags_of("Merkel Says Putin Must Go\n\nText") & ENT_S_CAPS, "title case");
    tap_ok(flags_of("PUTIN REJECTS CALL\n\nText") & ENT_S_HEADING, "headline");
    tap_ok(!(flags_of("Vladimir Putin met Angela Merkel in Moscow.") & ENT_S_CAPS), "no title");
    tap_ok(flags_of("---\ntitle: x\n---\nText") & ENT_S_SKIP, "front matter is skipped");
    tap_ok(flags_of("    x = foo(bar);\n") & ENT_S_SKIP, "code is skipped");
    tap_ok(!(flags_of("    Angela Merkel met Putin.\n") & ENT_S_SKIP), "indented prose is not");
    random_text(tap_setting("SEED", 20240118));
    return tap_done();
}
