/* lua_rows - what the index keeps of a document, and names as it compares them, for Lua. */
#ifndef ENT_LUA_ROWS_H
#define ENT_LUA_ROWS_H

#include "entente.h"
#include "lua_compat.h"

/* Adds this file's functions to the table on top of the stack. */
void ent_lua_rows(lua_State *L);

/* doc:rows(head, abouts) on a document already checked: the rows, or nil, message, code. */
int ent_lua_doc_rows(lua_State *L, ent_doc *d);

#endif
