/*
 * What is known of the standard library: which functions do something with
 * values, and what. A part of the machine (machine_parts.h).
 */
#ifndef TMPGUARD_CORE_MACHINE_MACHINE_KNOWN_H
#define TMPGUARD_CORE_MACHINE_MACHINE_KNOWN_H

#include "core/machine/machine_parts.h"

/* ---- machine_known.c: looking it up ------------------------------------- */

void known_open(struct machine *machine);
void known_close(struct machine *machine);

/*
 * Calling a member or a container's method. 1 and *result if it is known what
 * that does, else 0.
 */
int known_call(struct machine *machine, uint32_t callee,
               const struct passed *passed, uint32_t *result);

/* The value of a builtin, or false if it is of no interest. */
bool known_builtin(const struct machine *machine, uint32_t symbol,
                   uint32_t *value);

/* Is it sys.modules? */
bool known_is_modules(const struct machine *machine, uint32_t value);

/* Is it a function that known_call knows? */
bool known_is_function(const struct machine *machine, uint32_t value);

/* The target that a value is, or TARGET_COUNT. */
enum target known_target(const struct machine *machine, uint32_t value);

/* The module of which targets is it? 1 << enum target for each. */
uint8_t known_home_of(const struct machine *machine, uint32_t value);

/* The names of a module that a star import may be about: NULL at the end. */
const char *const *known_members(struct text module);

/* ---- machine_builtin.c: what each of them does -------------------------- */

/* A positional argument; SET_EMPTY if there is none. */
uint32_t known_argument(struct machine *machine, const struct passed *passed,
                        uint32_t index);

typedef uint32_t known_function(struct machine *machine,
                                const struct passed *passed);

known_function known_getattr, known_setattr, known_vars, known_dict,
    known_static, known_classmethod, known_property, known_super, known_import,
    known_import_module, known_partial, known_manager;

typedef uint32_t known_method(struct machine *machine, uint32_t container,
                              const struct passed *passed);

known_method method_get, method_setdefault, method_append, method_copy,
    method_values;

#endif
