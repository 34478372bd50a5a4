/* lua_user - corrections by the user, and why a mention is linked, for Lua. See lua_user.h.
 *
 *     core.rules(model, list)  -> rules    { op =, kind =, name =, to =, context = }, op and kind
 * by name ("mark", "person"); or nil, message, number of rule doc:correct(rules | nil) laid over
 * the document from now on doc:why(byte)        -> { start =, finish =, entity =, reason =, score
 * =, candidates = }
 */
#include "lua_user.h"

#include <string.h>

#define RULES "entente.rules"

typedef struct rules_ud {
    ent_user *user;
} rules_ud;

static int rules_gc(lua_State *L)
{
    rules_ud *u = luaL_checkudata(L, 1, RULES);
    ent_user_free(u->user);
    u->user = NULL;
    return 0;
}

const ent_user *ent_lua_check_rules(lua_State *L, int i)
{
    if (lua_isnoneornil(L, i)) return NULL;
    return ((rules_ud *)luaL_checkudata(L, i, RULES))->user;
}

/* A text of the table on top; it stays on the stack, and so alive. */
static const char *text_field(lua_State *L, int rule, const char *key, size_t *n)
{
    *n = 0;
    lua_getfield(L, rule, key);
    return lua_isnil(L, -1) ? NULL : lua_tolstring(L, -1, n);
}

static ent_user_op read_op(const char *s)
{
    static const char *const name[ENT_USER_OPS] = {"mark",   "ignore",  "alias", "split",
                                                   "rename", "pattern", "noun",  "cue"};
    unsigned op = 0;
    while (op < ENT_USER_OPS && (!s || strcmp(s, name[op]) != 0))
        op++;
    return (ent_user_op)op;
}

static unsigned read_kind(const char *s)
{
    unsigned kind = 0;
    while (s && ent_kind_name(kind) && strcmp(s, ent_kind_name(kind)) != 0)
        kind++;
    return s ? kind : ENT_KINDS;
}

/* Adds the rule on top of the stack, and takes it off. */
static ent_status add_rule(lua_State *L, ent_user *u)
{
    int rule = lua_gettop(L);
    size_t n;
    ent_user_rule r = {0};
    r.op = read_op(text_field(L, rule, "op", &n));
    const char *kind = text_field(L, rule, "kind", &n);
    r.kind = read_kind(kind);
    r.name = text_field(L, rule, "name", &r.name_len);
    r.to = text_field(L, rule, "to", &r.to_len);
    r.context = text_field(L, rule, "context", &r.context_len);
    ent_status st = kind && r.kind == ENT_KINDS ? ENT_EARG : ent_user_add(u, &r);
    lua_settop(L, rule - 1);
    return st;
}

int ent_lua_rules(lua_State *L, const ent_model *m)
{
    luaL_checktype(L, 2, LUA_TTABLE);
    int n = (int)ent_lua_len(L, 2);
    rules_ud *u = lua_newuserdata(L, sizeof *u);
    u->user = NULL;
    luaL_getmetatable(L, RULES);
    lua_setmetatable(L, -2);
    lua_createtable(L, 1, 0); /* keeps the model alive */
    lua_pushvalue(L, 1);
    lua_rawseti(L, -2, 1);
    ent_lua_setuser(L, -2);
    ent_status st = ent_user_new(m, NULL, &u->user);
    for (int i = 1; i <= n && !st; i++) {
        lua_rawgeti(L, 2, i);
        if (!lua_istable(L, -1)) return luaL_error(L, "rule %d is no table", i);
        st = add_rule(L, u->user);
        if (!st) continue;
        lua_pushnil(L);
        lua_pushstring(L, st == ENT_EARG ? "the rule is not one" : ent_strerror(st));
        lua_pushinteger(L, i);
        return 3;
    }
    lua_settop(L, 3);
    return 1;
}

static void push_candidates(lua_State *L, const ent_link_why *w)
{
    lua_createtable(L, (int)w->n_candidates, 0);
    for (uint32_t i = 0; i < w->n_candidates; i++) {
        lua_createtable(L, 0, 2);
        lua_pushinteger(L, w->candidate[i].entity);
        lua_setfield(L, -2, "entity");
        lua_pushnumber(L, w->candidate[i].score);
        lua_setfield(L, -2, "score");
        lua_rawseti(L, -2, (int)i + 1);
    }
    lua_setfield(L, -2, "candidates");
}

int ent_lua_why(lua_State *L, ent_doc *d, uint32_t at, ent_status *st)
{
    ent_link_why w;
    *st = ent_doc_why(d, at, &w);
    if (*st || w.span.start == w.span.end) return 0;
    lua_createtable(L, 0, 6);
    lua_pushinteger(L, w.span.start);
    lua_setfield(L, -2, "start");
    lua_pushinteger(L, w.span.end);
    lua_setfield(L, -2, "finish");
    if (w.entity != ENT_NONE) {
        lua_pushinteger(L, w.entity);
        lua_setfield(L, -2, "entity");
    }
    lua_pushstring(L, w.reason);
    lua_setfield(L, -2, "reason");
    lua_pushnumber(L, w.score);
    lua_setfield(L, -2, "score");
    push_candidates(L, &w);
    return 1;
}

void ent_lua_user(lua_State *L)
{
    luaL_newmetatable(L, RULES);
    lua_pushcfunction(L, rules_gc);
    lua_setfield(L, -2, "__gc");
    lua_pop(L, 1);
}
