/*
 * What the doctor found, as text and as JSON.
 */
#ifndef TMPGUARD_CMD_RENDER_DOCTOR_RENDER_H
#define TMPGUARD_CMD_RENDER_DOCTOR_RENDER_H

#include <stdbool.h>

#include "cmd/base/options.h"
#include "core/base/buffer.h"
#include "hooks/install/doctor.h"

struct doctor_view {
    const struct doctor *doctor;
    const struct options *options; /* quiet, verbose, no_canary */
};

/* An output_make of a struct doctor_view. */
void doctor_render(struct buffer *out, bool json, const void *view);

#endif
