/* lua_packed - the packed numbers of an index, for Lua. */
#ifndef ENT_LUA_PACKED_H
#define ENT_LUA_PACKED_H

#include "lua_compat.h"

/* Adds this file's functions to the table on top of the stack. */
void ent_lua_packed(lua_State *L);

#endif
