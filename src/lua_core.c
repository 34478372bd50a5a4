/* lua_core - models for Lua, and the module itself. Documents are lua_doc.c's.
 *
 *     core.model(path)            -> model, or nil, message, code     maps the file, checks it once
 *     core.open(model, text)      -> doc (see lua_doc.c)
 *     core.rules(model, list)     -> rules (see lua_user.c)
 *
 * core.doc is the table of a document's methods: lua/entente/doc.lua adds to it.
 * Kinds, forms and labels cross as numbers; core.kinds, core.forms, core.labels name them (from 1).
 * A caller's mistake raises; what may fail at run time returns nil, message, code. Memory alive
 * across a call that can raise belongs to a userdata.
 */
#define _POSIX_C_SOURCE 200809L /* open, mmap */
#include "entente.h"
#include "lua_compat.h"
#include "lua_doc.h"
#include "lua_lsp.h"
#include "lua_packed.h"
#include "lua_rows.h"
#include "lua_sqlite.h"
#include "lua_text.h"
#include "lua_user.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

ENT_LUA_GUARD

#define MODEL "entente.model"

/* A model mapped once, which the Lua states of several threads may use: the last one unmaps it. */
typedef struct shared_model {
    ent_model *model;
    void *map;
    size_t len;
    atomic_uint users;
} shared_model;

typedef struct model_ud {
    shared_model *shared;
} model_ud;

static int fail_errno(lua_State *L, const char *path, int err)
{
    lua_pushnil(L);
    lua_pushfstring(L, "cannot read model %s: %s", path, strerror(err));
    lua_pushstring(L, "EIO");
    return 3;
}

static int model_gc(lua_State *L)
{
    model_ud *u = luaL_checkudata(L, 1, MODEL);
    shared_model *s = u->shared;
    u->shared = NULL;
    if (!s || atomic_fetch_sub(&s->users, 1) != 1) return 0;
    ent_model_close(s->model);
    if (s->map) munmap(s->map, s->len);
    free(s);
    return 0;
}

/* Maps a file read-only; errno on failure. */
static int map_file(const char *path, void **map, size_t *len)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno;
    struct stat st;
    int err = fstat(fd, &st) ? errno : 0;
    if (!err && !S_ISREG(st.st_mode)) err = EISDIR;
    if (!err && st.st_size == 0) err = ENODATA;
    if (!err) {
        *len = (size_t)st.st_size;
        *map = mmap(NULL, *len, PROT_READ, MAP_PRIVATE, fd, 0);
        if (*map == MAP_FAILED) err = errno;
    }
    close(fd);
    return err;
}

/* Pushes a model's userdata that holds nothing yet. */
static model_ud *push_model(lua_State *L)
{
    model_ud *u = lua_newuserdata(L, sizeof *u);
    u->shared = NULL;
    luaL_getmetatable(L, MODEL);
    lua_setmetatable(L, -2);
    return u;
}

static int core_model(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    model_ud *u = push_model(L);
    shared_model *s = calloc(1, sizeof *s);
    if (!s) return ent_lua_fail(L, ENT_ENOMEM);
    atomic_init(&s->users, 1);
    u->shared = s;
    int err = map_file(path, &s->map, &s->len);
    if (err) {
        s->map = NULL;
        return fail_errno(L, path, err);
    }
    ent_status st = ent_model_open(s->map, s->len, NULL, &s->model);
    return st ? ent_lua_fail(L, st) : 1;
}

static shared_model *check_model(lua_State *L)
{
    model_ud *u = luaL_checkudata(L, 1, MODEL);
    if (!u->shared || !u->shared->model) luaL_error(L, "the model is closed");
    return u->shared;
}

/* A token by which another Lua state of this process may use the model while this one holds it. */
static int model_share(lua_State *L)
{
    shared_model *s = check_model(L);
    /* the token is the pointer itself; NOLINTNEXTLINE(bugprone-sizeof-expression) */
    lua_pushlstring(L, (const char *)&s, sizeof s);
    return 1;
}

/* core.adopt(token): the model of another Lua state. */
static int core_adopt(lua_State *L)
{
    size_t n;
    const char *token = luaL_checklstring(L, 1, &n);
    shared_model *s;
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): as above */
    if (n != sizeof s) return luaL_argerror(L, 1, "not a token of model:share()");
    memcpy(&s, token, n);
    model_ud *u = push_model(L);
    atomic_fetch_add(&s->users, 1);
    u->shared = s;
    return 1;
}

static int model_info(lua_State *L)
{
    size_t len;
    const char *v = ent_model_info(check_model(L)->model, luaL_checkstring(L, 2), &len);
    if (v)
        lua_pushlstring(L, v, len);
    else
        lua_pushnil(L);
    return 1;
}

static int core_open(lua_State *L)
{
    return ent_lua_open(L, check_model(L)->model);
}

static int core_rules(lua_State *L)
{
    return ent_lua_rules(L, check_model(L)->model);
}

static const luaL_Reg model_methods[] = {
    {"info", model_info}, {"share", model_share}, {"__gc", model_gc}, {NULL, NULL}};

static const luaL_Reg core_functions[] = {{"model", core_model},
                                          {"adopt", core_adopt},
                                          {"open", core_open},
                                          {"rules", core_rules},
                                          {NULL, NULL}};

static void metatable(lua_State *L, const char *name, const luaL_Reg *methods)
{
    luaL_newmetatable(L, name);
    ent_lua_setfuncs(L, methods);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

static void field_names(lua_State *L, const char *key, const char *(*name)(unsigned))
{
    lua_newtable(L);
    for (unsigned i = 0; name(i); i++) {
        lua_pushstring(L, name(i));
        lua_rawseti(L, -2, (int)i + 1);
    }
    lua_setfield(L, -2, key);
}

int luaopen_entente_core(lua_State *L);

int luaopen_entente_core(lua_State *L)
{
    ent_lua_check(L);
    metatable(L, MODEL, model_methods);
    lua_newtable(L);
    ent_lua_setfuncs(L, core_functions);
    ent_lua_text(L);
    ent_lua_lsp(L);
    ent_lua_doc(L);
    ent_lua_user(L);
    ent_lua_rows(L);
    ent_lua_packed(L);
    ent_lua_sqlite(L);
    lua_pushstring(L, ent_version());
    lua_setfield(L, -2, "version");
    field_names(L, "kinds", ent_kind_name);
    field_names(L, "forms", ent_form_name);
    field_names(L, "labels", ent_stance_name);
    return 1;
}
