/* lua_sqlite - the system's SQLite for Lua, a lock between processes, a fingerprint of a text.
 *
 *     core.sqlite(path, mode)    -> db, or nil, message, code     mode: "r", or "w" (made when new)
 *     db:exec(sql)               -> true
 *     db:prepare(sql)            -> statement
 *     db:close()
 *     statement:run(...)         -> rows changed, last row id     all rows at once
 *     statement:row(...)         -> columns of the first row, or nothing
 *     statement:bind(...)        starts the statement; then
 *     statement:step()           -> columns of the next row, or nothing
 *     core.lock(path)            -> lock, or nil, message, code   code "EBUSY": another holds it
 *     lock:close()
 *     core.hash(text)            -> an integer below 2^53
 *     core.real_path(path)       -> the path without links, or nil, message, code
 *     core.make_folder(path)     -> true when there is a folder of ours that nobody else may enter,
 *                                   made if need be; nil, message, code
 *
 * The library is looked for when it is first asked for, so that the rest works, and is built,
 * without it. What it is asked is declared here: its interface has not changed since 2004.
 * Strings are bound as text. Failure at run time is nil, message, code; step, run and row raise
 * on a caller's mistake alone. A lock ends with the process that holds it, however that ends.
 */
#define _DEFAULT_SOURCE /* flock, realpath */
#include "lua_sqlite.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define DB "entente.db"
#define STATEMENT "entente.statement"
#define LOCK "entente.lock"

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;

enum {
    SQL_OK = 0,
    SQL_ROW = 100,
    SQL_DONE = 101,
    SQL_READ = 0x1,
    SQL_WRITE = 0x2 | 0x4,
    SQL_PRIVATE = 0x8000 | 0x01000000, /* no mutex of its own; no symbolic link */
    SQL_INTEGER = 1,
    SQL_FLOAT = 2,
    SQL_NULL = 5
};

/* What is used of the library; names as there, without sqlite3_. */
#define SQL_FUNCTIONS(X)                                                                           \
    X(int, open_v2, (const char *, sqlite3 **, int, const char *))                                 \
    X(int, close_v2, (sqlite3 *))                                                                  \
    X(int, exec,                                                                                   \
      (sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *, char **))          \
    X(int, prepare_v2, (sqlite3 *, const char *, int, sqlite3_stmt **, const char **))             \
    X(int, finalize, (sqlite3_stmt *))                                                             \
    X(int, step, (sqlite3_stmt *))                                                                 \
    X(int, reset, (sqlite3_stmt *))                                                                \
    X(int, bind_int64, (sqlite3_stmt *, int, int64_t))                                             \
    X(int, bind_double, (sqlite3_stmt *, int, double))                                             \
    X(int, bind_text, (sqlite3_stmt *, int, const char *, int, void (*)(void *)))                  \
    X(int, bind_null, (sqlite3_stmt *, int))                                                       \
    X(int, column_count, (sqlite3_stmt *))                                                         \
    X(int, column_type, (sqlite3_stmt *, int))                                                     \
    X(int64_t, column_int64, (sqlite3_stmt *, int))                                                \
    X(double, column_double, (sqlite3_stmt *, int))                                                \
    X(const void *, column_blob, (sqlite3_stmt *, int))                                            \
    X(int, column_bytes, (sqlite3_stmt *, int))                                                    \
    X(const char *, errmsg, (sqlite3 *))                                                           \
    X(const char *, errstr, (int))                                                                 \
    X(int, extended_errcode, (sqlite3 *))                                                          \
    X(int, busy_timeout, (sqlite3 *, int))                                                         \
    X(int, changes, (sqlite3 *))                                                                   \
    X(int64_t, last_insert_rowid, (sqlite3 *))

typedef struct sql_library {
#define FIELD(type, name, args) type(*name) args;
    SQL_FUNCTIONS(FIELD)
#undef FIELD
} sql_library;

typedef struct db_ud {
    sqlite3 *db;
    sql_library lib;
} db_ud;

typedef struct stmt_ud {
    sqlite3_stmt *stmt;
    db_ud *owner; /* kept alive by the user value */
} stmt_ud;

typedef struct lock_ud {
    int fd;
} lock_ud;

/* Finds the library; NULL, or what is missing. It stays loaded to the end of the process. */
static const char *load(sql_library *lib)
{
    static const char *const file[] = {"libsqlite3.so.0", "libsqlite3.dylib", "libsqlite3.so"};
    void *at = NULL, *symbol;
    for (size_t i = 0; !at && i < sizeof file / sizeof *file; i++)
        at = dlopen(file[i], RTLD_NOW | RTLD_LOCAL);
    if (!at) return "libsqlite3";
#define FIND(type, name, args)                                                                     \
    symbol = dlsym(at, "sqlite3_" #name);                                                          \
    if (!symbol) return "sqlite3_" #name;                                                          \
    memcpy(&lib->name, &symbol, sizeof symbol);
    SQL_FUNCTIONS(FIND)
#undef FIND
    return NULL;
}

static int fail_errno(lua_State *L, const char *path, int err)
{
    lua_pushnil(L);
    lua_pushfstring(L, "%s: %s", path, strerror(err));
    lua_pushstring(L, err == EWOULDBLOCK ? "EBUSY" : err == ELOOP ? "ELOOP" : "EIO");
    return 3;
}

/* nil, message, the code that tells what to do about it. */
static int fail_sql(lua_State *L, db_ud *d, int rc)
{
    const char *code = "ESQL";
    switch (rc & 0xff) {
    case 5:
    case 6:
        code = "EBUSY";
        break;
    case 7:
        code = "ENOMEM";
        break;
    case 8:
        code = "EROFS";
        break;
    case 10:
        code = "EIO";
        break;
    case 11:
    case 26:
        code = "EDAMAGED";
        break;
    case 13:
        code = "ENOSPC";
        break;
    case 14:
        code = "ECANTOPEN";
        break;
    default:
        break;
    }
    lua_pushnil(L);
    lua_pushstring(L, d->db ? d->lib.errmsg(d->db) : d->lib.errstr(rc));
    lua_pushstring(L, code);
    return 3;
}

static void push_integer(lua_State *L, int64_t v)
{
#if LUA_VERSION_NUM >= 503
    lua_pushinteger(L, (lua_Integer)v);
#else
    lua_pushnumber(L, (lua_Number)v);
#endif
}

/* ---- databases --------------------------------------------------------------------------------
 */

static int db_gc(lua_State *L)
{
    db_ud *d = luaL_checkudata(L, 1, DB);
    if (d->db) d->lib.close_v2(d->db);
    d->db = NULL;
    return 0;
}

static db_ud *check_db(lua_State *L)
{
    db_ud *d = luaL_checkudata(L, 1, DB);
    if (!d->db) luaL_error(L, "the index is closed");
    return d;
}

static int core_sqlite(lua_State *L)
{
    static const char *const modes[] = {"r", "w", NULL};
    const char *path = luaL_checkstring(L, 1);
    int flags = luaL_checkoption(L, 2, "r", modes) ? SQL_WRITE : SQL_READ;
    db_ud *d = lua_newuserdata(L, sizeof *d);
    memset(d, 0, sizeof *d);
    luaL_getmetatable(L, DB);
    lua_setmetatable(L, -2);
    const char *missing = load(&d->lib);
    if (missing) {
        lua_pushnil(L);
        lua_pushfstring(L, "%s is missing (Debian: apt-get install libsqlite3-0)", missing);
        lua_pushstring(L, "ELIBRARY");
        return 3;
    }
    int rc = d->lib.open_v2(path, &d->db, flags | SQL_PRIVATE, NULL);
    if (rc != SQL_OK) return fail_sql(L, d, rc);
    d->lib.busy_timeout(d->db, 10000);
    return 1;
}

static int db_exec(lua_State *L)
{
    db_ud *d = check_db(L);
    int rc = d->lib.exec(d->db, luaL_checkstring(L, 2), NULL, NULL, NULL);
    if (rc != SQL_OK) return fail_sql(L, d, rc);
    lua_pushboolean(L, 1);
    return 1;
}

static int db_prepare(lua_State *L)
{
    db_ud *d = check_db(L);
    size_t n;
    const char *sql = luaL_checklstring(L, 2, &n);
    stmt_ud *s = lua_newuserdata(L, sizeof *s);
    s->stmt = NULL;
    s->owner = d;
    luaL_getmetatable(L, STATEMENT);
    lua_setmetatable(L, -2);
    lua_createtable(L, 1, 0); /* keeps the database alive */
    lua_pushvalue(L, 1);
    lua_rawseti(L, -2, 1);
    ent_lua_setuser(L, -2);
    int rc = d->lib.prepare_v2(d->db, sql, (int)n, &s->stmt, NULL);
    return rc == SQL_OK ? 1 : fail_sql(L, d, rc);
}

/* ---- statements -------------------------------------------------------------------------------
 */

static stmt_ud *check_stmt(lua_State *L)
{
    stmt_ud *s = luaL_checkudata(L, 1, STATEMENT);
    if (!s->stmt || !s->owner->db) luaL_error(L, "the index is closed");
    return s;
}

static int stmt_gc(lua_State *L)
{
    stmt_ud *s = luaL_checkudata(L, 1, STATEMENT);
    /* close_v2 waits for the statements of a closed database */
    if (s->stmt) s->owner->lib.finalize(s->stmt);
    s->stmt = NULL;
    return 0;
}

static int bind_number(lua_State *L, const sql_library *lib, sqlite3_stmt *stmt, int arg)
{
    lua_Number v = lua_tonumber(L, arg);
    if (v >= -9007199254740992.0 && v <= 9007199254740992.0 && v == (lua_Number)(int64_t)v)
        return lib->bind_int64(stmt, arg - 1, (int64_t)v);
    return lib->bind_double(stmt, arg - 1, v);
}

/* Binds the arguments from 2 on. The strings live as long as they are on the stack, so the library
 * makes copies only for bind and step, which return before the statement has ended. */
static int bind_all(lua_State *L, stmt_ud *s, int copy)
{
    const sql_library *lib = &s->owner->lib;
    int top = lua_gettop(L), rc = SQL_OK;
    lib->reset(s->stmt);
    for (int i = 2; i <= top && rc == SQL_OK; i++) {
        size_t n;
        const char *text;
        switch (lua_type(L, i)) {
        case LUA_TNIL:
            rc = lib->bind_null(s->stmt, i - 1);
            break;
        case LUA_TBOOLEAN:
            rc = lib->bind_int64(s->stmt, i - 1, lua_toboolean(L, i));
            break;
        case LUA_TNUMBER:
            rc = bind_number(L, lib, s->stmt, i);
            break;
        default:
            text = luaL_checklstring(L, i, &n);
            /* -1 is SQLite's word for "copy it". NOLINTBEGIN(performance-no-int-to-ptr) */
            rc = lib->bind_text(s->stmt, i - 1, text, (int)n,
                                copy ? (void (*)(void *))(intptr_t)-1 : NULL);
            /* NOLINTEND(performance-no-int-to-ptr) */
        }
    }
    return rc;
}

static int push_columns(lua_State *L, stmt_ud *s)
{
    const sql_library *lib = &s->owner->lib;
    int n = lib->column_count(s->stmt);
    luaL_checkstack(L, n, "too many columns");
    for (int i = 0; i < n; i++)
        switch (lib->column_type(s->stmt, i)) {
        case SQL_NULL:
            lua_pushnil(L);
            break;
        case SQL_INTEGER:
            push_integer(L, lib->column_int64(s->stmt, i));
            break;
        case SQL_FLOAT:
            lua_pushnumber(L, lib->column_double(s->stmt, i));
            break;
        default: {
            const char *bytes = lib->column_blob(s->stmt, i);
            lua_pushlstring(L, bytes ? bytes : "", (size_t)lib->column_bytes(s->stmt, i));
        }
        }
    return n;
}

static int stmt_bind(lua_State *L)
{
    stmt_ud *s = check_stmt(L);
    int rc = bind_all(L, s, 1);
    if (rc != SQL_OK) return fail_sql(L, s->owner, rc);
    lua_pushboolean(L, 1);
    return 1;
}

/* The next row; nothing after the last; nil, message, code on failure. */
static int stmt_step(lua_State *L)
{
    stmt_ud *s = check_stmt(L);
    int rc = s->owner->lib.step(s->stmt);
    if (rc == SQL_ROW) return push_columns(L, s);
    s->owner->lib.reset(s->stmt);
    return rc == SQL_DONE ? 0 : fail_sql(L, s->owner, rc);
}

static int stmt_row(lua_State *L)
{
    stmt_ud *s = check_stmt(L);
    int rc = bind_all(L, s, 0), n = 0;
    if (rc == SQL_OK) rc = s->owner->lib.step(s->stmt);
    if (rc == SQL_ROW) n = push_columns(L, s);
    s->owner->lib.reset(s->stmt);
    return rc == SQL_ROW || rc == SQL_DONE ? n : fail_sql(L, s->owner, rc);
}

static int stmt_run(lua_State *L)
{
    stmt_ud *s = check_stmt(L);
    const sql_library *lib = &s->owner->lib;
    int rc = bind_all(L, s, 0);
    if (rc == SQL_OK) do
            rc = lib->step(s->stmt);
        while (rc == SQL_ROW);
    int again = lib->reset(s->stmt);
    if (rc != SQL_DONE) return fail_sql(L, s->owner, again ? again : rc);
    lua_pushinteger(L, lib->changes(s->owner->db));
    push_integer(L, lib->last_insert_rowid(s->owner->db));
    return 2;
}

/* ---- locks, fingerprints ----------------------------------------------------------------------
 */

static int lock_gc(lua_State *L)
{
    lock_ud *l = luaL_checkudata(L, 1, LOCK);
    if (l->fd >= 0) close(l->fd);
    l->fd = -1;
    return 0;
}

/* core.lock(path): the file is made when it is not there; a symbolic link is refused. */
static int core_lock(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    lock_ud *l = lua_newuserdata(L, sizeof *l);
    l->fd = -1;
    luaL_getmetatable(L, LOCK);
    lua_setmetatable(L, -2);
    l->fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (l->fd < 0 || flock(l->fd, LOCK_EX | LOCK_NB)) return fail_errno(L, path, errno);
    return 1;
}

/* FNV-1a (Fowler, Noll, Vo) of 64 bits. It tells changed texts apart; it keeps no secret. */
uint64_t ent_lua_hash(const char *s, size_t n)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 0x100000001b3u;
    return h;
}

/* core.hash(text): folded to the 53 bits that every Lua can hold. */
static int core_hash(lua_State *L)
{
    size_t n;
    const char *s = luaL_checklstring(L, 1, &n);
    uint64_t h = ent_lua_hash(s, n);
    push_integer(L, (int64_t)((h ^ h >> 53) & 0x1fffffffffffffu));
    return 1;
}

static int core_real_path(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    char *real = realpath(path, NULL);
    if (!real) return fail_errno(L, path, errno);
    lua_pushstring(L, real);
    free(real);
    return 1;
}

static int core_make_folder(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    struct stat st;
    if (mkdir(path, 0700) && errno != EEXIST) return fail_errno(L, path, errno);
    if (lstat(path, &st)) return fail_errno(L, path, errno);
    if (!S_ISDIR(st.st_mode)) return fail_errno(L, path, ENOTDIR);
    if (st.st_uid != getuid()) return fail_errno(L, path, EPERM);
    if ((st.st_mode & 077) && chmod(path, 0700)) return fail_errno(L, path, errno);
    lua_pushboolean(L, 1);
    return 1;
}

static const luaL_Reg db_methods[] = {
    {"exec", db_exec}, {"prepare", db_prepare}, {"close", db_gc}, {"__gc", db_gc}, {NULL, NULL}};

static const luaL_Reg stmt_methods[] = {{"bind", stmt_bind}, {"step", stmt_step}, {"row", stmt_row},
                                        {"run", stmt_run},   {"close", stmt_gc},  {"__gc", stmt_gc},
                                        {NULL, NULL}};

static const luaL_Reg lock_methods[] = {{"close", lock_gc}, {"__gc", lock_gc}, {NULL, NULL}};

static const luaL_Reg functions[] = {{"sqlite", core_sqlite},
                                     {"lock", core_lock},
                                     {"hash", core_hash},
                                     {"real_path", core_real_path},
                                     {"make_folder", core_make_folder},
                                     {NULL, NULL}};

static void metatable(lua_State *L, const char *name, const luaL_Reg *methods)
{
    luaL_newmetatable(L, name);
    ent_lua_setfuncs(L, methods);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

void ent_lua_sqlite(lua_State *L)
{
    metatable(L, DB, db_methods);
    metatable(L, STATEMENT, stmt_methods);
    metatable(L, LOCK, lock_methods);
    ent_lua_setfuncs(L, functions);
}
