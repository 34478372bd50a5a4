/* lua_sqlite - the system's SQLite for Lua, a lock between processes, a fingerprint of a text. */
#ifndef ENT_LUA_SQLITE_H
#define ENT_LUA_SQLITE_H

#include "lua_compat.h"

#include <stddef.h>
#include <stdint.h>

/* A fingerprint of a text. */
uint64_t ent_lua_hash(const char *s, size_t n);

/* Adds this file's functions to the table on top of the stack. */
void ent_lua_sqlite(lua_State *L);

#endif
