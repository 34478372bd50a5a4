/* lua_rows - what the index keeps of a document, and names as it compares them, for Lua.
 *
 *     doc:rows(head, abouts)     -> what lua/entente/index/rows.lua tells of; head: the first
 *                                   line, with \x1f for the columns made here; abouts: what is said
 * of entities, by id core.fold(name, person)    -> the name as it is compared
 *     core.name_hash(folded)     -> a number below 2^23
 *
 * Written in C because it runs for every name of every document: in Lua it took half as long as
 * the analysis.
 */
#include "lua_rows.h"

#include "lua_doc.h"
#include "lua_sqlite.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTES "entente.bytes"

enum { NAME_MAX_BYTES = 120, FOLD_MAX = NAME_MAX_BYTES * 3, ALIASES = 7, ALIAS_LOOK = 64 };

/* ---- bytes that grow, owned by Lua so that no error can lose them ------------------------------
 */

typedef struct bytes {
    char *p;
    size_t n, cap;
    int failed; /* memory ran out: what is added is dropped */
} bytes;

typedef struct scratch {
    bytes lines, places;
    uint32_t *first; /* for each entity: who takes the first stance on it */
} scratch;

static int scratch_gc(lua_State *L)
{
    scratch *s = luaL_checkudata(L, 1, BYTES);
    free(s->lines.p);
    free(s->places.p);
    free(s->first);
    memset(s, 0, sizeof *s);
    return 0;
}

static char *room(bytes *b, size_t more)
{
    if (b->cap - b->n < more) {
        size_t cap = b->cap ? b->cap : 4096;
        while (cap - b->n < more)
            cap *= 2;
        char *p = realloc(b->p, cap);
        if (!p) {
            b->failed = 1;
            return NULL;
        }
        b->p = p;
        b->cap = cap;
    }
    return b->p + b->n;
}

static void add(bytes *b, const char *s, size_t n)
{
    char *to = room(b, n);
    if (!to) return;
    memcpy(to, s, n);
    b->n += n;
}

/* Seven bits a byte, the lowest first. */
static void add_packed(bytes *b, uint32_t v)
{
    char *to = room(b, 5);
    if (!to) return;
    size_t n = 0;
    for (; v >= 128; v >>= 7)
        to[n++] = (char)(v | 128);
    to[n++] = (char)v;
    b->n += n;
}

/* A decimal number and the character behind it. */
static void add_number(bytes *b, uint32_t v, char behind)
{
    char digits[12];
    size_t at = sizeof digits;
    digits[--at] = behind;
    do
        digits[--at] = (char)('0' + v % 10);
    while (v /= 10);
    add(b, digits + at, sizeof digits - at);
}

/* ---- names as they are compared ---------------------------------------------------------------
 */

/* The plain letter for a Latin letter with marks, '.' where there is none: from Unicode's
 * decompositions, and a few by hand (ae -> a, eth -> d, o with stroke -> o ...). */
static char plain(uint32_t cp)
{
    static const char low[] = "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
                              "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                              "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
                              "................................oo.............uu..............."
                              ".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...."
                              "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
                              "................";
    static const char high[] = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
                               "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
                               "wwwwwwwwwwxxxxyyzzzzzzhtwy....s.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
                               "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";
    char c = cp >= 0xC0 && cp < 0x250      ? low[cp - 0xC0]
             : cp >= 0x1E00 && cp < 0x1F00 ? high[cp - 0x1E00]
                                           : '.';
    return c == '.' ? 0 : c;
}

/* An apostrophe that begins a possessive: an s follows, then no letter. */
static int possessive(const char *s, size_t n)
{
    uint32_t cp;
    if (!n || (s[0] != 's' && s[0] != 'S')) return 0;
    if (n == 1) return 1;
    ent_utf8_decode(s + 1, n - 1, &cp);
    ent_charclass c = ent_char_class(cp);
    return c != ENT_CH_UPPER && c != ENT_CH_LOWER && c != ENT_CH_LETTER && c != ENT_CH_DIGIT;
}

/* Folds a name of at most NAME_MAX_BYTES bytes: small letters without marks, one blank between
 * words; points and apostrophes go, other signs part words. Returns the length. */
static size_t fold_plain(const char *s, size_t n, char out[FOLD_MAX])
{
    size_t len = 0;
    if (n > NAME_MAX_BYTES) n = NAME_MAX_BYTES;
    for (size_t at = 0; at < n;) {
        uint32_t cp;
        at += ent_utf8_decode(s + at, n - at, &cp);
        char c = cp < 128 ? 0 : plain(cp);
        if (cp == '\'' || cp == 0x2019 || cp == 0x2018 || cp == 0x2BC) {
            if (possessive(s + at, n - at)) at++;
            continue;
        }
        if (c) {
            out[len++] = c;
            continue;
        }
        switch (ent_char_class(cp)) {
        case ENT_CH_UPPER:
        case ENT_CH_LOWER:
        case ENT_CH_LETTER:
        case ENT_CH_DIGIT:
            len += ent_utf8_encode(ent_char_lower(cp), out + len);
            break;
        case ENT_CH_MARK:
            break;
        default:
            if (cp != '.' && len && out[len - 1] != ' ') out[len++] = ' ';
        }
    }
    while (len && out[len - 1] == ' ')
        len--;
    if (len > 4 && !memcmp(out, "the ", 4)) memmove(out, out + 4, len -= 4);
    return len;
}

/* The last word of a folded name; *at is where it starts. */
static size_t last_word(const char *s, size_t n, size_t *at)
{
    *at = n;
    while (*at && s[*at - 1] != ' ')
        --*at;
    return n - *at;
}

static int is_suffix(const char *s, size_t n)
{
    static const char *const list[] = {"jr", "sr", "ii", "iii", "iv"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (strlen(list[i]) == n && !memcmp(list[i], s, n)) return 1;
    return 0;
}

/* Takes Jr and single letters between the first and the last word out of a person's name. */
static size_t fold_person(char *s, size_t n)
{
    size_t at, first = 0;
    size_t len = last_word(s, n, &at);
    while (first < n && s[first] != ' ')
        first++;
    if (at > first + 1 && is_suffix(s + at, len)) {
        n = at - 1;
        last_word(s, n, &at);
    }
    if (first >= at) return n;
    size_t to = first + 1;
    for (size_t i = first + 1; i < at;) {
        size_t stop = i;
        /* fold wrote all n bytes */
        /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
        while (stop < at && s[stop] != ' ')
            stop++;
        if (stop - i > 1) {
            memmove(s + to, s + i, stop - i + 1);
            to += stop - i + 1;
        }
        i = stop + 1;
    }
    memmove(s + to, s + at, n - at);
    return to + n - at;
}

static size_t fold(const char *s, size_t n, int person, char out[FOLD_MAX])
{
    size_t len = fold_plain(s, n, out);
    return person ? fold_person(out, len) : len;
}

static uint32_t name_hash(const char *s, size_t n)
{
    uint64_t h = ent_lua_hash(s, n);
    return (uint32_t)((h ^ h >> 23 ^ h >> 46) & 0x7fffff);
}

static int core_fold(lua_State *L)
{
    size_t n;
    const char *s = luaL_checklstring(L, 1, &n);
    char out[FOLD_MAX];
    lua_pushlstring(L, out, fold(s, n, lua_toboolean(L, 2), out));
    return 1;
}

static int core_name_hash(lua_State *L)
{
    size_t n;
    const char *s = luaL_checklstring(L, 1, &n);
    lua_pushinteger(L, (lua_Integer)name_hash(s, n));
    return 1;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

/* A name on one line, not too long, no half character at its end; its length. */
static size_t tidy(const char *s, size_t n, char out[NAME_MAX_BYTES])
{
    size_t len = 0, i = 0;
    for (; i < n && len < NAME_MAX_BYTES; i++) {
        int blank = (unsigned char)s[i] <= ' ' || s[i] == 127;
        if (!blank)
            out[len++] = s[i];
        else if (len && out[len - 1] != ' ')
            out[len++] = ' ';
    }
    if (i < n && ((unsigned char)s[i] & 0xC0) == 0x80) {
        while (len && ((unsigned char)out[len - 1] & 0xC0) == 0x80)
            len--;
        if (len) len--;
    }
    while (len && out[len - 1] == ' ')
        len--;
    return len;
}

/* Mentions of an entity at places of their own. */
static uint32_t count_places(const ent_mention *m, size_t n)
{
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += !i || m[i].start != m[i - 1].start || m[i].end != m[i - 1].end;
    return count;
}

/* Adds the places of an entity; returns how many. First their number, then for each its first byte
 * less that of the one before, a byte with form and score, and its length where that is not the one
 * before's (at first: that of the entity's name), which the byte's highest bit tells. */
static uint32_t add_places(bytes *b, const ent_mention *m, size_t n, uint32_t length)
{
    uint32_t last = 0, count = count_places(m, n);
    add_packed(b, count);
    for (size_t i = 0; i < n; i++) {
        if (i && m[i].start == m[i - 1].start && m[i].end == m[i - 1].end) continue;
        add_packed(b, m[i].start - last);
        int other = m[i].end - m[i].start != length;
        char bits = (char)(m[i].form | (int)(m[i].score * 31.0f + 0.5f) << 2 | other << 7);
        add(b, &bits, 1);
        length = m[i].end - m[i].start;
        if (other) add_packed(b, length);
        last = m[i].start;
    }
    return count;
}

static void add_aliases(bytes *b, ent_doc *d, uint32_t id, const char *name, size_t len)
{
    const char *alias;
    size_t n, kept = 0;
    char out[NAME_MAX_BYTES];
    for (size_t i = 0; i < ALIAS_LOOK && kept < ALIASES; i++) {
        if (ent_doc_alias(d, id, i, &alias, &n) != ENT_OK) return;
        n = tidy(alias, n, out);
        if (n == 0 || (n == len && !memcmp(out, name, n))) continue;
        if (kept++) add(b, "\x1f", 1);
        add(b, out, n);
    }
}

/* Whether a proposal's name has several words, a capital or a digit: a single common noun ("deal",
 * "ceasefire") fits many. */
static int is_special(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((s[i] >= 'A' && s[i] <= 'Z') || (s[i] >= '0' && s[i] <= '9') || s[i] == ' ') return 1;
    return 0;
}

/* What is said of an entity: by Lua of people; of general proposals, who took the first stance. */
static void add_about(lua_State *L, bytes *b, ent_doc *d, const uint32_t *first, uint32_t id,
                      const ent_entity *e)
{
    lua_rawgeti(L, 3, (int)id);
    size_t n;
    const char *told = lua_tolstring(L, -1, &n);
    if (told) add(b, told, n);
    lua_pop(L, 1);
    if (e->kind != ENT_PROPOSAL || first[id] == ENT_NONE || is_special(e->name, e->name_len))
        return;
    ent_entity actor;
    if (ent_doc_entity(d, first[id], &actor) != ENT_OK) return;
    char out[FOLD_MAX];
    if (actor.iso[0])
        add(b, actor.iso, 2);
    else {
        size_t folded = fold(actor.name, actor.name_len, actor.kind == ENT_PERSON, out);
        add(b, out, folded);
    }
}

static ent_status add_entity(lua_State *L, scratch *s, ent_doc *d, uint32_t id, uint32_t *sum)
{
    ent_entity e;
    const ent_mention *m = NULL;
    size_t n = 0, before = s->places.n, at;
    ent_status st = ent_doc_entity(d, id, &e);
    if (!st) st = ent_doc_refs(d, id, &m, &n);
    if (st) return st;
    char name[NAME_MAX_BYTES], folded[FOLD_MAX];
    size_t len = tidy(e.name, e.name_len, name);
    uint32_t count = add_places(&s->places, m, n, (uint32_t)len);
    size_t folded_len = fold(name, len, e.kind == ENT_PERSON, folded);
    size_t last = last_word(folded, folded_len, &at);
    bytes *b = &s->lines;
    add_number(b, count, '\t');
    add_number(b, (uint32_t)(s->places.n - before), '\t');
    add_number(b, name_hash(folded, folded_len), '\t');
    if (e.kind == ENT_PERSON && at)
        add_number(b, name_hash(folded + at, last), '\t');
    else
        add(b, "\t", 1);
    add_aliases(b, d, id, name, len);
    add(b, "\t", 1);
    add_number(b, e.kind, '\t');
    add(b, e.iso, strlen(e.iso));
    add(b, "\t", 1);
    add(b, name, len);
    add(b, "\t", 1);
    add_about(L, b, d, s->first, id, &e);
    add(b, "\n", 1);
    *sum += count;
    return ENT_OK;
}

static void add_id(bytes *b, uint32_t id)
{
    if (id == ENT_NONE)
        add(b, "- ", 2);
    else
        add_number(b, id, ' ');
}

static void add_stance(bytes *b, const ent_stance *s)
{
    add_number(b, s->actor, ' ');
    add_number(b, s->label, ' ');
    add_id(b, s->proposal);
    add_id(b, s->target);
    add_id(b, s->by);
    add_number(b, (uint32_t)(s->negated | s->hedged << 1), ' ');
    add_number(b, s->cue[0].start, ' ');
    add_number(b, s->cue[0].end - s->cue[0].start, ' ');
    add_number(b, s->sentence.start, ' ');
    add_number(b, s->sentence.end - s->sentence.start, ' ');
    add_number(b, (uint32_t)(s->score * 100.0f + 0.5f), '\n');
}

/* Who takes the first stance on each entity. */
static ent_status find_first(scratch *s, const ent_stance *st, size_t n, size_t entities)
{
    size_t size = (entities + 1) * sizeof *s->first;
    s->first = malloc(size);
    if (!s->first) return ENT_ENOMEM;
    memset(s->first, 0xff, size); /* ENT_NONE */
    for (size_t i = 0; i < n; i++)
        if (st[i].actor != ENT_NONE && st[i].proposal < entities &&
            s->first[st[i].proposal] == ENT_NONE)
            s->first[st[i].proposal] = st[i].actor;
    return ENT_OK;
}

static ent_status make(lua_State *L, scratch *s, ent_doc *d, size_t *counts)
{
    const ent_stance *stances = NULL;
    size_t entities = 0, n = 0;
    uint32_t sum = 0;
    ent_status st = ent_doc_entities(d, &entities);
    if (!st) st = ent_doc_stances(d, &stances, &n);
    if (!st) st = find_first(s, stances, n, entities);
    for (uint32_t id = 0; id < entities && !st; id++)
        st = add_entity(L, s, d, id, &sum);
    if (!st) st = ent_doc_stances(d, &stances, &n);
    size_t kept = 0;
    for (size_t i = 0; i < n && !st; i++)
        if (stances[i].actor < entities) {
            add_stance(&s->lines, &stances[i]);
            kept++;
        }
    counts[0] = sum;
    counts[1] = entities;
    counts[2] = kept;
    if (!st && (s->lines.failed || s->places.failed)) st = ENT_ENOMEM;
    return st;
}

/* Arguments: document, head, abouts. */
int ent_lua_doc_rows(lua_State *L, ent_doc *d)
{
    luaL_checkstring(L, 2);
    luaL_checktype(L, 3, LUA_TTABLE);
    lua_settop(L, 3);
    scratch *s = lua_newuserdata(L, sizeof *s);
    memset(s, 0, sizeof *s);
    luaL_getmetatable(L, BYTES);
    lua_setmetatable(L, -2);
    size_t counts[3];
    ent_status st = make(L, s, d, counts);
    if (st) return ent_lua_fail(L, st);
    char middle[96];
    (void)snprintf(middle, sizeof middle, "%lu\t%lu\t%lu\t%lu\t%lu",
                   (unsigned long)ent_doc_length(d), (unsigned long)counts[0],
                   (unsigned long)counts[1], (unsigned long)counts[2], (unsigned long)s->places.n);
    luaL_gsub(L, lua_tostring(L, 2), "\x1f", middle);
    lua_pushlstring(L, s->lines.p ? s->lines.p : "", s->lines.n);
    lua_pushlstring(L, s->places.p ? s->places.p : "", s->places.n);
    lua_concat(L, 3);
    return 1;
}

static const luaL_Reg functions[] = {
    {"fold", core_fold}, {"name_hash", core_name_hash}, {NULL, NULL}};

void ent_lua_rows(lua_State *L)
{
    luaL_newmetatable(L, BYTES);
    lua_pushcfunction(L, scratch_gc);
    lua_setfield(L, -2, "__gc");
    lua_pop(L, 1);
    ent_lua_setfuncs(L, functions);
}
