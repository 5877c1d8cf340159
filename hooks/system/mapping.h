/*
 * A file's bytes without reading them: mapped into memory, read only. Whoever
 * cuts the file while it is mapped ends the program, as with git.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_MAPPING_H
#define TMPGUARD_HOOKS_SYSTEM_MAPPING_H

#include "core/base/error.h"
#include "core/base/text.h"

/*
 * Map a regular file. Returns 1 and *bytes for mapping_close, 0 if there is no
 * such file, -1 and *err. An empty file maps to an empty text.
 */
int mapping_open(struct text *bytes, const char *path, struct error *err);

/* Closing an empty text, or twice, is fine. */
void mapping_close(struct text *bytes);

#endif
