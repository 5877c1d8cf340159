/*
 * What is one finding, and no other in its report, wherever its line moves:
 * the file, the function, the line's hash, the place among those alike.
 */
#ifndef TMPGUARD_CMD_RENDER_IDENTITY_H
#define TMPGUARD_CMD_RENDER_IDENTITY_H

#include "core/base/buffer.h"
#include "hooks/joint/report.h"

/* Append 64 hexadecimal digits: of finding `at`; of what stands at a path, and
 * of which `rest` tells it from others there. */
void identity_of(struct buffer *out, const struct report *report, size_t at);
void identity_hash(struct buffer *out, const char *path, struct text rest);

#endif
