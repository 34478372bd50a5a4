/* shim - loaded before Lua, it stands between the program and the C library's memory; as the Lua
 * module "shim" it is told when memory ends: shim.arm(n) lets n allocations pass and fails all that
 * follow, shim.rest() gives memory again and says whether any failed. Not installed.
 *
 * Lua's own needs fail as well, which is what a program out of memory looks like. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <lauxlib.h>

static long left = -1; /* allocations until memory ends; negative: never */
static long refused;

/* dlsym itself asks for memory before the real functions are known. */
static char early[4096];
static size_t early_used;

static void *(*real_malloc)(size_t);
static void *(*real_realloc)(void *, size_t);
static void *(*real_calloc)(size_t, size_t);
static void (*real_free)(void *);

static void find(void)
{
    real_realloc = (void *(*)(void *, size_t))dlsym(RTLD_NEXT, "realloc");
    real_calloc = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "calloc");
    real_free = (void (*)(void *))dlsym(RTLD_NEXT, "free");
    real_malloc = (void *(*)(size_t))dlsym(RTLD_NEXT, "malloc");
}

static void *give_early(size_t n)
{
    void *p = early + early_used;
    early_used += (n + 15) / 16 * 16;
    return early_used <= sizeof early ? p : NULL;
}

static int is_early(const void *p)
{
    return (const char *)p >= early && (const char *)p < early + sizeof early;
}

static int fails(void)
{
    if (left < 0) return 0;
    if (left > 0) {
        left--;
        return 0;
    }
    refused++;
    return 1;
}

void *malloc(size_t n)
{
    if (!real_malloc) find();
    if (!real_malloc) return give_early(n);
    return fails() ? NULL : real_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    if (!real_calloc) return give_early(n * size); /* zero: it is never given twice */
    return fails() ? NULL : real_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    if (!real_realloc) find();
    if (is_early(p)) {
        void *q = malloc(n);
        return q ? memcpy(q, p, n) : NULL;
    }
    return fails() ? NULL : real_realloc(p, n);
}

void free(void *p)
{
    if (!p || is_early(p)) return;
    if (!real_free) find();
    real_free(p);
}

static int shim_arm(lua_State *L)
{
    refused = 0;
    left = (long)luaL_checkinteger(L, 1);
    return 0;
}

static int shim_rest(lua_State *L)
{
    left = -1;
    lua_pushboolean(L, refused > 0);
    return 1;
}

int luaopen_shim(lua_State *L)
{
    lua_newtable(L);
    lua_pushcfunction(L, shim_arm);
    lua_setfield(L, -2, "arm");
    lua_pushcfunction(L, shim_rest);
    lua_setfield(L, -2, "rest");
    return 1;
}
