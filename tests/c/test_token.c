/* token: a table of texts and the tokens wanted, then properties over random bytes.
 *
 * In the table a token is its text and then a letter for its class where that is not told by the
 * text: ~ URL and the like (ENT_T_SKIP), ' possessive. Tokens are divided by one space.
 */
#include "tap.h"
#include "token.h"
#include "sent.h"

#include <string.h>

static const char *const cases[][2] = {
    {"Angela Merkel met him.", "Angela Merkel met him ."},
    {"Iran-backed groups", "Iran - backed groups"},
    {"Putin's plan, the officials' plan", "Putin 's' plan , the officials '' plan"},
    {"the E.U.\xE2\x80\x99s plan", "the E.U. \xE2\x80\x99s' plan"},
    {"he'll say they're out, don't", "he 'll say they 're out , don't"},
    {"O'Brien and al-Sha'er in C\xC3\xB4te d\xE2\x80\x99Ivoire",
     "O'Brien and al - Sha'er in C\xC3\xB4te d\xE2\x80\x99Ivoire"},
    {"the U.S. and J. K. Rowling, Ph.D.", "the U.S. and J. K. Rowling , Ph.D."},
    {"It was World War I.", "It was World War I ."},
    {"Mr. Jones of Acme Inc. on Jan. 5", "Mr. Jones of Acme Inc. on Jan. 5"},
    {"No. He said no.", "No . He said no ."},
    {"$1,234.50 and 20% at 10:30 a.m.", "$ 1,234.50 and 20 % at 10:30 a.m."},
    {"the 20th, the 1990s, a 3M deal", "the 20th , the 1990s , a 3M deal"},
    {"AT&T, S&P & R&D", "AT&T , S&P & R&D"},
    {"See https://a.com/b_(c), or www.x.org.", "See https://a.com/b_(c)~ , or www.x.org~ ."},
    {"Mail a.b@c.de; Amazon.com, bbc.co.uk", "Mail a.b@c.de~ ; Amazon . com , bbc.co.uk~"},
    {"**Angela** _Merkel_ met * 2*3", "Angela Merkel met * 2 * 3"},
    {"run `rm -rf` now ``he'' said", "run `rm -rf`~ now `` he '' said"},
    {"[France](http://fr.gov \"x\") won", "[ France ] (http://fr.gov \"x\")~ won"},
    {"[[http://x.y][Angela]] and <b>him</b>", "[[http://x.y][~ Angela ] ] and <b>~ him </b>~"},
    {"\\emph{Putin} \\cite[3]{key} \\& co", "\\emph~ { Putin } \\cite[3]{key}~ \\&~ co"},
    {"@realDonald #MAGA &amp; x", "@ realDonald # MAGA &amp;~ x"},
    {"secu-\nrity of Zelen-\n  skyy, Iran-\nbacked",
     "secu-\nrity of Zelen-\n  skyy , Iran - backed"},
    {"wait... what?! -- no", "wait ... what ? ! -- no"},
    {"> quoted\n> text a > b", ">~ quoted >~ text a > b"},
    {"e\xCC\x81tat \xD0\x9F\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD \xE2\x80\x94 x",
     "e\xCC\x81tat \xD0\x9F\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD \xE2\x80\x94 x"},
    {"bad \xFF byte", "bad \xFF~ byte"},
};

static void print_tokens(const char *s, const ent_tokens *t, char *out, size_t room)
{
    size_t n = 0;
    for (uint32_t i = 0; i < t->n && n + 300 < room; i++) {
        uint32_t len = t->at[i].end - t->at[i].start;
        if (i) out[n++] = ' ';
        memcpy(out + n, s + t->at[i].start, len);
        n += len;
        if (t->at[i].cls == ENT_T_SKIP) out[n++] = '~';
        if (t->at[i].flags & ENT_T_POSS) out[n++] = '\'';
    }
    out[n] = 0;
}

static void run_cases(ent_tokens *t)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[2000];
        const char *s = cases[i][0];
        ent_tokenise(s, (uint32_t)strlen(s), 0, NULL, t);
        print_tokens(s, t, got, sizeof got);
        if (!tap_ok(strcmp(got, cases[i][1]) == 0, s)) printf("# got %s\n", got);
    }
}

static int lower_is(const char *s, const char *low)
{
    return ent_hash_lower(s, strlen(s)) == ent_hash(low, strlen(low));
}

/* The fingerprints of tokens are those of their text. */
static int hashes_agree(const char *s, const ent_tokens *t)
{
    for (uint32_t i = 0; i < t->n; i++) {
        const char *w = s + t->at[i].start;
        size_t n = t->at[i].end - t->at[i].start;
        if (memchr(w, '\n', n)) continue;
        if (t->at[i].hash != ent_hash(w, n)) return 0;
        if (t->at[i].cls != ENT_T_SKIP && t->at[i].lower != ent_hash_lower(w, n)) return 0;
    }
    return 1;
}

/* In order, not empty, nothing but white space and format characters left out. */
static int sound(const ent_tokens *t, uint32_t n)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->at[i].start < at || t->at[i].end <= t->at[i].start || t->at[i].end > n) return 0;
        at = t->at[i].end;
    }
    return t->n <= ENT_MAX_TOKENS + 1;
}

static void random_bytes(ent_tokens *t, uint64_t seed)
{
    static const char *const bits[] = {
        "a",  "B",    "U.S.",     "'",       "\"",  "\xE2\x80\x99", "`",       "``", "(",
        "](", "[[",   "<",        ">",       "-",   "-\n",          ".",       "@",  "1",
        " ",  "\xC3", "\xC3\xA9", "\\cite{", "&x;", "\xE2",         "http://", "\n", "_"};
    char s[600];
    int good = 1;
    printf("# seed %llu\n", (unsigned long long)seed);
    for (int round = 0; round < 20000 && good; round++) {
        uint32_t n = 0, most = tap_below(&seed, 120);
        for (uint32_t k = 0; k < most && n < sizeof s - 10; k++) {
            const char *b = bits[tap_below(&seed, sizeof bits / sizeof *bits)];
            memcpy(s + n, b, strlen(b));
            n += (uint32_t)strlen(b);
        }
        char *exact = malloc(n ? n : 1); /* so that a sanitizer sees a read past the end */
        memcpy(exact, s, n);
        good =
            ent_tokenise(exact, n, 0, NULL, t) == ENT_OK && sound(t, n) && hashes_agree(exact, t);
        free(exact);
    }
    tap_ok(good, "random marks: tokens are sound, fingerprints agree");
}

int main(void)
{
    ent_tokens t = {0};
    run_cases(&t);
    tap_ok(ent_hash("", 0) == 0xaa8d3a5fu || ent_hash("", 0) != 0, "fingerprint is never 0");
    tap_ok(lower_is("PUTIN", "putin") &&
               lower_is("O\xE2\x80\x99"
                        "B",
                        "o'b") &&
               lower_is("\xC3\x89TAT", "\xC3\xA9tat") &&
               lower_is("a\xC2\xAD"
                        "b",
                        "ab"),
           "lower-case fingerprints");
    tap_ok(ent_hash("abc", 3) != ent_hash("abd", 3) && ent_hash_join(0, 5) != ent_hash_join(5, 0),
           "fingerprints differ");
    const char *s = "U.S. McCain G7 iPhone NATO said J. \"Yes\" he";
    ent_tokenise(s, (uint32_t)strlen(s), 0, NULL, &t);
    tap_ok(t.at[0].shape == ENT_SH_ACRO && t.at[1].shape == ENT_SH_MIXED &&
               t.at[2].shape == ENT_SH_UPPER && t.at[3].shape == ENT_SH_MIXED &&
               t.at[4].shape == ENT_SH_UPPER && t.at[5].shape == ENT_SH_LOWER &&
               t.at[6].shape == ENT_SH_ACRO,
           "shapes");
    tap_ok(t.at[7].flags & ENT_T_OPEN && t.at[8].flags & ENT_T_INQUOTE &&
               t.at[9].flags & ENT_T_CLOSE && !(t.at[10].flags & ENT_T_INQUOTE),
           "quotation marks open and close");
    random_bytes(&t, tap_setting("SEED", 20240117));
    ent_free(NULL, t.at, 0);
    return tap_done();
}
