/* lua_user - corrections by the user, and why a mention is linked, for Lua. */
#ifndef ENT_LUA_USER_H
#define ENT_LUA_USER_H

#include "entente.h"
#include "lua_compat.h"

/* Makes rules of the list at 2 for the model whose userdata is at 1, and returns them; a rule that
 * is not one gives nil, message, its number in the list. */
int ent_lua_rules(lua_State *L, const ent_model *m);

/* The rules at an index; NULL for nil. */
const ent_user *ent_lua_check_rules(lua_State *L, int i);

/* doc:why(byte): why the mention there refers to what it refers to, as a table; nothing when
 * there is none. */
int ent_lua_why(lua_State *L, ent_doc *d, uint32_t at, ent_status *st);

/* Makes the metatable of rules. */
void ent_lua_user(lua_State *L);

#endif
