/* lua_lsp - lines and semantic tokens for the language server.
 *
 *     core.lines(text)                -> lines
 *     lines:edit(at, removed, added)     as doc:edit
 *     lines:count(), lines:start(line), lines:of(byte)     lines count from 0
 *     core.differ(old, new)           -> at, removed, added: one edit that makes new out of old
 *     core.tokens(unit, types, cue, first, against, said) -> tokens
 *         types: token type of each kind, from 1; cue: that of a stance's cue, or nil; then
 *         modifier bits: of a first mention, of a cue that opposes or is negated, of what is said
 *     doc:tokens(tokens, lines)       brings them up to date; always the same three together
 *     tokens:count(), tokens:json([from, n])        numbers from `from` as a JSON array
 *     tokens:take()                   what there is now counts as told
 *     tokens:edits() -> JSON, count   the same; what changed since, as the protocol's edits
 *     tokens:within(first, last)                    those of some lines as a JSON array
 */
#include "lua_lsp.h"

#include "semtok.h"

#include <string.h>

enum { DIGITS = 11 }; /* of a number, with what parts it from the next */

#define LINES "entente.lines"
#define TOKENS "entente.tokens"

typedef struct ent_lua_toks {
    ent_semtoks toks;
    ent_semtok_style style;
} ent_lua_toks;

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

static ent_lua_toks *check_tokens(lua_State *L, int i)
{
    return luaL_checkudata(L, i, TOKENS);
}

static int tokens_gc(lua_State *L)
{
    ent_semtok_free(&check_tokens(L, 1)->toks, NULL);
    return 0;
}

/* The token types of a list, one a kind. */
static void read_types(lua_State *L, int i, uint16_t *types)
{
    luaL_checktype(L, i, LUA_TTABLE);
    for (int k = 0; k < ENT_KINDS; k++) {
        lua_rawgeti(L, i, k + 1);
        types[k] = (uint16_t)lua_tointeger(L, -1);
        lua_pop(L, 1);
    }
}

static int core_tokens(lua_State *L)
{
    static const char *const units[] = {"byte", "codepoint", "utf16", NULL};
    ent_semtok_style style = {.unit = (ent_unit)luaL_checkoption(L, 1, "utf16", units),
                              .cue = (int)luaL_optinteger(L, 3, -1),
                              .first = (uint16_t)luaL_optinteger(L, 4, 0),
                              .against = (uint16_t)luaL_optinteger(L, 5, 0),
                              .said = (uint16_t)luaL_optinteger(L, 6, 0)};
    read_types(L, 2, style.type);
    ent_lua_toks *t = lua_newuserdata(L, sizeof *t);
    *t = (ent_lua_toks){.style = style};
    luaL_getmetatable(L, TOKENS);
    lua_setmetatable(L, -2);
    return 1;
}

static int tokens_count(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)check_tokens(L, 1)->toks.n);
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

/* Writes what is no number and returns the end. */
static char *put_text(char *p, const char *text)
{
    size_t n = strlen(text);
    /* no end of a string: more follows. NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
    memcpy(p, text, n);
    return p + n;
}

/* Writes n numbers as a JSON array and returns the end. */
static char *put_numbers(char *p, const uint32_t *v, uint32_t n)
{
    *p++ = '[';
    for (uint32_t i = 0; i < n; i++) {
        if (i) *p++ = ',';
        p = put_number(p, v[i]);
    }
    *p++ = ']';
    return p;
}

/* n numbers as a JSON array on the stack. */
static int push_numbers(lua_State *L, const uint32_t *v, uint32_t n)
{
    char *buf = lua_newuserdata(L, (size_t)n * DIGITS + 2);
    lua_pushlstring(L, buf, (size_t)(put_numbers(buf, v, n) - buf));
    return 1;
}

static int tokens_json(lua_State *L)
{
    ent_semtoks *t = &check_tokens(L, 1)->toks;
    uint32_t from = (uint32_t)luaL_optnumber(L, 2, 0);
    if (from > t->n) from = t->n;
    uint32_t n = (uint32_t)luaL_optnumber(L, 3, t->n - from);
    if (n > t->n - from) n = t->n - from;
    return push_numbers(L, t->at + from, n);
}

/* The tokens of some lines; the first one's place becomes that in the text. */
static int tokens_within(lua_State *L)
{
    ent_semtoks *t = &check_tokens(L, 1)->toks;
    uint32_t from = check_u32(L, 2), to = check_u32(L, 3), line = 0, col = 0, i = 0, k;
    for (; i < t->n; i += 5) {
        col = t->at[i] ? t->at[i + 1] : col + t->at[i + 1];
        line += t->at[i];
        if (line >= from) break;
    }
    uint32_t place[2] = {line, col};
    for (k = i; k < t->n && line <= to; k += 5)
        if (k + 5 < t->n) line += t->at[k + 5];
    uint32_t *out = lua_newuserdata(L, (k - i + 1) * sizeof *out);
    if (k > i) {
        memcpy(out, t->at + i, (k - i) * sizeof *out);
        memcpy(out, place, sizeof place);
    }
    return push_numbers(L, out, k - i);
}

static void take(lua_State *L, ent_semtoks *t)
{
    ent_status st = ent_semtok_take(t, NULL);
    if (st) luaL_error(L, "%s", ent_strerror(st));
}

static int tokens_take(lua_State *L)
{
    take(L, &check_tokens(L, 1)->toks);
    return 0;
}

/* One edit as JSON; returns the end. */
static char *put_edit(char *p, const ent_semtoks *t, const ent_semtok_edit *e)
{
    p = put_text(p, "{\"start\":");
    p = put_number(p, e->from);
    p = put_text(p, ",\"deleteCount\":");
    p = put_number(p, e->old_n);
    p = put_text(p, ",\"data\":");
    p = put_numbers(p, t->at + e->at, e->new_n);
    return put_text(p, "}");
}

static int tokens_edits(lua_State *L)
{
    enum { FRAME = 64 }; /* what an edit's JSON takes beside its numbers */
    ent_semtoks *t = &check_tokens(L, 1)->toks;
    take(L, t);
    size_t size = 2;
    for (uint32_t i = 0; i < t->n_edits; i++)
        size += FRAME + (size_t)t->edits[i].new_n * DIGITS;
    char *buf = lua_newuserdata(L, size), *p = put_text(buf, "[");
    for (uint32_t i = 0; i < t->n_edits; i++) {
        if (i) p = put_text(p, ",");
        p = put_edit(p, t, &t->edits[i]);
    }
    p = put_text(p, "]");
    lua_pushlstring(L, buf, (size_t)(p - buf));
    lua_pushinteger(L, (lua_Integer)t->n_edits);
    return 2;
}

int ent_lua_tokens(lua_State *L, ent_doc *d)
{
    ent_lua_toks *t = check_tokens(L, 2);
    ent_lines *lines = check_lines(L, 3);
    if (lines->len != ent_doc_length(d)) return luaL_error(L, "lines of another text");
    ent_status st = ent_semtok_update(&t->toks, d, lines, &t->style, NULL);
    if (st) return luaL_error(L, "%s", ent_strerror(st));
    lua_settop(L, 2);
    return 1;
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
                                      {"take", tokens_take},
                                      {"within", tokens_within},
                                      {"edits", tokens_edits},
                                      {"__gc", tokens_gc},
                                      {NULL, NULL}};
    static const luaL_Reg functions[] = {
        {"lines", core_lines}, {"tokens", core_tokens}, {"differ", core_differ}, {NULL, NULL}};
    metatable(L, LINES, lines);
    metatable(L, TOKENS, tokens);
    ent_lua_setfuncs(L, functions);
}
