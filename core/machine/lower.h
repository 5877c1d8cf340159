/*
 * From syntax to code: every unit of a module as operations.
 */
#ifndef TMPGUARD_CORE_MACHINE_LOWER_H
#define TMPGUARD_CORE_MACHINE_LOWER_H

#include "core/machine/code.h"

/*
 * Add the units of a module, whose scopes were collected, to the code.
 * `module` is its scope. Returns 0, or -1 with ERROR_LIMIT if the deadline
 * passed meanwhile.
 */
int lower_module(struct code *code, struct scopes *scopes,
                 struct values *values, uint32_t module,
                 struct deadline *deadline, struct error *err);

#endif
