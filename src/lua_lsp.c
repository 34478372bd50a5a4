/* lua_lsp - lines and semantic tokens for the language server.
 *
 *     core.lines(text)                -> lines
 *     lines:edit(at, removed, added)     as doc:edit
 *     lines:count(), lines:start(line), lines:of(byte)     lines count from 0
 *     core.differ(old, new)           -> at, removed, added: one edit that makes new out of old
 *     doc:tokens(lines, unit, types, first, cue) -> tokens
 *         types: token type of each kind, from 1; first: modifier bits of a first mention;
 *         cue: token type of a stance's cue, or nil
 *     tokens:count(), tokens:json([from, n])        numbers from `from` as a JSON array
 *     tokens:differ(older)            -> from, old count, new count
 */
#include "lua_lsp.h"

#include "semtok.h"

#include <stdlib.h>
#include <string.h>

#define LINES "entente.lines"
#define TOKENS "entente.tokens"

static ent_lines *check_lines(lua_State *L, int i)
{
    return luaL_checkudata(L, i, LINES);
}

static int lines_gc(lua_State *L)
{
    ent_lines_free(check_lines(L, 1), NULL);
    return 0;
}

static int core_lines(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    ent_lines *l = lua_newuserdata(L, sizeof *l);
    *l = (ent_lines){0};
    luaL_getmetatable(L, LINES);
    lua_setmetatable(L, -2);
    ent_status st = ent_lines_make(l, text, len, NULL);
    return st ? luaL_error(L, "%s", ent_strerror(st)) : 1;
}

static uint32_t check_u32(lua_State *L, int i)
{
    lua_Number v = luaL_checknumber(L, i);
    if (!(v >= 0 && v <= 4294967295.0)) luaL_argerror(L, i, "out of range");
    return (uint32_t)v;
}

static int lines_edit(lua_State *L)
{
    ent_lines *l = check_lines(L, 1);
    size_t n;
    const char *add = luaL_optlstring(L, 4, "", &n);
    if (n > ENT_MAX_TEXT) return luaL_error(L, "%s", ent_strerror(ENT_EARG));
    ent_status st = ent_lines_edit(l, check_u32(L, 2), check_u32(L, 3), add, (uint32_t)n, NULL);
    return st ? luaL_error(L, "%s", ent_strerror(st)) : 0;
}

static int lines_count(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)check_lines(L, 1)->n);
    return 1;
}

/* Start of a line; past the last one the text's length. */
static int lines_start(lua_State *L)
{
    ent_lines *l = check_lines(L, 1);
    uint32_t i = check_u32(L, 2);
    lua_pushinteger(L, (lua_Integer)(i < l->n ? l->at[i] : l->len));
    return 1;
}

static int lines_of(lua_State *L)
{
    ent_lines *l = check_lines(L, 1);
    lua_pushinteger(L, (lua_Integer)ent_lines_of(l, check_u32(L, 2)));
    return 1;
}

static int core_differ(lua_State *L)
{
    size_t n, k, head = 0, tail = 0;
    const char *old = luaL_checklstring(L, 1, &n), *new = luaL_checklstring(L, 2, &k);
    size_t least = n < k ? n : k;
    while (head < least && old[head] == new[head])
        head++;
    while (tail < least - head && old[n - tail - 1] == new[k - tail - 1])
        tail++;
    lua_pushinteger(L, (lua_Integer)head);
    lua_pushinteger(L, (lua_Integer)(n - head - tail));
    lua_pushlstring(L, new + head, k - head - tail);
    return 3;
}

static int tokens_gc(lua_State *L)
{
    ent_semtoks *t = luaL_checkudata(L, 1, TOKENS);
    ent_free(NULL, t->at, t->cap * sizeof *t->at);
    *t = (ent_semtoks){0};
    return 0;
}

static int tokens_count(lua_State *L)
{
    ent_semtoks *t = luaL_checkudata(L, 1, TOKENS);
    lua_pushinteger(L, (lua_Integer)t->n);
    return 1;
}

/* Writes a number and returns the end. */
static char *put_number(char *p, uint32_t v)
{
    char digits[10];
    int n = 0;
    do
        digits[n++] = (char)('0' + v % 10);
    while (v /= 10);
    while (n)
        *p++ = digits[--n];
    return p;
}

static int tokens_json(lua_State *L)
{
    ent_semtoks *t = luaL_checkudata(L, 1, TOKENS);
    uint32_t from = (uint32_t)luaL_optnumber(L, 2, 0);
    if (from > t->n) from = t->n;
    uint32_t n = (uint32_t)luaL_optnumber(L, 3, t->n - from);
    if (n > t->n - from) n = t->n - from;
    char *buf = lua_newuserdata(L, (size_t)n * 11 + 2), *p = buf;
    *p++ = '[';
    for (uint32_t i = 0; i < n; i++) {
        if (i) *p++ = ',';
        p = put_number(p, t->at[from + i]);
    }
    *p++ = ']';
    lua_pushlstring(L, buf, (size_t)(p - buf));
    return 1;
}

static int tokens_differ(lua_State *L)
{
    ent_semtoks *t = luaL_checkudata(L, 1, TOKENS), *o = luaL_checkudata(L, 2, TOKENS);
    ent_semtok_diff d = ent_semtok_compare(o, t);
    lua_pushinteger(L, (lua_Integer)d.from);
    lua_pushinteger(L, (lua_Integer)d.old_n);
    lua_pushinteger(L, (lua_Integer)d.new_n);
    return 3;
}

static int by_place(const void *pa, const void *pb)
{
    const ent_semtok *a = pa, *b = pb;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    return a->end == b->end ? 0 : a->end > b->end ? -1 : 1;
}

/* A growing array inside a userdata, so that an error frees it: the old one is left to the
 * collector. */
typedef struct spans {
    ent_semtok *at;
    size_t n, cap;
} spans;

static void add_span(lua_State *L, spans *s, int slot, ent_semtok t)
{
    if (s->n == s->cap) {
        size_t cap = s->cap * 2 + 64;
        ent_semtok *p = lua_newuserdata(L, cap * sizeof *p);
        if (s->n) memcpy(p, s->at, s->n * sizeof *p);
        lua_replace(L, slot);
        s->at = p;
        s->cap = cap;
    }
    s->at[s->n++] = t;
}

static uint16_t type_of(lua_State *L, int types, int i)
{
    lua_rawgeti(L, types, i + 1);
    uint16_t t = (uint16_t)lua_tointeger(L, -1);
    lua_pop(L, 1);
    return t;
}

/* The first mention of each entity gets the modifier; ids count up by first mention. */
static ent_status add_mentions(lua_State *L, ent_doc *d, spans *s, int slot)
{
    const ent_mention *m = NULL;
    size_t n = 0;
    uint16_t first = (uint16_t)luaL_optinteger(L, 5, 0), types[ENT_KINDS];
    ent_status st = ent_doc_mentions(d, (ent_span){0, ent_doc_length(d)}, &m, &n);
    for (int k = 0; k < ENT_KINDS; k++)
        types[k] = type_of(L, 4, k);
    uint32_t seen = 0;
    for (size_t i = 0; i < n && !st; i++) {
        uint16_t mods = 0;
        if (m[i].entity != ENT_NONE && m[i].entity >= seen) {
            seen = m[i].entity + 1;
            mods = first;
        }
        add_span(L, s, slot, (ent_semtok){m[i].start, m[i].end, types[m[i].kind], mods});
    }
    return st;
}

static ent_status add_cues(lua_State *L, ent_doc *d, spans *s, int slot)
{
    const ent_stance *a = NULL;
    size_t n = 0;
    if (lua_isnoneornil(L, 6)) return ENT_OK;
    uint16_t type = (uint16_t)luaL_checkinteger(L, 6);
    ent_status st = ent_doc_stances(d, &a, &n);
    for (size_t i = 0; i < n && !st; i++)
        for (int k = 0; k < a[i].n_cues; k++)
            add_span(L, s, slot, (ent_semtok){a[i].cue[k].start, a[i].cue[k].end, type, 0});
    if (s->n) qsort(s->at, s->n, sizeof *s->at, by_place); /* nearly sorted, and few */
    return st;
}

/* Both lists, each sorted, as one. */
static void merge(lua_State *L, const spans *a, const spans *b, spans *out, int slot)
{
    for (size_t i = 0, k = 0; i < a->n || k < b->n;) {
        int first = k == b->n || (i < a->n && by_place(&a->at[i], &b->at[k]) <= 0);
        add_span(L, out, slot, first ? a->at[i++] : b->at[k++]);
    }
}

/* The document's text in a userdata. */
static const char *push_text(lua_State *L, ent_doc *d)
{
    uint32_t len = ent_doc_length(d);
    char *text = lua_newuserdata(L, (size_t)len + 1);
    ent_doc_copy(d, (ent_span){0, len}, text);
    return text;
}

int ent_lua_tokens(lua_State *L, ent_doc *d)
{
    static const char *const units[] = {"byte", "codepoint", "utf16", NULL};
    ent_lines *lines = check_lines(L, 2);
    ent_unit unit = (ent_unit)luaL_checkoption(L, 3, "utf16", units);
    luaL_checktype(L, 4, LUA_TTABLE);
    if (lines->len != ent_doc_length(d)) return luaL_error(L, "lines of another text");
    lua_settop(L, 6);
    spans mentions = {0}, cues = {0}, s = {0};
    lua_pushnil(L); /* slots 7 to 9 hold the arrays */
    lua_pushnil(L);
    lua_pushnil(L);
    ent_status st = add_mentions(L, d, &mentions, 7);
    if (!st) st = add_cues(L, d, &cues, 8);
    merge(L, &mentions, &cues, &s, 9);
    const char *text = push_text(L, d);
    ent_semtoks *t = lua_newuserdata(L, sizeof *t);
    *t = (ent_semtoks){0};
    luaL_getmetatable(L, TOKENS);
    lua_setmetatable(L, -2);
    if (!st) st = ent_semtok_make(text, lines, s.at, s.n, unit, NULL, t);
    return st ? luaL_error(L, "%s", ent_strerror(st)) : 1;
}

static void metatable(lua_State *L, const char *name, const luaL_Reg *methods)
{
    luaL_newmetatable(L, name);
    ent_lua_setfuncs(L, methods);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

void ent_lua_lsp(lua_State *L)
{
    static const luaL_Reg lines[] = {{"edit", lines_edit},   {"count", lines_count},
                                     {"start", lines_start}, {"of", lines_of},
                                     {"__gc", lines_gc},     {NULL, NULL}};
    static const luaL_Reg tokens[] = {{"count", tokens_count},
                                      {"json", tokens_json},
                                      {"differ", tokens_differ},
                                      {"__gc", tokens_gc},
                                      {NULL, NULL}};
    static const luaL_Reg functions[] = {
        {"lines", core_lines}, {"differ", core_differ}, {NULL, NULL}};
    metatable(L, LINES, lines);
    metatable(L, TOKENS, tokens);
    ent_lua_setfuncs(L, functions);
}
