/*
 * How long a server's hook may take, and what then: by the option, else by
 * the server's settings.
 */
#ifndef TMPGUARD_CMD_BASE_PATIENCE_H
#define TMPGUARD_CMD_BASE_PATIENCE_H

#include <stdbool.h>

#include "core/base/error.h"
#include "hooks/gate/policy.h"

/* In seconds. */
#define PATIENCE_MAX POLICY_DEADLINE_MAX

struct patience {
    unsigned seconds; /* 0: as long as it takes */
    bool accept;      /* what was not checked by then; else it is refused */
};

/*
 * Read it; `option` is what --deadline said, or NULL, `policy` that of git's
 * settings. Returns 0, or -1 and *err: ERROR_USAGE, it is no such number.
 */
int patience_read(struct patience *patience, const char *option,
                  const struct policy *policy, struct error *err);

#endif
