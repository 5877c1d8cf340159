/*
 * Which commits never passed the gate, as text and as JSON.
 */
#ifndef TMPGUARD_CMD_RENDER_COVERAGE_RENDER_H
#define TMPGUARD_CMD_RENDER_COVERAGE_RENDER_H

#include <stdbool.h>

#include "cmd/base/options.h"
#include "core/base/buffer.h"
#include "hooks/install/coverage.h"

struct coverage_view {
    const struct coverage *coverage;
    const struct approvals *approvals;
    const struct options *options; /* quiet, verbose */
};

/* An output_make of a struct coverage_view. */
void coverage_render(struct buffer *out, bool json, const void *view);

#endif
