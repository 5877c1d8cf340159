/*
 * What a process looked at on disk: every path that it opened, listed or
 * asked about by the C library, noted before the library sees it. A worker's
 * verdict is that of the same paths, as long as they are as they were.
 *
 * The linker puts these functions in front of the C library's (--wrap, see
 * CMakeLists.txt); tests/style/witness looks whether there are others that
 * the layers below use.
 */
#ifndef TMPGUARD_CMD_DAEMON_WITNESS_H
#define TMPGUARD_CMD_DAEMON_WITNESS_H

#include <stddef.h>

#include "cmd/daemon/sight.h"

/* More paths are not noted: what looks at so many is not asked twice. */
#define WITNESS_MAX 512

/* From now on; a path that is not absolute is seen from `folder`. */
void witness_begin(const char *folder);

/* No more of it: what was seen. */
void witness_end(void);

struct witness_account {
    const struct sight *sights; /* each path and way once, as it was at first */
    size_t sights_count;
    const char *doubt; /* why this is not all; or NULL */
};

/* What was seen up to now; valid until the next begin. */
struct witness_account witness_tell(void);

#endif
