/* lua_doc - documents as userdata.
 *
 *     core.open(model, text)      -> doc
 *     doc:edit(at, removed, added)   0-based bytes, as in C
 *     doc:advance(budget)         -> done
 *     doc:marks(from, to)         -> flat { start, end, kind, form, entity, score*1000, ... }
 *     doc:refs(id)                -> the same for one entity
 *     doc:at(byte)                -> start, end, kind, form, entity, score; or nil
 *     doc:sentence(byte)          -> start, end
 *     doc:reasons(byte)           -> lines: why the name there is one
 *     doc:count()                 -> number of entities
 *     doc:entity(id)              -> table
 *     doc:find(name)              -> id or nil
 *     doc:complete(prefix, most)  -> ids of entities with a name that begins so
 *     doc:cues(from, to)          -> flat { start, end, label, negated + 2*hedged, score*1000 ... }
 *     doc:stances(), doc:attributions() -> arrays of tables
 *     doc:json(name, unit)        -> a line of JSON (lua_text.c, which also has core.count ...)
 *     doc:rows(head, abouts)      -> what the index keeps (lua_rows.c)
 *     doc:correct(rules), doc:why(byte)   (lua_user.c)
 *     doc:text(from, to), doc:length(), doc:revision(), doc:close()
 *
 * core.doc is the table of these methods: lua/entente/doc.lua adds to it.
 * Kinds, forms and labels cross as numbers; core.kinds, core.forms, core.labels name them (from 1).
 * A caller's mistake raises; what may fail at run time returns nil, message, code. Memory alive
 * across a call that can raise belongs to a userdata.
 */
#include "lua_doc.h"
#include "lua_lsp.h"
#include "lua_rows.h"
#include "lua_text.h"
#include "lua_user.h"

#include <stdlib.h>
#include <string.h>

#define DOC "entente.doc"

typedef struct doc_ud {
    ent_doc *doc;
} doc_ud;

/* nil, message, code */
int ent_lua_fail(lua_State *L, ent_status st)
{
    static const char *const code[] = {"OK", "EARG", "ENOMEM", "EMODEL"};
    lua_pushnil(L);
    lua_pushstring(L, ent_strerror(st));
    lua_pushstring(L, code[st]);
    return 3;
}

/* A caller's mistake raises, the rest is returned. */
static int outcome(lua_State *L, ent_status st)
{
    if (st == ENT_EARG) return luaL_error(L, "%s", ent_strerror(st));
    return ent_lua_fail(L, st);
}

static ent_doc *check_doc(lua_State *L)
{
    doc_ud *u = luaL_checkudata(L, 1, DOC);
    if (!u->doc) luaL_error(L, "the document is closed");
    return u->doc;
}

static uint32_t check_pos(lua_State *L, int i)
{
    lua_Number v = luaL_checknumber(L, i);
    if (!(v >= 0 && v <= (lua_Number)ENT_MAX_TEXT)) luaL_argerror(L, i, "position out of range");
    return (uint32_t)v;
}

static ent_span check_span(lua_State *L, const ent_doc *d, int i)
{
    ent_span s = {0, ent_doc_length(d)};
    if (!lua_isnoneornil(L, i)) s.start = check_pos(L, i);
    if (!lua_isnoneornil(L, i + 1)) s.end = check_pos(L, i + 1);
    if (s.end > ent_doc_length(d)) s.end = ent_doc_length(d);
    if (s.start > s.end) s.start = s.end;
    return s;
}

static int doc_gc(lua_State *L)
{
    doc_ud *u = luaL_checkudata(L, 1, DOC);
    ent_doc_free(u->doc);
    u->doc = NULL;
    return 0;
}

int ent_lua_open(lua_State *L, const ent_model *m)
{
    size_t len;
    const char *text = luaL_checklstring(L, 2, &len);
    doc_ud *u = lua_newuserdata(L, sizeof *u);
    u->doc = NULL;
    luaL_getmetatable(L, DOC);
    lua_setmetatable(L, -2);
    lua_createtable(L, 1, 0); /* keeps the model alive */
    lua_pushvalue(L, 1);
    lua_rawseti(L, -2, 1);
    ent_lua_setuser(L, -2);
    ent_status st = ent_doc_new(m, text, len, NULL, &u->doc);
    return st ? ent_lua_fail(L, st) : 1;
}

static int doc_edit(lua_State *L)
{
    ent_doc *d = check_doc(L);
    uint32_t at = check_pos(L, 2), removed = check_pos(L, 3);
    size_t len;
    const char *add = luaL_optlstring(L, 4, "", &len);
    if (len > ENT_MAX_TEXT) return outcome(L, ENT_EARG);
    ent_status st = ent_doc_edit(d, at, removed, add, (uint32_t)len);
    if (st) return outcome(L, st);
    lua_pushboolean(L, 1);
    return 1;
}

static int doc_advance(lua_State *L)
{
    ent_doc *d = check_doc(L);
    int done = 0;
    ent_status st = ent_doc_advance(d, (size_t)luaL_optnumber(L, 2, 0), &done);
    if (st) return outcome(L, st);
    lua_pushboolean(L, done);
    return 1;
}

static void set_int(lua_State *L, int *i, lua_Integer v)
{
    lua_pushinteger(L, v);
    lua_rawseti(L, -2, ++*i);
}

static lua_Integer id_of(uint32_t id)
{
    return id == ENT_NONE ? -1 : (lua_Integer)id;
}

static int push_marks(lua_State *L, const ent_mention *m, size_t n)
{
    lua_createtable(L, (int)(n * 6), 0);
    int k = 0;
    for (size_t i = 0; i < n; i++) {
        set_int(L, &k, m[i].start);
        set_int(L, &k, m[i].end);
        set_int(L, &k, m[i].kind);
        set_int(L, &k, m[i].form);
        set_int(L, &k, id_of(m[i].entity));
        set_int(L, &k, (lua_Integer)(m[i].score * 1000.0f + 0.5f));
    }
    return 1;
}

static int doc_marks(lua_State *L)
{
    ent_doc *d = check_doc(L);
    const ent_mention *m = NULL;
    size_t n = 0;
    ent_status st = ent_doc_mentions(d, check_span(L, d, 2), &m, &n);
    return st ? outcome(L, st) : push_marks(L, m, n);
}

static int doc_refs(lua_State *L)
{
    ent_doc *d = check_doc(L);
    const ent_mention *m = NULL;
    size_t n = 0;
    ent_status st = ent_doc_refs(d, check_pos(L, 2), &m, &n);
    return st ? outcome(L, st) : push_marks(L, m, n);
}

static int doc_at(lua_State *L)
{
    ent_doc *d = check_doc(L);
    ent_mention m;
    ent_status st = ent_doc_at(d, check_pos(L, 2), &m);
    if (st) return outcome(L, st);
    if (m.start == m.end) return 0;
    lua_pushinteger(L, m.start);
    lua_pushinteger(L, m.end);
    lua_pushinteger(L, m.kind);
    lua_pushinteger(L, m.form);
    lua_pushinteger(L, id_of(m.entity));
    lua_pushnumber(L, m.score);
    return 6;
}

static int push_span(lua_State *L, ent_span s)
{
    lua_pushinteger(L, s.start);
    lua_pushinteger(L, s.end);
    return 2;
}

static int doc_sentence(lua_State *L)
{
    ent_span s;
    ent_status st = ent_doc_sentence(check_doc(L), check_pos(L, 2), &s);
    return st ? outcome(L, st) : push_span(L, s);
}

/* Appends a line to the table on top. It may raise: nothing is owned while lines come. */
static void push_line(void *ctx, const char *line, size_t len)
{
    lua_State *L = ctx;
    lua_pushlstring(L, line, len);
    lua_rawseti(L, -2, (int)ent_lua_len(L, -2) + 1);
}

static int doc_reasons(lua_State *L)
{
    ent_doc *d = check_doc(L);
    uint32_t at = check_pos(L, 2);
    lua_newtable(L);
    if (at >= ent_doc_length(d)) return 1;
    ent_status st = ent_doc_explain(d, at, push_line, L);
    return st ? outcome(L, st) : 1;
}

static int doc_count(lua_State *L)
{
    size_t n;
    ent_status st = ent_doc_entities(check_doc(L), &n);
    if (st) return outcome(L, st);
    lua_pushinteger(L, (lua_Integer)n);
    return 1;
}

static void field_int(lua_State *L, const char *key, lua_Integer v)
{
    lua_pushinteger(L, v);
    lua_setfield(L, -2, key);
}

static void field_id(lua_State *L, const char *key, uint32_t id)
{
    if (id != ENT_NONE) field_int(L, key, id);
}

static void field_span(lua_State *L, const char *key, ent_span s)
{
    lua_createtable(L, 2, 0);
    push_span(L, s);
    lua_rawseti(L, -3, 2);
    lua_rawseti(L, -2, 1);
    lua_setfield(L, -2, key);
}

/* An array of spans. */
static void field_spans(lua_State *L, const char *key, const ent_span *s, int n)
{
    lua_createtable(L, n, 0);
    for (int i = 0; i < n; i++) {
        lua_createtable(L, 2, 0);
        push_span(L, s[i]);
        lua_rawseti(L, -3, 2);
        lua_rawseti(L, -2, 1);
        lua_rawseti(L, -2, i + 1);
    }
    lua_setfield(L, -2, key);
}

/* A name as people write it on one line: a line break within it is a blank. */
static void push_name(lua_State *L, const char *s, size_t n)
{
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (size_t i = 0, blank = 0; i < n; i++) {
        int space = s[i] == ' ' || s[i] == '\n' || s[i] == '\r' || s[i] == '\t';
        if (!space || !blank) luaL_addlstring(&b, space ? " " : s + i, 1);
        blank = (size_t)space;
    }
    luaL_pushresult(&b);
}

static void field_aliases(lua_State *L, ent_doc *d, uint32_t id)
{
    const char *s;
    size_t len;
    lua_newtable(L);
    for (int i = 0; ent_doc_alias(d, id, (size_t)i, &s, &len) == ENT_OK; i++) {
        push_name(L, s, len);
        lua_rawseti(L, -2, i + 1);
    }
    lua_setfield(L, -2, "aliases");
}

static int doc_entity(lua_State *L)
{
    ent_doc *d = check_doc(L);
    uint32_t id = check_pos(L, 2);
    ent_entity e;
    ent_status st = ent_doc_entity(d, id, &e);
    if (st == ENT_EARG) return 0;
    if (st) return outcome(L, st);
    lua_createtable(L, 0, 8);
    field_int(L, "id", id);
    field_int(L, "kind", e.kind);
    field_int(L, "mentions", e.mentions);
    field_int(L, "names", e.names);
    field_span(L, "first", e.first);
    push_name(L, e.name, e.name_len);
    lua_setfield(L, -2, "name");
    if (e.iso[0]) {
        lua_pushstring(L, e.iso);
        lua_setfield(L, -2, "iso");
    }
    field_aliases(L, d, id);
    return 1;
}

static int doc_find(lua_State *L)
{
    size_t len;
    uint32_t id = ENT_NONE;
    ent_doc *d = check_doc(L);
    const char *name = luaL_checklstring(L, 2, &len);
    ent_status st = ent_doc_find(d, name, len, &id);
    if (st) return outcome(L, st);
    if (id == ENT_NONE) return 0;
    lua_pushinteger(L, (lua_Integer)id);
    return 1;
}

static int doc_complete(lua_State *L)
{
    size_t len, n = 0;
    const uint32_t *ids = NULL;
    ent_doc *d = check_doc(L);
    const char *prefix = luaL_checklstring(L, 2, &len);
    lua_Number most = luaL_optnumber(L, 3, 20);
    luaL_argcheck(L, most >= 0 && most <= 1e6, 3, "out of range");
    ent_status st = ent_doc_prefix(d, prefix, len, (size_t)most, &ids, &n);
    if (st) return outcome(L, st);
    lua_createtable(L, (int)n, 0);
    int k = 0;
    for (size_t i = 0; i < n; i++)
        set_int(L, &k, ids[i]);
    return 1;
}

static void push_stance(lua_State *L, const ent_stance *s)
{
    lua_createtable(L, 0, 12);
    field_id(L, "actor", s->actor);
    field_id(L, "proposal", s->proposal);
    field_id(L, "target", s->target);
    field_id(L, "by", s->by);
    field_int(L, "label", s->label);
    lua_pushboolean(L, s->negated);
    lua_setfield(L, -2, "negated");
    lua_pushboolean(L, s->hedged);
    lua_setfield(L, -2, "hedged");
    field_spans(L, "cues", s->cue, s->n_cues);
    if (s->condition.end > s->condition.start) field_span(L, "condition", s->condition);
    field_span(L, "sentence", s->sentence);
    lua_pushnumber(L, s->score);
    lua_setfield(L, -2, "score");
}

static int doc_stances(lua_State *L)
{
    const ent_stance *s = NULL;
    size_t n = 0;
    ent_status st = ent_doc_stances(check_doc(L), &s, &n);
    if (st) return outcome(L, st);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        push_stance(L, &s[i]);
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

static int doc_cues(lua_State *L)
{
    ent_doc *d = check_doc(L);
    const ent_stance *s = NULL;
    size_t n = 0;
    ent_status st = ent_doc_stances_in(d, check_span(L, d, 2), &s, &n);
    if (st) return outcome(L, st);
    lua_createtable(L, (int)(n * 5), 0);
    int k = 0;
    for (size_t i = 0; i < n; i++)
        for (int c = 0; c < s[i].n_cues; c++) {
            set_int(L, &k, s[i].cue[c].start);
            set_int(L, &k, s[i].cue[c].end);
            set_int(L, &k, s[i].label);
            set_int(L, &k, s[i].negated + 2 * s[i].hedged);
            set_int(L, &k, (lua_Integer)(s[i].score * 1000.0f + 0.5f));
        }
    return 1;
}

static int doc_attributions(lua_State *L)
{
    const ent_attribution *a = NULL;
    size_t n = 0;
    ent_status st = ent_doc_attributions(check_doc(L), &a, &n);
    if (st) return outcome(L, st);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 5);
        field_id(L, "entity", a[i].entity);
        field_spans(L, "source", &a[i].source, a[i].source.end > a[i].source.start);
        field_spans(L, "cue", &a[i].cue, a[i].cue.end > a[i].cue.start);
        field_spans(L, "content", a[i].content, a[i].n_content);
        lua_pushnumber(L, a[i].score);
        lua_setfield(L, -2, "score");
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

static int doc_text(lua_State *L)
{
    ent_doc *d = check_doc(L);
    ent_span s = check_span(L, d, 2);
    char *buf = lua_newuserdata(L, s.end - s.start + 1);
    ent_status st = ent_doc_copy(d, s, buf);
    if (st) return outcome(L, st);
    lua_pushlstring(L, buf, s.end - s.start);
    return 1;
}

static int doc_length(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)ent_doc_length(check_doc(L)));
    return 1;
}

static int doc_revision(lua_State *L)
{
    lua_pushnumber(L, (lua_Number)ent_doc_revision(check_doc(L)));
    return 1;
}

static int doc_tokens(lua_State *L)
{
    return ent_lua_tokens(L, check_doc(L));
}

static int doc_json(lua_State *L)
{
    ent_status st;
    int n = ent_lua_json(L, check_doc(L), &st);
    return st ? outcome(L, st) : n;
}

/* The document holds the rules beside its model, and so keeps them alive. */
static int doc_correct(lua_State *L)
{
    ent_doc *d = check_doc(L);
    ent_status st = ent_doc_set_user(d, ent_lua_check_rules(L, 2));
    lua_settop(L, 2);
    ent_lua_getuser(L, 1);
    lua_pushvalue(L, 2);
    lua_rawseti(L, -2, 2);
    if (st) return outcome(L, st);
    lua_pushboolean(L, 1);
    return 1;
}

static int doc_why(lua_State *L)
{
    ent_status st;
    int n = ent_lua_why(L, check_doc(L), check_pos(L, 2), &st);
    return st ? outcome(L, st) : n;
}

static int doc_rows(lua_State *L)
{
    return ent_lua_doc_rows(L, check_doc(L));
}

static const luaL_Reg doc_methods[] = {{"edit", doc_edit},
                                       {"advance", doc_advance},
                                       {"marks", doc_marks},
                                       {"refs", doc_refs},
                                       {"at", doc_at},
                                       {"sentence", doc_sentence},
                                       {"reasons", doc_reasons},
                                       {"count", doc_count},
                                       {"entity", doc_entity},
                                       {"find", doc_find},
                                       {"complete", doc_complete},
                                       {"stances", doc_stances},
                                       {"text", doc_text},
                                       {"attributions", doc_attributions},
                                       {"cues", doc_cues},
                                       {"length", doc_length},
                                       {"revision", doc_revision},
                                       {"close", doc_gc},
                                       {"__gc", doc_gc},
                                       {"json", doc_json},
                                       {"rows", doc_rows},
                                       {"tokens", doc_tokens},
                                       {"correct", doc_correct},
                                       {"why", doc_why},
                                       {NULL, NULL}};

static void metatable(lua_State *L, const char *name, const luaL_Reg *methods)
{
    luaL_newmetatable(L, name);
    ent_lua_setfuncs(L, methods);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

void ent_lua_doc(lua_State *L)
{
    metatable(L, DOC, doc_methods);
    luaL_getmetatable(L, DOC);
    lua_setfield(L, -2, "doc");
}
