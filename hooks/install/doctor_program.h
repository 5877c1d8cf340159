/*
 * For hooks/install/doctor: the program that a hook runs.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_DOCTOR_PROGRAM_H
#define TMPGUARD_HOOKS_INSTALL_DOCTOR_PROGRAM_H

#include <stdbool.h>

#include "hooks/install/checkup.h"

/* Is it there, does it run, and is it of this version? True: yes. */
bool doctor_program(struct checkup *checkup, const char *program,
                    const char *repair);

#endif
