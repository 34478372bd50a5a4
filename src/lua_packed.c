/* lua_packed - the packed numbers of an index, for Lua: what is looked at much more often than it
 * is used.
 *
 *     core.pack(list)                     -> numbers, packed
 *     core.packed_with(pairs, one, other) -> the numbers that stand behind one of two bytes in a
 *                                            list of pairs: a byte, a packed number
 *     core.packed_groups(pairs)           -> of such a list, in which the byte is two bits of use
 *                                            and six of a hash: numbers of the first two uses whose
 *                                            hash several have, or one of the second use with any
 * of the last two; 0 ends each group core.packed_numbers(rows, at)       -> where the next line of
 * rows (index/rows.lua) starts; the numbers of the one at a byte, nil for "-"
 *     core.packed_entity(rows, at, places) -> of a line that tells of an entity: where the next
 *                                            starts, where its places do, key, places, mentions,
 *                                            hash, hash of a short name or nil, other names or nil
 *     core.packed_document(blob, at)      -> where the document at a byte (from 1) of a posting
 *                                            ends, where its content begins, its step
 *
 * Packed: seven bits a byte, the lowest first, 128 set in all but the last (index/pack.lua). A blob
 * that is cut off gives what is whole: no byte behind its end is read.
 */
#include "lua_packed.h"

#include <stdint.h>
#include <string.h>

typedef struct reader {
    const unsigned char *p, *end;
} reader;

/* The next number; 0 at the end. */
static uint64_t number(reader *r)
{
    uint64_t v = 0;
    for (unsigned shift = 0; r->p < r->end; shift += 7) {
        unsigned char b = *r->p++;
        if (shift < 63) v |= (uint64_t)(b & 127) << shift;
        if (b < 128) break;
    }
    return v;
}

static int packed_with(lua_State *L)
{
    size_t n;
    const char *s = luaL_checklstring(L, 1, &n);
    lua_Integer first = luaL_checkinteger(L, 2), second = luaL_optinteger(L, 3, first);
    reader r = {(const unsigned char *)s, (const unsigned char *)s + n};
    int found = 0;
    while (r.p < r.end) {
        lua_Integer kind = *r.p++;
        uint64_t v = number(&r);
        if (kind != first && kind != second) continue;
        luaL_checkstack(L, 1, "too many names");
        lua_pushinteger(L, (lua_Integer)v);
        found++;
    }
    return found;
}

enum { HASHES = 64, NAMES_OF_WORDS = 1, NAME_OF_A_WORD = 2, OTHER = 4, SEVERAL = 8 };

/* What there is of each hash. */
static void groups_in(reader r, unsigned char has[HASHES])
{
    memset(has, 0, HASHES);
    while (r.p < r.end) {
        unsigned use = *r.p >> 6, hash = *r.p++ & 63;
        number(&r);
        if (use > 1)
            has[hash] |= OTHER;
        else if (has[hash] & (NAMES_OF_WORDS | NAME_OF_A_WORD))
            has[hash] |= SEVERAL;
        if (use < 2) has[hash] |= use ? NAME_OF_A_WORD : NAMES_OF_WORDS;
    }
}

static int wanted(unsigned char has)
{
    return has & SEVERAL || ((has & NAME_OF_A_WORD) && (has & OTHER));
}

static int packed_groups(lua_State *L)
{
    size_t n;
    const char *s = luaL_checklstring(L, 1, &n);
    reader all = {(const unsigned char *)s, (const unsigned char *)s + n};
    unsigned char has[HASHES];
    groups_in(all, has);
    lua_newtable(L);
    int count = 0;
    for (int hash = 0; hash < HASHES; hash++) {
        if (!wanted(has[hash])) continue;
        for (reader r = all; r.p < r.end;) {
            int match = (*r.p & 63) == hash && *r.p < 128;
            r.p++;
            uint64_t v = number(&r);
            if (!match) continue;
            lua_pushinteger(L, (lua_Integer)v);
            lua_rawseti(L, -2, ++count);
        }
        lua_pushinteger(L, 0);
        lua_rawseti(L, -2, ++count);
    }
    return 1;
}

static int pack(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (int i = 1;; i++) {
        lua_rawgeti(L, 1, i);
        if (lua_isnil(L, -1)) break;
        lua_Number d = lua_tonumber(L, -1);
        lua_pop(L, 1);
        uint64_t v = d > 0 ? (uint64_t)d : 0;
        for (; v >= 128; v >>= 7)
            luaL_addchar(&b, (char)(v | 128));
        luaL_addchar(&b, (char)v);
    }
    lua_pop(L, 1);
    luaL_pushresult(&b);
    return 1;
}

/* A decimal number up to a character that is none, which is skipped; -1 where there is no digit. */
static int64_t decimal(reader *r)
{
    int64_t v = -1;
    for (; r->p < r->end && *r->p >= '0' && *r->p <= '9'; r->p++)
        if (v < INT64_MAX / 16) v = (v < 0 ? 0 : v) * 10 + (*r->p - '0');
    if (v < 0 && r->p < r->end && *r->p == '-') r->p++;
    if (r->p < r->end) r->p++;
    return v;
}

static void push_or_nil(lua_State *L, int64_t v)
{
    if (v < 0)
        lua_pushnil(L);
    else
        lua_pushinteger(L, (lua_Integer)v);
}

/* A reader of a string argument from a byte on. */
static reader reader_at(lua_State *L, int arg, int at_arg, const unsigned char **start)
{
    size_t n;
    const char *s = luaL_checklstring(L, arg, &n);
    lua_Integer at = luaL_checkinteger(L, at_arg);
    luaL_argcheck(L, at >= 1, at_arg, "before the first byte");
    *start = (const unsigned char *)s;
    reader r = {*start + ((size_t)at - 1 < n ? (size_t)at - 1 : n), *start + n};
    return r;
}

enum { MOST_NUMBERS = 16 };

static int packed_numbers(lua_State *L)
{
    const unsigned char *start;
    reader r = reader_at(L, 1, 2, &start);
    int found = 0, last = 0;
    lua_settop(L, 2);
    lua_pushnil(L);
    while (r.p < r.end && !last && found < MOST_NUMBERS) {
        push_or_nil(L, decimal(&r));
        last = r.p[-1] == '\n';
        found++;
    }
    lua_pushinteger(L, (lua_Integer)(r.p - start) + 1);
    lua_replace(L, 3);
    return found + 1;
}

/* The text up to a character, which is skipped. */
static const char *word(reader *r, unsigned char stop, size_t *n)
{
    const char *from = (const char *)r->p;
    while (r->p < r->end && *r->p != stop)
        r->p++;
    *n = (size_t)((const char *)r->p - from);
    if (r->p < r->end) r->p++;
    return from;
}

static int packed_entity(lua_State *L)
{
    const unsigned char *start;
    reader places = reader_at(L, 1, 3, &start), r = reader_at(L, 1, 2, &start);
    int64_t mentions = decimal(&r), size = decimal(&r), hash = decimal(&r), last = decimal(&r);
    size_t others_len, key_len, room = (size_t)(places.end - places.p);
    const char *others = word(&r, '\t', &others_len), *key = word(&r, '\n', &key_len);
    size_t n = size < 0 ? 0 : (uint64_t)size < room ? (size_t)size : room;
    lua_pushinteger(L, (lua_Integer)(r.p - start) + 1);
    lua_pushinteger(L, (lua_Integer)(places.p - start) + (lua_Integer)n + 1);
    lua_pushlstring(L, key, key_len);
    lua_pushlstring(L, (const char *)places.p, n);
    push_or_nil(L, mentions);
    push_or_nil(L, hash);
    push_or_nil(L, last);
    if (others_len)
        lua_pushlstring(L, others, others_len);
    else
        lua_pushnil(L);
    return 8;
}

/* A posting's document: step, mentions, then for each its step, a byte, and a length where the
 * byte's highest bit says so. */
static int packed_document(lua_State *L)
{
    const unsigned char *start;
    reader r = reader_at(L, 1, 2, &start);
    uint64_t step = number(&r);
    const unsigned char *content = r.p;
    for (uint64_t left = number(&r); left && r.p < r.end; left--) {
        number(&r);
        if (r.p < r.end && *r.p++ >= 128) number(&r);
    }
    lua_pushinteger(L, (lua_Integer)(r.p - start) + 1);
    lua_pushinteger(L, (lua_Integer)(content - start) + 1);
    lua_pushinteger(L, (lua_Integer)step);
    return 3;
}

static const luaL_Reg functions[] = {{"packed_with", packed_with},
                                     {"packed_groups", packed_groups},
                                     {"pack", pack},
                                     {"packed_numbers", packed_numbers},
                                     {"packed_entity", packed_entity},
                                     {"packed_document", packed_document},
                                     {NULL, NULL}};

void ent_lua_packed(lua_State *L)
{
    ent_lua_setfuncs(L, functions);
}
