/* lua_text - the part of the Lua binding that turns answers into text: JSON, units of positions.
 *
 *     doc:json(name, unit, invalid)      -> one line of JSON; or with a fourth argument, a function
 *                                           that is called with each piece of it: true
 *     core.kind_of(text)                 -> invalid bytes, first of them, NULs, other controls
 *     core.count(text, unit, from, to)   -> units in the bytes [from, to)
 *     core.seek(text, unit, from, units) -> the byte that many units after byte `from`
 *     core.quote(text)                   -> a JSON string
 *     core.printable(text)               -> the text without what a terminal would obey
 *
 * A unit is "byte", "codepoint" or "utf16".
 */
#include "lua_text.h"

#include "json.h"
#include "utf8.h"

#include <string.h>

#define UNITS "entente.units"

typedef struct units_ud {
    ent_units u;
} units_ud;

static ent_unit check_unit(lua_State *L, int i)
{
    static const char *const names[] = {"byte", "codepoint", "utf16", NULL};
    return (ent_unit)luaL_checkoption(L, i, "byte", names);
}

static int units_gc(lua_State *L)
{
    units_ud *u = luaL_checkudata(L, 1, UNITS);
    ent_units_free(&u->u, NULL);
    return 0;
}

/* Where the pieces of a line go: a buffer, or a function at a place of the stack. */
typedef struct sink_to {
    lua_State *L;
    int fn; /* 0: the buffer */
    luaL_Buffer b;
} sink_to;

static void sink(void *ctx, const char *s, size_t n)
{
    sink_to *to = ctx;
    if (!to->fn) {
        luaL_addlstring(&to->b, s, n);
        return;
    }
    lua_pushvalue(to->L, to->fn);
    lua_pushlstring(to->L, s, n);
    lua_call(to->L, 1, 0);
}

/* Pushes what converts positions, with the text it reads below it: a copy of the document's. */
static ent_status push_units(lua_State *L, ent_doc *d, ent_unit unit, ent_units **out)
{
    size_t len = unit == ENT_BYTE ? 0 : ent_doc_length(d);
    char *text = lua_newuserdata(L, len + 1);
    ent_doc_copy(d, (ent_span){0, (uint32_t)len}, text);
    units_ud *u = lua_newuserdata(L, sizeof *u);
    *u = (units_ud){0};
    luaL_getmetatable(L, UNITS);
    lua_setmetatable(L, -2);
    *out = &u->u;
    return ent_units_make(&u->u, text, len, unit, NULL);
}

int ent_lua_json(lua_State *L, ent_doc *d, ent_status *st)
{
    ent_json_options o = {.sink = sink};
    o.name = luaL_optlstring(L, 2, "", &o.name_len);
    ent_unit unit = check_unit(L, 3);
    o.invalid = (size_t)luaL_optnumber(L, 4, 0);
    sink_to to = {.L = L, .fn = lua_isnoneornil(L, 5) ? 0 : 5};
    if (to.fn) luaL_checktype(L, 5, LUA_TFUNCTION);
    lua_settop(L, 5);
    ent_units *u;
    *st = push_units(L, d, unit, &u);
    if (*st) return 0;
    o.units = u;
    o.ctx = &to;
    if (!to.fn) luaL_buffinit(L, &to.b);
    *st = ent_json_doc(d, &o);
    if (to.fn)
        lua_pushboolean(L, 1);
    else
        luaL_pushresult(&to.b);
    return 1;
}

static int text_quote(lua_State *L)
{
    size_t n;
    const char *s = luaL_checklstring(L, 1, &n);
    sink_to to = {.L = L};
    luaL_buffinit(L, &to.b);
    ent_json_string(s, n, sink, &to);
    luaL_pushresult(&to.b);
    return 1;
}

/* How many of the n bytes at s a terminal may see as they are: none at a control character but line
 * break and tab, at a C1 control, at a byte that is no UTF-8. *len is set to that character's. */
static size_t harmless(const char *s, size_t n, unsigned *len)
{
    size_t at = 0;
    while (at < n) {
        uint32_t cp;
        *len = ent_utf8_decode(s + at, n - at, &cp);
        int crlf = cp == '\r' && at + 1 < n && s[at + 1] == '\n';
        if ((cp < 0x20 && cp != '\n' && cp != '\t' && !crlf) || (cp >= 0x7f && cp < 0xa0) ||
            cp == ENT_BADCHAR)
            return at;
        at += *len;
    }
    return n;
}

/* core.printable(text): control characters as ^A, what else is no text as U+FFFD. */
static int text_printable(lua_State *L)
{
    size_t n;
    unsigned len = 1;
    const char *s = luaL_checklstring(L, 1, &n);
    size_t good = harmless(s, n, &len);
    lua_settop(L, 1);
    if (good == n) return 1;
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (;;) {
        luaL_addlstring(&b, s, good);
        if (good == n) break;
        char caret[2] = {'^', (char)(s[good] ^ 0x40)};
        if ((unsigned char)s[good] < 0x80)
            luaL_addlstring(&b, caret, 2);
        else
            luaL_addlstring(&b, "\xEF\xBF\xBD", 3);
        s += good + len;
        n -= good + len;
        good = harmless(s, n, &len);
    }
    luaL_pushresult(&b);
    return 1;
}

static int text_kind_of(lua_State *L)
{
    size_t n;
    const char *s = luaL_checklstring(L, 1, &n);
    ent_textkind k = ent_text_kind(s, n);
    lua_pushinteger(L, (lua_Integer)k.invalid);
    lua_pushinteger(L, (lua_Integer)k.first_invalid);
    lua_pushinteger(L, (lua_Integer)k.nul);
    lua_pushinteger(L, (lua_Integer)k.control);
    return 4;
}

/* A byte position in a text of n bytes; one past its end is its end. */
static size_t check_byte(lua_State *L, int i, size_t n, size_t otherwise)
{
    lua_Number v = luaL_optnumber(L, i, (lua_Number)otherwise);
    if (!(v >= 0)) luaL_argerror(L, i, "position out of range");
    return v > (lua_Number)n ? n : (size_t)v;
}

static int text_count(lua_State *L)
{
    size_t n;
    const char *s = luaL_checklstring(L, 1, &n);
    ent_unit unit = check_unit(L, 2);
    size_t from = check_byte(L, 3, n, 0), to = check_byte(L, 4, n, n);
    if (to < from) to = from;
    lua_pushinteger(L, (lua_Integer)ent_units_count(s + from, to - from, unit));
    return 1;
}

static int text_seek(lua_State *L)
{
    size_t n;
    const char *s = luaL_checklstring(L, 1, &n);
    ent_unit unit = check_unit(L, 2);
    size_t from = check_byte(L, 3, n, 0);
    lua_Number units = luaL_checknumber(L, 4);
    size_t want = units > 0 ? (size_t)(units < (lua_Number)n ? units : (lua_Number)n) : 0;
    lua_pushinteger(L, (lua_Integer)from +
                           (lua_Integer)ent_units_seek(s + from, n - from, want, unit));
    return 1;
}

void ent_lua_text(lua_State *L)
{
    static const luaL_Reg gc[] = {{"__gc", units_gc}, {NULL, NULL}};
    static const luaL_Reg functions[] = {{"kind_of", text_kind_of},     {"count", text_count},
                                         {"seek", text_seek},           {"quote", text_quote},
                                         {"printable", text_printable}, {NULL, NULL}};
    luaL_newmetatable(L, UNITS);
    ent_lua_setfuncs(L, gc);
    lua_pop(L, 1);
    ent_lua_setfuncs(L, functions);
}
