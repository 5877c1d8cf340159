/*
 * git's template: a folder that it copies into each repository it makes. The
 * hooks in it are those of every clone from then on.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_TEMPLATE_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_TEMPLATE_H

#include "core/base/error.h"
#include "hooks/install/install_plan.h"

/*
 * Plan shims in the template that is set, or set one where none is; never
 * another one. A folder that is asked for has to be there. Returns 0, or -1
 * and *err.
 */
int template_choose(struct install_plan *plan,
                    const struct install_scope *scope, struct error *err);

/* Before it is set: what the template has besides hooks, as git's own one has
 * it. There is always an info/exclude: programs write to that of a repository.
 * Returns 0, or -1 and *err. */
int template_put(const struct install_plan *plan,
                 const struct install_scope *scope, struct error *err);

/* Take that out, unless somebody changed it. Returns 0, or -1 and *err. */
int template_take_out(const struct install_plan *plan,
                      const struct install_scope *scope, struct error *err);

/* Does git copy the plan's template? 1, 0, or -1 and *err. */
int template_is_used(const struct install_plan *plan, struct error *err);

#endif
