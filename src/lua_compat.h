/* lua_compat - one source for Lua 5.1 (and LuaJIT) to 5.4: the few calls that differ. */
#ifndef ENT_LUA_COMPAT_H
#define ENT_LUA_COMPAT_H

#include <lua.h>
#include <lauxlib.h>

#if LUA_VERSION_NUM == 501
#define ent_lua_setuser(L, i) lua_setfenv(L, i)
#define ent_lua_getuser(L, i) lua_getfenv(L, i)
#define ent_lua_setfuncs(L, l) luaL_register(L, NULL, l)
#define ent_lua_len(L, i) lua_objlen(L, i)
/* A library built for 5.1 loaded into a later Lua fails to load instead of crashing: the later one
 * has no such symbol. */
extern int (*const ent_lua_guard)(lua_State *, int);
#define ENT_LUA_GUARD int (*const ent_lua_guard)(lua_State *, int) = lua_setfenv;
#define ent_lua_check(L) ((void)(L))
#else
#define ent_lua_setuser(L, i) lua_setuservalue(L, i)
#define ent_lua_getuser(L, i) lua_getuservalue(L, i)
#define ent_lua_setfuncs(L, l) luaL_setfuncs(L, l, 0)
#define ent_lua_len(L, i) lua_rawlen(L, i)
#define ENT_LUA_GUARD
#define ent_lua_check(L) luaL_checkversion(L)
#endif

#endif
