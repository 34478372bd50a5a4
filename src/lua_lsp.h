/* lua_lsp - the part of the Lua binding that the language server needs. */
#ifndef ENT_LUA_LSP_H
#define ENT_LUA_LSP_H

#include "entente.h"
#include "lua_compat.h"

/* Adds this file's functions to the table on top of the stack. */
void ent_lua_lsp(lua_State *L);

/* doc:tokens(tokens, lines) on a document already checked. */
int ent_lua_tokens(lua_State *L, ent_doc *d);

#endif
