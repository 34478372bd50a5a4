/* The gazetteer against a naive scan: every phrase tried at every place. */
#include "make_model.h"
#include "tap.h"

enum { WORDS = 12, MAX_PHRASES = 40, MAX_SENTENCE = 24 };

/* One-letter words in random phrases make many overlaps and shared beginnings. */
static const char *WORD[WORDS] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};

typedef struct world {
    make_phrase phrase[MAX_PHRASES];
    char text[MAX_PHRASES][32];
    uint32_t n;
} world;

static make_bytes section, file;

/* Phrases with kinds of one or two bits; the same words never come twice. */
static void make_world(world *w, uint64_t *rnd)
{
    w->n = 0;
    uint32_t want = 1 + tap_random(rnd) % MAX_PHRASES;
    for (uint32_t i = 0; i < want; i++) {
        char *s = w->text[w->n];
        s[0] = '\0';
        for (uint32_t k = 1 + tap_random(rnd) % 4; k > 0; k--) {
            if (s[0]) strcat(s, " ");
            strcat(s, WORD[tap_random(rnd) % WORDS]);
        }
        int known = 0;
        for (uint32_t k = 0; k < w->n; k++)
            known |= strcmp(w->text[k], s) == 0;
        if (known) continue;
        w->phrase[w->n].words = s;
        w->phrase[w->n].e = (ent_gaz_entry){
            .kinds = (uint16_t)(1u << tap_random(rnd) % 5 | 1u << tap_random(rnd) % 5),
            .weight = (uint8_t)(w->n + 1)};
        w->n++;
    }
}

/* Words of a sentence by hand, some capitalised, some joined by a hyphen. */
static uint32_t make_sentence(char *s, ent_token *t, uint64_t *rnd)
{
    uint32_t n = 0, at = 0, words = 1 + tap_random(rnd) % (MAX_SENTENCE / 2);
    for (uint32_t i = 0; i < words; i++) {
        int hyphen = i > 0 && tap_random(rnd) % 5 == 0;
        if (hyphen) {
            s[at] = '-';
            t[n++] = (ent_token){.start = at, .end = at + 1, .cls = ENT_T_DASH};
            at++;
        } else if (i > 0) {
            s[at++] = ' ';
        }
        const char *w = WORD[tap_random(rnd) % WORDS];
        s[at] = w[0];
        t[n++] = (ent_token){.start = at,
                             .end = at + 1,
                             .cls = ENT_T_WORD,
                             .shape = ENT_SH_INIT,
                             .lower = ent_hash(w, 1),
                             .flags = hyphen ? 0 : ENT_T_SPACE};
        at++;
    }
    s[at] = '\0';
    return n;
}

/* Does the phrase stand at token i? Gives the number of tokens, hyphens counted. */
static uint32_t stands(const char *phrase, const char *s, const ent_token *t, uint32_t n,
                       uint32_t i)
{
    uint32_t j = i;
    for (const char *p = phrase; *p; p += p[1] == ' ' ? 2 : 1) {
        if (j > i && j < n && t[j].cls == ENT_T_DASH) j++;
        if (j >= n || t[j].cls != ENT_T_WORD || s[t[j].start] != *p) return 0;
        j++;
    }
    return j - i;
}

/* The definition in gaz.h, word by word: for each start the longest of each kind. */
static uint32_t naive(const world *w, const char *s, const ent_token *t, uint32_t n,
                      ent_gaz_hit *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++) {
        unsigned seen = 0;
        for (uint32_t len = n - i; len > 0; len--) {
            for (uint32_t k = 0; k < w->n; k++) {
                if (t[i].cls != ENT_T_WORD || stands(w->phrase[k].words, s, t, n, i) != len)
                    continue;
                ent_gaz_entry e = w->phrase[k].e;
                e.kinds &= (uint16_t)~seen;
                seen |= e.kinds;
                if (e.kinds) out[count++] = (ent_gaz_hit){.first = i, .n = len, .e = e};
            }
        }
    }
    return count;
}

static int same(const ent_gaz_hit *a, uint32_t na, const ent_gaz_hits *b)
{
    if (na != b->n) return 0;
    for (uint32_t i = 0; i < na; i++)
        if (a[i].first != b->at[i].first || a[i].n != b->at[i].n ||
            a[i].e.kinds != b->at[i].e.kinds || a[i].e.weight != b->at[i].e.weight)
            return 0;
    return 1;
}

static struct ent_gaz *open_gaz(ent_model *m, const make_phrase *p, uint32_t n)
{
    struct ent_gaz *g = NULL;
    make_gaz(&section, p, n);
    make_section s = {"GAZ_", 2, make_at(&section, 0), section.n};
    make_model(&file, &s, 1);
    *m = (ent_model){.data = make_at(&file, 0), .len = file.n};
    return ent_gaz_open(m, &g) == ENT_OK ? g : NULL;
}

static int random_worlds(void)
{
    static world w;
    static ent_gaz_hit expected[MAX_SENTENCE * MAX_PHRASES];
    ent_gaz_hits hits = {0};
    int good = 1;
    for (uint32_t seed = 1; seed <= 400 && good; seed++) {
        uint64_t rnd = seed * 2654435761u;
        ent_model m;
        make_world(&w, &rnd);
        struct ent_gaz *g = open_gaz(&m, w.phrase, w.n);
        for (int k = 0; k < 20 && good; k++) {
            char s[MAX_SENTENCE * 2];
            ent_token t[MAX_SENTENCE];
            uint32_t n = make_sentence(s, t, &rnd);
            good = g && ent_gaz_match(g, s, t, n, NULL, &hits) == ENT_OK &&
                   same(expected, naive(&w, s, t, n, expected), &hits);
            if (!good) printf("  seed %u, sentence \"%s\"\n", seed, s);
        }
        ent_gaz_close(g, NULL);
    }
    ent_free(NULL, hits.at, 0);
    ent_free(NULL, hits.word, 0);
    return good;
}

static const make_phrase CASES[] = {
    {"us", {.kinds = ENT_G_COUNTRY, .flags = ENT_GF_CASE, .country = 1}},
    {"may", {.kinds = ENT_G_FAMILY, .flags = ENT_GF_WORD}},
    {"al assad", {.kinds = ENT_G_PERSON}},
    {"people 's party", {.kinds = ENT_G_ORG, .id = 1}},
    {"officials", {.kinds = ENT_G_GROUPNOUN}},
};

/* Kinds of the hit that covers the most at the sentence's first token; 0 none. */
static unsigned first_kinds(const struct ent_gaz *g, const char *s, uint32_t *n_tokens)
{
    ent_tokens t = {0};
    ent_gaz_hits hits = {0};
    unsigned kinds = 0;
    if (ent_tokenise(s, (uint32_t)strlen(s), 0, NULL, &t) == ENT_OK &&
        ent_gaz_match(g, s, t.at, t.n, NULL, &hits) == ENT_OK && hits.n && hits.at[0].first == 0) {
        kinds = hits.at[0].e.kinds;
        *n_tokens = hits.at[0].n;
    }
    ent_free(NULL, t.at, 0);
    ent_free(NULL, hits.at, 0);
    ent_free(NULL, hits.word, 0);
    return kinds;
}

static int finds(const struct ent_gaz *g, const char *s, unsigned kinds, uint32_t tokens)
{
    uint32_t n = 0;
    return first_kinds(g, s, &n) == kinds && n == tokens;
}

static void writing(void)
{
    ent_model m;
    struct ent_gaz *g = open_gaz(&m, CASES, sizeof CASES / sizeof *CASES);
    tap_ok(finds(g, "US troops", 1, 1) && finds(g, "U.S. troops", 1, 1), "US and U.S. are one");
    tap_ok(finds(g, "us", 0, 0) && finds(g, "Us", 0, 0), "us is no acronym");
    tap_ok(finds(g, "May said", ENT_G_FAMILY, 1) && finds(g, "may say", 0, 0),
           "a name that is a word needs a capital");
    tap_ok(finds(g, "al-Assad", ENT_G_PERSON, 3) && finds(g, "Al Assad's", ENT_G_PERSON, 2),
           "hyphens and spaces are one");
    tap_ok(finds(g, "People’s Party", ENT_G_ORG, 3), "an apostrophe may stand inside a name");
    tap_ok(finds(g, "Officials", ENT_G_GROUPNOUN, 1) && finds(g, "officials", ENT_G_GROUPNOUN, 1),
           "nouns match in any case");
    ent_gaz_country c;
    const char *name;
    uint32_t len;
    tap_ok(ent_gaz_country_at(g, 0, &c) && c.name_len == 6 && memcmp(c.name, "Russia", 6) == 0 &&
               !strcmp(c.iso, "RU"),
           "countries have names and codes");
    tap_ok(ent_gaz_org_at(g, 0, &name, &len) && len == 4 && memcmp(name, "NATO", 4) == 0,
           "organisations have names");
    tap_ok(!ent_gaz_country_at(g, 1, &c) && !ent_gaz_org_at(g, 1, &name, &len),
           "numbers past the end have none");
    tap_ok(ent_gaz_word(g, ent_hash("officials", 9)).kinds == ENT_G_GROUPNOUN &&
               ent_gaz_word(g, ent_hash("nothing", 7)).kinds == 0,
           "a word by its fingerprint");
    ent_gaz_close(g, NULL);
}

int main(void)
{
    tap_ok(random_worlds(), "matches equal a naive scan's in 8000 random sentences");
    writing();
    return tap_done();
}
