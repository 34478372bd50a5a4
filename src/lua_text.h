/* lua_text - the part of the Lua binding that turns answers into text. */
#ifndef ENT_LUA_TEXT_H
#define ENT_LUA_TEXT_H

#include "entente.h"
#include "lua_compat.h"

/* doc:json; 0 when *st is set and nothing is pushed. */
int ent_lua_json(lua_State *L, ent_doc *d, ent_status *st);

/* Adds this file's functions to the table on top of the stack. */
void ent_lua_text(lua_State *L);

#endif
