/*
 * What an expression certainly is. Only what the syntax shows counts: a name
 * that imports alone bind, all of them to the same, and no star import near.
 */
#ifndef TMPGUARD_CORE_FIX_MEANING_H
#define TMPGUARD_CORE_FIX_MEANING_H

#include "core/fix/script.h"

/* The module that an import binds the identifier to, or the member of it;
   "" for what it is not, and for relative imports. */
struct meaning_import {
    struct text module, member;
};

struct meaning_import meaning_of_import(const struct script *script,
                                        uint32_t identifier);

/*
 * The import that binds the name `name` of a scope, if imports alone bind it
 * and all to that module, or to its member; `member` "": to the module itself.
 * Of several the first one; *count says how many. SYNTAX_NONE if not.
 */
uint32_t meaning_import(struct script *script, uint32_t scope, struct text name,
                        const char *module, const char *member, size_t *count);

/* Is the node that module, that member of one, or that builtin? */
bool meaning_is_module(struct script *script, uint32_t node,
                       const char *module);
bool meaning_is_member(struct script *script, uint32_t node, const char *module,
                       const char *member);
bool meaning_is_builtin(struct script *script, uint32_t node, const char *name);

/* Does something show that the file is for Python 3 alone? */
bool meaning_is_python3(const struct script *script);

#endif
