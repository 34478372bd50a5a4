/* lua_doc - the part of the Lua binding that holds documents. */
#ifndef ENT_LUA_DOC_H
#define ENT_LUA_DOC_H

#include "entente.h"
#include "lua_compat.h"

/* Returns nil, message, code. */
int ent_lua_fail(lua_State *L, ent_status st);

/* Opens a document on the text at 2, keeping the model at 1 alive, and returns it. */
int ent_lua_open(lua_State *L, const ent_model *m);

/* Adds this file's functions to the table on top of the stack. */
void ent_lua_doc(lua_State *L);

#endif
